"""The translation memory and what it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tm.memory import Memory
    from tm.unit import Provenance, TranslationUnit

__all__ = ["Memory", "Provenance", "TranslationUnit"]

_HOMES = {"Memory": "tm.memory", "Provenance": "tm.unit", "TranslationUnit": "tm.unit"}


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, so that ``import tm`` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
