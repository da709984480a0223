"""Which part of the grid of two texts is searched.

Articles are searched whole. In long texts a chain of anchors that agree in order marks the way, and
only its neighbourhood is searched, so that time grows with the length and not with its square.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from align.encoder import Floats
from align.neighbours import Ints

#: Up to this many nodes the grid is searched whole (an article of 250 by 250 sentences).
WHOLE = 63_000
#: Nodes kept on either side of an anchor.
MARGIN = 24
#: A stretch without anchors is searched as a rectangle up to this side, else along its diagonal.
LONGEST_GAP = 400


@dataclass(frozen=True, slots=True)
class Band:
    """Nodes ``low[i] … high[i]`` (inclusive) of each row i of the grid, shapes (n + 1,).

    Both are ascending, start at 0 and end at m, and neighbouring rows overlap, so that a path
    always exists.
    """

    low: Ints
    high: Ints

    @property
    def width(self) -> int:
        return int((self.high - self.low).max()) + 1


def whole(n: int, m: int) -> Band:
    return Band(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64))


def band_for(n: int, m: int, anchors: Ints, margin: Floats) -> Band:
    """The whole grid for articles, the way of the anchors for long texts."""
    if (n + 1) * (m + 1) <= WHOLE:
        return whole(n, m)
    chain = _chain(anchors, margin)
    corners = np.concatenate([[[0, 0]], chain, [[n, m]]])
    low = np.full(n + 1, m, dtype=np.int64)
    high = np.zeros(n + 1, dtype=np.int64)
    for (i0, j0), (i1, j1) in pairwise(corners):
        rows = np.arange(i0, i1 + 1)
        if max(i1 - i0, j1 - j0) <= LONGEST_GAP:
            first, last = np.full(len(rows), j0), np.full(len(rows), j1)
        else:
            middle = j0 + (rows - i0) * (j1 - j0) // max(i1 - i0, 1)
            half = LONGEST_GAP // 2
            first, last = np.maximum(middle - half, j0), np.minimum(middle + half, j1)
            first[0], last[-1] = j0, j1
        low[rows] = np.minimum(low[rows], first - MARGIN)
        high[rows] = np.maximum(high[rows], last + MARGIN)
    # A row reaches as far as the rows within the margin above and below it.
    low = np.minimum.accumulate(_shift(low, -MARGIN)[::-1])[::-1]
    high = np.maximum.accumulate(_shift(high, MARGIN))
    low, high = np.clip(low, 0, m), np.clip(high, 0, m)
    low[0], high[-1] = 0, m
    return Band(np.ascontiguousarray(low), np.ascontiguousarray(high))


def _shift(bound: Ints, by: int) -> Ints:
    """``bound`` seen ``by`` rows later (earlier if negative), its ends repeated.

    Lower bounds are taken from earlier rows and upper ones from later rows: both widen the band.
    """
    rows = np.clip(np.arange(len(bound)) + by, 0, len(bound) - 1)
    return bound[rows]


def _chain(anchors: Ints, margin: Floats) -> Ints:
    """The heaviest set of anchors that ascend on both sides, by margin above zero, shape (k, 2).

    Anchors that only chance put in order carry little margin, so the true way outweighs them. A
    Fenwick tree over the English side holds the best weight of a chain that ends at or before each
    sentence: k log m steps.
    """
    if not len(anchors):
        return anchors.reshape(0, 2)
    size = int(anchors[:, 1].max()) + 2
    best = [(0.0, -1)] * (size + 1)
    previous = np.full(len(anchors), -1, dtype=np.int64)
    for k in np.argsort(anchors[:, 0], kind="stable"):
        j = int(anchors[k, 1])
        weight, at = 0.0, -1
        p = j  # English sentences before j
        while p > 0:
            if best[p][0] > weight:
                weight, at = best[p]
            p -= p & -p
        previous[k] = at
        weight += max(float(margin[k]), 0.0)
        p = j + 1
        while p <= size:
            if best[p][0] < weight:
                best[p] = (weight, int(k))
            p += p & -p
    at = max(best)[1]
    chain = []
    while at >= 0:
        chain.append(anchors[at])
        at = int(previous[at])
    return np.array(chain[::-1], dtype=np.int64).reshape(-1, 2)
