"""Memories and terms for other programs: ``donju leverage`` and ``export-omegat``."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tm.commands.options import (
    chosen_memories,
    chosen_termbase,
    echo_json,
    json_option,
    memories_option,
    termbase_option,
)

if TYPE_CHECKING:
    from tm.exchange.xliff_leverage import Leveraged


@click.command("leverage")
@click.argument("file", type=click.Path(path_type=Path))
@memories_option
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path))
@click.option(
    "--min",
    "minimum",
    default=75,
    show_default=True,
    type=click.IntRange(1, 101),
    help="The lowest percentage that is offered as a candidate.",
)
@click.option(
    "--fill",
    default=100,
    show_default=True,
    type=click.IntRange(1, 101),
    help="The lowest percentage that is put into a target; below 100 it is marked for review.",
)
@json_option
def leverage_command(
    file: Path, memories: tuple[str, ...], output: Path, minimum: int, fill: int, as_json: bool
) -> None:
    """Fill the empty targets of an XLIFF FILE (1.2, 2.x, SDLXLIFF) from a memory.

    Everything but the filled targets stays byte for byte as it is.

    \b
    donju leverage story.xlf -m news.tm -o story.en.xlf
    """
    from tm.exchange.xliff_leverage import leverage
    from tm.memories import Memories

    with Memories.open(chosen_memories(memories)) as opened:
        report = leverage(file, output, opened, minimum=minimum, fill=fill)
    if as_json:
        echo_json(_leveraged_json(report, output))
    else:
        _show_leveraged(report, output)


def _leveraged_json(report: Leveraged, output: Path) -> dict[str, Any]:
    return {
        "file": report.file,
        "output": str(output),
        "segments": report.segments,
        "filled": dict(report.filled),
        "left": [{"place": one.place, "reason": one.reason} for one in report.left],
    }


def _show_leveraged(report: Leveraged, output: Path) -> None:
    from tm.display import many

    filled = ", ".join(f"{count} {kind}" for kind, count in report.filled.most_common())
    total = report.filled.total()
    click.echo(f"{report.file}: {many(report.segments, 'segment')}")
    click.echo(f"  {total} filled" + (f" ({filled})" if filled else ""))
    for reason, count in Counter(one.reason for one in report.left).most_common():
        click.echo(f"  {count} not filled: {reason}")
    click.echo(f"written to {output}")


@click.command("export-omegat")
@click.argument("project", type=click.Path(path_type=Path, file_okay=False))
@memories_option
@termbase_option
@click.option(
    "--from",
    "source",
    type=click.Choice(["ko", "en"]),
    default="ko",
    show_default=True,
    help="The language that the project translates from.",
)
@json_option
def export_omegat_command(
    project: Path, memories: tuple[str, ...], termbase: str | None, source: str, as_json: bool
) -> None:
    """Put memories and a termbase into an OmegaT PROJECT folder, or bring them up to date there.

    Approved units go to tm/auto, drafts to tm, memories with a penalty to tm/penalty-NN.

    \b
    donju export-omegat ~/omegat/hyesan -m news.tm -m public.tm:10
    """
    from tm.exchange.languages import Languages
    from tm.exchange.omegat import Shelf, export_omegat
    from tm.memories import Memories

    languages = Languages("ko", "en") if source == "ko" else Languages("en", "ko")
    with Memories.open(chosen_memories(memories)) as opened:
        shelves = [
            Shelf(Path(name).stem, memory.units, penalty)
            for memory, name, penalty in opened.members
        ]
        terms = chosen_termbase(termbase, opened)
        today = date.today().isoformat()
        report = export_omegat(project, shelves, terms.on(today), languages=languages)
    if as_json:
        echo_json(
            {
                "project": str(project),
                "units": report.units,
                "terms": report.terms,
                "written": report.written,
                "unchanged": report.unchanged,
                "removed": report.removed,
                "left": [{"file": name, "reason": reason} for name, reason in report.left],
            }
        )
        return
    from tm.display import many

    click.echo(f"{project}: {many(report.units, 'unit')}, {many(report.terms, 'term')}")
    for what in ("written", "unchanged", "removed"):
        for name in getattr(report, what):
            click.echo(f"  {what}: {name}")
    for name, reason in report.left:
        click.echo(f"  left as it is: {name} ({reason})")
