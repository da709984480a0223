"""Excel workbooks, by openpyxl: rows of text in and out, a row at a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Any, BinaryIO

from align.errors import ReadError

#: What a cell holds at most, in units of UTF-16, and rows of a sheet.
LONGEST_CELL = 32_767
ROWS = 1_048_576

#: What Excel writes for characters that XML cannot hold, and for what looks like that.
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_TO_ESCAPE = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


class DamagedError(Exception):
    """A sheet that cannot be read from a ``place`` on."""

    def __init__(self, place: str, reason: str):
        super().__init__(reason)
        self.place = place


@contextmanager
def opened(path: Path) -> Iterator[tuple[Any, BinaryIO]]:
    """A workbook to read from, and its file.

    Raises
    ------
    ReadError: there is no such file, or it is no workbook.
    """
    import openpyxl

    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb"))
            workbook = openpyxl.load_workbook(file, read_only=True, data_only=True)
        except Exception as error:  # openpyxl passes on whatever it stumbles over
            reason = error.strerror if isinstance(error, OSError) and error.strerror else error
            raise ReadError(
                f"cannot be read as an Excel workbook ({reason})",
                place=path,
                remedy="save it again as .xlsx, or as CSV in UTF-8",
            ) from error
        stack.callback(workbook.close)
        yield workbook, file


def cells_of(sheet: Any) -> Iterator[tuple[str, Sequence[str]]]:
    """Rows that are not empty, as text, and where they stand.

    Raises
    ------
    DamagedError: the sheet cannot be read further.
    """
    sheet.reset_dimensions()  # some programs write wrong ones
    rows = enumerate(sheet.iter_rows(values_only=True), start=1)
    number = 0
    while True:
        try:
            number, row = next(rows, (number, None))
        except Exception as error:  # as above
            raise DamagedError(f"sheet {sheet.title}, row {number + 1}", str(error)) from error
        if row is None:
            return
        cells = [_text(value) for value in row]
        if any(cell.strip() for cell in cells):
            yield f"sheet {sheet.title}, row {number}", cells


def escaped_cell(text: str) -> str:
    """``text`` as Excel writes it."""
    return _TO_ESCAPE.sub(lambda found: f"_x{ord(found.group()):04X}_", text)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPE.sub(lambda found: chr(int(found.group(1), 16)), value)
    if isinstance(value, datetime) and not (value.hour or value.minute or value.second):
        return value.date().isoformat()
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value)
