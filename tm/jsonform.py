"""Results as JSON values: the stable forms of docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tm.match import Match
    from tm.quality.consistency import Inconsistency
    from tm.search.concordance import Hit
    from tm.store import ArticleRecord
    from tm.terms.rendering import Rendering, Suggestion
    from tm.unit import TranslationUnit

Json = dict[str, Any]


def unit_json(unit: TranslationUnit) -> Json:
    where = unit.provenance
    return {
        "id": unit.id,
        "source": unit.source,
        "target": unit.target,
        "article": where.article,
        "position": where.position,
        "translator": where.translator,
        "date": where.date,
        "origin": where.origin,
        "confidence": unit.confidence,
        "status": unit.status,
    }


def article_json(record: ArticleRecord) -> Json:
    return {
        "id": record.id,
        "title_ko": record.title_ko,
        "title_en": record.title_en,
        "date": record.date,
        "translator": record.translator,
        "place": record.place,
        "file_ko": record.file_ko,
        "file_en": record.file_en,
        "origin": record.origin,
        "version": record.version,
        "change": record.change,
        "added_at": record.added_at,
        "added_by": record.added_by,
    }


def match_json(match: Match) -> Json:
    return {
        "percent": match.percent,
        "kind": match.kind,
        "differences": [
            {"kind": d.kind, "query": d.query, "candidate": d.candidate} for d in match.differences
        ],
        "unit": unit_json(match.unit),
    }


def hit_json(hit: Hit) -> Json:
    return {
        "source_spans": [list(span) for span in hit.source_spans],
        "target_spans": [list(span) for span in hit.target_spans],
        "unit": unit_json(hit.unit),
    }


def suggestion_json(suggestion: Suggestion) -> Json:
    return {
        "term": suggestion.term,
        "lang": suggestion.lang,
        "occurrences": suggestion.occurrences,
        "renderings": [_rendering_json(rendering) for rendering in suggestion.renderings],
        "guesses": [{"text": guess.text, "how": guess.how} for guess in suggestion.guesses],
    }


def _rendering_json(rendering: Rendering) -> Json:
    return {
        "text": rendering.text,
        "status": rendering.status,
        "count": rendering.count,
        "share": round(rendering.share, 4),
        "gloss": rendering.gloss,
        "abbreviation": rendering.abbreviation,
        "variants": list(rendering.variants),
        "first": rendering.first,
        "last": rendering.last,
        "translators": list(rendering.translators),
        "articles": list(rendering.articles),
        "note": rendering.note,
        "evidence": {name: round(value, 4) for name, value in rendering.evidence.items()},
        "examples": [
            {
                "source_spans": [list(span) for span in example.source_spans],
                "target_spans": [list(span) for span in example.target_spans],
                "unit": unit_json(example.unit),
            }
            for example in rendering.examples
        ],
    }


def finding_json(finding: Inconsistency) -> Json:
    return {
        "kind": finding.kind,
        "subject": finding.subject,
        "severity": round(finding.severity, 4),
        "occurrences": finding.occurrences,
        "preferred": finding.preferred,
        "uses": [
            {
                "text": use.text,
                "status": use.status,
                "count": use.count,
                "share": round(use.share, 4),
                "translators": [{"name": name, "count": n} for name, n in use.translators],
                "first": use.first,
                "last": use.last,
                "examples": [unit_json(unit) for unit in use.examples],
            }
            for use in finding.uses
        ],
    }
