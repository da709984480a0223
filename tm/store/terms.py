"""The house's own terms and what people have decided: rows that are found by a name.

At most one row of a name is live. What takes its place, or ends it, is a change like any other;
taking that back needs only what the rows say, since they do not refer to each other.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from itertools import zip_longest
from typing import Any, Literal, NamedTuple

from align.errors import InputError, MemoryFileError
from tm.search.fold import key
from tm.store import log
from tm.store.reading import SqliteReader
from tm.store.records import ConceptEvent, Decision, StoredConcept
from tm.store.rows import check_texts
from tm.store.writing import Writing
from tm.terms.termbase.conceptjson import concept_json, concept_of
from tm.terms.termbase.concepts import Concept, checked


class _Table(NamedTuple):
    """A table, the columns of names, and those of what is said under a name."""

    name: str
    names: tuple[str, ...]
    values: tuple[str, ...]

    @property
    def is_named(self) -> str:
        return " AND ".join(f"{column} = ?" for column in self.names)


_CONCEPTS = _Table("concepts", ("id",), ("key", "content"))
_DECISIONS = _Table("decisions", ("kind", "about"), ("verdict", "reason"))

_STORED = "SELECT content, number, born FROM concepts"


class TermReader(SqliteReader):
    """The part of a :class:`tm.store.Store` that tells of terms and decisions."""

    def concepts(self) -> list[StoredConcept]:
        rows = self._read(f"{_STORED} WHERE ended IS NULL ORDER BY id")
        return [self._stored(row) for row in rows]

    def concept(self, concept: str) -> StoredConcept | None:
        rows = self._read(f"{_STORED} WHERE id = ? AND ended IS NULL", concept)
        return self._stored(rows[0]) if rows else None

    def concept_history(self, concept: str) -> list[ConceptEvent]:
        with self.one_state():
            rows = self._read(
                "SELECT content, number, born, ended FROM concepts WHERE id = ? ORDER BY number",
                concept,
            )
            if not rows:
                raise _no_concept(concept)
            forms = [(self._stored(row), row[3]) for row in rows]
            return list(_events(self._connection, forms))

    def decisions(self, kind: str) -> dict[str, Decision]:
        rows = self._read(
            "SELECT d.kind, d.about, d.verdict, d.reason, c.at, c.who, c.number FROM decisions d"
            " JOIN changes c ON c.number = d.born WHERE d.kind = ? AND d.ended IS NULL"
            " ORDER BY d.about",
            kind,
        )
        return {row[1]: Decision(*row) for row in rows}

    def _stored(self, row: tuple[Any, ...]) -> StoredConcept:
        content, version, change, *_ = row
        try:
            return StoredConcept(concept_of(content), version, change)
        except ValueError as error:
            raise MemoryFileError(
                f"form {version} of the house's concepts is damaged",
                place=self.path,
                remedy="mend it with `donju memory repair`",
            ) from error


def put_concepts(
    writing: Writing, concepts: Sequence[Concept], expected: Mapping[str, int]
) -> list[int]:
    """Store concepts in place of those with the same ids; returns their versions. See
    :meth:`tm.store.Store.put_concepts`."""
    versions: list[int] = []
    for given in concepts:
        concept = checked(given)
        now = _live(writing.connection, _CONCEPTS, (concept.id,))
        if given.id in expected:
            _require(writing.connection, concept.id, now, expected[given.id])
        content = concept_json(concept)
        check_texts(f"concept {concept.id}", (content,))
        versions.append(_put(writing, _CONCEPTS, (concept.id,), (key(content), content)))
    return versions


def delete_concept(writing: Writing, concept: str, expected: int | None = None) -> None:
    """End a concept. See :meth:`tm.store.Store.delete_concept`."""
    now = _live(writing.connection, _CONCEPTS, (concept,))
    if now is None:
        raise _no_concept(concept)
    if expected is not None:
        _require(writing.connection, concept, now, expected)
    _put(writing, _CONCEPTS, (concept,), None)


def decide(writing: Writing, kind: str, about: str, verdict: str | None, reason: str) -> None:
    """Store what was decided; with no verdict, nothing is decided any more."""
    for name, value in (("kind", kind), ("key", about), ("verdict", verdict)):
        if value is not None and not value.strip():
            raise InputError(f"the {name} of a decision is empty", remedy="name it")
    check_texts(f"decision {about}", (kind, about, verdict, reason))
    _put(writing, _DECISIONS, (kind, about), None if verdict is None else (verdict, reason))


def take_back(writing: Writing, change: int) -> int | None:
    """Undo what a change did to terms and decisions; or the later change that stands on it."""
    for table in (_CONCEPTS, _DECISIONS):
        born = _told(writing.connection, table, "born = ? AND ended IS NOT born", change)
        ended = _told(writing.connection, table, "ended = ? AND born <> ended", change)
        for name in born | ended:
            now = _live(writing.connection, table, name)
            if (None if now is None else now[1:]) != born.get(name):
                return _last_change(writing.connection, table, name)
            _put(writing, table, name, ended.get(name))
    return None


def _told(
    connection: sqlite3.Connection, table: _Table, where: str, change: int
) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    """What rows of a change say, by their names."""
    columns, count = ", ".join((*table.names, *table.values)), len(table.names)
    rows = connection.execute(f"SELECT {columns} FROM {table.name} WHERE {where}", (change,))
    return {row[:count]: row[count:] for row in rows.fetchall()}


def _put(
    writing: Writing, table: _Table, name: tuple[Any, ...], values: tuple[Any, ...] | None
) -> int:
    """Have a name say these values (or nothing); returns the number of its row, 0 if none."""
    now = _live(writing.connection, table, name)
    if now is not None and now[1:] == values:
        return int(now[0])
    if now is not None:
        writing.connection.execute(
            f"UPDATE {table.name} SET ended = ? WHERE number = ?", (writing.number, now[0])
        )
    if values is None:
        return 0
    columns = (*table.names, *table.values, "born")
    number = writing.connection.execute(
        f"INSERT INTO {table.name} ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",
        (*name, *values, writing.number),
    ).lastrowid
    assert number is not None  # an INSERT that succeeds has one
    return number


def _live(
    connection: sqlite3.Connection, table: _Table, name: tuple[Any, ...]
) -> tuple[Any, ...] | None:
    """The number and the values of the live row of a name."""
    row: tuple[Any, ...] | None = connection.execute(
        f"SELECT number, {', '.join(table.values)} FROM {table.name}"
        f" WHERE {table.is_named} AND ended IS NULL",
        name,
    ).fetchone()
    return row


def _last_change(connection: sqlite3.Connection, table: _Table, name: tuple[Any, ...]) -> int:
    """The last change to what a name says."""
    (number,) = connection.execute(
        f"SELECT max(max(born), coalesce(max(ended), 0)) FROM {table.name} WHERE {table.is_named}",
        name,
    ).fetchone()
    return int(number)


def _require(
    connection: sqlite3.Connection, concept: str, now: tuple[Any, ...] | None, expected: int
) -> None:
    """Refuse to overwrite what the editor has not seen."""
    if (0 if now is None else now[0]) == expected:
        return
    if now is not None and expected == 0:
        raise InputError(
            f"there is a concept {concept!r} already",
            remedy=f"change it with `donju terms edit {concept}`, or take another id",
        )
    change = _last_change(connection, _CONCEPTS, (concept,))
    told = log.change(connection, change)
    raise InputError(
        f"concept {concept!r} is no longer what it was: change {change} by {told.who} at {told.at}"
        f" ({told.why})",
        remedy=f"look at it again with `donju terms show {concept}`",
    )


def _no_concept(concept: str) -> InputError:
    return InputError(
        f"no concept {concept!r} in this memory",
        remedy="see what there is with `donju terms list --own`",
    )


def _events(
    connection: sqlite3.Connection, forms: Sequence[tuple[StoredConcept, int | None]]
) -> Iterator[ConceptEvent]:
    """What happened to a concept, by its forms and the changes that ended them, oldest first."""
    ended_before = None
    followers = [form.change for form, _ in forms[1:]]
    for (form, ended), follower in zip_longest(forms, followers):
        what: Literal["born", "replaced"] = "replaced" if form.change == ended_before else "born"
        born = log.change(connection, form.change)
        yield ConceptEvent(what, form.concept, form.version, born)
        if ended is not None and follower != ended:
            end = log.change(connection, ended)
            yield ConceptEvent("ended", form.concept, form.version, end)
        ended_before = ended
