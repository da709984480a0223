"""``donju terms`` add, edit, delete, history: changes to single concepts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.errors import InputError
from tm.commands.options import (
    chosen_memory,
    echo_json,
    json_option,
    memory_option,
    who_option,
    words,
)
from tm.commands.termview import concept_json, event_json, line_of, show_history
from tm.terms.termbase.concepts import STATUSES, Concept, Term

if TYPE_CHECKING:
    from tm.memory import Memory

_why_option = click.option("--why", help="Why, for the log.")

#: What can be told of a term: field, help.
_OF_TERM = (
    ("pos", "Part of speech: noun, proper (a name), verb, adjective, phrase."),
    ("note", "When to use it, or why not."),
    ("source", "Where the term is from."),
    ("context", "A sentence that it stands in."),
    ("instead", "What to write instead of it."),
    ("valid_from", "From when it holds: 2016-07-08, 2016-07 or 2016."),
    ("valid_until", "Until when it holds."),
)


def _term_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for name, told in reversed(_OF_TERM):
        command = click.option(f"--{name.replace('_', '-')}", help=told)(command)
    return click.option("--status", type=click.Choice(STATUSES), help="Of the term.")(command)


def _log_options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in (json_option, _why_option, who_option, memory_option):
        command = option(command)
    return command


@click.command("add")
@click.argument("ko", callback=words)
@click.argument("en", callback=words)
@click.option("--concept", help="Id of the concept. Default: that of KO, or a new one.")
@click.option("--domain", help="Of a new concept: economy, military, person, place …")
@click.option("--definition", help="Of a new concept.")
@_term_options
@_log_options
def add_command(
    ko: str,
    en: str,
    concept: str | None,
    domain: str | None,
    definition: str | None,
    memory: Path | None,
    who: str | None,
    why: str | None,
    as_json: bool,
    **told: str | None,
) -> None:
    """Add the rendering EN of the Korean term KO to the house's own terms.

    \b
    donju terms add 돈주 "moneyed class" --status admitted -m news.tm
    donju terms add 돈주 "money master" --status forbidden --instead donju -m news.tm
    """
    rendering = Term(en, "en", **_given(told))
    with _opened(memory, who) as opened:
        with opened.store.one_state():
            home = home_of(opened, ko, concept)
            version = 0 if home is None else _version(opened, home.id)
        if home is None:
            terms = Term(ko, "ko"), rendering
            made = Concept(
                concept or free_id(opened, ko), domain or "", definition or "", "", terms
            )
        elif domain is not None or definition is not None:
            raise InputError(
                f"concept {home.id!r} is there already",
                remedy=f"change what is told of it with `donju terms edit {home.id}`",
            )
        else:
            made = with_rendering(home, ko, rendering)
        opened.put_concept(made, expected=version, why=why or f"{ko} = {en} added")
        _tell(opened, made.id, as_json)


@click.command("edit")
@click.argument("concept")
@click.option("--term", callback=words, help="The term to change, Korean or English.")
@click.option("--text", callback=words, help="What the term is to be called.")
@click.option("--domain", help="Of the concept.")
@click.option("--definition", help="Of the concept.")
@_term_options
@_log_options
def edit_command(
    concept: str,
    term: str | None,
    text: str | None,
    domain: str | None,
    definition: str | None,
    memory: Path | None,
    who: str | None,
    why: str | None,
    as_json: bool,
    **told: str | None,
) -> None:
    """Change a CONCEPT, or with --term one of its terms; an empty text takes away what was told.

    A concept of the bundled termbase becomes the house's own.

    \b
    donju terms edit donju --term "money master" --status forbidden -m news.tm
    donju terms edit mss --term "State Security Department" --valid-until 2016-06 -m news.tm
    donju terms edit donju --definition "Private investor in the North" -m news.tm
    """
    fields = _given({**told, "text": text})
    about = _given({"domain": domain, "definition": definition})
    if term is None and "note" in fields:
        about["note"] = fields.pop("note")
    if not (fields if term is not None else about) or (term is None and fields):
        raise InputError(
            "nothing is said to be changed" if not fields else "it is not said of which term",
            remedy="give --term and what to change of it, or --domain, --definition or --note",
        )
    with _opened(memory, who) as opened:
        with opened.store.one_state():
            before, version = _known(opened, concept), _version(opened, concept)
        after = replace(before, **about)
        if term is not None:
            after = _with_term(after, term, fields)
        opened.put_concept(after, expected=version, why=why or "edited")
        _tell(opened, concept, as_json)


@click.command("delete")
@click.argument("concept")
@click.option("--term", callback=words, help="Only this term of it.")
@memory_option
@who_option
@_why_option
def delete_command(
    concept: str, term: str | None, memory: Path | None, who: str | None, why: str | None
) -> None:
    """Take a CONCEPT out of the house's own terms, or with --term one term out of it.

    `donju memory undo` brings it back. What the bundled termbase says of it holds again.

    \b
    donju terms delete donju -m news.tm
    """
    with _opened(memory, who) as opened:
        if term is None:
            version = _version(opened, concept)
            opened.delete_concept(concept, expected=version, why=why or "deleted")
        else:
            with opened.store.one_state():
                before, version = _known(opened, concept), _version(opened, concept)
            after = _without_term(before, term)
            opened.put_concept(after, expected=version, why=why or f"{term} deleted")
        click.echo(f"{term or concept} deleted (change {opened.store.change()})")


@click.command("history")
@click.argument("concept")
@memory_option
@json_option
def history_command(concept: str, memory: Path | None, as_json: bool) -> None:
    """What has happened to a CONCEPT of the house: who, when and why, oldest first.

    \b
    donju terms history donju -m news.tm
    """
    with _opened(memory, None) as opened:
        events = opened.concept_history(concept)
    if as_json:
        echo_json([event_json(event) for event in events])
    else:
        show_history(events)


def _opened(memory: Path | None, who: str | None) -> Memory:
    """The memory that the house keeps its terms in."""
    from tm.memory import Memory

    return Memory.open(chosen_memory(memory), who=who)


def _given(told: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in told.items() if value is not None}


def _version(memory: Memory, concept: str) -> int:
    """The version of a concept of the house, 0 if there is none. What is edited has to be of the
    same state of the memory, so that nobody else's change is overwritten."""
    stored = memory.concept(concept)
    return 0 if stored is None else stored.version


def _known(memory: Memory, concept: str) -> Concept:
    """The house's own concept, or the bundled one."""
    from tm.terms.termbase.lookup import load_termbase

    stored = memory.concept(concept)
    if stored is not None:
        return stored.concept
    for found in load_termbase().concepts:
        if found.id == concept:
            return found
    raise InputError(
        f"no concept {concept!r}", remedy="see the ids with `donju terms list` or `terms show`"
    )


def home_of(memory: Memory, ko: str, concept: str | None) -> Concept | None:
    """Where a rendering goes: the concept named, or the only one of the house with the term."""
    if concept is not None:
        stored = memory.concept(concept)
        return None if stored is None else stored.concept
    ids = sorted({entry.concept for entry in memory.termbase().korean(ko)})
    if len(ids) > 1:
        raise InputError(
            f"{ko} stands in several concepts: {', '.join(ids)}", remedy="say which with --concept"
        )
    return _known(memory, ids[0]) if ids else None


def free_id(memory: Memory, name: str) -> str:
    """An id for a new concept: the Korean term, with a number if that is taken."""
    taken = {stored.concept.id for stored in memory.concepts()}
    names = (name if n == 1 else f"{name}-{n}" for n in range(1, len(taken) + 2))
    return next(one for one in names if one not in taken)


def with_rendering(home: Concept, ko: str, rendering: Term) -> Concept:
    """A concept with one more rendering of a Korean term, which is added if it is not there."""
    texts = tuple(dict.fromkeys(term.text for term in home.korean))
    if any(k.text == ko and en.text == rendering.text for k, en in home.pairs()):
        raise InputError(
            f"{ko} = {rendering.text} is there already, in concept {home.id}",
            remedy=f"change it with `donju terms edit {home.id} --term …`",
        )
    kept = [replace(en, renders=en.renders or texts) for en in home.english]
    korean = (*home.korean, *([] if ko in texts else [Term(ko, "ko")]))
    return replace(home, terms=(*korean, *kept, replace(rendering, renders=(ko,))))


def _with_term(concept: Concept, text: str, fields: dict[str, Any]) -> Concept:
    """A concept with other fields of a term; those that render a Korean one follow its name."""
    _require_term(concept, text)
    name = fields.get("text", text)
    is_korean = any(term.text == text for term in concept.korean)
    terms = [
        replace(term, **fields)
        if term.text == text
        else replace(term, renders=tuple(name if ko == text else ko for ko in term.renders))
        if is_korean
        else term
        for term in concept.terms
    ]
    return replace(concept, terms=tuple(terms))


def _without_term(concept: Concept, text: str) -> Concept:
    """A concept without a term; what renders nothing but that goes with it."""
    _require_term(concept, text)
    terms = []
    for term in concept.terms:
        renders = tuple(ko for ko in term.renders if ko != text)
        if term.text != text and bool(renders) == bool(term.renders):
            terms.append(replace(term, renders=renders))
    return replace(concept, terms=tuple(terms))


def _require_term(concept: Concept, text: str) -> None:
    if all(term.text != text for term in concept.terms):
        raise InputError(
            f"concept {concept.id!r} has no term {text!r}",
            remedy=f"see its terms with `donju terms show {concept.id}`",
        )


def _tell(memory: Memory, concept: str, as_json: bool) -> None:
    stored = memory.concept(concept)
    assert stored is not None  # it was put there
    if as_json:
        echo_json(concept_json(stored.concept, version=stored.version))
    else:
        click.echo(f"{line_of(stored.concept)} (change {stored.change})")
