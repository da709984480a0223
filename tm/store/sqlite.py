"""The store in one SQLite file: readers never wait, a writer waits for another one, nothing is
half-written.

The file is in WAL mode, so a reader sees the last complete change while the next one is being
written. Each change is one transaction with its log entry and its part of the index.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from typing import TypeVar

from align.article import Lang
from align.errors import MemoryFileError
from tm.search.tokens import Tokens
from tm.store import adding, checking, deduping, editing, log, terms, upkeep
from tm.store.connection import (
    WAIT,
    as_it_lies,
    connect,
    explained,
    is_another_writing,
    none_left_unmade,
    put_into_file,
)
from tm.store.importing import import_units
from tm.store.indexing import Index, is_index_damage, live_units
from tm.store.records import (
    Added,
    ArticleRecord,
    Change,
    Compacted,
    Deduped,
    Filter,
    Imported,
    Problem,
    Row,
    Unaligned,
)
from tm.store.undoing import undo
from tm.store.writing import Entry, Writing, listed, pages
from tm.terms.termbase.concepts import Concept
from tm.unit import Details, Status, TranslationUnit

_T = TypeVar("_T")


class SqliteStore(terms.TermReader):
    """A :class:`tm.store.Store` in the file at ``path``; one for each thread.

    Parameters
    ----------
    path: the memory file.
    create: make the file if it is missing (and its folder is there).
    wait: seconds that a change waits for another program's change before it gives up.
    """

    def __init__(self, path: str | Path, *, create: bool = False, wait: float = WAIT):
        path = as_it_lies(Path(path))
        with none_left_unmade(path, create=create):
            connection, read_only = connect(path, create=create, wait=wait)
        super().__init__(path, connection, read_only=read_only)
        self._index = Index(connection)
        self._index_seen: int | None = None
        try:
            self._file = self._absolute.stat()
            self._catch_up_if_free(wait)
        except BaseException:
            connection.close()
            raise

    def close(self) -> None:
        with explained(self.path):
            self._connection.close()

    # Changing

    def add(
        self,
        article: ArticleRecord,
        units: Sequence[TranslationUnit],
        unaligned: Sequence[Unaligned],
        *,
        who: str,
        why: str,
    ) -> Added:
        """See :meth:`tm.store.Store.add`. Units are numbered in the order given; the article and
        position in their provenance are not looked at.

        Raises
        ------
        InputError: the article has no id, or a text cannot be stored (half a surrogate pair).
        MemoryFileError: the memory cannot be written; it is then as it was before.
        """
        contents = adding.contents(article, units, unaligned)
        return self._written(
            Entry("add", who, why, article.id),
            lambda writing: adding.write_article(writing, article, contents, unaligned),
        )

    def import_units(
        self, units: Iterable[TranslationUnit], record: ArticleRecord, *, who: str, why: str
    ) -> Imported:
        return self._written(
            Entry("import", who, why, record.id),
            lambda writing: import_units(writing, units, record),
        )

    def edit(
        self,
        unit_id: int,
        *,
        source: str | None = None,
        target: str | None = None,
        status: Status | None = None,
        translator: str | None = None,
        date: str | None = None,
        details: Details | None = None,
        expected: int | None = None,
        who: str,
        why: str,
    ) -> TranslationUnit:
        given = {
            "source": source,
            "target": target,
            "status": status,
            "translator": translator,
            "date": date,
            "details": details,
        }
        fields = {name: value for name, value in given.items() if value is not None}
        return self._written(
            Entry("edit", who, why, self._article_of([unit_id])),
            lambda writing: editing.edit(writing, unit_id, fields, expected),
        )

    def set_status(self, ids: Sequence[int], status: Status, *, who: str, why: str) -> int:
        return self._written(
            Entry("status", who, why, self._article_of(ids)),
            lambda writing: editing.set_status(writing, ids, status),
        )

    def delete(self, ids: Sequence[int], *, who: str, why: str) -> int:
        return self._written(
            Entry("delete", who, why, self._article_of(ids)),
            lambda writing: editing.delete(writing, ids),
        )

    def delete_article(self, article: str, *, who: str, why: str) -> int:
        return self._written(
            Entry("delete", who, why, article),
            lambda writing: editing.delete_article(writing, article),
        )

    def undo(self, change: int, *, who: str, why: str) -> Change:
        rows = self._read("SELECT article FROM changes WHERE number = ?", change)
        article = rows[0][0] if rows else None

        def write(writing: Writing) -> int:
            undo(writing, change)
            return writing.number

        number = self._written(Entry("undo", who, why, article, change), write)
        with explained(self.path):
            return log.change(self._connection, number)

    def dedupe(
        self, *, ignore_context: bool = False, dry_run: bool = False, who: str, why: str
    ) -> Deduped:
        if dry_run:
            with explained(self.path):
                return deduping.repeated(self._connection, ignore_context)[0]
        return self._written(
            Entry("dedupe", who, why),
            lambda writing: deduping.dedupe(writing, ignore_context),
        )

    # Terms

    def put_concepts(
        self,
        concepts: Sequence[Concept],
        *,
        expected: Mapping[str, int] | None = None,
        who: str,
        why: str,
    ) -> list[int]:
        return self._written(
            Entry("terms", who, why),
            lambda writing: terms.put_concepts(writing, concepts, expected or {}),
        )

    def delete_concept(
        self, concept: str, *, expected: int | None = None, who: str, why: str
    ) -> None:
        self._written(
            Entry("terms", who, why),
            lambda writing: terms.delete_concept(writing, concept, expected),
        )

    def decide(
        self, kind: str, about: str, verdict: str | None, reason: str, *, who: str, why: str
    ) -> None:
        self._written(
            Entry("decision", who, why),
            lambda writing: terms.decide(writing, kind, about, verdict, reason),
        )

    # Searching

    def candidates(self, tokens: Tokens, lang: Lang, only: Filter) -> Iterator[Row]:
        return self._streamed(lambda: self._index.candidates(tokens, lang, only))

    def count_after(self, tokens: Tokens, lang: Lang, only: Filter, rank: int, most: int) -> int:
        return self._sound(lambda: self._index.count(tokens, lang, only, rank, most))

    def near(self, text: str, lang: Lang, minimum: int) -> list[tuple[str, int]]:
        return self._sound(lambda: self._index.near(text, lang, minimum))

    # Upkeep

    def check(self) -> list[Problem]:
        with self.one_state():
            return checking.problems(self._connection, self._index)

    def repair(self, *, who: str, why: str) -> list[Problem]:
        found = self.check()
        if any(problem.mendable for problem in found):
            self._written(Entry("repair", who, why), checking.mend)
        return found

    def compact(self) -> Compacted:
        with explained(self.path):
            self._end_reading()
            self._require_in_place()
            return upkeep.compact(self._connection, self._index, self.path)

    def backup(self, path: str | Path) -> None:
        with explained(self.path):
            upkeep.backup(self._connection, Path(path))

    @contextmanager
    def bare(self) -> Iterator[sqlite3.Connection]:
        """The tables themselves, for one transaction that leaves no entry and no part in the
        index: for making a memory from another one. :meth:`repair` must follow."""
        with explained(self.path):
            self._connection.execute("PRAGMA foreign_keys = OFF")
            with self._transaction():
                yield self._connection
            self._connection.execute("PRAGMA foreign_keys = ON")

    # Inside

    def _written(self, entry: Entry, write: Callable[[Writing], _T]) -> _T:
        """What ``write`` returns, in a transaction; it may find that there is nothing to change."""
        with explained(self.path), self._transaction():
            writing = Writing(self._connection, self._index, entry)
            told = write(writing)
            writing.finish()
            return told

    def _sound(self, action: Callable[[], _T]) -> _T:
        """What ``action`` returns, if need be after rebuilding an index found damaged."""
        with explained(self.path):
            self._catch_up()
            try:
                return action()
            except (sqlite3.DatabaseError, ValueError) as error:
                if not is_index_damage(error):
                    raise
            self._rebuild_index(sound=False)
            return action()

    def _streamed(self, search: Callable[[], Iterator[_T]]) -> Iterator[_T]:
        """The items of ``search``, begun again after rebuilding an index found damaged."""
        given = 0
        with explained(self.path):
            self._catch_up()
            try:
                for item in search():
                    yield item
                    given += 1
                return
            except (sqlite3.DatabaseError, ValueError) as error:
                if not is_index_damage(error):
                    raise
            self._rebuild_index(sound=False)
            yield from islice(search(), given, None)

    def _catch_up_if_free(self, wait: float) -> None:
        """Bring the index up to date, unless that has to wait for a writer: only searches need
        it, and they will see to it then."""
        self._connection.execute("PRAGMA busy_timeout = 0")
        try:
            self._catch_up()
        except MemoryFileError as error:
            if not self.read_only and not is_another_writing(error.__cause__):
                raise
        self._connection.execute(f"PRAGMA busy_timeout = {round(wait * 1000)}")

    def _catch_up(self) -> None:
        """Make the index anew if it is not that of the units: it was lost, or made by other rules.
        Once it is, changes keep it so; what other programs do is looked at."""
        if self._index_seen is not None and self._index_seen == self._others():
            return
        with self.one_state():
            is_current = self._index.is_current(self.change())
            self._index_seen = self._others()
        if not is_current:
            self._index_seen = None
            self._rebuild_index(sound=True)

    def _others(self) -> int:
        """A number that is another one when other programs have changed the memory."""
        return int(self._read("PRAGMA data_version")[0][0])

    def _rebuild_index(self, *, sound: bool) -> None:
        """Make the index anew; if it is ``sound``, only where no other program has just done it."""
        if self.read_only:
            raise MemoryFileError(
                "its index is out of date and the memory cannot be written",
                place=self.path,
                remedy="open it once where it can be written, or copy it there",
            )
        with explained(self.path), self._transaction():
            change = self.change()
            if not (sound and self._index.is_current(change)):
                self._index.rebuild(live_units(self._connection), change)

    def _article_of(self, ids: Sequence[int]) -> str | None:
        """The article of these units if it is one."""
        found: set[str] = set()
        for page in pages(ids):
            rows = self._read(
                "SELECT DISTINCT a.id FROM units u JOIN articles a ON a.number = u.article"
                f" WHERE u.id IN ({listed(page)})"
            )
            found |= {article for (article,) in rows}
        return found.pop() if len(found) == 1 else None

    def _require_in_place(self) -> None:
        """Refuse to write into a file that was moved or replaced: nobody would find it there."""
        try:
            is_there = os.path.samestat(self._absolute.stat(), self._file)
        except OSError:
            is_there = False
        if not is_there:
            raise MemoryFileError(
                "the memory was moved, deleted or replaced while it was open",
                place=self.path,
                remedy=f"close this program, move {self.path.name}-wal after the memory if there is"
                " one (with its new name before -wal), and open it where it is now",
            )

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._end_reading()
        self._require_in_place()
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise
        put_into_file(self._connection)
