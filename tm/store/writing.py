"""One change of the store in the making: the only way in which rows are born, ended or marked.

A :class:`Writing` lives inside one transaction. It takes a number in the log with the first thing
it writes, so that what turns out to change nothing leaves no entry, and at its end it tells the
index which units have come and gone.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import NamedTuple, TypeVar

from tm.store.indexing import UNITS_OF, Index, IndexedUnit, is_index_damage, live_units
from tm.store.records import ArticleRecord, Kind, Unaligned
from tm.store.rows import CONTENT, Content, described
from tm.unit import Status

_T = TypeVar("_T")

# So many units must have ended for it to be worth counting how many are left.
_MANY = 10_000

_INSERT_UNIT = (
    f"INSERT INTO units (id, article, position, born, replaces, {CONTENT})"
    f" VALUES (?, ?, ?, ?, ?{', ?' * len(Content._fields)})"
)


class Form(NamedTuple):
    """A unit to be born: the number of its article's version, its place in it, the unit whose
    place it takes, and what it says."""

    id: int
    article: int
    position: int
    replaces: int | None
    content: Content


@dataclass(frozen=True, slots=True)
class Entry:
    """What a change tells of itself before it is made."""

    kind: Kind
    who: str
    why: str
    article: str | None = None
    undoes: int | None = None


class Writing:
    """A change in the making, inside the caller's transaction.

    Attributes
    ----------
    connection: for reading what is there.
    units_before: the highest number of a unit before this change.
    """

    def __init__(self, connection: sqlite3.Connection, index: Index, entry: Entry):
        self.connection = connection
        self._index = index
        self._entry = entry
        last_change, last_unit = connection.execute(
            "SELECT (SELECT coalesce(max(number), 0) FROM changes),"
            " (SELECT coalesce(max(id), 0) FROM units)"
        ).fetchone()
        self._change_before = int(last_change)
        self.units_before = self._last_unit = int(last_unit)
        self._ended: list[int] = []
        self._is_index_trusted = True

    @cached_property
    def number(self) -> int:
        """The number of this change; asking for it enters it into the log."""
        entry = self._entry
        at = datetime.now(UTC).isoformat(timespec="seconds")
        number = self.connection.execute(
            "INSERT INTO changes (at, who, why, kind, article, undoes, last_unit)"
            " VALUES (?, ?, ?, ?, ?, ?, ?)",
            (at, entry.who, entry.why, entry.kind, entry.article, entry.undoes, self._last_unit),
        ).lastrowid
        assert number is not None  # an INSERT that succeeds has one
        return number

    def finish(self) -> None:
        """Bring the index up to date, and write down what is known only now."""
        if "number" not in self.__dict__:
            return
        self.connection.execute(
            "UPDATE changes SET last_unit = ? WHERE number = ?", (self._last_unit, self.number)
        )
        try:
            if self._is_index_to_be_kept():
                self._index_changes()
                return
        except (sqlite3.DatabaseError, ValueError) as error:
            if not is_index_damage(error):
                raise
        self._index.rebuild(live_units(self.connection), self.number)

    def _is_index_to_be_kept(self) -> bool:
        """Whether it is right, not made meanwhile by the rules of another version of Donju, and
        whether it is less work to change it than to make it anew."""
        if not (self._is_index_trusted and self._index.is_current(self._change_before)):
            return False
        if len(self._ended) < _MANY:
            return True
        (live,) = self.connection.execute(
            "SELECT count(*) FROM units WHERE ended IS NULL"
        ).fetchone()
        return len(self._ended) < int(live)

    def _index_changes(self) -> None:
        if self._ended:
            self._index.remove(self._units(sorted(self._ended)), self.number)
        # Closed also if the index fails: no table can be dropped while a statement is open.
        with closing(self.connection.cursor()) as born:
            born.execute(f"{UNITS_OF} WHERE u.id > ? ORDER BY u.id", (self.units_before,))
            self._index.add(born, self.number, self._last_unit - self.units_before)

    def _units(self, ids: list[int]) -> Iterator[IndexedUnit]:
        for page in pages(ids):
            where = f"WHERE u.id IN ({listed(page)})"
            yield from self.connection.execute(f"{UNITS_OF} {where}").fetchall()

    def distrust_index(self) -> None:
        """Have the index made anew at the end of the change."""
        self._is_index_trusted = False

    def next_id(self) -> int:
        """The number for a new unit; numbers are never used again."""
        self._last_unit += 1
        return self._last_unit

    # Articles

    def open_article(self, article: ArticleRecord, content: bytes | None) -> int:
        """A new current version of an article; returns the number of its row."""
        (version,) = self.connection.execute(
            "SELECT coalesce(max(version), 0) + 1 FROM articles WHERE id = ?", (article.id,)
        ).fetchone()
        number = self.connection.execute(
            "INSERT INTO articles (id, title_ko, title_en, date, translator, place, file_ko,"
            " file_en, origin, kept, version, content, born)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (*described(article), version, content, self.number),
        ).lastrowid
        assert number is not None
        return number

    def revive_article(self, ended: int) -> int:
        """A copy of a version that has ended as the new current one, without units; its row."""
        number = self.connection.execute(
            "INSERT INTO articles (id, version, born, title_ko, title_en, date, translator, place,"
            " file_ko, file_en, origin, kept, content, revives)"
            " SELECT id, (SELECT max(version) + 1 FROM articles n WHERE n.id = a.id), ?, title_ko,"
            " title_en, date, translator, place, file_ko, file_en, origin, kept, content, number"
            " FROM articles a WHERE number = ?",
            (self.number, ended),
        ).lastrowid
        assert number is not None
        self.connection.execute(
            "INSERT INTO unaligned SELECT ?, number, side, position, text FROM unaligned"
            " WHERE article = ?",
            (number, ended),
        )
        return number

    def set_unaligned(self, article: int, sentences: Iterable[Unaligned]) -> None:
        """The sentences without counterpart of a new version."""
        self.connection.executemany(
            "INSERT INTO unaligned VALUES (?, ?, ?, ?, ?)",
            ((article, i, s.side, s.position, s.text) for i, s in enumerate(sentences)),
        )

    def close_article(self, number: int) -> None:
        """End a version of an article, with its units."""
        live = self.connection.execute(
            "SELECT id FROM units WHERE article = ? AND ended IS NULL", (number,)
        )
        self.end([unit for (unit,) in live])
        self.connection.execute(
            "UPDATE articles SET ended = ? WHERE number = ?", (self.number, number)
        )

    # Units

    def bear(self, forms: Iterable[Form]) -> None:
        """Store new units."""
        self.connection.executemany(
            _INSERT_UNIT,
            (
                (form.id, form.article, form.position, self.number, form.replaces, *form.content)
                for form in forms
            ),
        )

    def end(self, ids: Sequence[int]) -> None:
        """End live units, which must not be of this change."""
        for page in pages(ids):
            self.connection.execute(
                f"UPDATE units SET ended = ? WHERE id IN ({listed(page)})", (self.number,)
            )
        self._ended += ids

    def mark(self, ids: Iterable[int], status: Status) -> int:
        """Give units a status where they have another one; returns how many had."""
        marked = 0
        for page in pages(list(ids)):
            others = self.connection.execute(
                f"SELECT id FROM units WHERE id IN ({listed(page)}) AND status <> ?", (status,)
            ).fetchall()
            if others:
                among = f"id IN ({listed(unit for (unit,) in others)})"
                self.connection.execute(
                    "INSERT INTO status_changes SELECT id, ?, status, ? FROM units"
                    f" WHERE {among} ORDER BY id",
                    (self.number, status),
                )
                self.connection.execute(f"UPDATE units SET status = ? WHERE {among}", (status,))
                marked += len(others)
        return marked


def listed(ids: Iterable[int]) -> str:
    """Numbers as SQL lists them."""
    return ",".join(map(str, ids))


def pages(ids: Sequence[_T], size: int = 500) -> Iterator[Sequence[_T]]:
    """Runs of at most ``size``: SQLite bounds the length of a statement and its parameters."""
    for start in range(0, len(ids), size):
        yield ids[start : start + size]
