"""Work on normal form C, answer in positions of the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

# A syllable of conjoining jamo (initial, vowel, final), or one character with its marks.
_CLUSTER = re.compile(
    "[\u1100-\u115f\ua960-\ua97c][\u1160-\u11a7\ud7b0-\ud7c6]*[\u11a8-\u11ff\ud7cb-\ud7fb]*"
    "|.[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\u3099\u309a]*",
    re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Composed:
    """``text`` in normal form C; ``offsets[i]`` is where its character ``i`` starts in the source.

    ``offsets`` has one entry more than ``text`` (the length of the source), or is ``None`` where
    both are the same.
    """

    text: str
    offsets: Sequence[int] | None = None

    def source_span(self, start: int, end: int) -> tuple[int, int]:
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end]


def compose(source: str) -> Composed:
    """``source`` in normal form C with the way back.

    Text whose normal form cannot be built character by character (rare scripts) is left as it is:
    the rules need composed Hangul only.
    """
    if unicodedata.is_normalized("NFC", source):
        return Composed(source)
    clusters = _CLUSTER.findall(source)
    composed = [unicodedata.normalize("NFC", cluster) for cluster in clusters]
    text = "".join(composed)
    if text != unicodedata.normalize("NFC", source):
        return Composed(source)
    starts = [0, *accumulate(map(len, clusters))]
    offsets: list[int] = []
    for start, characters in zip(starts, composed, strict=False):
        # A cluster that stays several characters (a syllable with an old final) is one unit.
        offsets.extend([start] * len(characters))
    offsets.append(len(source))
    return Composed(text, offsets)
