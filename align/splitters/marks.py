"""One walk over punctuation and quotation marks, shared by both languages.

A *mark* is a run of sentence-final punctuation with the closing quotes, brackets and footnote
numbers that follow it. At each mark the language's rules say whether a sentence ends there. Ends
found inside a quotation or bracket are kept only for as long as nothing closes it: once the closing
sign comes, they are taken back, so ``“A. B”라고 말했다`` stays one sentence, while an opening sign
that is never closed, or is closed only far away, changes nothing.

News text often opens with “ and closes with ", so all double quotes are one kind, all single quotes
another; whether a sign opens or closes is read from its neighbours as much as from its shape.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

DOUBLE, SINGLE, ROUND, SQUARE, CORNER, TITLE, ANGLE = range(7)
BRACKETS = frozenset({ROUND, SQUARE})
TITLES = frozenset({CORNER, TITLE, ANGLE})

_OPENERS: Mapping[str, int] = {
    **dict.fromkeys("“", DOUBLE),
    **dict.fromkeys("‘", SINGLE),
    **dict.fromkeys("(（", ROUND),
    **dict.fromkeys("[［〔【", SQUARE),
    **dict.fromkeys("「『", CORNER),
    **dict.fromkeys("《«", TITLE),
    **dict.fromkeys("<〈", ANGLE),
}
_CLOSERS: Mapping[str, int] = {
    **dict.fromkeys("”", DOUBLE),
    **dict.fromkeys("’", SINGLE),
    **dict.fromkeys(")）", ROUND),
    **dict.fromkeys("]］〕】", SQUARE),
    **dict.fromkeys("」』", CORNER),
    **dict.fromkeys("》»", TITLE),
    **dict.fromkeys(">〉", ANGLE),
}
_EITHER: Mapping[str, int] = {
    **dict.fromkeys(('"', "„", "‟", "″", "＂", "˝", "``", "''", "‘‘", "’’"), DOUBLE),
    **dict.fromkeys(("'", "‛", "′", "＇"), SINGLE),
}
_KINDS: Mapping[str, int] = {**_OPENERS, **_CLOSERS, **_EITHER}

FULL_STOPS = ".。．"
ELLIPSES = "…‥"
QUESTIONS = "?!？！‼⁇⁈⁉"
_SIGNS = "".join(sign for sign in _KINDS if len(sign) == 1)
_TOKEN = re.compile(
    rf"\.(?:\s\.)+|[{FULL_STOPS}{ELLIPSES}{QUESTIONS}]+|``|''|‘‘|’’|[{re.escape(_SIGNS)}]"
)
_FOOTNOTES = re.compile(r"(?:\[(?:(?:주|각주|참고|note)?\s?\d{1,3})\]|[¹²³⁴-⁹⁰]+|\*+(?=\s|$))+")
_FOOTNOTE_STARTS = frozenset("[¹²³⁴⁵⁶⁷⁸⁹⁰*")
# Invisible characters separate sentences like blanks do, but stay in the text.
_SPACES = re.compile(r"[\s\u200b\ufeff]*")
_WORD = re.compile(r"\w")
_MOST_OPENING = 16  # signs before the first word of a sentence
_MOST_OPEN = 32  # signs open at once: text with more is broken, and must not take forever
# What a sign stands against when it opens (before it) or closes (after it).
_BEFORE_OPENING = frozenset("([{（［〔【「『《〈<“‘\"'=:—–-·,/~")
_AFTER_CLOSING = frozenset(")]}）］〕】」』》〉>”’\"',.;:?!…·/~—–-")


class Frame(NamedTuple):
    """An open quotation or bracket: what to restore if it is closed."""

    kind: int
    opened: int
    ends: int
    start: int
    leads: bool  # it is the first thing in its sentence


class Mark(NamedTuple):
    """A run of final punctuation ``text[begin:end]``; closing signs and footnotes reach ``tail``.

    ``start`` is where the sentence began, ``after`` where the next text begins, ``frame`` the
    outermost quotation or bracket closed between ``end`` and ``tail``.
    """

    start: int
    begin: int
    end: int
    tail: int
    after: int
    frame: Frame | None

    @property
    def spaced(self) -> bool:
        return self.after > self.tail


@dataclass(frozen=True, slots=True)
class Rules:
    """What differs between languages.

    ``ends`` decides at a mark. ``closes_single`` tells a closing single quote from an apostrophe.
    ``caps`` is the greatest length of a quotation or bracket that may hold sentences together, by
    kind, in characters; a quotation in double quotes or 《》 with nothing said of it holds them
    only up to ``alone``. ``tail`` matches what else belongs to the sentence after its mark.
    """

    ends: Callable[[str, Mark], bool]
    closes_single: Callable[[str, int], bool]
    caps: Mapping[int, int]
    alone: int
    tail: re.Pattern[str]


def sentence_spans(text: str, rules: Rules) -> list[tuple[int, int]]:
    """Spans of the sentences of one paragraph, in order, white space around them left out.

    A piece is looked at again on its own until nothing changes, so that splitting a sentence gives
    that sentence: quotation marks that do not balance could otherwise be read differently alone.
    """
    settled: list[tuple[int, int]] = []
    waiting = _spans(text, rules)
    if len(waiting) < 2:
        return waiting
    waiting.reverse()
    while waiting:
        start, end = waiting.pop()
        inner = _spans(text[start:end], rules)
        if len(inner) > 1:
            waiting.extend((start + a, start + b) for a, b in reversed(inner))
        else:
            settled.append((start, end))
    return settled


def _spans(text: str, rules: Rules) -> list[tuple[int, int]]:
    bounds = [0, *_Walk(text, rules).ends(), len(text)]
    spans: list[tuple[int, int]] = []
    for start, end in pairwise(bounds):
        piece = text[start:end]
        stripped = piece.strip()
        if stripped:
            start += piece.find(stripped[0])
            spans.append((start, start + len(stripped)))
    return spans


def _skip(text: str, at: int) -> int:
    spaces = _SPACES.match(text, at)
    return spaces.end() if spaces else at


class _Walk:
    """State of one pass: ends found so far, open signs, and the mark not yet decided."""

    __slots__ = (
        "_ends",
        "_frame",
        "_inner",
        "_mark",
        "_open",
        "_rules",
        "_start",
        "_tail",
        "_text",
    )

    def __init__(self, text: str, rules: Rules) -> None:
        self._text = text
        self._rules = rules
        self._ends: list[int] = []
        self._open: list[Frame] = []
        self._start = _skip(text, 0)
        self._mark: tuple[int, int] | None = None
        self._tail = 0
        self._frame: Frame | None = None
        self._inner: list[int] = []  # ends taken back when the quotation before the mark closed

    def ends(self) -> list[int]:
        """Where sentences end; the last may be the end of the text or not."""
        for token in _TOKEN.finditer(self._text):
            sign = token.group()
            kind = _KINDS.get(sign)
            if kind is None:
                self._decide()
                self._mark = token.span()
                self._tail = token.end()
                self._frame = None
                self._inner = []
            else:
                self._sign(token.start(), sign, kind)
        self._decide()
        if self._ends and not _WORD.search(self._text, self._start):
            self._ends.pop()  # nothing but signs is left: they belong to the last sentence
        return self._ends

    def _sign(self, at: int, sign: str, kind: int) -> None:
        role = self._role(at, sign, kind)
        if role == "closes":
            self._close(at, len(sign), kind)
        elif role == "opens":
            self._decide()
            self._push(at, kind)
        elif role == "strays" and self._mark and self._tail == at:
            self._tail = at + len(sign)

    def _push(self, at: int, kind: int) -> None:
        if kind not in BRACKETS:
            depth = self._depth(kind)
            if depth >= 0:  # the earlier one was never closed
                del self._open[depth:]
        leads = at == self._start or (
            at - self._start < _MOST_OPENING and not _WORD.search(self._text, self._start, at)
        )
        self._open.append(Frame(kind, at, len(self._ends), self._start, leads))
        del self._open[:-_MOST_OPEN]

    def _close(self, at: int, width: int, kind: int) -> None:
        adjoins = self._mark is not None and (
            self._tail == at or self._text[self._tail : at].isspace()
        )
        if not adjoins:
            self._decide()
        depth = self._depth(kind)
        frame = self._open[depth]
        del self._open[depth:]
        if at - frame.opened <= self._rules.caps[kind]:
            if adjoins:
                self._inner = self._ends[frame.ends :]
            del self._ends[frame.ends :]
            self._start = frame.start
        if adjoins:
            self._tail = at + width
            self._frame = frame

    def _depth(self, kind: int) -> int:
        """Index of the innermost open sign of this kind, or -1."""
        for depth in range(len(self._open) - 1, -1, -1):
            if self._open[depth].kind == kind:
                return depth
        return -1

    def _role(self, at: int, sign: str, kind: int) -> str:
        """``opens``, ``closes``, ``strays`` (closes nothing) or ``inside`` (part of a word)."""
        is_open = self._depth(kind) >= 0
        if kind > SINGLE:
            if sign in _OPENERS:
                return "opens"
            return "closes" if is_open else "strays"
        text = self._text
        before = text[at - 1] if at else " "
        after = text[at + len(sign)] if at + len(sign) < len(text) else " "
        if (
            before.isalnum()
            and after.isalnum()
            and sign not in "“”"
            and not _touches_hangul(before, after)
        ):
            return "inside"  # an apostrophe, whatever sign it is written with
        from_space = before.isspace() or before in _BEFORE_OPENING
        to_space = after.isspace() or after in _AFTER_CLOSING
        if sign in _OPENERS:
            return "closes" if is_open and not from_space else "opens"
        if is_open:
            restarts = sign in _EITHER and from_space and before not in "-,." and not to_space
            if restarts:
                return "opens"
            if kind == SINGLE and not self._rules.closes_single(text, at):
                return "inside"
            return "closes"
        if from_space and not to_space:
            return "inside" if kind == SINGLE and after.isdigit() else "opens"
        if sign in _CLOSERS or (to_space and not before.isspace()):
            return "strays"
        return "opens"

    def _decide(self) -> None:
        """Settle the mark in hand: does a sentence end there?"""
        if self._mark is None:
            return
        begin, end = self._mark
        self._mark = None
        text, tail = self._text, self._tail
        if text[tail : tail + 1] in _FOOTNOTE_STARTS and tail < len(text):
            notes = _FOOTNOTES.match(text, tail)
            tail = notes.end() if notes else tail
        more = self._rules.tail.match(text, tail)
        tail = more.end() if more else tail
        after = _skip(text, tail)
        if begin == self._start:  # a mark with no sentence before it
            if self._ends and after > tail:
                self._ends[-1] = tail
                self._start = after
            return
        mark = Mark(self._start, begin, end, tail, after, self._frame)
        if after >= len(text):
            self._ends.extend(self._inner if self._is_long_alone(mark) else ())
        elif self._rules.ends(text, mark):
            self._ends.extend(self._inner if self._is_long_alone(mark) else ())
            self._ends.append(tail)
            self._start = after

    def _is_long_alone(self, mark: Mark) -> bool:
        """Whether the mark ends a quotation that is a passage of its own rather than a sentence."""
        frame = mark.frame
        return (
            frame is not None
            and frame.kind in (DOUBLE, TITLE)
            and frame.leads
            and mark.tail - frame.opened > self._rules.alone
        )


def _touches_hangul(before: str, after: str) -> bool:
    return "가" <= before <= "힣" or "가" <= after <= "힣"
