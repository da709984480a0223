"""The best path through two texts, nulls and crossings included.

Let ψ(a, b, i, j) be the potential of the bead of Korean sentences i … i + a - 1 and English
sentences j … j + b - 1, and κ, ε those of nulls (:mod:`align.score`). With three states, S after a
bead, K in a run of Korean nulls and E in a run of English ones, the log-sums over all partial
alignments are

    S(i, j) = ⊕ over (a, b)  [S ⊕ K ⊕ E](i - a, j - b) + ψ(a, b, i - a, j - b)
              ⊕ [S ⊕ K ⊕ E](i - 2, j - 2) + swap(i - 2, j - 2)
    K(i, j) = [(S(i - 1, j) + fee) ⊕ K(i - 1, j)] + κ(i - 1)
    E(i, j) = [((S ⊕ K)(i, j - 1) + fee) ⊕ E(i, j - 1)] + ε(j - 1)

where x ⊕ y = log(exp x + exp y). Korean nulls never follow English ones directly, so that every
alignment has exactly one path. The same sums from the end give the probability of each step
(forward–backward), and a second, plain dynamic program picks the path with the greatest expected
number of rightly placed sentences. Probabilities rather than the single best path, because a text
that was cut has many almost equal paths and their sum knows better where the cuts are.

A path cannot go back, so sentences that moved farther than to the neighbour's place end as nulls on
both sides. :func:`_moved` joins such nulls where the evidence is worth a fee for crossing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from align import features, kernels
from align.alignment import Bead, Evidence, in_reading_order
from align.fixed import NOTHING, Fixed, path_type
from align.holding import hold
from align.neighbours import Ints
from align.score import NULL_FEATURE_NAMES, Lattice
from align.side import Doubles

#: The worth of a rightly placed null, where a rightly placed 1-1 bead is worth 1.
NULL_SHARE = 0.4
_NO_EVIDENCE = Evidence((), np.zeros(0))
_TYPES: list[tuple[int, int]] = [(int(a), int(b)) for a, b in features.TYPES]
#: How far from unrelated to true the sentences that may have moved are at least.
LIKELY = 0.5
#: Fee for a bead that crosses the path, in the units of a potential.
MOVE_FEE = 2.5


@dataclass(frozen=True, slots=True)
class Step:
    """A bead before it has its evidence: sentence numbers and probability."""

    ko: tuple[int, ...]
    en: tuple[int, ...]
    probability: float
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probability of each step of the lattice; shapes as in :func:`align.kernels.posteriors`.

    ``log_sum``: log of the sum over all alignments of the exponential of their potentials, less
    the potentials of all nulls; minus infinity, and all else 0, where no path lies in the band.
    """

    log_sum: float
    beads: Doubles
    swaps: Doubles
    ko_null: Doubles
    en_null: Doubles
    null_runs: float


def posteriors(lattice: Lattice, fixed: Fixed = NOTHING) -> Posteriors:
    """Forward–backward over the lattice, which keeps to what a person has fixed."""
    weights, low, high = lattice.weights, lattice.band.low, lattice.band.high
    odds = features.odds(
        lattice.given, weights.beads, lattice.ko_null_potential, lattice.en_null_potential
    )
    if fixed.ko or fixed.en:
        hold(odds, fixed, lattice.band)
    fees = np.exp([weights.null_run, weights.swap]).tolist()
    before = kernels.forward(odds, *fees, low, high)
    after = kernels.backward(odds, *fees, low, high)
    sums, scales = after
    if not sums[0, 0, 0] > 0:
        n, m = len(low) - 1, int(high[-1])
        nothing = np.zeros_like(odds), np.zeros(odds.shape[1:]), np.zeros(n), np.zeros(m)
        return Posteriors(-math.inf, *nothing, null_runs=0.0)
    found = kernels.posteriors(odds, *fees, low, high, before, after)
    return Posteriors(float(np.log(sums[0, 0, 0]) + scales[0]), *found)


def best_beads(lattice: Lattice, fixed: Fixed = NOTHING) -> list[Bead]:
    """Beads that cover every sentence once, in the order :class:`align.Alignment` promises.

    Those in ``fixed`` are among them; sentences of fixed beads that reach outside are in none.
    """
    found = posteriors(lattice, fixed)
    if math.isinf(found.log_sum):  # the whole grid always holds a path: all nulls
        lattice = lattice.searched_whole()
        found = posteriors(lattice, fixed)
    steps = _path(lattice, found)
    free = [s for s in steps if not fixed.touches(s.ko, s.en)]
    held = [Step(ko, en, 1.0, fixed=True) for ko, en in fixed.beads]
    return _with_evidence(lattice, in_reading_order(held + _moved(lattice, free)))


def _path(lattice: Lattice, found: Posteriors) -> list[Step]:
    low, high = lattice.band.low, lattice.band.high
    traced = kernels.best_path(
        found.beads, found.swaps, found.ko_null, found.en_null, NULL_SHARE, low, high
    )
    steps: list[Step] = []
    for kind, i, j in traced[::-1].tolist():
        if kind == kernels.KO_NULL:
            steps.append(Step((i,), (), float(found.ko_null[i])))
        elif kind == kernels.EN_NULL:
            steps.append(Step((), (j,), float(found.en_null[j])))
        elif kind == kernels.SWAP:
            p = float(found.swaps[i, j - low[i]])
            steps += [Step((i,), (j + 1,), p), Step((i + 1,), (j,), p)]
        else:
            a, b = _TYPES[kind]
            p = float(found.beads[kind, i, j - low[i]])
            steps.append(Step(tuple(range(i, i + a)), tuple(range(j, j + b)), p))
    return steps


def _with_evidence(lattice: Lattice, steps: list[Step]) -> list[Bead]:
    low, high = lattice.band.low, lattice.band.high
    types = [path_type((s.ko, s.en)) for s in steps]
    grid = [
        (t, s.ko[0], s.en[0]) if t >= 0 and low[s.ko[0]] <= s.en[0] <= high[s.ko[0]] else (0, 0, 0)
        for t, s in zip(types, steps, strict=True)
    ]
    shapes = features.SHAPE[np.maximum(np.array(types, dtype=np.int64), 0)]
    found = features.of_steps(np.array(grid, dtype=np.int64).reshape(-1, 3), lattice.given)
    of_beads = lattice.weights.beads[shapes] * found
    of_ko = (lattice.weights.null[:, None] * lattice.ko_null).T
    of_en = (lattice.weights.null[:, None] * lattice.en_null).T
    beads = []
    for k, (step, t, (_, i, j)) in enumerate(zip(steps, types, grid, strict=True)):
        evidence = _NO_EVIDENCE
        if not step.en or not step.ko:
            nulls = [of_ko[i] for i in step.ko] or [of_en[j] for j in step.en]
            evidence = Evidence(NULL_FEATURE_NAMES, sum(nulls[1:], nulls[0]))
        elif t >= 0:
            parts = of_beads[k]
            if (i, j) != (step.ko[0], step.en[0]):  # beyond the band
                parts = lattice.weights.beads[shapes[k]] * lattice.features(step.ko, step.en)
            evidence = Evidence(features.FEATURE_NAMES, parts)
        confidence = round(min(max(step.probability, 0.0), 1.0), 4)
        beads.append(Bead(step.ko, step.en, confidence, evidence, step.fixed))
    return beads


def _moved(lattice: Lattice, steps: list[Step]) -> list[Step]:
    """``steps`` with nulls of both sides joined where they are translations out of order."""
    ko_left = {s.ko[0] for s in steps if not s.en}
    en_left = {s.en[0] for s in steps if not s.ko}
    taken = _joined(lattice, ko_left, en_left)
    kept = [s for s in steps if s.ko and s.en]
    kept += [s for s in steps if not s.en and s.ko[0] in ko_left]
    kept += [s for s in steps if not s.ko and s.en[0] in en_left]
    return kept + taken


def moved_beads(lattice: Lattice, ko_free: set[int], en_free: set[int]) -> list[Bead]:
    """Beads over free sentences of both sides that are translations out of order."""
    return _with_evidence(lattice, _joined(lattice, set(ko_free), set(en_free)))


def _joined(lattice: Lattice, ko_left: set[int], en_left: set[int]) -> list[Step]:
    """Steps that join sentences of both sets, which lose those that are joined.

    Of all beads over runs of these sentences the one that gains most over their nulls is taken,
    then the next that shares no sentence with it, while the gain outweighs the fee. A bead that
    goes on where one that was taken ends or begins moved with it and pays no fee again.
    """
    if not ko_left or not en_left:
        return []
    offers = _offers(lattice, np.array(sorted(ko_left)), np.array(sorted(en_left)))
    taken: list[Step] = []
    corners: set[tuple[int, int]] = set()  # nodes where a bead that was taken begins or ends
    while offers:
        value, ko, en = max(
            (gain if _corners(ko, en) & corners else gain - MOVE_FEE, ko, en)
            for gain, ko, en in offers
        )
        if value <= 0:
            break
        taken.append(Step(ko, en, float(1 / (1 + np.exp(-value)))))
        corners |= _corners(ko, en)
        ko_left.difference_update(ko)
        en_left.difference_update(en)
        offers = [o for o in offers if ko_left.issuperset(o[1]) and en_left.issuperset(o[2])]
    return taken


def _gain(lattice: Lattice, ko: Sequence[int], en: Sequence[int]) -> float:
    """The potential of a bead over that of nulls."""
    nulls = lattice.ko_null_potential[list(ko)].sum() + lattice.en_null_potential[list(en)].sum()
    return lattice.potential(ko, en) - float(nulls)


Offer = tuple[float, tuple[int, ...], tuple[int, ...]]


def _corners(ko: tuple[int, ...], en: tuple[int, ...]) -> set[tuple[int, int]]:
    return {(ko[0], en[0]), (ko[-1] + 1, en[-1] + 1)}


def _offers(lattice: Lattice, ko_free: Ints, en_free: Ints) -> list[Offer]:
    """Beads over free sentences that gain over nulls, and over being two beads instead."""

    @cache
    def gain(ko: tuple[int, ...], en: tuple[int, ...]) -> float:
        return _gain(lattice, ko, en) if ko and en else 0.0

    offers: list[Offer] = []
    for a, b in _TYPES:
        for i, j in _likely(lattice, a, b, ko_free, en_free):
            ko, en = tuple(range(i, i + a)), tuple(range(j, j + b))
            in_two = max(
                gain(ko[:x], en[:y]) + gain(ko[x:], en[y:])
                for x in range(a + 1)
                for y in range(b + 1)
                if 0 < x + y < a + b
            )
            if gain(ko, en) > max(in_two, 0.0):
                offers.append((gain(ko, en), ko, en))
    return offers


def _likely(
    lattice: Lattice, a: int, b: int, ko_free: Ints, en_free: Ints
) -> list[tuple[int, int]]:
    """First sentences of runs of a and b free sentences that are near each other.

    Near: past ``LIKELY`` of the way from unrelated to true, and one the nearest of the other (among
    the 1,024 rows that are compared at a time).
    """
    ko = _run_starts(ko_free, a)
    en = _run_starts(en_free, b)
    level, scale = lattice.given.numbers[:2]
    found: list[tuple[int, int]] = []
    if not len(en):
        return found
    for start in range(0, len(ko), 1024):
        rows = ko[start : start + 1024]
        similarity = lattice.ko.runs[a - 1][rows] @ lattice.en.runs[b - 1][en].T
        nearest = np.zeros(similarity.shape, dtype=bool)
        nearest[np.arange(len(rows)), similarity.argmax(axis=1)] = True
        nearest[similarity.argmax(axis=0), np.arange(len(en))] = True
        near = nearest & (similarity > level + LIKELY * scale)
        found += [(int(rows[r]), int(en[c])) for r, c in np.argwhere(near)]
    return found


def _run_starts(free: Ints, k: int) -> Ints:
    """Those numbers of the ascending ``free`` that start k numbers in a row."""
    if len(free) < k:
        return free[:0]
    starts = free[: len(free) - k + 1]
    in_a_row: Ints = starts[free[k - 1 :] - starts == k - 1]
    return in_a_row
