"""Translations, references and sources in files: plain text with a segment a line, or the tables,
TMX and XLIFF files of other programs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from align.article import Lang
from align.errors import InputError, ReadError
from align.reading.decode import decode
from tm.exchange.formats import READERS, reader_for
from tm.exchange.items import Report
from tm.exchange.languages import KO_EN

#: Endings of files with both languages; plain text, whatever its name ends in, has one.
BILINGUAL = frozenset(READERS) - {".txt"}


@dataclass(frozen=True, slots=True)
class TextFile:
    """One language of a file, in order.

    ``texts`` is the side that was asked for. Files with both languages also have ``others``, the
    other side, and ``articles`` if they name them. ``refused`` says what could not be read,
    ``notes`` what was repaired.
    """

    path: Path
    texts: tuple[str, ...]
    others: tuple[str, ...] | None = None
    articles: tuple[str, ...] | None = None
    refused: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def only(self, rows: Sequence[int]) -> TextFile:
        """The file as if only these segments stood in it."""
        texts, others, articles = (
            None if values is None else tuple(values[row] for row in rows)
            for values in (self.texts, self.others, self.articles)
        )
        return TextFile(self.path, texts or (), others, articles, notes=self.notes)


def read_texts(path: Path, lang: Lang) -> TextFile:
    """The texts of a file; of one with both languages, those in ``lang``.

    Raises
    ------
    ReadError: it cannot be read, or there is nothing in it.
    """
    return _bilingual(path, lang) if is_bilingual(path) else read_lines(path)


def is_bilingual(path: Path) -> bool:
    return path.suffix.lower() in BILINGUAL


def read_lines(path: Path) -> TextFile:
    """A plain text file, a segment a line.

    Raises
    ------
    ReadError: it cannot be read, or there is nothing in it.
    """
    try:
        decoded = decode(path.read_bytes(), str(path))
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror})", place=path, remedy="check the path"
        ) from error
    # Not splitlines(), which also cuts at U+2028 and the like, inside a segment.
    lines = tuple(line.removesuffix("\n") for line in StringIO(decoded.text, newline=None))
    if not lines:
        raise ReadError("the file is empty", place=path, remedy="give one segment a line")
    notes = tuple(f"{path}: {warning}" for warning in decoded.warnings)
    return TextFile(path, lines, notes=notes)


def _bilingual(path: Path, lang: Lang) -> TextFile:
    report = Report(str(path))
    units = list(report.units(reader_for(path)(path, KO_EN)))
    refused = tuple(f"{one.place}: {one.reason}" for one in report.refused)
    if not units:
        raise ReadError(
            "no translated segment in it",
            place=path,
            remedy=f"the first was refused ({refused[0]})" if refused else "check the file",
        )
    ko, en = tuple(u.source for u in units), tuple(u.target for u in units)
    articles = tuple(unit.provenance.article for unit in units)
    notes = tuple(f"{path}: {note.text} ({note.count}×)" for note in report.noted.values())
    texts, others = (ko, en) if lang == "ko" else (en, ko)
    return TextFile(path, texts, others, articles if all(articles) else None, refused, notes)


def check_lengths(files: Sequence[TextFile]) -> None:
    """
    Raises
    ------
    InputError: the files have different numbers of segments, or something in one of them was
        refused, so that what follows would stand beside the wrong segments.
    """
    for file in files:
        if file.refused:
            raise InputError(
                f"{len(file.refused)} of its segments cannot be taken ({file.refused[0]}), so the "
                "others cannot be counted off against plain text",
                place=file.path,
                remedy="mend them, or give files with both languages throughout",
            )
    first = files[0]
    for file in files[1:]:
        if len(file.texts) != len(first.texts):
            longer = max(first, file, key=lambda one: len(one.texts))
            is_blank = not longer.texts[-1].strip()
            raise InputError(
                f"{_lines(first)}, but {_lines(file)} in {file.path}",
                place=first.path,
                remedy=f"the last line of {longer.path} is empty: take it out"
                if is_blank
                else "give files with one segment a line, in the same order",
            )


def _lines(file: TextFile) -> str:
    return f"{len(file.texts)} {'lines' if file.others is None else 'segments'}"
