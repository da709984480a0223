"""What differs between two sentences, in words.

One percentage misleads: a sentence with a *not* in it is 97 % the same. So each difference is named
by its kind, with the words of both sentences. Words (eojeols) are aligned by their longest common
subsequence, the runs between them by Levenshtein's algorithm with the likeness of words as cost;
differing words are told apart by the tables of :mod:`tm.eojeol`. No tagger is loaded.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from tm.eojeol import negations, numbers, roles_differ, same_verb, split_particle, without_digits
from tm.search.fold import plain

DifferenceKind = Literal[
    "spacing",
    "punctuation",
    "case",
    "number",
    "negation",
    "particle",
    "ending",
    "word order",
    "addition",
    "omission",
    "wording",
]

#: Kinds that change who did what, how many, or whether at all.
GRAVE: frozenset[DifferenceKind] = frozenset(("number", "negation", "word order"))

# Differences of one of these kinds in neighbouring words are one.
_RUNS: frozenset[DifferenceKind] = frozenset(("addition", "omission", "wording"))

# Blocks of differing words larger than this are called wording as a whole.
_LARGEST_BLOCK = 80

_UNPAIRED_COST = 0.7

# English words that stand in so many places that meeting them elsewhere says nothing about order.
_ANYWHERE = frozenset(
    ("a", "an", "the", "of", "in", "on", "at", "to", "and", "or", "for", "by", "with", "that", "as")
)


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with the words of the query and those of the candidate.

    ``addition``: the query says it, the candidate does not. ``omission``: the reverse. A number or
    negation that only one of them has is a difference of that kind, with the other side empty.
    """

    kind: DifferenceKind
    query: str
    candidate: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.query or '–'} ↔ {self.candidate or '–'}"


@dataclass(frozen=True, slots=True)
class _Word:
    text: str
    core: str  # without punctuation around it
    place: int

    @property
    def folded(self) -> str:
        return self.core.casefold()


@dataclass(frozen=True, slots=True)
class _Step:
    """Words of the query beside words of the candidate; one side may be empty."""

    query: tuple[_Word, ...]
    candidate: tuple[_Word, ...]


def differences(query: str, candidate: str) -> tuple[Difference, ...]:
    """The differences between two sentences in the order of the query; empty if they are equal
    but for white space and Unicode form."""
    steps = _aligned(_words(query), _words(candidate))
    steps, found = _without_reordered(steps)
    run: list[Difference] = []
    for step in steps:
        named = list(_of_step(step))
        if not named or (run and not _continues(run, named)):
            found += _as_one(run)
            run = []
        run += named
    return tuple(found + _as_one(run))


def _words(text: str) -> list[_Word]:
    return [
        _Word(word, re.sub(r"^\W+|\W+$", "", word) or word, place)
        for place, word in enumerate(plain(text).split())
    ]


# Alignment of words


def _aligned(query: Sequence[_Word], candidate: Sequence[_Word]) -> list[_Step]:
    """Equal words of a longest common subsequence beside each other, the runs between aligned."""
    from rapidfuzz.distance import LCSseq

    common = LCSseq.opcodes([w.folded for w in query], [w.folded for w in candidate])
    steps: list[_Step] = []
    i = j = 0
    for operation in common:
        if operation.tag != "equal":
            continue
        steps += _between(query[i : operation.src_start], candidate[j : operation.dest_start])
        i, j = operation.src_end, operation.dest_end
        pairs = zip(
            query[operation.src_start : i], candidate[operation.dest_start : j], strict=True
        )
        steps += [_Step((q,), (c,)) for q, c in pairs]
    return steps + _between(query[i:], candidate[j:])


def _between(query: Sequence[_Word], candidate: Sequence[_Word]) -> list[_Step]:
    if len(query) * len(candidate) > _LARGEST_BLOCK**2:
        return [_Step(tuple(query), tuple(candidate))]
    return _aligned_block(query, candidate)


def _aligned_block(query: Sequence[_Word], candidate: Sequence[_Word]) -> list[_Step]:
    """The cheapest way through two runs of words: pairs, words alone, and 1-2 or 2-1 where only
    the spacing differs."""
    rows, columns = len(query), len(candidate)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i in range(rows + 1):
        for j in range(columns + 1):
            if i == j == 0:
                continue
            ways = [
                (best[i - di, j - dj][0] + cost, (di, dj))
                for di, dj in ((1, 1), (1, 0), (0, 1), (1, 2), (2, 1))
                if di <= i
                and dj <= j
                and (cost := _cost(query[i - di : i], candidate[j - dj : j])) is not None
            ]
            best[i, j] = min(ways)
    steps: list[_Step] = []
    i, j = rows, columns
    while i or j:
        di, dj = best[i, j][1]
        steps.append(_Step(tuple(query[i - di : i]), tuple(candidate[j - dj : j])))
        i, j = i - di, j - dj
    return steps[::-1]


def _cost(query: Sequence[_Word], candidate: Sequence[_Word]) -> float | None:
    """What it costs to put these words beside each other; ``None`` if they may not be."""
    if not query or not candidate:
        return _UNPAIRED_COST
    one, other = _run(query), _run(candidate)
    if len(query) == len(candidate):
        return 1.0 - _likeness(one, other)
    return 0.05 if one == other else 0.1 if _stem(one) == _stem(other) != "" else None


def _likeness(one: str, other: str) -> float:
    from rapidfuzz.distance import Levenshtein

    if numbers(one) and numbers(other):
        return max(0.6, Levenshtein.normalized_similarity(one, other))
    return Levenshtein.normalized_similarity(one, other)


def _run(words: Sequence[_Word]) -> str:
    return "".join(word.folded for word in words)


def _stem(word: str) -> str:
    stem, particle = split_particle(word)
    return stem if particle and len(stem) > 1 else word if len(word) > 1 else ""


# Order and roles


def _without_reordered(steps: list[_Step]) -> tuple[list[_Step], list[Difference]]:
    """The steps without the words that changed places or roles, and those words."""
    steps, found = _moved(steps)
    pairs = [s for s in steps if len(s.query) == len(s.candidate) == 1 and _is_changed(s)]
    swapped: list[_Step] = []
    for one, other in combinations(pairs, 2):
        if _roles_swapped(one, other):
            swapped += [one, other]
            found.append(
                Difference(
                    "word order",
                    f"{one.query[0].core} … {other.query[0].core}",
                    f"{one.candidate[0].core} … {other.candidate[0].core}",
                )
            )
    return [step for step in steps if not any(step is other for other in swapped)], found


def _moved(steps: list[_Step]) -> tuple[list[_Step], list[Difference]]:
    """Take out words that stand in both sentences, in different places."""
    changed = [step for step in steps if _is_changed(step)]
    in_query = Counter(w.folded for s in changed for w in s.query)
    in_candidate = Counter(w.folded for s in changed for w in s.candidate)
    moved = {
        word: min(count, in_candidate[word])
        for word, count in in_query.items()
        if word in in_candidate and word not in _ANYWHERE and re.search(r"\w", word)
    }
    if not moved:
        return steps, []
    left, right = dict(moved), dict(moved)
    kept: list[_Step] = []
    from_query: list[_Word] = []
    from_candidate: list[_Word] = []
    for step in steps:
        if not _is_changed(step):
            kept.append(step)
            continue
        query = tuple(w for w in step.query if not _take(w, left, from_query))
        candidate = tuple(w for w in step.candidate if not _take(w, right, from_candidate))
        if query or candidate:
            kept.append(_Step(query, candidate))
    order = Difference(
        "word order",
        _with_neighbour(from_query, [w for step in steps for w in step.query]),
        _with_neighbour(from_candidate, [w for step in steps for w in step.candidate]),
    )
    return kept, [order]


def _take(word: _Word, wanted: dict[str, int], taken: list[_Word]) -> bool:
    if wanted.get(word.folded, 0) <= 0:
        return False
    wanted[word.folded] -= 1
    taken.append(word)
    return True


def _with_neighbour(moved: list[_Word], words: list[_Word]) -> str:
    """The moved words as they follow one another, a single one with the words around it."""
    if len(moved) > 1:
        return " … ".join(word.core for word in moved)
    place = moved[0].place
    return " ".join(word.core for word in words[max(0, place - 1) : place + 2])


def _roles_swapped(one: _Step, other: _Step) -> bool:
    """아버지가 … 아들을 beside 아들이 … 아버지를, or beside 아버지를 … 아들이."""
    (a, a_role), (b, b_role) = (split_particle(s.query[0].folded) for s in (one, other))
    (c, c_role), (d, d_role) = (split_particle(s.candidate[0].folded) for s in (one, other))
    if not (a_role and b_role and c_role and d_role) or a == b:
        return False
    if (a, b) == (d, c):
        return roles_differ(a_role, b_role) or roles_differ(c_role, d_role)
    return (a, b) == (c, d) and roles_differ(a_role, c_role) and roles_differ(b_role, d_role)


def _is_changed(step: _Step) -> bool:
    return _run(step.query) != _run(step.candidate)


# Naming


def _of_step(step: _Step) -> Iterator[Difference]:
    query = " ".join(word.text for word in step.query)
    candidate = " ".join(word.text for word in step.candidate)
    if query == candidate:
        return
    if not step.query or not step.candidate:
        yield Difference(
            _kind_alone(step.query or step.candidate, bool(step.query)), query, candidate
        )
        return
    if max(len(step.query), len(step.candidate)) > 2:
        yield Difference("wording", query, candidate)
        return
    if len(step.query) != len(step.candidate):
        yield Difference("spacing", query, candidate)
    one, other = ("".join(w.core for w in words) for words in (step.query, step.candidate))
    if one == other and len(step.query) == len(step.candidate):
        yield Difference("punctuation", query, candidate)
    for kind in _kinds(one, other):
        yield Difference(kind, _cores(step.query), _cores(step.candidate))


def _kind_alone(words: Sequence[_Word], of_query: bool) -> DifferenceKind:
    cores = [word.core for word in words]
    if not any(re.search(r"\w", core) for core in cores):
        return "punctuation"
    if any(negations(core) for core in cores):
        return "negation"
    if any(numbers(core) for core in cores):
        return "number"
    return "addition" if of_query else "omission"


def _kinds(one: str, other: str) -> list[DifferenceKind]:
    """What two different words differ in."""
    if one == other:
        return []
    if one.casefold() == other.casefold():
        return ["case"]
    if negations(one) != negations(other):
        return ["negation"]
    if numbers(one) != numbers(other):
        bare, bare_other = without_digits(one), without_digits(other)
        rest = bare != bare_other and bare != one and bare_other != other
        return ["number", *(_kinds_of_words(bare, bare_other) if rest else [])]
    return _kinds_of_words(one, other)


def _kinds_of_words(one: str, other: str) -> list[DifferenceKind]:
    if re.sub(r"\W", "", one) == re.sub(r"\W", "", other):
        return ["punctuation"]
    (stem, particle), (other_stem, other_particle) = split_particle(one), split_particle(other)
    if stem == other_stem and particle != other_particle:
        return ["particle"]
    return ["ending"] if same_verb(one, other) else ["wording"]


def _cores(words: Sequence[_Word]) -> str:
    return " ".join(word.core for word in words)


def _continues(run: list[Difference], named: list[Difference]) -> bool:
    """Whether a step only says more of the addition, omission or rewording before it."""
    kinds = {difference.kind for difference in run + named}
    return len(named) == 1 and len(kinds) == 1 and kinds <= _RUNS


def _as_one(run: list[Difference]) -> list[Difference]:
    if len(run) < 2 or run[0].kind not in _RUNS:
        return run
    query = " ".join(d.query for d in run if d.query)
    return [Difference(run[0].kind, query, " ".join(d.candidate for d in run if d.candidate))]
