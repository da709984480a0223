"""Rows of the tables as records, and records as rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from math import isfinite
from typing import Any, NamedTuple, get_args

from align.errors import InputError
from tm.search.fold import key
from tm.store.details import details_json, details_of, kept_json, kept_of
from tm.store.records import ArticleRecord
from tm.unit import Provenance, Status, TranslationUnit

SELECT_UNIT = """
    SELECT u.id, u.source, u.target, u.confidence, u.status, a.id, u.position,
           coalesce(u.translator, a.translator), coalesce(u.date, a.date),
           coalesce(u.origin, a.origin), u.details
    FROM units u JOIN articles a ON a.number = u.article
"""

SELECT_ARTICLE = """
    SELECT a.id, a.title_ko, a.title_en, a.date, a.translator, a.place, a.file_ko, a.file_en,
           a.origin, a.kept, a.version, a.ended IS NULL, a.born, c.at, c.who
    FROM articles a JOIN changes c ON c.number = a.born
"""

STATUSES: tuple[Status, ...] = get_args(Status)

#: What a unit is, without its place in the memory and in time.
CONTENT = (
    "source_key, target_key, source, target, confidence, status, translator, date, origin, details"
)


class Content(NamedTuple):
    """The columns of :data:`CONTENT`."""

    source_key: int
    target_key: int
    source: str
    target: str
    confidence: float
    status: str
    translator: str | None
    date: str | None
    origin: str | None
    details: str | None


def content_of(unit: TranslationUnit, article: ArticleRecord, place: str) -> Content:
    """What a unit of ``article`` says, as the store keeps it.

    Raises
    ------
    InputError: a text holds half a surrogate pair, which is no character; there is no such status;
        or the confidence is no number.
    """
    if unit.status not in STATUSES or not isfinite(unit.confidence):
        raise InputError(
            f"status {unit.status!r}, confidence {unit.confidence}",
            place=place,
            remedy=f"a status is one of {', '.join(STATUSES)}, a confidence a number from 0 to 1",
        )
    own = unit.provenance
    content = Content(
        key(unit.source),
        key(unit.target),
        unit.source,
        unit.target,
        unit.confidence,
        unit.status,
        None if own.translator == article.translator else own.translator,
        None if own.date == article.date else own.date,
        None if own.origin == article.origin else own.origin,
        details_json(unit.details),
    )
    check_texts(place, content)
    return content


def check_texts(place: str, values: Iterable[object]) -> None:
    """Refuse what no database keeps: half a surrogate pair in a text.

    Raises
    ------
    InputError: naming the ``place`` and the character.
    """
    texts = [value for value in values if isinstance(value, str)]
    try:
        "".join(texts).encode()
    except UnicodeEncodeError:
        at = next(found for text in texts if (found := _half_pair(text)) is not None)
        raise InputError(
            f"character {at} of a text is half a surrogate pair, no character",
            place=place,
            remedy="read the file again with the right encoding",
        ) from None


def _half_pair(text: str) -> int | None:
    return next((i for i, letter in enumerate(text) if "\ud800" <= letter <= "\udfff"), None)


def described(article: ArticleRecord) -> tuple[str | None, ...]:
    """The columns of an article that its record gives, from ``id`` to ``kept``."""
    return (
        article.id,
        article.title_ko,
        article.title_en,
        article.date,
        article.translator,
        article.place,
        article.file_ko,
        article.file_en,
        article.origin,
        kept_json(article.kept),
    )


def unit_of(row: tuple[Any, ...]) -> TranslationUnit:
    """A row of :data:`SELECT_UNIT`."""
    number, source, target, confidence, status, article, position, *rest = row
    translator, date, origin, details = rest
    provenance = Provenance(article, position, translator, date, origin)
    return TranslationUnit(
        source, target, provenance, confidence, status, details_of(details), number
    )


def article_of(row: tuple[Any, ...]) -> ArticleRecord:
    """A row of :data:`SELECT_ARTICLE`."""
    told, (kept, version, current, change, at, who) = row[:9], row[9:]
    record = ArticleRecord(*told)
    given = {"version": version, "current": bool(current), "change": change}
    return replace(record, kept=kept_of(kept), **given, added_at=at, added_by=who)


def marks(values: tuple[object, ...] | list[object]) -> str:
    """A question mark for each value to bind."""
    return ",".join("?" * len(values))
