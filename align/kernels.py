"""Compiled recurrences of the search, see :mod:`align.path`, over a band of the grid.

Layout
------
A *node* (i, j) stands before Korean sentence i and English sentence j, 0 ≤ i ≤ n, 0 ≤ j ≤ m. Row i
holds the nodes ``low[i] ≤ j ≤ high[i]``; a band array has shape (n + 1, width) or
(types, n + 1, width) and keeps node (i, j) in column ``j - low[i]``. A bead of type (a, b) starts
at its first node (i, j) and ends at (i + a, j + b).

Scaling
-------
Sums are plain numbers, not logarithms: a multiplication costs a tenth of a logarithm. Row i of a
sum is kept divided by exp(``scales[i]``), so that its greatest entry stays below ``_LARGE``. What
is e^900 times less likely than the best prefix of its row is lost: some 150 clear beads.
"""

from __future__ import annotations

import numpy as np

from align.compiled import compiled
from align.features import TYPES

_LARGE = 1e100
#: Beads less probable are not offered to the path.
_IMPROBABLE = 1e-3

#: How a traced path names its steps besides the bead types.
KO_NULL, EN_NULL, SWAP = 100, 101, 102


@compiled
def _swap(i, j, odds, low, high):  # type: ignore[no-untyped-def]
    """Odds of ko i ↔ en j + 1 with ko i + 1 ↔ en j, two crossing 1-1 beads, before the fee."""
    if not (j + 1 <= high[i] and low[i + 1] <= j <= high[i + 1]):
        return 0.0
    return odds[0, i, j + 1 - low[i]] * odds[0, i + 1, j - low[i + 1]]


@compiled
def _shift(scales, i, k):  # type: ignore[no-untyped-def]
    """What turns numbers of row k into those of row i."""
    return np.exp(min(max(scales[k] - scales[i], -700.0), 700.0))


@compiled
def _rescale(rows, scales, i):  # type: ignore[no-untyped-def]
    """Divide row i of all states by its greatest entry if that has grown large."""
    most = 0.0
    for s in range(rows.shape[0]):
        for c in range(rows.shape[2]):
            most = max(most, rows[s, i, c])
    if most > _LARGE:
        rows[:, i] /= most
        scales[i] += np.log(most)


@compiled
def forward(odds, fee, swap_fee, low, high):  # type: ignore[no-untyped-def]
    """Sums over all partial paths into each node, shape (4, n + 1, width), and scales (n + 1,).

    State 0: the last step was a bead; 1: a Korean null; 2: an English null; 3: any of them.
    """
    n = len(low) - 1
    out = np.zeros((4, *odds.shape[1:]))
    scales = np.zeros(n + 1)
    for i in range(n + 1):
        scales[i] = scales[max(i - 1, 0)]
        row = out[:, i]
        if i == 0:
            row[0, 0] = 1.0
        for t in range(len(TYPES)):
            a, b = TYPES[t, 0], TYPES[t, 1]
            x = i - a
            if x < 0:
                continue
            shift = _shift(scales, i, x)
            before, worth = out[3, x], odds[t, x]
            first, last = max(low[i], low[x] + b), min(high[i], high[x] + b)
            there, here = low[x] + b, low[i]
            for j in range(first, last + 1):
                row[0, j - here] += shift * before[j - there] * worth[j - there]
        x = i - 2
        if x >= 0:
            shift = _shift(scales, i, x) * swap_fee
            for j in range(max(low[i], low[x] + 2), min(high[i], high[x] + 2) + 1):
                v = _swap(x, j - 2, odds, low, high)
                if v > 0.0:
                    row[0, j - low[i]] += shift * v * out[3, x, j - 2 - low[x]]
        if i > 0:
            x = i - 1
            for j in range(max(low[i], low[x]), min(high[i], high[x]) + 1):
                y = j - low[x]
                row[1, j - low[i]] = out[0, x, y] * fee + out[1, x, y]
        for c in range(1, high[i] - low[i] + 1):
            row[2, c] = (row[0, c - 1] + row[1, c - 1]) * fee + row[2, c - 1]
        for c in range(high[i] - low[i] + 1):
            row[3, c] = row[0, c] + row[1, c] + row[2, c]
        _rescale(out, scales, i)
    return out, scales


@compiled
def backward(odds, fee, swap_fee, low, high):  # type: ignore[no-untyped-def]
    """Sums over all partial paths out of each node, shape (3, n + 1, width), and scales."""
    n, m = len(low) - 1, high[-1]
    out = np.zeros((3, *odds.shape[1:]))
    scales = np.zeros(n + 1)
    for i in range(n, -1, -1):
        scales[i] = scales[min(i + 1, n)]
        row = out[:, i]
        beads = np.zeros(high[i] - low[i] + 1)
        for t in range(len(TYPES)):
            a, b = TYPES[t, 0], TYPES[t, 1]
            x = i + a
            if x > n:
                continue
            shift = _shift(scales, i, x)
            after, worth = out[0, x], odds[t, i]
            there, here = low[x] - b, low[i]
            for j in range(max(low[i], low[x] - b), min(high[i], high[x] - b) + 1):
                beads[j - here] += shift * after[j - there] * worth[j - here]
        x = i + 2
        if x <= n:
            shift = _shift(scales, i, x) * swap_fee
            for j in range(max(low[i], low[x] - 2), min(high[i], high[x] - 2) + 1):
                v = _swap(i, j, odds, low, high)
                if v > 0.0:
                    beads[j - low[i]] += shift * v * out[0, x, j + 2 - low[x]]
        for c in range(high[i] - low[i], -1, -1):
            j = c + low[i]
            if i == n and j == m:
                row[:, c] = 1.0
                continue
            ko = en = 0.0
            if i < n and low[i + 1] <= j <= high[i + 1]:
                ko = out[1, i + 1, j - low[i + 1]]
            if j < high[i]:
                en = row[2, c + 1]
            row[0, c] = beads[c] + (ko + en) * fee
            row[1, c] = beads[c] + ko + en * fee
            row[2, c] = beads[c] + en
        _rescale(out, scales, i)
    return out, scales


@compiled
def _share(into_scale, out_scale, z_scale, z):  # type: ignore[no-untyped-def]
    """What turns a product of sums before and after a step into a probability."""
    return np.exp(min(into_scale + out_scale - z_scale, 700.0)) / z


@compiled
def posteriors(odds, fee, swap_fee, low, high, before, after):  # type: ignore[no-untyped-def]
    """Probabilities of beads, swaps and nulls of both languages, and what runs of nulls to expect.

    ``before`` and ``after`` are what :func:`forward` and :func:`backward` give. Shapes
    (types, n + 1, width), (n + 1, width), (n,), (m,) and a number.
    """
    n, m = len(low) - 1, high[-1]
    into, into_scales = before
    out, out_scales = after
    z, z_scale = out[0, 0, 0], out_scales[0]
    beads = np.zeros(odds.shape)
    swaps = np.zeros(odds.shape[1:])
    ko, en = np.zeros(n), np.zeros(m)
    runs = 0.0
    for i in range(n + 1):
        for t in range(len(TYPES)):
            a, b = TYPES[t, 0], TYPES[t, 1]
            x = i + a
            if x > n:
                continue
            share = _share(into_scales[i], out_scales[x], z_scale, z)
            there, here = low[x] - b, low[i]
            for j in range(max(low[i], low[x] - b), min(high[i], high[x] - b) + 1):
                v = odds[t, i, j - here]
                if v > 0.0:
                    beads[t, i, j - here] = share * into[3, i, j - here] * v * out[0, x, j - there]
        if i + 2 <= n:
            x = i + 2
            share = _share(into_scales[i], out_scales[x], z_scale, z) * swap_fee
            for j in range(max(low[i], low[x] - 2), min(high[i], high[x] - 2) + 1):
                v = _swap(i, j, odds, low, high)
                if v > 0.0:
                    y = j + 2 - low[x]
                    swaps[i, j - low[i]] = share * into[3, i, j - low[i]] * v * out[0, x, y]
        if i < n:
            x = i + 1
            share = _share(into_scales[i], out_scales[x], z_scale, z)
            for j in range(max(low[i], low[x]), min(high[i], high[x]) + 1):
                rest = share * out[1, x, j - low[x]]
                opened = into[0, i, j - low[i]] * fee * rest
                runs += opened
                ko[i] += opened + into[1, i, j - low[i]] * rest
        share = _share(into_scales[i], out_scales[i], z_scale, z)
        for c in range(high[i] - low[i]):
            rest = share * out[2, i, c + 1]
            opened = (into[0, i, c] + into[1, i, c]) * fee * rest
            runs += opened
            en[c + low[i]] += opened + into[2, i, c] * rest
    return beads, swaps, ko, en, runs


@compiled
def best_path(beads, swaps, ko, en, null_share, low, high):  # type: ignore[no-untyped-def]
    """Steps (kind, i, j), last first, shape (steps, 3), of the path of greatest expected accuracy.

    A bead is worth its probability times half its sentences, a swap is two 1-1 beads, a null is
    worth its probability times ``null_share``. ``kind`` is a bead type, ``KO_NULL``, ``EN_NULL`` or
    ``SWAP``; (i, j) is the node where the step starts.
    """
    n, m = len(low) - 1, high[-1]
    worth = np.full(beads.shape[1:], -1.0)
    came = np.full(beads.shape[1:], -1, dtype=np.int64)
    worth[0, 0] = 0.0
    for i in range(n + 1):
        for c in range(high[i] - low[i] + 1):
            j = c + low[i]
            if i > 0 and low[i - 1] <= j <= high[i - 1] and worth[i - 1, j - low[i - 1]] >= 0:
                v = worth[i - 1, j - low[i - 1]] + null_share * ko[i - 1]
                if v > worth[i, c]:
                    worth[i, c], came[i, c] = v, KO_NULL
            if c > 0 and worth[i, c - 1] >= 0:
                v = worth[i, c - 1] + null_share * en[j - 1]
                if v > worth[i, c]:
                    worth[i, c], came[i, c] = v, EN_NULL
            here = worth[i, c]
            if here < 0:
                continue
            for t in range(len(TYPES)):
                p = beads[t, i, c]
                if p > _IMPROBABLE:
                    x, y = i + TYPES[t, 0], j + TYPES[t, 1] - low[i + TYPES[t, 0]]
                    v = here + p * (TYPES[t, 0] + TYPES[t, 1]) / 2
                    if v > worth[x, y]:
                        worth[x, y], came[x, y] = v, t
            if swaps[i, c] > _IMPROBABLE:
                v = here + 2 * swaps[i, c]
                if v > worth[i + 2, j + 2 - low[i + 2]]:
                    x, y = i + 2, j + 2 - low[i + 2]
                    worth[x, y], came[x, y] = v, SWAP
    steps = np.empty((n + m, 3), dtype=np.int64)
    count = 0
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
        steps[count, 0], steps[count, 1], steps[count, 2] = kind, i, j
        count += 1
    return steps[:count]
