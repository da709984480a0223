"""The built-in encoder's weights and vocabulary, unpacked so that they are used where they lie.

The package that the encoder comes from has them compressed, and takes a second to read them. The
first time they are written, unpacked, to the user's cache folder (80 MB; deleting it costs that
second again); from then on they are memory-mapped, and what is not needed is not read at all. Where
the cache cannot be written, everything is read as the package has it.
"""

from __future__ import annotations

import json
import mmap
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.caching import cache_folder, keep

#: Raised when the file is made differently.
_RULES = 1
_ALIGNED = 64
_BUCKETS = 1 << 16
_NAME = "builtin-encoder"

Arrays = Mapping[str, NDArray[Any]]
Ints = NDArray[np.int32]


def stored_arrays(resources: Path) -> Arrays | None:
    """The arrays that :func:`store_arrays` has written for these resources, memory-mapped."""
    try:
        with (cache_folder() / _file_of(resources)).open("rb") as file:
            whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        length = int.from_bytes(whole[:8], "little")
        about = json.loads(whole[8 : 8 + length])
        if len(whole) != about["size"]:
            return None
        return {
            name: np.frombuffer(whole, dtype, int(np.prod(shape)), offset).reshape(shape)
            for name, (dtype, shape, offset) in about["arrays"].items()
        }
    except (OSError, RuntimeError, ValueError, KeyError, TypeError):
        return None


def store_arrays(resources: Path, arrays: Arrays) -> None:
    """Write them for the next time; if that cannot be done, nothing happens."""
    about: dict[str, Any] = {}
    offset = 0
    for name, values in arrays.items():
        about[name] = [values.dtype.str, list(values.shape), offset]
        offset += -(-values.nbytes // _ALIGNED) * _ALIGNED
    keep(_file_of(resources), chain([_header(about, offset)], map(_padded, arrays.values())))


def _padded(values: NDArray[Any]) -> bytes:
    data = np.ascontiguousarray(values).tobytes()
    return data + bytes(-len(data) % _ALIGNED)


def _header(about: dict[str, Any], size: int) -> bytes:
    """The length of the JSON that follows, and that JSON, with offsets from the file's start."""
    room = len(json.dumps(about)) + 32 * len(about) + 64
    start = -(-(room + 8) // _ALIGNED) * _ALIGNED
    placed = {name: [dtype, shape, start + at] for name, (dtype, shape, at) in about.items()}
    told = json.dumps({"arrays": placed, "size": start + size}).encode()
    return (len(told).to_bytes(8, "little") + told).ljust(start)


def _file_of(resources: Path) -> str:
    """The name in the cache of what was made of these resources."""
    sizes = "-".join(str(path.stat().st_size) for path in _originals(resources))
    return f"{_NAME}-{_RULES}-{sizes}"


def _originals(resources: Path) -> Iterator[Path]:
    yield resources / "weights.npz"
    yield resources / "sp.model"


class Prefixes:
    """The pieces of the vocabulary and their beginnings, looked up by hash in sorted arrays.

    ``get`` answers as the dictionary that it stands for: the number of a piece and one more, 0 for
    what is only a beginning, None for anything else.
    """

    def __init__(self, hashes: NDArray[np.uint64], values: Ints, starts: Ints):
        self._hashes = hashes.data
        self._values = values.data
        self._starts = starts.data
        self._known: dict[str, int | None] = {}

    def get(self, text: str) -> int | None:
        if text in self._known:
            return self._known[text]
        hashed = _hash(text)
        bucket = hashed >> 48
        low, high = self._starts[bucket], self._starts[bucket + 1]
        at = bisect_left(self._hashes, hashed, low, high)
        found = self._values[at] if at < high and self._hashes[at] == hashed else None
        if len(self._known) < _KEPT:
            self._known[text] = found
        return found


_KEPT = 100_000


def prefix_arrays(prefixes: Mapping[str, int]) -> dict[str, NDArray[Any]]:
    """The arrays of :class:`Prefixes` for a dictionary of them."""
    hashes = np.fromiter(map(_hash, prefixes), np.uint64, len(prefixes))
    order = np.argsort(hashes)
    hashes = hashes[order]
    buckets = np.arange(_BUCKETS + 1, dtype=np.uint64)
    edges = np.searchsorted(hashes >> np.uint64(48), buckets)
    return {
        "prefix_hashes": hashes,
        "prefix_values": np.fromiter(prefixes.values(), np.int32, len(prefixes))[order],
        "prefix_starts": edges.astype(np.int32),
    }


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")
