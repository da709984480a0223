"""Concepts of a file taken into a termbase: what is new goes in, what is there stays as it is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import chain, count

from tm.terms.spelling import fold_spelling
from tm.terms.termbase.concepts import Concept, Term, checked

#: A Korean term, an English one, and the days between which both hold.
_Sign = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Conflict:
    """A rendering that the termbase has with another status, which it keeps."""

    place: str
    reason: str


@dataclass(slots=True)
class Merged:
    """What became of the renderings of a file, in so many concepts: each of those ``taken`` was
    ``added`` or ``already`` there or is one of the ``conflicts``. ``changed`` are the concepts to
    be stored."""

    concepts: int = 0
    taken: int = 0
    added: int = 0
    already: int = 0
    conflicts: list[Conflict] = field(default_factory=list)
    changed: dict[str, Concept] = field(default_factory=dict)


class Merging:
    """Concepts taken one after the other into those that are there.

    Parameters
    ----------
    there: the concepts of the termbase.
    stem: what stands before the id of a concept whose own means something else there.
    replaces: whether a concept takes the place of the one with its id instead of adding to it.
    """

    def __init__(self, there: Iterable[Concept], stem: str, *, replaces: bool = False):
        self.done = Merged()
        self._stem = stem
        self._replaces = replaces
        self._there: dict[str, Concept] = {}
        self._signs: dict[_Sign, tuple[str, Term]] = {}
        self._renamed: dict[str, list[str]] = {}
        for concept in there:
            self._enter(concept)

    def take(self, concept: Concept, place_of: Callable[[Term, Term], str]) -> None:
        """Take a concept in; ``place_of`` tells where in the file a rendering stands."""
        pairs = list(concept.pairs())
        self.done.concepts += 1
        self.done.taken += len(pairs)
        home = self._home(concept, pairs)
        if home is None or self._is_replaced(home, concept):
            if home is not None:
                self._forget(home)
            elif concept.id in self._there:
                concept = replace(concept, id=self._free_id(concept.id))
            self._put(concept)
            self.done.added += len(pairs)
            return
        new: list[tuple[Term, Term]] = []
        for ko, en in pairs:
            known = self._signs.get(_sign(ko, en))
            if known is None:
                new.append((ko, en))
            elif known[1].status == en.status:
                self.done.already += 1
            else:
                told = (
                    f"{ko.text} = {en.text} is {en.status} here and {known[1].status} in the "
                    f"termbase (concept {known[0]}), which is kept"
                )
                self.done.conflicts.append(Conflict(place_of(ko, en), told))
        self.done.added += len(new)
        joined = _joined(home, concept, new)
        if joined != home:
            self._put(joined)

    def _home(self, concept: Concept, pairs: Iterable[tuple[Term, Term]]) -> Concept | None:
        """The concept of the termbase that this one is: it has the same id and a Korean term in
        common, or most of its renderings."""
        forms = _forms(concept)
        for name in (concept.id, *self._renamed.get(concept.id, ())):
            same = self._there.get(name)
            if same is not None and _forms(same) & forms:
                return same
        known = (self._signs.get(_sign(ko, en)) for ko, en in pairs)
        counts = Counter(name for name, _ in filter(None, known))
        return self._there[max(counts, key=lambda name: counts[name])] if counts else None

    def _is_replaced(self, home: Concept, concept: Concept) -> bool:
        """Whether a concept takes the place of one that was there before the file; what the file
        says under one id in several places belongs together."""
        return self._replaces and home.id == concept.id and home.id not in self.done.changed

    def _free_id(self, name: str) -> str:
        """An id for a concept that means something else than the one that has it."""
        names = self._renamed.setdefault(name, [])
        first = f"{self._stem}:{name}"
        numbered = (f"{first}-{number}" for number in count(max(len(names) + 1, 2)))
        free = next(one for one in chain([first], numbered) if one not in self._there)
        names.append(free)
        return free

    def _forget(self, concept: Concept) -> None:
        """Know no more of a concept what it says of its renderings."""
        for ko, en in concept.pairs():
            if self._signs.get(sign := _sign(ko, en), ("",))[0] == concept.id:
                del self._signs[sign]

    def _put(self, concept: Concept) -> None:
        self.done.changed[concept.id] = concept
        self._enter(concept)

    def _enter(self, concept: Concept) -> None:
        self._there[concept.id] = concept
        for ko, en in concept.pairs():
            self._signs.setdefault(_sign(ko, en), (concept.id, en))


def _sign(ko: Term, en: Term) -> _Sign:
    korean, english = (f"{term.valid_from}/{term.valid_until}" for term in (ko, en))
    return ko.text, en.text, korean, english


def _forms(concept: Concept) -> set[str]:
    return {fold_spelling(term.text) for term in concept.korean}


def _joined(home: Concept, other: Concept, new: list[tuple[Term, Term]]) -> Concept:
    """A concept with the new renderings of another one, and with what it did not say itself."""
    texts = tuple(dict.fromkeys(term.text for term in home.korean))
    korean = [ko for ko, _ in new if ko.text not in texts]
    kept = [replace(en, renders=en.renders or texts) for en in home.english]
    more = [replace(en, renders=(ko.text,)) for ko, en in new]
    return checked(
        Concept(
            home.id,
            home.domain or other.domain,
            home.definition or other.definition,
            home.note or other.note,
            (*home.korean, *korean, *kept, *more),
        )
    )
