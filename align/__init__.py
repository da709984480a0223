"""Two texts in, aligned sentences out.

>>> from align import align, split
>>> ko, en = "무산에 눈이 내렸다. 시장은 닫았다.", "Snow fell in Musan. The market closed."
>>> alignment = align(ko, en)
>>> [bead.kind for bead in alignment]
['1-1', '1-1']
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from align.alignment import Alignment, Bead
from align.article import Article, Lang, Paragraph, Sentence
from align.errors import DonjuError, InputError, MemoryFileError, OutputError, ReadError
from align.split import split, split_article  # at once: a module has the name of the function

if TYPE_CHECKING:
    from align.aligner import Aligner, align, realign
    from align.encoder import Encoder, load_encoder
    from align.reading.reader import article_from_text, read_article

#: What takes long to import is imported when it is asked for: look-ups in a memory do without.
_LATER = {
    "Aligner": "align.aligner",
    "align": "align.aligner",
    "realign": "align.aligner",
    "Encoder": "align.encoder",
    "load_encoder": "align.encoder",
    "article_from_text": "align.reading.reader",
    "read_article": "align.reading.reader",
}

__all__ = [
    "Aligner",
    "Alignment",
    "Article",
    "Bead",
    "DonjuError",
    "Encoder",
    "InputError",
    "Lang",
    "MemoryFileError",
    "OutputError",
    "Paragraph",
    "ReadError",
    "Sentence",
    "align",
    "article_from_text",
    "load_encoder",
    "read_article",
    "realign",
    "split",
    "split_article",
]


def __getattr__(name: str) -> Any:
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
