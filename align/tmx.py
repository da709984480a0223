"""TMX 1.4b as Donju writes it: the one place that knows how its files look.

What a unit has no attribute for stands in properties: ``x-article`` and ``x-position``, its place
in its article, ``x-confidence`` where it is not 1, ``x-origin``. Its translator and date are the
attributes of its creation, which every program shows; where those are taken by what an imported
file said, ``x-translator`` and ``x-date`` say it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from align.markup import attributes_xml, element_xml, escaped, possible, text_xml
from align.version import donju_version

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)

#: The property of the header with the target language.
TARGET = "targetlang"

FOOT = "</body>\n</tmx>\n"


@dataclass(frozen=True, slots=True)
class Where:
    """Where a unit is from; what is not known is ``None`` (``position``: below 0)."""

    article: str
    position: int
    translator: str | None
    date: str | None
    origin: str | None
    confidence: float = 1.0


def head(source: str, target: str, kept: str = "") -> str:
    """The start of a file from one language into another (the latter as memoQ names it). ``kept``
    is the markup of what else its header holds: notes, properties, other elements."""
    attributes = {
        "creationtool": "donju",
        "creationtoolversion": donju_version(),
        "segtype": "sentence",
        "o-tmf": "donju",
        "adminlang": "en",
        "srclang": source,
        "datatype": "plaintext",
    }
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n<tmx version="1.4">\n'
        f"{element_xml('header', attributes, property_xml(TARGET, target) + kept)}\n<body>\n"
    )


def provenance(
    where: Where, created: str | None = None, created_by: str | None = None
) -> tuple[dict[str, str], dict[str, str]]:
    """The attributes and the properties of a unit that say where it is from. ``created`` and
    ``created_by`` are what an imported file says of its creation."""
    attributes: dict[str, str] = {}
    properties: dict[str, str] = {}
    if created is not None:
        attributes["creationdate"] = created
        properties["x-date"] = where.date or ""
    elif where.date is not None and _DAY.fullmatch(where.date):
        attributes["creationdate"] = f"{where.date.replace('-', '')}T000000Z"
    elif where.date is not None:
        properties["x-date"] = where.date
    if created_by is not None:
        attributes["creationid"] = created_by
        properties["x-translator"] = where.translator or ""
    elif where.translator:
        attributes["creationid"] = where.translator
    if where.article:
        properties["x-article"] = where.article
    if where.position >= 0:
        properties["x-position"] = str(where.position)
    if where.confidence != 1.0:
        properties["x-confidence"] = repr(where.confidence)
    if where.origin is not None:
        properties["x-origin"] = where.origin
    return (
        {name: possible(value) for name, value in attributes.items()},
        {name: possible(value) for name, value in properties.items()},
    )


def property_xml(kind: str, value: str) -> str:
    return f"<prop{attributes_xml({'type': kind})}>{escaped(value)}</prop>"


def variant_xml(language: str, segment: str, attributes: Mapping[str, str], inner: str = "") -> str:
    """One language of a unit; ``segment`` (a ``<seg>``) and ``inner`` are markup."""
    named = attributes_xml({"xml:lang": language, **attributes})
    return f"<tuv{named}>{inner}{segment}</tuv>\n"


def segment_xml(text: str) -> str:
    """A segment without inline codes."""
    return f"<seg>{text_xml(text)}</seg>"


def unit_xml(attributes: Mapping[str, str], inner: str, variants: Iterable[str]) -> str:
    """A unit; ``inner`` is the markup of its notes and properties."""
    return f"<tu{attributes_xml(attributes)}>{inner}\n{''.join(variants)}</tu>\n"
