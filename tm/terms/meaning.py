"""Similarity in meaning of a term and its candidates, from the built-in sentence encoder."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from align.encoder import CachedEncoder, load_encoder
from tm.terms.candidates import Floats, Similarity


@lru_cache(maxsize=1)
def builtin_similarity() -> Similarity:
    """Cosines of the built-in encoder; vectors of recent texts are kept."""
    encoder = CachedEncoder(load_encoder())

    def similarity(texts: Sequence[str], others: Sequence[str]) -> Floats:
        vectors = encoder.encode([*texts, *others])
        cosines: Floats = vectors[: len(texts)] @ vectors[len(texts) :].T
        return cosines

    return similarity
