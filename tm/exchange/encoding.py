"""The text of an interchange file, whatever its encoding is and whatever it says it is.

Programs write byte order marks that do not fit, declare UTF-16 and write UTF-8, or save Korean in
the code page of the machine. What counts here is, in this order: how the first ``<`` (or, without
one, the byte order mark) is written; whether all bytes are UTF-8; the declared encoding; and what
:func:`align.reading.decode.decode` makes of the bytes that are not UTF-8. The file is read twice,
piece by piece, so that any size fits in memory.
"""

from __future__ import annotations

import codecs
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from align.errors import ReadError
from align.reading.decode import decode, refuse_known_binary
from tm.exchange.items import Note, Progress, unwatched

#: Bytes read at a time.
PIECE = 1 << 18

_MARKS: tuple[tuple[bytes, str], ...] = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: The encodings of two and four bytes, the longer first: UTF-32 looks like UTF-16 from near.
_WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?\sencoding\s*=\s*["']\s*([A-Za-z0-9._:-]+)""")
_KOREAN = frozenset({"euc-kr", "euckr", "ks_c_5601-1987", "ksc5601", "ks_c_5601", "windows-949"})
#: Lines between two reports of progress.
_LINES = 1000
#: Bytes of a file's broken place, and of its start, that tell which encoding it is in.
_SAMPLE = 1 << 20


@dataclass(frozen=True, slots=True)
class TextFile:
    """A file that can be read as text: its encoding (a Python codec), how many bytes to skip, what
    becomes of bytes that do not decode, and what was found wrong with what the file says of it."""

    path: Path
    encoding: str
    skip: int = 0
    errors: str = "strict"
    notes: tuple[Note, ...] = ()

    def chunks(self, progress: Progress = unwatched) -> Iterator[str]:
        """The text, piece by piece; no piece is empty."""
        decoder = codecs.getincrementaldecoder(self.encoding)(self.errors)
        with self.path.open("rb") as file:
            file.seek(self.skip)
            while piece := file.read(PIECE):
                progress(file.tell())
                if text := decoder.decode(piece):
                    yield text
        # What is left is part of a character; the format's reader reports where its file ends.

    def lines(self, progress: Progress = unwatched) -> Iterator[str]:
        """The text line by line, with its line ends as they are."""
        with self.path.open("rb") as file:
            file.seek(self.skip)
            errors = "replace" if self.errors == "strict" else self.errors  # half a character
            text = io.TextIOWrapper(file, self.encoding, errors, newline="")
            for number, line in enumerate(text):
                if number % _LINES == 0:
                    progress(file.tell())
                yield line
            progress(file.tell())


def open_text(path: Path) -> TextFile:
    """The file at ``path``, ready to be read as text.

    Raises
    ------
    ReadError: there is no such file, it is empty or binary, or its encoding is not recognised.
    """
    head = _head(path)
    mark, marked = _byte_order_mark(head)
    wide = _wide(head[mark:], marked, path)
    declared = _declaration(head[mark:], wide)
    if wide is None:
        return _narrow(path, mark, marked, declared)
    notes = []
    if marked not in (None, wide):
        notes.append(_note(path, f"its byte order mark says {marked.upper()}", wide))
    if declared is not None and not _same(declared, wide):
        notes.append(_note(path, f"it declares {declared}", wide))
    errors = "strict" if _decodes(path, mark, wide) else "replace"
    if errors == "replace":
        notes.append(Note(str(path), f"some bytes are not {wide.upper()}: read as \ufffd"))
    return TextFile(path, wide, mark, errors, tuple(notes))


def _head(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror})", place=path, remedy="check the name"
        ) from error
    if not head.strip(b" \t\r\n\0"):
        raise ReadError("the file is empty", place=path, remedy="export it again")
    try:
        refuse_known_binary(head, path)
    except ReadError as error:
        raise ReadError(error.problem, place=path, remedy="unpack it or export it again") from error
    return head


def _byte_order_mark(head: bytes) -> tuple[int, str | None]:
    """How many bytes of marks the file starts with, and the encoding that the first one says."""
    length, said = 0, None
    while found := next(((m, e) for m, e in _MARKS if head.startswith(m, length)), None):
        length += len(found[0])
        said = said or found[1]
    return length, said


def _wide(text: bytes, marked: str | None, path: Path) -> str | None:
    """UTF-16 or UTF-32, if the first bracket (else the mark, else the text) is written so."""
    if (at := text.find(b"<")) >= 0:
        for encoding in _WIDE:
            bracket = "<".encode(encoding)
            start = at - bracket.index(b"<")
            if start % len(bracket) == 0 and text.startswith(bracket, start):
                return encoding
        return None
    if marked in _WIDE:
        return marked
    if b"\0" not in text:
        return None
    try:
        found = decode(text[: len(text) // 4 * 4], path).encoding
    except ReadError:  # no text in two or four bytes a character, whatever else it is
        return None
    return found if found in _WIDE else None


def _declaration(text: bytes, wide: str | None) -> str | None:
    start = text[:800] if wide is None else text[:800].decode(wide, "ignore").encode()
    found = _DECLARED.match(start)
    return found.group(1).decode("ascii").lower() if found else None


def _same(declared: str, encoding: str) -> bool:
    try:
        return codecs.lookup(declared).name in (
            encoding,
            encoding.removesuffix("-le").removesuffix("-be"),
        )
    except LookupError:
        return False


def _narrow(path: Path, mark: int, marked: str | None, declared: str | None) -> TextFile:
    """A file in UTF-8 or in an encoding of one or two bytes a character."""
    said = [f"its byte order mark says {marked.upper()}"] if marked not in (None, "utf-8") else []
    if _decodes(path, mark, "utf-8"):
        if declared is not None and not _same(declared, "utf-8") and _has_letters(path, mark):
            said.append(f"it declares {declared}")
        notes = tuple(_note(path, what, "utf-8") for what in said)
        return TextFile(path, "utf-8", mark, notes=notes)
    encoding = "cp949" if declared in _KOREAN else declared
    if encoding is not None and _is_likely(path, mark, encoding):
        return TextFile(path, encoding, mark, notes=tuple(_note(path, s, encoding) for s in said))
    found = decode(_sample(path, mark), path, declared)
    if declared is not None and not _same(declared, found.encoding):
        said.append(f"it declares {declared}")
    notes = tuple(_note(path, what, found.encoding) for what in said)
    notes += tuple(Note(str(path), warning) for warning in found.warnings)
    return TextFile(path, found.encoding, mark, "replace", notes)


def _is_likely(path: Path, skip: int, encoding: str) -> bool:
    """Whether a declared encoding can be believed. One that takes any bytes cannot be where they
    are Korean in a code page."""
    if _same(encoding, "utf-8") or not _decodes(path, skip, encoding):
        return False
    try:
        return encoding == "cp949" or decode(_sample(path, skip), path).encoding != "cp949"
    except ReadError:
        return True


def _note(path: Path, said: str, encoding: str) -> Note:
    return Note(str(path), f"{said}, but it is {encoding.upper()}: read as that")


def _decodes(path: Path, skip: int, encoding: str) -> bool:
    """Whether all of the file decodes; half a character at its very end does not count."""
    try:
        for _ in TextFile(path, encoding, skip).chunks():
            pass
    except (UnicodeError, LookupError):
        return False
    return True


def _has_letters(path: Path, skip: int) -> bool:
    """Whether anything in the file is not ASCII, so that its encoding matters."""
    with path.open("rb") as file:
        file.seek(skip)
        return any(not piece.isascii() for piece in iter(lambda: file.read(PIECE), b""))


def _sample(path: Path, skip: int) -> bytes:
    """The part of the file around the first bytes that are not UTF-8, in whole lines."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    before = b""
    with path.open("rb") as file:
        file.seek(skip)
        while piece := file.read(_SAMPLE):
            try:
                decoder.decode(piece)
            except UnicodeDecodeError:
                return before[before.rfind(b"\n") + 1 :] + piece + file.readline(_SAMPLE)
            before = piece
    return before
