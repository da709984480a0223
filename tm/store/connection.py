"""Opening a memory file, and saying in one line why it cannot be opened, read or written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from align.errors import MemoryFileError
from tm.store.schema import APPLICATION_ID, VERSION, migrate

#: How long, in seconds, a writer waits for another one to finish.
WAIT = 10.0

# SQLite's primary result codes: what is wrong, and the remedy.
_REASONS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_FULL: (
        "the disk is full",
        "free some space and try again; what was stored before is intact",
    ),
    sqlite3.SQLITE_IOERR: (
        "the disk refused to read or write (full, over quota, or gone)",
        "free some space or check the disk and try again; what was stored before is intact",
    ),
    sqlite3.SQLITE_READONLY: (
        "the memory cannot be written",
        "check the permissions of the file and of its folder",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the memory cannot be opened",
        "check that its folder exists and that you may read and write there",
    ),
    sqlite3.SQLITE_PERM: ("the memory cannot be opened", "check the permissions of the file"),
    sqlite3.SQLITE_BUSY: (
        "another program is writing to the memory",
        "try again when it has finished",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another program is writing to the memory",
        "try again when it has finished",
    ),
    sqlite3.SQLITE_NOTADB: (
        "not a translation memory of Donju",
        "name a memory file, made by `donju align … --memory news.tm`",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the memory is damaged",
        "restore it from a copy, or make it anew from the articles",
    ),
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into :class:`MemoryFileError` that names the file and the remedy."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        problem, remedy = _REASONS.get(-1 if code is None else code & 0xFF, (str(error), None))
        raise MemoryFileError(problem, place=path, remedy=remedy) from error


@contextmanager
def none_left_unmade(path: Path, *, create: bool) -> Iterator[None]:
    """Remove a memory file that was to be made and could not be, so that no empty one is left.

    It stays if it was there before, or if another program is writing to it.
    """
    is_ours = create and not path.exists()
    try:
        yield
    except BaseException as error:
        if is_ours and not _is_another_writing(error):
            for end in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    path.with_name(path.name + end).unlink(missing_ok=True)
        raise


def _is_another_writing(error: BaseException) -> bool:
    code = getattr(error.__cause__ or error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def connect(path: Path, *, create: bool, wait: float = WAIT) -> tuple[sqlite3.Connection, bool]:
    """A connection to the memory at ``path``, and whether it can only be read.

    A memory in a folder that nobody may write to (a mounted archive) is read as it lies there;
    such a file must not be changed by others meanwhile.

    Raises
    ------
    MemoryFileError: there is no such file and ``create`` is false, it is a folder, or no memory,
        or made by a newer version, or cannot be opened.
    """
    _check_path(path, create)
    with explained(path):
        connection = _open(path, "rwc" if create else "rw", wait)
        try:
            read_only = False
            try:
                version = _version(connection, path, create)
            except sqlite3.OperationalError as error:
                if not _may_lie_on_read_only_disk(error, path):
                    raise
                connection.close()
                connection = _open(path, "ro&immutable=1", wait)
                version, read_only = _version(connection, path, create=False), True
            if version < VERSION:
                _upgrade(connection, version)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
        except BaseException:
            connection.close()
            raise
    return connection, read_only


def _check_path(path: Path, create: bool) -> None:
    if path.is_dir():
        raise MemoryFileError(
            "is a folder", place=path, remedy="name a memory file such as news.tm"
        )
    if not create and not path.exists():
        raise MemoryFileError(
            "no such memory",
            place=path,
            remedy=f"make one with `donju align … --memory {path.name}`, or correct the name",
        )


def _open(path: Path, mode: str, wait: float) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=wait, isolation_level=None
    )


def _version(connection: sqlite3.Connection, path: Path, create: bool) -> int:
    """The version of the file's tables, 0 for a file still to be made."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if application == APPLICATION_ID:
        if version > VERSION:
            raise MemoryFileError(
                f"made by a newer version of Donju (format {version}, this one knows {VERSION})",
                place=path,
                remedy="update Donju",
            )
        return int(version)
    is_empty = (application, version, tables) == (0, 0, 0)
    if create and is_empty:
        return 0
    kind = "it is empty" if is_empty else "a database, but not one of Donju"
    raise MemoryFileError(
        f"not a translation memory: {kind}",
        place=path,
        remedy="name a memory file, made by `donju align … --memory news.tm`",
    )


def _upgrade(connection: sqlite3.Connection, version: int) -> None:
    if version == 0:
        connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another program may have done it while this one waited.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        migrate(connection, version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _may_lie_on_read_only_disk(error: sqlite3.OperationalError, path: Path) -> bool:
    """Whether reading failed only because SQLite may not put its files beside the memory."""
    code = error.sqlite_errorcode & 0xFF
    log = path.with_name(path.name + "-wal")
    return code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and not (
        log.exists() and log.stat().st_size
    )
