"""The evidence that a candidate renders a term, and what it weighs together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from tm.terms.background import Background, dice, log_likelihood
from tm.terms.candidates import Candidate, EnglishSide, Hit, Side, Similarity
from tm.terms.compounds import compound_agreement
from tm.terms.sounds import number_agreement

#: Candidates that reach the expensive evidence.
_SHORT_LIST = 60
#: Hits whose other words are compared in meaning.
_COMPARED = 16


class Scorer:
    """Weighs the candidates of one term against each other and against the whole memory.

    Every piece of evidence is put into ``candidate.evidence`` under its name in
    :data:`tm.terms.candidates.WEIGHTS`.
    """

    def __init__(
        self,
        term: str,
        side: Side,
        background: Background,
        similarity: Similarity | None,
        hits: Sequence[Hit],
        claimed: Mapping[str, frozenset[int]],
    ):
        self._term = term
        self._side = side
        self._background = background
        self._similarity = similarity
        self._hits = hits
        self._claimed = claimed
        self._meaning: dict[str, tuple[float, float]] = {}
        self._parts: dict[str, float] = {}
        self._rivals: dict[str, float] = {}
        self._sounds: dict[str, float] = {}

    def rank(self, candidates: Iterable[Candidate], among: frozenset[int]) -> list[Candidate]:
        """The most promising candidates in the hits ``among``, best first, with evidence."""
        floor = 1 if len(among) < 8 else 2 if len(among) < 100 else len(among) // 50
        kept = [c for c in candidates if len(c.hits & among) >= floor]
        for candidate in kept:
            candidate.evidence = self._counts(candidate, among) | self._form(candidate)
        short = _best(kept)[:_SHORT_LIST]
        self._weigh_meaning(short)
        short = _best(short)
        if isinstance(self._side, EnglishSide):
            for candidate in short[:25]:
                rival = self._rival(candidate.key)
                candidate.evidence["rival"] = min(0.0, candidate.evidence["dice"] - rival)
        return _best(short)

    def _counts(self, candidate: Candidate, among: frozenset[int]) -> dict[str, float]:
        inside = candidate.hits & among
        together, everywhere_all = len(inside), len(self._side.units_with(candidate.key))
        everywhere = max(everywhere_all - len(candidate.hits) + together, together)
        total = max(self._background.size, everywhere + len(among) - together)
        g = log_likelihood(together, len(among), everywhere, total)
        claimed = len(self._claimed.get(candidate.key, frozenset()) & inside)
        evidence = {
            "association": max(g, 0.0) ** 0.5,
            "dice": dice(together, len(among), everywhere),
            "coverage": together / len(among),
            "precision": len(candidate.hits) / max(len(candidate.hits), everywhere_all),
        }
        rarer = {
            "quoted": len(candidate.quoted & among) / together,
            "explained": len(candidate.explained & among) / together,
            "claimed": -claimed / together,
        }
        return evidence | {name: value for name, value in rarer.items() if value}

    def _form(self, candidate: Candidate) -> dict[str, float]:
        if candidate.key not in self._sounds:
            self._sounds[candidate.key] = self._side.sound(self._term, candidate)
        evidence = {
            "sound": self._sounds[candidate.key],
            "number": number_agreement(self._term, candidate.text),
            "length": float(self._side.extra_words(self._term, candidate)),
            "defined": float(candidate.defined),
        }
        return {name: value for name, value in evidence.items() if value}

    def _weigh_meaning(self, candidates: Sequence[Candidate]) -> None:
        if self._similarity is None:
            return
        self._compare([c for c in candidates if c.key not in self._meaning])
        for candidate in candidates:
            own, rival = self._meaning[candidate.key]
            evidence = candidate.evidence
            # A near synonym in one of many units with the term is a neighbour, not a rendering.
            part = evidence["coverage"] ** 0.5
            evidence["meaning"] = own * part
            if own > 0.5:
                evidence["close meaning"] = (own - 0.5) * part
            if rival > own:
                evidence["rival meaning"] = own - rival
            if self._parts.get(candidate.key):
                evidence["parts"] = self._parts[candidate.key]

    def _compare(self, candidates: Sequence[Candidate]) -> None:
        """Meaning of the candidates against the term, and against the words beside it."""
        if not candidates or self._similarity is None:
            return
        sample = range(0, len(self._hits), len(self._hits) // _COMPARED + 1)
        own = "".join(self._term.split())
        beside = {
            n: [w for w in self._side.other_words(self._hits[n]) if w not in own and own not in w]
            for n in sample
        }
        others = list(dict.fromkeys(word for stems in beside.values() for word in stems))
        cosines = self._similarity([self._term, *others], [c.text for c in candidates])
        row = {word: i + 1 for i, word in enumerate(others)}
        best = {
            n: cosines[[row[w] for w in stems]].max(axis=0) for n, stems in beside.items() if stems
        }
        for column, candidate in enumerate(candidates):
            rivals = [best[n][column] for n in best if n in candidate.hits]
            rival = float(np.mean(rivals)) if rivals else 0.0
            self._meaning[candidate.key] = float(cosines[0, column]), rival
        if isinstance(self._side, EnglishSide):
            self._parts |= compound_agreement(self._term, candidates, self._similarity)

    def _rival(self, key: str) -> float:
        if key not in self._rivals:
            numbers = self._side.units_with(key)
            self._rivals[key] = self._background.best_korean_rival(numbers, self._term)
        return self._rivals[key]


def _best(candidates: Iterable[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.key))
