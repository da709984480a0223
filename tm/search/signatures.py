"""Signatures of texts: 512 bits each, of which texts that share letters share many.

Each pair of neighbouring letters of the folded text sets the bit that its hash names. Changing a
letter changes two pairs, so the number of bits in which two signatures differ (Hamming's distance)
is at most four times the number of letters in which the texts differ, and in practice a good guide
to it. Bits are compared a thousand times faster than texts: all texts of a memory are looked
through for near signatures, and only the hundred or two nearest are compared letter by letter
(:mod:`tm.search.fuzzy`). Fingerprints of this kind were proposed by Broder (*On the resemblance
and containment of documents*, 1997); nothing here is random, so equal texts find equal neighbours.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tm.search.fold import plain

BITS = 512

#: A letter changed, left out or put in changes the pairs before and after it, at most four bits.
BITS_PER_LETTER = 4

#: Longer texts, in characters, have no signature.
LONGEST = 10_000

#: What the index keeps of a text besides its signature: its unit (0: none), the characters of the
#: plain text, and a number that only equal plain texts share.
HEAD = np.dtype([("id", "<u4"), ("length", "<u4"), ("key", "<i8")])

Heads = npt.NDArray[np.void]
Bytes = npt.NDArray[np.uint8]

# Characters signed at a time, to bound the memory it takes.
_AT_A_TIME = 500_000

_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2⁶⁴ over the golden ratio (Knuth, TAOCP 3, 6.4)
_FIRST_LETTER = np.uint64(0x1000193)
# Odd numbers to multiply the eight bytes with that a row of a page has each, and add up.
_ODD = (
    _SPREAD * np.arange(1, 2 * (BITS // 64 + HEAD.itemsize // 8), 2, dtype=np.uint64)
) | np.uint64(1)
_TOP_BITS = np.uint64(64 - (BITS - 1).bit_length())


@dataclass(frozen=True, slots=True)
class Signed:
    """Texts as the index keeps them: their heads, and their signatures (shape (texts, 64))."""

    heads: Heads
    signatures: Bytes

    def __len__(self) -> int:
        return len(self.heads)

    def __getitem__(self, chosen: npt.NDArray[np.generic] | slice) -> Signed:
        return Signed(self.heads[chosen], self.signatures[chosen])

    def digest(self) -> int:
        """A number that tells which texts of some length, and which signatures, these are; the
        order does not matter, and numbers of parts add up to that of the whole."""
        kept = self.heads["length"] > 0
        heads, signed = self.heads[kept], self.signatures[kept]
        rows = np.hstack([heads.view(np.uint64).reshape(-1, 2), signed.view(np.uint64)])
        mixed = (rows * _ODD).sum(axis=1, dtype=np.uint64)
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _SPREAD
        return int((mixed >> np.uint64(16)).sum())


def heads_of(ids: Sequence[int], texts: Sequence[str], keys: Sequence[int]) -> Heads:
    """The heads of units with these texts; a length of 0 where a text has no signature."""
    lengths = [len(plain(text)) for text in texts]
    heads = np.zeros(len(ids), HEAD)
    heads["id"] = ids
    heads["length"] = [length if length <= LONGEST else 0 for length in lengths]
    heads["key"] = keys
    return heads


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
