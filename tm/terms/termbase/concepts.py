"""What a termbase is made of: concepts, and the Korean and English terms for each.

A concept has one meaning and several terms in both languages; each term has a status and, where a
house changes its style, the days between which it holds. As a rule every English term renders every
Korean one; ``renders`` names those that it goes with where that is not so (a short form that only
the short Korean form gets).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, Literal, TypeVar, get_args

from align.article import Lang, normalise
from align.errors import InputError

TermStatus = Literal["preferred", "admitted", "deprecated", "forbidden"]

STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
#: Best first.
RANK: Mapping[str, int] = {status: i for i, status in enumerate(STATUSES)}
#: Statuses of terms that are not to be written.
UNWANTED: frozenset[TermStatus] = frozenset({"deprecated", "forbidden"})

_DAY = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Term:
    """One term of a concept; what is not told is empty.

    Attributes
    ----------
    pos: part of speech: noun, proper (a name), verb, adjective, phrase.
    source: where the term is from; ``context`` is a sentence that it stands in.
    instead: of a term that is not to be written, the one to write.
    valid_from, valid_until: first and last day on which the term is as told here; ISO 8601, a month
        or a year will do.
    renders: of an English term, the Korean terms of its concept that it goes with; all, if empty.
    """

    text: str
    lang: Lang
    status: TermStatus = "preferred"
    pos: str = ""
    note: str = ""
    source: str = ""
    context: str = ""
    instead: str = ""
    valid_from: str = ""
    valid_until: str = ""
    renders: tuple[str, ...] = ()

    def is_valid(self, date: str) -> bool:
        """Whether the term holds on a day (or at some time in a month or year)."""
        return _is_at_or_after(date, self.valid_from) and _is_at_or_after(self.valid_until, date)


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning and the terms for it, the main ones first."""

    id: str
    domain: str = ""
    definition: str = ""
    note: str = ""
    terms: tuple[Term, ...] = ()

    @property
    def korean(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.lang == "ko")

    @property
    def english(self) -> tuple[Term, ...]:
        return tuple(term for term in self.terms if term.lang == "en")

    def pairs(self) -> Iterator[tuple[Term, Term]]:
        """Each Korean term with each English one that renders it."""
        english = self.english
        for ko in self.korean:
            for en in english:
                if not en.renders or ko.text in en.renders:
                    yield ko, en

    def on(self, date: str) -> Concept:
        """The concept with the terms that hold on a day."""
        terms = tuple(term for term in self.terms if term.is_valid(date))
        return self if len(terms) == len(self.terms) else replace(self, terms=terms)


_Told = TypeVar("_Told", Term, Concept)


def _is_at_or_after(day: str, first: str) -> bool:
    """Compared as far as both are told; an end that is not told is open."""
    shorter = min(len(day), len(first))
    return day[:shorter] >= first[:shorter]


def is_day(text: str) -> bool:
    """Whether this is a day, a month or a year in ISO 8601."""
    if _DAY.fullmatch(text) is None:
        return False
    try:
        date.fromisoformat(text + "-01-01"[len(text) - len("2016") :])
    except ValueError:  # a month or a day that the calendar does not have
        return False
    return True


def checked(concept: Concept) -> Concept:
    """A concept in the one form in which it is kept: texts composed (NFC), on one line, without
    control characters; English terms in the order of the Korean ones they render, each once.

    Raises
    ------
    InputError: it has no id, lacks Korean or English terms, says two things of one term, or holds
        what no termbase can keep.
    """
    place = f"concept {concept.id}"
    told = _cleaned(concept, ("id", "domain", "definition", "note"))
    terms = [_checked_term(term, place) for term in concept.terms]
    if not told.id:
        raise InputError("a concept has no id", remedy="give it one, such as donju")
    korean = _without_bare([term for term in terms if term.lang == "ko"])
    english = [term for term in terms if term.lang == "en"]
    for name, found in (("Korean", korean), ("English", english)):
        if not found:
            raise InputError(f"it has no {name} term", place=place, remedy="add one")
    ordered = _in_order(english, korean, place)
    for repeated in repeated_terms((*korean, *ordered)):
        raise InputError(
            f"{repeated.text} stands there twice", place=place, remedy="tell one of them only"
        )
    return replace(told, terms=(*korean, *ordered))


def repeated_terms(terms: Iterable[Term]) -> Iterator[Term]:
    """Terms that say another thing of what a term before them has said: of the same text, for the
    same days, and, if English, for a Korean term that both render."""
    met: dict[tuple[str, ...], list[Term]] = {}
    for term in terms:
        before = met.setdefault((term.lang, term.text, term.valid_from, term.valid_until), [])
        if any(_share_korean(term, other) for other in before):
            yield term
        before.append(term)


def _share_korean(one: Term, other: Term) -> bool:
    return not one.renders or not other.renders or not set(one.renders).isdisjoint(other.renders)


def _without_bare(terms: list[Term]) -> tuple[Term, ...]:
    """Terms, each once; one of which nothing is told goes where the same is told more of."""
    told = {term.text for term in terms if term != Term(term.text, term.lang)}
    kept = (term for term in terms if term.text not in told or term != Term(term.text, term.lang))
    return tuple(dict.fromkeys(kept))


def _checked_term(term: Term, place: str) -> Term:
    told = _cleaned(term, tuple(f.name for f in fields(Term) if f.name != "renders"))
    told = replace(told, renders=tuple(filter(None, map(_clean, told.renders))))
    if not told.text:
        raise InputError("a term is empty", place=place, remedy="fill it in or leave it out")
    place = f"{place}, {told.text}"
    if told.lang not in get_args(Lang):
        raise InputError(f"unknown language {told.lang!r}", place=place, remedy="use ko or en")
    if told.status not in STATUSES:
        raise unknown_status(told.status, place)
    for day in (told.valid_from, told.valid_until):
        if day and not is_day(day):
            raise InputError(f"not a date: {day!r}", place=place, remedy="write it as 2016-07-08")
    if told.valid_until and not _is_at_or_after(told.valid_until, told.valid_from):
        raise InputError(
            f"valid from {told.valid_from} until {told.valid_until}, which is before that",
            place=place,
            remedy="exchange the dates",
        )
    return told


def unknown_status(status: str, place: str) -> InputError:
    return InputError(
        f"unknown status {status!r}", place=place, remedy=f"use one of {', '.join(STATUSES)}"
    )


def _in_order(english: list[Term], korean: tuple[Term, ...], place: str) -> list[Term]:
    """English terms by the Korean ones that they render; those that are the same are one."""
    texts = tuple(dict.fromkeys(term.text for term in korean))
    rendered: dict[Term, set[str]] = {}
    for term in english:
        unknown = set(term.renders).difference(texts)
        if unknown:
            raise InputError(
                f"{term.text} renders {' and '.join(sorted(unknown))}, which the concept lacks",
                place=place,
                remedy="add the Korean term, or correct it",
            )
        rendered.setdefault(replace(term, renders=()), set()).update(term.renders or texts)
    bare = [text for text in texts if not any(text in kos for kos in rendered.values())]
    if bare:
        raise InputError(
            f"no English term renders {' and '.join(bare)}", place=place, remedy="add one"
        )
    ordered = [
        replace(term, renders=tuple(text for text in texts if text in kos) if rest else ())
        for term, kos in rendered.items()
        for rest in [set(texts) - kos]
    ]
    return sorted(ordered, key=lambda term: texts.index(term.renders[0]) if term.renders else 0)


def _cleaned(told: _Told, names: tuple[str, ...]) -> _Told:
    values: dict[str, Any] = {name: getattr(told, name) for name in names}
    clean: dict[str, Any] = {name: _clean(value) for name, value in values.items()}
    return told if clean == values else replace(told, **clean)


def _clean(text: str) -> str:
    return " ".join(_CONTROL.sub("", normalise(text)).split())
