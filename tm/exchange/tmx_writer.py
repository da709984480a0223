"""Writing TMX: everything a unit holds, so that reading it again gives the same unit.

Each unit is put together as the parts that a reader will find; the reader's own rules make a unit
of them, and what differs from the unit that was to be written goes into one property as JSON.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

from align import tmx
from align.markup import attributes_xml, escaped, possible
from align.output import replacing
from tm.exchange.codes import segment, whole_element
from tm.exchange.exact import OWN, differing
from tm.exchange.languages import KO_EN, Languages
from tm.exchange.tmxunit import (
    DATED,
    HEADER_ELEMENT,
    HEADER_NOTE,
    HEADER_PROPERTY,
    NEIGHBOURS,
    OWN_PROPERTIES,
    Manner,
    Side,
    Tu,
    Variant,
    unit_of,
)
from tm.unit import Code, Details, TranslationUnit

_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]*(?::[A-Za-z_][A-Za-z0-9_.-]*)?")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")
_NOTHING = Details()


def write_tmx(
    units: Iterable[TranslationUnit],
    path: Path,
    languages: Languages = KO_EN,
    *,
    level: int = 2,
    kept: Iterable[tuple[str, str]] = (),
) -> int:
    """Write ``units`` to ``path`` as TMX 1.4b and return how many. At ``level`` 1 inline codes are
    left out (and with them the exact return), for programs that take plain text only. ``kept`` are
    the notes, properties and other elements of the header, as articles keep them.

    Raises
    ------
    OutputError: the file cannot be written; it is then as it was.
    """
    count = 0
    write_unit = unit_writer(languages, level=level)
    with replacing(path) as file:
        file.write(tmx.head(languages.source, languages.target, _header(kept)))
        for unit in units:
            file.write(write_unit(unit))
            count += 1
        file.write(tmx.FOOT)
    return count


def _header(kept: Iterable[tuple[str, str]]) -> str:
    """What a file's header keeps, as markup, each once."""
    parts: list[str] = []
    for name, value in dict.fromkeys(kept):
        kind = possible(name.removeprefix(HEADER_PROPERTY))
        if name == HEADER_NOTE:
            parts.append(f"<note>{escaped(possible(value))}</note>")
        elif name.startswith(HEADER_PROPERTY) and kind != tmx.TARGET:
            parts.append(tmx.property_xml(kind, possible(value)))
        elif name == HEADER_ELEMENT and whole_element(value):
            parts.append(value)
    return "".join(parts)


def unit_writer(languages: Languages, *, level: int = 2) -> Callable[[TranslationUnit], str]:
    """A function that gives the ``<tu>`` of a unit."""
    manner = Manner(languages, own=True)

    def write(unit: TranslationUnit) -> str:
        if level == 1 and unit.details is not None:
            unit = replace(unit, details=replace(unit.details, source_codes=(), target_codes=()))
        parts = _Parts(unit, languages)
        told = differing(unit, unit_of(parts.tu, parts.source.read, parts.target.read, manner, -1))
        return parts.markup(told)

    return write


@dataclass(slots=True)
class _Side:
    """One language of a unit: as it is written, and as it will be read."""

    read: Variant
    segment: str
    attributes: dict[str, str] = field(default_factory=dict)
    on_segment: dict[str, str] = field(default_factory=dict)
    inner: list[str] = field(default_factory=list)

    def markup(self) -> str:
        seg = f"<seg{attributes_xml(self.on_segment)}>{self.segment}</seg>"
        return tmx.variant_xml(self.read.language, seg, self.attributes, "".join(self.inner))


class _Parts:
    """A unit taken to pieces. ``tu`` is what the reader will find of it."""

    def __init__(self, unit: TranslationUnit, languages: Languages):
        self._languages = languages
        details = unit.details or _NOTHING
        where = unit.provenance
        self._attributes, own = tmx.provenance(
            tmx.Where(
                where.article,
                where.position,
                where.translator,
                where.date,
                where.origin,
                unit.confidence,
            ),
            details.created,
            details.created_by,
        )
        if unit.status != "draft":
            own["x-status"] = unit.status
        self._properties: list[str] = []
        self._extra: list[str] = []
        self._note_attributes: dict[int, str] = {}
        self.source = _side("source", unit.source, details.source_codes, languages.source)
        self.target = _side("target", unit.target, details.target_codes, languages.target)
        self.tu = Tu(0, 0, {}, own=own)
        self._tell(details)
        if details.kept:
            self._keep(details)
        self.tu.attributes = self._attributes.copy()

    def markup(self, told: str | None) -> str:
        tu = self.tu
        inner = [
            f"<note{self._note_attributes.get(number, '')}>{escaped(note)}</note>"
            for number, note in enumerate(tu.notes)
        ]
        inner += [tmx.property_xml(kind, value) for kind, value in (tu.own | tu.near).items()]
        inner += self._properties
        if told is not None:
            inner.append(tmx.property_xml(OWN, told))
        variants = (self.source.markup(), self.target.markup(), *self._extra)
        return tmx.unit_xml(self._attributes, "".join(inner), variants)

    def _tell(self, details: Details) -> None:
        """What has a field of its own."""
        for key, name in DATED[2:]:  # the creation is told with the provenance
            value = getattr(details, name)
            if value is not None:
                self._attributes[key] = possible(value)
        if details.used is not None:
            self._attributes["usagecount"] = str(details.used)
        self.tu.notes = tuple(possible(note) for note in details.notes)
        if details.context is not None:
            told = (details.context.previous, details.context.following, details.context.key)
            for name, value in zip(NEIGHBOURS, told, strict=True):
                if value is not None:
                    self.tu.near[name] = possible(value)

    def _keep(self, details: Details) -> None:
        """What has none, where its name says and a file can have it."""
        notes: list[tuple[str, str]] = []
        for name, value in details.kept:
            if possible(value) != value or possible(name) != name:
                continue
            if name.startswith("tu/note@"):
                if self._keep_note(name[8:], value):
                    notes.append((name, value))
            elif name.startswith("tu@"):
                self._keep_attribute(name[3:], value)
            elif name.startswith("tu/"):
                self._keep_element(name[3:], value)
            elif name.startswith("source"):
                _keep_on_side(self.source, name[6:], value)
            elif name.startswith("target"):
                _keep_on_side(self.target, name[6:], value)
        self.tu.kept[:0] = notes
        _order(self.source, self._languages.source)
        _order(self.target, self._languages.target)

    def _keep_note(self, number: str, value: str) -> bool:
        known = number.isdecimal() and int(number) < len(self.tu.notes)
        if not known or int(number) in self._note_attributes:
            return False
        if not value or not whole_element(f"<note{value}/>", "note"):
            return False
        self._note_attributes[int(number)] = value
        return True

    def _keep_attribute(self, name: str, value: str) -> None:
        if _NAME.fullmatch(name) and name not in self._attributes:
            self._attributes[name] = value

    def _keep_element(self, name: str, value: str) -> None:
        if name.startswith("prop@"):
            kind = name[5:]
            if kind not in OWN_PROPERTIES and kind not in NEIGHBOURS:
                self._properties.append(tmx.property_xml(kind, value))
                self.tu.kept.append((f"tu/{name}", value))
        elif name == "xml" and whole_element(value):
            if value.startswith("<tuv"):
                self._extra.append(f"{value}\n")
                self.tu.others += (("", value),)
            elif not value.startswith(("<seg", "<tu")):
                self._properties.append(value)
                self.tu.kept.append(("tu/xml", value))


def _side(side: Side, text: str, codes: tuple[Code, ...], language: str) -> _Side:
    content, read, found = segment(text, codes)
    return _Side(Variant(language, side, text=read, codes=found), content)


def _keep_on_side(side: _Side, name: str, value: str) -> None:
    read = side.read
    if name == "@xml:lang" and _LANGUAGE.fullmatch(value):
        read.language = value
    elif name.startswith("@") and _NAME.fullmatch(name[1:]) and name not in ("@lang", "@xml:lang"):
        side.attributes.setdefault(name[1:], value)
    elif name.startswith("/seg@") and _NAME.fullmatch(name[5:]):
        side.on_segment.setdefault(name[5:], value)
    elif name.startswith("/prop@"):
        side.inner.append(tmx.property_xml(name[6:], value))
        read.kept.append((f"{read.side}{name}", value))
    elif name == "/note":
        side.inner.append(f"<note>{escaped(value)}</note>")
        read.kept.append((f"{read.side}{name}", value))
    elif name == "/xml" and whole_element(value) and not value.startswith(("<seg", "<tu")):
        side.inner.append(value)
        read.kept.append((f"{read.side}{name}", value))


def _order(side: _Side, usual: str) -> None:
    """Everything kept of one language, in the order in which it will be read."""
    read = side.read
    kept = [(f"{read.side}@xml:lang", read.language)] if read.language != usual else []
    kept += [(f"{read.side}@{key}", value) for key, value in side.attributes.items()]
    kept += read.kept
    kept += [(f"{read.side}/seg@{key}", value) for key, value in side.on_segment.items()]
    read.kept = kept
