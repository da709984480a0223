"""Similar sentences: the memory names those that may be, each is compared character by character.

Similarity is Levenshtein's: the characters that need not be inserted, deleted or replaced to turn
one plain text into the other, in per cent of the longer text, rounded down.
"""

from __future__ import annotations

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
    found = [
        (text, similarity(wanted, text))
        for text in store.near(wanted, lang, minimum)
        if text != wanted
    ]
    return sorted(found, key=lambda item: (-item[1], item[0]))


def similarity(one: str, other: str, minimum: int = 0) -> int:
    """Levenshtein similarity in per cent, rounded down; 0 if it is below ``minimum``."""
    from rapidfuzz.distance import Levenshtein

    longer = max(len(one), len(other))
    if not longer:
        return 100
    most = longer * (100 - minimum) // 100
    distance = Levenshtein.distance(one, other, score_cutoff=most)
    return 0 if distance > most else (longer - distance) * 100 // longer
