"""Which words are names or terms: by tables of places and people, by suffixes, by capitals."""

from __future__ import annotations

import re
from functools import lru_cache

from tm.eojeol import is_korean, split_particle
from tm.terms.latin.names import GIVEN_SYLLABLES, NEVER_LAST, PEOPLE, PLACES, PROVINCES, SURNAMES
from tm.terms.lexicon import word_set

_COUNTRIES = word_set(
    """
    중국 미국 일본 러시아 영국 프랑스 독일 유럽 유엔 대만 베트남 몽골 이란 시리아 쿠바 인도 호주
    캐나다 쏘련 소련 한반도 조선반도 남조선 북조선 로씨야 우크라이나 말레이시아 싱가포르
    """
)
_TITLES = re.compile(
    r"(?:위원장|비서|부장|대통령|총리|장관|기자|씨|대표|사령관|참모장|국장|단장|지배인|교수|박사|대장|소장|중장|상장|원수|"
    r"차수|외무상|대사|의원|서기|동지|선생)$"
)
_PLACE_SUFFIX = re.compile(
    "(?P<base>[가-힣]{2,4})(?:특별시|직할시|시|군|구역|구|읍|리|동|도|강|산|역|항)"
)
_PROVINCE = re.compile(f"(?:{'|'.join(PROVINCES)})(?:[남북]?도)?")
# Bodies and ranks: two words that end alike in one of these are two terms, not two wordings.
_BODY = re.compile("[가-힣]{2,}(?:부|성|국|당|청|서|소|단|대|원회|동맹|사단|려단|여단|군단)")
# Nouns that look like a surname with a given name: 노동자, 한국인.
_NO_GIVEN_NAME = NEVER_LAST | frozenset("자인원장사부당소서성대도시군구리동국산강")
_SHORTEST_ACRONYM = 2


def are_names(one: str, other: str, *, first: bool, title: str = "") -> bool:
    """Whether two words that differ are two names, or two terms of one kind.

    ``first``: they begin their sentences, where an English capital says nothing. ``title`` is the
    word that follows both, if it is the same.
    """
    if is_korean(one) != is_korean(other):
        return is_name(_noun(one)) and is_name(_noun(other))
    if not is_korean(one):
        return not first and _is_capitalised(one) and _is_capitalised(other)
    stem, stem_of_other = _noun(one), _noun(other)
    if is_name(stem) and is_name(stem_of_other):
        return True
    if _TITLES.search(stem) and _TITLES.search(stem_of_other):
        return True
    if (
        _TITLES.search(split_particle(title)[0])
        and _looks_like_person(stem)
        and _looks_like_person(stem_of_other)
    ):
        return True
    place, other_place = _PLACE_SUFFIX.fullmatch(stem), _PLACE_SUFFIX.fullmatch(stem_of_other)
    if place and other_place and (is_name(stem) or is_name(stem_of_other)):
        return True
    body, other_body = _BODY.fullmatch(stem), _BODY.fullmatch(stem_of_other)
    return bool(body and other_body) and stem[-1] == stem_of_other[-1] and len(stem) >= 3


def _noun(word: str) -> str:
    """A word without its particle; 김정은 is a name, not 김정 with a particle."""
    return word if is_name(word) else split_particle(word)[0]


@lru_cache(maxsize=8192)
def is_name(stem: str) -> bool:
    """Whether a noun without particle is a name by itself."""
    if not is_korean(stem):
        return len(stem) >= _SHORTEST_ACRONYM and stem.isupper()
    if stem in PLACES or stem in PEOPLE or stem in _COUNTRIES or _PROVINCE.fullmatch(stem):
        return True
    place = _PLACE_SUFFIX.fullmatch(stem)
    return bool(place and place["base"] in PLACES) or _is_person(stem)


def _is_person(stem: str) -> bool:
    """김철수: a surname and two syllables of given names, the last not that of a noun."""
    return (
        len(stem) == 3
        and _looks_like_person(stem)
        and stem[2] not in _NO_GIVEN_NAME
        and stem[0] in "김리이박최정강조윤장림임한오서신권황안송류유홍전고문손양배백허남심"
    )


def _looks_like_person(stem: str) -> bool:
    return (
        2 <= len(stem) <= 4
        and stem[0] in SURNAMES
        and all(syllable in GIVEN_SYLLABLES for syllable in stem[1:])
    )


def _is_capitalised(word: str) -> bool:
    return word[:1].isupper()
