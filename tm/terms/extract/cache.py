"""The words of a memory's units as extraction reads them, kept so that each is analysed once.

Derived data, in ``pairs.sqlite`` of the folder ``news.tm.terms/`` beside the memory. A row counts
for a unit only if its mark says that it was made from the same two texts, so nothing stale is ever
used. What was made by other rules is dropped, and a damaged file is made anew: deleting it costs
time only. Where the folder cannot be written, everything is kept in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Self
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from align.errors import MemoryFileError
from tm.terms.extract.tokens import Token

#: Raised when tokens are made or written differently.
RULES = 2
#: Characters beyond which a side is left out: no sentence, and its places would not fit.
LONGEST = 5000

#: A token: the number of its form, its place, its flags.
TOKEN = np.dtype([("word", "<u4"), ("start", "<u2"), ("length", "u1"), ("flags", "u1")])
Tokens = NDArray[np.void]

_TABLES = """
    DROP TABLE IF EXISTS made;
    DROP TABLE IF EXISTS forms;
    DROP TABLE IF EXISTS units;
    CREATE TABLE made (rules TEXT NOT NULL);
    CREATE TABLE forms (
        id INTEGER PRIMARY KEY, lang TEXT NOT NULL, form TEXT NOT NULL, crc INTEGER NOT NULL
    );
    CREATE TABLE units (
        id INTEGER PRIMARY KEY, mark INTEGER NOT NULL, ko BLOB NOT NULL, en BLOB NOT NULL,
        short TEXT NOT NULL, crc INTEGER NOT NULL
    );
"""


@dataclass(frozen=True, slots=True)
class Analysed:
    """The tokens of a unit's two sides, and the abbreviations its English defines (full, short).

    ``word`` in them is a number of :meth:`Cache.forms`.
    """

    ko: Tokens
    en: Tokens
    short: tuple[tuple[str, str], ...] = ()


class Cache:
    """Analysed units by id. Use it in a ``with`` statement: what was put is kept at its end."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection
        self._forms: dict[Lang, dict[str, int]] = {"ko": {}, "en": {}}
        self._new_forms: list[tuple[int, str, str, int]] = []
        self._new_units: list[tuple[int, int, bytes, bytes, str, int]] = []
        self._prepare()

    @classmethod
    def open(cls, folder: Path | None) -> Self:
        """The cache in a folder, made anew if it cannot be used; in memory without a folder."""
        if folder is None:
            return cls(sqlite3.connect(":memory:"))
        path = folder / "pairs.sqlite"
        for attempt in (1, 2):
            try:
                folder.mkdir(exist_ok=True)
                return cls(sqlite3.connect(path, timeout=60))
            except (OSError, sqlite3.OperationalError):
                break  # a place that is only for reading
            except sqlite3.DatabaseError:
                if attempt == 1:
                    for suffix in ("", "-wal", "-shm", "-journal"):
                        with suppress(OSError):
                            path.with_name(path.name + suffix).unlink()
        return cls(sqlite3.connect(":memory:"))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.close()

    def forms(self, lang: Lang) -> dict[int, str]:
        """All words of a language, as they stand in texts, by number."""
        return {number: form for form, number in self._forms[lang].items()}

    def units(self) -> Iterator[tuple[int, int, Analysed]]:
        """Number, mark and tokens of all kept units that are sound, by number."""
        rows = self._connection.execute(
            "SELECT id, mark, ko, en, short, crc FROM units ORDER BY id"
        )
        for unit, mark, ko, en, short, crc in rows:
            if crc == _crc(ko, en, short.encode()):
                yield unit, mark, Analysed(_tokens(ko), _tokens(en), _short_forms(short))

    def put(
        self,
        unit: int,
        mark: int,
        ko: Iterable[Token],
        en: Iterable[Token],
        short: Iterable[tuple[str, str]],
    ) -> Analysed:
        """Keep what was read in a unit; written to the file by :meth:`save`."""
        analysed = Analysed(self._packed(ko, "ko"), self._packed(en, "en"), tuple(short))
        lines = "\n".join(f"{full}\t{form}" for full, form in analysed.short)
        texts = analysed.ko.tobytes(), analysed.en.tobytes(), lines
        self._new_units.append((unit, mark, *texts, _crc(*texts[:2], lines.encode())))
        return analysed

    def save(self, gone: Iterable[int] = ()) -> None:
        """Write what was put, in one transaction, and forget the units ``gone``.

        Raises
        ------
        MemoryFileError: there is no room, or another program holds the file for a minute.
        """
        try:
            with self._connection:
                self._connection.executemany(
                    "INSERT INTO forms VALUES (?, ?, ?, ?)", self._new_forms
                )
                self._connection.executemany(
                    "INSERT OR REPLACE INTO units VALUES (?, ?, ?, ?, ?, ?)", self._new_units
                )
                self._connection.executemany(
                    "DELETE FROM units WHERE id = ?", ((unit,) for unit in gone)
                )
        except sqlite3.Error as error:
            raise MemoryFileError(
                f"the analysed units cannot be kept ({error})",
                place="pairs.sqlite",
                remedy="check free space, and that no other extraction is running; nothing that "
                "the memory holds is lost",
            ) from error
        self._new_forms, self._new_units = [], []

    @property
    def waiting(self) -> int:
        """How many units were put and not yet saved."""
        return len(self._new_units)

    def _prepare(self) -> None:
        if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the file is damaged")
        rules = f"{RULES} kiwipiepy {version('kiwipiepy')}"
        known = self._connection.execute("SELECT name FROM sqlite_master WHERE name = 'made'")
        made = known.fetchone() and self._connection.execute("SELECT rules FROM made").fetchone()
        if made != (rules,):
            self._connection.executescript(_TABLES)
            with self._connection:
                self._connection.execute("INSERT INTO made VALUES (?)", (rules,))
        self._next = 0
        for number, lang, form, crc in self._connection.execute("SELECT * FROM forms"):
            if crc != _form_crc(number, lang, form):
                raise sqlite3.DatabaseError("a word was changed")
            self._forms[lang][form] = number
            self._next = max(self._next, number + 1)

    def _packed(self, tokens: Iterable[Token], lang: Lang) -> Tokens:
        rows = [
            (self._number(token.form, lang), token.start, token.end - token.start, token.flags)
            for token in tokens
            if token.end - token.start < 256
        ]
        return np.array(rows, dtype=TOKEN)

    def _number(self, form: str, lang: Lang) -> int:
        table = self._forms[lang]
        number = table.get(form)
        if number is None:
            number = table[form] = self._next
            self._next += 1
            self._new_forms.append((number, lang, form, _form_crc(number, lang, form)))
        return number


def _crc(*parts: bytes) -> int:
    return crc32(b"\0".join(parts))


def _form_crc(number: int, lang: str, form: str) -> int:
    return _crc(str(number).encode(), lang.encode(), form.encode())


def _tokens(data: bytes) -> Tokens:
    return np.frombuffer(data, dtype=TOKEN)


def _short_forms(lines: str) -> tuple[tuple[str, str], ...]:
    return tuple(
        (full, form) for line in lines.split("\n") if line for full, form in [line.split("\t")]
    )
