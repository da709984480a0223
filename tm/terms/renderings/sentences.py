"""Every term of a sentence that a termbase or a memory knows, at once."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from align.article import Lang
from align.errors import InputError
from tm.search.fold import language
from tm.terms.english import phrases, words
from tm.terms.lexicon import REPORTING
from tm.terms.renderings.background import Background, UnitSource, background_of
from tm.terms.renderings.rendering import KnownTerm, Suggestion
from tm.terms.renderings.suggest import hits_of, suggest
from tm.terms.termbase.lookup import Termbase
from tm.terms.wordstats.building import korean_key, words_of
from tm.terms.wordstats.traits import NO_TERM, korean_traits

#: Renderings that are told of a term.
_TOLD = 3
#: A term of the memory's own stands in so many of its units, and is rendered so in such a share.
_UNITS, _SHARE = 2, 0.4
#: … and the rendering seldom stands without it.
_DICE = 0.3
#: Terms of the memory's own that are looked up in one sentence.
_LOOKED_UP = 24
_LONGEST = 3

Range = tuple[int, int]


def suggest_in(
    memory: UnitSource,
    sentence: str,
    *,
    lang: Lang | None = None,
    termbase: Termbase | None = None,
) -> list[KnownTerm]:
    """The terms of a sentence, from left to right, each with its best renderings.

    Terms of the termbase come first; in what they leave, words and phrases that the memory renders
    with confidence. Of terms inside each other the longest is told.

    Parameters
    ----------
    lang: the language of the sentence; by default told by its letters.

    Raises
    ------
    InputError: the sentence is empty.
    """
    if not sentence.strip():
        raise InputError("the sentence is empty", remedy="give a Korean or English sentence")
    lang = lang or language(sentence)
    found: list[KnownTerm] = []
    taken: list[Range] = []
    for term, (start, end) in _of_termbase(sentence, lang, termbase):
        told = suggest(
            memory, term, lang=lang, limit=_TOLD, examples=0, termbase=termbase, guess=False
        )
        found.append(KnownTerm(start, end, told))
        taken.append((start, end))
    background = background_of(memory)
    for text, (start, end) in _own_terms(sentence, lang, background):
        if any(start < other[1] and other[0] < end for other in taken):
            continue
        told = suggest(
            memory, text, lang=lang, limit=_TOLD, examples=0, termbase=termbase, guess=False
        )
        if _is_confident(told):
            found.append(KnownTerm(start, end, told))
            taken.append((start, end))
    return sorted(found, key=lambda known: known.start)


def _is_confident(told: Suggestion) -> bool:
    best = told.best
    return (
        best is not None
        and best.count >= _UNITS
        and best.share >= _SHARE
        and not best.is_unsure
        and best.evidence.get("dice", 1.0) >= _DICE
    )


def _of_termbase(
    sentence: str, lang: Lang, termbase: Termbase | None
) -> Iterator[tuple[str, Range]]:
    if termbase is None:
        return
    terms: dict[Range, str] = {}
    for found in termbase.finder(lang).find(sentence):
        place = (found.start, found.end)
        # Of spellings of one term (로동당, 노동당), the one that stands there.
        if not found.nested and (place not in terms or found.term.text == sentence[slice(*place)]):
            terms[place] = found.term.text
    yield from ((term, place) for place, term in terms.items())


def _own_terms(sentence: str, lang: Lang, background: Background) -> Iterator[tuple[str, Range]]:
    """Words and phrases of the sentence that stand in several units, the longest first."""
    spans = _korean_spans(sentence) if lang == "ko" else _english_spans(sentence)
    looked_up = 0
    for start, end in sorted(spans, key=lambda span: (span[0] - span[1], span)):
        text = " ".join(sentence[start:end].split())
        if looked_up < _LOOKED_UP and len(hits_of(background, text, lang)) >= _UNITS:
            looked_up += 1
            yield text, (start, end)


def _korean_spans(sentence: str) -> Iterator[Range]:
    """Words without their particles, and two side by side of which the first has none."""
    stems = []
    for start, end in words_of(sentence, "ko"):
        key = korean_key(sentence[start:end])
        if len(key) > 1 and not korean_traits(sentence[start:end], key) & NO_TERM:
            stems.append((start, start + len(key)))
    yield from stems
    for first, second in pairwise(stems):
        if sentence[first[1] : second[0]] == " ":
            yield first[0], second[1]


def _english_spans(sentence: str) -> Iterator[Range]:
    found = words(sentence)
    for first, after in phrases(found, longest=_LONGEST):
        if after - first == 1 and found[first].text.lower() in REPORTING:
            continue
        yield found[first].start, found[after - 1].end
