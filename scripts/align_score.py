"""How good an alignment is, and whether its confidences can be believed.

The scores are those of Vecalign's scorer (Thompson and Koehn 2019), but that a null of several
sentences counts as several nulls of one: *precision* is over all beads found, nulls included,
*recall* over the gold beads that are no nulls.

- strict: a bead counts if both its sides are exactly those of a bead of the other alignment;
- lax: it also counts if it holds a Korean and an English sentence that the other alignment links;
- null: precision and recall of the sentences said to have no counterpart.

Gold need not cover a document. A sentence that no gold bead names has not been judged, so a bead
found that consists of such sentences alone is neither right nor wrong and is left out. One that
mixes them with judged sentences is compared like any other. Where gold covers the document, nothing
is left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from align_documents import Pair


@dataclass(frozen=True, slots=True)
class FoundBead:
    """A bead that an aligner found, and its confidence in [0, 1] if the aligner has one."""

    ko: tuple[int, ...]
    en: tuple[int, ...]
    confidence: float | None = None


@dataclass(slots=True)
class Tally:
    """Counts over documents: of beads found and of gold beads, how many count, and of how many."""

    found_strict: int = 0
    found_lax: int = 0
    found: int = 0
    gold_strict: int = 0
    gold_lax: int = 0
    gold: int = 0
    nulls_right: int = 0
    nulls_found: int = 0
    nulls_gold: int = 0

    def add(self, gold: Iterable[Pair], found: Iterable[FoundBead]) -> None:
        """Count one document."""
        in_gold = set(single_nulls(gold))
        in_found = set(judged(in_gold, single_nulls((bead.ko, bead.en) for bead in found)))
        links, links_found = ({p for p in pairs if p[0] and p[1]} for pairs in (in_gold, in_found))
        self.found_strict += len(in_found & in_gold)
        self.found_lax += len(in_found & in_gold | overlapping(links_found, links))
        self.found += len(in_found)
        self.gold_strict += len(links & links_found)
        self.gold_lax += len(overlapping(links, links_found))
        self.gold += len(links)
        nulls, nulls_found = in_gold - links, in_found - links_found
        self.nulls_right += len(nulls & nulls_found)
        self.nulls_found += len(nulls_found)
        self.nulls_gold += len(nulls)

    @property
    def strict_f1(self) -> float:
        return f1(self.found_strict, self.found, self.gold_strict, self.gold)

    @property
    def lax_f1(self) -> float:
        return f1(self.found_lax, self.found, self.gold_lax, self.gold)

    @property
    def null_f1(self) -> float:
        return f1(self.nulls_right, self.nulls_found, self.nulls_right, self.nulls_gold)


def f1(found_right: int, found: int, gold_right: int, gold: int) -> float:
    """Harmonic mean of precision and recall; 0.0 where either is 0 or has nothing to count."""
    if not found_right or not gold_right:
        return 0.0
    precision, recall = found_right / found, gold_right / gold
    return 2 * precision * recall / (precision + recall)


def single_nulls(beads: Iterable[Pair]) -> Iterator[Pair]:
    """Beads with their numbers ascending; a null of several sentences as several nulls of one."""
    for ko, en in beads:
        if ko and en:
            yield tuple(sorted(ko)), tuple(sorted(en))
        else:
            yield from (((i,), ()) for i in ko)
            yield from (((), (j,)) for j in en)


def judged(gold: Iterable[Pair], found: Iterable[Pair]) -> Iterator[Pair]:
    """The beads found that hold a sentence which gold says something about."""
    gold = list(gold)
    ko_named, en_named = {i for ko, _ in gold for i in ko}, {j for _, en in gold for j in en}
    for ko, en in found:
        if not ko_named.isdisjoint(ko) or not en_named.isdisjoint(en):
            yield ko, en


def overlapping(links: Iterable[Pair], others: Iterable[Pair]) -> set[Pair]:
    """The links that hold a Korean and an English sentence which one of the others links."""
    linked: dict[int, set[int]] = defaultdict(set)
    for ko, en in others:
        for i in ko:
            linked[i].update(en)
    return {
        (ko, en) for ko, en in links if any(not linked[i].isdisjoint(en) for i in ko if i in linked)
    }


@dataclass(frozen=True, slots=True)
class Verdict:
    """How sure an aligner was of a bead (or of one null sentence), and whether it was right."""

    confidence: float
    right: bool
    null: bool


def verdicts(gold: Iterable[Pair], found: Iterable[FoundBead]) -> list[Verdict]:
    """What gold says (strictly) about each bead found that has a confidence and can be judged."""
    in_gold = set(single_nulls(gold))
    return [
        Verdict(bead.confidence, pair in in_gold, not pair[0] or not pair[1])
        for bead in found
        if bead.confidence is not None
        for pair in judged(in_gold, single_nulls([(bead.ko, bead.en)]))
    ]


@dataclass(frozen=True, slots=True)
class Bin:
    """The verdicts with ``low`` ≤ confidence < ``high`` (the last bin holds 1 as well)."""

    low: float
    high: float
    count: int
    right: int
    confidence_sum: float

    @property
    def share_right(self) -> float:
        return self.right / self.count if self.count else 0.0

    @property
    def mean_confidence(self) -> float:
        return self.confidence_sum / self.count if self.count else 0.0


#: The bins that are printed: nearly sure, probable, doubtful, improbable.
PRINTED_EDGES = (0.0, 0.3, 0.6, 0.9, 1.0)
#: The bins of the diagram and of the calibration error.
TENTHS = tuple(k / 10 for k in range(11))


def bins(found: Sequence[Verdict], edges: Sequence[float] = TENTHS) -> list[Bin]:
    """``found`` by confidence, in the bins between neighbouring ``edges`` (ascending, 0 to 1)."""
    out = []
    for low, high in pairwise(edges):
        inside = [
            v for v in found if low <= v.confidence and (v.confidence < high or high == edges[-1])
        ]
        out.append(
            Bin(
                low,
                high,
                len(inside),
                sum(v.right for v in inside),
                sum(v.confidence for v in inside),
            )
        )
    return out


def calibration_error(found: Sequence[Verdict]) -> float:
    """Expected calibration error (Naeini, Cooper and Hauskrecht 2015) over ten equal bins.

    The mean, over verdicts, of the distance between the mean confidence of their bin and the share
    of it that is right: 0.0 if confidences are what they say, and for no verdicts.
    """
    if not found:
        return 0.0
    return sum(abs(b.right - b.confidence_sum) for b in bins(found)) / len(found)
