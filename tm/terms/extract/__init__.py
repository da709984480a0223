"""Bilingual terms from a memory: which terms it holds, and how they are put in English.

    units → words (once, kept beside the memory) → runs of words → links between words
          → phrases that meet a term → evidence → renderings → candidates

See :func:`extract`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from align.encoder import CachedEncoder, load_encoder
from align.errors import InputError
from align.threads import one_blas_thread
from tm.terms.extract.candidate import Candidate, Standing
from tm.terms.extract.choice import Chosen, renderings, speaks_for_itself
from tm.terms.extract.corpus import Corpus, LeftOut, Progress, read_corpus
from tm.terms.extract.evidence import evidence
from tm.terms.extract.grams import english_grams, korean_grams, with_abbreviations
from tm.terms.extract.links import link_words
from tm.terms.extract.listing import Listing, Source
from tm.terms.extract.meetings import meetings
from tm.terms.extract.termhood import own_places, termhood, terms_among
from tm.terms.termbase.lookup import Termbase

__all__ = ["Candidate", "Extraction", "LeftOut", "Source", "Standing", "extract"]

#: Units that hold a term at least, and confidence from which a rendering is listed.
LEAST, SURE = 3, 0.5
#: Units that hold a rendering at least, and the term with it: one will do for what is certain.
_LEAST_PHRASE = 2
_CERTAIN = 0.8


def extract(
    memory: Source,
    *,
    least: int = LEAST,
    minimum: float = SURE,
    termbase: Termbase | None = None,
    folder: Path | None = None,
    examples: int = 3,
    progress: Progress | None = None,
) -> Extraction:
    """The terms of a memory with their renderings, best first.

    Parameters
    ----------
    memory: anything with ``units`` and ``unit``, such as :class:`tm.memory.Memory`.
    least: in how many units a term must stand, 1 or more; its renderings in 2, if there are.
    minimum: the lowest confidence that is listed, 0 … 1.
    termbase: tells known pairs from new ones.
    folder: where analysed units are kept, see :func:`tm.terms.wordstats.keeping.folder_of`; without
        one, in memory.
    examples: at most so many example units for each candidate.
    progress: told how many units have been read.

    Raises
    ------
    InputError: ``least`` is below 1 or ``minimum`` outside 0 … 1.
    MemoryFileError: the memory cannot be read, or what is kept not be written.
    """
    if least < 1:
        raise InputError(f"least is {least}", remedy="give 1 or more")
    if not 0 <= minimum <= 1:
        raise InputError(f"minimum is {minimum}", remedy="give a confidence from 0 to 1")
    corpus = read_corpus(memory.units(), folder, progress)
    return Extraction(memory, corpus, least, minimum, termbase, examples)


@dataclass(frozen=True, slots=True)
class _Pair:
    term: int
    chosen: Chosen
    termhood: float


class Extraction:
    """What was found; go through it for the candidates, whose texts are read as they are asked for.

    The renderings of a term follow each other. ``left_out`` says what was not used of the memory,
    ``units`` how many units were.
    """

    def __init__(
        self,
        memory: Source,
        corpus: Corpus,
        least: int,
        minimum: float,
        termbase: Termbase | None,
        examples: int,
    ):
        self.units = len(corpus)
        self.left_out = corpus.left_out
        korean = korean_grams(corpus.ko, least)
        self._korean, self._parts = own_places(corpus, korean, least)
        english = english_grams(corpus.en, min(_LEAST_PHRASE, least))
        self._english, short = with_abbreviations(english, corpus.short)
        self._pairs = [p for p in self._found(corpus, least) if p.chosen.confidence >= minimum]
        self._listing = Listing(
            memory, corpus, self._korean, self._english, termbase, short, examples
        )

    def __len__(self) -> int:
        return len(self._pairs)

    def __iter__(self) -> Iterator[Candidate]:
        for pair in self._pairs:
            yield self._listing.candidate(pair.term, pair.chosen, pair.termhood)

    def _found(self, corpus: Corpus, least: int) -> Iterator[_Pair]:
        """The renderings of all terms, the most term-like of the surest terms first."""
        terms = terms_among(corpus, self._korean, least)
        if not len(terms) or not len(self._english):
            return
        encoder = CachedEncoder(load_encoder())
        with one_blas_thread():
            links = link_words(corpus, encoder)
            met = meetings(corpus, links, self._korean, self._english, terms)
            weighed = evidence(met, self._korean, self._english, terms, corpus, encoder)
        worth = termhood(corpus, self._korean, terms)
        found = list(renderings(weighed, self._korean, self._english, terms.tolist()))
        sure = np.array([own[0].confidence if own else 0.0 for own in found])
        for row in np.argsort(-(sure * worth), kind="stable"):
            if self._parts[terms[row]] and not speaks_for_itself(found[row]):
                continue
            for chosen in found[row]:
                if chosen.together >= min(least, _LEAST_PHRASE) or chosen.confidence >= _CERTAIN:
                    yield _Pair(int(terms[row]), chosen, float(worth[row]))
