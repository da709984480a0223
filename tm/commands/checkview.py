"""Checks and their findings in the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from tm.commands.options import echo_json
from tm.display import TABLE_WIDTH, console, marked

if TYPE_CHECKING:
    from tm.quality.findings import Finding
    from tm.store import Decision

_STYLES = {"error": "bold red", "warning": "yellow", "info": "blue"}


def show_checks(as_json: bool) -> None:
    """All checks: what they say, how bad it is, and whether they run by default."""
    from tm.quality.checks import CHECKS

    if as_json:
        echo_json([asdict(check) for check in CHECKS])
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for heading in ("check", "default", "severity", "what it says"):
        table.add_column(heading)
    for check in CHECKS:
        style = _STYLES[check.severity]
        table.add_row(
            check.id, "on" if check.on else "off", Text(check.severity, style), check.title
        )
    console(TABLE_WIDTH).print(table)


def show_findings(findings: Sequence[Finding], waived: Mapping[str, Decision]) -> None:
    """Findings with the two sentences, what they are about marked in both."""
    out = console()
    for finding in findings:
        decision = waived.get(finding.key)
        head = Text.assemble(
            (f"{finding.severity:8}", _STYLES[finding.severity]),
            (f"{finding.check}: ", "bold"),
            finding.message,
        )
        if decision is not None:
            head.append(f"  [waived: {decision.reason}]", style="green")
        out.print(head)
        unit = finding.unit
        if unit is not None:
            for label, text, spans in (
                ("ko", unit.source, finding.source_spans),
                ("en", unit.target, finding.target_spans),
            ):
                if text:
                    out.print(Text(f"  {label}  ", style="dim") + marked(text, spans))
        if finding.suggestion:
            out.print(Text(f"  write “{finding.suggestion}”", style="green"))
        out.print(Text(f"  {_where(finding)}", style="dim"))
        out.print()


def _where(finding: Finding) -> str:
    unit = finding.unit
    if unit is None:
        return finding.key
    where = unit.provenance
    place = f"{where.article}, unit {unit.id}" if unit.id else f"{where.article} {where.position}"
    told = (place, where.date, where.translator, finding.key)
    return " · ".join(part for part in told if part)
