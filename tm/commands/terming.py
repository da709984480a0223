"""``donju terms``: what the house calls things. Looking; changing is in
:mod:`tm.commands.terming_editing`, files are in :mod:`tm.commands.terming_files`."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import click

from align.errors import InputError
from tm.commands.options import (
    chosen_memory,
    chosen_termbase,
    echo_json,
    json_option,
    memory_option,
    termbase_option,
    words,
)
from tm.terms.termbase.concepts import RANK, STATUSES, TermStatus

if TYPE_CHECKING:
    from align.article import Lang
    from tm.memory import Memory
    from tm.terms.termbase.concepts import Concept
    from tm.terms.termbase.lookup import Entry, Termbase

#: Command: module below tm.commands, one line for ``donju terms --help``.
_COMMANDS = {
    "list": ("terming", "Concepts, a line each."),
    "show": ("terming", "All that is told of a term or a concept."),
    "find": ("terming", "The terms in a sentence."),
    "add": ("terming_editing", "Add a term, or one more rendering."),
    "edit": ("terming_editing", "Change a concept or one of its terms."),
    "delete": ("terming_editing", "Take out a concept, or one of its terms."),
    "history": ("terming_editing", "What has happened to a concept."),
    "import": ("terming_files", "Take in terms: TBX, CSV, TSV, XLSX."),
    "export": ("terming_files", "Write terms as TBX, TSV or CSV."),
    "check": ("terming_files", "Conflicts and duplicates, with file and line."),
    "extract": ("terming_extract", "New terms from the translations in a memory."),
}


class _Terms(click.Group):
    """A group that imports its commands one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = import_module(f"tm.commands.{_COMMANDS[name][0]}")
        command: click.Command = getattr(module, f"{name}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.group("terms", cls=_Terms)
def terms_command() -> None:
    """The house's own terms, kept in the memory, over the bundled ones for North Korea.

    \b
    donju terms show 돈주 -m news.tm
    donju terms add 돈주 "moneyed class" --status admitted -m news.tm
    donju terms import client.tbx -m news.tm
    """


@contextmanager
def own_terms(memory: Path | None, *, needed: bool = False) -> Iterator[Memory | None]:
    """The memory named, or the only one in this folder; if nothing says which, none, unless it is
    ``needed``."""
    from tm.memory import Memory

    if memory is None and not needed and len(list(Path().glob("*.tm"))) != 1:
        yield None
        return
    with Memory.open(chosen_memory(memory)) as opened:
        yield opened


def all_terms(termbase: str | None, memory: Memory | None) -> Termbase:
    return chosen_termbase(termbase, memory)


@click.command("list")
@click.argument("text", required=False, callback=words)
@click.option("--domain", help="Only this domain.")
@click.option("--status", type=click.Choice(STATUSES), help="Only with a term of this status.")
@click.option("--own", is_flag=True, help="Only the house's own.")
@click.option("--on", "date", help="Only what holds on this day (2016-07-08).")
@memory_option
@termbase_option
@json_option
def list_command(
    text: str | None,
    domain: str | None,
    status: str | None,
    own: bool,
    date: str | None,
    memory: Path | None,
    termbase: str | None,
    as_json: bool,
) -> None:
    """Concepts, a line each; with TEXT those that have it in a term, a note or a definition.

    \b
    donju terms list 시장
    donju terms list --domain economy --status forbidden -m news.tm
    """
    from tm.commands.termview import concept_json, line_of

    with own_terms(memory, needed=own) as opened:
        found = all_terms("none" if own else termbase, opened)
    if date is not None:
        found = found.on(_day(date))
    chosen = [
        concept
        for concept in found.concepts
        if (domain is None or concept.domain == domain)
        and (status is None or any(term.status == status for term in concept.terms))
        and (text is None or _has(concept, text))
    ]
    if as_json:
        echo_json([concept_json(concept) for concept in chosen])
    else:
        for concept in chosen:
            click.echo(line_of(concept))


def _day(date: str) -> str:
    from tm.terms.termbase.concepts import is_day

    if not is_day(date):
        raise InputError(f"not a date: {date!r}", remedy="write it as 2016-07-08 or 2016")
    return date


def _has(concept: Concept, text: str) -> bool:
    from tm.search.fold import fold

    told = (concept.id, concept.definition, concept.note)
    terms = (value for term in concept.terms for value in (term.text, term.note))
    return any(fold(text) in fold(value) for value in (*told, *terms))


@click.command("show")
@click.argument("term", callback=words)
@memory_option
@termbase_option
@json_option
def show_command(term: str, memory: Path | None, termbase: str | None, as_json: bool) -> None:
    """All that is told of TERM, Korean or English, or of the concept with this id.

    \b
    donju terms show 돈주
    donju terms show "jangmadang" -m news.tm
    """
    from tm.commands.termview import concept_json, show_concept

    with own_terms(memory) as opened:
        found = all_terms(termbase, opened)
        versions = {} if opened is None else {c.concept.id: c.version for c in opened.concepts()}
    ids = {entry.concept for entry in (*found.korean(term), *found.english(term))} | {term}
    concepts = [concept for concept in found.concepts if concept.id in ids]
    if not concepts:
        raise InputError(
            f"no term {term!r} in the termbase", remedy="look for a part of it: donju terms list"
        )
    if as_json:
        echo_json([concept_json(one, version=versions.get(one.id)) for one in concepts])
        return
    for concept in concepts:
        show_concept(concept, is_own=concept.id in versions)


@click.command("find")
@click.argument("sentence", callback=words)
@memory_option
@termbase_option
@json_option
def find_command(sentence: str, memory: Path | None, termbase: str | None, as_json: bool) -> None:
    """The terms in a SENTENCE, Korean or English, with what they are in the other language; those
    inside a longer one too.

    \b
    donju terms find "국가 보위성이 돈주들을 불렀다."
    """
    from align.article import normalise
    from tm.search.fold import language

    text = normalise(sentence)
    lang = language(text)
    with own_terms(memory) as opened:
        found = all_terms(termbase, opened)
    places = found.finder(lang).find(text)
    told = [(one, _Known.of(_entries(found, one.term.text, lang), lang)) for one in places]
    if as_json:
        echo_json(
            [
                {
                    "term": one.term.text,
                    "span": [one.start, one.end],
                    "nested": one.nested,
                    "status": known.status,
                    "instead": known.instead,
                    "renderings": [rendering._asdict() for rendering in known.renderings],
                }
                for one, known in told
            ]
        )
        return
    for one, known in told:
        click.echo(f"{'  ' * one.nested}{one.text(text)}{known.told}")


class _Rendering(NamedTuple):
    """What a term is in the other language."""

    text: str
    status: TermStatus
    instead: str
    note: str


class _Known(NamedTuple):
    """What is known of a term that was found: its own status, the best that it has anywhere, what
    to write instead of it if that is none to be written, and its renderings."""

    status: TermStatus
    instead: str
    renderings: list[_Rendering]

    @classmethod
    def of(cls, entries: Sequence[Entry], lang: Lang) -> _Known:
        if lang == "ko":
            status = min((entry.ko_status for entry in entries), key=RANK.__getitem__)
            renderings = [_Rendering(e.en, e.status, e.instead, e.note) for e in entries]
            return cls(status, "", renderings)
        best = min(entries, key=lambda entry: RANK[entry.status])
        renderings = [_Rendering(e.ko, e.ko_status, "", e.note) for e in entries]
        return cls(best.status, best.instead, renderings)

    @property
    def told(self) -> str:
        instead = f", write {self.instead}" if self.instead else ""
        own = f" ({self.status}{instead})" if self.status != "preferred" else ""
        listed = dict.fromkeys(
            r.text if r.status == "preferred" else f"{r.text} ({r.status})" for r in self.renderings
        )
        return f"{own}: {'; '.join(listed)}"


def _entries(termbase: Termbase, term: str, lang: Lang) -> tuple[Entry, ...]:
    return termbase.korean(term) if lang == "ko" else termbase.english(term)
