"""How a Korean word can be divided into nouns, by a list of common ones and without a tagger.

돈주계층 is 돈주 and 계층; 인민반란 is 인민 and 반란, so 인민반 is not in it. Where the list knows
one way only, that settles a compound at once; where it knows none or several, the sentence has to
be read.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from tm.terms.finding.wordfiles import common_words
from tm.terms.particles import fits_after

_LONGEST_NOUN = 6
#: Longer words are left to the tagger.
_LONGEST_WORD = 12
#: Syllables that make a noun of a noun and leave it its meaning, behind it and before it.
SUFFIXES = frozenset("장원꾼별측급내증세대적용제권발행")
#: Syllables that may do that (손전화기) or make a word of another meaning (비행기, 민주당).
_OTHER_SUFFIXES = frozenset("기당")
PREFIXES = frozenset("도시군구리당각전총반대준친비재부신탈")

#: The places of borders in a word: its start, the end of each noun.
Borders = frozenset[int]


def has_suffix(rest: str) -> bool:
    """Whether a suffix comes after the noun, and after that particles or nothing."""
    known = rest[:1] in SUFFIXES or rest[:1] in _OTHER_SUFFIXES
    return bool(rest) and known and fits_after(rest[0], rest[1:], verbal=False)


def keeps_meaning(rest: str) -> bool:
    """Whether :func:`has_suffix`, and one that leaves the noun its meaning."""
    return rest[:1] in SUFFIXES and has_suffix(rest)


@lru_cache(maxsize=1 << 16)
def stands_between(left: str, rest: str, last: str) -> bool:
    """Whether what stands in one word with a term is known: nouns or a prefix on its left, nouns,
    a suffix, particles or nothing on its right. ``last`` is the term's last letter."""
    if left and left not in PREFIXES and not any(len(left) in b for b in _divisions(left, 2, "")):
        return False
    if not rest or fits_after(last, rest) or has_suffix(rest):
        return True
    return any(len(borders) > 1 for borders in _divisions(rest, 2, None))


def is_noun_with_particles(rest: str) -> bool:
    """Whether a part of a word is a common noun, or several, and after it particles or nothing."""
    return any(len(borders) > 1 for borders in _divisions(rest, 1, None))


@lru_cache(maxsize=1 << 16)
def divides_otherwise(word: str, start: int, end: int, shortest: int) -> bool:
    """Whether a word can be divided into nouns, with particles after the last, so that
    ``word[start:end]`` is cut or grown together with its neighbours.

    shortest: 1 or 2, how many syllables a noun has at least.
    """
    derived = end - start > 1 and keeps_meaning(word[end:])
    ends = (end, end + 1) if derived else (end,)
    return not all(
        start in borders and any(at in borders for at in ends)
        for borders in _divisions(word, shortest, None)
    )


@lru_cache(maxsize=1 << 15)
def _divisions(word: str, shortest: int, tail: str | None) -> tuple[Borders, ...]:
    """The divisions of a word into nouns and ``tail``, or particles if that is None."""
    if len(word) > _LONGEST_WORD:
        return ()
    return tuple(frozenset(borders) for borders in _divided(word, 0, shortest, tail))


def _divided(word: str, start: int, shortest: int, tail: str | None) -> Iterator[list[int]]:
    known = common_words()
    for end in range(start + shortest, min(start + _LONGEST_NOUN, len(word)) + 1):
        if word[start:end] not in known:
            continue
        rest = word[end:]
        if rest == tail or (tail is None and fits_after(word[end - 1], rest)):
            yield [start, end]
        if rest:
            # One short noun after the other would divide almost any word.
            least = 2 if end - start == 1 else shortest
            for more in _divided(word, end, least, tail):
                yield [start, *more]
