"""HTML to blocks of plain text: :func:`webpage_blocks`.

The article is taken from the ``article`` element with the most text, or one that schema.org marks
as the article's body, or ``main``, or one with a common class name, or else the whole page; an
element that is only a teaser, as the paragraphs elsewhere on the page show, is passed over. Menus,
page headers and footers, side bars, scripts, forms (unless the page stands in one) and hidden
elements are left out. lxml parses without network, without entity expansion and within its limits
on depth and size.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from align.article import Kind
from align.errors import ReadError
from align.reading.dates import iso_date
from align.reading.page import Block

_SKIPPED = frozenset(
    {"script", "style", "noscript", "template", "nav", "aside", "form", "button", "select"}
    | {"textarea", "input", "svg", "math", "iframe", "object", "embed", "canvas", "audio"}
    | {"video", "head", "title", "menu", "dialog"}
)
_PAGE_FURNITURE = frozenset({"header", "footer"})
_INLINE = frozenset(
    {"a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em"}
    | {"font", "i", "img", "ins", "kbd", "label", "mark", "q", "rp", "rt", "ruby", "s", "samp"}
    | {"small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}
    | {"picture", "source"}
)
_HEADINGS: Mapping[str, Kind] = {
    "h1": "headline",
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), "subhead"),
    "figcaption": "caption",
    "caption": "caption",
}
_CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:caption|wp-caption-text|(?:img|image|photo|pic)[_-]?(?:desc|info|txt|text|credit))(?:$|[\s_-])",
    re.IGNORECASE,
)
_BODY_CLASS = re.compile(
    r"(?:^|\s)(?:article[_-]?(?:body|content|text|txt|view)|(?:entry|post|story|news)[_-]?(?:content|body|text|txt)|"
    r"articleBody|view[_-]?cont(?:ent)?)(?:$|\s)",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_SPACE = re.compile("[ \t\r\n\f\xa0]+")
_META_CHARSET = re.compile(
    rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]+)", re.IGNORECASE
)
_XML_ENCODING = re.compile(rb"\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9_:.-]+)")
_META_NAMES = {
    "author": "reporter",
    "article:author": "reporter",
    "dable:author": "reporter",
    "byl": "reporter",
    "article:published_time": "date",
    "date": "date",
    "pubdate": "date",
    "dc.date": "date",
    "dc.date.issued": "date",
    "datepublished": "date",
    "og:title": "headline",
}
_SMALLEST_ARTICLE = 80
#: An element with a smaller share of the text of the page's paragraphs is a teaser.
_SMALLEST_SHARE = 0.25


def declared_charset(data: bytes) -> str | None:
    """The encoding that ``<meta charset>`` or an XML declaration early in ``data`` names."""
    match = _XML_ENCODING.search(data[:1024]) or _META_CHARSET.search(data[:8192])
    return match[1].decode("ascii") if match else None


def webpage_blocks(text: str, place: str) -> tuple[list[Block], Mapping[str, str]]:
    """The paragraphs of the article in an HTML ``text``, and what its ``meta`` says.

    Raises
    ------
    ReadError: the page is nested so deeply, or so broken, that text would be lost.
    """
    root = _parsed(text, place)
    _open_page_forms(root)
    main = _main_element(root)
    blocks = [*_outer_headline(root, main), *_blocks(main)]
    return blocks, _meta(root, blocks)


def _parsed(text: str, place: str) -> Any:
    from lxml import etree

    parser = etree.HTMLParser(
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(text.encode("utf-8"), parser)
    except (etree.LxmlError, ValueError) as error:
        raise _unreadable(place) from error
    if root is None:
        raise _unreadable(place)
    if any(entry.level_name == "FATAL" for entry in parser.error_log):
        raise ReadError(
            "the HTML is nested too deeply, or a piece of it is too large, to be read whole",
            place=place,
            remedy="save the article's text as .txt",
        )
    return root


def _unreadable(place: str) -> ReadError:
    return ReadError(
        "the HTML cannot be parsed", place=place, remedy="save the article's text as .txt"
    )


def _text_length(element: Any) -> int:
    pieces = element.xpath(".//text()[not(ancestor::script or ancestor::style)]")
    return sum(len(piece.strip()) for piece in pieces)


def _open_page_forms(root: Any) -> None:
    """Make a form that holds most of the page, as ASP.NET writes them, an ordinary element."""
    forms = list(root.iter("form"))
    least = _text_length(root) / 2 if forms else 0
    for form in forms:
        if _text_length(form) >= least:
            form.tag = "div"


def _paragraph_length(element: Any) -> int:
    return sum(_text_length(paragraph) for paragraph in element.iter("p"))


def _main_element(root: Any) -> Any:
    """The element that holds the article, the page's root where none is marked."""
    least = _SMALLEST_SHARE * _paragraph_length(root)
    candidates = [
        list(root.iter("article")),
        [e for e in root.iter() if e.get("itemprop") == "articleBody"],
        list(root.iter("main")),
        [e for e in root.iter("div", "section", "td") if _marked_as_body(e)],
    ]
    for elements in candidates:
        best = max(elements, key=_text_length, default=None)
        if best is not None and _text_length(best) >= max(_SMALLEST_ARTICLE, least):
            return best
    return root


def _marked_as_body(element: Any) -> bool:
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _BODY_CLASS.search(names) is not None


def _outer_headline(root: Any, main: Any) -> Iterator[Block]:
    """The page's ``h1`` where it stands outside the article's element."""
    if main is root or next(main.iter("h1"), None) is not None:
        return
    for heading in root.iter("h1"):
        if title := _SPACE.sub(" ", "".join(heading.itertext())).strip():
            yield Block(title, "headline")
            return


class _Collector:
    """Text runs gathered into blocks: a block element ends one and begins another."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._pieces: list[str] = []
        self._hint: Kind | None = None

    def add(self, text: str | None) -> None:
        if text:
            self._pieces.append(_SPACE.sub(" ", text))

    def line_break(self) -> None:
        self._pieces.append("\n")

    def border(self, hint: Kind | None) -> None:
        """End the block so far; what follows is of kind ``hint``."""
        lines = "".join(self._pieces).split("\n")
        text = "\n".join(_SPACE.sub(" ", line).strip() for line in lines).strip()
        if text:
            self.blocks.append(Block(text, self._hint))
        self._pieces = []
        self._hint = hint


def _blocks(main: Any) -> list[Block]:
    collector = _Collector()
    _walk(main, collector, None, inside=main.tag in ("article", "main"))
    collector.border(None)
    return collector.blocks


def _walk(element: Any, collector: _Collector, hint: Kind | None, inside: bool) -> None:
    """Depth first; lxml's own limit keeps the depth of the tree below 256 or so."""
    tag = element.tag
    if tag == "br":
        collector.line_break()
        return
    if tag in _SKIPPED or _is_hidden(element) or (tag in _PAGE_FURNITURE and not inside):
        return
    is_block = tag not in _INLINE
    own = _hint_of(element) or hint
    if is_block:
        collector.border(own)
    collector.add(element.text)
    for child in element:
        if isinstance(child.tag, str):
            _walk(child, collector, own, inside or tag in ("article", "main"))
        collector.add(child.tail)
    if is_block:
        collector.border(hint)


def _hint_of(element: Any) -> Kind | None:
    found = _HEADINGS.get(element.tag)
    if found is None and _CAPTION_CLASS.search(element.get("class") or ""):
        return "caption"
    return found


def _is_hidden(element: Any) -> bool:
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or _HIDDEN_STYLE.search(element.get("style") or "") is not None
    )


def _meta(root: Any, blocks: list[Block]) -> dict[str, str]:
    meta: dict[str, str] = {}
    for block in blocks:
        if block.hint == "headline":
            meta.setdefault("headline", block.text)
    for element in root.iter("meta"):
        name = (
            element.get("name") or element.get("property") or element.get("itemprop") or ""
        ).lower()
        key, value = _META_NAMES.get(name), _SPACE.sub(" ", element.get("content") or "").strip()
        if key == "date":
            value = iso_date(value) or ""
        if key and value and not value.startswith("http"):
            meta.setdefault(key, value)
    for element in root.iter("time"):
        if day := iso_date(element.get("datetime") or ""):
            meta.setdefault("date", day)
    title = next(root.iter("title"), None)
    if title is not None and (words := _SPACE.sub(" ", title.text or "").strip()):
        meta.setdefault("headline", words)
    return meta
