"""What extraction finds: a Korean term with an English rendering, and all that speaks for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from tm.terms.lexicon import INSIDE
from tm.terms.renderings.rendering import Example

#: What a termbase says: it has the pair, has the term with other renderings only (or warns of this
#: one), or does not know the term.
Standing = Literal["known", "conflicting", "new"]

_NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term and one of its renderings, as found in a memory.

    Attributes
    ----------
    ko, en: the forms used most; ``variants`` are the other English ones (number, case).
    together, ko_count, en_count: units that hold both, the term, and the rendering. A rendering
        and its abbreviation count as one. Units that repeat another count once.
    confidence: how likely it is that ``en`` renders ``ko``, 0 … 1.
    termhood: how much ``ko`` looks like a term rather than a word of any text, 0 … 1.
    rank: 0 for the likeliest rendering of the term, 1 for the next, …
    standing: what the termbase says; ``termbase`` are its own renderings, best first.
    abbreviation: the short form that the memory defines for ``en`` (MSS).
    gloss: the explanation that follows it, where it is given: longest first.
    evidence: named values, see :data:`tm.terms.extract.evidence.WEIGHTS`.
    """

    ko: str
    en: str
    together: int
    ko_count: int
    en_count: int
    confidence: float
    termhood: float
    rank: int = 0
    standing: Standing = "new"
    termbase: tuple[str, ...] = ()
    variants: tuple[str, ...] = ()
    abbreviation: str | None = None
    gloss: str | None = None
    examples: tuple[Example, ...] = ()
    evidence: Mapping[str, float] = field(default_factory=lambda: _NOTHING)

    @property
    def share(self) -> float:
        """How much of the term's units hold the rendering."""
        return self.together / max(self.ko_count, 1)

    @property
    def is_name(self) -> bool:
        """Whether the rendering is written as a name: Ministry of State Security."""
        words = [word for word in self.en.split() if word.lower() not in INSIDE]
        return all(word[0].isupper() or word[0].isdigit() for word in words)

    @property
    def key(self) -> str:
        """Under which a person's decision about the pair is remembered."""
        return f"{self.ko}\t{self.en}"

    def explain(self) -> str:
        """What speaks for the pair, in one line."""
        scores = sorted(self.evidence.items(), key=lambda item: -abs(item[1]))
        why = ", ".join(f"{name} {value:.2f}" for name, value in scores)
        counts = f"together in {self.together} units, {self.ko_count} and {self.en_count} alone"
        return f"{counts}; {why}"
