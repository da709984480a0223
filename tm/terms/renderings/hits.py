"""The units in which a term occurs, and where things stand in them, as arrays.

A place in the texts of a memory is one number: the segment, the word, and the character in the
word. So occurrences in fifty thousand units are found, compared and counted without looking at any
of them; texts are read only of what is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from tm.terms.english import phrase_key, without_possessive
from tm.terms.renderings.background import Background, Part
from tm.terms.wordstats.arrays import distinct, is_in
from tm.terms.wordstats.finding import (
    Places,
    analysed_places,
    korean_places,
    phrase_places,
    word_lengths,
)
from tm.terms.wordstats.texts import Texts
from tm.terms.wordstats.traits import (
    BLANK,
    CLOSES_QUOTE,
    LEADS_IN,
    OPENS_BRACKET,
    OPENS_QUOTE,
    STOP,
)
from tm.unit import TranslationUnit

Ints = NDArray[np.int64]
Range = tuple[int, int]

_WORD_BITS, _PART_BITS = 10, 48
#: From so many units, the words of a memory tell what is a word in it.
_TELLING = 20_000
_WITHIN_PART = (1 << _PART_BITS) - 1
_MIX = np.uint64(0x9E3779B97F4A7C15)
#: The end of a word, however long it is.
_WORD_END = (1 << _WORD_BITS) - 1


@dataclass(frozen=True)
class Spots:
    """Occurrences in the order of the hits: ``hit`` the number of the hit, ``start`` and ``stop``
    places of the first and behind the last character, see the module."""

    hit: Ints
    start: Ints
    stop: Ints

    def __len__(self) -> int:
        return len(self.hit)

    @classmethod
    def joined(cls, parts: Sequence[Spots]) -> Spots:
        """All of them in order, each once."""
        if not parts:
            none = np.zeros(0, dtype=np.int64)
            return cls(none, none, none)
        if len(parts) == 1:
            return parts[0]
        hit, start, stop = (
            np.concatenate([getattr(part, name) for part in parts])
            for name in ("hit", "start", "stop")
        )
        order = np.lexsort((stop, start))
        hit, start, stop = hit[order], start[order], stop[order]
        kept = np.ones(len(hit), dtype=bool)
        kept[1:] = (start[1:] != start[:-1]) | (stop[1:] != stop[:-1])
        return cls(hit[kept], start[kept], stop[kept])

    def at(self, hit: int) -> Iterator[tuple[int, int, int]]:
        """Those in one hit, as (hit, start, stop)."""
        first, after = np.searchsorted(self.hit, [hit, hit + 1])
        for place in range(int(first), int(after)):
            yield hit, int(self.start[place]), int(self.stop[place])

    def only(self, chosen: NDArray[np.bool_]) -> Spots:
        return Spots(self.hit[chosen], self.start[chosen], self.stop[chosen])

    def within(self, outer: Spots) -> NDArray[np.bool_]:
        """Which of these stand inside one of ``outer``, and are less than it."""
        if not len(outer) or not len(self):
            return np.zeros(len(self), dtype=bool)
        before = np.searchsorted(outer.start, self.start, side="right") - 1
        at = np.maximum(before, 0)
        inside = (before >= 0) & (self.stop <= outer.stop[at])
        same = (self.start == outer.start[at]) & (self.stop == outer.stop[at])
        less: NDArray[np.bool_] = inside & ~same
        return less


class Hits:
    """The units of a memory in which a term occurs, numbered from 0.

    Attributes
    ----------
    lang: the language of the term; ``other`` that of its renderings.
    part, unit: (n,) the segment of each hit, and its place there.
    spots: where the term stands.
    room: (n,) how often it stands there.
    explains, quotes: (n,) whether brackets follow the term (얼음(필로폰)), and whether it stands in
        quotation marks.
    """

    def __init__(self, background: Background, lang: Lang, found: Sequence[Places]):
        self.background = background
        self.lang: Lang = lang
        self.other: Lang = "en" if lang == "ko" else "ko"
        shown = [
            places.at(part.shown(part.segment.texts(lang).unit_at(places.first)))
            for part, places in zip(background.parts, found, strict=True)
        ]
        units = [
            distinct(part.segment.texts(lang).unit_at(places.first))
            for part, places in zip(background.parts, shown, strict=True)
        ]
        if len(units) > 1:
            units = _each_once(background.parts, units)
        self.unit = np.concatenate(units) if units else np.zeros(0, dtype=np.int64)
        sizes = [len(own) for own in units]
        self.part = np.repeat(np.arange(len(units)), sizes)
        self._first = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
        self.explains = np.zeros(len(self.unit), dtype=bool)
        self.quotes = np.zeros(len(self.unit), dtype=bool)
        spots = [self._own_spots(number, places) for number, places in enumerate(shown)]
        self.spots = Spots.joined(spots)
        self.room = np.bincount(self.spots.hit, minlength=len(self.unit))

    def __len__(self) -> int:
        return len(self.unit)

    def _own_spots(self, number: int, places: Places) -> Spots:
        texts = self.background.parts[number].segment.texts(self.lang)
        spots = self._spots(number, texts, places)
        at = self._hits_at(number, texts.unit_at(places.first))
        kept = at >= 0
        at, places = at[kept], places.at(kept)
        if len(at):
            ends = places.end >= word_lengths(texts, texts.stream[places.last])
            behind = texts.gap_traits[texts.gaps[places.last + 1]]
            before = texts.gap_traits[texts.gaps[places.first]]
            self.explains[at[ends & (behind & OPENS_BRACKET > 0)]] = True
            is_quoted = (places.begin == 0) & (before & OPENS_QUOTE > 0)
            self.quotes[at[is_quoted & ends & (behind & CLOSES_QUOTE > 0)]] = True
        return spots

    def _hits_at(self, number: int, units: Ints) -> Ints:
        """The numbers of the hits that are these units of a segment, -1 where there is none."""
        own = self.unit[self._first[number] : self._first[number + 1]]
        if not len(own):
            return np.full(len(units), -1, dtype=np.int64)
        found = np.minimum(np.searchsorted(own, units), len(own) - 1)
        return np.where(own[found] == units, found + self._first[number], -1)

    def _spots(self, number: int, texts: Texts, places: Places) -> Spots:
        """The places that are in hits, as spots."""
        at = self._hits_at(number, texts.unit_at(places.first))
        kept = at >= 0
        base = number << _PART_BITS
        start = base + (places.first << _WORD_BITS) + np.minimum(places.begin, _WORD_END)
        stop = base + (places.last << _WORD_BITS) + np.minimum(places.end, _WORD_END)
        return Spots(at[kept], start[kept], stop[kept])

    def english(self, key: str) -> Spots:
        """Where a phrase stands in the English of the hits."""
        found = []
        for number, part in enumerate(self.background.parts):
            numbers = [part.segment.en.keys.number(word) for word in key.split()]
            keys = [word for word in numbers if word is not None]
            if keys and len(keys) == len(numbers):
                places = english_places(part.segment.en, keys)
                found.append(self._spots(number, part.segment.en, places))
        return Spots.joined(found)

    def korean(self, term: str) -> Spots:
        """Where a term stands in the Korean of the hits."""
        readings = self.background.texts("ko")
        return Spots.joined(
            [
                self._spots(n, texts, korean_places(texts, term, readings, name=False))
                for n, texts in enumerate(readings)
            ]
        )

    def with_korean_letters(self, letters: str) -> Ints:
        """The hits in whose Korean a word begins with these letters, or with a number and these."""
        found = []
        for number, texts in enumerate(self.background.texts("ko")):
            forms = [
                form
                for form in texts.forms.containing(letters).tolist()
                if texts.forms[form].lstrip("0123456789").startswith(letters)
            ]
            at = self._hits_at(number, distinct(texts.unit_at(texts.places_of_forms(forms))))
            found.append(at[at >= 0])
        return np.concatenate(found)

    # What is shown

    def texts_of(self, hit: int, lang: Lang) -> Texts:
        return self.background.parts[int(self.part[hit])].segment.texts(lang)

    def surface(self, start: int, stop: int, lang: Lang) -> str:
        """What stands between two places; a possessive at the end left off."""
        texts = self.background.parts[start >> _PART_BITS].segment.texts(lang)
        (first, begin), (last, end) = _word(start), _word(stop)
        text = texts.text(first, last + 1)
        cut = len(texts.forms[int(texts.stream[last])]) - end
        text = text[begin : len(text) - cut if end < _WORD_END and cut > 0 else None]
        return " ".join(without_possessive(text).split())

    def span(self, hit: int, start: int, stop: int, lang: Lang) -> Range:
        """The characters of the unit's text between two places."""
        texts = self.texts_of(hit, lang)
        (first, begin), (last, end) = _word(start), _word(stop)
        form = texts.forms[int(texts.stream[last])]
        end = len(without_possessive(form)) if end == _WORD_END else end
        return texts.offset(first) + begin, texts.offset(last) + end

    def text(self, hit: int, lang: Lang) -> str:
        return self.texts_of(hit, lang).whole_text(int(self.unit[hit]))

    def units(self, hits: Sequence[int]) -> dict[int, TranslationUnit]:
        """The units of these hits; those that have gone just now are left out."""
        found: dict[int, TranslationUnit] = {}
        for number, part in enumerate(self.background.parts):
            own = [hit for hit in hits if self.part[hit] == number]
            loaded = part.load([int(self.unit[hit]) for hit in own]) if own else []
            ids = {int(part.segment.ids[self.unit[hit]]): hit for hit in own}
            found |= {ids[unit.id]: unit for unit in loaded if unit.id in ids}
        return found

    def sizes(self, hits: Ints) -> Ints:
        """How many words the texts of these hits have, on the side of the term."""
        found = np.zeros(len(hits), dtype=np.int64)
        for number, part in enumerate(self.background.parts):
            own = self.part[hits] == number
            starts, units = part.segment.texts(self.lang).starts, self.unit[hits[own]]
            found[own] = starts[units + 1] - starts[units] - 1
        return found

    def articles(self, hits: Ints) -> Ints:
        """A number for each of these hits that those of one article share."""
        found = np.zeros(len(hits), dtype=np.int64)
        for number, part in enumerate(self.background.parts):
            own = self.part[hits] == number
            found[own] = part.segment.articles[self.unit[hits[own]]]
            found[own] += number << _PART_BITS
        return found

    def column(self, name: str, hits: Ints) -> list[tuple[str, int]]:
        """How often each text of a column (dates, translators, articles) stands at these hits."""
        counts: dict[str, int] = {}
        for number, part in enumerate(self.background.parts):
            own = hits[self.part[hits] == number]
            values = getattr(part.segment, name)[self.unit[own]]
            table = getattr(part.segment, f"{name[:-1]}_texts")
            for value, count in zip(*np.unique(values, return_counts=True), strict=True):
                text = table[int(value)]
                counts[text] = counts.get(text, 0) + int(count)
        counts.pop("", None)
        return sorted(counts.items(), key=lambda item: -item[1])

    def may_be_glossed(self, stops: Ints) -> NDArray[np.bool_]:
        """Whether an explanation can begin behind these places of English text: a bracket, or a
        comma or dash and a word that leads one in."""
        found = np.zeros(len(stops), dtype=bool)
        for number, part in enumerate(self.background.parts):
            own = np.flatnonzero(stops >> _PART_BITS == number)
            texts = part.segment.en
            behind = ((stops[own] & _WITHIN_PART) >> _WORD_BITS) + 1
            gap = texts.gap_traits[texts.gaps[behind]]
            leads_in = texts.traits[texts.stream[behind]] & LEADS_IN != 0
            found[own] = (gap & OPENS_BRACKET != 0) | ((gap & BLANK == 0) & leads_in)
        return found

    @cached_property
    def penalties(self) -> Ints:
        """(n,) per cent that the memory of each hit is worth less."""
        return np.array([part.penalty for part in self.background.parts], dtype=np.int64)[self.part]


def distinct_wordings(hits: Hits, spots: Spots) -> list[tuple[int, int]]:
    """One place for each wording among these, and how many places share it, most first.

    Wordings are compared by their words as written and the gaps between them.
    """
    codes = np.zeros(len(spots), dtype=np.uint64)
    first = (spots.start & _WITHIN_PART) >> _WORD_BITS
    last = (spots.stop & _WITHIN_PART) >> _WORD_BITS
    part = spots.start >> _PART_BITS
    codes += (part + (spots.stop & _WORD_END) * 31 + (spots.start & _WORD_END) * 37).astype(
        np.uint64
    )
    for number in range(len(hits.background.parts)):
        own = part == number
        texts = hits.background.parts[number].segment.texts(hits.other)
        for offset in range(int((last - first).max(initial=0)) + 1):
            at = np.flatnonzero(own & (first + offset <= last))
            place = first[at] + offset
            told = texts.stream[place].astype(np.uint64)
            if offset:
                told = told * _MIX + texts.gaps[place].astype(np.uint64)
            codes[at] = codes[at] * _MIX + told
    _, example, counts = np.unique(codes, return_index=True, return_counts=True)
    order = np.lexsort((example, -counts))
    return [(int(example[i]), int(counts[i])) for i in order.tolist()]


def english_places(texts: Texts, keys: Sequence[int]) -> Places:
    first = phrase_places(texts, keys)
    if len(keys) == 1:  # not is no form of note
        first = first[texts.traits[texts.stream[first]] & STOP == 0]
    zeros = np.zeros(len(first), dtype=np.int64)
    return Places(first, first + len(keys) - 1, zeros, zeros + _WORD_END)


def korean_hits(
    background: Background, term: str, *, also: Iterable[str] = (), name: bool = False
) -> Hits:
    """The units with a Korean term, in any spelling and with whatever is attached to it."""
    readings = background.texts("ko")
    also = tuple(also)
    found = [korean_places(texts, term, readings, also=also, name=name) for texts in readings]
    if background.size < _TELLING and not any(map(len, found)):
        found = [analysed_places(texts, term, name=name) for texts in readings]
    return Hits(background, "ko", found)


def english_hits(background: Background, term: str) -> Hits:
    """The units with an English phrase, whatever its inflection, case and hyphens."""
    words = phrase_key(term).split()
    found = []
    for texts in background.texts("en"):
        keys = [number for word in words if (number := texts.keys.number(word)) is not None]
        found.append(english_places(texts, keys if len(keys) == len(words) else []))
    return Hits(background, "en", found)


def _each_once(parts: Sequence[Part], units: list[Ints]) -> list[Ints]:
    """Of units that several memories have, as copies do, those of the first one only."""
    seen = np.zeros(0, dtype=np.uint64)
    kept = []
    for part, own in zip(parts, units, strict=True):
        marks = part.segment.marks[own]
        kept.append(own[~is_in(marks, seen)])
        seen = np.concatenate([seen, marks])
    return kept


def _word(place: int) -> tuple[int, int]:
    """The word of a place in its segment, and the character."""
    within = place & _WITHIN_PART
    return within >> _WORD_BITS, within & _WORD_END
