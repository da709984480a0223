"""A termbase: which renderings a newsroom wants for a term, and which it does not, with look-up.

The truth is in the concepts (:mod:`tm.terms.termbase.concepts`); look-ups yield entries, a Korean
term with one rendering each (:mod:`tm.terms.termbase.entries`). A termbase comes from table files,
from TBX, or from a memory (:meth:`tm.memory.Memory.termbase`), and two of them can be asked as
one (:meth:`over`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from align.article import Lang
from corpora import TERMBASE
from tm.terms.english import phrase_key
from tm.terms.spelling import fold_spelling, is_hanja
from tm.terms.termbase.concepts import RANK, Concept, Term, TermStatus
from tm.terms.termbase.entries import Entry, entries_of
from tm.terms.termbase.prepared import Keys, Numbers, prepare, prepared
from tm.terms.termbase.tables import read_tables

if TYPE_CHECKING:
    from tm.terms.finding.finder import EnglishFinder, FinderTerm, TermFinder

__all__ = ["RANK", "Entry", "TermStatus", "Termbase", "load_termbase"]


@dataclass(frozen=True)
class Termbase:
    """Concepts with look-up by Korean form (any spacing or spelling) and by English phrase.

    ``keys``: what the concepts are looked up by, if that is known already.
    """

    concepts: Sequence[Concept]
    source: str | None = None
    keys: Keys | None = field(default=None, repr=False, compare=False)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.entries)

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for n in range(len(self.concepts)) for entry in self._entries(n))

    def korean(self, term: str) -> tuple[Entry, ...]:
        """The renderings of a Korean term, best status first; empty if the term is not there."""
        key = fold_spelling(term)
        found = (e for n in self._by_korean.get(key, ()) for e in self._entries(n))
        return tuple(
            sorted((e for e in found if fold_spelling(e.ko) == key), key=lambda e: RANK[e.status])
        )

    def english(self, phrase: str) -> tuple[Entry, ...]:
        """The entries with this rendering, whatever its number, case, hyphens or article."""
        return self.by_english_key(phrase_key(phrase))

    def by_english_key(self, key: str) -> tuple[Entry, ...]:
        """As :meth:`english`, for a key already made by :func:`tm.terms.english.phrase_key`."""
        found = (e for n in self._by_english.get(key, ()) for e in self._entries(n))
        return tuple(
            sorted(
                (e for e in found if phrase_key(e.en) == key),
                key=lambda e: (RANK[e.status], RANK[e.ko_status]),
            )
        )

    def concept(self, concept: str) -> tuple[Entry, ...]:
        """The entries of the concept with this id."""
        number = self._by_id.get(concept)
        return () if number is None else self._entries(number)

    def hanja_forms(self, term: str) -> tuple[str, ...]:
        """Forms of the same concept written in Hanja (北 for 북한)."""
        concepts = {entry.concept for entry in self.korean(term)}
        forms = (e.ko for c in sorted(concepts) for e in self.concept(c))
        return tuple(dict.fromkeys(f for f in forms if any(map(is_hanja, f)) and f != term))

    def on(self, date: str) -> Termbase:
        """What holds on a day (ISO 8601; a month or a year will do)."""
        held = tuple(concept.on(date) for concept in self.concepts)
        return Termbase(tuple(concept for concept in held if concept.terms), self.source)

    def over(self, base: Termbase) -> Termbase:
        """This termbase and, where it is silent, ``base``.

        A concept takes the place of the one of ``base`` with the same id. Of a Korean term that
        both know, this one's statuses hold: a rendering that both have is here as this one has it,
        and what ``base`` prefers is only admitted if this one prefers another.
        """
        if not self.concepts:
            return base
        own = {concept.id for concept in self.concepts}
        rest = (_yielding(c, self) for c in base.concepts if c.id not in own)
        source = " over ".join(filter(None, (self.source, base.source))) or None
        return Termbase((*self.concepts, *(c for c in rest if c is not None)), source)

    @cached_property
    def korean_terms(self) -> tuple[str, ...]:
        """The different Korean terms, in the order of the file."""
        return tuple(dict.fromkeys(t.text for concept in self.concepts for t in concept.korean))

    def finder(self, lang: Lang) -> TermFinder | EnglishFinder:
        """What finds all terms of a language in a sentence; made once."""
        return self._korean_finder if lang == "ko" else self._english_finder

    @cached_property
    def _korean_finder(self) -> TermFinder:
        from tm.terms.finding.finder import TermFinder

        return TermFinder(self._finder_terms("ko"))

    @cached_property
    def _english_finder(self) -> EnglishFinder:
        from tm.terms.finding.finder import EnglishFinder

        return EnglishFinder(self._finder_terms("en"))

    def _finder_terms(self, lang: Lang) -> list[FinderTerm]:
        """The terms of a language; a name is what is nothing but a name."""
        from tm.terms.finding.finder import FinderTerm

        is_name: dict[str, bool] = {}
        for entry in self.entries:
            text = entry.ko if lang == "ko" else entry.en
            is_name[text] = is_name.get(text, True) and entry.is_name
        return [FinderTerm(text, name=name) for text, name in is_name.items()]

    # Concepts are looked up by number, and their entries made when they are asked for: to make
    # those of a large termbase takes longer than to look one term up.

    def _entries(self, number: int) -> tuple[Entry, ...]:
        if number not in self._made:
            self._made[number] = tuple(entries_of(self.concepts[number]))
        return self._made[number]

    @cached_property
    def _made(self) -> dict[int, tuple[Entry, ...]]:
        return {}

    @cached_property
    def _by_korean(self) -> Numbers:
        return self.keys.korean if self.keys else self._numbers("ko", fold_spelling)

    @cached_property
    def _by_english(self) -> Numbers:
        return self.keys.english if self.keys else self._numbers("en", phrase_key)

    def all_keys(self) -> Keys:
        """What the concepts are looked up by, in both languages."""
        return Keys(self._by_korean, self._by_english)

    @cached_property
    def _by_id(self) -> dict[str, int]:
        return {concept.id: number for number, concept in enumerate(self.concepts)}

    def _numbers(self, lang: Lang, key: Callable[[str], str]) -> Numbers:
        """Numbers of concepts by the keys of their terms. The key of a text is made once: that
        costs more than the rest."""
        numbers: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for number, concept in enumerate(self.concepts):
            for term in concept.terms:
                if term.lang == lang:
                    numbers[term.text][number] = None
        found: defaultdict[str, dict[int, None]] = defaultdict(dict)
        for text, those in numbers.items():
            found[key(text)].update(those)
        return {name: sorted(those) for name, those in found.items()}


def _yielding(concept: Concept, own: Termbase) -> Concept | None:
    """A concept of another termbase, without what ``own`` says otherwise; ``None`` if nothing is
    left of it."""
    known = {term.text: found for term in concept.korean if (found := own.korean(term.text))}
    if not known:
        return concept
    korean = tuple(dict.fromkeys(term.text for term in concept.korean))
    english = [
        replace(term, status=status, renders=() if kos == korean else kos)
        for term in concept.english
        for status, kos in _statuses(term, korean, known).items()
    ]
    rendered = {ko for term in english for ko in term.renders or korean}
    kept = tuple(term for term in concept.korean if term.text in rendered)
    return replace(concept, terms=(*kept, *english)) if kept else None


def _statuses(
    term: Term, korean: tuple[str, ...], known: dict[str, tuple[Entry, ...]]
) -> dict[TermStatus, tuple[str, ...]]:
    """The status of an English term beside what another termbase says of the Korean ones, and
    those that it then renders."""
    found: dict[TermStatus, tuple[str, ...]] = {}
    key = phrase_key(term.text)
    for ko in korean if not term.renders else term.renders:
        entries = known.get(ko, ())
        if any(phrase_key(entry.en) == key for entry in entries):
            continue
        is_beaten = term.status == "preferred" and any(e.status == "preferred" for e in entries)
        status: TermStatus = "admitted" if is_beaten else term.status
        found[status] = (*found.get(status, ()), ko)
    return found


def load_termbase(path: str | Path | None = None) -> Termbase:
    """The termbase in a TSV or CSV file, or in all of a folder; by default the bundled folder.

    Raises
    ------
    ReadError: the file is missing or cannot be read, or the folder holds no termbase.
    InputError: a column is missing, or a line has no term or an unknown status; names the line.
    """
    place = Path(path) if path is not None else TERMBASE
    known = prepared(place)
    if known is not None:
        return Termbase(known[0], str(place), known[1])
    found = Termbase(tuple(read_tables(place)), str(place))
    prepare(place, found.concepts, found.all_keys())
    return found
