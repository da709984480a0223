"""Matches: what the memory holds for a sentence, best first, and what differs, in words.

Candidates of similar letters are found by :mod:`tm.search.fuzzy`, those of similar meaning by
:mod:`tm.search.semantic`. The percentage shown is what translators know, the share of characters
that are the same. It is not the order: 조사했다 and 수사했다 share more letters than 조사했다 and
조사할 것이라고, so the words without particles and endings count as much, and a sentence that says
something else about who, when, how many or whether comes after one that does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Literal

from align.article import Lang
from tm.context import is_in_context
from tm.differences import GRAVE, Difference, differences
from tm.eojeol import content
from tm.placeables.repair import Repair, repaired
from tm.search.fold import language, plain
from tm.search.fuzzy import similar
from tm.store import Store
from tm.unit import TranslationUnit

if TYPE_CHECKING:
    from tm.search.semantic import SemanticIndex

MatchKind = Literal["context", "exact", "fuzzy", "semantic"]

#: A text, its percentage, what it is ordered by, and what differs.
_Graded = tuple[str, int, float, tuple[Difference, ...]]

CONTEXT = 101
EXACT = 100

#: The most that a match may get whose numbers, dates, negation, sense or roles differ.
GRAVE_LIMIT = 94

# Candidates put in order by their words, and how many more than wanted have their differences told.
_RANKED = 30
_SPARE = 2
# What a grave difference costs in the order, in points of the percentage.
_GRAVE_COST = 8.0
# Semantic matches come after fuzzy ones: a cosine is no percentage.
_SEMANTIC_SCALE = 1e-2


@dataclass(frozen=True, slots=True)
class Match:
    """A unit for a sentence.

    ``percent`` is 101 for the same text between the same neighbours, 100 for the same text (but
    for white space and Unicode form), otherwise the share of characters that are the same, rounded
    down and at most 94 where a number, a date, a negation, a word and its opposite or the roles
    differ, less ``penalty``.
    Of a semantic match it is 0 and ``similarity`` the cosine by which the meanings agree.

    ``differences`` says what differs; it is empty only if the texts are the same. ``repair`` is the
    translation with the numbers and dates of the sentence asked for, where that is safe.
    ``memory`` is the memory's name and ``penalty`` what it costs, where several were asked.
    ``score`` is what matches are ordered by.
    """

    unit: TranslationUnit
    percent: int
    kind: MatchKind
    differences: tuple[Difference, ...] = ()
    similarity: float | None = None
    repair: Repair | None = None
    score: float = 0.0
    memory: str = ""
    penalty: int = 0


def matches(
    store: Store,
    sentence: str,
    *,
    lang: Lang | None = None,
    limit: int = 5,
    minimum: int = 70,
    previous: str | None = None,
    following: str | None = None,
    semantic: SemanticIndex | None = None,
) -> list[Match]:
    """The matches for a sentence: see :meth:`tm.memory.Memory.match`."""
    wanted = plain(sentence)
    if not wanted:
        return []
    lang = lang or language(wanted)
    least = CONTEXT if minimum >= CONTEXT else EXACT
    found = [m for m in _exact(store, wanted, lang, previous, following) if m.percent >= least]
    if len(found) < limit and minimum < EXACT:
        found += _fuzzy(store, wanted, lang, minimum, limit - len(found))
    if len(found) < limit and minimum < EXACT and semantic is not None:
        found += _semantic(store, semantic, wanted, lang, found, limit - len(found))
    return found


# The same text


def _exact(
    store: Store, wanted: str, lang: Lang, previous: str | None, following: str | None
) -> list[Match]:
    units = _usable(store.exact(wanted, lang))
    in_context = {
        unit.id for unit in units if is_in_context(store, unit, lang, previous, following)
    }
    ranked = sorted(best_first(units), key=lambda unit: unit.id not in in_context)
    return [
        Match(unit, CONTEXT, "context", score=CONTEXT)
        if unit.id in in_context
        else Match(unit, EXACT, "exact", score=EXACT)
        for unit in _distinct(ranked, lang)
    ]


# Similar texts


def _fuzzy(store: Store, wanted: str, lang: Lang, minimum: int, limit: int) -> list[Match]:
    """At most ``limit`` fuzzy matches, best first."""
    ranked = _ranked(wanted, similar(store, wanted, lang, minimum=minimum)[:_RANKED])
    found: list[Match] = []
    for text, percent, score, differing in _in_order(wanted, ranked[: limit + _SPARE], lang):
        if percent < minimum:
            continue
        units = _usable(store.exact(text, lang))
        for unit in _distinct(best_first(units), lang):
            if len(found) == limit:
                return found
            target = plain(text_of(unit, _other(lang)))
            repair = repaired(wanted, text, target, lang) if _is_repairable(differing) else None
            found.append(Match(unit, percent, "fuzzy", differing, None, repair, score))
    return found


def _in_order(
    wanted: str, ranked: Iterable[tuple[str, int, float]], lang: Lang
) -> Iterator[_Graded]:
    """Ranked texts with what differs, best first.

    To tell what differs takes long, and makes a text worse, never better: one that is ahead of what
    the next can be is given before that is looked at.
    """
    waiting: list[tuple[float, str, _Graded]] = []
    for text, percent, score in ranked:
        while waiting and waiting[0][:2] < (-score, text):
            yield heappop(waiting)[2]
        graded = _graded(wanted, text, percent, score, lang)
        heappush(waiting, (-graded[2], text, graded))
    while waiting:
        yield heappop(waiting)[2]


def _ranked(wanted: str, texts: Iterable[tuple[str, int]]) -> list[tuple[str, int, float]]:
    """Texts with percentage and score, best first."""
    own = _content(wanted)
    scored = [
        (text, percent, (percent + 100 * _agreement(own, _content(text))) / 2)
        for text, percent in texts
    ]
    return sorted(scored, key=lambda item: (-item[2], item[0]))


def _content(text: str) -> list[str]:
    """The words of a text without particles, endings and function words, in order."""
    return [found for word in text.split() if (found := _content_of_word(word))]


@lru_cache(maxsize=1 << 15)  # similar texts share most of their words
def _content_of_word(word: str) -> str:
    return content(word.strip(_PUNCTUATION))


_PUNCTUATION = ".,;:!?\"'()[]<>“”‘’「」『』《》〈〉…·"


def _agreement(one: Sequence[str], other: Sequence[str]) -> float:
    """The share of words that stand in both in the same order, in [0, 1]."""
    from rapidfuzz.distance import Indel

    return Indel.normalized_similarity(one, other) if one or other else 1.0


def _graded(wanted: str, text: str, percent: int, score: float, lang: Lang) -> _Graded:
    """A text with what it is shown as, its place in the order, and what differs."""
    differing = differences(wanted, text, lang=lang)
    if any(difference.kind in GRAVE for difference in differing):
        return text, min(percent, GRAVE_LIMIT), score - _GRAVE_COST, differing
    return text, percent, score, differing


def _is_repairable(differing: Sequence[Difference]) -> bool:
    """Whether a number or date differs, and nothing says that it may belong to another part."""
    kinds = {difference.kind for difference in differing}
    return bool(kinds & {"number", "date"}) and not kinds & {"roles", "word order"}


# Texts that mean the same


def _semantic(
    store: Store,
    semantic: SemanticIndex,
    wanted: str,
    lang: Lang,
    found: Sequence[Match],
    limit: int,
) -> list[Match]:
    """At most ``limit`` units that mean the same in words not found yet, closest first."""
    shown = {plain(text_of(match.unit, lang)) for match in found} | {wanted}
    near = dict(semantic.nearest(wanted, lang, k=limit + len(found) + _SPARE))
    units = [u for u in _usable(store.load(list(near))) if plain(text_of(u, lang)) not in shown]
    return [
        Match(
            unit,
            0,
            "semantic",
            differences(wanted, plain(text_of(unit, lang)), lang=lang),
            cosine,
            score=cosine * _SEMANTIC_SCALE,
        )
        for unit in _distinct(units, lang)
        if (cosine := near[unit.id or 0])
    ][:limit]


# Units


def best_first(units: Iterable[TranslationUnit]) -> list[TranslationUnit]:
    """Approved before draft, then newest, most confident, and by id."""
    ranked = sorted(units, key=lambda unit: (-unit.confidence, unit.id or 0))
    ranked.sort(key=lambda unit: unit.provenance.date or "", reverse=True)
    ranked.sort(key=lambda unit: unit.status != "approved")
    return ranked


def text_of(unit: TranslationUnit, lang: Lang) -> str:
    return unit.source if lang == "ko" else unit.target


def _other(lang: Lang) -> Lang:
    return "en" if lang == "ko" else "ko"


def _usable(units: Iterable[TranslationUnit]) -> list[TranslationUnit]:
    return [unit for unit in units if unit.status != "rejected"]


def _distinct(units: Iterable[TranslationUnit], lang: Lang) -> Iterator[TranslationUnit]:
    """The first unit of each rendering."""
    seen: set[str] = set()
    for unit in units:
        rendering = plain(text_of(unit, _other(lang)))
        if rendering not in seen:
            seen.add(rendering)
            yield unit
