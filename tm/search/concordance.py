"""Concordance: where a word or phrase stands in the memory, on either side.

Korean is found anywhere in a text, whatever the spacing: 비핵화 finds 비 핵화와, 돈주 finds 돈주들;
as a term only where nothing but particles follows it: not 돈주머니. The spelling of the other half
of the country is found too: 여성 finds 녀성, 로동당 finds 노동당.
English is found in words: *ice* finds *ice* and *Ice's*, not *police* or *iceberg*; the last word
may be inflected (*missile* finds *missiles*, *party* parties, *denounce* denouncing), and ends
anywhere after a ``*`` (*nucle* with a star finds *nuclear*). Hyphens, quotation marks and case do
not count in either language (:data:`tm.search.fold.LOOSE`), nor do blanks in Korean and between
the words of an English name (*Jong Un* finds *Jong-un* and *Jongun*).
A regular expression (Python's) is looked for in the text without regard to case.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from heapq import merge
from itertools import groupby

from align.article import Lang
from tm.search.query import Kind, Query, Span, query
from tm.store import Filter, Row, Store
from tm.unit import TranslationUnit

#: How many candidates are read for the total before the rest is estimated.
CHECKED = 64
# How many more are counted for the estimate, without being read.
_COUNTED = 300


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit and where the text stands in its source and in its target (end exclusive).

    ``rendering_spans`` say where the other side renders it, if it was looked for on one side and
    its rendering was asked for and can be told (:mod:`tm.search.renderings`). ``memory`` is the
    memory's name, where several were asked.
    """

    unit: TranslationUnit
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    rendering_spans: tuple[Span, ...] = ()
    memory: str = ""


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Some of the hits, newest first, and how many there are in all.

    Where ``is_exact`` is false ``total`` is an estimate: the units that the index lists are counted
    as far as is quick, and as many are taken to be hits as among those that were read.
    """

    hits: tuple[Hit, ...]
    total: int
    is_exact: bool = True


def concordance(
    store: Store,
    text: str,
    *,
    lang: Lang | None = None,
    kind: Kind = "text",
    limit: int = 20,
    offset: int = 0,
    only: Filter = Filter(),  # noqa: B008  (frozen)
    checked: int = CHECKED,
) -> SearchResult:
    """The units that hold ``text`` in ``lang``, or in either language if that is ``None``.

    Newest date first, units without date last; within a day as they were stored. ``checked`` is the
    number of candidates up to which the total is exact in any case.

    Raises
    ------
    InputError: there is nothing to search for, or ``text`` is no regular expression.
    """
    queries = {side: query(text, side, kind) for side in _sides(lang)}
    wanted: dict[int, dict[Lang, tuple[Span, ...]]] = {}
    hits = read = last = 0
    for last, found in _candidates(store, queries, only):  # noqa: B007  (used below)
        read += 1
        if offset <= hits < offset + limit:
            spans = {side: queries[side].spans(row.text) for side, row in found.items()}
            if any(spans.values()):
                hits += 1
                wanted[next(iter(found.values())).id] = spans
        elif _is_hit(found, queries):
            hits += 1
        if read >= checked and hits >= offset + limit:
            break
    else:
        return SearchResult(_hits(store, wanted), hits)
    rest = sum(
        store.count_after(asked.tokens, side, only, last, _COUNTED)
        for side, asked in queries.items()
    )
    total = hits + round(rest * hits / read)
    return SearchResult(_hits(store, wanted), total, is_exact=rest == 0)


def units_containing(store: Store, text: str, lang: Lang) -> list[TranslationUnit]:
    """All units that hold ``text`` in ``lang``, by id; rejected ones left out."""
    asked = query(text, lang)
    rows = store.candidates(asked.tokens, lang, Filter())
    return store.load(sorted(row.id for row in rows if asked.is_in(row.text)))


def _candidates(
    store: Store, queries: dict[Lang, Query], only: Filter
) -> Iterator[tuple[int, dict[Lang, Row]]]:
    """The rank of each candidate in order, and its texts of those sides on which it is one."""
    sides = [_of_side(store, asked, side, only) for side, asked in queries.items()]
    for rank, found in groupby(merge(*sides), key=lambda candidate: candidate[0]):
        yield rank, {side: row for _, side, row in found}


def _of_side(
    store: Store, asked: Query, lang: Lang, only: Filter
) -> Iterator[tuple[int, Lang, Row]]:
    for row in store.candidates(asked.tokens, lang, only):
        yield row.rank, lang, row


def _is_hit(found: dict[Lang, Row], queries: dict[Lang, Query]) -> bool:
    return any(queries[side].is_in(row.text) for side, row in found.items())


def _hits(store: Store, wanted: dict[int, dict[Lang, tuple[Span, ...]]]) -> tuple[Hit, ...]:
    units = store.load(list(wanted))
    spans = [wanted[unit.id or 0] for unit in units]
    return tuple(
        Hit(unit, of_unit.get("ko", ()), of_unit.get("en", ()))
        for unit, of_unit in zip(units, spans, strict=True)
    )


def _sides(lang: Lang | None) -> tuple[Lang, ...]:
    return ("ko", "en") if lang is None else (lang,)
