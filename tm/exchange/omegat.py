"""A project folder of OmegaT, with a memory and a termbase in the places where OmegaT looks.

    omegat.project          made if it is not there, never changed
    tm/auto/donju-news.tmx  approved units: OmegaT puts exact matches into empty segments by itself
    tm/donju-news.tmx       drafts, such as aligned sentences nobody has checked: shown as matches
    tm/penalty-10/…         memories asked with a penalty of 10, approved and draft
    glossary/donju.txt      preferred and admitted renderings, one a line; what to avoid is said in
                            the comment

Rejected units are left out. A second export brings the files in step with the memory. Which files
are Donju's stands in ``omegat/donju.json`` with their digests: a file that is not among them, or
that somebody has changed since, is left as it is and reported.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from align.errors import OutputError
from align.output import replacing
from tm.exchange.languages import KO_EN, Languages
from tm.exchange.tmx_writer import write_tmx
from tm.terms.termbase.concepts import RANK, UNWANTED, TermStatus
from tm.terms.termbase.entries import Entry
from tm.unit import Status, TranslationUnit

#: Folders that OmegaT wants to find, and what of Donju's goes where.
_FOLDERS = ("source", "target", "tm", "glossary", "dictionary", "omegat")
_MANIFEST = "omegat/donju.json"
_PROJECT = "omegat.project"
_GLOSSARY = "glossary/donju.txt"

_SETTINGS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<omegat>
    <project version="1.0">
        <source_dir>__DEFAULT__</source_dir>
        <source_dir_excludes>
            <mask>**/.svn/**</mask>
            <mask>**/CVS/**</mask>
            <mask>**/.git/**</mask>
            <mask>**/desktop.ini</mask>
            <mask>**/Thumbs.db</mask>
            <mask>**/.DS_Store</mask>
            <mask>**/~$*</mask>
        </source_dir_excludes>
        <target_dir>__DEFAULT__</target_dir>
        <tm_dir>__DEFAULT__</tm_dir>
        <glossary_dir>__DEFAULT__</glossary_dir>
        <glossary_file>__DEFAULT__</glossary_file>
        <dictionary_dir>__DEFAULT__</dictionary_dir>
        <source_lang>{source}</source_lang>
        <target_lang>{target}</target_lang>
        <source_tok>org.omegat.tokenizer.{source_tokenizer}</source_tok>
        <target_tok>org.omegat.tokenizer.{target_tokenizer}</target_tok>
        <sentence_seg>true</sentence_seg>
        <support_default_translations>true</support_default_translations>
        <remove_tags>false</remove_tags>
    </project>
</omegat>
"""
_TOKENIZERS = {"ko": "LuceneCJKTokenizer", "en": "LuceneEnglishTokenizer"}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A memory to export: its name, its units (asked for once for each file), its penalty."""

    name: str
    units: Callable[[], Iterable[TranslationUnit]]
    penalty: int = 0


@dataclass(slots=True)
class Exported:
    """What an export did, by path in the project. ``units`` are those in all memories together,
    ``left`` the files that were in the way and stay, each with the reason."""

    written: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)
    units: int = 0
    terms: int = 0


def export_omegat(
    project: Path,
    shelves: Sequence[Shelf],
    termbase: Iterable[Entry] | None = None,
    *,
    languages: Languages = KO_EN,
) -> Exported:
    """Bring the OmegaT project in the folder ``project``, made if need be, in step with memories
    and a termbase. The project translates from ``languages.source``.

    Raises
    ------
    OutputError: a file cannot be written; those written before stay.
    """
    folder = _Folder(project)
    report = folder.report
    folder.settings(languages)
    for shelf in _told_apart(shelves):
        for name, statuses in _files(shelf):
            units = _Counted(unit for unit in shelf.units() if unit.status in statuses)
            folder.put(name, partial(_write_memory, units))
            report.units += units.count
    lines = list(_glossary(termbase or (), languages))
    report.terms = len(lines)
    folder.put(_GLOSSARY, partial(_write_glossary, lines))
    folder.finish()
    return report


def _told_apart(shelves: Iterable[Shelf]) -> Iterator[Shelf]:
    """The memories, those after the first of a name with a number behind it."""
    seen: Counter[str] = Counter()
    for shelf in shelves:
        seen[shelf.name] += 1
        number = seen[shelf.name]
        yield shelf if number == 1 else replace(shelf, name=f"{shelf.name}-{number}")


def _files(shelf: Shelf) -> list[tuple[str, tuple[Status, ...]]]:
    """The files of a memory, and the units that go into each."""
    name = f"donju-{shelf.name}.tmx"
    if shelf.penalty:
        return [(f"tm/penalty-{shelf.penalty:02}/{name}", ("approved", "draft"))]
    return [(f"tm/auto/{name}", ("approved",)), (f"tm/{name}", ("draft",))]


class _Counted:
    """Units, counted while they go by."""

    def __init__(self, units: Iterable[TranslationUnit]) -> None:
        self.count = 0
        self._units = units

    def __iter__(self) -> Iterator[TranslationUnit]:
        for unit in self._units:
            self.count += 1
            yield unit


class _Folder:
    """The project folder, and the list of Donju's files in it."""

    def __init__(self, project: Path) -> None:
        self.report = Exported()
        self._project = project
        self._was = self._manifest()
        self._now: dict[str, str] = {}
        try:
            for name in _FOLDERS:
                (project / name).mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise OutputError(
                f"the project folder cannot be made ({error.strerror})",
                place=project,
                remedy="name a folder that can be written to",
            ) from error

    def settings(self, languages: Languages) -> None:
        """The project's settings, if it has none."""
        path = self._project / _PROJECT
        if path.exists():
            return
        with replacing(path) as file:
            file.write(
                _SETTINGS.format(
                    source=languages.source.upper(),
                    target=languages.target.upper(),
                    source_tokenizer=_TOKENIZERS[languages.source],
                    target_tokenizer=_TOKENIZERS[languages.target],
                )
            )
        self.report.written.append(_PROJECT)

    def put(self, name: str, write: Callable[[Path], bool]) -> None:
        """Bring a file in step with what ``write`` writes; without a file where that is nothing.
        ``write`` says whether there was anything."""
        path = self._project / name
        if (reason := self._in_the_way(name)) is not None:
            self.report.left.append((name, reason))
            if name in self._was:  # still Donju's, should the change be taken back
                self._now[name] = self._was[name]
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f"{path.name}.new")
        try:
            if not write(beside):
                self._remove(name)
            elif _digest(beside) == _digest(path):
                self._now[name] = self._was.get(name, _digest(path) or "")
                self.report.unchanged.append(name)
            else:
                beside.replace(path)
                self._now[name] = _digest(path) or ""
                self.report.written.append(name)
        finally:
            beside.unlink(missing_ok=True)

    def finish(self) -> None:
        """Remove the files that are no more, and write down which there are."""
        planned = {*self._now, *(name for name, _ in self.report.left), *self.report.removed}
        for name in [name for name in self._was if name not in planned]:
            if (reason := self._in_the_way(name)) is not None:
                self.report.left.append((name, reason))
            else:
                self._remove(name)
        with replacing(self._project / _MANIFEST) as file:
            json.dump({"files": self._now}, file, indent=1, sort_keys=True)

    def _remove(self, name: str) -> None:
        path = self._project / name
        if path.exists():
            path.unlink()
            self.report.removed.append(name)

    def _in_the_way(self, name: str) -> str | None:
        """Why a file is not to be touched; ``None`` if it is Donju's own or not there."""
        found = _digest(self._project / name)
        if found is None or found == self._was.get(name):
            return None
        return "changed since Donju wrote it" if name in self._was else "not written by Donju"

    def _manifest(self) -> dict[str, str]:
        try:
            told = json.loads((self._project / _MANIFEST).read_text(encoding="utf-8"))
            return {str(name): str(digest) for name, digest in told["files"].items()}
        except (OSError, ValueError, TypeError, KeyError, AttributeError):
            return {}  # none yet, or damaged: then every file counts as somebody else's


def _digest(path: Path) -> str | None:
    """Of the content of a file; ``None`` if there is no file."""
    if not path.is_file():
        return None
    digest = sha256()
    with path.open("rb") as file:
        for piece in iter(lambda: file.read(1 << 20), b""):
            digest.update(piece)
    return digest.hexdigest()


def _glossary(termbase: Iterable[Entry], languages: Languages) -> Iterator[str]:
    """Lines of source term, target term and comment, tab-separated."""
    terms: dict[str, list[_Rendering]] = {}
    for entry in termbase:
        if languages.source == "ko":
            rendering = _Rendering(entry.en, entry.status, entry.note, entry.instead)
            terms.setdefault(entry.ko, []).append(rendering)
        else:
            rendering = _Rendering(entry.ko, entry.ko_status, entry.note, "")
            terms.setdefault(entry.en, []).append(rendering)
    for source, renderings in terms.items():
        renderings.sort(key=lambda rendering: RANK[rendering.status])
        avoided = dict.fromkeys(one.target for one in renderings if one.status in UNWANTED)
        for target, note in _wanted(renderings).items():
            comment = [note] * bool(note) + [f"not: {', '.join(avoided)}"] * bool(avoided)
            cells = (source, target, "; ".join(comment))
            yield "\t".join(" ".join(cell.split()) for cell in cells)


class _Rendering(NamedTuple):
    """What a term may be in the language that is translated into, and its status there."""

    target: str
    status: TermStatus
    note: str
    instead: str


def _wanted(renderings: Sequence[_Rendering]) -> dict[str, str]:
    """What may be written, with its note; of a term that has nothing of that, what to write
    instead of the rest."""
    wanted: dict[str, str] = {}
    for one in renderings:
        if one.status not in UNWANTED:
            wanted.setdefault(one.target, one.note)
    return wanted or {one.instead: "" for one in renderings if one.instead}


def _write_memory(units: Iterable[TranslationUnit], path: Path) -> bool:
    """OmegaT takes plain text for what it is, and codes of others for text: so without codes."""
    return write_tmx(units, path, KO_EN, level=1) > 0


def _write_glossary(lines: Sequence[str], path: Path) -> bool:
    if not lines:
        return False
    with replacing(path) as file:
        file.write("# Glossary in tab-separated format -*- coding: utf-8 -*-\n")
        file.writelines(f"{line}\n" for line in lines)
    return True
