"""The vectors of all runs of neighbouring sentences of one text, in little memory if it is long.

Four runs begin at every sentence; with 512 numbers a vector, a text of 50,000 sentences has 400 MB
of them as 32-bit floats. Only a small part is looked at at a time, so the vectors of a long text
are encoded a chunk at a time and kept as small integers with a scale for each vector, as the
encoder gave them but for its usual mean; they are centred and scaled to unit length when they are
asked for. Single sentences, which lead the search, have 8 bits a number: that moves a cosine by
.0004 in the mean, a thousandth of what lies between unrelated sentences and translations. Longer
runs, few of which are ever beads, have 4, which moves it by .004 to .006.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from align.encoder import (
    Encoder,
    Floats,
    blended_mean,
    centred_runs,
    joined,
    knows_runs,
    parts_with_means,
    raw_runs,
    run_vectors,
    run_weights,
)

#: Up to so many sentences the vectors are kept as they are.
KEPT = 2_000
#: Sentences of a long text that are encoded at a time.
_CHUNK = 1000


class _Store(Protocol):
    """Vectors of the runs of one text, from one encoder."""

    def take(self, k: int, start: int, stop: int) -> Floats:
        """Unit vectors of the runs of k sentences that begin at ``start`` … ``stop`` - 1."""
        ...


class Runs:
    """Centred unit vectors of all runs of 1 … ``longest`` sentences of one text.

    ``len`` of it is the number of sentences, ``dim`` that of numbers in a vector. It is made by
    :func:`runs_of`, or from ready vectors by :meth:`of_vectors`.
    """

    def __init__(self, stores: Sequence[_Store], *, size: int, dim: int, longest: int):
        self._stores = tuple(stores)
        self._size = size
        self.dim = dim
        self.longest = longest

    @classmethod
    def of_vectors(cls, runs: Sequence[Floats]) -> Runs:
        """Runs kept as they are: element k - 1 has shape (max(n - k + 1, 0), dim)."""
        size, dim = runs[0].shape
        return cls([_Kept(tuple(runs))], size=size, dim=dim, longest=len(runs))

    def __len__(self) -> int:
        return self._size

    def take(self, k: int, start: int, stop: int) -> Floats:
        """The runs of k sentences that begin at sentences ``start`` … ``stop`` - 1.

        Float32 of shape (stop - start, dim), less what lies beyond the text; 0 ≤ start ≤ stop and
        1 ≤ k ≤ ``longest``. It may be a view of what is kept: do not write to it.
        """
        stop = min(stop, max(self._size - k + 1, 0))
        start = min(start, stop)
        return joined([store.take(k, start, stop) for store in self._stores])

    def part(self, start: int, stop: int) -> list[Floats]:
        """The runs that lie wholly in sentences ``start`` … ``stop`` - 1.

        They have the shapes that :func:`align.encoder.run_vectors` would give for these sentences
        alone, but are centred on the mean of the whole text.
        """
        return [self.take(k, start, max(stop - k + 1, start)) for k in range(1, self.longest + 1)]


def runs_of(encoder: Encoder, texts: Sequence[str], longest: int, usual_mean: Floats) -> Runs:
    """The runs of 1 … ``longest`` sentences of one text; see :func:`align.encoder.run_vectors`.

    Raises
    ------
    InputError: the encoder gives another number of vectors than of texts, or no numbers in them.
    """
    if len(texts) <= KEPT:
        return Runs.of_vectors(run_vectors(encoder, texts, longest, usual_mean))
    stores = [
        _packed(part, texts, longest, mean) for part, mean in parts_with_means(encoder, usual_mean)
    ]
    return Runs(stores, size=len(texts), dim=len(usual_mean), longest=longest)


@dataclass(frozen=True, slots=True)
class _Kept:
    runs: tuple[Floats, ...]

    def take(self, k: int, start: int, stop: int) -> Floats:
        return self.runs[k - 1][start:stop]


@dataclass(frozen=True, slots=True)
class _Packed:
    """Runs of every length, or the single sentences that those of other lengths are summed from.

    ``mean`` (dim,) is what the packed vectors lack to be centred; ``weights`` (n,) are those of
    sentences in sums.
    """

    raw: tuple[_Rows, ...]
    mean: Floats
    weights: Floats
    longest: int

    def take(self, k: int, start: int, stop: int) -> Floats:
        if len(self.raw) == self.longest:
            return centred_runs([self.raw[k - 1].rows(start, stop)], self.mean, self.weights, 1)[0]
        stop += k - 1 if stop > start else 0
        single, weights = self.raw[0].rows(start, stop), self.weights[start:stop]
        return centred_runs([single], self.mean, weights, k)[-1]


class _Rows(Protocol):
    """A float array of shape (n, dim) in little memory, written and read by rows."""

    def write(self, start: int, rows: Floats) -> None: ...

    def rows(self, start: int, stop: int) -> Floats: ...


class _EightBits:
    """Whole numbers from -127 to 127, the greatest of a row being one of both."""

    def __init__(self, n: int, dim: int):
        self._whole: NDArray[np.int8] = np.zeros((n, dim), dtype=np.int8)
        self._scale: Floats = np.zeros((n, 1), dtype=np.float32)

    def write(self, start: int, rows: Floats) -> None:
        if len(rows):
            stop = start + len(rows)
            scale = np.maximum(np.abs(rows).max(axis=1, keepdims=True), 1e-9) / np.float32(127)
            self._scale[start:stop] = scale
            np.rint(rows / scale, out=self._whole[start:stop], casting="unsafe")

    def rows(self, start: int, stop: int) -> Floats:
        return self._whole[start:stop] * self._scale[start:stop]


class _FourBits:
    """Sixteen even steps about 0, as wide as serves numbers that are normally distributed best.

    The step is that of J. Max, Quantizing for Minimum Distortion, 1960, table II. Columns of the
    first half of a row share a byte with those of the second; an odd row ends with a 0.
    """

    _STEP = np.float32(0.3352)

    def __init__(self, n: int, dim: int):
        self._dim = dim
        self._two: NDArray[np.uint8] = np.zeros((n, (dim + 1) // 2), dtype=np.uint8)
        self._scale: Floats = np.zeros((n, 1), dtype=np.float32)

    def write(self, start: int, rows: Floats) -> None:
        if len(rows):
            stop = start + len(rows)
            spread = np.sqrt(np.square(rows).mean(axis=1, keepdims=True))
            scale = np.maximum(spread * self._STEP, 1e-9)
            self._scale[start:stop] = scale
            steps = np.clip(np.floor(rows / scale), -8, 7).astype(np.int8).view(np.uint8) + 8
            half = self._two.shape[1]
            self._two[start:stop] = steps[:, :half] << 4
            self._two[start:stop, : self._dim - half] |= steps[:, half:]

    def rows(self, start: int, stop: int) -> Floats:
        two = self._two[start:stop]
        steps = np.concatenate([two >> 4, two & 15], axis=1)[:, : self._dim]
        return (steps - np.float32(7.5)) * self._scale[start:stop]


def _packed(encoder: Encoder, texts: Sequence[str], longest: int, usual_mean: Floats) -> _Packed:
    n, dim = len(texts), len(usual_mean)
    lengths = range(1, longest + 1 if knows_runs(encoder) else 2)
    stored = tuple((_EightBits if k == 1 else _FourBits)(max(n - k + 1, 0), dim) for k in lengths)
    total = np.zeros(dim, dtype=np.float64)
    for start in range(0, n, _CHUNK):
        # The last runs of a chunk reach into the next.
        raw = raw_runs(encoder, texts[start : start + _CHUNK + len(lengths) - 1], longest)
        total += raw[0][:_CHUNK].sum(axis=0)
        for k, runs in enumerate(raw):
            # Less the usual mean: where all vectors point much the same way, it is their
            # difference that has to be kept.
            stored[k].write(start, runs[:_CHUNK] - usual_mean)
    mean = blended_mean(total.astype(np.float32), n, usual_mean) - usual_mean
    return _Packed(stored, mean, run_weights(texts), longest)
