"""A unit's :class:`tm.unit.Details`, and what an article keeps of a file, as JSON text, and back.
Only what is told is written."""

from __future__ import annotations

import json
from typing import Any

from tm.unit import Code, Context, Details

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_SINGLE = ("created", "created_by", "changed", "changed_by", "used", "last_used")


def details_json(details: Details | None) -> str | None:
    """``None`` if there is nothing to tell; equal details give equal text."""
    if details is None:
        return None
    told: dict[str, Any] = {}
    context = details.context
    if context is not None:
        told["context"] = (context.previous, context.following, context.key)
    for name in ("source_codes", "target_codes"):
        codes: tuple[Code, ...] = getattr(details, name)
        if codes:
            told[name] = [(code.place, code.markup) for code in codes]
    if details.notes:
        told["notes"] = details.notes
    for name in _SINGLE:
        value = getattr(details, name)
        if value is not None:
            told[name] = value
    if details.kept:
        told["kept"] = details.kept
    return _encode(told)


def details_of(text: str | None) -> Details | None:
    """What :func:`details_json` wrote.

    Raises
    ------
    ValueError: the text is damaged.
    """
    if text is None:
        return None
    told = json.loads(text)
    try:
        context = told.pop("context", None)
        return Details(
            context=None if context is None else Context(*context),
            source_codes=tuple(Code(*code) for code in told.pop("source_codes", ())),
            target_codes=tuple(Code(*code) for code in told.pop("target_codes", ())),
            notes=tuple(told.pop("notes", ())),
            kept=tuple((name, value) for name, value in told.pop("kept", ())),
            **told,
        )
    except (TypeError, AttributeError) as error:
        raise ValueError(f"not the details of a unit: {text[:80]}") from error


def kept_json(kept: tuple[tuple[str, str], ...]) -> str | None:
    """Names and values in order; ``None`` if there are none."""
    return _encode(kept) if kept else None


def kept_of(text: str | None) -> tuple[tuple[str, str], ...]:
    """What :func:`kept_json` wrote. A text that is damaged is kept as it is: an article must be
    found whatever has become of the header of its file."""
    if text is None:
        return ()
    try:
        return tuple((str(name), str(value)) for name, value in json.loads(text))
    except (ValueError, TypeError):
        return (("damaged", text),)
