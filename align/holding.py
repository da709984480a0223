"""How the search is made to keep the beads that a person has fixed.

The search keeps clear of all their sentences. Where a fixed bead has a shape that a path can take,
the path is offered it at odds that no other bead has, so that what stands around it falls into
place; the path goes through those that agree in order. The others (crossing, apart, too large) are
put in afterwards.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from align.band import Band
from align.features import TYPES
from align.fixed import Fixed, Link, path_type

#: Log odds of a fixed bead against nulls, about those of ten clear beads …
_ODDS = 60.0
#: … and of all of them together. What is e^700 times less likely than the best is lost in the sums
#: (:mod:`align.kernels`), so two groups of fixed beads that cross must not both come near that.
_ALL_ODDS = 400.0


def hold(odds: NDArray[np.float64], fixed: Fixed, band: Band) -> None:
    """Change the odds of beads, shape (types, n + 1, width), so that a path keeps what is fixed."""
    n, m = len(band.low) - 1, int(band.high[-1])
    offered = [
        (path_type(link), link[0][0], link[1][0] - int(band.low[link[0][0]]))
        for link in fixed.beads
        if path_type(link) >= 0 and _in_band(link, band)
    ]
    natural = [float(odds[node]) for node in offered]
    columns = np.minimum(band.low[:, None] + np.arange(odds.shape[2]), m)
    for t, (a, b) in enumerate(TYPES.tolist()):
        odds[t, _touched(fixed.ko, n, a)] = 0
        odds[t][_touched(fixed.en, m, b)[columns]] = 0
    gain = float(np.exp(min(_ODDS, _ALL_ODDS / max(len(offered), 1))))
    for node, worth in zip(offered, natural, strict=True):
        odds[node] = max(worth, 1.0) * gain


def _in_band(link: Link, band: Band) -> bool:
    """Whether the nodes where a bead begins and ends are both searched."""
    (i, j), (x, y) = (link[0][0], link[1][0]), (link[0][-1] + 1, link[1][-1] + 1)
    return bool(band.low[i] <= j <= band.high[i] and band.low[x] <= y <= band.high[x])


def _touched(held: frozenset[int], size: int, k: int) -> NDArray[np.bool_]:
    """Of each node before a sentence, whether one of the next k is held, shape (size + 1,)."""
    count = np.zeros(size + k + 1, dtype=np.int64)
    count[[number + 1 for number in held]] = 1
    sums = np.cumsum(count)
    touched: NDArray[np.bool_] = sums[k:] > sums[: size + 1]
    return touched
