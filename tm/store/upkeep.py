"""Copies of the file, and its size."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from align.errors import MemoryFileError
from tm.store.connection import explained
from tm.store.indexing import Index
from tm.store.records import Compacted


def compact(connection: sqlite3.Connection, index: Index, path: Path) -> Compacted:
    """Merge the index, and give back to the disk what the file does not need."""
    before = size(path)
    index.compact()
    connection.execute("VACUUM")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Compacted(before, size(path))


def size(path: Path) -> int:
    """The bytes of a memory, with its write-ahead log."""
    total = path.stat().st_size
    with suppress(FileNotFoundError):
        total += path.with_name(path.name + "-wal").stat().st_size
    return total


def backup(connection: sqlite3.Connection, copy: Path) -> None:
    """Write the store as it is now to a file that must not be there; others may write meanwhile.

    The copy is checked before it gets its name, so that a file of that name is a whole memory.

    Raises
    ------
    MemoryFileError: the file is there already, or cannot be written.
    """
    if copy.exists():
        raise MemoryFileError(
            "is there already", place=copy, remedy="name a file that does not exist yet"
        )
    part = copy.with_name(copy.name + ".part")
    try:
        _clear(part)
        with explained(copy), closing(sqlite3.connect(part)) as target:
            connection.backup(target)
            (verdict,) = target.execute("PRAGMA quick_check(1)").fetchone()
            if verdict != "ok":
                raise MemoryFileError(
                    f"the copy would be damaged ({verdict})",
                    place=copy,
                    remedy="run `donju memory check` on the memory",
                )
        keep_on_disk(part)
        part.rename(copy)
    except OSError as error:
        raise MemoryFileError(
            f"cannot be written ({error.strerror})", place=copy, remedy="name another place"
        ) from error
    finally:
        with suppress(OSError):
            _clear(part)


def _clear(part: Path) -> None:
    """Remove a copy that is not whole, also one that a killed program has left."""
    for end in ("", "-wal", "-shm", "-journal"):
        part.with_name(part.name + end).unlink(missing_ok=True)


def keep_on_disk(path: Path) -> None:
    """Have the disk keep what was written, before the name is given."""
    with path.open("rb") as file:
        os.fsync(file.fileno())
