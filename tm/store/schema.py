"""The tables of a memory file, and the way from older versions to today's.

``articles`` has one row for each version of an article, of which one is current. ``units`` and
``unaligned`` belong to a version; the units of the current versions are ``live``. ``changes`` is
the log: its highest number is the number of the store's last change.

Units are bound to texts for good: a text never changes in place, a new version brings new rows.
``source_key`` and ``target_key`` are :func:`tm.search.fold.key` of the texts, the lengths count the
characters of their plain form. The columns
``translator``, ``date`` and ``origin`` of a unit are set where it differs from its article.
"""

from __future__ import annotations

import sqlite3

#: Marks the file as ours (SQLite's ``application_id``): "DONJ".
APPLICATION_ID = 0x444F4E4A

_VERSION_1 = (
    """
    CREATE TABLE changes (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        article TEXT
    )
    """,
    """
    CREATE TABLE articles (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        current INTEGER NOT NULL CHECK (current IN (0, 1)),
        title_ko TEXT,
        title_en TEXT,
        date TEXT,
        translator TEXT,
        place TEXT,
        file_ko TEXT,
        file_en TEXT,
        origin TEXT,
        content BLOB NOT NULL,
        change INTEGER NOT NULL REFERENCES changes (number),
        UNIQUE (id, version)
    )
    """,
    "CREATE UNIQUE INDEX articles_current ON articles (id) WHERE current = 1",
    """
    CREATE TABLE units (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles (number),
        position INTEGER NOT NULL CHECK (position >= 0),
        live INTEGER NOT NULL CHECK (live IN (0, 1)),
        source_key INTEGER NOT NULL,
        target_key INTEGER NOT NULL,
        source_length INTEGER NOT NULL,
        target_length INTEGER NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        confidence REAL NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'rejected')),
        translator TEXT,
        date TEXT,
        origin TEXT,
        UNIQUE (article, position)
    )
    """,
    "CREATE INDEX units_source ON units (source_key) WHERE live = 1",
    "CREATE INDEX units_target ON units (target_key) WHERE live = 1",
    """
    CREATE TABLE unaligned (
        article INTEGER NOT NULL REFERENCES articles (number),
        number INTEGER NOT NULL,
        side TEXT NOT NULL CHECK (side IN ('ko', 'en')),
        position INTEGER NOT NULL CHECK (position >= 0),
        text TEXT NOT NULL,
        PRIMARY KEY (article, number)
    ) WITHOUT ROWID
    """,
)

#: Item ``n`` brings a file of version ``n`` (SQLite's ``user_version``) to version ``n + 1``.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1,)

#: The version of files that this program writes.
VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file of ``version`` up to :data:`VERSION`, inside the caller's transaction."""
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
