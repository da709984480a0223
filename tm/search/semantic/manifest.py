"""The manifest: which encoder made the vectors of a folder, which segments count, and how far.

It is the only file that is ever replaced, by a rename. A segment counts from the moment that a
manifest names it; files that none names are left-overs of a process that was stopped.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Literal

from align import wholefiles
from align.errors import MemoryFileError

#: Raised when vectors, segments or this file are made differently: others are made anew.
RULES = 1

NAME = "manifest.json"

Kind = Literal["exact", "trained"]


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file must be: its size in bytes, and its CRC-32."""

    size: int
    crc: int


@dataclass(frozen=True, slots=True)
class SegmentRecord:
    """A segment holds all units with an id above ``after`` and up to ``last`` that were live when
    it was made, ``units`` in number, the memory being at ``change``. ``files`` are known by how
    their names end, see :mod:`tm.search.semantic.segment`."""

    name: str
    kind: Kind
    units: int
    after: int
    last: int
    change: int
    files: dict[str, FileRecord]


@dataclass(frozen=True, slots=True)
class Manifest:
    """``fingerprint`` is that of :func:`tm.search.semantic.meaning.fingerprint`; ``change`` the
    memory's when the index had last caught up; segments are ordered by the ids they hold."""

    encoder: str
    dimension: int
    fingerprint: tuple[float, ...]
    change: int = 0
    segments: tuple[SegmentRecord, ...] = ()
    rules: int = RULES

    def with_segments(self, segments: tuple[SegmentRecord, ...]) -> Manifest:
        return replace(self, segments=tuple(sorted(segments, key=lambda one: one.after)))

    def gaps(self) -> Iterator[tuple[int, int | None]]:
        """Ranges of ids that no segment covers: above the first, up to the second if there is
        one. The last range has no end: units still to come."""
        covered = 0
        for segment in self.segments:
            if segment.after > covered:
                yield covered, segment.after
            covered = segment.last
        yield covered, None


class DamagedError(Exception):
    """A derived file is not what it should be; the message says which and how."""


def folder_of(memory: Path) -> Path:
    return memory.with_name(f"{memory.name}.vectors")


def load(folder: Path) -> Manifest | None:
    """The manifest in a folder, ``None`` if there is none.

    Raises
    ------
    DamagedError: it cannot be read, is incomplete, or was changed.
    """
    try:
        written = json.loads((folder / NAME).read_text(encoding="utf-8"))
        if written["check"] != _check(written["manifest"]):
            raise ValueError("its checksum differs")
        return _manifest(written["manifest"])
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedError(f"{folder / NAME} cannot be used ({error})") from error


def save(folder: Path, manifest: Manifest) -> None:
    """Let ``manifest`` count from now on; remove what it does not name."""
    content = asdict(manifest)
    with written_whole(folder / NAME) as path:
        text = json.dumps({"check": _check(content), "manifest": content}, indent=1)
        path.write_text(text, encoding="utf-8")
    remove_unnamed(folder, manifest)


def remove_unnamed(folder: Path, manifest: Manifest) -> None:
    """Remove segments that no longer count, and what a stopped process left."""
    named = {segment.name for segment in manifest.segments}
    for path in folder.iterdir():
        if path.suffix == ".new" or (path.suffix in _SUFFIXES and path.stem not in named):
            with suppress(OSError):  # still open in another process, on Windows: next time
                path.unlink()


_SUFFIXES = (".codes", ".units", ".lists")


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A path to write to; afterwards the file is on the disk, whole, as ``path``.

    Raises
    ------
    MemoryFileError: there is no room or no permission; ``path`` is then as it was.
    """
    try:
        with wholefiles.written_whole(path) as new:
            yield new
    except (OSError, RuntimeError) as error:  # the latter from FAISS
        raise MemoryFileError(
            "the vectors cannot be written",
            place=path.parent,
            remedy="check free space and permissions and try again; nothing stored is lost",
        ) from error


def record_of(path: Path) -> FileRecord:
    """What a file is now."""
    return FileRecord(path.stat().st_size, _checksum(path))


def check_file(path: Path, expected: FileRecord, *, thoroughly: bool) -> None:
    """Compare a file with what it should be.

    Of one above 128 MiB only the size is looked at unless ``thoroughly``, so that a large memory
    opens at once: only codes are that long, and each of them is checked when it is used.

    Raises
    ------
    DamagedError: the file is missing or another.
    """
    try:
        size = path.stat().st_size
        if size != expected.size:
            raise DamagedError(f"{path} has {size} bytes, not {expected.size}")
        if (thoroughly or size <= _READ_WHOLE) and _checksum(path) != expected.crc:
            raise DamagedError(f"{path} was changed: its checksum differs")
    except OSError as error:
        raise DamagedError(f"{path} cannot be read ({error.strerror or error})") from error


_READ_WHOLE = 128 << 20


def _checksum(path: Path) -> int:
    total = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            total = zlib.crc32(piece, total)
    return total


def _check(content: Any) -> int:
    return zlib.crc32(json.dumps(content, sort_keys=True).encode())


def _manifest(content: dict[str, Any]) -> Manifest:
    segments = tuple(_segment(segment) for segment in content["segments"])
    fingerprint = tuple(content["fingerprint"])
    return Manifest(**{**content, "fingerprint": fingerprint, "segments": segments})


def _segment(content: dict[str, Any]) -> SegmentRecord:
    files = {end: FileRecord(**file) for end, file in content["files"].items()}
    return SegmentRecord(**{**content, "files": files})
