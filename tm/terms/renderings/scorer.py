"""The evidence that a candidate renders a term, and what it weighs together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from tm.terms.association import log_likelihoods
from tm.terms.latin.romanise import candidate_spellings
from tm.terms.lexicon import STOP_WORDS
from tm.terms.renderings.candidates import WEIGHTS, Candidate, Pool, Similarity
from tm.terms.renderings.compounds import compound_agreement
from tm.terms.renderings.hits import Hits
from tm.terms.renderings.sounds import number_agreement, sound_key, sound_similarity
from tm.terms.wordstats.arrays import distinct
from tm.terms.wordstats.finding import phrase_places
from tm.terms.wordstats.texts import NO_KEY, Texts

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

#: Candidates that reach the expensive evidence, and those whose rivals are looked at.
_SHORT_LIST = 40
_RIVALLED = 8
#: Those whose meaning is compared: with the term, and with so many words of so many hits beside it.
_MEANT = 16
_COMPARED = 12
_OTHER_WORDS = 48
#: Meaning is not asked for where the best candidate leads so far without it.
_CLEAR_LEAD = 4.0
#: Units in which the rivals of a phrase are counted.
_SAMPLE = 200


class Scorer:
    """Weighs the candidates of one term against each other and against the whole memory.

    Every piece of evidence is put into ``candidate.evidence`` under its name in
    :data:`tm.terms.renderings.candidates.WEIGHTS`.
    """

    def __init__(
        self,
        term: str,
        pool: Pool,
        similarity: Similarity | None,
        claimed: Callable[[str], frozenset[int]],
        defined: frozenset[int],
    ):
        """``claimed`` tells of a key in which hits it renders another term of a termbase;
        ``defined`` are candidates that the texts define an abbreviation for, or that are one."""
        self._term = term
        self._pool = pool
        self._similarity = similarity
        self._claimed = claimed
        self._defined = defined
        self._is_english = pool.hits.other == "en"
        self._form = np.full((len(pool), 4), np.nan)
        self._meaning: dict[int, tuple[float, float]] = {}
        self._parts: dict[str, float] = {}
        self._rivals: dict[int, float] = {}
        self._spellings = self._sounds_of_term()

    def rank(self, among: frozenset[int]) -> list[Candidate]:
        """The most promising candidates in the hits ``among``, best first, with evidence."""
        mask = np.zeros(len(self._pool.close), dtype=bool)
        mask[list(among)] = True
        together = self._pool.together(mask)
        floor = 1 if len(among) < 8 else 2 if len(among) < 100 else len(among) // 50
        kept = np.flatnonzero(together >= floor)
        if not len(kept):
            return []
        evidence = self._counts(kept, together[kept], mask) | self._forms(kept)
        scores = sum(WEIGHTS[name] * values for name, values in evidence.items())
        best = np.lexsort((kept, -np.asarray(scores)))[:_SHORT_LIST]
        short = []
        for row in best.tolist():
            candidate = self._pool.candidate(int(kept[row]))
            told = {name: float(values[row]) for name, values in evidence.items()}
            always = ("association", "dice", "coverage", "precision", "length")
            candidate.evidence = {n: v for n, v in told.items() if v or n in always}
            claimed = len(self._claimed(candidate.key) & candidate.hits & among)
            if claimed:
                candidate.evidence["claimed"] = -claimed / len(candidate.hits & among)
            short.append(candidate)
        short = _best(short)
        is_clear = _lead(short) >= _CLEAR_LEAD
        self._weigh_meaning(short[:1] if is_clear else short[:_MEANT])
        short = _best(short)
        if self._is_english:
            for candidate in short[:_RIVALLED]:
                rival = self._rival(candidate.number)
                candidate.evidence["rival"] = min(0.0, candidate.evidence["dice"] - rival)
        return _best(short)

    def _counts(self, kept: Ints, together: Ints, among: NDArray[np.bool_]) -> dict[str, Floats]:
        pool = self._pool
        hits = int(among.sum())
        everywhere_all = pool.everywhere(kept).astype(np.float64)
        own = np.bincount(pool.owner, minlength=len(pool))[kept]
        if len(pool.close) < len(pool.hits):  # a sample stands for all
            scale = len(pool.close) / len(pool.hits)
            everywhere_all = np.maximum(everywhere_all * scale, own)
            total_units = pool.hits.background.size * scale
        else:
            total_units = float(pool.hits.background.size)
        everywhere = np.maximum(everywhere_all - own + together, together)
        total = np.maximum(total_units, everywhere + hits - together)
        g = log_likelihoods(together, hits, everywhere, total)
        chosen = among[pool.hit]
        quoted = np.bincount(pool.owner[chosen & pool.quoted], minlength=len(pool))[kept]
        explained = np.bincount(pool.owner[chosen & pool.explained], minlength=len(pool))[kept]
        return {
            "association": np.sqrt(g),
            "dice": 2 * together / (hits + everywhere + 1),
            "coverage": together / hits,
            "precision": own / np.maximum(own, everywhere_all),
            "quoted": quoted / together,
            "explained": explained / together,
        }

    def _forms(self, kept: Ints) -> dict[str, Floats]:
        missing = kept[np.isnan(self._form[kept, 0])]
        texts = self._pool.texts(missing)
        for number, text in zip(missing.tolist(), texts, strict=True):
            self._form[number] = (
                self._sound(text),
                number_agreement(self._term, text),
                self._extra_words(text),
                number in self._defined,
            )
        sound, number, length, defined = self._form[kept].T
        return {"sound": sound, "number": number, "length": length, "defined": defined}

    def _sounds_of_term(self) -> tuple[str, ...]:
        if self._is_english:
            return tuple(map(sound_key, candidate_spellings(self._term)))
        return (sound_key(self._term),)

    def _sound(self, text: str) -> float:
        if self._is_english:
            return sound_similarity(self._spellings, sound_key(text))
        spellings = tuple(map(sound_key, candidate_spellings(text)))
        return sound_similarity(spellings, self._spellings[0])

    def _extra_words(self, text: str) -> float:
        """How many words more than the term's length leads one to expect; of names half."""
        if not self._is_english:
            return max(0, len("".join(text.split())) // 2 - len(self._term.split()))
        content = [word for word in text.split() if word.lower() not in STOP_WORDS]
        extra = max(0, len(content) - max(1, len(self._term.replace(" ", "")) // 2))
        return extra / 2 if all(not word[0].islower() for word in content) else extra

    # Meaning

    def _weigh_meaning(self, candidates: Sequence[Candidate]) -> None:
        if self._similarity is None:
            return
        self._compare([c for c in candidates if c.number not in self._meaning])
        for candidate in candidates:
            own, rival = self._meaning[candidate.number]
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
        count = len(self._pool.close)
        own = "".join(self._term.split())
        beside: dict[int, list[str]] = {}
        others: dict[str, int] = {}
        for n in range(0, count, count // _COMPARED + 1):
            beside[n] = [w for w in self._words_beside(n) if w not in own and own not in w]
        for words in zip_longest(*beside.values()):  # of each something, if there are too many
            for word in filter(None, words):
                if len(others) < _OTHER_WORDS:
                    others.setdefault(word, len(others) + 1)
        beside = {n: [w for w in words if w in others] for n, words in beside.items()}
        cosines = self._similarity([self._term, *others], [c.text for c in candidates])
        best = {
            n: cosines[[others[w] for w in stems]].max(axis=0)
            for n, stems in beside.items()
            if stems
        }
        for column, candidate in enumerate(candidates):
            rivals = [best[n][column] for n in best if n in candidate.hits]
            rival = float(np.mean(rivals)) if rivals else 0.0
            self._meaning[candidate.number] = float(cosines[0, column]), rival
        if self._is_english:
            self._parts |= compound_agreement(self._term, candidates, self._similarity)

    def _words_beside(self, number: int) -> list[str]:
        """The words beside the term on its own side, which have renderings of their own."""
        hits = self._pool.hits
        hit = int(self._pool.close[number])
        texts = hits.texts_of(hit, hits.lang)
        unit = int(hits.unit[hit])
        if hits.lang == "ko":
            words = [word for word in texts.words_of(unit) if not word.isascii()]
        else:
            forms = texts.stream[texts.starts[unit] : texts.starts[unit + 1] - 1]
            words = [texts.forms[int(form)] for form in forms]
            words = [word for word in words if word.lower() not in STOP_WORDS]
        return list(dict.fromkeys(words))

    # Rivals

    def _rival(self, number: int) -> float:
        if number not in self._rivals:
            key = self._pool.candidate(number).key
            self._rivals[number] = best_korean_rival(self._pool.hits, key, self._term)
        return self._rivals[number]


def best_korean_rival(hits: Hits, key: str, term: str) -> float:
    """The Dice coefficient of the other Korean word that best explains an English phrase.

    Words that contain the term or are contained in it are the term itself.
    """
    own = "".join(term.split())
    best = 0.0
    for part in hits.background.parts:
        texts = part.segment.en
        numbers = [texts.keys.number(word) for word in key.split()]
        keys = [number for number in numbers if number is not None]
        if len(keys) != len(numbers):
            continue
        units = distinct(texts.unit_at(phrase_places(texts, keys)))
        if len(units):
            best = max(best, _rival_in(part.segment.ko, units, own))
    return best


def _rival_in(korean: Texts, units: Ints, own: str) -> float:
    sample = units[:: len(units) // _SAMPLE + 1]
    begin = korean.starts[sample]
    sizes = korean.starts[sample + 1] - begin
    within = np.arange(int(sizes.sum())) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    keys = korean.key_of[korean.stream[np.repeat(begin, sizes) + within]].astype(np.int64)
    keys = keys[keys != NO_KEY]
    keys.sort()
    begins = np.flatnonzero(np.concatenate([[True], keys[1:] != keys[:-1]]))[: len(keys)]
    words, counts = keys[begins], np.diff(np.append(begins, len(keys)))
    together = np.minimum(counts, len(sample)) * (len(units) / len(sample))
    values = 2 * together / (korean.key_units[words] + len(units) + 1)
    for place in np.argsort(-values, kind="stable").tolist():
        word = korean.keys[int(words[place])]
        if word not in own and own not in word:
            return float(values[place])
    return 0.0


def _lead(ranked: Sequence[Candidate]) -> float:
    """How far the best candidate is before the next with which it shares no word."""
    words = set(ranked[0].key.split())
    others = (c.score for c in ranked[1:] if words.isdisjoint(c.key.split()))
    return ranked[0].score - next(others, 0.0)


def _best(candidates: Sequence[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.key))
