"""Korean in Latin letters: Revised Romanisation, McCune–Reischauer, the DPRK's, and newsrooms'.

All systems write what is spoken, so the sound changes between syllables come first (:func:`sounds`)
and the letters second. :func:`conventional` follows what newsrooms print about North Korea: people
surname first in three words (Kim Jong Un), provinces by direction (North Hamgyong Province), names
with an established spelling from a small table, everything else with the consonants of the Revised
and the vowels of the McCune–Reischauer system without marks (jangmadang, songun, kotjebi).

Sources: National Institute of the Korean Language, notice 2000-8; McCune and Reischauer 1939; the
DPRK's table as given to the UN group of experts on geographical names (2002).
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from tm.terms.names import GIVEN_SYLLABLES, PEOPLE, PLACES, PROVINCES, SOUTHERN, SURNAMES
from tm.terms.spelling import is_hangul, split_syllable

System = Literal["rr", "mr", "dprk"]

_VOWELS_RR = {
    "ㅏ": "a", "ㅐ": "ae", "ㅑ": "ya", "ㅒ": "yae", "ㅓ": "eo", "ㅔ": "e", "ㅕ": "yeo", "ㅖ": "ye",
    "ㅗ": "o", "ㅘ": "wa", "ㅙ": "wae", "ㅚ": "oe", "ㅛ": "yo", "ㅜ": "u", "ㅝ": "wo", "ㅞ": "we",
    "ㅟ": "wi", "ㅠ": "yu", "ㅡ": "eu", "ㅢ": "ui", "ㅣ": "i",
}  # fmt: skip
_VOWELS_MR = {
    **_VOWELS_RR, "ㅓ": "ŏ", "ㅕ": "yŏ", "ㅝ": "wŏ", "ㅡ": "ŭ", "ㅢ": "ŭi", "ㅔ": "e",
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
_VOICED = {"ㄱ": "g", "ㄷ": "d", "ㅂ": "b", "ㅈ": "j"}
_FINALS = {"": "", "ㄱ": "k", "ㄴ": "n", "ㄷ": "t", "ㄹ": "l", "ㅁ": "m", "ㅂ": "p", "ㅇ": "ng"}

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
_ASPIRATED = {"ㄱ": "ㅋ", "ㄷ": "ㅌ", "ㅈ": "ㅊ"}


@dataclass(frozen=True, slots=True)
class Syllable:
    initial: str
    vowel: str
    final: str


def sounds(word: str) -> list[Syllable]:
    """The syllables of a Hangul word as they are spoken: 한라 → 할라, 십리 → 심니, 같이 → 가치."""
    spoken = [Syllable(*split_syllable(char)) for char in word]
    for i in range(len(spoken) - 1):
        spoken[i], spoken[i + 1] = _meet(spoken[i], spoken[i + 1])
    if spoken:
        last = spoken[-1]
        spoken[-1] = replace(last, final=_closed(last.final))
    return spoken


def _meet(left: Syllable, right: Syllable) -> tuple[Syllable, Syllable]:
    final, initial = left.final, right.initial
    if not final:
        return left, right
    if initial == "ㅇ":
        final, initial = _link(final, right.vowel)
    elif initial == "ㅎ" and right.vowel == "ㅣ" and final in ("ㄷ", "ㄵ"):
        final, initial = ("", "ㅊ") if final == "ㄷ" else ("ㄴ", "ㅊ")  # 묻히다 muchida
    elif final in "ㅎㄶㅀ" and initial in _ASPIRATED:
        final, initial = _DOUBLE.get(final, ("", ""))[0], _ASPIRATED[initial]
    elif final == "ㅎ" and initial in "ㄴㅅ":
        final, initial = ("ㄴ", "ㄴ") if initial == "ㄴ" else ("", "ㅆ")
    else:
        final, initial = _assimilate(_closed(final), initial)
    return replace(left, final=final), replace(right, initial=initial)


def _link(final: str, vowel: str) -> tuple[str, str]:
    """The final before a vowel: it moves over, ㅇ stays, ㅎ falls silent."""
    if final == "ㅇ":
        return "ㅇ", "ㅇ"
    stays, moves = "", final
    if final in _DOUBLE:
        stays, moves = _DOUBLE[final]
        stays = "ㄹ" if final in _KEEPS_L else stays
    if moves == "ㅎ":
        return stays, "ㅇ"
    if moves in "ㄷㅌ" and vowel in "ㅣㅕ":
        moves = "ㅈ" if moves == "ㄷ" else "ㅊ"
    return stays, moves


def _closed(final: str) -> str:
    spoken = _DOUBLE[final][0] if final in _DOUBLE else final
    return _REPRESENTATIVE.get(spoken, spoken)


def _assimilate(final: str, initial: str) -> tuple[str, str]:
    if final in _NASAL and initial in ("ㄴ", "ㅁ"):
        return _NASAL[final], initial
    if final in _NASAL and initial == "ㄹ":
        return _NASAL[final], "ㄴ"
    if final in ("ㅁ", "ㅇ") and initial == "ㄹ":
        return final, "ㄴ"
    if (final, initial) in (("ㄴ", "ㄹ"), ("ㄹ", "ㄴ")):
        return "ㄹ", "ㄹ"
    return final, initial


def romanise(text: str, system: System = "rr") -> str:
    """``text`` with its Hangul in Latin letters, everything else as it is, lower case.

    ``rr``: the South's Revised Romanisation (no hyphens, no tensing); ``mr``: McCune–Reischauer
    with its marks (ch'ŏngjin); ``dprk``: the North's system without marks (chongjin, thaek).
    """
    write = {"rr": _write_rr, "mr": _write_mr, "dprk": _write_dprk}[system]
    return _by_word(text, write)


def plain(romanised: str) -> str:
    """A romanisation without breves and apostrophes, as newspapers print it."""
    decomposed = unicodedata.normalize("NFD", romanised)
    return "".join(c for c in decomposed if not unicodedata.combining(c) and c not in "'’")


def _by_word(text: str, write: Callable[[list[Syllable]], str]) -> str:
    out, word = [], ""
    for char in [*text, ""]:
        if char and is_hangul(char):
            word += char
            continue
        if word:
            out.append(write(sounds(word)))
            word = ""
        out.append(char)
    return "".join(out)


def _write_rr(syllables: list[Syllable]) -> str:
    return _write(syllables, _INITIALS_RR, _VOWELS_RR, voiced=False)


def _write_mr(syllables: list[Syllable]) -> str:
    text = _write(syllables, _INITIALS_MR, _VOWELS_MR, voiced=True, split_ng=True)
    return text.replace("swi", "shwi")


def _write_dprk(syllables: list[Syllable]) -> str:
    return plain(_write(syllables, _INITIALS_DPRK, _VOWELS_MR, voiced=True))


def _write_newsroom(syllables: list[Syllable]) -> str:
    initials = {**_INITIALS_RR, "ㄲ": "k", "ㄸ": "t", "ㅃ": "p"}
    return plain(_write(syllables, initials, _VOWELS_MR, voiced=False))


def _write(
    syllables: list[Syllable],
    initials: dict[str, str],
    vowels: dict[str, str],
    *,
    voiced: bool,
    split_ng: bool = False,
) -> str:
    out: list[str] = []
    before: Syllable | None = None
    for syllable in syllables:
        initial = initials[syllable.initial]
        if before is not None:
            if syllable.initial == "ㄹ" and before.final == "ㄹ":
                initial = "l"
            elif voiced and syllable.initial in _VOICED and before.final in ("", *"ㄴㄹㅁㅇ"):
                initial = _VOICED[syllable.initial]
                if split_ng and initial == "g" and before.final == "ㄴ":
                    initial = "'g"
        final = _FINALS[syllable.final]
        out.append(initial + vowels[syllable.vowel] + final)
        before = syllable
    return "".join(out)


@lru_cache(maxsize=4096)
def conventional(text: str) -> str:
    """The spelling a newsroom would use for a Korean name or word, lower case as in mid-sentence.

    Names get their capitals: 김정은 Kim Jong Un, 량강도 Ryanggang Province, 돈주 donju.
    """
    compact = "".join(text.split())
    for table in (PEOPLE, PLACES):
        if compact in table:
            return table[compact]
    return (
        _province(compact) or _place(compact) or _person(compact) or _by_word(text, _write_newsroom)
    )


def candidate_spellings(term: str) -> tuple[str, ...]:
    """All spellings of a term worth looking for in English, the conventional one first."""
    spellings = [conventional(term)]
    spellings += [plain(romanise(term, system)) for system in ("rr", "mr", "dprk")]
    spellings.append(_by_word(term, _write_newsroom))
    return tuple(dict.fromkeys(s for s in spellings if s and not any(map(is_hangul, s))))


_DIRECTIONS = {"북도": "North ", "남도": "South ", "도": ""}
_UNITS = {"군": "County", "시": "", "구역": "District", "동": "", "리": "", "역": "Station"}


def _province(text: str) -> str | None:
    for suffix, direction in _DIRECTIONS.items():
        name = text.removesuffix(suffix)
        if name != text and name in PROVINCES:
            return f"{direction}{PROVINCES[name]} Province"
    return None


def _place(text: str) -> str | None:
    for suffix, unit in _UNITS.items():
        name = text.removesuffix(suffix)
        if name != text and name in PLACES:
            return f"{PLACES[name]} {unit}".strip()
    if len(text) == 3 and text[-1] == "군" and text[:-1] not in SOUTHERN:
        return f"{_northern_place(text[:-1])} County"
    return None


def _northern_place(name: str) -> str:
    """McCune–Reischauer without marks, as maps of the North have it, but j for ㅈ (Jongju)."""
    initials = {**_INITIALS_MR, "ㅈ": "j", "ㅊ": "ch"}
    written = _by_word(name, lambda s: plain(_write(s, initials, _VOWELS_MR, voiced=True)))
    return written.capitalize()


def _person(text: str) -> str | None:
    """Surname first, each syllable a word, as North Korean names are printed."""
    if len(text) != 3 or text[0] not in SURNAMES:
        return None
    if not all(char in GIVEN_SYLLABLES for char in text[1:]):
        return None
    given = [_write_person(char) for char in text[1:]]
    return " ".join([SURNAMES[text[0]], *given])


def _write_person(char: str) -> str:
    initials = {**_INITIALS_DPRK, "ㅍ": "ph"}
    syllable = sounds(char)
    return plain(_write(syllable, initials, _VOWELS_MR, voiced=False)).capitalize()
