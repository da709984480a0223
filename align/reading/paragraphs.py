"""Where the paragraphs of a plain text begin and end.

Blank lines separate paragraphs. Between the lines of one block the question is whether a line break
is the author's or the editor program's. Text wrapped by a program at column W has one property that
authors' lines have only by accident: no line could have taken the first word of the next. Where
most breaks have it (and fall within sentences), the text is hard-wrapped, only the breaks without
it separate paragraphs; elsewhere every line is a paragraph unless it plainly runs on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

Span = tuple[int, int]

_LINE = re.compile(r"[^\n]+")
_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]")
#: Where a sentence may end: a full stop or the like, and what may close after it.
SENTENCE_END = re.compile(r"[.!?。…?!][\"'”’»)\]》〉」』）】]*\s*$")

#: Columns between which text is wrapped in practice (Hangul counts two).
_NARROWEST, _WIDEST = 40, 140
_FULL_SHARE = 0.7
_INNER_SHARE = 0.5
_MANY_BREAKS = 3


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    indented: bool

    @property
    def width(self) -> int:
        return len(self.text) + len(_WIDE.findall(self.text))

    @property
    def first_word_width(self) -> int:
        word = self.text.split(maxsplit=1)[0]
        return len(word) + len(_WIDE.findall(word))

    @property
    def ends_sentence(self) -> bool:
        return SENTENCE_END.search(self.text) is not None


def paragraph_spans(text: str) -> list[Span]:
    """``(start, end)`` of each paragraph of ``text``, without the white space around it."""
    blocks = list(_blocks(text))
    wrapped_at = _wrap_column(blocks)
    return [span for block in blocks for span in _block_spans(block, wrapped_at)]


def _blocks(text: str) -> Iterator[list[_Line]]:
    block: list[_Line] = []
    expected = 0
    for match in _LINE.finditer(text):
        if match.start() > expected and block:
            yield block
            block = []
        expected = match.end() + 1
        content = match[0].strip()
        if content:
            start = match.start() + match[0].index(content[0])
            block.append(_Line(start, start + len(content), content, match[0][0].isspace()))
        elif block:
            yield block
            block = []
    if block:
        yield block


def _wrap_column(blocks: list[list[_Line]]) -> int | None:
    """The column at which the text was wrapped by a program, or ``None`` if it was not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if not pairs:
        return None
    widths = sorted(line.width for block in blocks if len(block) > 1 for line in block)
    column = widths[(len(widths) - 1) * 98 // 100]
    if not _NARROWEST <= column <= _WIDEST:
        return None
    full = [pair for pair in pairs if _is_full(*pair, column)]
    inner = [pair for pair in full if not pair[0].ends_sentence]
    if len(full) < _FULL_SHARE * len(pairs) or len(inner) < _INNER_SHARE * len(full):
        return None
    if len(pairs) < _MANY_BREAKS and not all(_runs_on(*pair) for pair in inner):
        return None
    return column


def _is_full(line: _Line, following: _Line, column: int) -> bool:
    return line.width + 1 + following.first_word_width > column


def _runs_on(line: _Line, following: _Line) -> bool:
    """Whether the sentence of ``line`` plainly goes on in the next line."""
    return not line.ends_sentence and (
        line.text.endswith((",", "、")) or following.text[0].islower()
    )


def _block_spans(block: list[_Line], column: int | None) -> Iterator[Span]:
    start = block[0].start
    by_indent = not all(line.indented for line in block)
    for line, following in pairwise(block):
        if column is None:
            joined = _runs_on(line, following)
        else:
            joined = _is_full(line, following, column) and not (by_indent and following.indented)
        if not joined:
            yield start, line.end
            start = following.start
    yield start, block[-1].end
