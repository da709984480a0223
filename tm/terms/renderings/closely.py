"""The words of some hits one behind the other, and the runs of them that may be renderings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tm.terms.english import MAX_WORDS
from tm.terms.renderings.hits import Hits
from tm.terms.wordstats.texts import NO_KEY, SENTINEL
from tm.terms.wordstats.traits import (
    BARE,
    BLANK,
    BREAK,
    ENDS_IN_S,
    HYPHEN,
    INNER,
    OF,
    OF_THE,
    OWNER,
    OWNS,
    REGULAR_PAST,
    SHORT,
    STOP,
    UPPER,
    VERB,
)

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Words:
    """The words of the other side of some hits, a sentinel behind each text.

    Attributes
    ----------
    owner: (w,) which of the hits a word belongs to, from 0 in the order they were given in.
    part, place: its segment, and its place there.
    word: its key, as a number into ``hashes``.
    traits, gap: bits of the form and of the gap before it (:mod:`tm.terms.wordstats.traits`).
    is_end: whether it is a sentinel; ``has_key`` whether it counts at all.
    """

    owner: Ints
    part: Ints
    place: Ints
    word: Ints
    hashes: NDArray[np.uint64]
    traits: NDArray[np.uint16]
    gap: NDArray[np.uint16]
    is_end: Mask
    has_key: Mask

    @classmethod
    def of(cls, hits: Hits, close: Ints) -> Words:
        rows = []
        for number, part in enumerate(hits.background.parts):
            mine = np.flatnonzero(hits.part[close] == number)
            texts = part.segment.texts(hits.other)
            units = hits.unit[close[mine]]
            begin, sizes = texts.starts[units], texts.starts[units + 1] - texts.starts[units]
            within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
            place = np.repeat(begin, sizes) + within
            forms = texts.stream[place]
            keys = texts.key_of[forms]
            rows.append(
                (
                    np.repeat(mine, sizes),
                    np.full(len(place), number),
                    place,
                    texts.key_hashes[keys],
                    texts.traits[forms],
                    texts.gap_traits[texts.gaps[place]],
                    forms == SENTINEL,
                    keys != NO_KEY,
                )
            )
        columns = [np.concatenate(column) for column in zip(*rows, strict=True)]
        owner, part_of, place, hashed, traits, gap, is_end, has_key = columns
        hashes, word = np.unique(hashed, return_inverse=True)
        return cls(owner, part_of, place, word, hashes, traits, gap, is_end, has_key)

    def __len__(self) -> int:
        return len(self.word)


#: Words of the longest names: Democratic Front for the Reunification of the Fatherland.
LONGEST_NAME = 8

#: Runs of one length: the number of words, and for each run its first word in :class:`Words`.
Runs = tuple[int, Ints]


def english_runs(words: Words) -> Iterator[Runs]:
    """Runs of up to five words inside one clause that neither start nor end with a function word.

    *of*, *the*, *and* and the like may stand inside (Ministry of State Security). Longer ones are
    names.
    """

    def has(bit: int) -> Mask:
        found: Mask = (words.traits & bit) != 0
        return found

    stop, inner, upper, verb = has(STOP), has(INNER), has(UPPER), has(VERB)
    no_end = stop | verb | has(REGULAR_PAST)
    owns = np.concatenate([[False], has(ENDS_IN_S)[:-1]]) & ((words.gap & OWNS) != 0)
    breaks = ((words.gap & BREAK) != 0) & ~owns
    hyphen = (words.gap & HYPHEN) != 0
    before = [np.concatenate([[0], np.cumsum(has(bit))]) for bit in (STOP, OF_THE, OF)]
    capitals = np.concatenate([[0], np.cumsum(upper)])
    first = np.flatnonzero(~stop & ~has(SHORT) & ~words.is_end)
    yield 1, first
    first = first[~verb[first] & ~has(OWNER)[first] & ~hyphen[first]]
    for length in range(2, LONGEST_NAME + 1):
        last = first + length - 1
        alive = last < len(words) - 1
        first, last = first[alive], last[alive]
        alive = ~words.is_end[last] & ~breaks[last] & (~stop[last] | inner[last])
        first, last = first[alive], last[alive]
        stops, of_the, of = (total[last] - total[first] for total in before)
        is_name = upper[first] & upper[last]
        joins = np.where((of > 0) & (of_the == stops), upper[first] | ~upper[last], is_name)
        joins = ((stops == 0) | joins) & (stops <= (2 if length <= MAX_WORDS else 4))
        if length > MAX_WORDS:
            joins &= (capitals[last + 1] - capitals[first] + stops) == length
        yield length, first[joins & ~no_end[last] & ~hyphen[last + 1]]


def korean_runs(words: Words) -> Iterator[Runs]:
    """Single words, and two of which the first has no particle."""
    first = np.flatnonzero(words.has_key & ~words.is_end)
    yield 1, first
    first = first[first + 1 < len(words)]
    beside = (words.gap[first + 1] & BLANK) != 0
    bare = (words.traits[first] & BARE) != 0
    yield 2, first[words.has_key[first + 1] & ~words.is_end[first + 1] & beside & bare]
