"""How sure a score is, and whether two systems differ: sacrebleu's resampling, in little memory.

Confidence intervals are from bootstrap resampling, differences from paired bootstrap resampling
(Koehn, "Statistical Significance Tests for Machine Translation Evaluation", EMNLP 2004) or from
approximate randomisation (Riezler and Maxwell, "On Some Pitfalls in Automatic Evaluation and
Significance Testing for MT", 2005). sacrebleu draws all samples at once, which takes gigabytes for
ten thousand segments; here they are drawn in blocks from the same stream of random numbers, so that
the figures are those of ``sacrebleu --confidence``, ``--paired-bs`` and ``--paired-ar``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import mean
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from tm.quality.scores.metrics import Metric, Statistics

Test = Literal["bootstrap", "randomisation"]

#: Scores of samples, in sacrebleu's own precision, which is single for some metrics.
Scores = NDArray[np.floating[Any]]

#: sacrebleu's defaults.
SEED = 12345
RESAMPLES = 1000
TRIALS = 10_000

#: Random numbers drawn at a time.
_BLOCK = 1 << 21


@dataclass(frozen=True, slots=True)
class Interval:
    """The 95 % confidence interval ``mean`` ± ``margin``."""

    mean: float
    margin: float
    signature: str

    @property
    def low(self) -> float:
        return self.mean - self.margin

    @property
    def high(self) -> float:
        return self.mean + self.margin


@dataclass(frozen=True, slots=True)
class Comparison:
    """A system against the first one: its score less theirs, and how likely chance alone brings
    so large a difference."""

    difference: float
    p: float
    test: Test
    signature: str

    @property
    def is_significant(self) -> bool:
        return self.p < 0.05


def resampled(metric: Metric, statistics: Statistics) -> Scores:
    """The scores of :data:`RESAMPLES` samples of the segments, drawn with replacement."""
    small = statistics.astype(np.float32)  # as sacrebleu adds them up
    rng = np.random.default_rng(SEED)
    return np.array(
        [
            metric.value(small[sample].sum(0))
            for rows in _blocks(RESAMPLES, len(small))
            for sample in rng.choice(len(small), size=(rows, len(small)), replace=True)
        ]
    )


def interval(metric: Metric, scores: Scores) -> Interval:
    """The interval between the 2.5th and 97.5th percentile of resampled scores."""
    ordered = np.sort(scores)
    cut = len(ordered) // 40
    margin = 0.5 * (ordered[len(ordered) - cut - 1] - ordered[cut])
    return Interval(float(mean(scores)), float(margin), metric.signature(bs=len(scores), seed=SEED))


def paired_bootstrap(
    metric: Metric,
    difference: float,
    baseline: Scores,
    system: Scores,
) -> Comparison:
    """A comparison of the resampled scores of two systems, by the same samples."""
    differences = np.abs(system - baseline)
    p = _p_value(differences - differences.mean(), abs(difference))
    return Comparison(difference, p, "bootstrap", metric.signature(bs=len(system), seed=SEED))


def randomised(
    metric: Metric, difference: float, baseline: Statistics, system: Statistics
) -> Comparison:
    """A comparison by :data:`TRIALS` trials in which each segment's two translations are swapped or
    not, by chance."""
    rng = np.random.default_rng(SEED)
    differences: list[float] = []
    for rows in _blocks(TRIALS, len(system)):
        keep = rng.integers(2, size=(rows, len(system)), dtype=bool)
        ours = keep @ baseline + ~keep @ system
        theirs = ~keep @ baseline + keep @ system
        differences += [
            metric.value(a) - metric.value(b) for a, b in zip(ours, theirs, strict=True)
        ]
    p = _p_value(np.abs(np.array(differences)), abs(difference))
    return Comparison(difference, p, "randomisation", metric.signature(ar=TRIALS, seed=SEED))


def _p_value(chance: Scores, difference: float) -> float:
    """How often chance makes more than the difference; never 0, as it was tried finitely often."""
    return (int(np.sum(chance > difference)) + 1) / (len(chance) + 1)


def _blocks(samples: int, segments: int) -> Iterator[int]:
    """Sizes of blocks of samples. They are multiples of 32, as numpy draws 32 truth values at a
    time and forgets what is left over."""
    size = max(1, _BLOCK // (32 * segments)) * 32
    for first in range(0, samples, size):
        yield min(size, samples - first)
