"""What speaks for a bead and against it, as numbers: compiled, since a text has many beads.

:mod:`align.score` says what each feature means; here is how it is computed. Beads of the grid read
their cosines from a band (:mod:`align.band`), which holds bead type t at node (i, j) in
``sims[t, i, j - low[i]]``.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.compiled import compiled, compiled_bare, inlined
from align.side import Doubles

#: Bead types (Korean sentences, English sentences) with m + n ≤ 5, and the shape class of each.
TYPES = np.array(
    [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2)],
    dtype=np.int64,
)
SHAPE = np.array([0, 1, 1, 2, 3, 3, 4, 4, 5, 5], dtype=np.int64)
SHAPES = 6

#: Columns of a bead's feature vector.
FEATURE_NAMES = (
    "shape",
    "similarity",
    "length²",
    "length",
    "gain",
    "quotes",
    "rivals",
    "size",
    "joined",
    "torn",
    "paragraphs",
    "apart",
    "together",
)
FEATURES = len(FEATURE_NAMES)
(
    SHAPE_BIAS,
    SIMILARITY,
    LENGTH_SQUARED,
    LENGTH,
    GAIN,
    QUOTES,
    RIVALS,
    SIZE,
    JOINED,
    TORN,
    PARAGRAPHS,
    APART,
    TOGETHER,
) = range(FEATURES)

#: Below this similarity (0 = unrelated, 1 = like this text's anchors) no bead but 1-1 is tried.
LEAST_SIMILARITY = 0.15
#: A bead whose odds against nulls are so many e-folds below even is not tried.
_NEGLIGIBLE = 9.0
#: More than the features of a bead besides similarity, gain and rivals bring.
_RESERVE = 4.0
#: Log of the characters of a usual sentence, so that the size of a bead is about 0.
_USUAL_SIZE = float(np.log(65))

#: Positions in :func:`bead_type`'s table.
_TYPE = np.full((5, 5), -1, dtype=np.int64)
for _t, (_a, _b) in enumerate(TYPES):
    _TYPE[_a, _b] = _t


class Given(NamedTuple):
    """What the features of beads are made from, for texts of n and m sentences.

    ``sims`` (types, n + 1, width): cosine of each bead. ``low``, ``high`` (n + 1,): the band.
    ``ko_nodes`` (n + 1, 5): at each node the columns ``QUOTATIONS`` … ``STARTS``. ``ko_log``
    (4, n): log characters of the runs of 1 … 4 sentences. ``ko_near``, ``ko_rows`` (n, k): cosines
    and numbers of the nearest English sentences, best first. All this again for English.
    ``numbers`` (5,): the entries ``LEVEL`` … ``EN_LEADS``.
    """

    sims: NDArray[np.float32]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    ko_nodes: NDArray[np.float64]
    en_nodes: NDArray[np.float64]
    ko_log: NDArray[np.float64]
    en_log: NDArray[np.float64]
    ko_near: NDArray[np.float32]
    en_near: NDArray[np.float32]
    ko_rows: NDArray[np.int64]
    en_rows: NDArray[np.int64]
    numbers: NDArray[np.float64]


#: Columns of the nodes: sums, of all sentences before the node, of quotations, torn boundaries and
#: paragraph breaks; how torn the boundary at the node is; 1 where a paragraph starts.
QUOTATIONS, TORN_BEFORE, BREAKS_BEFORE, TORN_HERE, STARTS = range(5)
#: Entries of the numbers: cosine of unrelated sentences; what lies between it and that of
#: translations; log of Korean by English characters; 1 if a side's paragraphs are no shorter than
#: the other's, both 0 where a side has none.
LEVEL, SCALE, RATIO, KO_LEADS, EN_LEADS = range(5)


def bead_type(a: int, b: int) -> int:
    """The number in ``TYPES`` of beads of a Korean and b English sentences, -1 if there is none."""
    return int(_TYPE[a, b]) if max(a, b) < len(_TYPE) else -1


@inlined
def describe(  # type: ignore[no-untyped-def]
    a, b, i, j, similarity, less, members, out,
    ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
):  # fmt: skip
    """Fill ``out`` (FEATURES,) with the features of the bead (a, b) at node (i, j).

    ``similarity``: its cosine. ``less``: the highest cosine of a bead that has one sentence less,
    read if a + b > 2. ``members`` (a + b,): the cosine of each Korean sentence of the bead with its
    English run, then of each English sentence with its Korean run. The rest: see :class:`Given`.
    """
    level, scale = numbers[LEVEL], numbers[SCALE]
    ko_end, en_end = i + a, j + b
    off = abs(ko_log[a - 1, i] - en_log[b - 1, j] - numbers[RATIO])
    out[SHAPE_BIAS] = 1.0
    out[SIMILARITY] = (similarity - level) / scale
    out[LENGTH_SQUARED] = min(off * off, 4.0)
    out[LENGTH] = off
    out[GAIN] = (similarity - less) / scale if a + b > 2 else 0.0
    quotes = ko_nodes[ko_end, QUOTATIONS] - ko_nodes[i, QUOTATIONS]
    quotes -= en_nodes[en_end, QUOTATIONS] - en_nodes[j, QUOTATIONS]
    out[QUOTES] = min(abs(quotes), 3.0)
    ko_ahead = 0.0
    for x in range(a):
        ko_ahead += members[x] - _outside(ko_near, ko_rows, i + x, j, b, level)
    en_ahead = 0.0
    for y in range(b):
        en_ahead += members[a + y] - _outside(en_near, en_rows, j + y, i, a, level)
    out[RIVALS] = (ko_ahead / a + en_ahead / b) / (2 * scale)
    out[SIZE] = (ko_log[a - 1, i] + en_log[b - 1, j]) / 2 - _USUAL_SIZE
    out[JOINED] = ko_nodes[ko_end, TORN_BEFORE] - ko_nodes[i + 1, TORN_BEFORE]
    out[JOINED] += en_nodes[en_end, TORN_BEFORE] - en_nodes[j + 1, TORN_BEFORE]
    out[TORN] = ko_nodes[i, TORN_HERE] + ko_nodes[ko_end, TORN_HERE]
    out[TORN] += en_nodes[j, TORN_HERE] + en_nodes[en_end, TORN_HERE]
    out[PARAGRAPHS] = ko_nodes[ko_end, BREAKS_BEFORE] - ko_nodes[i + 1, BREAKS_BEFORE]
    out[PARAGRAPHS] += en_nodes[en_end, BREAKS_BEFORE] - en_nodes[j + 1, BREAKS_BEFORE]
    ko_starts, en_starts = ko_nodes[i, STARTS], en_nodes[j, STARTS]
    ko_leads, en_leads = numbers[KO_LEADS], numbers[EN_LEADS]
    out[APART] = ko_leads * ko_starts * (1 - en_starts) + en_leads * en_starts * (1 - ko_starts)
    out[TOGETHER] = max(ko_leads, en_leads) * ko_starts * en_starts


@inlined
def _outside(near, rows, row, start, count, level):  # type: ignore[no-untyped-def]
    """The cosine of the nearest sentence outside a run, at least that of unrelated sentences."""
    found = level
    for k in range(near.shape[1]):
        if near[row, k] <= level:
            break
        if rows[row, k] < start or rows[row, k] >= start + count:
            found = near[row, k]
            break
    return found


@inlined
def _less(t, i, j, sims, low, high):  # type: ignore[no-untyped-def]
    """The highest cosine of a bead that has one sentence less than type t at node (i, j)."""
    a, b, here = TYPES[t, 0], TYPES[t, 1], j - low[i]
    less = -1.0
    if a > 1:
        s = _TYPE[a - 1, b]
        less = sims[s, i, here]
        if low[i + 1] <= j <= high[i + 1]:
            less = max(less, sims[s, i + 1, j - low[i + 1]])
    if b > 1:
        s = _TYPE[a, b - 1]
        less = max(less, sims[s, i, here])
        if j < high[i]:
            less = max(less, sims[s, i, here + 1])
    return less


@inlined
def _of_grid(  # type: ignore[no-untyped-def]
    t, i, j, members, out, sims, low, high,
    ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
):  # fmt: skip
    """Fill ``out`` with the features of bead type t at node (i, j) of the band."""
    a, b = TYPES[t, 0], TYPES[t, 1]
    here = j - low[i]
    similarity, less = sims[t, i, here], _less(t, i, j, sims, low, high)
    for x in range(a):  # beyond the band nothing is known: then a member is as its bead
        inside = low[i + x] <= j <= high[i + x]
        members[x] = sims[_TYPE[1, b], i + x, j - low[i + x]] if inside else similarity
    for y in range(b):
        members[a + y] = sims[_TYPE[a, 1], i, here + y] if j + y <= high[i] else similarity
    describe(
        a, b, i, j, similarity, less, members, out,
        ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
    )  # fmt: skip


@compiled
def into_band(product, top, first, low, sims):  # type: ignore[no-untyped-def]
    """Copy cosines of rows ``top`` … and columns ``first`` … of the grid into a band."""
    rows, columns = product.shape
    for r in range(rows):
        skip = low[top + r] - first
        for c in range(min(columns - skip, sims.shape[1])):
            sims[top + r, c] = product[r, c + skip]


def odds(given: Given, weights: Doubles, ko_null: Doubles, en_null: Doubles) -> Doubles:
    """Odds of every bead of the band against leaving its sentences as nulls, 0 if negligible.

    ``weights`` (shapes, FEATURES); ``ko_null`` (n,) and ``en_null`` (m,): potentials of nulls. The
    result has the shape of ``given.sims``.
    """
    out = np.zeros(given.sims.shape)
    ko_sum = np.concatenate([[0.0], np.cumsum(ko_null)])
    en_sum = np.concatenate([[0.0], np.cumsum(en_null)])
    _odds(given, weights, ko_sum, en_sum, out, np.zeros(FEATURES), np.zeros(5))
    return out


@compiled_bare
def _odds(given, weights, ko_sum, en_sum, out, f, members):  # type: ignore[no-untyped-def]
    """Fill ``out`` as :func:`odds` says; ``ko_sum`` and ``en_sum``: potentials before each node.

    ``f`` (FEATURES,) and ``members`` (5,) are room to work in.
    """
    (
        sims, low, high,
        ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
    ) = given  # fmt: skip
    n, m = len(low) - 1, high[-1]
    level, scale = numbers[LEVEL], numbers[SCALE]
    for t in range(len(TYPES)):
        a, b = TYPES[t, 0], TYPES[t, 1]
        w = weights[SHAPE[t]]
        least = level + LEAST_SIMILARITY * scale if t > 0 else -2.0
        # What a bead is worth at most: the rivals are worth no more than the similarity is.
        slope = (w[SIMILARITY] + max(w[RIVALS], 0.0)) / scale
        reserve = w[SHAPE_BIAS] + _RESERVE + _NEGLIGIBLE
        gain = w[GAIN] / scale
        for i in range(n + 1 - a):
            first = max(low[i], low[i + a] - b)
            last = min(min(high[i], m - b), high[i + a] - b)
            for j in range(first, last + 1):
                similarity = sims[t, i, j - low[i]]
                if similarity < least:
                    continue
                total = ko_sum[i] - ko_sum[i + a] + en_sum[j] - en_sum[j + b]
                most = total + reserve + slope * max(similarity - level, 0.0)
                if a + b > 2:
                    most += gain * (similarity - _less(t, i, j, sims, low, high))
                if most < 0.0:
                    continue
                _of_grid(
                    t, i, j, members, f, sims, low, high,
                    ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows,
                    numbers,
                )  # fmt: skip
                for k in range(FEATURES):
                    total += w[k] * f[k]
                if total > -_NEGLIGIBLE:
                    out[t, i, j - low[i]] = np.exp(total)


def of_steps(steps: NDArray[np.int64], given: Given) -> Doubles:
    """Features of beads (t, i, j), rows of ``steps``, that lie in the band; (steps, FEATURES)."""
    out = np.zeros((len(steps), FEATURES))
    _of_steps(steps, given, out, np.zeros(5))
    return out


@compiled_bare
def _of_steps(steps, given, out, members):  # type: ignore[no-untyped-def]
    (
        sims, low, high,
        ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
    ) = given  # fmt: skip
    for k in range(len(steps)):
        _of_grid(
            steps[k, 0], steps[k, 1], steps[k, 2], members, out[k], sims, low, high,
            ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
        )  # fmt: skip


def expected(posterior: Doubles, given: Given) -> Doubles:
    """Sum over beads of posterior × features, shape (shapes, FEATURES); for training."""
    types, rows, columns = np.nonzero(posterior > 1e-12)
    steps = np.stack([types, rows, columns + given.low[rows]], axis=1)
    weighted = of_steps(steps, given) * posterior[types, rows, columns][:, None]
    out = np.zeros((SHAPES, FEATURES))
    np.add.at(out, SHAPE[types], weighted)
    return out


@compiled
def of_bead(a, b, i, j, similarity, less, members, given):  # type: ignore[no-untyped-def]
    """Features (FEATURES,) of one bead, in or out of the band; see :func:`describe`."""
    (
        _, _, _,
        ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
    ) = given  # fmt: skip
    out = np.zeros(FEATURES)
    describe(
        a, b, i, j, similarity, less, members, out,
        ko_nodes, en_nodes, ko_log, en_log, ko_near, en_near, ko_rows, en_rows, numbers,
    )  # fmt: skip
    return out
