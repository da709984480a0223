"""The concepts of a termbase as those of TBX, and back.

English terms that do not render all Korean terms of their concept point to those that they do
(``crossReference``); an unwanted term points in the same way to the one of its own language to use
instead. The days between which a term holds are its ``timeRestriction``, as ISO 8601 writes them:
``2016-07/..``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from tm.exchange import tbx
from tm.exchange.items import Note, Refused
from tm.exchange.tbx import Data, Section, value
from tm.exchange.tbx_categories import (
    FORBIDDEN,
    STATUS_NAMES,
    part_of_speech,
    part_of_speech_name,
)
from tm.exchange.tbx_writer import Style, is_all_basic, write_tbx
from tm.terms.termbase.concepts import (
    UNWANTED,
    Concept,
    Term,
    TermStatus,
    is_day,
    repeated_terms,
)

_NO_PAIR = "it has no term in Korean or none in English"
#: Types of terms that stand beside a main one.
_BESIDE = frozenset({"synonym", "variant", "abbreviation", "acronym", "shortForm"})
#: Categories that a termbase has a place for; a date is when somebody has touched something.
_KEPT = frozenset(
    {"administrativeStatus", "termStatus", "normativeAuthorization", "partOfSpeech", "termType"}
    | {"subjectField", "definition", "context", "source", "crossReference", "timeRestriction", ""}
)
_SPAN = re.compile(r"([\d-]*|\.\.)/([\d-]*|\.\.)")
#: Signs that no identifier in XML may have, or not in front; an escape where it stands for itself.
_NOT_IN_NAME = re.compile(r"[^\w.-]|^[^\w]|^\d|_(?=x[0-9A-F]{4,6}_)")
_ESCAPE = re.compile(r"_x([0-9A-F]{4,6})_")


def export_tbx(concepts: Iterable[Concept], path: Path, *, style: Style = "dca") -> int:
    """Write concepts as TBX and say how many."""
    written = [tbx_of(concept) for concept in concepts]
    is_basic = all(is_all_basic(concept, style) for concept in written)
    return write_tbx(path, written, style=style, dialect="TBX-Basic" if is_basic else "TBX-Private")


def read_tbx_terms(path: Path) -> Iterator[tuple[Concept, str] | Refused | Note]:
    """The concepts of a TBX file with their places; see :func:`tm.exchange.tbx.read_tbx`."""
    for item in tbx.read_tbx(path):
        if not isinstance(item, tbx.Concept):
            yield item
            continue
        if not any(item.terms("ko")) or not any(item.terms("en")):
            yield Refused(item.place, _NO_PAIR)
            continue
        found = concept_of(item)
        repeated = list(repeated_terms(found.terms))
        kept = tuple(term for term in found.terms if not any(term is one for one in repeated))
        yield replace(found, terms=kept), item.place
        for category in _left_out(item):
            yield Note(item.place, f"what it says as {category} is not kept")
        for term in repeated:
            yield Note(item.place, f"it has {term.text} twice: the first is taken")


def concept_of(concept: tbx.Concept) -> Concept:
    """A concept of TBX that has terms in both languages, as one of a termbase."""
    korean, english = list(concept.terms("ko")), list(concept.terms("en"))
    name = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), concept.id) or korean[0].text
    terms = [_term_of(term, "ko", term.status or "preferred", korean, ()) for term in korean]
    terms += [
        _term_of(term, "en", status, english, korean)
        for term, status in zip(english, _statuses(english), strict=True)
    ]
    data = [*concept.data, *(one for section in concept.sections for one in section.data)]
    below = [one for term in (*korean, *english) for one in term.data]
    return Concept(
        name,
        _joined(data + below, "subjectField"),
        _joined(data + below, "definition"),
        _notes(data),
        tuple(terms),
    )


def _term_of(
    term: tbx.Term,
    lang: Literal["ko", "en"],
    status: TermStatus,
    beside: Sequence[tbx.Term],
    korean: Sequence[tbx.Term],
) -> Term:
    """``beside`` are the terms of its language, ``korean`` those that it may render."""
    valid_from, valid_until, _ = _span(term.data)
    return Term(
        term.text,
        lang,
        status,
        part_of_speech(term.part_of_speech) or ("phrase" if term.type == "phrase" else ""),
        _notes(term.data),
        _source(term),
        value(term.data, "context"),
        _instead(term, beside) if status in UNWANTED else "",
        valid_from,
        valid_until,
        tuple(ko.text for ko in korean if ko.id in term.points_to),
    )


def _instead(term: tbx.Term, beside: Sequence[tbx.Term]) -> str:
    """The term pointed to, or one that is only named since it is not in the concept."""
    found = [other.text for other in beside if other.id in term.points_to]
    named = (d.text for d in term.data if d.category == "crossReference" and not d.target)
    return next(iter(found), "") or next(named, "")


def _span(data: Sequence[Data]) -> tuple[str, str, bool]:
    """First and last day of a ``timeRestriction``, and whether it could be read."""
    told = value(data, "timeRestriction")
    found = _SPAN.fullmatch(told)
    first, last = found.groups() if found else ("", "")
    days = ["" if day == ".." else day for day in (first, last)]
    if any(day and not is_day(day) for day in days):
        return "", "", False
    return days[0], days[1], found is not None or not told


def _left_out(concept: tbx.Concept) -> list[str]:
    """The categories of which nothing is kept, each once."""
    terms = [term for lang in ("ko", "en") for term in concept.terms(lang)]
    data = [*concept.data, *(one for section in concept.sections for one in section.data)]
    told = {one.category for one in (*data, *(one for term in terms for one in term.data))}
    left = told - _KEPT | {"termType" for term in terms if term.type not in ("", "phrase")}
    return sorted(left | {"timeRestriction" for term in terms if not _span(term.data)[2]})


def _statuses(terms: Sequence[tbx.Term]) -> list[TermStatus]:
    """Of terms that tell none the first main one is preferred, if no other is."""
    told = [term.status for term in terms]
    is_open = "preferred" not in told
    found: list[TermStatus] = []
    for term, status in zip(terms, told, strict=True):
        if status is None:
            is_first = is_open and (term.type not in _BESIDE or len(terms) == 1)
            status = "preferred" if is_first else "admitted"
            is_open = is_open and not is_first
        found.append(status)
    return found


def _joined(data: Iterable[Data], category: str) -> str:
    texts = (one.text for one in data if one.category == category and one.text)
    return "; ".join(dict.fromkeys(texts))


def _notes(data: Iterable[Data]) -> str:
    texts = (one.text for one in data if one.element == "note")
    return "; ".join(text for text in texts if text and text != FORBIDDEN)


def _source(term: tbx.Term) -> str:
    """Where the term is from, or else the sentence it stands in."""
    inner = (x for one in term.data if one.category == "context" for x in one.inner)
    return value(term.data, "source") or value(tuple(inner), "source")


def tbx_of(concept: Concept) -> tbx.Concept:
    """A concept of a termbase as TBX has it."""
    name = _xml_name(concept.id)
    korean = {text: f"{name}-ko-{n}" for n, text in enumerate(_texts(concept.korean), 1)}
    english = {text: f"{name}-en-{n}" for n, text in enumerate(_texts(concept.english), 1)}
    sections = tuple(
        Section(lang, tuple(_terms(terms, ids, korean)))
        for lang, terms, ids in (("ko", concept.korean, korean), ("en", concept.english, english))
    )
    told = (("subjectField", concept.domain), ("definition", concept.definition))
    about = [Data("descrip", category, text) for category, text in told if text]
    about += [Data("note", "", concept.note)] * bool(concept.note)
    return tbx.Concept(name, sections, tuple(about))


def _texts(terms: Iterable[Term]) -> dict[str, None]:
    return dict.fromkeys(term.text for term in terms)


def _terms(
    terms: Sequence[Term], ids: dict[str, str], korean: dict[str, str]
) -> Iterator[tbx.Term]:
    """Terms with ids; one text that stands there twice (with other days) has an id once."""
    free = dict(ids)
    for term in terms:
        yield tbx.Term(term.text, free.pop(term.text, None), tuple(_data(term, ids, korean)))


def _data(term: Term, beside: dict[str, str], korean: dict[str, str]) -> Iterator[Data]:
    pos = part_of_speech_name(term.pos)
    if pos:
        yield Data("termNote", "partOfSpeech", pos)
    if term.pos == "phrase":
        yield Data("termNote", "termType", "phrase")
    if term.lang == "en" or term.status != "preferred":
        yield Data("termNote", "administrativeStatus", STATUS_NAMES[term.status])
    if term.valid_from or term.valid_until:
        span = f"{term.valid_from or '..'}/{term.valid_until or '..'}"
        yield Data("termNote", "timeRestriction", span)
    for ko in term.renders:
        yield Data("ref", "crossReference", ko, korean[ko])
    if term.instead:
        yield Data("ref", "crossReference", term.instead, beside.get(term.instead))
    if term.context:
        yield Data("descrip", "context", term.context)
    if term.source:
        yield Data("admin", "source", term.source)
    if term.status == "forbidden":
        yield Data("note", "", FORBIDDEN)
    if term.note:
        yield Data("note", "", term.note)


def _xml_name(text: str) -> str:
    """``text`` as an identifier that XML allows, from which it can be told."""
    return _NOT_IN_NAME.sub(lambda found: f"_x{ord(found[0]):04X}_", text)
