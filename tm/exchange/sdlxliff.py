"""What SDLXLIFF (Trados Studio) adds to XLIFF 1.2: a definition for each segment, and comments.

``sdl:seg-defs`` at the end of a ``trans-unit`` holds one ``sdl:seg`` for each segment: whether it
is confirmed (``conf``), where its target came from (``origin``, ``percent``) and whether it is
locked. Comments stand at the top of the file and are pointed to by marks in the text.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from tm.exchange.nodes import Node
from tm.unit import Status

COMMENTS = "cmt-def"

_STATUS: Mapping[str | None, Status] = {
    None: "draft",
    "Draft": "draft",
    "Translated": "draft",
    "ApprovedTranslation": "approved",
    "ApprovedSignOff": "approved",
    "RejectedTranslation": "rejected",
    "RejectedSignOff": "rejected",
}
_US_TIME = re.compile(r"(\d\d)/(\d\d)/(\d{4}) (\d\d):(\d\d):(\d\d)")


def definition(unit: Node, mid: str | None) -> Node | None:
    """The ``sdl:seg`` of a segment; of a unit that is not divided, its only one."""
    segs = [seg for holder in unit.all("seg-defs") for seg in holder.all("seg")]
    if mid is None and len(segs) == 1:
        return segs[0]
    return next((seg for seg in segs if seg.attributes.get("id") == mid), None)


def status(seg: Node | None) -> Status | None:
    return None if seg is None else _STATUS.get(seg.attributes.get("conf"), "draft")


def state(seg: Node | None) -> str | None:
    return None if seg is None else seg.attributes.get("conf")


def is_new(seg: Node | None) -> bool:
    """Whether the target, if any, was put there by no one yet."""
    return (
        seg is not None
        and "conf" not in seg.attributes
        and seg.attributes.get("origin") in (None, "not-translated", "source")
    )


def is_locked(seg: Node | None) -> bool:
    return seg is not None and seg.attributes.get("locked", "").lower() == "true"


def kept(seg: Node | None) -> tuple[tuple[str, str], ...]:
    """The attributes of a definition (other than its id) and its values, by name."""
    if seg is None or seg.name != "seg":
        return ()
    attributes = ((f"sdl:seg@{k}", v) for k, v in seg.attributes.items() if k != "id")
    values = ((f"sdl:value@{v.attributes.get('key', '')}", v.text) for v in seg.all("value"))
    return (*attributes, *values)


def times(seg: Node | None) -> dict[str, str]:
    """``created``, ``created_by``, ``changed`` and ``changed_by``, where they are told."""
    if seg is None or seg.name != "seg":
        return {}
    values = {value.attributes.get("key"): value.text.strip() for value in seg.all("value")}
    named = {
        "created": _compact(values.get("created_on")),
        "created_by": values.get("created_by"),
        "changed": _compact(values.get("modified_on")),
        "changed_by": values.get("last_modified_by"),
    }
    return {name: value for name, value in named.items() if value}


def _compact(time: str | None) -> str | None:
    """``03/21/2011 16:54:24`` as ``20110321T165424Z``; anything else as it is."""
    match = _US_TIME.match(time or "")
    if match is None:
        return time
    month, day, year, *clock = match.groups()
    return f"{year}{month}{day}T{''.join(clock)}Z"


def comments(node: Node) -> tuple[str, str]:
    """The id of a ``cmt-def`` and its comments as one text."""
    texts = (" ".join(comment.text.split()) for comment in node.walk() if comment.name == "Comment")
    return node.attributes.get("id", ""), "\n".join(text for text in texts if text)


def comment_ids(node: Node) -> list[str]:
    """The ids of the comments that marks in a text point to."""
    return [
        mark.attributes["cid"]
        for mark in node.walk()
        if mark.attributes.get("mtype") == "x-sdl-comment" and "cid" in mark.attributes
    ]
