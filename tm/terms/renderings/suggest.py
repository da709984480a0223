"""From a term to the renderings that a memory has for it.

The units that contain the term are found in the word statistics of the memory
(:mod:`tm.terms.wordstats`). Renderings of the termbase that stand in their English are taken as
such; in the units left over, the phrase that best explains the term is chosen by association,
meaning, sound, numbers, quotation marks and glosses (:mod:`tm.terms.renderings.candidates`), then
the next best in what is still unexplained, and so on: every voice's rendering gets its own count.
Nothing is counted that does not stand in a unit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np

from align.article import Lang, normalise
from align.errors import InputError
from tm.terms.english import inflection_key, phrase_key
from tm.terms.particles import DOUBTFUL, fits_after
from tm.terms.renderings.background import Background, UnitSource, background_of
from tm.terms.renderings.candidates import Pool, Similarity
from tm.terms.renderings.choice import Choice, choose
from tm.terms.renderings.guesses import Known, Near, guesses_for
from tm.terms.renderings.hits import Hits, english_hits, korean_hits
from tm.terms.renderings.rendering import Example, Guess, Rendering, Suggestion
from tm.terms.renderings.report import rendering_of, status_of, unseen_renderings
from tm.terms.renderings.scorer import Scorer
from tm.terms.termbase.concepts import UNWANTED
from tm.terms.termbase.entries import Entry
from tm.terms.termbase.lookup import Termbase
from tm.terms.wordstats.building import korean_key

__all__ = ["Example", "Guess", "Rendering", "Suggestion", "hits_of", "suggest"]

#: Renderings looked for, however few are asked for: the best are known only among all.
_LOOKED_FOR = 10
#: Units read closely for new renderings; the counts are over all of them.
_CLOSE_READING = 300


def suggest(
    memory: UnitSource,
    term: str,
    *,
    lang: Lang = "ko",
    limit: int = 10,
    examples: int = 3,
    termbase: Termbase | None = None,
    similarity: Similarity | None = None,
    guess: bool = True,
) -> Suggestion:
    """How ``term`` has been rendered in the memory, and how the termbase wants it.

    Parameters
    ----------
    memory: a memory, several of them, or anything with ``units`` and ``unit_count``.
    term: the term, in any spacing, spelling or inflection group; particles that were copied with
        it are taken off, as the answer's ``term`` shows (돈주들이 is asked for as 돈주).
    lang: the language of the term; ``en`` asks for Korean renderings of an English one.
    limit, examples: at most so many renderings, and so many example units for each.
    termbase: statuses and known renderings; without one, everything is ``seen only``.
    similarity: cosine similarity in meaning; by default that of the built-in encoder.
    guess: whether to guess where nothing is known.

    Raises
    ------
    InputError: the term is empty.
    """
    term = " ".join(normalise(term).split())
    if not term:
        raise InputError("the term is empty", remedy="give a Korean or English term")
    background = background_of(memory)
    if lang == "ko":
        term = _without_particles(term, termbase, background)
    hits = hits_of(background, term, lang, termbase)
    entries = _entries(termbase, term, lang)
    similarity = similarity or _builtin_similarity()
    renderings: list[Rendering] = []
    if len(hits):
        choices = _choices(term, hits, entries, termbase, similarity, max(limit, _LOOKED_FOR))
        renderings = [rendering_of(choice, hits, examples) for choice in choices]
    unseen = unseen_renderings(entries, renderings, lang, wanted=True)
    unwanted = unseen_renderings(entries, renderings, lang, wanted=False)
    renderings = sorted(renderings + unseen, key=_order)
    guesses: tuple[Guess, ...] = ()
    if guess and not renderings:
        near = _near(memory, termbase, lang)
        guesses = guesses_for(term, lang, _known(memory, termbase, lang), near)
    return Suggestion(
        term, lang, len(hits), tuple(renderings[:limit]), guesses, tuple(unwanted[:limit])
    )


def _known(memory: UnitSource, termbase: Termbase | None, lang: Lang) -> Known:
    """The best known rendering of a part of a term: the termbase's, or one that is seen often."""

    def known(part: str) -> str | None:
        wanted = (e for e in _entries(termbase, part, lang) if status_of(e, lang) not in UNWANTED)
        entry = next(wanted, None)
        if entry is not None:
            return entry.en if lang == "ko" else entry.ko
        told = suggest(memory, part, lang=lang, termbase=termbase, examples=0, guess=False)
        best = told.best
        is_sure = best is not None and best.count > 1 and not best.is_unsure
        return best.text if best and is_sure and best.status not in UNWANTED else None

    return known


def _near(memory: UnitSource, termbase: Termbase | None, lang: Lang) -> Near:
    """Entries of the termbase whose meaning is near."""

    def near(term: str) -> list[tuple[str, str, float]]:
        if termbase is None:
            return []
        from tm.terms.renderings.meaning import near_entries

        return near_entries(term, lang, termbase)

    return near


def _without_particles(term: str, termbase: Termbase | None, background: Background) -> str:
    """A Korean term as a dictionary has it: the termbase's word, or what the rules leave of it if
    that stands in the memory more often than the whole."""
    if termbase is not None and termbase.korean(term):
        return term
    for cut in range(len(term) - 1, 1, -1):
        if not fits_after(term[cut - 1], term[cut:], verbal=False):
            continue
        if termbase is not None and termbase.korean(term[:cut]):
            return term[:cut]
    *before, last = term.split()
    stem = korean_key(last)
    rest = last[len(stem) :]
    if (
        len(stem) < 2
        or not rest
        or rest in DOUBTFUL
        or not fits_after(stem[-1], rest, verbal=False)
    ):
        return term
    return " ".join([*before, stem])


_STATUS_BONUS = {"preferred": 1.5, "admitted": 0.5, "deprecated": -0.5, "forbidden": -1000.0}


def _order(rendering: Rendering) -> tuple[bool, float, str]:
    """What is unsure after what the termbase says, otherwise by weight and status."""
    worth = rendering.weight + _STATUS_BONUS.get(rendering.status, 0.0)
    return rendering.is_unsure, -worth, rendering.text


def hits_of(
    background: Background, term: str, lang: Lang, termbase: Termbase | None = None
) -> Hits:
    """All units in which the term occurs."""
    if lang == "en":
        return english_hits(background, term)
    entries = termbase.korean(term) if termbase is not None else ()
    also = termbase.hanja_forms(term) if termbase is not None else ()
    name = bool(entries) and all(entry.is_name for entry in entries)
    return korean_hits(background, term, also=also, name=name)


def _entries(termbase: Termbase | None, term: str, lang: Lang) -> tuple[Entry, ...]:
    if termbase is None:
        return ()
    return termbase.korean(term) if lang == "ko" else termbase.english(term)


def _choices(
    term: str,
    hits: Hits,
    entries: Sequence[Entry],
    termbase: Termbase | None,
    similarity: Similarity,
    limit: int,
) -> list[Choice]:
    close = np.arange(0, len(hits), len(hits) // _CLOSE_READING + 1)
    pool = Pool(hits, close)
    known = {_rendering_key(entry, hits.lang): entry for entry in reversed(entries)}
    claims = _Claims(term, hits, termbase)
    elsewhere = {key: claims.hits(key) for key in known}
    short_forms = pool.abbreviations() if hits.other == "en" else {}
    defined = [
        number
        for full, short in short_forms.items()
        for key in (full, inflection_key(short))
        if (number := pool.number_of(key)) is not None
    ]
    scorer = Scorer(term, pool, similarity, claims.close(close), frozenset(defined))
    return choose(scorer, pool, known, elsewhere, short_forms, limit)


def _rendering_key(entry: Entry, lang: Lang) -> str:
    return phrase_key(entry.en) if lang == "ko" else "".join(entry.ko.split())


class _Claims:
    """Hits in which a phrase renders another term of the termbase that stands there too."""

    def __init__(self, term: str, hits: Hits, termbase: Termbase | None):
        self._own = "".join(term.split())
        self._hits = hits
        self._termbase = termbase if hits.lang == "ko" else None
        self._found: dict[str, frozenset[int]] = {}

    def hits(self, key: str) -> frozenset[int]:
        """Their numbers, for the phrase with this key."""
        if key not in self._found:
            self._found[key] = frozenset(
                hit
                for other in self._others(key)
                for hit in self._hits.with_korean_letters(other).tolist()
            )
        return self._found[key]

    def close(self, close: np.ndarray) -> Callable[[str], frozenset[int]]:
        """As :meth:`hits`, but numbered among the hits that are read closely."""
        place = {hit: n for n, hit in enumerate(close.tolist())}
        return lambda key: frozenset(place[hit] for hit in self.hits(key) if hit in place)

    def _others(self, key: str) -> Iterable[str]:
        if self._termbase is None:
            return ()
        others = {
            "".join(entry.ko.split())
            for entry in self._termbase.by_english_key(key)
            if entry.status in ("preferred", "admitted")
        }
        return sorted(ko for ko in others if self._own not in ko and ko not in self._own)


def _builtin_similarity() -> Similarity:
    from tm.terms.renderings.meaning import builtin_similarity

    return builtin_similarity()
