"""The result of aligning two articles: beads over two sequences of sentences.

A *bead* is one step of an alignment: the smallest groups of sentences that translate each other
(1-1, 1-2, 2-1 …), or a *null* (1-0 or 0-1), a sentence without counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeVar

from align.article import Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_NO_EVIDENCE: Mapping[str, float] = MappingProxyType({})


class Evidence(Mapping[str, float]):
    """The parts of a potential by name, rounded for reading; parts that weigh nothing left out.

    Made for every bead and read for few, so names and numbers meet only when somebody looks.
    """

    __slots__ = ("_names", "_parts")

    def __init__(self, names: Sequence[str], parts: NDArray[np.float64]):
        self._names = names
        self._parts = parts

    def _named(self) -> dict[str, float]:
        parts = self._parts.round(4).tolist()
        return {name: part for name, part in zip(self._names, parts, strict=True) if part}

    def __getitem__(self, name: str) -> float:
        return self._named()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._named())

    def __len__(self) -> int:
        return len(self._named())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mapping) and self._named() == dict(other)

    __hash__ = None  # type: ignore[assignment]  # like a dict

    def __repr__(self) -> str:
        return repr(self._named())


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentence numbers of both sides, ascending, and how sure we are.

    The numbers of a side are contiguous unless a person chose others. ``confidence`` is in [0, 1].
    ``evidence`` holds the named parts of the score, in the units of the score: positive spoke for
    the bead, negative against it. ``fixed``: a person decided on this bead, see
    :func:`align.align`; a null may then hold several sentences, and a bead that the aligner could
    not weigh (of a shape it never tries, or between two windows of :func:`align.realign`) has no
    evidence.
    """

    ko: tuple[int, ...]
    en: tuple[int, ...]
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=lambda: _NO_EVIDENCE)
    fixed: bool = False

    def shifted(self, ko: int, en: int) -> Bead:
        """The same bead where ``ko`` and ``en`` more sentences stand before it."""
        return replace(self, ko=tuple(i + ko for i in self.ko), en=tuple(j + en for j in self.en))

    @property
    def is_null(self) -> bool:
        return not self.ko or not self.en

    @property
    def kind(self) -> str:
        """``1-1``, ``2-1``, ``0-1`` …: sentences on the Korean and on the English side."""
        return f"{len(self.ko)}-{len(self.en)}"

    def explain(self) -> str:
        """What spoke for the bead and against it, in one line, strongest first.

        Parts too small to show are left out, and parts that belong together (``length``,
        ``length²``) are one.

        >>> Bead((0,), (0,), 0.9, {"similarity": 3.21, "length": -0.6, "length²": -0.5}).explain()
        'for: similarity +3.2; against: length −1.1'
        """
        sums: dict[str, float] = {}
        for name, part in self.evidence.items():
            sums[name.rstrip("²")] = sums.get(name.rstrip("²"), 0.0) + part
        shown = {name: round(part, 1) for name, part in sums.items() if round(part, 1)}
        ranked = sorted(shown.items(), key=lambda item: -abs(item[1]))
        said = ["fixed by hand"] if self.fixed else []
        for label, sign in (("for", "+"), ("against", "−")):
            parts = [f"{name} {sign}{abs(x):.1f}" for name, x in ranked if (x > 0) == (sign == "+")]
            if parts:
                said.append(f"{label}: {', '.join(parts)}")
        return "; ".join(said) or "no evidence recorded"


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two articles' sentences and the beads that cover every one of them exactly once.

    Beads are in the order of the Korean text; a 0-1 null stands after the bead whose English
    precedes it. ``signature`` says how the result was made (method, version, encoder).
    """

    ko: tuple[Sentence, ...]
    en: tuple[Sentence, ...]
    beads: tuple[Bead, ...]
    signature: str = ""

    def __iter__(self) -> Iterator[Bead]:
        return iter(self.beads)

    def __len__(self) -> int:
        return len(self.beads)

    def ko_text(self, bead: Bead) -> str:
        """The Korean sentences of a bead, joined by a blank; empty for a 0-1 null."""
        return join(self.ko[i] for i in bead.ko)

    def en_text(self, bead: Bead) -> str:
        """The English sentences of a bead, joined by a blank; empty for a 1-0 null."""
        return join(self.en[i] for i in bead.en)

    def pairs(self) -> Iterator[tuple[str, str, Bead]]:
        """The translations: Korean text, English text and bead, nulls left out."""
        for bead in self.beads:
            if not bead.is_null:
                yield self.ko_text(bead), self.en_text(bead), bead

    def explain(self) -> str:
        """One line a bead: its kind, confidence, sentence numbers and evidence."""
        return "\n".join(
            f"{bead.kind} {bead.confidence:.2f} ko {list(bead.ko)} en {list(bead.en)}: "
            f"{bead.explain()}"
            for bead in self.beads
        )


def join(sentences: Iterator[Sentence]) -> str:
    """Sentences as one line of text: inner line breaks become blanks."""
    return " ".join(" ".join(s.text.split()) for s in sentences)


class _Numbered(Protocol):
    @property
    def ko(self) -> tuple[int, ...]: ...
    @property
    def en(self) -> tuple[int, ...]: ...


_Step = TypeVar("_Step", bound=_Numbered)


def in_reading_order(beads: Sequence[_Step]) -> list[_Step]:
    """Beads by their Korean sentences, an English null after the bead that precedes it."""
    linked = sorted((b for b in beads if b.ko), key=lambda b: b.ko)
    after = {j: b for b in linked for j in b.en}
    orphans = sorted((b for b in beads if not b.ko), key=lambda b: b.en)
    follow: dict[tuple[int, ...], list[_Step]] = {}
    first: list[_Step] = []
    here, reached = first, 0
    for orphan in orphans:
        for j in range(reached, orphan.en[0]):
            if j in after:
                here = follow.setdefault(after[j].ko, [])
        reached = orphan.en[0]
        here.append(orphan)
    ordered = list(first)
    for bead in linked:
        ordered.append(bead)
        ordered += follow.get(bead.ko, [])
    return ordered
