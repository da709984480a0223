"""The method of SentAlign, to compare with: every path is weighed, then the beads are looked over.

Written anew from: Steinþór Steingrímsson, Hrafn Loftsson and Andy Way (2023), SentAlign: Accurate
and Scalable Sentence Alignment, EMNLP (demonstrations), arXiv:2311.08982. Settings are those of the
published program but for ``cutoff``.

1. The path with the highest sum over the whole document is found. A null is worth ``cutoff``. A
   bead of a Korean and b English sentences, up to four each, is worth (a + b) · c^(a + b - 1);
   c is the cosine of the joined texts, less .01 for each word beyond 80 on a side. It must have a
   cosine of at least ``cutoff`` and no side of more than 110 words.
2. In beads of more than two sentences the two runs with the highest cosine are kept, likewise (in
   beads with several sentences on both sides) those before and after them, and the rest become
   nulls.
3. A null beside a bead joins it if that raises the cosine of the bead, the best of such nulls
   first, until none does. Here a null joins one bead only; in the published program it can join
   two.

The published program cuts documents of more than 4,000,000 pairs of sentences at anchors; this one
refuses them. It is compiled and so faster than the published one: its speed is that of the method.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numba import njit
from numpy.typing import NDArray

from align.encoder import Encoder
from align.errors import InputError
from align_documents import Pair
from peer_bertalign import joined_runs

LONGEST = 4
MAX_WORDS, FREE_WORDS, WORD_PENALTY = 110, 80, 0.01
MAX_PAIRS = 4_000_000

Span = tuple[int, int]  # a run of sentences: first, and one past the last


def align(ko: Sequence[str], en: Sequence[str], encoder: Encoder, *, cutoff: float) -> list[Pair]:
    """Beads that cover all sentences of both sides, in order."""
    if not ko or not en:
        return in_order([], len(ko), len(en))
    if len(ko) * len(en) > MAX_PAIRS:
        raise InputError("more than 4,000,000 pairs of sentences")
    cosines = Cosines(joined_runs(ko, encoder, LONGEST), joined_runs(en, encoder, LONGEST))
    steps = best_steps(cosines.table, run_words(ko), run_words(en), cutoff)
    beads: list[tuple[Span, Span]] = []
    for ko_run, en_run in path_of(steps):
        beads += looked_over(ko_run, en_run, cosines, cutoff)
    while grow(beads, cosines):
        pass
    return in_order(beads, len(ko), len(en))


class Cosines:
    """Cosines of all runs of up to four sentences: ``table[a - 1, b - 1, i, j]`` of the run of a
    Korean sentences that ends with sentence i and the run of b English ones that ends with j."""

    def __init__(self, ko_runs: NDArray[np.float32], en_runs: NDArray[np.float32]):
        self.table = np.stack([[ko @ en.T for en in en_runs] for ko in ko_runs])

    def of(self, ko: Span, en: Span) -> float:
        """The cosine of two runs; 0.0 if one is longer than the table knows."""
        a, b = ko[1] - ko[0], en[1] - en[0]
        if max(a, b) > LONGEST:
            return 0.0
        return float(self.table[a - 1, b - 1, ko[1] - 1, en[1] - 1])


def run_words(texts: Sequence[str]) -> NDArray[np.int64]:
    """Words of all runs, arranged as in :func:`peer_bertalign.joined_runs`."""
    words = np.array([len(text.split()) for text in texts], dtype=np.int64)
    out = np.zeros((LONGEST, len(texts)), dtype=np.int64)
    for k in range(1, min(LONGEST, len(texts)) + 1):
        out[k - 1, k - 1 :] = np.convolve(words, np.ones(k, dtype=np.int64), mode="valid")
    return out


@njit(cache=True)
def best_steps(
    table: NDArray[np.float32],
    ko_words: NDArray[np.int64],
    en_words: NDArray[np.int64],
    cutoff: float,
) -> NDArray[np.int8]:
    """Sentences of each side in the best last bead to every place, shape (n + 1, m + 1, 2)."""
    n, m = table.shape[2], table.shape[3]
    best = np.zeros((n + 1, m + 1))
    steps = np.zeros((n + 1, m + 1, 2), dtype=np.int8)
    for i in range(n + 1):
        for j in range(m + 1):
            if i > 0:
                best[i, j], steps[i, j, 0] = best[i - 1, j] + cutoff, 1
            if j > 0 and (i == 0 or best[i, j - 1] >= best[i - 1, j]):
                best[i, j] = best[i, j - 1] + cutoff
                steps[i, j, 0], steps[i, j, 1] = 0, 1
            for a in range(1, min(LONGEST, i) + 1):
                for b in range(1, min(LONGEST, j) + 1):
                    cosine = table[a - 1, b - 1, i - 1, j - 1]
                    words = ko_words[a - 1, i - 1], en_words[b - 1, j - 1]
                    if cosine < cutoff or max(words) > MAX_WORDS or min(words) < 1:
                        continue
                    for count in words:
                        cosine -= WORD_PENALTY * max(0, count - FREE_WORDS)
                    worth = best[i - a, j - b] + (a + b) * max(cosine, 0.0) ** (a + b - 1)
                    if worth >= best[i, j]:
                        best[i, j] = worth
                        steps[i, j, 0], steps[i, j, 1] = a, b
    return steps


def path_of(steps: NDArray[np.int8]) -> list[tuple[Span, Span]]:
    """The beads on the best path that are no nulls, in order."""
    i, j = steps.shape[0] - 1, steps.shape[1] - 1
    beads = []
    while i or j:
        a, b = int(steps[i, j, 0]), int(steps[i, j, 1])
        if a and b:
            beads.append(((i - a, i), (j - b, j)))
        i, j = i - a, j - b
    return beads[::-1]


def looked_over(ko: Span, en: Span, cosines: Cosines, cutoff: float) -> list[tuple[Span, Span]]:
    """The best pair of runs inside a bead and, if both sides have several sentences, what is left
    before and after it, done likewise; what finds no partner is in none of them."""
    if ko[1] - ko[0] == 1 and en[1] - en[0] == 1:
        return [(ko, en)]
    several = ko[1] - ko[0] > 1 and en[1] - en[0] > 1
    best = max(
        ((k, e) for k in runs_inside(ko) for e in runs_inside(en)),
        key=lambda pair: cosines.of(*pair),
    )
    if cosines.of(*best) < cutoff and several:
        return []
    out = [best]
    if several:
        (ko_begin, ko_end), (en_begin, en_end) = best
        if ko_begin > ko[0] and en_begin > en[0]:
            out = left_over((ko[0], ko_begin), (en[0], en_begin), cosines, cutoff) + out
        if ko_end < ko[1] and en_end < en[1]:
            out += left_over((ko_end, ko[1]), (en_end, en[1]), cosines, cutoff)
    return out


def left_over(ko: Span, en: Span, cosines: Cosines, cutoff: float) -> list[tuple[Span, Span]]:
    """As :func:`looked_over`, of sentences that no path has paired: below the cutoff, none are."""
    found = looked_over(ko, en, cosines, cutoff)
    return [pair for pair in found if cosines.of(*pair) >= cutoff]


def runs_inside(span: Span) -> list[Span]:
    return [(i, j) for i in range(*span) for j in range(i + 1, span[1] + 1)]


def grow(beads: list[tuple[Span, Span]], cosines: Cosines) -> bool:
    """Let every bead take in the null beside it that raises its cosine most; False if none did."""
    grown = False
    ko_taken = {i for ko, _ in beads for i in range(*ko)}
    en_taken = {j for _, en in beads for j in range(*en)}
    n, m = cosines.table.shape[2:]
    for k, (ko, en) in enumerate(beads):
        wider = [(bigger, en) for bigger in widened(ko, n, ko_taken)]
        wider += [(ko, bigger) for bigger in widened(en, m, en_taken)]
        best = max([(ko, en), *wider], key=lambda pair: cosines.of(*pair))
        if best != (ko, en):
            beads[k] = best
            ko_taken.update(range(*best[0]))
            en_taken.update(range(*best[1]))
            grown = True
    return grown


def widened(span: Span, count: int, taken: set[int]) -> list[Span]:
    """``span`` with one more sentence before or after it that is in no bead."""
    begin, end = span
    out = [(begin - 1, end)] if begin > 0 and begin - 1 not in taken else []
    return [*out, (begin, end + 1)] if end < count and end not in taken else out


def in_order(beads: Sequence[tuple[Span, Span]], n: int, m: int) -> list[Pair]:
    """Beads in order, with the sentences that are in none of them as nulls between them."""
    out: list[Pair] = []
    i = j = 0
    for ko, en in [*beads, ((n, n), (m, m))]:
        out += [((k,), ()) for k in range(i, ko[0])] + [((), (k,)) for k in range(j, en[0])]
        if ko[1] > ko[0]:
            out.append((tuple(range(*ko)), tuple(range(*en))))
        i, j = ko[1], en[1]
    return out
