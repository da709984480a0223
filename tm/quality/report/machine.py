"""Scores as JSON; docs/json.md says what the fields mean."""

from __future__ import annotations

from typing import Any

from tm.quality.scores import Evaluation, Score, SystemScores
from tm.quality.scores.adequacy import Adequacy

Json = dict[str, Any]


def score_json(score: Score) -> Json:
    return {"metric": score.name, "value": score.value, "signature": score.signature}


def evaluation_json(found: Evaluation, worst: int | None = None) -> Json:
    """An evaluation; ``worst`` limits the segments of each system, all of them without it."""
    segments = found.segments
    return {
        "lang": segments.lang,
        "segments": len(segments),
        "references": segments.reference_count,
        "notes": list(segments.notes),
        "systems": [_system_json(found, number, worst) for number in range(len(found.systems))],
    }


def _system_json(found: Evaluation, number: int, worst: int | None) -> Json:
    system = found.systems[number]
    return {
        "system": system.name,
        "scores": [_full_score_json(system, score) for score in system.scores],
        "adequacy": system.adequacy and _adequacy_json(system.adequacy),
        "articles": [
            {"article": one.article, "segments": one.segments, "values": dict(one.values)}
            for one in system.articles
        ],
        "worst": [_segment_json(found, number, row) for row in found.worst(system)[:worst]],
    }


def _full_score_json(system: SystemScores, score: Score) -> Json:
    around = system.intervals.get(score.name)
    compared = system.comparisons.get(score.name)
    return {
        **score_json(score),
        "interval": around
        and {
            "low": around.low,
            "high": around.high,
            "mean": around.mean,
            "signature": around.signature,
        },
        "comparison": compared
        and {
            "difference": compared.difference,
            "p": compared.p,
            "test": compared.test,
            "signature": compared.signature,
        },
    }


def _adequacy_json(near: Adequacy) -> Json:
    return {
        "is_score": False,
        "signature": near.signature,
        "source": near.mean_to_source,
        "reference": near.mean_to_reference,
        "usual": {
            "translations": near.levels.translations,
            "unrelated": near.levels.unrelated,
            "unrelated_within": near.levels.unrelated_within,
        },
    }


def _segment_json(found: Evaluation, number: int, row: int) -> Json:
    segments, system = found.segments, found.systems[number]
    near = system.adequacy
    cosines = near and {
        "source": None if near.to_source is None else float(near.to_source[row]),
        "reference": float(near.to_reference[row]),
    }
    return {
        "number": segments.numbers[row],
        "article": segments.articles[row] if segments.articles else None,
        "values": {name: float(values[row]) for name, values in system.segments.items()},
        "adequacy": cosines,
        "source": segments.sources[row] if segments.sources else None,
        "translation": segments.systems[number].texts[row],
        "references": list(segments.references[row]),
    }
