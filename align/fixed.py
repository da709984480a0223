"""Beads that a person has fixed.

A fixed bead is a pair of groups of sentence numbers, of any size, neighbours or not, with one side
empty for sentences that have no counterpart. :mod:`align.holding` makes the search keep to them.
"""

from __future__ import annotations

import operator
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from align.alignment import Bead
from align.errors import InputError

#: Numbers of Korean and of English sentences, each ascending.
Link = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class FixedBead:
    """A fixed bead as it was given, and where: a line of a file, or an item of an argument."""

    ko: Sequence[int]
    en: Sequence[int]
    place: str


#: How a caller may give fixed beads.
GivenBeads = Iterable[tuple[Sequence[int], Sequence[int]] | FixedBead]


@dataclass(frozen=True, slots=True)
class Fixed:
    """What is fixed in two texts, or in a piece of them.

    ``beads`` lie wholly in the piece. ``ko`` and ``en`` are all sentences of it that are not to be
    aligned: those of ``beads``, and those of beads that reach outside the piece.
    """

    beads: tuple[Link, ...] = ()
    ko: frozenset[int] = frozenset()
    en: frozenset[int] = frozenset()

    def touches(self, ko: Iterable[int], en: Iterable[int]) -> bool:
        """Whether a bead has a sentence that is not to be aligned."""
        return not (self.ko.isdisjoint(ko) and self.en.isdisjoint(en))

    def part(self, ko: range, en: range) -> Fixed:
        """What is fixed in these sentences, numbered from the start of the ranges."""
        return Fixed(
            tuple(
                (tuple(i - ko.start for i in bead[0]), tuple(j - en.start for j in bead[1]))
                for bead in self.beads
                if lies_in(bead[0], ko) and lies_in(bead[1], en)
            ),
            frozenset(i - ko.start for i in ko if i in self.ko),
            frozenset(j - en.start for j in en if j in self.en),
        )


NOTHING = Fixed()


def in_a_row(numbers: Sequence[int]) -> bool:
    """Whether ascending numbers follow each other without a gap, and there are any."""
    return bool(numbers) and numbers[-1] - numbers[0] == len(numbers) - 1


def lies_in(numbers: Iterable[int], sentences: range) -> bool:
    return all(number in sentences for number in numbers)


def fixed_of(given: GivenBeads, n: int, m: int) -> Fixed:
    """What ``given`` fixes in texts of n and m sentences. A bead given twice counts once.

    Raises
    ------
    InputError: a bead without sentences, with a number that no sentence has, or with a sentence
        that it or another bead has already; the place names the bead.
    """
    owners: dict[tuple[str, int], str] = {}
    links: dict[Link, None] = {}
    for number, item in enumerate(given):
        bead = _bead(item, number)
        link = (_numbers(bead.ko, bead.place), _numbers(bead.en, bead.place))
        if not link[0] and not link[1]:
            raise InputError(
                "it holds no sentence", place=bead.place, remedy="name the sentences of a side"
            )
        if link in links:
            continue
        for lang, count, numbers in (("Korean", n, link[0]), ("English", m, link[1])):
            for k in numbers:
                _refuse_unknown(lang, k, count, bead.place)
                _refuse_taken(lang, k, owners.get((lang, k)), bead.place)
                owners[lang, k] = bead.place
        links[link] = None
    return Fixed(
        tuple(links),
        frozenset(k for lang, k in owners if lang == "Korean"),
        frozenset(k for lang, k in owners if lang == "English"),
    )


def _bead(item: Any, number: int) -> FixedBead:
    if isinstance(item, FixedBead):
        return item
    place = f"fixed bead {number}"
    try:
        ko, en = item
    except (TypeError, ValueError):
        raise _not_numbers(item, place) from None
    return FixedBead(ko, en, place)


def _numbers(side: Any, place: str) -> tuple[int, ...]:
    try:
        return tuple(sorted(operator.index(k) for k in side))
    except TypeError:
        raise _not_numbers(side, place) from None


def _not_numbers(found: object, place: str) -> InputError:
    return InputError(
        f"not sentence numbers: {found!r}",
        place=place,
        remedy="give a list of Korean and one of English sentence numbers, as ([3], [4, 5])",
    )


def _refuse_unknown(lang: str, k: int, count: int, place: str) -> None:
    if not 0 <= k < count:
        raise InputError(
            f"there is no {lang} sentence {k}, "
            + (f"they are numbered 0 to {count - 1}" if count else "that side is empty"),
            place=place,
            remedy="take the numbers from an alignment of these texts, made in the same way",
        )


def _refuse_taken(lang: str, k: int, owner: str | None, place: str) -> None:
    if owner is not None:
        where = "twice in it" if owner == place else f"also in {owner}"
        raise InputError(
            f"{lang} sentence {k} is {where}",
            place=place,
            remedy="let each sentence be in one fixed bead, once",
        )


def path_type(link: Link) -> int:
    """The number in :data:`align.features.TYPES` of a bead that a path can go through, else -1."""
    from align.features import bead_type

    return bead_type(len(link[0]), len(link[1])) if all(map(in_a_row, link)) else -1


def left_over(fixed: Fixed, beads: Iterable[Bead]) -> list[Bead]:
    """The fixed beads that are not among ``beads``: no piece of the texts held them whole."""
    there = {(bead.ko, bead.en) for bead in beads}
    return [Bead(ko, en, 1.0, fixed=True) for ko, en in fixed.beads if (ko, en) not in there]
