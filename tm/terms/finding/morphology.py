"""Where a Korean term occurs in a sentence, and which nouns a sentence has.

:func:`find_term` asks for one term what :class:`tm.terms.finding.finder.TermFinder` asks for many.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from tm.terms.analyser import analyse
from tm.terms.finding.finder import FinderTerm, TermFinder

_CONTENT = frozenset({"NNG", "NNP", "XPN", "XSN", "XR", "SN", "SL", "SH", "NR", "MM", "SW"})


@dataclass(frozen=True, slots=True)
class Span:
    """``sentence[start:end]`` is the term as it stands there.

    Of a noun without particles and endings, of a verb with its endings.
    """

    start: int
    end: int

    def text(self, sentence: str) -> str:
        return sentence[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Token:
    """A content noun or compound of a sentence, particles left off."""

    text: str
    start: int
    end: int


def find_term(
    sentence: str, term: str, *, also: Iterable[str] = (), name: bool = False
) -> list[Span]:
    """Where ``term`` occurs in ``sentence``, from left to right, never overlapping.

    Parameters
    ----------
    sentence: Korean text in NFC.
    term: a noun or compound (돈주), or a verb in its dictionary form (폐쇄하다).
    also: other forms that count as the term, such as a Hanja abbreviation (北).
    name: the term is a name, so verbal endings do not belong to it (무산 is not in 무산됐다).

    Returns
    -------
    Spans of the term itself; particles after a noun are not part of the span.
    """
    finder = _finder(FinderTerm(term, tuple(also), name))
    return [Span(found.start, found.end) for found in finder.find(sentence)]


@lru_cache(maxsize=1024)
def _finder(term: FinderTerm) -> TermFinder:
    return TermFinder([term])


def nouns(sentence: str) -> list[Token]:
    """The content nouns of a sentence, neighbours within a word joined into compounds.

    Particles, endings, bound nouns and pronouns are left out. Loads kiwipiepy.
    """
    compounds: list[Token] = []
    for form, tag, start, end, _ in analyse(sentence):
        if tag not in _CONTENT or start == end:
            continue
        if compounds and compounds[-1].end == start:
            last = compounds.pop()
            compounds.append(Token(sentence[last.start : end], last.start, end))
        elif tag not in ("XSN", "MM"):
            compounds.append(
                Token(form if len(form) == end - start else sentence[start:end], start, end)
            )
    return [token for token in compounds if not token.text.isdigit()]
