"""How often words and phrases occur in a memory at all, and together: the ground for suggestions.

A phrase that stands in many units with the term may just be frequent everywhere. The words of all
units are kept as word statistics (:mod:`tm.terms.wordstats`): those of a memory in a file beside
it, those of any other source of units in memory for as long as the source lives and is unchanged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Protocol
from weakref import WeakKeyDictionary

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from tm.terms.spelling import spelling_variants
from tm.terms.wordstats.segment import Segment
from tm.terms.wordstats.texts import NO_KEY, Texts
from tm.unit import TranslationUnit

if TYPE_CHECKING:
    from tm.store import Store
    from tm.terms.wordstats.keeping import Progress

Ints = NDArray[np.int64]


class UnitSource(Protocol):
    """What suggestions and consistency checks need of a memory."""

    def units(self) -> Iterator[TranslationUnit]: ...

    def units_containing(self, text: str, lang: Lang) -> list[TranslationUnit]: ...

    def unit_count(self) -> int: ...


@dataclass(frozen=True)
class Part:
    """A segment of word statistics: some units of one memory.

    Attributes
    ----------
    hidden: (n,) which of its units are no longer there, or rejected; None if none is.
    load: the units at some places of the segment, in their order.
    memory: the memory's name where several are asked; ``penalty`` how many per cent less what it
        has is worth.
    """

    segment: Segment
    load: Callable[[Sequence[int]], list[TranslationUnit]]
    hidden: NDArray[np.bool_] | None = None
    memory: str = ""
    penalty: int = 0

    def shown(self, units: Ints) -> NDArray[np.bool_]:
        """Which of these units (places in the segment) are there and not rejected."""
        if self.hidden is None:
            return np.ones(len(units), dtype=bool)
        return ~self.hidden[units]


class Background:
    """The word statistics of a memory, or of several."""

    def __init__(self, parts: Sequence[Part]):
        self.parts = tuple(parts)

    @cached_property
    def size(self) -> int:
        """How many units there are."""
        hidden = sum(int(part.hidden.sum()) for part in self.parts if part.hidden is not None)
        return sum(len(part.segment) for part in self.parts) - hidden

    def texts(self, lang: Lang) -> list[Texts]:
        return [part.segment.texts(lang) for part in self.parts]

    def may_hold(self, term: str) -> bool:
        """Whether the letters of a Korean term, in any of its spellings, stand in some unit; of a
        term of several words, whether each of them does."""
        for form in spelling_variants(term):
            words = [w[:-2] if w.endswith("다") and len(w) > 3 else w for w in form.split()]
            for texts in self.texts("ko"):
                if all(len(texts.forms.containing(word[:2])) for word in words):
                    return True
        return False

    def frequent_stems(self, at_least: int) -> list[str]:
        """Korean word stems that stand in ``at_least`` units or more, the most frequent first."""
        counts: dict[str, int] = {}
        for texts in self.texts("ko"):
            for key in np.flatnonzero(texts.key_units).tolist():
                if key != NO_KEY:
                    stem = texts.keys[key]
                    counts[stem] = counts.get(stem, 0) + int(texts.key_units[key])
        frequent = [(n, stem) for stem, n in counts.items() if n >= at_least]
        return [stem for _, stem in sorted(frequent, key=lambda item: (-item[0], item[1]))]


def background_of(memory: UnitSource, *, progress: Progress | None = None) -> Background:
    """The word statistics of a memory, of several, or of any source of units.

    They are made when they are first asked for, which takes seconds for a hundred thousand units
    (``progress`` is told how many are done and of how many), kept, and caught up with the memory
    when it has changed.
    """
    members = getattr(memory, "members", None)
    if members is None:
        return Background(_parts(memory, "", 0, progress))
    several = len(members) > 1
    return Background(
        [
            part
            for member, name, penalty in members
            for part in _parts(member, name * several, penalty, progress)
        ]
    )


_KEPT: WeakKeyDictionary[UnitSource, tuple[object, list[Part]]] = WeakKeyDictionary()


def _parts(memory: UnitSource, name: str, penalty: int, progress: Progress | None) -> list[Part]:
    stamp = _stamp(memory)
    kept = _KEPT.get(memory)
    if kept is None or kept[0] != stamp:
        kept = stamp, list(_made(memory, progress))
        _KEPT[memory] = kept
    return [Part(p.segment, p.load, p.hidden, name, penalty) for p in kept[1]]


def _stamp(memory: UnitSource) -> object:
    """What changes when the memory does: of a store the number of its last change."""
    store = getattr(memory, "store", None)
    return memory.unit_count() if store is None else int(store.change())


def _made(memory: UnitSource, progress: Progress | None) -> Iterable[Part]:
    store = getattr(memory, "store", None)
    if store is not None:
        from tm.terms.wordstats.keeping import Kept

        held = Kept.of(store, progress)
        return [Part(s, _loader(store, s), hidden) for s, hidden in held.segments()]
    from tm.terms.wordstats.building import segment_of

    units = [unit for unit in memory.units() if unit.status != "rejected"]
    return [Part(segment_of(units), lambda places: [units[place] for place in places])]


def _loader(store: Store, segment: Segment) -> Callable[[Sequence[int]], list[TranslationUnit]]:
    def load(places: Sequence[int]) -> list[TranslationUnit]:
        return store.load([int(segment.ids[place]) for place in places])

    return load
