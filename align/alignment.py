"""The result of aligning two articles: beads over two sequences of sentences.

A *bead* is one step of an alignment: the smallest groups of sentences that translate each other
(1-1, 1-2, 2-1 …), or a *null* (1-0 or 0-1), a sentence without counterpart.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from align.article import Sentence

_NO_EVIDENCE: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentence numbers of both sides (each ascending and contiguous), and how sure we are.

    ``confidence`` is in [0, 1]. ``evidence`` holds the named parts of the score, in the units of
    the score: positive spoke for the bead, negative against it.
    """

    ko: tuple[int, ...]
    en: tuple[int, ...]
    confidence: float
    evidence: Mapping[str, float] = field(default_factory=lambda: _NO_EVIDENCE)

    @property
    def is_null(self) -> bool:
        return not self.ko or not self.en

    @property
    def kind(self) -> str:
        """``1-1``, ``2-1``, ``0-1`` …: sentences on the Korean and on the English side."""
        return f"{len(self.ko)}-{len(self.en)}"

    def explain(self) -> str:
        """What spoke for the bead and against it, in one line, strongest first."""
        if not self.evidence:
            return "no evidence recorded"
        parts = sorted(self.evidence.items(), key=lambda item: -abs(item[1]))
        return ", ".join(f"{name} {value:+.3f}" for name, value in parts)


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
