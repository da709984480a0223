"""``donju consistency``."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

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
    from tm.quality.consistency import Inconsistency

#: Units shown of each way of putting something; a report counts all of them.
_EXAMPLES = 3
_EVERY = 1_000_000


@click.command("consistency")
@memories_option
@termbase_option
@click.option("--term", "terms", multiple=True, help="Look at this Korean term; may be repeated.")
@click.option("--limit", default=20, show_default=True, type=click.IntRange(1), help="Findings.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a report to this HTML file.")
@json_option
def consistency_command(
    memories: tuple[str, ...],
    termbase: str | None,
    terms: tuple[str, ...],
    limit: int,
    report: Path | None,
    as_json: bool,
) -> None:
    """Where do translations in a memory, or in several, disagree with each other or with the
    termbase?

    \b
    donju consistency -m news.tm
    donju consistency -m news.tm --term 돈주 --term 보위부
    donju consistency -m news.tm --report consistency.html
    """
    from tm.display import show_findings
    from tm.jsonform import finding_json
    from tm.memories import Memories
    from tm.quality.consistency import find_inconsistencies
    from tm.quality.report import consistency_report, write_report

    with Memories.open(chosen_memories(memories)) as opened:
        wanted = chosen_termbase(termbase, opened)
        found = find_inconsistencies(
            opened, termbase=wanted, terms=terms or None, examples=_EVERY if report else _EXAMPLES
        )
        if report is not None:
            subject = ", ".join(name for _, name, _ in opened.members)
            write_report(
                consistency_report(found, subject=subject, units=opened.unit_count()), report
            )
            found = [_with_few_examples(finding) for finding in found]
    if as_json:
        findings = [finding_json(finding) for finding in found[:limit]]
        echo_json({"total": len(found), "findings": findings})
    else:
        show_findings(found, limit)


def _with_few_examples(finding: Inconsistency) -> Inconsistency:
    uses = (replace(use, examples=use.examples[:_EXAMPLES]) for use in finding.uses)
    return replace(finding, uses=tuple(uses))
