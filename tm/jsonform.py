"""Results as JSON values: the stable forms of docs/json.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tm.analyse import Analysis, Counts
    from tm.fragments import Fragment
    from tm.match import Match
    from tm.quality.consistency import Inconsistency
    from tm.quality.findings import Finding
    from tm.search.concordance import Hit
    from tm.store import ArticleRecord, Change, Decision, Event
    from tm.terms.renderings.rendering import KnownTerm, Rendering, Suggestion
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
        "kept": [list(pair) for pair in record.kept],
        "version": record.version,
        "change": record.change,
        "added_at": record.added_at,
        "added_by": record.added_by,
    }


def change_json(change: Change) -> Json:
    return {
        "number": change.number,
        "at": change.at,
        "who": change.who,
        "why": change.why,
        "kind": change.kind,
        "article": change.article,
        "undoes": change.undoes,
        "born": change.born,
        "ended": change.ended,
        "marked": change.marked,
        "concepts": change.concepts,
        "decisions": change.decisions,
    }


def event_json(event: Event) -> Json:
    return {
        "what": event.what,
        "change": change_json(event.change),
        "unit": unit_json(event.unit),
    }


def checked_json(finding: Finding, waiver: Decision | None = None) -> Json:
    """A finding of a check; ``waived`` is the reason why it may stand, or null."""
    return {
        "check": finding.check,
        "severity": finding.severity,
        "message": finding.message,
        "key": finding.key,
        "suggestion": finding.suggestion,
        "source_spans": [list(span) for span in finding.source_spans],
        "target_spans": [list(span) for span in finding.target_spans],
        "waived": waiver.reason if waiver else None,
        "unit": unit_json(finding.unit) if finding.unit else None,
    }


def match_json(match: Match) -> Json:
    is_semantic = match.kind == "semantic"
    return {
        "percent": None if is_semantic else match.percent,
        "kind": match.kind,
        "similarity": None if match.similarity is None else round(match.similarity, 4),
        "differences": [
            {"kind": d.kind, "query": d.query, "candidate": d.candidate} for d in match.differences
        ],
        "repaired": match.repair
        and {"target": match.repair.text, "spans": [list(span) for span in match.repair.spans]},
        "memory": match.memory or None,
        "penalty": match.penalty,
        "unit": unit_json(match.unit),
    }


def fragment_json(fragment: Fragment) -> Json:
    target = fragment.target_span
    return {
        "query_span": list(fragment.query_span),
        "source_span": list(fragment.source_span),
        "target_span": None if target is None else list(target),
        "memory": fragment.memory or None,
        "unit": unit_json(fragment.unit),
    }


def analysis_json(analysis: Analysis) -> Json:
    return {
        "files": [
            {"file": found.file, "lang": found.lang, "bands": _bands_json(found.counts)}
            for found in analysis.files
        ],
        "total": _bands_json(analysis.total),
        "left_out": [{"place": out.place, "reason": out.reason} for out in analysis.left_out],
    }


def _bands_json(counts: Counts) -> Json:
    return {
        band: {"segments": c.segments, "words": c.words, "characters": c.characters}
        for band, c in counts.items()
    }


def hit_json(hit: Hit) -> Json:
    return {
        "source_spans": [list(span) for span in hit.source_spans],
        "target_spans": [list(span) for span in hit.target_spans],
        "rendering_spans": [list(span) for span in hit.rendering_spans],
        "memory": hit.memory or None,
        "unit": unit_json(hit.unit),
    }


def suggestion_json(suggestion: Suggestion) -> Json:
    return {
        "term": suggestion.term,
        "lang": suggestion.lang,
        "occurrences": suggestion.occurrences,
        "renderings": [_rendering_json(rendering) for rendering in suggestion.renderings],
        "unwanted": [_rendering_json(rendering) for rendering in suggestion.unwanted],
        "guesses": [{"text": guess.text, "how": guess.how} for guess in suggestion.guesses],
    }


def known_term_json(known: KnownTerm) -> Json:
    return {"span": [known.start, known.end], **suggestion_json(known.suggestion)}


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
        "definition": rendering.definition,
        "note": rendering.note,
        "instead": rendering.instead,
        "valid_from": rendering.valid_from,
        "valid_until": rendering.valid_until,
        "unsure": rendering.is_unsure,
        "evidence": {name: round(value, 4) for name, value in rendering.evidence.items()},
        "examples": [
            {
                "source_spans": [list(span) for span in example.source_spans],
                "target_spans": [list(span) for span in example.target_spans],
                "memory": example.memory or None,
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
