"""The kinds of differences, and what a difference is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

DifferenceKind = Literal[
    "spacing",
    "punctuation",
    "case",
    "spelling",
    "number",
    "date",
    "negation",
    "contrary",
    "roles",
    "particle",
    "ending",
    "tense",
    "name or term",
    "word order",
    "addition",
    "omission",
    "wording",
]

#: Kinds that change who did what to whom, how many, when, or whether at all.
GRAVE: frozenset[DifferenceKind] = frozenset(("number", "date", "negation", "contrary", "roles"))


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference, with the words of the query and those of the candidate.

    ``addition``: the query says it, the candidate does not. ``omission``: the reverse. A number or
    negation that only one of them has is a difference of that kind, with the other side empty.
    ``contrary``: a word is replaced by its opposite, 허용했다 by 금지했다.
    ``spelling`` is one word written in two ways: North and South, Hanja and Hangul, British and
    American, in figures and in words. ``roles``: the same people or places, but who acts and whom
    it is done to, whence and whither, are exchanged. ``word order`` leaves the roles as they are.
    """

    kind: DifferenceKind
    query: str
    candidate: str

    def __str__(self) -> str:
        return f"{self.kind}: {self.query or '–'} ↔ {self.candidate or '–'}"
