"""Where a Korean term or an English phrase stands in the texts of a segment."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tm.terms.spelling import is_hangul, spelling_variants
from tm.terms.wordstats.arrays import is_in
from tm.terms.wordstats.readings import Readings
from tm.terms.wordstats.texts import Texts
from tm.terms.wordstats.traits import BLANK, DOT
from tm.verbs import decomposed, verb_stems

Ints = NDArray[np.int64]

_DOTS = "·.ㆍ‧・"
# Beyond so many places, the count of a phrase in a text is estimated from an even share of them.
_COUNTED = 4000
# Words that the analyser is asked about.
_ANALYSED = 24


@dataclass(frozen=True)
class Places:
    """Occurrences in the order of the texts, all arrays of one length: the places of the first and
    the last word, and where in them the occurrence begins and ends, in characters."""

    first: Ints
    last: Ints
    begin: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.first)

    def at(self, chosen: NDArray[np.bool_]) -> Places:
        return Places(self.first[chosen], self.last[chosen], self.begin[chosen], self.end[chosen])


def _together(parts: Sequence[tuple[Ints, Ints, Ints, Ints]]) -> Places:
    """All occurrences, of those that overlap the first and longest."""
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return Places(none, none, none, none)
    first, last, begin, end = (np.concatenate([part[i] for part in parts]) for i in range(4))
    order = np.lexsort((-end, -last, begin, first))
    first, last, begin, end = first[order], last[order], begin[order], end[order]
    kept = np.ones(len(first), dtype=bool)
    # Overlaps are rare: only neighbours in the same word are looked at one by one.
    for i in np.flatnonzero(first[1:] <= last[:-1]) + 1:
        before = i - 1
        while before > 0 and not kept[before]:
            before -= 1
        kept[i] = (first[i], begin[i]) >= (last[before], end[before])
    return Places(first[kept], last[kept], begin[kept], end[kept])


def korean_places(
    texts: Texts, term: str, readings: Sequence[Texts], *, also: Iterable[str] = (), name: bool
) -> Places:
    """Where a Korean term stands, in any spelling or spacing, whatever is attached to it.

    ``readings`` are the texts whose words say what is a word (all segments of a memory).
    """
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    for form in dict.fromkeys((term, *also)):
        for variant in spelling_variants(" ".join(form.split())):
            stem = _verb_stem(variant, readings)
            if stem:
                parts += _verb_places(texts, stem)
                continue
            letters = "".join(c for c in variant if not c.isspace() and c not in _DOTS)
            if not letters:
                continue
            judge = Readings(readings, letters, name=name)
            parts += _within_words(texts, letters, judge)
            parts += _across_words(texts, variant, letters, judge)
    return _together(parts)


def analysed_places(texts: Texts, term: str, *, name: bool) -> Places:
    """Where a term stands that never stands by itself, so that the other words say nothing: in the
    words that the analyser (kiwipiepy) takes for it. Each is read in one sentence."""
    parts: list[tuple[Ints, Ints, Ints, Ints]] = []
    for variant in spelling_variants("".join(term.split())):
        forms = texts.forms.containing(variant).tolist()
        kept = {n: at for n in forms[:_ANALYSED] if (at := _analysed(texts, n, term, name)) >= 0}
        parts += _places_in(texts, kept, len(variant))
    return _together(parts)


def _analysed(texts: Texts, form: int, term: str, name: bool) -> int:
    """Where in a form the term is in one of its sentences, -1 if it is not."""
    from tm.terms.finding.morphology import find_term

    place = int(texts.places_of_forms([form])[0])
    unit = int(texts.unit_at(np.array([place]))[0])
    offset = texts.offset(place)
    for span in find_term(texts.whole_text(unit), term, name=name):
        if offset <= span.start and span.end <= offset + len(texts.forms[form]):
            return span.start - offset
    return -1


def _within_words(
    texts: Texts, letters: str, judge: Readings
) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """The term inside one word."""
    begins: dict[int, int] = {}
    for number in texts.forms.containing(letters).tolist():
        form = texts.forms[number]
        at = form.find(letters)
        while at >= 0:
            if judge.accepts(form, at):
                begins[number] = at
                break
            at = form.find(letters, at + 1)
    return _places_in(texts, begins, len(letters))


def _places_in(
    texts: Texts, begins: dict[int, int], length: int
) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """The places of forms, given where in each the term begins."""
    if not begins:
        return []
    places = texts.places_of_forms(list(begins))
    forms = texts.stream[places]
    numbers = np.array(sorted(begins), dtype=np.int64)
    begin = np.array([begins[n] for n in numbers.tolist()], dtype=np.int64)
    begin = begin[np.searchsorted(numbers, forms)]
    return [(places, places, begin, begin + length)]


def _across_words(
    texts: Texts, variant: str, letters: str, judge: Readings
) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """The term over several words: with the blanks it is given with, or where a part of two
    syllables or more stands by itself (국가 보위성 for 국가보위성)."""
    cuts = _cuts(variant)
    if not cuts:
        return []
    length = len(letters)
    reached: dict[int, list[tuple[Ints, Ints, Ints]]] = {cut: [] for cut in cuts}
    for cut in cuts:
        starts = texts.forms.ending(letters[:cut])
        kept = [n for n in starts.tolist() if judge.begins(texts.forms[n][:-cut])]
        places = texts.places_of_forms(kept)
        if len(places):
            lengths = word_lengths(texts, texts.stream[places])
            reached[cut].append((places, places, lengths - cut))
    found: list[tuple[Ints, Ints, Ints, Ints]] = []
    joints = BLANK | (DOT if any(c in _DOTS for c in variant) else 0)
    for cut in cuts:
        for first, last, begin in reached[cut]:
            after = last + 1
            good = (texts.gap_traits[texts.gaps[after]] & joints).astype(bool)
            first, begin, after = first[good], begin[good], after[good]
            if not len(after):
                continue
            forms = texts.stream[after].astype(np.int64)
            for further in cuts:
                whole = texts.forms.number(letters[cut:further]) if further > cut else None
                if whole is not None:
                    chosen = forms == whole
                    reached[further].append((first[chosen], after[chosen], begin[chosen]))
            tail = letters[cut:]
            ends = [
                n
                for n in texts.forms.starting(tail)
                if judge.ends(texts.forms[n][len(tail) :], " ")
            ]
            chosen = is_in(forms, np.array(ends, dtype=np.int64))
            end = np.full(int(chosen.sum()), length - cut, dtype=np.int64)
            found.append((first[chosen], after[chosen], begin[chosen], end))
    return found


def _cuts(variant: str) -> list[int]:
    """After how many letters another word may begin."""
    letters, own = "", set()
    for character in variant:
        if character.isspace() or character in _DOTS:
            own.add(len(letters))
        else:
            letters += character
    free = range(2, len(letters) - 1)
    kinds = {i for i in range(1, len(letters)) if letters[i - 1].isdigit() != letters[i].isdigit()}
    return sorted((own | set(free) | kinds) & set(range(1, len(letters))))


def word_lengths(texts: Texts, forms: NDArray[np.int32]) -> Ints:
    """How many characters each of these forms has."""
    distinct, inverse = np.unique(forms, return_inverse=True)
    lengths = np.array([len(texts.forms[n]) for n in distinct.tolist()], dtype=np.int64)
    return lengths[inverse]


_VERB_SIGNS = ("고", "지", "는", "며", "면", "던", "게")


def _verb_stem(term: str, readings: Sequence[Texts]) -> str:
    """What stands before the 다 of a verb in its dictionary form; empty for a noun (바다)."""
    stem = term[:-1]
    if not term.endswith("다") or not stem or not all(map(is_hangul, term)):
        return ""
    if len(term) > 2 and stem[-1] in "하되":
        return stem
    counted = sum(
        texts.forms.number(stem + sign) is not None for texts in readings for sign in _VERB_SIGNS
    )
    return stem if counted >= 2 else ""


def _verb_places(texts: Texts, stem: str) -> list[tuple[Ints, Ints, Ints, Ints]]:
    """Forms of a verb, endings included, since they melt into its stem (오르- + -았- = 올랐)."""
    wanted = decomposed(stem)
    head = stem[:-1]
    if head:
        numbers: Iterable[int] = texts.forms.starting(head)
    else:
        first = chr((ord(stem) - 0xAC00) // 588 * 588 + 0xAC00)
        low, high = texts.forms.starting(first), texts.forms.starting(chr(ord(first) + 587))
        numbers = range(low.start, high.stop)
    kept = [n for n in numbers if wanted in verb_stems(texts.forms[n])]
    places = texts.places_of_forms(kept)
    if not len(places):
        return []
    zeros = np.zeros(len(places), dtype=np.int64)
    return [(places, places, zeros, word_lengths(texts, texts.stream[places]))]


def phrase_places(texts: Texts, keys: Sequence[int]) -> Ints:
    """Where the words with these keys stand one behind the other: the places of the first."""
    if not keys:
        return np.zeros(0, dtype=np.int64)
    rarest = min(range(len(keys)), key=lambda i: len(texts.places_of_key(keys[i])))
    places = texts.places_of_key(keys[rarest]).astype(np.int64) - rarest
    places = places[(places >= 0) & (places + len(keys) <= len(texts.stream))]
    for i, key in enumerate(keys):
        if i != rarest and len(places):
            places = places[texts.key_of[texts.stream[places + i]] == key]
    return places


def units_with_phrases(texts: Texts, phrases: Ints, length: int) -> Ints:
    """In about how many units each of many phrases of one length stands: rows of ``phrases`` are
    keys, shape (p, length). Exact up to some thousand places of a phrase's rarest word."""
    if length == 1:
        return texts.key_units[phrases[:, 0]].astype(np.int64)
    sizes = (texts.key_starts[phrases + 1] - texts.key_starts[phrases]).astype(np.int64)
    rarest = sizes.argmin(axis=1)
    rows = np.arange(len(phrases))
    chosen = phrases[rows, rarest]
    begin, size = texts.key_starts[chosen], sizes[rows, rarest]
    step = size // _COUNTED + 1
    taken = -(-size // step)
    owner = np.repeat(rows, taken)
    inside = np.arange(int(taken.sum())) - np.repeat(np.cumsum(taken) - taken, taken)
    places = texts.key_places[np.repeat(begin, taken) + inside * np.repeat(step, taken)]
    places = places.astype(np.int64) - rarest[owner]
    good = (places >= 0) & (places + length <= len(texts.stream))
    places, owner = places[good], owner[good]
    for i in range(length):
        same = texts.key_of[texts.stream[places + i]] == phrases[owner, i]
        places, owner = places[same], owner[same]
    units = texts.unit_at(places)
    is_new = np.ones(len(units), dtype=bool)
    is_new[1:] = (units[1:] != units[:-1]) | (owner[1:] != owner[:-1])
    counts: Ints = np.bincount(owner[is_new], minlength=len(phrases)) * step
    return counts
