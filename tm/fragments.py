"""Sub-segment matches: long phrases of a sentence that stand in units of the memory.

Where no segment is like the sentence, its phrases may still have been translated: 함경북도 회령시
당위원회는 in another sentence. The longest phrases are found from left to right, each beginning
after the last that was found no longer fits; the last Korean word counts without its particle.

Where the phrase stands in the translation is told only where two units show it: their sentences
have the phrase and little else in common, so what their translations have in common, some words in
a row, is its rendering.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from align.article import Lang
from tm.eojeol import FUNCTION_WORDS, split_particle
from tm.match import text_of
from tm.search.concordance import Hit, concordance
from tm.search.fold import fold, language, plain
from tm.store import Store
from tm.unit import TranslationUnit

Span = tuple[int, int]

# Words and folded characters that a phrase has at least: fewer are for the concordance.
_SHORTEST_WORDS: dict[Lang, int] = {"ko": 2, "en": 4}
_SHORTEST: dict[Lang, int] = {"ko": 8, "en": 18}
# Units looked at for where the rendering of a phrase stands.
_WITNESSES = 8
# What two sentences may have in common besides the phrase, in folded characters.
_SLACK = 3
_WORD = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A phrase of a sentence that stands in a unit too.

    ``query_span`` is where it stands in the sentence asked for, ``source_span`` in the text of the
    unit of the same language, ``target_span`` where its rendering stands in the other text,
    ``None`` where that cannot be told. ``memory`` is the memory's name where several were asked.
    """

    unit: TranslationUnit
    query_span: Span
    source_span: Span
    target_span: Span | None = None
    memory: str = ""


def fragments(
    store: Store, sentence: str, *, lang: Lang | None = None, limit: int = 5
) -> list[Fragment]:
    """The longest phrases of a sentence that the memory has, longest first.

    Spans are characters of ``sentence`` as given and of the unit's texts. Of the units that hold a
    phrase the newest is shown, or the newest in which its rendering can be told.
    """
    lang = lang or language(plain(sentence))
    found = [_fragment(span, hits, lang) for span, hits in _phrases(store, sentence, lang)]
    return sorted(found, key=lambda f: (f.query_span[0] - f.query_span[1], f.query_span))[:limit]


def _phrases(store: Store, sentence: str, lang: Lang) -> Iterator[tuple[Span, list[Hit]]]:
    """The phrases that no longer one holds, with units they stand in."""
    words = [match.span() for match in _WORD.finditer(sentence)]
    reached = 0
    for first in range(len(words)):
        last = max(reached, first + _SHORTEST_WORDS[lang] - 1)
        best: tuple[Span, list[Hit]] | None = None
        while last < len(words):
            span = _trimmed(sentence, words[first][0], words[last][1], lang)
            if len(fold(sentence[slice(*span)])) >= _SHORTEST[lang]:
                hits = _hits(store, sentence[slice(*span)], lang)
                if not hits:
                    break
                best = span, hits
            last += 1
        if best:
            yield best
            reached = last  # a phrase that begins later must reach farther


def _trimmed(sentence: str, start: int, end: int, lang: Lang) -> Span:
    """A phrase without punctuation around it and without the particle of its last word."""
    phrase = sentence[start:end]
    start += len(phrase) - len(phrase.lstrip("\"'“”‘’(<《〈[「『"))
    end -= len(phrase) - len(phrase.rstrip(".,;:!?\"'“”‘’)>》〉]」』…"))
    if lang == "ko":
        last = sentence[start:end].rsplit(" ", 1)[-1]
        stem, particle = split_particle(last)
        if len(stem) > 1:
            end -= len(particle)
    return start, max(start, end)


def _hits(store: Store, phrase: str, lang: Lang) -> list[Hit]:
    """Units in which a phrase stands from the start of a word."""
    found = concordance(store, phrase, lang=lang, limit=_WITNESSES)
    return [hit for hit in found.hits if _starts_a_word(hit, lang)]


def _starts_a_word(hit: Hit, lang: Lang) -> bool:
    start = _span_in(hit, lang)[0]
    return start == 0 or not text_of(hit.unit, lang)[start - 1].isalnum()


def _span_in(hit: Hit, lang: Lang) -> Span:
    return (hit.source_spans if lang == "ko" else hit.target_spans)[0]


def _fragment(query_span: Span, hits: Sequence[Hit], lang: Lang) -> Fragment:
    other: Lang = "en" if lang == "ko" else "ko"
    for one, witness in combinations(hits, 2):
        if _share_only_the_phrase(one, witness, lang):
            target = text_of(one.unit, other)
            common = _common_words(target, text_of(witness.unit, other))
            if common:
                return Fragment(one.unit, query_span, _span_in(one, lang), common)
    return Fragment(hits[0].unit, query_span, _span_in(hits[0], lang))


def _share_only_the_phrase(one: Hit, other: Hit, lang: Lang) -> bool:
    """Whether two sentences have nothing in common to the left and to the right of the phrase."""
    texts = [text_of(hit.unit, lang) for hit in (one, other)]
    spans = [_span_in(hit, lang) for hit in (one, other)]
    for sides in (
        [fold(text[: span[0]]) for text, span in zip(texts, spans, strict=True)],
        [fold(text[span[1] :]) for text, span in zip(texts, spans, strict=True)],
    ):
        if _common_length(sides[0], sides[1]) > _SLACK:
            return False
    return True


def _common_length(one: str, other: str) -> int:
    """The length of the longest run of characters that two texts share."""
    from difflib import SequenceMatcher

    return SequenceMatcher(None, one, other, autojunk=False).find_longest_match().size


def _common_words(one: str, other: str) -> Span | None:
    """The longest run of words of ``one`` that stands in ``other`` too, if it is the only such run
    and says something: two words or more, one of them no function word."""
    from difflib import SequenceMatcher

    words, words_of_other = (list(_TOKEN.finditer(text)) for text in (one, other))
    matcher = SequenceMatcher(
        None,
        [match[0].casefold() for match in words],
        [match[0].casefold() for match in words_of_other],
        autojunk=False,
    )
    runs = [
        words[block.a : block.a + block.size]
        for block in matcher.get_matching_blocks()
        if block.size and _says_something(words[block.a : block.a + block.size])
    ]
    if len(runs) != 1:
        return None
    run = _without_edges(runs[0])
    return (run[0].start(), run[-1].end()) if len(run) > 1 else None


_TOKEN = re.compile(r"[\w’'-]+")


def _says_something(run: Sequence[re.Match[str]]) -> bool:
    return any(match[0].casefold() not in FUNCTION_WORDS for match in run)


def _without_edges(run: list[re.Match[str]]) -> list[re.Match[str]]:
    """A run without the function words at its end: *Hoeryong in* is *Hoeryong*."""
    while run and run[-1][0].casefold() in FUNCTION_WORDS:
        run = run[:-1]
    return run
