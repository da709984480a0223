"""All runs of words that may be terms or renderings, numbered and counted, by array operations.

A run grows word by word; what is rarer than asked for is dropped, since nothing longer can be more
frequent (the Apriori principle of Agrawal and Srikant, 1994). So the work is a few passes over
arrays as long as the corpus, and memory grows with it and not with the number of different runs.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tm.terms.extract.corpus import Numbers, Side
from tm.terms.extract.tokens import (
    ALONE,
    FIRST,
    FOLLOWS,
    GRAMMAR,
    HYPHEN,
    INNER,
    LAST,
    NAME,
    OF,
    english_key,
)

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]
Codes = NDArray[np.uint64]

#: Words of the longest Korean and English runs: Central Committee of the Workers' Party of Korea.
LONGEST_KO, LONGEST_EN = 6, 8

_BASE, _MODULUS = 0x9E3779B97F4A7C15, 1 << 64


@dataclass(frozen=True, slots=True)
class Grams:
    """Runs of words of one language.

    ``keys[g]`` is run g as text: word keys with blanks between in English, without in Korean;
    ``forms[g]`` has the words' forms instead of their keys.
    ``counts[g]`` is the number of units that hold it, ``lengths[g]`` its words. Its places are
    ``at[k]``, the number of the first word in the side's tokens, for all k with ``gram[k] == g``;
    they are ordered by ``at``, so by unit; ``size[k]`` is their number of words, and ``unit[k]``
    the number of their unit. ``is_name[g]`` says whether run g is mostly written as a name.
    """

    keys: list[str]
    forms: list[str]
    counts: Ints
    lengths: Ints
    gram: Ints
    at: Ints
    size: NDArray[np.int8]
    unit: Ints
    is_name: Mask

    def __len__(self) -> int:
        return len(self.keys)

    def only(self, kept: Mask) -> Grams:
        """The same runs with the places ``kept``, counted anew."""
        gram, unit = self.gram[kept], self.unit[kept]
        counts = _unit_counts(gram, unit, len(self))
        at, size = self.at[kept], self.size[kept]
        return replace(self, counts=counts, gram=gram, at=at, size=size, unit=unit)

    def by_gram(self) -> tuple[Numbers, Ints]:
        """Places ordered by run: the places of run g are ``order[starts[g]:starts[g + 1]]``."""
        order = np.argsort(self.gram, kind="stable").astype(np.int32)
        starts = np.zeros(len(self) + 1, np.int64)
        np.cumsum(np.bincount(self.gram, minlength=len(self)), out=starts[1:])
        return starts, order


def korean_grams(side: Side, least: int) -> Grams:
    """Nouns, compounds and chains of nouns that stand in ``least`` units or more."""
    flags = side.tokens["flags"]
    joins = (flags & OF) > 0  # any way of hanging on the one before

    def valid(at: Ints, size: int) -> Mask:
        first, last = flags[at], flags[at + size - 1]
        if size == 1:
            return (first & ALONE) > 0
        return ((first & FIRST) > 0) & ((last & LAST) > 0)

    return _grams(side, least, joins, valid, LONGEST_KO, "")


def english_grams(side: Side, least: int) -> Grams:
    """English words, and phrases of several that stand in ``least`` units or more."""
    flags = side.tokens["flags"]
    joins = (flags & FOLLOWS) > 0
    of = side.words.index("of") if "of" in side.words else -1
    the = side.words.index("the") if "the" in side.words else -1
    words = side.tokens["word"]
    before_hyphen = np.append((flags[1:] & HYPHEN) > 0, False)

    def valid(at: Ints, size: int) -> Mask:
        first, last = flags[at], flags[at + size - 1]
        if size == 1:
            return (first & ALONE) > 0
        good = ((first & FIRST) > 0) & ((last & LAST) > 0) & ((first & GRAMMAR) == 0)
        good &= ((last & GRAMMAR) == 0) & ((first & HYPHEN) == 0) & ~before_hyphen[at + size - 1]
        grammar = np.zeros(len(at), np.int32)
        ofs = np.zeros(len(at), np.int32)
        thes = np.zeros(len(at), np.int32)
        for k in range(1, size - 1):
            grammar += (flags[at + k] & GRAMMAR) > 0
            ofs += words[at + k] == of
            thes += words[at + k] == the
        names = ((first & NAME) > 0) & ((last & NAME) > 0)
        upright = ((first & NAME) > 0) | ((last & NAME) == 0)
        plain = (grammar == ofs + thes) & (ofs > 0) & upright
        inside = (grammar == 0) | (names & (grammar <= 3)) | (plain & (grammar <= 2))
        return np.asarray(good & inside)

    return _grams(side, least, joins, valid, LONGEST_EN, " ")


def _grams(
    side: Side,
    least: int,
    joins: Mask,
    valid: Callable[[Ints, int], Mask],
    longest: int,
    blank: str,
) -> Grams:
    """Runs are the same where their texts are, however the analyser cuts them (은하역, 은하 + 역).

    Where words have blanks between them there is one way to cut, and what is rare is dropped before
    it grows.
    """
    words, flags, unit_of = side.tokens["word"], side.tokens["flags"], side.unit_of
    codes, powers = _text_codes(side.words, blank)
    inner = (flags & INNER) > 0
    at = np.flatnonzero(flags & (INNER | ALONE)).astype(np.int32)
    code = codes[words[at]]
    found = []
    for size in range(1, longest + 1):
        if size > 1:
            fits = at + size - 1 < len(words)
            at, code = at[fits], code[fits]
            fits = (inner & joins)[at + size - 1]
            at, code = at[fits], code[fits]
            last = words[at + size - 1]
            code = code * powers[last] + codes[last]
        if blank:
            frequent = _frequent(code, unit_of[at], least)
            at, code = at[frequent], code[frequent]
        good = valid(at, size)
        found.append((code[good], at[good], np.full(int(good.sum()), size, np.int8)))
    code, at, sizes = (np.concatenate([part[i] for part in found]) for i in range(3))
    frequent = _frequent(code, unit_of[at], least)
    order = np.flatnonzero(frequent)[np.lexsort((sizes[frequent], at[frequent]))]
    return _counted(side, code[order], at[order], sizes[order], blank)


def _counted(side: Side, code: Codes, at: Ints, sizes: NDArray[np.int8], blank: str) -> Grams:
    """Runs, numbered by their first places, which are in order."""
    _, first, inverse = np.unique(code, return_index=True, return_inverse=True)
    rank = np.empty(len(first), np.int32)
    rank[np.argsort(first)] = np.arange(len(first), dtype=np.int32)
    gram, first = rank[inverse], np.sort(first)
    words, flags = side.tokens["word"], side.tokens["flags"]
    runs = [words[s : s + n] for s, n in zip(at[first], sizes[first], strict=True)]
    total = np.bincount(gram, minlength=len(first))
    named = (flags[at] & flags[at + sizes - 1] & NAME) > 0
    unit = side.unit_of[at]
    return Grams(
        keys=[blank.join(side.words[w] for w in run) for run in runs],
        forms=[blank.join(side.forms[w] for w in run) for run in runs],
        counts=_unit_counts(gram, unit, len(first)),
        lengths=sizes[first].astype(np.int32),
        gram=gram,
        at=at,
        size=sizes,
        unit=unit,
        is_name=np.bincount(gram, named, minlength=len(first)) > total / 2,
    )


def _text_codes(words: Sequence[str], blank: str) -> tuple[Codes, Codes]:
    """For each word a number for its letters, and what the number of a text is multiplied by when
    the word follows it: a polynomial over the letters, modulo 2⁶⁴."""
    codes, powers = np.empty(len(words), np.uint64), np.empty(len(words), np.uint64)
    for i, word in enumerate(words):
        code = 0
        for letter in blank + word:
            code = (code * _BASE + ord(letter)) % _MODULUS
        codes[i] = code
        powers[i] = pow(_BASE, len(blank + word), _MODULUS)
    return codes, powers


def _frequent(code: Codes, unit: Ints, least: int) -> Mask:
    """Which places belong to texts that stand in ``least`` units or more."""
    _, group = np.unique(code, return_inverse=True)
    return np.asarray(_unit_counts(group, unit)[group] >= least)


def _unit_counts(group: NDArray[Any], unit: Ints, size: int = 0) -> Ints:
    """In how many units each group occurs; shape (largest group + 1,)."""
    size = max(size, int(group.max()) + 1 if len(group) else 0)
    order = np.lexsort((unit, group))
    g, u = group[order], unit[order]
    new = np.ones(len(g), bool)
    new[1:] = (g[1:] != g[:-1]) | (u[1:] != u[:-1])
    return np.bincount(g[new], minlength=size).astype(np.int32)


def with_abbreviations(
    grams: Grams, defined: Counter[tuple[str, str]]
) -> tuple[Grams, dict[str, str]]:
    """English runs in which an abbreviation counts as what it stands for, and the abbreviations by
    full key.

    ``defined`` says how often each was defined, as (full key, short form). One that stands for
    several things goes with the one that is most often meant.
    """
    number = {key: g for g, key in enumerate(grams.keys)}
    into = np.arange(len(grams), dtype=np.int32)
    short: dict[str, str] = {}
    for (full, form), _ in sorted(defined.items(), key=lambda item: (-item[1], item[0])):
        own = number.get(english_key(form.removesuffix("s")))
        if full in number and own is not None and into[own] == own and own != number[full]:
            into[own] = number[full]
            short.setdefault(full, form)
    if not short:
        return grams, {}
    gram = into[grams.gram]
    return replace(grams, gram=gram, counts=_unit_counts(gram, grams.unit, len(grams))), short
