"""Paragraphs, and which line breaks inside them are only the edge of the page.

A blank line ends a paragraph. A single line break ends a sentence after a heading, a list item or a
finished sentence, and is white space where a text was wrapped at a fixed width: the line is as full
as the widest one of its paragraph allows, and what follows continues it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from align.article import Lang

_LINE = re.compile(r"[^\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+")
_PARAGRAPH_SIGNS = re.compile(r"[\x0c\u2029]")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")

_FINISHED = re.compile(r"[.?!…。？！][\"'”’」』》〉)\]）］\d\[]*$|[:：]$")
_ITEM = re.compile(
    r"[■□◆◇●○◎▲△▶▷▼▽★☆※•‣·∙・#*►▪–—\-+]\s|[■□◆◇●○◎▲△▶▷▼▽★☆※•‣▪►]"
    r"|[①-⑳⑴-⒇➀-➓❶-❿ⅰ-ⅹⅠ-Ⅹ㉠-㉻]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,4}|[가나다라마바사아자차카타파하])[.)](?=\s|[가-힣])"
    r"|[【\[〔]|[/ⓒ©]"
)
_HEADING_SIGN = re.compile(r"[■□◆◇●○◎▲△▶▷▼▽★☆※#►▪【]")
_LOWER_START = re.compile(r"[a-z]")
_TITLE_WORD = re.compile(
    r"[A-Z0-9“\"‘'(]|(?:a|an|the|and|or|but|of|in|on|at|to|for|with|by|from|as)$"
)
# A Korean line that cannot be a heading: it stops after a particle, a connective or a comma.
_KOREAN_OPEN_END = re.compile(
    r"(?:,|[을를은는의에와과로며고서면된한할인던]|에서|에게|까지|부터|보다|처럼|지만|는데|[가-힣]이|[가-힣]가|[ㄱ-ㅎ])$"
)
_ENGLISH_OPEN_END = re.compile(
    r"(?:[,;–—-]|\b(?:a|an|the|and|or|but|of|in|on|at|to|for|with|by|from|as|that|which|who|is|are"
    r"|was|were|has|have|had|be|been|will|would|not|its|their|his|her|than|into|about))$",
    re.IGNORECASE,
)

_LEAST_WIDTH = {"ko": 25, "en": 45}


class Unit(NamedTuple):
    """A stretch that may hold several sentences but no break between paragraphs or items."""

    start: int
    end: int
    paragraph: int


class _Line(NamedTuple):
    text: str
    start: int
    end: int


def units(text: str, lang: Lang) -> Iterator[Unit]:
    """The stretches of ``text`` to split on their own, in order, without outer white space."""
    for number, lines in enumerate(_paragraphs(text)):
        start = lines[0].start
        for line, following, wraps in zip(lines, lines[1:], _wraps(lines, lang), strict=False):
            if not wraps:
                yield Unit(start, line.end, number)
                start = following.start
        yield Unit(start, lines[-1].end, number)


def _paragraphs(text: str) -> Iterator[list[_Line]]:
    lines: list[_Line] = []
    end = 0
    for found in _LINE.finditer(text):
        line = _stripped(found)
        if not line.text:
            continue
        if lines and _is_paragraph_break(text[end : line.start]):
            yield lines
            lines = []
        lines.append(line)
        end = line.end
    if lines:
        yield lines


def _stripped(found: re.Match[str]) -> _Line:
    whole = found.group()
    text = whole.strip()
    start = found.start() + len(whole) - len(whole.lstrip())
    return _Line(text, start, start + len(text))


def _is_paragraph_break(gap: str) -> bool:
    return len(_BREAK.findall(gap)) > 1 or _PARAGRAPH_SIGNS.search(gap) is not None


def _wraps(lines: list[_Line], lang: Lang) -> list[bool]:
    """For each line but the last, whether the break after it is only where the page ended."""
    if len(lines) < 2:
        return []
    width = max(len(line.text) for line in lines)
    breaks = [_Break(a.text, b.text, width, lang) for a, b in pairwise(lines)]
    in_sentence = sum(each.is_full and each.may_continue for each in breaks)
    return [each.wraps(in_sentence - (each.is_full and each.may_continue) > 0) for each in breaks]


class _Break:
    """What two lines and the width of their paragraph say about the break between them."""

    __slots__ = (
        "_following",
        "_lang",
        "_line",
        "is_finished",
        "is_full",
        "is_item",
        "may_continue",
    )

    def __init__(self, line: str, following: str, width: int, lang: Lang) -> None:
        self._line, self._following, self._lang = line, following, lang
        self.is_item = _ITEM.match(following) is not None
        self.is_finished = _FINISHED.search(line) is not None
        self.is_full = _is_full(line, following, width, lang)
        self.may_continue = not (
            self.is_finished or self.is_item or _HEADING_SIGN.match(line) is not None
        )

    def wraps(self, wrapped_elsewhere: bool) -> bool:
        """Whether the break is white space; ``wrapped_elsewhere`` if the paragraph has others."""
        if self.is_item:
            return False
        if self.is_finished:
            return self.is_full and wrapped_elsewhere
        if not self.may_continue:
            return False
        if self._continues_in_small_letters():
            return True
        return self.is_full and (wrapped_elsewhere or _is_open(self._line, self._lang))

    def _continues_in_small_letters(self) -> bool:
        return (
            self._lang == "en"
            and 2 * len(self._line) > _LEAST_WIDTH["en"]
            and _LOWER_START.match(self._following) is not None
        )


def _is_full(line: str, following: str, width: int, lang: Lang) -> bool:
    """Whether the first word of the next line would not have fitted on this one."""
    if width < _LEAST_WIDTH[lang] or 2 * len(line) < width:
        return False
    return len(line) + 1 + len(following.split(None, 1)[0]) > width


def _is_open(line: str, lang: Lang) -> bool:
    """Whether an unfinished line stops where no heading would."""
    if lang == "ko":
        return _KOREAN_OPEN_END.search(line) is not None
    if _ENGLISH_OPEN_END.search(line):
        return True
    words = line.split()
    return sum(_TITLE_WORD.match(word) is not None for word in words) < 0.6 * len(words)
