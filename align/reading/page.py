"""What the readers of the file formats hand over: text in blocks, and metadata."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from align.article import Kind
from align.reading.paragraphs import Span, paragraph_spans

_GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph or several (then separated as in plain text), and its kind if markup tells it.

    ``hint`` is what the markup says (a heading, a figure caption); ``None`` where it says nothing.
    """

    text: str
    hint: Kind | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The text of a file, the spans of its paragraphs in it, a hint for each, and metadata."""

    text: str
    spans: tuple[Span, ...]
    hints: tuple[Kind | None, ...]
    meta: Mapping[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()

    @property
    def paragraphs(self) -> list[str]:
        return [self.text[start:end] for start, end in self.spans]


def plain_page(text: str, warnings: tuple[str, ...] = ()) -> Page:
    """``text`` as it is, split into paragraphs."""
    spans = tuple(paragraph_spans(text))
    return Page(text, spans, (None,) * len(spans), {}, warnings)


def joined_page(
    blocks: Sequence[Block], meta: Mapping[str, str], warnings: tuple[str, ...] = ()
) -> Page:
    """The paragraphs of ``blocks``, joined by two line breaks."""
    pieces: list[str] = []
    spans: list[Span] = []
    hints: list[Kind | None] = []
    position = 0
    for block in blocks:
        for start, end in paragraph_spans(block.text):
            piece = block.text[start:end]
            pieces.append(piece)
            spans.append((position, position + len(piece)))
            hints.append(block.hint)
            position += len(piece) + len(_GAP)
    return Page(_GAP.join(pieces), tuple(spans), tuple(hints), meta, warnings)
