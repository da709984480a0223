"""Units that repeat another one: found and ended."""

from __future__ import annotations

import sqlite3

from tm.store.records import Deduped
from tm.store.writing import Writing

# The units around a unit, and what its file told of them.
_CONTEXT = """,
    lag(u.source_key) OVER around, lead(u.source_key) OVER around,
    json_extract(u.details, '$.context')
"""

_REPEATED = """
    WITH placed AS (
        SELECT u.id, u.confidence, u.status, coalesce(u.date, a.date) AS date,
               u.source_key || ' ' || u.target_key || ' ' || (u.status = 'rejected') AS texts,
               json_array(NULL {context}) AS context
        FROM units u JOIN articles a ON a.number = u.article
        WHERE u.ended IS NULL
        WINDOW around AS (PARTITION BY u.article ORDER BY u.position)
    ),
    ranked AS (
        SELECT id, row_number() OVER (
            PARTITION BY texts, context
            ORDER BY status = 'approved' DESC, date DESC, confidence DESC, id
        ) AS rank
        FROM placed
    )
    SELECT id, rank FROM ranked WHERE rank > 1 ORDER BY id
"""


def repeated(connection: sqlite3.Connection, ignore_context: bool) -> tuple[Deduped, list[int]]:
    """How much is repeated, and the units that repeat a better one."""
    rows = connection.execute(
        _REPEATED.format(context="" if ignore_context else _CONTEXT)
    ).fetchall()
    groups = sum(rank == 2 for _, rank in rows)
    return Deduped(groups, len(rows)), [unit for unit, _ in rows]


def dedupe(writing: Writing, ignore_context: bool) -> Deduped:
    """End the units that repeat a better one."""
    told, units = repeated(writing.connection, ignore_context)
    if units:
        writing.end(units)
    return told
