"""Taking a change back.

What the change brought is ended, what it ended is born again (as new rows, which take the place of
those they undo), and statuses return to what they were. That is itself a change, and can be taken
back in the same way.

What counts is what the memory says now, not every step on the way: a unit that was deleted and
brought back is as it was. A change is not undone if a later one *stands* on it: what it brought has
been edited, judged or ended since, or something else is where that would return which it ended.
"""

from __future__ import annotations

import sqlite3
from itertools import pairwise
from typing import Any, NoReturn

from align.errors import InputError
from tm.store.chains import forms, newest_copy, newest_form
from tm.store.rows import CONTENT, Content
from tm.store.terms import take_back
from tm.store.writing import Form, Writing, listed, pages
from tm.unit import Status

#: The forms of a unit: number, the changes that brought and ended it, what it says.
_Chain = list[tuple[int, int, int | None, Content]]

# Units brought back at a time: enough to be quick, few enough to hold.
_PAGE = 5000

_FORM = f"SELECT born, ended, {CONTENT} FROM units WHERE id = ?"


def undo(writing: Writing, change: int) -> None:
    """Take back ``change``.

    Raises
    ------
    InputError: there is no such change, or a later one, which is named, stands on it.
    """
    known = writing.connection.execute("SELECT 1 FROM changes WHERE number = ?", (change,))
    if not known.fetchone():
        raise InputError(
            f"no change {change} in this memory",
            remedy="see their numbers with `donju memory history`",
        )
    undoing = _Undoing(writing, change)
    undoing.return_statuses()
    undoing.end_units()
    undoing.end_articles()
    undoing.revive_articles()
    undoing.revive_units()
    undoing.return_terms()


class _Undoing:
    """One change being undone, step by step; whatever hinders it ends the transaction."""

    def __init__(self, writing: Writing, change: int):
        self._writing = writing
        self._connection: sqlite3.Connection = writing.connection
        self._change = change
        self._revived: dict[int, int] = {}  # rows of articles: the one ended, its copy

    def return_statuses(self) -> None:
        returning: dict[Status, list[int]] = {}
        for unit, before, after in self._rows(
            "SELECT unit, before, after FROM status_changes WHERE change = ?"
        ):
            newest = newest_form(self._connection, unit)
            _, ended, content = self._form(newest)
            if ended is not None:
                self._refuse(ended)
            if content.status != after:
                self._refuse(self._last_judged(self._chain(unit)))
            returning.setdefault(before, []).append(newest)
        for status, units in returning.items():
            self._writing.mark(units, status)

    def end_units(self) -> None:
        """End what the change brought, in the form it has now."""
        first, last = self._connection.execute(
            "SELECT (SELECT coalesce(max(last_unit), 0) FROM changes WHERE number < c.number),"
            " c.last_unit FROM changes c WHERE number = ?",
            (self._change,),
        ).fetchone()
        rows = self._connection.execute(
            "SELECT id, ended IS NULL AND NOT EXISTS"
            " (SELECT 1 FROM status_changes WHERE unit = id)"
            " FROM units WHERE id > ? AND id <= ?",
            (first, last),
        ).fetchall()
        self._writing.end(
            [unit if is_untouched else self._as_it_was(unit) for unit, is_untouched in rows]
        )

    def end_articles(self) -> None:
        """End the versions that the change brought; nothing else may be in them."""
        for (number,) in self._rows("SELECT number FROM articles WHERE born = ?"):
            now = self._live_copy(number)
            (later,) = self._connection.execute(
                "SELECT max(born) FROM units WHERE article = ? AND ended IS NULL", (now,)
            ).fetchone()
            if later is not None:
                self._refuse(later)
            self._writing.close_article(now)

    def revive_articles(self) -> None:
        """Bring back the versions that the change ended, as new versions, without their units."""
        for number, name in self._rows("SELECT number, id FROM articles WHERE ended = ?"):
            newest = newest_copy(self._connection, number)
            if newest != number:
                self._refuse(self._born_or_ended("articles", "number", newest))
            current = self._connection.execute(
                "SELECT born FROM articles WHERE id = ? AND ended IS NULL", (name,)
            ).fetchone()
            if current is not None:
                self._refuse(current[0])
            self._revived[number] = self._writing.revive_article(number)

    def revive_units(self) -> None:
        """Bring back the units that the change ended, where they stood."""
        ended = [unit for (unit,) in self._rows("SELECT id FROM units WHERE ended = ? ORDER BY id")]
        for page in pages(ended, _PAGE):
            rows = self._connection.execute(
                f"SELECT id, article, position, {CONTENT} FROM units"
                f" WHERE id IN ({listed(page)}) ORDER BY id"
            ).fetchall()
            self._writing.bear([self._again(row[0], row[1], row[2], row[3:]) for row in rows])

    def return_terms(self) -> None:
        later = take_back(self._writing, self._change)
        if later is not None:
            self._refuse(later)

    def _again(self, unit: int, article: int, position: int, content: tuple[Any, ...]) -> Form:
        before = newest_form(self._connection, unit)
        if before != unit:
            _, ended, _ = self._form(before)
            if ended != self._writing.number:
                self._refuse(self._born_or_ended("units", "id", before))
        number = self._revived.get(article) or self._live_copy(article)
        there = self._connection.execute(
            "SELECT born FROM units WHERE article = ? AND position = ? AND ended IS NULL",
            (number, position),
        ).fetchone()
        if there is not None:
            self._refuse(there[0])
        made = Content(*content)
        return Form(self._writing.next_id(), number, position, before, made)

    def _as_it_was(self, unit: int) -> int:
        """The newest form of a unit that the change brought, if it still says the same."""
        chain = self._chain(unit)
        newest, _, ended, now = chain[-1]
        if ended is not None:
            self._refuse(ended)
        if now != chain[0][3]._replace(status=self._first_status(unit)):
            self._refuse(self._last_edited(chain) or self._last_judged(chain))
        return newest

    def _chain(self, unit: int) -> _Chain:
        """A unit and its later forms."""
        later = [form for form in forms(self._connection, unit) if form >= unit]
        return [(form, *self._form(form)) for form in later]

    def _live_copy(self, article: int) -> int:
        newest = newest_copy(self._connection, article)
        (ended,) = self._connection.execute(
            "SELECT ended FROM articles WHERE number = ?", (newest,)
        ).fetchone()
        if ended is not None:
            self._refuse(ended)
        return newest

    def _form(self, unit: int) -> tuple[int, int | None, Content]:
        born, ended, *content = self._connection.execute(_FORM, (unit,)).fetchone()
        return born, ended, Content(*content)

    def _first_status(self, unit: int) -> str:
        (status,) = self._connection.execute(
            "SELECT coalesce((SELECT before FROM status_changes WHERE unit = id"
            " ORDER BY change LIMIT 1), status) FROM units WHERE id = ?",
            (unit,),
        ).fetchone()
        return str(status)

    def _last_edited(self, chain: _Chain) -> int | None:
        """The last change in a chain of forms that brought another text or description."""
        for (_, _, _, older), (_, born, _, newer) in reversed(list(pairwise(chain))):
            if older._replace(status=newer.status) != newer:
                return born
        return None

    def _last_judged(self, chain: _Chain) -> int:
        """The change that last gave a status to a unit, in any of the forms of a chain, or brought
        the last of them, which can come with a status of its own."""
        changes = [chain[-1][1]]
        for form, *_ in chain:
            changes += self._connection.execute(
                "SELECT max(change) FROM status_changes WHERE unit = ?", (form,)
            ).fetchone()
        return max(change for change in changes if change is not None)

    def _born_or_ended(self, table: str, key: str, number: int) -> int:
        """The last change that made a row what it is."""
        row = self._connection.execute(
            f"SELECT coalesce(ended, born) FROM {table} WHERE {key} = ?", (number,)
        ).fetchone()
        return int(row[0])

    def _rows(self, statement: str) -> list[Any]:
        return self._connection.execute(statement, (self._change,)).fetchall()

    def _refuse(self, later: int) -> NoReturn:
        (undoes,) = self._connection.execute(
            "SELECT undoes FROM changes WHERE number = ?", (later,)
        ).fetchone()
        if undoes == self._change:
            raise InputError(
                f"change {self._change} has been undone already, by change {later}",
                remedy=f"undo change {later} to have it back",
            )
        raise InputError(
            f"change {self._change} cannot be undone: change {later} stands on it",
            remedy=f"undo change {later} first",
        )
