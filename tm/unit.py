"""A translation unit: Korean, its English, and where they are from."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
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
class TranslationUnit:
    """One source segment with one target segment.

    ``confidence`` is the aligner's, in [0, 1]; 1.0 where a person made or approved the unit.
    ``id`` is given by the store: ``None`` until stored.
    """

    source: str
    target: str
    provenance: Provenance
    confidence: float = 1.0
    status: Status = "draft"
    id: int | None = field(default=None, compare=False)

    def with_id(self, unit_id: int) -> TranslationUnit:
        return replace(self, id=unit_id)
