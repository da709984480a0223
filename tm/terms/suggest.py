"""From a term to the renderings that a memory has for it.

The units that contain the term are found by morphology (:mod:`tm.terms.morphology`). Renderings of
the termbase that stand in their English are taken as such; in the units left over, the phrase that
best explains the term is chosen by association, meaning, sound, numbers, quotation marks and
glosses (:mod:`tm.terms.candidates`), then the next best in what is still unexplained, and so on:
every voice's rendering gets its own count. Nothing is counted that does not stand in a unit.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from align.article import Lang
from align.errors import InputError
from tm.terms.analyser import analyse
from tm.terms.background import Background, UnitSource, background_of
from tm.terms.candidates import EnglishSide, Hit, KoreanSide, Side, Similarity
from tm.terms.choice import Choice, choose
from tm.terms.english import find_phrase, other_spelling, phrase_key
from tm.terms.guesses import guesses_for
from tm.terms.morphology import find_term
from tm.terms.particles import fits_after
from tm.terms.rendering import Example, Guess, Rendering, Suggestion
from tm.terms.report import rendering_of, unseen_renderings
from tm.terms.scorer import Scorer
from tm.terms.spelling import spelling_variants
from tm.terms.termbase import Entry, Termbase
from tm.unit import TranslationUnit

__all__ = ["Example", "Guess", "Rendering", "Suggestion", "find_hits", "suggest"]

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
    memory: anything with ``units``, ``units_containing`` and ``unit_count``.
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
    term = " ".join(term.split())
    if not term:
        raise InputError("the term is empty", remedy="give a Korean or English term")
    if lang == "ko":
        term = _without_particles(term, termbase)
    hits = find_hits(memory, term, lang, termbase)
    entries = _entries(termbase, term, lang)
    renderings: list[Rendering] = []
    if hits:
        background = background_of(memory)
        most = max(limit, _LOOKED_FOR)
        choices = _choices(term, lang, hits, entries, background, termbase, similarity, most)
        renderings = [rendering_of(choice, hits, lang, examples) for choice in choices]
    seen = [r for r in renderings if r.count]
    renderings = sorted(seen + unseen_renderings(entries, seen, lang), key=_order)
    guesses: tuple[Guess, ...] = ()
    if guess and not renderings:

        def known(part: str) -> str | None:
            best = suggest(memory, part, termbase=termbase, examples=0, guess=False).best
            return best.text if best and best.status != "forbidden" else None

        guesses = guesses_for(term, lang, known)
    return Suggestion(term, lang, len(hits), tuple(renderings[:limit]), guesses)


def _without_particles(term: str, termbase: Termbase | None) -> str:
    """A Korean term as a dictionary has it: the termbase's word, or what the analyser leaves."""
    if termbase:
        if termbase.korean(term):
            return term
        for cut in range(len(term) - 1, 1, -1):
            if fits_after(term[cut - 1], term[cut:], verbal=False) and termbase.korean(term[:cut]):
                return term[:cut]
    morphemes = list(analyse(term))
    if not morphemes or not morphemes[-1][1].startswith("J"):
        return term
    while morphemes and (morphemes[-1][1].startswith("J") or morphemes[-1][:2] == ("들", "XSN")):
        morphemes.pop()
    stem = term[: morphemes[-1][3]] if morphemes else ""
    return stem if len(stem) > 1 else term


_STATUS_BONUS = {"preferred": 1.5, "admitted": 0.5, "deprecated": -0.5, "forbidden": -1000.0}


def _order(rendering: Rendering) -> tuple[bool, float, str]:
    """What is unsure after what the termbase says, otherwise by count and status."""
    worth = rendering.count + _STATUS_BONUS.get(rendering.status, 0.0)
    return rendering.is_unsure, -worth, rendering.text


def find_hits(
    memory: UnitSource, term: str, lang: Lang, termbase: Termbase | None = None
) -> list[Hit]:
    """All units in which the term occurs, in the order of the memory."""
    if lang == "en":
        return _english_hits(memory, term)
    entries = termbase.korean(term) if termbase else ()
    also = termbase.hanja_forms(term) if termbase else ()
    name = bool(entries) and all(entry.is_name for entry in entries)
    hits = []
    for unit in _units_with(memory, [v for f in (term, *also) for v in _prefilters(f)], "ko"):
        spans = find_term(unit.source, term, also=also, name=name)
        if spans:
            ranges = tuple((span.start, span.end) for span in spans)
            hits.append(Hit(unit, unit.source, unit.target, ranges))
    return hits


def _prefilters(form: str) -> list[str]:
    """What any occurrence contains: all spellings; of a verb the part that never changes."""
    verb = form.endswith("다") and len(form) > 2
    return [
        v[:-2] if verb and len(v) > 3 else v[:1] if verb else v for v in spelling_variants(form)
    ]


def _english_hits(memory: UnitSource, term: str) -> list[Hit]:
    key = phrase_key(term)
    hits = []
    for unit in _units_with(memory, _english_prefilters(term), "en"):
        spans = find_phrase(unit.target, key)
        if spans:
            hits.append(Hit(unit, unit.target, unit.source, tuple(spans)))
    return hits


def _english_prefilters(term: str) -> list[str]:
    """The term, and its singular if it looks like a plural; the memory finds other inflections."""
    forms = [term]
    if term.endswith("ies"):
        forms.append(term[:-3] + "y")
    elif term.endswith("s") and not term.endswith("ss"):
        forms.append(term[:-1])
    return [*forms, *map(other_spelling, forms)]


def _units_with(memory: UnitSource, forms: Iterable[str], lang: Lang) -> list[TranslationUnit]:
    found: dict[object, TranslationUnit] = {}
    for form in dict.fromkeys(forms):
        for unit in memory.units_containing(form, lang):
            if unit.status != "rejected":
                found.setdefault(unit.id if unit.id is not None else id(unit), unit)
    if all(isinstance(key, int) for key in found):
        return [found[key] for key in sorted(found, key=lambda k: k if isinstance(k, int) else 0)]
    return list(found.values())


def _entries(termbase: Termbase | None, term: str, lang: Lang) -> tuple[Entry, ...]:
    if termbase is None:
        return ()
    return termbase.korean(term) if lang == "ko" else termbase.english(term)


def _choices(
    term: str,
    lang: Lang,
    hits: Sequence[Hit],
    entries: Sequence[Entry],
    background: Background,
    termbase: Termbase | None,
    similarity: Similarity | None,
    limit: int,
) -> list[Choice]:
    side: Side = EnglishSide(background) if lang == "ko" else KoreanSide(background)
    close = hits[:: len(hits) // _CLOSE_READING + 1]
    candidates = side.collect(close)
    known = {_rendering_key(entry, lang): entry for entry in reversed(entries)}
    claimed: dict[str, frozenset[int]] = {}
    elsewhere: dict[str, frozenset[int]] = {}
    if termbase and lang == "ko":
        claimed = _claimed(term, close, candidates, termbase)
        elsewhere = _claimed(term, hits, known, termbase)
    similarity = similarity or _builtin_similarity()
    scorer = Scorer(term, side, background, similarity, close, claimed)
    return choose(scorer, side, hits, close, candidates, known, elsewhere, limit)


def _rendering_key(entry: Entry, lang: Lang) -> str:
    return phrase_key(entry.en) if lang == "ko" else "".join(entry.ko.split())


def _claimed(
    term: str, hits: Sequence[Hit], keys: Iterable[str], termbase: Termbase
) -> dict[str, frozenset[int]]:
    """Hits where a phrase renders another term of the termbase that stands there too."""
    own = "".join(term.split())
    compact = ["".join(hit.text.split()) for hit in hits]
    claimed = {}
    for key in keys:
        others = {
            "".join(entry.ko.split())
            for entry in termbase.by_english_key(key)
            if entry.status in ("preferred", "admitted")
        }
        others = {ko for ko in others if own not in ko and ko not in own}
        numbers = {n for n, text in enumerate(compact) if any(ko in text for ko in others)}
        if numbers:
            claimed[key] = frozenset(numbers)
    return claimed


def _builtin_similarity() -> Similarity:
    from tm.terms.meaning import builtin_similarity

    return builtin_similarity()
