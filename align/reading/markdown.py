"""Markdown to blocks of plain text: :func:`markdown_blocks`.

Not a full CommonMark parser: the markup is taken off and paragraphs are kept apart, which is what
an aligner needs. A paragraph of Markdown may run over several lines; they are joined as one.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping

from align.article import Kind
from align.reading.dates import iso_date
from align.reading.page import Block

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

_DEFINITION = re.compile(r"^ {0,3}\[[^\]\n]+\]:[ \t]*\S+.*$", re.MULTILINE)
_FENCE = re.compile(r"\s{0,3}(?:```|~~~)")
_HEADING = re.compile(r"[ ]{0,3}(?P<marks>#{1,6})(?=[ \t]|\Z)")
_UNDERLINE = re.compile(r"\s{0,3}(?P<mark>=+|-{2,})[ \t]*\Z")
_RULE = re.compile(r"\s{0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})\Z")
_ITEM = re.compile(r"\A\s*(?:[-*+]|\d{1,3}[.)])[ \t]+(?=\S)")
_QUOTE = re.compile(r"\A(?:\s{0,3}>[ \t]?)+")
_TABLE_RULE = re.compile(r"\|?(?:[ ]?:?-{2,}:?[ ]?\|)+(?:[ ]?:?-{2,}:?[ ]?)?\Z")

_IMAGE = re.compile(
    r"!\[(?P<alt>[^\[\]\n]{0,500})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
)
_LINK = re.compile(
    r"\[(?P<text>(?:[^\[\]]|\[[^\[\]]{0,200}\]){1,500})\](?:\([^()\n]{0,500}(?:\([^()\n]{0,500}\)[^()\n]{0,500})?\)|\[[^\]\n]{0,200}\])"
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]")
_AUTOLINK = re.compile(
    r"<((?:https?://|mailto:)?[^\s<>]{1,300}(?:@|://)[^\s<>]{1,300}|[\w.+-]{1,80}@[\w.-]{1,80})>"
)
_TAG = re.compile(r"</?[A-Za-z][A-Za-z0-9-]*(?:\s[^<>]{0,500})?/?>")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_EMPHASIS = (
    re.compile(r"(?<!\\)(\*\*\*|\*\*|~~)(?=\S)((?:(?!\1)[^\n]|\n(?!\n)){1,1000}?)(?<=\S)\1"),
    re.compile(r"(?<![\w\\])(__)(?=\S)([^\n]{1,1000}?)(?<=\S)__(?!\w)"),
    re.compile(r"(?<![\\*])(\*)(?=[^\s*])([^*\n]{1,1000}?)(?<=[^\s\\])\*(?!\*)"),
    re.compile(r"(?<![\w\\])(_)(?=[^\s_])([^_\n]{1,1000}?)(?<=[^\s\\])_(?!\w)"),
    re.compile(r"(?<!\\)(`+)([^`\n]{1,1000})\1"),
)
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def markdown_blocks(text: str) -> tuple[list[Block], Mapping[str, str]]:
    """The paragraphs of a Markdown ``text`` as plain text, and the fields of its front matter."""
    meta: dict[str, str] = {}
    if front := _FRONT_MATTER.match(text):
        meta = _front_matter(front["lines"])
        text = text[front.end() :]
    text = _DEFINITION.sub("", _without_comments(text))
    blocks: list[Block] = []
    for raw, hint in _raw_blocks(text.split("\n")):
        blocks.extend(_plain_blocks(raw, hint))
    return blocks, meta


def _without_comments(text: str) -> str:
    """``text`` less ``<!-- … -->``, by hand: a pattern is quadratic on unclosed ones."""
    kept: list[str] = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[position:start])
        position = end + len("-->")
    return "".join((*kept, text[position:]))


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
            hint: Kind = "headline" if len(heading["marks"]) == 1 else "subhead"
            yield _heading_text(line[heading.end() :]), hint
        elif _is_table_row(line) and not _TABLE_RULE.match(line.strip()):
            yield " ".join(cell.strip() for cell in line.strip().strip("|").split("|")), None
        elif not _is_mark_only(line):
            waiting.append(_ITEM.sub("", _QUOTE.sub("", line), count=1))
    if waiting:
        yield "\n".join(waiting), None


def _starts_block(line: str) -> bool:
    return (
        not line.strip()
        or _is_mark_only(line)
        or _is_table_row(line)
        or any(pattern.match(line) for pattern in (_HEADING, _ITEM))
    )


def _is_table_row(line: str) -> bool:
    row = line.strip()
    return len(row) > 1 and row[0] == row[-1] == "|"


def _heading_text(line: str) -> str:
    """``line`` without the marks that may close a heading: ``# Title #``."""
    text = line.strip()
    without = text.rstrip("#")
    return without.strip() if without[-1:] in ("", " ", "\t") else text


def _is_mark_only(line: str) -> bool:
    bare = _QUOTE.sub("", line)
    return (
        not bare.strip()
        or any(pattern.match(bare) for pattern in (_FENCE, _RULE))
        or _TABLE_RULE.match(line.strip()) is not None
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
