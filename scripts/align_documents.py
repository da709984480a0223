"""Documents that are already split into sentences, from the files they come in.

A file of documents holds one JSON object a line, and may be compressed (``.jsonl.gz``):

- ``id``: the document's name;
- ``src`` and ``tgt``, or ``ko`` and ``en``: its Korean and its English sentences;
- ``gold``, if somebody has aligned it: beads, each a pair of lists of sentence numbers from 0;
- ``preset``, optional: the group its figures are printed under, otherwise the name of the file.

A *sentence* is whatever the lists hold. Where they hold paragraphs, paragraphs are aligned and
scored.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align.errors import InputError, ReadError

#: Sentence numbers of both sides of a bead, each ascending; one side is empty in a null.
Pair = tuple[tuple[int, ...], tuple[int, ...]]


class Line(str):
    """A sentence that knows the number of its paragraph."""

    paragraph: int

    def __new__(cls, text: str, paragraph: int) -> Line:
        line = super().__new__(cls, text)
        line.paragraph = paragraph
        return line

    def __reduce__(self) -> tuple[type[Line], tuple[str, int]]:
        return Line, (str(self), self.paragraph)


@dataclass(frozen=True, slots=True)
class Document:
    """A document, and its beads if it has been aligned by hand (else ``None``)."""

    id: str
    preset: str
    ko: tuple[str, ...]
    en: tuple[str, ...]
    gold: tuple[Pair, ...] | None = None

    @property
    def size(self) -> int:
        """Sentences of both sides."""
        return len(self.ko) + len(self.en)


def read_documents(path: Path) -> list[Document]:
    """The documents of a ``.jsonl`` or ``.jsonl.gz`` file.

    Raises
    ------
    ReadError: the file cannot be read as UTF-8 text.
    InputError: a line is no document, or there is none.
    """
    stem = path.name.removesuffix(".gz").removesuffix(".jsonl")
    documents = [
        _document(line, stem, f"{path}:{number}")
        for number, line in enumerate(_lines(path), 1)
        if line.strip()
    ]
    if not documents:
        raise InputError("no documents in it", place=path, remedy="give a file with one a line")
    return documents


def _lines(path: Path) -> list[str]:
    try:
        data = path.read_bytes()
        return (gzip.decompress(data) if path.suffix == ".gz" else data).decode().split("\n")
    except (OSError, EOFError, ValueError) as error:
        raise ReadError(
            f"cannot be read ({error})", place=path, remedy="give a .jsonl or .jsonl.gz file"
        ) from error


def _document(line: str, preset: str, place: str) -> Document:
    try:
        data = json.loads(line)
        ko, en = (_texts(data, names) for names in (("src", "ko"), ("tgt", "en")))
        gold = data.get("gold")
        pairs = None if gold is None else tuple(_pairs(gold, len(ko), len(en)))
        return Document(str(data["id"]), str(data.get("preset", preset)), ko, en, pairs)
    except (AttributeError, IndexError, KeyError, TypeError, ValueError) as error:
        raise InputError(
            f"no document ({type(error).__name__}: {error})",
            place=place,
            remedy="each line needs id, src and tgt (lists of sentences) and maybe gold (beads)",
        ) from error


def _texts(data: dict[str, Any], names: tuple[str, str]) -> tuple[str, ...]:
    texts = data[names[0]] if names[0] in data else data[names[1]]
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise TypeError(f"'{names[0]}' is not a list of texts")
    return tuple(texts)


def _pairs(gold: Any, n: int, m: int) -> Iterator[Pair]:
    for ko, en in gold:
        for numbers, count in ((ko, n), (en, m)):
            if not all(isinstance(k, int) and 0 <= k < count for k in numbers):
                raise IndexError(f"gold bead {[ko, en]} names a sentence that is not there")
        yield tuple(sorted(ko)), tuple(sorted(en))


def sample_documents() -> list[Document]:
    """The bundled articles as their gold files have them split, in the order of the pages.

    Their sentences are :class:`Line` objects: the pages have paragraphs, one a stretch of lines.
    """
    from corpora import SAMPLE

    documents = []
    for path in sorted(SAMPLE.glob("*.gold.json")):
        name = path.name.removesuffix(".gold.json")
        beads = json.loads(path.read_text("utf-8"))["beads"]
        sides = {}
        for lang in ("ko", "en"):
            page = (SAMPLE / f"{name}.{lang}.txt").read_text("utf-8")
            ordered = sorted((s for bead in beads for s in bead[lang]), key=page.index)
            sides[lang] = [Line(s, page.count("\n\n", 0, page.index(s))) for s in ordered]
        ko, en = ({s: k for k, s in enumerate(side)} for side in sides.values())
        gold = tuple(
            (tuple(sorted(ko[s] for s in bead["ko"])), tuple(sorted(en[s] for s in bead["en"])))
            for bead in beads
        )
        documents.append(Document(name, "sample", tuple(sides["ko"]), tuple(sides["en"]), gold))
    return documents


def first_of_each_preset(documents: Sequence[Document], count: int) -> list[Document]:
    """The first ``count`` documents of every preset, in their order."""
    taken: dict[str, int] = {}
    chosen = []
    for document in documents:
        taken[document.preset] = taken.get(document.preset, 0) + 1
        if taken[document.preset] <= count:
            chosen.append(document)
    return chosen
