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

from dataclasses import dataclass
from functools import cache

import numpy as np

from align.alignment import Bead
from align.neighbours import Ints
from align.score import Doubles, Lattice

#: The worth of a rightly placed null, where a rightly placed 1-1 bead is worth 1.
NULL_SHARE = 0.5
#: Fee for a bead that crosses the path, in the units of a potential.
MOVE_FEE = 1.0


@dataclass(frozen=True, slots=True)
class Step:
    """A bead before it has its evidence: sentence numbers and probability."""

    ko: tuple[int, ...]
    en: tuple[int, ...]
    probability: float


@dataclass(frozen=True, slots=True)
class Posteriors:
    """Probability of each step of the lattice; shapes as in :func:`align.kernels.posteriors`."""

    log_sum: float
    beads: Doubles
    swaps: Doubles
    ko_null: Doubles
    en_null: Doubles
    null_runs: float


def posteriors(lattice: Lattice) -> Posteriors:
    """Forward–backward over the lattice."""
    from align import kernels

    weights = lattice.weights
    low, high = lattice.band.low, lattice.band.high
    value = kernels.potentials(lattice.given, weights.beads)
    fees = (
        weights.null @ lattice.ko_null,
        weights.null @ lattice.en_null,
        weights.null_run,
        weights.swap,
    )
    before = kernels.forward(value, *fees, low, high)
    after = kernels.backward(value, *fees, low, high)
    found = kernels.posteriors(value, *fees, low, high, before, after)
    return Posteriors(float(after[0, 0, 0]), *found)


def best_beads(lattice: Lattice) -> list[Bead]:
    """Beads that cover every sentence once, in the order :class:`align.Alignment` promises."""
    steps = _path(lattice, posteriors(lattice))
    steps = _moved(lattice, steps)
    return [
        Bead(
            step.ko,
            step.en,
            round(min(max(step.probability, 0.0), 1.0), 4),
            lattice.evidence(step.ko, step.en),
        )
        for step in in_reading_order(steps)
    ]


def _path(lattice: Lattice, found: Posteriors) -> list[Step]:
    from align import kernels

    low, high = lattice.band.low, lattice.band.high
    traced = kernels.best_path(
        found.beads, found.swaps, found.ko_null, found.en_null, NULL_SHARE, low, high
    )
    steps: list[Step] = []
    for kind, i, j in reversed(traced):
        if kind == kernels.KO_NULL:
            steps.append(Step((i,), (), float(found.ko_null[i])))
        elif kind == kernels.EN_NULL:
            steps.append(Step((), (j,), float(found.en_null[j])))
        elif kind == kernels.SWAP:
            p = float(found.swaps[i, j - low[i]])
            steps += [Step((i,), (j + 1,), p), Step((i + 1,), (j,), p)]
        else:
            a, b = (int(x) for x in kernels.TYPES[kind])
            p = float(found.beads[kind, i, j - low[i]])
            steps.append(Step(tuple(range(i, i + a)), tuple(range(j, j + b)), p))
    return steps


def _moved(lattice: Lattice, steps: list[Step]) -> list[Step]:
    """``steps`` with nulls of both sides joined where they are translations out of order.

    Of all beads over runs of nulls the one that gains most over its nulls is taken, then the next
    that shares no sentence with it, while the gain outweighs the fee. A bead that goes on where one
    that was taken ends or begins moved with it and pays no fee again.
    """
    ko_left = {s.ko[0] for s in steps if not s.en}
    en_left = {s.en[0] for s in steps if not s.ko}
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
    kept = [s for s in steps if s.ko and s.en]
    kept += [s for s in steps if not s.en and s.ko[0] in ko_left]
    kept += [s for s in steps if not s.ko and s.en[0] in en_left]
    return kept + taken


Offer = tuple[float, tuple[int, ...], tuple[int, ...]]


def _corners(ko: tuple[int, ...], en: tuple[int, ...]) -> set[tuple[int, int]]:
    return {(ko[0], en[0]), (ko[-1] + 1, en[-1] + 1)}


def _offers(lattice: Lattice, ko_free: Ints, en_free: Ints) -> list[Offer]:
    """Beads over free sentences that gain over nulls, and over being two beads instead."""
    from align.kernels import TYPES

    if not len(ko_free) or not len(en_free):
        return []
    ko_nulls = lattice.weights.null @ lattice.ko_null
    en_nulls = lattice.weights.null @ lattice.en_null

    @cache
    def gain(ko: tuple[int, ...], en: tuple[int, ...]) -> float:
        if not ko or not en:
            return 0.0
        nulls = ko_nulls[list(ko)].sum() + en_nulls[list(en)].sum()
        return lattice.potential(ko, en) - float(nulls)

    offers: list[Offer] = []
    for a, b in TYPES.tolist():
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

    Near: more than halfway from unrelated to true, and one the nearest of the other (among the
    1,024 rows that are compared at a time).
    """
    ko = _run_starts(ko_free, a)
    en = _run_starts(en_free, b)
    found: list[tuple[int, int]] = []
    if not len(en):
        return found
    for start in range(0, len(ko), 1024):
        rows = ko[start : start + 1024]
        similarity = lattice.ko_runs[a - 1][rows] @ lattice.en_runs[b - 1][en].T
        nearest = np.zeros(similarity.shape, dtype=bool)
        nearest[np.arange(len(rows)), similarity.argmax(axis=1)] = True
        nearest[similarity.argmax(axis=0), np.arange(len(en))] = True
        near = nearest & (similarity > lattice.level + 0.5 * lattice.scale)
        found += [(int(rows[r]), int(en[c])) for r, c in np.argwhere(near)]
    return found


def _run_starts(free: Ints, k: int) -> Ints:
    """Those numbers of the ascending ``free`` that start k numbers in a row."""
    if len(free) < k:
        return free[:0]
    starts = free[: len(free) - k + 1]
    in_a_row: Ints = starts[free[k - 1 :] - starts == k - 1]
    return in_a_row


def in_reading_order(steps: list[Step]) -> list[Step]:
    """Beads by their Korean sentences, an English null after the bead that precedes it."""
    linked = sorted((s for s in steps if s.ko), key=lambda s: s.ko)
    after = {j: s for s in linked for j in s.en}
    orphans = sorted((s for s in steps if not s.ko), key=lambda s: s.en)
    follow: dict[tuple[int, ...], list[Step]] = {}
    first: list[Step] = []
    here, reached = first, 0
    for orphan in orphans:
        for j in range(reached, orphan.en[0]):
            if j in after:
                here = follow.setdefault(after[j].ko, [])
        reached = orphan.en[0]
        here.append(orphan)
    ordered = list(first)
    for step in linked:
        ordered.append(step)
        ordered += follow.get(step.ko, [])
    return ordered
