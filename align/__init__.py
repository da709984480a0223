"""Two texts in, aligned sentences out.

>>> from align import align, split
>>> alignment = align("무산군에 눈이 내렸다. 시장은 문을 닫았다.", "Snow fell in Musan. The market closed.")
>>> [bead.kind for bead in alignment]
['1-1', '1-1']
"""

from __future__ import annotations

from align.aligner import Aligner, align
from align.alignment import Alignment, Bead
from align.article import Article, Lang, Paragraph, Sentence
from align.encoder import Encoder, load_encoder
from align.errors import DonjuError, InputError, MemoryFileError, OutputError, ReadError
from align.reading.reader import article_from_text, read_article
from align.split import split, split_article

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
    "split",
    "split_article",
]
