"""Only one process at a time may change a folder of vectors; a killed one holds nothing back."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from align.errors import MemoryFileError

if sys.platform == "win32":
    import msvcrt

    def _take(file: IO[bytes]) -> None:
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
else:
    import fcntl

    def _take(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def only_writer(folder: Path) -> Iterator[None]:
    """Make the folder if need be, and keep other processes from changing it meanwhile.

    Raises
    ------
    MemoryFileError: another process is at it, or the folder cannot be made or written to.
    """
    try:
        folder.mkdir(exist_ok=True)
        file = (folder / "lock").open("ab")
    except OSError as error:
        raise MemoryFileError(
            f"vectors cannot be kept here ({error.strerror or error})",
            place=folder,
            remedy="check the permissions of the folder, or copy the memory elsewhere",
        ) from error
    with file:
        try:
            _take(file)
        except OSError as error:
            raise MemoryFileError(
                "another program is embedding this memory",
                place=folder,
                remedy="wait until it has finished; what it has done so far is found already",
            ) from error
        yield
