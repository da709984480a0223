"""The index behind the store: the only place that says which it is.

The index is derived data in the store's own file. It changes in the transactions that change the
units, through :class:`tm.store.writing.Writing`, and is made anew when it is behind or damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from tm.search.index import SearchIndex as Index
from tm.search.index import is_damage
from tm.search.sides import IndexedUnit

__all__ = ["UNITS_OF", "Index", "IndexedUnit", "is_index_damage", "live_units"]

#: Units as the index takes them.
UNITS_OF = """
    SELECT u.id, u.source, u.target, coalesce(u.date, a.date), u.source_key, u.target_key
    FROM units u JOIN articles a ON a.number = u.article
"""


def is_index_damage(error: Exception) -> bool:
    """Whether an error says that the index is damaged or lost, not the store: SQLite has not found
    it, or found it wrong, or what was read has not the form that the index writes."""
    if isinstance(error, sqlite3.DatabaseError):
        return is_damage(error)
    return isinstance(error, ValueError) and not isinstance(error, UnicodeError)


def live_units(connection: sqlite3.Connection) -> Iterator[IndexedUnit]:
    """All that the index should hold, by id."""
    # A generator: no statement may be open while tables are dropped, before the first unit.
    yield from connection.execute(f"{UNITS_OF} WHERE u.ended IS NULL ORDER BY u.id")
