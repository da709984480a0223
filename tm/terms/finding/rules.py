"""Whether a stretch of text is the term, as far as the letters around it can tell.

Certain by rule: the term at the start of a word, and after it nothing or a chain of particles that
fits the last sound (보위부에서는); the term in a compound of common nouns (장마당가격). Impossible
by rule: one syllable inside a longer word (당 in 식당), a part of a number or of a Latin word, a
name with verbal endings (무산됐다), a word that common nouns divide in another way only (안전원칙).
The rest is doubt, which :mod:`tm.terms.finding.readings` settles: other compounds (신흥돈주,
돈주머니), words that may be forms of a verb (사기도), nouns that a syllable turns into another
(경기도).
"""

from __future__ import annotations

import re
from enum import Enum
from functools import lru_cache

from tm.terms.finding.division import divides_otherwise, is_noun_with_particles, stands_between
from tm.terms.finding.doubtful import (
    ALWAYS_DOUBTFUL,
    CASE_PARTICLES,
    CLEAR_AFTER_SYLLABLE,
    COUNTERS,
    HOMOGRAPHS,
    LOOSE_SYLLABLES,
    NEVER_ALONE,
    NOT_PARTICLE,
)
from tm.terms.finding.wordfiles import common_words, verb_stem_list, words_and_no_verbs
from tm.terms.particles import DOUBTFUL, DOUBTFUL_AFTER_LONG, VERBAL, fits_after
from tm.terms.spelling import has_final, is_hangul, is_hanja
from tm.verbs import decomposed, verb_stems

#: So many letters are never cut out of two other words.
_LONG = 4


class Verdict(Enum):
    TERM = "term"
    NOT = "not"
    DOUBT = "doubt"


def verdict(sentence: str, start: int, end: int, *, name: bool) -> Verdict:
    """What the letters of ``sentence[start:end]`` and around it say.

    name: the term is a name, to which no verbal endings belong.
    """
    text = sentence[start:end]
    before = sentence[start - 1] if start else " "
    starts_hangul, ends_hangul = is_hangul(text[0]), is_hangul(text[-1])
    if not (starts_hangul and ends_hangul):
        after = sentence[end] if end < len(sentence) else " "
        if _cuts_number(sentence, start, end) or _cuts_latin(text, before, after):
            return Verdict.NOT
        if is_hanja(text[0]) or is_hanja(text[-1]):
            return _hanja_verdict(text, before, after)
    if text in "수리" and _POSSIBLE.match(sentence, end) and has_final(sentence[start - 2]) == "ㄹ":
        return Verdict.NOT  # 할 수 있다, 그럴 리 없다
    left = word_before(sentence, start) if starts_hangul else ""
    rest = word_after(sentence, end) if ends_hangul else ""
    if starts_hangul and before != " " and before.isascii() and before.isalnum():
        if len(text) == 1:  # 1kg당, 제3군
            return Verdict.NOT
        if before.isdigit() and text[0] in COUNTERS:
            return Verdict.DOUBT
    return _word_verdict(left, text, rest, name)


def word_before(sentence: str, end: int) -> str:
    """The Hangul that stands right before a place."""
    start = end
    while start and is_hangul(sentence[start - 1]):
        start -= 1
    return sentence[start:end]


def word_after(sentence: str, start: int) -> str:
    """The Hangul that stands right after a place."""
    match = _HANGUL.match(sentence, start)
    return match.group() if match else ""


_HANGUL = re.compile("[가-힣]+")
_POSSIBLE = re.compile(r"[가는도만]? [있없]")


@lru_cache(maxsize=1 << 16)
def can_be_verb(word: str) -> bool:
    """Whether a word can be a form of a verb that is not made with a noun and 하다."""
    return not verb_stems(word).isdisjoint(_stems())


@lru_cache(maxsize=1)
def _stems() -> frozenset[str]:
    return frozenset(map(decomposed, verb_stem_list()))


# --- numbers, Latin letters, Hanja ----------------------------------------------------------


def _cuts_number(sentence: str, start: int, end: int) -> bool:
    """Whether a number goes on outside: 1617상무, 34.15 for 4.15."""
    if sentence[start].isdigit() and _NUMBER_BEFORE.search(sentence[max(0, start - 2) : start]):
        return True
    return sentence[end - 1].isdigit() and _NUMBER_AFTER.match(sentence, end) is not None


_NUMBER_BEFORE = re.compile(r"\d[.,·]?\Z")
_NUMBER_AFTER = re.compile(r"[.,·]?\d")


def _cuts_latin(text: str, before: str, after: str) -> bool:
    return (_is_latin(text[0]) and before.isascii() and before.isalnum()) or (
        _is_latin(text[-1]) and after.isascii() and after.isalnum()
    )


def _is_latin(char: str) -> bool:
    return char.isascii() and char.isalpha()


_COUNTRIES_IN_HANJA = frozenset("美中日韓南北露英佛獨伊印臺越")
# What is put before a country: 對北.
_TOWARDS = frozenset("對反親駐訪")


def _hanja_verdict(text: str, before: str, after: str) -> Verdict:
    """北 in 北은, 美北 and 對北, but not in 北京; 省 in 국가보위省."""
    if is_hanja(text[0]) and is_hanja(before):
        towards = before in _TOWARDS and text[0] in _COUNTRIES_IN_HANJA
        if not towards and before not in _COUNTRIES_IN_HANJA:
            return Verdict.NOT
    if is_hanja(text[-1]) and is_hanja(after) and after not in _COUNTRIES_IN_HANJA:
        return Verdict.NOT
    return Verdict.TERM


# --- words ----------------------------------------------------------------------------------


@lru_cache(maxsize=1 << 16)
def _word_verdict(left: str, text: str, rest: str, name: bool) -> Verdict:
    if len(text) == 1:
        return _syllable_verdict(left, text, rest)
    parts = text.split()
    first, last = parts[0], parts[-1]
    if name and rest and _DERIVED.match(rest):
        return Verdict.NOT
    follows = not rest or fits_after(text[-1], rest, verbal=not name)
    if left or not follows:
        clear = (not left or len(first) >= _LONG) and (follows or len(last) >= _LONG)
        return Verdict.TERM if clear else _compound_verdict(left, text, rest)
    if len(last) == 1 and rest and rest not in CLEAR_AFTER_SYLLABLE:  # 무산 군인
        return Verdict.DOUBT
    if len(text) < _LONG and _has_other_reading(text, rest):
        return Verdict.DOUBT
    return Verdict.DOUBT if _is_risky(text, rest) else Verdict.TERM


def _compound_verdict(left: str, text: str, rest: str) -> Verdict:
    """The verdict on a part of a longer word, as far as common nouns tell."""
    word, start, end = left + text + rest, len(left), len(left) + len(text)
    if not is_hangul(text[0]) or len(text.split()) > 1:
        return Verdict.DOUBT
    if stands_between(left, rest, text[-1]):
        whole = not divides_otherwise(word, start, end, 1) and not can_be_verb(word)
        return Verdict.TERM if whole else Verdict.DOUBT
    return Verdict.NOT if divides_otherwise(word, start, end, 2) else Verdict.DOUBT


# What a name does not take: 무산됐다, 개성적인, 평양화된.
_DERIVED = re.compile(rf"적(?:인|이|으로|$)|화(?:되|된|됐|하|한|했|시키)|{VERBAL.pattern}")


def _syllable_verdict(left: str, text: str, rest: str) -> Verdict:
    if left:
        return Verdict.NOT
    if not is_hangul(text):
        return Verdict.TERM
    if rest and not fits_after(text, rest, verbal=False):
        other = can_be_verb(text + rest) or divides_otherwise(text + rest, 0, 1, 2)
        return Verdict.DOUBT if not other and is_noun_with_particles(rest) else Verdict.NOT
    if rest and rest not in CLEAR_AFTER_SYLLABLE and text + rest in common_words():
        return Verdict.NOT  # 결과, 주로, 모든
    if not rest and text in NEVER_ALONE:
        return Verdict.NOT
    if text in LOOSE_SYLLABLES or (rest and can_be_verb(text + rest)):
        return Verdict.DOUBT
    return Verdict.TERM if not rest or rest in CLEAR_AFTER_SYLLABLE else Verdict.DOUBT


@lru_cache(maxsize=1 << 16)
def _has_other_reading(text: str, rest: str) -> bool:
    """Whether a short word is also another word, or the form of a verb: 도로, 사기(도), 가지고."""
    if text in ALWAYS_DOUBTFUL:
        return True
    takes_case = rest in CASE_PARTICLES
    # A form in -ㄴ or -ㄹ is rare where the noun is common, and stands before any noun: 일군 밭.
    if text in words_and_no_verbs() and has_final(text[-1]) not in ("ㄴ", "ㄹ"):
        return text in HOMOGRAPHS and not takes_case
    if rest and can_be_verb(text + rest):
        return True
    if takes_case and not (text[-1] in "기지" or has_final(text[-1]) == "ㅁ"):
        return False
    return text in HOMOGRAPHS or (can_be_verb(text) and not VERBAL.match(rest))


def _is_risky(text: str, rest: str) -> bool:
    """Whether the particles after a noun may be the end of another noun: 경기+도, 한국+인."""
    if not rest:
        return False
    if len(text) > 2:
        return rest in DOUBTFUL_AFTER_LONG and len(text) < _LONG
    if rest[0] in "가도해":
        return text + rest[0] in NOT_PARTICLE
    return rest in _DOUBTFUL_AFTER_SHORT or rest[0] == "함"


# 정신과 and 이란이라고 hold the noun whichever way they are read.
_DOUBTFUL_AFTER_SHORT = DOUBTFUL - {"과", "라고", "라는"}
