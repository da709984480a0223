"""``donju terms`` import, export, check: terms in files."""

from __future__ import annotations

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from align.errors import DonjuError, InputError
from tm.commands.options import (
    chosen_memory,
    echo_json,
    json_option,
    memory_option,
    termbase_option,
    who_option,
)
from tm.commands.terming import all_terms, own_terms
from tm.commands.termview import import_json, problem_json, show_import
from tm.exchange.items import Refused

if TYPE_CHECKING:
    from tm.exchange.term_import import TermImport
    from tm.exchange.terms import Located
    from tm.terms.termbase.checking import TermCheck
    from tm.terms.termbase.concepts import Concept, Term


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Only say what would become of the terms.")
@click.option(
    "--replace",
    "replaces",
    is_flag=True,
    help="Let a concept of a file take the place of the house's own one with its id.",
)
@memory_option
@who_option
@json_option
def import_command(
    files: tuple[Path, ...],
    dry_run: bool,
    replaces: bool,
    memory: Path | None,
    who: str | None,
    as_json: bool,
) -> None:
    """Take the terms in FILES into the house's own: TBX, CSV, TSV, XLSX.

    What stands there stays as it is: a rendering that is there with another status is listed as a
    conflict, with its line.

    \b
    donju terms import client.tbx -m news.tm
    donju terms import glossary.xlsx --dry-run -m news.tm
    """
    from tm.exchange.term_import import import_terms
    from tm.memory import Memory

    reports: list[TermImport] = []
    failed: list[tuple[Path, DonjuError]] = []
    with Memory.open(chosen_memory(memory), create=memory is not None, who=who) as opened:
        for file in files:
            try:
                reports.append(import_terms(file, opened, replaces=replaces, dry_run=dry_run))
            except DonjuError as error:
                if len(files) == 1:
                    raise
                failed.append((file, error))
    if as_json:
        told = [{"file": str(file), "reason": str(error)} for file, error in failed]
        echo_json({"termbases": [import_json(report) for report in reports], "failed": told})
    else:
        for report in reports:
            show_import(report)
    for _, problem in failed:
        click.echo(f"donju: {problem}", err=True)
    if failed:
        raise SystemExit(failed[0][1].exit_code)


@click.command("export")
@click.argument("output", type=click.Path(path_type=Path))
@click.option("--own", is_flag=True, help="Only the house's own.")
@click.option(
    "--style",
    type=click.Choice(["dca", "dct", "v2"]),
    default="dca",
    show_default=True,
    help="Of TBX: data categories as attributes or as tags; or version 2, for older tools.",
)
@memory_option
@termbase_option
def export_command(
    output: Path,
    own: bool,
    style: Literal["dca", "dct", "v2"],
    memory: Path | None,
    termbase: str | None,
) -> None:
    """Write the terms to OUTPUT: .tbx (version 3 or 2), .tsv or .csv.

    \b
    donju terms export house.tbx --own -m news.tm
    donju terms export all.csv -m news.tm
    """
    from tm.display import many
    from tm.exchange.terms import write_terms

    with own_terms(memory, needed=own) as opened:
        found = all_terms("none" if own else termbase, opened)
    count = write_terms(found.concepts, output, style=style)
    click.echo(f"{many(count, 'concept')} written to {output}")


@click.command("check")
@click.argument("place", required=False, type=click.Path(path_type=Path))
@memory_option
@json_option
def check_command(place: Path | None, memory: Path | None, as_json: bool) -> None:
    """What contradicts itself in the terms of a file, of all files of a folder, or of the memory.

    Renderings that stand twice, terms with two preferred renderings, unwanted ones without word
    of what to write instead, and the like. The exit code is 1 if something is found.

    \b
    donju terms check house.tsv
    donju terms check -m news.tm
    """
    from tm.display import many
    from tm.memory import Memory
    from tm.terms.termbase.checking import TermCheck

    check = TermCheck()
    refused: list[Refused] = []
    if place is not None:
        for file in _files(place):
            refused += _checked(file, check, file.name if place.is_dir() else "")
    else:
        with Memory.open(chosen_memory(memory)) as opened:
            for stored in opened.concepts():
                check.add(stored.concept, partial(_in_memory, stored.concept))
    problems = check.problems()
    if as_json:
        echo_json(
            {
                "problems": [problem_json(problem) for problem in problems],
                "refused": [asdict(one) for one in refused],
            }
        )
    else:
        for one in refused:
            click.echo(f"{one.place}: {one.reason}")
        for problem in problems:
            click.echo(f"{problem.place}: {problem.told}")
        if not problems and not refused:
            click.echo(f"{many(check.concepts, 'concept')}: nothing found")
    if problems or refused:
        raise SystemExit(1)


def _files(place: Path) -> list[Path]:
    from tm.exchange.terms import ENDINGS

    if not place.is_dir():
        return [place]
    files = sorted(file for file in place.iterdir() if file.suffix.lower() in ENDINGS)
    if not files:
        raise InputError(
            "the folder holds no terms", place=place, remedy=f"put a {' or '.join(ENDINGS)} there"
        )
    return files


def _checked(file: Path, check: TermCheck, name: str) -> list[Refused]:
    """Enter the terms of a file, one of several if it has a ``name``; what cannot be read of it."""
    from tm.exchange.terms import Located, read_terms

    before = f"{name}, " if name else ""
    refused: list[Refused] = []
    for item in read_terms(file):
        if isinstance(item, Located):
            check.add(item.concept, partial(_in_file, item, before))
        elif isinstance(item, Refused):
            refused.append(Refused(before + item.place, item.reason))
    return refused


def _in_memory(concept: Concept, _ko: Term, _en: Term) -> str:
    return f"concept {concept.id}"


def _in_file(item: Located, before: str, ko: Term, en: Term) -> str:
    return before + item.place_of(ko, en)
