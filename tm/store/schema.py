"""The tables of a memory file, and the way from older versions to today's.

``changes`` is the log; its highest number is the number of the store's last change. ``articles``
has one row for each version of an article, ``units`` one for each form that a unit has had. Rows
of both are *born* with one change and *ended* by another; those not ended are what the memory
holds today. Nothing is ever taken out, so every change can be seen and taken back, and a row
that has ended stays so: whatever comes back is born again, with a new number. So the units born
with a change are those with numbers above the ``last_unit`` of the change before, up to its own,
and an index is behind by the units above the last one it knows and those that have ended.

``replaces`` leads from a unit to the one whose place it took; each is replaced by one at most, so
the forms of a unit are a chain. ``revives`` leads from a version of an article to the one that it
is a copy of, made when the end of that one was undone. The only thing that changes in place is a
unit's status, with the change, before and after in ``status_changes``.

``source_key`` and ``target_key`` are :func:`tm.search.fold.key` of the texts. ``translator``,
``date`` and ``origin`` of a unit are set where it differs from its article. ``details`` of a
unit and ``kept`` of an article are written by :mod:`tm.store.details`.

``concepts`` has one row for each form of a concept of the house's termbase, ``decisions`` one for
each form of what people have decided; both are born and ended like units. ``key`` of a concept is
the key of its ``content``, which :mod:`tm.terms.termbase.conceptjson` writes.
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

# Version 2: every row has a first and a last change, and a unit its details and the one before it.
_VERSION_2 = (
    """
    CREATE TABLE changes_2 (
        number INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        who TEXT NOT NULL,
        why TEXT NOT NULL,
        kind TEXT NOT NULL,
        article TEXT,
        undoes INTEGER REFERENCES changes (number),
        last_unit INTEGER NOT NULL
    )
    """,
    """
    CREATE TABLE articles_2 (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        version INTEGER NOT NULL CHECK (version >= 1),
        born INTEGER NOT NULL REFERENCES changes (number),
        ended INTEGER REFERENCES changes (number),
        title_ko TEXT,
        title_en TEXT,
        date TEXT,
        translator TEXT,
        place TEXT,
        file_ko TEXT,
        file_en TEXT,
        origin TEXT,
        content BLOB,
        revives INTEGER REFERENCES articles (number),
        UNIQUE (id, version)
    )
    """,
    """
    CREATE TABLE units_2 (
        id INTEGER PRIMARY KEY,
        article INTEGER NOT NULL REFERENCES articles (number),
        position INTEGER NOT NULL CHECK (position >= 0),
        born INTEGER NOT NULL REFERENCES changes (number),
        ended INTEGER REFERENCES changes (number),
        replaces INTEGER REFERENCES units (id),
        source_key INTEGER NOT NULL,
        target_key INTEGER NOT NULL,
        source TEXT NOT NULL,
        target TEXT NOT NULL,
        confidence REAL NOT NULL,
        status TEXT NOT NULL CHECK (status IN ('draft', 'approved', 'rejected')),
        translator TEXT,
        date TEXT,
        origin TEXT,
        details TEXT
    )
    """,
    """
    INSERT INTO articles_2
    SELECT number, id, version, change,
           (SELECT n.change FROM articles n WHERE n.id = a.id AND n.version = a.version + 1),
           title_ko, title_en, date, translator, place, file_ko, file_en, origin, content, NULL
    FROM articles a ORDER BY number
    """,
    """
    INSERT INTO units_2
    SELECT u.id, u.article, u.position, a.born, a.ended, NULL, u.source_key, u.target_key,
           u.source, u.target, u.confidence, u.status, u.translator, u.date, u.origin, NULL
    FROM units u JOIN articles_2 a ON a.number = u.article ORDER BY u.id
    """,
    """
    INSERT INTO changes_2
    SELECT c.number, c.at, c.who, c.why, 'add', c.article, NULL,
           coalesce(max(max(u.id)) OVER (ORDER BY c.number), 0)
    FROM changes c LEFT JOIN units_2 u ON u.born = c.number GROUP BY c.number
    """,
    "DROP TABLE units",
    "DROP TABLE articles",
    "DROP TABLE changes",
    "ALTER TABLE changes_2 RENAME TO changes",
    "ALTER TABLE articles_2 RENAME TO articles",
    "ALTER TABLE units_2 RENAME TO units",
    "CREATE UNIQUE INDEX articles_current ON articles (id) WHERE ended IS NULL",
    "CREATE UNIQUE INDEX articles_revived ON articles (revives) WHERE revives IS NOT NULL",
    "CREATE UNIQUE INDEX units_place ON units (article, position) WHERE ended IS NULL",
    "CREATE INDEX units_source ON units (source_key, article, target_key) WHERE ended IS NULL",
    "CREATE INDEX units_target ON units (target_key) WHERE ended IS NULL",
    # For sizes and dates of a memory, without going through all of it.
    "CREATE INDEX units_judged ON units (status) WHERE ended IS NULL AND status <> 'draft'",
    "CREATE INDEX units_date ON units (date) WHERE ended IS NULL AND date IS NOT NULL",
    "CREATE INDEX units_ended ON units (ended, article, position) WHERE ended IS NOT NULL",
    "CREATE UNIQUE INDEX units_replaced ON units (replaces) WHERE replaces IS NOT NULL",
    """
    CREATE TABLE status_changes (
        unit INTEGER NOT NULL REFERENCES units (id),
        change INTEGER NOT NULL REFERENCES changes (number),
        before TEXT NOT NULL,
        after TEXT NOT NULL,
        PRIMARY KEY (unit, change)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX status_changes_change ON status_changes (change)",
    # The index of version 1; today's is made anew.
    "DROP TABLE IF EXISTS gram_vocabulary_ko",
    "DROP TABLE IF EXISTS gram_vocabulary_en",
    "DROP TABLE IF EXISTS grams_ko",
    "DROP TABLE IF EXISTS grams_en",
    "DROP TABLE IF EXISTS gram_counts",
    "DROP TABLE IF EXISTS gram_index",
)

# Version 3: the house's own terms, what people have decided, and what imported files say of
# themselves.
_VERSION_3 = (
    "ALTER TABLE articles ADD COLUMN kept TEXT",
    """
    CREATE TABLE concepts (
        number INTEGER PRIMARY KEY,
        id TEXT NOT NULL,
        born INTEGER NOT NULL REFERENCES changes (number),
        ended INTEGER REFERENCES changes (number),
        key INTEGER NOT NULL,
        content TEXT NOT NULL
    )
    """,
    """
    CREATE TABLE decisions (
        number INTEGER PRIMARY KEY,
        kind TEXT NOT NULL,
        about TEXT NOT NULL,
        born INTEGER NOT NULL REFERENCES changes (number),
        ended INTEGER REFERENCES changes (number),
        verdict TEXT NOT NULL,
        reason TEXT NOT NULL
    )
    """,
    "CREATE UNIQUE INDEX concepts_now ON concepts (id) WHERE ended IS NULL",
    "CREATE UNIQUE INDEX decisions_now ON decisions (kind, about) WHERE ended IS NULL",
    "CREATE INDEX concepts_id ON concepts (id)",
    "CREATE INDEX concepts_born ON concepts (born)",
    "CREATE INDEX concepts_ended ON concepts (ended) WHERE ended IS NOT NULL",
    "CREATE INDEX decisions_about ON decisions (kind, about)",
    "CREATE INDEX decisions_born ON decisions (born)",
    "CREATE INDEX decisions_ended ON decisions (ended) WHERE ended IS NOT NULL",
)

#: Item ``n`` brings a file of version ``n`` (SQLite's ``user_version``) to version ``n + 1``.
MIGRATIONS: tuple[tuple[str, ...], ...] = (_VERSION_1, _VERSION_2, _VERSION_3)

#: The version of files that this program writes.
VERSION = len(MIGRATIONS)


def migrate(connection: sqlite3.Connection, version: int) -> None:
    """Bring a file of ``version`` up to :data:`VERSION`, inside the caller's transaction."""
    for statements in MIGRATIONS[version:]:
        for statement in statements:
            connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {VERSION}")
