"""BLEU, chrF++ and TER of translations against references, as sacrebleu computes and signs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from align.errors import InputError

MetricName = Literal["BLEU", "chrF++", "TER"]
METRICS: tuple[MetricName, ...] = ("BLEU", "chrF++", "TER")


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
) -> tuple[Score, ...]:
    """Scores of translated segments against one reference each, with sacrebleu's defaults.

    The same numbers as ``sacrebleu REF -i HYP -m bleu chrf ter --chrf-word-order 2``.

    Raises
    ------
    InputError: there are no segments, or not as many of one as of the other, or a metric is
        unknown.
    """
    if not hypotheses or len(hypotheses) != len(references):
        raise InputError(
            f"{len(hypotheses)} translations do not match {len(references)} references",
            remedy="give one reference for each translation, and at least one of both",
        )
    return tuple(_score(name, hypotheses, references) for name in metrics)


def _score(name: MetricName, hypotheses: Sequence[str], references: Sequence[str]) -> Score:
    from sacrebleu.metrics import BLEU, CHRF, TER

    makers = {"BLEU": BLEU, "chrF++": lambda: CHRF(word_order=2), "TER": TER}
    if name not in makers:
        raise InputError(f"unknown metric {name!r}", remedy=f"use one of {', '.join(METRICS)}")
    metric = makers[name]()
    result = metric.corpus_score(list(hypotheses), [list(references)])
    return Score(name, float(result.score), str(metric.get_signature()))
