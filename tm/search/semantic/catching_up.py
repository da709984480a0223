"""From where the index is to where the memory is.

Units are embedded in steps, each of which becomes a segment and counts as soon as the manifest
names it, so whoever stops the process loses seconds of work, and other processes find the units of
finished steps. Small segments are merged when they have become many, in a new file; a unit that
has left the memory is left out of answers at once, and of the files when they are merged or when
one in ten is of that kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import groupby, islice, takewhile
from pathlib import Path
from time import monotonic

import numpy as np

from align.encoder import Encoder, Floats
from align.reference import Usual
from tm.search.semantic import manifest as manifests
from tm.search.semantic.building import (
    EXACT_MOST,
    TRAINED_MOST,
    dead_share,
    merge,
    write_segment,
)
from tm.search.semantic.manifest import DamagedError, Manifest
from tm.search.semantic.meaning import fingerprint, unit_vectors
from tm.search.semantic.opening import encoder_problem, records_of, sound_segments
from tm.search.semantic.segment import Segment
from tm.search.semantic.source import UnitSource
from tm.unit import TranslationUnit

#: Told how many units are done, and of how many.
Progress = Callable[[int, int], None]

# Units embedded at a time; a step ends after so many seconds, or units.
_PAGE = 256
_STEP_SECONDS = 10.0
_STEP_UNITS = 8192
# Exact segments, before they are merged: in number, and in units while there are more to come.
_MOST_FILES = 16
_MOST_WAITING = 262_144
_DEAD_SHARE = 0.1


class CatchingUp:
    """One run, by the only process that may change the folder (:mod:`tm.search.semantic.lock`).

    ``problems`` says what was found unusable and is made anew.
    """

    def __init__(self, folder: Path, source: UnitSource, encoder: Encoder, usual: Usual):
        self._folder = folder
        self._source = source
        self._encoder = encoder
        self._usual = usual
        self._change = source.change()
        self._segments: dict[str, Segment] = {}
        self.problems: list[str] = []
        self._manifest = self._start()

    def run(self, progress: Progress | None = None) -> int:
        """Embed what is missing, merge, compact; how many units were embedded.

        Raises
        ------
        InputError: the encoder gives no vectors that can be used.
        MemoryFileError: the folder or the memory cannot be read or written.
        """
        total = behind(self._manifest, self._source)
        done = 0
        for after, until in list(self._manifest.gaps()):
            for units, vectors in self._steps(after, until):
                self._add(units, vectors, after)
                after = units[-1].id or 0
                done += len(units)
                if progress:
                    progress(done, max(total, done))
                self._merge_where_due(_MOST_WAITING)
        self._merge_where_due(EXACT_MOST)
        self._compact()
        self._save(self._manifest.segments, self._change)
        return done

    def _start(self) -> Manifest:
        fresh = Manifest(self._encoder.name, self._encoder.dim, fingerprint(self._usual))
        try:
            found = manifests.load(self._folder)
        except DamagedError as error:
            self.problems.append(str(error))
            return fresh
        if found is None:
            return fresh
        if problem := encoder_problem(found, self._encoder, self._usual):
            self.problems.append(problem)
            return fresh
        self._segments, self.problems = sound_segments(
            self._folder, found, self._source, thoroughly=True
        )
        return fresh.with_segments(records_of(self._segments.values()))

    def _steps(
        self, after: int, until: int | None
    ) -> Iterator[tuple[list[TranslationUnit], Floats]]:
        """The live units in a range of ids with their vectors, so many as make a segment."""
        units = self._source.units(after=after)
        if until is not None:
            units = takewhile(lambda one: (one.id or 0) <= until, units)
        step: list[TranslationUnit] = []
        vectors: list[Floats] = []
        started = monotonic()
        while page := list(islice(units, _PAGE)):
            step += page
            vectors.append(unit_vectors(self._encoder, page, self._usual))
            if len(step) >= _STEP_UNITS or monotonic() - started >= _STEP_SECONDS:
                yield step, np.concatenate(vectors)
                step, vectors, started = [], [], monotonic()
        if step:
            yield step, np.concatenate(vectors)

    def _add(self, units: list[TranslationUnit], vectors: Floats, after: int) -> None:
        record = write_segment(self._folder, units, vectors, after=after, change=self._change)
        self._segments[record.name] = Segment(self._folder, record, self._encoder.dim)
        self._save((*self._manifest.segments, record), self._manifest.change)

    def _merge_where_due(self, most: int) -> None:
        while names := next_merge(self._manifest, most):
            self._replace(names)

    def _compact(self) -> None:
        held = sum(record.units for record in self._manifest.segments)
        if held - self._source.unit_count() <= _DEAD_SHARE * held:
            return
        for record in self._manifest.segments:
            if dead_share(self._segments[record.name], self._source) > _DEAD_SHARE:
                self._replace([record.name])

    def _replace(self, names: list[str]) -> None:
        """Let one segment stand for those of these names, which are neighbours."""
        old = [self._segments[name] for name in names]
        new = merge(self._folder, old, self._source, change=self._change)
        kept = tuple(one for one in self._manifest.segments if one.name not in names)
        if new:
            self._segments[new.name] = Segment(self._folder, new, self._encoder.dim)
            kept = (*kept, new)
        self._save(kept, self._manifest.change)
        for name in names:
            del self._segments[name]

    def _save(self, records: tuple[manifests.SegmentRecord, ...], change: int) -> None:
        self._manifest = replace(self._manifest.with_segments(records), change=change)
        manifests.save(self._folder, self._manifest)


def behind(manifest: Manifest, source: UnitSource) -> int:
    """How many live units have no vector yet."""
    return sum(
        source.unit_count(after=after) - (0 if until is None else source.unit_count(after=until))
        for after, until in manifest.gaps()
    )


def next_merge(manifest: Manifest, most: int) -> list[str]:
    """Names of neighbouring segments to make one of; none if all is well.

    Exact ones are merged when together they have more than ``most`` units, at least EXACT_MOST.
    Trained ones before them join in if they are less than twice as large, so that sizes at least
    double from segment to segment: there are few, and a unit is moved only a few times. Many small
    exact ones become a larger one.
    """
    segments = manifest.segments
    start = 0
    for kind, members in groupby(segments, key=lambda one: one.kind):
        run = list(members)
        first, start = start, start + len(run)
        units = sum(one.units for one in run)
        if kind == "exact" and units > most:
            while first and segments[first - 1].units < min(2 * units, TRAINED_MOST - units):
                first -= 1
                units += segments[first].units
            return [one.name for one in segments[first:start]]
        if kind == "exact" and len(run) > _MOST_FILES and units <= EXACT_MOST:
            return [one.name for one in run]
    return []
