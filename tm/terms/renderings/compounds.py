"""Compounds rendered part by part: 무산광산 is 무산 + 광산 as Musan Mine is Musan + Mine."""

from __future__ import annotations

from collections.abc import Sequence

from tm.terms.latin.romanise import candidate_spellings
from tm.terms.renderings.candidates import Candidate, Similarity
from tm.terms.renderings.sounds import sound_key, sound_similarity
from tm.terms.spelling import is_hangul

#: Cosines of a word and its translation start about here, and those of near synonyms end.
_UNRELATED, _SAME = 0.45, 0.75


def compound_agreement(
    term: str, candidates: Sequence[Candidate], similarity: Similarity
) -> dict[str, float]:
    """How well both halves of a compound are rendered by words of a candidate, 0 … 1, by key.

    The halves are cut wherever both have two syllables or more; each must be like another word of
    the candidate in sound or in meaning, and the weaker half counts twice. Candidates of one
    word and terms of less than four syllables are left out.
    """
    compact = "".join(char for char in term if is_hangul(char))
    cuts = range(2, len(compact) - 1)
    several = {c.key: c.text.replace("-", " ").split() for c in candidates if " " in c.key}
    if not cuts or not several:
        return {}
    halves = list(dict.fromkeys(half for cut in cuts for half in (compact[:cut], compact[cut:])))
    words = list(dict.fromkeys(word for text in several.values() for word in text))
    likeness = _likeness(halves, words, similarity)
    return {
        key: max(
            _both(
                [likeness[compact[:cut], word] for word in text],
                [likeness[compact[cut:], word] for word in text],
            )
            for cut in cuts
        )
        for key, text in several.items()
    }


def _both(left: Sequence[float], right: Sequence[float]) -> float:
    pairs = ((a, b) for i, a in enumerate(left) for j, b in enumerate(right) if i != j)
    return max((0.65 * min(pair) + 0.35 * max(pair) for pair in pairs), default=0.0)


def _likeness(
    halves: Sequence[str], words: Sequence[str], similarity: Similarity
) -> dict[tuple[str, str], float]:
    cosines = similarity(halves, words)
    keys = [sound_key(word) for word in words]
    likeness = {}
    for row, half in enumerate(halves):
        spellings = tuple(sound_key(spelling) for spelling in candidate_spellings(half))
        for column, word in enumerate(words):
            meaning = (float(cosines[row, column]) - _UNRELATED) / (_SAME - _UNRELATED)
            sound = sound_similarity(spellings, keys[column])
            likeness[half, word] = max(0.0, min(1.0, max(meaning, sound)))
    return likeness
