"""Measure extraction: how often the first rendering of a term is an accepted one, and how fast.

Called by ``bench_terms.py --extract GOLD.jsonl --pairs TEXT.ko TEXT.en``. GOLD.jsonl has ko, en (a
list of accepted renderings) and, optionally, band. Beside the whole method, the association
measures by themselves, over the same candidates and the same phrases: log-likelihood and Dice.
Precision is over all terms of the gold that stand in as many units as asked for, listed or not; a
term without an answer counts as wrong.
"""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from align.encoder import load_encoder
from bench_terms_suggest import PairMemory, is_accepted
from tm.terms.analyser import analyse
from tm.terms.association import log_likelihoods
from tm.terms.extract import Candidate, extract
from tm.terms.extract.corpus import Corpus, read_corpus
from tm.terms.extract.grams import Grams, english_grams, korean_grams
from tm.terms.spelling import fold_spelling
from tm.unit import Provenance, TranslationUnit


class Pairs(PairMemory):
    """Aligned lines of two files, as a memory that also gives single units."""

    def __init__(self, ko: Path, en: Path):
        super().__init__(ko, en)
        self._by_id = {unit.id: unit for unit in self.units()}

    def unit(self, unit_id: int) -> TranslationUnit | None:
        return self._by_id.get(unit_id)


def bench_extraction(
    cases: list[dict[str, Any]],
    files: Sequence[Path],
    least: int,
    verbose: bool,
) -> None:
    """Print precision by band for the method and for two baselines, and pairs a minute."""
    memory = Pairs(*files)
    _load_models()
    started = time.process_time()
    found = list(extract(memory, least=least, minimum=0.0))
    seconds = time.process_time() - started
    first = {fold_spelling(c.ko): c for c in reversed(found) if c.rank == 0}
    corpus = read_corpus(memory.units())
    korean, english = korean_grams(corpus.ko, 1), english_grams(corpus.en, 2)
    number = {key: g for g, key in enumerate(korean.keys)}
    counts = {case["ko"]: _count(case["ko"], korean, number) for case in cases}
    frequent = [case for case in cases if counts[case["ko"]] >= least]
    print(f"{memory.unit_count()} pairs, {len(found)} renderings of {len(first)} terms")
    print(f"{len(frequent)} of {len(cases)} terms stand in {least} pairs or more")
    answers: dict[str, dict[str, str | None]] = {
        "log-likelihood": _by_association(corpus, korean, english, frequent, _likelihood),
        "Dice": _by_association(corpus, korean, english, frequent, _dice),
        "extraction": {
            case["ko"]: _text(first.get(fold_spelling(case["ko"]))) for case in frequent
        },
    }
    for method, texts in answers.items():
        _report(method, texts, frequent)
    if verbose:
        _show_wrong(first, frequent, counts)
    print(
        f"{60 * memory.unit_count() / seconds:.0f} pairs a minute of one core ({seconds:.1f} CPU-s)"
    )


def _load_models() -> None:
    """Loading models and compiled loops is not extracting."""
    analyse("준비")
    load_encoder().encode(["ready"])
    units = [
        TranslationUnit("경찰이 왔다.", f"Police came {word}.", Provenance("x", n), id=n)
        for n, word in enumerate(("early", "late", "by car", "again"))
    ]

    class Four:
        def units(self) -> Iterator[TranslationUnit]:
            return iter(units)

        def unit(self, unit_id: int) -> TranslationUnit | None:
            return units[unit_id]

    list(extract(Four(), least=1, minimum=0.0))


def _text(candidate: Candidate | None) -> str | None:
    return candidate.en if candidate else None


def _count(term: str, korean: Grams, number: dict[str, int]) -> int:
    gram = number.get(fold_spelling(term))
    return int(korean.counts[gram]) if gram is not None else 0


Measure = Callable[[Any, int, Any, int], Any]


def _likelihood(together: Any, term: int, phrases: Any, total: int) -> Any:
    return log_likelihoods(together, np.full_like(phrases, term), phrases, total)


def _dice(together: Any, term: int, phrases: Any, total: int) -> Any:
    return 2 * together / (term + phrases)


def _by_association(
    corpus: Corpus,
    korean: Grams,
    english: Grams,
    cases: list[dict[str, Any]],
    measure: Measure,
) -> dict[str, str | None]:
    """For each term the phrase that an association measure by itself puts first."""
    number = {key: g for g, key in enumerate(korean.keys)}
    texts: dict[str, str | None] = {}
    for case in cases:
        gram = number[fold_spelling(case["ko"])]
        units = np.unique(korean.unit[korean.gram == gram])
        places = np.isin(english.unit, units)
        pairs = np.unique(np.stack([english.gram[places], english.unit[places]]), axis=1)
        phrases, together = np.unique(pairs[0], return_counts=True)
        scores = measure(together, len(units), english.counts[phrases], len(corpus))
        texts[case["ko"]] = english.forms[phrases[int(np.argmax(scores))]] if len(phrases) else None
    return texts


def _report(
    method: str,
    texts: dict[str, str | None],
    cases: list[dict[str, Any]],
) -> None:
    bands: defaultdict[str, list[bool]] = defaultdict(list)
    answered = 0
    for case in cases:
        text = texts[case["ko"]]
        answered += text is not None
        bands[case.get("band", "all")].append(text is not None and is_accepted(text, case["en"]))
    shares = ", ".join(
        f"{band} {sum(right) / len(right):.3f} ({sum(right)}/{len(right)})"
        for band, right in sorted(bands.items())
    )
    print(f"{method:15} precision at 1: {shares}; {answered} answered")


def _show_wrong(
    first: dict[str, Candidate],
    cases: list[dict[str, Any]],
    counts: dict[str, int],
) -> None:
    for case in cases:
        answer = first.get(fold_spelling(case["ko"]))
        if answer is None or not is_accepted(answer.en, case["en"]):
            shown = answer.en if answer else None
            print(f"{case['ko']} in {counts[case['ko']]}: {shown}, expected {case['en']}")
