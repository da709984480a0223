"""Terms to be found in text, and what was found: the same for Korean and English."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FinderTerm:
    """A term to be found.

    Parameters
    ----------
    text: in Korean a noun, name or compound (돈주), or a verb in its dictionary form (폐쇄하다); in
        English a word or phrase.
    also: other forms that count as the term, such as a Hanja abbreviation (北).
    name: the term is a name: verbal endings do not belong to it (무산 is not in 무산됐다), and an
        English name of one word has its capital (Rice is not rice).
    """

    text: str
    also: tuple[str, ...] = ()
    name: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A term in a sentence: ``sentence[start:end]`` is the term as it stands there.

    Of a noun without particles and endings, of a verb with its endings. ``nested`` says that it
    lies inside a longer one that was found.
    """

    term: FinderTerm
    start: int
    end: int
    nested: bool = False

    def text(self, sentence: str) -> str:
        return sentence[self.start : self.end]


#: Start, end and number of a term.
Place = tuple[int, int, int]


def arranged(terms: Sequence[FinderTerm], places: Iterable[Place]) -> list[Found]:
    """Places of terms, given by their numbers, as the finders tell them.

    From left to right, a longer one before those that lie in it. A term never overlaps itself.
    Of two terms that overlap without one lying in the other only the longer stays, and the earlier
    of two that are equally long. Terms with the same letters stay side by side.
    """
    return [
        Found(terms[number], start, end, nested)
        for start, end, number, nested in _told_apart(_without_repeats(places))
    ]


def _without_repeats(places: Iterable[Place]) -> list[Place]:
    """The same term never overlaps itself: the first stays, and the longest of those."""
    kept: list[Place] = []
    ends: dict[int, int] = {}
    for start, end, number in sorted(places, key=lambda s: (s[0], -s[1], s[2])):
        if start >= ends.get(number, 0):
            kept.append((start, end, number))
            ends[number] = end
    return kept


def _told_apart(places: Iterable[Place]) -> list[tuple[int, int, int, bool]]:
    """Spans in order, each with whether it lies inside a longer one; those that cross a longer or
    earlier one left out."""
    kept: list[tuple[int, int, int, bool]] = []
    for start, end, number in sorted(places, key=lambda s: (s[0] - s[1], s[0], s[2])):
        nested = crosses = False
        for other, other_end, _, _ in kept:
            if start < other_end and other < end and (start, end) != (other, other_end):
                inside = other <= start and end <= other_end
                nested, crosses = nested or inside, crosses or not inside
        if not crosses:
            kept.append((start, end, number, nested))
    return sorted(kept, key=lambda s: (s[0], -s[1], s[2]))
