"""The forms of a unit in time, and the copies of an article's version: both are chains of rows."""

from __future__ import annotations

import sqlite3


def newest_form(connection: sqlite3.Connection, unit: int) -> int:
    """The number of the last form of a unit, its own if nothing took its place."""
    return _end(connection, "SELECT id FROM units WHERE replaces = ?", unit)


def forms(connection: sqlite3.Connection, unit: int) -> list[int]:
    """The numbers of all forms of a unit, oldest first."""
    oldest = _end(connection, "SELECT replaces FROM units WHERE id = ? AND replaces > 0", unit)
    found = [oldest]
    while row := connection.execute(
        "SELECT id FROM units WHERE replaces = ?", (found[-1],)
    ).fetchone():
        found.append(row[0])
    return found


def newest_copy(connection: sqlite3.Connection, article: int) -> int:
    """The row of the last copy of an article's version, its own if it was never revived."""
    return _end(connection, "SELECT number FROM articles WHERE revives = ?", article)


def _end(connection: sqlite3.Connection, step: str, start: int) -> int:
    while row := connection.execute(step, (start,)).fetchone():
        (start,) = row
    return start
