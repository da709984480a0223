"""The user's cache folder: what takes a while to make, and can be made again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from align.wholefiles import written_whole


def cache_folder() -> Path:
    """Where this user's programs keep what can be made again: ``$DONJU_CACHE``, if it is set."""
    named = os.environ.get("DONJU_CACHE")
    if named:
        return Path(named)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", str(Path.home()))) / "donju"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "donju"
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "donju"


def keep(name: str, parts: Iterable[bytes], *, instead_of: str = "") -> None:
    """Write a file to the cache, whole or not at all; if that cannot be done, nothing happens.

    ``instead_of``: a pattern of older files, which go.
    """
    with suppress(OSError, RuntimeError):  # RuntimeError: this user has no home
        folder = cache_folder()
        folder.mkdir(parents=True, exist_ok=True)
        with written_whole(folder / name) as new, new.open("wb") as file:
            file.writelines(parts)
        for path in folder.glob(instead_of) if instead_of else ():
            if path.name != name:
                path.unlink(missing_ok=True)
