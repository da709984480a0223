"""Reports of scores, of findings, and of what consistency finds in a memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

from align.version import donju_version
from tm.display import many
from tm.quality.findings import SEVERITIES, Check, Finding, Severity, Span, finding_key
from tm.quality.report.data import ReportData, TermUse, TermUses
from tm.unit import TranslationUnit

if TYPE_CHECKING:
    from tm.quality.consistency import Inconsistency, Use
    from tm.quality.scores import Evaluation


def evaluation_report(found: Evaluation) -> ReportData:
    """The report of ``donju evaluate``."""
    return ReportData(
        title="Evaluation of translations",
        subject=", ".join(system.name for system in found.systems),
        scores=found,
        signature=_signature(),
        made=_today(),
    )


def findings_report(
    findings: Iterable[Finding],
    *,
    subject: str,
    units: int | None = None,
    checks: Sequence[Check] = (),
    severities: Mapping[Severity, int] | None = None,
    kinds: Mapping[str, int] | None = None,
    waived: int = 0,
    notes: Sequence[str] = (),
) -> ReportData:
    """The report of ``donju check``: findings, the most severe first, else as they come. If these
    are not all, ``severities`` and ``kinds`` count all of them."""
    return ReportData(
        title="Check of translations",
        subject=subject,
        units=units,
        findings=_most_severe_first(findings),
        severities=severities,
        kinds=kinds,
        checks=tuple(checks),
        waived=waived,
        notes=tuple(notes),
        signature=_signature(),
        made=_today(),
    )


def _most_severe_first(findings: Iterable[Finding]) -> list[Finding]:
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _signature() -> str:
    return f"donju {donju_version()}"


def _today() -> str:
    return date.today().isoformat()


# Consistency

#: What a kind of inconsistency is called as a check.
CONSISTENCY_CHECKS = (
    Check("status", "A rendering that is not wanted", "error"),
    Check("term", "A term put in several ways", "warning"),
    Check("sentence", "A sentence translated in several ways", "info"),
)


def consistency_report(found: Sequence[Inconsistency], *, subject: str, units: int) -> ReportData:
    """The report of ``donju consistency``; ``found`` with all units of each use as its examples."""
    related: dict[str, tuple[TranslationUnit, ...]] = {}
    findings = []
    for inconsistency in found:
        finding, others = _finding(inconsistency)
        findings.append(finding)
        related[finding.key] = others
    return ReportData(
        title="Consistency of translations",
        subject=subject,
        units=units,
        findings=_most_severe_first(findings),
        related=related,
        checks=CONSISTENCY_CHECKS,
        terms=tuple(_term_uses(one) for one in found if one.kind == "term"),
        signature=_signature(),
        made=_today(),
    )


def _finding(found: Inconsistency) -> tuple[Finding, tuple[TranslationUnit, ...]]:
    """A finding on the newest unit that deviates, and units of the other ways to read beside it."""
    deviating = found.uses[-1] if found.kind == "status" else found.uses[1]
    others = [use for use in found.uses if use is not deviating]
    severity: Severity = next(c.severity for c in CONSISTENCY_CHECKS if c.id == found.kind)
    unit = max(deviating.examples, key=lambda u: u.provenance.date or "", default=None)
    is_sentence = found.kind == "sentence"
    finding = Finding(
        check=found.kind,
        severity=severity,
        message=_message(found),
        unit=unit,
        source_spans=() if is_sentence or unit is None else _places(unit.source, found.subject),
        target_spans=() if is_sentence or unit is None else _places(unit.target, deviating.text),
        suggestion=found.preferred or (None if is_sentence or not others else others[0].text),
        key=finding_key(found.kind, found.subject, *(use.text for use in found.uses)),
    )
    return finding, tuple(use.examples[0] for use in others if use.examples)


def _message(found: Inconsistency) -> str:
    if found.kind == "sentence":
        return f"The same Korean sentence has {len(found.uses)} translations"
    if found.kind == "status":
        use = found.uses[0]
        return f"{found.subject}: “{use.text}” is {use.status}, but used {many(use.count, 'time')}"
    ways = ", ".join(f"“{use.text}” {use.count}" for use in found.uses[:4])
    more = f" and {len(found.uses) - 4} more" if len(found.uses) > 4 else ""
    return f"{found.subject}: {ways}{more}"


def _places(text: str, wanted: str) -> tuple[Span, ...]:
    """Where ``wanted`` stands in a text, whatever its case."""
    low, sought = text.lower(), wanted.lower()
    if not sought or len(low) != len(text):
        return ()
    return tuple(_occurrences(low, sought))


def _occurrences(text: str, wanted: str) -> Iterator[Span]:
    start = text.find(wanted)
    while start >= 0:
        yield start, start + len(wanted)
        start = text.find(wanted, start + len(wanted))


def _term_uses(found: Inconsistency) -> TermUses:
    uses = tuple(one for use in found.uses for one in _counted(use))
    return TermUses(found.subject, uses, found.preferred)


def _counted(use: Use) -> Iterator[TermUse]:
    counts = Counter((unit.provenance.translator, unit.provenance.date) for unit in use.examples)
    for (translator, day), count in counts.items():
        yield TermUse(use.text, count, translator, day)
