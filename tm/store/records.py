"""What goes into the store and comes out of it besides units: small frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from align.article import Lang
from tm.terms.termbase.concepts import Concept
from tm.unit import Status, TranslationUnit

#: What a change did.
Kind = Literal[
    "add", "import", "edit", "status", "delete", "dedupe", "undo", "repair", "terms", "decision"
]


@dataclass(frozen=True, slots=True)
class ArticleRecord:
    """What the memory knows about an article besides its units. Unknown is ``None``.

    ``date`` is ISO 8601 where it could be read as a date. ``origin`` says how the units were made
    (the signature of the alignment). ``kept`` is what the header of an imported file says besides
    its attributes, in its order: a name, such as ``header/prop@x-client``, and a value. The last
    five are given by the store: the version counts from 1, ``change`` is the number of the change
    that brought it, at ``added_at`` (UTC) by ``added_by``.
    """

    id: str
    title_ko: str | None = None
    title_en: str | None = None
    date: str | None = None
    translator: str | None = None
    place: str | None = None
    file_ko: str | None = None
    file_en: str | None = None
    origin: str | None = None
    kept: tuple[tuple[str, str], ...] = ()
    version: int = 0
    current: bool = True
    change: int = 0
    added_at: str = ""
    added_by: str = ""


@dataclass(frozen=True, slots=True)
class Unaligned:
    """A sentence without counterpart. It stands before the unit at ``position``, if there is one,
    and after the unaligned sentences listed before it."""

    side: Lang
    position: int
    text: str


@dataclass(frozen=True, slots=True)
class Added:
    """What adding an article did, with the numbers of units and of nulls the article now has."""

    status: Literal["added", "unchanged", "replaced"]
    units: int
    nulls: int


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of the units of a file: each was ``stored`` or ``already`` there.

    ``replaced`` says how many of those stored took the place of an older form of themselves.
    """

    stored: int
    already: int
    replaced: int


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the log: ``at`` in UTC, ISO 8601.

    ``article`` is ``None`` where a change touched several. ``undoes`` is the number of the change
    that an undoing took back. ``born`` and ``ended`` count the units that came and went, ``marked``
    those whose status changed; ``concepts`` and ``decisions`` those that it brought, changed or
    took away.
    """

    number: int
    at: str
    who: str
    why: str
    article: str | None
    kind: Kind = "add"
    undoes: int | None = None
    born: int = 0
    ended: int = 0
    marked: int = 0
    concepts: int = 0
    decisions: int = 0


@dataclass(frozen=True, slots=True)
class Event:
    """One step in the life of a unit: ``change`` made ``unit`` what it is, or ended it.

    ``unit`` is the unit as it was after the change (as it was before, if the change ended it).
    """

    what: Literal["born", "replaced", "status", "ended"]
    unit: TranslationUnit
    change: Change


@dataclass(frozen=True, slots=True)
class StoredConcept:
    """A concept of the house's termbase. ``version`` is another number for each form that it has
    had, ``change`` the one that brought this one."""

    concept: Concept
    version: int
    change: int


@dataclass(frozen=True, slots=True)
class ConceptEvent:
    """One step in the life of a concept: ``change`` made it what ``concept`` says, or ended it."""

    what: Literal["born", "replaced", "ended"]
    concept: Concept
    version: int
    change: Change


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody has decided on ``about``: a rejected term candidate, a finding that is none."""

    kind: str
    about: str
    verdict: str
    reason: str
    at: str
    who: str
    change: int


@dataclass(frozen=True, slots=True)
class Stats:
    """Sizes of a memory. ``superseded`` are units no longer live (replaced, edited, deleted or
    undone), kept but not searched; ``bytes`` is the size of its file."""

    articles: int
    units: int
    unaligned: int
    superseded: int
    change: int
    first_date: str | None
    last_date: str | None
    draft: int = 0
    approved: int = 0
    rejected: int = 0
    bytes: int = 0


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a memory: where, what, and whether ``repair`` mends it."""

    place: str
    problem: str
    mendable: bool


@dataclass(frozen=True, slots=True)
class Deduped:
    """How many texts stood several times, and how many units that are repetitions of another."""

    groups: int
    units: int


@dataclass(frozen=True, slots=True)
class Compacted:
    """The size of a memory's files in bytes, before and after."""

    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Filter:
    """Which units to look at: all conditions that are set must hold.

    Without ``status``, rejected units are left out. Dates are ISO 8601 and may be a year or a month
    (``2021``, ``2021-07``), both ends included; a unit without date is in no span of dates.
    """

    article: str | None = None
    translator: str | None = None
    status: Status | None = None
    from_date: str | None = None
    to_date: str | None = None


class Row(NamedTuple):
    """A unit as searching needs it: its rank (:mod:`tm.search.ranks`) and the text of one side."""

    rank: int
    id: int
    text: str
