"""Korean in Latin letters: Revised Romanisation, McCune–Reischauer, the DPRK's, and newsrooms'.

All systems write what is spoken, so the sound changes between syllables come first
(:mod:`tm.terms.latin.phonology`) and the letters second (:mod:`tm.terms.latin.letters`).
:func:`conventional` follows what newsrooms print about North Korea: names, bodies and words with an
established spelling from tables, people surname first in three words (Kim Jong Un), provinces by
direction (North Hamgyong Province), places with their unit in English (Musan County), words in the
North's spelling with the vowels of McCune–Reischauer (rodong), all else by the Revised
Romanisation.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Literal

from tm.terms.latin.established import ORGANISATIONS, WORDS
from tm.terms.latin.letters import MCCUNE, NEWSROOM, NORTHERN, REVISED, Script, plain
from tm.terms.latin.names import PEOPLE
from tm.terms.latin.persons import (
    Person,
    as_person,
    known_northerner,
    mccune_name,
    newsroom_name,
    northern_name,
    revised_name,
    split_name,
)
from tm.terms.latin.phonology import Syllable, by_syllable, sounds
from tm.terms.latin.places import PlaceName, address, as_place, newsroom_body
from tm.terms.lexicon import word_set
from tm.terms.spelling import is_hangul, spelling_variants, split_syllable

__all__ = [
    "SYSTEMS",
    "Hyphens",
    "System",
    "candidate_spellings",
    "conventional",
    "named",
    "person_named",
    "plain",
    "romanise",
]

System = Literal["rr", "mr", "mr-plain", "dprk", "convention"]
Hyphens = Literal["none", "ambiguous", "syllables"]

#: The systems, with their names as they are shown.
SYSTEMS: dict[System, str] = {
    "rr": "Revised Romanisation",
    "mr": "McCune–Reischauer",
    "mr-plain": "McCune–Reischauer without marks",
    "dprk": "North Korean system",
    "convention": "as newsrooms print it",
}
_SCRIPTS: dict[str, Script] = {"rr": REVISED, "mr": MCCUNE, "mr-plain": MCCUNE, "dprk": NORTHERN}
# Words that begin with ㄹ before another vowel in the North only; loan words (라디오) do in both.
_NORTHERN_WORDS = tuple(
    word_set(
        """
        로동 로력 로임 로인 로쇠 로선 로병 로어 래일 래년 래빈 랭면 랭동 랭전 락후 락제 락관 론문
        론의 론쟁 루락 루적 릉선 랑비
        """
    )
)
# The North writes these parts of a place name alike behind every sound: Amrokgang.
_NORTHERN_UNITS = {
    "구역": ("gu", "yok"), "강": ("gang",), "군": ("gun",), "골": ("gol",), "동": ("dong",),
}  # fmt: skip


def romanise(text: str, system: System = "rr", *, hyphens: Hyphens = "none") -> str:
    """``text`` with its Hangul in Latin letters, everything else as it is, lower case.

    ``rr``: the South's Revised Romanisation; ``mr``: McCune–Reischauer with its marks
    (ch'ŏngjin), ``mr-plain`` without; ``dprk``: the North's system without marks (chongjin,
    thaek); ``convention``: :func:`conventional`, with capitals and English unit names.
    ``hyphens``: between all ``syllables``, or only where syllables could be cut wrongly
    (``ambiguous``: 중앙 jung-ang); no effect on ``convention``.
    """
    if system == "convention":
        return conventional(text)
    written = _by_word(text, lambda word: _write(word, system, hyphens))
    return plain(written) if system == "mr-plain" else written


def named(text: str, system: System = "rr", *, hyphens: Hyphens = "none") -> str:
    """A name as a name: capitals, surname apart, -do, -gun, -ri; words that are no name as ever.

    김정은: Gim Jeongeun, Kim Chŏng-ŭn, Kim Jong Un; 함경북도: Hamgyeongbuk-do.
    """
    if system == "convention":
        return conventional(text)
    written = _by_word(text, lambda word: _named_word(word, system, hyphens))
    return plain(written) if system == "mr-plain" else written


def _named_word(word: str, system: System, hyphens: Hyphens) -> str:
    person = person_named(word)
    if person is not None:
        return _PERSONS[system](person, hyphens)
    place = as_place(word)
    if place is not None:
        return _named_place(word, place, system, hyphens)
    return _write(word, system, hyphens)


_PERSONS: dict[str, Callable[[Person, Hyphens], str]] = {
    "rr": lambda person, hyphens: revised_name(person, hyphen=hyphens != "none"),
    "mr": lambda person, _: mccune_name(person),
    "mr-plain": lambda person, _: mccune_name(person),
    "dprk": lambda person, _: northern_name(person),
}


def _named_place(word: str, place: PlaceName, system: System, hyphens: Hyphens) -> str:
    """The unit stands behind a hyphen, over which no sound changes: Dongchang-ri."""
    if place.unit and word.endswith(place.unit):
        unit = place.unit
        direction = unit[:-1] if unit in ("북도", "남도") else ""
        head = word.removesuffix(unit) + direction
        unit = unit.removeprefix(direction) if direction else unit
        last = "gu" if unit == "구" and system == "rr" else _write(unit, system, "none")
        return f"{_write(head, system, hyphens).capitalize()}-{last}"
    return _write(word, system, hyphens).capitalize()


def _write(word: str, system: System, hyphens: Hyphens) -> str:
    syllables = _spoken(word, system)
    letters = _SCRIPTS[system].letters(syllables)
    if system == "dprk":
        letters = _with_northern_unit(word, letters)
    if hyphens == "syllables":
        return "-".join(letters)
    if hyphens == "ambiguous":
        return "".join(
            f"-{later}" if i and _could_be_cut_wrongly(syllables[i - 1], syllables[i]) else later
            for i, later in enumerate(letters)
        )
    return "".join(letters)


def _spoken(word: str, system: System) -> list[Syllable]:
    """The syllables of a word as ``system`` hears them: in names of persons each by itself."""
    person = person_named(word) if system in ("rr", "dprk") else None
    if person is not None:
        return by_syllable(word)
    return sounds(word, north=system == "dprk")


def _with_northern_unit(word: str, letters: list[str]) -> list[str]:
    for unit, written in _NORTHERN_UNITS.items():
        if word.endswith(unit) and len(word) > len(unit) + 1 and as_place(word):
            return [*letters[: -len(written)], *written]
    return letters


def _could_be_cut_wrongly(left: Syllable, right: Syllable) -> bool:
    if right.initial == "ㅇ":
        return left.final == "ㅇ" or (not left.final and _is_digraph(left.vowel, right.vowel))
    return left.final == "ㄴ" and right.initial == "ㄱ"


def _is_digraph(left: str, right: str) -> bool:
    """Whether two vowels side by side read as another: 세운 se-un is not seun, 아에 a-e not ae."""
    return left in "ㅏㅓㅔㅐㅡㅗㅚ" and right in "ㅓㅔㅡㅜㅣㅐ"


def _by_word(text: str, write: Callable[[str], str]) -> str:
    out, word = [], ""
    for char in [*text, ""]:
        if char and is_hangul(char):
            word += char
            continue
        if word:
            out.append(write(word))
            word = ""
        out.append(char)
    return "".join(out)


@lru_cache(maxsize=8192)
def person_named(word: str) -> Person | None:
    """The person a word names: one of the tables, or one that looks like nothing else."""
    if _in_table(word, PEOPLE) or known_northerner(word):
        return split_name(word)
    if _in_table(word, WORDS) or _in_table(word, ORGANISATIONS) or as_place(word):
        return None
    return as_person(word)


def _in_table(word: str, table: dict[str, str]) -> str | None:
    """The entry of a word in its own or in the other Korea's spelling."""
    if word in table:
        return table[word]
    return next((table[v] for v in spelling_variants(word) if v in table), None)


@lru_cache(maxsize=8192)
def conventional(text: str) -> str:
    """The spelling a newsroom would use for a Korean name or word, lower case as in mid-sentence.

    Names get their capitals: 김정은 Kim Jong Un, 량강도 Ryanggang Province, 돈주 donju. Of several
    words each is written by itself, unless they are one name (무산 광산, 함경북도 무산군).
    """
    words = text.split()
    compact = "".join(words)
    if compact and not all(map(is_hangul, compact)):
        return _in_table(compact, ORGANISATIONS) or _by_word(text, _conventional_word)
    if len(words) > 1:
        together = address(words) or _established("".join(words)) or newsroom_body(compact)
        return together or _by_word(text, _conventional_word)
    return _conventional_word(compact) if compact else text


def _established(word: str) -> str | None:
    tables = (PEOPLE, ORGANISATIONS, WORDS)
    return next((found for table in tables if (found := _in_table(word, table))), None)


def _conventional_word(word: str) -> str:
    established = _established(word)
    if established:
        return established
    place = as_place(word)
    if place is not None:
        return place.english
    person = known_northerner(word) or as_person(word)
    if person is not None:
        return newsroom_name(person)
    return newsroom_body(word) or _newsroom_word(word)


def _newsroom_word(word: str) -> str:
    if is_northern_spelling(word):
        return NEWSROOM.word(sounds(word, north=True))
    return REVISED.word(sounds(word))


def is_northern_spelling(word: str) -> bool:
    """Whether a word begins as only the North writes it: 로동, 려관, 녀성."""
    if not word or not is_hangul(word[0]):
        return False
    initial, vowel, _ = split_syllable(word[0])
    return (initial in "ㄹㄴ" and vowel in "ㅑㅕㅛㅠㅖ") or word.startswith(_NORTHERN_WORDS)


def candidate_spellings(term: str) -> tuple[str, ...]:
    """All spellings of a term worth looking for in English, the conventional one first."""
    spellings = [conventional(term)]
    spellings += [plain(romanise(term, system)) for system in ("rr", "mr", "dprk")]
    spellings.append(_by_word(term, lambda word: NEWSROOM.word(sounds(word))))
    return tuple(dict.fromkeys(s for s in spellings if s and not any(map(is_hangul, s))))
