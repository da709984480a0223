"""Hangul as it is spoken: 한라 → 할라, 십리 → 심니, 같이 → 가치, 알약 → 알략.

The rules are those of the South's standard pronunciation (표준 발음법, 1988), as far as they show
in Latin letters. ``north=True`` follows the North's (문화어발음법): ㄹ stays ㄹ behind ㅁ, ㅇ and
what becomes ㅁ, ㅇ (압록 → 암록); ㄴㄹ is ㄹㄹ only where long use has it (천리마, not 은률).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tm.terms.latin.borders import L_STEMS, NORTHERN_LL, borders
from tm.terms.spelling import split_syllable


@dataclass(frozen=True, slots=True)
class Syllable:
    """A spoken syllable in letters of Hangul; ``tense``: spoken tense though written lax."""

    initial: str
    vowel: str
    final: str
    tense: bool = False


# A double final: what is spoken before a consonant, and what moves over before a vowel.
_DOUBLE = {
    "ㄳ": ("ㄱ", "ㅅ"), "ㄵ": ("ㄴ", "ㅈ"), "ㄶ": ("ㄴ", "ㅎ"), "ㄺ": ("ㄱ", "ㄱ"),
    "ㄻ": ("ㅁ", "ㅁ"), "ㄼ": ("ㄹ", "ㅂ"), "ㄽ": ("ㄹ", "ㅅ"), "ㄾ": ("ㄹ", "ㅌ"),
    "ㄿ": ("ㅂ", "ㅍ"), "ㅀ": ("ㄹ", "ㅎ"), "ㅄ": ("ㅂ", "ㅅ"),
}  # fmt: skip
_KEEPS_L = frozenset("ㄺㄻㄿ")  # before a vowel ㄹ is the part that stays
_REPRESENTATIVE = {
    **dict.fromkeys("ㄱㄲㅋ", "ㄱ"),
    **dict.fromkeys("ㄷㅅㅆㅈㅊㅌㅎ", "ㄷ"),
    **dict.fromkeys("ㅂㅍ", "ㅂ"),
}
_NASAL = {"ㄱ": "ㅇ", "ㄷ": "ㄴ", "ㅂ": "ㅁ"}
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ", "ㅂ": "ㅍ"}
# What stays and what joins ㅎ in a verb: 밝히다 balkida, 앉히다 anchida, 못하다 motada.
_BEFORE_H = {
    "ㄱ": ("", "ㅋ"), "ㄺ": ("ㄹ", "ㅋ"), "ㄷ": ("", "ㅌ"), "ㅅ": ("", "ㅌ"), "ㅂ": ("", "ㅍ"),
    "ㄼ": ("ㄹ", "ㅍ"), "ㅈ": ("", "ㅊ"), "ㄵ": ("ㄴ", "ㅊ"), "ㅌ": ("", "ㅌ"),
}  # fmt: skip
_INSERTS_N = frozenset("ㅣㅑㅕㅛㅠㅖㅒ")
# -히- of verbs and adverbs, and forms of -하다; nouns keep ㅎ apart (묵호 Mukho, 북한).
_SPOKEN_TOGETHER = re.compile(
    r"[히혀혔힌힐힘힙]|하(?:다|고|는|지|게|기|여|였|며|면|자|시|던|려|도록|나|니|십)|했|합니|한다|해(?:서|요|야|도)"
)


def sounds(word: str, *, north: bool = False) -> list[Syllable]:
    """The syllables of one Hangul word as they are spoken."""
    spoken = [Syllable(*split_syllable(char)) for char in word]
    apart = borders(word)
    for i in range(len(spoken) - 1):
        meeting = _Meeting(word, i, apart.get(i + 1), north)
        spoken[i], spoken[i + 1] = meeting.of(spoken[i], spoken[i + 1])
    if spoken:
        spoken[-1] = replace(spoken[-1], final=closed(spoken[-1].final))
    return spoken


def by_syllable(word: str) -> list[Syllable]:
    """The syllables each by itself, as in personal names: 박문수 stays bak·mun·su."""
    syllables = [Syllable(*split_syllable(char)) for char in word]
    return [replace(syllable, final=closed(syllable.final)) for syllable in syllables]


def closed(final: str) -> str:
    """What is heard of a final with nothing behind it: 꽃 kkot, 값 gap, 흙 heuk."""
    spoken = _DOUBLE[final][0] if final in _DOUBLE else final
    return _REPRESENTATIVE.get(spoken, spoken)


@dataclass(frozen=True, slots=True)
class _Meeting:
    """Two neighbouring syllables of a word, and what decides how they meet.

    ``border``: whether ㄴ is put in between them before i and y; ``None`` inside one word.
    """

    word: str
    at: int
    border: bool | None
    north: bool

    def of(self, left: Syllable, right: Syllable) -> tuple[Syllable, Syllable]:
        final, initial = left.final, right.initial
        if not final:
            return left, right
        tense = False
        if self.border is not None:
            final, initial = self._across(closed(final), initial, right.vowel)
        elif initial == "ㅇ":
            final, initial = _link(final, right.vowel)
        elif initial == "ㅎ" and final in _BEFORE_H and self._is_verb(right.vowel):
            joined = "ㅊ" if final == "ㄷ" and right.vowel in "ㅣㅕ" else _BEFORE_H[final][1]
            final, initial = _BEFORE_H[final][0], joined  # 묻히다 muchida
        elif final in "ㅎㄶㅀ" and initial in _ASPIRATED:
            final, initial = _DOUBLE.get(final, ("", ""))[0], _ASPIRATED[initial]
        elif final in "ㅎㄶㅀ" and initial == "ㅅ":
            final, tense = _DOUBLE.get(final, ("", ""))[0], True
        elif final == "ㅎ" and initial == "ㄴ":
            final = "ㄴ"
        elif final == "ㄺ" and initial == "ㄱ" and self.word[self.at] in L_STEMS:
            final, tense = "ㄹ", True  # 읽고 ilgo, but 닭고기 dakgogi
        elif final in "ㄵㄼㄽㄾ" and initial in "ㄱㄷㅂㅅㅈ":
            final, tense = self._before_tense(final), True
        else:
            final, initial = self._assimilated(closed(final), initial)
        return replace(left, final=final), replace(right, initial=initial, tense=tense)

    def _before_tense(self, final: str) -> str:
        return "ㅂ" if self.word[self.at] == "밟" else closed(final)  # 밟다 bapda, 넓다 neolda

    def _is_verb(self, vowel: str) -> bool:
        return bool(_SPOKEN_TOGETHER.match(self.word, self.at + 1)) and vowel in "ㅣㅕㅏㅐ"

    def _across(self, final: str, initial: str, vowel: str) -> tuple[str, str]:
        """Over the border of two words in one: 알|약 allyak, 겉|옷 geodot."""
        if initial == "ㅇ" and vowel in _INSERTS_N and self.border:
            return self._assimilated(final, "ㄴ")
        if initial == "ㅇ":
            return ("ㅇ", "ㅇ") if final == "ㅇ" else ("", final)
        if (final, initial) == ("ㄴ", "ㄹ"):
            return ("ㄴ", "ㄹ") if self.north else ("ㄴ", "ㄴ")
        return self._assimilated(final, initial)

    def _assimilated(self, final: str, initial: str) -> tuple[str, str]:
        if final in _NASAL and initial in ("ㄴ", "ㅁ"):
            return _NASAL[final], initial
        if initial == "ㄹ" and final in (*_NASAL, "ㅁ", "ㅇ"):
            return _NASAL.get(final, final), "ㄹ" if self.north else "ㄴ"
        if (final, initial) == ("ㄴ", "ㄹ") and self.north:
            return ("ㄹ", "ㄹ") if self.word[self.at : self.at + 2] in NORTHERN_LL else ("ㄴ", "ㄹ")
        if (final, initial) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
            return "ㄹ", "ㄹ"
        return final, initial


def _link(final: str, vowel: str) -> tuple[str, str]:
    """The final before a vowel: it moves over, ㅇ stays, ㅎ falls silent."""
    if final == "ㅇ":
        return "ㅇ", "ㅇ"
    stays, moves = "", final
    if final in _DOUBLE:
        stays, moves = _DOUBLE[final]
        stays = "ㄹ" if final in _KEEPS_L else stays
    if moves == "ㅎ":
        return "", stays or "ㅇ"
    if moves in "ㄷㅌ" and vowel in "ㅣㅕ":
        moves = "ㅈ" if moves == "ㄷ" else "ㅊ"
    return stays, moves
