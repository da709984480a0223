"""What extraction reads in a sentence: its words, each with a place and a few flags.

Both sides are reduced to the same small record, so that counting and alignment need no text any
more. Korean words are the content morphemes that kiwipiepy finds; nouns may be part of a term,
verbs are kept because they explain English words that would otherwise fall to the nouns. Words are
the same that have the same key, in Korean whatever the spelling, in English the inflection.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import zip_longest

from tm.terms.analyser import Morpheme, analyse
from tm.terms.english import Word, inflection_key, words
from tm.terms.extract.lexicon import (
    BOUND_LIKE,
    ENGLISH_NOISE,
    KOREAN_NOISE,
    PEOPLE,
    PREFIXES,
    SOURCES,
)
from tm.terms.lexicon import INSIDE, PAST_FORMS, REPORTING
from tm.terms.spelling import fold_spelling, is_hangul

# How a Korean word hangs on the one before, in the two lowest bits of its flags; whether it is the
# noun of a verb (발표하다).
TOUCHES, SPACED, OF = 1, 2, 3
VERBAL = 4
# Flags of both languages: whether a term may hold it, begin with it, end with it, be only that.
INNER, FIRST, LAST, ALONE = 8, 16, 32, 64
NAME = 128


@dataclass(frozen=True, slots=True)
class Token:
    """``text[start:end]``; ``form`` is the word without what has melted into it, ``flags`` are
    those of this module."""

    form: str
    start: int
    end: int
    flags: int


_NOUNS = frozenset({"NNG", "NNP", "XR", "SL", "SH", "XPN", "XSN", "SN", "NR"})
_PREDICATES = frozenset({"VV", "VA", "MAG", "VV-R", "VV-I", "VA-R", "VA-I"})
_FULL_NOUNS = frozenset({"NNG", "NNP", "SL", "SH"})


def korean_tokens(sentence: str) -> list[Token]:
    """The content words of a Korean sentence in order."""
    tokens: list[Token] = []
    last: Morpheme | None = None
    possessive = False
    morphemes = analyse(sentence)
    for morpheme, following in zip_longest(morphemes, morphemes[1:]):
        form, tag, start, end, _ = morpheme
        if start == end:
            continue
        is_prefix = tag == "MM" and following and following[1] in _NOUNS and following[2] == end
        if tag in _NOUNS or is_prefix:
            glue = 0 if last is None else _glue(sentence[last[3] : start], possessive)
            flags = glue | _korean_flags(form, tag)
            tokens.append(Token(form, start, end, flags))
            last, possessive = morpheme, False
            continue
        if tag in ("XSV", "XSA") and last is not None and last[3] == start:
            tokens[-1] = replace(tokens[-1], flags=tokens[-1].flags | VERBAL)
        possessive = tag == "JKG" and last is not None and last[3] == start
        if not possessive:
            last = None
        if tag in _PREDICATES:
            tokens.append(Token(form if tag == "MAG" else f"{form}다", start, end, 0))
    return tokens


def _glue(gap: str, possessive: bool) -> int:
    if not gap:
        return TOUCHES
    if possessive:
        return OF if gap == "의 " else 0
    return SPACED if gap.isspace() and len(gap) == 1 else 0


def _korean_flags(form: str, tag: str) -> int:
    """Suffixes do not begin a term, prefixes do not end one, figures do neither for themselves."""
    name = NAME if tag in ("NNP", "SL") else 0
    if form in BOUND_LIKE:
        return INNER | FIRST | LAST
    if form in KOREAN_NOISE:
        return 0
    if form in SOURCES:
        return ALONE
    if tag == "SL" and form.islower():  # km, and: no name
        return INNER | FIRST
    if tag in _FULL_NOUNS:
        return INNER | FIRST | LAST | ALONE | name
    if tag == "XSN":
        return INNER | LAST if form not in ("들", "적") else 0
    if tag in ("SN", "NR"):
        return INNER | FIRST
    return INNER | FIRST if tag in ("XPN", "MM") else INNER | FIRST | LAST


@lru_cache(maxsize=65536)
def korean_key(form: str) -> str:
    """One spelling for North and South."""
    lower = form.lower()
    return fold_spelling(lower) if len(lower) > 1 and all(map(is_hangul, lower)) else lower


# Flags of English words beside INNER … NAME: it stands right behind the word before it, with a
# hyphen only, and it may stand inside a term though not at its ends.
FOLLOWS, HYPHEN, GRAMMAR = 1, 2, 4

_BRACKETS = re.compile(r"[(\[][^()\[\]]{0,200}[)\]]")
_SHORT_FORM = re.compile(r"[A-Z][A-Z&]{1,7}s?")


def english_tokens(sentence: str) -> list[Token]:
    """The words of an English sentence in order, function words included.

    What stands in brackets explains and is no rendering, unless it is an abbreviation.
    """
    inside = [m.span() for m in _BRACKETS.finditer(sentence)]
    tokens: list[Token] = []
    for word in words(sentence):
        token = _english_token(word, inside)
        if word.joined and tokens and tokens[-1].form.lower() in PREFIXES:  # non-socialist
            token = replace(token, flags=token.flags & ~(FIRST | ALONE))
            tokens[-1] = replace(tokens[-1], flags=tokens[-1].flags & ~ALONE)
        tokens.append(token)
    return tokens


def _english_token(word: Word, brackets: list[tuple[int, int]]) -> Token:
    flags = 0 if word.breaks else FOLLOWS
    flags |= HYPHEN if word.joined else 0
    explains = any(start <= word.start < end for start, end in brackets)
    if not explains or _SHORT_FORM.fullmatch(word.text):
        flags |= _english_flags(word)
    return Token(word.text, word.start, word.end, flags)


def _english_flags(word: Word) -> int:
    lower = word.text.lower()
    if word.is_stop:
        return INNER | GRAMMAR if lower in INSIDE else 0
    if lower in ENGLISH_NOISE or (len(lower) < 2 and not lower.isdigit()):
        return 0
    name = NAME if word.text[0].isupper() else 0
    if lower in REPORTING or lower in PAST_FORMS:
        return ALONE | name
    if word.text.isdigit() or word.text[0].isdigit():
        return INNER | FIRST | LAST
    owner = lower.endswith(("'s", "’s")) and lower[:-2] not in PEOPLE  # the committee's share
    return INNER | (0 if owner else FIRST) | LAST | ALONE | name


@lru_cache(maxsize=65536)
def english_key(text: str) -> str:
    """The inflection key; of short abbreviations the capitals, so that U.S. is US and not *use*."""
    short = re.sub("['’]s$", "", text).replace(".", "")
    if 2 <= len(short) <= 3 and short.isupper() and short.isalpha():
        return short
    return inflection_key(text)
