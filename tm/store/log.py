"""What has happened: the log of changes, and the life of one unit."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from align.errors import InputError
from tm.store.chains import forms
from tm.store.records import Change, Event
from tm.store.rows import SELECT_UNIT, unit_of

_CHANGE = """
    SELECT c.number, c.at, c.who, c.why, c.article, c.kind, c.undoes,
           c.last_unit - coalesce((SELECT last_unit FROM changes b WHERE b.number < c.number
                                   ORDER BY b.number DESC LIMIT 1), 0),
           (SELECT count(*) FROM units WHERE ended = c.number),
           (SELECT count(*) FROM status_changes WHERE change = c.number),
           (SELECT count(DISTINCT id) FROM concepts WHERE born = c.number OR ended = c.number),
           (SELECT count(*) FROM (SELECT DISTINCT kind, about FROM decisions
                                  WHERE born = c.number OR ended = c.number))
    FROM changes c
"""

# The changes that touched an article, in one of its versions: that are logged under its name, or
# brought, ended or judged something of it. (What has ended is found by the change that ended it.)
_OF_ARTICLE = """
    WITH versions AS (SELECT number, born, ended FROM articles WHERE id = :article),
    held AS (
        SELECT u.id, u.born, u.ended
        FROM versions v CROSS JOIN units u ON u.article = v.number AND u.ended IS NULL
        UNION ALL
        SELECT u.id, u.born, u.ended
        FROM changes c CROSS JOIN versions v
        CROSS JOIN units u ON u.ended = c.number AND u.article = v.number
    )
    SELECT number FROM changes WHERE article = :article
    UNION SELECT born FROM versions UNION SELECT ended FROM versions
    UNION SELECT born FROM held UNION SELECT ended FROM held
    UNION SELECT s.change FROM held h CROSS JOIN status_changes s ON s.unit = h.id
"""


def changes(
    connection: sqlite3.Connection, article: str | None = None, last: int | None = None
) -> list[Change]:
    """The log, oldest first: all of it or the ``last`` entries, of all or of one article."""
    among = "" if article is None else f"WHERE c.number IN ({_OF_ARTICLE})"
    rows = connection.execute(
        f"{_CHANGE} {among} ORDER BY c.number DESC LIMIT :last",
        {"article": article, "last": -1 if last is None else last},
    ).fetchall()
    return [Change(*row) for row in reversed(rows)]


def change(connection: sqlite3.Connection, number: int) -> Change:
    """One entry, which must be there."""
    return Change(*connection.execute(f"{_CHANGE} WHERE c.number = ?", (number,)).fetchone())


def history(connection: sqlite3.Connection, unit: int) -> list[Event]:
    """Everything that has happened to a unit in all its forms, oldest first.

    Raises
    ------
    InputError: there is no such unit.
    """
    if not connection.execute("SELECT 1 FROM units WHERE id = ?", (unit,)).fetchone():
        raise InputError(
            f"no unit {unit} in this memory", remedy="see its number with `donju search --json`"
        )
    return [event for form in forms(connection, unit) for event in _events(connection, form)]


def _events(connection: sqlite3.Connection, form: int) -> Iterator[Event]:
    """What happened to one form of a unit: it came, was judged, and has ended."""
    now = unit_of(connection.execute(f"{SELECT_UNIT} WHERE u.id = ?", (form,)).fetchone())
    born, ended, replaces, follower = connection.execute(
        "SELECT u.born, u.ended, u.replaces, n.born FROM units u"
        " LEFT JOIN units n ON n.replaces = u.id WHERE u.id = ?",
        (form,),
    ).fetchone()
    judged = connection.execute(
        "SELECT change, before, after FROM status_changes WHERE unit = ? ORDER BY change", (form,)
    ).fetchall()
    first = judged[0][1] if judged else now.status
    what: Literal["born", "replaced"] = "born" if replaces is None else "replaced"
    yield Event(what, replace(now, status=first), change(connection, born))
    for number, _, after in judged:
        yield Event("status", replace(now, status=after), change(connection, number))
    if ended is not None and follower != ended:
        yield Event("ended", now, change(connection, ended))
