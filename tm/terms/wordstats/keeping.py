"""The word statistics of a memory in the folder ``news.tm.terms/`` beside it.

Units only ever come and go: one that is edited, or brought back, is a new unit with a higher
number. So a segment never changes. When units have come, those above the last number of the last
segment are read and become a segment of their own, in memory while they are few, in a file once
they are many; small segments are merged. Units that have gone, and rejected ones, are looked up
whenever the memory has changed.

Files are derived data: named by a manifest that is replaced by a rename, made anew where they are
damaged, and done without where the folder cannot be written.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from align.wholefiles import written_whole
from tm.store import Change
from tm.terms.wordstats.building import mark_of, segment_of
from tm.terms.wordstats.segment import RULES, DamagedError, Segment
from tm.unit import TranslationUnit

#: Told how many units are done, and of how many.
Progress = Callable[[int, int], None]

_MANIFEST = "words.json"
# Units that are worth a file; below, reading them takes no time.
_WORTH_A_FILE = 500
# A segment is made anew together with those after it when they hold so large a part of its units.
_GOOD_PART = 0.25
# … and all are, when so many of their units have gone.
_GONE = 0.2


class Source(Protocol):
    """What is needed of a store."""

    def units(self, *, after: int = 0) -> Iterator[TranslationUnit]: ...

    def unit_count(self, *, after: int = 0) -> int: ...

    def unit(self, unit_id: int) -> TranslationUnit | None: ...

    def change(self) -> int: ...

    def changes(self, *, last: int | None = None) -> list[Change]: ...

    def hidden(self) -> list[int]: ...


def folder_of(memory: Path) -> Path:
    """Where derived data about the terms of a memory are kept."""
    return memory.with_name(f"{memory.name}.terms")


class Kept:
    """Segments that are up to date with a store, and which of their units are hidden."""

    def __init__(self, segments: list[Segment], hidden: NDArray[np.int64]):
        self._segments = segments
        self._hidden = hidden

    @classmethod
    def of(cls, store: Any, progress: Progress | None = None) -> Kept:
        """Those of a store; from its folder as far as they are there, and written there."""
        path = getattr(store, "path", None)
        folder = None if path is None else folder_of(Path(path))
        stored = _stored(folder)
        state = _state(store)
        # Another memory may have taken the name.
        is_own = all(_is_of(segment, store) for segment in stored.segments)
        if stored.state == state and stored.segments and is_own:
            return cls(stored.segments, stored.hidden)
        hidden = np.array(store.hidden(), dtype=np.int64)
        sound = stored.segments if is_own else []
        segments = _caught_up(store, sound, hidden, progress)
        if folder is not None:
            _store(folder, _Stored(segments, hidden, state))
        return cls(segments, hidden)

    def segments(self) -> Iterator[tuple[Segment, NDArray[np.bool_] | None]]:
        """Each segment with a mask of its hidden units, None if there is none."""
        for segment in self._segments:
            places = segment.units_with_ids(self._hidden)
            if not len(places):
                yield segment, None
                continue
            mask = np.zeros(len(segment), dtype=bool)
            mask[places] = True
            yield segment, mask


def _state(store: Source) -> str:
    """What no two states of memories share: the number and the time of the last change."""
    last = store.changes(last=1)
    return f"{store.change()} {last[0].at if last else ''}"


def _is_of(segment: Segment, store: Source) -> bool:
    """Whether the first and the last unit of a segment are as they are in the store."""
    ends = {0, len(segment) - 1} if len(segment) else set()
    for place in ends:
        unit = store.unit(int(segment.ids[place]))
        if unit is None or mark_of(unit) != int(segment.marks[place]):
            return False
    return True


def _caught_up(
    store: Source,
    segments: list[Segment],
    hidden: NDArray[np.int64],
    progress: Progress | None,
) -> list[Segment]:
    """The segments that hold all units of the store."""
    kept = list(segments)
    gone = sum(len(segment.units_with_ids(hidden)) for segment in kept)
    if gone > _GONE * sum(map(len, kept)):
        kept = []
    after = kept[-1].last if kept else 0
    waiting = store.unit_count(after=after)
    while kept and waiting > _GOOD_PART * len(kept[-1]):
        waiting += len(kept.pop())
        after = kept[-1].last if kept else 0
    if waiting:
        told = None if progress is None else lambda done: progress(done, waiting)
        kept.append(segment_of(store.units(after=after), progress=told))
    return kept


@dataclass(frozen=True)
class _Stored:
    """The segments of a folder that can be used, the first ones; the units that are hidden, and the
    state of the memory that both are of, empty if anything is missing."""

    segments: list[Segment]
    hidden: NDArray[np.int64]
    state: str


def _stored(folder: Path | None) -> _Stored:
    none = np.zeros(0, dtype=np.int64)
    if folder is None:
        return _Stored([], none, "")
    try:
        written = json.loads((folder / _MANIFEST).read_text(encoding="utf-8"))
        told = written["manifest"]
        if written["check"] != _check(told) or told["rules"] != RULES:
            return _Stored([], none, "")
        names, state = [str(name) for name in told["segments"]], str(told["state"])
        hidden = np.array(told["hidden"], dtype=np.int64)
    except (OSError, ValueError, KeyError, TypeError):
        return _Stored([], none, "")
    segments: list[Segment] = []
    for name in names:
        try:
            segments.append(Segment.open(folder / name))
        except DamagedError:
            with suppress(OSError):
                (folder / name).unlink(missing_ok=True)
            return _Stored(segments, none, "")
    return _Stored(segments, hidden, state)


def _store(folder: Path, held: _Stored) -> None:
    """Write what is worth it. Where that cannot be done, all goes on from memory."""
    with suppress(OSError):
        if sum(map(len, held.segments)) < _WORTH_A_FILE:
            return  # read anew in no time
        folder.mkdir(exist_ok=True)
        names = []
        for segment in held.segments:
            name = f"words.{segment.fingerprint:016x}"
            if not (folder / name).exists():
                with written_whole(folder / name) as new:
                    segment.save(new)
            names.append(name)
        manifest = {
            "rules": RULES,
            "state": held.state,
            "segments": names,
            "hidden": held.hidden.tolist(),
        }
        with written_whole(folder / _MANIFEST) as new:
            text = json.dumps({"check": _check(manifest), "manifest": manifest})
            new.write_text(text, encoding="utf-8")
        for path in folder.glob("words.*"):
            if path.name not in (*names, _MANIFEST):
                with suppress(OSError):  # still open in another process, on Windows: next time
                    path.unlink()


def _check(manifest: Any) -> int:
    return zlib.crc32(json.dumps(manifest, sort_keys=True).encode())
