"""Matches: what the memory holds for a sentence, best first, and what differs, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from align.article import Lang
from tm.difference import GRAVE, Difference, differences
from tm.search.fold import language, plain
from tm.search.fuzzy import similar
from tm.store import Store
from tm.unit import TranslationUnit

MatchKind = Literal["context", "exact", "fuzzy"]

CONTEXT = 101
EXACT = 100

#: The most that a match may get whose numbers, negation or word order differ.
GRAVE_LIMIT = 94


@dataclass(frozen=True, slots=True)
class Match:
    """A unit for a sentence.

    ``percent`` is 101 for the same text between the same neighbours, 100 for the same text (but
    for white space and Unicode form), otherwise the share of characters that are the same, rounded
    down and at most 94 where a number, a negation or the word order differs. ``differences`` says
    what differs; it is empty from 100 on.
    """

    unit: TranslationUnit
    percent: int
    kind: MatchKind
    differences: tuple[Difference, ...] = ()


def matches(
    store: Store,
    sentence: str,
    *,
    lang: Lang | None = None,
    limit: int = 5,
    minimum: int = 70,
    previous: str | None = None,
    following: str | None = None,
) -> list[Match]:
    """The matches for a sentence: see :meth:`tm.memory.Memory.match`."""
    wanted = plain(sentence)
    if not wanted:
        return []
    lang = lang or language(wanted)
    found = _exact(store, wanted, lang, previous, following)
    if len(found) < limit and minimum < EXACT:
        found += list(_fuzzy(store, wanted, lang, minimum, limit - len(found)))
    return found


def _exact(
    store: Store, wanted: str, lang: Lang, previous: str | None, following: str | None
) -> list[Match]:
    units = [unit for unit in store.exact(wanted, lang) if unit.status != "rejected"]
    in_context = {
        unit.id for unit in units if _has_neighbours(store, unit, lang, previous, following)
    }
    ranked = sorted(best_first(units), key=lambda unit: unit.id not in in_context)
    return [
        Match(unit, CONTEXT, "context") if unit.id in in_context else Match(unit, EXACT, "exact")
        for unit in _distinct(ranked, lang)
    ]


def _fuzzy(store: Store, wanted: str, lang: Lang, minimum: int, limit: int) -> Iterator[Match]:
    """At most ``limit`` fuzzy matches."""
    for text, percent, differing in _graded(wanted, similar(store, wanted, lang, minimum=minimum)):
        if percent < minimum:
            continue
        units = [unit for unit in store.exact(text, lang) if unit.status != "rejected"]
        for unit in _distinct(best_first(units), lang):
            if limit <= 0:
                return
            limit -= 1
            yield Match(unit, percent, "fuzzy", differing or differences(wanted, text))


def _graded(
    wanted: str, texts: Iterable[tuple[str, int]]
) -> list[tuple[str, int, tuple[Difference, ...]]]:
    """Texts with what they are shown as, best first; differences only where they decide."""
    graded: list[tuple[str, int, tuple[Difference, ...]]] = []
    for text, percent in texts:
        differing = differences(wanted, text) if percent > GRAVE_LIMIT else ()
        if any(difference.kind in GRAVE for difference in differing):
            percent = GRAVE_LIMIT
        graded.append((text, percent, differing))
    return sorted(graded, key=lambda item: -item[1])


def _has_neighbours(
    store: Store, unit: TranslationUnit, lang: Lang, previous: str | None, following: str | None
) -> bool:
    """Whether the neighbours that were given, at least one, are the unit's own."""
    if previous is None and following is None:
        return False
    before, after = store.neighbours(unit)
    return all(
        given is None or plain(given) == (plain(text_of(own, lang)) if own else "")
        for given, own in ((previous, before), (following, after))
    )


def best_first(units: Iterable[TranslationUnit]) -> list[TranslationUnit]:
    """Approved before draft, then newest, most confident, and by id."""
    ranked = sorted(units, key=lambda unit: (-unit.confidence, unit.id or 0))
    ranked.sort(key=lambda unit: unit.provenance.date or "", reverse=True)
    ranked.sort(key=lambda unit: unit.status != "approved")
    return ranked


def text_of(unit: TranslationUnit, lang: Lang) -> str:
    return unit.source if lang == "ko" else unit.target


def _distinct(units: Iterable[TranslationUnit], lang: Lang) -> Iterator[TranslationUnit]:
    """The first unit of each rendering."""
    seen: set[str] = set()
    for unit in units:
        rendering = plain(text_of(unit, "en" if lang == "ko" else "ko"))
        if rendering not in seen:
            seen.add(rendering)
            yield unit
