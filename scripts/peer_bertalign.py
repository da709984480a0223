"""The method of Bertalign, to compare with: two passes of dynamic programming over embeddings.

Written anew from its description: Lei Liu and Min Zhu (2023), Bertalign: Improved word
embedding-based sentence alignment for Chinese–English parallel corpora of literary texts, Digital
Scholarship in the Humanities 38(2). Settings are those of the published program.

1. Anchors. For every Korean sentence the three English sentences with the highest cosine are its
   candidates. The path of 1-1 beads through a wide band around the diagonal that collects the most
   cosine of candidates is found; leaving sentences out is free. Its 1-1 beads are the anchors.
2. Beads. Within five sentences of the anchors, the path of beads of up to five sentences (1-1, 1-2,
   … 4-1) with the highest sum is found. A bead of the runs s and t is worth

       (cos(s, t) - ½ · mean cos(s, neighbours of t) - ½ · mean cos(t, neighbours of s))
       · log₂(1 + shorter length / longer length),

   where neighbours are the single sentences just before and after a run, and lengths are in bytes,
   those of the English side multiplied by the ratio of the two texts. A null is worth ``skip``.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from align.encoder import Encoder
from align_documents import Pair

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

LONGEST = 4  # sentences on one side of a bead; both sides together hold one more at most
CANDIDATES = 3
WIDTH, WIDTH_SHARE = 250, 0.06  # half the width of the first band: sentences, or share of the text
MARGIN = 5

#: Korean and English sentences of the beads of the second pass, nulls first: of several equally
#: good beads the first is taken.
TYPES = np.array(
    [(0, 1), (1, 0)] + [(a, b) for a in range(1, LONGEST + 1) for b in range(1, LONGEST + 2 - a)],
    dtype=np.int64,
)
_NOWHERE = -1


def align(
    ko: Sequence[str], en: Sequence[str], encoder: Encoder, *, skip: float = -0.1
) -> list[Pair]:
    """Beads that cover all sentences of both sides, in order."""
    n, m = len(ko), len(en)
    if not n or not m:
        return [((i,), ()) for i in range(n)] + [((), (j,)) for j in range(m)]
    ko_runs, en_runs = joined_runs(ko, encoder, LONGEST), joined_runs(en, encoder, LONGEST)
    ko_bytes, en_bytes = run_bytes(ko), run_bytes(en)
    en_bytes *= ko_bytes[0].sum() / en_bytes[0].sum()
    anchors = found_anchors(ko_runs[0], en_runs[0])
    low, high = band_around(anchors, n, m)
    steps = second_pass(ko_runs, en_runs, ko_bytes, en_bytes, low, high, TYPES, skip)
    return beads_of(steps, low, n, m)


def joined_runs(texts: Sequence[str], encoder: Encoder, longest: int) -> Floats:
    """Vectors of all runs of 1 … ``longest`` texts, embedded as one text each.

    Shape (longest, n, dim): element [k - 1, i] is the run of k texts that ends with text i, zeros
    where it would begin before the first.
    """
    n = len(texts)
    joined = [
        " ".join(texts[i + 1 - k : i + 1]) for k in range(1, longest + 1) for i in range(k - 1, n)
    ]
    vectors = encoder.encode(joined)
    runs = np.zeros((longest, n, vectors.shape[1]), dtype=np.float32)
    at = 0
    for k in range(1, min(longest, n) + 1):
        count = n - k + 1
        runs[k - 1, k - 1 :] = vectors[at : at + count]
        at += count
    return runs


def run_bytes(texts: Sequence[str]) -> NDArray[np.float64]:
    """Lengths in UTF-8 bytes of the runs of :func:`joined_runs`, blanks between texts included."""
    lengths = np.array([len(text.encode("utf-8", "replace")) for text in texts], dtype=np.float64)
    out = np.zeros((LONGEST, len(texts)))
    for k in range(1, min(LONGEST, len(texts)) + 1):
        sums = np.convolve(lengths, np.ones(k), mode="valid")
        out[k - 1, k - 1 :] = sums + (k - 1)
    return np.maximum(out, 1.0)


def found_anchors(ko: Floats, en: Floats) -> list[tuple[int, int]]:
    """Ends (Korean, English) of the 1-1 beads of the first pass, counted from 1, ascending."""
    import faiss

    index = faiss.IndexFlatIP(en.shape[1])
    index.add(np.ascontiguousarray(en))
    cosines, candidates = index.search(np.ascontiguousarray(ko), min(CANDIDATES, len(en)))
    n, m = len(ko), len(en)
    half = max(WIDTH, int(max(n, m) * WIDTH_SHARE))
    centre = (m / n * np.arange(n + 1)).astype(np.int64)
    low, high = np.maximum(0, centre - half), np.minimum(m, centre + half)
    steps = first_pass(cosines, candidates, low, high)
    return [
        (ko_side[0] + 1, en_side[0] + 1)
        for ko_side, en_side in beads_of(steps, low, n, m)
        if ko_side and en_side
    ]


def band_around(anchors: Sequence[tuple[int, int]], n: int, m: int) -> tuple[Ints, Ints]:
    """First and last English position of the second pass for each Korean one, shapes (n + 1,).

    Between two anchors all positions from one to the other are allowed, and ``MARGIN`` more.
    """
    ends = [anchor for anchor in anchors if (anchor[0] == n) == (anchor[1] == m)]
    if not ends or ends[-1] != (n, m):
        ends.append((n, m))
    low, high = np.zeros(n + 1, dtype=np.int64), np.zeros(n + 1, dtype=np.int64)
    i = j = 0
    for ko_end, en_end in ends:
        low[i + 1 : ko_end + 1] = max(0, j - MARGIN)
        high[i + 1 : ko_end + 1] = min(m, en_end + MARGIN)
        i, j = ko_end, en_end
    low[0], high[0] = low[1], high[1]
    return low, high


def beads_of(steps: NDArray[np.int8], low: Ints, n: int, m: int) -> list[Pair]:
    """The beads on the best path, read from its end: ``steps`` are numbers into ``TYPES``."""
    beads = []
    i, j = n, m
    while i or j:
        a, b = TYPES[steps[i, j - low[i]]]
        beads.append((tuple(range(i - a, i)), tuple(range(j - b, j))))
        i, j = int(i - a), int(j - b)
    return beads[::-1]


@njit(cache=True)
def nowhere_yet(low: Ints, high: Ints) -> tuple[Floats, NDArray[np.int8]]:
    """Worth and last step of every place in the band before the start is left: (n + 1, width)."""
    shape = (len(low), (high - low).max() + 1)
    best = np.full(shape, -np.inf, dtype=np.float32)
    best[0, 0] = 0.0
    return best, np.full(shape, _NOWHERE, dtype=np.int8)


@njit(cache=True)
def first_pass(cosines: Floats, candidates: Ints, low: Ints, high: Ints) -> NDArray[np.int8]:
    """Best last step (0-1, 1-0 or 1-1) to every place in the band, shape (n + 1, width)."""
    n = len(low) - 1
    best, steps = nowhere_yet(low, high)
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            here = j - low[i]
            if j > low[i] and best[i, here - 1] > best[i, here]:
                best[i, here] = best[i, here - 1]
                steps[i, here] = 0
            if i == 0:
                continue
            above = j - low[i - 1]
            if j <= high[i - 1] and above >= 0 and best[i - 1, above] > best[i, here]:
                best[i, here] = best[i - 1, above]
                steps[i, here] = 1
            if above >= 1 and j - 1 <= high[i - 1]:
                worth = best[i - 1, above - 1]
                for k in range(candidates.shape[1]):
                    if candidates[i - 1, k] == j - 1:
                        worth += cosines[i - 1, k]
                if worth > best[i, here]:
                    best[i, here] = worth
                    steps[i, here] = 2
    return steps


@njit(cache=True)
def second_pass(
    ko_runs: Floats,
    en_runs: Floats,
    ko_bytes: NDArray[np.float64],
    en_bytes: NDArray[np.float64],
    low: Ints,
    high: Ints,
    types: Ints,
    skip: float,
) -> NDArray[np.int8]:
    """Best last bead (a row of ``types``) to every place in the band, shape (n + 1, width)."""
    n = len(low) - 1
    best, steps = nowhere_yet(low, high)
    for i in range(n + 1):
        for j in range(low[i], high[i] + 1):
            for t in range(len(types)):
                a, b = types[t]
                if i < a or j - b < low[i - a] or j - b > high[i - a]:
                    continue
                worth = best[i - a, j - b - low[i - a]]
                if worth == -np.inf:
                    continue
                if a and b:
                    shorter = min(ko_bytes[a - 1, i - 1], en_bytes[b - 1, j - 1])
                    longer = max(ko_bytes[a - 1, i - 1], en_bytes[b - 1, j - 1])
                    worth += similarity(ko_runs, en_runs, i, j, a, b) * np.log2(
                        1 + shorter / longer
                    )
                else:
                    worth += skip
                if worth > best[i, j - low[i]]:
                    best[i, j - low[i]] = worth
                    steps[i, j - low[i]] = t
    return steps


@njit(cache=True)
def similarity(ko_runs: Floats, en_runs: Floats, i: int, j: int, a: int, b: int) -> float:
    """The cosine of the runs that end before i and j, less what their neighbours have of it."""
    ko, en = ko_runs[a - 1, i - 1], en_runs[b - 1, j - 1]
    around = neighbours_cosine(ko, en_runs[0], j - b, j) + neighbours_cosine(
        en, ko_runs[0], i - a, i
    )
    return float(dot(ko, en) - around / 2)


@njit(cache=True)
def neighbours_cosine(vector: Floats, sentences: Floats, begin: int, end: int) -> float:
    """Mean cosine with the sentences before ``begin`` and at ``end``, or with the one there is."""
    total, count = 0.0, 0
    if begin > 0:
        total += dot(vector, sentences[begin - 1])
        count += 1
    if end < len(sentences):
        total += dot(vector, sentences[end])
        count += 1
    return total / max(count, 1)


@njit(cache=True, fastmath=True)
def dot(x: Floats, y: Floats) -> float:
    total = np.float32(0.0)
    for k in range(len(x)):
        total += x[k] * y[k]
    return float(total)
