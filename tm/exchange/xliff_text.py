"""The text of an XLIFF segment and the codes in it, for all versions of XLIFF."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tm.exchange.inline import cleaned
from tm.exchange.nodes import Node, Unit
from tm.unit import Code

#: Codes with text inside; all others are one code with whatever they hold.
_AROUND_TEXT = frozenset({"g", "pc", "mrk"})
#: Marks that programs put around text without meaning a code: segments, comments, tracked changes.
_TRANSPARENT = frozenset(
    {"seg", "x-sdl-comment", "x-sdl-added", "x-sdl-location", "x-sdl-feedback-comment"}
)
_DELETED = frozenset({"x-sdl-deleted", "x-sdl-feedback-deleted"})
#: White space that only lays out the file: with a line break in it.
_LAYOUT = re.compile(r"[ \t\r]*\n\s*")


@dataclass(frozen=True, slots=True)
class Inline:
    """The plain text of a segment, and its codes as the file writes them."""

    text: str
    codes: tuple[Code, ...] = ()

    @property
    def is_blank(self) -> bool:
        return not self.text.strip()

    @property
    def is_empty(self) -> bool:
        """Neither text nor a code."""
        return self.is_blank and not self.codes


def inline(unit: Unit, node: Node, *, preserve: bool) -> Inline:
    """What an element (``source``, ``target`` or a segment's ``mrk``) holds.

    Where white space is not to be preserved, line breaks and the indentation after them count as
    one blank, and as nothing at the ends.
    """
    gathered = _Gathered(unit)
    gathered.take(node)
    text, codes, _ = cleaned("".join(gathered.parts), tuple(gathered.codes), compose=False)
    found = Inline(text, codes)
    return found if preserve else _without_layout(found)


def composed(found: Inline) -> Inline:
    """What was found in Unicode NFC, its codes where they were."""
    text, codes, _ = cleaned(found.text, found.codes, compose=True)
    return Inline(text, codes)


def preserves(node: Node, default: bool) -> bool:
    """Whether white space counts in an element, where ``default`` holds around it."""
    told = node.attributes.get("xml:space")
    return default if told is None else told == "preserve"


def is_segment(node: Node) -> bool:
    return node.name == "mrk" and node.attributes.get("mtype") == "seg"


class _Gathered:
    """Text and codes on the way through an element."""

    def __init__(self, unit: Unit) -> None:
        self.parts: list[str] = []
        self.codes: list[Code] = []
        self._unit = unit
        self._length = 0

    def take(self, node: Node) -> None:
        for child in node.children:
            if isinstance(child, str):
                self.parts.append(child)
                self._length += len(child)
            elif (kind := child.attributes.get("mtype")) in _TRANSPARENT:
                self.take(child)
            elif kind in _DELETED:
                continue
            elif child.name in _AROUND_TEXT and child.inner != child.end:
                self._code(child.start, child.inner)
                self.take(child)
                self._code(child.inner_end, child.end)
            else:
                self._code(child.start, child.end)

    def _code(self, start: int, end: int) -> None:
        self.codes.append(Code(self._length, self._unit.slice(start, end)))


def _without_layout(found: Inline) -> Inline:
    """Line breaks and indentation as one blank, at the ends as nothing; codes keep their place."""
    if "\n" not in found.text:
        return found
    parts: list[str] = []
    moved: list[tuple[int, int]] = []  # from this place of the text on, codes move by so much
    end = shift = 0
    for run in _LAYOUT.finditer(found.text):
        blank = "" if run.start() == 0 or run.end() == len(found.text) else " "
        parts += found.text[end : run.start()], blank
        end = run.end()
        shift += len(blank) - len(run[0])
        moved.append((end, shift))
    parts.append(found.text[end:])
    text = "".join(parts)
    codes = tuple(
        Code(min(len(text), max(0, _moved(code.place, moved))), code.markup) for code in found.codes
    )
    return Inline(text, codes)


def _moved(place: int, moved: list[tuple[int, int]]) -> int:
    shift = 0
    for start, by in moved:
        if place < start:
            break
        shift = by
    return place + shift
