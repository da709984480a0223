"""The words of two sentences beside each other.

Equal words are aligned by their longest common subsequence, the runs between by the cheapest way
through them, with the likeness of words as cost.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from tm.differences.contraries import are_contrary
from tm.differences.spelling import same_spelling
from tm.differences.words import Word
from tm.eojeol import content, is_korean, same_verb, split_particle

# Pairs of runs of words larger than this are not looked into.
_LARGEST_BLOCK = 40 * 40

_UNPAIRED_COST = 0.7
_MOVES = ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))


@dataclass(frozen=True, slots=True)
class Step:
    """Words of the query beside words of the candidate; one side may be empty."""

    query: tuple[Word, ...]
    candidate: tuple[Word, ...]
    is_changed: bool  # not only in case, punctuation or spacing

    @classmethod
    def of(cls, query: Sequence[Word], candidate: Sequence[Word]) -> Step:
        return cls(tuple(query), tuple(candidate), run(query) != run(candidate))

    @property
    def is_pair(self) -> bool:
        return len(self.query) == len(self.candidate) == 1


def run(words: Sequence[Word]) -> str:
    """Words folded and written together."""
    return "".join(word.folded for word in words).replace(" ", "")


def aligned(query: Sequence[Word], candidate: Sequence[Word]) -> list[Step]:
    """The steps through two sentences, in order; the same whichever of them is the query."""
    if [word.folded for word in query] > [word.folded for word in candidate]:
        turned = _aligned(candidate, query)
        return [Step(step.candidate, step.query, step.is_changed) for step in turned]
    return _aligned(query, candidate)


def _aligned(query: Sequence[Word], candidate: Sequence[Word]) -> list[Step]:
    from rapidfuzz.distance import LCSseq

    common = LCSseq.opcodes([w.folded for w in query], [w.folded for w in candidate])
    steps: list[Step] = []
    i = j = 0
    for operation in common:
        if operation.tag != "equal":
            continue
        steps += _between(query[i : operation.src_start], candidate[j : operation.dest_start])
        i, j = operation.src_end, operation.dest_end
        pairs = zip(
            query[operation.src_start : i], candidate[operation.dest_start : j], strict=True
        )
        steps += [Step((q,), (c,), is_changed=False) for q, c in pairs]
    return steps + _between(query[i:], candidate[j:])


def _between(query: Sequence[Word], candidate: Sequence[Word]) -> list[Step]:
    if not query and not candidate:
        return []
    if len(query) * len(candidate) > _LARGEST_BLOCK:
        return [Step.of(query, candidate)]
    if not query or not candidate:
        return [Step.of((w,), ()) for w in query] + [Step.of((), (w,)) for w in candidate]
    return _aligned_block(query, candidate)


def _aligned_block(query: Sequence[Word], candidate: Sequence[Word]) -> list[Step]:
    """The cheapest way through two runs of words: pairs, words alone, and 1-2 or 2-1 where only
    the spacing differs, or spacing and spelling or particle."""
    rows, columns = len(query), len(candidate)
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    moves = [[(0, 0)] * (columns + 1) for _ in range(rows + 1)]
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == j == 0:
                continue
            lowest = float("inf")
            for di, dj in _MOVES:
                if di > i or dj > j:
                    continue
                cost = _cost(query[i - di : i], candidate[j - dj : j])
                if cost is not None and best[i - di][j - dj] + cost < lowest:
                    lowest = best[i - di][j - dj] + cost
                    moves[i][j] = di, dj
            best[i][j] = lowest
    steps: list[Step] = []
    i, j = rows, columns
    while i or j:
        di, dj = moves[i][j]
        steps.append(Step.of(query[i - di : i], candidate[j - dj : j]))
        i, j = i - di, j - dj
    return steps[::-1]


def _cost(query: Sequence[Word], candidate: Sequence[Word]) -> float | None:
    """What it costs to put these words beside each other; ``None`` if they may not be."""
    if not query or not candidate:
        return _UNPAIRED_COST
    if len(query) == len(candidate):
        return _pair_cost(query[0], candidate[0])
    one, other = run(query), run(candidate)
    if one == other:
        return 0.05
    return 0.1 if _bare(one) == _bare(other) != "" or same_spelling(one, other) else None


def _pair_cost(one: Word, other: Word) -> float:
    if one.numbers and other.numbers:
        return 0.1 if one.rest == other.rest else 0.35
    cost = _word_cost(one.folded, other.folded)
    if one.place and other.place and one.core[0].isupper() and other.core[0].isupper():
        return min(cost, 0.45)  # two names are more alike than their letters say
    return cost


@lru_cache(maxsize=16384)
def _word_cost(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    if one == other:
        return 0.0
    if are_contrary(one, other):
        return 0.3
    if _bare(one) == _bare(other) or same_spelling(one, other):
        return 0.1
    if _main(one) == _main(other) or same_verb(_main(one), _main(other)):
        return 0.2
    distance = 1.0 - Levenshtein.normalized_similarity(one, other)
    if is_korean(one) and is_korean(other):
        same_role = split_particle(one)[1] == split_particle(other)[1] != ""
        return min(1.0, distance) - 0.05 * same_role
    return distance if content(one) and content(other) else max(distance, 0.5)


def _main(word: str) -> str:
    """The verb of a negated or future phrase."""
    parts = word.split()
    if len(parts) < 2:
        return word
    if not is_korean(word):
        return parts[-1]
    return parts[1] if parts[0] in ("안", "못") else parts[0]


def _bare(word: str) -> str:
    stem, particle = split_particle(word)
    return stem if particle and len(stem) > 1 else word if len(word) > 1 else ""
