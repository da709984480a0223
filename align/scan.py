"""Compiled inner loops of :mod:`align.anchors`: what is nearest within a strip of the grid.

A tile ``sims`` (r, c) holds the cosines of the Korean rows from ``top`` on with the English columns
from ``left`` on. Row i of the strip holds the columns ``low[i] ≤ j < high[i]``; what a tile has
beside them is passed over.
"""

from __future__ import annotations

from align.compiled import compiled


@compiled
def _insert(best, value):  # type: ignore[no-untyped-def]
    """Put ``value`` in its place in ``best``, which descends, and drop the last."""
    k = len(best) - 1
    if value <= best[k]:
        return
    while k > 0 and best[k - 1] < value:
        best[k] = best[k - 1]
        k -= 1
    best[k] = value


@compiled
def keep_nearest(sims, top, left, low, high, ko_near, en_near):  # type: ignore[no-untyped-def]
    """Enter a tile's cosines among the greatest of each row (n, k) and of each column (m, k)."""
    for r in range(sims.shape[0]):
        i = top + r
        for j in range(max(low[i], left), min(high[i], left + sims.shape[1])):
            value = sims[r, j - left]
            _insert(ko_near[i], value)
            _insert(en_near[j], value)


@compiled
def keep_best(  # type: ignore[no-untyped-def]
    sims, top, left, low, high, ko_hub, en_hub, ko_margin, ko_choice, en_margin, en_choice
):
    """Enter a tile's margins: the greatest of each row and column, and whom it is with.

    A margin is a cosine less the mean of both hub values. The first of equals stays.
    """
    for r in range(sims.shape[0]):
        i = top + r
        for j in range(max(low[i], left), min(high[i], left + sims.shape[1])):
            margin = sims[r, j - left] - (ko_hub[i] + en_hub[j]) / 2
            if margin > ko_margin[i]:
                ko_margin[i], ko_choice[i] = margin, j
            if margin > en_margin[j]:
                en_margin[j], en_choice[j] = margin, i
