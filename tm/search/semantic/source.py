"""What the semantic index asks of a memory's store."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from hashlib import blake2b
from typing import Protocol

from tm.unit import TranslationUnit


class UnitSource(Protocol):
    """Live units by ascending id. A unit's texts never change, and no id is given twice."""

    def change(self) -> int:
        """The number of the last change."""

    def unit_count(self, *, after: int = 0) -> int:
        """How many live units have an id above ``after``."""

    def units(self, *, after: int = 0) -> Iterator[TranslationUnit]:
        """Live units whose id is above ``after``, by id."""

    def load(self, ids: Sequence[int]) -> list[TranslationUnit]:
        """Those of these units that are live, in this order."""

    def live(self, ids: Sequence[int]) -> Collection[int]:
        """Which of these ids are those of live units."""

    def unit(self, unit_id: int) -> TranslationUnit | None:
        """Also a unit that is no longer live."""


def text_mark(unit: TranslationUnit) -> int:
    """64 bits that tell a unit's two texts from others, so that no vector answers for a text
    it was not made from: a memory can be put back to an older state, or replaced by another."""
    both = f"{unit.source}\0{unit.target}".encode()
    return int.from_bytes(blake2b(both, digest_size=8).digest(), "little")
