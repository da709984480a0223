"""One side of the grid: what the aligner reads in the sentences of one text besides vectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from align.encoder import Floats

Doubles = NDArray[np.float64]

_CLOSING = "\"”’'»)]」』〉》›"
_OPENING = "\"“‘'«([「『〈《‹"
_FINAL = frozenset(".?!…。！？")
#: Korean endings that close a sentence even where its period is missing.
_KO_FINAL = ("다", "요", "까", "죠")
#: Words that go on with the sentence before them: *… "라고 말했다.*
_KO_GOES_ON = re.compile("(?:이?라고|이?라며|이?라면서|이?라는|고 |며 )")


@dataclass(frozen=True, slots=True)
class Side:
    """The n sentences of one text.

    ``runs``: vectors of runs of 1, 2, … sentences, see :func:`align.encoder.run_vectors`.
    ``length`` (n,): characters. ``quotations`` (n,): quotations that begin in each sentence.
    ``torn`` (n + 1,): how much the boundary before each sentence looks like none. ``breaks``
    (n + 1,): 1 where a paragraph begins. The ends of the text are no boundaries: 0.
    """

    runs: list[Floats]
    length: Doubles
    quotations: Doubles
    torn: Doubles
    breaks: Doubles

    def __len__(self) -> int:
        return len(self.length)


def side(
    lang: Lang, texts: Sequence[str], runs: list[Floats], paragraphs: Sequence[int] | None = None
) -> Side:
    """A text's sentences, their run vectors, and the number of each sentence's paragraph."""
    return Side(
        runs=runs,
        length=np.array([max(len(text), 1) for text in texts], dtype=np.float64),
        quotations=np.array([_quotations(text) for text in texts], dtype=np.float64),
        torn=_torn(lang, texts),
        breaks=_breaks(paragraphs or [0] * len(texts)),
    )


def _quotations(text: str) -> int:
    """Quotations that begin in a text; straight quotation marks count by twos."""
    return text.count("“") + text.count('"') // 2


def _torn(lang: Lang, texts: Sequence[str]) -> Doubles:
    """How much each boundary looks like one inside a sentence, shape (n + 1,).

    A text whose sentences mostly lack a final mark (subtitles, headlines) says little by that, so
    a boundary counts less the more of its kind there are.
    """
    torn = np.zeros(len(texts) + 1)
    for i in range(1, len(texts)):
        torn[i] = not _closes(lang, texts[i - 1]) or _goes_on(lang, texts[i])
    return torn * (1 - torn[1:-1].mean()) if len(texts) > 1 else torn


def _closes(lang: Lang, text: str) -> bool:
    bare = text.rstrip(_CLOSING + " ")
    if not bare or bare[-1] in _FINAL:
        return bool(bare)
    return bare.endswith(_KO_FINAL) if lang == "ko" else bare.endswith(":")


def _goes_on(lang: Lang, text: str) -> bool:
    bare = text.lstrip(_OPENING + " ")
    return bool(_KO_GOES_ON.match(bare)) if lang == "ko" else bare[:1].islower()


def _breaks(paragraphs: Sequence[int]) -> Doubles:
    breaks = np.zeros(len(paragraphs) + 1)
    breaks[1:-1] = np.diff(paragraphs) != 0
    return breaks
