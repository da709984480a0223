"""Compiling of inner loops, with numba."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from numba import njit


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """``function`` compiled at its first call, and kept on disk for the next process.

    Where neither the package's folder nor the user's cache can be written, it is compiled anew in
    each process.
    """
    return _compiled(function, error_model="numpy")


def compiled_bare(function: Callable[..., Any]) -> Callable[..., Any]:
    """As :func:`compiled`, for a function that makes no arrays and is called for every bead.

    Numba counts a reference to each array that is handed on, which costs more than such a function
    does; a function that makes no arrays can do without.
    """
    return _compiled(function, error_model="numpy", _nrt=False)


def inlined(function: Callable[..., Any]) -> Callable[..., Any]:
    """As :func:`compiled_bare`, for a function that becomes part of those that call it."""
    return _compiled(function, error_model="numpy", _nrt=False, inline="always")


def _compiled(function: Callable[..., Any], **options: Any) -> Callable[..., Any]:
    try:
        found: Callable[..., Any] = njit(cache=True, **options)(function)
    except RuntimeError:  # numba finds no place for its cache
        found = njit(**options)(function)
    return found
