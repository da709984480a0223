"""``donju romanise``."""

from __future__ import annotations

import sys
from typing import Literal, get_args

import click

from align.errors import InputError
from tm.commands.options import echo_json, json_option
from tm.terms.latin.romanise import SYSTEMS, Hyphens, named, romanise

_Choice = Literal["rr", "mr", "mr-plain", "dprk", "convention", "all"]


@click.command("romanise")
@click.argument("texts", nargs=-1, metavar="TEXT...")
@click.option(
    "--system",
    type=click.Choice(get_args(_Choice)),
    default="all",
    show_default=True,
    help="; ".join(f"{key}: {name}" for key, name in SYSTEMS.items()) + ".",
)
@click.option(
    "--names", is_flag=True, help="Write names as names: Gim Jeongeun, Musan-gun, Hamgyeongbuk-do."
)
@click.option(
    "--hyphens",
    type=click.Choice(get_args(Hyphens)),
    default="none",
    show_default=True,
    help="Hyphens between syllables, or only where a word could be cut wrongly (jung-ang).",
)
@json_option
def romanise_command(
    texts: tuple[str, ...], system: _Choice, names: bool, hyphens: Hyphens, as_json: bool
) -> None:
    """Write Korean names and words in Latin letters. Without TEXT, lines of standard input.

    \b
    donju romanise 김덕훈 량강도
    donju romanise --system convention 함경북도\\ 무산군
    donju romanise --system rr --names 최룡해
    """
    lines = texts or tuple(line.rstrip("\r\n") for line in sys.stdin)
    if not lines:
        raise InputError("there is nothing to write", remedy="give a name or word in Korean")
    for line in lines:
        if any("\ud800" <= character <= "\udfff" for character in line):
            raise InputError("the text is not UTF-8", remedy="set the terminal to UTF-8")
    systems = tuple(SYSTEMS) if system == "all" else (system,)
    write = named if names else romanise
    written = [
        {"text": line, **{each: write(line, each, hyphens=hyphens) for each in systems}}
        for line in lines
    ]
    if as_json:
        echo_json(written)
    elif system == "all":
        _show_all(written)
    else:
        click.echo("\n".join(entry[system] for entry in written))


def _show_all(written: list[dict[str, str]]) -> None:
    width = max(map(len, SYSTEMS.values()))
    for i, entry in enumerate(written):
        if i:
            click.echo()
        click.echo(entry["text"])
        for system, label in SYSTEMS.items():
            click.echo(f"  {label:<{width}}  {entry[system]}")
