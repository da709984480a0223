"""Repair: what can be mended is mended in place; of a broken file, what can be read is saved.

Where SQLite cannot read a page any more, the tables are read around it: a range of rows that fails
is halved until the rows that are gone stand alone. What is left goes into a new memory beside the
broken one, which is not touched: a copy of it is read.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from align.errors import MemoryFileError
from tm.store.checking import STAND_INS
from tm.store.connection import DAMAGED, as_it_lies, explained, primary_code
from tm.store.records import Problem
from tm.store.schema import APPLICATION_ID, VERSION, migrate
from tm.store.sqlite import SqliteStore
from tm.store.upkeep import keep_on_disk


class _Table(NamedTuple):
    """A table: the column it is read by, how many columns tell its rows apart, and what else tells
    how high that column goes."""

    name: str
    key: str
    keys: int
    told: str

    @property
    def is_numbered(self) -> bool:
        """Whether rows have numbers, which were given one after the other."""
        return self.keys == 1


#: Tables in the order in which they refer to each other.
_TABLES = (
    _Table("changes", "number", 1, "SELECT seq FROM sqlite_sequence WHERE name = 'changes'"),
    _Table("articles", "number", 1, "SELECT max(article) FROM units"),
    _Table("units", "id", 1, "SELECT max(last_unit) FROM changes"),
    _Table("unaligned", "article", 2, "SELECT max(number) FROM articles"),
    _Table("status_changes", "unit", 2, "SELECT max(last_unit) FROM changes"),
    _Table("concepts", "number", 1, "SELECT max(number) FROM concepts"),
    _Table("decisions", "number", 1, "SELECT max(number) FROM decisions"),
)

# No row takes fewer bytes, so a file holds no more rows than its size allows.
_SMALLEST_ROW = 32

#: How each of our files begins (SQLite, pages of 4096 bytes, with a write-ahead log), and where in
#: it our own mark stands.
_HEAD = b"SQLite format 3\0\x10\x00\x02\x02\x00\x40\x20\x20"
_MARK_AT = 68

# The sizes of pages that there are, as the head of a file writes them: 1 is 65536.
_SIZES = {1, *(1 << power for power in range(9, 16))}

# Keys asked for at a time.
_PAGE = 8192


@dataclass(frozen=True, slots=True)
class Mended:
    """What had been wrong, and what is ``left`` of it.

    If the file was broken, ``saved`` is the new memory, and ``lost`` counts the rows of each table
    that could not be read.
    """

    problems: list[Problem]
    left: list[Problem] = field(default_factory=list)
    saved: Path | None = None
    lost: dict[str, int] = field(default_factory=dict)


def repair(path: Path, *, who: str) -> Mended:
    """Mend the memory at ``path``, or save what can be read of it.

    Raises
    ------
    MemoryFileError: there is no memory at ``path``, or nothing of it can be read, or a file is
        in the way of the new one, or that cannot be written.
    """
    path = as_it_lies(path)
    try:
        with closing(SqliteStore(path)) as store:
            found = store.repair(who=who, why="repaired")
            left = store.check() if found else []
    except (MemoryFileError, UnicodeDecodeError) as error:
        if not _is_damage(error, path):
            raise
        found = left = [Problem("file", DAMAGED[0], False)]
    if not any(problem.place == "file" and not problem.mendable for problem in left):
        return Mended(found, left)
    saved = path.with_suffix(f".saved{path.suffix}")
    try:
        return Mended(found, left, saved, save(path, saved, who=who))
    except OSError as error:
        raise MemoryFileError(
            f"cannot be written ({error.strerror})",
            place=saved,
            remedy="copy the memory to where there is room for two more of it and repair it there",
        ) from error


def _is_damage(error: MemoryFileError | UnicodeDecodeError, path: Path) -> bool:
    """Whether a memory that could not be mended in place is one, and broken."""
    if isinstance(error, UnicodeDecodeError):  # SQLite cites what it does not understand
        return True
    if primary_code(error.__cause__) == sqlite3.SQLITE_NOTADB:
        with path.open("rb") as file:
            return file.read(100)[_MARK_AT:][:4] == APPLICATION_ID.to_bytes(4, "big")
    # Contents that no statement can mend as it should make for errors of several kinds.
    in_tables = (sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISMATCH)
    return error.problem == DAMAGED[0] or primary_code(error.__cause__) in in_tables


def save(path: Path, saved: Path, *, who: str) -> dict[str, int]:
    """Save what can be read of a broken memory; returns the rows lost of each table.

    The new memory gets its name when it is whole. What a repair that was killed has left is
    cleared away by the next one.
    """
    if saved.exists():
        raise MemoryFileError("is in the way", place=saved, remedy="move it away")
    folder = saved.with_name(saved.name + ".part")
    _clear(folder)
    try:
        folder.mkdir()
        made = folder / saved.name
        with (
            _copy_of(path, folder) as broken,
            closing(SqliteStore(made, create=True)) as store,
        ):
            with store.bare() as connection:
                lost = {table.name: _copy(broken, connection, table, path) for table in _TABLES}
                for statement in STAND_INS:
                    connection.execute(statement)
            store.repair(who=who, why=f"saved from {path.name}")
        keep_on_disk(made)
        made.rename(saved)
    finally:
        _clear(folder)
    return {table: count for table, count in lost.items() if count}


def _clear(folder: Path) -> None:
    if folder.exists():
        shutil.rmtree(folder)


@contextmanager
def _copy_of(path: Path, folder: Path) -> Iterator[sqlite3.Connection]:
    """A copy of a broken memory, with the head and the tables that it must have had.

    It is made as long as it says it is: SQLite reads no file that is shorter.
    """
    copy = folder / "broken"
    for end in ("", "-wal"):
        with suppress(FileNotFoundError):
            shutil.copyfile(f"{path}{end}", f"{copy}{end}")
    with copy.open("r+b") as file:
        head = file.read(32)
        size = int.from_bytes(head[16:18], "big")
        if size not in _SIZES:
            size = int.from_bytes(_HEAD[16:18], "big")
        file.seek(0)
        file.write(_HEAD[:16] + size.to_bytes(2, "big") + _HEAD[18:])
        with suppress(OSError):  # the number of pages is damaged too
            pages = int.from_bytes(head[28:32], "big")
            file.truncate(max(copy.stat().st_size, (size if size > 1 else 65536) * pages))
    with explained(path), closing(sqlite3.connect(copy, isolation_level=None)) as broken:
        broken.text_factory = _text
        (version,) = broken.execute("PRAGMA user_version").fetchone()
        if version != VERSION:
            raise MemoryFileError(
                f"is damaged, and of an older format ({version})",
                place=path,
                remedy="restore it from a copy",
            )
        try:
            _set_tables(broken)
        except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
            raise MemoryFileError(
                "is damaged where it says which tables it has, so that nothing can be read",
                place=path,
                remedy="restore it from a copy",
            ) from error
        yield broken


class _NotText(bytes):
    """What stands as a text in the file and is none: it is kept so, for repair to look at."""


def _text(raw: bytes) -> str | _NotText:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _NotText(raw)


def _set_tables(broken: sqlite3.Connection) -> None:
    """Describe the tables as they were made, and leave out the rest: what describes it may be
    damaged too, and SQLite reads no file of which it does not understand everything."""
    with closing(sqlite3.connect(":memory:")) as whole:
        migrate(whole, 0)
        made = whole.execute("SELECT sql, name FROM sqlite_master WHERE type = 'table'").fetchall()
    broken.execute("PRAGMA writable_schema = ON")
    names = ",".join("?" * len(made))
    broken.execute(
        f"DELETE FROM sqlite_master WHERE type <> 'table' OR name NOT IN ({names})",
        [name for _, name in made],
    )
    broken.executemany("UPDATE sqlite_master SET sql = ? WHERE name = ?", made)
    broken.execute("PRAGMA writable_schema = RESET")


def _copy(broken: sqlite3.Connection, target: sqlite3.Connection, table: _Table, path: Path) -> int:
    """Copy what can be read of a table; returns how many rows are lost, as far as it can tell."""
    refused = 0
    met: set[tuple[Any, ...]] = set()
    for row in _rows(broken, table, path):
        key = tuple(row[: table.keys])
        if key not in met:
            met.add(key)
            refused += not _is_kept(target, table.name, list(row))
    if not table.is_numbered:
        return refused
    # None was ever taken out, so each number that is not there is that of a row lost.
    return max(refused, _highest(broken, table, path) - len(met) + refused)


def _rows(broken: sqlite3.Connection, table: _Table, path: Path) -> Iterator[Any]:
    """The rows of a table one by one as they lie, and if that fails, by their keys as well."""
    try:
        yield from broken.execute(f"SELECT * FROM {table.name} NOT INDEXED")
        return
    except sqlite3.DatabaseError:
        pass
    for start in range(0, _highest(broken, table, path) + 1, _PAGE):
        yield from _readable(broken, table, start, start + _PAGE)


def _is_kept(target: sqlite3.Connection, table: str, row: list[Any]) -> bool:
    """Whether a row could be put into a table; a live unit in the place of another comes last."""
    marks = ("CAST(? AS TEXT)" if isinstance(value, _NotText) else "?" for value in row)
    insert = f"INSERT OR IGNORE INTO {table} VALUES ({', '.join(marks)})"
    if target.execute(insert, row).rowcount:
        return True
    if table != "units":
        return False
    (row[2],) = target.execute(
        "SELECT coalesce(max(position), -1) + 1 FROM units WHERE article = ? AND ended IS NULL",
        (row[1],),
    ).fetchone()
    return bool(target.execute(insert, row).rowcount)


def _highest(broken: sqlite3.Connection, table: _Table, path: Path) -> int:
    """The highest key of a table as far as it is told, or a number that it cannot exceed."""
    bound = path.stat().st_size // _SMALLEST_ROW
    told = _number(broken, table.told)
    found = _number(broken, f"SELECT coalesce(max({table.key}), 0) FROM {table.name}")
    likely = [n for n in (told, found) if n is not None and n <= max(bound, told or 0)]
    return max(likely, default=bound)


def _number(broken: sqlite3.Connection, statement: str) -> int | None:
    with suppress(sqlite3.DatabaseError):
        row = broken.execute(statement).fetchone()
        if row and isinstance(row[0], int):
            return row[0]
    return None


def _readable(broken: sqlite3.Connection, table: _Table, start: int, end: int) -> list[Any]:
    """Those rows with keys from ``start`` to before ``end`` that can be read."""
    try:
        return broken.execute(
            f"SELECT * FROM {table.name} WHERE {table.key} >= ? AND {table.key} < ?", (start, end)
        ).fetchall()
    except sqlite3.DatabaseError:
        if end - start == 1:
            return []
    middle = (start + end) // 2
    return [
        *_readable(broken, table, start, middle),
        *_readable(broken, table, middle, end),
    ]
