"""Files into a memory, each with its report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Protocol

from tm.exchange.formats import reader_for
from tm.exchange.items import About, Item, Note, Progress, Report, unwatched
from tm.exchange.languages import KO_EN, Languages
from tm.store import ArticleRecord, Imported
from tm.unit import Status, TranslationUnit

_NOTHING = "nothing of it was taken; --source-lang and --target-lang ask for other languages"
_EMPTY = "there is no unit in it"
_HEADER = "the notes and properties of its header are not kept: article {!r} was there before"


class Receiver(Protocol):
    """What takes the units; :class:`tm.memory.Memory` does."""

    def import_units(
        self, units: Iterable[TranslationUnit], record: ArticleRecord, *, why: str
    ) -> Imported: ...

    def article(self, article: str) -> ArticleRecord | None: ...


class FileImport:
    """A file that is about to be imported: opened, its first item read, nothing stored yet.

    Parameters
    ----------
    path: the file; its ending says what it is.
    languages: which two to take.
    article: the article of units that name none. Default: the file's name without its ending.
    status: of units about which the file says nothing.
    progress: told how many bytes have been read.

    Raises
    ------
    InputError: no reader is known for it.
    ReadError: nothing of it can be read.
    """

    def __init__(
        self,
        path: Path,
        languages: Languages = KO_EN,
        *,
        article: str | None = None,
        status: Status = "draft",
        progress: Progress = unwatched,
    ):
        self.path = path
        self._article = article or path.stem
        self._status = status
        items = iter(reader_for(path)(path, languages, progress))
        start = list(_up_to_first_unit(items))
        self._about = next((item for item in start if isinstance(item, About)), About())
        self._items: Iterator[Item] = chain(start, items)

    def into(self, memory: Receiver) -> Report:
        """Store the units, all or (if the memory fails) none, and say what became of them."""
        report = Report(str(self.path))
        units: Iterator[TranslationUnit] = report.units(self._items)
        if self._status != "draft":
            units = (_with_status(unit, self._status) for unit in units)
        record = ArticleRecord(
            self._article,
            file_ko=self.path.name,
            origin=self._about.origin,
            kept=tuple(pair for pair in self._about.kept if pair[0].startswith("header/")),
        )
        imported = memory.import_units(units, record, why=f"imported {self.path.name}")
        report.stored, report.already = imported.stored, imported.already
        report.replaced = imported.replaced
        known = memory.article(record.id)
        if known is not None and not set(record.kept) <= set(known.kept):
            report.note(Note(str(self.path), _HEADER.format(record.id)))
        if not report.taken:
            report.note(Note(str(self.path), _NOTHING if report.refused else _EMPTY))
        return report


def _up_to_first_unit(items: Iterator[Item]) -> Iterator[Item]:
    for item in items:
        yield item
        if isinstance(item, TranslationUnit):
            return


def _with_status(unit: TranslationUnit, status: Status) -> TranslationUnit:
    return unit if unit.status != "draft" else replace(unit, status=status)
