"""All checks: what they are called, what they say, and whether they run by default."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from align.errors import InputError
from tm.quality.checks import damage, dates, marks, names, negation, numbers, quotation
from tm.quality.checks.reading import Pair, Spot
from tm.quality.findings import Check

CHECKS: tuple[Check, ...] = (
    Check("untranslated", "there is no translation, or it is Korean", "error"),
    Check("encoding", "characters damaged by a wrong encoding", "error"),
    Check("number", "a number changed, lost or added", "error"),
    Check("unit", "the same number of another currency or measure", "error"),
    Check("date", "a date or time of day changed", "error"),
    Check("name", "a person, place or country in the place of another", "error"),
    Check("negation", "a denial lost or added", "error"),
    Check("speaker", "words put into another person's mouth", "error"),
    Check("forbidden", "a rendering that the termbase forbids", "error"),
    Check("deprecated", "a rendering that the termbase no longer wants", "warning"),
    Check("term", "a term without any rendering of the termbase", "warning", on=False),
    Check("omitted", "a sentence without translation", "warning"),
    Check("added", "a sentence without source", "warning", on=False),
    Check("abridged", "the translation was shortened or rewritten", "info"),
    Check("truncated", "it stops in the middle of a sentence", "error"),
    Check("length", "much too long or too short", "warning"),
    Check("leftover", "Hangul or Hanja in the English", "error"),
    Check("quotation", "speech quoted in one text and told in the other", "warning", on=False),
    Check("brackets", "a bracket or quotation mark without counterpart", "warning"),
    Check("repeated", "a word or phrase twice in a row", "warning"),
    Check("punctuation", "a wrong or missing mark", "warning"),
    Check("spacing", "a blank too many or missing", "warning"),
    Check("case", "a small letter at the start, or all capitals", "info"),
)
BY_ID: Mapping[str, Check] = {check.id: check for check in CHECKS}

#: What looks at one pair of sentences and needs nothing else, with the checks it answers for.
PAIR_CHECKS: tuple[tuple[str, Callable[[Pair], Iterator[Spot]]], ...] = (
    ("untranslated", damage.untranslated),
    ("encoding", damage.encoding),
    ("number", numbers.numbers),
    ("unit", numbers.measures),
    ("date", dates.dates),
    ("name", names.names),
    ("negation", negation.negation),
    ("speaker", quotation.speaker),
    ("truncated", damage.truncated),
    ("length", damage.length),
    ("leftover", damage.leftover),
    ("quotation", quotation.quotation),
    ("brackets", marks.brackets),
    ("repeated", marks.repeated),
    ("punctuation", marks.punctuation),
    ("spacing", marks.spacing),
    ("case", marks.case),
)

#: What is said of an article as a whole, see :mod:`tm.quality.checks.coverage`.
COVERAGE = frozenset(("omitted", "added", "abridged"))

#: What can be said even where the source is hardly Korean: a table, a line of a glossary.
OF_LETTERS = frozenset(("untranslated", "encoding", "leftover", "repeated", "spacing"))

#: Where the first of these has been found, the others would only say it again.
SAID_BY = {
    "untranslated": frozenset(BY_ID) - {"untranslated", "encoding"},
    "truncated": frozenset(("punctuation", "length")),
    "encoding": frozenset(("punctuation",)),
    "unit": frozenset(("number",)),
}


def chosen(
    only: Sequence[str] = (), without: Sequence[str] = (), also: Sequence[str] = ()
) -> frozenset[str]:
    """The ids of the checks to run: those named in ``only``, or those that are on and ``also``
    those; without some of them.

    Raises
    ------
    InputError: there is no check of that name.
    """
    for name in (*only, *without, *also):
        if name not in BY_ID:
            raise InputError(f"there is no check {name!r}", remedy=f"use one of {', '.join(BY_ID)}")
    named = only or [check.id for check in CHECKS if check.on]
    return frozenset((*named, *also)) - frozenset(without)
