"""Which part of the grid of two texts is searched.

In an article all anchors that are clear mark the way, those that cross it too, and the search keeps
to the rectangles between them and to a margin around. In a longer text without sure places to cut
(:mod:`align.pieces`) only a chain of anchors that agree in order does.

A path goes from English nulls to Korean ones only through a bead (:mod:`align.path`). So in a band
where no bead is worth anything there may be none, and the grid is searched whole instead.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from align.anchors import heaviest_chain, widened
from align.encoder import Floats
from align.fixed import Fixed, path_type
from align.neighbours import Ints, Neighbourhood

#: Nodes of an article of 250 by 250 sentences, the longest that is searched around all its anchors.
ARTICLE = 63_000
#: Nodes kept on either side of an anchor of an article, and of a longer text.
NARROW = 6
MARGIN = 24
#: A stretch without anchors is searched as a rectangle up to this side, else along its diagonal.
LONGEST_GAP = 400
#: Margin of a fixed bead as an anchor: more than any cosines differ.
_FIXED_MARGIN = 4.0


@dataclass(frozen=True, slots=True)
class Band:
    """Nodes ``low[i] … high[i]`` (inclusive) of each row i of the grid, shapes (n + 1,).

    Both are ascending, ``low`` from 0 and ``high`` to m, and neighbouring rows overlap.
    """

    low: Ints
    high: Ints

    @property
    def width(self) -> int:
        return int((self.high - self.low).max()) + 1


def marks(
    near: Neighbourhood, clear: NDArray[np.bool_], fixed: Fixed
) -> tuple[Ints, Floats, NDArray[np.bool_]]:
    """What marks the way, as :func:`band_for` takes it.

    Anchors without those of sentences that are not to be aligned, and the fixed beads that a path
    can go through.
    """
    if not fixed.ko and not fixed.en:
        return near.anchors, near.margin, clear
    free = np.array([not fixed.touches((i,), (j,)) for i, j in near.anchors.tolist()], dtype=bool)
    held = [(link[0][0], link[1][0]) for link in fixed.beads if path_type(link) >= 0]
    pairs = np.concatenate([near.anchors[free], np.array(held, dtype=np.int64).reshape(-1, 2)])
    margin = np.append(near.margin[free], np.full(len(held), _FIXED_MARGIN, dtype=np.float32))
    order = pairs[:, 0].argsort()
    return pairs[order], margin[order], np.append(clear[free], np.full(len(held), True))[order]


def band_for(n: int, m: int, anchors: Ints, margin: Floats, clear: NDArray[np.bool_]) -> Band:
    """The way of the anchors (k, 2), by their rows, no number twice on a side.

    ``margin`` and ``clear``, whether an anchor is clear, have shape (k,).
    """
    if (n + 1) * (m + 1) <= ARTICLE:
        return _around(n, m, anchors[clear])
    chain = anchors[heaviest_chain(anchors, margin)]
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
        low[rows] = np.minimum(low[rows], first)
        high[rows] = np.maximum(high[rows], last)
    return Band(*widened(low, high, MARGIN, m))


def whole(n: int, m: int) -> Band:
    return Band(np.zeros(n + 1, dtype=np.int64), np.full(n + 1, m, dtype=np.int64))


def _around(n: int, m: int, anchors: Ints) -> Band:
    """The rectangles between anchors, by their rows, and a margin around.

    An anchor bounds the search from the left unless a later one is farther left, and from the right
    unless an earlier one is farther right: of those that cross, none shuts out what the other asks
    for. With the two texts in each other's place the same nodes are searched.
    """
    corners = np.concatenate([[[0, 0]], anchors, [[n, m]]])
    column = corners[:, 1]
    left = corners[column == np.minimum.accumulate(column[::-1])[::-1]]
    right = corners[column == np.maximum.accumulate(column)]
    rows = np.arange(n + 1)
    # A row reaches from the bound more than NARROW rows above it to the one as far below.
    above = np.searchsorted(left[:, 0], rows - NARROW, side="left") - 1
    below = np.searchsorted(right[:, 0], rows + NARROW, side="right")
    low = left[np.maximum(above, 0), 1] - NARROW
    high = right[np.minimum(below, len(right) - 1), 1] + NARROW
    return Band(np.maximum(low, 0), np.minimum(high, m))
