"""Many article pairs: found by name in a folder, aligned one by one, failures kept apart."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from align.aligner import Aligner
from align.article import Article, Lang, Sentence
from align.errors import DonjuError, InputError, ReadError
from align.fixed import FixedBead
from align.output import AlignedPair
from align.reading.cleaning import clean
from align.reading.language import language_in_name
from align.reading.reader import ENDINGS, read_article
from align.split import Splitter

#: Documents that may well hold an article, in formats that are not read.
_OTHER_DOCUMENTS = (".hwp", ".hwpx", ".doc", ".odt", ".rtf", ".pdf")


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
    format), ``ko/x.txt`` with ``en/x.md``, and ``x/ko.txt`` with ``x/en.txt``. Pairs come in the
    order of their names.

    Raises
    ------
    ReadError: ``folder`` is not a folder.
    """
    folder = Path(folder)
    if not folder.is_dir():
        problem = "not a folder" if folder.exists() else "no such file or folder"
        raise ReadError(problem, place=folder, remedy="give a folder of article pairs")
    sides: dict[str, dict[Lang, Path]] = {}
    left_out: list[LeftOut] = []
    for path in _article_files(folder, left_out):
        inside = path.relative_to(folder)
        lang, shared = language_and_name(inside)
        if lang is None:
            left_out.append(LeftOut(str(inside), "the name says neither ko nor en"))
            continue
        side = sides.setdefault(composed(shared or article_name(path)), {})
        if lang in side:
            reason = f"{side[lang].relative_to(folder)} has the same name"
            left_out.append(LeftOut(str(inside), reason))
        else:
            side[lang] = path
    _with_counterparts(sides)
    pairs = []
    for name, side in sorted(sides.items()):
        if len(side) == 2:
            pairs.append(PairFiles(name, side["ko"], side["en"]))
        else:
            ((lang, path),) = side.items()
            other = "English" if lang == "ko" else "Korean"
            left_out.append(LeftOut(str(path.relative_to(folder)), f"no {other} file of that name"))
    return Found(tuple(pairs), tuple(left_out))


def _article_files(folder: Path, left_out: list[LeftOut]) -> list[Path]:
    """Files to read in ``folder`` and below, sorted; documents and folders nobody reads noted."""

    def note(error: OSError) -> None:
        place = str(Path(error.filename).relative_to(folder))
        left_out.append(LeftOut(place, f"this folder cannot be read ({error.strerror})"))

    files = (
        Path(where, name) for where, _, names in os.walk(folder, onerror=note) for name in names
    )
    found: list[Path] = []
    for path in sorted(files):
        ending = path.suffix.lower()
        if ending in ENDINGS:
            found.append(path)
        elif ending in _OTHER_DOCUMENTS:
            reason = f"{ending} files are not read; save it as .docx or as UTF-8 text"
            left_out.append(LeftOut(str(path.relative_to(folder)), reason))
    return found


def _with_counterparts(sides: dict[str, dict[Lang, Path]]) -> None:
    """Bring ``ko/x.ko.txt`` and ``en/x.en.txt`` together, which say their language twice."""
    for name, side in list(sides.items()):
        if len(side) == 1:
            ((lang, path),) = side.items()
            *folders, last = name.split("/")
            _, others = _told_by_folder(folders, lang)
            shorter = sides.setdefault("/".join([*others, last]), {})
            if lang not in shorter:
                shorter[lang] = path
                del sides[name]


def language_and_name(inside: Path) -> tuple[Lang | None, str]:
    """The language that a file's name or a folder tells, and what it shares with its counterpart.

    The shared name is ``x`` for ``x.ko.txt``, ``ko/x.txt`` and ``x/ko.txt``, and empty for
    ``ko.txt``. The language is ``None`` where neither the name nor a folder says it.

    >>> language_and_name(Path("2021/musan_ko.html"))
    ('ko', '2021/musan')
    """
    folders, rest = list(inside.parts[:-1]), inside.stem
    lang = language_in_name(Path(inside.name))
    if lang is None:
        lang, folders = _told_by_folder(folders, None)
    else:
        marked = _MARKED.fullmatch(rest)
        rest = marked[1] if marked else ""
    return lang, "/".join([*folders, rest] if rest else folders)


def _told_by_folder(folders: list[str], lang: Lang | None) -> tuple[Lang | None, list[str]]:
    """The language (``lang``, if given) that the innermost folder tells, and the other folders."""
    for number in reversed(range(len(folders))):
        told = language_in_name(Path(folders[number], "-"))
        if told is not None and lang in (None, told):
            return told, folders[:number] + folders[number + 1 :]
    return lang, folders


#: A name that ends in a mark and a word, as ``x.ko`` and ``x-en`` do.
_MARKED = re.compile(r"(.+)[._\- ][^._\- ]+", re.DOTALL)


def article_name(path: Path) -> str:
    """What the article in a file is called: ``x`` for ``x.ko.txt``, ``ko/x.txt``, ``x/ko.txt``."""
    where = Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links
    _, shared = language_and_name(Path(*where.parts[-2:]))
    return shared.rpartition("/")[2] or path.stem


def composed(name: str) -> str:
    """``name`` in Unicode NFC: some systems write the Hangul of file names decomposed."""
    return unicodedata.normalize("NFC", name)


def read_pair(files: PairFiles) -> tuple[Article, Article]:
    """Both articles, with what ``x.json`` beside the Korean file ``x.ko.txt`` says of them.

    The file is optional: a JSON object with any of ``date``, ``place``, ``translator``,
    ``reporter``, ``headline``; a value may be a text or an object with one for ``ko`` and ``en``.
    Values of other kinds are not metadata.

    Raises
    ------
    ReadError, InputError: one of the three files cannot be used, see :func:`align.read_article`.
    """
    known = _metadata(files)
    ko, en = read_article(files.ko, "ko"), read_article(files.en, "en")
    return _with_meta(ko, known), _with_meta(en, known)


def _metadata(files: PairFiles) -> dict[str, object]:
    path = files.ko.with_name(f"{article_name(files.ko)}.json")
    if not path.is_file():
        return {}
    try:
        known = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
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
        if isinstance(chosen, str | int | float) and not isinstance(chosen, bool):
            meta[key] = clean(str(chosen))[0]
    return replace(article, meta=MappingProxyType(meta))


def align_pairs(
    pairs: Iterable[PairFiles],
    aligner: Aligner,
    *,
    splitter: Splitter = "auto",
    keep_boilerplate: bool = False,
    fixed: Mapping[str, Sequence[FixedBead]] = MappingProxyType({}),
) -> Iterator[AlignedPair | LeftOut]:
    """Each pair aligned, or why it could not be; one bad pair never stops the others.

    ``fixed``: the beads that a person has fixed, by the name of the pair.
    """
    for files in pairs:
        try:
            ko, en = read_pair(files)
            alignment = aligner.align(
                ko,
                en,
                splitter=splitter,
                keep_boilerplate=keep_boilerplate,
                fixed=fixed.get(files.name, ()),
            )
            _refuse_without_story(ko, alignment.ko)
            _refuse_without_story(en, alignment.en)
        except DonjuError as error:
            yield LeftOut(files.name, str(error), error)
        except Exception as error:  # a fault of ours or of a library must not stop the others
            unexpected = InputError(
                f"unexpected {type(error).__name__}: {error}",
                place=files.name,
                remedy="please report it, with the two files if you can",
            )
            unexpected.__cause__ = error
            yield LeftOut(files.name, str(unexpected), unexpected)
        else:
            yield AlignedPair(files.name, ko, en, alignment)


def _refuse_without_story(article: Article, sentences: tuple[Sentence, ...]) -> None:
    if not sentences:
        raise ReadError(
            "there is no story in it, only captions, credits and the like",
            place=article.source,
            remedy="align those too with --keep-boilerplate, or give the whole article",
        )
