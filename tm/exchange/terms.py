"""Concepts of files: TBX, and tables in CSV, TSV or XLSX, with the place of every rendering."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from align.errors import InputError, OutputError, ReadError
from align.output import replacing
from tm.exchange.columns import columns_of
from tm.exchange.encoding import open_text
from tm.exchange.items import Note, Refused, unwatched
from tm.exchange.languages import Languages
from tm.exchange.table import Rows, likeliest_delimiter
from tm.exchange.tbx_terms import export_tbx, read_tbx_terms
from tm.exchange.tbx_writer import Style
from tm.exchange.workbook import cells_of, opened
from tm.terms.termbase.concepts import Concept, Term, checked
from tm.terms.termbase.tables import COLUMNS, Head, Row, concepts_of, table

#: A rendering: the Korean term, the English one.
Pair = tuple[str, str]

_LANGUAGES = Languages("ko", "en")
#: Lines by which the columns of a table are told.
_SAMPLE = 100

ENDINGS = (".tbx", ".tsv", ".csv", ".txt", ".xlsx")


@dataclass(frozen=True, slots=True)
class Located:
    """A concept, where it stands in its file, and where its renderings do, if it is a table."""

    concept: Concept
    place: str
    places: Mapping[Pair, str] = field(default_factory=dict)

    def place_of(self, ko: Term, en: Term) -> str:
        return self.places.get((ko.text, en.text), self.place)


def read_terms(path: Path) -> Iterator[Located | Refused | Note]:
    """The concepts of a file in the form of :func:`tm.terms.termbase.concepts.checked`; a line of
    a table, or a concept, that cannot be taken is refused. What is repaired is noted.

    Raises
    ------
    ReadError: nothing of the file can be read.
    InputError: its ending is not known, or a table lacks a column of terms.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        raise InputError(
            f"no terms are known by the ending '{path.suffix}'",
            place=path,
            remedy=f"give one of {', '.join(ENDINGS)}",
        )
    if ending != ".tbx":
        yield from _read_table(path)
        return
    for item in read_tbx_terms(path):
        if isinstance(item, Refused | Note):
            yield item
        else:
            yield _located(*item, {})


def _located(concept: Concept, place: str, places: Mapping[Pair, str]) -> Located | Refused:
    try:
        return Located(checked(concept), place, places)
    except InputError as error:
        return Refused(place, error.problem)


def _read_table(path: Path) -> Iterator[Located | Refused | Note]:
    rows: list[Row] = []
    found = False
    for sheet, lines in _sheets(path):
        sample = list(islice(lines, _SAMPLE))
        names, start = _names([cells for _, cells in sample])
        if not names:
            if sample:
                yield Note(sheet, "no columns of Korean and English terms: passed over")
            continue
        found = True
        head = Head(names, sheet)
        left_out = list(_left_out(head, [cells for _, cells in sample[start:]]))
        if left_out:
            yield Note(sheet, f"the columns {', '.join(left_out)} are not kept")
        for place, line in chain(sample[start:], lines):
            try:
                row = head.row(line, place)
            except InputError as error:
                yield Refused(place, error.problem)
                continue
            if row is not None:
                rows.append(row)
        if isinstance(lines, Rows) and lines.torn is not None:
            yield lines.torn
    if not found:
        raise ReadError(
            "no table has columns of Korean and English terms",
            place=path,
            remedy=f"start it with the header {', '.join(COLUMNS)}",
        )
    yield from _grouped(rows)


def _names(cells: Sequence[Sequence[str]]) -> tuple[Sequence[str], int]:
    """The names of a table's columns as termbases have them, also where it has others or none,
    and how many lines they take; no names if it has no terms."""
    if cells and {"ko", "en"} <= {name.strip().lower() for name in cells[0]}:
        return cells[0], 1
    columns = columns_of(cells, _LANGUAGES)
    if columns is None:
        return (), 0
    width = max(len(line) for line in cells)
    names = [*cells[columns.head - 1], *[""] * width][:width] if columns.head else [""] * width
    names[columns.source], names[columns.target] = "ko", "en"
    for place in columns.notes[:1]:
        names[place] = "note"
    return names, columns.head


def _left_out(head: Head, lines: Sequence[Sequence[str]]) -> Iterator[str]:
    """The columns that are not kept; of those without a name only those with something in them."""
    for place, name in head.other.items():
        if name:
            yield name
        elif any(place < len(cells) and cells[place].strip() for cells in lines):
            yield f"{place + 1} (without a name)"


def _grouped(rows: Sequence[Row]) -> Iterator[Located | Refused]:
    """Concepts of lines, without the lines that repeat another."""
    places: dict[str, dict[Pair, str]] = {}
    met: dict[tuple[str, ...], str] = {}
    kept: list[Row] = []
    for row in rows:
        sign = (row.concept, *row.pair, *row.days)
        if sign in met:
            told = f"{row.pair[0]} = {row.pair[1]} stands in {met[sign]} already"
            yield Refused(row.place, told)
            continue
        met[sign] = row.place
        places.setdefault(row.concept, {}).setdefault(row.pair, row.place)
        kept.append(row)
    for concept in concepts_of(kept):
        where = places[concept.id]
        yield _located(concept, next(iter(where.values())), where)


def _sheets(path: Path) -> Iterator[tuple[str, Iterator[tuple[str, Sequence[str]]] | Rows]]:
    """The tables of a file by name, with the cells of their lines and where they stand."""
    if path.suffix.lower() == ".xlsx":
        with opened(path) as (workbook, _):
            for sheet in workbook.worksheets:
                yield f"sheet {sheet.title}", cells_of(sheet)
        return
    file = open_text(path)
    delimiter = "\t" if path.suffix.lower() in (".tsv", ".txt") else likeliest_delimiter(file)
    yield str(path), Rows(file, delimiter, unwatched)


def write_terms(concepts: Sequence[Concept], path: Path, *, style: Style = "dca") -> int:
    """Write concepts to a file in the format of its ending, and say how many.

    Raises
    ------
    OutputError: the ending is not known, or the file cannot be written; it is then as it was.
    """
    ending = path.suffix.lower()
    if ending == ".tbx":
        return export_tbx(concepts, path, style=style)
    if ending not in (".tsv", ".csv"):
        raise OutputError(
            f"no format for terms is known by the ending '{path.suffix}'",
            place=path,
            remedy="give one of .tbx, .tsv, .csv",
        )
    with replacing(path) as file:
        if ending == ".csv":
            file.write("\ufeff")  # by which Excel knows UTF-8
        file.writelines(table(concepts, "\t" if ending == ".tsv" else ","))
    return len(concepts)
