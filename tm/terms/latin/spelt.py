"""Where a Korean name stands in an English text, in whatever way it was spelled there.

김정은 is found as Kim Jong Un, Kim Jong-un, Kim Jong-Eun, Gim Jeongeun, KIM CHŎNG'ŬN and, given
name first, Jong-un Kim. Each syllable has the letters that the systems and usage give its sounds;
the name may be written as it is spoken or syllable by syllable, in the North's or the South's
spelling, and a place with or without its unit (Musan, Musan County, Musan-gun).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from tm.terms.latin.gazetteer import PROVINCES, UNITS
from tm.terms.latin.letters import plain
from tm.terms.latin.names import COMPOUND_SURNAMES, SOUTHERN_SURNAMES, SURNAME_SPELLINGS, SURNAMES
from tm.terms.latin.persons import Person, split_name
from tm.terms.latin.phonology import Syllable, by_syllable, sounds
from tm.terms.latin.places import PlaceName, as_place
from tm.terms.latin.romanise import conventional, person_named, romanise
from tm.terms.lexicon import STOP_WORDS
from tm.terms.spelling import is_hangul, spelling_variants

Span = tuple[int, int]

_INITIALS = {
    "ㄱ": "g|k", "ㄴ": "n", "ㄷ": "d|t", "ㄹ": "r|l|n", "ㅁ": "m", "ㅂ": "b|p", "ㅅ": "sh?",
    "ㅇ": "", "ㅈ": "j|ch", "ㅊ": "ch", "ㅋ": "kh?", "ㅌ": "th?", "ㅍ": "ph?", "ㅎ": "h",
    "ㄲ": "kk?|gg", "ㄸ": "tt?|dd", "ㅃ": "pp?|bb", "ㅆ": "ss?", "ㅉ": "jj?|t?ch",
}  # fmt: skip
_VOWELS = {
    "ㅏ": "ah?", "ㅐ": "ae|ai|e|ay", "ㅑ": "ya", "ㅒ": "yae", "ㅓ": "eo|o|u", "ㅔ": "e",
    "ㅕ": "yeo|yo|you|yu", "ㅖ": "y?e|yae", "ㅗ": "oh?", "ㅘ": "wa|oa", "ㅙ": "wae",
    "ㅚ": "oe|oi|we", "ㅛ": "yo", "ㅜ": "u|oo", "ㅝ": "wo|weo", "ㅞ": "we", "ㅟ": "wi|wee",
    "ㅠ": "yu|yoo", "ㅡ": "eu|u", "ㅢ": "e?ui|i|ee", "ㅣ": "i|ee",
}  # fmt: skip
# What only a syllable that begins with its vowel is written with: Yi, Woo, Wu.
_BARE_VOWELS = {"ㅣ": "|yi", "ㅜ": "|woo|wu", "ㅠ": "|you"}
_FINALS = {
    "": "", "ㄱ": "c?k|g", "ㄴ": "n", "ㄷ": "t|d|s", "ㄹ": "l|r", "ㅁ": "m", "ㅂ": "p|b",
    "ㅇ": "ng",
}  # fmt: skip
_GAP = r"[\s-]{0,2}"
_LONG_WORD = 4  # syllables; a shorter word is not written as several
_UNIT_WORDS = (
    r"(?:[\s-]+(?:county|district|city|province|prefecture|special city|town|village|port))?"
)
_UNIT_LETTERS = {
    "군": "-?(?:gun|kun)", "시": "-?si|-?shi", "구역": "-?(?:gu|ku)-?(?:yok|yeok)",
    "구": "-?(?:gu|ku)", "읍": "-?(?:up|eup)", "면": "-?(?:myon|myeon)", "리": "-?(?:ri|ni|li)",
    "동": "-?(?:dong|tong)", "로동자구": r"(?:[\s-]*(?:r|n)odongjagu|[\s-]+workers'? district)",
}  # fmt: skip
_FEATURES = {
    "강": r"{}(?:[\s-]*(?:gang|kang))?(?:\s+river)?",
    "산": r"(?:mount|mt\.?)\s+{0}(?:san)?|{0}[\s-]*san|{0}\s+mountain",
}  # fmt: skip
_PROVINCE_DIRECTIONS = {"북도": ("north", "b|p", "uk"), "남도": ("south", "n", "am")}


def spelt_in(name: str, english: str) -> tuple[Span, ...]:
    """Where ``name`` (Korean) stands in ``english``, as character spans (start, end), in order.

    Empty if it stands nowhere, or if ``name`` has no Hangul. The name is taken as it is, without
    particles. A function word that happens to have the letters of a short name (into for 인도) is
    not reported.
    """
    pattern = _pattern("".join(name.split()), name.strip())
    if pattern is None or not english:
        return ()
    text, origin = _folded(english)
    spans = (
        (origin[m.start()], _end(english, origin[m.end() - 1] + 1)) for m in pattern.finditer(text)
    )
    short = len("".join(name.split())) == 2
    return tuple(span for span in spans if not _is_plain(english[slice(*span)], short))


def _end(english: str, end: int) -> int:
    """The end of a span with the marks that belong to its last letter (NFD text)."""
    while end < len(english) and unicodedata.combining(english[end]):
        end += 1
    return end


def _is_plain(found: str, short: bool) -> bool:
    """Whether what was found is but English words: function words, or "no in" for 노인."""
    words = found.split()
    if short and len(words) > 1 and not all(word[0].isupper() for word in words):
        return True
    return found in STOP_WORDS or (found.lower() in STOP_WORDS and not found.isupper())


@lru_cache(maxsize=1024)
def _folded(english: str) -> tuple[str, tuple[int, ...]]:
    """The text in lower case without marks, and for each of its characters where it comes from.

    Apostrophes go where they stand inside a word (P'yŏng), not before a final s (Kim's).
    """
    letters: list[str] = []
    origin: list[int] = []
    for i, char in enumerate(english):
        if char in "'’ʼ‘`" and _inside_word(english, i):
            continue
        for part in unicodedata.normalize("NFKD", char).lower():
            if not unicodedata.combining(part):
                letters.append("-" if part in "‐‑–—" else part)
                origin.append(i)
    return "".join(letters), tuple(origin)


def _inside_word(english: str, i: int) -> bool:
    rest = english[i + 1 : i + 3]
    return i > 0 and rest[:1].isalpha() and not (rest[0] in "sS" and not rest[1:].isalpha())


@lru_cache(maxsize=16384)
def _pattern(compact: str, name: str) -> re.Pattern[str] | None:
    """One expression for all spellings of a name, for folded text; ``None`` without Hangul."""
    if not any(map(is_hangul, compact)):
        return None
    alternatives: list[str] = []
    hangul = all(map(is_hangul, compact))
    place = as_place(compact) if hangul else None
    person = _person(compact, place) if hangul else None
    if person is not None:
        alternatives += _person_patterns(person)
    if place is not None and place.unit in _PROVINCE_DIRECTIONS and place.base in PROVINCES:
        alternatives += _province_patterns(place)
    if hangul:
        alternatives += _place_patterns(compact, place)
    else:
        alternatives.append(_literal(plain(romanise(name))))
    printed = _literal(conventional(name))
    alternatives.append(printed)
    if len(compact) > 2:  # the Yalu, but not Han for the Han River
        alternatives.append(printed.removesuffix(r"[\s-]+river"))
    alternatives = [a for a in dict.fromkeys(alternatives) if len(a) > 1]
    if not alternatives:
        return None
    joined = "|".join(f"(?:{a})" for a in alternatives)
    return re.compile(rf"(?<![a-z0-9])(?:{joined})(?![a-z0-9])")


def _person(name: str, place: PlaceName | None) -> Person | None:
    """The person a name may be; a short name that is no place mostly is one."""
    person = person_named(name)
    if person is None and place is None and len(name) in (2, 3):
        return split_name(name)
    return person


def _literal(english: str) -> str:
    words = re.split(r"[\s-]+", _folded(english)[0])
    return r"[\s-]+".join(map(re.escape, words)) if not any(map(is_hangul, english)) else ""


def _person_patterns(person: Person) -> Iterator[str]:
    surname = _surname(person.surname)
    given = _joined(_forms(person.given), _GAP)
    yield f"{surname},?{_GAP}{given}"
    yield rf"{given}[\s-]{surname}"


def _surname(surname: str) -> str:
    usual = SURNAME_SPELLINGS.get(surname, "").lower().split()
    printed = (
        SURNAMES.get(surname) or COMPOUND_SURNAMES.get(surname) or SOUTHERN_SURNAMES.get(surname)
    )
    by_rule = _joined(_forms(surname), "-?")
    known = {*usual, printed.lower()} if printed else set(usual)
    return (
        f"(?:{'|'.join(sorted(known, key=lambda s: (-len(s), s)))}|{by_rule})" if known else by_rule
    )


def _province_patterns(place: PlaceName) -> Iterator[str]:
    base = _joined(_forms(place.base), "-?")
    direction, initial, rest = _PROVINCE_DIRECTIONS[place.unit]
    yield rf"(?:{direction}(?:ern)?|{direction[0]}\.?)[\s-]+{base}(?:[\s-]+(?:province|prov\b\.?))?"
    yield rf"{base}[\s-]?(?:{initial}){rest}[\s-]?(?:do|to)(?:[\s-]+province)?"


def _place_patterns(name: str, place: PlaceName | None) -> Iterator[str]:
    """The longer ones first: the first that fits is the one that is found."""
    if place is not None and place.unit in {*UNITS, "도"}:
        yield from _unit_patterns(place)
    for suffix, shape in _FEATURES.items():
        base = name.removesuffix(suffix)
        if base != name and len(base) > 1:
            yield shape.format(_joined(_forms(base), "-?"))
    yield _joined(_forms(name), _GAP if len(name) >= _LONG_WORD else "-?")


def _unit_patterns(place: PlaceName) -> Iterator[str]:
    unit = _UNIT_LETTERS.get(place.unit.replace("노동자구", "로동자구"), "")
    bases = [_joined(_forms(place.base), "-?") if len(place.base) > 1 else ""]
    whole = as_place(place.base)
    if whole is not None:
        bases.append(_literal(whole.english))
    for base in filter(None, bases):
        yield f"{base}(?:{unit})?{_UNIT_WORDS}"


def _forms(hangul: str) -> list[list[Syllable]]:
    """The ways a name is heard: as spoken in either Korea, and each syllable by itself."""
    forms: list[list[Syllable]] = []
    for variant in spelling_variants(hangul)[:4]:
        for form in (by_syllable(variant), sounds(variant), sounds(variant, north=True)):
            if form not in forms:
                forms.append(form)
    return forms


def _joined(forms: Iterable[list[Syllable]], gap: str) -> str:
    shapes = dict.fromkeys(gap.join(map(_syllable_pattern, form)) for form in forms)
    return f"(?:{'|'.join(shapes)})"


@lru_cache(maxsize=4096)
def _syllable_pattern(syllable: Syllable) -> str:
    bare = _BARE_VOWELS.get(syllable.vowel, "") if syllable.initial == "ㅇ" else ""
    vowel = _VOWELS[syllable.vowel] + bare
    initial, final = _INITIALS[syllable.initial], _FINALS[syllable.final]
    return "".join(f"(?:{part})" for part in (initial, vowel, final) if part)
