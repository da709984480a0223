"""Scores of systems, their articles and segments, how sure they are, and which system is better."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from tm.quality.scores.metrics import METRICS, Metric, MetricName, Score, Statistics
from tm.quality.scores.segments import Segments
from tm.quality.scores.significance import (
    Comparison,
    Interval,
    Scores,
    Test,
    interval,
    paired_bootstrap,
    randomised,
    resampled,
)

if TYPE_CHECKING:
    from tm.quality.scores.adequacy import Adequacy

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ArticleScores:
    """The scores of one article, computed over its segments together, by metric."""

    article: str
    segments: int
    values: dict[MetricName, float]


@dataclass(frozen=True, slots=True)
class SystemScores:
    """All scores of one system, by metric.

    ``segments`` has an array of n values for each metric; ``intervals`` is empty if they were not
    asked for, ``comparisons`` for the system that the others are compared with, which is the first.
    """

    name: str
    scores: tuple[Score, ...]
    segments: dict[MetricName, Values]
    articles: tuple[ArticleScores, ...]
    intervals: dict[MetricName, Interval]
    comparisons: dict[MetricName, Comparison]
    adequacy: Adequacy | None = None


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Systems, in the order given, on the same segments."""

    segments: Segments
    systems: tuple[SystemScores, ...]

    def worst(self, system: SystemScores, metric: MetricName = "chrF++") -> list[int]:
        """Rows of the segments that are no empty lines, the worst first; of those that score the
        same, the earlier first."""
        values = system.segments[metric] * (-1 if metric == "TER" else 1)
        rows = (int(row) for row in np.argsort(values, kind="stable"))
        return [row for row in rows if not self.segments.is_blank(row)]


def evaluate(
    segments: Segments,
    *,
    metrics: Sequence[MetricName] = METRICS,
    confidence: bool = True,
    test: Test = "bootstrap",
    adequacy: Sequence[Adequacy] = (),
) -> Evaluation:
    """Everything that can be said of the systems.

    Parameters
    ----------
    confidence: whether to compute intervals; where several systems are compared by the bootstrap
        they cost nothing.
    test: by which the second and further systems are compared with the first.
    adequacy: of each system, from :func:`tm.quality.scores.adequacy.adequacy_of`.
    """
    made = [_of_metric(Metric(name, segments.lang), segments, confidence, test) for name in metrics]
    return Evaluation(
        segments,
        tuple(
            SystemScores(
                name=system.name,
                scores=tuple(one.scores[number] for one in made),
                segments={one.name: one.segments[number] for one in made},
                articles=_articles(segments, [one.articles[number] for one in made], metrics),
                intervals={one.name: one.intervals[number] for one in made if one.intervals},
                comparisons={one.name: one.comparisons[number - 1] for one in made}
                if number
                else {},
                adequacy=adequacy[number] if adequacy else None,
            )
            for number, system in enumerate(segments.systems)
        ),
    )


@dataclass(frozen=True, slots=True)
class _OfMetric:
    """What one metric says of each system; comparisons start with the second."""

    name: MetricName
    scores: list[Score]
    segments: list[Values]
    articles: list[list[float]]
    intervals: list[Interval]
    comparisons: list[Comparison]


def _of_metric(metric: Metric, segments: Segments, confidence: bool, test: Test) -> _OfMetric:
    collected = metric.statistics(segments)
    values = [metric.value(statistics.sum(axis=0)) for statistics in collected]
    is_compared = len(collected) > 1
    samples: list[Scores] = []
    if confidence or (is_compared and test == "bootstrap"):
        samples = [resampled(metric, statistics) for statistics in collected]
    comparisons = [
        paired_bootstrap(metric, values[number] - values[0], samples[0], samples[number])
        if test == "bootstrap"
        else randomised(metric, values[number] - values[0], collected[0], collected[number])
        for number in range(1, len(collected))
    ]
    signature = metric.signature()
    return _OfMetric(
        metric.name,
        [Score(metric.name, value, signature) for value in values],
        [np.array([metric.segment_value(row) for row in rows]) for rows in collected],
        [_article_values(metric, segments, statistics) for statistics in collected],
        [interval(metric, scores) for scores in samples],
        comparisons,
    )


def _article_values(metric: Metric, segments: Segments, statistics: Statistics) -> list[float]:
    return [metric.value(statistics[rows].sum(axis=0)) for rows in _rows(segments).values()]


def _rows(segments: Segments) -> dict[str, list[int]]:
    """The rows of each article, in the order of their first segments."""
    rows: dict[str, list[int]] = {}
    for row, article in enumerate(segments.articles or ()):
        rows.setdefault(article, []).append(row)
    return rows


def _articles(
    segments: Segments, values: Sequence[Sequence[float]], metrics: Sequence[MetricName]
) -> tuple[ArticleScores, ...]:
    return tuple(
        ArticleScores(article, len(rows), dict(zip(metrics, numbers, strict=True)))
        for (article, rows), *numbers in zip(_rows(segments).items(), *values, strict=True)
    )
