"""Korean place names and bodies named after places: their parts, and how newsrooms write them.

량강도 Ryanggang Province, 무산군 Musan County, 풍계리 Punggye-ri, 무산광산 Musan Mine. A place
of the North is spelled as on English maps (McCune–Reischauer without marks, but j), one of the
South by the Revised Romanisation.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from tm.terms.latin.gazetteer import (
    GENERICS,
    LOCAL_GENERICS,
    MODIFIERS,
    NO_PLACE,
    NO_VILLAGE,
    NORTHERN_CITIES,
    PLACES,
    PROVINCES,
    SHORT_PROVINCES,
    SOUTHERN,
    SOUTHERN_UNITS,
    SURE_GENERICS,
    UNIT_PLACES,
    UNITS,
)
from tm.terms.latin.letters import MAPS, REVISED
from tm.terms.latin.names import COMMON_GIVEN, GIVEN_SYLLABLES, NO_PERSON_STEMS
from tm.terms.latin.phonology import sounds
from tm.terms.spelling import is_hangul, spelling_variants

_DIRECTIONS = {"북도": "North ", "남도": "South ", "도": ""}
_UNITS_BY_LENGTH = sorted(UNITS, key=len, reverse=True)
_GENERICS_BY_LENGTH = sorted(GENERICS, key=len, reverse=True)
#: Syllables of village names beside those of given names.
_VILLAGE_SYLLABLES = GIVEN_SYLLABLES | set(
    "곡골단당로막목물산상서수신암야양역오온용원읍장저전점정좌진창천촌탄토평포풍하항해회후흑갈잠혁"
    "거웅침락녕귀검처북박팔구군량약낙학"
)


@dataclass(frozen=True, slots=True)
class PlaceName:
    """A place name cut into its own part and the unit it is: 무산 + 군; ``unit`` may be empty."""

    base: str
    unit: str
    english: str


def as_place(text: str) -> PlaceName | None:
    """The place that a word (without spaces) names, or ``None`` if it names none for certain."""
    whole = _known(text)
    if text in SHORT_PROVINCES:
        return as_place(SHORT_PROVINCES[text])
    if whole and "-" in whole and text[-1] in "리동":  # 풍계리 Punggye-ri
        return PlaceName(text[:-1], text[-1], whole)
    return _province(text) or (PlaceName(text, "", whole) if whole else None) or _unit(text)


def newsroom_body(text: str) -> str | None:
    """A body or feature named after a known place: 청진화학섬유공장, 원산역, 김책항."""
    text = text.replace("연합기업소", "련합기업소")
    for generic in _GENERICS_BY_LENGTH:
        base = text.removesuffix(generic)
        if base == text or not base or base in NO_PLACE:
            continue
        english = _described(base)
        if english is None and generic in LOCAL_GENERICS and base != "과일":
            english = _northern(base, UNIT_PLACES)
        if english is None and generic in SURE_GENERICS and _is_name(base):
            english = northern_place(base)
        if english:
            kind = GENERICS[generic]
            return kind.format(english) if "{}" in kind else f"{english} {kind}"
    return None


def _is_name(base: str) -> bool:
    """Whether two syllables are likely a name: Sino-Korean, and no noun that is known."""
    likely = len(base) == 2 and all(char in _VILLAGE_SYLLABLES for char in base)
    return likely and base not in NO_PERSON_STEMS


def _described(base: str) -> str | None:
    """A place with what may describe the body in it: 청진화학섬유 → Chongjin Chemical Textile."""
    place = as_place(base)
    if place is not None and (place.unit not in ("리", "동") or base in PLACES):
        return place.english
    for cut in range(2, len(base) - 1):
        first, second = _known(base[:cut]), _known(base[cut:])
        if first and second:
            return f"{first} {second}"
    for modifier, english in MODIFIERS.items():
        before = base.removesuffix(modifier)
        described = _described(before) if before not in (base, "") else None
        if described:
            return f"{described} {english}"
    return None


def _northern(name: str, table: dict[str, str]) -> str | None:
    return next((table[v] for v in spelling_variants(name) if v in table), None)


def _known(name: str) -> str | None:
    """The established spelling, or that of the South's system for a name of the South."""
    established = _northern(name, PLACES)
    if established:
        return established
    return REVISED.word(sounds(name)).capitalize() if name in SOUTHERN else None


def _province(text: str) -> PlaceName | None:
    for suffix, direction in _DIRECTIONS.items():
        name = text.removesuffix(suffix)
        if name != text and name in PROVINCES:
            return PlaceName(name, suffix, f"{direction}{PROVINCES[name]} Province")
    return None


def _unit(text: str) -> PlaceName | None:
    for unit in _UNITS_BY_LENGTH:
        base = text.removesuffix(unit)
        if base == text or len(base) < 1 or base in NO_PLACE:
            continue
        name = _base_of(base, unit)
        if name is None:
            return None
        south = _is_southern(base, unit)
        english = SOUTHERN_UNITS.get(unit, UNITS[unit]) if south else UNITS[unit]
        joint = "" if english.startswith("-") else " "
        return PlaceName(base, unit, f"{name}{joint}{english}".strip())
    return None


def _base_of(base: str, unit: str) -> str | None:
    """How the own part of a place is spelled, ``None`` if it is likely no place."""
    if base == "중" and unit == "구역":
        return "Central"
    if len(base) < 2:
        return None
    if _is_southern(base, unit):
        return REVISED.word(sounds(base)).capitalize()
    known = _northern(base, UNIT_PLACES) or _known(base)
    if known:
        return known if not known.endswith(" River") else northern_place(base)
    if unit in ("구역", "로동자구", "노동자구"):
        return northern_place(base)
    if unit == "군" and len(base) == 2 and not _is_common(base):
        return northern_place(base)
    given = base[1] + unit  # 홍길동 is a person, 활동 and 승리 are words
    village = unit in ("리", "동", "읍") and len(base) == 2 and given not in NO_VILLAGE
    if village and given not in COMMON_GIVEN and all(char in _VILLAGE_SYLLABLES for char in base):
        return northern_place(base)
    return None


def _is_common(base: str) -> bool:
    return any(char not in _VILLAGE_SYLLABLES and char not in "랑룡렴념닉" for char in base)


def _is_southern(base: str, unit: str) -> bool:
    """Whether a place is the South's: 강서구 is, 강서구역 and 강동군 are not."""
    if base not in SOUTHERN:
        return False
    if unit in ("시", "광역시", "구", "면"):
        return base not in NORTHERN_CITIES or unit in ("구", "면")
    variants = spelling_variants(base)
    return not any(variant in table for table in (PLACES, UNIT_PLACES) for variant in variants)


@lru_cache(maxsize=4096)
def northern_place(name: str) -> str:
    """A name of the North by rule: 덕천 Tokchon, 랑림 Rangrim."""
    return MAPS.word(sounds(name, north=True)).capitalize() if _hangul(name) else name


def _hangul(text: str) -> bool:
    return bool(text) and all(map(is_hangul, text))


def address(words: list[str]) -> str | None:
    """Units from large to small, turned round: 함경북도 무산군 → Musan County, North Hamgyong …"""
    places = [as_place(word) for word in words]
    if len(places) < 2 or not all(place is not None and place.unit for place in places):
        return None
    return ", ".join(place.english for place in reversed(places) if place is not None)
