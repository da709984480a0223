"""Similar sentences: few candidates by shared grams, then each compared character by character.

Similarity is Levenshtein's: the characters that need not be inserted, deleted or replaced to turn
one plain text into the other, in per cent of the longer text, rounded down.

The candidates are the units that share most of the query's rarest grams. A sentence at least 70 %
similar shares many grams with the query, the rare ones among them, so asking for a dozen finds it
(the prefix filter of Chaudhuri, Ganti and Kaushik, *A primitive operator for similarity joins in
data cleaning*, 2006, with a fixed number of lists in place of the guarantee).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice

from align.article import Lang
from tm.search.fold import fold, plain
from tm.search.grams import grams
from tm.store import Store

# How many lists of units are merged: the longer, until together they name too many units, but never
# fewer than the shorter. Each English gram is one of several rare ones that a rare word is made of;
# if that word is the one that differs they all say nothing, so they are taken from places apart.
_LISTS: dict[Lang, tuple[int, int]] = {"ko": (8, 12), "en": (8, 16)}
_UNITS: dict[Lang, int] = {"ko": 8000, "en": 5000}
_APART: dict[Lang, int] = {"ko": 1, "en": 3}

#: The longest text, in characters, for which similar ones are looked for. No sentence is as long;
#: comparing whole books that someone pasted into one segment would take minutes.
LONGEST = 5000

# Texts compared, all of a length that can be similar enough. A sentence that stands in the memory
# many times is one text, and does not crowd out others until it fills all units that are looked at.
_TEXTS = 1000
_LOOKED_AT = 6000


def similar(store: Store, sentence: str, lang: Lang, *, minimum: int) -> list[tuple[str, int]]:
    """The distinct texts of ``lang`` at least ``minimum`` % similar to ``sentence``, best first.

    Returns plain texts with their percentages; a text equal to the sentence is left out, and no
    other gets more than 99. Nothing is similar to a text longer than :data:`LONGEST`.
    """
    wanted = plain(sentence)
    if len(wanted) > LONGEST:
        return []
    found = [
        (text, percent)
        for text in _candidate_texts(store, wanted, lang, minimum)
        if text != wanted and (percent := similarity(wanted, text, minimum)) >= minimum
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


def _candidate_texts(store: Store, wanted: str, lang: Lang, minimum: int) -> list[str]:
    lengths = (len(wanted) * minimum // 100, len(wanted) * 100 // minimum)
    ranked = islice(_ranked(store, fold(wanted), lang), _LOOKED_AT)
    texts: dict[str, None] = {}
    while len(texts) < _TEXTS and (ids := list(islice(ranked, _TEXTS))):
        held = store.texts(ids, lang, lengths)
        texts |= dict.fromkeys(plain(held[unit]) for unit in ids if unit in held)
    return list(texts)


def _ranked(store: Store, folded: str, lang: Lang) -> Iterator[int]:
    """Units that share rare grams with a text, most shared first, of equals the rarest first."""
    shared: Counter[int] = Counter()
    lists = named = 0
    fewest, most = _LISTS[lang]
    for gram in _spread(store.rarest_first(grams(folded, lang), lang), folded, _APART[lang]):
        units = store.units_with(gram, lang)
        shared.update(units)
        lists += bool(units)
        named += len(units)
        if lists == most or (lists >= fewest and named >= _UNITS[lang]):
            break
    by_count: list[list[int]] = [[] for _ in range(lists + 1)]
    for unit, count in shared.items():
        by_count[count].append(unit)
    for units in reversed(by_count):
        yield from units


def _spread(ordered: list[str], folded: str, apart: int) -> list[str]:
    """Grams in their order, but first those that stand so far from every one before."""
    if apart < 2:
        return ordered
    first: list[str] = []
    near: list[str] = []
    taken = bytearray(len(folded))
    for gram in ordered:
        place = folded.find(gram)
        if any(taken[max(0, place - apart + 1) : place + apart]):
            near.append(gram)
        else:
            first.append(gram)
            taken[place] = 1
    return first + near
