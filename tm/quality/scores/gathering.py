"""Files, and what a memory has of their sources, put together as segments to evaluate."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from align.article import Lang
from align.errors import InputError
from tm.quality.scores.files import TextFile, check_lengths, is_bilingual, read_lines, read_texts
from tm.quality.scores.segments import Segments, System
from tm.search.fold import language

if TYPE_CHECKING:
    from tm.memories import Memories

#: Which translations of a memory count as references. Rejected ones never do.
Accepted = Literal["approved", "any"]


def language_of(paths: Sequence[Path]) -> Lang:
    """The language of the translations in files: that of the letters in the first that is plain
    text, English if there is none."""
    for path in paths:
        if not is_bilingual(path):
            return language("\n".join(read_lines(path).texts[:1000]))
    return "en"


def against_references(
    systems: Sequence[Path],
    references: Sequence[Path],
    lang: Lang,
    *,
    source: Path | None = None,
    articles: Path | None = None,
) -> Segments:
    """Segments of files that belong together, line by line; or, if all are files with both
    languages, by their source texts.

    Raises
    ------
    ReadError: a file cannot be read.
    InputError: the files have different numbers of lines, or nothing in common.
    """
    every = [read_texts(path, lang) for path in (*systems, *references)]
    left_out: list[str] = []
    numbers: Sequence[int] = ()
    if source is None and articles is None and all(file.others is not None for file in every):
        every, numbers, left_out = _in_common(every)
    translated, given = every[: len(systems)], every[len(systems) :]
    sources = read_lines(source) if source else None
    named = read_lines(articles) if articles else None
    check_lengths([*every, *(file for file in (sources, named) if file)])
    return Segments(
        _systems(translated),
        tuple(zip(*(file.texts for file in given), strict=True)),
        lang,
        sources.texts if sources else next((f.others for f in every if f.others), None),
        named.texts
        if named
        else next((f.articles for f in (*given, *translated) if f.articles), None),
        tuple(numbers),
        (*left_out, *_notes([*every, *(file for file in (sources,) if file)])),
    )


def against_memory(
    systems: Sequence[Path],
    memories: Memories,
    lang: Lang,
    *,
    source: Path | None = None,
    accepted: Accepted = "approved",
) -> Segments:
    """The segments whose source text the memory has, letter for letter but for white space and
    Unicode form, with its translations of them as references.

    Raises
    ------
    ReadError: a file cannot be read.
    InputError: the sources are not known, the files have different numbers of lines, or the memory
        has none of the sources.
    """
    translated = [read_texts(path, lang) for path in systems]
    sources = _sources(translated, source, lang)
    found = [_translations(memories, text, lang, accepted) for text in sources]
    rows = [row for row, known in enumerate(found) if known.texts]
    kinds = "approved translations" if accepted == "approved" else "translations"
    if not rows:
        has_drafts = any(known.others for known in found)
        raise InputError(
            f"the memory has {kinds} of none of the {len(sources)} source segments",
            place=source or translated[0].path,
            remedy="--status any counts its drafts too"
            if has_drafts
            else "align or import their articles first",
        )
    scored = f"the memory has {kinds} of {len(rows)} of {len(sources)} segments"
    return Segments(
        _systems([file.only(rows) for file in translated]),
        tuple(found[row].texts for row in rows),
        lang,
        tuple(sources[row] for row in rows),
        tuple(found[row].article for row in rows),
        tuple(row + 1 for row in rows),
        (f"{scored}; only these are scored", *_notes(translated)),
    )


@dataclass(frozen=True, slots=True)
class _Known:
    """What a memory has of a source: accepted translations with the article of the first, and the
    number of those that were not accepted."""

    texts: tuple[str, ...]
    article: str
    others: int


def _translations(memories: Memories, source: str, lang: Lang, accepted: Accepted) -> _Known:
    other: Lang = "en" if lang == "ko" else "ko"
    units = [
        match.unit
        for memory, _, _ in memories.members
        for match in memory.match(source, lang=other, minimum=100)
    ]
    taken = [unit for unit in units if accepted == "any" or unit.status == "approved"]
    texts = dict.fromkeys(unit.target if lang == "en" else unit.source for unit in taken)
    article = taken[0].provenance.article if taken else ""
    return _Known(tuple(texts), article, len(units) - len(taken))


def _sources(translated: Sequence[TextFile], source: Path | None, lang: Lang) -> tuple[str, ...]:
    if source is None:
        first = translated[0]
        if first.others is None:
            raise InputError(
                "its source is not known",
                place=first.path,
                remedy="name the source text with --source, a segment a line",
            )
        if any(file.others != first.others for file in translated[1:]):
            raise InputError(
                "the systems translate different segments",
                place=first.path,
                remedy="give them the same source text, in the same order",
            )
        return first.others
    other: Lang = "en" if lang == "ko" else "ko"
    read = read_texts(source, other)
    check_lengths([read, *translated])
    return read.texts


def _in_common(
    files: Sequence[TextFile],
) -> tuple[list[TextFile], list[int], list[str]]:
    """The segments that all files have, their numbers in the first file, and what was left out.

    Segments belong together if their source text is the same: the first such of each file, the
    second of each, and so on.
    """
    indexed = [_occurrences(file) for file in files]
    keys = [key for key in indexed[0] if all(key in rows for rows in indexed)]
    if not keys:
        raise InputError(
            "no segment has the same source in all the files",
            place=files[0].path,
            remedy="give translations and references of the same text",
        )
    left_out = [
        f"{file.path}: {missing} of {whole} segments are not scored, as they are not translated or "
        "not in every file"
        for file in files
        if (missing := (whole := len(file.texts) + len(file.refused)) - len(keys))
    ]
    chosen = [
        file.only([rows[key] for key in keys]) for file, rows in zip(files, indexed, strict=True)
    ]
    return chosen, [indexed[0][key] + 1 for key in keys], left_out


def _occurrences(file: TextFile) -> dict[tuple[str, int], int]:
    """The row of each source text and of each of its repetitions."""
    seen: Counter[str] = Counter()
    rows: dict[tuple[str, int], int] = {}
    for row, text in enumerate(file.others or ()):
        key = " ".join(text.split())
        rows[key, seen[key]] = row
        seen[key] += 1
    return rows


def _systems(files: Sequence[TextFile]) -> tuple[System, ...]:
    """Systems named as their files, by as much of the path as tells them apart."""
    stems = Counter(file.path.stem for file in files)
    names = Counter(file.path.name for file in files)
    return tuple(
        System(
            file.path.stem
            if stems[file.path.stem] == 1
            else file.path.name
            if names[file.path.name] == 1
            else str(file.path),
            file.texts,
        )
        for file in files
    )


def _notes(files: Sequence[TextFile]) -> tuple[str, ...]:
    empty = [
        f"{file.path}: {count} of {len(file.texts)} segments are empty"
        for file in files
        if (count := sum(not text.strip() for text in file.texts))
    ]
    return tuple(dict.fromkeys([note for file in files for note in file.notes] + empty))
