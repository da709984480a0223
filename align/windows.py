"""Which part of an alignment a correction opens again.

*Sure* beads are those that need no second look: no nulls, of confidence .9 or more, in the same
order on both sides. Where a person fixes other beads, all beads that share a sentence with them
break up; from each sentence that this sets free a *window* reaches to the second sure bead on
either side. Two windows that meet become one. A bead that reaches from one window into another, or
out of it, stays as it is, and its sentences are kept out of what is aligned again.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from align.alignment import Alignment, Bead
from align.anchors import heaviest_chain
from align.fixed import Fixed, in_a_row, lies_in

#: Least confidence of a sure bead.
SURE = 0.9

#: Numbers of the Korean and of the English sentences of a window.
Window = tuple[range, range]


@dataclass(frozen=True, slots=True)
class Reopened:
    """An alignment with windows in it: ``kept`` beads, and what is ``held`` while they are filled.

    Every sentence is in a bead of ``kept`` or of ``held``, or in one window.
    """

    kept: tuple[Bead, ...]
    held: Fixed
    windows: tuple[Window, ...]


def reopened(alignment: Alignment, fixed: Fixed) -> Reopened:
    """``alignment`` opened around what is newly ``fixed``; a bead that is there is only marked."""
    wanted = set(fixed.beads)
    beads = [
        replace(bead, confidence=1.0, fixed=True) if (bead.ko, bead.en) in wanted else bead
        for bead in alignment.beads
    ]
    new = wanted.difference((bead.ko, bead.en) for bead in beads)
    ko = {i for link in new for i in link[0]}
    en = {j for link in new for j in link[1]}
    whole, broken = _parted(beads, lambda b: ko.isdisjoint(b.ko) and en.isdisjoint(b.en))
    ko.update(i for bead in broken for i in bead.ko)
    en.update(j for bead in broken for j in bead.en)
    windows = _windows(_sure(whole), ko, en, len(alignment.ko), len(alignment.en))
    inside, kept = _parted(whole, lambda b: any(_within(b, window) for window in windows))
    again = [(bead.ko, bead.en) for bead in inside if bead.fixed]
    links = [*sorted(new), *again]
    taken = [*links, *((bead.ko, bead.en) for bead in kept)]
    held = Fixed(
        tuple(links),
        frozenset(i for link in taken for i in link[0]),
        frozenset(j for link in taken for j in link[1]),
    )
    return Reopened(tuple(kept), held, windows)


def _parted(beads: Iterable[Bead], holds: Callable[[Bead], bool]) -> tuple[list[Bead], list[Bead]]:
    """The beads for which something holds, and the others."""
    parts: tuple[list[Bead], list[Bead]] = ([], [])
    for bead in beads:
        parts[not holds(bead)].append(bead)
    return parts


def _within(bead: Bead, window: Window) -> bool:
    return lies_in(bead.ko, window[0]) and lies_in(bead.en, window[1])


def _sure(beads: Iterable[Bead]) -> list[Bead]:
    """The most sure beads that are in the same order on both sides, by their numbers."""
    candidates = sorted(
        (b for b in beads if b.confidence >= SURE and in_a_row(b.ko) and in_a_row(b.en)),
        key=lambda bead: bead.ko,
    )
    starts = np.array([(b.ko[0], b.en[0]) for b in candidates], dtype=np.int64).reshape(-1, 2)
    chain = heaviest_chain(starts, np.ones(len(starts), dtype=np.float32))
    return [candidates[number] for number in chain]


def _windows(
    sure: Sequence[Bead], ko: Iterable[int], en: Iterable[int], n: int, m: int
) -> tuple[Window, ...]:
    """Windows around the free sentences ``ko`` and ``en`` of texts of n and m sentences.

    The sure beads leave gaps, numbered by the sure beads before them. A sentence in gap g opens the
    gaps g - 1 … g + 1.
    """
    ko_starts = [bead.ko[0] for bead in sure]
    en_starts = [bead.en[0] for bead in sure]
    gaps = {bisect_right(ko_starts, i) for i in ko} | {bisect_right(en_starts, j) for j in en}
    opened = sorted({g + d for g in gaps for d in (-1, 0, 1) if 0 <= g + d <= len(sure)})
    ko_walls = [(0, 0), *((b.ko[0], b.ko[-1] + 1) for b in sure), (n, n)]
    en_walls = [(0, 0), *((b.en[0], b.en[-1] + 1) for b in sure), (m, m)]
    windows: list[Window] = []
    for first, last in _runs(opened):
        windows.append(
            (
                range(ko_walls[first][1], ko_walls[last + 1][0]),
                range(en_walls[first][1], en_walls[last + 1][0]),
            )
        )
    return tuple(windows)


def _runs(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbours among ascending numbers."""
    starts = [k for k in range(len(numbers)) if k == 0 or numbers[k] > numbers[k - 1] + 1]
    for start, stop in pairwise([*starts, len(numbers)]):
        yield numbers[start], numbers[stop - 1]
