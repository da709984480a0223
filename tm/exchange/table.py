"""Reading tables: CSV, TSV and XLSX, row by row.

The first row may name the columns (``ko`` and ``en``, ``source`` and ``target``, 원문 and 번역 …);
without names the two texts are told apart by their letters. Columns without a field of their own
are kept by name.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from sys import intern
from typing import Any

from align.errors import ReadError
from align.reading.dates import iso_date
from tm.exchange.columns import Columns, columns_of
from tm.exchange.encoding import TextFile, open_text
from tm.exchange.exact import OWN, restored
from tm.exchange.items import Item, Note, Progress, Refused, unwatched
from tm.exchange.languages import Languages
from tm.exchange.tmxunit import place_of, share_of
from tm.exchange.workbook import DamagedError, cells_of, opened
from tm.unit import Details, Provenance, TranslationUnit

#: A row and where it stands; or what is wrong with it.
Row = tuple[str, Sequence[str]]

# Far above any segment; the standard library refuses more than 128 kB.
csv.field_size_limit(1 << 30)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: What Excel shows where a formula cannot be worked out.
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#NAME?", "#DIV/0!", "#VALUE!", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
#: A first line that tells Excel the delimiter.
_TOLD = re.compile(r'"?sep=([,;\t|])"?[\r\n]*', re.IGNORECASE)
_DELIMITERS = ",;\t|"
_HANGUL, _LATIN = re.compile("[가-힣]"), re.compile("[A-Za-z]{2}")
#: Rows by which columns are told.
_SAMPLE = 100


def read_csv(path: Path, languages: Languages, progress: Progress = unwatched) -> Iterator[Item]:
    """See :class:`tm.exchange.items.Reader`; the delimiter is the likeliest of ``, ; tab |``."""
    yield from _read_text(path, languages, None, progress)


def read_tsv(path: Path, languages: Languages, progress: Progress = unwatched) -> Iterator[Item]:
    """See :class:`tm.exchange.items.Reader`."""
    yield from _read_text(path, languages, "\t", progress)


def read_xlsx(path: Path, languages: Languages, progress: Progress = unwatched) -> Iterator[Item]:
    """See :class:`tm.exchange.items.Reader`; every sheet that has the two languages is read."""
    found = False
    with opened(path) as (workbook, file):
        for sheet in workbook.worksheets:
            rows = _Sheet(sheet, lambda: progress(file.tell()))
            first = list(islice(rows, _SAMPLE))
            columns = columns_of([cells for _, cells in first], languages)
            if columns is not None:
                found = True
                yield from _Table(columns, languages).items(chain(first, rows))
            elif first:
                yield Note(f"sheet {sheet.title}", f"{_no_columns(languages)}: passed over")
            if rows.torn is not None:
                yield rows.torn
    if not found:
        raise _no_table(path, languages)


class _Sheet:
    """The rows of a sheet; ``torn`` is where it cannot be read further, and ``tell`` is called
    for each."""

    def __init__(self, sheet: Any, tell: Callable[[], None]):
        self.torn: Refused | None = None
        self._rows = self._read(sheet, tell)

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def _read(self, sheet: Any, tell: Callable[[], None]) -> Iterator[Row]:
        try:
            for row in cells_of(sheet):
                tell()
                yield row
        except DamagedError as error:
            self.torn = Refused(error.place, f"the sheet is damaged from here on ({error})")


def _read_text(
    path: Path, languages: Languages, delimiter: str | None, progress: Progress
) -> Iterator[Item]:
    file = open_text(path)
    yield from file.notes
    rows = Rows(file, delimiter or likeliest_delimiter(file), progress)
    if not rows.is_quoted:
        yield Note(str(path), "its quotation marks are not those of a table: taken as text")
    first = list(islice(rows, _SAMPLE))
    columns = columns_of([cells for _, cells in first], languages)
    if columns is None:
        raise _no_table(path, languages)
    yield from _Table(columns, languages).items(chain(first, rows))
    if rows.torn is not None:
        yield rows.torn


def likeliest_delimiter(file: TextFile) -> str:
    """The delimiter that the first line tells, as Excel writes it (``sep=;``), else the one that
    cuts the first rows most evenly and, where several do, leaves the languages apart."""
    first = list(islice(file.lines(), _SAMPLE))
    if first and (told := _TOLD.fullmatch(first[0])):
        return told[1]
    return max(_DELIMITERS, key=lambda delimiter: _evenness(first, delimiter))


def _evenness(lines: Sequence[str], delimiter: str) -> tuple[float, int, int]:
    """How many of the rows have the usual number of cells, if that is more than one; how few cells
    hold two languages; how many there are."""
    try:
        rows = [row for row in csv.reader(lines, delimiter=delimiter) if any(row)]
    except csv.Error:
        return 0.0, 0, 0
    widths = Counter(map(len, rows)).most_common(1)
    if not widths or widths[0][0] < 2:
        return 0.0, 0, 0
    cells = [cell for row in rows for cell in row]
    return widths[0][1] / len(rows), -sum(map(_is_mixed, cells)), len(cells)


def _is_mixed(cell: str) -> bool:
    return _HANGUL.search(cell) is not None and _LATIN.search(cell) is not None


class Rows:
    """The rows of a text file. Quotation marks group text only if they do so in all of the file;
    ``torn`` is the last row if the file ends inside quotation marks."""

    def __init__(self, file: TextFile, delimiter: str, progress: Progress):
        self._file = file
        self._delimiter = delimiter
        self.torn: Refused | None = None
        self.is_quoted = True
        self.is_quoted = self._are_quotes_sound()
        self._rows = self._read(progress)

    def __iter__(self) -> Iterator[Row]:
        return self._rows

    def _are_quotes_sound(self) -> bool:
        try:
            for _ in self._read():
                pass
        except csv.Error:
            return False
        self.torn = None
        return True

    def _read(self, progress: Progress = unwatched) -> Iterator[Row]:
        lines = self._file.lines(progress)
        first = next(lines, "")
        told = _TOLD.fullmatch(first) is not None
        reader = csv.reader(
            lines if told else chain((first,), lines),
            delimiter=self._delimiter,
            quoting=csv.QUOTE_MINIMAL if self.is_quoted else csv.QUOTE_NONE,
            strict=True,
        )
        while True:
            line = reader.line_num + 1 + told
            try:
                cells = next(reader, None)
            except csv.Error as error:
                if "unexpected end" not in str(error):
                    raise
                self.torn = Refused(f"line {line}", "the file ends in the middle of it")
                return
            if cells is None:
                return
            if any(cell.strip() for cell in cells):
                yield f"line {line}", cells


class _Table:
    """Units of the rows of one table."""

    def __init__(self, columns: Columns, languages: Languages):
        self._columns = columns
        self._languages = languages

    def items(self, rows: Iterator[Row]) -> Iterator[Item]:
        columns, position = self._columns, 0
        for number, (place, _) in enumerate(islice(rows, columns.head), start=1):
            if number < columns.head:
                yield Note(place, "above the names of the columns: passed over")
        for place, cells in rows:
            source = cells[columns.source] if columns.source < len(cells) else ""
            target = cells[columns.target] if columns.target < len(cells) else ""
            reason = None if columns.own else self._reason(source, target)
            if reason is not None:
                yield Refused(place, reason)
                continue
            if columns.own:
                yield self._own(source, target, cells)
            else:
                source, target, notes = _cleaned(source, target)
                for note in notes:
                    yield Note(place, note)
                yield self._unit(source, target, cells, position)
            position += 1

    def _reason(self, source: str, target: str) -> str | None:
        for text, language in (
            (source, self._languages.source),
            (target, self._languages.target),
        ):
            if not text.strip():
                return intern(f"its {language} text is empty")
            if text.strip() in _ERRORS:
                return intern(f"its {language} cell holds an error of Excel ({text.strip()})")
        return None

    def _unit(
        self, source: str, target: str, cells: Sequence[str], position: int
    ) -> TranslationUnit:
        columns = self._columns
        notes = tuple(cells[n] for n in columns.notes if n < len(cells) and cells[n])
        kept = tuple((f"column@{name}", cells[n]) for n, name in columns.names if n < len(cells))
        kept = tuple((name, value) for name, value in kept if value)
        told = {name: cells[n] for name, n in columns.fields.items() if n < len(cells)}
        date = told.get("date")
        provenance = Provenance(
            told.get("article", ""),
            -1 if told.get("article") else position,
            told.get("translator") or None,
            (iso_date(date) or date) if date else None,
        )
        details = Details(notes=notes, kept=kept) if notes or kept else None
        return TranslationUnit(source, target, provenance, details=details)

    def _own(self, source: str, target: str, cells: Sequence[str]) -> TranslationUnit:
        told = {name: cells[n] for name, n in self._columns.fields.items() if n < len(cells)}
        return own_unit(source, target, told)


def own_unit(source: str, target: str, told: dict[str, str]) -> TranslationUnit:
    """A unit of a table that Donju wrote; ``told`` is what stands in its columns by name."""
    status = told.get("status")
    provenance = Provenance(
        told.get("article", ""),
        place_of(told.get("position", "")),
        told.get("translator") or None,
        told.get("date") or None,
        told.get("origin") or None,
    )
    unit = TranslationUnit(
        source,
        target,
        provenance,
        share_of(told.get("confidence", "")),
        "approved" if status == "approved" else "rejected" if status == "rejected" else "draft",
    )
    return restored(unit, told[OWN]) if told.get(OWN) else unit


def _cleaned(source: str, target: str) -> tuple[str, str, list[str]]:
    """Texts without control characters, in NFC, and what was done to them."""
    notes: list[str] = []
    texts: list[str] = []
    for text in (source, target):
        if _CONTROL.search(text):
            text = _CONTROL.sub("", text)
            notes.append("control characters taken out of the text")
        if not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text)
            notes.append("decomposed letters (Unicode NFD) put together (NFC)")
        texts.append(text)
    return texts[0], texts[1], notes


def _no_columns(languages: Languages) -> str:
    return f"no two columns of {languages.source} and {languages.target} text"


def _no_table(path: Path, languages: Languages) -> ReadError:
    return ReadError(
        _no_columns(languages),
        place=path,
        remedy=f"name them {languages.source} and {languages.target} in the first row",
    )
