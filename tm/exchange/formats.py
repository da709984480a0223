"""Which reader and which writer go with which file."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from importlib import import_module
from pathlib import Path
from typing import Literal, get_args

from align.errors import InputError, OutputError
from tm.exchange.items import Reader
from tm.exchange.languages import Languages
from tm.exchange.table_writer import Written, write_csv, write_tsv, write_xlsx
from tm.exchange.tmx_writer import write_tmx
from tm.unit import TranslationUnit

Format = Literal["tmx", "csv", "tsv", "xlsx"]
Writer = Callable[[Iterable[TranslationUnit], Path, Languages], Written]

#: Ending: module of tm.exchange and its function.
READERS = {
    ".tmx": ("tmx", "read_tmx"),
    ".csv": ("table", "read_csv"),
    ".tsv": ("table", "read_tsv"),
    ".txt": ("table", "read_tsv"),
    ".xlsx": ("table", "read_xlsx"),
    ".xlf": ("xliff", "read_xliff"),
    ".xliff": ("xliff", "read_xliff"),
    ".mqxliff": ("xliff", "read_xliff"),
    ".mxliff": ("xliff", "read_xliff"),
    ".txlf": ("xliff", "read_xliff"),
    ".sdlxliff": ("xliff", "read_xliff"),
}
#: Termbases, which have a command of their own kind.
TERMBASES = (".tbx",)


def reader_for(path: Path) -> Reader:
    """The reader for a file of this name.

    Raises
    ------
    InputError: there is none.
    """
    try:
        module, name = READERS[path.suffix.lower()]
    except KeyError:
        raise InputError(
            f"no reader is known for the ending '{path.suffix}'",
            place=path,
            remedy=f"give one of {', '.join(READERS)}",
        ) from None
    reader: Reader = getattr(import_module(f"tm.exchange.{module}"), name)
    return reader


def writer_for(
    path: Path, wanted: Format | None, *, level: int = 2, kept: Iterable[tuple[str, str]] = ()
) -> Writer:
    """The writer of a format; without ``wanted``, of the one that the file's ending names.
    ``level`` and ``kept`` are for TMX: see :func:`tm.exchange.tmx_writer.write_tmx`.

    Raises
    ------
    OutputError: there is none.
    """
    name = wanted or path.suffix.lower().removeprefix(".")
    if name == "tmx":
        return lambda units, file, languages: Written(
            write_tmx(units, file, languages, level=level, kept=kept)
        )
    tables: dict[str, Writer] = {"csv": write_csv, "tsv": write_tsv, "xlsx": write_xlsx}
    if name in tables:
        return tables[name]
    raise OutputError(
        f"no format is known by the ending '{path.suffix}'",
        place=path,
        remedy=f"say which with --format {'|'.join(get_args(Format))}",
    )
