"""The signatures that a process holds in memory, and the nearest of them.

The first question reads those classes of lengths (:mod:`tm.search.pages`) that it has to look at,
so that a process that has one question need not wait for all; the second one reads the rest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt

from align.article import Lang
from align.threads import one_faiss_thread
from tm.search import pages
from tm.search.pages import PAGE
from tm.search.signatures import (
    BITS,
    BITS_PER_LETTER,
    HEAD,
    LONGEST,
    Bytes,
    Heads,
    Signed,
    signatures,
)

# What texts that are similar enough differ by at most, in practice: so much of the bits that would
# differ if each letter of the text asked for had bits of its own, and a few more. (Letters that
# differ come in runs, and pairs that come twice or share their bit change nothing.)
_TYPICAL, _SPARE_BITS = 0.72, 5
# That a letter has bits of its own is believed of no text less than so.
_LEAST_OWN = 0.4

# The nearest texts that are put in order, how many times more where most of them are repetitions,
# and of how many one is looked at to tell how near those are.
_NEAREST, _MORE, _SAMPLED_IN = 3000, 8, 16

_Distances = npt.NDArray[np.int32]


class Held:
    """The signatures of one language in memory.

    Parameters
    ----------
    making: the number by which a making of the index is told from every other one.
    """

    def __init__(self, lang: Lang, making: int) -> None:
        self.making = making
        self._lang = lang
        self._change = -1
        self._classes: dict[int, _Class] = {}
        self._is_whole = False

    def catch_up(self, connection: sqlite3.Connection) -> None:
        """See what other processes, and this one, have changed since the last time."""
        changed, self._change = pages.since(connection, self._lang, self._change)
        for page in changed if self._classes else ():
            number, place = pages.place_of(page)
            if number in self._classes:
                self._classes[number].put(place, pages.page(connection, self._lang, page))

    def nearest(
        self, connection: sqlite3.Connection, folded: str, length: int, minimum: int
    ) -> list[int]:
        """A unit for each text that may be ``minimum`` % similar to one of ``length`` characters,
        the most similar first as far as signatures tell; not all if there are very many."""
        if self._classes and not self._is_whole:
            for number in pages.classes(connection, self._lang):
                self._class(connection, number)
            self._is_whole = True
        asked = _Asked.of(folded, length, minimum)
        first, last = pages.classes_of([asked.shortest, asked.longest]).tolist()
        numbers = np.arange(first, last + 1)
        classes = [self._class(connection, number) for number in numbers.tolist()]
        with one_faiss_thread():
            distances = [held.distances(asked.signature) for held in classes]
        most = asked.most_bits(np.maximum(pages.longest_of(numbers), length)).tolist()
        for wanted in (_NEAREST * _MORE**more for more in count()):
            share = _share_of_nearest(wanted, distances, most)
            near = [
                held.nearer_than(far, share * bits)
                for held, far, bits in zip(classes, distances, most, strict=True)
            ]
            heads, unlike = asked.possible(*map(np.concatenate, zip(*near, strict=True)))
            ids = _distinct(heads, unlike)
            if share == 1 or len(ids) * 2 > len(heads):
                break
        return ids

    def _class(self, connection: sqlite3.Connection, number: int) -> _Class:
        held = self._classes.get(number)
        if held is None:
            numbers = pages.class_pages(connection, self._lang, number)
            held = self._classes[number] = _Class(len(numbers))
            for page in numbers:
                held.put(pages.place_of(page)[1], pages.page(connection, self._lang, page))
        return held


class _Class:
    """The texts of one class of lengths, so many pages at first; free places have the id 0."""

    def __init__(self, size: int) -> None:
        self._held = _places(size * PAGE)

    def put(self, place: int, signed: Signed) -> None:
        """Hold what lies on the page of that place."""
        start, room = place * PAGE, (place + 1) * PAGE
        if room > len(self._held):
            more = _places(max(room, len(self._held) * 5 // 4) - len(self._held))
            self._held = Signed(
                np.concatenate([self._held.heads, more.heads]),
                np.concatenate([self._held.signatures, more.signatures]),
            )
        self._held.heads[start : start + len(signed)] = signed.heads
        self._held.signatures[start : start + len(signed)] = signed.signatures

    def distances(self, signature: Bytes) -> _Distances:
        """In how many bits each text differs from one of that signature."""
        from faiss import hammings, swig_ptr  # type: ignore[attr-defined]

        held = self._held.signatures
        distances: _Distances = np.empty(len(held), np.int32)
        if len(held):
            asked, texts, to = swig_ptr(signature), swig_ptr(held), swig_ptr(distances)
            hammings(asked, texts, 1, len(held), BITS // 8, to)
        return distances

    def nearer_than(self, distances: _Distances, most: float) -> tuple[Heads, _Distances]:
        """The texts of which no more bits differ, and how many do."""
        near = np.flatnonzero(distances <= int(most))
        near = near[self._held.heads["id"][near] > 0]
        return self._held.heads[near], distances[near]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A text to look for: its signature, its length, how similar others must be, how long those
    can be, and the share of its letters that have bits of their own."""

    signature: Bytes
    length: int
    minimum: int
    shortest: int
    longest: int
    own_bits: float

    @classmethod
    def of(cls, folded: str, length: int, minimum: int) -> _Asked:
        (signature,) = signatures([folded])
        own_bits = int(np.unpackbits(signature).sum()) / max(len(folded) - 1, 1)
        shortest, longest = -(-length * minimum // 100), min(length * 100 // minimum, LONGEST)
        return cls(signature, length, minimum, shortest, longest, max(own_bits, _LEAST_OWN))

    def most_bits(self, longer: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
        """How many bits and characters may differ if the longer text has so many characters."""
        letters = longer * (100 - self.minimum) // 100
        typical = np.int64(_TYPICAL * BITS_PER_LETTER * self.own_bits * 1000) * letters // 1000
        most: npt.NDArray[np.int64] = np.minimum(BITS_PER_LETTER * letters, typical + _SPARE_BITS)
        return most

    def possible(
        self, heads: Heads, distances: _Distances
    ) -> tuple[Heads, npt.NDArray[np.float64]]:
        """The texts that may be similar, and how unlike they are."""
        lengths = heads["length"].astype(np.int64)
        # Bits differ by all pairs of a word left out, but by those of both where one takes the
        # place of another, though the texts differ by as much: the lengths tell them apart.
        differing = distances + abs(lengths - self.length)
        longer = np.maximum(lengths, self.length)
        possible = (self.shortest <= lengths) & (lengths <= self.longest)
        possible &= differing <= self.most_bits(longer)
        return heads[possible], (differing / longer)[possible]


def _distinct(heads: Heads, unlike: npt.NDArray[np.float64]) -> list[int]:
    """A unit of each text, the least unlike first."""
    order = np.lexsort((heads["id"], unlike))
    first = np.sort(np.unique(heads["key"][order], return_index=True)[1])
    ids: list[int] = heads["id"][order[first]].tolist()
    return ids


def _share_of_nearest(wanted: int, distances: Sequence[_Distances], most: Sequence[int]) -> float:
    """The share of the bits that may differ by which about as many texts as are ``wanted`` are
    told from all others; 1 if no more than that may be similar."""
    if sum(map(len, distances)) <= wanted:
        return 1.0
    shares = np.concatenate(
        [far[::_SAMPLED_IN] / max(bits, 1) for far, bits in zip(distances, most, strict=True)]
    )
    place = wanted // _SAMPLED_IN
    return 1.0 if place >= len(shares) else min(float(np.partition(shares, place)[place]), 1.0)


def _places(number: int) -> Signed:
    return Signed(np.zeros(number, HEAD), np.zeros((number, BITS // 8), np.uint8))
