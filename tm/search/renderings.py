"""Where the other side of a hit renders what was searched for, as far as that can be told.

What a termbase says is believed first. Otherwise the words of the other side speak for themselves:
a phrase is taken for the rendering if it stands in a good part of the hits and seldom elsewhere.
Both shares are combined as Dice's coefficient combines them, estimated from the newest hits. Where
no phrase stands out, nothing is marked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from align.article import Lang
from tm.search.concordance import CHECKED, Hit, SearchResult, concordance
from tm.search.query import Span, query, tokens_for
from tm.store import Filter, Store
from tm.terms.english import find_phrase, phrase_key, phrases, words
from tm.terms.particles import word_stems
from tm.terms.termbase.lookup import RANK, Termbase
from tm.unit import TranslationUnit

# Hits that the statistics are made of: the newest, and how few say nothing.
_SAMPLE, _FEWEST = 200, 3
# Phrases that are judged: those in most of the hits.
_JUDGED = 40
# Dice's coefficient from which a phrase is taken for a rendering, and how much of its own a longer
# phrase that holds it may fall short and still be taken in its place.
_CLEAR, _LONGER = 0.3, 0.8
# Occurrences counted of a phrase; beyond, their number is estimated.
_COUNTED = 500

_KOREAN_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}|\d+[가-힣]+")


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A phrase of the other side: a key that its inflections share, and where it stands."""

    key: str
    span: Span


def with_renderings(
    store: Store, result: SearchResult, text: str, lang: Lang, termbase: Termbase | None = None
) -> SearchResult:
    """``result`` of a search for ``text``, with ``rendering_spans`` of those of its hits in which
    it stands on the side of ``lang`` only."""
    known = _from_termbase(text, lang, termbase) if termbase is not None else {}
    sample = concordance(store, text, lang=lang, limit=_SAMPLE, checked=CHECKED)
    ranked = _associated(store, sample, lang)
    hits = (
        replace(hit, rendering_spans=_marked(_other_side(hit.unit, lang), lang, known, ranked))
        if _is_on_one_side(hit, lang)
        else hit
        for hit in result.hits
    )
    return replace(result, hits=tuple(hits))


def _is_on_one_side(hit: Hit, lang: Lang) -> bool:
    own, other = hit.source_spans, hit.target_spans
    return bool(own and not other) if lang == "ko" else bool(other and not own)


def _marked(
    text: str, lang: Lang, known: Mapping[str, int], ranked: dict[str, float]
) -> tuple[Span, ...]:
    spans = [(s, rank) for name, rank in known.items() for s in _spans_of(name, text, lang)]
    if spans:  # state security before security, but no gloss before the term that it explains
        whole = [
            (s, rank) for s, rank in spans if not any(_is_inside(s, other) for other, _ in spans)
        ]
        least = min(rank for _, rank in whole)
        return tuple(sorted({span for span, rank in whole if rank == least}))
    here = [phrase for phrase in _phrases(text, lang) if phrase.key in ranked]
    if not here:
        return ()
    best = max(here, key=lambda phrase: ranked[phrase.key])
    longer = [
        phrase
        for phrase in here
        if phrase.span[0] <= best.span[0]
        and phrase.span[1] >= best.span[1]
        and ranked[phrase.key] >= _LONGER * ranked[best.key]
    ]
    chosen = max(longer, key=lambda phrase: phrase.span[1] - phrase.span[0])
    return tuple(phrase.span for phrase in here if phrase.key == chosen.key)


def _is_inside(one: Span, other: Span) -> bool:
    return one != other and other[0] <= one[0] and one[1] <= other[1]


def _from_termbase(text: str, lang: Lang, termbase: Termbase) -> dict[str, int]:
    """Renderings that the termbase has, with the rank of their status, the best being least."""
    if lang == "ko":
        return {entry.en: RANK[entry.status] for entry in reversed(termbase.korean(text))}
    return {entry.ko: RANK[entry.ko_status] for entry in reversed(termbase.english(text))}


def _spans_of(rendering: str, text: str, lang: Lang) -> tuple[Span, ...]:
    if lang == "ko":
        return tuple(find_phrase(text, phrase_key(rendering)))
    return query(rendering, "ko").spans(text)


def _associated(store: Store, sample: SearchResult, lang: Lang) -> dict[str, float]:
    """The phrases that render what the hits share, with Dice's coefficient."""
    held: Counter[str] = Counter()
    surfaces: dict[str, str] = {}
    for hit in sample.hits:
        text = _other_side(hit.unit, lang)
        found = {phrase.key: text[slice(*phrase.span)] for phrase in _phrases(text, lang)}
        held.update(found.keys())
        surfaces |= found
    scores: dict[str, float] = {}
    for key, together in held.most_common(_JUDGED):
        if together < _FEWEST:
            break
        share = together / len(sample.hits)
        everywhere = max(_occurrences(store, surfaces[key], lang), share * sample.total)
        score = 2 * share * sample.total / (sample.total + everywhere)
        if score >= _CLEAR:
            scores[key] = score
    return scores


def _occurrences(store: Store, phrase: str, lang: Lang) -> int:
    """About how many units hold a phrase on the other side."""
    other: Lang = "en" if lang == "ko" else "ko"
    return store.count_after(tokens_for(phrase, other), other, Filter(), 0, _COUNTED)


def _phrases(text: str, lang: Lang) -> Iterator[_Phrase]:
    """What may be a rendering in a text of the side that is not ``lang``."""
    if lang == "en":
        for match in _KOREAN_WORD.finditer(text):
            for stem in word_stems(match.group()):
                yield _Phrase(stem, (match.start(), match.start() + len(stem)))
        return
    tokens = words(text)
    for first, after in phrases(tokens, longest=3):
        key = " ".join(word.key for word in tokens[first:after])
        yield _Phrase(key, (tokens[first].start, tokens[after - 1].end))


def _other_side(unit: TranslationUnit, lang: Lang) -> str:
    return unit.target if lang == "ko" else unit.source
