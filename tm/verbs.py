"""Verb forms: the stems a Korean form may come from, its tense, and English inflection.

A Korean form is taken apart in decomposed Hangul: a final ending from a table, then past or future,
then what the stem's last sound may have been before it merged with the ending (하- + -였- = 했,
오르- + -았- = 올랐, 듣- + -어 = 들어, 짓- + -어 = 지어, 돕- + -아 = 도와, 살- + -는 = 사는). All
analyses that the tables allow are kept: two forms of one verb share one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal

from tm.terms.english import inflection_key
from tm.terms.lexicon import IRREGULAR_VERBS, word_set

Tense = Literal["past", "present", "future"]


def decomposed(text: str) -> str:
    """Hangul as the letters that its syllables consist of, as stems are written here."""
    return unicodedata.normalize("NFD", text)


def composed(text: str) -> str:
    """Letters as syllables again."""
    return unicodedata.normalize("NFC", text)


_ENDINGS_TEXT = """
    다 다고 다는 다며 다면 다면서 다던 고 고서 고는 고도 며 면 면서 면서도 으며 으면 으면서 지
    지만 지는 지도 지를 기 기로 기에 기도 기는 기를 는 는데 는다 는다고 는다는 는다며 은 은데 을
    음 음을 니 니까 으니 으니까 라 라고 라는 라며 으라고 으라는 자 자고 자는 자마자 게 도록 려
    려고 려는 으려고 으려는 러 으러 요 습니다 습니까 나 냐 냐고 느냐 는지 은지 을지 던 던데 거나
    든지 므로 으므로 네 구나 더라 더니 길 어 아 여 어서 아서 여서 어야 아야 여야 어도 아도 여도 서
    야 도 을까 으나 지만은 지요 죠 는가 은가 던가 다가 다가는 더라도 더라며 느라 느라고 려면 으려면
    고자 라면 라면서 으라며 자며 자면서 냐며 느냐고 는다면 는다면서 기만 기보다 는바 거든 건만
    을수록 는지도 을지도 답니다 는답니다 게끔 십시오 으십시오 읍시다
"""
_MERGED_ENDINGS = (
    "ᆫ", "ᆫ다", "ᆫ다고", "ᆫ다는", "ᆫ다며", "ᆫ다면", "ᆫ데", "ᆫ지", "ᆫ가", "ᆯ", "ᆯ지", "ᆯ까", "ᆷ", "ᆷ을",
    "ᆸ니다", "ᆸ니까", "ᆯ수록",
    "ᆫ다면서", "ᆫ답니다", "ᆯ지도", "ᆯ뿐더러", "ᆸ시다", "ᆫ들", "ᆯ지라도",
)  # fmt: skip
_ENDINGS = frozenset(decomposed(e) for e in (*_ENDINGS_TEXT.split(), *_MERGED_ENDINGS))
_LONGEST_ENDING = max(map(len, _ENDINGS))
# Endings before which nothing stands but the vowel that the stem has merged with: 해, 해서, 올라.
_AFTER_VOWEL_MERGED = frozenset(decomposed(e) for e in ("", "서", "야", "도", "요"))
_AFTER_L_DROPPED = ("ᄂ", "ᆫ", "ᆸ", "ᄉ", "ᆯ")
_FUTURE = decomposed("겠")
_HONORIFIC = tuple(decomposed(e) for e in ("으시", "시"))
_EXISTS = (decomposed("있"), _FUTURE)
_VOWEL_ENDINGS = tuple(decomposed(e) for e in ("아", "어", "여"))
# A stem's last vowel by what it has become: 하 → 해, 보 → 봐, 주 → 줘, 지 → 져, 되 → 돼, 쓰 → 써.
_BEFORE_MERGING = {"ᅧ": "ᅵ", "ᅪ": "ᅩ", "ᅯ": "ᅮ", "ᅢ": "ᅡ", "ᅫ": "ᅬ", "ᅥ": "ᅥᅳ", "ᅡ": "ᅡᅳ"}
_CLAUSE_END = re.compile(
    "(?:다|고|며|면|서|지만|니까|라고|자|는데|도록|거나|해|려고|므로|더니|[아어여]|[가-힣]러)$"
)
_FUTURE_PHRASE = re.compile(r"겠|[가-힣]\s?(?:것|예정|전망|계획|방침)")


@lru_cache(maxsize=1 << 15)
def verb_stems(word: str) -> frozenset[str]:
    """The stems, in decomposed Hangul, that a word may be a form of; itself always among them."""
    text = decomposed(word)
    found = {text}
    for cut in range(max(2, len(text) - _LONGEST_ENDING), len(text)):
        if text[cut:] in _ENDINGS:
            found.update(_stems_before(text[:cut], text[cut:]))
    found.update(_unmerged(text))
    return frozenset(found)


def _stems_before(rest: str, ending: str) -> Iterator[str]:
    yield from _restored(rest, ending)
    if ending in _AFTER_VOWEL_MERGED:
        yield from _unmerged(rest)
    if rest.endswith("ᆻ") and not rest.endswith(_EXISTS):
        for stem in tuple(_before_past(rest[:-1])):
            yield stem
            yield from _without_honorific(stem)
    for prefinal in (_FUTURE, *_HONORIFIC):
        if rest.endswith(prefinal) and len(rest) - len(prefinal) >= 2:
            yield from _restored(rest[: -len(prefinal)], prefinal)


def _without_honorific(stem: str) -> Iterator[str]:
    """평가하 of 평가하시, in the past 평가하셨다."""
    for honorific in _HONORIFIC:
        if stem.endswith(honorific) and len(stem) - len(honorific) >= 2:
            yield from _restored(stem[: -len(honorific)], honorific)


def _before_past(rest: str) -> Iterator[str]:
    """Stems before -았-, -었- and -였-, written apart or merged."""
    for vowel in _VOWEL_ENDINGS:
        if rest.endswith(vowel) and len(rest) - len(vowel) >= 2:
            yield from _restored(rest[: -len(vowel)], vowel)
    yield from _unmerged(rest)


def _unmerged(rest: str) -> Iterator[str]:
    """Stems whose last vowel has merged with -아 or -어."""
    if len(rest) < 2 or rest[-1] not in _BEFORE_MERGING:
        return
    head = rest[:-1]
    for vowel in _BEFORE_MERGING[rest[-1]]:
        yield head + vowel
    if head.endswith("ᆯᄅ"):  # 올라 of 오르
        yield head[:-2] + "르"
    if head.endswith("ᄋ") and rest[-1] in "ᅪᅯ" and len(head) >= 3:  # 도와 of 돕, 추워 of 춥
        yield head[:-1] + "ᆸ"


def _restored(rest: str, ending: str) -> Iterator[str]:
    """The stem before an ending, and what it may have lost to it."""
    yield rest
    last = rest[-1]
    if last == "ᆯ":
        yield rest[:-1] + "ᆮ"  # 들으니 of 듣
    if "ᅡ" <= last <= "ᅵ":
        if ending.startswith(_AFTER_L_DROPPED):
            yield rest + "ᆯ"  # 사는 of 살
        if ending.startswith("ᄋ"):
            yield rest + "ᆺ"  # 지어 of 짓
    if rest.endswith("우") and len(rest) >= 4:
        yield rest[:-2] + "ᆸ"  # 도우면 of 돕


def ends_clause(word: str) -> bool:
    """Whether a Korean word ends as a verb at the end of a clause does: 먹고, 팔았다, 올라서."""
    return _CLAUSE_END.search(word) is not None


def tense(word: str) -> Tense:
    """The tense of a Korean verb form, with what follows it: 도착할 것이다 is future."""
    if _FUTURE_PHRASE.search(word):
        return "future"
    text = decomposed(word)
    at = text.rfind("ᆻ")
    has_past = at >= 0 and not text[: at + 1].endswith(_EXISTS)
    return "past" if has_past else "present"


_PAST_AUXILIARIES = word_set("was were had did would could might said done been")


def english_stem(word: str) -> str:
    """One stem for the forms of an English word, whatever its case: opens and Opened."""
    return inflection_key(word.casefold())


def english_tense(word: str) -> Tense | None:
    """The tense an English form shows by itself; ``None`` for -ing and for what is no verb form."""
    low = word.casefold()
    if low in ("will", "shall"):
        return "future"
    lemma = IRREGULAR_VERBS.get(low, low)
    if (
        low in _PAST_AUXILIARIES
        or low.endswith("ed")
        or (lemma != low and not low.endswith(("s", "ing")))
    ):
        return "past"
    return None if low.endswith("ing") else "present"
