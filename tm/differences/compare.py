"""The differences of two sentences, from their words to their names."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product

from align.article import Lang
from tm.differences.alignment import Step, aligned
from tm.differences.contraries import are_contrary, has_opposite
from tm.differences.kinds import Difference, DifferenceKind
from tm.differences.naming import is_from_now, is_whole, named
from tm.differences.order import without_reordered
from tm.differences.quantities import are_other_times, is_time
from tm.differences.words import Word, words
from tm.eojeol import negations
from tm.placeables.reading import DATES
from tm.search.fold import language, plain

# Differences of one of these kinds in neighbouring words are one.
_RUNS: frozenset[DifferenceKind] = frozenset(("addition", "omission", "wording", "name or term"))

_END = re.compile(r"[^\w\s%℃)\]]+$")


def differences(query: str, candidate: str, *, lang: Lang | None = None) -> tuple[Difference, ...]:
    """The differences between two sentences of one language, in the order of the query; empty if
    they are equal but for white space and Unicode form.

    ``lang`` is detected by its letters if not given.
    """
    one, other = plain(query), plain(candidate)
    if one == other:
        return ()
    lang = lang or language(one + other)
    of_query, of_candidate = (words(text, lang) for text in _without_common_end(one, other))
    steps, found = without_reordered(aligned(of_query, of_candidate), lang)
    run: list[Difference] = []
    for place in range(len(steps)):
        of_step = list(named(steps, place))
        if not of_step or (run and not _continues(run, of_step)):
            found += _as_one(run)
            run = []
        run += of_step
    found += _as_one(run)
    found += _overlooked(found, of_query, of_candidate)
    kinds = {difference.kind for difference in found}
    found += [d for step in steps if is_whole(step) for d in _inside(step) if d.kind not in kinds]
    return tuple(found or [Difference("case", one, other)])


def _without_common_end(one: str, other: str) -> tuple[str, str]:
    """Two texts without the final punctuation that both have: it belongs to no word."""
    end, end_of_other = (_END.search(text) for text in (one, other))
    if (
        end
        and end_of_other
        and end[0] == end_of_other[0]
        and len(end[0]) < min(len(one), len(other))
    ):
        return one[: end.start()], other[: end_of_other.start()]
    return one, other


def _continues(run: list[Difference], of_step: list[Difference]) -> bool:
    """Whether a step only says more of the addition, omission or rewording before it."""
    kinds = {difference.kind for difference in run + of_step}
    return len(of_step) == 1 and len(kinds) == 1 and kinds <= _RUNS


def _as_one(run: list[Difference]) -> list[Difference]:
    if len(run) < 2 or run[0].kind not in _RUNS:
        return run
    query = " ".join(d.query for d in run if d.query)
    return [Difference(run[0].kind, query, " ".join(d.candidate for d in run if d.candidate))]


def _overlooked(
    found: list[Difference], query: Sequence[Word], candidate: Sequence[Word]
) -> list[Difference]:
    """A negation or a number that stands in one sentence only and was not named: words that were
    compared as a whole, or a word that bears two differences."""
    kinds = {difference.kind for difference in found}
    more: list[Difference] = []
    denied, denied_other = (
        [word for word in words if negations(word.folded)] for words in (query, candidate)
    )
    if "negation" not in kinds and _count(denied) != _count(denied_other):
        more.append(Difference("negation", _cores(denied), _cores(denied_other)))
    numbered, numbered_other = _numbers(query), _numbers(candidate)
    if not kinds & {"number", "date"} and numbered != numbered_other:
        changed = (numbered - numbered_other) + (numbered_other - numbered)
        kind: DifferenceKind = "date" if all(k == "day" for k, _ in changed) else "number"
        more.append(
            Difference(
                kind,
                _cores([w for w in query if w.numbers]),
                _cores([w for w in candidate if w.numbers]),
            )
        )
    return more


def _inside(step: Step) -> Iterator[Difference]:
    """Other days and opposites in a step whose words were not looked at one by one."""
    pairs = _different(step.query, step.candidate), _different(step.candidate, step.query)
    days, other_days = ([w for w in words if is_from_now(w, None)] for words in pairs)
    if days or other_days:
        yield Difference("date", _cores(days), _cores(other_days))
    times, other_times = ([w for w in words if is_time(w.folded)] for words in pairs)
    for one, other in product(times, other_times):
        if are_other_times(one.folded, other.folded):
            yield Difference("date", one.core, other.core)
    opposed, other_opposed = ([w for w in words if has_opposite(w.folded)] for words in pairs)
    for one, other in product(opposed, other_opposed):
        if are_contrary(one.folded, other.folded, is_same_thing=False):
            yield Difference("contrary", one.core, other.core)


def _different(words: Sequence[Word], others: Sequence[Word]) -> list[Word]:
    """The words that are not among the others."""
    known = {word.folded for word in others}
    return [word for word in words if word.folded not in known]


def _count(denied: Sequence[Word]) -> int:
    return sum(negations(word.folded) for word in denied)


def _numbers(words: Sequence[Word]) -> Counter[tuple[str, object]]:
    return Counter(
        ("day" if number.kind in DATES else "number", number.value)
        for word in words
        for number in word.numbers
    )


def _cores(words: Sequence[Word]) -> str:
    return " ".join(word.core for word in words)
