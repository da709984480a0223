"""How an encoder's vectors read: where they point in general, and how their cosines lie.

Encoders differ widely: unrelated sentences and translations have cosines of .05 and .70 with one,
.78 and .87 with another. So vectors are centred on the mean of their language, and a bead is never
judged by its cosine but by where that lies between the levels of unrelated sentences and of
translations. All this is estimated from the texts at hand; for short texts the estimate leans on
these few pairs, which every encoder embeds once.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from align.encoder import Encoder, Floats, refuse_unusable, unit


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
    ko, en = encoder.encode([ko for ko, _ in pairs]), encoder.encode([en for _, en in pairs])
    refuse_unusable(ko, len(pairs), encoder)
    refuse_unusable(en, len(pairs), encoder)
    ko_mean, en_mean = ko.mean(axis=0), en.mean(axis=0)
    similarity = unit(ko - ko_mean) @ unit(en - en_mean).T
    unrelated = similarity[~np.eye(len(pairs), dtype=bool)]
    return Usual(
        ko_mean, en_mean, float(np.median(unrelated)), float(np.median(np.diag(similarity)))
    )
