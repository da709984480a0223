"""Running the checks: over a unit, over two aligned articles, over many units."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from align.alignment import Alignment, join
from align.article import Lang, Sentence, normalise
from tm.quality.checks.coverage import SIDES, Null, coverage, nulls_in, nulls_of
from tm.quality.checks.reading import Pair, Spot
from tm.quality.checks.registry import (
    BY_ID,
    CHECKS,
    COVERAGE,
    OF_LETTERS,
    PAIR_CHECKS,
    SAID_BY,
    chosen,
)
from tm.quality.checks.terms import TermChecks
from tm.quality.findings import Finding, finding_key
from tm.terms.termbase.lookup import Termbase
from tm.unit import Provenance, TranslationUnit

if TYPE_CHECKING:
    from tm.memory import Memory

_ORDER = {check.id: place for place, check in enumerate(CHECKS)}

#: Below this an alignment is too unsure of a bead for its words to be compared.
SURE = 0.5
#: So many sentences on either side may hold what a bead lacks.
_NEAR = 2


@dataclass(frozen=True)
class Checker:
    """The checks that were chosen, and what they need.

    ``ids`` are those of :func:`tm.quality.checks.registry.chosen`; without a termbase the checks of
    terms have nothing to say.
    """

    ids: frozenset[str] = field(default_factory=chosen)
    termbase: Termbase | None = None
    _terms: TermChecks | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        if self.termbase is not None and self.ids & {"forbidden", "deprecated", "term"}:
            object.__setattr__(self, "_terms", TermChecks(self.termbase))

    def spots(self, pair: Pair) -> list[Spot]:
        """What the checks see in a pair, worst first; what only says something again left out."""
        ids = self.ids if pair.is_korean else self.ids & OF_LETTERS
        found = [spot for name, check in PAIR_CHECKS if name in ids for spot in check(pair)]
        if self._terms is not None:
            found += self._of_terms(self._terms, pair)
        silent = {other for spot in found for other in SAID_BY.get(spot.check, ())}
        kept = [spot for spot in found if spot.check not in silent]
        return sorted(kept, key=lambda spot: _ORDER[spot.check])

    def _of_terms(self, terms: TermChecks, pair: Pair) -> Iterator[Spot]:
        if self.ids & {"forbidden", "deprecated"}:
            yield from (spot for spot in terms.unwanted(pair) if spot.check in self.ids)
        if "term" in self.ids:
            yield from terms.required(pair)

    def findings(
        self, unit: TranslationUnit, near_ko: str = "", near_en: str = ""
    ) -> list[Finding]:
        """The findings in a unit, worst first; ``near_ko`` and ``near_en`` are what stands around
        it, which may hold what it lacks."""
        pair = Pair(*map(normalise, (unit.source, unit.target, near_ko, near_en)))
        return [finding_of(spot, unit) for spot in self.spots(pair)]


def finding_of(spot: Spot, unit: TranslationUnit) -> Finding:
    """A spot as a finding, under a key that holds as long as both texts stay as they are."""
    return Finding(
        spot.check,
        spot.severity or BY_ID[spot.check].severity,
        spot.message,
        unit,
        spot.ko,
        spot.en,
        spot.suggestion,
        finding_key(spot.check, spot.about, unit.source, unit.target),
    )


def check_unit(
    unit: TranslationUnit,
    checker: Checker | None = None,
    *,
    near: tuple[TranslationUnit | None, ...] = (),
) -> list[Finding]:
    """The findings in one unit, worst first; what an editor calls when a unit is saved.

    ``near`` are the units before and after it (:meth:`tm.memory.Memory.neighbours`): a number that
    has moved to the next sentence is not lost.

    >>> from tm.unit import Provenance, TranslationUnit
    >>> where = Provenance("smugglers", 0)
    >>> unit = TranslationUnit("밀수꾼 12명이 잡혔다.", "Some 20 smugglers were caught.", where)
    >>> [finding.message for finding in check_unit(unit)]
    ['12명 has become 20']
    """
    return (checker or Checker()).findings(unit, *_texts(near))


def _texts(near: Iterable[TranslationUnit | None]) -> tuple[str, str]:
    units = [unit for unit in near if unit is not None]
    return " ".join(unit.source for unit in units), " ".join(unit.target for unit in units)


def check_pair(
    alignment: Alignment, checker: Checker | None = None, *, article: str = ""
) -> list[Finding]:
    """The findings in two aligned articles, in their order: sentences that are missing or added,
    and what the checks say of each bead that the aligner is sure of."""
    checker = checker or Checker()
    sentences: dict[Lang, int] = {"ko": len(alignment.ko), "en": len(alignment.en)}
    found = list(_of_coverage(nulls_of(alignment), sentences, Provenance(article, 0), checker))
    for position, bead in enumerate(alignment):
        if not bead.is_null and bead.confidence >= SURE:
            unit = TranslationUnit(
                alignment.ko_text(bead),
                alignment.en_text(bead),
                Provenance(article, position),
                bead.confidence,
            )
            near = _around(alignment.ko, bead.ko), _around(alignment.en, bead.en)
            found += checker.findings(unit, *near)
    return sorted(found, key=lambda f: f.unit.provenance.position if f.unit else -1)


def _around(sentences: Sequence[Sentence], here: Sequence[int]) -> str:
    """The sentences before and after those of a bead."""
    first, last = min(here), max(here)
    numbers = (*range(max(0, first - _NEAR), first), *range(last + 1, last + 1 + _NEAR))
    return join(sentences[i] for i in numbers if i < len(sentences))


def check_memory(
    memory: Memory, checker: Checker, *, article: str | None = None
) -> Iterator[Finding]:
    """The findings in a memory, or in one article of it: in the units that nobody has rejected,
    and the sentences without counterpart."""
    live = (unit for unit in memory.units(article=article) if unit.status != "rejected")
    yield from check_units(live, checker)
    if not checker.ids & COVERAGE:
        return
    for record in memory.articles():
        if article is None or record.id == article:
            nulls = nulls_in(memory, record.id)
            units = sum(1 for _ in memory.units(article=record.id)) if nulls else 0
            sentences = {side: units + sum(null.side == side for null in nulls) for side in SIDES}
            where = Provenance(record.id, 0, record.translator, record.date, record.origin)
            yield from _of_coverage(nulls, sentences, where, checker)


def _of_coverage(
    nulls: Sequence[Null], sentences: Mapping[Lang, int], where: Provenance, checker: Checker
) -> Iterator[Finding]:
    in_short = "abridged" in checker.ids
    for spot, unit in coverage(nulls, sentences, where, in_short=in_short):
        if spot.check in checker.ids:
            yield finding_of(spot, unit)


def check_units(units: Iterable[TranslationUnit], checker: Checker) -> Iterator[Finding]:
    """The findings in many units; neighbours of one article are known to each other if they come
    one after the other."""
    before: TranslationUnit | None = None
    here: TranslationUnit | None = None
    for following in _and_end(units):
        if here is not None:
            near = (
                other
                for other in (before, following)
                if other and other.provenance.article == here.provenance.article
            )
            if here.confidence >= SURE or here.status == "approved":
                yield from checker.findings(here, *_texts(near))
        before, here = here, following


def _and_end(units: Iterable[TranslationUnit]) -> Iterator[TranslationUnit | None]:
    yield from units
    yield None
