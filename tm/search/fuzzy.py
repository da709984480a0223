"""Similar sentences: the memory names those that may be, each is compared character by character.

Similarity is Levenshtein's: the characters that need not be inserted, deleted or replaced to turn
one plain text into the other, in per cent of the longer text, rounded down.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from align.article import Lang
from tm.search.fold import plain

if TYPE_CHECKING:
    from tm.store import Store

#: The longest text, in characters, for which similar ones are looked for. No sentence is as long;
#: comparing whole books that someone pasted into one segment would take minutes.
LONGEST = 5000


def similar(store: Store, sentence: str, lang: Lang, *, minimum: int) -> list[tuple[str, int]]:
    """The distinct texts of ``lang`` at least ``minimum`` % similar to ``sentence``, best first.

    Returns plain texts with their percentages; a text equal to the sentence is left out, and no
    other gets more than 99. Nothing is similar to a text longer than :data:`LONGEST`.
    """
    wanted = plain(sentence)
    return [item for item in store.near(wanted, lang, minimum) if item[0] != wanted]


def similarities(wanted: str, texts: Sequence[str], minimum: int = 0) -> list[int]:
    """Levenshtein similarity of ``wanted`` to each of ``texts`` in per cent, rounded down; 0 where
    it is below ``minimum``."""
    from rapidfuzz.distance import Levenshtein
    from rapidfuzz.process import cdist

    if not texts:
        return []
    longer = [max(len(wanted), len(text)) for text in texts]
    most = max(longer) * (100 - minimum) // 100
    distances = cdist([wanted], texts, scorer=Levenshtein.distance, score_cutoff=most)[0].tolist()
    percents = (
        (length - distance) * 100 // length if length else 100
        for length, distance in zip(longer, distances, strict=True)
    )
    return [percent if percent >= minimum else 0 for percent in percents]
