"""Persons, places and countries that a translation takes for others.

A name that is only missing says little: English says *he*, *the capital*, *the source*. So a name
is reported where the source has one that the translation lacks, and the translation has another
one of the same sort that the source lacks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.quality.checks.people import Person, english_people, korean_people, may_be
from tm.quality.checks.places import (
    COUNTRIES,
    Country,
    english_places,
    korean_places,
    stands_in_english,
    stands_in_korean,
)
from tm.quality.checks.reading import Pair, Spot
from tm.quality.findings import Span
from tm.terms.latin.names import SOUTHERN_SURNAMES, SURNAMES
from tm.terms.latin.romanise import conventional
from tm.terms.latin.spelt import spelt_in


def names(pair: Pair) -> Iterator[Spot]:
    """``name``: a person, place or country in the place of another."""
    yield from _people(pair)
    yield from _places(pair)
    yield from _countries(pair)


def _people(pair: Pair) -> Iterator[Spot]:
    english = english_people(pair.en)
    if not english:
        return
    korean = korean_people(pair.ko)
    lost = [
        p
        for p in korean
        if not any(may_be(p, e) for e in english) and not (p.given and spelt_in(p.name, pair.en))
    ]
    if not lost:
        return
    added = [e for e in english if not _is_explained(e, korean, pair.ko)]
    if added:
        yield _spot(
            [p.name for p in lost],
            [e.name for e in added],
            [p.span for p in lost],
            [e.span for e in added],
            conventional(lost[0].name) if lost[0].given else None,
        )


def _is_explained(english: Person, korean: list[Person], text: str) -> bool:
    if any(may_be(person, english) for person in korean):
        return True
    for word in text.split():
        word = word.lstrip("“\"‘'(")
        if word[:1] not in SURNAMES and word[:1] not in SOUTHERN_SURNAMES:
            continue
        for length in (4, 3, 2):
            name = word[:length]
            if len(name) == length and may_be(Person(name, name[0], name[1:], 0, length), english):
                return bool(english.given) or len(name) > 1
    return False


def _places(pair: Pair) -> Iterator[Spot]:
    lost = [p for p in korean_places(pair.ko) if not stands_in_english(p, pair.en)]
    if not lost:
        return
    added = [p for p in english_places(pair.en) if not stands_in_korean(p, pair.ko)]
    if added:
        yield _spot(
            [p.name for p in lost],
            [p.name for p in added],
            [p.span for p in lost],
            [p.span for p in added],
            conventional(lost[0].name),
        )


def _countries(pair: Pair) -> Iterator[Spot]:
    lost = [
        (c, m.span())
        for c in COUNTRIES
        if (m := c.named.search(pair.ko)) and not _is_in(c, pair.en)
    ]
    if not lost:
        return
    dateline = _DATELINE.match(pair.en)
    start = dateline.end() if dateline else 0
    added = [
        (c, m) for c in COUNTRIES if (m := c.en.search(pair.en, start)) and not c.ko.search(pair.ko)
    ]
    if added:
        yield _spot(
            [c.name for c, _ in lost],
            [m[0] for _, m in added],
            [span for _, span in lost],
            [m.span() for _, m in added],
            None,
        )


_DATELINE = re.compile(
    r"[A-Z][A-Za-z.,\s-]{2,40}\([A-Z][A-Za-z ]+\)|[A-Z]{3,}[A-Za-z.,\s]{0,30}(?:--|[–—])"
)


def _is_in(country: Country, english: str) -> bool:
    return country.en.search(english) is not None


def _spot(
    lost: list[str], added: list[str], ko: list[Span], en: list[Span], suggestion: str | None
) -> Spot:
    message = f"{', '.join(lost)} is not there, but {', '.join(added)} is"
    return Spot("name", message, tuple(ko), tuple(en), suggestion, about=message)
