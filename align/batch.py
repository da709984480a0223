"""Many article pairs: found by name in a folder, aligned one by one, failures kept apart."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from align.aligner import Aligner
from align.article import Article, Lang
from align.errors import DonjuError, ReadError
from align.language import language_in_name
from align.output import AlignedPair
from align.reader import ENDINGS, read_article
from align.split import Splitter


@dataclass(frozen=True, slots=True)
class PairFiles:
    """The two files of an article and the name they share."""

    name: str
    ko: Path
    en: Path


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Something that could not be used, and why."""

    place: str
    reason: str
    error: DonjuError | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The pairs of a folder, and the files that belong to none."""

    pairs: tuple[PairFiles, ...]
    left_out: tuple[LeftOut, ...]


def find_pairs(folder: str | Path) -> Found:
    """The article pairs in ``folder`` and below, by name.

    ``x.ko.txt`` goes with ``x.en.txt`` (also ``x_ko.html``, ``x-en.docx``; the two may differ in
    format), and ``ko/x.txt`` with ``en/x.md``. Pairs come in the order of their names.

    Raises
    ------
    ReadError: ``folder`` is not a folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        raise ReadError("not a folder", place=folder, remedy="give a folder of article pairs")
    sides: dict[str, dict[Lang, Path]] = {}
    left_out: list[LeftOut] = []
    for path in sorted(p for p in folder.rglob("*") if p.suffix.lower() in ENDINGS and p.is_file()):
        inside = path.relative_to(folder)
        lang = language_in_name(inside)
        if lang is None:
            left_out.append(LeftOut(str(inside), "the name says neither ko nor en"))
            continue
        side = sides.setdefault(shared_name(inside), {})
        if lang in side:
            reason = f"{side[lang].relative_to(folder)} has the same name"
            left_out.append(LeftOut(str(inside), reason))
        else:
            side[lang] = path
    pairs = []
    for name, side in sorted(sides.items()):
        if len(side) == 2:
            pairs.append(PairFiles(name, side["ko"], side["en"]))
        else:
            ((lang, path),) = side.items()
            other = "English" if lang == "ko" else "Korean"
            left_out.append(LeftOut(str(path.relative_to(folder)), f"no {other} file of that name"))
    return Found(tuple(pairs), tuple(left_out))


def shared_name(inside: Path) -> str:
    """What ``x.ko.txt`` and ``x.en.txt``, or ``ko/x.txt`` and ``en/x.md``, have in common: ``x``."""
    for mark in "._- ":
        stem, found, last = inside.stem.rpartition(mark)
        if found and language_in_name(Path(last)) is not None:
            return (inside.parent / stem).as_posix()
    return (inside.parent.parent / inside.stem).as_posix()


def read_pair(files: PairFiles) -> tuple[Article, Article]:
    """Both articles, with what ``NAME.json`` beside the Korean file adds to their metadata.

    The file is optional: a JSON object with any of ``date``, ``place``, ``translator``,
    ``reporter``, ``headline``; a value may be a text or an object with one for ``ko`` and ``en``.
    """
    known = _metadata(files)
    ko, en = read_article(files.ko, "ko"), read_article(files.en, "en")
    return _with_meta(ko, known), _with_meta(en, known)


def _metadata(files: PairFiles) -> dict[str, object]:
    path = files.ko.parent / f"{Path(files.name).name}.json"
    if not path.is_file():
        return {}
    try:
        known = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadError(
            f"not readable as JSON ({error})", place=path, remedy="mend or remove it"
        ) from error
    if not isinstance(known, dict):
        raise ReadError("not a JSON object", place=path, remedy="mend or remove it")
    return known


def _with_meta(article: Article, known: dict[str, object]) -> Article:
    meta = dict(article.meta)
    for key, value in known.items():
        chosen = value.get(article.lang) if isinstance(value, dict) else value
        if isinstance(chosen, str | int | float):
            meta[key] = str(chosen)
    return replace(article, meta=MappingProxyType(meta))


def align_pairs(
    pairs: Iterable[PairFiles],
    aligner: Aligner,
    *,
    splitter: Splitter = "auto",
    keep_boilerplate: bool = False,
) -> Iterator[AlignedPair | LeftOut]:
    """Each pair aligned, or why it could not be; one bad pair never stops the others."""
    for files in pairs:
        try:
            ko, en = read_pair(files)
            alignment = aligner.align(
                ko, en, splitter=splitter, keep_boilerplate=keep_boilerplate
            )
        except DonjuError as error:
            yield LeftOut(files.name, str(error), error)
        else:
            yield AlignedPair(files.name, ko, en, alignment)
