"""Long texts in pieces of the size of an article, cut where the translation is sure.

Aligning takes time with the product of both lengths, so a long text is cut, on both sides at once,
and each piece is aligned for itself. A bead that a cut goes through is lost, so a *place* to cut is
as good as the evidence for it. The best lie between two anchors (:mod:`align.anchors`) that follow
each other on both sides without a gap; they are the *surer* the greater margin and clearness of the
two are, in units of what lies between unrelated sentences and translations. In scripture, manuals,
help texts and subtitles with a third and more of the lines cut or joined at random, 3.5 % of such
places with a sureness below .3 lay within a bead, and e times fewer for each .17 more, so that of
20,000 above 1.1 none did.

Where to cut is a shortest path over the places. A piece costs as much as it has nodes, and as much
again as the piece of the size we like best; a place costs its chance of being wrong. So cuts are
80 sentences apart where there is much to choose from, and farther where there is not.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.anchors import Anchors, chain_of_anchors, corner_way
from align.band import ARTICLE
from align.neighbours import Ints
from align.runs import Runs

#: Sentences of both sides that a piece may have.
LONGEST = 2_000
#: Nodes of the piece we like best, of 80 by 80 sentences.
_FAVOURITE = 6_400
#: What a place costs that is as unsure as can be, in nodes: a chance of .15 to lose a bead, which
#: is worth a piece more of 1,400 by 1,400 sentences.
_UNSURE = 3e5
#: How much more sureness makes an error e times less likely.
_SURER = 0.17
#: Sureness is greater by so much if the anchor before follows without a gap as well, and the one
#: after likewise.
_RUN = 0.1
#: Of so many sentences of both sides the best place is kept.
_STRIDE = 16


class Piece(NamedTuple):
    """Sentences ``ko_start`` … ``ko_stop`` - 1 and ``en_start`` … ``en_stop`` - 1."""

    ko_start: int
    ko_stop: int
    en_start: int
    en_stop: int


@dataclass(frozen=True, slots=True)
class _Places:
    """Nodes (k, 2) where a cut is possible, ascending, and the price of each (k,)."""

    nodes: Ints
    prices: NDArray[np.float64]


def pieces(ko: Runs, en: Runs, random_level: float) -> list[Piece]:
    """Pieces that hold every sentence of both texts once, in their order.

    Texts the size of an article are one piece. A long one is in pieces of some 50 to 120 sentences
    a side if it has sure places there, and of never more than ``LONGEST`` of both together; one
    side of a piece may be empty.

    Where there is no sure place for long, a cut is made beside some anchor, and where there is none
    either, on the way from the last anchor to the next (:func:`align.anchors.corner_way`). Little
    is lost there: a stretch of hundreds of sentences without two that prefer each other, and in
    order, is one of nulls or of passages that moved.

    Parameters
    ----------
    ko, en: the vectors of both texts.
    random_level: cosine of sentences that have nothing to do with each other.
    """
    n, m = len(ko), len(en)
    if (n + 1) * (m + 1) <= ARTICLE and n + m <= LONGEST:
        return [Piece(0, n, 0, m)] if n + m else []
    anchors = chain_of_anchors(ko, en, random_level)
    cuts = _cheapest(_places(anchors, n, m, random_level))
    return [Piece(i0, i1, j0, j1) for (i0, j0), (i1, j1) in pairwise(cuts.tolist())]


def _places(anchors: Anchors, n: int, m: int, random_level: float) -> _Places:
    """The places of two texts of n and m sentences, the ends of both among them."""
    parts = [_beside_anchors(anchors, random_level), _between_anchors(anchors, n, m)]
    nodes = np.concatenate([part.nodes for part in parts])
    prices = np.concatenate([part.prices for part in parts])
    along = nodes.sum(axis=1)
    inside = (along > 0) & (along < n + m)
    nodes, prices, along = nodes[inside], prices[inside], along[inside]
    # The cheapest of each stride, by its sentences; equally cheap ones are all the same to us.
    order = np.lexsort((along, prices, along // _STRIDE))
    first = np.unique(along[order] // _STRIDE, return_index=True)[1]
    chosen = order[first]
    return _Places(
        np.concatenate([[[0, 0]], nodes[chosen], [[n, m]]]),
        np.concatenate([[0.0], prices[chosen], [0.0]]),
    )


def _beside_anchors(anchors: Anchors, random_level: float) -> _Places:
    """The nodes before and after each anchor."""
    pairs, count = anchors.pairs, len(anchors.pairs)
    if not count:
        return _Places(np.zeros((0, 2), dtype=np.int64), np.zeros(0))
    scale = max(float(np.median(anchors.similarity)) - random_level, 1e-3)
    value = (anchors.margin + anchors.clearness).astype(np.float64) / scale
    follows = np.zeros(count + 1, dtype=bool)  # whether anchor k follows the one before it
    follows[1:-1] = (np.diff(pairs, axis=0) == 1).all(axis=1)
    at = np.flatnonzero(follows)
    sureness = (value[at - 1] + value[at]) / 2
    sureness += _RUN * (follows[at - 1].astype(np.float64) + follows[at + 1])
    between = np.exp(-np.maximum(sureness, 0) / _SURER)
    apart = np.concatenate([pairs[~follows[:-1]], pairs[~follows[1:]] + 1])
    return _Places(
        np.concatenate([pairs[at], apart]),
        _UNSURE * np.concatenate([between, np.full(len(apart), 2.0)]),
    )


def _between_anchors(anchors: Anchors, n: int, m: int) -> _Places:
    """Nodes on the way through stretches without anchors, for want of better ones."""
    pairs = anchors.pairs
    begin = np.concatenate([[[0, 0]], pairs + 1])
    end = np.concatenate([pairs, [[n, m]]])
    long = np.flatnonzero((end - begin).sum(axis=1) > _STRIDE)
    ways = [begin[k] + corner_way(*(end[k] - begin[k]).tolist()) for k in long]
    nodes = np.concatenate([np.zeros((0, 2), dtype=np.int64), *ways])
    return _Places(nodes, np.full(len(nodes), 3 * _UNSURE))


def _cheapest(places: _Places) -> Ints:
    """The nodes of the places where the cheapest cuts are, both ends included, shape (k, 2)."""
    nodes, prices = places.nodes, places.prices
    along = nodes.sum(axis=1)
    cost = np.zeros(len(nodes))
    came = np.zeros(len(nodes), dtype=np.int64)
    for k, reach in enumerate(np.searchsorted(along, along - LONGEST).tolist()):
        if k == 0:
            continue
        size = nodes[k] - nodes[reach:k] + 1
        total = cost[reach:k] + size[:, 0] * size[:, 1]
        came[k] = reach + int(total.argmin())
        cost[k] = total.min() + _FAVOURITE + prices[k]
    cuts = [len(nodes) - 1]
    while cuts[-1] > 0:
        cuts.append(int(came[cuts[-1]]))
    return nodes[cuts[::-1]]
