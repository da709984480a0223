"""A termbase: which English renderings a newsroom wants for a Korean term, and which it does not.

The file is a table, one rendering a line, tab- or comma-separated, with the columns ``concept``,
``ko``, ``en``, ``pos``, ``domain``, ``status`` and ``note``, and where they are needed
``definition``, ``source`` (of the rendering) and ``context`` (a sentence it stands in). Lines with
the same concept belong together; ``status`` is one of preferred, admitted, deprecated and
forbidden.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Literal, get_args

from align.article import normalise
from align.errors import InputError, ReadError
from corpora import TERMBASE
from tm.terms.english import phrase_key
from tm.terms.spelling import fold_spelling, is_hanja

TermStatus = Literal["preferred", "admitted", "deprecated", "forbidden"]

COLUMNS = ("concept", "ko", "en", "pos", "domain", "status", "note")
#: Columns that a file has only if it needs them.
MORE_COLUMNS = ("definition", "source", "context")
_ALL_COLUMNS = COLUMNS + MORE_COLUMNS
_REQUIRED = ("ko", "en")
_STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
_KNOWN: Mapping[str, TermStatus] = {status: status for status in _STATUSES}
#: Best first.
RANK: Mapping[str, int] = {status: i for i, status in enumerate(_STATUSES)}


@dataclass(frozen=True, slots=True)
class Entry:
    """One rendering of one Korean term. ``line`` is its line in the file, from 1; 0 if not read."""

    concept: str
    ko: str
    en: str
    pos: str = ""
    domain: str = ""
    status: TermStatus = "preferred"
    note: str = ""
    line: int = field(default=0, compare=False)
    definition: str = ""
    source: str = ""
    context: str = ""

    @property
    def is_name(self) -> bool:
        return self.pos == "proper"


@dataclass(frozen=True)
class Termbase:
    """Entries with look-up by Korean form (any spacing or spelling) and by English phrase."""

    entries: tuple[Entry, ...]
    source: str | None = None

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def korean(self, term: str) -> tuple[Entry, ...]:
        """The renderings of a Korean term, best status first; empty if the term is not there."""
        found = self._by_korean.get(fold_spelling(term), ())
        return tuple(sorted(found, key=lambda e: RANK[e.status]))

    def english(self, phrase: str) -> tuple[Entry, ...]:
        """The entries with this rendering, whatever its number, case, hyphens or article."""
        return self.by_english_key(phrase_key(phrase))

    def by_english_key(self, key: str) -> tuple[Entry, ...]:
        """As :meth:`english`, for a key already made by :func:`tm.terms.english.phrase_key`."""
        return tuple(sorted(self._by_english.get(key, ()), key=lambda e: RANK[e.status]))

    def concept(self, concept: str) -> tuple[Entry, ...]:
        return tuple(self._by_concept.get(concept, ()))

    def hanja_forms(self, term: str) -> tuple[str, ...]:
        """Forms of the same concept written in Hanja (北 for 북한)."""
        concepts = {entry.concept for entry in self.korean(term)}
        forms = (e.ko for c in sorted(concepts) for e in self.concept(c))
        return tuple(dict.fromkeys(f for f in forms if any(map(is_hanja, f)) and f != term))

    @cached_property
    def korean_terms(self) -> tuple[str, ...]:
        """The different Korean terms, in the order of the file."""
        return tuple(dict.fromkeys(entry.ko for entry in self.entries))

    @cached_property
    def _by_korean(self) -> dict[str, list[Entry]]:
        return _grouped((fold_spelling(entry.ko), entry) for entry in self.entries)

    @cached_property
    def _by_english(self) -> dict[str, list[Entry]]:
        return _grouped((phrase_key(entry.en), entry) for entry in self.entries)

    @cached_property
    def _by_concept(self) -> dict[str, list[Entry]]:
        return _grouped((entry.concept, entry) for entry in self.entries)


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, list[Entry]]:
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for key, entry in pairs:
        groups[key].append(entry)
    return dict(groups)


def load_termbase(path: str | Path | None = None) -> Termbase:
    """The termbase in a TSV or CSV file, or in all of a folder; by default the bundled folder.

    Raises
    ------
    ReadError: the file is missing or is not UTF-8 text, or the folder holds no table.
    InputError: a column is missing, or a line has no term or an unknown status; names the line.
    """
    place = Path(path) if path is not None else TERMBASE
    files = _tables_in(place) if place.is_dir() else [place]
    return Termbase(tuple(entry for file in files for entry in _entries_in(file)), str(place))


def _tables_in(folder: Path) -> list[Path]:
    files = sorted(file for file in folder.iterdir() if file.suffix.lower() in (".tsv", ".csv"))
    if not files:
        raise ReadError(
            "the folder holds no termbase",
            place=folder,
            remedy="give a TSV or CSV file, or a folder with such files",
        )
    return files


def _entries_in(file: Path) -> Iterator[Entry]:
    text = _text_of(file)
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] else ","
    rows = csv.reader(
        io.StringIO(text),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
    )
    names = [name.strip().lower() for name in next(rows, [])]
    _check_columns(file, names)
    places = [names.index(name) if name in names else len(names) for name in _ALL_COLUMNS]
    for row in rows:
        del row[len(names) :]
        row += [""] * (len(names) + 1 - len(row))  # the last one stands for missing columns
        cells = [row[place].strip() for place in places]
        if any(cells):
            yield _entry(file, rows.line_num, cells)


def table(entries: Iterable[Entry], columns: Sequence[str], delimiter: str = "\t") -> str:
    """Entries as lines of a termbase file with these columns; tabs and line breaks as blanks."""
    text = io.StringIO()
    writer = csv.writer(
        text,
        delimiter=delimiter,
        lineterminator="\n",
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
        quotechar=None if delimiter == "\t" else '"',
    )
    for entry in entries:
        writer.writerow(" ".join(str(getattr(entry, name, "")).split()) for name in columns)
    return text.getvalue()


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


def _check_columns(file: Path, names: Sequence[str]) -> None:
    missing = [name for name in _REQUIRED if name not in names]
    if missing:
        raise InputError(
            f"the termbase has no column {' or '.join(missing)}",
            place=f"{file}, line 1",
            remedy=f"start the file with the header {', '.join(COLUMNS)}",
        )


def _entry(file: Path, line: int, cells: Sequence[str]) -> Entry:
    """The entry of a line whose cells are in the order of the columns, all of them."""
    concept, ko, en, pos, domain, status, note, definition, source, context = cells
    if not ko or not en:
        raise InputError(
            f"the column {'en' if ko else 'ko'} is empty",
            place=f"{file}, line {line}",
            remedy="fill it in or delete the line",
        )
    known = _KNOWN.get(status.lower() or "preferred")
    if known is None:
        raise InputError(
            f"unknown status {status!r}",
            place=f"{file}, line {line}",
            remedy=f"use one of {', '.join(_STATUSES)}",
        )
    name = concept or ko
    return Entry(name, ko, en, pos, domain, known, note, line, definition, source, context)
