"""Compiled inner loops of the aligner. The mathematics is told in :mod:`align.score` (features)
and :mod:`align.path` (recurrences); this file only runs it over a band of the grid.

Layout
------
A *node* (i, j) stands before Korean sentence i and English sentence j, 0 ≤ i ≤ n, 0 ≤ j ≤ m. Row i
holds the nodes ``low[i] ≤ j ≤ high[i]``; a band array has shape (n + 1, width) or
(types, n + 1, width) and keeps node (i, j) in column ``j - low[i]``. A bead of type (a, b) starts
at its first node (i, j) and ends at (i + a, j + b). Impossible entries hold ``IMPOSSIBLE``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

IMPOSSIBLE = -1e30
_FEASIBLE = -1e29
#: What is so many e-folds below the rest adds nothing that double precision could hold.
_NEGLIGIBLE = 40.0

#: Bead types (Korean sentences, English sentences) with m + n ≤ 5, and the shape class of each.
TYPES = np.array(
    [(1, 1), (1, 2), (2, 1), (2, 2), (1, 3), (3, 1), (1, 4), (4, 1), (2, 3), (3, 2)],
    dtype=np.int64,
)
SHAPE = np.array([0, 1, 1, 2, 3, 3, 4, 4, 5, 5], dtype=np.int64)

#: Columns of a bead's feature vector.
BIAS, SIMILARITY, HUB, LENGTH_SQUARED, LENGTH, GAIN, QUOTES = range(7)
FEATURES = 7
#: Columns of a null's feature vector.
NULL_FEATURES = 3

#: How a traced path names its steps besides the bead types.
KO_NULL, EN_NULL, SWAP = 100, 101, 102


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` compiled at its first call, and kept on disk for the next process.

    Where neither the package's folder nor the user's cache can be written, it is compiled anew in
    each process.
    """
    try:
        found: Callable[..., Any] = njit(cache=True)(function)
    except RuntimeError:  # numba finds no place for its cache
        found = njit(function)
    return found


@compiled
def _log_add(a, b):  # type: ignore[no-untyped-def]
    if a < b:
        a, b = b, a
    if b < a - _NEGLIGIBLE:
        return a
    return a + np.log1p(np.exp(b - a))


class Given(NamedTuple):
    """What the features of beads are made from.

    ``sims`` (types, n + 1, width): cosine of each bead. ``low``, ``high`` (n + 1,): the band. Hubs,
    lengths and quotations are cumulative sums of n + 1 (Korean) and m + 1 (English) entries.
    ``level``, ``scale`` and ``ratio`` turn cosines and log length ratios into features.
    """

    sims: NDArray[np.float64]
    low: NDArray[np.int64]
    high: NDArray[np.int64]
    ko_hub: NDArray[np.float64]
    en_hub: NDArray[np.float64]
    ko_length: NDArray[np.float64]
    en_length: NDArray[np.float64]
    ko_quotes: NDArray[np.float64]
    en_quotes: NDArray[np.float64]
    level: float
    scale: float
    ratio: float


@compiled
def _features(t, i, j, given, out):  # type: ignore[no-untyped-def]
    """Fill ``out`` with the features of bead type t at node (i, j)."""
    sims, low, high = given.sims, given.low, given.high
    a, b = TYPES[t, 0], TYPES[t, 1]
    similarity = sims[t, i, j - low[i]]
    hub = (given.ko_hub[i + a] - given.ko_hub[i]) / (2 * a)
    hub += (given.en_hub[j + b] - given.en_hub[j]) / (2 * b)
    ko_length = given.ko_length[i + a] - given.ko_length[i]
    en_length = given.en_length[j + b] - given.en_length[j]
    stretch = np.log(ko_length / en_length) - given.ratio
    out[BIAS] = 1.0
    out[SIMILARITY] = (similarity - given.level) / given.scale
    out[HUB] = (hub - given.level) / given.scale
    out[LENGTH_SQUARED] = min(stretch * stretch, 4.0)
    out[LENGTH] = abs(stretch)
    ko_quotes = given.ko_quotes[i + a] - given.ko_quotes[i]
    en_quotes = given.en_quotes[j + b] - given.en_quotes[j]
    out[QUOTES] = min(abs(ko_quotes - en_quotes), 3.0)
    out[GAIN] = 0.0
    if a + b > 2:
        best = IMPOSSIBLE
        for s in range(len(TYPES)):  # the bead less one sentence at either end of either side
            da, db = a - TYPES[s, 0], b - TYPES[s, 1]
            if da >= 0 and db >= 0 and da + db == 1:
                best = max(best, sims[s, i, j - low[i]])
                x, y = i + da, j + db
                if low[x] <= y <= high[x]:
                    best = max(best, sims[s, x, y - low[x]])
        if best > _FEASIBLE:
            out[GAIN] = (similarity - best) / given.scale


@compiled
def potentials(given, weights):  # type: ignore[no-untyped-def]
    """Log-potential of every bead in the band, shape (types, n + 1, width).

    ``weights`` has shape (shapes, FEATURES).
    """
    low, high = given.low, given.high
    out = np.full(given.sims.shape, IMPOSSIBLE)
    f = np.zeros(FEATURES)
    n, m = len(low) - 1, high[-1]
    for t in range(len(TYPES)):
        a, b = TYPES[t, 0], TYPES[t, 1]
        w = weights[SHAPE[t]]
        for i in range(n + 1 - a):
            for j in range(low[i], min(high[i], m - b) + 1):
                if low[i + a] <= j + b <= high[i + a]:
                    _features(t, i, j, given, f)
                    total = 0.0
                    for k in range(FEATURES):
                        total += w[k] * f[k]
                    out[t, i, j - low[i]] = total
    return out


@compiled
def expected_features(posterior, given):  # type: ignore[no-untyped-def]
    """Sum over beads of posterior × features, shape (shapes, FEATURES); for training."""
    low, high = given.low, given.high
    out = np.zeros((SHAPE.max() + 1, FEATURES))
    f = np.zeros(FEATURES)
    for t in range(len(TYPES)):
        for i in range(len(low)):
            for j in range(low[i], high[i] + 1):
                p = posterior[t, i, j - low[i]]
                if p > 1e-12:
                    _features(t, i, j, given, f)
                    for k in range(FEATURES):
                        out[SHAPE[t], k] += p * f[k]
    return out


@compiled
def _swap_value(i, j, value, low, high, swap):  # type: ignore[no-untyped-def]
    """Log-potential of ko i ↔ en j + 1 with ko i + 1 ↔ en j, two crossing 1-1 beads."""
    if not (low[i] <= j + 1 <= high[i] and low[i + 1] <= j <= high[i + 1]):
        return IMPOSSIBLE
    first, second = value[0, i, j + 1 - low[i]], value[0, i + 1, j - low[i + 1]]
    if first < _FEASIBLE or second < _FEASIBLE:
        return IMPOSSIBLE
    return first + second + swap


@compiled
def _log_sum(terms, count):  # type: ignore[no-untyped-def]
    """Log of the sum of exp of the first ``count`` terms: one logarithm, and few exponentials."""
    best = IMPOSSIBLE
    for k in range(count):
        best = max(best, terms[k])
    if best < _FEASIBLE:
        return IMPOSSIBLE
    total = 0.0
    for k in range(count):
        if terms[k] > best - _NEGLIGIBLE:
            total += np.exp(terms[k] - best)
    return best + np.log(total)


@compiled
def forward(value, ko_null, en_null, open_null, swap, low, high):  # type: ignore[no-untyped-def]
    """Log-sums over all partial paths into each node, shape (4, n + 1, width).

    State 0: the last step was a bead; 1: a Korean null; 2: an English null; 3: any of them.
    """
    n = len(low) - 1
    out = np.full((4, *value.shape[1:]), IMPOSSIBLE)
    out[0, 0, 0] = out[3, 0, 0] = 0.0
    terms = np.empty(len(TYPES) + 1)
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            c = j - low[i]
            if i == 0 and j == 0:
                continue
            count = 0
            for t in range(len(TYPES)):
                x, y = i - TYPES[t, 0], j - TYPES[t, 1]
                if x >= 0 and low[x] <= y <= high[x]:
                    terms[count] = out[3, x, y - low[x]] + value[t, x, y - low[x]]
                    count += 1
            x, y = i - 2, j - 2
            if x >= 0 and low[x] <= y <= high[x]:
                terms[count] = out[3, x, y - low[x]] + _swap_value(x, y, value, low, high, swap)
                count += 1
            out[0, i, c] = _log_sum(terms, count)
            if i > 0 and low[i - 1] <= j <= high[i - 1]:
                y = j - low[i - 1]
                begun = _log_add(out[0, i - 1, y] + open_null, out[1, i - 1, y])
                out[1, i, c] = begun + ko_null[i - 1]
            if j > low[i]:
                begun = _log_add(out[0, i, c - 1], out[1, i, c - 1]) + open_null
                out[2, i, c] = _log_add(begun, out[2, i, c - 1]) + en_null[j - 1]
            terms[0], terms[1], terms[2] = out[0, i, c], out[1, i, c], out[2, i, c]
            out[3, i, c] = _log_sum(terms, 3)
    return out


@compiled
def backward(value, ko_null, en_null, open_null, swap, low, high):  # type: ignore[no-untyped-def]
    """Log-sums over all partial paths out of each node, shape (3, n + 1, width)."""
    n, m = len(low) - 1, high[-1]
    out = np.full((3, *value.shape[1:]), IMPOSSIBLE)
    terms = np.empty(len(TYPES) + 1)
    for i in range(n, -1, -1):
        for j in range(high[i], low[i] - 1, -1):
            c = j - low[i]
            if i == n and j == m:
                out[:, i, c] = 0.0
                continue
            count = 0
            for t in range(len(TYPES)):
                if value[t, i, c] > _FEASIBLE:
                    x, y = i + TYPES[t, 0], j + TYPES[t, 1]
                    terms[count] = value[t, i, c] + out[0, x, y - low[x]]
                    count += 1
            if i + 2 <= n and low[i + 2] <= j + 2 <= high[i + 2]:
                v = _swap_value(i, j, value, low, high, swap)
                terms[count] = v + out[0, i + 2, j + 2 - low[i + 2]]
                count += 1
            total = _log_sum(terms, count)
            ko = en = IMPOSSIBLE
            if i < n and low[i + 1] <= j <= high[i + 1]:
                ko = out[1, i + 1, j - low[i + 1]] + ko_null[i]
            if j < high[i]:
                en = out[2, i, c + 1] + en_null[j]
            out[0, i, c] = _log_add(total, _log_add(ko, en) + open_null)
            out[1, i, c] = _log_add(total, _log_add(ko, en + open_null))
            out[2, i, c] = _log_add(total, en)
    return out


@compiled
def posteriors(  # type: ignore[no-untyped-def]
    value, ko_null, en_null, open_null, swap, low, high, before, after
):
    """Probabilities of beads, swaps, Korean nulls, English nulls, and the expected null runs.

    Shapes (types, n + 1, width), (n + 1, width), (n,), (m,) and a number.
    """
    n, m = len(low) - 1, high[-1]
    z = after[0, 0, 0]
    beads = np.zeros(value.shape)
    swaps = np.zeros(value.shape[1:])
    ko, en = np.zeros(n), np.zeros(m)
    runs = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            c = j - low[i]
            into = before[3, i, c]
            if into < _FEASIBLE:
                continue
            for t in range(len(TYPES)):
                v = value[t, i, c]
                if v > _FEASIBLE:
                    x, y = i + TYPES[t, 0], j + TYPES[t, 1]
                    share = into + v + after[0, x, y - low[x]] - z
                    if share > -_NEGLIGIBLE:
                        beads[t, i, c] = np.exp(share)
            if i + 2 <= n and low[i + 2] <= j + 2 <= high[i + 2]:
                v = _swap_value(i, j, value, low, high, swap)
                if v > _FEASIBLE:
                    x, y = i + 2, j + 2
                    swaps[i, c] = np.exp(into + v + after[0, x, y - low[x]] - z)
            if i < n and low[i + 1] <= j <= high[i + 1]:
                rest = ko_null[i] + after[1, i + 1, j - low[i + 1]] - z
                opened = np.exp(before[0, i, c] + open_null + rest)
                runs += opened
                ko[i] += opened + np.exp(before[1, i, c] + rest)
            if j < high[i]:
                rest = en_null[j] + after[2, i, c + 1] - z
                opened = np.exp(_log_add(before[0, i, c], before[1, i, c]) + open_null + rest)
                runs += opened
                en[j] += opened + np.exp(before[2, i, c] + rest)
    return beads, swaps, ko, en, runs


@compiled
def best_path(beads, swaps, ko, en, null_share, low, high):  # type: ignore[no-untyped-def]
    """Steps (kind, i, j), last first, of the path with the greatest expected accuracy.

    A bead is worth its probability times half its sentences, a swap is two 1-1 beads, a null is
    worth its probability times ``null_share``. ``kind`` is a bead type, ``KO_NULL``, ``EN_NULL`` or
    ``SWAP``; (i, j) is the node where the step starts.
    """
    n, m = len(low) - 1, high[-1]
    worth = np.full(beads.shape[1:], -1.0)
    came = np.full(beads.shape[1:], -1, dtype=np.int64)
    worth[0, 0] = 0.0
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            c = j - low[i]
            best, kind = worth[i, c], came[i, c]
            for t in range(len(TYPES)):
                a, b = TYPES[t, 0], TYPES[t, 1]
                x, y = i - a, j - b
                if x >= 0 and low[x] <= y <= high[x] and worth[x, y - low[x]] >= 0:
                    v = worth[x, y - low[x]] + beads[t, x, y - low[x]] * (a + b) / 2
                    if v > best:
                        best, kind = v, t
            x, y = i - 2, j - 2
            if x >= 0 and low[x] <= y <= high[x] and worth[x, y - low[x]] >= 0:
                v = worth[x, y - low[x]] + 2 * swaps[x, y - low[x]]
                if swaps[x, y - low[x]] > 0 and v > best:
                    best, kind = v, SWAP
            if i > 0 and low[i - 1] <= j <= high[i - 1] and worth[i - 1, j - low[i - 1]] >= 0:
                v = worth[i - 1, j - low[i - 1]] + null_share * ko[i - 1]
                if v > best:
                    best, kind = v, KO_NULL
            if j > low[i] and worth[i, c - 1] >= 0:
                v = worth[i, c - 1] + null_share * en[j - 1]
                if v > best:
                    best, kind = v, EN_NULL
            worth[i, c], came[i, c] = best, kind
    steps = []
    i, j = n, m
    while i > 0 or j > 0:
        kind = came[i, j - low[i]]
        if kind == KO_NULL:
            i -= 1
        elif kind == EN_NULL:
            j -= 1
        elif kind == SWAP:
            i, j = i - 2, j - 2
        else:
            i, j = i - TYPES[kind, 0], j - TYPES[kind, 1]
        steps.append((kind, i, j))
    return steps
