"""From the parts of a ``<tu>`` to translation units, and what becomes of its parts.

What has a field of its own goes there; everything else is kept by name: attributes as
``tu@tuid`` or ``target@creationid``, properties as ``tu/prop@x-client``, notes of one language as
``source/note``; as ``tu/xml`` any other element, such as the segment of a third language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import ClassVar, Literal

from tm.exchange.context import context_of
from tm.exchange.exact import OWN, restored
from tm.exchange.items import Refused
from tm.exchange.languages import Languages, normal
from tm.unit import Code, Context, Details, Provenance, Status, TranslationUnit

Kept = list[tuple[str, str]]
Pairs = tuple[tuple[str, str], ...]
Side = Literal["source", "target"]

#: Attributes of ``<tu>`` with a field of their own; ``usagecount`` is a number.
DATED: tuple[tuple[str, str], ...] = (
    ("creationdate", "created"),
    ("creationid", "created_by"),
    ("changedate", "changed"),
    ("changeid", "changed_by"),
    ("lastusagedate", "last_used"),
)
#: Properties that OmegaT writes, and Donju, and the part of the context they tell.
NEIGHBOURS = ("prev", "next", "id")

#: Properties that only Donju writes.
OWN_PROPERTIES = frozenset(
    {"x-article", "x-position", "x-date", "x-translator", "x-origin", "x-confidence", "x-status"}
) | {OWN}

#: How sure Trados is of a translation.
CONFIRMED = "x-ConfirmationLevel"
_CONFIRMATIONS: dict[str, Status] = {
    "ApprovedTranslation": "approved",
    "ApprovedSignOff": "approved",
    "RejectedTranslation": "rejected",
    "RejectedSignOff": "rejected",
}
_PLACE = re.compile(r"[0-9]{1,12}", re.ASCII)
_DECIMAL = re.compile(r"[0-9]+(?:\.[0-9]+)?(?:e-?[0-9]+)?", re.ASCII)
_DAY = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


#: Names of what stands in the header: a note, a property (and its type), any other element.
HEADER_NOTE, HEADER_PROPERTY, HEADER_ELEMENT = "header/note", "header/prop@", "header/xml"


@dataclass(slots=True)
class Variant:
    """A ``<tuv>`` in a language that is wanted, as written; ``kept`` goes by full names.

    ``text`` is ``None`` if it has no ``<seg>``; ``context`` holds those of its properties that may
    tell the context.
    """

    language: str
    side: Side
    kept: Kept = field(default_factory=list)
    text: str | None = None
    codes: tuple[Code, ...] = ()
    context: Pairs = ()


@dataclass(slots=True)
class Tu:
    """A ``<tu>``: where it stands and what it holds.

    ``others`` are the segments of other languages (language, markup), ``context`` those of its
    properties that may tell the context, ``near`` those of OmegaT that do, ``own`` those that only
    Donju writes, ``confirmed`` is what Trados says of the translation.
    """

    line: int
    number: int
    attributes: dict[str, str]
    kept: Kept = field(default_factory=list)
    notes: tuple[str, ...] = ()
    variants: list[Variant] = field(default_factory=list)
    others: Pairs = ()
    context: Pairs = ()
    near: dict[str, str] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    confirmed: str | None = None
    side: ClassVar[str] = "tu"

    @property
    def place(self) -> str:
        return f"line {self.line}, tu {self.number}"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the units of a file are to be understood.

    ``own`` files were written by Donju and are taken to the letter. ``reversed`` files translate
    from our target language: what their units tell of neighbours is not about our sources.
    """

    languages: Languages
    own: bool = False
    reversed: bool = False
    trados_kind: str | None = None


def units_of(tu: Tu, manner: Manner, position: int) -> Iterator[TranslationUnit | Refused]:
    """The units in a ``<tu>``: one for each pair of a source and a target segment, of which there
    may be several where it has several variants of a language. ``position`` is given to them where
    the unit names no place of its own."""
    sources = [variant for variant in tu.variants if variant.side == "source"]
    targets = [variant for variant in tu.variants if variant.side == "target"]
    if not sources or not targets:
        wanted = manner.languages
        missing = wanted.source if not sources else wanted.target
        yield Refused(tu.place, _missing(missing, _codes(tu)))
        return
    for source in sources:
        for target in targets:
            reason = None if manner.own else _empty(source, manner.languages.source)
            if reason is None and not manner.own:
                reason = _empty(target, manner.languages.target)
            if reason is not None:
                yield Refused(tu.place, reason)
                continue
            yield unit_of(tu, source, target, manner, position)
            position += 1


def unit_of(
    tu: Tu, source: Variant, target: Variant, manner: Manner, position: int
) -> TranslationUnit:
    """The unit of two variants."""
    attributes = tu.attributes.copy() if len(tu.variants) > 2 else tu.attributes
    dated = {name: attributes.pop(key) for key, name in DATED if key in attributes}
    used = attributes.get("usagecount")
    number = int(used) if used is not None and used.isdecimal() and len(used) < 10 else None
    if number is not None and str(number) == used:
        del attributes["usagecount"]
    else:
        number = None
    kept = [(f"tu@{key}", value) for key, value in attributes.items()] if attributes else []
    kept += tu.kept
    kept += source.kept
    kept += target.kept
    kept += [("tu/xml", markup) for _, markup in tu.others]
    text, target_text = source.text or "", target.text or ""
    if manner.own:
        return _own(tu, text, target_text, source, target, dated, number, tuple(kept))
    context = _context(tu, source, manner, kept)
    details = None
    if not dated:
        dated = _dates_of(target)
    if dated or kept or tu.notes or context or number is not None or source.codes or target.codes:
        details = Details(
            context,
            source.codes,
            target.codes,
            tu.notes,
            used=number,
            kept=tuple(kept),
            **dated,
        )
    day = dated.get("changed") or dated.get("created")
    provenance = Provenance(
        "",
        position,
        dated.get("changed_by") or dated.get("created_by"),
        None if day is None else iso_day(day),
    )
    status = _CONFIRMATIONS.get(tu.confirmed, "draft") if tu.confirmed else "draft"
    return TranslationUnit(text, target_text, provenance, 1.0, status, details)


def _own(
    tu: Tu,
    source_text: str,
    target_text: str,
    source: Variant,
    target: Variant,
    dated: dict[str, str],
    used: int | None,
    kept: tuple[tuple[str, str], ...],
) -> TranslationUnit:
    """A unit of a file that Donju wrote. Without properties that say otherwise, the attributes for
    the creation are the unit's translator and date."""
    own, near = tu.own, tu.near
    told_by, told_on = own.get("x-translator"), own.get("x-date")
    translator = dated.pop("created_by", None) if told_by is None else told_by or None
    day = iso_day(dated.pop("created", "")) if told_on is None else told_on or None
    context = Context(near.get("prev"), near.get("next"), near.get("id")) if near else None
    details = None
    if dated or kept or tu.notes or context or used is not None or source.codes or target.codes:
        details = Details(
            context, source.codes, target.codes, tu.notes, used=used, kept=kept, **dated
        )
    provenance = Provenance(
        own.get("x-article", ""),
        place_of(own.get("x-position", "")),
        translator,
        day,
        own.get("x-origin"),
    )
    status = own.get("x-status", "draft")
    unit = TranslationUnit(
        source_text,
        target_text,
        provenance,
        share_of(own.get("x-confidence", "")),
        status if status in ("approved", "rejected") else "draft",  # type: ignore[arg-type]
        details,
    )
    return restored(unit, own[OWN]) if OWN in own else unit


def _context(tu: Tu, source: Variant, manner: Manner, kept: Kept) -> Context | None:
    """The neighbours and the key, as far as they are told of our source side."""
    near = tu.near
    if manner.reversed and near:
        kept.extend((f"tu/prop@{name}", value) for name, value in near.items() if name != "id")
        near = {"id": near["id"]} if "id" in near else {}
    told = source.context if manner.reversed else source.context + tu.context
    derived = (
        context_of(told, manner.trados_kind, normal(manner.languages.source)) if told else None
    )
    if not near:
        return derived
    derived = derived or Context()
    return Context(
        near.get("prev", derived.previous),
        near.get("next", derived.following),
        near.get("id", derived.key),
    )


def _dates_of(variant: Variant) -> dict[str, str]:
    """The dates that a ``<tuv>`` bears (OmegaT and others put them there); they are kept too."""
    if not variant.kept:
        return {}
    found = dict(variant.kept)
    names = ((f"{variant.side}@{key}", name) for key, name in DATED)
    return {name: found[key] for key, name in names if key in found}


def _empty(variant: Variant, language: str) -> str | None:
    """Why a segment cannot be taken, if it cannot."""
    if variant.text is None:
        return _reason("its {} part has no <seg>", language)
    if not variant.text or variant.text.isspace():
        said = "its {} text is only inline codes" if variant.codes else "its {} text is empty"
        return _reason(said, language)
    return None


def _codes(tu: Tu) -> str:
    languages = (*(variant.language for variant in tu.variants), *(name for name, _ in tu.others))
    return ", ".join(dict.fromkeys(languages))


# Reasons are made once and shared: a file may have a million units with the same fault.
@lru_cache(maxsize=1024)
def _reason(text: str, language: str) -> str:
    return text.format(language)


@lru_cache(maxsize=1024)
def _missing(language: str, found: str) -> str:
    return f"no segment in {language}" + (f" (it has {found})" if found else "")


@lru_cache(maxsize=4096)
def iso_day(written: str) -> str | None:
    """``2019-01-31`` of ``20190131T235900Z`` and the like; ``None`` if it is no such date."""
    found = _DAY.match(written)
    if found is None:
        return None
    try:
        return date(*map(int, found.groups())).isoformat()
    except ValueError:
        return None


def place_of(written: str) -> int:
    """A unit's place in its article, -1 if none is told."""
    return int(written) if _PLACE.fullmatch(written) else -1


def share_of(written: str) -> float:
    """A confidence in [0, 1], 1 if none is told."""
    value = float(written) if _DECIMAL.fullmatch(written) else 1.0
    return value if value <= 1 else 1.0
