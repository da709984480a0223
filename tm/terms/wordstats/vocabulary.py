"""The different words of some texts, sorted, as one run of bytes that can be memory-mapped."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from tm.terms.wordstats.arrays import distinct

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

_END = b"\n"


class Vocabulary(Sequence[str]):
    """Strings by number, in the order of their UTF-8 bytes.

    ``blob`` holds them one after the other with line breaks between them; ``starts`` (int64,
    n + 1) says where each begins. ``backwards`` lists the numbers in the order of the strings read
    from their end, for look-ups by ending; without it there are none.
    """

    def __init__(self, blob: NDArray[np.uint8], starts: Ints, backwards: Numbers | None = None):
        self.blob = blob
        self.starts = starts
        self.backwards = backwards
        self._bytes = blob.data
        self._read: dict[int, str] = {}

    @classmethod
    def of(cls, words: Sequence[str], *, with_endings: bool = False) -> Vocabulary:
        """The vocabulary of ``words``, which are distinct and sorted."""
        encoded = [word.encode() for word in words]
        lengths = np.fromiter((len(word) + 1 for word in encoded), np.int64, len(encoded))
        starts = np.concatenate([[1], 1 + np.cumsum(lengths)]).astype(np.int64)
        blob = np.frombuffer(_END + b"".join(word + _END for word in encoded), dtype=np.uint8)
        backwards = None
        if with_endings:
            order = sorted(range(len(words)), key=lambda number: words[number][::-1])
            backwards = np.array(order, dtype=np.int32)
        return cls(blob, starts, backwards)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def __getitem__(self, number: int) -> str:  # type: ignore[override]  # no slices
        word = self._read.get(number)
        if word is None:
            start, end = int(self.starts[number]), int(self.starts[number + 1]) - 1
            word = self._read[number] = str(self._bytes[start:end], "utf-8")
        return word

    def number(self, word: str) -> int | None:
        place = self._first_at_least(word.encode())
        return place if place < len(self) and self[place] == word else None

    def starting(self, beginning: str) -> range:
        """The numbers of the words that begin so."""
        first = beginning.encode()
        return range(self._first_at_least(first), self._first_at_least(first + b"\xff"))

    def ending(self, end: str) -> Ints:
        """The numbers of the words that end so, in no particular order."""
        assert self.backwards is not None
        wanted = end[::-1]
        order = self.backwards
        low = bisect_left(order, wanted, key=lambda n: self[n][::-1])
        high = bisect_left(order, wanted + "\U0010ffff", key=lambda n: self[n][::-1])
        return np.asarray(order[low:high], dtype=np.int64)

    def containing(self, letters: str) -> Ints:
        """The numbers of the words with these letters anywhere, ascending."""
        wanted = letters.encode()
        whole = self._whole
        found = []
        at = whole.find(wanted)
        while at >= 0:
            found.append(at)
            at = whole.find(wanted, at + 1)
        numbers = np.searchsorted(self.starts, np.array(found, dtype=np.int64), side="right") - 1
        return distinct(numbers)

    @cached_property
    def _whole(self) -> bytes:
        return self._bytes.tobytes()

    def _first_at_least(self, wanted: bytes) -> int:
        view, starts = self._bytes, self.starts
        low, high = 0, len(self)
        while low < high:
            middle = (low + high) // 2
            if bytes(view[int(starts[middle]) : int(starts[middle + 1]) - 1]) < wanted:
                low = middle + 1
            else:
                high = middle
        return low


def sorted_words(words: Iterable[str]) -> list[str]:
    """The words in the order that :class:`Vocabulary` needs: by code point, as UTF-8 sorts."""
    return sorted(set(words))
