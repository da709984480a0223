"""Which version of Donju this is."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version


@cache
def donju_version() -> str:
    """The installed version, or ``source`` in a source tree that is not installed."""
    try:
        return version("donju")
    except PackageNotFoundError:
        return "source"
