"""Candidate renderings of a term in the units that contain it, each with the evidence for it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from tm.terms.background import Background, dice, log_likelihood
from tm.terms.english import (
    MAX_WORDS,
    STOP_WORDS,
    find_phrase,
    gloss_after,
    is_quoted,
    phrases,
    words,
)
from tm.terms.morphology import Token, nouns
from tm.terms.romanise import candidate_spellings
from tm.terms.sounds import number_agreement, sound_key, sound_similarity
from tm.unit import TranslationUnit

Range = tuple[int, int]

#: Candidates that reach the expensive evidence.
SHORT_LIST = 80

#: What each piece of evidence adds to a score. The proportions come from a multinomial regression
#: over 630 words of general dictionaries found in 1,000 news pairs, with meaning and length held
#: lower than the fit would have them: a dictionary holds only words that an encoder knows and
#: that have one-word translations, and the terms of a newsroom are neither.
WEIGHTS = {
    "association": 0.45,
    "dice": 0.5,
    "coverage": 1.0,
    "meaning": 4.0,
    "close meaning": 7.0,
    "sound": 4.0,
    "number": 2.0,
    "rival": 1.2,
    "claimed": 4.0,
    "quoted": 2.0,
    "explained": 2.5,
    "length": -1.0,
}


class Similarity(Protocol):
    """Cosine similarities in meaning of one text to several."""

    def __call__(self, text: str, others: Sequence[str]) -> Sequence[float]: ...


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

    def extra_words(self, term: str, candidate: Candidate) -> int:
        """How many words more than the term's length leads one to expect."""
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
        return found

    def units_with(self, key: str) -> list[int]:
        return self._background.units_with_phrase(key)

    def find(self, text: str, key: str) -> list[Range]:
        return find_phrase(text, key)

    def sound(self, term: str, candidate: Candidate) -> float:
        return sound_similarity(
            tuple(sound_key(s) for s in candidate_spellings(term)), sound_key(candidate.text)
        )

    def extra_words(self, term: str, candidate: Candidate) -> int:
        content = sum(word.lower() not in STOP_WORDS for word in candidate.text.split())
        return max(0, content - max(1, len(term.replace(" ", "")) // 2))


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
                for a, b in zip(tokens, tokens[1:], strict=False)
                if hit.other[a.end : b.start] in (" ", "의 ")
            ]
            for token in [*tokens, *pairs]:
                key = "".join(token.text.split())
                if len(key) < 2 and key.isascii():
                    continue
                candidate = found.setdefault(key, Candidate(key))
                candidate.hits.add(number)
                candidate.surfaces[token.text] += 1
        return found

    def units_with(self, key: str) -> list[int]:
        return self._background.units_with_korean(key)

    def find(self, text: str, key: str) -> list[Range]:
        from tm.terms.morphology import find_term

        return [(span.start, span.end) for span in find_term(text, key)]

    def sound(self, term: str, candidate: Candidate) -> float:
        spellings = tuple(sound_key(s) for s in candidate_spellings(candidate.text))
        return sound_similarity(spellings, sound_key(term))

    def extra_words(self, term: str, candidate: Candidate) -> int:
        return max(0, len(candidate.key) // 2 - len(term.split()))


class Scorer:
    """Weighs candidates of one term against what the whole memory says."""

    def __init__(
        self,
        term: str,
        side: Side,
        background: Background,
        similarity: Similarity | None,
        claimed: dict[str, frozenset[int]],
    ):
        self._term = term
        self._side = side
        self._background = background
        self._similarity = similarity
        self._claimed = claimed
        self._meaning: dict[str, float] = {}
        self._rivals: dict[str, float] = {}
        self._sounds: dict[str, float] = {}

    def rank(
        self, candidates: Iterable[Candidate], among: frozenset[int], *, quick: bool = False
    ) -> list[Candidate]:
        """The most promising candidates in the hits ``among``, best first, with evidence."""
        floor = 1 if len(among) < 8 else 2 if len(among) < 100 else len(among) // 50
        kept = [c for c in candidates if len(c.hits & among) >= floor]
        for candidate in kept:
            candidate.evidence = self._counts(candidate, among)
            candidate.evidence |= self._form(candidate)
        short = _best(kept)[:SHORT_LIST]
        self._weigh_meaning(short)
        short = _best(short)
        if isinstance(self._side, EnglishSide) and not quick:
            for candidate in short[:25]:
                rival = self._rival(candidate.key)
                candidate.evidence["rival"] = min(0.0, candidate.evidence["dice"] - rival)
        return _best(short)

    def _counts(self, candidate: Candidate, among: frozenset[int]) -> dict[str, float]:
        inside = candidate.hits & among
        together, everywhere = len(inside), len(self._side.units_with(candidate.key))
        everywhere = max(everywhere - len(candidate.hits) + together, together)
        total = max(self._background.size, everywhere + len(among) - together)
        g = log_likelihood(together, len(among), everywhere, total)
        claimed = len(self._claimed.get(candidate.key, frozenset()) & inside)
        return {
            "association": max(g, 0.0) ** 0.5,
            "dice": dice(together, len(among), everywhere),
            "coverage": together / len(among),
            "quoted": len(candidate.quoted & among) / together,
            "explained": len(candidate.explained & among) / together,
            "claimed": -claimed / together,
        }

    def _form(self, candidate: Candidate) -> dict[str, float]:
        if candidate.key not in self._sounds:
            self._sounds[candidate.key] = self._side.sound(self._term, candidate)
        evidence = {
            "sound": self._sounds[candidate.key],
            "number": number_agreement(self._term, candidate.text),
            "length": float(self._side.extra_words(self._term, candidate)),
        }
        return {name: value for name, value in evidence.items() if value}

    def _weigh_meaning(self, candidates: Sequence[Candidate]) -> None:
        if self._similarity is None:
            return
        new = [c for c in candidates if c.key not in self._meaning]
        if new:
            cosines = self._similarity(self._term, [c.text for c in new])
            self._meaning |= {c.key: float(s) for c, s in zip(new, cosines, strict=True)}
        for candidate in candidates:
            cosine = self._meaning[candidate.key]
            candidate.evidence["meaning"] = cosine
            candidate.evidence["close meaning"] = max(0.0, cosine - 0.5)

    def _rival(self, key: str) -> float:
        if key not in self._rivals:
            numbers = self._side.units_with(key)
            self._rivals[key] = self._background.best_korean_rival(numbers, self._term)
        return self._rivals[key]


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.key))
