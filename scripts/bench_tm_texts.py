"""Texts to fill a large memory with, and questions to ask it.

Real sentence pairs are multiplied by honest variation: other numbers, other words, halves of two
sentences joined, verbatim repetitions, and groups of hundreds of sentences made from one by filling
one to three places of it, as in a memory of forms and reports. What comes out is no good Korean or
English, but its words, lengths and repetitions are those of real text.
"""

from __future__ import annotations

import lzma
import re
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import NamedTuple

Pair = tuple[str, str]

#: The share of units that come from groups of hundreds, and that of verbatim repetitions.
GROUPED, REPEATED = 0.1, 0.02

_NUMBER = re.compile(r"\d+")


class Question(NamedTuple):
    """A sentence to look up: ``any`` one, one of a ``group`` of hundreds, a ``short`` or a ``long``
    one, each changed a little or much."""

    kind: str
    text: str


def read_pairs(path: Path) -> list[Pair]:
    """The distinct pairs of a file: Korean, a tab, and English in each line (``.xz`` or not)."""
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        fields = (line.rstrip("\n").split("\t") for line in lines)
        pairs = dict.fromkeys((parts[0], parts[1]) for parts in fields if len(parts) > 1)
    return [pair for pair in pairs if all(pair)]


def varied(pairs: list[Pair], size: int, chance: Random) -> list[Pair]:
    """``size`` pairs: the real ones, then groups, repetitions and variations, shuffled."""
    made = chance.sample(pairs, min(size, len(pairs)))
    left = size - len(made)
    grouped = _grouped(pairs, _words(pairs, chance), chance)
    made += [next(grouped) for _ in range(min(left, int(size * GROUPED)))]
    made += [chance.choice(pairs) for _ in range(min(size - len(made), int(size * REPEATED)))]
    words = _words(pairs, chance)
    made += [_variation(pairs, words, chance) for _ in range(size - len(made))]
    chance.shuffle(made)
    return made


def questions(texts: list[str], count: int, chance: Random) -> list[Question]:
    """``count`` questions of each kind about distinct texts of one language."""
    ordered = sorted(texts)
    near = range(len(ordered) - 60)
    grouped = [
        ordered[i + 30]
        for i in chance.sample(near, min(20 * count + 60_000, len(near)))
        if len(ordered[i]) > 15 and ordered[i][:12] == ordered[i + 60][:12]
    ]
    by_length = sorted(texts, key=len)
    kinds = {
        "any": texts,
        "group": grouped,
        "short": by_length[: len(texts) // 10],
        "long": by_length[-len(texts) // 20 :],
    }
    words = [word for text in chance.sample(texts, min(5000, len(texts))) for word in text.split()]
    return [
        Question(kind, changed)
        for kind, pool in kinds.items()
        for text in chance.sample(pool, min(count, len(pool)))
        if (changed := _changed(text, words, chance))
    ]


def _grouped(
    pairs: list[Pair], words: tuple[list[str], list[str]], chance: Random
) -> Iterator[Pair]:
    while True:
        sides = [side.split() for side in chance.choice(pairs)]
        if len(sides[0]) < 5:
            continue
        places = [chance.sample(range(len(side)), min(len(side), 3)) for side in sides]
        filled = chance.randint(1, 3)
        for _ in range(chance.randint(200, 800)):
            ko, en = (
                _with_words(side, where[:filled], own, chance)
                for side, where, own in zip(sides, places, words, strict=True)
            )
            yield ko, en


def _variation(pairs: list[Pair], words: tuple[list[str], list[str]], chance: Random) -> Pair:
    pair, kind = chance.choice(pairs), chance.random()
    if kind < 0.25:
        numbers: dict[str, str] = {}
        return _renumbered(pair[0], numbers, chance), _renumbered(pair[1], numbers, chance)
    if kind < 0.6:
        other = chance.choice(pairs)
        return _joined(pair[0], other[0]), _joined(pair[1], other[1])
    ko, en = (
        _with_words(parts, chance.sample(range(len(parts)), -(-len(parts) // 8)), own, chance)
        for parts, own in zip((pair[0].split(), pair[1].split()), words, strict=True)
    )
    return ko, en


def _renumbered(text: str, numbers: dict[str, str], chance: Random) -> str:
    def other(match: re.Match[str]) -> str:
        digits = len(match.group())
        drawn = str(chance.randrange(10 ** (digits - 1), 10**digits))
        return numbers.setdefault(match.group(), drawn)

    return _NUMBER.sub(other, text)


def _joined(first: str, second: str) -> str:
    """The first half of one sentence and the second half of another."""
    before, after = first.split(), second.split()
    return " ".join(before[: -(-len(before) // 2)] + after[len(after) // 2 :])


def _with_words(parts: list[str], places: list[int], words: list[str], chance: Random) -> str:
    filled = list(parts)
    for place in places:
        filled[place] = chance.choice(words)
    return " ".join(filled)


def _changed(text: str, words: list[str], chance: Random) -> str:
    """A text with a twentieth to a third of its words changed, left out, put in or swapped."""
    parts = text.split()
    for _ in range(max(1, int(len(parts) * chance.choice((0.05, 0.1, 0.2, 0.3))))):
        place, kind = chance.randrange(len(parts)), chance.random()
        if kind < 0.4:
            parts[place] = chance.choice(words)
        elif kind < 0.6 and len(parts) > 2:
            del parts[place]
        elif kind < 0.75:
            parts.insert(place, chance.choice(words))
        elif kind < 0.9 and len(parts[place]) > 1:
            parts[place] = parts[place][:-1] + chance.choice(
                ("는", "은", "이", "를", "의", "s", "ed")
            )
        else:
            other = chance.randrange(len(parts))
            parts[place], parts[other] = parts[other], parts[place]
    return " ".join(parts)


def _words(pairs: list[Pair], chance: Random) -> tuple[list[str], list[str]]:
    """Words of both languages, as often as they occur."""
    some = chance.sample(pairs, min(20_000, len(pairs)))
    ko = [word for pair in some for word in pair[0].split()]
    en = [word for pair in some for word in pair[1].split()]
    return ko, en
