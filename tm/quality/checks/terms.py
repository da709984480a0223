"""Renderings that the termbase does not want, or wants and does not find.

The English side is asked first, by the keys of its words: only a unit that holds an unwanted
rendering is looked at in Korean, so thousands of terms cost next to nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from tm.quality.checks.reading import Pair, Spot
from tm.quality.findings import Span
from tm.terms.english import Word, phrase_key, words
from tm.terms.finding.finder import FinderTerm, TermFinder
from tm.terms.finding.morphology import find_term
from tm.terms.termbase.concepts import UNWANTED
from tm.terms.termbase.entries import Entry
from tm.terms.termbase.lookup import Termbase


@dataclass(slots=True)
class TermChecks:
    """The checks of terms against one termbase; made once, asked for every pair."""

    termbase: Termbase
    _unwanted: dict[str, list[tuple[tuple[str, ...], Entry]]] = field(init=False)
    _finder: TermFinder | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._unwanted = defaultdict(list)
        for entry in self.termbase:
            if entry.status in UNWANTED:
                key = tuple(phrase_key(entry.en).split())
                if key:
                    self._unwanted[key[0]].append((key, entry))

    def unwanted(self, pair: Pair) -> Iterator[Spot]:
        """``forbidden`` and ``deprecated``: a rendering that the termbase says not to write."""
        told = words(pair.en)
        seen: set[tuple[int, int, str]] = set()
        for entry, place in self._unwanted_in(told):
            span = told[place[0]].start, told[place[1] - 1].end
            if (*span, entry.ko) in seen:
                continue
            found = find_term(pair.ko, entry.ko, name=entry.is_name)
            if found and not self._is_wanted(pair, told, entry, place):
                seen.add((*span, entry.ko))
                yield _unwanted_spot(pair, entry, span, tuple((s.start, s.end) for s in found))

    def _unwanted_in(self, told: list[Word]) -> Iterator[tuple[Entry, Span]]:
        keys = [word.key for word in told]
        for i, key in enumerate(keys):
            for phrase, entry in self._unwanted.get(key, ()):
                if tuple(keys[i : i + len(phrase)]) == phrase:
                    yield entry, (i, i + len(phrase))

    def _is_wanted(self, pair: Pair, told: list[Word], entry: Entry, place: Span) -> bool:
        """Whether the words are part of a good rendering of this or another term of the source, or
        the term is rendered well besides."""
        keys = " " + " ".join(word.key for word in told) + " "
        for other in self.termbase.korean(entry.ko):
            if other.status not in UNWANTED and f" {phrase_key(other.en)} " in keys:
                return True
        phrase = " ".join(word.key for word in told[place[0] : place[1]])
        for other in self.termbase.by_english_key(phrase):
            if other.status not in UNWANTED and find_term(pair.ko, other.ko, name=other.is_name):
                return True
        return self._lies_in_longer(pair, told, place)

    def _lies_in_longer(self, pair: Pair, told: list[Word], place: Span) -> bool:
        for first in range(max(0, place[0] - 4), place[0] + 1):
            for after in range(place[1], min(len(told), first + 6) + 1):
                if (first, after) == place:
                    continue
                phrase = " ".join(word.key for word in told[first:after])
                for other in self.termbase.by_english_key(phrase):
                    if other.status not in UNWANTED and find_term(pair.ko, other.ko):
                        return True
        return False

    def required(self, pair: Pair) -> Iterator[Spot]:
        """``term``: a term of the source that none of its renderings stands for."""
        if self._finder is None:
            names = {entry.ko: entry.is_name for entry in self.termbase}
            self._finder = TermFinder(FinderTerm(ko, name=name) for ko, name in names.items())
        keys = " " + " ".join(word.key for word in words(pair.en)) + " "
        seen: set[str] = set()
        for found in self._finder.find(pair.ko):
            ko = found.term.text
            entries = self.termbase.korean(ko)
            if found.nested or ko in seen or not entries:
                continue
            seen.add(ko)
            if not any(f" {phrase_key(entry.en)} " in keys for entry in entries):
                wanted = entries[0].en
                span = found.start, found.end
                yield Spot("term", f"{ko} is not “{wanted}” here", (span,), (), wanted, about=ko)


def _unwanted_spot(pair: Pair, entry: Entry, en: Span, ko: tuple[Span, ...]) -> Spot:
    said = pair.en[slice(*en)]
    check = entry.status
    word = "forbidden" if check == "forbidden" else "no longer wanted"
    message = f"“{said}” is {word} for {entry.ko}"
    if entry.note:
        message += f" ({entry.note})"
    return Spot(check, message, ko, (en,), entry.instead or None, about=f"{entry.ko}\t{entry.en}")
