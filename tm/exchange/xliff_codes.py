"""Whether a translation from the memory fits the codes of the segment it is to stand in.

The codes of a segment belong to its file: a bold from another file, even one that looks the same,
may have another id. So a stored target is never put in with its own codes, but with those of the
segment that stand for them. That is certain in three cases: the segment has no codes; the stored
source has the same codes in the same places; or the segment's codes only enclose the whole text
and the stored unit has none.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.parsers import expat

from align.markup import text_xml
from tm.exchange.xliff_text import Inline
from tm.unit import Code

_NAME = re.compile(r"</?(?:[\w.-]+:)?([\w.-]+)")
_ID = re.compile(r"""\s(?:id|i|rid|x)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
#: Tags that open and close, by the shape they have in a text; a name with a slash closes.
_SHAPES = {
    **dict.fromkeys(("g", "pc", "mrk", "bpt", "bx", "sc", "hi", "sm"), "opens"),
    **dict.fromkeys(("/g", "/pc", "/mrk", "ept", "ex", "ec", "/hi", "em"), "closes"),
}
#: Marks that carry no formatting: a translation does without them.
_ANNOTATIONS = frozenset({"mrk", "/mrk", "sm", "em"})


def fitted(segment: Inline, source: Inline, target: Inline) -> str | None:
    """The stored ``target`` as XML to stand in the target of ``segment``, whose text is that of
    the stored ``source`` (or like it); ``None`` if its codes do not fit."""
    codes = [code for code in segment.codes if _name(code.markup) not in _ANNOTATIONS]
    if not codes:
        return _spaced(segment.text, text_xml(target.text.strip()))
    stored = [code for code in source.codes if _name(code.markup) not in _ANNOTATIONS]
    theirs = [code for code in target.codes if _name(code.markup) not in _ANNOTATIONS]
    if not stored and not theirs:
        return _enclosed(segment.text, codes, target.text)
    return _with_codes(segment.text, codes, source, stored, target, theirs)


def _enclosed(text: str, codes: Sequence[Code], target: str) -> str | None:
    """The target inside codes that stand at the ends of the text."""
    first, last = len(text) - len(text.lstrip()), len(text.rstrip())
    before = "".join(code.markup for code in codes if code.place <= first)
    after = "".join(code.markup for code in codes if code.place >= last and code.place > first)
    if any(first < code.place < last for code in codes):
        return None
    return _if_whole(f"{before}{_spaced(text, text_xml(target.strip()))}{after}")


def _with_codes(
    text: str,
    codes: Sequence[Code],
    source: Inline,
    stored: Sequence[Code],
    target: Inline,
    theirs: Sequence[Code],
) -> str | None:
    """The target with the segment's codes where its own stand."""
    here, there = _placed(text, codes), _placed(source.text, stored)
    if here != there:
        return None
    ours = dict(zip(_keys(stored), (code.markup for code in codes), strict=True))
    keys = _keys(theirs)
    if len(ours) != len(codes) or sorted(keys) != sorted(ours):
        return None
    parts: list[str] = []
    end = 0
    for code, key in zip(theirs, keys, strict=True):
        parts += text_xml(target.text[end : code.place]), ours[key]
        end = code.place
    parts.append(text_xml(target.text[end:]))
    return _if_whole("".join(parts))


def _placed(text: str, codes: Sequence[Code]) -> list[tuple[int, str]]:
    """Where codes stand among the characters that are not white space, and their shapes."""
    return [(len("".join(text[: code.place].split())), _shape(code.markup)) for code in codes]


def _keys(codes: Sequence[Code]) -> list[tuple[str, str]]:
    """Shape and id of each code; an end tag without an id has that of its start tag."""
    keys: list[tuple[str, str]] = []
    opened: list[str] = []
    for code in codes:
        shape, found = _shape(code.markup), _ID.search(code.markup)
        name = (found[1] or found[2] or "") if found else ""
        if shape == "closes" and found is None and opened:
            name = opened.pop()
        elif _name(code.markup) in ("g", "pc", "hi"):
            opened.append(name)
        keys.append((shape, name))
    return keys


def _name(markup: str) -> str:
    found = _NAME.match(markup)
    if found is None:
        return ""
    return f"/{found[1]}" if markup.startswith("</") else found[1]


def _shape(markup: str) -> str:
    if markup.endswith("/>") and _name(markup) in ("g", "pc", "mrk"):
        return "alone"
    return _SHAPES.get(_name(markup), "alone")


def _spaced(like: str, text: str) -> str:
    """``text`` with the white space that ``like`` has at its ends."""
    start, end = len(like) - len(like.lstrip()), len(like.rstrip())
    return f"{like[:start]}{text}{like[end:]}"


def _if_whole(markup: str) -> str | None:
    """``markup`` if its tags nest."""
    parser = expat.ParserCreate("utf-8")
    try:
        parser.Parse(f"<x>{markup}</x>".encode(), True)
    except expat.ExpatError:
        return None
    return markup
