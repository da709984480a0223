"""What a file format cannot say of a unit, as JSON beside what it says.

A writer compares the unit with what a reader will make of its file; the fields that differ (control
characters, markup of another format, an empty name) go into one extra property or column.
"""

from __future__ import annotations

import json
import re
from dataclasses import fields, replace
from typing import Any, get_args

from tm.store.details import details_json, details_of
from tm.unit import Context, Details, Provenance, Status, TranslationUnit

#: The property that holds the JSON.
OWN = "x-donju"

#: Characters that a format may not be able to hold.
_DELICATE = re.compile("[\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")

#: Numbers beyond it are no counts, and no database holds them.
_LARGEST = 2**53

_WHERE = tuple(field.name for field in fields(Provenance))
_WHAT = ("source", "target", "confidence", "status")


def differing(unit: TranslationUnit, read: TranslationUnit) -> str | None:
    """JSON of the fields of ``unit`` that ``read`` has not; ``None`` if they are equal."""
    if unit == read:
        return None
    told: dict[str, Any] = {}
    for name in _WHAT:
        if getattr(unit, name) != getattr(read, name):
            told[name] = getattr(unit, name)
    for name in _WHERE:
        if getattr(unit.provenance, name) != getattr(read.provenance, name):
            told[name] = getattr(unit.provenance, name)
    if unit.details != read.details:
        written = details_json(unit.details)
        told["details"] = None if written is None else json.loads(written)
    if "source" in told or "target" in told:
        told["read"] = [read.source, read.target]
    return _DELICATE.sub(_escape, json.dumps(told, ensure_ascii=False))


def _escape(found: re.Match[str]) -> str:
    return f"\\u{ord(found.group()):04x}"


def restored(unit: TranslationUnit, told: str) -> TranslationUnit:
    """``unit`` with the fields in the JSON ``told``; as it is if another program has changed its
    texts since, or damaged the JSON."""
    try:
        values = json.loads(told)
        json.dumps(values, ensure_ascii=False).encode()  # no half surrogate pairs
        if values.pop("read", [unit.source, unit.target]) != [unit.source, unit.target]:
            return unit
        where = {name: values.pop(name) for name in _WHERE if name in values}
        if "details" in values:
            written = values["details"]
            values["details"] = None if written is None else details_of(json.dumps(written))
        found = replace(unit, provenance=replace(unit.provenance, **where), **values)
    except (ValueError, TypeError, AttributeError, RecursionError):
        return unit
    return found if _is_sound(found) else unit


def _is_sound(unit: TranslationUnit) -> bool:
    """Whether the fields that JSON may have set are of their types, and numbers within reason."""
    where = unit.provenance
    return (
        _are_texts(unit.source, unit.target, where.article)
        and _are_texts(*(x for x in (where.translator, where.date, where.origin) if x is not None))
        and isinstance(unit.confidence, float | int)
        and 0 <= unit.confidence <= 1
        and unit.status in get_args(Status)
        and _is_count(where.position)
        and (unit.details is None or _is_sound_detail(unit.details))
    )


def _is_sound_detail(details: Details) -> bool:
    context = details.context or Context()
    codes = (*details.source_codes, *details.target_codes)
    told = (
        *(context.previous, context.following, context.key),
        *(details.created, details.created_by, details.changed, details.changed_by),
        details.last_used,
    )
    return (
        _are_texts(*(x for x in told if x is not None))
        and _are_texts(*details.notes, *(x for pair in details.kept for x in pair))
        and _are_texts(*(code.markup for code in codes))
        and all(_is_count(code.place) for code in codes)
        and (details.used is None or _is_count(details.used))
    )


def _are_texts(*values: object) -> bool:
    return all(isinstance(value, str) for value in values)


def _is_count(value: object) -> bool:
    return isinstance(value, int) and abs(value) < _LARGEST
