"""Extracted terms one by one in the terminal: accept, edit, reject, skip."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

import click
from rich.padding import Padding
from rich.text import Text

from align.errors import InputError
from tm.commands.terming_editing import free_id, home_of, with_rendering
from tm.display import console, many, marked, provenance
from tm.terms.termbase.concepts import Concept, Term

if TYPE_CHECKING:
    from tm.memory import Memory
    from tm.terms.extract import Candidate

_KEYS = "(a)ccept  (e)dit  (r)eject  (s)kip  (q)uit"
_ANSWERS = {"a": "accept", "e": "edit", "r": "reject", "s": "skip", "q": "quit"}


class Dialogue:
    """Shows candidates and does what the person says, each at once and as a change of its own.

    ``name`` is that of the memory, which accepted terms give as their source.
    """

    def __init__(self, memory: Memory, name: str):
        self._memory = memory
        self._name = name
        self._out = console()
        self._done: Counter[str] = Counter()

    def run(self, candidates: Iterable[Candidate]) -> None:
        """Go through the candidates; what is decided is kept however it ends.

        Raises
        ------
        click.Abort: the person has stopped it with Ctrl-C, or the answers came to an end.
        """
        try:
            for candidate in candidates:
                self._show(candidate)
                if not self._handle(candidate, self._answer()):
                    break
            else:
                self._out.print("no more terms")
        finally:
            done = ", ".join(f"{n} {what}" for what, n in self._done.items())
            self._out.print(f"{done or 'nothing decided'}")

    def _answer(self) -> str:
        while True:
            click.echo(_KEYS + " ", nl=False)
            try:
                answer = _key().lower()
            except click.Abort:
                click.echo()
                raise
            click.echo(_ANSWERS.get(answer, ""))
            if answer in _ANSWERS:
                return answer

    def _handle(self, candidate: Candidate, answer: str) -> bool:
        """Do what was answered; whether to go on."""
        if answer == "q":
            return False
        if answer == "a":
            self._accept(candidate, candidate.ko, candidate.en)
        elif answer == "e":
            ko = click.prompt("Korean", default=candidate.ko).strip()
            en = click.prompt("English", default=candidate.en).strip()
            self._accept(candidate, ko, en)
        elif answer == "r":
            reason = click.prompt("why (or Enter)", default="", show_default=False).strip()
            self._memory.decide("term", candidate.key, "rejected", reason=reason)
            self._done["rejected"] += 1
        else:
            self._done["skipped"] += 1
        return True

    def _accept(self, candidate: Candidate, ko: str, en: str) -> None:
        try:
            with self._memory.store.one_state():
                concept = self._concept(candidate, ko, en)
                there = self._memory.concept(concept.id)
            self._memory.put_concept(
                concept,
                expected=0 if there is None else there.version,
                why=f"{ko} = {en} accepted from the memory",
            )
        except InputError as error:  # say what is wrong, and go on with the next
            click.echo(f"not accepted: {error}", err=True)
            return
        self._done["accepted"] += 1

    def _concept(self, candidate: Candidate, ko: str, en: str) -> Concept:
        """The pair as a new concept, or as one more rendering in that of the house."""
        example = candidate.examples[0].unit if candidate.examples else None
        home = home_of(self._memory, ko, None)
        rendering = Term(
            en,
            "en",
            status="preferred" if home is None and candidate.standing == "new" else "admitted",
            pos="proper" if candidate.is_name else "noun",
            source=f"extracted from {self._name}",
            context=example.target if example else "",
        )
        if home is not None:
            return with_rendering(home, ko, rendering)
        short = candidate.abbreviation if en == candidate.en else None
        brief = (Term(short, "en", status="admitted", note="abbreviation"),) if short else ()
        korean = Term(ko, "ko", context=example.source if example else "")
        return Concept(free_id(self._memory, ko), terms=(korean, rendering, *brief))

    def _show(self, candidate: Candidate) -> None:
        out = self._out
        short = f" ({candidate.abbreviation})" if candidate.abbreviation else ""
        sure = f"   {candidate.confidence:.0%}, {_standing(candidate)}"
        out.print()
        out.print(Text(f"{candidate.ko} = {candidate.en}{short}", style="bold") + Text(sure))
        counts = f"in {many(candidate.together, 'sentence pair')} together; the Korean in "
        counts += f"{candidate.ko_count}, the English in {candidate.en_count}"
        out.print(_indented(Text(counts, style="dim"), 2))
        if candidate.variants:
            out.print(_indented(Text(f"also {', '.join(candidate.variants)}", style="dim"), 2))
        if candidate.gloss:
            out.print(_indented(Text(f"explained as: {candidate.gloss}", style="dim"), 2))
        for example in candidate.examples:
            out.print(_indented(marked(example.unit.source, example.source_spans), 2))
            out.print(_indented(marked(example.unit.target, example.target_spans), 2))
            if whence := provenance(example.unit):
                out.print(_indented(Text(whence, style="dim"), 4))


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def _standing(candidate: Candidate) -> str:
    if candidate.standing == "conflicting" and candidate.termbase:
        return f"but the termbase has {', '.join(candidate.termbase)}"
    return candidate.standing


def _key() -> str:
    """One key on a terminal, else the first letter of the next line.

    Raises
    ------
    click.Abort: there are no more lines, or Ctrl-C or Ctrl-D was pressed.
    """
    try:
        if sys.stdin.isatty():
            return click.getchar()
        line = sys.stdin.readline()
    except (KeyboardInterrupt, EOFError) as stopped:
        raise click.Abort from stopped
    if not line:
        raise click.Abort
    return line.strip()[:1]
