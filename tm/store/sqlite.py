"""The store in one SQLite file: readers never wait, a writer waits for another one, nothing is
half-written.

The file is in WAL mode, so a reader sees the last complete change while the next one is being
written. Each article is one transaction with its log entry and its part of the gram index.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from align.article import Lang
from align.errors import MemoryFileError
from tm.search.fold import key, plain
from tm.search.grams import GramIndex
from tm.store import Added, ArticleRecord, Change, Filter, Row, Stats, Unaligned
from tm.store.connection import WAIT, connect, explained, none_left_unmade
from tm.store.writing import check, digest, write_article
from tm.unit import Provenance, TranslationUnit

_T = TypeVar("_T")

_UNIT = """
    SELECT u.id, u.source, u.target, u.confidence, u.status, a.id, u.position,
           coalesce(u.translator, a.translator), coalesce(u.date, a.date),
           coalesce(u.origin, a.origin)
    FROM units u JOIN articles a ON a.number = u.article
"""

_ARTICLE = """
    SELECT a.id, a.title_ko, a.title_en, a.date, a.translator, a.place, a.file_ko, a.file_en,
           a.origin, a.version, a.current, a.change, c.at, c.who
    FROM articles a JOIN changes c ON c.number = a.change
"""

_SIDE: dict[Lang, str] = {"ko": "source", "en": "target"}

# Rows fetched at a time where all are wanted: enough to be quick, few enough to hold.
_PAGE = 2000


class SqliteStore:
    """A :class:`tm.store.Store` in the file at ``path``; one for each thread.

    Parameters
    ----------
    path: the memory file.
    create: make the file if it is missing (and its folder is there).
    wait: seconds that a change waits for another program's change before it gives up.
    """

    def __init__(self, path: str | Path, *, create: bool = False, wait: float = WAIT):
        self.path = Path(path)
        with none_left_unmade(self.path, create=create):
            self._connection, self.read_only = connect(self.path, create=create, wait=wait)
            self._index = GramIndex(self._connection)
            try:
                with explained(self.path):
                    if not self._index.is_current(self._change()):
                        self._rebuild_index()
            except BaseException:
                self._connection.close()
                raise

    def close(self) -> None:
        with explained(self.path):
            self._connection.close()

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
        """See :meth:`tm.store.Store.add`. Units are numbered in the order given; the article and
        position in their provenance are not looked at.

        Raises
        ------
        InputError: the article has no id, or a text cannot be stored (half a surrogate pair).
        MemoryFileError: the memory cannot be written; it is then as it was before.
        """
        check(article, units, unaligned)
        content = digest(article, units, unaligned)

        def write() -> Added:
            with self._transaction():
                return write_article(
                    self._connection, self._index, article, units, unaligned, content, who, why
                )

        with explained(self.path):
            return self._with_sound_index(write)

    # Reading

    def change(self) -> int:
        with explained(self.path):
            return self._change()

    def changes(self) -> list[Change]:
        rows = self._read("SELECT number, at, who, why, article FROM changes ORDER BY number")
        return [Change(*row) for row in rows]

    def article(self, article: str, version: int | None = None) -> ArticleRecord | None:
        rows = self._read(
            f"{_ARTICLE} WHERE a.id = ? AND CASE WHEN ? IS NULL THEN a.current = 1"
            " ELSE a.version = ? END",
            article,
            version,
            version,
        )
        return _article(rows[0]) if rows else None

    def articles(self) -> list[ArticleRecord]:
        return [_article(row) for row in self._read(f"{_ARTICLE} WHERE a.current ORDER BY a.id")]

    def versions(self, article: str) -> list[ArticleRecord]:
        rows = self._read(f"{_ARTICLE} WHERE a.id = ? ORDER BY a.version", article)
        return [_article(row) for row in rows]

    def units(
        self, *, article: str | None = None, version: int | None = None
    ) -> Iterator[TranslationUnit]:
        """See :meth:`tm.store.Store.units`. Units added meanwhile may or may not be among them."""
        if article is not None:
            number = self._article_number(article, version)
            yield from map(
                _unit, self._read(f"{_UNIT} WHERE u.article = ? ORDER BY u.position", number)
            )
            return
        last = 0
        while rows := self._read(
            f"{_UNIT} WHERE u.live = 1 AND u.id > ? ORDER BY u.id LIMIT ?", last, _PAGE
        ):
            yield from map(_unit, rows)
            last = rows[-1][0]

    def unaligned(self, article: str, version: int | None = None) -> list[Unaligned]:
        rows = self._read(
            "SELECT side, position, text FROM unaligned WHERE article = ? ORDER BY number",
            self._article_number(article, version),
        )
        return [Unaligned(*row) for row in rows]

    def unit(self, unit_id: int) -> TranslationUnit | None:
        rows = self._read(f"{_UNIT} WHERE u.id = ?", unit_id)
        return _unit(rows[0]) if rows else None

    def load(self, ids: Sequence[int]) -> list[TranslationUnit]:
        found: dict[int, TranslationUnit] = {}
        for page in _pages(ids):
            rows = self._read(f"{_UNIT} WHERE u.id IN ({_marks(page)})", *page)
            found |= {row[0]: _unit(row) for row in rows}
        return [found[i] for i in ids if i in found]

    def neighbours(
        self, unit: TranslationUnit
    ) -> tuple[TranslationUnit | None, TranslationUnit | None]:
        rows = self._read(
            f"{_UNIT} JOIN units o ON o.article = u.article"
            " WHERE o.id = ? AND u.position IN (o.position - 1, o.position + 1)",
            unit.id,
        )
        at = {found.provenance.position: found for found in map(_unit, rows)}
        position = unit.provenance.position
        return at.get(position - 1), at.get(position + 1)

    def exact(self, text: str, lang: Lang) -> list[TranslationUnit]:
        side = _SIDE[lang]
        rows = self._read(f"{_UNIT} WHERE u.live = 1 AND u.{side}_key = ? ORDER BY u.id", key(text))
        wanted = plain(text)
        return [unit for unit in map(_unit, rows) if plain(getattr(unit, side)) == wanted]

    def texts(self, ids: Sequence[int], lang: Lang, lengths: tuple[int, int]) -> dict[int, str]:
        side = _SIDE[lang]
        found: dict[int, str] = {}
        for page in _pages(ids):
            found |= dict(
                self._read(
                    f"SELECT id, {side} FROM units WHERE id IN ({_marks(page)})"
                    f" AND {side}_length BETWEEN ? AND ?",
                    *page,
                    *lengths,
                )
            )
        return found

    def unit_count(self) -> int:
        return int(self._read("SELECT count(*) FROM units WHERE live = 1")[0][0])

    def stats(self) -> Stats:
        row = self._read(
            "SELECT (SELECT count(*) FROM articles WHERE current = 1),"
            " (SELECT count(*) FROM units WHERE live = 1),"
            " (SELECT count(*) FROM unaligned n JOIN articles a ON a.number = n.article"
            "  WHERE a.current = 1),"
            " (SELECT count(*) FROM units WHERE live = 0),"
            " (SELECT coalesce(max(number), 0) FROM changes),"
            " (SELECT min(date) FROM articles WHERE current = 1),"
            " (SELECT max(date) FROM articles WHERE current = 1)"
        )[0]
        return Stats(*row)

    # Searching

    def candidates(self, needles: Sequence[str], lang: Lang, only: Filter) -> list[Row]:
        def search() -> list[Row]:
            expression = " OR ".join(
                f"({self._index.expression(needle, lang)})" for needle in needles
            )
            conditions, values = _conditions(only)
            rows = self._connection.execute(
                f"SELECT u.id, u.{_SIDE[lang]}, coalesce(u.date, a.date), a.id, u.position"
                f" FROM grams_{lang} g CROSS JOIN units u ON u.id = g.rowid"
                " CROSS JOIN articles a ON a.number = u.article"
                f" WHERE grams_{lang} MATCH ? AND {conditions}",
                (expression, *values),
            )
            return [Row(*row) for row in rows]

        with explained(self.path):
            return self._with_sound_index(search)

    def rarest_first(self, wanted: Sequence[str], lang: Lang) -> list[str]:
        with explained(self.path):
            return self._with_sound_index(lambda: self._index.rarest_first(wanted, lang))

    def units_with(self, gram: str, lang: Lang) -> list[int]:
        with explained(self.path):
            return self._with_sound_index(lambda: self._index.units_with(gram, lang))

    # Inside: the methods below leave it to their callers to explain SQLite's errors.

    def _change(self) -> int:
        return int(self._one("SELECT coalesce(max(number), 0) FROM changes")[0])

    def _article_number(self, article: str, version: int | None) -> int | None:
        rows = self._read(
            "SELECT number FROM articles WHERE id = ? AND CASE WHEN ? IS NULL THEN current = 1"
            " ELSE version = ? END",
            article,
            version,
            version,
        )
        return int(rows[0][0]) if rows else None

    def _with_sound_index(self, action: Callable[[], _T]) -> _T:
        """What ``action`` returns, if need be after rebuilding a gram index found damaged."""
        try:
            return action()
        except sqlite3.DatabaseError as error:
            if not _is_index_damage(error):
                raise
        self._rebuild_index()
        return action()

    def _rebuild_index(self) -> None:
        if self.read_only:
            raise MemoryFileError(
                "its index is out of date and the memory cannot be written",
                place=self.path,
                remedy="open it once where it can be written, or copy it there",
            )
        with self._transaction():
            self._index.rebuild(self._live_texts(), self._change())

    def _live_texts(self) -> Iterator[tuple[int, str, str]]:
        # A generator: no statement may be open while tables are dropped, before the first text.
        yield from self._connection.execute(
            "SELECT id, source, target FROM units WHERE live = 1 ORDER BY id"
        )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def _read(self, statement: str, *values: Any) -> list[Any]:
        with explained(self.path):
            return self._all(statement, *values)

    def _all(self, statement: str, *values: Any) -> list[Any]:
        return self._connection.execute(statement, values).fetchall()

    def _one(self, statement: str, *values: Any) -> Any:
        return self._connection.execute(statement, values).fetchall()[0]


def _unit(row: tuple[Any, ...]) -> TranslationUnit:
    number, source, target, confidence, status, article, position, translator, date, origin = row
    provenance = Provenance(article, position, translator, date, origin)
    return TranslationUnit(source, target, provenance, confidence, status, id=number)


def _article(row: Any) -> ArticleRecord:
    told, (version, current, change, at, who) = row[:9], row[9:]
    given = {"version": version, "current": bool(current), "change": change}
    return replace(ArticleRecord(*told), **given, added_at=at, added_by=who)


def _conditions(only: Filter) -> tuple[str, list[str]]:
    conditions, values = ["u.live = 1"], []
    if only.article is not None:
        conditions.append("a.id = ?")
        values.append(only.article)
    if only.translator is not None:
        conditions.append("coalesce(u.translator, a.translator) = ?")
        values.append(only.translator)
    if only.status is None:
        conditions.append("u.status <> 'rejected'")
    else:
        conditions.append("u.status = ?")
        values.append(only.status)
    return " AND ".join(conditions), values


def _is_index_damage(error: sqlite3.DatabaseError) -> bool:
    code = getattr(error, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_CORRUPT_VTAB or "no such table: gram" in str(error)


def _pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), 500):  # SQLite bounds the parameters of a statement
        yield ids[start : start + 500]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))
