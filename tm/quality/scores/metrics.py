"""BLEU, chrF++ and TER of translations against references, as sacrebleu computes and signs them.

Each metric is a function of a few numbers per segment (matches, lengths, edits) that add up over
segments. They are collected once, a slice of segments at a time, and give the scores of the whole,
of an article and of a segment, and those of resampled segments (:mod:`.significance`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from align.errors import InputError
from tm.quality.scores.segments import Segments, System

MetricName = Literal["BLEU", "chrF++", "TER"]
METRICS: tuple[MetricName, ...] = ("BLEU", "chrF++", "TER")

#: Numbers that add up over segments: shape (segments, numbers of the metric).
Statistics = NDArray[np.float64]

#: Segments whose references are held in memory as n-grams at a time.
_SLICE = 250


@dataclass(frozen=True, slots=True)
class Score:
    """A corpus score. BLEU and chrF++ rise to 100; TER falls to 0.

    ``signature`` is sacrebleu's own and says exactly how the number was made.
    """

    name: MetricName
    value: float
    signature: str

    def __str__(self) -> str:
        return f"{self.name}|{self.signature} = {self.value:.1f}"


def score(
    hypotheses: Sequence[str],
    references: Sequence[str],
    metrics: Sequence[MetricName] = METRICS,
    lang: Lang = "en",
) -> tuple[Score, ...]:
    """Scores of translated segments against one reference each, with sacrebleu's defaults.

    The same numbers as ``sacrebleu REF -i HYP -m bleu chrf ter --chrf-word-order 2``; for Korean
    (``lang="ko"``) with ``--tokenize ko-mecab`` or, where that is not installed, ``char``.

    Raises
    ------
    InputError: there are no segments, or not as many of one as of the other, or a metric is
        unknown.
    """
    segments = Segments(
        (System("translation", tuple(hypotheses)),), tuple((text,) for text in references), lang
    )
    return tuple(
        Score(name, metric.value(metric.statistics(segments)[0].sum(axis=0)), metric.signature())
        for name, metric in ((name, Metric(name, lang)) for name in metrics)
    )


class Metric:
    """One of sacrebleu's metrics, for translations into ``lang``.

    Besides what sacrebleu documents, the methods by which its metrics collect and evaluate their
    numbers are used; the tests compare every figure with the sacrebleu command's.
    """

    def __init__(self, name: MetricName, lang: Lang = "en"):
        makers = _makers(lang)
        if name not in makers:
            raise InputError(f"unknown metric {name!r}", remedy=f"use one of {', '.join(METRICS)}")
        self.name = name
        self._metric = makers[name](False)
        self._of_segment = makers[name](True)

    def statistics(self, segments: Segments) -> list[Statistics]:
        """For each system, the numbers of each segment."""
        collected: list[list[list[float]]] = [[] for _ in segments.systems]
        for first in range(0, len(segments), _SLICE):
            end = min(first + _SLICE, len(segments))
            self._metric._ref_cache = self._metric._cache_references(segments.streams(first, end))
            for system, rows in zip(segments.systems, collected, strict=True):
                rows += self._metric._extract_corpus_statistics(system.texts[first:end], None)
        self._metric._ref_cache = None
        count = segments.reference_count
        self._metric.num_refs = -1 if count is None else count  # sacrebleu's sign for "they vary"
        return [np.array(rows, dtype=np.float64) for rows in collected]

    def value(self, total: NDArray[np.floating[Any]]) -> float:
        """The score of segments whose numbers add up to ``total``, in the precision of these."""
        score: float = self._metric._compute_score_from_stats(total).score
        return score

    def segment_value(self, numbers: NDArray[np.floating[Any]]) -> float:
        """The score of one segment, as ``sacrebleu --sentence-level`` gives it."""
        return float(self._of_segment._compute_score_from_stats(numbers).score)

    def signature(self, **settings: int) -> str:
        """sacrebleu's signature; ``settings`` are those of resampling, ``bs``, ``ar``, ``seed``."""
        signature = self._metric.get_signature()
        for key, value in settings.items():
            signature.update(key, value)
        return str(signature)


def _makers(lang: Lang) -> dict[str, Callable[[bool], Any]]:
    """Makers of the metrics, for the whole (``False``) or for single segments (``True``), where
    BLEU counts only the lengths of n-grams that a segment has room for."""
    from sacrebleu.metrics import BLEU, CHRF, TER

    tokenizer = _korean_tokenizer() if lang == "ko" else None
    return {
        "BLEU": lambda of_segment: BLEU(tokenize=tokenizer, effective_order=of_segment, force=True),
        "chrF++": lambda _: CHRF(word_order=2),
        "TER": lambda _: TER(),
    }


@cache
def _korean_tokenizer() -> str:
    """sacrebleu's morphemes for Korean if ``sacrebleu[ko]`` is installed, else characters."""
    from sacrebleu.metrics import BLEU

    try:
        BLEU(tokenize="ko-mecab")
    except (RuntimeError, AssertionError):  # not installed, or with another dictionary
        return "char"
    return "ko-mecab"
