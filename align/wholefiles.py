"""Files that are there whole or not at all, whenever a process ends."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from uuid import uuid4


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to, beside ``path``; afterwards the file is on the disk, whole, as ``path``.

    What a killed process leaves there begins with the name of the file and ends in ``.new``.

    Raises
    ------
    OSError: there is no room or no permission; ``path`` is then as it was.
    """
    new = path.with_name(f"{path.name}.{uuid4().hex}.new")
    try:
        yield new
        with new.open("rb+") as file:
            os.fsync(file.fileno())
        new.replace(path)
        _sync_folder(path.parent)
    finally:
        with suppress(OSError):
            new.unlink(missing_ok=True)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # folders cannot be synced there
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
