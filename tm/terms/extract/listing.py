"""From numbers back to texts: the forms, examples and standing of a pair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from align.article import Lang
from tm.terms.english import best_surface, gloss_after, phrase_key, without_possessive
from tm.terms.extract.candidate import Candidate, Standing
from tm.terms.extract.choice import Chosen
from tm.terms.extract.corpus import Corpus, Numbers
from tm.terms.extract.grams import Grams
from tm.terms.extract.links import Ints
from tm.terms.renderings.rendering import Example
from tm.terms.termbase.lookup import Termbase
from tm.unit import TranslationUnit

Range = tuple[int, int]

#: Units read for the forms of a pair.
_READ = 40


class Source(Protocol):
    """What extraction needs of a memory."""

    def units(self) -> Iterator[TranslationUnit]: ...

    def unit(self, unit_id: int) -> TranslationUnit | None: ...


@dataclass(frozen=True, slots=True)
class _Places:
    """Where the runs of one language stand."""

    grams: Grams
    starts: Numbers
    order: Ints

    def of(self, gram: int) -> Ints:
        return self.order[self.starts[gram] : self.starts[gram + 1]]


class Listing:
    """Makes candidates of chosen renderings; texts are fetched only for what is asked for."""

    def __init__(
        self,
        source: Source,
        corpus: Corpus,
        korean: Grams,
        english: Grams,
        termbase: Termbase | None,
        short: dict[str, str],
        examples: int,
    ):
        self._source = source
        self._corpus = corpus
        self._korean = _Places(korean, *korean.by_gram())
        self._english = _Places(english, *english.by_gram())
        self._termbase = termbase
        self._short = short
        self._examples = examples

    def candidate(self, term: int, chosen: Chosen, termhood: float) -> Candidate:
        ko, en = self._korean, self._english
        shared = np.intersect1d(ko.grams.unit[ko.of(term)], en.grams.unit[en.of(chosen.phrase)])
        examples = list(self._read(term, chosen.phrase, shared))
        ko_forms = Counter(_texts(e.unit.source, e.source_spans) for e in examples)
        en_forms = Counter(
            " ".join(e.unit.target[start:end].split())
            for e in examples
            for start, end in e.target_spans
        )
        abbreviation = self._short.get(en.grams.keys[chosen.phrase])
        text = _shown(en_forms, abbreviation) or en.grams.forms[chosen.phrase]
        term_text = best_surface(ko_forms) if ko_forms else ko.grams.forms[term]
        standing, known = self._standing(term_text, text)
        return Candidate(
            ko=term_text,
            en=text,
            together=len(shared),
            ko_count=int(ko.grams.counts[term]),
            en_count=int(en.grams.counts[chosen.phrase]),
            confidence=round(chosen.confidence, 3),
            termhood=round(termhood, 3),
            rank=chosen.rank,
            standing=standing,
            termbase=known,
            variants=tuple(form for form, _ in en_forms.most_common() if form != text),
            abbreviation=abbreviation,
            gloss=_gloss(examples),
            examples=tuple(_short_ones_first(examples))[: self._examples],
            evidence=chosen.evidence,
        )

    def _read(self, term: int, phrase: int, units: Ints) -> Iterator[Example]:
        for number in units[:: len(units) // _READ + 1]:
            unit = self._source.unit(int(self._corpus.ids[number]))
            if unit is not None:
                source = self._spans("ko", self._korean, term, number)
                target = self._spans("en", self._english, phrase, number)
                yield Example(unit, source, _without_possessives(unit.target, target))

    def _spans(self, lang: Lang, places: _Places, gram: int, unit: int) -> tuple[Range, ...]:
        """Where a run stands in a unit's text; of places that overlap, the first."""
        tokens = self._corpus.side(lang).tokens
        of = places.of(gram)
        units = places.grams.unit[of]
        found: list[Range] = []
        for k in of[np.searchsorted(units, unit) : np.searchsorted(units, unit, side="right")]:
            first, last = (
                tokens[places.grams.at[k]],
                tokens[places.grams.at[k] + places.grams.size[k] - 1],
            )
            start, end = int(first["start"]), int(last["start"]) + int(last["length"])
            if not found or start >= found[-1][1]:
                found.append((start, end))
        return tuple(found)

    def _standing(self, ko: str, en: str) -> tuple[Standing, tuple[str, ...]]:
        entries = self._termbase.korean(ko) if self._termbase else ()
        if not entries:
            return "new", ()
        wanted = tuple(e.en for e in entries if e.status in ("preferred", "admitted"))
        key = phrase_key(en)
        known = any(phrase_key(text) == key or text.lower() == en.lower() for text in wanted)
        return ("known" if known else "conflicting"), wanted


def _texts(text: str, spans: Sequence[Range]) -> str:
    return " ".join(text[slice(*spans[0])].split())


def _shown(forms: Counter[str], abbreviation: str | None) -> str | None:
    """The form used most, rather the full one than its abbreviation."""
    if abbreviation:
        full = {f: n for f, n in forms.items() if f.rstrip("s") != abbreviation.rstrip("s")}
        forms = Counter(full) or forms
    return best_surface(forms) if forms else None


def _without_possessives(text: str, spans: Sequence[Range]) -> tuple[Range, ...]:
    return tuple((start, start + len(without_possessive(text[start:end]))) for start, end in spans)


def _gloss(examples: Sequence[Example]) -> str | None:
    glosses = Counter(
        gloss
        for example in examples
        for _, end in example.target_spans
        if (gloss := gloss_after(example.unit.target, end))
    )
    return max(glosses, key=lambda g: (glosses[g], len(g), g)) if glosses else None


def _short_ones_first(examples: Sequence[Example]) -> list[Example]:
    """Of different articles first, then the shorter ones."""
    order = sorted(examples, key=lambda e: (len(e.unit.source), e.unit.id or 0))
    seen: set[str] = set()
    first: list[Example] = []
    rest: list[Example] = []
    for example in order:
        article = example.unit.provenance.article
        (rest if article in seen else first).append(example)
        seen.add(article)
    return first + rest
