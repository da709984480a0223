"""Signatures of texts: 512 bits each, of which texts that share letters share many.

Each pair of neighbouring letters of the folded text sets the bit that its hash names. Changing a
letter changes two pairs, so the number of bits in which two signatures differ (Hamming's distance)
is at most four times the number of letters in which the texts differ, and in practice a good guide
to it. Bits are compared a thousand times faster than texts: all texts of a memory are looked
through for the nearest signatures, and only those few hundred texts are compared letter by letter
(:mod:`tm.search.fuzzy`). Fingerprints of this kind were proposed by Broder (*On the resemblance
and containment of documents*, 1997); nothing here is random, so equal texts find equal neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from align.threads import one_faiss_thread
from tm.search.fold import key_of_plain, plain

BITS = 512

#: A letter changed, left out or put in changes the pairs before and after it, at most four bits.
BITS_PER_LETTER = 4

#: Longer texts, in characters, have no signature.
LONGEST = 10_000

#: What the index keeps of a text: a number that only equal plain texts share, the characters of
#: the plain text (0: there is no text), and the signature.
SLOT = np.dtype([("key", "<i8"), ("length", "<u4"), ("signature", "u1", (BITS // 8,))])

Slots = npt.NDArray[np.void]
Bytes = npt.NDArray[np.uint8]

# Characters signed at a time, to bound the memory it takes.
_AT_A_TIME = 500_000

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ over the golden ratio (Knuth, TAOCP 3, 6.4)
_FIRST_LETTER = np.uint64(0x1000193)
_TOP_BITS = np.uint64(64 - (BITS - 1).bit_length())


def slots_of(texts: Sequence[str], folded: Sequence[str]) -> Slots:
    """The slots of texts, given as they are and folded, in order."""
    forms = [plain(text) for text in texts]
    slots = np.zeros(len(texts), SLOT)
    slots["length"] = [len(form) if len(form) <= LONGEST else 0 for form in forms]
    slots["key"] = [key_of_plain(form) for form in forms]
    slots["signature"] = signatures([text if len(text) <= LONGEST else "" for text in folded])
    return slots


def signatures(folded: Sequence[str]) -> Bytes:
    """The signatures of folded texts, shape (texts, 64)."""
    signed = [_signed(folded[start:end]) for start, end in _portions(folded)]
    return np.concatenate(signed) if signed else np.zeros((0, BITS // 8), np.uint8)


def _signed(folded: Sequence[str]) -> Bytes:
    ended = "".join(text + "\0" for text in folded)  # no folded text holds a NUL
    letters = np.frombuffer(ended.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint64)
    ends = letters == 0
    row = np.cumsum(ends) - ends
    is_pair = ~(ends[:-1] | ends[1:])
    pairs = (letters[:-1] * _FIRST_LETTER + letters[1:])[is_pair]
    bit = (pairs * _SPREAD) >> _TOP_BITS
    flags = np.zeros(len(folded) * BITS, np.bool_)
    flags[row[:-1][is_pair] * BITS + bit.astype(np.int64)] = True
    packed: Bytes = np.packbits(flags.reshape(len(folded), BITS), axis=1)
    return packed


def _portions(folded: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Where to cut a list of texts so that each portion has not too many characters."""
    start = size = 0
    for place, text in enumerate(folded):
        if size and size + len(text) > _AT_A_TIME:
            yield start, place
            start, size = place, 0
        size += len(text)
    if start < len(folded):
        yield start, len(folded)


class Block:
    """Slots of units, by length: a part of what a process holds in memory."""

    def __init__(self, ids: npt.NDArray[np.int64], slots: Slots):
        order = np.argsort(slots["length"], kind="stable")
        self.ids = ids[order]
        self.keys: npt.NDArray[np.int64] = slots["key"][order]
        self.lengths = slots["length"][order].astype(np.int64)
        self.signatures = np.ascontiguousarray(slots["signature"][order])

    @property
    def size(self) -> int:
        return len(self.ids)

    def drop(self, gone: npt.NDArray[np.bool_]) -> None:
        """Let no search name these again (marked in the order of :attr:`ids`)."""
        self.ids[gone] = 0

    def slots(self) -> tuple[npt.NDArray[np.int64], Slots]:
        """The ids and slots that are left."""
        left = self.ids != 0
        slots = np.zeros(int(left.sum()), SLOT)
        for name, column in (
            ("key", self.keys),
            ("length", self.lengths),
            ("signature", self.signatures),
        ):
            slots[name] = column[left]
        return self.ids[left], slots

    def nearest(
        self, signature: Bytes, lengths: tuple[int, int], most: int
    ) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
        """Places of the ``most`` nearest signatures of texts so long (both ends included), and
        their distances in bits; nearest first."""
        import faiss

        low = int(np.searchsorted(self.lengths, lengths[0], side="left"))
        high = int(np.searchsorted(self.lengths, lengths[1], side="right"))
        if low >= high:
            return np.zeros(0, np.int64), np.zeros(0, np.int64)
        with one_faiss_thread():
            distances, places = faiss.knn_hamming(
                signature[None], self.signatures[low:high], min(most, high - low)
            )
        return places[0].astype(np.int64) + low, distances[0].astype(np.int64)


def no_slots() -> tuple[npt.NDArray[np.int64], Slots]:
    return np.zeros(0, np.int64), np.zeros(0, SLOT)


def as_slots(stored: bytes) -> Slots:
    """Slots from their bytes."""
    found: Any = np.frombuffer(stored, SLOT)
    return found  # type: ignore[no-any-return]
