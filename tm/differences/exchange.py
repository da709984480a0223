"""Whether words of an English sentence that moved took the place of others.

Two parts that stand in each other's place around a verb or a preposition are exchanged (the guard
beat the trader, from Pyongyang to Sinuiju, the head of the party). A part that moved alone (last
week …) and parts joined by *and* are not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from tm.differences.alignment import Step
from tm.differences.words import Word
from tm.eojeol import FUNCTION_WORDS
from tm.terms.lexicon import word_set

Side = Literal["query", "candidate"]
_Mark = tuple[str, int]

_COORDINATORS = frozenset(("and", "or", "nor", "및", "또는", "혹은"))
_ARTICLES = frozenset(("the", "a", "an"))
_PREPOSITIONS = word_set(
    """
    from to into against for by with at under over toward towards between of than in on after
    before during since until near through about
    """
)
_VERBS = word_set("is are was were be been has have had do does did will would")
# What has passed more words than this has been moved to the front or the end.
_LONGEST_PASSED = 3


def is_exchange(steps: Sequence[Step], moved: Mapping[str, int]) -> bool:
    """``moved``: the folded words that stand in both sentences where they changed, with counts."""
    query, candidate = _marked(steps, moved, "query"), _marked(steps, moved, "candidate")
    common = [mark for mark in query if mark in candidate]
    order = [mark for mark in candidate if mark in query]
    place = {mark: at for at, mark in enumerate(order)}
    stays = _longest_ascending([place[mark] for mark in common])
    block = [mark for at, mark in enumerate(common) if at not in stays]
    if not block:
        return False
    if not _is_block(block, common) or not _is_block(block, order):
        return True
    start, end = common.index(block[0]), order.index(block[0])
    rest = [mark for mark in common if mark not in block]
    passed = rest[min(start, end) : max(start, end)]
    links = [
        _link([words[mark] for mark in block], [words[mark] for mark in passed], steps, side)
        for words, side in ((query, "query"), (candidate, "candidate"))
    ]
    if all(link.is_coordination for link in links):
        return False
    same_link = links[0].words == links[1].words and links[0].governs
    if same_link and len(passed) <= _LONGEST_PASSED:
        return True
    return _governor(query[block[0]], steps, "query") != _governor(
        candidate[block[0]], steps, "candidate"
    )


@dataclass(frozen=True, slots=True)
class _Link:
    """What stands between two parts of a sentence that follow one another."""

    words: tuple[str, ...]
    has_comma: bool

    @property
    def is_coordination(self) -> bool:
        """Only *and*, a comma or articles."""
        rest = [word for word in self.words if word not in _ARTICLES]
        return all(word in _COORDINATORS for word in rest) and bool(rest or self.has_comma)

    @property
    def governs(self) -> bool:
        """A preposition or a verb that says nothing by itself (is, has), and nothing else."""
        rest = [word for word in self.words if word not in _ARTICLES]
        return bool(rest) and all(word in _PREPOSITIONS or word in _VERBS for word in rest)


def _link(block: Sequence[Word], passed: Sequence[Word], steps: Sequence[Step], side: str) -> _Link:
    first, second = sorted((block, passed), key=lambda part: part[0].place)
    return link_between(first[-1], second[0], steps, side)


def link_between(first: Word, second: Word, steps: Sequence[Step], side: str) -> _Link:
    between: list[str] = [
        word.folded
        for step in steps
        for word in getattr(step, side)
        if first.place < word.place < second.place
    ]
    return _Link(tuple(between), first.text.endswith((",", "·")))


def _marked(steps: Sequence[Step], moved: Mapping[str, int], side: Side) -> dict[_Mark, Word]:
    """The content words that both sentences have, in the order of one, each with a mark of its
    own: words that stayed by their step, words that moved by their text."""
    marks: dict[_Mark, Word] = {}
    counts: Counter[str] = Counter()
    for number, step in enumerate(steps):
        for word in getattr(step, side):
            if word.folded in FUNCTION_WORDS:
                continue
            if not step.is_changed:
                marks["", number] = word
            elif counts[word.folded] < moved.get(word.folded, 0):
                counts[word.folded] += 1
                marks[word.folded, counts[word.folded]] = word
    return marks


def _is_block(part: Sequence[_Mark], whole: Sequence[_Mark]) -> bool:
    start = whole.index(part[0])
    return list(whole[start : start + len(part)]) == list(part)


def _governor(word: Word, steps: Sequence[Step], side: str) -> str:
    """The preposition before a word, if only articles stand between."""
    words: list[Word] = [w for step in steps for w in getattr(step, side) if w.place < word.place]
    for before in reversed(words[-2:]):
        if before.folded in _PREPOSITIONS:
            return before.folded
        if before.folded not in _ARTICLES:
            break
    return ""


def _longest_ascending(numbers: Sequence[int]) -> set[int]:
    """The places of a longest ascending subsequence."""
    best: list[tuple[int, int]] = []  # length, place before
    for at, number in enumerate(numbers):
        before = (
            max((best[k][0], k) for k in range(at) if numbers[k] < number)
            if any(numbers[k] < number for k in range(at))
            else (0, -1)
        )
        best.append((before[0] + 1, before[1]))
    at = max(range(len(best)), key=lambda k: best[k][0]) if best else -1
    chain: set[int] = set()
    while at >= 0:
        chain.add(at)
        at = best[at][1]
    return chain
