"""Concepts for people and for machines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from tm.terms.termbase.concepts import Concept, Term
from tm.terms.termbase.entries import instead_of

if TYPE_CHECKING:
    from tm.exchange.items import Note
    from tm.exchange.term_import import TermImport
    from tm.store import ConceptEvent
    from tm.terms.termbase.checking import TermProblem

Json = dict[str, Any]


def concept_json(concept: Concept, *, version: int | None = None) -> Json:
    """A concept with all that it says; the version only of one of the house's own."""
    own = {} if version is None else {"version": version}
    told = asdict(concept)
    return {**own, **told, "terms": [_term_json(term) for term in told["terms"]]}


def _term_json(term: Json) -> Json:
    return {**term, "renders": list(term["renders"])}


def event_json(event: ConceptEvent) -> Json:
    from tm.jsonform import change_json

    return {
        "what": event.what,
        "change": change_json(event.change),
        "concept": concept_json(event.concept, version=event.version),
    }


def problem_json(problem: TermProblem) -> Json:
    return {"place": problem.place, "kind": problem.kind, "told": problem.told}


def line_of(concept: Concept) -> str:
    """A concept on one line: ``donju: 돈주 = donju; moneyed class (admitted)``."""
    korean, english = (
        "; ".join(dict.fromkeys(_with_status(term) for term in terms))
        for terms in (concept.korean, concept.english)
    )
    return f"{concept.id}: {korean} = {english}"


def _with_status(term: Term) -> str:
    return term.text if term.status == "preferred" else f"{term.text} ({term.status})"


def show_concept(concept: Concept, *, is_own: bool) -> None:
    """A concept with all its terms, the renderings under the Korean term that they render."""
    about = ", ".join(filter(None, (concept.domain, "the house's own" if is_own else "")))
    click.echo(f"{concept.id}  ({about})" if about else concept.id)
    for text in (concept.definition, concept.note):
        if text:
            click.echo(f"  {text}")
    for ko, renderings in _renderings(concept):
        click.echo(f"  {_told(ko, [])}")
        for en in renderings:
            click.echo(f"    {_told(en, renderings)}")


def _renderings(concept: Concept) -> Iterator[tuple[Term, list[Term]]]:
    groups: dict[Term, list[Term]] = {}
    for ko, en in concept.pairs():
        groups.setdefault(ko, []).append(en)
    yield from groups.items()


def _told(term: Term, beside: list[Term]) -> str:
    """A term and what is told of it; of a Korean one its status only if it is not the usual."""
    instead = instead_of(term, beside) or term.instead
    told = (
        term.status if term.lang == "en" or term.status != "preferred" else "",
        term.pos,
        term.valid_from and f"from {term.valid_from}",
        term.valid_until and f"until {term.valid_until}",
        instead and f"instead: {instead}",
        term.note,
        term.source and f"source: {term.source}",
        term.context and f"“{term.context}”",
    )
    return "  ".join((term.text, " | ".join(filter(None, told)))).rstrip()


def show_history(events: Iterable[ConceptEvent]) -> None:
    words = {"born": "new", "replaced": "changed", "ended": "deleted"}
    for event in events:
        change = event.change
        at = change.at[:16].replace("T", " ")
        click.echo(f"{change.number:>5}  {at}  {change.who}  {words[event.what]}: {change.why}")
        if event.what != "ended":
            click.echo(f"       {line_of(event.concept)}")


def import_json(report: TermImport) -> Json:
    merged = report.merged
    return {
        "file": report.file,
        "concepts": merged.concepts,
        "read": report.read,
        "added": merged.added,
        "already": merged.already,
        "conflicts": [asdict(one) for one in merged.conflicts],
        "refused": [asdict(one) for one in report.refused],
        "notes": [asdict(one) for one in report.notes],
        "changed": list(merged.changed),
    }


def show_import(report: TermImport) -> None:
    from tm.display import many

    merged = report.merged
    click.echo(
        f"{report.file}: {many(merged.concepts, 'concept')}, {many(report.read, 'rendering')} read"
        f" = {merged.added} added"
        f" + {merged.already} already there + {many(len(merged.conflicts), 'conflict')}"
        f" + {len(report.refused)} refused"
    )
    for conflict in merged.conflicts:
        click.echo(f"conflict: {conflict.place}: {conflict.reason}", err=True)
    for one in report.refused:
        click.echo(f"refused: {one.place}: {one.reason}", err=True)
    for note, count in _counted(report.notes):
        times = f" ({count} times, first there)" if count > 1 else ""
        click.echo(f"note: {note.place}: {note.text}{times}", err=True)


def _counted(notes: Iterable[Note]) -> list[tuple[Note, int]]:
    """The first note of each kind, and how many there are."""
    groups: dict[str, list[Note]] = {}
    for note in notes:
        groups.setdefault(note.text, []).append(note)
    return [(found[0], len(found)) for found in groups.values()]
