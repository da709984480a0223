"""Reading the store: articles, units, texts, the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from align.article import Lang
from align.errors import MemoryFileError
from tm.search.fold import key, plain
from tm.store import log
from tm.store.connection import DAMAGED, another, explained
from tm.store.records import ArticleRecord, Change, Event, Stats, Unaligned
from tm.store.rows import SELECT_ARTICLE, SELECT_UNIT, article_of, unit_of
from tm.store.writing import listed, pages
from tm.unit import TranslationUnit

_SIDE: dict[Lang, str] = {"ko": "source", "en": "target"}


class SqliteReader:
    """What a :class:`tm.store.Store` tells, from a connection to the file at ``path``."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool):
        self.path = path
        self.read_only = read_only
        self._absolute = path.absolute()  # also if the program goes to another folder
        self._connection = connection
        self._is_reading = False

    @contextmanager
    def one_state(self) -> Iterator[None]:
        """See :meth:`tm.store.Store.one_state`."""
        with explained(self.path):
            if self._connection.in_transaction:
                yield
                return
            self._connection.execute("BEGIN")
            self._is_reading = True
            try:
                yield
            finally:
                self._end_reading()

    def _end_reading(self) -> None:
        """Let go of the state that is being read: what follows is read or changed as it is now."""
        if self._is_reading:
            self._is_reading = False
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def change(self) -> int:
        return int(self._read("SELECT coalesce(max(number), 0) FROM changes")[0][0])

    def changes(self, *, article: str | None = None, last: int | None = None) -> list[Change]:
        with explained(self.path):
            return log.changes(self._connection, article, last)

    def history(self, unit_id: int) -> list[Event]:
        with self.one_state():
            return log.history(self._connection, unit_id)

    def article(self, article: str, version: int | None = None) -> ArticleRecord | None:
        with self.one_state():
            number = self._article_number(article, version)
            rows = self._read(f"{SELECT_ARTICLE} WHERE a.number = ?", number)
        return article_of(rows[0]) if rows else None

    def articles(self) -> list[ArticleRecord]:
        rows = self._read(f"{SELECT_ARTICLE} WHERE a.ended IS NULL ORDER BY a.id")
        return [article_of(row) for row in rows]

    def versions(self, article: str) -> list[ArticleRecord]:
        rows = self._read(f"{SELECT_ARTICLE} WHERE a.id = ? ORDER BY a.version", article)
        return [article_of(row) for row in rows]

    def units(
        self, *, article: str | None = None, version: int | None = None, after: int = 0
    ) -> Iterator[TranslationUnit]:
        """See :meth:`tm.store.Store.units`. All are from one state of the memory, as it was when
        the first was asked for.

        A version that has ended has the units that it had when it ended.
        """
        if article is not None:
            with self.one_state():
                found = self._units_of(self._article_number(article, version), after)
            yield from found
            return
        # A connection of its own, so that whoever goes through them may change the memory.
        with (
            self._readable(),
            closing(another(self._absolute, read_only=self.read_only)) as beside,
        ):
            rows = beside.execute(
                f"{SELECT_UNIT} WHERE u.ended IS NULL AND u.id > ? ORDER BY u.id", (after,)
            )
            yield from map(unit_of, rows)

    def unaligned(self, article: str, version: int | None = None) -> list[Unaligned]:
        with self.one_state():
            rows = self._read(
                "SELECT side, position, text FROM unaligned WHERE article = ? ORDER BY number",
                self._article_number(article, version),
            )
        return [Unaligned(*row) for row in rows]

    def unit(self, unit_id: int) -> TranslationUnit | None:
        found = self._units("WHERE u.id = ?", unit_id)
        return found[0] if found else None

    def load(self, ids: Sequence[int]) -> list[TranslationUnit]:
        found: dict[int | None, TranslationUnit] = {}
        with self.one_state():
            for page in pages(ids):
                live = self._units(f"WHERE u.id IN ({listed(page)}) AND u.ended IS NULL")
                found |= {unit.id: unit for unit in live}
        return [found[i] for i in ids if i in found]

    def live(self, ids: Sequence[int]) -> set[int]:
        found: set[int] = set()
        with self.one_state():
            for page in pages(ids):
                rows = self._read(
                    f"SELECT id FROM units WHERE id IN ({listed(page)}) AND ended IS NULL"
                )
                found |= {unit for (unit,) in rows}
        return found

    def hidden(self) -> list[int]:
        rows = self._read(
            "SELECT id FROM units WHERE ended IS NOT NULL UNION ALL SELECT id FROM units"
            " WHERE ended IS NULL AND status <> 'draft' AND status = 'rejected'"
        )
        return [unit for (unit,) in rows]

    def neighbours(
        self, unit: TranslationUnit
    ) -> tuple[TranslationUnit | None, TranslationUnit | None]:
        with self.one_state():
            rows = self._read("SELECT article, position, ended FROM units WHERE id = ?", unit.id)
            if not rows:
                return None, None
            article, position, ended = rows[0]
            found = []
            for side, order in (("<", "DESC"), (">", "ASC")):
                where = f"WHERE u.article = ? AND {_ended(ended)} AND u.position {side} ?"
                at = () if ended is None else (ended,)
                beside = self._units(
                    f"{where} ORDER BY u.position {order} LIMIT 1", article, *at, position
                )
                found.append(beside[0] if beside else None)
        return found[0], found[1]

    def exact(self, text: str, lang: Lang) -> list[TranslationUnit]:
        side = _SIDE[lang]
        found = self._units(f"WHERE u.ended IS NULL AND u.{side}_key = ? ORDER BY u.id", key(text))
        wanted = plain(text)
        return [unit for unit in found if plain(getattr(unit, side)) == wanted]

    def unit_count(self, *, after: int = 0) -> int:
        beyond = f" AND id > {int(after)}" if after else ""  # all are counted in an index
        return int(self._read(f"SELECT count(*) FROM units WHERE ended IS NULL{beyond}")[0][0])

    def stats(self) -> Stats:
        with self.one_state():
            return self._stats()

    def _stats(self) -> Stats:
        (row,) = self._read(
            "SELECT (SELECT count(*) FROM articles WHERE ended IS NULL),"
            " (SELECT count(*) FROM unaligned n JOIN articles a ON a.number = n.article"
            "  WHERE a.ended IS NULL),"
            " (SELECT count(*) FROM units WHERE ended IS NOT NULL),"
            " (SELECT coalesce(max(number), 0) FROM changes)"
        )
        articles, unaligned, superseded, change = row
        first_date, last_date = self._dates()
        judged = dict(
            self._read(
                "SELECT status, count(*) FROM units"
                " WHERE ended IS NULL AND status <> 'draft' GROUP BY status"
            )
        )
        units = self.unit_count()
        return Stats(
            articles=articles,
            units=units,
            unaligned=unaligned,
            superseded=superseded,
            change=change,
            first_date=first_date,
            last_date=last_date,
            draft=units - sum(judged.values()),
            approved=judged.get("approved", 0),
            rejected=judged.get("rejected", 0),
            bytes=self.path.stat().st_size,
        )

    def _dates(self) -> tuple[str | None, str | None]:
        """The first and the last date, of articles or of units that have one of their own."""
        of_units = "FROM units WHERE ended IS NULL AND date IS NOT NULL"
        (row,) = self._read(
            "SELECT min(day), max(day) FROM (SELECT date AS day FROM articles WHERE ended IS NULL"
            f" UNION ALL SELECT (SELECT min(date) {of_units})"
            f" UNION ALL SELECT (SELECT max(date) {of_units}))"
        )
        return row[0], row[1]

    def _units_of(self, number: int | None, after: int) -> list[TranslationUnit]:
        """The units of a version of an article, by position."""
        rows = self._read("SELECT ended FROM articles WHERE number = ?", number)
        if not rows:
            return []
        ended = rows[0][0]
        at = () if ended is None else (ended,)
        return self._units(
            f"WHERE u.article = ? AND {_ended(ended)} AND u.id > ? ORDER BY u.position",
            number,
            *at,
            after,
        )

    def _article_number(self, article: str, version: int | None) -> int | None:
        rows = self._read(
            "SELECT number FROM articles WHERE id = ?1 AND CASE WHEN ?2 IS NULL"
            " THEN ended IS NULL ELSE version = ?2 END",
            article,
            version,
        )
        return int(rows[0][0]) if rows else None

    def _units(self, where: str, *values: Any) -> list[TranslationUnit]:
        with self._readable():
            rows = self._connection.execute(f"{SELECT_UNIT} {where}", values).fetchall()
            return [unit_of(row) for row in rows]

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Say of units whose details cannot be read that the memory is damaged."""
        with explained(self.path):
            try:
                yield
            except ValueError as error:
                if isinstance(error, UnicodeEncodeError):
                    raise
                raise MemoryFileError(DAMAGED[0], place=self.path, remedy=DAMAGED[1]) from error

    def _read(self, statement: str, *values: Any) -> list[Any]:
        with explained(self.path):
            return self._connection.execute(statement, values).fetchall()


def _ended(change: int | None) -> str:
    """Units that live, or that ended with a change, in the words of the indexes: asked otherwise,
    SQLite goes through all units there are."""
    return "u.ended IS NULL" if change is None else "u.ended = ?"
