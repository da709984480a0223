"""Spoken syllables in Latin letters: the tables of the systems, and how they are put together.

Sources: National Institute of the Korean Language, notice 2000-8 (Revised Romanisation); McCune and
Reischauer 1939; the DPRK's rules as given to the UN group of experts on geographical names (1992,
revised 2002), in their simplified form without breves.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from tm.terms.latin.phonology import Syllable

_VOWELS_RR = {
    "ㅏ": "a", "ㅐ": "ae", "ㅑ": "ya", "ㅒ": "yae", "ㅓ": "eo", "ㅔ": "e", "ㅕ": "yeo", "ㅖ": "ye",
    "ㅗ": "o", "ㅘ": "wa", "ㅙ": "wae", "ㅚ": "oe", "ㅛ": "yo", "ㅜ": "u", "ㅝ": "wo", "ㅞ": "we",
    "ㅟ": "wi", "ㅠ": "yu", "ㅡ": "eu", "ㅢ": "ui", "ㅣ": "i",
}  # fmt: skip
_VOWELS_MR = {
    **_VOWELS_RR, "ㅓ": "ŏ", "ㅕ": "yŏ", "ㅝ": "wŏ", "ㅡ": "ŭ", "ㅢ": "ŭi",
}  # fmt: skip
_TENSE = {"ㄲ": "kk", "ㄸ": "tt", "ㅃ": "pp", "ㅆ": "ss", "ㅉ": "jj"}
_INITIALS_RR = {
    "ㄱ": "g", "ㄴ": "n", "ㄷ": "d", "ㄹ": "r", "ㅁ": "m", "ㅂ": "b", "ㅅ": "s", "ㅇ": "",
    "ㅈ": "j", "ㅊ": "ch", "ㅋ": "k", "ㅌ": "t", "ㅍ": "p", "ㅎ": "h", **_TENSE,
}  # fmt: skip
_INITIALS_MR = {
    **_INITIALS_RR, "ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅈ": "ch",
    "ㅊ": "ch'", "ㅋ": "k'", "ㅌ": "t'", "ㅍ": "p'", "ㅉ": "tch",
}  # fmt: skip
_INITIALS_DPRK = {
    **_INITIALS_RR, "ㄱ": "k", "ㄷ": "t", "ㅂ": "p", "ㅋ": "kh", "ㅌ": "th", "ㅍ": "ph",
}  # fmt: skip
# On maps of the North in English: the DPRK's letters, but p and t for ㅍ and ㅌ (Pyongyang).
_INITIALS_MAPS = {**_INITIALS_DPRK, "ㅋ": "k", "ㅌ": "t", "ㅍ": "p"}
_FINALS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}
_LAX = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}


@dataclass(frozen=True, slots=True)
class Script:
    """One system: its letters, and where lax consonants are voiced.

    ``voiced_after``: the finals (``""`` a vowel) behind which each of ㄱ ㄷ ㅂ ㅈ is voiced.
    ``marks``: with breves and apostrophes, n'g told from ng.
    """

    initials: dict[str, str]
    vowels: dict[str, str]
    voiced_after: dict[str, tuple[str, ...]]
    marks: bool = False
    mccune: bool = False

    def letters(self, syllables: Sequence[Syllable]) -> list[str]:
        """Each syllable in Latin letters; joined, they are the word."""
        out: list[str] = []
        before: Syllable | None = None
        for syllable in syllables:
            out.append(self._initial(syllable, before) + self._vowel(syllable, before))
            out[-1] += _FINALS[syllable.final]
            if self.mccune and before and (before.final, syllable.initial) == ("ㄹ", "ㅎ"):
                out[-2] = out[-2][:-1] + "r"  # 발해 Parhae
            before = syllable
        return [letters if self.marks else plain(letters) for letters in out]

    def word(self, syllables: Sequence[Syllable]) -> str:
        return "".join(self.letters(syllables))

    def _initial(self, syllable: Syllable, before: Syllable | None) -> str:
        initial = self.initials[syllable.initial]
        if self.mccune and syllable.initial == "ㅅ" and syllable.vowel == "ㅟ":
            return "sh"
        if before is None or syllable.tense:
            return initial
        if syllable.initial == "ㄹ" and before.final == "ㄹ":
            return "l"
        if before.final in self.voiced_after.get(syllable.initial, ()):
            initial = _LAX[syllable.initial]
            return (
                f"'{initial}" if self.marks and (before.final, initial) == ("ㄴ", "g") else initial
            )
        return initial

    def _vowel(self, syllable: Syllable, before: Syllable | None) -> str:
        hiatus = before is not None and not before.final and before.vowel in "ㅏㅗ"
        if self.mccune and hiatus and syllable.initial == "ㅇ" and syllable.vowel == "ㅔ":
            return "ë"  # told from ㅐ and ㅚ
        return self.vowels[syllable.vowel]


def plain(romanised: str) -> str:
    """A romanisation without breves and apostrophes, as newspapers print it."""
    decomposed = unicodedata.normalize("NFD", romanised)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’")


_SONORANT = ("", *"ㄴㄹㅁㅇ")
_ALL_VOICED = dict.fromkeys(_LAX, _SONORANT)
#: McCune and Reischauer: ㄷ and ㅈ stay voiceless behind ㄹ (palchŏn, kaltŭng).
_MCCUNE_VOICED = {**_ALL_VOICED, "ㄷ": ("", *"ㄴㅁㅇ"), "ㅈ": ("", *"ㄴㅁㅇ")}

REVISED = Script(_INITIALS_RR, _VOWELS_RR, {})
MCCUNE = Script(_INITIALS_MR, _VOWELS_MR, _MCCUNE_VOICED, marks=True, mccune=True)
NORTHERN = Script(_INITIALS_DPRK, _VOWELS_MR, _ALL_VOICED)
#: Places of the North as English maps and newsrooms have them.
MAPS = Script(_INITIALS_MAPS, _VOWELS_MR, _ALL_VOICED)
#: Words of the North in newsrooms: Revised consonants, McCune–Reischauer vowels without marks.
NEWSROOM = Script({**_INITIALS_RR, "ㄲ": "k", "ㄸ": "t", "ㅃ": "p"}, _VOWELS_MR, {})
