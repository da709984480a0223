"""Concepts written as TBX: version 3, in either of its styles, or version 2, which older programs
and translate-toolkit read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Literal

from align.markup import attributes_xml, possible, text_xml
from align.output import replacing
from tm.exchange.tbx import Concept, Data, Section, Term
from tm.exchange.tbx_categories import BASIC, MINIMAL, Level, is_basic, module_of

#: Of version 3, data categories as attributes or as tags; or version 2.
Style = Literal["dca", "dct", "v2"]

#: What concepts, languages and terms are in version 3 and in version 2.
_HOLDERS = (("conceptEntry", "langSec", "termSec"), ("termEntry", "langSet", "tig"))
_PREFIXES = {MINIMAL: "min", BASIC: "basic"}
_GROUP = {"descrip": "descripGrp", "admin": "adminGrp", "termNote": "termNoteGrp"}
_GROUP_OF = {**_GROUP, "transac": "transacGrp", "ref": "descripGrp", "xref": "descripGrp"}


def write_tbx(
    path: Path,
    concepts: Iterable[Concept],
    *,
    style: Style = "dca",
    title: str = "",
    dialect: Literal["TBX-Basic", "TBX-Private"] = "TBX-Basic",
) -> int:
    """Write concepts to a file, and say how many.

    ``dialect`` is what the file says it is; TBX-Basic allows only its own data categories, each in
    its place and some with set values only (:func:`is_all_basic`).

    Raises
    ------
    OutputError: the file cannot be written; it is then as it was.
    """
    count = 0
    with replacing(path) as file:
        head = _head_2 if style == "v2" else _head_3
        file.write(head(style, title or path.stem, dialect))
        for concept in concepts:
            file.writelines(f"{line}\n" for line in _concept(concept, style))
            count += 1
        file.write(f"    </body>\n  </text>\n</{'martif' if style == 'v2' else 'tbx'}>\n")
    return count


def is_all_basic(concept: Concept, style: Style = "dca") -> bool:
    """Whether TBX-Basic has all data categories that are used, where and as they are used."""
    version: Literal[2, 3] = 2 if style == "v2" else 3
    return all(
        is_basic(one.category, level, one.text, version)
        for level, part in _parts(concept)
        for data in part.data
        for one in (data, *data.inner)
        if one.element not in ("note", "date")
    )


def _parts(concept: Concept) -> Iterator[tuple[Level, Concept | Section | Term]]:
    yield "concept", concept
    for section in concept.sections:
        yield "language", section
        for term in section.terms:
            yield "term", term


def _head_3(style: Style, title: str, dialect: str) -> str:
    modules = "".join(f' xmlns:{prefix}="{space}"' for space, prefix in _PREFIXES.items())
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<tbx type="{dialect}" style="{style}" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"\
{modules if style == "dct" else ""}>
  <tbxHeader>
    <fileDesc>
      <titleStmt><title>{text_xml(title)}</title></titleStmt>
      <sourceDesc><p>Written by Donju</p></sourceDesc>
    </fileDesc>
  </tbxHeader>
  <text>
    <body>
"""


def _head_2(style: Style, title: str, dialect: str) -> str:
    kind, rules = "TBX-Basic", "TBXBasicXCSV02.xcs"
    if dialect != kind:  # what version 2 calls TBX has the other categories too
        kind, rules = "TBX", "TBXXCSV02.xcs"
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<martif type="{kind}" xml:lang="en">
  <martifHeader>
    <fileDesc>
      <titleStmt><title>{text_xml(title)}</title></titleStmt>
      <sourceDesc><p>Written by Donju</p></sourceDesc>
    </fileDesc>
    <encodingDesc><p type="XCSURI">{rules}</p></encodingDesc>
  </martifHeader>
  <text>
    <body>
"""


def _concept(concept: Concept, style: Style) -> Iterator[str]:
    entry, language, holder = _HOLDERS[style == "v2"]
    yield f"      <{entry}{_attributes(id=concept.id)}>"
    yield from _data(concept.data, style, 8)
    for section in concept.sections:
        yield f"        <{language}{attributes_xml({'xml:lang': section.lang})}>"
        yield from _data(section.data, style, 10)
        for term in section.terms:
            yield from _term(term, style, holder)
        yield f"        </{language}>"
    yield f"      </{entry}>"


def _term(term: Term, style: Style, holder: str) -> Iterator[str]:
    yield f"          <{holder}>"
    yield f"            <term{_attributes(id=term.id)}>{text_xml(term.text)}</term>"
    yield from _data(term.data, style, 12)
    yield f"          </{holder}>"


def _data(data: Iterable[Data], style: Style, indent: int) -> Iterator[str]:
    blank = " " * indent
    for one in data:
        if not one.inner and one.element != "transac":
            yield f"{blank}{_element(one, style)}"
            continue
        group = _GROUP_OF.get(one.element, "descripGrp")
        yield f"{blank}<{group}>"
        for member in (one, *one.inner):
            yield f"{blank}  {_element(member, style)}"
        yield f"{blank}</{group}>"


def _element(one: Data, style: Style) -> str:
    """A category that TBX-Basic lacks has no tag of its own, and stays an attribute."""
    text, module = text_xml(one.text), module_of(one.category)
    if one.element in ("note", "date"):
        return f"<{one.element}>{text}</{one.element}>"
    if style != "dct" or module is None:
        about = _attributes(type=one.category, target=one.target)
        return f"<{one.element}{about}>{text}</{one.element}>"
    name = f"{_PREFIXES[module]}:{one.category}"
    return f"<{name}{_attributes(target=one.target)}>{text}</{name}>"


def _attributes(**named: str | None) -> str:
    """Those that are told."""
    return attributes_xml({name: possible(value) for name, value in named.items() if value})
