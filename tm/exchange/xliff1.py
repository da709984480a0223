"""The segments of XLIFF 1.0 to 1.2, with the additions of SDLXLIFF and of memoQ.

A ``trans-unit`` is one segment, or several where ``seg-source`` divides it with
``<mrk mtype="seg">``; these go with the marks of the same ``mid`` in the target.
"""

from __future__ import annotations

from tm.exchange import sdlxliff
from tm.exchange.nodes import Node, Unit
from tm.exchange.xliff_segment import Scope, Segment
from tm.exchange.xliff_text import Inline, inline, is_segment, preserves
from tm.unit import Status

UNITS = ("trans-unit", "bin-unit")
#: States of a target that is there for its own sake, often a copy of the source.
_NEW = frozenset({"new", "needs-translation"})
_APPROVED = frozenset({"final", "signed-off"})
_MEMOQ_STATUS: dict[str, Status] = {
    "Proofread": "approved",
    "Reviewer1Confirmed": "approved",
    "Reviewer2Confirmed": "approved",
    "Rejected": "rejected",
}


def segments(unit: Unit, scope: Scope) -> list[Segment]:
    """The segments of a ``trans-unit``, none if it has no source text."""
    node = unit.node
    source = node.first("source")
    if source is None:
        return []
    divided = node.first("seg-source")
    parts = [] if divided is None else [part for part in divided.walk() if is_segment(part)]
    target = node.first("target")
    marks = _marks(target)
    if not parts or (target is not None and not marks and target.text.strip()):
        return [_segment(unit, scope, source, target, None)]
    ids = [part.attributes.get("mid") for part in parts]
    return [
        _segment(unit, scope, part, marks.get(mid), mid)
        for part, mid in zip(parts, ids, strict=True)
    ]


def _marks(target: Node | None) -> dict[str | None, Node]:
    if target is None:
        return {}
    return {node.attributes.get("mid"): node for node in target.walk() if is_segment(node)}


def _segment(
    unit: Unit, scope: Scope, source: Node, target: Node | None, mid: str | None
) -> Segment:
    node = unit.node
    outer = node.first("target")
    state = None if outer is None else outer.attributes.get("state")
    told = sdlxliff.definition(node, mid)
    preserve = preserves(source, preserves(node, scope.preserve))
    text, written = inline(unit, source, preserve=preserve), _target(unit, target, preserve)
    # Of a target that is translated in parts this state is said as a whole.
    is_done = mid is not None and state == "needs-translation" and written != text
    approved = node.attributes.get("approved") == "yes"
    key = node.attributes.get("id") or node.attributes.get("resname") or ""
    return Segment(
        unit=unit,
        scope=scope,
        place=_place(node, mid),
        key=key if mid is None else f"{key}/{mid}",
        id=mid,
        source=text,
        target=written,
        source_node=source,
        target_node=target,
        holder=told or outer,
        source_lang=_language(node.first("source")) or scope.source_lang,
        target_lang=_language(outer) or scope.target_lang,
        state=sdlxliff.state(told) or state,
        status=sdlxliff.status(told) or _status(node, state, approved),
        is_new=(state in _NEW and not is_done) or sdlxliff.is_new(told),
        is_locked=approved or not _is_translatable(node, scope) or _is_locked(node, told),
    )


def _target(unit: Unit, target: Node | None, preserve: bool) -> Inline | None:
    return None if target is None else inline(unit, target, preserve=preserves(target, preserve))


def _language(node: Node | None) -> str | None:
    return None if node is None else node.attributes.get("xml:lang")


def _is_translatable(node: Node, scope: Scope) -> bool:
    told = node.attributes.get("translate")
    return scope.translate if told is None else told != "no"


def _is_locked(node: Node, told: Node | None) -> bool:
    """By Trados on the segment, by memoQ and Phrase on the unit."""
    return sdlxliff.is_locked(told) or node.attributes.get("locked") in ("locked", "true")


def _status(node: Node, state: str | None, approved: bool) -> Status:
    if approved or state in _APPROVED:
        return "approved"
    return _MEMOQ_STATUS.get(node.attributes.get("status", ""), "draft")


def _place(node: Node, mid: str | None) -> str:
    name = node.attributes.get("id")
    unit = f"line {node.line}, {node.name}" + (f" {name}" if name else "")
    return unit if mid is None else f"{unit}, segment {mid}"


def notes(segment: Segment) -> tuple[str, ...]:
    """What people wrote of a segment: the notes of its unit, and the comments of memoQ."""
    node = segment.unit.node
    comments = (
        one
        for holder in node.all("comments")
        for one in holder.all("comment")
        if one.attributes.get("deleted") != "true"
    )
    texts = (" ".join(note.text.split()) for note in (*node.all("note"), *comments))
    return tuple(text for text in texts if text)


def kept(segment: Segment) -> tuple[tuple[str, str], ...]:
    """What has no place of its own: attributes, contexts, properties and counts, by name."""
    node = segment.unit.node
    found = [
        (f"trans-unit@{name}", value)
        for name, value in node.attributes.items()
        if name not in ("id", "xml:space")
    ]
    outer = node.first("target")
    if outer is not None:
        found += [(f"target@{name}", value) for name, value in outer.attributes.items()]
    for group, member, name in (
        ("context-group", "context", "context-type"),
        ("prop-group", "prop", "prop-type"),
        ("count-group", "count", "count-type"),
    ):
        for holder in node.all(group):
            for child in holder.all(member):
                found.append((f"{member}@{child.attributes.get(name, '')}", child.text.strip()))
    return (*found, *sdlxliff.kept(segment.holder))
