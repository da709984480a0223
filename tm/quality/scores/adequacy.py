"""How near a translation is in meaning to its source and to its reference, by an encoder.

This is no score of quality. An encoder hears what a sentence is about; it may well be deaf to a
negation, a number, or who did what to whom. Its cosines serve to find segments that say something
else altogether, and they can only be read beside those of the same encoder for sentences that are
translations of each other and for sentences that have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from align.encoder import Encoder, Floats, refuse_unusable, unit
from align.reference import reference_pairs
from align.version import donju_version
from tm.quality.scores.segments import Segments

Cosines = NDArray[np.float64]

#: Texts embedded at a time.
_BATCH = 512


@dataclass(frozen=True, slots=True)
class Levels:
    """Usual cosines of an encoder, medians on sentences of ours: of translations of each other, and
    of unrelated sentences, across the languages and within that of the translation."""

    translations: float
    unrelated: float
    unrelated_within: float


@dataclass(frozen=True, slots=True)
class Adequacy:
    """Cosines of one system: n values each; without sources, ``to_source`` is ``None``.

    Where a segment has several references, ``to_reference`` is that of the nearest.
    """

    signature: str
    levels: Levels
    to_source: Cosines | None
    to_reference: Cosines

    @property
    def mean_to_source(self) -> float | None:
        return None if self.to_source is None else float(self.to_source.mean())

    @property
    def mean_to_reference(self) -> float:
        return float(self.to_reference.mean())


def adequacy_of(segments: Segments, encoder: Encoder) -> list[Adequacy]:
    """Adequacy of each system; at most a few hundred segments are held as vectors at a time."""
    levels = _levels(encoder, segments.lang)
    signature = f"cosine|encoder:{encoder.name}|dim:{encoder.dim}|donju:{donju_version()}"
    to_source: list[list[Floats]] = [[] for _ in segments.systems]
    to_reference: list[list[Floats]] = [[] for _ in segments.systems]
    for first in range(0, len(segments), _BATCH):
        rows = slice(first, first + _BATCH)
        source = _vectors(encoder, segments.sources[rows]) if segments.sources else None
        references = segments.references[rows]
        flat = _vectors(encoder, [text for texts in references for text in texts])
        starts = np.cumsum([0, *(len(texts) for texts in references)])[:-1]
        counts = [len(texts) for texts in references]
        for number, system in enumerate(segments.systems):
            vectors = _vectors(encoder, system.texts[rows])
            if source is not None:
                to_source[number].append(_cosines(source, vectors))
            repeated = np.repeat(vectors, counts, axis=0)
            nearest = np.maximum.reduceat(_cosines(flat, repeated), starts)
            to_reference[number].append(nearest)
    return [
        Adequacy(
            signature,
            levels,
            np.concatenate(source_parts).astype(np.float64) if source_parts else None,
            np.concatenate(reference_parts).astype(np.float64),
        )
        for source_parts, reference_parts in zip(to_source, to_reference, strict=True)
    ]


def _vectors(encoder: Encoder, texts: Sequence[str]) -> Floats:
    vectors = encoder.encode(texts)
    refuse_unusable(vectors, len(texts), encoder)
    return vectors


def _cosines(one: Floats, other: Floats) -> Floats:
    """Row by row; 0 where a vector is zero, as that of an empty text may be."""
    cosines: Floats = np.einsum("ij,ij->i", unit(one), unit(other))
    return cosines


def _levels(encoder: Encoder, lang: Lang) -> Levels:
    pairs = reference_pairs()
    ko = unit(_vectors(encoder, [ko for ko, _ in pairs]))
    en = unit(_vectors(encoder, [en for _, en in pairs]))
    target = ko if lang == "ko" else en
    across, within = ko @ en.T, target @ target.T
    others = ~np.eye(len(pairs), dtype=bool)
    return Levels(
        float(np.median(np.diag(across))),
        float(np.median(across[others])),
        float(np.median(within[others])),
    )
