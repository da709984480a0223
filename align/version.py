"""Which version of Donju this is."""

from __future__ import annotations

from functools import cache


@cache
def donju_version() -> str:
    """The installed version, or ``source`` in a source tree that is not installed."""
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("donju")
    except PackageNotFoundError:
        return "source"
