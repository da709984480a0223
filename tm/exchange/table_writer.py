"""Writing tables: CSV, TSV and XLSX that come back as the units they were."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from align.output import replacing
from tm.exchange.columns import own_header
from tm.exchange.exact import differing
from tm.exchange.items import Refused
from tm.exchange.languages import KO_EN, Languages
from tm.exchange.table import own_unit
from tm.exchange.workbook import LONGEST_CELL, ROWS, escaped_cell
from tm.unit import TranslationUnit

#: Excel takes a CSV file for one in the machine's code page unless it starts with this mark.
_MARK = "\ufeff"


@dataclass(slots=True)
class Written:
    """How many units are in a file, and those that the format cannot hold."""

    units: int = 0
    refused: list[Refused] = field(default_factory=list)


def write_csv(
    units: Iterable[TranslationUnit], path: Path, languages: Languages = KO_EN
) -> Written:
    """Write ``units`` as CSV for Excel and others.

    Raises
    ------
    OutputError: the file cannot be written; it is then as it was.
    """
    return _write_text(units, path, languages, ",", _MARK)


def write_tsv(
    units: Iterable[TranslationUnit], path: Path, languages: Languages = KO_EN
) -> Written:
    """Write ``units`` with tabs between the columns, otherwise like :func:`write_csv`."""
    return _write_text(units, path, languages, "\t", "")


def write_xlsx(
    units: Iterable[TranslationUnit], path: Path, languages: Languages = KO_EN
) -> Written:
    """Write ``units`` as an Excel workbook; more than a sheet holds go on in the next.

    Units with more text than a cell holds are not written, and named.

    Raises
    ------
    OutputError: the file cannot be written; it is then as it was.
    """
    from openpyxl import Workbook

    written = Written()
    workbook = Workbook(write_only=True)
    sheet: Any = None
    for unit in units:
        row = row_of(unit)
        longest = max(len(cell.encode("utf-16-le")) // 2 for cell in row)
        if longest > LONGEST_CELL:
            where = f"{unit.provenance.article}, unit {unit.provenance.position}"
            written.refused.append(Refused(where, f"a cell holds {LONGEST_CELL} characters"))
            continue
        if written.units % (ROWS - 1) == 0:
            sheet = _new_sheet(workbook, languages)
        sheet.append(_text_cells(sheet, row))
        written.units += 1
    if sheet is None:
        _new_sheet(workbook, languages)
    with replacing(path) as file:
        workbook.save(file.buffer)  # type: ignore[attr-defined]
    return written


def row_of(unit: TranslationUnit) -> tuple[str, ...]:
    """The cells of a unit, in the order of the columns."""
    where = unit.provenance
    cells = {
        "article": where.article,
        "position": str(where.position),
        "translator": where.translator or "",
        "date": where.date or "",
        "origin": where.origin or "",
        "confidence": repr(unit.confidence),
        "status": unit.status,
    }
    told = differing(unit, own_unit(unit.source, unit.target, cells))
    return unit.source, unit.target, *cells.values(), told or ""


def _write_text(
    units: Iterable[TranslationUnit], path: Path, languages: Languages, delimiter: str, mark: str
) -> Written:
    written = Written()

    def rows() -> Iterator[tuple[str, ...]]:
        yield own_header(languages)
        for unit in units:
            written.units += 1
            yield row_of(unit)

    with replacing(path) as file:
        file.write(mark)
        csv.writer(file, delimiter=delimiter, lineterminator="\r\n").writerows(rows())
    return written


def _new_sheet(workbook: Any, languages: Languages) -> Any:
    sheet = workbook.create_sheet()
    for column, width in {"A": 60, "B": 60, "C": 24}.items():
        sheet.column_dimensions[column].width = width
    sheet.freeze_panes = "A2"
    sheet.append(own_header(languages))
    return sheet


def _text_cells(sheet: Any, row: Iterable[str]) -> list[Any]:
    """Cells that are text whatever they look like: ``=1+1`` is no formula."""
    from openpyxl.cell import WriteOnlyCell

    cells = []
    for text in row:
        cell = WriteOnlyCell(sheet, escaped_cell(text))
        cell.data_type = "s"
        cells.append(cell)
    return cells
