"""Changing what is there: units edited, judged and deleted, articles deleted."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from align.errors import InputError
from tm.store.chains import newest_form
from tm.store.records import ArticleRecord
from tm.store.rows import (
    SELECT_ARTICLE,
    SELECT_UNIT,
    STATUSES,
    article_of,
    content_of,
    unit_of,
)
from tm.store.writing import Form, Writing, listed, pages
from tm.unit import Status, TranslationUnit


def edit(
    writing: Writing, unit_id: int, fields: dict[str, Any], expected: int | None
) -> TranslationUnit:
    """The unit with other ``fields``; see :meth:`tm.store.Store.edit`."""
    connection = writing.connection
    newest = newest_form(connection, unit_id)
    require_live(connection, [newest])
    if expected is not None and expected != newest:
        raise _outdated(connection, expected)
    _require_texts(fields)
    before = unit(connection, newest)
    after = _with(before, fields)
    if after == before:
        return before
    if after == replace(before, status=after.status):
        writing.mark([newest], after.status)
        return after
    number, record = _article(connection, newest)
    content = content_of(after, record, f"unit {newest}")
    writing.end([newest])
    form = Form(writing.next_id(), number, before.provenance.position, newest, content)
    writing.bear([form])
    return unit(connection, form.id)


def set_status(writing: Writing, ids: Sequence[int], status: Status) -> int:
    """Judge live units; returns how many had another status."""
    if status not in STATUSES:
        raise InputError(f"no status {status!r}", remedy=f"give one of {', '.join(STATUSES)}")
    require_live(writing.connection, ids)
    return writing.mark(ids, status)


def delete(writing: Writing, ids: Sequence[int]) -> int:
    """End live units; returns how many."""
    distinct = sorted(set(ids))
    require_live(writing.connection, distinct)
    writing.end(distinct)
    return len(distinct)


def delete_article(writing: Writing, article: str) -> int:
    """End the current version of an article; returns how many units it had.

    Raises
    ------
    InputError: there is no such article.
    """
    row = writing.connection.execute(
        "SELECT number, (SELECT count(*) FROM units WHERE article = number AND ended IS NULL)"
        " FROM articles WHERE id = ? AND ended IS NULL",
        (article,),
    ).fetchone()
    if row is None:
        raise InputError(
            f"no article {article!r} in this memory",
            remedy="see their names with `donju memory articles`",
        )
    writing.close_article(row[0])
    return int(row[1])


def unit(connection: sqlite3.Connection, unit_id: int) -> TranslationUnit:
    """A unit that is there."""
    return unit_of(connection.execute(f"{SELECT_UNIT} WHERE u.id = ?", (unit_id,)).fetchone())


def require_live(connection: sqlite3.Connection, ids: Sequence[int]) -> None:
    """Refuse units that are not there, or no longer.

    Raises
    ------
    InputError: naming the first of them, and the change that ended it.
    """
    live: set[int] = set()
    for page in pages(ids):
        rows = connection.execute(
            f"SELECT id FROM units WHERE id IN ({listed(page)}) AND ended IS NULL"
        )
        live |= {found for (found,) in rows}
    for asked in ids:
        if asked not in live:
            raise _outdated(connection, asked)


def _require_texts(fields: dict[str, Any]) -> None:
    for name in ("source", "target"):
        if name in fields and not fields[name].strip():
            raise InputError(
                "a unit has two texts, and one would be empty",
                remedy="delete the unit with `donju memory delete`",
            )


def _outdated(connection: sqlite3.Connection, unit_id: int) -> InputError:
    row = connection.execute(
        "SELECT c.number, c.who, c.at, c.why FROM units u"
        " LEFT JOIN changes c ON c.number = u.ended WHERE u.id = ?",
        (unit_id,),
    ).fetchone()
    if row is None:
        return InputError(
            f"no unit {unit_id} in this memory", remedy="see its number with `donju search --json`"
        )
    number, who, at, why = row
    newest = newest_form(connection, unit_id)
    remedy = f"look at unit {newest}" if newest != unit_id else f"undo change {number}"
    return InputError(
        f"unit {unit_id} is no longer what it was: change {number} by {who} at {at} ({why})",
        remedy=f"{remedy}, which took its place" if newest != unit_id else remedy,
    )


def _article(connection: sqlite3.Connection, unit_id: int) -> tuple[int, ArticleRecord]:
    """The article of a unit: its row's number and what it says."""
    (number,) = connection.execute("SELECT article FROM units WHERE id = ?", (unit_id,)).fetchone()
    row = connection.execute(f"{SELECT_ARTICLE} WHERE a.number = ?", (number,)).fetchone()
    return number, article_of(row)


def _with(before: TranslationUnit, fields: dict[str, Any]) -> TranslationUnit:
    """A unit with other fields, those of its provenance among them."""
    where = {name: fields[name] for name in ("translator", "date") if name in fields}
    rest = {name: value for name, value in fields.items() if name not in where}
    return replace(before, provenance=replace(before.provenance, **where), **rest)
