"""Memory: one translation memory, and everything that is asked of it."""

from __future__ import annotations

import getpass
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from align.article import Article, Lang
from align.errors import InputError
from align.reading.dates import iso_date
from tm.search.concordance import CHECKED, SearchResult, concordance, units_containing
from tm.search.query import Kind
from tm.search.ranks import is_date
from tm.store import (
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
    Problem,
    Stats,
    Store,
    StoredConcept,
    Unaligned,
)
from tm.store.connection import WAIT
from tm.store.sqlite import SqliteStore
from tm.unit import Details, Provenance, Status, TranslationUnit

if TYPE_CHECKING:
    from align.alignment import Alignment
    from tm.match import Match
    from tm.search.semantic import SemanticIndex
    from tm.terms.renderings.rendering import Suggestion
    from tm.terms.termbase.concepts import Concept
    from tm.terms.termbase.lookup import Termbase


class Memory:
    """A translation memory. Use it in a ``with`` statement, or close it; one for each thread.

    >>> with Memory.open("news.tm") as memory:
    ...     for match in memory.match("돈주들이 아파트 건설에 투자했다."):
    ...         print(match.percent, match.unit.target)

    ``store`` is the truth behind it, ``who`` the name that changes are logged under.
    """

    def __init__(self, store: Store, *, who: str | None = None):
        self.store = store
        self.who = who or user_name()
        self._semantic: SemanticIndex | None = None
        self._termbase: tuple[int, Termbase] | None = None

    @classmethod
    def open(
        cls, path: str | Path, *, create: bool = False, who: str | None = None, wait: float = WAIT
    ) -> Memory:
        """The memory in the file at ``path``; with ``create``, a new one if there is none.

        ``wait`` is how many seconds a change waits while another program writes.

        Raises
        ------
        MemoryFileError: there is no such file, it is no memory, or it cannot be opened.
        """
        return cls(SqliteStore(path, create=create, wait=wait), who=who)

    def close(self) -> None:
        self.store.close()

    def __enter__(self) -> Memory:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # Putting in

    def add_alignment(
        self,
        alignment: Alignment,
        *,
        article: str,
        ko: Article | None = None,
        en: Article | None = None,
        date: str | None = None,
        translator: str | None = None,
        who: str | None = None,
    ) -> Added:
        """Add two aligned articles under the id ``article``, nulls included.

        Titles, translator, date, place and files are taken from ``ko`` and ``en`` where they know
        them; ``translator`` and ``date`` given here come first, then those of the English page.
        An article that is there already is replaced (its old version is kept) or, if it says the
        same, left as it is.

        Raises
        ------
        InputError: ``date`` is no date, the id is empty, or a text holds half a character.
        MemoryFileError: the memory cannot be written; it is then as it was before.
        """
        if date is not None and iso_date(date) is None:
            raise InputError(f"not a date: {date!r}", remedy="write it as 2021-07-08")
        written = date or _told("date", en, ko)
        record = ArticleRecord(
            article,
            title_ko=_told("headline", ko),
            title_en=_told("headline", en),
            date=written and (iso_date(written) or written),
            translator=translator or _told("translator", en, ko),
            place=_told("place", en, ko),
            file_ko=ko.source if ko else None,
            file_en=en.source if en else None,
            origin=alignment.signature or None,
        )
        units, unaligned = _parts(alignment, record)
        return self.store.add(
            record, units, unaligned, who=who or self.who, why="aligned articles added"
        )

    def import_units(
        self,
        units: Iterable[TranslationUnit],
        record: ArticleRecord,
        *,
        who: str | None = None,
        why: str = "units imported",
    ) -> Imported:
        """Add the units of a file, which may be a stream of millions, where they are new.

        :meth:`tm.store.Store.import_units` says where they go and what counts as new. Either all
        go in or, if reading them or the memory fails, none.
        """
        return self.store.import_units(units, record, who=who or self.who, why=why)

    # Changing

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
        who: str | None = None,
        why: str = "edited",
    ) -> TranslationUnit:
        """The unit with what is given in place of what it was, under its new number.

        Raises
        ------
        InputError: the unit is not there or, since it was seen, somebody else has changed it; a
            text would be empty, or ``date`` is no date.
        """
        if date is not None and iso_date(date) is None:
            raise InputError(f"not a date: {date!r}", remedy="write it as 2021-07-08")
        return self.store.edit(
            unit_id,
            source=source,
            target=target,
            status=status,
            translator=translator,
            date=date and iso_date(date),
            details=details,
            expected=unit_id,
            who=who or self.who,
            why=why,
        )

    def set_status(
        self, ids: Sequence[int], status: Status, *, who: str | None = None, why: str | None = None
    ) -> int:
        """Judge units; returns how many had another status."""
        return self.store.set_status(ids, status, who=who or self.who, why=why or status)

    def delete(self, ids: Sequence[int], *, who: str | None = None, why: str = "deleted") -> int:
        """Take units out of what is searched; returns how many. :meth:`undo` returns them."""
        return self.store.delete(ids, who=who or self.who, why=why)

    def delete_article(
        self, article: str, *, who: str | None = None, why: str = "article deleted"
    ) -> int:
        """Take an article out of what is searched; returns how many units it had."""
        return self.store.delete_article(article, who=who or self.who, why=why)

    def undo(self, change: int, *, who: str | None = None, why: str | None = None) -> Change:
        """Take a change back; returns the change that this is, which can be undone too.

        Raises
        ------
        InputError: there is no such change, or a later one, which is named, stands on it.
        """
        return self.store.undo(change, who=who or self.who, why=why or f"change {change} undone")

    def dedupe(
        self,
        *,
        ignore_context: bool = False,
        dry_run: bool = False,
        who: str | None = None,
        why: str = "repetitions removed",
    ) -> Deduped:
        """Take out units that repeat another: see :meth:`tm.store.Store.dedupe`."""
        return self.store.dedupe(
            ignore_context=ignore_context, dry_run=dry_run, who=who or self.who, why=why
        )

    # The house's own terms

    def termbase(self) -> Termbase:
        """The terms that are kept in this memory; read again only after a change."""
        from tm.terms.termbase.lookup import Termbase

        with self.store.one_state():
            change = self.store.change()
            if self._termbase is None or self._termbase[0] != change:
                concepts = tuple(stored.concept for stored in self.store.concepts())
                if self._termbase is None or self._termbase[1].concepts != concepts:
                    self._termbase = change, Termbase(concepts, "the memory")
                else:
                    self._termbase = change, self._termbase[1]
            return self._termbase[1]

    def concepts(self) -> list[StoredConcept]:
        """The house's own concepts by id, with their versions."""
        return self.store.concepts()

    def concept(self, concept: str) -> StoredConcept | None:
        """A concept of the house with the version that :meth:`put_concept` asks for."""
        return self.store.concept(concept)

    def put_concept(
        self,
        concept: Concept,
        *,
        expected: int | None = None,
        who: str | None = None,
        why: str = "terms edited",
    ) -> int:
        """Have the house's termbase say this concept, in place of the one with its id; returns
        its version.

        ``expected`` is the version that was seen before editing it, 0 if there was none.

        Raises
        ------
        InputError: it lacks a term in one of the languages, or somebody has changed it meanwhile.
        """
        (version,) = self.store.put_concepts(
            [concept],
            expected=None if expected is None else {concept.id: expected},
            who=who or self.who,
            why=why,
        )
        return version

    def put_concepts(
        self,
        concepts: Sequence[Concept],
        *,
        expected: Mapping[str, int] | None = None,
        who: str | None = None,
        why: str = "terms imported",
    ) -> list[int]:
        """As :meth:`put_concept` for many, as one change; ``expected`` are versions by id."""
        return self.store.put_concepts(concepts, expected=expected, who=who or self.who, why=why)

    def delete_concept(
        self,
        concept: str,
        *,
        expected: int | None = None,
        who: str | None = None,
        why: str = "terms deleted",
    ) -> None:
        """Take a concept out of the house's termbase; :meth:`undo` returns it."""
        self.store.delete_concept(concept, expected=expected, who=who or self.who, why=why)

    def concept_history(self, concept: str) -> list[ConceptEvent]:
        """What has happened to a concept, also one that was deleted, oldest first."""
        return self.store.concept_history(concept)

    def decide(
        self,
        kind: str,
        key: str,
        verdict: str | None,
        *,
        reason: str = "",
        who: str | None = None,
        why: str | None = None,
    ) -> None:
        """Remember a decision (a rejected candidate, a finding that is none) in place of what was
        decided before on ``key``; without verdict, nothing is decided any more."""
        told = why or f"{kind} {verdict or 'open'}"
        self.store.decide(kind, key, verdict, reason, who=who or self.who, why=told)

    def decisions(self, kind: str) -> dict[str, Decision]:
        """What is decided, by key."""
        return self.store.decisions(kind)

    # What is in it

    def units(
        self, *, article: str | None = None, version: int | None = None, after: int = 0
    ) -> Iterator[TranslationUnit]:
        """All units with numbers above ``after``, by number, or those of an article, by position;
        without ``version``, of its current one."""
        return self.store.units(article=article, version=version, after=after)

    def unit(self, unit_id: int) -> TranslationUnit | None:
        """Also one that was edited or deleted since."""
        return self.store.unit(unit_id)

    def unit_count(self) -> int:
        return self.store.unit_count()

    def neighbours(
        self, unit: TranslationUnit
    ) -> tuple[TranslationUnit | None, TranslationUnit | None]:
        """The units before and after a unit in its article."""
        return self.store.neighbours(unit)

    def unaligned(self, article: str, version: int | None = None) -> list[Unaligned]:
        """The sentences of an article without counterpart, in order."""
        return self.store.unaligned(article, version)

    def article(self, article: str, version: int | None = None) -> ArticleRecord | None:
        return self.store.article(article, version)

    def articles(self) -> list[ArticleRecord]:
        """The current version of every article, by id."""
        return self.store.articles()

    def versions(self, article: str) -> list[ArticleRecord]:
        """All versions of an article, oldest first."""
        return self.store.versions(article)

    def changes(self, *, article: str | None = None, last: int | None = None) -> list[Change]:
        """The log, oldest first: all of it, or the ``last`` entries; or those of an article."""
        return self.store.changes(article=article, last=last)

    def history(self, unit_id: int) -> list[Event]:
        """What has happened to a unit in all its forms, oldest first."""
        return self.store.history(unit_id)

    def stats(self) -> Stats:
        return self.store.stats()

    # Upkeep

    def check(self) -> list[Problem]:
        """What is wrong with the memory; nothing if all is well."""
        return self.store.check()

    def repair(self, *, who: str | None = None, why: str = "repaired") -> list[Problem]:
        """Mend what can be mended; returns what had been wrong."""
        return self.store.repair(who=who or self.who, why=why)

    def compact(self) -> Compacted:
        """Give back the room that is not needed. Nothing is forgotten."""
        return self.store.compact()

    def backup(self, path: str | Path) -> None:
        """A copy of the whole memory as it is now, even while others write to it."""
        self.store.backup(path)

    # What it answers

    def match(
        self,
        sentence: str,
        *,
        lang: Lang | None = None,
        limit: int = 5,
        minimum: int = 70,
        previous: str | None = None,
        following: str | None = None,
        semantic: bool = False,
    ) -> list[Match]:
        """What the memory holds for a sentence, best first.

        Parameters
        ----------
        sentence: one segment of either language; of none, if it is blank, nothing is found.
        lang: its language; detected by its letters if not given.
        limit: how many matches; exact ones are all returned, so that renderings that contradict
            each other are seen, and fuzzy ones fill up to the limit.
        minimum: the lowest percentage, 1 to 101.
        previous, following: the sentences around it, an empty one for the start or end of the
            article. An exact match between the neighbours that are given is a context match (101).
        semantic: fill up with units that mean the same in other words, if the memory has vectors
            (``donju memory embed``). Their encoder is loaded when first needed, for seconds.

        Fuzzy matches are ordered by their letters and by their words, see :mod:`tm.match`, so the
        percentages need not descend; semantic ones come last.
        A segment of more than 5,000 characters has no fuzzy matches, only exact ones.
        Each rendering comes once, with its best unit: approved before draft, newest first.
        Rejected units are left out.
        """
        if not 1 <= minimum <= 101:
            raise InputError(f"minimum is {minimum}", remedy="give a percentage from 1 to 101")
        if limit < 1:
            raise InputError(f"limit is {limit}", remedy="ask for at least one match")
        from tm.match import matches

        meaning = self.semantic_index() if semantic else None
        with self.store.one_state():
            return matches(
                self.store,
                sentence,
                lang=lang,
                limit=limit,
                minimum=minimum,
                previous=previous,
                following=following,
                semantic=meaning,
            )

    def semantic_index(self) -> SemanticIndex | None:
        """The vectors of this memory, perhaps none yet; ``None`` if it is not in a file."""
        if self._semantic is None and isinstance(self.store, SqliteStore):
            from tm.search.semantic import SemanticIndex

            self._semantic = SemanticIndex.open(self.store.path, self.store)
        return self._semantic

    def search(
        self,
        text: str,
        *,
        lang: Lang | None = None,
        kind: Kind = "text",
        limit: int = 20,
        offset: int = 0,
        article: str | None = None,
        translator: str | None = None,
        status: Status | None = None,
        from_date: str | None = None,
        to_date: str | None = None,
        checked: int = CHECKED,
    ) -> SearchResult:
        """Concordance: the units in which ``text`` stands, newest first, and how many in all.

        See :mod:`tm.search.concordance` for what counts as standing in a text.

        Parameters
        ----------
        lang: the side to search; both, if not given.
        kind: ``text``; ``term``, with nothing but particles after it; or ``regex``.
        article, translator, status: only units of this one; without ``status`` rejected units are
            left out.
        from_date, to_date: only units dated so; a year or a month will do, both ends are included.
        checked: how many candidates to read for an exact total; beyond, it is estimated.

        Raises
        ------
        InputError: nothing is left of ``text`` to search for, it is no regular expression,
            ``limit`` or ``offset`` is negative, or a date is none.
        """
        check_page(limit, offset)
        for given in (from_date, to_date):
            if given is not None and not is_date(given):
                raise InputError(f"not a date: {given!r}", remedy="write it as 2021-07-08 or 2021")
        only = Filter(article, translator, status, from_date, to_date)
        with self.store.one_state():
            return concordance(
                self.store,
                text,
                lang=lang,
                kind=kind,
                limit=limit,
                offset=offset,
                only=only,
                checked=checked,
            )

    def with_renderings(
        self, result: SearchResult, text: str, lang: Lang, termbase: Termbase | None = None
    ) -> SearchResult:
        """The hits of a search for ``text`` in ``lang`` with what renders it on the other side.

        ``termbase`` is believed first; without one, the memory alone is asked. See
        :mod:`tm.search.renderings`.
        """
        from tm.search.renderings import with_renderings

        return with_renderings(self.store, result, text, lang, termbase)

    def units_containing(self, text: str, lang: Lang) -> list[TranslationUnit]:
        """All units in which ``text`` stands in ``lang``, as :meth:`search` finds it, by id."""
        with self.store.one_state():
            return units_containing(self.store, text, lang)

    def suggest(
        self,
        term: str,
        *,
        lang: Lang = "ko",
        limit: int = 10,
        examples: int = 3,
        termbase: Termbase | None = None,
    ) -> Suggestion:
        """How ``term`` has been rendered, with evidence, and what the termbase says of it.

        Without ``termbase`` it is that of the memory over the bundled one for North Korea; to ask
        the memory alone, call
        :func:`tm.terms.renderings.suggest.suggest`, which documents the rest.
        """
        from tm.terms.renderings.suggest import suggest
        from tm.terms.termbase.lookup import load_termbase

        return suggest(
            self,
            term,
            lang=lang,
            limit=limit,
            examples=examples,
            termbase=self.termbase().over(load_termbase()) if termbase is None else termbase,
        )


def check_page(limit: int, offset: int) -> None:
    """:class:`InputError` unless they can be the length and the start of a page of hits."""
    if limit < 0 or offset < 0:
        raise InputError("limit and offset cannot be negative", remedy="give 0 or more")


def _parts(
    alignment: Alignment, record: ArticleRecord
) -> tuple[list[TranslationUnit], list[Unaligned]]:
    """The units of an alignment and its nulls, each null before the unit that follows it."""
    units: list[TranslationUnit] = []
    unaligned: list[Unaligned] = []
    for bead in alignment:
        ko, en = alignment.ko_text(bead), alignment.en_text(bead)
        if bead.is_null:
            side: Lang = "ko" if bead.ko else "en"
            unaligned.append(Unaligned(side, len(units), ko or en))
        else:
            where = Provenance(record.id, len(units), record.translator, record.date, record.origin)
            units.append(TranslationUnit(ko, en, where, bead.confidence))
    return units, unaligned


def _told(name: str, *articles: Article | None) -> str | None:
    """What the first article that tells has to say."""
    values = (article.meta.get(name, "").strip() for article in articles if article)
    return next((value for value in values if value), None)


def user_name() -> str:
    """The name that changes are logged under if none is given."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in this container
        return "unknown"
