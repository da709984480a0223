"""Feeding a damaged XML file to expat: what is whole is read, what is broken is told.

Where the XML breaks, reading goes on with the next unit (``<tu``): a new parser starts inside the
same outer elements. Nothing outside the file is ever fetched; entity declarations are refused.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Protocol
from xml.parsers import expat
from xml.parsers.expat import XMLParserType

from align.errors import ReadError

_RESUMED = "<tmx><body>"
_UNIT = re.compile(rb"<tu(?=[\s/>])")
_UNIT_LENGTH = 4
#: Bytes kept of what was parsed, to find the start of a tag that began in an earlier piece.
_LONGEST_TAG = 4096


class TornError(Exception):
    """Raised by handlers at an element that cannot start here: one before it was never closed.

    It knows where the element starts in the input of ``parser``, which will soon have moved on.
    """

    def __init__(self, message: str, parser: XMLParserType):
        super().__init__(message)
        self.index = parser.CurrentByteIndex
        self.line = parser.CurrentLineNumber


class Events(Protocol):
    """Who takes the events of the parser."""

    @property
    def begun(self) -> bool:
        """Whether an element has been seen, so that the file is XML at all."""

    def connect(self, parser: XMLParserType) -> None:
        """Set the handlers of a new parser."""

    def broken(self, line: int | None, message: str, tag: int | None = None) -> None:
        """The XML breaks at ``line``, or the file ends too early. The unit now open is lost, or
        the one whose start tag, at line ``tag``, is broken."""


class Feeder:
    """Feeds text to a parser that reports to ``events``, resuming behind what is broken.

    ``offset`` is what has to be added to the parser's line numbers.
    """

    def __init__(self, path: Path, events: Events):
        self._path = path
        self._events = events
        self._fed = 0
        self._skipping = False
        self._tail = b""
        self.offset = 0
        self.parser = self._new_parser()

    @property
    def line(self) -> int:
        return self.parser.CurrentLineNumber + self.offset

    def feed(self, text: str) -> None:
        if not self._fed:
            self.offset += text.count("\n", 0, len(text) - len(text.lstrip()))
            text = text.lstrip()  # nothing may stand before an XML declaration
        data = text.encode("utf-8", "replace")
        while data:
            data = self._skip(data) if self._skipping else self._parse(data)

    def finish(self) -> None:
        """Tell the parser that the file ends here."""
        if self._skipping:
            return
        try:
            self.parser.Parse(b"", True)
        except expat.ExpatError as error:
            self._refuse_other_formats(error)
            self._events.broken(None, _message(error))

    def _new_parser(self) -> XMLParserType:
        parser = expat.ParserCreate("utf-8")
        parser.buffer_text = True
        parser.buffer_size = 1 << 16
        parser.EntityDeclHandler = self._entity_declared
        self._events.connect(parser)
        return parser

    def _parse(self, data: bytes) -> bytes:
        """Parse ``data``; what is left to do if it breaks."""
        try:
            self.parser.Parse(data, False)
        except expat.ExpatError as error:
            self._refuse_other_formats(error)
            return self._break(data, self.parser.ErrorByteIndex, error.lineno, _message(error))
        except TornError as error:
            return self._break(data, error.index, error.line, str(error))
        self._fed += len(data)
        self._tail = data[-_LONGEST_TAG:]
        return b""

    def _break(self, data: bytes, index: int, line: int, message: str) -> bytes:
        """Go over to skipping at byte ``index`` of this parser's input."""
        line += self.offset
        at = max(0, index - self._fed + len(self._tail))
        data = self._tail + data
        start = data.rfind(b"<", 0, at)
        tag = None
        if start >= 0 and _UNIT.match(data, start):
            tag = line - data.count(b"\n", start, at)
        self._events.broken(line, message, tag)
        self.offset, self._skipping, self._tail = line, True, b""
        is_stuck = index == len(_RESUMED)  # at the very unit that reading resumed at
        return data[at + is_stuck :]

    def _skip(self, data: bytes) -> bytes:
        """Look for the next unit; from there on, ``data`` is to be parsed."""
        data = self._tail + data
        found = _UNIT.search(data)
        if found is None:
            self._tail = data[-_UNIT_LENGTH:]
            self.offset += data.count(b"\n", 0, len(data) - len(self._tail))
            return b""
        self.offset += data.count(b"\n", 0, found.start()) - 1
        self._skipping, self._tail = False, b""
        self.parser = self._new_parser()
        self.parser.Parse(_RESUMED.encode(), False)
        self._fed = len(_RESUMED)
        return data[found.start() :]

    def _refuse_other_formats(self, error: expat.ExpatError) -> None:
        if not self._events.begun:
            raise ReadError(
                f"this is not XML ({_message(error)})",
                place=f"{self._path}, line {error.lineno}",
                remedy="export it again as TMX",
            ) from error

    def _entity_declared(self, name: str, *_: object) -> None:
        raise ReadError(
            f"it declares the entity '{name}'; declarations are not followed, since they can "
            "make a small file huge or fetch other files",
            place=f"{self._path}, line {self.line}",
            remedy="take the <!ENTITY …> declarations out and write the text itself",
        )


def _message(error: expat.ExpatError) -> str:
    return str(expat.ErrorString(error.code))
