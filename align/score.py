"""What a bead is worth: a few features of the two texts, weighed.

An alignment's probability is proportional to exp(sum of the *potentials* of its steps), a
semi-Markov conditional random field (Sarawagi and Cohen, NIPS 2004) over the grid of the two
texts. The potential of a bead that joins a Korean and b English sentences is a weighted sum of

- shape: how often beads of this shape occur;
- similarity: cosine of the two joined texts, 0 at the level of unrelated sentences and 1 at the
  level of this text's anchors;
- length: |log length ratio| against the ratio of this text, and its square;
- gain: by how much the similarity beats the best bead that has one sentence less: a cut sentence
  that a neighbour would swallow lowers it;
- rivals: by how much its sentences, on average, are closer to the other side of the bead than to
  the nearest sentence outside it;
- size: log of its length, since short sentences resemble many others;
- quotes: by how many quotations the two sides differ: what is said in one quotation in Korean is
  often split around its "he said" in English;
- joined and torn: boundaries inside the bead, and at its edges, that look as if they lay in the
  middle of a sentence (no final mark before, a small letter after);
- paragraphs, apart and together, where both texts have paragraphs: paragraph breaks inside the
  bead; a bead that opens a paragraph of the side with the longer paragraphs but none of the other;
  one that opens a paragraph on both sides.

The potential of a null weighs a bias, the best margin the sentence has with any sentence of the
other side, its length, whether it looks torn, and the share of its text's sentences that have no
anchor, since cut sentences are rarely alone. A run of nulls costs a fee once. Two crossing
1-1 beads (a *swap*) cost a fee too.

Every feature is relative to the texts and the encoder at hand, so one set of weights serves all.
They were learned by ``scripts/train_aligner.py``, which says on what.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.band import Band, band_for, marks, whole
from align.encoder import Floats
from align.features import (
    BREAKS_BEFORE,
    QUOTATIONS,
    SHAPE,
    STARTS,
    TORN_BEFORE,
    TORN_HERE,
    TYPES,
    Given,
    bead_type,
    into_band,
    of_bead,
)
from align.fixed import NOTHING, Fixed
from align.neighbours import Neighbourhood, neighbourhood
from align.reference import Usual
from align.side import Doubles, Side

#: Sentences a bead may hold on one side; both sides together hold at most ``LONGEST + 1``.
LONGEST = 4
NULL_FEATURE_NAMES = ("null", "counterpart", "length", "torn", "text")

#: Typical Korean characters per English character in news, and how many anchors outweigh it.
_USUAL_RATIO = float(np.log(0.46))
_RATIO_WEIGHT = 5
#: How many pairs of sentences, and anchors, outweigh the encoder's usual levels.
_RANDOM_WEIGHT = 100
_TRUE_WEIGHT = 5
#: Anchors of texts that do not translate each other are no measure of translations.
_LEAST_TRUE = 0.65
#: Rows and columns sampled for the level of unrelated sentences.
_SAMPLE = 500
#: Rows of the band whose cosines are computed together.
_ROWS = 64
#: An anchor is clear that lies past this part of the way from unrelated sentences to translations.
_CLEAR = 0.5
#: The usual share of sentences with a clear anchor, and how many sentences outweigh it.
_USUALLY_CLEAR = 0.75
_CLEAR_WEIGHT = 4
#: Where nearly each sentence is a paragraph, paragraphs say nothing.
_MOST_BREAKS = 0.9


@dataclass(frozen=True)
class Weights:
    """``beads`` (6 shapes, features), ``null`` (null features), and the two fees.

    Shapes: 1-1, 1-2, 2-2, 1-3, 1-4, 2-3 (and their mirror images).
    """

    beads: Doubles
    null: Doubles
    null_run: float
    swap: float


def load_weights() -> Weights:
    """The learned weights that come with the package."""
    stored = json.loads((Path(__file__).parent / "weights.json").read_text(encoding="utf-8"))
    return Weights(
        beads=np.array(stored["beads"]),
        null=np.array(stored["null"]),
        null_run=float(stored["null_run"]),
        swap=float(stored["swap"]),
    )


WEIGHTS = load_weights()


@dataclass(frozen=True)
class Levels:
    """Where this encoder's cosines lie in these texts, and how their lengths compare.

    ``random`` and ``true``: cosine of unrelated sentences and of translations. ``ratio``: log of
    Korean by English characters.
    """

    random: float
    true: float
    ratio: float


@dataclass(frozen=True)
class Lattice:
    """Everything the search needs about two texts of n and m sentences (n, m ≥ 1).

    ``ko_null`` (null features, n) and ``en_null`` (null features, m).
    """

    ko: Side
    en: Side
    levels: Levels
    band: Band
    given: Given
    ko_null: Doubles
    en_null: Doubles
    weights: Weights = field(default=WEIGHTS)

    @cached_property
    def ko_null_potential(self) -> Doubles:
        """Of each Korean sentence, shape (n,)."""
        potential: Doubles = self.weights.null @ self.ko_null
        return potential

    @cached_property
    def en_null_potential(self) -> Doubles:
        """Of each English sentence, shape (m,)."""
        potential: Doubles = self.weights.null @ self.en_null
        return potential

    def searched_whole(self) -> Lattice:
        """The same with all nodes of the grid in the band."""
        band = whole(len(self.ko), len(self.en))
        sims = _band_similarities(self.ko.runs, self.en.runs, band)
        given = self.given._replace(sims=sims, low=band.low, high=band.high)
        return replace(self, band=band, given=given)

    def features(self, ko: Sequence[int], en: Sequence[int]) -> Doubles:
        """The features of one bead, in or out of the band; both sides contiguous, not empty."""
        a, b, i, j = len(ko), len(en), ko[0], en[0]
        similarity = self._similarity(a, b, i, j)
        less = [self._similarity(a - 1, b, i + d, j) for d in (0, 1) if a > 1]
        less += [self._similarity(a, b - 1, i, j + d) for d in (0, 1) if b > 1]
        members = [self._similarity(1, b, x, j) for x in ko]
        members += [self._similarity(a, 1, i, y) for y in en]
        values: Doubles = of_bead(
            a, b, i, j, similarity, max(less, default=-1.0), np.array(members), self.given
        )
        return values

    def _similarity(self, a: int, b: int, i: int, j: int) -> float:
        return float(self.ko.runs[a - 1][i] @ self.en.runs[b - 1][j])

    def potential(self, ko: Sequence[int], en: Sequence[int]) -> float:
        """The potential of one step: a bead, or a null of one sentence."""
        if ko and en:
            return float(self.weights.beads[shape_of(len(ko), len(en))] @ self.features(ko, en))
        return float(self.ko_null_potential[ko[0]] if ko else self.en_null_potential[en[0]])


def lattice(
    ko: Side,
    en: Side,
    usual: Usual,
    weights: Weights = WEIGHTS,
    levels: Levels | None = None,
    fixed: Fixed = NOTHING,
) -> Lattice:
    """The lattice of two texts, each with at least one sentence.

    ``levels`` are measured on the two texts, leaning on ``usual``, unless they are given. The band
    goes where ``fixed`` beads lead it.
    """
    random = levels.random if levels else _random_level(ko.runs[0], en.runs[0], usual)
    near = neighbourhood(ko.runs[0], en.runs[0], random_level=random)
    if levels is None:
        levels = Levels(random, _true_level(near, random, usual), _log_ratio(near, ko, en))
    scale = levels.true - levels.random
    clear = near.similarity > levels.random + _CLEAR * scale
    band = band_for(len(ko), len(en), *marks(near, clear, fixed))
    leads = _leads(ko, en)
    given = Given(
        sims=_band_similarities(ko.runs, en.runs, band),
        low=band.low,
        high=band.high,
        ko_nodes=_nodes(ko, max(leads)),
        en_nodes=_nodes(en, max(leads)),
        ko_log=_log_lengths(ko.length),
        en_log=_log_lengths(en.length),
        ko_near=near.ko_near,
        en_near=near.en_near,
        ko_rows=near.ko_rows,
        en_rows=near.en_rows,
        numbers=np.array([levels.random, scale, levels.ratio, *leads]),
    )
    return Lattice(
        ko=ko,
        en=en,
        levels=levels,
        band=band,
        given=given,
        ko_null=_null_features(near.ko_best / scale, ko, int(clear.sum())),
        en_null=_null_features(near.en_best / scale, en, int(clear.sum())),
        weights=weights,
    )


def shape_of(a: int, b: int) -> int:
    """The shape class of a bead of a Korean and b English sentences."""
    return int(SHAPE[bead_type(a, b)])


def _nodes(side: Side, paragraphs: float) -> Doubles:
    """The columns of :class:`align.features.Given`, shape (n + 1, 5).

    ``paragraphs``: 0 if they tell nothing. A break tells the less the more there are.
    """
    breaks = side.breaks * (paragraphs * (1 - _share_of_breaks(side)))
    nodes = np.zeros((len(side) + 1, 5))
    nodes[1:, QUOTATIONS] = np.cumsum(side.quotations)
    nodes[1:, TORN_BEFORE] = np.cumsum(side.torn[:-1])
    nodes[1:, BREAKS_BEFORE] = np.cumsum(breaks[:-1])
    nodes[:, TORN_HERE] = side.torn
    nodes[:, STARTS] = side.breaks
    return nodes


def _log_lengths(length: Doubles) -> Doubles:
    """Log characters of the runs of 1 … ``LONGEST`` sentences, shape (LONGEST, n).

    The last columns of a row, where no run of that length begins, hold the rest of the text.
    """
    n = len(length)
    sums = np.concatenate([[0.0], np.cumsum(length)])
    ends = np.minimum(np.arange(n) + np.arange(1, LONGEST + 1)[:, None], n)
    logs: Doubles = np.log(sums[ends] - sums[:n])
    return logs


def _leads(ko: Side, en: Side) -> tuple[float, float]:
    """1 for each side whose paragraphs are no shorter than the other's, 0 where one has none."""
    ko_share, en_share = _share_of_breaks(ko), _share_of_breaks(en)
    if not (ko_share > 0 and en_share > 0 and min(ko_share, en_share) < _MOST_BREAKS):
        return 0.0, 0.0
    return float(ko_share <= en_share), float(en_share <= ko_share)


def _share_of_breaks(side: Side) -> float:
    return float(side.breaks.sum()) / max(len(side) - 1, 1)


def _random_level(ko: Floats, en: Floats, usual: Usual) -> float:
    """Median cosine over all pairs (an even sample of long texts), leaning on the usual level."""
    rows, columns = _even(len(ko)), _even(len(en))
    pairs = len(rows) * len(columns)
    cosines = (ko[rows] @ en[columns].T).ravel()
    median = float(np.partition(cosines, pairs // 2)[pairs // 2])
    return (pairs * median + _RANDOM_WEIGHT * usual.random) / (pairs + _RANDOM_WEIGHT)


def _even(n: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.int64))


def _true_level(near: Neighbourhood, level: float, usual: Usual) -> float:
    anchors = len(near.similarity)
    median = float(np.median(near.similarity)) if anchors else usual.true
    estimate = (anchors * median + _TRUE_WEIGHT * usual.true) / (anchors + _TRUE_WEIGHT)
    return max(estimate, level + _LEAST_TRUE * (usual.true - usual.random), level + 1e-3)


def _log_ratio(near: Neighbourhood, ko: Side, en: Side) -> float:
    i, j = near.anchors[:, 0], near.anchors[:, 1]
    if not len(i):
        return _USUAL_RATIO
    median = float(np.median(np.log(ko.length[i] / en.length[j])))
    return (len(i) * median + _RATIO_WEIGHT * _USUAL_RATIO) / (len(i) + _RATIO_WEIGHT)


def _null_features(best_margin: NDArray[np.floating], side: Side, clear: int) -> Doubles:
    """The features of nulls of a text of n sentences of which ``clear`` have a clear anchor."""
    n = len(side)
    features = np.ones((len(NULL_FEATURE_NAMES), n))
    features[1] = best_margin
    features[2] = np.log(side.length / side.length.mean())
    features[3] = side.torn[:-1] + side.torn[1:]
    features[4] = 1 - (clear + _CLEAR_WEIGHT * _USUALLY_CLEAR) / (n + _CLEAR_WEIGHT)
    return features


def _band_similarities(ko_runs: list[Floats], en_runs: list[Floats], band: Band) -> Floats:
    """Cosines of all beads of the band, shape (types, n + 1, width); 0 outside it."""
    n, width = len(band.low) - 1, band.width
    sims = np.zeros((len(TYPES), n + 1, width), dtype=np.float32)
    for t, (a, b) in enumerate(TYPES.tolist()):
        ko, en = ko_runs[a - 1], en_runs[b - 1]
        for top in range(0, len(ko), _ROWS):
            bottom = min(top + _ROWS, len(ko))
            first, last = int(band.low[top]), int(band.high[bottom - 1])
            into_band(ko[top:bottom] @ en[first : last + 1].T, top, first, band.low, sims[t])
    return sims
