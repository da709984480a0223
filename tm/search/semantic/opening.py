"""Which segments of a folder may be believed, and why others may not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np

from align.encoder import Encoder
from align.reference import Usual
from tm.search.semantic.manifest import RULES, DamagedError, Manifest, SegmentRecord
from tm.search.semantic.meaning import fingerprint, is_same_encoder
from tm.search.semantic.segment import Segment
from tm.search.semantic.source import UnitSource, text_mark

# Units of a segment that are compared with the memory's when it is opened.
_WITNESSES = 8


def sound_segments(
    folder: Path,
    manifest: Manifest,
    source: UnitSource,
    *,
    known: Mapping[str, Segment] | None = None,
    thoroughly: bool = False,
) -> tuple[dict[str, Segment], list[str]]:
    """The segments that can be used, by name, and a sentence on each that cannot.

    Those in ``known`` are open already. ``thoroughly``: read every byte.
    """
    known = known or {}
    segments: dict[str, Segment] = {}
    problems: list[str] = []
    if manifest.rules != RULES:
        return {}, [f"{folder} was made by other rules (version {manifest.rules}, not {RULES})"]
    for record in manifest.segments:
        try:
            segment = known.get(record.name) or Segment(
                folder, record, manifest.dimension, thoroughly=thoroughly
            )
            _refuse_foreign(segment, folder, source)
        except DamagedError as error:
            problems.append(str(error))
        else:
            segments[record.name] = segment
    return segments, problems


def encoder_problem(manifest: Manifest, encoder: Encoder, usual: Usual) -> str | None:
    """Why vectors of ``encoder`` cannot be compared with those of the index, if so."""
    if manifest.encoder != encoder.name:
        return f"the vectors were made by the encoder {manifest.encoder}, not by {encoder.name}"
    if not is_same_encoder(manifest.fingerprint, fingerprint(usual)):
        return f"the encoder {encoder.name} is no longer the one that made the vectors"
    return None


def _refuse_foreign(segment: Segment, folder: Path, source: UnitSource) -> None:
    """Raise :class:`DamagedError` if the segment is of another memory, or of another course of
    this one, which was put back to an older state since."""
    places = np.unique(np.linspace(0, len(segment.table) - 1, _WITNESSES).astype(int))
    rows = segment.table[places]
    witnesses = zip(rows["id"].tolist(), rows["text"].tolist(), strict=True)
    units = [(source.unit(unit_id), text) for unit_id, text in witnesses]
    differ = any(unit is not None and text_mark(unit) != text for unit, text in units)
    missing = sum(unit is None for unit, _ in units)
    is_newer = source.change() < segment.record.change
    # A memory forgets units only when it is compacted, and then not all.
    if differ or missing == len(units) or (missing and is_newer):
        raise DamagedError(f"{folder} holds vectors of other texts than the memory does")


def records_of(segments: Iterable[Segment]) -> tuple[SegmentRecord, ...]:
    return tuple(segment.record for segment in segments)
