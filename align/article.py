"""What the rest of the house passes around: articles, paragraphs, sentences.

Spans are ``(start, end)`` character offsets, end exclusive, into ``Article.text``. The text is the
decoded file with Unicode normal form C and ``\\n`` line ends; beyond that no character is changed,
so ``article.text[start:end]`` is what stands in the article.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

Lang = Literal["ko", "en"]

#: What a paragraph is on a news page. Only ``body`` (and ``subhead``) is part of the story.
Kind = Literal[
    "body",
    "headline",
    "subhead",
    "dateline",
    "byline",
    "caption",
    "credit",
    "contact",
    "biography",
    "read_in",
    "copyright",
    "note",
]

_NO_META: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence and where it stands.

    ``text`` is ``article.text[span[0]:span[1]]`` with inner line breaks as they were; ``paragraph``
    counts from 0 over the paragraphs of the article (or text) it was split from.
    """

    text: str
    span: tuple[int, int]
    paragraph: int = 0


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of an article between paragraph breaks, and its part on the page."""

    text: str
    span: tuple[int, int]
    kind: Kind = "body"


@dataclass(frozen=True, slots=True)
class Article:
    """One article in one language.

    ``source`` is the file it came from, if any. ``meta`` holds what the page says about itself:
    ``headline``, ``translator``, ``reporter``, ``date``, ``place`` (all optional, all text).
    ``warnings`` lists what was repaired on reading (an encoding guessed, a character replaced).
    """

    text: str
    lang: Lang
    paragraphs: tuple[Paragraph, ...]
    source: str | None = None
    meta: Mapping[str, str] = field(default_factory=lambda: _NO_META)
    warnings: tuple[str, ...] = ()

    @property
    def body(self) -> tuple[tuple[int, Paragraph], ...]:
        """The paragraphs that are part of the story, each with its number in ``paragraphs``."""
        return tuple((i, p) for i, p in enumerate(self.paragraphs) if p.kind == "body")


def normalise(text: str) -> str:
    """``text`` in Unicode NFC with ``\\n`` line ends and no byte order mark.

    Hangul typed on some systems arrives decomposed (NFD): one syllable as two or three code
    points, which no dictionary, index or encoder recognises.
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n")).lstrip(
        "\ufeff"
    )
