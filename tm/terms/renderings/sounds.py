"""How alike a Korean word and an English one sound and count: 카불 and Kabul, 617상무 and 617."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_LETTER_GROUPS = [
    ("ph", "p"), ("th", "t"), ("kh", "k"), ("ck", "k"), ("sch", "s"), ("tch", "J"), ("sh", "s"),
    ("ch", "J"), ("qu", "kw"), ("x", "ks"), ("ng", "n"), ("gh", "g"), ("wh", "w"),
]  # fmt: skip
_LETTERS = str.maketrans("bfvgcqdzljy", "pppkkktsrJi")


#: Likeness up to which two words may be alike by chance.
_CHANCE = 0.6


@lru_cache(maxsize=65536)
def sound_key(latin: str) -> str:
    """Latin letters reduced to what Korean tells apart: p/b/f/v, k/g, t/d, s/z and r/l are one."""
    letters = re.sub(r"[^a-z]", "", latin.lower())
    for written, sound in _LETTER_GROUPS:
        letters = letters.replace(written, sound)
    return re.sub(r"(.)\1", r"\1", letters.translate(_LETTERS))


def sound_similarity(spellings: Sequence[str], key: str) -> float:
    """How alike two words sound, 0 … 1: the best of several romanisations against one word.

    All are sound keys. Consonants count twice: a loan word's vowels change with its route
    (말레이시아 Malaysia). What any two short words share counts as 0.
    """
    best = max((_alike(spelling, key) for spelling in spellings), default=0.0)
    return max(0.0, (best - _CHANCE) / (1 - _CHANCE))


@lru_cache(maxsize=65536)
def _alike(left: str, right: str) -> float:
    from rapidfuzz.distance import Levenshtein

    left_bones, right_bones = _consonants(left), _consonants(right)
    if min(len(left), len(right)) < 3 or not left_bones or not right_bones:
        return 0.0
    whole = float(Levenshtein.normalized_similarity(left, right))
    if min(len(left_bones), len(right_bones)) < 2:
        return whole
    bones = float(Levenshtein.normalized_similarity(left_bones, right_bones))
    return (whole + bones) / 2


def _consonants(key: str) -> str:
    return re.sub(r"[aeiouwh]", "", key)


_NUMBER = re.compile(r"\d+(?:[.·,]\d+)*")


def number_agreement(term: str, rendering: str) -> float:
    """1 if both have the same number, -1 if one has a number that the other lacks, else 0."""
    wanted = {re.sub(r"\D", "", n) for n in _NUMBER.findall(term)}
    given = {re.sub(r"\D", "", n) for n in _NUMBER.findall(rendering)}
    if not wanted and not given:
        return 0.0
    return 1.0 if wanted == given else -1.0
