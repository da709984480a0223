"""Which units hold which tokens: two FTS5 tables in the memory's file, one for each language.

The tables have no content and no columns' sizes: a list of ranks for each token (see
:mod:`tm.search.ranks`), read in ascending order, which is newest first. Transactions are the
caller's business.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from typing import get_args

from align.article import Lang
from tm.search.tokens import Prefix, Tokens

LANGS: tuple[Lang, ...] = get_args(Lang)

# Every character left by folding belongs to a token: tokens arrive ready-made.
_TOKENIZER = "ascii tokenchars '!#$%&()*+,./:;<=>?@[\\]^_{|}~'"

# Lengths of beginnings with lists of their own, for which others are put together when asked for:
# the single syllables of Korean, the beginnings of English words.
_PREFIXES: dict[Lang, str] = {"ko": "1", "en": "3"}

# Bytes of new entries that FTS5 gathers before it writes them out: the more, the less it merges.
_GATHERED = 16_000_000

# When FTS5 merges pieces of lists by itself: what it does unless told otherwise, and never.
_AUTOMERGE, _CRISISMERGE, _NEVER = 4, 16, 1999


def table(lang: Lang) -> str:
    return f"search_{lang}"


def make(connection: sqlite3.Connection) -> None:
    """Make the tables; they must not be there."""
    for lang in LANGS:
        name = table(lang)
        connection.execute(
            f"CREATE VIRTUAL TABLE {name} USING fts5(tokens, content='', columnsize=0,"
            f" detail=none, prefix='{_PREFIXES[lang]}', tokenize=\"{_TOKENIZER}\")"
        )
    _set(connection, hashsize=_GATHERED)


def drop(connection: sqlite3.Connection) -> None:
    """Drop the tables, also damaged ones, where they are there."""
    for name in map(table, LANGS):
        try:
            connection.execute(f"DROP TABLE IF EXISTS {name}")
        except sqlite3.DatabaseError:
            _forget(connection, name)


def put(connection: sqlite3.Connection, lang: Lang, rows: Iterable[tuple[int, str]]) -> None:
    """Enter ranks with their tokens; ascending ranks are the quickest."""
    connection.executemany(f"INSERT INTO {table(lang)} (rowid, tokens) VALUES (?, ?)", rows)


def take(connection: sqlite3.Connection, lang: Lang, rows: Iterable[tuple[int, str]]) -> None:
    """Take ranks out; the tokens must be those they were entered with."""
    name = table(lang)
    connection.executemany(
        f"INSERT INTO {name} ({name}, rowid, tokens) VALUES ('delete', ?, ?)", rows
    )


def merge(connection: sqlite3.Connection) -> None:
    """Bring all lists into one piece, which makes them smaller and quicker to read."""
    for name in map(table, LANGS):
        connection.execute(f"INSERT INTO {name} ({name}) VALUES ('optimize')")


@contextmanager
def merged_at_the_end(connection: sqlite3.Connection) -> Iterator[None]:
    """Leave the pieces that lists are written in alone until all is entered, and merge them once.

    If entering fails the caller takes the whole change back, and these settings with it.
    """
    _set(connection, automerge=0, crisismerge=_NEVER)
    yield
    merge(connection)
    _set(connection, automerge=_AUTOMERGE, crisismerge=_CRISISMERGE)


def reached(
    connection: sqlite3.Connection, tokens: Tokens, lang: Lang, number: int
) -> list[int | None]:
    """For each group the rank of the unit so many units after the first that meets it; ``None``
    where not as many do."""
    name = table(lang)
    rows = (
        connection.execute(
            f"SELECT rowid FROM {name} WHERE {name} MATCH ? ORDER BY rowid LIMIT 1 OFFSET ?",
            (expression((group,)), number),
        ).fetchone()
        for group in tokens
    )
    return [None if row is None else int(row[0]) for row in rows]


def expression(tokens: Tokens) -> str:
    """The FTS5 query for texts that hold one token at least of each group."""
    return " AND ".join(f"({' OR '.join(map(_quoted, group))})" for group in tokens)


def counted(
    connection: sqlite3.Connection, tokens: Tokens, lang: Lang, span: tuple[int, int], most: int
) -> tuple[int, int]:
    """How many ranks above ``span[0]`` and up to ``span[1]`` hold the tokens, counting no further
    than ``most``, and the highest rank counted (``span[0]`` if there is none)."""
    name = table(lang)
    count, last = connection.execute(
        f"SELECT count(*), max(rowid) FROM (SELECT rowid FROM {name} WHERE {name} MATCH ?"
        " AND rowid > ? AND rowid <= ? ORDER BY rowid LIMIT ?)",
        (expression(tokens), *span, most),
    ).fetchone()
    return int(count), int(span[0] if last is None else last)


def differing(
    connection: sqlite3.Connection, lang: Lang, held: Counter[str]
) -> Iterator[tuple[str, int, int]]:
    """Tokens that are not listed for as many units as hold them: token, units listed, units.

    ``held`` says in how many units each token stands; it is emptied.
    """
    name = f"search_vocabulary_{lang}"
    connection.execute(f"DROP TABLE IF EXISTS temp.{name}")
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.{name} USING fts5vocab(main, {table(lang)}, row)"
    )
    with closing(connection.execute(f"SELECT term, doc FROM temp.{name}")) as rows:
        for token, listed in rows:
            holding = held.pop(token, 0)
            if listed != holding:
                yield token, listed, holding
    connection.execute(f"DROP TABLE temp.{name}")
    for token, holding in held.items():
        yield token, 0, holding


def _set(connection: sqlite3.Connection, **settings: int) -> None:
    for name in map(table, LANGS):
        for setting, value in settings.items():
            connection.execute(f"INSERT INTO {name} ({name}, rank) VALUES (?, ?)", (setting, value))


def _quoted(token: str) -> str:
    doubled = token.replace('"', '""')
    return f'"{doubled}" *' if isinstance(token, Prefix) else f'"{doubled}"'


def _forget(connection: sqlite3.Connection, name: str) -> None:
    """Drop an FTS5 table so damaged that FTS5 itself cannot: its name, then its parts."""
    connection.execute("PRAGMA writable_schema = ON")
    connection.execute("DELETE FROM sqlite_master WHERE name = ?", (name,))
    connection.execute("PRAGMA writable_schema = RESET")
    for part in ("data", "idx", "content", "docsize", "config"):
        connection.execute(f"DROP TABLE IF EXISTS {name}_{part}")
