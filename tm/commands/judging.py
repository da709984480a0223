"""``donju consistency`` and ``donju evaluate``."""

from __future__ import annotations

from io import StringIO
from pathlib import Path

import click

from align.errors import InputError, ReadError
from tm.commands.options import (
    chosen_memory,
    chosen_termbase,
    echo_json,
    json_option,
    memory_option,
    termbase_option,
)


@click.command("consistency")
@memory_option
@termbase_option
@click.option("--term", "terms", multiple=True, help="Look at this Korean term; may be repeated.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Findings.")
@json_option
def consistency_command(
    memory: Path | None,
    termbase: str | None,
    terms: tuple[str, ...],
    limit: int,
    as_json: bool,
) -> None:
    """Where do translations in a memory disagree with each other or with the termbase?

    \b
    donju consistency -m news.tm
    donju consistency -m news.tm --term 돈주 --term 보위부
    """
    from tm.display import show_findings
    from tm.jsonform import finding_json
    from tm.memory import Memory
    from tm.quality.consistency import find_inconsistencies

    with Memory.open(chosen_memory(memory)) as opened:
        found = find_inconsistencies(
            opened, termbase=chosen_termbase(termbase), terms=terms or None
        )
    if as_json:
        findings = [finding_json(finding) for finding in found[:limit]]
        echo_json({"total": len(found), "findings": findings})
    else:
        show_findings(found, limit)


@click.command("evaluate")
@click.argument("translation", type=click.Path(path_type=Path))
@click.argument("reference", type=click.Path(path_type=Path))
@json_option
def evaluate_command(translation: Path, reference: Path, as_json: bool) -> None:
    """Score TRANSLATION against REFERENCE, two text files with one segment a line.

    \b
    donju evaluate translation.en.txt reference.en.txt
    """
    from tm.quality.metrics import score

    ours, theirs = _lines(translation), _lines(reference)
    if len(ours) != len(theirs):
        raise InputError(
            f"{len(ours)} lines, but {len(theirs)} in {reference}",
            place=translation,
            remedy="give files with one segment a line, in the same order",
        )
    scores = score(ours, theirs)
    if as_json:
        echo_json([{"metric": s.name, "value": s.value, "signature": s.signature} for s in scores])
    else:
        for each in scores:
            click.echo(str(each))


def _lines(path: Path) -> list[str]:
    from align.reading.decode import decode

    try:
        text = decode(path.read_bytes(), str(path)).text
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror})", place=path, remedy="check the path"
        ) from error
    # Not splitlines(), which also cuts at U+2028 and the like, inside a segment.
    lines = [line.removesuffix("\n") for line in StringIO(text, newline=None)]
    if not lines:
        raise ReadError("the file is empty", place=path, remedy="give one segment a line")
    return lines
