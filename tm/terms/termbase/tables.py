"""Termbases as tables: one rendering of one Korean term a line, tab- or comma-separated.

The columns are ``concept``, ``ko``, ``en``, ``pos``, ``domain``, ``status`` and ``note``, and where
they are needed those of :data:`MORE_COLUMNS`. Lines with the same ``concept`` belong together;
without one, those with the same Korean term do. What is said of the concept (domain, definition,
``concept_note``) or of the Korean term (``ko_status`` and the like) may stand on any of its lines.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter
from pathlib import Path
from typing import Literal, NamedTuple, cast

from align.article import Lang, normalise
from align.errors import InputError, ReadError
from tm.terms.termbase.concepts import STATUSES, Concept, Term, TermStatus, is_day, unknown_status

COLUMNS = ("concept", "ko", "en", "pos", "domain", "status", "note")
#: What is told of a term, in the order of :class:`Term`'s fields behind the language.
_TOLD = ("status", "pos", "note", "source", "context", "instead", "valid_from", "valid_until")
_KO_TOLD = tuple(f"ko_{name}" for name in _TOLD)
#: Columns that a file has only if it needs them; those of Korean terms come last.
MORE_COLUMNS = ("definition", "concept_note", *_TOLD[3:], *_KO_TOLD)
_ALL = (*COLUMNS, *MORE_COLUMNS)
_REQUIRED = ("ko", "en")
_STATUSES: dict[str, TermStatus] = {"": "preferred", **{status: status for status in STATUSES}}
_DAYS = ("valid_from", "valid_until", "ko_valid_from", "ko_valid_until")


_Picker = Callable[[Sequence[str]], tuple[str, ...]]


def _picker(places: Iterable[int]) -> _Picker:
    """What takes the cells at some places out of a line, at least two."""
    return cast(_Picker, itemgetter(*places))


def _pick(names: Sequence[str]) -> _Picker:
    return _picker(map(_ALL.index, names))


_en_cells, _ko_cells = _pick(("en", *_TOLD)), _pick(("ko", *_KO_TOLD))
_concept_cells, _days = _pick(("domain", "definition", "concept_note")), _pick(_DAYS)
_STATUS, _KO_STATUS = _ALL.index("status"), _ALL.index("ko_status")


class Row(NamedTuple):
    """A line: where it stands, the id of its concept, and its cells in the order of all columns."""

    place: str
    concept: str
    cells: Sequence[str]

    @property
    def pair(self) -> tuple[str, str]:
        return self.cells[1], self.cells[2]

    @property
    def days(self) -> tuple[str, ...]:
        """From when to when the rendering and the Korean term hold."""
        return _days(self.cells)


class Head:
    """The columns of a table, by the names in its first row; ``place`` is where that stands.
    ``other`` are those that are not read, with their names: unknown, repeated, or without a name.

    Raises
    ------
    InputError: one that a termbase must have is missing.
    """

    def __init__(self, names: Sequence[str], place: str):
        told = [name.strip().lower() for name in names]
        missing = [name for name in _REQUIRED if name not in told]
        if missing:
            raise InputError(
                f"the termbase has no column {' or '.join(missing)}",
                place=place,
                remedy=f"start the file with the header {', '.join(COLUMNS)}",
            )
        self.other = {
            place: name
            for place, name in enumerate(told)
            if name not in _ALL or told.index(name) != place
        }
        self._width = len(told)
        self._cells = _picker(told.index(n) if n in told else len(told) for n in _ALL)

    def row(self, cells: Sequence[str], place: str) -> Row | None:
        """A line with these cells; ``None`` if it is empty.

        Raises
        ------
        InputError: it lacks a term, has cells beyond the last column, or a status or a date is
            none.
        """
        given = [cell.strip() for cell in cells]
        told = self._cells(given[: self._width] + [""] * max(self._width + 1 - len(given), 1))
        if not any(told):
            return None
        if any(given[self._width :]):
            raise InputError(
                f"it has {len(given)} cells, more than there are columns ({self._width})",
                place=place,
                remedy="put a cell that has the delimiter in it between quotation marks",
            )
        concept, ko, en = told[:3]
        if not ko or not en:
            raise InputError(
                f"the column {'en' if ko else 'ko'} is empty",
                place=place,
                remedy="fill it in or delete the line",
            )
        for status in (told[_STATUS], told[_KO_STATUS]):
            if status.lower() not in _STATUSES:
                raise unknown_status(status, place)
        _check_days(_days(told), place)
        return Row(place, concept or ko, told)


def _check_days(days: Sequence[str], place: str) -> None:
    for day in filter(None, days):
        if not is_day(day):
            raise InputError(f"not a date: {day!r}", place=place, remedy="write it as 2016-07-08")


def concepts_of(rows: Iterable[Row]) -> Iterator[Concept]:
    """The concepts of the lines of a table, in the order in which they begin."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.concept, []).append(row)
    for name, found in groups.items():
        yield _concept(name, [row.cells for row in found])


def _concept(name: str, lines: Sequence[Sequence[str]]) -> Concept:
    korean = dict.fromkeys(map(_ko_cells, lines))
    english: dict[tuple[str, ...], dict[str, None]] = {}
    for line in lines:
        english.setdefault(_en_cells(line), {})[line[1]] = None
    # What is told of a Korean term on one of its lines holds on the others, where nothing is.
    told = {ko for ko, *cells in korean if any(cells)}
    kept = [cells for cells in korean if any(cells[1:]) or cells[0] not in told]
    count = len({cells[0] for cells in kept})
    terms = [_term("ko", cells) for cells in kept]
    terms += [
        _term("en", cells, () if len(kos) == count else tuple(kos))
        for cells, kos in english.items()
    ]
    told_of_it = zip(*map(_concept_cells, lines), strict=True)
    about = ["; ".join(dict.fromkeys(filter(None, cells))) for cells in told_of_it]
    return Concept(name, about[0], about[1], about[2], tuple(terms))


def _term(lang: Lang, cells: Sequence[str], renders: tuple[str, ...] = ()) -> Term:
    text, status, pos, note, source, context, instead, start, end = cells
    known = _STATUSES[status.lower()]
    return Term(text, lang, known, pos, note, source, context, instead, start, end, renders)


def lines_of(concept: Concept) -> Iterator[dict[str, str]]:
    """The cells of a concept's lines, by the names of their columns."""
    about = {
        "concept": concept.id,
        "domain": concept.domain,
        "definition": concept.definition,
        "concept_note": concept.note,
    }
    for ko, en in concept.pairs():
        korean = {"ko": ko.text} | {f"ko_{name}": getattr(ko, name) for name in _TOLD}
        if ko.status == "preferred":
            korean["ko_status"] = ""
        yield about | {"en": en.text} | {name: getattr(en, name) for name in _TOLD} | korean


def columns_of(concepts: Iterable[Concept]) -> tuple[str, ...]:
    """The columns that a table of these concepts needs."""
    used = {
        name
        for concept in concepts
        for line in lines_of(concept)
        for name, cell in line.items()
        if cell
    }
    return (*COLUMNS, *(name for name in MORE_COLUMNS if name in used))


def table(concepts: Sequence[Concept], delimiter: str = "\t") -> Iterator[str]:
    """The lines of a termbase file, its head first; tabs and line breaks as blanks."""
    columns = columns_of(concepts)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerow(columns)
    for concept in concepts:
        for line in lines_of(concept):
            writer.writerow(" ".join(line[name].split()) for name in columns)
        yield text.getvalue()
        text.seek(0)
        text.truncate()


def read_tables(place: Path) -> Iterator[Concept]:
    """The concepts in a file, or in all tables of a folder.

    Raises
    ------
    ReadError: the file is missing or is not UTF-8 text, or the folder holds no table.
    InputError: a column is missing, or a line has no term or an unknown status; names the line.
    """
    return concepts_of(row for file in tables_in(place) for row in rows_in(file))


def tables_in(place: Path) -> list[Path]:
    """A file, or the tables of a folder by name."""
    if not place.is_dir():
        return [place]
    files = sorted(file for file in place.iterdir() if file.suffix.lower() in (".tsv", ".csv"))
    if not files:
        raise ReadError(
            "the folder holds no termbase",
            place=place,
            remedy="give a TSV or CSV file, or a folder with such files",
        )
    return files


def rows_in(file: Path) -> Iterator[Row]:
    """The lines of a table; see :func:`read_tables` for what it raises."""
    text = _text_of(file)
    try:
        lines = list(_lines(text, csv.QUOTE_MINIMAL))
    except csv.Error:  # its quotation marks do not enclose cells: they are text
        try:
            lines = list(_lines(text, csv.QUOTE_NONE))
        except csv.Error as error:
            raise ReadError(
                f"the termbase is not a table ({error})",
                place=file,
                remedy="give a TSV or CSV file with a term in each cell",
            ) from error
    head = Head(lines[0][1] if lines else [], f"{file}, line 1")
    for number, cells in lines[1:]:
        row = head.row(cells, f"{file}, line {number}")
        if row is not None:
            yield row


def _lines(text: str, quoting: Literal[0, 3]) -> Iterator[tuple[int, list[str]]]:
    """The cells of each line, and the number of its last line in the file."""
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    reader = csv.reader(io.StringIO(text), delimiter=delimiter, quoting=quoting, strict=True)
    for cells in reader:
        yield reader.line_num, cells


def _text_of(file: Path) -> str:
    try:
        return normalise(file.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ReadError(
            f"the termbase cannot be read ({error.strerror})",
            place=file,
            remedy="give the path of a TSV or CSV file",
        ) from error
    except UnicodeDecodeError as error:
        raise ReadError(
            "the termbase is not UTF-8 text",
            place=file,
            remedy="save it as UTF-8 (in a spreadsheet: CSV UTF-8)",
        ) from error
