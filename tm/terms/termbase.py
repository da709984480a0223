"""A termbase: which English renderings a newsroom wants for a Korean term, and which it does not.

The file is a table, one rendering a line, tab- or comma-separated, with the columns ``concept``,
``ko``, ``en``, ``pos``, ``domain``, ``status`` and ``note``. Lines with the same concept belong
together; ``status`` is one of preferred, admitted, deprecated and forbidden.
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
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
_REQUIRED = ("ko", "en")
_STATUSES: tuple[TermStatus, ...] = get_args(TermStatus)
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
    """The termbase in a TSV or CSV file; without a path the bundled one on North Korea.

    Raises
    ------
    ReadError: the file is missing or is not UTF-8 text.
    InputError: a column is missing, or a line has no term or an unknown status; names the line.
    """
    file = Path(path) if path is not None else TERMBASE
    text = _text_of(file)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if "\t" in first else ","
    reader = csv.DictReader(
        io.StringIO(text),
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if delimiter == "\t" else csv.QUOTE_MINIMAL,
    )
    _check_columns(file, reader.fieldnames)
    entries = []
    for row in reader:
        cells = {(k or "").strip().lower(): (v or "").strip() for k, v in row.items() if k}
        if any(cells.values()):
            entries.append(_entry(file, reader.line_num, cells))
    return Termbase(tuple(entries), str(file))


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


def _check_columns(file: Path, names: Iterable[str] | None) -> None:
    given = {name.strip().lower() for name in names or () if name}
    missing = [name for name in _REQUIRED if name not in given]
    if missing:
        raise InputError(
            f"the termbase has no column {' or '.join(missing)}",
            place=f"{file}, line 1",
            remedy=f"start the file with the header {', '.join(COLUMNS)}",
        )


def _entry(file: Path, line: int, cells: Mapping[str, str]) -> Entry:
    for name in _REQUIRED:
        if not cells.get(name):
            raise InputError(
                f"the column {name} is empty",
                place=f"{file}, line {line}",
                remedy="fill it in or delete the line",
            )
    status = cells.get("status") or "preferred"
    known = next((s for s in _STATUSES if s == status.lower()), None)
    if known is None:
        raise InputError(
            f"unknown status {status!r}",
            place=f"{file}, line {line}",
            remedy=f"use one of {', '.join(_STATUSES)}",
        )
    return Entry(
        concept=cells.get("concept") or cells["ko"],
        ko=cells["ko"],
        en=cells["en"],
        pos=cells.get("pos", ""),
        domain=cells.get("domain", ""),
        status=known,
        note=cells.get("note", ""),
        line=line,
    )
