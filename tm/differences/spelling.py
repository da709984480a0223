"""Whether two words are one word in two spellings.

North and South (로동/노동, 녀성/여성, 페쇄/폐쇄, 되였다/되었다, 기발/깃발), contracted or not
(하였다/했다), Hanja and Hangul (北/북), British and American (labour/labor).
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tm.terms.latin.names import GIVEN_SYLLABLES, SURNAMES
from tm.terms.spelling import I_VOWELS, is_hangul, is_hanja, join_syllable, split_syllable

# The characters with which headlines and articles abbreviate, and their readings.
_HANJA = dict(
    zip(
        "北南美中日韓朝露英佛獨軍黨對反親核前現新故女男死生國外內東西道市郡大小上下高低車火水金土木人民主"
        "首脳腦相會談訪發射彈兵海空陸戰爭平和政府法刑罰農工商稅錢",
        "북남미중일한조러영불독군당대반친핵전현신고여남사생국외내동서도시군대소상하고저차화수금토목인민주"
        "수뇌뇌상회담방발사탄병해공육전쟁평화정부법형벌농공상세전",
        strict=True,
    )
)
_CONTRACTED = (
    ("하여", "해"),
    ("하였", "했"),
    ("되여", "돼"),
    ("되였", "됐"),
    ("되어", "돼"),
    ("되었", "됐"),
)
# A country as headlines write it: one character for a name of several syllables.
_HEADLINES = {
    "北": "북한", "南": "남한 한국", "韓": "한국", "中": "중국", "美": "미국", "日": "일본",
    "露": "러시아", "英": "영국", "佛": "프랑스", "獨": "독일", "濠": "호주",
    "印": "인도", "越": "베트남",
}  # fmt: skip
# At the start of a word, or of a later part of a compound, the South drops or softens ㄹ and ㄴ.
_SOFTENED = frozenset("ㄹㄴㅇ")
_NAME = 3  # syllables of most names
# Vowels after which the North writes 여 for 어.
_BEFORE_YEO = frozenset("ㅣㅐㅔㅚㅟㅢ")
_BRITISH = (
    (re.compile("our"), "or"),
    (re.compile("is(?=e|i|a)"), "iz"),
    (re.compile("ys(?=e|i)"), "yz"),
    (re.compile("tre$"), "ter"),
    (re.compile("ence$"), "ense"),
    (re.compile("mme$"), "m"),
    (re.compile("grey"), "gray"),
    (re.compile("ll(?=ed|ing|er)"), "l"),
)


@lru_cache(maxsize=8192)
def same_spelling(one: str, other: str) -> bool:
    """Whether two different words, folded, are spellings of one."""
    if any(map(is_hangul, one + other)):
        return _same_korean(one, other)
    return one.isalpha() and other.isalpha() and _american(one) == _american(other)


def _american(word: str) -> str:
    for pattern, instead in _BRITISH:
        word = pattern.sub(instead, word)
    return word


def _same_korean(one: str, other: str) -> bool:
    one, other = _contracted(one), _contracted(other)
    for hanja, word in ((one, other), (other, one)):
        if hanja and hanja[0] in _HEADLINES and not is_hanja(word[:1]):
            names = _HEADLINES[hanja[0]].split()
            if any(word == name + hanja[1:] for name in names):
                return True
    if len(one) != len(other):
        return False
    return all(
        a == b or _interchangeable(a, b, one, at)
        for at, (a, b) in enumerate(zip(one, other, strict=True))
    )


def _contracted(word: str) -> str:
    word = unicodedata.normalize("NFKC", word)
    for long, short in _CONTRACTED:
        word = word.replace(long, short)
    return word


def _interchangeable(a: str, b: str, word: str, at: int) -> bool:
    if is_hanja(a) != is_hanja(b):
        hanja, hangul = (a, b) if is_hanja(a) else (b, a)
        return _HANJA.get(hanja) in (hangul, _softened(hangul))
    if not (is_hangul(a) and is_hangul(b)):
        return False
    (initial, vowel, final), (initial_b, vowel_b, final_b) = split_syllable(a), split_syllable(b)
    if (vowel, final) == (vowel_b, final_b):
        pair = {initial, initial_b}
        softened = pair <= _SOFTENED and "ㅇ" in pair if vowel in I_VOWELS else pair == {"ㄹ", "ㄴ"}
        return (at % 2 == 0 or (at == 1 and _may_be_person(word))) and softened
    if (initial, final) == (initial_b, final_b):
        yeo = initial == "ㅇ" and {vowel, vowel_b} == {"ㅓ", "ㅕ"} and at > 0
        return {vowel, vowel_b} == {"ㅔ", "ㅖ"} or (
            yeo and is_hangul(word[at - 1]) and split_syllable(word[at - 1])[1] in _BEFORE_YEO
        )
    return (initial, vowel) == (initial_b, vowel_b) and {final, final_b} == {"", "ㅅ"} and at == 0


def _may_be_person(word: str) -> bool:
    """최룡해: the given name begins with the second syllable."""
    return (
        len(word) >= _NAME
        and word[0] in SURNAMES
        and all(syllable in GIVEN_SYLLABLES for syllable in word[1:_NAME])
    )


def _softened(hangul: str) -> str:
    """女 is 여 and 녀."""
    if not is_hangul(hangul):
        return hangul
    initial, vowel, final = split_syllable(hangul)
    return join_syllable("ㅇ", vowel, final) if initial in "ㄹㄴ" else hangul
