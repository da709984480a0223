"""Particles and endings that are written onto Korean nouns, and how to take them off by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tm.terms.lexicon import word_set
from tm.terms.spelling import has_final

# Particles by the sound before them; the rest of the chain is checked again after each.
_AFTER_CONSONANT = (
    *("이라도", "이나마", "이라야", "이야말로", "이란", "이랑", "이나", "이며", "이든"),
    *("은커녕", "은", "을", "과", "이", "아"),
)
_AFTER_VOWEL = (
    "라도",
    "나마",
    "라야",
    "야말로",
    "란",
    "랑",
    "는커녕",
    "는",
    "를",
    "와",
    "가",
    "나",
)
_AFTER_ANY_TEXT = """
    에게서는 에게서도 에서부터 께서는 께서도 만으로 에게는 에게도 에게로 에게만 에게서 에까지
    에서는 에서도 에서만 에서의 한테서 까지 께서 대로 더러 마다 마저 만은
    만을 만의 만이 만큼 밖에 보고 보다 부터 에게 에는 에도 에만
    에서 에의 조차 처럼 커녕 하고 한테 께 도 만 뿐 에
    의
"""
_AFTER_ANY = tuple(_AFTER_ANY_TEXT.split())
_DIRECTION = ("으로부터", "으로서", "으로써", "으로", "로부터", "로서", "로써", "로")
_PLURAL = ("들", "네들", "님들", "님", "씨")
_COPULA_C = re.compile(
    r"이(?:다|라|었|였|며|고|지[만요]?|면|자|므로|기|던|든|니|냐|네|란|랍|어서|어야|야|오|요|ㄴ)[가-힣]*$"
    r"|(?:인|일|임)(?:데|지|가|양|듯|까|수록|은|을|이|에|에도|으로)?(?:도|만|는|은)?$|입니[다까]$"
)
_COPULA_V = re.compile(
    r"(?:였|이었|라[는고며면던]|라$|이[다며고]|다$|며$|인$|인데$|임을?$|입니[다까]$)[가-힣]*$"
)
VERBAL = re.compile(
    r"(?:하(?:다|고|며|면|지|기|게|는|던|자|려|도록|였|여|니|므로|거나|겠|시)|했|한다|한$|할|함|해서|해야|해$"
    r"|되(?:다|고|며|면|지|기|게|는|던|자|려|도록|였|었|어|니|므로|거나|겠)|됐|된|될|됨|돼"
    r"|시[키켰킨킬]|당[하했한할해]|받[다고으은는을아았]|하$|되$)[가-힣]*$"
)
# Alone after a short noun these also make other words: 경기+도, 전문+가, 북한+인.
DOUBTFUL = word_set("가 도 인 만 나 야 여 과 란 라 다 아 라고 라는 랑 일 임")
DOUBTFUL_AFTER_LONG = word_set("인 나 야 여 라 다 아 일 임")


def fits_after(last: str, rest: str, *, verbal: bool = True) -> bool:
    """Whether ``rest`` is a chain of particles or endings that can follow the syllable ``last``."""
    if not rest:
        return True
    final = has_final(last)
    if final is None:  # a digit, Latin letter or Hanja: its sound is unknown
        return fits_after("가", rest, verbal=verbal) or fits_after("각", rest, verbal=verbal)
    if (_COPULA_C if final else _COPULA_V).match(rest) or (verbal and VERBAL.match(rest)):
        return True
    options = (*_AFTER_ANY, *_PLURAL, *(_AFTER_CONSONANT if final else _AFTER_VOWEL))
    for particle in options:
        if rest.startswith(particle) and _fits_particle_end(particle, rest):
            return True
    for particle in _DIRECTION:
        needs_eu = final not in ("", "ㄹ")
        if (particle[0] == "으") == needs_eu and rest.startswith(particle):
            return _fits_particle_end(particle, rest)
    return False


def _fits_particle_end(particle: str, rest: str) -> bool:
    tail = rest[len(particle) :]
    return not tail or fits_after(particle[-1], tail, verbal=False)


def word_stems(sentence: str) -> Iterator[str]:
    """The words of a sentence with their particles cut off by rule; no dictionary, very fast.

    Good enough to count what occurs together; 회의 and 경기도 keep their last syllable because a
    stem has two syllables or more and doubtful particles stay.
    """
    for match in _WORD.finditer(sentence):
        yield _word_stem(match.group())


_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}|\d+[가-힣]+")


@lru_cache(maxsize=65536)
def _word_stem(word: str) -> str:
    for cut in range(2, len(word)):
        rest = word[cut:]
        if rest not in DOUBTFUL and fits_after(word[cut - 1], rest):
            return word[:cut]
    return word
