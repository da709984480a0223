"""Signatures on disk.

The signatures of a language lie in pages of at most 512, each page with texts of about one length
(a *class* of lengths): a question reads only the classes that texts similar to it can be in. A page
carries the number of the change that last wrote it, so a process that holds pages in memory
(:mod:`tm.search.held`) catches up with other processes by reading those of later changes only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from align.article import Lang
from tm.search.signatures import BITS, HEAD, LONGEST, Heads, Signed

#: Texts on a page.
PAGE = 512

# The number of a page is that of its class and, in the lower bits, its place among those.
_PLACE_BITS = 32

_SIGNATURE = BITS // 8

Ids = npt.NDArray[np.int64]


def _first_lengths() -> npt.NDArray[np.int64]:
    """The shortest length of each class: each class begins a sixteenth above the one before."""
    starts = [1]
    while starts[-1] <= LONGEST:
        starts.append(max(starts[-1] + 1, starts[-1] * 17 // 16))
    return np.array(starts)


_STARTS = _first_lengths()


def classes_of(lengths: npt.ArrayLike) -> Ids:
    """The classes of texts of these lengths (1 and more)."""
    found: Ids = np.searchsorted(_STARTS, lengths, side="right") - 1
    return found


def longest_of(numbers: Ids) -> Ids:
    """The greatest length in each of these classes."""
    longest: Ids = _STARTS[numbers + 1] - 1
    return longest


def table(lang: Lang) -> str:
    return f"search_signatures_{lang}"


def make(connection: sqlite3.Connection, lang: Lang) -> None:
    name = table(lang)
    connection.execute(
        f"CREATE TABLE {name}"
        " (page INTEGER PRIMARY KEY, change INTEGER, free INTEGER, heads BLOB, signatures BLOB)"
    )
    connection.execute(f"CREATE INDEX {name}_change ON {name} (change)")
    connection.execute(f"CREATE INDEX {name}_free ON {name} (page) WHERE free > 0")


def put(connection: sqlite3.Connection, lang: Lang, signed: Signed, change: int) -> None:
    """Keep the signatures of units; those of texts without length are left out."""
    for number, members in _by_class(signed.heads):
        _fill(connection, lang, number, signed[members], change)


def take(connection: sqlite3.Connection, lang: Lang, heads: Heads, change: int) -> None:
    """Keep the signatures of units no longer.

    Raises
    ------
    ValueError: some of them are not where they should be.
    """
    for number, members in _by_class(heads):
        gone = heads["id"][members]
        taken = 0
        for page, kept_heads in _heads(connection, lang, number):
            here = np.isin(kept_heads["id"], gone)
            if here.any():
                kept_heads[here] = 0
                free = PAGE - int((kept_heads["id"] > 0).sum())
                taken += int(here.sum())
                connection.execute(
                    f"UPDATE {table(lang)} SET heads = ?, free = ?, change = ? WHERE page = ?",
                    (kept_heads.tobytes(), free, change, page),
                )
        if taken != len(gone):
            raise ValueError("signatures are not where they should be")


def classes(connection: sqlite3.Connection, lang: Lang) -> list[int]:
    """The classes that have pages."""
    rows = connection.execute(
        f"SELECT DISTINCT page >> {_PLACE_BITS} FROM {table(lang)} ORDER BY page"
    )
    return [number for (number,) in rows]


def class_pages(connection: sqlite3.Connection, lang: Lang, number: int) -> list[int]:
    """The numbers of the pages of a class, ascending."""
    rows = connection.execute(
        f"SELECT page FROM {table(lang)} WHERE page BETWEEN ? AND ? ORDER BY page", _span(number)
    )
    return [page for (page,) in rows]


def page(connection: sqlite3.Connection, lang: Lang, number: int) -> Signed:
    """What lies on a page, free places (of id 0) included."""
    row = connection.execute(
        f"SELECT heads, signatures FROM {table(lang)} WHERE page = ?", (number,)
    ).fetchone()
    return _empty() if row is None else _signed(*row)


def all_pages(connection: sqlite3.Connection, lang: Lang) -> Iterator[Signed]:
    """All that is kept, by page."""
    rows = connection.execute(f"SELECT heads, signatures FROM {table(lang)} ORDER BY page")
    for heads, signatures in rows:
        yield _signed(heads, signatures)


def since(connection: sqlite3.Connection, lang: Lang, change: int) -> tuple[list[int], int]:
    """The pages written after ``change``, and the last change that has written one."""
    rows = connection.execute(
        f"SELECT page, change FROM {table(lang)} WHERE change > ?", (change,)
    ).fetchall()
    return [number for number, _ in rows], max((written for _, written in rows), default=change)


def place_of(number: int) -> tuple[int, int]:
    """The class of a page, and its place among the pages of that."""
    return number >> _PLACE_BITS, number & ((1 << _PLACE_BITS) - 1)


def _fill(
    connection: sqlite3.Connection, lang: Lang, number: int, signed: Signed, change: int
) -> None:
    """Put texts of one class where there is room, the rest on new pages."""
    # No statement here may need SQLite to keep a way back for itself, as INSERT OR REPLACE does:
    # FTS5 would write out what it has gathered each time, which costs more than all the rest.
    name = table(lang)
    rows = connection.execute(
        f"SELECT page FROM {name} WHERE free > 0 AND page BETWEEN ? AND ? ORDER BY page",
        _span(number),
    ).fetchall()
    put = 0
    for (open_page,) in rows:
        if put == len(signed):
            return
        kept = page(connection, lang, open_page)
        filled = _with(kept, signed[put:])
        put += _used(filled) - _used(kept)
        connection.execute(
            f"UPDATE {name} SET heads = ?, signatures = ?, free = ?, change = ? WHERE page = ?",
            (*_stored(filled), change, open_page),
        )
    following = _next_page(connection, lang, number)
    for start in range(put, len(signed), PAGE):
        connection.execute(
            f"INSERT INTO {name} (heads, signatures, free, change, page) VALUES (?, ?, ?, ?, ?)",
            (*_stored(signed[start : start + PAGE]), change, following),
        )
        following += 1


def _with(kept: Signed, signed: Signed) -> Signed:
    """A page with as many of some texts as it has room for."""
    free = np.flatnonzero(kept.heads["id"] == 0)[: len(signed)]
    heads, signatures = kept.heads.copy(), kept.signatures.copy()
    heads[free], signatures[free] = signed.heads[: len(free)], signed.signatures[: len(free)]
    more = signed[len(free) : len(free) + PAGE - len(kept)]
    return Signed(
        np.concatenate([heads, more.heads]), np.concatenate([signatures, more.signatures])
    )


def _used(signed: Signed) -> int:
    return int((signed.heads["id"] > 0).sum())


def _stored(signed: Signed) -> tuple[bytes, bytes, int]:
    """A page as columns: heads, signatures, and how many more texts it has room for."""
    return signed.heads.tobytes(), signed.signatures.tobytes(), PAGE - _used(signed)


def _next_page(connection: sqlite3.Connection, lang: Lang, number: int) -> int:
    first, last = _span(number)
    (highest,) = connection.execute(
        f"SELECT max(page) FROM {table(lang)} WHERE page BETWEEN ? AND ?", (first, last)
    ).fetchone()
    return first if highest is None else int(highest) + 1


def _heads(connection: sqlite3.Connection, lang: Lang, number: int) -> Iterator[tuple[int, Heads]]:
    """The pages of a class with their heads, which may be changed."""
    for number_of_page in class_pages(connection, lang, number):
        (heads,) = connection.execute(
            f"SELECT heads FROM {table(lang)} WHERE page = ?", (number_of_page,)
        ).fetchone()
        yield number_of_page, _as_heads(heads).copy()


def _by_class(heads: Heads) -> Iterator[tuple[int, Ids]]:
    """The classes of these units, and which are in each."""
    members = np.flatnonzero(heads["length"])
    classes = classes_of(heads["length"][members])
    order = np.argsort(classes, kind="stable")
    borders = np.flatnonzero(np.diff(classes[order])) + 1
    for part in np.split(order, borders):
        if len(part):
            yield int(classes[part[0]]), members[part]


def _span(number: int) -> tuple[int, int]:
    """The first and the last page that a class can have."""
    return number << _PLACE_BITS, ((number + 1) << _PLACE_BITS) - 1


def _signed(heads: bytes, signatures: bytes) -> Signed:
    rows: Any = np.frombuffer(signatures, np.uint8).reshape(-1, _SIGNATURE)
    read = Signed(_as_heads(heads), rows)
    if len(rows) != len(read) or len(read) > PAGE:
        raise ValueError("a page of signatures is damaged")
    return read


def _as_heads(stored: bytes) -> Heads:
    found: Any = np.frombuffer(stored, HEAD)
    return found  # type: ignore[no-any-return]


def _empty() -> Signed:
    return Signed(np.zeros(0, HEAD), np.zeros((0, _SIGNATURE), np.uint8))
