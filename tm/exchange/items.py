"""What readers of interchange files yield, and the account that is given of a file.

A reader is a generator of items. Before the first unit, where the file says something of itself,
one :class:`About`; for each pair of segments a unit or, where it cannot be taken, a
:class:`Refused`; and a :class:`Note` for whatever was repaired, which is not counted. So what was
read is always what was stored, what was there already, and what was refused.

Units carry an empty ``provenance.article`` unless the file names one; their position is then only
their order in the file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from tm.exchange.languages import Languages
from tm.unit import TranslationUnit


@dataclass(frozen=True, slots=True)
class About:
    """What a file says of itself: the program that wrote it, and everything else by name, such as
    ``header@srclang`` or ``header/prop@x-TMName``."""

    origin: str | None = None
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A unit that was not taken: where it stands (``line 120, tu 14``) and why."""

    place: str
    reason: str


@dataclass(frozen=True, slots=True)
class Note:
    """Something that was repaired or that a person should know; ``text`` is the same for the same
    kind of thing, so that it can be counted, and ``place`` is the file if it concerns all of it."""

    place: str
    text: str


Item = TranslationUnit | About | Refused | Note

#: Told now and then how many bytes of a file have been read.
Progress = Callable[[int], None]


def unwatched(_: int) -> None:
    """A progress that nobody follows."""


class Reader(Protocol):
    """Reads a file piece by piece, and tells its progress.

    Raises
    ------
    ReadError: nothing of the file can be read: missing, of another kind, or unsafe. Raised before
        the first unit.
    """

    def __call__(
        self, path: Path, languages: Languages, progress: Progress = unwatched
    ) -> Iterator[Item]: ...


@dataclass(slots=True)
class Noted:
    """How often something was noted, and where first."""

    text: str
    place: str
    count: int = 1


@dataclass(slots=True)
class Report:
    """The account of one file: ``read == stored + already + len(refused)``.

    ``replaced`` are those of ``stored`` that took the place of an older state of the same unit.
    """

    file: str
    taken: int = 0
    stored: int = 0
    already: int = 0
    replaced: int = 0
    refused: list[Refused] = field(default_factory=list)
    noted: dict[str, Noted] = field(default_factory=dict)
    about: About = About()

    @property
    def read(self) -> int:
        return self.taken + len(self.refused)

    def units(self, items: Iterable[Item]) -> Iterator[TranslationUnit]:
        """The units among ``items``; the rest is entered here while they are consumed."""
        for item in items:
            if isinstance(item, TranslationUnit):
                self.taken += 1
                yield item
            elif isinstance(item, Refused):
                self.refused.append(item)
            elif isinstance(item, Note):
                self.note(item)
            else:
                self.about = item

    def note(self, note: Note) -> None:
        if (known := self.noted.get(note.text)) is None:
            self.noted[note.text] = Noted(note.text, note.place)
        else:
            known.count += 1
