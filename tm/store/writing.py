"""What adding an article writes, inside one transaction of the caller's."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import blake2b

from align.errors import InputError
from tm.search.fold import key, plain
from tm.search.grams import GramIndex
from tm.store import Added, ArticleRecord, Unaligned
from tm.unit import TranslationUnit


def check(
    article: ArticleRecord, units: Sequence[TranslationUnit], unaligned: Sequence[Unaligned]
) -> None:
    """Refuse what no database keeps: an article without id, half a surrogate pair in a text."""
    if not article.id.strip():
        raise InputError("an article needs an id", remedy="name it, for example by its file")
    texts = [(f"unit {i}", text) for i, u in enumerate(units) for text in (u.source, u.target)]
    texts += [(f"unaligned sentence {i}", s.text) for i, s in enumerate(unaligned)]
    texts += [("description", text) for text in _told(article) if text is not None]
    for place, text in texts:
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise InputError(
                f"character {error.start} of a text is half a surrogate pair, no character",
                place=f"{article.id}, {place}",
                remedy="read the file again with the right encoding",
            ) from error


def digest(
    article: ArticleRecord, units: Sequence[TranslationUnit], unaligned: Sequence[Unaligned]
) -> bytes:
    """Sixteen bytes of what an article says, equal if nothing that matters has changed.

    Files and origin do not matter: they say where a text came from, not what it is.
    """
    said = [
        [article.title_ko, article.title_en, article.date, article.translator, article.place],
        [_said(unit, article) for unit in units],
        [[sentence.side, sentence.position, sentence.text] for sentence in unaligned],
    ]
    return blake2b(json.dumps(said).encode(), digest_size=16).digest()


def write_article(
    connection: sqlite3.Connection,
    index: GramIndex,
    article: ArticleRecord,
    units: Sequence[TranslationUnit],
    unaligned: Sequence[Unaligned],
    content: bytes,
    who: str,
    why: str,
) -> Added:
    """Add an article or its next version, unless the current one has the same ``content``."""
    current = connection.execute(
        "SELECT number, version, content FROM articles WHERE id = ? AND current = 1", (article.id,)
    ).fetchone()
    if current is not None and current[2] == content:
        return Added("unchanged", len(units), len(unaligned))
    change = _log(connection, who, why, article.id)
    if current is not None:
        _supersede(connection, index, current[0], change)
    version = 1 if current is None else current[1] + 1
    number = _insert_article(connection, article, version, content, change)
    _insert_units(connection, index, number, article, units, change)
    connection.executemany(
        "INSERT INTO unaligned VALUES (?, ?, ?, ?, ?)",
        ((number, i, s.side, s.position, s.text) for i, s in enumerate(unaligned)),
    )
    return Added("added" if current is None else "replaced", len(units), len(unaligned))


def _log(connection: sqlite3.Connection, who: str, why: str, article: str) -> int:
    at = datetime.now(UTC).isoformat(timespec="seconds")
    number = connection.execute(
        "INSERT INTO changes (at, who, why, article) VALUES (?, ?, ?, ?)", (at, who, why, article)
    ).lastrowid
    assert number is not None  # an INSERT that succeeds has one
    return number


def _supersede(connection: sqlite3.Connection, index: GramIndex, number: int, change: int) -> None:
    old = connection.execute("SELECT id, source, target FROM units WHERE article = ?", (number,))
    index.remove(old.fetchall(), change)
    connection.execute("UPDATE units SET live = 0 WHERE article = ?", (number,))
    connection.execute("UPDATE articles SET current = 0 WHERE number = ?", (number,))


def _insert_article(
    connection: sqlite3.Connection,
    article: ArticleRecord,
    version: int,
    content: bytes,
    change: int,
) -> int:
    number = connection.execute(
        "INSERT INTO articles (id, title_ko, title_en, date, translator, place, file_ko, file_en,"
        " origin, version, current, content, change)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?, ?)",
        (*_told(article), version, content, change),
    ).lastrowid
    assert number is not None
    return number


def _insert_units(
    connection: sqlite3.Connection,
    index: GramIndex,
    number: int,
    article: ArticleRecord,
    units: Sequence[TranslationUnit],
    change: int,
) -> None:
    (last,) = connection.execute("SELECT coalesce(max(id), 0) FROM units").fetchone()
    connection.executemany(
        "INSERT INTO units (id, article, position, live, source_key, target_key, source_length,"
        " target_length, source, target, confidence, status, translator, date, origin)"
        " VALUES (?, ?, ?, 1, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (last + 1 + position, number, position, *_columns(unit, article))
            for position, unit in enumerate(units)
        ),
    )
    index.add(((last + 1 + i, u.source, u.target) for i, u in enumerate(units)), change)


def _columns(unit: TranslationUnit, article: ArticleRecord) -> tuple[object, ...]:
    own = unit.provenance
    return (
        key(unit.source),
        key(unit.target),
        len(plain(unit.source)),
        len(plain(unit.target)),
        unit.source,
        unit.target,
        unit.confidence,
        unit.status,
        _unless(own.translator, article.translator),
        _unless(own.date, article.date),
        _unless(own.origin, article.origin),
    )


def _said(unit: TranslationUnit, article: ArticleRecord) -> list[object]:
    return [
        unit.source,
        unit.target,
        round(unit.confidence, 6),
        unit.status,
        _unless(unit.provenance.translator, article.translator),
        _unless(unit.provenance.date, article.date),
    ]


def _told(article: ArticleRecord) -> tuple[str | None, ...]:
    return (
        article.id,
        article.title_ko,
        article.title_en,
        article.date,
        article.translator,
        article.place,
        article.file_ko,
        article.file_en,
        article.origin,
    )


def _unless(own: str | None, shared: str | None) -> str | None:
    """A unit's own value, or ``None`` where its article says the same."""
    return None if own == shared else own
