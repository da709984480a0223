"""What contradicts itself in a termbase, or says a thing twice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from tm.search.fold import fold
from tm.terms.english import phrase_key
from tm.terms.spelling import fold_spelling
from tm.terms.termbase.concepts import UNWANTED, Concept, Term
from tm.terms.termbase.entries import instead_of

Kind = Literal[
    "duplicate", "homonym", "two preferred", "none preferred", "twice", "variants",
    "no instead", "wrong instead", "contradiction",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermProblem:
    """What is wrong with one rendering, or one Korean term, and where it stands."""

    place: str
    kind: Kind
    told: str


@dataclass(frozen=True, slots=True)
class _Pair:
    concept: Concept
    ko: Term
    en: Term
    place: str

    @property
    def told(self) -> str:
        return f"{self.ko.text} = {self.en.text}"


@dataclass(slots=True)
class TermCheck:
    """Concepts one after the other, with the place of each of their renderings; then what is wrong
    among them."""

    concepts: int = 0
    _pairs: list[_Pair] = field(default_factory=list)

    def add(self, concept: Concept, place_of: Callable[[Term, Term], str]) -> None:
        self.concepts += 1
        self._pairs += (_Pair(concept, ko, en, place_of(ko, en)) for ko, en in concept.pairs())

    def problems(self) -> list[TermProblem]:
        """What is wrong, concept by concept, then what is wrong between them."""
        inside = _grouped(self._pairs, lambda pair: (pair.concept.id, pair.ko.text))
        between = _grouped(self._pairs, lambda pair: fold_spelling(pair.ko.text))
        return [
            *(problem for pairs in inside for problem in _inside(pairs)),
            *(problem for pairs in between for problem in _between(pairs)),
        ]


def _grouped(pairs: Iterable[_Pair], key: Callable[[_Pair], object]) -> Iterable[list[_Pair]]:
    groups: defaultdict[object, list[_Pair]] = defaultdict(list)
    for pair in pairs:
        groups[key(pair)].append(pair)
    return groups.values()


def _inside(pairs: Sequence[_Pair]) -> Iterator[TermProblem]:
    """What is wrong with the renderings of one Korean term of one concept."""
    if all(pair.en.status in UNWANTED for pair in pairs) and pairs[0].ko.status not in UNWANTED:
        told = f"{pairs[0].ko.text} has no rendering that may be written"
        yield TermProblem(pairs[0].place, "none preferred", told)
    for one, other in combinations(pairs, 2):
        if not (_overlap(one.ko, other.ko) and _overlap(one.en, other.en)):
            continue
        if one.en.text == other.en.text:
            told = f"{other.told} stands there twice: as {one.en.status} ({one.place}) and as "
            yield TermProblem(other.place, "twice", told + other.en.status)
        elif one.en.status == other.en.status == "preferred":
            told = f"{one.ko.text} has two preferred renderings: {one.en.text} ({one.place}) and "
            yield TermProblem(other.place, "two preferred", told + other.en.text)
        elif _are_variants(one.en, other.en):
            told = f"{one.en.text} ({one.place}) and {other.en.text} are spellings of one name, "
            told += f"both {other.en.status}, and no note says which to use when"
            yield TermProblem(other.place, "variants", told)
    for pair in pairs:
        yield from _instead(pair, [other.en for other in pairs])


def _instead(pair: _Pair, beside: list[Term]) -> Iterator[TermProblem]:
    if pair.en.status not in UNWANTED:
        return
    instead = instead_of(pair.en, beside)
    if not instead:
        told = f"{pair.told} is {pair.en.status}, and nothing says what to write instead"
        yield TermProblem(pair.place, "no instead", told)
    same = [term for term in beside if phrase_key(term.text) == phrase_key(instead)]
    if same and all(term.status in UNWANTED for term in same):
        told = f"instead of {pair.en.text} one is to write {instead}, which is {same[0].status}"
        yield TermProblem(pair.place, "wrong instead", told)


def _between(pairs: Sequence[_Pair]) -> Iterator[TermProblem]:
    """What is wrong between the concepts that have one Korean term."""
    told_of: set[tuple[str, str]] = set()
    for one, other in combinations(pairs, 2):
        names = one.concept.id, other.concept.id
        if names[0] == names[1] or not (_overlap(one.ko, other.ko) and _overlap(one.en, other.en)):
            continue
        if phrase_key(one.en.text) == phrase_key(other.en.text):
            unwanted = [pair.en.status in UNWANTED for pair in (one, other)]
            if unwanted[0] != unwanted[1]:
                told = f"{other.told} is {other.en.status} here and {one.en.status} in "
                yield TermProblem(
                    other.place, "contradiction", f"{told}concept {names[0]} ({one.place})"
                )
            elif names not in told_of:
                told = f"{other.told} stands in concept {names[0]} too ({one.place})"
                yield TermProblem(other.place, "duplicate", told)
            told_of.add(names)
        elif names not in told_of and not _are_told_apart(one, other):
            told_of.add(names)
            told = f"{other.ko.text} stands in concept {names[0]} too ({one.place}), and neither "
            told += "definition nor note says what tells them apart"
            yield TermProblem(other.place, "homonym", told)


def _are_told_apart(one: _Pair, other: _Pair) -> bool:
    """Whether somebody who looks for the term can see which of two concepts is meant."""
    ends = ((pair.concept.domain, pair.ko.pos or pair.en.pos) for pair in (one, other))
    first, second = ends
    return first != second or all(
        pair.concept.definition or pair.concept.note or pair.en.note or pair.ko.note
        for pair in (one, other)
    )


def _are_variants(one: Term, other: Term) -> bool:
    """Whether two names differ in hyphens, blanks and capitals alone, and nothing says which of
    them to use."""
    return (
        one.status == other.status
        and one.status not in UNWANTED
        and not (one.note or other.note)
        and fold(one.text) == fold(other.text)
    )


def _overlap(one: Term, other: Term) -> bool:
    """Whether there is a day on which both hold: the first of the one that begins later."""
    start = max(one.valid_from, other.valid_from)
    return not start or (one.is_valid(start) and other.is_valid(start))
