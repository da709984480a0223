"""Signatures on disk, and the copy of them that a process holds.

The signatures of a language lie in pages of 512 slots, each unit's in the slot that its id names
(see :data:`tm.search.signatures.SLOT`); a slot of zeros is free. A page carries the number of the
change that last wrote it, so a process that holds all signatures in memory catches up with other
processes by reading the pages of later changes only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from align.article import Lang
from tm.search.signatures import (
    BITS_PER_LETTER,
    SLOT,
    Block,
    Slots,
    as_slots,
    no_slots,
    signatures,
)

_PAGE = 512

# Blocks of changes are joined to the main block when they have grown to this share of it.
_SHARE = 8
_SMALL = 4096

# Signatures looked at closely, and how many more where many of those are of one and the same text.
_NEAREST = 2000
_MORE = 8

Ids = npt.NDArray[np.int64]


def table(lang: Lang) -> str:
    return f"search_signatures_{lang}"


def make(connection: sqlite3.Connection, lang: Lang) -> None:
    name = table(lang)
    connection.execute(
        f"CREATE TABLE {name} (page INTEGER PRIMARY KEY, change INTEGER, slots BLOB)"
    )
    connection.execute(f"CREATE INDEX {name}_change ON {name} (change)")


def put(
    connection: sqlite3.Connection, lang: Lang, ids: Sequence[int], slots: Slots, change: int
) -> None:
    """Keep the slots of units."""
    _write(connection, lang, np.array(ids, np.int64), slots, change)


def take(connection: sqlite3.Connection, lang: Lang, ids: Sequence[int], change: int) -> None:
    """Keep the signatures of units no longer."""
    _write(connection, lang, np.array(ids, np.int64), np.zeros(len(ids), SLOT), change)


def wrong(connection: sqlite3.Connection, lang: Lang, ids: Sequence[int], slots: Slots) -> int:
    """How many of these units have another slot than this."""
    numbers = np.array(ids, np.int64)
    pages = numbers // _PAGE
    right = 0
    for page in np.unique(pages).tolist():
        here = pages == page
        kept = _page(connection, lang, page)
        kept = _empty_page() if kept is None else kept
        right += int((kept[numbers[here] % _PAGE] == slots[here]).sum())
    return len(ids) - right


def size(connection: sqlite3.Connection, lang: Lang) -> int:
    """How many units have a slot."""
    return sum(len(ids) for _, _, ids, _ in since(connection, lang, -1))


def _write(connection: sqlite3.Connection, lang: Lang, ids: Ids, slots: Slots, change: int) -> None:
    # No statement here may need SQLite to keep a way back for itself, as INSERT OR REPLACE does:
    # FTS5 would write out what it has gathered each time, which costs more than all the rest.
    name = table(lang)
    pages = ids // _PAGE
    for page in np.unique(pages).tolist():
        here = pages == page
        kept = _page(connection, lang, page)
        statement = (
            f"INSERT INTO {name} (slots, change, page) VALUES (?, ?, ?)"
            if kept is None
            else f"UPDATE {name} SET slots = ?, change = ? WHERE page = ?"
        )
        written = _empty_page() if kept is None else kept
        written[ids[here] % _PAGE] = slots[here]
        connection.execute(statement, (written.tobytes(), change, page))


def _page(connection: sqlite3.Connection, lang: Lang, page: int) -> Slots | None:
    row = connection.execute(f"SELECT slots FROM {table(lang)} WHERE page = ?", (page,)).fetchone()
    return as_slots(row[0]).copy() if row else None


def _empty_page() -> Slots:
    return np.zeros(_PAGE, SLOT)


def since(
    connection: sqlite3.Connection, lang: Lang, change: int
) -> Iterator[tuple[int, int, Ids, Slots]]:
    """Of each page written after ``change``: its number, its change, the ids that have a slot in
    it, and their slots."""
    # The numbers first: a sorted query would copy all slots into its sorter.
    rows = connection.execute(
        f"SELECT page, change FROM {table(lang)} WHERE change > ?", (change,)
    ).fetchall()
    for page, written in sorted(rows):
        slots = _page(connection, lang, page)
        if slots is not None:
            taken = np.flatnonzero(slots["length"])
            yield page, written, taken + page * _PAGE, slots[taken]


class Held:
    """The signatures of one language in memory."""

    def __init__(self, lang: Lang) -> None:
        self._lang = lang
        self._change = -1
        self._blocks: list[Block] = []

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """See what other processes, and this one, have changed since the last time."""
        pages = list(since(connection, self._lang, self._change))
        if not pages:
            return
        if self._blocks:
            self._drop(np.array([page for page, *_ in pages], np.int64))
        ids = np.concatenate([part for _, _, part, _ in pages])
        slots = np.concatenate([part for *_, part in pages])
        self._change = max(written for _, written, *_ in pages)
        self._blocks.append(Block(ids, slots))
        self._join()

    def _drop(self, pages: Ids) -> None:
        """Forget what stood on pages that are read again."""
        for block in self._blocks:
            block.drop(np.isin(block.ids // _PAGE, pages))

    def _join(self) -> None:
        main, *changes = self._blocks
        if sum(block.size for block in changes) > max(_SMALL, main.size // _SHARE):
            parts = [no_slots(), *(block.slots() for block in self._blocks)]
            ids, slots = (np.concatenate(column) for column in zip(*parts, strict=True))
            self._blocks = [Block(ids, slots)]

    def nearest(self, folded: str, length: int, minimum: int) -> list[int]:
        """A unit for each text that may be ``minimum`` % similar to one of ``length`` characters,
        the most similar first as far as signatures tell; not all if there are very many."""
        if not self._blocks:
            return []
        lengths = -(-length * minimum // 100), length * 100 // minimum
        signature = signatures([folded])[0]
        most = _NEAREST
        while True:
            found = [self._in_block(block, signature, lengths, most) for block in self._blocks]
            is_full = any(len(ids) == most for ids, *_ in found)
            ids, keys, held, distances = (np.concatenate(c) for c in zip(*found, strict=True))
            distinct = np.sort(np.unique(keys, return_index=True)[1])
            if not is_full or len(distinct) * 2 > _NEAREST:
                break
            most *= _MORE
        ids, held, distances = ids[distinct], held[distinct], distances[distinct]
        longer = np.maximum(held, length)
        # Bits differ by all pairs of a word left out, but by those of both where one takes the
        # place of another, though the texts differ by as much: the lengths tell them apart.
        unlike = (distances + abs(held - length)) / longer
        possible = distances * 100 <= BITS_PER_LETTER * (100 - minimum) * longer
        order = np.argsort(unlike[possible], kind="stable")
        nearest: list[int] = ids[possible][order].tolist()
        return nearest

    def _in_block(
        self, block: Block, signature: npt.NDArray[np.uint8], lengths: tuple[int, int], most: int
    ) -> tuple[Ids, Ids, Ids, Ids]:
        """Ids, keys, lengths and distances of the nearest signatures of a block."""
        places, distances = block.nearest(signature, lengths, most)
        left = block.ids[places] != 0
        places, distances = places[left], distances[left]
        return block.ids[places], block.keys[places], block.lengths[places], distances
