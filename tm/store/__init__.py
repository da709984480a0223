"""The store: the truth about articles, their versions, units, and every change, behind a protocol.

:class:`tm.store.sqlite.SqliteStore` keeps it in one file. What :class:`Store` asks for is what any
database that finds words and similar texts can give, so that a newsroom's server can stand behind
the same calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from align.article import Lang
from tm.search.tokens import Tokens
from tm.store.records import (
    Added,
    ArticleRecord,
    Change,
    Compacted,
    ConceptEvent,
    Decision,
    Deduped,
    Event,
    Filter,
    Imported,
    Kind,
    Problem,
    Row,
    Stats,
    StoredConcept,
    Unaligned,
)
from tm.terms.termbase.concepts import Concept
from tm.unit import Details, Status, TranslationUnit

__all__ = [
    "Added",
    "ArticleRecord",
    "Change",
    "Compacted",
    "ConceptEvent",
    "Decision",
    "Deduped",
    "Event",
    "Filter",
    "Imported",
    "Kind",
    "Problem",
    "Row",
    "Stats",
    "Store",
    "StoredConcept",
    "Unaligned",
]


class Store(Protocol):
    """Only what is live is seen, except where a ``version`` or the history is asked for.

    A unit's number is never used again, and a unit that has ended stays so: an edit, and the
    undoing of a deletion, make a new unit with a higher number that takes its place.

    Every method raises :class:`align.errors.MemoryFileError` if the store cannot be read or
    written. Methods that change something do it in one transaction with an entry in the log
    (``who``, ``why``), or leave everything as it was; what changes nothing leaves no entry.
    They raise :class:`align.errors.InputError` where a unit, article or change that they name is
    not there or no longer, with the change that ended it.
    """

    def close(self) -> None: ...

    # Changing

    def add(
        self,
        article: ArticleRecord,
        units: Sequence[TranslationUnit],
        unaligned: Sequence[Unaligned],
        *,
        who: str,
        why: str,
    ) -> Added:
        """Add an article, or a new version of it.

        Nothing changes if the current version was made from the same: titles, date, translator,
        place, units, and unaligned sentences. Files and origin do not count. Drafts whose texts
        were in the version before take on the status that they had there.
        """

    def import_units(
        self, units: Iterable[TranslationUnit], record: ArticleRecord, *, who: str, why: str
    ) -> Imported:
        """Add the units of a file that are not there yet; ``units`` may be a stream of millions.

        A unit goes to the article that its provenance names, or to ``record.id`` if that is empty.
        It keeps its position if the article is named, the position is not negative, and no other
        text is there. :mod:`tm.store.importing` says when a unit is there already and when it
        replaces an older form of itself. If ``units`` raises an error, nothing is stored.
        """

    def edit(
        self,
        unit_id: int,
        *,
        source: str | None = None,
        target: str | None = None,
        status: Status | None = None,
        translator: str | None = None,
        date: str | None = None,
        details: Details | None = None,
        expected: int | None = None,
        who: str,
        why: str,
    ) -> TranslationUnit:
        """The unit with what is given in place of what it was; with its new number, if any.

        ``unit_id`` is the number of any of its forms. ``expected`` is the number of the form that
        the editor has seen: if another one has taken its place, nothing changes.
        """

    def set_status(self, ids: Sequence[int], status: Status, *, who: str, why: str) -> int:
        """Judge units; returns how many had another status."""

    def delete(self, ids: Sequence[int], *, who: str, why: str) -> int:
        """End units; returns how many. They are kept, and undoing the change returns them."""

    def delete_article(self, article: str, *, who: str, why: str) -> int:
        """End an article with its units; returns how many it had."""

    def undo(self, change: int, *, who: str, why: str) -> Change:
        """Take a change back; returns the change that this is. See :mod:`tm.store.undoing`."""

    def dedupe(
        self, *, ignore_context: bool = False, dry_run: bool = False, who: str, why: str
    ) -> Deduped:
        """End units that repeat another: both texts and what stands around them are the same.

        The best of them stays: approved before draft before rejected, newest, most confident.
        With ``ignore_context`` it does not matter what stands around them; with ``dry_run``
        nothing changes.
        """

    def put_concepts(
        self,
        concepts: Sequence[Concept],
        *,
        expected: Mapping[str, int] | None = None,
        who: str,
        why: str,
    ) -> list[int]:
        """Have the house's termbase say these concepts, each in place of the one with its id, in
        the form of :func:`tm.terms.termbase.concepts.checked`; returns their versions.

        ``expected`` are the versions by id that the editor has seen, 0 where there was none: if
        another one has taken the place of any, nothing changes.
        """

    def delete_concept(
        self, concept: str, *, expected: int | None = None, who: str, why: str
    ) -> None: ...

    def decide(
        self, kind: str, about: str, verdict: str | None, reason: str, *, who: str, why: str
    ) -> None:
        """Remember what was decided in place of what was before; ``None`` takes that back."""

    # Reading

    def one_state(self) -> AbstractContextManager[None]:
        """What is read in this context is from one state of the memory, whatever others write
        meanwhile. A change of this store's own ends that."""

    def change(self) -> int:
        """The number of the last change, 0 for a new store."""

    def changes(self, *, article: str | None = None, last: int | None = None) -> list[Change]:
        """The log, oldest first: all of it, or the ``last`` entries; or those of an article."""

    def history(self, unit_id: int) -> list[Event]:
        """What has happened to a unit in all its forms, oldest first."""

    def article(self, article: str, version: int | None = None) -> ArticleRecord | None: ...

    def articles(self) -> list[ArticleRecord]:
        """Ordered by id."""

    def versions(self, article: str) -> list[ArticleRecord]:
        """All versions of an article, oldest first."""

    def units(
        self, *, article: str | None = None, version: int | None = None, after: int = 0
    ) -> Iterator[TranslationUnit]:
        """Those with numbers above ``after``, by number; those of one article, by position. All
        are from one state of the memory."""

    def unaligned(self, article: str, version: int | None = None) -> list[Unaligned]: ...

    def unit(self, unit_id: int) -> TranslationUnit | None:
        """Also one that has ended."""

    def load(self, ids: Sequence[int]) -> list[TranslationUnit]:
        """Those of these units that are live, in this order."""

    def live(self, ids: Sequence[int]) -> set[int]:
        """Which of these units are live."""

    def hidden(self) -> list[int]:
        """The units that are no longer live, and the live ones that are rejected."""

    def neighbours(
        self, unit: TranslationUnit
    ) -> tuple[TranslationUnit | None, TranslationUnit | None]:
        """The units before and after a unit, in its version of the article."""

    def exact(self, text: str, lang: Lang) -> list[TranslationUnit]:
        """Units whose text of that language equals ``text`` in plain form, by id."""

    def unit_count(self, *, after: int = 0) -> int:
        """How many live units have numbers above ``after``."""

    def stats(self) -> Stats: ...

    def concepts(self) -> list[StoredConcept]:
        """The house's termbase, by id."""

    def concept(self, concept: str) -> StoredConcept | None: ...

    def concept_history(self, concept: str) -> list[ConceptEvent]:
        """What has happened to a concept, also one that was deleted, oldest first."""

    def decisions(self, kind: str) -> dict[str, Decision]:
        """What is decided, by what it is about."""

    # Searching

    def candidates(self, tokens: Tokens, lang: Lang, only: Filter) -> Iterator[Row]:
        """Units whose text of that language holds one token at least of each group, all units if
        there are no groups: newest date first, those without date last; read as they are asked for.
        """

    def count_after(self, tokens: Tokens, lang: Lang, only: Filter, rank: int, most: int) -> int:
        """About how many :meth:`candidates` follow the one of that rank: exact (but for the
        filter's article, translator and status) up to ``most``, estimated beyond."""

    def near(self, text: str, lang: Lang, minimum: int) -> list[tuple[str, int]]:
        """The distinct plain texts of units ``minimum`` % similar to ``text`` or more, with that
        percentage, most similar first; where there are many hundreds, not all of them."""

    # Upkeep

    def check(self) -> list[Problem]:
        """What is wrong with the file, its rows and its index; nothing if all is well."""

    def repair(self, *, who: str, why: str) -> list[Problem]:
        """Mend what can be mended; returns what had been wrong."""

    def compact(self) -> Compacted:
        """Give back the room that is not needed. Nothing is forgotten."""

    def backup(self, path: str | Path) -> None:
        """A copy of the whole store as it is now, even while others write to it."""
