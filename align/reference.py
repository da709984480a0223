"""How an encoder's vectors read: where they point in general, and how their cosines lie.

Encoders differ widely: unrelated sentences and translations have cosines of .05 and .70 with one,
.78 and .87 with another. So vectors are centred on the mean of their language, and a bead is never
judged by its cosine but by where that lies between the levels of unrelated sentences and of
translations. All this is estimated from the texts at hand; for short texts the estimate leans on
these few pairs, which every encoder embeds once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from align.encoder import Encoder, Floats, joined, parts_of, refuse_unusable, unit


@cache
def reference_pairs() -> tuple[tuple[str, str], ...]:
    """Korean sentences with their English translations, on invented matters, news-like, plain."""
    text = (Path(__file__).parent / "reference.tsv").read_text(encoding="utf-8")
    return tuple((ko, en) for ko, en in (line.split("\t") for line in text.splitlines()))


@dataclass(frozen=True)
class Usual:
    """An encoder on the reference pairs.

    ``ko_mean`` and ``en_mean`` (dim,): mean vector of each language. ``random`` and ``true``:
    median cosine, after centring, of unrelated sentences and of translations.
    """

    ko_mean: Floats
    en_mean: Floats
    random: float
    true: float


def usual_of(encoder: Encoder) -> Usual:
    """Embed the reference pairs with ``encoder`` and measure."""
    pairs = reference_pairs()
    ko_mean, ko = _centred(encoder, [ko for ko, _ in pairs])
    en_mean, en = _centred(encoder, [en for _, en in pairs])
    similarity = ko @ en.T
    unrelated = similarity[~np.eye(len(pairs), dtype=bool)]
    return Usual(
        ko_mean, en_mean, float(np.median(unrelated)), float(np.median(np.diag(similarity)))
    )


def _centred(encoder: Encoder, texts: Sequence[str]) -> tuple[Floats, Floats]:
    """The mean (dim,) of the texts' vectors, and unit vectors (n, dim) centred on it.

    Of an encoder that joins others, the mean holds theirs end to end.
    """
    means, centred = [], []
    for part in parts_of(encoder):
        vectors = part.encode(texts)
        refuse_unusable(vectors, len(texts), part)
        means.append(vectors.mean(axis=0))
        centred.append(unit(vectors - means[-1]))
    return np.concatenate(means), joined(centred)
