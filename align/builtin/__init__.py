"""The built-in encoder: multilingual, offline, 512 dimensions, hundreds of sentences a second."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np

from align.threads import one_blas_thread

if TYPE_CHECKING:
    from align.builtin.network import Floats, Pooled, UniversalNetwork


class BuiltinEncoder:
    """Multilingual Universal Sentence Encoder, version 3; see :mod:`align.builtin.network`.

    Besides :meth:`encode` it has :meth:`encode_runs`, which gives the vectors of runs of
    neighbouring sentences almost for free.
    """

    name = "builtin"
    dim = 512

    @property
    def _network(self) -> UniversalNetwork:
        return _shared_network()

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of ``texts``, shape (n, 512), float32."""
        with one_blas_thread():
            return self._runs(self._network.pool(texts), 1)

    def encode_runs(self, texts: Sequence[str], longest: int) -> list[Floats]:
        """Vectors of all runs of 1 … ``longest`` neighbouring texts.

        Element k - 1 has shape (max(n - k + 1, 0), 512); its row i stands for texts i … i + k - 1
        joined. Against embedding the joined text the cosine is 1 for k = 1 and, on news, .99, .98
        and .97 for k = 2, 3, 4: only the convolutions across the seam are missing.
        """
        with one_blas_thread():
            pooled = self._network.pool(texts)
            return [self._runs(pooled, k) for k in range(1, longest + 1)]

    def _runs(self, pooled: Pooled, k: int) -> Floats:
        rows = len(pooled) - k + 1
        if rows <= 0:
            return np.zeros((0, self.dim), dtype=np.float32)
        total = pooled.first[:rows] + pooled.last[k - 1 :]
        tokens = np.full(rows, 2.0, dtype=np.float32)
        for i in range(k):
            total += pooled.inner[i : i + rows]
            tokens += pooled.tokens[i : i + rows]
        total /= np.sqrt(tokens)[:, None]
        return self._network.head(total)

    def as_sentence_transformer(self) -> Any:
        """This encoder as a ``sentence_transformers.SentenceTransformer``.

        It can be saved with ``.save(path)`` and loaded again, wherever Donju is installed, with
        ``SentenceTransformer(path, trust_remote_code=True)``: the library asks for that consent
        before it imports a module that is not its own.
        """
        from sentence_transformers import SentenceTransformer

        from align.builtin.module import UniversalModule

        return SentenceTransformer(modules=[UniversalModule(encoder=self)], device="cpu")


@cache
def _shared_network() -> UniversalNetwork:
    """The weights, read once: they are 70 MB, take a second to load, and never change."""
    from align.builtin.network import UniversalNetwork

    return UniversalNetwork()
