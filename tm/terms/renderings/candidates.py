"""Candidate renderings of a term in the units that contain it, each with the evidence for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tm.terms.english import abbreviations, phrase_key, without_possessive
from tm.terms.renderings.closely import LONGEST_NAME, Words, english_runs, korean_runs
from tm.terms.renderings.hits import Hits
from tm.terms.wordstats.arrays import distinct
from tm.terms.wordstats.building import key_hash
from tm.terms.wordstats.finding import units_with_phrases
from tm.terms.wordstats.texts import Texts
from tm.terms.wordstats.traits import (
    CAPITALS,
    CLOSES_BRACKET,
    CLOSES_QUOTE,
    DIGITS,
    NO_TERM,
    OPENS_BRACKET,
    OPENS_QUOTE,
)

Ints = NDArray[np.int64]
Mask = NDArray[np.bool_]
Floats = NDArray[np.float32]

#: What each piece of evidence adds to a score. The proportions come from a multinomial regression
#: over 630 words of general dictionaries found in 1,000 news pairs, with meaning and length held
#: lower than the fit would have them: a dictionary holds only words that an encoder knows and
#: that have one-word translations, and the terms of a newsroom are neither.
WEIGHTS = {
    "association": 0.35,
    "dice": 0.6,
    "coverage": 1.0,
    "precision": 0.0,  # shown, and used to tell wordings apart; association holds it already
    "meaning": 4.5,
    "close meaning": 6.0,
    "sound": 4.0,
    "number": 1.0,
    "rival": 0.8,
    "rival meaning": 5.0,
    "length": -1.2,
    # Not in the fit, for want of such terms in it: termbase entries of neighbours, abbreviations
    # that the units define, compounds, and quotation marks or brackets on both sides.
    "claimed": 4.0,
    "defined": 1.5,
    "parts": 3.0,
    "quoted": 2.0,
    "explained": 2.5,
}

# Makes one number of several; odd, so that nothing is lost of a single one.
_MIX = 0x9E3779B97F4A7C15 - (1 << 64)
# Occurrences whose wording is looked at, to find the commonest.
_WORDINGS = 5
# Texts in which abbreviations are looked for.
_DEFINING = 100


class Similarity(Protocol):
    """Cosine similarities in meaning: one row for each of ``texts``, one column for each other."""

    def __call__(self, texts: Sequence[str], others: Sequence[str]) -> Floats: ...


@dataclass(slots=True)
class Candidate:
    """Phrases with one key: in which hits of the close reading, and what speaks for it."""

    number: int
    key: str
    text: str
    hits: frozenset[int]
    evidence: dict[str, float] = field(default_factory=dict)

    @property
    def score(self) -> float:
        return sum(WEIGHTS[name] * value for name, value in self.evidence.items())


class Pool:
    """The candidates in some of the hits: ``close`` are their numbers, ascending.

    Inside, these hits are numbered 0 … n - 1 and candidates 0 … c - 1. ``owner`` and ``hit`` (p,)
    pair each candidate with the hits it stands in, by candidate; ``quoted`` and ``explained`` (p,)
    say of each pair whether term and candidate both stand in quotation marks there, or are both
    followed by brackets.
    """

    def __init__(self, hits: Hits, close: Ints):
        self.hits = hits
        self.close = close
        self.words = Words.of(hits, close)
        runs = english_runs(self.words) if hits.other == "en" else korean_runs(self.words)
        self._number(list(runs))
        self._everywhere = np.full(len(self), -1, dtype=np.int64)
        self._candidates: dict[int, Candidate] = {}

    def __len__(self) -> int:
        return len(self.lengths)

    def _number(self, runs: list[tuple[int, Ints]]) -> None:
        """Runs of the same words get one number."""
        words = self.words
        firsts, owners, lengths, count = [], [], [], 0
        for length, first in runs:
            first = first[self._counts(length, first)]
            code = np.zeros(len(first), dtype=np.int64)
            for i in range(length):
                code = code * _MIX + words.word[first + i]
            _, example, inverse = np.unique(code, return_index=True, return_inverse=True)
            firsts.append(first)
            owners.append(inverse + count)
            lengths.append(np.full(len(example), length))
            count += len(example)
        first, owner = np.concatenate(firsts), np.concatenate(owners)
        self.lengths = np.concatenate(lengths)
        order = np.lexsort((first, owner))
        self._first, self._owner = first[order], owner[order]
        self._begins = np.searchsorted(self._owner, np.arange(count + 1))
        example = self._first[self._begins[:-1]]
        self.phrases = np.full((count, LONGEST_NAME), -1, dtype=np.int64)
        for i in range(LONGEST_NAME):
            has = self.lengths > i
            self.phrases[has, i] = words.word[example[has] + i]
        hit = words.owner[self._first]
        last = self._first + self.lengths[self._owner] - 1
        behind, before = words.gap[last + 1], words.gap[self._first]
        quoted = (before & OPENS_QUOTE != 0) & (behind & CLOSES_QUOTE != 0)
        quoted &= self.hits.quotes[self.close[hit]]
        explained = (behind & OPENS_BRACKET != 0) & ~self._abbreviates(last + 1)
        explained &= self.hits.explains[self.close[hit]]
        is_new = np.ones(len(hit), dtype=bool)
        is_new[1:] = (hit[1:] != hit[:-1]) | (self._owner[1:] != self._owner[:-1])
        at = np.flatnonzero(is_new)
        self.owner, self.hit = self._owner[at], hit[at]
        self.quoted = np.logical_or.reduceat(quoted, at) if len(at) else quoted
        self.explained = np.logical_or.reduceat(explained, at) if len(at) else explained

    def _counts(self, length: int, first: Ints) -> Mask:
        """Which runs can be renderings: no bare numbers; in Korean no verb forms, and no words
        left in Latin letters."""
        words = self.words
        bit = DIGITS if self.hits.other == "en" else NO_TERM
        if length > 1 and self.hits.other == "en":
            return np.ones(len(first), dtype=bool)
        counts: Mask = (words.traits[first + length - 1] & bit) == 0
        return counts

    def _abbreviates(self, place: Ints) -> Mask:
        """Whether a word in brackets is one in capitals, alone: (MSS)."""
        words = self.words
        after = np.minimum(place + 1, len(words) - 1)
        found: Mask = (words.traits[place] & CAPITALS != 0) & (
            words.gap[after] & CLOSES_BRACKET != 0
        )
        return found

    # What is asked of it

    def together(self, among: Mask) -> Ints:
        """(c,) in how many of the hits ``among`` (n,) each candidate stands."""
        return np.bincount(self.owner[among[self.hit]], minlength=len(self))

    def everywhere(self, chosen: Ints) -> Ints:
        """In how many units of the memory each of these candidates stands."""
        missing = chosen[self._everywhere[chosen] < 0]
        self._everywhere[missing] = 0
        for part in self.hits.background.parts:
            texts = part.segment.texts(self.hits.other)
            keys = texts.keys_of_hashes(self.words.hashes)
            for length in distinct(self.lengths[missing]).tolist():
                own = missing[self.lengths[missing] == length]
                phrases = keys[self.phrases[own, :length]]
                known = (phrases >= 0).all(axis=1)
                counts = units_with_phrases(texts, phrases[known], length)
                self._everywhere[own[known]] += counts
        return self._everywhere[chosen]

    def candidate(self, number: int) -> Candidate:
        if number not in self._candidates:
            begin, after = self._begins[number], self._begins[number + 1]
            hits = frozenset(self.words.owner[self._first[begin:after]].tolist())
            self._candidates[number] = Candidate(
                number, self._key(number), self._text(number), hits
            )
        return self._candidates[number]

    def texts(self, numbers: Ints) -> list[str]:
        """How these candidates are worded in their first places."""
        return [self._surface(int(self._first[self._begins[n]]), n) for n in numbers.tolist()]

    @cached_property
    def _numbers(self) -> dict[bytes, int]:
        return {row.tobytes(): number for number, row in enumerate(self.phrases)}

    def number_of(self, key: str) -> int | None:
        """The candidate with this key, if there is one."""
        words = key.split()
        if not 0 < len(words) <= LONGEST_NAME:
            return None
        row = np.full(LONGEST_NAME, -1, dtype=np.int64)
        hashes = self.words.hashes
        for i, word in enumerate(words):
            hashed = np.uint64(key_hash(word))
            at = int(np.searchsorted(hashes, hashed))
            if at >= len(hashes) or hashes[at] != hashed:
                return None
            row[i] = at
        return self._numbers.get(row.tobytes())

    def abbreviations(self) -> dict[str, str]:
        """Full key → abbreviation, as defined in the texts themselves."""
        words = self.words
        places = np.flatnonzero(words.traits & CAPITALS != 0)
        places = places[(words.gap[places] & OPENS_BRACKET != 0) & self._abbreviates(places)]
        found: dict[str, str] = {}
        for hit in dict.fromkeys(words.owner[places].tolist()[:_DEFINING]):
            text = self.hits.text(int(self.close[hit]), self.hits.other)
            found |= {phrase_key(a.full): a.short for a in abbreviations(text)}
        return found

    def _key(self, number: int) -> str:
        first = int(self._first[self._begins[number]])
        texts = self._texts_at(first)
        places = range(
            int(self.words.place[first]), int(self.words.place[first] + self.lengths[number])
        )
        return " ".join(texts.keys[int(texts.key_of[texts.stream[place]])] for place in places)

    def _text(self, number: int) -> str:
        begin, after = int(self._begins[number]), int(self._begins[number + 1])
        step = (after - begin) // _WORDINGS + 1
        wordings = Counter(self._surface(int(w), number) for w in self._first[begin:after:step])
        return max(wordings, key=lambda wording: (wordings[wording], wording))

    def _surface(self, first: int, number: int) -> str:
        texts = self._texts_at(first)
        place, length = int(self.words.place[first]), int(self.lengths[number])
        if self.hits.other == "ko":
            last = place + length - 1
            key = texts.keys[int(texts.key_of[texts.stream[last]])]
            head = texts.text(place, last)
            return f"{head} {key}".strip()
        text = " ".join(texts.text(place, place + length).split())
        return without_possessive(text)

    def _texts_at(self, first: int) -> Texts:
        part = self.hits.background.parts[int(self.words.part[first])]
        return part.segment.texts(self.hits.other)
