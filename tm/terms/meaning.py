"""Similarity in meaning of a term and its candidates, from the built-in sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from align.encoder import CachedEncoder, load_encoder
from tm.terms.candidates import Similarity


@lru_cache(maxsize=1)
def builtin_similarity() -> Similarity:
    """Cosines of the built-in encoder; vectors of recent texts are kept."""
    encoder = CachedEncoder(load_encoder())

    def similarity(text: str, others: Sequence[str]) -> Sequence[float]:
        vectors = encoder.encode([text, *others])
        cosines: list[float] = (vectors[1:] @ vectors[0]).tolist()
        return cosines

    return similarity
