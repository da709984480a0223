"""Memory: one translation memory, and everything that is asked of it."""

from __future__ import annotations

import getpass
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from align.alignment import Alignment
from align.article import Article, Lang
from align.errors import InputError
from align.reading.dates import iso_date
from tm.match import Match, matches
from tm.search.concordance import SearchResult, concordance, units_containing
from tm.store import Added, ArticleRecord, Change, Filter, Stats, Store, Unaligned
from tm.store.connection import WAIT
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, Status, TranslationUnit

if TYPE_CHECKING:
    from tm.terms.rendering import Suggestion
    from tm.terms.termbase import Termbase


class Memory:
    """A translation memory. Use it in a ``with`` statement, or close it; one for each thread.

    >>> with Memory.open("news.tm") as memory:
    ...     for match in memory.match("돈주들이 아파트 건설에 투자했다."):
    ...         print(match.percent, match.unit.target)

    ``store`` is the truth behind it, ``who`` the name that changes are logged under.
    """

    def __init__(self, store: Store, *, who: str | None = None):
        self.store = store
        self.who = who or _user()

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

    # What is in it

    def units(
        self, *, article: str | None = None, version: int | None = None
    ) -> Iterator[TranslationUnit]:
        """All units, or those of an article, in order; without ``version``, of current ones."""
        return self.store.units(article=article, version=version)

    def unit(self, unit_id: int) -> TranslationUnit | None:
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

    def changes(self) -> list[Change]:
        """The log, oldest first."""
        return self.store.changes()

    def stats(self) -> Stats:
        return self.store.stats()

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

        A segment of more than 5,000 characters has no fuzzy matches, only exact ones.
        Each rendering comes once, with its best unit: approved before draft, newest first.
        Rejected units are left out.
        """
        if not 1 <= minimum <= 101:
            raise InputError(f"minimum is {minimum}", remedy="give a percentage from 1 to 101")
        if limit < 1:
            raise InputError(f"limit is {limit}", remedy="ask for at least one match")
        found = matches(
            self.store,
            sentence,
            lang=lang,
            limit=limit,
            minimum=minimum,
            previous=previous,
            following=following,
        )
        return [match for match in found if match.percent >= minimum]

    def search(
        self,
        text: str,
        *,
        lang: Lang | None = None,
        limit: int = 20,
        offset: int = 0,
        article: str | None = None,
        translator: str | None = None,
        status: Status | None = None,
    ) -> SearchResult:
        """Concordance: the units in which ``text`` stands, newest first, and how many in all.

        See :mod:`tm.search.concordance` for what counts as standing in a text. Without ``lang``
        both sides are searched, without ``status`` rejected units are left out.

        Raises
        ------
        InputError: nothing is left of ``text`` to search for, or ``limit`` or ``offset`` is
            negative.
        """
        if limit < 0 or offset < 0:
            raise InputError("limit and offset cannot be negative", remedy="give 0 or more")
        only = Filter(article=article, translator=translator, status=status)
        return concordance(self.store, text, lang=lang, limit=limit, offset=offset, only=only)

    def units_containing(self, text: str, lang: Lang) -> list[TranslationUnit]:
        """All units in which ``text`` stands in ``lang``, as :meth:`search` finds it, by id."""
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

        Without ``termbase`` the bundled one for North Korea is used; to ask the memory alone, call
        :func:`tm.terms.suggest.suggest`, which documents the rest.
        """
        from tm.terms.suggest import suggest
        from tm.terms.termbase import load_termbase

        return suggest(
            self,
            term,
            lang=lang,
            limit=limit,
            examples=examples,
            termbase=termbase or load_termbase(),
        )


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


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user in this container
        return "unknown"
