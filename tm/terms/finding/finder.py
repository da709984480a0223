"""All terms of a termbase in a sentence, quickly and without false hits.

Korean writes particles, plural, honorific and verbal endings onto the noun (보위부에서는,
돈주들이, 총화했다), leaves spaces in or out (국가 보위성, 고난의행군), and spells some words
differently in the North (로동당, 녀성, 페쇄). A plain substring search finds 당 in 식당; a word
search finds nothing.

A :class:`TermFinder` decides in three steps, the cheap ones first:

1. :mod:`tm.terms.finding.forms` says which terms' letters the sentence holds, in any spelling;
2. :mod:`tm.terms.finding.rules` accepts what is certain and rejects what is impossible;
3. what is left is doubt, and only doubt loads kiwipiepy: one analysis of the sentence answers for
   all its terms (:mod:`tm.terms.finding.readings`).

Verbs in their dictionary form (폐쇄하다) go their own way: :mod:`tm.terms.finding.verbterms`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from tm.terms.finding.english_finder import EnglishFinder
from tm.terms.finding.forms import FormIndex, Letters
from tm.terms.finding.found import FinderTerm, Found, Place, arranged
from tm.terms.finding.readings import reads_as_noun
from tm.terms.finding.rules import Verdict, verdict
from tm.terms.finding.verbterms import VerbTerm, phrase_place, verb_head, verb_places, verb_term
from tm.terms.spelling import spelling_variants
from tm.verbs import decomposed

__all__ = ["EnglishFinder", "FinderTerm", "Found", "TermFinder"]


class TermFinder:
    """Finds any of many Korean terms; made once, asked for one sentence after the other.

    >>> finder = TermFinder([FinderTerm("돈주"), FinderTerm("국가보위성", also=("國家保衛省",))])
    >>> [found.term.text for found in finder.find("국가 보위성이 돈주들을 불렀다.")]
    ['국가보위성', '돈주']
    """

    def __init__(self, terms: Iterable[FinderTerm]) -> None:
        self.terms: Sequence[FinderTerm] = tuple(terms)
        self._nouns, self._heads = FormIndex(), FormIndex()
        self._phrases: list[tuple[int, VerbTerm]] = []
        self._verbs: defaultdict[str, list[int]] = defaultdict(list)
        self._verb_heads: set[str] = set()
        for number, term in enumerate(self.terms):
            for form in (term.text, *term.also):
                self._take_in(form, number)

    def _take_in(self, form: str, number: int) -> None:
        if verb_term(form) is None:
            self._nouns.add(form, number)
            return
        for spelling in spelling_variants(form):
            verb = verb_term(spelling)
            if verb is None:
                continue
            if verb.head:
                self._heads.add_spelling(verb.head, len(self._phrases))
                self._phrases.append((number, verb))
            else:
                stem = decomposed(verb.stem)
                self._verbs[stem].append(number)
                self._verb_heads.add(verb_head(stem))

    def find(self, sentence: str) -> list[Found]:
        """The terms in a sentence (NFC), in the order and with the overlaps that
        :func:`tm.terms.finding.found.arranged` tells."""
        letters = Letters.of(sentence)
        nouns = self._noun_places(sentence, letters)
        verbs = self._verb_places(sentence, letters)
        return arranged(self.terms, {*nouns, *verbs})

    def find_all(self, sentences: Iterable[str]) -> Iterator[list[Found]]:
        """:meth:`find` for each of many sentences."""
        return map(self.find, sentences)

    def _noun_places(self, sentence: str, letters: Letters) -> Iterator[Place]:
        known: dict[tuple[int, int, bool], bool] = {}
        for form, start, end in self._nouns.places(sentence, letters):
            for number in form.owners:
                key = (start, end, self.terms[number].name)
                if key not in known:
                    known[key] = _is_the_term(sentence, *key)
                if known[key]:
                    yield start, end, number

    def _verb_places(self, sentence: str, letters: Letters) -> Iterator[Place]:
        for form, start, end in self._heads.places(sentence, letters):
            for phrase in form.owners:
                number, verb = self._phrases[phrase]
                place = phrase_place(sentence, verb, start, end)
                if place is not None:
                    yield (*place, number)
        if self._verbs:
            for stem, place in verb_places(sentence, self._verbs, self._verb_heads):
                for number in self._verbs[stem]:
                    yield (*place, number)


def _is_the_term(sentence: str, start: int, end: int, name: bool) -> bool:
    by_rule = verdict(sentence, start, end, name=name)
    if by_rule is Verdict.DOUBT:
        return reads_as_noun(sentence, start, end)
    return by_rule is Verdict.TERM
