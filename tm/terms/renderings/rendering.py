"""What a suggestion consists of: renderings with their counts, examples and evidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from align.article import Lang
from tm.terms.termbase.concepts import TermStatus
from tm.unit import TranslationUnit

Range = tuple[int, int]
RenderingStatus = TermStatus | Literal["seen only"]
#: Below this confidence a rendering that no termbase knows is unsure.
UNSURE = 0.55
#: Evidence that tells the rendering in a single unit, and how much of it is needed.
_TELLING = {
    "sound": 0.6,
    "close meaning": 0.25,
    "number": 0.5,
    "quoted": 0.5,
    "explained": 0.5,
    "defined": 0.5,
}

_NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Example:
    """A unit, and where the term and its rendering stand in ``unit.source`` and ``unit.target``.

    ``memory`` is the name of the memory it is from, where several were asked.
    """

    unit: TranslationUnit
    source_spans: tuple[Range, ...]
    target_spans: tuple[Range, ...]
    memory: str = ""


@dataclass(frozen=True, slots=True)
class Rendering:
    """One way in which a term has been, or according to the termbase should be, put.

    Attributes
    ----------
    text: the form used most; ``variants`` are the others (number, case, spelling, abbreviation).
    status: what the termbase says of it, ``seen only`` if nothing.
    count: units in which the term occurs and is rendered so; 0 if only the termbase has it.
    weight: that, less what the memories pay that are asked with a penalty; the order goes by it.
    share: ``count`` over all units in which the term occurs.
    gloss: the explanation given at a mention, most frequent first mention form, or None.
    abbreviation: the short form that the memory defines for it (MSS), or None.
    first, last: dates of the first and last dated unit, ISO 8601.
    translators, articles: those of the units, most frequent first.
    evidence: named scores that led to it (see ``candidates.WEIGHTS``), and ``confidence`` in
        [0, 1]; empty if the termbase alone names it.
    note, definition, instead: what the termbase says of it, and what to write in its place.
    valid_from, valid_until: the days between which the termbase wants it so; empty if always.
    """

    text: str
    status: RenderingStatus
    count: int
    share: float
    gloss: str | None = None
    abbreviation: str | None = None
    variants: tuple[str, ...] = ()
    first: str | None = None
    last: str | None = None
    translators: tuple[str, ...] = ()
    articles: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=lambda: _NOTHING)
    note: str = ""
    definition: str = ""
    instead: str = ""
    valid_from: str = ""
    valid_until: str = ""
    weight: float = 0.0

    @property
    def is_unsure(self) -> bool:
        """Whether only weak evidence speaks for it: a hint to look at, not a house's rendering.

        Of a term that stands in one unit, any phrase of that unit may be the rendering, unless
        its form or a near meaning tells.
        """
        if self.status != "seen only":
            return False
        is_alone = self.count == 1 and self.share == 1.0
        told = any(self.evidence.get(name, 0.0) >= least for name, least in _TELLING.items())
        return self.evidence.get("confidence", 1.0) < UNSURE or (is_alone and not told)

    def explain(self) -> str:
        """Where the rendering comes from, in one line."""
        if not self.count:
            return f"{self.status} in the termbase, not yet in the memory"
        scores = sorted(self.evidence.items(), key=lambda item: -abs(item[1]))
        why = ", ".join(f"{name} {value:.2f}" for name, value in scores)
        seen = f"in {self.count} units ({self.share:.0%})"
        return f"{seen}; {self.status}" + (f"; {why}" if why else "")


@dataclass(frozen=True, slots=True)
class Guess:
    """Something to start from where the memory has no evidence; ``how`` says what it is."""

    text: str
    how: str


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What is known about putting ``term`` into the other language.

    ``occurrences`` is the number of units in which the term occurs, rendered or not. Where it is
    0 and the termbase is silent, ``guesses`` offer parts and romanisations, without counts.
    ``unwanted`` are renderings that the termbase deprecates or forbids and the memory has not.
    """

    term: str
    lang: Lang
    occurrences: int
    renderings: tuple[Rendering, ...]
    guesses: tuple[Guess, ...] = ()
    unwanted: tuple[Rendering, ...] = ()

    @property
    def best(self) -> Rendering | None:
        return self.renderings[0] if self.renderings else None


@dataclass(frozen=True, slots=True)
class KnownTerm:
    """A term that stands in a sentence as ``sentence[start:end]``, and what is known about it."""

    start: int
    end: int
    suggestion: Suggestion
