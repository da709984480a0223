"""XML read as a stream of small trees that know where in the file they stand.

An interchange file is a long list of short units in a little scaffolding. :func:`scan` gives the
scaffolding as :class:`Start` and :class:`End`, and each unit as one :class:`Node` tree with the
byte offsets of all its tags, so that markup can be kept as it was written and a file be changed
in places without touching the rest. Memory is that of the largest unit, not of the file.

Nothing outside the file is read: a DOCTYPE is passed over, entity declarations are refused. Where
the XML breaks, that is told, and reading goes on with the next unit.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

#: A start tag or an empty one, to its end; ``>`` may stand in attribute values.
_TAG = re.compile(rb"""<[^<>"']*(?:(?:"[^"]*"|'[^']*')[^<>"']*)*>""")
_TAG_NAME = re.compile(rb"<([^\s/>]+)")
_XML_NAMESPACE = "http://www.w3.org/XML/1998/namespace"
_DEEPEST = 200
_INCOMPLETE = "the file is not complete: its last elements are not closed"
#: Bytes that the start of a unit's tag has at most.
_LONGEST_TAG_NAME = 64


class UnsafeError(Exception):
    """The file is no XML from the start, or declares entities: nothing of it is read."""

    def __init__(self, line: int, reason: str):
        super().__init__(reason)
        self.line = line
        self.reason = reason


class _TornError(Exception):
    """A tag that cannot stand where it does, and where to read on: the parser has moved on."""

    def __init__(self, reason: str, line: int, onward: int):
        super().__init__(reason)
        self.line = line
        self.onward = onward


@dataclass(slots=True)
class Node:
    """An element. Attributes go by local name, those of XML itself as ``xml:lang``.

    ``start``, ``inner``, ``inner_end`` and ``end`` are offsets into the bytes that were scanned:
    of the start tag, of the content and its end, and behind the end tag. Of an empty tag the last
    three are the same. Character data comes in pieces.
    """

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    start: int
    inner: int
    inner_end: int = 0
    end: int = 0
    children: list[Node | str] = field(default_factory=list)

    @property
    def nodes(self) -> list[Node]:
        """The child elements."""
        return [child for child in self.children if isinstance(child, Node)]

    def all(self, *names: str) -> list[Node]:
        """The child elements of these names."""
        return [child for child in self.nodes if child.name in names]

    def first(self, name: str) -> Node | None:
        for child in self.children:
            if isinstance(child, Node) and child.name == name:
                return child
        return None

    @property
    def place(self) -> str:
        """Where it stands, for people: ``line 120, trans-unit 14``."""
        return f"line {self.line}, {self.name} {self.attributes.get('id', '')}".rstrip()

    def walk(self) -> Iterator[Node]:
        """This element and all below it, in the order of the file."""
        yield self
        for child in self.nodes:
            yield from child.walk()

    @property
    def text(self) -> str:
        """All character data in it."""
        return "".join(c if isinstance(c, str) else c.text for c in self.children)


@dataclass(frozen=True, slots=True)
class Start:
    """A start tag outside the units, as it is written in ``tag``."""

    name: str
    space: str
    attributes: dict[str, str]
    line: int
    start: int
    tag: bytes


@dataclass(frozen=True, slots=True)
class End:
    name: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit's tree, and its bytes."""

    node: Node
    raw: bytes

    def slice(self, start: int, end: int) -> str:
        """What the file says between two offsets."""
        return self.raw[start - self.node.start : end - self.node.start].decode("utf-8")


@dataclass(frozen=True, slots=True)
class Broken:
    """The XML breaks at ``line``, or the file ends too early. The ``unit`` that was open, if any,
    is lost (what had been read of it is here); reading goes on with the next one."""

    line: int
    reason: str
    unit: Node | None = None

    @property
    def place(self) -> str:
        """Of the unit that is lost, else of the break."""
        return f"line {self.line}" if self.unit is None else self.unit.place

    @property
    def told(self) -> str:
        """The reason, and the line if :attr:`place` does not say it."""
        where = "" if self.unit is None or self.unit.line == self.line else f", at line {self.line}"
        return f"{self.reason}{where}"


Event = Start | End | Unit | Broken


def scan(chunks: Iterable[bytes], units: Collection[str]) -> Iterator[Event]:
    """The elements of an XML file in UTF-8; those named in ``units`` as whole trees.

    Raises
    ------
    UnsafeError: it is no XML from the start, or it declares entities.
    """
    scanner = _Scanner(units)
    for chunk in chunks:
        yield from scanner.feed(chunk)
    yield from scanner.close()


class _Scanner:
    """Events of the parser gathered between one feed and the next.

    Where the XML breaks, a new parser starts at the next unit, or where the element around the
    units ends, inside the same outer elements.
    ``_offset`` and ``_line`` are added to what the parser says of its place.
    """

    def __init__(self, units: Collection[str]) -> None:
        self._units = frozenset(units)
        names = "|".join(sorted(map(re.escape, units)))
        self._a_unit = re.compile(rf"<(?:[\w.-]+:)?({names})(?=[\s/>])".encode())
        self._events: list[Event] = []
        self._outer: list[bytes] = []
        self._open: list[Node] = []
        self._window = bytearray()
        self._base = 0
        self._offset = 0
        self._line = 0
        self._skipping = False
        self._resuming = False
        self._parser = self._new_parser()

    def feed(self, chunk: bytes) -> Iterator[Event]:
        self._window += chunk
        self._take(len(chunk))
        keep = self._open[0].start if self._open else self._at
        if self._skipping:
            keep = self._base + max(0, len(self._window) - _LONGEST_TAG_NAME)
            self._line += self._window.count(b"\n", 0, keep - self._base)
        if keep > self._base:
            del self._window[: keep - self._base]
            self._base = keep
        events, self._events = self._events, []
        yield from events

    def close(self) -> Iterator[Event]:
        if not self._skipping:
            try:
                self._parser.Parse(b"", True)
            except expat.ExpatError as error:
                reason = "the file ends in the middle of it" if self._open else _INCOMPLETE
                self._break(error.lineno + self._line, reason)
        yield from self._events

    def _take(self, length: int) -> None:
        """Parse the last ``length`` bytes of the window, as often as the XML breaks."""
        start = len(self._window) - length
        while start < len(self._window):
            if self._skipping:
                found = self._safe_place().search(self._window)
                if found is None:
                    return
                self._resume(found.start())
                start = found.start()
            try:
                self._parser.Parse(bytes(self._window[start:]), False)
                return
            except expat.ExpatError as error:
                at = self._parser.ErrorByteIndex + self._offset
                self._break(error.lineno + self._line, _reason(error), at)
                onward = at + 1
            except _TornError as error:
                onward = error.onward
                self._break(error.line, str(error))
            start = max(0, onward - self._base)
            del self._window[:start]
            self._base += start
            start = 0

    def _break(self, line: int, reason: str, at: int | None = None) -> None:
        """The XML breaks at ``line``, in a tag if ``at`` (an offset) is in one."""
        if not self._outer:
            raise UnsafeError(line, reason)
        unit = self._open[0] if self._open else self._unit_in_tag(line, at)
        self._events.append(Broken(line, reason, unit))
        self._open.clear()
        self._skipping, self._line = True, line

    def _unit_in_tag(self, line: int, at: int | None) -> Node | None:
        """The unit whose start tag is broken at an offset."""
        if at is None:
            return None
        start = self._window.rfind(b"<", 0, max(0, at - self._base))
        found = self._a_unit.match(self._window, start) if start >= 0 else None
        return found and Node(found[1].decode(), "", {}, line, start, start)

    def _safe_place(self) -> re.Pattern[bytes]:
        """Where parsing can begin again: at a unit, or where the element around it ends."""
        name = _TAG_NAME.match(self._outer[-1])
        end = b"" if name is None else b"|</" + re.escape(name[1]) + rb"(?=[\s>])"
        return re.compile(self._a_unit.pattern + end)

    def _resume(self, start: int) -> None:
        """Start a new parser at a place of the window."""
        self._line += self._window.count(b"\n", 0, start)
        around = b"".join(tag.replace(b"\n", b" ") for tag in self._outer)
        self._parser = self._new_parser()
        self._resuming = True
        self._parser.Parse(around, False)
        self._resuming = self._skipping = False
        self._offset = self._base + start - len(around)
        self._line -= 1

    def _new_parser(self) -> expat.XMLParserType:
        parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.EntityDeclHandler = self._entity_declared
        return parser

    @property
    def _at(self) -> int:
        """The offset of the event at hand."""
        return self._parser.CurrentByteIndex + self._offset

    @property
    def _line_number(self) -> int:
        return self._parser.CurrentLineNumber + self._line

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        if self._resuming:
            return
        space, name = _split(qualified)
        at = self._at
        if len(self._outer) + len(self._open) >= _DEEPEST:
            raise _TornError(f"tags nest more than {_DEEPEST} deep", self._line_number, at + 1)
        tag = _TAG.match(self._window, at - self._base)
        inner = at if tag is None else self._base + tag.end()
        named = {_attribute(key): attributes[key] for key in attributes} if attributes else {}
        line = self._line_number
        if not self._open and name not in self._units:
            raw = bytes(self._window[at - self._base : inner - self._base])
            self._outer.append(raw[:-2] + b">" if raw.endswith(b"/>") else raw)
            self._events.append(Start(name, space, named, line, at, raw))
            return
        node = Node(name, space, named, line, at, inner)
        if self._open and name in self._units and space == self._open[0].space:
            raise _TornError("it is not closed before the next one", line, at)
        if self._open:
            self._open[-1].children.append(node)
        else:
            self._parser.CharacterDataHandler = self._characters
        self._open.append(node)

    def _end(self, qualified: str) -> None:
        if not self._open:
            self._outer.pop()
            self._events.append(End(_split(qualified)[1]))
            return
        node = self._open.pop()
        at = self._at
        if self._window[node.inner - 2 - self._base : node.inner - self._base] == b"/>":
            node.inner_end = node.end = node.inner
        else:
            node.inner_end = at
            node.end = self._base + self._window.index(b">", at - self._base) + 1
        if not self._open:
            self._parser.CharacterDataHandler = None
            raw = bytes(self._window[node.start - self._base : node.end - self._base])
            self._events.append(Unit(node, raw))

    def _characters(self, text: str) -> None:
        self._open[-1].children.append(text)

    def _entity_declared(self, name: str, *_: object) -> None:
        raise UnsafeError(
            self._line_number, f"it declares the entity {name!r}, which is not allowed"
        )


def _reason(error: expat.ExpatError) -> str:
    return f"the XML is broken ({expat.ErrorString(error.code)})"


@lru_cache(maxsize=1024)
def _split(qualified: str) -> tuple[str, str]:
    space, _, name = qualified.rpartition(" ")
    return space, name


@lru_cache(maxsize=1024)
def _attribute(qualified: str) -> str:
    space, name = _split(qualified)
    return f"xml:{name}" if space == _XML_NAMESPACE else name
