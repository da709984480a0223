"""Are the texts in a memory what they were when they were stored? And mending those that are not.

The keys of a unit's texts are their checksums. Where a text and its key disagree, something other
than this program has changed one of them. If they agree with one byte of the text changed, that is
what it was; if the key of the text is that which is kept but for one byte, the key was wrong. If
neither is so, nobody can tell what the text was: mended, the unit is rejected and carries a note of
it, so that it is not offered until somebody has looked at it. A concept of the house's termbase has
a checksum in the same way; of one that nobody can tell, the note says so.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Literal

from tm.search.fold import key
from tm.store.details import details_json, details_of
from tm.store.records import Problem
from tm.terms.termbase.conceptjson import concept_json, concept_of
from tm.terms.termbase.concepts import Concept
from tm.unit import Details

# Texts of up to so many bytes are tried with each bit, and with each byte, changed.
_BITS, _BYTES = 4000, 1000

# So many units are tried; where more are damaged, it was no accident of a few bytes.
_TRIED = 50

#: Tables with their keys and texts, besides the texts of units and their details.
_COLUMNS = (
    ("changes", ("number",), ("at", "who", "why", "kind", "article")),
    (
        "articles",
        ("number",),
        ("id", "title_ko", "title_en", "date", "translator", "place"),
    ),
    (
        "articles",
        ("number",),
        ("file_ko", "file_en", "origin", "kept"),
    ),
    ("units", ("id",), ("translator", "date", "origin")),
    ("unaligned", ("article", "number"), ("side", "text")),
    ("status_changes", ("unit", "change"), ("before", "after")),
    ("decisions", ("number",), ("kind", "about", "verdict", "reason")),
)

_ONE = {"changes": "change", "articles": "article", "units": "unit", "decisions": "decision"}

#: What stands first in the note of a concept that is not surely what it was.
DAMAGED_CONCEPT = "Damaged in the file: look at it."

_Verdict = Literal["sound", "text", "key", "unknown"]


@dataclass(frozen=True, slots=True)
class Damage:
    """A row with texts that are not what they were, and the ``values`` that mend it. ``rejected``
    is the number of a unit of which nobody can tell what it said."""

    problem: Problem
    table: str
    row: dict[str, int]
    values: dict[str, object]
    rejected: int | None = None


def damages(connection: sqlite3.Connection) -> Iterator[Damage]:
    """All that is wrong with texts."""
    with _any_text(connection):
        yield from _damaged_units(connection)
        yield from _damaged_concepts(connection)
        for table, keys, columns in _COLUMNS:
            yield from _unreadable(connection, table, keys, columns)


def mended(value: object) -> object:
    """A value of a column of texts as a text, with a mark for each character that is lost."""
    if isinstance(value, bytes):
        return value.decode(errors="replace")
    return value if value is None else str(value)


@contextmanager
def _any_text(connection: sqlite3.Connection) -> Iterator[None]:
    """Read texts that are not in UTF-8 as bytes."""
    connection.text_factory = _text
    try:
        yield
    finally:
        connection.text_factory = str


def _text(raw: bytes) -> str | bytes:
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw


def _unreadable(
    connection: sqlite3.Connection, table: str, keys: tuple[str, ...], columns: tuple[str, ...]
) -> Iterator[Damage]:
    for row in connection.execute(f"SELECT {', '.join(keys + columns)} FROM {table}"):
        told = dict(zip(columns, row[len(keys) :], strict=True))
        wrong = {name: v for name, v in told.items() if not isinstance(v, str | None)}
        if wrong:
            number = " ".join(map(str, row[: len(keys)]))
            what = " and ".join(wrong).replace("_", " ")
            yield Damage(
                Problem(f"{_ONE.get(table, table)} {number}", f"its {what} cannot be read", True),
                table,
                dict(zip(keys, row, strict=False)),
                {name: mended(value) for name, value in wrong.items()},
            )


def _damaged_units(connection: sqlite3.Connection) -> Iterator[Damage]:
    tried = 0
    for unit, source, target, source_key, target_key, details in connection.execute(
        "SELECT id, source, target, source_key, target_key, details FROM units"
    ):
        is_found = _has_key(source, source_key) and _has_key(target, target_key)
        if is_found and _are_details(details):
            continue
        tried += not is_found
        sides = {
            name: _side(text, kept, is_tried=tried <= _TRIED)
            for name, text, kept in (
                ("source", source, source_key),
                ("target", target, target_key),
            )
        }
        yield _damage(unit, sides, details)


def _damaged_concepts(connection: sqlite3.Connection) -> Iterator[Damage]:
    tried = 0
    for number, name, kept, content in connection.execute(
        "SELECT number, id, key, content FROM concepts"
    ):
        if _has_key(content, kept) and concept_of(content).id == name:
            continue
        tried += 1
        text, text_key, verdict = _side(content, kept, is_tried=tried <= _TRIED)
        if verdict == "unknown":
            text = _in_doubt(text, str(mended(name)))
            text_key = key(text)
        told = {
            "sound": "its id is not the one that it has",
            "text": "one byte of it is wrong",
            "key": "its key is wrong",
            "unknown": f"nobody can tell what it was: repair begins its note with "
            f"“{DAMAGED_CONCEPT}”",
        }
        yield Damage(
            Problem(f"form {number} of the house's concepts", told[verdict], True),
            "concepts",
            {"number": number},
            {"id": concept_of(text).id, "key": text_key, "content": text},
        )


def _in_doubt(content: str, name: str) -> str:
    """A concept as far as it can be read, with a note that says so."""
    try:
        concept = concept_of(content)
    except ValueError:
        concept = Concept(name, note=content)
    return concept_json(replace(concept, note=f"{DAMAGED_CONCEPT} {concept.note}".strip()))


def _damage(unit: int, sides: dict[str, tuple[str, int, _Verdict]], details: object) -> Damage:
    values: dict[str, object] = {"details": _readable(details)}
    for name, (text, text_key, _) in sides.items():
        values |= {name: text, f"{name}_key": text_key}
    lost = [name for name, (*_, verdict) in sides.items() if verdict == "unknown"]
    for name in lost:
        values["details"] = _noted(values["details"], name)
    told = [_told(name, verdict) for name, (*_, verdict) in sides.items() if verdict != "sound"]
    what = (
        f"cannot be found by its texts: {'; '.join(told)}" if told else "its details cannot be read"
    )
    problem = Problem(f"unit {unit}", what, True)
    return Damage(problem, "units", {"id": unit}, values, unit if lost else None)


def _told(side: str, verdict: _Verdict) -> str:
    language = {"source": "Korean", "target": "English"}[side]
    if verdict == "key":
        return f"the key of the {language} one is wrong"
    if verdict == "text":
        return f"one byte of the {language} one is wrong"
    return f"nobody can tell what the {language} one was, so that repair rejects the unit"


def _has_key(text: object, kept: object) -> bool:
    return isinstance(text, str) and key(text) == kept


def _side(text: object, kept: object, *, is_tried: bool) -> tuple[str, int, _Verdict]:
    """What a text and its key should be, and which of them is wrong."""
    readable = str(mended(text))
    if not isinstance(kept, int):
        return readable, key(readable), "unknown"
    if isinstance(text, str):
        if key(text) == kept:
            return text, kept, "sound"
        if _differ_in_one_byte(key(text), kept):
            return text, key(text), "key"
    raw = text if isinstance(text, bytes) else readable.encode()
    restored = _restored(raw, kept) if is_tried else None
    if restored is not None:
        return restored, kept, "text"
    return readable, key(readable), "unknown"


def _differ_in_one_byte(one: int, other: int) -> bool:
    different = (one ^ other).to_bytes(8, "big", signed=True)
    return sum(byte != 0 for byte in different) == 1


def _restored(raw: bytes, kept: int) -> str | None:
    """The text of this key that has one byte other than ``raw``, bits that flipped first."""
    candidate = bytearray(raw)
    for place, change in _changes(len(raw)):
        candidate[place] ^= change
        if _holds(candidate, kept):
            if chr(candidate[place]).isspace():  # all white space has the same key: a blank, then
                candidate[place] = ord(" ")
            return candidate.decode()
        candidate[place] ^= change
    return None


def _holds(text: bytearray, kept: int) -> bool:
    try:
        return key(text.decode()) == kept
    except UnicodeDecodeError:
        return False


def _changes(length: int) -> Iterator[tuple[int, int]]:
    """Places in a text of so many bytes, with bits to change there."""
    if length > _BITS:
        return
    bits = [1 << bit for bit in range(8)]
    others = [change for change in range(1, 256) if change not in bits]
    for change in [*bits, *(others if length <= _BYTES else [])]:
        for place in range(length):
            yield place, change


def _are_details(details: object) -> bool:
    if not isinstance(details, str | None):
        return False
    try:
        details_of(details)
    except ValueError:
        return False
    return True


def _readable(details: object) -> object:
    """Details that can be read, which hold those that cannot as they stand."""
    if _are_details(details):
        return details
    return details_json(Details(kept=(("damaged", str(mended(details))),)))


def _noted(details: object, side: str) -> str | None:
    told = details_of(str(details)) if details is not None else None
    told = told or Details()
    return details_json(replace(told, kept=(*told.kept, ("damaged", side))))
