"""What is evaluated: segments with references, their translations by one or more systems, and the
articles that they stand in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from align.article import Lang
from align.errors import InputError


@dataclass(frozen=True, slots=True)
class System:
    """Who or what translated, and its translation of every segment, in order."""

    name: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Segments:
    """Segments in order. All sequences have the same length n.

    ``references`` holds one or more for each segment, ``sources`` and ``articles`` are ``None``
    where they are not known; ``numbers`` are lines of the files or numbers of segments, from 1.
    ``lang`` is the language of the translations. ``notes`` say what a reader of the scores should
    know of how the segments were found.

    Raises
    ------
    InputError: there are no segments or systems, the lengths differ, or a segment that a system
        translated has nothing but empty references.
    """

    systems: tuple[System, ...]
    references: tuple[tuple[str, ...], ...]
    lang: Lang = "en"
    sources: tuple[str, ...] | None = None
    articles: tuple[str, ...] | None = None
    numbers: tuple[int, ...] = ()
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.references or not self.systems:
            raise InputError("there is nothing to evaluate", remedy="give at least one segment")
        if not self.numbers:
            object.__setattr__(self, "numbers", tuple(range(1, len(self.references) + 1)))
        for name, texts in self._sequences():
            if len(texts) != len(self.references):
                raise InputError(
                    f"{len(texts)} {name} do not match {len(self.references)} references",
                    remedy="give one reference for each translation, and at least one of both",
                )
        for row, references in enumerate(self.references):
            if not any(text.strip() for text in references) and not self.is_blank(row):
                raise InputError(
                    f"segment {self.numbers[row]} has an empty reference",
                    remedy="give its reference, or take the line out of every file",
                )

    def _sequences(self) -> list[tuple[str, Sequence[object]]]:
        named: list[tuple[str, Sequence[object]]] = [
            ("translations", system.texts) for system in self.systems
        ]
        for name, texts in (("sources", self.sources), ("articles", self.articles)):
            if texts is not None:
                named.append((name, texts))
        return [*named, ("numbers", self.numbers)]

    def __len__(self) -> int:
        return len(self.references)

    def is_blank(self, row: int) -> bool:
        """Whether a segment is only an empty line: nothing in any reference or translation."""
        texts = (*self.references[row], *(system.texts[row] for system in self.systems))
        return not any(text.strip() for text in texts)

    def streams(self, first: int, end: int) -> list[list[str | None]]:
        """References of a range of segments as sacrebleu takes them: the first of each segment,
        the second of each …, ``None`` where a segment has no more."""
        return [list(stream) for stream in zip_longest(*self.references[first:end])]

    @property
    def reference_count(self) -> int | None:
        """How many references each segment has; ``None`` if not all have as many."""
        counts = {len(references) for references in self.references}
        return counts.pop() if len(counts) == 1 else None
