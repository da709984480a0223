"""All terms of a termbase in an English sentence, whatever their inflection, hyphens or articles.

Words are compared by their inflection keys, so that markets is found for market and the Ministry of
State Security's for Ministry of State Security. Articles inside a phrase do not count, hyphens join
or part (cross-border, crossborder), and a phrase never reaches across punctuation that it does not
have itself. Case counts where it tells words apart: an abbreviation has its capitals (US is not us,
WHO is not who), and so has a name of one word.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from tm.terms.english import Word, inflection_key, without_possessive, words
from tm.terms.finding.found import FinderTerm, Found, Place, arranged

_ARTICLES = frozenset({"a", "an", "the"})
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a term or text: its keys as written and in lower case, and its capitals."""

    keys: frozenset[str]
    breaks: bool
    start: int
    end: int
    capital: bool
    capitals: bool


class EnglishFinder:
    """Finds any of many English terms; made once, asked for one sentence after the other.

    >>> finder = EnglishFinder([FinderTerm("cross-border trade"), FinderTerm("US")])
    >>> [found.term.text for found in finder.find("The US told us of crossborder trade.")]
    ['US', 'cross-border trade']
    """

    def __init__(self, terms: Iterable[FinderTerm]) -> None:
        self.terms: Sequence[FinderTerm] = tuple(terms)
        self._by_key: defaultdict[str, list[tuple[int, tuple[_Part, ...]]]] = defaultdict(list)
        for number, term in enumerate(self.terms):
            for form in (term.text, *term.also):
                self._take_in(form, number)

    def _take_in(self, form: str, number: int) -> None:
        tokens = words(form)
        while len(tokens) > 1 and tokens[0].text.lower() in _ARTICLES:
            tokens = tokens[1:]
        for parts in {_parts(tokens), _parts(tokens, joined=True)}:
            for key in parts[0].keys if parts else ():
                self._by_key[key].append((number, parts))

    def find(self, sentence: str) -> list[Found]:
        """The terms in a sentence, in the order and with the overlaps that
        :func:`tm.terms.finding.found.arranged` tells. A possessive ending is no part of a term."""
        tokens = words(sentence)
        apart, joined = _parts(tokens, text=sentence), _parts(tokens, text=sentence, joined=True)
        places = set(self._places(apart))
        if len(joined) < len(apart):
            places.update(self._places(joined))
        return arranged(self.terms, places)

    def find_all(self, sentences: Iterable[str]) -> Iterator[list[Found]]:
        """:meth:`find` for each of many sentences."""
        return map(self.find, sentences)

    def _places(self, parts: Sequence[_Part]) -> Iterator[Place]:
        for first, part in enumerate(parts):
            for key in part.keys:
                for number, wanted in self._by_key.get(key, ()):
                    window = parts[first : first + len(wanted)]
                    if len(window) == len(wanted) and self._fits(number, wanted, window):
                        yield part.start, window[-1].end, number

    def _fits(self, number: int, wanted: Sequence[_Part], window: Sequence[_Part]) -> bool:
        pairs = list(zip(wanted, window, strict=True))
        if any(part.breaks and not own.breaks for own, part in pairs[1:]):
            return False
        if self.terms[number].name and len(wanted) == 1 and wanted[0].capital > window[0].capital:
            return False
        return all(
            not own.keys.isdisjoint(part.keys) and own.capitals <= part.capitals
            for own, part in pairs
        )


def _parts(tokens: Sequence[Word], *, text: str = "", joined: bool = False) -> tuple[_Part, ...]:
    """The words of a phrase without articles, those with hyphens between as one if ``joined``."""
    groups: list[list[Word]] = []
    for token in tokens:
        if joined and token.joined and groups:
            groups[-1].append(token)
        elif token.text not in _ARTICLES and token.text != "The":
            groups.append([token])
    return tuple(_part(group, text) for group in groups)


def _part(group: Sequence[Word], text: str) -> _Part:
    written = "".join(token.text for token in group)
    word = written.replace(".", "") if re.fullmatch(r"(?:[A-Za-z]\.){2,}", written) else written
    bare = _POSSESSIVE.sub("", word)
    return _Part(
        keys=frozenset({inflection_key(word), inflection_key(word.lower())}),
        breaks=group[0].breaks,
        start=group[0].start,
        end=group[-1].start + len(without_possessive(group[-1].text)),
        capital=bare[:1].isupper(),
        capitals=len(bare) > 1 and bare.removesuffix("s").isupper(),
    )
