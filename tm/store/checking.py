"""Is all well with a memory? Its file, its rows, its index; and mending what is not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from typing import NamedTuple

from tm.store import texts
from tm.store.connection import primary_code
from tm.store.indexing import Index, is_index_damage, live_units
from tm.store.records import Problem
from tm.store.schema import migrate
from tm.store.writing import Writing


class _Rule(NamedTuple):
    """What must not be found, in SQL that gives the numbers of the rows at fault, and how those
    are mended (``:change`` is the number of the mending)."""

    place: str
    problem: str
    faulty: str
    mending: str


_RULES = (
    _Rule(
        "unit",
        "has a place that is no number",
        "SELECT id FROM units WHERE typeof(position) <> 'integer' OR position < 0",
        "UPDATE units SET position = id + (SELECT max(position) FROM units"
        " WHERE typeof(position) = 'integer') WHERE id IN ({faulty})",
    ),
    _Rule(
        "unit",
        "has a confidence that is no number",
        "SELECT id FROM units WHERE typeof(confidence) NOT IN ('real', 'integer')",
        "UPDATE units SET confidence = 0 WHERE id IN ({faulty})",
    ),
    _Rule(
        "unit",
        "has a status that there is not",
        "SELECT id FROM units WHERE status NOT IN ('draft', 'approved', 'rejected')",
        "UPDATE units SET status = 'draft' WHERE id IN ({faulty})",
    ),
    _Rule(
        "unit",
        "is live in an article that has ended",
        "SELECT u.id FROM units u JOIN articles a ON a.number = u.article"
        " WHERE u.ended IS NULL AND a.ended IS NOT NULL",
        "UPDATE units SET ended = :change WHERE id IN ({faulty})",
    ),
    _Rule(
        "unit",
        "is live though another has taken its place",
        "SELECT u.id FROM units n JOIN units u ON u.id = n.replaces WHERE u.ended IS NULL",
        "UPDATE units SET ended = :change WHERE id IN ({faulty})",
    ),
    _Rule(
        "unit",
        "has another status than the log says",
        "SELECT u.id FROM status_changes s JOIN units u ON u.id = s.unit"
        " WHERE u.status <> s.after AND s.change ="
        " (SELECT max(change) FROM status_changes WHERE unit = u.id)",
        "UPDATE units SET status = (SELECT after FROM status_changes s WHERE s.unit = units.id"
        " ORDER BY change DESC LIMIT 1) WHERE id IN ({faulty})",
    ),
    _Rule(
        "change",
        "does not say rightly which units came with it",
        "SELECT number FROM (SELECT c.number, c.last_unit, max(coalesce(max(u.id), 0))"
        " OVER (ORDER BY c.number) AS told FROM changes c LEFT JOIN units u ON u.born = c.number"
        " GROUP BY c.number) WHERE last_unit <> told",
        "UPDATE changes SET last_unit = (SELECT coalesce(max(id), 0) FROM units"
        " WHERE born <= changes.number) WHERE number IN ({faulty})",
    ),
)


#: What stands in for entries of the log and for articles that are lost, so that the rest has a
#: place. A unit whose end is lost in the log is not taken for live.
STAND_INS = (
    "UPDATE units SET article = 0 WHERE typeof(article) <> 'integer'",
    "UPDATE units SET born = 0 WHERE typeof(born) <> 'integer'",
    "UPDATE units SET ended = 0 WHERE typeof(ended) NOT IN ('integer', 'null')",
    "UPDATE articles SET born = 0 WHERE typeof(born) <> 'integer'",
    "UPDATE articles SET ended = 0 WHERE typeof(ended) NOT IN ('integer', 'null')",
    "UPDATE concepts SET born = 0 WHERE typeof(born) <> 'integer'",
    "UPDATE concepts SET ended = 0 WHERE typeof(ended) NOT IN ('integer', 'null')",
    "UPDATE decisions SET born = 0 WHERE typeof(born) <> 'integer'",
    "UPDATE decisions SET ended = 0 WHERE typeof(ended) NOT IN ('integer', 'null')",
    """
    INSERT OR IGNORE INTO changes (number, at, who, why, kind, article, last_unit)
    SELECT DISTINCT n, '', 'unknown', 'lost with a part of the file', 'repair', NULL, 0 FROM (
        SELECT born AS n FROM units UNION SELECT ended FROM units
        UNION SELECT born FROM articles UNION SELECT ended FROM articles
        UNION SELECT born FROM concepts UNION SELECT ended FROM concepts
        UNION SELECT born FROM decisions UNION SELECT ended FROM decisions
        UNION SELECT change FROM status_changes UNION SELECT undoes FROM changes
    ) WHERE typeof(n) = 'integer'
    """,
    """
    INSERT OR IGNORE INTO articles (number, id, version, born)
    SELECT article, 'lost article ' || article, 1, min(born) FROM units GROUP BY article
    """,
    "UPDATE changes SET undoes = NULL WHERE undoes NOT IN (SELECT number FROM changes)",
    "UPDATE articles SET revives = NULL WHERE revives NOT IN (SELECT number FROM articles)",
    "UPDATE units SET replaces = NULL WHERE replaces NOT IN (SELECT id FROM units)",
    "DELETE FROM unaligned WHERE article NOT IN (SELECT number FROM articles)",
    "DELETE FROM status_changes WHERE unit NOT IN (SELECT id FROM units)",
)


def problems(connection: sqlite3.Connection, index: Index) -> list[Problem]:
    """What is wrong, worst first."""
    broken = list(_broken_file(connection))
    if any(not problem.mendable for problem in broken):
        return broken
    damages = [damage.problem for damage in texts.damages(connection)]
    found = [*broken, *_broken_rules(connection), *damages]
    # Beside texts that are not what they were, nothing can be said of the index.
    return found if damages else [*found, *_broken_index(connection, index)]


def mend(writing: Writing) -> None:
    """Mend what is wrong with rows, SQLite's own indexes, and ours, as one change."""
    connection = writing.connection
    writing.distrust_index()
    connection.execute("PRAGMA defer_foreign_keys = ON")  # one row is mended before another
    for _, statement in _lost_indexes(connection):
        connection.execute(statement)
    connection.execute("REINDEX")
    for statement in STAND_INS:
        connection.execute(statement)
    for rule in _RULES:
        statement = rule.mending.format(faulty=rule.faulty)
        connection.execute(statement, {"change": writing.number} if ":change" in statement else {})
    for damage in list(texts.damages(connection)):
        settings, row = (
            separator.join(f"{name} = ?" for name in told)
            for separator, told in ((", ", damage.values), (" AND ", damage.row))
        )
        connection.execute(
            f"UPDATE {damage.table} SET {settings} WHERE {row}",
            (*damage.values.values(), *damage.row.values()),
        )
        if damage.rejected is not None:
            writing.mark([damage.rejected], "rejected")


#: Signs in what SQLite says of a file that the tables can be read: its indexes are made anew, and
#: rules tell what there should be instead of a value that must not be.
_MENDABLE = (" index ", "CHECK constraint failed in units")


def _broken_file(connection: sqlite3.Connection) -> Iterator[Problem]:
    try:
        for (told,) in connection.execute("PRAGMA integrity_check(20)").fetchall():
            if told != "ok":
                yield Problem("file", told, any(sign in told for sign in _MENDABLE))
        for name, _ in _lost_indexes(connection):
            yield Problem("file", f"the index {name} is missing, which makes it slow", True)
        for table, row, *_ in connection.execute("PRAGMA foreign_key_check").fetchall():
            yield Problem(f"{table}, row {row}", "belongs to something that is not there", True)
    except sqlite3.DatabaseError as error:
        yield Problem("file", str(error), False)


def _lost_indexes(connection: sqlite3.Connection) -> list[tuple[str, str]]:
    """Names and statements of the indexes of tables that are not there."""
    asked = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"
    with closing(sqlite3.connect(":memory:")) as whole:
        migrate(whole, 0)
        there = {name for name, _ in connection.execute(asked)}
        return [(name, sql) for name, sql in whole.execute(asked) if name not in there]


def _broken_rules(connection: sqlite3.Connection) -> Iterator[Problem]:
    for rule in _RULES:
        for (number,) in connection.execute(rule.faulty):
            yield Problem(f"{rule.place} {number}", rule.problem, True)


def _broken_index(connection: sqlite3.Connection, index: Index) -> Iterator[Problem]:
    (change,) = connection.execute("SELECT coalesce(max(number), 0) FROM changes").fetchone()
    if not index.is_current(change):
        yield Problem("index", "is behind", True)
        return
    try:
        for told in index.problems(live_units(connection)):
            yield Problem("index", told, True)
    except (sqlite3.DatabaseError, ValueError) as error:
        # What is damaged can only be the index: SQLite has found no fault with the file.
        if not is_index_damage(error) and primary_code(error) != sqlite3.SQLITE_CORRUPT:
            raise
        yield Problem("index", str(error), True)
