"""Anchors of long texts, found coarse to fine, so that the work grows with the length.

*Anchors* are pairs of sentences that prefer each other by margin, as in :mod:`align.neighbours`,
but a sentence is compared only with those in a strip of the grid. The way of the strip is that of
the anchors of blocks of neighbouring sentences: a block's vector is the sum of its sentences'
vectors, and the sums of two passages that translate each other are much alike even where sentences
were cut, joined or put in another order. Both times the heaviest chain of anchors that ascend on
both sides is the way (a weighted longest increasing subsequence; Fredman, *On computing the length
of longest increasing subsequences*, 1975, without weights).

All here is symmetric: with the two texts in each other's place the same pairs are found.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from align.encoder import Floats, unit
from align.neighbours import HUB_NEIGHBOURS, Ints
from align.runs import Runs

#: Up to so many pairs of sentences, all are compared.
_EXHAUSTIVE = 4_000_000
#: Blocks a side, at most. A block is two steps long and begins at every step.
_BLOCKS = 4_096
_SHORTEST_STEP = 4
#: Steps that are searched on either side of the way of the blocks.
_MARGIN = 3
#: A stretch of r by c steps without anchors of blocks is searched whole if r × c is at most so many
#: times r + c, else so far on either side of its :func:`corner_way`.
_GAP = 16
#: Rows and columns of the cosines that are computed at a time.
_TILE = (128, 1_024)

#: Rows ``start`` … ``stop`` - 1 of the vectors of one side.
Rows = Callable[[int, int], Floats]


@dataclass(frozen=True, slots=True)
class Strip:
    """The columns ``low[i] ≤ j < high[i]`` of each row i, shapes (n,), out of ``columns``.

    Neither bound ever descends.
    """

    low: Ints
    high: Ints
    columns: int


@dataclass(frozen=True, slots=True)
class Anchors:
    """Pairs that prefer each other, by their first numbers.

    ``pairs`` (k, 2): row and column; ``similarity`` (k,): cosine; ``margin`` (k,): by how much it
    exceeds the mean of both hub values; ``clearness`` (k,): by how much it exceeds the next best
    cosine of its row and of its column, whichever exceeds less.
    """

    pairs: Ints
    similarity: Floats
    margin: Floats
    clearness: Floats

    def only(self, which: Ints) -> Anchors:
        return Anchors(
            self.pairs[which], self.similarity[which], self.margin[which], self.clearness[which]
        )


def chain_of_anchors(ko: Runs, en: Runs, random_level: float) -> Anchors:
    """The heaviest chain of anchors of two texts, ascending on both sides.

    ``random_level`` is the cosine of sentences that have nothing to do with each other; it stands
    in for neighbours that a sentence lacks.
    """
    n, m = len(ko), len(en)
    if n * m <= _EXHAUSTIVE:
        strip = everything(n, m)
    else:
        step = max(_SHORTEST_STEP, -(-max(n, m) // _BLOCKS))
        coarse = coarse_strip(_blocks(ko, step), _blocks(en, step), random_level)
        strip = _in_sentences(coarse, step, n, m)
    found = anchors_within(_sentences(ko), _sentences(en), strip, random_level)
    return found.only(heaviest_chain(found.pairs, found.margin))


def everything(n: int, m: int) -> Strip:
    return Strip(np.zeros(n, dtype=np.int64), np.full(n, m, dtype=np.int64), m)


def coarse_strip(ko: Floats, en: Floats, random_level: float) -> Strip:
    """The neighbourhood of the way that the vectors of blocks show, shapes (r, dim), (c, dim)."""
    rows, columns = len(ko), len(en)
    strip = everything(rows, columns)
    found = anchors_within(_of_array(ko), _of_array(en), strip, random_level)
    chain = found.pairs[heaviest_chain(found.pairs, found.margin)]
    low = np.full(rows, columns - 1, dtype=np.int64)
    high = np.zeros(rows, dtype=np.int64)
    corners = np.concatenate([[[0, 0]], chain, [[rows - 1, columns - 1]]])
    for (i0, j0), (i1, j1) in pairwise(corners.tolist()):
        r, c = i1 - i0, j1 - j0
        here = slice(i0, i1 + 1)
        first, last = np.array([0]), np.array([c])
        if r * c > _GAP * (r + c):
            first, last = widened(*_bounds(corner_way(r, c)), _GAP, c)
        low[here] = np.minimum(low[here], first + j0)
        high[here] = np.maximum(high[here], last + j0)
    low, high = widened(low, high, _MARGIN, columns - 1)
    return Strip(low, high + 1, columns)


def corner_way(r: int, c: int) -> Ints:
    """Nodes from (0, 0) to (r, c), a way through a stretch without anchors, shape (k, 2).

    It runs diagonally from both corners, and straight where the two halves do not meet: what makes
    a stretch longer on one side is most often a passage that the other side lacks, and what has a
    counterpart lies towards the corners.
    """
    diagonal, straight = min(r, c), abs(r - c)
    half = np.arange(diagonal // 2 + 1)
    across = half[-1] + np.arange(1, straight + 1)
    rest = np.arange(half[-1] + 1, diagonal + 1)
    shorter = np.concatenate([half, np.full(straight, half[-1]), rest])
    longer = np.concatenate([half, across, rest + straight])
    return np.stack([shorter, longer] if r < c else [longer, shorter], axis=1)


def _bounds(way: Ints) -> tuple[Ints, Ints]:
    """The first and the last column of each row of a way."""
    rows = np.arange(way[-1, 0] + 1)
    first, last = np.searchsorted(way[:, 0], rows), np.searchsorted(way[:, 0], rows, side="right")
    return way[first, 1], way[last - 1, 1]


def widened(low: Ints, high: Ints, by: int, greatest: int) -> tuple[Ints, Ints]:
    """Ascending bounds, inclusive, moved apart by so many rows and columns, within 0 … greatest."""
    rows = np.arange(len(low))
    low = low[np.maximum(rows - by, 0)] - by
    high = high[np.minimum(rows + by, len(rows) - 1)] + by
    return np.clip(low, 0, greatest), np.clip(high, 0, greatest)


def _in_sentences(strip: Strip, step: int, n: int, m: int) -> Strip:
    """A strip of steps as one of n by m sentences."""
    rows = np.arange(n) // step
    return Strip(strip.low[rows] * step, np.minimum(strip.high[rows] * step, m), m)


def _blocks(runs: Runs, step: int) -> Floats:
    """Unit vectors of the blocks that begin at every ``step`` sentences, two steps long."""
    sums = []
    for start in range(0, len(runs), step * _TILE[0]):
        vectors = runs.take(1, start, start + step * _TILE[0])
        sums.append(np.add.reduceat(vectors, np.arange(0, len(vectors), step), axis=0))
    steps = np.concatenate(sums)
    steps[:-1] += steps[1:]
    return unit(steps)


def _sentences(runs: Runs) -> Rows:
    return lambda start, stop: runs.take(1, start, stop)


def _of_array(vectors: Floats) -> Rows:
    return lambda start, stop: vectors[start:stop]


def anchors_within(ko: Rows, en: Rows, strip: Strip, random_level: float) -> Anchors:
    """The pairs within the strip that prefer each other by margin."""
    from align import scan

    n, m = len(strip.low), strip.columns
    if not n or not m:
        nothing = np.zeros(0, dtype=np.float32)
        return Anchors(np.zeros((0, 2), dtype=np.int64), nothing, nothing, nothing)
    bounds = strip.low, strip.high
    ko_near = np.full((n, HUB_NEIGHBOURS), -np.inf, dtype=np.float32)
    en_near = np.full((m, HUB_NEIGHBOURS), -np.inf, dtype=np.float32)
    for tile in _tiles(ko, en, strip):
        scan.keep_nearest(*tile, *bounds, ko_near, en_near)
    for near in (ko_near, en_near):
        near[np.isinf(near)] = random_level
    ko_hub, en_hub = ko_near.mean(axis=1), en_near.mean(axis=1)
    ko_margin, en_margin = np.full(n, -np.inf, np.float32), np.full(m, -np.inf, np.float32)
    ko_choice, en_choice = np.full(n, -1), np.full(m, -1)
    for tile in _tiles(ko, en, strip):
        scan.keep_best(*tile, *bounds, ko_hub, en_hub, ko_margin, ko_choice, en_margin, en_choice)
    i = np.flatnonzero(en_choice[ko_choice] == np.arange(n))
    j = ko_choice[i]
    similarity = ko_margin[i] + (ko_hub[i] + en_hub[j]) / 2
    clearness = np.minimum(_lead(similarity, ko_near[i]), _lead(similarity, en_near[j]))
    return Anchors(np.stack([i, j], axis=1), similarity, ko_margin[i], clearness)


def _tiles(ko: Rows, en: Rows, strip: Strip) -> Iterator[tuple[Floats, int, int]]:
    """Cosines that cover the strip, and where each tile begins."""
    height, width = _TILE
    for top in range(0, len(strip.low), height):
        bottom = min(top + height, len(strip.low))
        rows = ko(top, bottom)
        right = int(strip.high[bottom - 1])
        for left in range(int(strip.low[top]), right, width):
            yield rows @ en(left, min(left + width, right)).T, top, left


def _lead(similarity: Floats, near: Floats) -> Floats:
    """How far each cosine is before the best other one of its row, or behind it."""
    rival = np.where(similarity < near[:, 0] - 1e-6, near[:, 0], near[:, 1])
    return similarity - rival


def heaviest_chain(pairs: Ints, margin: Floats) -> Ints:
    """Which of the pairs, given by row, ascend on both sides with the greatest total margin.

    No number comes twice on either side. Result: row numbers of ``pairs``, ascending.

    Anchors that only chance put in order carry little margin, so the true way outweighs them. Of
    the chains that were seen, those are kept that no other equals in weight and ends before; they
    ascend in both, so a new anchor finds its best forerunner by bisection.
    """
    ends: list[int] = []  # last column of each chain kept, ascending
    weights: list[float] = []  # ascending too
    tips: list[int] = []
    before = np.full(len(pairs), -1, dtype=np.int64)
    for k, (j, own) in enumerate(zip(pairs[:, 1].tolist(), margin.tolist(), strict=True)):
        if own <= 0:
            continue
        at = bisect_left(ends, j)
        weight = own + (weights[at - 1] if at else 0.0)
        before[k] = tips[at - 1] if at else -1
        beaten = at
        while beaten < len(ends) and weights[beaten] <= weight:
            beaten += 1
        ends[at:beaten], weights[at:beaten], tips[at:beaten] = [j], [weight], [k]
    chain = []
    k = tips[-1] if tips else -1
    while k >= 0:
        chain.append(k)
        k = int(before[k])
    return np.array(chain[::-1], dtype=np.int64)
