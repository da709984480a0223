"""What one segment of an XLIFF file is, whatever its version: the ground that reading it as a
memory and filling it from one both stand on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from tm.exchange.nodes import Node, Unit
from tm.exchange.xliff_text import Inline
from tm.unit import Status

Version = Literal[1, 2]


@dataclass(frozen=True, slots=True)
class Scope:
    """What holds around a unit: the ``file`` and ``group`` elements it stands in.

    ``number`` counts the ``file`` elements, so that neighbours in different ones are told apart.
    """

    version: Version = 1
    number: int = 0
    original: str | None = None
    source_lang: str | None = None
    target_lang: str | None = None
    translate: bool = True
    preserve: bool = False


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment with the elements it was read from.

    ``key`` is its id in the document, ``id`` the part of it that tells segments of a unit apart.
    ``holder`` is what carries its state: ``target`` (or none yet) and ``trans-unit`` in XLIFF 1,
    ``segment`` in XLIFF 2, ``sdl:seg`` in SDLXLIFF. ``is_new`` says that the target, if there is
    one, is not a translation yet; ``is_locked`` that it is not to be changed.
    """

    unit: Unit
    scope: Scope
    place: str
    key: str
    id: str | None
    source: Inline
    target: Inline | None
    source_node: Node
    target_node: Node | None
    holder: Node | None
    source_lang: str | None
    target_lang: str | None
    state: str | None
    status: Status
    is_new: bool
    is_locked: bool

    @property
    def translation(self) -> Inline | None:
        """The target, if it is a translation."""
        target = self.target
        return None if target is None or target.is_blank or self.is_new else target

    @property
    def is_open(self) -> bool:
        """Whether a translation may be put in."""
        return not self.is_locked and (self.is_new or self.target is None or self.target.is_empty)
