"""How good translations are beside a reference: BLEU, chrF++ and TER as sacrebleu computes them."""

from tm.quality.scores.evaluation import Evaluation, SystemScores, evaluate
from tm.quality.scores.metrics import METRICS, MetricName, Score, score
from tm.quality.scores.segments import Segments, System

__all__ = [
    "METRICS",
    "Evaluation",
    "MetricName",
    "Score",
    "Segments",
    "System",
    "SystemScores",
    "evaluate",
    "score",
]
