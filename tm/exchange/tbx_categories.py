"""The data categories of TBX, and what they are in a termbase."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from tm.terms.termbase.concepts import TermStatus

Level = Literal["concept", "language", "term"]

MINIMAL = "http://www.tbxinfo.net/ns/min"
BASIC = "http://www.tbxinfo.net/ns/basic"

#: What a forbidden term has for a note: TBX has no status below deprecated.
FORBIDDEN = "Forbidden: do not use."

#: The elements that name their category in ``type``.
_ELEMENTS = frozenset(
    {"descrip", "descripNote", "admin", "adminNote", "termNote", "transac", "transacNote"}
    | {"ref", "xref"}
)
#: Category: the element it is in files whose categories are attributes, and its module.
_CATEGORIES = {
    "administrativeStatus": ("termNote", MINIMAL),
    "partOfSpeech": ("termNote", MINIMAL),
    "subjectField": ("descrip", MINIMAL),
    "customerSubset": ("admin", MINIMAL),
    "externalCrossReference": ("xref", MINIMAL),
    "context": ("descrip", BASIC),
    "crossReference": ("ref", BASIC),
    "definition": ("descrip", BASIC),
    "geographicalUsage": ("termNote", BASIC),
    "grammaticalGender": ("termNote", BASIC),
    "projectSubset": ("admin", BASIC),
    "responsibility": ("transacNote", BASIC),
    "source": ("admin", BASIC),
    "termLocation": ("termNote", BASIC),
    "termType": ("termNote", BASIC),
    "transactionType": ("transac", BASIC),
    "xGraphic": ("xref", BASIC),
}
#: Where TBX-Basic allows a category, if not everywhere; all term notes belong to terms.
_LEVELS: dict[str, frozenset[Level]] = {
    "subjectField": frozenset({"concept"}),
    "definition": frozenset({"concept", "language"}),
    "context": frozenset({"term"}),
    "crossReference": frozenset({"concept", "term"}),
    "customerSubset": frozenset({"concept", "term"}),
    "projectSubset": frozenset({"concept", "term"}),
    "xGraphic": frozenset({"concept", "language"}),
}
#: What it allows some categories to say; proper nouns are nouns in version 3.
_VALUES = {
    "administrativeStatus": frozenset(
        f"{name}Term-admn-sts" for name in ("preferred", "admitted", "deprecated", "superseded")
    ),
    "partOfSpeech": frozenset({"adjective", "adverb", "noun", "verb", "other"}),
    "termType": frozenset(
        {"fullForm", "acronym", "abbreviation", "shortForm", "variant", "phrase"}
    ),
    "grammaticalGender": frozenset({"masculine", "feminine", "neuter", "other"}),
    "transactionType": frozenset({"origination", "modification"}),
}
_TERM_LEVEL = frozenset({"tig", "ntig", "termSec", "termGroup", "termGrp", "termNoteGrp"})

#: Statuses and, from version 2, authorisations, without their ending.
_STATUS: dict[str, TermStatus] = {
    "preferredTerm": "preferred",
    "standardizedTerm": "preferred",
    "legalTerm": "preferred",
    "regulatedTerm": "preferred",
    "admittedTerm": "admitted",
    "deprecatedTerm": "deprecated",
    "supersededTerm": "deprecated",
    "preferred": "preferred",
    "admitted": "admitted",
    "deprecated": "deprecated",
    "superseded": "deprecated",
    "obsolete": "deprecated",
    "forbidden": "forbidden",
    "notRecommended": "deprecated",
}
STATUS_NAMES: dict[TermStatus, str] = {
    "preferred": "preferredTerm-admn-sts",
    "admitted": "admittedTerm-admn-sts",
    "deprecated": "supersededTerm-admn-sts",
    "forbidden": "deprecatedTerm-admn-sts",
}
_POS_NAMES = {"proper": "properNoun", "noun": "noun", "verb": "verb", "adjective": "adjective"}
_POS = {name.lower(): pos for pos, name in _POS_NAMES.items()} | {"proper noun": "proper"}


def is_category(element: str) -> bool:
    """Whether an element names its category in ``type``."""
    return element in _ELEMENTS


def element_of(category: str, parent: str) -> str:
    """The element for a category that is written as a tag inside ``parent``."""
    known = _CATEGORIES.get(category)
    if known is not None:
        return known[0]
    if parent in _TERM_LEVEL:
        return "termNote"
    return {"transacGrp": "transacNote", "descripGrp": "admin"}.get(parent, "descrip")


def module_of(category: str) -> str | None:
    """The namespace of a category of TBX-Basic that is written as a tag; ``None`` of another."""
    known = _CATEGORIES.get(category)
    return None if known is None else known[1]


def is_basic(category: str, level: Level, text: str, version: Literal[2, 3] = 3) -> bool:
    """Whether TBX-Basic has a category, allows it on a level, and allows it to say ``text``."""
    if version == 2 and (category, text) == ("partOfSpeech", "properNoun"):
        text = "noun"
    known = _CATEGORIES.get(category)
    if known is None:
        return False
    levels = _LEVELS.get(category)
    is_in_place = level == "term" if known[0] == "termNote" else levels is None or level in levels
    return is_in_place and text in _VALUES.get(category, (text,))


def status_of(told: str, notes: Sequence[str] = ()) -> TermStatus | None:
    """The status that ``preferredTerm-admn-sts`` or ``preferredTerm`` says; ``None`` if none."""
    if told and FORBIDDEN in notes:
        return "forbidden"
    return _STATUS.get(told.removesuffix("-admn-sts"))


def part_of_speech(told: str) -> str:
    """A part of speech as the termbase writes it: ``proper`` for ``properNoun``."""
    return _POS.get(told.strip().lower(), told)


def part_of_speech_name(pos: str) -> str | None:
    """A part of speech as TBX writes it; ``None`` for what is none (``phrase``)."""
    if pos == "phrase":
        return None
    return _POS_NAMES.get(pos, pos) or None
