"""The gram index: which units hold which character n-grams, on either side.

Units are indexed by the grams of their folded text (:func:`tm.search.fold.fold`): bigrams for
Korean, whose two-syllable words a trigram index cannot find, trigrams for English, whose bigrams
are too common to tell units apart. The last, shorter grams of a text are indexed too, so a query
shorter than a gram is found as a prefix of grams (주 in 돈주 as 주, in 주민 as 주민).

The index is derived data. It lives in the memory's own SQLite file as two FTS5 tables without
content, changes in the transaction that changes the units, and carries the number of the change
that it has seen and the version of the rules it was made by; whoever opens the file rebuilds an
index that is behind, of other rules, or damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import get_args

from align.article import Lang
from tm.search.fold import fold

#: Raised when :func:`fold` or :func:`grams` changes: an index made by other rules is rebuilt.
RULES = 1

SIZE: dict[Lang, int] = {"ko": 2, "en": 3}

#: A unit as the index takes it: id, source (Korean), target (English).
IndexedUnit = tuple[int, str, str]

_LANGS: tuple[Lang, ...] = get_args(Lang)

# Every character left by folding belongs to a token: the grams arrive ready-made.
_TOKENIZER = "ascii tokenchars '!#$%&()*+,./:;<=>?@[\\]^_{|}~'"

# The frequencies of grams only decide which to ask for first, so they may lag behind: they are
# counted anew each time the index has grown by this factor, which costs little in all.
_GROWTH = 1.5
_FIRST_COUNT = 500


def grams(folded: str, lang: Lang) -> list[str]:
    """The distinct whole grams of a folded text, sorted; none if it is shorter than a gram."""
    size = SIZE[lang]
    return sorted({folded[i : i + size] for i in range(len(folded) - size + 1)})


class GramIndex:
    """The gram index in a SQLite file. Transactions are the caller's business."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection

    def is_current(self, change: int) -> bool:
        """Whether the index is there, made by today's rules, and has seen ``change``."""
        try:
            row = self._connection.execute("SELECT rules, change FROM gram_index").fetchone()
            tables = self._connection.execute(
                "SELECT count(*) FROM sqlite_master WHERE name IN ('grams_ko', 'grams_en')"
            ).fetchone()
        except sqlite3.OperationalError:
            return False
        return bool(row == (RULES, change) and tables == (len(_LANGS),))

    def rebuild(self, units: Iterable[IndexedUnit], change: int) -> None:
        """Make the index anew from ``(id, source, target)`` of all live units."""
        self._drop()
        for lang in _LANGS:
            self._connection.execute(
                f"CREATE VIRTUAL TABLE grams_{lang} USING fts5("
                f'grams, content="", columnsize=0, detail=none, tokenize="{_TOKENIZER}")'
            )
            self._connection.execute(
                f"CREATE VIRTUAL TABLE gram_vocabulary_{lang} USING fts5vocab(grams_{lang}, 'row')"
            )
        self._connection.execute(
            "CREATE TABLE gram_counts (lang TEXT, gram TEXT, units INTEGER, "
            "PRIMARY KEY (lang, gram)) WITHOUT ROWID"
        )
        self._connection.execute(
            "CREATE TABLE gram_index "
            "(rules INTEGER, change INTEGER, units INTEGER, counted INTEGER)"
        )
        self._connection.execute("INSERT INTO gram_index VALUES (?, ?, 0, 0)", (RULES, change))
        self.add(units, change)

    def add(self, units: Iterable[IndexedUnit], change: int) -> None:
        """Index new units, given as ``(id, source, target)``."""
        grown = self._put("INSERT INTO grams_{} (rowid, grams) VALUES (?, ?)", units)
        self._stamp(change, grown)

    def remove(self, units: Iterable[IndexedUnit], change: int) -> None:
        """Take units out; the texts must be those that were indexed."""
        gone = self._put(
            "INSERT INTO grams_{0} (grams_{0}, rowid, grams) VALUES ('delete', ?, ?)", units
        )
        self._stamp(change, -gone)

    def counts(self, wanted: Sequence[str], lang: Lang) -> dict[str, int]:
        """In about how many units each gram occurs; grams not counted yet are left out."""
        marks = ",".join("?" * len(wanted))
        return dict(
            self._connection.execute(
                f"SELECT gram, units FROM gram_counts WHERE lang = ? AND gram IN ({marks})",
                (lang, *wanted),
            )
        )

    def rarest_first(self, wanted: Sequence[str], lang: Lang) -> list[str]:
        """Grams by the number of units they occur in, then by themselves."""
        counts: dict[str, int] = {}
        for start in range(0, len(wanted), 500):  # SQLite bounds the parameters of a statement
            counts |= self.counts(wanted[start : start + 500], lang)
        return sorted(wanted, key=lambda gram: (counts.get(gram, 0), gram))

    def units_with(self, gram: str, lang: Lang) -> list[int]:
        """The ids of the units that hold a gram, ascending."""
        rows = self._connection.execute(
            f"SELECT rowid FROM grams_{lang} WHERE grams_{lang} MATCH ?", (_quoted(gram),)
        )
        return [unit for (unit,) in rows]

    def expression(self, folded: str, lang: Lang, most: int = 5) -> str:
        """An FTS5 query that every unit holding ``folded`` meets, from its rarest grams.

        It is met by few others, which the caller sorts out by the text itself. ``folded`` must
        not be empty.
        """
        if len(folded) < SIZE[lang]:
            return f"{_quoted(folded)} *"
        rarest = self.rarest_first(grams(folded, lang), lang)[:most]
        return " AND ".join(_quoted(gram) for gram in rarest)

    def _drop(self) -> None:
        for lang in _LANGS:
            self._connection.execute(f"DROP TABLE IF EXISTS gram_vocabulary_{lang}")
            try:
                self._connection.execute(f"DROP TABLE IF EXISTS grams_{lang}")
            except sqlite3.DatabaseError:
                self._forget(f"grams_{lang}")
        for table in ("gram_counts", "gram_index"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")

    def _forget(self, table: str) -> None:
        """Drop an FTS5 table so damaged that FTS5 itself cannot: its name, then its parts."""
        self._connection.execute("PRAGMA writable_schema = ON")
        self._connection.execute("DELETE FROM sqlite_master WHERE name = ?", (table,))
        self._connection.execute("PRAGMA writable_schema = RESET")
        for part in ("data", "idx", "content", "docsize", "config"):
            self._connection.execute(f"DROP TABLE IF EXISTS {table}_{part}")

    def _put(self, statement: str, units: Iterable[IndexedUnit]) -> int:
        total = 0
        for batch in _batches(units):
            for side, lang in enumerate(_LANGS, start=1):
                rows = ((unit[0], _tokens(str(unit[side]), lang)) for unit in batch)
                self._connection.executemany(statement.format(lang), rows)
            total += len(batch)
        return total

    def _stamp(self, change: int, grown: int) -> None:
        self._connection.execute(
            "UPDATE gram_index SET change = ?, units = units + ?", (change, grown)
        )
        units, counted = self._connection.execute(
            "SELECT units, counted FROM gram_index"
        ).fetchone()
        if units >= max(_FIRST_COUNT, counted * _GROWTH):
            self._count(units)

    def _count(self, units: int) -> None:
        self._connection.execute("DELETE FROM gram_counts")
        for lang in _LANGS:
            self._connection.execute(
                f"INSERT INTO gram_counts SELECT ?, term, doc FROM gram_vocabulary_{lang}", (lang,)
            )
        self._connection.execute("UPDATE gram_index SET counted = ?", (units,))


def _tokens(text: str, lang: Lang) -> str:
    """The tokens that stand for a text in the index: its grams and the shorter last ones."""
    folded = fold(text)
    size = SIZE[lang]
    return " ".join(sorted({folded[i : i + size] for i in range(len(folded))}))


def _quoted(gram: str) -> str:
    doubled = gram.replace('"', '""')
    return f'"{doubled}"'


def _batches(units: Iterable[IndexedUnit], size: int = 5000) -> Iterator[list[IndexedUnit]]:
    """Lists of at most ``size`` units, so that a rebuild does not hold a whole memory."""
    rest = iter(units)
    while batch := list(islice(rest, size)):
        yield batch
