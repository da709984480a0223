"""Inline codes on their way out: those of TMX as they are, all others inside a ``<ph>``."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple
from xml.parsers import expat

from align.markup import escaped, possible, text_xml
from tm.exchange.inline import WHOLE, Inline, gather
from tm.exchange.streaming import TornError
from tm.unit import Code

_NAME = re.compile(r"</?([A-Za-z_][\w.:-]*)")
#: The one element of TMX that stands around text, and what some of the others must have.
_AROUND_TEXT = frozenset({"hi"})
_NEEDED = {
    "bpt": re.compile(r'\si="'),
    "ept": re.compile(r'\si="'),
    "it": re.compile(r'\spos="'),
}
_ID = re.compile(r'\sid="')
_CLOSING = re.compile(r"</([A-Za-z_][\w.:-]*)>")

Kind = Literal["whole", "open", "close"]


class Form(NamedTuple):
    """What a piece of markup is in a segment: its kind, its element, and how it is written."""

    kind: Kind
    name: str
    markup: str


def _is_of_tmx(name: str, markup: str) -> bool:
    """Whether an element has what TMX asks for. XLIFF has some of the same names; there all codes
    have an ``id``, which TMX does not know."""
    tag = markup[: markup.index(">")]
    needed = _NEEDED.get(name)
    return _ID.search(tag) is None and (needed is None or needed.search(tag) is not None)


@lru_cache(maxsize=8192)
def form(markup: str) -> Form | None:
    """The form in which a reader of TMX will find ``markup``; ``None`` if it is no inline code."""
    found = _NAME.match(markup)
    if found is None or possible(markup) != markup:
        return None
    name = found.group(1)
    if name not in _AROUND_TEXT and name not in WHOLE:
        return None
    if markup.startswith("</"):
        is_one = _CLOSING.fullmatch(markup) and name not in WHOLE
        return Form("close", name, markup) if is_one else None
    kind: Kind = "whole" if name in WHOLE else "open"
    end = "" if kind == "whole" else f"</{name}>"
    codes = _codes_in(f"{markup}{end}")
    if codes is None or len(codes) != (1 if kind == "whole" else 2):
        return None
    if not _is_of_tmx(name, codes[0].markup):
        return None
    return Form(kind, name, codes[0].markup)


def segment(text: str, codes: Sequence[Code]) -> tuple[str, str, tuple[Code, ...]]:
    """The content of a ``<seg>``, and the text and the codes that a reader will find in it."""
    written = possible(text)
    if not codes:
        return escaped(written), written, ()
    placed = sorted(codes, key=lambda code: code.place)
    forms = _balanced([form(code.markup) for code in placed])
    parts: list[str] = []
    found: list[Code] = []
    at = place = passed = 0
    for code, known in zip(placed, forms, strict=True):
        until = max(passed, code.place)
        place += len(possible(text[passed:until]))
        passed = until
        parts.append(escaped(written[at:place]))
        at = place
        markup = known.markup if known else f"<ph>{text_xml(code.markup)}</ph>"
        if markup == "<ph></ph>":
            markup = "<ph/>"
        parts.append(markup)
        found.append(Code(place, markup))
    parts.append(escaped(written[at:]))
    return "".join(parts), written, tuple(found)


def whole_element(markup: str, name: str | None = None) -> bool:
    """Whether ``markup`` is one element (called ``name``), written as readers keep elements."""
    kept: list[str] = []

    def start(parser: expat.XMLParserType) -> None:
        def begin(element: str, attributes: dict[str, str]) -> None:
            if name is not None and element != name:
                raise TornError("another element", parser)
            gather(parser, element, attributes, kept.append)

        parser.StartElementHandler = begin

    return possible(markup) == markup and _parses(markup, start) and kept == [markup]


def _balanced(forms: list[Form | None]) -> list[Form | None]:
    """``forms`` without the tags around text that have no partner in the right place."""
    opened: list[int] = []
    alone = set[int]()
    for number, known in enumerate(forms):
        if known is None or known.kind == "whole":
            continue
        if known.kind == "open":
            opened.append(number)
        elif opened and _name(forms[opened[-1]]) == known.name:
            opened.pop()
        else:
            alone.add(number)
    alone.update(opened)
    return [None if number in alone else known for number, known in enumerate(forms)]


def _name(known: Form | None) -> str | None:
    return known.name if known else None


def _codes_in(markup: str) -> tuple[Code, ...] | None:
    """The codes of a segment of codes only, ``None`` if it holds text or is no segment."""
    found: list[tuple[str, tuple[Code, ...]]] = []

    def start(parser: expat.XMLParserType) -> None:
        inline = Inline(parser, lambda text, codes: found.append((text, codes)))
        parser.StartElementHandler = lambda name, attributes: inline.begin()

    if not _parses(f"<seg>{markup}</seg>", start) or found[0][0]:
        return None
    return found[0][1]


def _parses(markup: str, start: Callable[[expat.XMLParserType], None]) -> bool:
    parser = expat.ParserCreate("utf-8")
    parser.buffer_text = True
    start(parser)
    try:
        parser.Parse(markup.encode(), True)
    except (expat.ExpatError, TornError, IndexError):
        return False
    return True
