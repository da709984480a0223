"""Word documents (.docx) to blocks of plain text: :func:`document_blocks`.

Opened with python-docx, walked by hand: its ``paragraph.text`` leaves out what an editor inserted
with tracked changes, and its iterators leave out content controls and text boxes. Changes are read
as accepted.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from align.article import Kind
from align.errors import ReadError
from align.reading.page import Block

#: Unpacked sizes, in bytes, beyond which a document is refused (a zip bomb, or a book).
MAX_UNPACKED = 200 * 2**20
_MAX_TEXT_PART = 60 * 2**20

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_DELETED = frozenset(
    f"{_W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr")
)
_TRACKED = tuple(f"{_W}{name}" for name in ("ins", "del", "moveFrom", "moveTo"))
_BREAKS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_STYLES: tuple[tuple[re.Pattern[str], Kind], ...] = (
    (re.compile(r"(?:title|heading 1|제목)\Z", re.IGNORECASE), "headline"),
    (re.compile(r"(?:subtitle|heading [2-9]|부제)\Z", re.IGNORECASE), "subhead"),
    (re.compile(r"(?:caption|캡션)\Z", re.IGNORECASE), "caption"),
)


def document_blocks(data: bytes, place: str) -> tuple[list[Block], tuple[str, ...]]:
    """The paragraphs of a Word document, table cells included, and warnings.

    Raises
    ------
    ReadError: the file is damaged, encrypted, too large unpacked, or declares XML entities.
    """
    _refuse_unsafe(data, place)
    body, style_hints, notes = _opened(data, place)
    blocks = list(_paragraphs(body, style_hints))
    warnings = []
    if next(body.iter(*_TRACKED), None) is not None:
        warnings.append("tracked changes read as accepted")
    if notes:
        warnings.append(f"{notes} footnotes or endnotes left out")
    return blocks, tuple(warnings)


def _corrupt(place: str) -> ReadError:
    return ReadError(
        "this is not a readable Word document (.docx)",
        place=place,
        remedy="open it in a word processor and save it again as .docx or .txt",
    )


def _refuse_unsafe(data: bytes, place: str) -> None:
    """Look into the archive before anything parses it."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if any(entry.flag_bits & 1 for entry in entries):
                raise ReadError(
                    "the document is encrypted", place=place, remedy="save it without a password"
                )
            texts = [e for e in entries if e.filename.endswith((".xml", ".rels"))]
            if sum(e.file_size for e in entries) > MAX_UNPACKED or any(
                e.file_size > _MAX_TEXT_PART for e in texts
            ):
                raise ReadError(
                    f"the document unpacks to more than {MAX_UNPACKED // 2**20} MB, "
                    f"or its text to more than {_MAX_TEXT_PART // 2**20} MB",
                    place=place,
                    remedy="save its text alone as .txt",
                )
            if any(_declares_entities(archive.read(entry)) for entry in texts):
                raise ReadError(
                    "the document declares XML entities, which no word processor writes",
                    place=place,
                    remedy="open it in a word processor and save it again",
                )
    except ReadError:
        raise
    except Exception as error:  # zipfile raises a dozen kinds on damaged archives
        raise _corrupt(place) from error


def _declares_entities(part: bytes) -> bool:
    plain = part.replace(b"\x00", b"") if b"\x00" in part[:200] else part  # UTF-16
    return b"<!DOCTYPE" in plain or b"<!ENTITY" in plain


def _opened(data: bytes, place: str) -> tuple[Any, dict[str, Kind], int]:
    """The body element, the hint that each paragraph style gives, and the number of notes."""
    from docx import Document

    try:
        document = Document(io.BytesIO(data))
        body = document.element.body
        hints: dict[str, Kind] = {}
        for style in document.styles:
            for pattern, kind in _STYLES:
                if style.style_id and style.name and pattern.match(style.name):
                    hints[style.style_id] = kind
    except Exception as error:  # python-docx passes on whatever its parsers raise
        raise _corrupt(place) from error
    if body is None:
        raise _corrupt(place)
    notes = sum(1 for _ in body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"))
    return body, hints, notes


def _paragraphs(body: Any, hints: dict[str, Kind]) -> Iterator[Block]:
    for paragraph in body.iter(f"{_W}p"):
        if any(a.tag == _FALLBACK or a.tag in _DELETED for a in paragraph.iterancestors()):
            continue
        text = "".join(_runs(paragraph)).strip()
        if text:
            yield Block(text, _hint(paragraph, hints))


def _runs(element: Any) -> Iterator[str]:
    """Text of a paragraph in order, without that of paragraphs inside it (text boxes)."""
    for child in element:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag not in _DELETED and child.tag not in (_FALLBACK, f"{_W}p"):
            yield from _runs(child)


def _hint(paragraph: Any, hints: dict[str, Kind]) -> Kind | None:
    style = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return None if style is None else hints.get(style.get(f"{_W}val") or "")
