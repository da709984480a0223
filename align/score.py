"""What a bead is worth: a few features of the two texts, weighed.

An alignment's probability is proportional to exp(sum of the *potentials* of its steps), a
semi-Markov conditional random field (Sarawagi and Cohen, NIPS 2004) over the grid of the two
texts. The potential of a bead that joins a Korean and b English sentences is a weighted sum of

- bias: how often beads of this shape occur;
- similarity: cosine of the two joined texts, 0 at the level of unrelated sentences and 1 at the
  level of this text's anchors;
- hub: how close both sides are to everything (see :mod:`align.neighbours`), on the same scale;
- length: |log length ratio| against the ratio of this text, and its square;
- gain: by how much the similarity beats the best bead that has one sentence less: a cut sentence
  that a neighbour would swallow lowers it;
- quotes: by how many quotations the two sides differ: what is said in one quotation in Korean is
  often split around its "he said" in English.

The potential of a null weighs a bias, the best margin the sentence has with any sentence of the
other side, and its length. A run of nulls costs a fee once. Two crossing 1-1 beads (a *swap*) cost
a fee too.

Every feature is relative to the texts and the encoder at hand, so one set of weights serves all.
They were learned by ``scripts/train_aligner.py``, which says on what.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from align.band import Band, band_for
from align.encoder import Floats
from align.neighbours import Neighbourhood, neighbourhood
from align.reference import Usual

if TYPE_CHECKING:
    from align.kernels import Given

Doubles = NDArray[np.float64]

#: Sentences a bead may hold on one side; both sides together hold at most ``LONGEST + 1``.
LONGEST = 4
FEATURE_NAMES = ("shape", "similarity", "hub", "length²", "length", "gain", "quotes")
NULL_FEATURE_NAMES = ("null", "counterpart", "length")

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


@dataclass(frozen=True)
class Weights:
    """``beads`` (6 shapes, 7 features), ``null`` (3 features), and the two fees.

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
class Lattice:
    """Everything the search needs about two texts of n and m sentences (n, m ≥ 1).

    ``sims`` (types, n + 1, width): cosine of each bead of the band. ``ko_hub``, ``ko_length``,
    ``ko_quotes`` and the English ones are cumulative sums, so that a run's value is a difference.
    ``level``, ``scale`` and ``ratio`` turn cosines and lengths into features.
    """

    ko_runs: list[Floats]
    en_runs: list[Floats]
    band: Band
    sims: Doubles
    ko_hub: Doubles
    en_hub: Doubles
    ko_length: Doubles
    en_length: Doubles
    ko_quotes: Doubles
    en_quotes: Doubles
    level: float
    scale: float
    ratio: float
    ko_null: Doubles  # (3, n) features
    en_null: Doubles
    weights: Weights = field(default=WEIGHTS)

    @property
    def given(self) -> Given:
        """What the feature kernels take."""
        from align.kernels import Given

        return Given(
            self.sims,
            self.band.low,
            self.band.high,
            self.ko_hub,
            self.en_hub,
            self.ko_length,
            self.en_length,
            self.ko_quotes,
            self.en_quotes,
            self.level,
            self.scale,
            self.ratio,
        )

    def features(self, ko: Sequence[int], en: Sequence[int]) -> Doubles:
        """The features of one bead, in or out of the band; both sides contiguous, not empty."""
        a, b, i, j = len(ko), len(en), ko[0], en[0]
        similarity = self._similarity(a, b, i, j)
        hub = (self.ko_hub[i + a] - self.ko_hub[i]) / (2 * a)
        hub += (self.en_hub[j + b] - self.en_hub[j]) / (2 * b)
        stretch = np.log(self.ko_length[i + a] - self.ko_length[i])
        stretch -= np.log(self.en_length[j + b] - self.en_length[j]) + self.ratio
        shorter = [self._similarity(a - 1, b, i + d, j) for d in (0, 1) if a > 1]
        shorter += [self._similarity(a, b - 1, i, j + d) for d in (0, 1) if b > 1]
        quotes = (self.ko_quotes[i + a] - self.ko_quotes[i]) - (
            self.en_quotes[j + b] - self.en_quotes[j]
        )
        gain = (similarity - max(shorter)) / self.scale if shorter else 0.0
        return np.array(
            [
                1.0,
                (similarity - self.level) / self.scale,
                (hub - self.level) / self.scale,
                min(stretch**2, 4.0),
                abs(stretch),
                gain,
                min(abs(quotes), 3.0),
            ]
        )

    def _similarity(self, a: int, b: int, i: int, j: int) -> float:
        return float(self.ko_runs[a - 1][i] @ self.en_runs[b - 1][j])

    def potential(self, ko: Sequence[int], en: Sequence[int]) -> float:
        """The potential of one step: a bead, or a null of one sentence."""
        return float(sum(self.evidence(ko, en).values()))

    def evidence(self, ko: Sequence[int], en: Sequence[int]) -> dict[str, float]:
        """The potential of one step by named part, rounded for reading."""
        if ko and en:
            weights = self.weights.beads[shape_of(len(ko), len(en))]
            parts = weights * self.features(ko, en)
            return {
                name: round(float(x), 4)
                for name, x in zip(FEATURE_NAMES, parts, strict=True)
                if x != 0
            }
        features = self.ko_null[:, ko[0]] if ko else self.en_null[:, en[0]]
        parts = self.weights.null * features
        named = zip(NULL_FEATURE_NAMES, parts, strict=True)
        return {name: round(float(x), 4) for name, x in named}


def lattice(
    ko_runs: list[Floats],
    en_runs: list[Floats],
    ko_texts: Sequence[str],
    en_texts: Sequence[str],
    usual: Usual,
    weights: Weights = WEIGHTS,
) -> Lattice:
    """The lattice of two texts, each with at least one sentence.

    Parameters
    ----------
    ko_runs, en_runs: vectors of runs of 1 … ``LONGEST`` sentences, see
        :func:`align.encoder.run_vectors`.
    ko_texts, en_texts: the sentences.
    usual: the encoder on the reference pairs.
    """
    ko, en = ko_runs[0], en_runs[0]
    level = _random_level(ko, en, usual)
    near = neighbourhood(ko, en, random_level=level)
    ko_length, en_length = _lengths(ko_texts), _lengths(en_texts)
    band = band_for(len(ko), len(en), near.anchors, near.margin)
    scale = _true_level(near, level, usual) - level
    return Lattice(
        ko_runs=ko_runs,
        en_runs=en_runs,
        band=band,
        sims=_band_similarities(ko_runs, en_runs, band),
        ko_hub=_cumulative(near.ko_hub),
        en_hub=_cumulative(near.en_hub),
        ko_length=_cumulative(ko_length),
        en_length=_cumulative(en_length),
        ko_quotes=_cumulative(_quotations(ko_texts)),
        en_quotes=_cumulative(_quotations(en_texts)),
        level=level,
        scale=scale,
        ratio=_log_ratio(near, ko_length, en_length),
        ko_null=_null_features(near.ko_best / scale, ko_length),
        en_null=_null_features(near.en_best / scale, en_length),
        weights=weights,
    )


def shape_of(a: int, b: int) -> int:
    """The shape class of a bead of a Korean and b English sentences."""
    from align.kernels import SHAPE, TYPES

    return int(SHAPE[np.flatnonzero((TYPES[:, 0] == a) & (TYPES[:, 1] == b))[0]])


def _lengths(texts: Sequence[str]) -> Doubles:
    return np.array([max(len(text), 1) for text in texts], dtype=np.float64)


def _quotations(texts: Sequence[str]) -> Doubles:
    """Quotations that begin in each text; straight quotation marks count by twos."""
    return np.array([text.count("“") + text.count('"') // 2 for text in texts], dtype=np.float64)


def _cumulative(values: NDArray[np.floating]) -> Doubles:
    return np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])


def _random_level(ko: Floats, en: Floats, usual: Usual) -> float:
    """Median cosine over all pairs (an even sample of long texts), leaning on the usual level."""
    rows, columns = _even(len(ko)), _even(len(en))
    pairs = len(rows) * len(columns)
    median = float(np.median(ko[rows] @ en[columns].T))
    return (pairs * median + _RANDOM_WEIGHT * usual.random) / (pairs + _RANDOM_WEIGHT)


def _even(n: int) -> NDArray[np.int64]:
    return np.unique(np.linspace(0, n - 1, min(n, _SAMPLE)).astype(np.int64))


def _true_level(near: Neighbourhood, level: float, usual: Usual) -> float:
    anchors = len(near.similarity)
    median = float(np.median(near.similarity)) if anchors else usual.true
    estimate = (anchors * median + _TRUE_WEIGHT * usual.true) / (anchors + _TRUE_WEIGHT)
    return max(estimate, level + _LEAST_TRUE * (usual.true - usual.random), level + 1e-3)


def _log_ratio(near: Neighbourhood, ko_length: Doubles, en_length: Doubles) -> float:
    i, j = near.anchors[:, 0], near.anchors[:, 1]
    if not len(i):
        return _USUAL_RATIO
    median = float(np.median(np.log(ko_length[i] / en_length[j])))
    return (len(i) * median + _RATIO_WEIGHT * _USUAL_RATIO) / (len(i) + _RATIO_WEIGHT)


def _null_features(best_margin: NDArray[np.floating], length: Doubles) -> Doubles:
    relative_length = np.log(length / length.mean())
    return np.stack([np.ones(len(length)), best_margin.astype(np.float64), relative_length])


def _band_similarities(ko_runs: list[Floats], en_runs: list[Floats], band: Band) -> Doubles:
    """Cosines of all beads of the band, shape (types, n + 1, width); 0 outside it."""
    from align.kernels import TYPES

    n, width = len(band.low) - 1, band.width
    sims = np.zeros((len(TYPES), n + 1, width))
    block = 64 if width <= n else n + 1
    for t, (a, b) in enumerate(TYPES):
        ko, en = ko_runs[a - 1], en_runs[b - 1]
        for top in range(0, len(ko), block):
            rows = np.arange(top, min(top + block, len(ko)))
            first = int(band.low[rows[0]])
            product = ko[rows] @ en[first : int(band.high[rows[-1]]) + 1].T
            for row, values in zip(rows, product, strict=True):
                skip = int(band.low[row]) - first
                part = values[skip : skip + width]
                sims[t, row, : len(part)] = part
    return sims
