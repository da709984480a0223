"""The store: the truth about articles, their versions, units, and every change, behind a protocol.

:class:`tm.store.sqlite.SqliteStore` keeps it in one file. What :class:`Store` asks for is what any
database that finds grams can give, so that a newsroom's server can stand behind the same calls.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, Protocol

from align.article import Lang
from tm.unit import Status, TranslationUnit


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What the memory knows about an article besides its units. Unknown is ``None``.

    ``date`` is ISO 8601 where it could be read as a date. ``origin`` says how the units were made
    (the signature of the alignment). The last five are given by the store: the version counts
    from 1, ``change`` is the number of the change that brought it, at ``added_at`` (UTC) by
    ``added_by``.
    """

    id: str
    title_ko: str | None = None
    title_en: str | None = None
    date: str | None = None
    translator: str | None = None
    place: str | None = None
    file_ko: str | None = None
    file_en: str | None = None
    origin: str | None = None
    version: int = 0
    current: bool = True
    change: int = 0
    added_at: str = ""
    added_by: str = ""


@dataclass(frozen=True, slots=True)
class Unaligned:
    """A sentence without counterpart. It stands before the unit at ``position``, if there is one,
    and after the unaligned sentences listed before it."""

    side: Lang
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding an article did, with the numbers of units and of nulls the article now has."""

    status: Literal["added", "unchanged", "replaced"]
    units: int
    nulls: int


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log: ``at`` in UTC, ISO 8601."""

    number: int
    at: str
    who: str
    why: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Stats:
    """Sizes of a memory. ``superseded`` are units of replaced versions, kept but not searched."""

    articles: int
    units: int
    unaligned: int
    superseded: int
    change: int
    first_date: str | None
    last_date: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units to look at: all conditions that are set must hold.

    Without ``status``, rejected units are left out.
    """

    article: str | None = None
    translator: str | None = None
    status: Status | None = None


class Row(NamedTuple):
    """A unit as searching needs it: the text of one side, and what results are ordered by."""

    id: int
    text: str
    date: str | None
    article: str
    position: int


class Store(Protocol):
    """Only current versions are seen, except where a ``version`` is asked for.

    Every method raises :class:`align.errors.MemoryFileError` if the store cannot be read or
    written.
    """

    def close(self) -> None: ...

    def add(
        self,
        article: ArticleRecord,
        units: Sequence[TranslationUnit],
        unaligned: Sequence[Unaligned],
        *,
        who: str,
        why: str,
    ) -> Added:
        """Add an article, or a new version of it, in one transaction.

        Nothing changes if the current version says the same: titles, date, translator, place,
        units, and unaligned sentences. Files and origin do not count.
        """

    def change(self) -> int:
        """The number of the last change, 0 for a new store."""

    def changes(self) -> list[Change]: ...

    def article(self, article: str, version: int | None = None) -> ArticleRecord | None: ...

    def articles(self) -> list[ArticleRecord]:
        """Ordered by id."""

    def versions(self, article: str) -> list[ArticleRecord]:
        """All versions of an article, oldest first."""

    def units(
        self, *, article: str | None = None, version: int | None = None
    ) -> Iterator[TranslationUnit]:
        """In the order they were stored; of one article, by position."""

    def unaligned(self, article: str, version: int | None = None) -> list[Unaligned]: ...

    def unit(self, unit_id: int) -> TranslationUnit | None:
        """Also of a replaced version."""

    def load(self, ids: Sequence[int]) -> list[TranslationUnit]:
        """The units of these ids, in this order."""

    def neighbours(
        self, unit: TranslationUnit
    ) -> tuple[TranslationUnit | None, TranslationUnit | None]:
        """The units before and after a unit, in its version of the article."""

    def exact(self, text: str, lang: Lang) -> list[TranslationUnit]:
        """Units whose text of that language equals ``text`` in plain form, by id."""

    def texts(self, ids: Sequence[int], lang: Lang, lengths: tuple[int, int]) -> dict[int, str]:
        """The texts of these units whose plain form is from so long to so long (characters)."""

    def unit_count(self) -> int: ...

    def stats(self) -> Stats: ...

    def candidates(self, needles: Sequence[str], lang: Lang, only: Filter) -> list[Row]:
        """Units that may hold one of the folded texts ``needles``, and all that do; any order."""

    def rarest_first(self, wanted: Sequence[str], lang: Lang) -> list[str]:
        """Grams by the number of units they occur in."""

    def units_with(self, gram: str, lang: Lang) -> list[int]:
        """Ids of the units that hold a gram."""
