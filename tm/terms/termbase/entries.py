"""Concepts laid flat for look-ups: one Korean term with one English term that renders it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tm.terms.termbase.concepts import UNWANTED, Concept, Term, TermStatus


@dataclass(frozen=True, slots=True)
class Entry:
    """One rendering of one Korean term.

    Attributes
    ----------
    concept: the id of the concept.
    status: of the rendering; ``ko_status`` that of the Korean term.
    pos, note: of the rendering, or if nothing is told of it, of the Korean term or the concept.
    instead: of a rendering that is not to be written, the one to write, as the termbase says it or
        as the concept has it.
    valid_from, valid_until: the days between which both terms hold; empty if there is no bound.
    """

    concept: str
    ko: str
    en: str
    pos: str = ""
    domain: str = ""
    status: TermStatus = "preferred"
    note: str = ""
    definition: str = ""
    source: str = ""
    context: str = ""
    instead: str = ""
    valid_from: str = ""
    valid_until: str = ""
    ko_status: TermStatus = "preferred"

    @property
    def is_name(self) -> bool:
        return self.pos == "proper"


def entries_of(concept: Concept) -> Iterator[Entry]:
    """The entries of a concept, by Korean term."""
    pairs = list(concept.pairs())
    has_unwanted = any(en.status in UNWANTED for _, en in pairs)
    for ko, en in pairs:
        yield Entry(
            concept.id,
            ko.text,
            en.text,
            en.pos or ko.pos,
            concept.domain,
            en.status,
            en.note or ko.note or concept.note,
            concept.definition,
            en.source,
            en.context,
            instead_of(en, [other for k, other in pairs if k is ko]) if has_unwanted else "",
            max(ko.valid_from, en.valid_from),
            _earlier(ko.valid_until, en.valid_until),
            ko.status,
        )


def instead_of(term: Term, beside: list[Term]) -> str:
    """What to write instead of an unwanted term: what it says itself, else the preferred one of
    those ``beside`` it, if there is one only, or one only that has no last day."""
    if term.status not in UNWANTED:
        return ""
    preferred = [other for other in beside if other.status == "preferred"]
    lasting = [other for other in preferred if not other.valid_until]
    texts = {other.text for other in lasting or preferred}
    return term.instead or (texts.pop() if len(texts) == 1 else "")


def _earlier(one: str, other: str) -> str:
    """The earlier of two last days; a month or year lasts to its end, and nothing told for ever."""
    return min(one, other, key=lambda day: day.ljust(len("2016-07-08"), "~"))
