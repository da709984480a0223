"""TBX, the exchange format for terms: version 2 (ISO 30042:2008, root ``martif``) and version 3
(2019, root ``tbx``), its data categories as attributes (DCA) or as tags (DCT).

A file is a list of concepts; a concept has sections for languages, these have terms; and each of
the three carries data: a definition, a part of speech, a status. All of it is kept as
:class:`Data`, whatever category it is, so that writing it again (:mod:`tm.exchange.tbx_writer`)
loses nothing; what a termbase needs has properties of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from align.errors import ReadError
from tm.exchange.encoding import open_text
from tm.exchange.items import Note, Refused
from tm.exchange.languages import normal
from tm.exchange.nodes import Broken, Node, Start, Unit, UnsafeError, scan
from tm.exchange.repair import Repairs, without_controls
from tm.exchange.tbx_categories import element_of, is_category, status_of
from tm.terms.termbase.concepts import TermStatus

_ROOTS = ("martif", "tbx", "TBX")
#: The first names of each are those of version 2 and 3, the last that of TBX-Min.
_CONCEPTS = ("termEntry", "conceptEntry", "entry")
_LANGUAGES = ("langSet", "langSec", "langGroup")
_TERMS = ("tig", "ntig", "termSec", "termGroup")
_GROUPS = frozenset({"descripGrp", "adminGrp", "transacGrp", "termNoteGrp", "termGrp"})


@dataclass(frozen=True, slots=True)
class Data:
    """One thing said: ``category`` is its data category (``partOfSpeech``), empty for a plain note
    or date; ``inner`` is what is said of it in turn (the source of a definition)."""

    element: str
    category: str
    text: str
    target: str | None = None
    inner: tuple[Data, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    text: str
    id: str | None = None
    data: tuple[Data, ...] = ()

    @property
    def status(self) -> TermStatus | None:
        """What its status or, in older files, its authorisation means in a termbase."""
        names = ("administrativeStatus", "termStatus", "normativeAuthorization")
        told = next(filter(None, (value(self.data, name) for name in names)), "")
        return status_of(told, [note.text for note in self.data if note.element == "note"])

    @property
    def part_of_speech(self) -> str:
        return value(self.data, "partOfSpeech")

    @property
    def type(self) -> str:
        """``fullForm``, ``acronym``, ``synonym`` … or empty."""
        return value(self.data, "termType")

    @property
    def points_to(self) -> frozenset[str]:
        """The ids of the terms that it names as cross references."""
        return frozenset(
            one.target for one in self.data if one.category == "crossReference" and one.target
        )


@dataclass(frozen=True, slots=True)
class Section:
    """The terms of one language."""

    lang: str
    terms: tuple[Term, ...]
    data: tuple[Data, ...] = ()


@dataclass(frozen=True, slots=True)
class Concept:
    """A concept; ``place`` is where it stands in its file."""

    id: str
    sections: tuple[Section, ...]
    data: tuple[Data, ...] = ()
    place: str = ""

    def terms(self, lang: str) -> Iterator[Term]:
        """The terms in a language (``ko`` also in ``ko-KP`` and ``kor``)."""
        for section in self.sections:
            if normal(section.lang).partition("-")[0] == lang:
                yield from section.terms


def value(data: Sequence[Data], category: str) -> str:
    """The first text of a category, empty if there is none."""
    return next((one.text for one in data if one.category == category), "")


def read_tbx(path: Path) -> Iterator[Concept | Refused | Note]:
    """The concepts of a TBX file, as a stream; one without a term is refused.

    Raises
    ------
    ReadError: nothing of the file can be read, or it is no TBX.
    """
    file = open_text(path)
    yield from file.notes
    repairs = Repairs()
    chunks = (chunk.encode() for chunk in repairs.of(file.chunks()))
    has_root = False
    try:
        for event in scan(chunks, _CONCEPTS):
            yield from repairs.notes
            repairs.notes.clear()
            if isinstance(event, Start) and not has_root:
                _check_root(event, path)
                has_root = True
            elif isinstance(event, Unit):
                yield _concept(event.node)
            elif isinstance(event, Broken):
                if event.unit is None:
                    yield Note(event.place, event.told)
                else:
                    yield Refused(event.place, event.told)
    except UnsafeError as error:
        raise ReadError(
            error.reason, place=f"{path}, line {error.line}", remedy="export it again"
        ) from error
    yield from repairs.notes


def _check_root(start: Start, path: Path) -> None:
    if start.name not in _ROOTS:
        raise ReadError(
            f"this is no TBX: its first element is <{start.name}>",
            place=path,
            remedy="give a file exported as TBX",
        )


def _concept(node: Node) -> Concept | Refused:
    sections = tuple(
        Section(
            section.attributes.get("xml:lang") or section.attributes.get("lang") or "",
            tuple(term for child in section.all(*_TERMS) if (term := _term(child)).text),
            _data(section),
        )
        for section in node.all(*_LANGUAGES)
    )
    if not any(section.terms for section in sections):
        return Refused(node.place, "it has no term")
    return Concept(node.attributes.get("id", ""), sections, _data(node), node.place)


def _term(node: Node) -> Term:
    holder = next((child for child in node.walk() if child.name == "term"), None)
    if holder is None:
        return Term("")
    name = holder.attributes.get("id") or node.attributes.get("id")
    return Term(_text(holder), name, _data(node))


def _data(node: Node) -> tuple[Data, ...]:
    """What is said in an element, not in the sections below it."""
    found: list[Data] = []
    for child in node.nodes:
        if child.name == "termGrp":
            found += _data(child)
        elif child.name in _GROUPS:
            found += _grouped(child)
        elif (one := _one(child, node)) is not None:
            found.append(one)
    return tuple(found)


def _grouped(group: Node) -> list[Data]:
    """A group is one thing and what is said of it: the first, and all that follow."""
    members = [one for child in group.nodes if (one := _one(child, group)) is not None]
    if not members:
        return []
    first, *rest = members
    return [Data(first.element, first.category, first.text, first.target, tuple(rest))]


def _one(node: Node, parent: Node) -> Data | None:
    if node.name in ("note", "date"):
        return Data(node.name, "", _text(node))
    target = node.attributes.get("target")
    if is_category(node.name):
        return Data(node.name, node.attributes.get("type", ""), _text(node), target)
    if node.name in (*_LANGUAGES, *_TERMS, "term"):
        return None
    return Data(element_of(node.name, parent.name), node.name, _text(node), target)


def _text(node: Node) -> str:
    """The text of an element without its layout and without control characters."""
    return " ".join(without_controls(node.text).split())
