"""Likeness in meaning, from the built-in sentence encoder: of terms, and of termbase entries."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache

import numpy as np

from align.article import Lang
from align.caching import cache_folder, keep
from align.encoder import CachedEncoder, load_encoder, unit
from tm.terms.renderings.candidates import Floats, Similarity
from tm.terms.termbase.concepts import UNWANTED
from tm.terms.termbase.lookup import Termbase
from tm.terms.wordstats.arrays import distinct

#: Nearness from which entries are near enough to be a start, and how many are shown.
_NEAR, _SHOWN = 0.52, 3
#: Raised when the vectors of a termbase are made differently.
_RULES = 1


@lru_cache(maxsize=1)
def _encoder() -> CachedEncoder:
    """Vectors of recent texts are kept."""
    return CachedEncoder(load_encoder())


@lru_cache(maxsize=1)
def builtin_similarity() -> Similarity:
    """Cosines of the built-in encoder."""

    def similarity(texts: Sequence[str], others: Sequence[str]) -> Floats:
        vectors = _encoder().encode([*texts, *others])
        cosines: Floats = vectors[: len(texts)] @ vectors[len(texts) :].T
        return cosines

    return similarity


def near_entries(term: str, lang: Lang, termbase: Termbase) -> list[tuple[str, str, float]]:
    """Wanted entries, names left out, that are near to ``term`` in meaning, nearest first: the
    entry's own term, its rendering, and how near.

    Nearness is a cosine of vectors less the mean of their kind, without which every word is near to
    a few: with both terms of the entry on average, as a word that the encoder does not know is near
    to one of them by its letters only, or with the definition if that is more.
    """
    entries = [e for e in termbase if e.status not in UNWANTED and not e.is_name]
    if not entries:
        return []
    kinds = [[e.ko for e in entries], [e.en for e in entries], [e.definition for e in entries]]
    texts = list(dict.fromkeys(text for kind in kinds for text in kind))
    row = {text: n for n, text in enumerate(texts)}
    vectors = _vectors(texts)
    rows = [np.array([row[text] for text in kind]) for kind in kinds]
    asked = _encoder().encode([term])
    asked = unit(asked - vectors[distinct(rows[0 if lang == "ko" else 1])].mean(axis=0))[0]
    ko, en, definition = (
        unit(vectors[own] - vectors[distinct(own)].mean(axis=0)) @ asked for own in rows
    )
    is_defined = np.array([bool(entry.definition) for entry in entries])
    near = np.maximum((ko + en) / 2, np.where(is_defined, definition, 0.0))
    best: dict[str, tuple[str, str, float]] = {}
    for number in np.argsort(-near, kind="stable").tolist():
        if near[number] < _NEAR or len(best) == _SHOWN:
            break
        entry = entries[number]
        own, rendering = (entry.ko, entry.en) if lang == "ko" else (entry.en, entry.ko)
        best.setdefault(entry.concept, (own, rendering, float(near[number])))
    return list(best.values())


def _vectors(texts: Sequence[str]) -> Floats:
    """The vectors of many texts, from the user's cache folder if they were made before."""
    encoder = _encoder()
    told = "\n".join((encoder.name, str(_RULES), *texts)).encode()
    digest = hashlib.blake2b(told, digest_size=12).hexdigest()
    with suppress(OSError, RuntimeError, ValueError):
        stored: Floats = np.load(cache_folder() / f"terms-{digest}.npy", mmap_mode="r")
        if stored.shape == (len(texts), encoder.dim):
            return stored.astype(np.float32)
    vectors = load_encoder().encode(texts).astype(np.float16)
    file = io.BytesIO()
    np.save(file, vectors)
    keep(f"terms-{digest}.npy", [file.getvalue()], instead_of="terms-*.npy")
    return vectors.astype(np.float32)
