"""Verbs as terms, in any form: 올랐다 for 오르다, 총화를 했다 for 총화하다.

A verb is told by the stems that its form may come from (:func:`tm.verbs.verb_stems`); of a phrase
(등골이 휘다) only the last word changes. A stem of one syllable is doubtful, since its forms are
also forms of others and of nouns (팔을): there kiwipiepy reads the sentence.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator
from dataclasses import dataclass
from functools import lru_cache

from tm.terms.analyser import analyse
from tm.terms.finding.rules import word_after, word_before
from tm.terms.finding.wordfiles import verb_stem_list
from tm.terms.spelling import is_hangul
from tm.verbs import composed, decomposed, verb_stems

#: What makes verbs of nouns.
_LIGHT = ("하", "되", "시키", "당하", "받")
_PARTICLE = re.compile(r"(?:[을를도만은는이가]|까지)?\s?")
_WORD = re.compile("[가-힣]+")
_BLANK = re.compile(r"\s?")
#: Start and end in a sentence.
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class VerbTerm:
    """A verb in its dictionary form, taken apart.

    ``head`` is what never changes (총화 of 총화하다, 등골이 of 등골이 휘다; else empty), ``stem``
    what changes, without -다. ``light`` says that the head is a noun which may stand apart (총화를
    하다).
    """

    head: str
    stem: str
    light: bool = False


@lru_cache(maxsize=4096)
def verb_term(term: str) -> VerbTerm | None:
    """The parts of a verb in its dictionary form; None for a noun (바다, 캐나다)."""
    head, _, word = term.rpartition(" ")
    stem = word.removesuffix("다")
    if stem == word or not stem or not all(map(is_hangul, stem)):
        return None
    if head:
        return VerbTerm(head, stem) if _is_stem(stem) else None
    for light in _LIGHT:
        noun = stem.removesuffix(light)
        if noun != stem and len(noun) > 1:
            return VerbTerm(noun, light, light=True)
    return VerbTerm("", stem) if _is_stem(stem) else None


def _is_stem(stem: str) -> bool:
    return stem in verb_stem_list() or (len(stem) > 1 and stem.endswith(_LIKE_VERBS))


# Endings of stems that no noun in -다 has.
_LIKE_VERBS = (*_LIGHT, "거리", "뜨리", "트리", "스럽", "롭", "지", "히", "없", "있", "주", "오르")


def phrase_place(sentence: str, verb: VerbTerm, start: int, end: int) -> Place | None:
    """The form of the verb, endings included, whose head stands at ``sentence[start:end]``."""
    if not verb.light and word_before(sentence, start):
        return None
    if verb.light and (form := _form_at(sentence, verb.stem, end)):
        return start, form[1]
    gap = (_PARTICLE if verb.light else _BLANK).match(sentence, end)
    if gap is None or gap.end() == end:
        return None
    form = _form_at(sentence, verb.stem, gap.end(), certain=gap.group().strip() in ("을", "를"))
    return (start, form[1]) if form else None


def verb_head(stem: str) -> str:
    """What every form of a stem in decomposed Hangul starts with: its first consonant and vowel, of
    one syllable only the consonant (보- in 봤다)."""
    return stem[:2] if len(composed(stem)) > 1 else stem[:1]


def verb_places(
    sentence: str, stems: Container[str], heads: Container[str]
) -> Iterator[tuple[str, Place]]:
    """The words of a sentence that are forms of these stems, in decomposed Hangul."""
    for word in _WORD.finditer(sentence):
        start = decomposed(word.group()[0])
        if start[:2] not in heads and start[0] not in heads:
            continue
        for stem in verb_stems(word.group()):
            if stem in stems and _form_at(sentence, composed(stem), word.start()):
                yield stem, word.span()


def _form_at(sentence: str, stem: str, start: int, *, certain: bool = False) -> Place | None:
    """The word at a place if it is a form of this stem.

    Short words are read in their sentence unless they are ``certain``: 총화 한 번, 팔을.
    """
    word = word_after(sentence, start)
    if decomposed(stem) not in verb_stems(word):
        return None
    attached = start > 0 and is_hangul(sentence[start - 1])
    settled = certain or attached or len(stem) > 1 or _reads_as_verb(sentence, word, start)
    return (start, start + len(word)) if settled else None


def _reads_as_verb(sentence: str, word: str, start: int) -> bool:
    """Whether the word is a verb there, of this stem or another that has the same form (파는)."""
    stems = verb_stems(word)
    return any(
        m[2] == start
        and decomposed(m[0]) in stems
        and m[1].startswith(("VV", "VA", "VX", "XSV", "XSA"))
        for m in analyse(sentence)
    )
