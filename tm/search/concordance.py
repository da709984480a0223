"""Concordance: where a word or phrase stands in the memory, on either side.

Korean is found anywhere in a text, whatever the spacing: 비핵화 finds 비 핵화와, 돈주 finds 돈주들.
English is found in words: *ice* finds *ice* and *Ice's*, not *police* or *iceberg*; the last word
may be inflected (*missile* finds *missiles*, *party* parties, *denounce* denouncing), and ends
anywhere after a ``*`` (*nucle* with a star finds *nuclear*). Hyphens, blanks, quotation marks and
case do not count in either language (:data:`tm.search.fold.LOOSE`).

The gram index names candidates; whether they are hits is decided by their text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from align.article import Lang
from align.errors import InputError
from tm.search.fold import LOOSE, fold, lowered, original_spans
from tm.store import Filter, Row, Store
from tm.unit import TranslationUnit

_GAP = f"[{LOOSE}]*"
_POSSESSIVE = ("['\u2019]s", "s['\u2019]?")
_YEAR_FIRST = re.compile(r"\d{4}")

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit and where the text stands in its source and in its target (end exclusive)."""

    unit: TranslationUnit
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Some of the hits, newest first, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Query:
    """A text to look for: folded forms for the index, a pattern for lowered texts."""

    needles: tuple[str, ...]
    pattern: re.Pattern[str]

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where ``text`` holds it, in order and apart."""
        found = [match.span() for match in self.pattern.finditer(lowered(text))]
        return tuple(original_spans(text, found))

    def is_in(self, text: str) -> bool:
        return self.pattern.search(lowered(text)) is not None


def query(text: str, lang: Lang) -> Query:
    """What to look for in texts of ``lang``.

    Raises
    ------
    InputError: nothing is left of ``text`` without blanks, hyphens and quotation marks.
    """
    is_prefix = lang == "en" and text.rstrip().endswith("*")
    folded = fold(text.rstrip().removesuffix("*") if is_prefix else text)
    if not folded:
        raise InputError("nothing to search for", remedy="give a word or a phrase")
    if lang == "ko":
        return Query((folded,), re.compile(_spelt(folded)))
    forms = [(folded, r"\w*")] if is_prefix else list(_english_forms(folded, text))
    # The first letter comes before the look-behind: re finds a literal start far faster.
    first = re.escape(folded[0]) + (rf"(?<!\w{folded[0]})" if _is_letter(folded[0]) else "")
    after = r"(?!\w)" if _is_letter(folded[-1]) else ""
    rest = "|".join(_spelt(form)[len(re.escape(form[0])) :] + ending for form, ending in forms)
    return Query(tuple(form for form, _ in forms), re.compile(f"{first}(?:{rest}){after}"))


def concordance(
    store: Store,
    text: str,
    *,
    lang: Lang | None = None,
    limit: int = 20,
    offset: int = 0,
    only: Filter = Filter(),  # noqa: B008  (frozen)
) -> SearchResult:
    """The units that hold ``text`` in ``lang``, or in either language if that is ``None``.

    Newest date first, units without date last; then by article and position.

    Raises
    ------
    InputError: there is nothing to search for.
    """
    queries = {side: query(text, side) for side in _sides(lang)}
    rows: dict[int, Row] = {}
    for side, asked in queries.items():
        rows |= {row.id: row for row in _holding(store, asked, side, only)}
    ordered = sorted(rows.values(), key=lambda row: (row.article, row.position))
    ordered.sort(key=_day, reverse=True)
    page = [row.id for row in ordered[offset : offset + limit]]
    return SearchResult(tuple(_hit(unit, queries) for unit in store.load(page)), len(ordered))


def units_containing(store: Store, text: str, lang: Lang) -> list[TranslationUnit]:
    """All units that hold ``text`` in ``lang``, by id; rejected ones left out."""
    rows = _holding(store, query(text, lang), lang, Filter())
    return store.load(sorted(row.id for row in rows))


def _holding(store: Store, asked: Query, lang: Lang, only: Filter) -> list[Row]:
    return [row for row in store.candidates(asked.needles, lang, only) if asked.is_in(row.text)]


def _hit(unit: TranslationUnit, queries: dict[Lang, Query]) -> Hit:
    ko, en = queries.get("ko"), queries.get("en")
    return Hit(unit, ko.spans(unit.source) if ko else (), en.spans(unit.target) if en else ())


def _sides(lang: Lang | None) -> tuple[Lang, ...]:
    return ("ko", "en") if lang is None else (lang,)


def _day(row: Row) -> str:
    return row.date if row.date and _YEAR_FIRST.match(row.date) else ""


def _spelt(folded: str) -> str:
    """A pattern for a folded text as it may be spelt: with anything loose between its letters."""
    return _GAP.join(map(re.escape, folded))


def _english_forms(folded: str, text: str) -> Iterator[tuple[str, str]]:
    """Folded forms of a phrase whose last word may be inflected, each with a pattern of endings."""
    last = re.split(f"[{LOOSE}]+", lowered(text).rstrip())[-1]
    if not (last.isascii() and last.isalpha()):
        yield folded, ""
        return
    endings = [*_POSSESSIVE, "es"]
    if len(last) > 2 and last[-1] == "e":
        endings.append("d")
        yield folded[:-1] + "ing", ""
    elif len(last) > 2:  # not us: used
        endings += ["ed", "ing"]
        if last[-1] == "y":
            yield folded[:-1] + "ie", "[sd]"
        elif last[-1] not in "aeiouwx":
            endings.append(f"{last[-1]}(?:ed|ing)")
    yield folded, f"(?:{'|'.join(endings)})?"


def _is_letter(character: str) -> bool:
    return re.match(r"\w", character) is not None
