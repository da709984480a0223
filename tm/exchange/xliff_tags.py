"""Tags as text: changed in one place, the rest as the file has it."""

from __future__ import annotations

import re
from collections.abc import Mapping

from align.markup import attributes_xml
from tm.exchange.nodes import Node, Unit

_ATTRIBUTE = re.compile(r"""\s+([^\s=]+)\s*=\s*(?:"[^"]*"|'[^']*')""")
_NAME = re.compile(r"<([^\s/>]+)")


def with_content(
    unit: Unit, node: Node, content: str, changes: Mapping[str, str | None] | None = None
) -> str:
    """An element with other content; its tags as they are but for the changed attributes."""
    tag = unit.slice(node.start, node.inner)
    if tag.endswith("/>"):
        tag = f"{tag[:-2].rstrip()}>"
    return f"{with_attributes(tag, changes or {})}{content}</{_name(tag)}>"


def with_attributes(tag: str, changes: Mapping[str, str | None]) -> str:
    """A start tag with attributes set, or taken out (``None``); the others untouched."""
    left = dict(changes)

    def changed(found: re.Match[str]) -> str:
        if found[1] not in left:
            return found[0]
        value = left.pop(found[1])
        return "" if value is None else attributes_xml({found[1]: value})

    tag = _ATTRIBUTE.sub(changed, tag)
    added = attributes_xml({name: value for name, value in left.items() if value is not None})
    end = len(tag[: -2 if tag.endswith("/>") else -1].rstrip())
    return f"{tag[:end]}{added}{tag[end:]}"


def prefix(unit: Unit, node: Node) -> str:
    """The namespace prefix of an element as it is written, with its colon."""
    before, colon, _ = _name(unit.slice(node.start, node.inner)).rpartition(":")
    return f"{before}{colon}"


def indent(unit: Unit, node: Node) -> str:
    """The white space in front of an element, if it begins a line."""
    before = unit.raw[: node.start - unit.node.start].decode("utf-8")
    blank = before[len(before.rstrip()) :]
    return blank if "\n" in blank else ""


def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1] if found else ""
