"""Korean texts as kiwipiepy reads them: morphemes with tags, places and scores."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kiwipiepy import Kiwi

#: ``(form, tag, start, end, unknown)``; tags as kiwipiepy gives them.
Morpheme = tuple[str, str, int, int, bool]
#: Morphemes, and the logarithm of how likely they are.
Reading = tuple[tuple[Morpheme, ...], float]

#: How many readings of a text are compared.
_READINGS = 5
_LOCK = threading.Lock()


@lru_cache(maxsize=1)
def _kiwi() -> Kiwi:
    from kiwipiepy import Kiwi

    return Kiwi(num_workers=1)


@lru_cache(maxsize=8192)
def analyse(sentence: str) -> tuple[Morpheme, ...]:
    """The morphemes of the likeliest reading."""
    return reading(sentence)[0]


@lru_cache(maxsize=8192)
def reading(sentence: str, fixed: tuple[int, int] | None = None) -> Reading:
    """The likeliest reading, with ``sentence[slice(*fixed)]`` taken for a name."""
    spans = None if fixed is None else [(*fixed, "NNP")]
    with _LOCK:
        tokens, score = _kiwi().analyze(sentence, pretokenized=spans)[0]
    return _reading(tokens, score)


@lru_cache(maxsize=8192)
def readings(text: str) -> tuple[Reading, ...]:
    """The likeliest readings, the best first."""
    with _LOCK:
        found = _kiwi().analyze(text, top_n=_READINGS)
    return tuple(_reading(tokens, score) for tokens, score in found)


def _reading(tokens: list[Any], score: float) -> Reading:
    return tuple(map(_morpheme, tokens)), float(score)


def _morpheme(token: Any) -> Morpheme:
    return token.form, token.tag, token.start, token.end, bool(token.oov)
