"""A translation unit: Korean, its English, and where they are from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Status = Literal["draft", "approved", "rejected"]


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a unit comes from. Dates are ISO 8601 (``2021-07-08``); anything unknown is ``None``.

    ``article`` is the article's id in the memory, ``position`` the unit's place among its units,
    from 0, so the previous and next unit are those at ``position - 1`` and ``position + 1``.
    """

    article: str
    position: int
    translator: str | None = None
    date: str | None = None
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What stood around a unit where it was translated, as an interchange file tells it.

    ``previous`` and ``following`` are source texts, empty at the start or end of the document,
    ``None`` if not told; ``key`` is the segment's id in its document.
    """

    previous: str | None = None
    following: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """An inline code (bold, a link, a line break): the markup of the file it came from, before
    the character at ``place`` of the plain text."""

    place: int
    markup: str


@dataclass(frozen=True, slots=True)
class Details:
    """What an interchange file says of a unit besides its two texts and their provenance.

    Times are as the file writes them (``20190131T235900Z``). ``kept`` holds what has no field of
    its own, in the order of the file: a name, such as ``tu/prop@x-client``, and a value.
    """

    context: Context | None = None
    source_codes: tuple[Code, ...] = ()
    target_codes: tuple[Code, ...] = ()
    notes: tuple[str, ...] = ()
    created: str | None = None
    created_by: str | None = None
    changed: str | None = None
    changed_by: str | None = None
    used: int | None = None
    last_used: str | None = None
    kept: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class TranslationUnit:
    """One source segment with one target segment.

    ``confidence`` is the aligner's, in [0, 1]; 1.0 where a person made or approved the unit.
    ``id`` is given by the store: ``None`` until stored. An edited unit keeps its id's history:
    see :meth:`tm.store.Store.history`.
    """

    source: str
    target: str
    provenance: Provenance
    confidence: float = 1.0
    status: Status = "draft"
    details: Details | None = None
    id: int | None = field(default=None, compare=False)
