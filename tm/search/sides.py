"""Units made ready for the index: the tokens and signatures of both sides, batch by batch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.article import Lang
from tm.search.fold import levelled, squeezed
from tm.search.ranks import rank_of
from tm.search.tokens import tokens_of

if TYPE_CHECKING:
    from tm.search.signatures import Heads, Signed

#: A unit as the index takes it: id, source (Korean), target (English), date in ISO 8601 or none,
#: and the keys of both texts (:func:`tm.search.fold.key`).
IndexedUnit = tuple[int, str, str, str | None, int, int]

# Units and characters indexed at a time: enough to be quick, few enough to hold.
_BATCH, _BATCH_CHARACTERS = 20_000, 10_000_000


@dataclass(frozen=True, slots=True)
class Side:
    """One side of some units, made ready for the index; ``tokens`` are by rank, ascending."""

    lang: Lang
    ids: list[int]
    texts: list[str]
    keys: list[int]
    folded: list[str]
    tokens: list[tuple[int, str]]

    def heads(self) -> Heads:
        from tm.search.signatures import heads_of

        return heads_of(self.ids, self.texts, self.keys)

    def signed(self) -> Signed:
        from tm.search.signatures import Signed, signatures

        return Signed(self.heads(), signatures(self.folded))


def sides(units: list[IndexedUnit]) -> Iterator[Side]:
    """Both sides of some units."""
    ids = [unit[0] for unit in units]
    ranks = [rank_of(unit[0], unit[3]) for unit in units]
    columns: tuple[tuple[Lang, list[str], list[int]], ...] = (
        ("ko", [unit[1] for unit in units], [unit[4] for unit in units]),
        ("en", [unit[2] for unit in units], [unit[5] for unit in units]),
    )
    for lang, texts, keys in columns:
        level = list(map(levelled, texts))
        folded = list(map(squeezed, level))
        tokens = (tokens_of(*forms, lang) for forms in zip(level, folded, strict=True))
        yield Side(lang, ids, texts, keys, folded, sorted(zip(ranks, tokens, strict=True)))


def batches(units: Iterable[IndexedUnit]) -> Iterator[list[IndexedUnit]]:
    """Lists of so many units, or characters, that a whole memory need not be held."""
    batch: list[IndexedUnit] = []
    characters = 0
    for unit in units:
        batch.append(unit)
        characters += len(unit[1]) + len(unit[2])
        if len(batch) == _BATCH or characters > _BATCH_CHARACTERS:
            yield batch
            batch, characters = [], 0
    if batch:
        yield batch
