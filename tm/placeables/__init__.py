"""Placeables: the numbers and dates of a sentence, which a translation carries over as they are.

:func:`placeables` reads them off Korean and English text with their places, values and forms:
1억 2천만, 12,000, 두 (명), 4월 and 15일 as well as 120 million, 12,000, two, April, 15 and 15th.
:func:`tm.placeables.repair.repaired` puts those of another sentence into a translation.
"""

from __future__ import annotations

from align.article import Lang
from tm.placeables.english import english_placeables
from tm.placeables.korean import korean_placeables
from tm.placeables.reading import Kind, Placeable

__all__ = ["Kind", "Placeable", "placeables"]


def placeables(text: str, lang: Lang) -> tuple[Placeable, ...]:
    """The numbers and dates of ``text`` (NFC) in order, never overlapping."""
    return korean_placeables(text) if lang == "ko" else english_placeables(text)
