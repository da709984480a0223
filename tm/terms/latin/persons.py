"""Korean personal names: which words are one, and how newsrooms and the systems write them.

North Korean names are printed surname first with every syllable a word (Kim Jong Un), the first
syllable of the given name voiceless, the second voiced where it is spoken so (Ri Son Gwon). Names
that only the South spells so (이, 임, 유 …) get its hyphen (Lee Sang-yong). Sound changes between
the syllables of a name are written in no system (박문수 Bak Munsu).
"""

from __future__ import annotations

from dataclasses import dataclass

from tm.terms.latin.letters import MCCUNE, NORTHERN, REVISED, Script
from tm.terms.latin.names import (
    COMMON_GIVEN,
    COMPOUND_SURNAMES,
    GIVEN_SYLLABLES,
    NAME_OR_SUFFIX,
    NEVER_LAST,
    NO_PERSON,
    NO_PERSON_STEMS,
    NORTHERN_PEOPLE,
    SOUTHERN_SURNAMES,
    STRONG_SURNAMES,
    SURNAMES,
)
from tm.terms.latin.phonology import by_syllable, sounds
from tm.terms.spelling import is_hangul, spelling_variants

_PARTICLES = frozenset("은이의도인한하")


@dataclass(frozen=True, slots=True)
class Person:
    """A name cut into surname and given name, both in Hangul."""

    surname: str
    given: str


def split_name(text: str) -> Person | None:
    """A text that is known to be a name, cut in two; ``None`` if it cannot be one.

    김책 → 김+책, 남궁민수 → 남궁+민수; spaces may stand anywhere.
    """
    parts = text.split()
    compact = "".join(parts)
    if not 2 <= len(compact) <= 5 or not all(map(is_hangul, compact)):
        return None
    if len(parts) == 2 and (parts[0] in SURNAMES or parts[0] in SOUTHERN_SURNAMES):
        return Person(parts[0], parts[1])
    if len(compact) > 2 and compact[:2] in COMPOUND_SURNAMES:
        return Person(compact[:2], compact[2:])
    if compact[0] in SURNAMES or compact[0] in SOUTHERN_SURNAMES:
        return Person(compact[0], compact[1:])
    return None


def known_northerner(word: str) -> Person | None:
    """A public person of the North, also in the South's spelling (이영길)."""
    variant = next((v for v in spelling_variants(word) if v in NORTHERN_PEOPLE), None)
    return split_name(variant) if variant else None


def as_person(word: str) -> Person | None:
    """A word cut into surname and given name if it is a name and hardly anything else.

    Only names of a surname and two syllables are told from nouns by their syllables; what also
    reads as a noun with a suffix or particle (정보원, 조선의) is no name.
    """
    person = split_name(word)
    if person is None or len(person.given) > 2 or word in NO_PERSON:
        return None
    last, noun = person.given[-1], word[:2] in NO_PERSON_STEMS
    if person.given in COMMON_GIVEN:
        return None if noun and last in _PARTICLES else person
    if not all(char in GIVEN_SYLLABLES for char in person.given):
        return None
    if len(person.surname) == 2:
        return person if person.given not in _PARTICLES else None
    if len(person.given) == 1 or last in NEVER_LAST:
        return None
    plausible = person.surname in STRONG_SURNAMES or last not in NAME_OR_SUFFIX
    return person if plausible and not noun else None


def newsroom_name(person: Person) -> str:
    """김덕훈 → Kim Tok Hun; 이상용 → Lee Sang-yong."""
    if person.surname in SOUTHERN_SURNAMES:
        given = "-".join(REVISED.word(by_syllable(char)) for char in person.given)
        return f"{SOUTHERN_SURNAMES[person.surname]} {given.capitalize()}"
    surname = COMPOUND_SURNAMES.get(person.surname) or SURNAMES[person.surname]
    return " ".join([surname, *_northern_given(person.given)])


def _northern_given(given: str) -> list[str]:
    return [letters.capitalize() for letters in NORTHERN.letters(by_syllable(given))]


def revised_name(person: Person, *, hyphen: bool = False) -> str:
    """김정은 → Gim Jeongeun, with ``hyphen`` Gim Jeong-eun."""
    surname = REVISED.word(by_syllable(person.surname)).capitalize()
    return f"{surname} {_given(person.given, REVISED, hyphen)}"


def mccune_name(person: Person, *, hyphen: bool = True) -> str:
    """김정은 → Kim Chŏng-ŭn. 이 and 우 are Yi and U, as everywhere in this system."""
    surname = "Yi" if person.surname == "이" else _capital(MCCUNE, person.surname)
    if not hyphen:
        return f"{surname} {MCCUNE.word(sounds(person.given)).capitalize()}"
    return f"{surname} {'-'.join(MCCUNE.letters(sounds(person.given))).capitalize()}"


def northern_name(person: Person) -> str:
    """박동구 → Pak Tong Gu."""
    return " ".join([_capital(NORTHERN, person.surname), *_northern_given(person.given)])


def _given(given: str, script: Script, hyphen: bool) -> str:
    return ("-" if hyphen else "").join(script.letters(by_syllable(given))).capitalize()


def _capital(script: Script, hangul: str) -> str:
    return script.word(by_syllable(hangul)).capitalize()
