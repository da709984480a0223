"""How often words and phrases occur in a memory at all, and together: the ground for suggestions.

A phrase that stands in many units with the term may just be frequent everywhere. The memory's
units, or an even share of them where there are very many, are read once and indexed by word; the
index lives as long as the memory object and is rebuilt when the memory changes.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Protocol
from weakref import WeakKeyDictionary

from align.article import Lang
from tm.terms.english import sentence_key
from tm.terms.particles import word_stems
from tm.terms.spelling import spelling_variants
from tm.unit import TranslationUnit

#: Units read for the statistics; more would cost seconds and change no ranking.
LARGEST = 20_000


class UnitSource(Protocol):
    """What suggestions and consistency checks need of a memory."""

    def units(self) -> Iterator[TranslationUnit]: ...

    def units_containing(self, text: str, lang: Lang) -> list[TranslationUnit]: ...

    def unit_count(self) -> int: ...


class Background:
    """Word indexes over both sides of a set of units.

    ``size`` is the number of units; ``english[i]`` is unit i's English as one line of word keys
    (see :func:`tm.terms.english.sentence_key`), ``korean[i]`` the set of its Korean word stems.
    """

    def __init__(self, units: Iterable[TranslationUnit]):
        self.english: list[str] = []
        self.korean: list[frozenset[str]] = []
        self.compact: list[str] = []
        self._english_words: defaultdict[str, list[int]] = defaultdict(list)
        self._korean_words: Counter[str] = Counter()
        for unit in units:
            self._add(unit)

    def _add(self, unit: TranslationUnit) -> None:
        number = len(self.english)
        line = sentence_key(unit.target)
        stems = frozenset(word_stems(unit.source))
        self.english.append(line)
        self.korean.append(stems)
        self.compact.append("".join(unit.source.split()))
        for word in set(line.split()):
            self._english_words[word].append(number)
        self._korean_words.update(stems)

    @property
    def size(self) -> int:
        return len(self.english)

    def units_with_phrase(self, key: str) -> list[int]:
        """The units whose English holds the phrase with this key."""
        parts = key.split()
        rarest = min(parts, key=lambda part: len(self._english_words.get(part, ())))
        numbers = self._english_words.get(rarest, [])
        if len(parts) == 1:
            return numbers
        wanted = f" {key} "
        return [i for i in numbers if wanted in self.english[i]]

    def units_with_korean(self, text: str) -> list[int]:
        """The units whose Korean holds these letters, blanks aside."""
        compact = "".join(text.split())
        return [i for i, korean in enumerate(self.compact) if compact in korean]

    def may_hold(self, term: str) -> bool:
        """Whether the letters of a Korean term, in any of its spellings, stand in some unit."""
        forms = ["".join(form.split()) for form in spelling_variants(term)]
        forms += [form[:-2] for form in forms if form.endswith("다") and len(form) > 3]
        return any(form in korean for form in forms for korean in self.compact)

    def frequent_stems(self, at_least: int) -> list[str]:
        """Korean word stems that stand in ``at_least`` units or more, the most frequent first."""
        stems = [(n, stem) for stem, n in self._korean_words.items() if n >= at_least]
        return [stem for _, stem in sorted(stems, key=lambda item: (-item[0], item[1]))]

    def best_korean_rival(self, numbers: list[int], own: str) -> float:
        """The Dice coefficient of the other Korean word that best explains a phrase.

        ``numbers`` are the units that hold the phrase. Words that contain ``own`` or are contained
        in it are the term itself.
        """
        sample = numbers if len(numbers) <= 400 else numbers[:: len(numbers) // 400 + 1]
        counts = Counter(stem for i in sample for stem in self.korean[i])
        scale = len(numbers) / max(len(sample), 1)
        compact = "".join(own.split())
        return max(
            (
                dice(count * scale, self._korean_words[stem], len(numbers))
                for stem, count in counts.items()
                if stem not in compact and compact not in stem
            ),
            default=0.0,
        )


def dice(together: float, left: float, right: float, *, smoothing: float = 0.5) -> float:
    """Dice's coefficient, smoothed so that one meeting of two rare words is no proof."""
    return 2 * together / (left + right + 2 * smoothing)


def log_likelihood(together: int, left: int, right: int, total: int) -> float:
    """Dunning's log-likelihood ratio G² of a two by two table; negative if they avoid each other.

    ``together`` of ``total`` units hold both, ``left`` and ``right`` hold the one and the other.
    Source: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993.
    """
    both, only_left, only_right = together, left - together, right - together
    neither = total - left - right + together
    cells = [max(n, 0) for n in (both, only_left, only_right, neither)]
    n = sum(cells)
    if n == 0 or both == 0:
        return 0.0
    rows = (cells[0] + cells[1], cells[2] + cells[3])
    columns = (cells[0] + cells[2], cells[1] + cells[3])
    total_g = 0.0
    for i, observed in enumerate(cells):
        expected = rows[i // 2] * columns[i % 2] / n
        if observed and expected:
            total_g += observed * math.log(observed / expected)
    expected_both = rows[0] * columns[0] / n
    return 2 * total_g if both >= expected_both else -2 * total_g


_CACHE: WeakKeyDictionary[UnitSource, tuple[tuple[int, int], Background]] = WeakKeyDictionary()


def background_of(memory: UnitSource) -> Background:
    """The statistics of a memory, computed once for as long as the memory does not change."""
    stamp = _stamp(memory)
    cached = _CACHE.get(memory)
    if cached is not None and cached[0] == stamp:
        return cached[1]
    step = max(1, stamp[0] // LARGEST)
    background = Background(islice(memory.units(), 0, None, step))
    _CACHE[memory] = (stamp, background)
    return background


def _stamp(memory: UnitSource) -> tuple[int, int]:
    """The number of units, and where there is a store behind, that of its last change."""
    change = getattr(getattr(memory, "store", None), "change", None)
    return memory.unit_count(), int(change()) if callable(change) else 0
