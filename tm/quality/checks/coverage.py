"""Sentences that a translation leaves out or adds, told apart from abridging and rewriting.

An aligner's nulls say which sentences have no counterpart, and its confidence how sure that is. A
few of them in a full translation are oversights, and each is reported. Where much is missing, or
sentences of both sides are without counterpart, the article was shortened or rewritten on purpose
(and what seems to be missing may only have moved): that is one line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from align.alignment import Alignment
from align.article import Lang
from tm.quality.checks.reading import Spot
from tm.unit import Provenance, TranslationUnit

if TYPE_CHECKING:
    from tm.memory import Memory

# Nulls below this confidence are not reported.
_SURE = 0.8
# A translation is free with this share of nulls on one side, and so many; or with some on both.
_FREE_SHARE = 0.15
_FREE_LEAST = 3
_FREE_ON_BOTH = 2
# Letters of the shortest sentence worth reporting: not a caption's "Photo" or a byline.
_SHORTEST: Mapping[Lang, int] = {"ko": 8, "en": 20}

SIDES: tuple[Lang, ...] = ("ko", "en")


@dataclass(frozen=True, slots=True)
class Null:
    """``count`` sentences of one side without counterpart, at a position of an article."""

    side: Lang
    position: int
    text: str
    confidence: float = 1.0
    count: int = 1


def nulls_of(alignment: Alignment) -> list[Null]:
    """The nulls of an alignment, positions being numbers of beads."""
    found = []
    for position, bead in enumerate(alignment):
        if bead.is_null:
            side: Lang = "ko" if bead.ko else "en"
            text = alignment.ko_text(bead) or alignment.en_text(bead)
            found.append(Null(side, position, text, bead.confidence, len(bead.ko or bead.en)))
    return found


def nulls_in(memory: Memory, article: str) -> list[Null]:
    """The sentences of an article of a memory that have no counterpart."""
    return [Null(each.side, each.position, each.text) for each in memory.unaligned(article)]


def coverage(
    nulls: Sequence[Null], sentences: Mapping[Lang, int], where: Provenance, *, in_short: bool
) -> Iterator[tuple[Spot, TranslationUnit]]:
    """``omitted`` and ``added``, each with the sentence as a unit whose other side is empty; or, of
    a free translation and if ``in_short``, ``abridged`` only.

    ``sentences`` is how many each side has.
    """
    missing = {side: sum(null.count for null in nulls if null.side == side) for side in sentences}
    if in_short and _is_free(missing, sentences):
        message = (
            f"shortened or rewritten: {missing['ko']} of {sentences['ko']} Korean and "
            f"{missing['en']} of {sentences['en']} English sentences have no counterpart"
        )
        yield Spot("abridged", message, about=where.article), _unit(where)
        return
    for null in nulls:
        if null.confidence < _SURE or len(null.text) < _SHORTEST[null.side]:
            continue
        whole = ((0, len(null.text)),)
        if null.side == "ko":
            yield Spot("omitted", "the sentence is not translated", whole), _unit(where, null)
        else:
            yield Spot("added", "the sentence has no source", en=whole), _unit(where, null)


def _is_free(missing: Mapping[Lang, int], sentences: Mapping[Lang, int]) -> bool:
    if min(missing.values()) >= _FREE_ON_BOTH:
        return True
    return any(
        count >= _FREE_LEAST and count >= _FREE_SHARE * sentences[side]
        for side, count in missing.items()
    )


def _unit(where: Provenance, null: Null | None = None) -> TranslationUnit:
    if null is None:
        return TranslationUnit("", "", where)
    texts = (null.text, "") if null.side == "ko" else ("", null.text)
    place = Provenance(where.article, null.position, where.translator, where.date, where.origin)
    return TranslationUnit(*texts, place, null.confidence)
