"""The segments of XLIFF 2.0 to 2.2, with the glossary and metadata modules of their units."""

from __future__ import annotations

from collections.abc import Iterator

from tm.exchange.nodes import Node, Unit
from tm.exchange.xliff_segment import Scope, Segment
from tm.exchange.xliff_text import Inline, inline, preserves
from tm.unit import Status

UNITS = ("unit",)
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
_STATUS: dict[str | None, Status] = {"reviewed": "approved", "final": "approved"}


def segments(unit: Unit, scope: Scope) -> list[Segment]:
    """The ``segment`` elements of a unit; its ``ignorable`` ones hold no text to translate."""
    holders = list(unit.node.all("segment"))
    several = len(holders) > 1
    found = (
        _segment(unit, scope, holder, number if several else None)
        for number, holder in enumerate(holders, start=1)
    )
    return [segment for segment in found if segment is not None]


def _segment(unit: Unit, scope: Scope, holder: Node, number: int | None) -> Segment | None:
    node = unit.node
    source = holder.first("source")
    if source is None:
        return None
    target_node = holder.first("target")
    preserve = preserves(node, scope.preserve)
    text = inline(unit, source, preserve=preserves(source, preserve))
    target = _target(unit, target_node, preserve)
    state = holder.attributes.get("state")
    own = holder.attributes.get("id") or (None if number is None else str(number))
    key = node.attributes.get("id", "")
    return Segment(
        unit=unit,
        scope=scope,
        place=_place(holder, key, own),
        key=key if own is None else f"{key}/{own}",
        id=holder.attributes.get("id"),
        source=text,
        target=target,
        source_node=source,
        target_node=target_node,
        holder=holder,
        source_lang=scope.source_lang,
        target_lang=scope.target_lang,
        state=state,
        status=_STATUS.get(state, "draft"),
        is_new=state == "initial" and target == text,
        is_locked=state == "final" or not _is_translatable(node, scope),
    )


def _target(unit: Unit, target: Node | None, preserve: bool) -> Inline | None:
    return None if target is None else inline(unit, target, preserve=preserves(target, preserve))


def _is_translatable(node: Node, scope: Scope) -> bool:
    told = node.attributes.get("translate")
    return scope.translate if told is None else told != "no"


def _place(holder: Node, key: str, own: str | None) -> str:
    unit = f"line {holder.line}, unit {key}".rstrip()
    return unit if own is None else f"{unit}, segment {own}"


def notes(segment: Segment) -> tuple[str, ...]:
    """The notes of the unit, and what comments on its text say."""
    node = segment.unit.node
    texts = [note.text for holder in node.all("notes") for note in holder.all("note")]
    texts += [
        mark.attributes["value"]
        for side in (segment.source_node, segment.target_node)
        if side is not None
        for mark in side.walk()
        if mark.attributes.get("type") == "comment" and "value" in mark.attributes
    ]
    return tuple(" ".join(text.split()) for text in texts if text.strip())


def kept(segment: Segment) -> tuple[tuple[str, str], ...]:
    """What has no place of its own, by name: attributes, metadata, and glossary entries
    (``snow = Schnee``)."""
    node, holder = segment.unit.node, segment.holder
    found = [(f"unit@{k}", v) for k, v in node.attributes.items() if k not in ("id", "xml:space")]
    if holder is not None:
        found += [(f"segment@{k}", v) for k, v in holder.attributes.items() if k != "id"]
    found += _metadata(node)
    found += [("unit/glossary", entry) for entry in _glossary(node)]
    return tuple(found)


def _metadata(node: Node) -> Iterator[tuple[str, str]]:
    for holder in node.all("metadata"):
        for group in holder.walk():
            category = group.attributes.get("category", "")
            for meta in group.all("meta"):
                name = "/".join(filter(None, (category, meta.attributes.get("type"))))
                yield f"unit/meta@{name}", meta.text.strip()


def _glossary(node: Node) -> Iterator[str]:
    for holder in node.all("glossary"):
        for entry in holder.all("glossEntry"):
            term = entry.first("term")
            means = [x.text.strip() for x in entry.all("translation", "definition")]
            if term is not None and means:
                yield " = ".join((term.text.strip(), *means))
