"""Particles and endings that are written onto Korean nouns, and how to take them off by rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from tm.terms.lexicon import word_set
from tm.terms.spelling import has_final

#: Particles, some with a second one attached, after a syllable with a final consonant, after one
#: without, and after any.
AFTER_CONSONANT = word_set(
    """
    은 이 을 과 아 이나 이나마 이라도 이라는 이라야 이야말로 이란 이랑 이며 이든 은커녕
    으로 으로는 으로도 으로부터 으로서 으로써
    """
)
AFTER_VOWEL = word_set(
    """
    는 가 를 와 나 나마 라도 라는 라야 야말로 란 랑 며 든 는커녕
    로 로는 로도 로부터 로서 로써
    """
)
AFTER_ANY = word_set(
    """
    의 도 만 에 에는 에도 에만 에서 에서는 에서도 에서의 에서만 에서부터 에게 에게는 에게도 에게로
    에게만 에게서 에게서는 에게서도 에까지 에의 한테 한테서 께 께서 께서는 께서도 까지 까지는 까지도
    까지만 부터 부터는 조차 마저 마다 처럼 보다 보다는 밖에 뿐 뿐만 대로 만큼 만은 만이 만을 만의
    만으로 과의 와의 으로의 로의 커녕 하고 더러 보고
    """
)
#: After a final ㄹ the particle of direction has the form that it has after a vowel: 서울로.
_DIRECTION = frozenset(p for p in AFTER_VOWEL if p.startswith("로"))
_PLURAL = word_set("들 네들 님들 님 씨")
_FITTING: dict[str, frozenset[str]] = {
    "vowel": AFTER_VOWEL | AFTER_ANY | _PLURAL,
    "ㄹ": AFTER_CONSONANT | _DIRECTION | AFTER_ANY | _PLURAL,
    "consonant": AFTER_CONSONANT | AFTER_ANY | _PLURAL,
}
_LONGEST = max(map(len, AFTER_CONSONANT | AFTER_VOWEL | AFTER_ANY))
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


@lru_cache(maxsize=1 << 17)
def fits_after(last: str, rest: str, *, verbal: bool = True) -> bool:
    """Whether ``rest`` is a chain of particles or endings that can follow the syllable ``last``."""
    if not rest:
        return True
    final = has_final(last)
    if final is None:  # a digit, Latin letter or Hanja: its sound is unknown
        return fits_after("가", rest, verbal=verbal) or fits_after("각", rest, verbal=verbal)
    if (_COPULA_C if final else _COPULA_V).match(rest) or (verbal and VERBAL.match(rest)):
        return True
    fitting = particles_after(last)
    return any(
        rest[:cut] in fitting and fits_after(rest[cut - 1], rest[cut:], verbal=False)
        for cut in range(1, min(_LONGEST, len(rest)) + 1)
    )


def particles_after(last: str) -> frozenset[str]:
    """The particles that can follow a Hangul syllable."""
    final = has_final(last)
    return _FITTING[final if final == "ㄹ" else "consonant" if final else "vowel"]


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
