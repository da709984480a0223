"""Reading TMX, all versions from 1.1 to 1.4b: a stream of units, whatever the file's size.

What becomes of attributes, properties and notes is told in :mod:`tm.exchange.tmxunit`, what of
inline codes in :mod:`tm.exchange.inline`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from xml.parsers.expat import XMLParserType

from align.errors import ReadError
from align.markup import attributes_xml
from tm.exchange.context import CONTEXT_PROPERTIES
from tm.exchange.encoding import TextFile, open_text
from tm.exchange.inline import Inline, cleaned, cleared, gather
from tm.exchange.items import Item, Note, Progress, Refused, unwatched
from tm.exchange.languages import Languages
from tm.exchange.repair import Repairs, unprefixed, without_controls
from tm.exchange.streaming import Feeder, TornError
from tm.exchange.tmxheader import Header, is_reversed
from tm.exchange.tmxunit import (
    CONFIRMED,
    HEADER_ELEMENT,
    HEADER_NOTE,
    HEADER_PROPERTY,
    NEIGHBOURS,
    OWN_PROPERTIES,
    Manner,
    Side,
    Tu,
    Variant,
    units_of,
)
from tm.unit import Code

#: Elements around the units.
_OUTER = ("tmx", "header", "body")
#: Properties of units with a field of their own.
_SPECIAL = OWN_PROPERTIES.union(NEIGHBOURS, (CONFIRMED,))
_SECOND = "a second <seg> in one language, kept beside the text of the first"
_UNKNOWN = "<{}> is no element of TMX here: passed over"
_COMPOSED = "decomposed letters (Unicode NFD) put together (NFC)"


def read_tmx(path: Path, languages: Languages, progress: Progress = unwatched) -> Iterator[Item]:
    """See :class:`tm.exchange.items.Reader`."""
    file = open_text(path)
    yield from file.notes
    yield from _Reading(file, languages).items(progress)


class _Reading:
    """One file being read: what is open now, and the items found since they were last taken."""

    def __init__(self, file: TextFile, languages: Languages):
        self._file = file
        self._manner = Manner(languages)
        self._items: list[Item] = []
        self._repairs = Repairs()
        self._header = Header()
        self._is_told = False
        self._sides: dict[str | None, Side | None] = {}
        self._manners: dict[str, Manner] = {}
        self._usual = self._header.usual_languages()
        self._numbered = 0
        self._position = 0
        self.begun = False
        self._feeder = Feeder(file.path, self)

    def items(self, progress: Progress) -> Iterator[Item]:
        for text in unprefixed(self._repairs.of(self._file.chunks(progress))):
            self._feeder.feed(text)
            yield from self._taken()
        self._feeder.finish()
        yield from self._taken()

    def _taken(self) -> list[Item]:
        items, self._items = self._items, []
        notes, self._repairs.notes = self._repairs.notes, []
        return [*notes, *items]

    # What the feeder asks for

    def connect(self, parser: XMLParserType) -> None:
        self._parser = parser
        self._inline = Inline(parser, self._end_segment)
        self._outer: list[str] = []
        self._tu: Tu | None = None
        self._variant: Variant | None = None
        self._leaf: tuple[str, str] | None = None
        self._text: list[str] = []
        self._listen()

    def broken(self, line: int | None, message: str, tag: int | None = None) -> None:
        if self._tu is None and tag is not None:
            self._numbered += 1
            self._tu = Tu(tag, self._numbered, {})
        if self._tu is not None:
            ended = "the file ends in the middle of it"
            reason = ended if line is None else f"the XML is broken at line {line} ({message})"
            self._items.append(Refused(self._tu.place, reason))
        elif line is None:
            self._items.append(Note(str(self._file.path), f"the file is not complete ({message})"))
        else:
            self._items.append(
                Note(f"line {line}", f"the XML is broken here ({message}); read on where it is not")
            )

    # Elements

    def _listen(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if self._leaf is not None:
            if name in ("tu", "tuv"):
                raise TornError(f"a <{name}> starts inside a <{self._leaf[0]}>", self._parser)
            self._text.append(f"<{name}{attributes_xml(attributes)}>")
        elif self._tu is None:
            self._start_outside(name, attributes)
        elif name == "prop" and len(attributes) == 1 and "type" in attributes:
            self._leaf = name, attributes["type"]
            self._text = []
            self._parser.CharacterDataHandler = self._text.append
        elif name == "seg" and self._variant is not None:
            if self._variant.text is not None:
                self._items.append(Note(self._tu.place, _SECOND))
                self._read_raw(name, attributes)
                return
            self._read_segment(self._variant, attributes)
        elif name == "tuv":
            self._start_variant(attributes)
        elif name == "note" and (self._variant is None or not attributes):
            self._read_note(attributes)
        elif name == "tu":
            raise TornError("a <tu> starts inside another", self._parser)
        else:
            self._read_raw(name, attributes)

    def _start_outside(self, name: str, attributes: dict[str, str]) -> None:
        if name == "tu":
            self._tell()
            self._numbered += 1
            line = self._parser.CurrentLineNumber + self._feeder.offset
            self._tu = Tu(line, self._numbered, attributes)
            return
        if not self.begun and name != "tmx":
            raise ReadError(
                f"its first element is <{name}>: this is no TMX file",
                place=self._file.path,
                remedy="give it the ending of its own format, or export it as TMX",
            )
        self.begun = True
        if self._outer[-1:] != ["header"]:
            self._outer.append(name)
            if name not in _OUTER:
                line = self._parser.CurrentLineNumber + self._feeder.offset
                self._items.append(Note(f"line {line}", _UNKNOWN.format(name)))
            if name in ("tmx", "header"):
                named = {f"{name}@{key}": value for key, value in attributes.items()}
                self._header.attributes.update(named)
        elif name == "prop" and len(attributes) == 1 and "type" in attributes:
            self._read_text(name, attributes["type"])
        elif name == "note" and not attributes:
            self._read_text(name, "")
        else:
            self._read_raw(name, attributes)

    def _end(self, name: str) -> None:
        if self._leaf is not None:
            if name == self._leaf[0]:
                self._end_text()
            else:
                self._text.append(f"</{name}>")
        elif name == "tu" and self._tu is not None:
            self._end_unit(self._tu)
        elif name == "tuv":
            self._variant = None
        elif self._tu is None:
            self._outer.pop()

    def _start_variant(self, attributes: dict[str, str]) -> None:
        assert self._tu is not None
        if self._variant is not None:
            raise TornError("a <tuv> starts inside another", self._parser)
        language = attributes.pop("xml:lang", None)
        if language is None:
            language = attributes.pop("lang", None)
        try:
            side = self._sides[language]
        except KeyError:
            side = self._sides[language] = self._side(language)
        if side is None or (self._manner.own and len(self._tu.variants) == 2):
            self._keep_variant(self._tu, language, attributes)
            return
        variant = Variant(language or "", side)
        if language != self._usual[side]:
            variant.kept.append((f"{side}@xml:lang", variant.language))
        for key, value in attributes.items():
            variant.kept.append((f"{side}@{key}", value))
        self._tu.variants.append(variant)
        self._variant = variant

    def _side(self, language: str | None) -> Side | None:
        fit = self._manner.languages.side(language or "")
        return fit and fit[0]

    def _keep_variant(self, tu: Tu, language: str | None, attributes: dict[str, str]) -> None:
        """A segment in a language that is not wanted is kept as it is."""

        def done(markup: str) -> None:
            self._listen()
            tu.others += ((language or "no language", markup),)

        named = attributes if language is None else {"xml:lang": language, **attributes}
        gather(self._parser, "tuv", named, done)

    def _end_unit(self, tu: Tu) -> None:
        self._tu = None
        source = tu.attributes.get("srclang")
        manner = self._manner if source is None else self._manner_from(source)
        for item in units_of(tu, manner, self._position):
            if isinstance(item, Refused):
                self._items.append(item)
                continue
            self._items.append(cleared(item) if self._repairs.controls else item)
            self._position += 1

    def _manner_from(self, source: str) -> Manner:
        """How units are to be understood that say which language they are from."""
        known = self._manners.get(source)
        if known is None:
            known = replace(self._manner, reversed=is_reversed(source, self._manner.languages))
            self._manners[source] = known
        return known

    # Text and what stands in it

    def _read_text(self, element: str, kind: str) -> None:
        self._leaf = element, kind
        self._text = []
        self._parser.CharacterDataHandler = self._text.append

    def _end_text(self) -> None:
        assert self._leaf is not None
        (element, kind), self._leaf = self._leaf, None
        self._parser.CharacterDataHandler = None
        text = "".join(self._text)
        if self._tu is None:
            name = f"{HEADER_PROPERTY}{kind}" if element == "prop" else HEADER_NOTE
            self._header.kept.append((name, without_controls(text)))
        elif element == "note":
            self._end_note(text)
        elif self._variant is None and kind in _SPECIAL:
            self._end_special(self._tu, kind, text)
        else:
            holder = self._variant or self._tu
            name, context = _named(holder.side, kind)
            holder.kept.append((name, text))
            if context is not None:
                holder.context += ((context, text),)

    def _end_special(self, tu: Tu, kind: str, text: str) -> None:
        """A property of a unit that has a field of its own."""
        if self._manner.own and kind in OWN_PROPERTIES:
            tu.own[kind] = text
        elif kind in NEIGHBOURS and kind not in tu.near:
            tu.near[kind] = text
        else:
            tu.kept.append((f"tu/prop@{kind}", text))
            if kind == CONFIRMED:
                tu.confirmed = text

    def _read_note(self, attributes: dict[str, str]) -> None:
        assert self._tu is not None
        if attributes:
            number = len(self._tu.notes)
            self._tu.kept.append((f"tu/note@{number}", attributes_xml(attributes)))
        self._read_text("note", "")

    def _end_note(self, text: str) -> None:
        if self._variant is not None:
            self._variant.kept.append((f"{self._variant.side}/note", text))
        elif self._tu is not None:
            self._tu.notes += (text,)

    def _read_segment(self, variant: Variant, attributes: dict[str, str]) -> None:
        for key, value in attributes.items():
            variant.kept.append((f"{variant.side}/seg@{key}", value))
        self._inline.begin()

    def _end_segment(self, text: str, codes: tuple[Code, ...]) -> None:
        assert self._tu is not None
        assert self._variant is not None
        self._listen()
        if not text.isascii():
            compose = not self._manner.own
            text, codes, composed = cleaned(
                text, codes, controls=self._repairs.controls, compose=compose
            )
            if composed:
                self._items.append(Note(self._tu.place, _COMPOSED))
        self._variant.text, self._variant.codes = text, codes

    def _read_raw(self, name: str, attributes: dict[str, str]) -> None:
        """An element that is kept as it is."""

        def done(markup: str) -> None:
            self._listen()
            if self._variant is not None:
                self._variant.kept.append((f"{self._variant.side}/xml", markup))
            elif self._tu is not None:
                self._tu.kept.append(("tu/xml", markup))
            else:
                self._header.kept.append((HEADER_ELEMENT, markup))

        gather(self._parser, name, attributes, done)

    # The header

    def _tell(self) -> None:
        """Hand on what the file says of itself, once, before its first unit."""
        if self._is_told:
            return
        self._is_told = True
        self._manner = self._header.manner(self._manner.languages)
        self._usual = self._header.usual_languages()
        self._items.append(self._header.about())


@lru_cache(maxsize=1024)
def _named(level: str, kind: str) -> tuple[str, str | None]:
    """The name that a property is kept by, and its type if it may tell the context."""
    lowered = kind.lower()
    return f"{level}/prop@{kind}", lowered if lowered in CONTEXT_PROPERTIES else None
