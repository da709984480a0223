"""What a report is made of. Checks, consistency and scores fill it; the other modules show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from tm.quality.findings import SEVERITIES, Check, Finding, Severity
from tm.unit import TranslationUnit

if TYPE_CHECKING:
    from tm.quality.scores import Evaluation

_NONE: Mapping[str, tuple[TranslationUnit, ...]] = MappingProxyType({})

#: More findings than this are not written into a page, which would take seconds to open.
MOST = 10_000


@dataclass(frozen=True, slots=True)
class TermUse:
    """How often a translator put a term in one way in one period: a date as far as it is known
    and wanted, ``2021``, ``2021-07`` or ``2021-07-08``. Unknown is ``None``."""

    rendering: str
    count: int
    translator: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class TermUses:
    """A term with all its uses, for the charts; ``preferred`` is the termbase's rendering."""

    term: str
    uses: tuple[TermUse, ...]
    preferred: str | None = None

    @property
    def renderings(self) -> Counter[str]:
        """Renderings with their counts."""
        counts: Counter[str] = Counter()
        for use in self.uses:
            counts[use.rendering] += use.count
        return counts

    @property
    def dominant(self) -> str:
        """The most frequent rendering; of two, the first in the alphabet."""
        return min(self.renderings.items(), key=lambda item: (-item[1], item[0]))[0]


@dataclass(frozen=True, slots=True)
class ReportData:
    """One report.

    Attributes
    ----------
    title: what it is, in a few words.
    subject: what was looked at: a memory, a folder, two files.
    units: how many units were looked at, ``None`` where that says nothing.
    findings: the most important first; at least the first :data:`MOST`, if there are more.
    severities, kinds: numbers of all findings by severity and by check, where ``findings`` does
        not hold all of them.
    related: units to read beside a finding, by its key: how others put the same.
    checks: what the ids of checks mean.
    waived: how many findings a person has waived, which are not among ``findings``.
    terms: the terms to draw, the one most worth a look first.
    scores: of translations beside references.
    notes: what a reader should know: files that could not be read, what was left out.
    signature: how all this was made, so that it can be made again.
    made: the day, as ``2024-05-30``.
    """

    title: str
    subject: str
    units: int | None = None
    findings: Sequence[Finding] = ()
    severities: Mapping[Severity, int] | None = None
    kinds: Mapping[str, int] | None = None
    related: Mapping[str, tuple[TranslationUnit, ...]] = field(default_factory=lambda: _NONE)
    checks: tuple[Check, ...] = ()
    waived: int = 0
    terms: tuple[TermUses, ...] = ()
    scores: Evaluation | None = None
    notes: tuple[str, ...] = ()
    signature: str = ""
    made: str | None = None

    @property
    def by_severity(self) -> dict[Severity, int]:
        """Numbers of findings, the worst severity first."""
        counts = self.severities or Counter(finding.severity for finding in self.findings)
        return {severity: counts.get(severity, 0) for severity in SEVERITIES}

    @property
    def by_check(self) -> list[tuple[str, int]]:
        """Ids of checks with numbers of findings, most first."""
        counts = self.kinds or Counter(finding.check for finding in self.findings)
        return Counter(counts).most_common()

    @property
    def total(self) -> int:
        """The number of all findings."""
        return sum(self.by_severity.values())

    def check_title(self, check: str) -> str:
        """What a check looks for, in words; its id if it is not among ``checks``."""
        return next((one.title for one in self.checks if one.id == check), check)
