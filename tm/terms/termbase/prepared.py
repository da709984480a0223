"""A termbase in tables, made ready for questions once and then read from the user's cache.

To read a table of thousands of terms and to make the keys that they are looked up by takes longer
than all else that a single question needs. So the concepts are kept one a line, to be read when
they are asked for, and before them the keys. The name of the file tells what it was made from, the
tables and the program; when either changes, another is made.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple, overload

from align.caching import cache_folder, keep
from tm.terms import english, lexicon, spelling
from tm.terms.termbase import conceptjson, concepts, tables
from tm.terms.termbase.conceptjson import concept_json, concept_of
from tm.terms.termbase.concepts import Concept
from tm.terms.termbase.tables import tables_in

#: What a file depends on besides the tables.
_PROGRAM = (concepts, conceptjson, english, lexicon, spelling, tables)

#: Numbers of concepts by a key of their terms.
Numbers = dict[str, list[int]]


class Keys(NamedTuple):
    """The concepts of a termbase by the keys of their Korean and of their English terms."""

    korean: Numbers
    english: Numbers


class Lines(Sequence[Concept]):
    """Concepts as lines of text, each read when it is asked for."""

    def __init__(self, lines: Sequence[str]):
        self._lines = lines

    def __len__(self) -> int:
        return len(self._lines)

    @overload
    def __getitem__(self, at: int) -> Concept: ...
    @overload
    def __getitem__(self, at: slice) -> Lines: ...
    def __getitem__(self, at: int | slice) -> Concept | Lines:
        return Lines(self._lines[at]) if isinstance(at, slice) else concept_of(self._lines[at])

    def __iter__(self) -> Iterator[Concept]:
        return map(concept_of, self._lines)


def prepared(place: Path) -> tuple[Lines, Keys] | None:
    """What :func:`prepare` has kept of these tables; ``None`` if that is nothing, or damaged."""
    with suppress(OSError, RuntimeError, ValueError, TypeError):
        text = (cache_folder() / _name(place)).read_text("utf-8")
        mark, keys, *lines = text.split("\n")
        if mark == _mark(text[len(mark) + 1 :]):
            return Lines(lines), Keys(*json.loads(keys))
    return None


def prepare(place: Path, found: Sequence[Concept], keys: Keys) -> None:
    """Keep the concepts of these tables and their keys for the next time."""
    with suppress(OSError):
        lines = [json.dumps(keys, ensure_ascii=False), *map(concept_json, found)]
        text = "\n".join(lines)
        kept = f"{_mark(text)}\n{text}".encode()
        keep(_name(place), [kept], instead_of=f"{_names(place)}*")


def _names(place: Path) -> str:
    """How the names of the files begin that were ever made from these tables."""
    return f"termbase-{hashlib.blake2b(str(place.absolute()).encode(), digest_size=6).hexdigest()}-"


def _name(place: Path) -> str:
    made_from = hashlib.blake2b(digest_size=12)
    programs = (Path(str(module.__file__)) for module in _PROGRAM)
    for file in (*tables_in(place), *programs):
        made_from.update(hashlib.blake2b(file.read_bytes()).digest())
    return _names(place) + made_from.hexdigest()


def _mark(text: str) -> str:
    """By which a damaged file is known."""
    return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()
