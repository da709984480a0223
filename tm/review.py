"""The beads worth a second look, least certain first."""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from align.alignment import Bead
from align.output import AlignedPair


@dataclass(frozen=True, slots=True)
class Doubtful:
    """A bead, its number in its article, and the article."""

    pair: AlignedPair
    number: int
    bead: Bead


class Review:
    """The least certain beads of many articles, nulls among them.

    Beads that a person has fixed are not reviewed. Of beads that are equally certain the first
    comes first. Only ``offset + limit`` of them, and their articles, are kept in memory.
    """

    def __init__(self, limit: int, offset: int = 0):
        self.limit = limit
        self.offset = offset
        self.total = 0
        self._least: list[Doubtful] = []

    def watch(self, pairs: Iterable[AlignedPair]) -> Iterator[AlignedPair]:
        """``pairs`` as they are, looked at in passing."""
        for pair in pairs:
            doubtful = [
                Doubtful(pair, number, bead)
                for number, bead in enumerate(pair.alignment)
                if not bead.fixed
            ]
            self.total += len(doubtful)
            self._least = heapq.nsmallest(
                self.offset + self.limit,
                [*self._least, *doubtful],
                key=lambda item: item.bead.confidence,
            )
            yield pair

    def __iter__(self) -> Iterator[Doubtful]:
        return islice(self._least, self.offset, None)
