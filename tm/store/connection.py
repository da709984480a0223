"""Opening a memory file, and saying in one line why it cannot be opened, read or written."""

from __future__ import annotations

import sqlite3
import time
import unicodedata
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from align.errors import InputError, MemoryFileError
from tm.store.indexing import Index, live_units
from tm.store.schema import APPLICATION_ID, VERSION, migrate

#: How long, in seconds, a writer waits for another one to finish.
WAIT = 10.0

# SQLite's page cache, in KiB: at a million units it holds what each look-up passes through.
_CACHE = 64 * 1024

# How long to wait before asking again where SQLite does not wait by itself, in seconds.
_PAUSE = 0.02

# What is left of the write-ahead log after a large import, in bytes.
_LOG = 64 * 1024 * 1024

#: What is said of a file that cannot be understood, and the remedy.
DAMAGED = (
    "the memory is damaged",
    "restore it from a copy, or save what can be read with `donju memory repair`",
)

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
    sqlite3.SQLITE_CORRUPT: DAMAGED,
}


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn SQLite's errors into :class:`MemoryFileError` that names the file and the remedy.

    Raises
    ------
    InputError: a number or a name is asked for that no memory can hold.
    """
    try:
        yield
    except sqlite3.Error as error:
        problem, remedy = _reason(error)
        raise MemoryFileError(problem, place=path, remedy=remedy) from error
    except OverflowError as error:
        if "SQLite INTEGER" not in str(error):
            raise
        raise InputError(
            "a number is higher than any in a memory",
            remedy="see the numbers of units with `donju search --json`, of changes with"
            " `donju memory history`",
        ) from error
    except UnicodeEncodeError as error:
        raise InputError(
            f"not text: {error.object.encode('utf-8', 'replace').decode()!r}",
            remedy="set the terminal to UTF-8 and type it again",
        ) from error


def _reason(error: sqlite3.Error) -> tuple[str, str | None]:
    """What is wrong, and the remedy."""
    if is_undecodable(error):
        return DAMAGED
    return _REASONS.get(primary_code(error), (str(error), None))


def primary_code(error: BaseException | None) -> int:
    """SQLite's primary result code of an error, -1 if it has none."""
    code = getattr(error, "sqlite_errorcode", None)
    return -1 if code is None else int(code) & 0xFF


def is_undecodable(error: sqlite3.Error) -> bool:
    """Whether a text in the file is no longer one."""
    return str(error).startswith("Could not decode to UTF-8")


def is_another_writing(error: BaseException | None) -> bool:
    """Whether an error of SQLite's says that another program holds the file."""
    return primary_code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def as_it_lies(path: Path) -> Path:
    """The path of the file that a user means, where its name is written with the same letters in
    another form: macOS takes the syllables of names apart, other systems leave them whole.

    Raises
    ------
    MemoryFileError: there can be no such file; its name is too long, for example.
    """
    names = [path]
    for form in ("NFC", "NFD"):
        other = Path(unicodedata.normalize(form, str(path)))
        names += [path.with_name(other.name), other] if path.name else []
    try:
        return next((name for name in names if name.exists()), path)
    except OSError as error:
        raise MemoryFileError(
            f"the memory cannot be opened ({error.strerror})",
            place=path,
            remedy="give it another name",
        ) from error


@contextmanager
def none_left_unmade(path: Path, *, create: bool) -> Iterator[None]:
    """Remove a memory file that was to be made and could not be, so that no empty one is left.

    It stays if it was there before, or if another program has made it or is making it.
    """
    is_ours = create and not path.exists()
    try:
        yield
    except BaseException:
        if is_ours and not _is_made_by_another(path):
            for end in ("", "-wal", "-shm", "-journal"):
                with suppress(OSError):
                    path.with_name(path.name + end).unlink(missing_ok=True)
        raise


def _is_made_by_another(path: Path) -> bool:
    """Whether there is a whole memory (it is made in one transaction), or one in the making."""
    try:
        with closing(_open(path, "rw", 0)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            (application,) = connection.execute("PRAGMA application_id").fetchone()
            return bool(application == APPLICATION_ID)
    except sqlite3.Error as error:
        return is_another_writing(error)


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
                with _explained_as_old(path, version):
                    _upgrade(connection, version, wait)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE}")
            connection.execute(f"PRAGMA journal_size_limit = {_LOG}")
        except UnicodeDecodeError as error:  # SQLite cites what it does not understand
            connection.close()
            raise MemoryFileError(DAMAGED[0], place=path, remedy=DAMAGED[1]) from error
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


def another(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """One more connection to a memory that is open, for reading beside the first."""
    return _open(path, "ro&immutable=1" if read_only else "rw", WAIT)


@contextmanager
def _explained_as_old(path: Path, version: int) -> Iterator[None]:
    """Say of a memory that cannot be written that it has to be, since it is of an older version."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if version == 0 or primary_code(error) != sqlite3.SQLITE_READONLY:
            raise
        raise MemoryFileError(
            f"made by an older version of Donju (format {version}), and cannot be written to bring"
            " it up to date",
            place=path,
            remedy="copy it to where it can be written, and name the copy",
        ) from error


def _upgrade(connection: sqlite3.Connection, version: int, wait: float) -> None:
    """Make the tables and the index of today's version, all or nothing."""
    if version == 0:
        _keep_log(connection, wait)
    connection.execute("BEGIN IMMEDIATE")
    try:
        # Another program may have done it while this one waited.
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < VERSION:
            migrate(connection, version)
            (change,) = connection.execute(
                "SELECT coalesce(max(number), 0) FROM changes"
            ).fetchone()
            index = Index(connection)
            if not index.is_current(change):
                index.rebuild(live_units(connection), change)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    put_into_file(connection)


def put_into_file(connection: sqlite3.Connection) -> None:
    """Bring what the write-ahead log holds into the memory file itself, as far as nobody reads an
    older state. So nothing is missing if the file alone is moved or copied between two changes.

    If that fails, the log holds it.
    """
    with suppress(sqlite3.Error):
        connection.execute("PRAGMA wal_checkpoint(PASSIVE)")


def _keep_log(connection: sqlite3.Connection, wait: float) -> None:
    """Have the file keep a write-ahead log. SQLite does not wait here for another program that is
    just doing the same."""
    end = time.monotonic() + wait
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if not is_another_writing(error) or time.monotonic() > end:
                raise
        time.sleep(_PAUSE)


def _may_lie_on_read_only_disk(error: sqlite3.OperationalError, path: Path) -> bool:
    """Whether reading failed only because SQLite may not put its files beside the memory."""
    code = error.sqlite_errorcode & 0xFF
    log = path.with_name(path.name + "-wal")
    return code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY) and not (
        log.exists() and log.stat().st_size
    )
