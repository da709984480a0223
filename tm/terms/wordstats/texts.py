"""One language of some units as sequences of word numbers.

A text is cut into words and the gaps between them, so nothing of it is lost: joined again they are
the text. The words of all texts stand in one long array, a sentinel behind the last word of each.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tm.terms.wordstats.arrays import distinct, is_in
from tm.terms.wordstats.vocabulary import Vocabulary

Ints = NDArray[np.int64]
Numbers = NDArray[np.int32]

#: The number of the sentinel, the empty word; and of the key of what has no key.
SENTINEL = 0
NO_KEY = 0


@dataclass(frozen=True)
class Texts:
    """The texts of n units in one language, T words in all (sentinels included).

    Attributes
    ----------
    forms, keys: the words as written, and what inflected forms share (English) or what is left
        without particles (Korean).
    stream: (T,) numbers of forms; ``gaps`` (T,) numbers of the gap before each.
    gap_texts: the different gaps; ``gap_traits`` bits that describe each (see ``building``).
    starts: (n + 1,) where the words of each unit begin in ``stream``.
    key_of: the key of each form; ``traits`` bits that describe it (see ``building``).
    form_counts: how often each form stands in the texts; ``cumulated`` their sum before it.
    key_starts, key_places: for each key where in ``stream`` it stands, ascending.
    key_units: in how many units each key stands.
    key_hashes: 64 bits for each key, the same in all segments; ``hash_order`` sorts them.
    """

    forms: Vocabulary
    keys: Vocabulary
    gap_texts: Vocabulary
    stream: Numbers
    gaps: Numbers
    gap_traits: NDArray[np.uint16]
    starts: Ints
    key_of: Numbers
    traits: NDArray[np.uint16]
    form_counts: Numbers
    cumulated: Ints
    key_starts: Ints
    key_places: Numbers
    key_units: Numbers
    key_hashes: NDArray[np.uint64]
    hash_order: Numbers

    def arrays(self) -> dict[str, NDArray[Any]]:
        """All arrays by name, those of the vocabularies too; :meth:`from_arrays` takes them."""
        found: dict[str, NDArray[Any]] = {}
        for field in fields(self):
            value = getattr(self, field.name)
            if not isinstance(value, Vocabulary):
                found[field.name] = value
                continue
            found[f"{field.name}.blob"] = value.blob
            found[f"{field.name}.starts"] = value.starts
            if value.backwards is not None:
                found[f"{field.name}.backwards"] = value.backwards
        return found

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[Any]]) -> Texts:
        values: dict[str, Any] = {}
        for field in fields(cls):
            if field.name in arrays:
                values[field.name] = arrays[field.name]
            else:
                blob, starts = (arrays[f"{field.name}.{part}"] for part in ("blob", "starts"))
                backwards = arrays.get(f"{field.name}.backwards")
                values[field.name] = Vocabulary(blob, starts, backwards)
        return cls(**values)

    def unit_at(self, places: Ints) -> Ints:
        """The units in which these places of the stream are."""
        return np.searchsorted(self.starts, places, side="right") - 1

    def places_of_key(self, key: int) -> Numbers:
        return self.key_places[self.key_starts[key] : self.key_starts[key + 1]]

    def places_of_forms(self, forms: Ints | list[int]) -> Ints:
        """Where any of these forms stands, ascending."""
        wanted = np.asarray(forms, dtype=np.int64)
        if not len(wanted):
            return np.zeros(0, dtype=np.int64)
        by_key = distinct(self.key_of[wanted])
        parts = [self.places_of_key(key) for key in by_key]
        places = np.concatenate(parts).astype(np.int64)
        kept = places[is_in(self.stream[places], wanted)]
        kept.sort()
        return kept

    def keys_of_hashes(self, hashes: NDArray[np.uint64]) -> Ints:
        """The keys with these hashes, -1 where there is none."""
        found = np.searchsorted(self.key_hashes, hashes, sorter=self.hash_order)
        keys = self.hash_order[np.minimum(found, len(self.hash_order) - 1)].astype(np.int64)
        return np.where(self.key_hashes[keys] == hashes, keys, -1)

    def words_of(self, unit: int) -> list[str]:
        """The keys of the words of a unit, those without one left out."""
        numbers = self.key_of[self.stream[self.starts[unit] : self.starts[unit + 1]]]
        return [self.keys[key] for key in numbers.tolist() if key != NO_KEY]

    def text(self, first: int, after: int) -> str:
        """What stands from one place of the stream up to before another, without outer gaps."""
        parts = []
        for place in range(first, after):
            if place > first:
                parts.append(self.gap_texts[int(self.gaps[place])])
            parts.append(self.forms[int(self.stream[place])])
        return "".join(parts)

    def offset(self, place: int) -> int:
        """Where in the text of its unit the word at a place begins, in characters."""
        start = int(self.starts[np.searchsorted(self.starts, place, side="right") - 1])
        gaps = sum(len(self.gap_texts[int(gap)]) for gap in self.gaps[start : place + 1])
        return gaps + sum(len(self.forms[int(form)]) for form in self.stream[start:place])

    def whole_text(self, unit: int) -> str:
        start, after = int(self.starts[unit]), int(self.starts[unit + 1])
        parts = []
        for place in range(start, after):
            parts.append(self.gap_texts[int(self.gaps[place])])
            parts.append(self.forms[int(self.stream[place])])
        return "".join(parts)
