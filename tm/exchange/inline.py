"""Segments: their plain text, and the inline codes beside it.

``bpt``, ``ept``, ``ph``, ``it`` and ``ut`` are codes with all they hold, ``sub`` included; ``hi``
and anything unknown stand around text, so that each of their two tags is a code.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import fields, replace
from functools import lru_cache
from typing import Any, overload
from xml.parsers.expat import XMLParserType

from align.markup import attributes_xml, escaped
from tm.exchange.repair import CONTROL, control_name, without_controls
from tm.exchange.streaming import TornError
from tm.unit import Code, Context, Details, TranslationUnit

#: Elements whose content is code, not text.
WHOLE = frozenset({"bpt", "ept", "ph", "it", "ut"})
_UNITS = frozenset({"tu", "tuv"})


@lru_cache(maxsize=8192)
def _tags(name: str, attributes: tuple[tuple[str, str], ...]) -> tuple[str, str]:
    """A start tag and the empty one; the same ones come again and again in a file."""
    tag = f"<{name}{attributes_xml(dict(attributes))}"
    return f"{tag}>", f"{tag}/>"


class Raw:
    """Gathers one element as markup.

    Call :meth:`start` and :meth:`end` for its tags and all inside them, :meth:`characters` for the
    text; :attr:`depth` is 0 again when it is complete, and :meth:`taken` gives it.
    """

    __slots__ = ("_is_open", "_markup", "_parser", "depth")

    def __init__(self, parser: XMLParserType) -> None:
        self._parser = parser
        self._markup: list[str] = []
        self._is_open = False
        self.depth = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name in _UNITS and self.depth:
            raise TornError(f"a <{name}> starts inside another element", self._parser)
        self.depth += 1
        self._markup.append(_tags(name, tuple(attributes.items()))[0])
        self._is_open = True

    def characters(self, text: str) -> None:
        self._markup.append(escaped(text))
        self._is_open = False

    def end(self, name: str) -> None:
        self.depth -= 1
        if self._is_open:
            self._markup[-1] = f"{self._markup[-1][:-1]}/>"
        else:
            self._markup.append(f"</{name}>")
        self._is_open = False

    def taken(self) -> str:
        markup = "".join(self._markup)
        self._markup.clear()
        return markup


def gather(
    parser: XMLParserType, name: str, attributes: dict[str, str], done: Callable[[str], None]
) -> Raw:
    """Gather the element whose start tag has just been read, and call ``done`` with it."""
    raw = Raw(parser)

    def end(name: str) -> None:
        raw.end(name)
        if not raw.depth:
            done(raw.taken())

    parser.StartElementHandler = raw.start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = raw.characters
    raw.start(name, attributes)
    return raw


class Inline:
    """Gathers the contents of ``<seg>`` elements, one after the other.

    :meth:`begin` at a start tag takes over the parser's handlers; at the end tag ``done`` is
    called with the plain text and the codes.
    """

    __slots__ = ("_code", "_codes", "_done", "_length", "_mark", "_open", "_parser", "_parts")

    def __init__(
        self, parser: XMLParserType, done: Callable[[str, tuple[Code, ...]], None]
    ) -> None:
        self._parser = parser
        self._done = done

    def begin(self) -> None:
        self._parts: list[str] = []
        self._codes: list[Code] = []
        #: The code that is open, how many parts came before it, and how long they are together.
        self._code: tuple[str, dict[str, str]] | None = None
        self._mark = self._length = 0
        self._open = 0
        self._listen()

    def _listen(self) -> None:
        parser = self._parser
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._parts.append

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._code is not None:
            self._start_inside(self._code, name, attributes)
        elif name in WHOLE:
            self._measure()
            self._code = name, attributes
        elif name in _UNITS or name == "seg":
            raise TornError(f"a <{name}> starts inside a <seg>", self._parser)
        else:
            self._open += 1
            self._add(_tags(name, tuple(attributes.items()))[0])

    def _start_inside(
        self, code: tuple[str, dict[str, str]], name: str, attributes: dict[str, str]
    ) -> None:
        """An element in a code that so far held text only, if anything."""
        held = self._held()

        def done(markup: str) -> None:
            self._codes.append(Code(self._length, markup))
            self._code = None
            self._listen()

        raw = gather(self._parser, *code, done)
        if held:
            raw.characters(held)
        raw.start(name, attributes)

    def _end(self, name: str) -> None:
        if self._code is not None:
            tag, markup = _tags(name, tuple(self._code[1].items()))
            if len(self._parts) > self._mark:
                markup = f"{tag}{escaped(self._held())}</{name}>"
            self._codes.append(Code(self._length, markup))
            self._code = None
        elif self._open:
            self._open -= 1
            self._add(f"</{name}>")
        else:
            self._done("".join(self._parts), tuple(self._codes))

    def _held(self) -> str:
        """The text that came since a code began, which is not the segment's."""
        held = "".join(self._parts[self._mark :])
        del self._parts[self._mark :]
        return held

    def _add(self, markup: str) -> None:
        self._measure()
        self._codes.append(Code(self._length, markup))

    def _measure(self) -> None:
        parts = self._parts
        while self._mark < len(parts):
            self._length += len(parts[self._mark])
            self._mark += 1


def cleaned(
    text: str, codes: tuple[Code, ...], *, controls: bool = True, compose: bool
) -> tuple[str, tuple[Code, ...], bool]:
    """``text`` with the stand-ins of control characters as codes (``controls`` is false if there
    are none) and, with ``compose``, in Unicode NFC; the codes where they were; and whether it was
    not in NFC."""
    if controls and CONTROL.search(text):
        text, codes = _controls_as_codes(text, codes)
    if not compose or unicodedata.is_normalized("NFC", text):
        return text, codes, False
    return (*_composed(text, codes), True)


def _controls_as_codes(text: str, codes: tuple[Code, ...]) -> tuple[str, tuple[Code, ...]]:
    found = [
        Code(at.start(), f'<ph type="x-control">{control_name(at.group())}</ph>')
        for at in CONTROL.finditer(text)
    ]
    gone = [code.place for code in found]
    placed = sorted([*codes, *found], key=lambda code: code.place)
    moved = []
    passed = 0
    for code in placed:
        while passed < len(gone) and gone[passed] < code.place:
            passed += 1
        moved.append(Code(code.place - passed, code.markup))
    return CONTROL.sub("", text), tuple(moved)


def _composed(text: str, codes: tuple[Code, ...]) -> tuple[str, tuple[Code, ...]]:
    parts: list[str] = []
    moved: list[Code] = []
    at = length = 0
    for code in codes:
        parts.append(unicodedata.normalize("NFC", text[at : code.place]))
        at, length = code.place, length + len(parts[-1])
        moved.append(Code(length, code.markup))
    parts.append(unicodedata.normalize("NFC", text[at:]))
    return "".join(parts), tuple(moved)


def cleared(unit: TranslationUnit) -> TranslationUnit:
    """``unit`` without the stand-ins of control characters in what it keeps beside its texts."""
    if unit.details is None:
        return unit
    where = unit.provenance
    return replace(
        unit,
        provenance=replace(where, translator=_cleared(where.translator)),
        details=_cleared(unit.details),
    )


@overload
def _cleared(value: str | None) -> str | None: ...
@overload
def _cleared(value: Details) -> Details: ...
def _cleared(value: Any) -> Any:
    if isinstance(value, str):
        return without_controls(value)
    if isinstance(value, tuple):
        return tuple(map(_cleared, value))
    if isinstance(value, Details | Context | Code):
        told = {field.name: _cleared(getattr(value, field.name)) for field in fields(value)}
        return type(value)(**told)
    return value
