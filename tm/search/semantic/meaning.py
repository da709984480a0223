"""Vectors of meaning, and how their cosines read.

Cosines of different encoders are not comparable: translations have .61 with one and .49 with
another, even after centring. So a cosine is placed on a scale with two marks that the encoder's
reference pairs give (:mod:`align.reference`): 0 is the cosine of a sentence with an unrelated unit,
1 that of a sentence which is as close to both texts of a unit as a translation is to its original.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from typing import Literal

import numpy as np

from align.article import Lang
from align.encoder import Encoder, Floats, joined, parts_with_means, refuse_unusable, unit
from align.reference import Usual
from tm.unit import TranslationUnit

Closeness = Literal["same", "close", "related"]

# On the scale described above; chosen on half of the paraphrases found in public parallel text.
_SAME, _CLOSE, _LEAST = 1.15, 1.03, 0.9

#: A text longer than that is known by its beginning: encoders read no more than a page anyway.
_LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Scale:
    """How cosines of an encoder read; ``unrelated`` and ``translated`` are its 0 and its 1."""

    unrelated: float
    translated: float

    @classmethod
    def of(cls, usual: Usual) -> Scale:
        # A unit's vector is s + t over its length, √(2 + 2 s·t), with s·t that of a translation.
        length = sqrt(2 + 2 * usual.true)
        return cls(2 * usual.random / length, 2 * usual.true / length)

    def closeness(self, cosine: float) -> Closeness:
        """``same`` (the same in other words), ``close`` (much the same), or ``related``."""
        if cosine >= self._cosine(_SAME):
            return "same"
        return "close" if cosine >= self._cosine(_CLOSE) else "related"

    @property
    def minimum(self) -> float:
        """The lowest cosine worth showing: below it most units only share a topic."""
        return self._cosine(_LEAST)

    def _cosine(self, value: float) -> float:
        return self.unrelated + value * (self.translated - self.unrelated)


def sentence_vectors(encoder: Encoder, texts: Sequence[str], mean: Floats) -> Floats:
    """Centred unit vectors of texts of one language, shape (n, dim); of a blank one, zeros.

    Raises
    ------
    InputError: the encoder gives another number of vectors than of texts, or no numbers in them.
    """
    rows: dict[str, int] = {}
    places = [rows.setdefault(text[:_LONGEST].strip(), len(rows)) for text in texts]
    distinct = list(rows)
    centred = []
    for part, part_mean in parts_with_means(encoder, mean):
        vectors = part.encode(distinct)
        refuse_unusable(vectors, len(distinct), part)
        centred.append(unit(vectors - part_mean))
    vectors = joined(centred)
    vectors[[not text for text in distinct]] = 0
    return vectors[places]


def unit_vectors(encoder: Encoder, units: Sequence[TranslationUnit], usual: Usual) -> Floats:
    """One unit vector for the two texts of each unit, shape (n, dim)."""
    ko = sentence_vectors(encoder, [one.source for one in units], usual.ko_mean)
    en = sentence_vectors(encoder, [one.target for one in units], usual.en_mean)
    return unit(ko + en)


def mean_of(usual: Usual, lang: Lang) -> Floats:
    return usual.ko_mean if lang == "ko" else usual.en_mean


def fingerprint(usual: Usual) -> tuple[float, ...]:
    """A few numbers by which an encoder is known again, also if another has taken its name."""
    numbers = np.concatenate([usual.ko_mean[:8], usual.en_mean[:8], [usual.random, usual.true]])
    return tuple(round(float(number), 5) for number in numbers)


def is_same_encoder(one: Sequence[float], other: Sequence[float]) -> bool:
    """Whether two fingerprints agree but for the last digits, which differ between machines."""
    return len(one) == len(other) and bool(np.allclose(one, other, atol=1e-3, rtol=0))
