"""An XLIFF file of any version as a stream of segments."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from align.errors import ReadError
from tm.exchange import sdlxliff, xliff1, xliff2
from tm.exchange.nodes import Broken, End, Node, Start, Unit, scan
from tm.exchange.xliff_segment import Scope, Segment
from tm.exchange.xliff_text import preserves

_ROOT = "xliff"
_BINARY = "a binary unit"
_NO_SOURCE = "it has no source text"
_UNITS = frozenset({*xliff1.UNITS, *xliff2.UNITS, sdlxliff.COMMENTS})


@dataclass(frozen=True, slots=True)
class NoSegment:
    """A unit without a segment to translate: where it stands, and why; also a place where the XML
    ``is_broken``, which may be in no unit at all (``is_unit``)."""

    place: str
    reason: str
    is_broken: bool = False
    is_unit: bool = True


@dataclass(slots=True)
class Document:
    """What is known of the file while it is read: its root element, and its comments by id."""

    path: Path
    root: Start | None = None
    comments: dict[str, str] = field(default_factory=dict)

    def read(self, chunks: Iterable[bytes]) -> Iterator[Segment | NoSegment]:
        """The segments of the file, in its order.

        Raises
        ------
        ReadError: the file is no XLIFF.
        UnsafeError: it is no XML, or it declares entities.
        """
        scopes = [Scope()]
        number = 0
        for event in scan(chunks, _UNITS):
            if isinstance(event, Unit):
                if event.node.name == sdlxliff.COMMENTS:
                    name, text = sdlxliff.comments(event.node)
                    self.comments[name] = text
                else:
                    yield from _segments(event, scopes[-1])
            elif isinstance(event, Broken):
                is_unit = event.unit is not None and event.unit.name != sdlxliff.COMMENTS
                yield NoSegment(event.place, event.told, is_broken=True, is_unit=is_unit)
            elif isinstance(event, End):
                scopes.pop()
            else:
                number += event.name == "file"
                scopes.append(replace(self._inside(event, scopes[-1]), number=number))

    def _inside(self, start: Start, scope: Scope) -> Scope:
        """What holds in an element."""
        told = start.attributes
        if self.root is None:
            self.root = start
            return _document(self.path, start, scope)
        if start.name not in ("file", "group", "body"):
            return scope
        inside = replace(
            scope,
            translate=told.get("translate", "yes" if scope.translate else "no") != "no",
            preserve=preserves(_bare(start), scope.preserve),
        )
        if start.name != "file":
            return inside
        return replace(
            inside,
            original=told.get("original"),
            source_lang=told.get("source-language", scope.source_lang),
            target_lang=told.get("target-language", scope.target_lang),
        )


def _document(path: Path, root: Start, scope: Scope) -> Scope:
    if root.name != _ROOT:
        raise ReadError(
            f"this is no XLIFF: its first element is <{root.name}>",
            place=path,
            remedy="give an .xlf or .sdlxliff file",
        )
    told = root.attributes
    version = told.get("version") or root.space.rpartition(":")[2]
    return replace(
        scope,
        version=2 if version.startswith("2") else 1,
        source_lang=told.get("srcLang"),
        target_lang=told.get("trgLang"),
        preserve=preserves(_bare(root), scope.preserve),
    )


def _bare(start: Start) -> Node:
    return Node(start.name, start.space, start.attributes, start.line, start.start, start.start)


def _segments(unit: Unit, scope: Scope) -> list[Segment] | list[NoSegment]:
    node = unit.node
    is_1 = scope.version == 1
    if node.name not in (xliff1.UNITS if is_1 else xliff2.UNITS):
        return [NoSegment(node.place, f"<{node.name}> does not belong in this version of XLIFF")]
    if found := xliff1.segments(unit, scope) if is_1 else xliff2.segments(unit, scope):
        return found
    return [NoSegment(node.place, _BINARY if node.name == "bin-unit" else _NO_SOURCE)]


@dataclass(frozen=True, slots=True)
class InPlace:
    """A segment, or none, between the segments with text before and after it in its document."""

    previous: Segment | None
    found: Segment | NoSegment
    following: Segment | None


def with_neighbours(found: Iterable[Segment | NoSegment]) -> Iterator[InPlace]:
    """What was found, in the same order, with its neighbours."""
    previous: Segment | None = None
    held: Segment | None = None
    waiting: list[Segment | NoSegment] = []  # the segment held, and what came after it
    for item in chain(found, (None,)):
        is_text = isinstance(item, Segment) and not item.source.is_blank
        if item is None or is_text:
            following = item if isinstance(item, Segment) else None
            for one in waiting:
                yield _in_place(previous if one is held else held, one, following)
            waiting, previous, held = [], held, following
        if item is not None:
            waiting.append(item)


def _in_place(
    previous: Segment | None, found: Segment | NoSegment, following: Segment | None
) -> InPlace:
    """Neighbours do not count across the borders of the ``file`` elements."""
    if isinstance(found, NoSegment):
        return InPlace(None, found, None)
    same = found.scope.number
    return InPlace(
        previous if previous is not None and previous.scope.number == same else None,
        found,
        following if following is not None and following.scope.number == same else None,
    )
