"""Terms of files into the house's own, in a memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from tm.exchange.items import Note, Refused
from tm.exchange.terms import Located, read_terms
from tm.memory import Memory
from tm.terms.termbase.merging import Merged, Merging


@dataclass(slots=True)
class TermImport:
    """The account of a file of terms: ``read == added + already + conflicts + refused``, in
    renderings; a concept or a line that was refused counts once."""

    file: str
    merged: Merged
    refused: list[Refused] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def read(self) -> int:
        return self.merged.taken + len(self.refused)


def import_terms(
    path: Path, memory: Memory, *, replaces: bool = False, dry_run: bool = False
) -> TermImport:
    """Take the terms of a file into a memory, as one change; with ``dry_run`` only say what would
    become of them.

    Raises
    ------
    ReadError: nothing of the file can be read.
    InputError: it is no file of terms.
    """
    return take_terms(path, read_terms(path), memory, replaces=replaces, dry_run=dry_run)


def take_terms(
    path: Path,
    items: Iterable[Located | Refused | Note],
    memory: Memory,
    *,
    replaces: bool = False,
    dry_run: bool = False,
) -> TermImport:
    """As :func:`import_terms`, with what was read of the file already."""
    there = memory.concepts()
    merging = Merging((stored.concept for stored in there), path.stem, replaces=replaces)
    report = TermImport(str(path), merging.done)
    for item in items:
        if isinstance(item, Located):
            merging.take(item.concept, item.place_of)
        elif isinstance(item, Refused):
            report.refused.append(item)
        else:
            report.notes.append(item)
    if report.merged.changed and not dry_run:
        seen = {stored.concept.id: stored.version for stored in there}
        memory.put_concepts(
            list(report.merged.changed.values()),
            expected={name: seen.get(name, 0) for name in report.merged.changed},
            why=f"terms of {path.name} imported",
        )
    return report
