"""Persons in a Korean sentence and Korean names in an English one, as far as rules can tell.

Only what is certain enough to be compared: a name with a title or 씨, a well-known person, a common
given name behind a surname; in English, a surname with Korean given names, or alone.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tm.quality.findings import Span
from tm.terms.latin.names import (
    COMMON_GIVEN,
    COMPOUND_SURNAMES,
    NO_PERSON_STEMS,
    SOUTHERN_SURNAMES,
    SURNAME_SPELLINGS,
    SURNAMES,
)
from tm.terms.latin.romanise import person_named
from tm.terms.latin.spelt import spelt_in
from tm.terms.lexicon import word_list, word_set


@dataclass(frozen=True, slots=True)
class Person:
    """A name as it stands in a text; ``given`` is empty where only the surname does."""

    name: str
    surname: str
    given: str
    start: int
    end: int

    @property
    def span(self) -> Span:
        return self.start, self.end


_KO_SURNAMES = tuple(
    sorted({*SURNAMES, *SOUTHERN_SURNAMES, *COMPOUND_SURNAMES}, key=lambda s: -len(s))
)
_TITLES = (
    r"(?:국무위원장|위원장|총비서|비서|대통령|총리|주석|부부장|부장|차관|장관|의장"
    r"|대변인|소장|교수|박사|원장|대표|의원|사장|회장|지배인"
    r"|기자|감독|선수|여사|목사|신부|대사|국장|과장|실장|팀장|상임위원장|사령관|대장"
    r"|중장|소좌|대좌|중사|상사|선생|연구원|부위원장|수석|군수"
    r"|시장|지사|변호사|판사|검사|후보|사무총장|총장|부총리|외무상|제1부부장|당비서|책임비서)"
)
_NAMED = re.compile(
    rf"(?<![가-힣])(?P<surname>{'|'.join(_KO_SURNAMES)})(?P<given>[가-힣]{{1,2}})"
    rf"(?:\s?\(\d+\)|\s?\(가명\))?(?=\s?(?:씨|{_TITLES})(?![가-힣]?[가-힣]{{3}}))"
)
# Former, present, new, this …: before a title these are no surname.
_ALSO_WORDS = "전현신구주이본각남여원총부성"
_BARE = re.compile(
    rf"(?<![가-힣])(?P<surname>{'|'.join(s for s in _KO_SURNAMES if s not in _ALSO_WORDS)})"
    rf"(?:\s?모)?\s?(?:\(\d+\)\s?)?(?=씨(?=[가-힣]?[\s,.(]|[은는이가의와]|에게)|\s{_TITLES})"
)
_BARE_SSI = re.compile(
    rf"(?<![가-힣])(?P<surname>{'|'.join(_KO_SURNAMES)})(?:\s?모)?\s?(?:\(\d+\)\s?)?(?=\s?씨(?=[\s,.(은는이가의와도]|에게|$))"
)
_WORD = re.compile(r"(?<![가-힣])[가-힣]{3,}")
_AFTER_NAME = re.compile(
    r"(?:은|는|이|가|을|를|의|와|과|도|에게|께서|에게서|이라는|라는|이다|입니다)?(?![가-힣])"
)


@lru_cache(maxsize=512)
def _korean_people(text: str) -> tuple[Person, ...]:
    found: dict[int, Person] = {}
    for m in _WORD.finditer(text):
        for length in (4, 3):
            name = m[0][:length]
            if _is_known(name) and _AFTER_NAME.match(text, m.start() + len(name)):
                known = _split(name)
                if known:
                    found[m.start()] = Person(name, *known, m.start(), m.start() + len(name))
                    break
    for m in _NAMED.finditer(text):
        is_name = m[0][:2] not in NO_PERSON_STEMS or m["given"] in COMMON_GIVEN
        if is_name and m.start() not in found and not _is_title(m["given"]):
            name = m["surname"] + m["given"]
            found[m.start()] = Person(
                name, m["surname"], m["given"], m.start(), m.start() + len(name)
            )
    for pattern in (_BARE, _BARE_SSI):
        for m in pattern.finditer(text):
            if m.start() not in found:
                found[m.start()] = Person(m["surname"], m["surname"], "", *m.span("surname"))
    return tuple(found[start] for start in sorted(found))


def korean_people(text: str) -> list[Person]:
    """The persons of a Korean text, in order."""
    return list(_korean_people(text))


def _is_title(given: str) -> bool:
    return given in ("모", "전") or re.fullmatch(_TITLES, given) is not None


def _is_known(name: str) -> bool:
    if len(name) == 3 and name[1:] in COMMON_GIVEN and name[0] in (*SURNAMES, *SOUTHERN_SURNAMES):
        return name[:2] not in NO_PERSON_STEMS
    return (
        name[0] in SURNAMES and person_named(name) is not None and name[:2] not in NO_PERSON_STEMS
    )


def _split(name: str) -> tuple[str, str] | None:
    surname = name[:2] if name[:2] in COMPOUND_SURNAMES and len(name) > 3 else name[0]
    return surname, name[len(surname) :]


def surname_spellings(surname: str) -> frozenset[str]:
    """How a surname is written in English, in lower case."""
    forms = word_list(SURNAME_SPELLINGS.get(surname, ""))
    known = (SURNAMES.get(surname), COMPOUND_SURNAMES.get(surname), SOUTHERN_SURNAMES.get(surname))
    return frozenset(form.lower() for form in (*forms, *filter(None, known)))


# Spellings that are English words, and hardly a surname where they stand alone.
_WORDS = word_set(
    "i you ho so no an u yo back sun go do sin son song young won on om up in chin la o oh"
)
_SPELLINGS = frozenset(form for surname in _KO_SURNAMES for form in surname_spellings(surname))
_SYLLABLE = (
    r"(?:ch|sh|kh|th|ph|kk|tt|pp|ss|jj|[bdghjkmnprstwyl])?"
    r"(?:yeo|yae|wae|you|woo|eo|eu|ae|oe|ui|wi|we|wa|wo|ya|ye|yo|yu|oo|ee|ou|a|e|i|o|u)"
    r"(?:ng|[nmklptrh](?![aeiouy]))?"
)


def _longest_first(text: str) -> tuple[int, str]:
    return -len(text), text


_GIVEN = rf"(?i:{_SYLLABLE})(?:[\s-]?(?i:{_SYLLABLE}))?"
_EN_SURNAMES = "|".join(sorted(map(str.capitalize, _SPELLINGS), key=_longest_first))
_EN = re.compile(
    rf"(?<![\w’'-])(?P<surname>{_EN_SURNAMES})"
    rf"(?:\s(?P<given>(?=[A-Z]){_GIVEN}))?(?![\w-])"
)
_NO_GIVEN = word_set(
    "in on so he she to no an a me we may june said told his her ha mar jan the had do "
    "did go men man men ran are"
)
_BEFORE_BARE = re.compile(r"(?:^|[a-z,.;:“”\"'’]\s|\b(?:Ms?|Mrs?|Mr|Dr)\.?\s|[“\"])$")
_NAME_BEFORE = re.compile(
    r"(?<![.!?“\"] )(?<!^)\b(?!(?:Ms|Mrs|Mr|Dr|But|And|President|Chairman|Director"
    r"|Minister|General|Professor)\b)[A-Z][\w’'-]*\s$"
)
_CAPITAL_AFTER = re.compile(r"\s[A-Z][a-z]")


@lru_cache(maxsize=512)
def _english_people(text: str) -> tuple[Person, ...]:
    found = []
    for m in _EN.finditer(text):
        given = m["given"] or ""
        end = m.end()
        if given and (given.lower() in _NO_GIVEN or not _is_capitalised(given)):
            given, end = "", m.end("surname")
        low = m["surname"].lower()
        if not given and (
            low in _WORDS
            or _NAME_BEFORE.search(text[: m.start()])
            or not _BEFORE_BARE.search(text[: m.start()])
            or _CAPITAL_AFTER.match(text, end)
        ):
            continue
        found.append(Person(text[m.start() : end], m["surname"], given, m.start(), end))
    return tuple(found)


def english_people(text: str) -> list[Person]:
    """Korean names in an English text, in order: with given names, or a surname alone."""
    return list(_english_people(text))


def _is_capitalised(given: str) -> bool:
    return all(part[0].isupper() for part in given.split(" "))


def may_be(korean: Person, english: Person) -> bool:
    """Whether an English name may be that of a Korean person."""
    if korean.given and english.given:
        return (0, len(english.name)) in spelt_in(korean.name, english.name)
    return english.surname.lower() in surname_spellings(korean.surname)
