"""Markdown to blocks of plain text: :func:`markdown_blocks`.

Not a full CommonMark parser: markup is taken off and paragraphs are kept apart, which is what an
aligner needs. A paragraph of Markdown may run over several lines; they are joined as one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from align.article import Kind
from align.dates import iso_date
from align.page import Block

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?P<lines>.*?\n)(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"(?P<key>[A-Za-z_-]+)[ \t]*:[ \t]*(?P<value>\S.*)")
#: What editors call the fields of front matter, and what they are here.
_FIELDS = {
    "title": "headline",
    "headline": "headline",
    "author": "reporter",
    "reporter": "reporter",
    "byline": "reporter",
    "translator": "translator",
    "translated_by": "translator",
    "editor": "editor",
    "date": "date",
    "published": "date",
    "pubdate": "date",
    "place": "place",
    "location": "place",
    "dateline": "place",
}

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S+.*$", re.MULTILINE)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"\s{0,3}(?P<marks>#{1,6})(?:[ \t]+(?P<text>.*?))?(?:[ \t]+#+)?[ \t]*\Z")
_UNDERLINE = re.compile(r"\s{0,3}(?P<mark>=+|-{2,})[ \t]*\Z")
_RULE = re.compile(r"\s{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ITEM = re.compile(r"\A\s*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"\A(?:\s{0,3}>[ \t]?)+")
_TABLE_RULE = re.compile(r"\s*\|?(?:\s*:?-{2,}:?\s*\|)+(?:\s*:?-{2,}:?\s*)?\Z")
_TABLE_ROW = re.compile(r"\s*\|.*\|\s*\Z")

_IMAGE = re.compile(r"!\[(?P<alt>[^\]\n]*)\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\]\n]*\])")
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]*\]){1,500})\](?:\([^()\n]*(?:\([^()\n]*\)[^()\n]*)?\)|\[[^\]\n]*\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)?[^\s<>]+(?:@|://)[^\s<>]+|[\w.+-]+@[\w.-]+)>")
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,500})?/?>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = (
    re.compile(r"(?<!\\)(\*\*\*|\*\*|~~)(?=\S)((?:(?!\1)[^\n]|\n(?!\n)){1,2000}?)(?<=\S)\1"),
    re.compile(r"(?<![\w\\])(__)(?=\S)([^\n]{1,2000}?)(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\\*])(\*)(?=[^\s*])([^*\n]{1,2000}?)(?<=[^\s\\])\*(?!\*)"),
    re.compile(r"(?<![\w\\])(_)(?=[^\s_])([^_\n]{1,2000}?)(?<=[^\s\\])_(?!\w)"),
    re.compile(r"(?<!\\)(`+)([^`\n]{1,2000})\1"),
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def markdown_blocks(text: str) -> tuple[list[Block], Mapping[str, str]]:
    """The paragraphs of a Markdown ``text`` as plain text, and the fields of its front matter."""
    meta: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        meta = _front_matter(front["lines"])
        text = text[front.end() :]
    text = _DEFINITION.sub("", _COMMENT.sub("", text))
    blocks: list[Block] = []
    for raw, hint in _raw_blocks(text.split("\n")):
        blocks.extend(_plain_blocks(raw, hint))
    return blocks, meta


def _front_matter(lines: str) -> dict[str, str]:
    meta: dict[str, str] = {}
    for match in (_FIELD.match(line) for line in lines.split("\n")):
        key = _FIELDS.get(match["key"].lower().replace("-", "_")) if match else None
        if match and key:
            value = match["value"].strip().strip("\"'").strip()
            meta.setdefault(key, (iso_date(value) or value) if key == "date" else value)
    return meta


def _raw_blocks(lines: list[str]) -> Iterator[tuple[str, Kind | None]]:
    """Paragraphs still in markup, with what a heading mark says of them."""
    waiting: list[str] = []
    for line in lines:
        heading, underline = _HEADING.match(line), _UNDERLINE.match(line)
        if underline and len(waiting) == 1:
            yield waiting.pop(), "headline" if underline["mark"][0] == "=" else "subhead"
            continue
        if _starts_block(line) and waiting:
            yield "\n".join(waiting), None
            waiting = []
        if heading:
            yield heading["text"] or "", "headline" if len(heading["marks"]) == 1 else "subhead"
        elif _TABLE_ROW.match(line) and not _TABLE_RULE.match(line):
            yield " ".join(cell.strip() for cell in line.strip().strip("|").split("|")), None
        elif not _is_mark_only(line):
            waiting.append(_ITEM.sub("", _QUOTE.sub("", line), count=1))
    if waiting:
        yield "\n".join(waiting), None


def _starts_block(line: str) -> bool:
    return (
        not line.strip()
        or _is_mark_only(line)
        or any(pattern.match(line) for pattern in (_HEADING, _ITEM, _TABLE_ROW))
    )


def _is_mark_only(line: str) -> bool:
    bare = _QUOTE.sub("", line)
    return (
        not bare.strip()
        or any(pattern.match(bare) for pattern in (_FENCE, _RULE))
        or _TABLE_RULE.match(line) is not None
    )


def _plain_blocks(raw: str, hint: Kind | None) -> Iterator[Block]:
    """``raw`` without markup; the texts of its images are captions after it."""
    captions = [match["alt"] for match in _IMAGE.finditer(raw)]
    text = inline_text(_IMAGE.sub("", raw))
    if text.strip():
        yield Block(_one_paragraph(text), hint)
    for caption in captions:
        if caption.strip():
            yield Block(_one_paragraph(inline_text(caption)), "caption")


def _one_paragraph(text: str) -> str:
    """``text`` on one line: line breaks inside a Markdown paragraph are not the author's."""
    return " ".join(line.strip() for line in text.split("\n")).strip()


def inline_text(text: str) -> str:
    """``text`` without emphasis, links, code marks, tags, entities and escapes."""
    text = _AUTOLINK.sub(r"\1", _FOOTNOTE.sub("", text))
    text = _LINK.sub(lambda match: match["text"], text)
    text = _TAG.sub("", _BREAK.sub(" ", text))
    for pattern in _EMPHASIS:
        text = pattern.sub(r"\2", text)
    return html.unescape(_ESCAPE.sub(r"\1", text))
