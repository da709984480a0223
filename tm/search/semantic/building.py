"""Making segments, and making one of several."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from math import log2, sqrt
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from align.encoder import Floats
from tm.search.semantic.manifest import Kind, SegmentRecord, record_of, written_whole
from tm.search.semantic.segment import ROW, Codes, Segment, Table, decoded, encoded, path_of
from tm.search.semantic.source import UnitSource, text_mark
from tm.unit import TranslationUnit

#: Up to so many vectors a comparison with all of them takes 3 ms.
EXACT_MOST = 32_768
#: No merge makes more of one, which bounds its time and memory (some 500 MB in 512 dimensions).
TRAINED_MOST = 1 << 20

# Vectors that centres are learnt from, for each; more make the lists hardly better.
_SAMPLE_PER_LIST = 40
_ITERATIONS = 8
_SEED = 20_260_101

# Vectors moved, and ids asked after, at a time.
_PAGE = 8192

Mask = NDArray[np.bool_]


def write_segment(
    folder: Path, units: Sequence[TranslationUnit], vectors: Floats, *, after: int, change: int
) -> SegmentRecord:
    """A new exact segment of ``units``, which are all there are above ``after`` up to the last.

    Raises
    ------
    MemoryFileError: it cannot be written.
    """
    codes = encoded(vectors)
    table = np.array(
        [
            (unit.id, text_mark(unit), zlib.crc32(code.tobytes()))
            for unit, code in zip(units, codes, strict=True)
        ],
        dtype=ROW,
    )
    name = uuid4().hex
    _write_arrays(folder, name, [(table, codes)], codes.shape)
    return _record(folder, name, "exact", table, after, int(table["id"][-1]), change)


def merge(
    folder: Path, segments: Sequence[Segment], source: UnitSource, *, change: int
) -> SegmentRecord | None:
    """One segment of the live units of neighbouring ones; ``None`` if none is live.

    Raises
    ------
    MemoryFileError: it cannot be written.
    """
    kept = [_live(segment.table, source) for segment in segments]
    count = sum(int(mask.sum()) for mask in kept)
    if count == 0:
        return None
    name = uuid4().hex  # never given twice, so that nobody mistakes a new file for an old one
    dimension = segments[0].codes.shape[1]
    _write_arrays(folder, name, _blocks(segments, kept), (count, dimension))
    codes: Codes = np.load(path_of(folder, name, "codes"), mmap_mode="r")
    table: Table = np.load(path_of(folder, name, "units"), mmap_mode="r")
    kind: Kind = "exact"
    if count > EXACT_MOST and subvectors(dimension):
        kind = "trained"
        _write_lists(path_of(folder, name, "lists"), codes)
    first, last = segments[0].record, segments[-1].record
    return _record(folder, name, kind, table, first.after, last.last, change)


def dead_share(segment: Segment, source: UnitSource) -> float:
    """The share of a segment's units that are no longer live."""
    return 1 - float(_live(segment.table, source).mean())


def list_count(vectors: int) -> int:
    """How many lists a trained segment has: the power of two nearest to √n."""
    return int(2 ** round(log2(sqrt(vectors))))


def subvectors(dimension: int) -> int:
    """Into how many parts a vector is cut for the lists: of four dimensions, or the next number
    that fits; 0 if none up to 16 does."""
    return next((dimension // width for width in range(4, 17) if dimension % width == 0), 0)


def _blocks(segments: Sequence[Segment], kept: Sequence[Mask]) -> Iterator[tuple[Table, Codes]]:
    for segment, mask in zip(segments, kept, strict=True):
        for start in range(0, len(mask), _PAGE):
            chosen = mask[start : start + _PAGE]
            yield (
                segment.table[start : start + _PAGE][chosen],
                segment.codes[start : start + _PAGE][chosen],
            )


def _write_arrays(
    folder: Path,
    name: str,
    blocks: Iterator[tuple[Table, Codes]] | Sequence[tuple[Table, Codes]],
    shape: tuple[int, ...],
) -> None:
    """The files of codes and units, written block by block: never all of them in memory."""
    with (
        written_whole(path_of(folder, name, "codes")) as for_codes,
        written_whole(path_of(folder, name, "units")) as for_table,
    ):
        all_codes = open_memmap(for_codes, mode="w+", dtype=np.uint8, shape=shape)
        all_rows = open_memmap(for_table, mode="w+", dtype=ROW, shape=shape[:1])
        start = 0
        for table, codes in blocks:
            all_codes[start : start + len(codes)] = codes
            all_rows[start : start + len(table)] = table
            start += len(table)
        all_codes.flush()
        all_rows.flush()


def _write_lists(path: Path, codes: Codes) -> None:
    import faiss

    index = _trained(codes)
    for start in range(0, len(codes), _PAGE):
        index.add(decoded(codes[start : start + _PAGE]))  # numbered as they come in: by row
    with written_whole(path) as new:
        faiss.write_index(index, str(new))


def _trained(codes: Codes) -> Any:
    """An empty index with lists around centres, learnt from evenly spread vectors."""
    import faiss

    count, dimension = codes.shape
    lists = list_count(count)
    index = faiss.IndexIVFPQFastScan(
        faiss.IndexFlatIP(dimension),
        dimension,
        lists,
        subvectors(dimension),
        4,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.by_residual = False
    index.cp.seed, index.cp.niter, index.cp.spherical = _SEED, _ITERATIONS, True
    index.train(decoded(codes[:: max(count // (lists * _SAMPLE_PER_LIST), 1)]))
    return index


def _live(table: Table, source: UnitSource) -> Mask:
    """Which rows are of live units, shape (n,)."""
    mask = np.zeros(len(table), dtype=bool)
    for start in range(0, len(table), _PAGE):
        ids = table["id"][start : start + _PAGE]
        live = np.fromiter(source.live(ids.tolist()), dtype=np.int64)
        mask[start : start + _PAGE] = np.isin(ids, live)
    return mask


def _record(
    folder: Path, name: str, kind: Kind, table: Table, after: int, last: int, change: int
) -> SegmentRecord:
    ends = ("codes", "units") if kind == "exact" else ("codes", "units", "lists")
    files = {end: record_of(path_of(folder, name, end)) for end in ends}
    return SegmentRecord(name, kind, len(table), after, last, change, files)
