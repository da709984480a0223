"""Candidate renderings of a term in the units that contain it, each with the evidence for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from tm.terms.background import Background
from tm.terms.english import (
    MAX_WORDS,
    abbreviations,
    find_phrase,
    gloss_after,
    is_quoted,
    phrase_key,
    phrases,
    words,
)
from tm.terms.lexicon import STOP_WORDS
from tm.terms.morphology import Token, find_term, nouns
from tm.terms.particles import word_stems
from tm.terms.romanise import candidate_spellings
from tm.terms.sounds import sound_key, sound_similarity
from tm.unit import TranslationUnit

Range = tuple[int, int]
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


class Similarity(Protocol):
    """Cosine similarities in meaning: one row for each of ``texts``, one column for each other."""

    def __call__(self, texts: Sequence[str], others: Sequence[str]) -> Floats: ...


@dataclass(frozen=True, slots=True)
class Hit:
    """A unit that contains the term: its two sides, and where the term stands in the first."""

    unit: TranslationUnit
    text: str
    other: str
    spans: tuple[Range, ...]

    @property
    def explains_term(self) -> bool:
        """Whether brackets follow the term: 얼음(필로폰), 617상무(마약 단속 전담 조직)."""
        return any(self.text[end:].lstrip("’”'\"》 ")[:1] in ("(", "[") for _, end in self.spans)

    @property
    def quotes_term(self) -> bool:
        return any(
            self.text[max(start - 1, 0) : start] in ("‘", "'", "“", '"', "《")
            and self.text[end : end + 1] in ("’", "'", "”", '"', "》")
            for start, end in self.spans
        )


@dataclass(slots=True)
class Candidate:
    """Phrases with one key: in which hits, in which forms, and what speaks for it."""

    key: str
    hits: set[int] = field(default_factory=set)
    surfaces: Counter[str] = field(default_factory=Counter)
    quoted: set[int] = field(default_factory=set)
    explained: set[int] = field(default_factory=set)
    defined: bool = False
    evidence: dict[str, float] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return max(self.surfaces, key=lambda s: (self.surfaces[s], s))

    @property
    def score(self) -> float:
        return sum(WEIGHTS[name] * value for name, value in self.evidence.items())


class Side(Protocol):
    """The language in which renderings are looked for."""

    def collect(self, hits: Sequence[Hit]) -> dict[str, Candidate]: ...

    def units_with(self, key: str) -> list[int]:
        """The units of the background that hold the phrase with this key."""
        ...

    def find(self, text: str, key: str) -> list[Range]: ...

    def sound(self, term: str, candidate: Candidate) -> float: ...

    def other_words(self, hit: Hit) -> list[str]:
        """The words beside the term on its own side, which have renderings of their own."""
        ...

    def extra_words(self, term: str, candidate: Candidate) -> float:
        """How many words more than the term's length leads one to expect; of names half."""
        ...


class EnglishSide:
    """English renderings of Korean terms."""

    def __init__(self, background: Background):
        self._background = background

    def collect(self, hits: Sequence[Hit]) -> dict[str, Candidate]:
        found: dict[str, Candidate] = {}
        for number, hit in enumerate(hits):
            tokens = words(hit.other)
            for first, after in phrases(tokens, longest=MAX_WORDS):
                key = " ".join(word.key for word in tokens[first:after])
                if key.isdigit():
                    continue
                start, end = tokens[first].start, tokens[after - 1].end
                if tokens[after - 1].text.endswith(("'s", "’s")):
                    end -= 2
                candidate = found.setdefault(key, Candidate(key))
                candidate.hits.add(number)
                candidate.surfaces[" ".join(hit.other[start:end].split())] += 1
                if hit.quotes_term and is_quoted(hit.other, start, end):
                    candidate.quoted.add(number)
                if hit.explains_term and gloss_after(hit.other, end) is not None:
                    candidate.explained.add(number)
            for abbreviation in abbreviations(hit.other):
                for form in (abbreviation.full, abbreviation.short):
                    if (key := phrase_key(form)) in found:
                        found[key].defined = True
        return found

    def units_with(self, key: str) -> list[int]:
        return self._background.units_with_phrase(key)

    def find(self, text: str, key: str) -> list[Range]:
        return find_phrase(text, key)

    def sound(self, term: str, candidate: Candidate) -> float:
        return sound_similarity(
            tuple(sound_key(s) for s in candidate_spellings(term)), sound_key(candidate.text)
        )

    def other_words(self, hit: Hit) -> list[str]:
        return [stem for stem in dict.fromkeys(word_stems(hit.text)) if not stem.isascii()]

    def extra_words(self, term: str, candidate: Candidate) -> float:
        content = [w for w in candidate.text.split() if w.lower() not in STOP_WORDS]
        extra = max(0, len(content) - max(1, len(term.replace(" ", "")) // 2))
        return extra / 2 if all(not word[0].islower() for word in content) else extra


class KoreanSide:
    """Korean renderings of English terms: nouns, compounds, and pairs of them."""

    def __init__(self, background: Background):
        self._background = background

    def collect(self, hits: Sequence[Hit]) -> dict[str, Candidate]:
        found: dict[str, Candidate] = {}
        for number, hit in enumerate(hits):
            tokens = nouns(hit.other)
            pairs = [
                Token(hit.other[a.start : b.end], a.start, b.end)
                for a, b in pairwise(tokens)
                if hit.other[a.end : b.start] in (" ", "의 ")
            ]
            # The analyser cuts words that it does not know; the rules of particles do not.
            texts = [token.text for token in (*tokens, *pairs)]
            texts += [stem for stem in word_stems(hit.other) if stem not in texts]
            for text in texts:
                key = "".join(text.split())
                if len(key) < 2 or key.isascii():
                    continue
                candidate = found.setdefault(key, Candidate(key))
                candidate.hits.add(number)
                candidate.surfaces[text] += 1
        return found

    def units_with(self, key: str) -> list[int]:
        return self._background.units_with_korean(key)

    def find(self, text: str, key: str) -> list[Range]:
        return [(span.start, span.end) for span in find_term(text, key)]

    def sound(self, term: str, candidate: Candidate) -> float:
        spellings = tuple(sound_key(s) for s in candidate_spellings(candidate.text))
        return sound_similarity(spellings, sound_key(term))

    def other_words(self, hit: Hit) -> list[str]:
        return list(dict.fromkeys(w.text for w in words(hit.text) if not w.is_stop))

    def extra_words(self, term: str, candidate: Candidate) -> float:
        return max(0, len(candidate.key) // 2 - len(term.split()))
