"""Which of a term's phrases are its renderings: one, or several where it is put in several ways."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tm.terms.extract.evidence import NAMES, Weighed
from tm.terms.extract.grams import Grams
from tm.terms.extract.links import Floats, Ints

#: Confidence that the first rendering is right, from its score and by how much it leads over the
#: next that shares no word with it: a logistic regression over the same nouns as the weights, with
#: and without meaning. Of those from 0.9 on, 95 in 100 are what a dictionary has, of those from 0.6
#: to 0.8 two in three.
_BIAS, _SCORE, _LEAD = -1.3, 0.3, 0.6
_LARGEST_LEAD = 4.0
#: That a further one is: what it shares with the first does not count, its own meetings do. A
#: dictionary confirms the part for meaning; it knows no names and no newsroom's wordings, so what
#: alignment and frequency add is set by hand.
_NEXT_BIAS, _NEXT_COUNT = -2.4, 0.3
_NEXT = {"alignment": 2.5, "meaning": 2.7, "close meaning": 2.3}
#: A longer phrase stands for a shorter one that is nearly always part of it …
_EXTENDS = 0.85
#: … or, if it is a name, most often: Security → Ministry of Social Security …
_EXTENDS_NAME = 0.5
#: … if its words are hardly less bound to the term.
_STAYS_BOUND = 0.7
#: A further rendering is bound to the term, where both are, and makes up a part of its units.
_BOUND = 0.3
_SHARE = 0.04
_MOST_VOICES = 6
#: Cosine above what any words have, and likeness in sound, from which two words are alike.
_ALIKE, _SOUNDS_ALIKE = 0.15, 0.8


@dataclass(frozen=True, slots=True)
class Chosen:
    """A rendering: ``phrase`` is an English run, ``rank`` its place among the term's, from 0."""

    phrase: int
    together: int
    confidence: float
    rank: int
    evidence: dict[str, float]


def renderings(
    weighed: Weighed, korean: Grams, english: Grams, terms: Sequence[int]
) -> Iterator[list[Chosen]]:
    """The renderings of each term, best first; what is unsure is for the reader to cut off."""
    scores = weighed.scores
    for row, term in enumerate(terms):
        yield _of_term(weighed, row, scores[row], int(korean.counts[term]), english)


def speaks_for_itself(chosen: Sequence[Chosen]) -> bool:
    """Whether the first rendering is like the term in meaning or sound, not only beside it.

    Of a word that stands only in compounds nothing else tells its rendering from theirs.
    """
    known = chosen[0].evidence if chosen else {}
    return known.get("meaning", 0.0) >= _ALIKE or known.get("sound", 0.0) >= _SOUNDS_ALIKE


def _of_term(
    weighed: Weighed, row: int, scores: Floats, units: int, english: Grams
) -> list[Chosen]:
    order = [int(k) for k in np.argsort(-scores, kind="stable") if weighed.phrase[row, k] >= 0]
    keys = {k: f" {english.keys[weighed.phrase[row, k]]} " for k in order}
    alignment = weighed.values[row, :, NAMES.index("alignment")]
    together = weighed.together[row]
    chosen: list[Chosen] = []
    taken: list[set[str]] = []
    for position, k in enumerate(order):
        words = set(keys[k].split())
        if any(words & other for other in taken):
            continue
        is_voice = together[k] >= max(2, _SHARE * units) and alignment[k] >= _BOUND
        if chosen and not is_voice:
            continue
        is_name = english.is_name[weighed.phrase[row]]
        whole = _whole(k, order, keys, together, alignment, is_name)
        if chosen:
            confidence = _confidence_of_next(weighed.values[row, k], int(together[k]))
        else:
            rivals = (scores[o] for o in order if not words & set(keys[o].split()))
            lead = max(scores[k] - next(rivals, scores[k] - _LARGEST_LEAD), 0.0)
            confidence = _logistic(
                _BIAS + _SCORE * float(scores[k]) + _LEAD * min(float(lead), _LARGEST_LEAD)
            )
        chosen.append(
            Chosen(
                int(weighed.phrase[row, whole]),
                int(together[whole]),
                confidence,
                len(chosen),
                _named(weighed.values[row, whole]),
            )
        )
        taken.append(words | set(keys[whole].split()))
        if len(chosen) == _MOST_VOICES or position > 12:
            break
    return chosen


def _whole(
    k: int,
    order: Sequence[int],
    keys: dict[int, str],
    together: Ints,
    alignment: Floats,
    is_name: NDArray[np.bool_],
) -> int:
    """The longest phrase that phrase k nearly always is a part of: Security → State Security."""
    longer = [
        o
        for o in order
        if keys[k] in keys[o]
        and o != k
        and together[o] >= max(2, (_EXTENDS_NAME if is_name[o] else _EXTENDS) * together[k])
        and alignment[o] >= _STAYS_BOUND * alignment[k]
    ]
    if not longer:
        return k
    best = max(longer, key=lambda o: (alignment[o] * together[o], len(keys[o])))
    return _whole(best, order, keys, together, alignment, is_name)


def _confidence_of_next(values: Floats, together: int) -> float:
    known = sum(weight * float(values[NAMES.index(name)]) for name, weight in _NEXT.items())
    return _logistic(_NEXT_BIAS + known + _NEXT_COUNT * math.log2(max(together, 1)))


def _logistic(x: float) -> float:
    return 1 / (1 + math.exp(-x))


def _named(values: Floats) -> dict[str, float]:
    return {name: round(float(v), 3) for name, v in zip(NAMES, values, strict=True) if v}
