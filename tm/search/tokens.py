"""The tokens that a text is indexed by, and the tokens that a query asks for.

Korean is indexed by the pairs of neighbouring letters of its folded text
(:func:`tm.search.fold.fold`), so that any two syllables are found wherever they stand and however
they are spaced; a single letter is found as the beginning of pairs. English is indexed by words,
by the words that a hyphen or an apostrophe joins written as one (*Jong-un* also as *jongun*,
*Kim's* as *kims*), by pairs of neighbouring words, and by signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise, product, starmap
from operator import add

from align.article import Lang

#: Raised when the tokens, the ranks or the signatures of a text change: an index made by other
#: rules is made anew.
RULES = 7

#: The token that every unit has on its Korean side. No text has a token of this form.
EVERY = "***"

#: How many words, joined by hyphens, are also found written as one.
JOINED = 4

# The tokens of longer texts are given once each: of a book pasted into one segment.
_LONG = 10_000

_WORD = re.compile(r"\w+|[^\w\s-]")
_JOINT = re.compile(r"(?<=\w)-+(?=\w)")
_PIECE = re.compile(r"[\w\s-]+|.", re.DOTALL)  # words with blanks and hyphens between them, signs

# Stands between the words of a pair. It is a sign of its own in texts, never part of a word.
_BESIDE = "~"


class Prefix(str):
    """Stands for all tokens that begin so."""

    __slots__ = ()


#: What a text must hold: at least one token of each group.
Tokens = tuple[tuple[str, ...], ...]


def tokens_of(level: str, folded: str, lang: Lang) -> str:
    """The tokens of a text, given levelled and folded, with blanks between them; some may come
    several times."""
    return _korean(folded) if lang == "ko" else _english(level)


def words(level: str) -> Iterator[str]:
    """The words and signs of a levelled text, in order."""
    return (match.group() for match in _WORD.finditer(level))


def letter_pairs(folded: str) -> list[str]:
    """The pairs of neighbouring letters of a folded text, in order."""
    return list(map(add, folded, folded[1:]))


def _korean(folded: str) -> str:
    pairs: Iterable[str] = map(add, folded, folded[1:] + " ")  # the last letter stands alone
    return f"{EVERY} {' '.join(set(pairs) if len(folded) > _LONG else pairs)}"


def word_pair(first: str, second: str) -> str:
    """The token for two words side by side."""
    return f"{first}{_BESIDE}{second}"


def _english(level: str) -> str:
    tokens: list[str] = []
    for piece in _PIECE.findall(level):
        parts = piece.replace("-", " ").split()
        tokens += parts
        if len(parts) > 1:
            has_joint = "-" in piece and _JOINT.search(piece)
            tokens += _joined(piece) if has_joint else map(_BESIDE.join, pairwise(parts))
    return " ".join(set(tokens) if len(level) > _LONG else tokens)


def _joined(piece: str) -> list[str]:
    """The words written as one, and the pairs, of words of which hyphens join some."""
    tokens: list[str] = []
    before: list[str] = []  # the word before, alone and as one with those joined to it
    for compound in piece.split():
        if "-" not in compound:
            tokens += [word_pair(word, compound) for word in before]
            before = [compound]
            continue
        parts = [part for part in compound.split("-") if part]
        for place in range(len(parts)):
            beginning = list(accumulate(parts[place : place + JOINED]))
            tokens += beginning[1:]
            tokens += starmap(word_pair, product(before, beginning))
            reached = parts[max(place + 1 - JOINED, 0) : place + 1]
            before = ["".join(reached[start:]) for start in range(len(reached))]
    return tokens
