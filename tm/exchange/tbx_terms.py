"""Terms from TBX into a termbase of the house, and a termbase out to TBX.

A termbase has one line for each rendering of a Korean term; TBX has concepts with terms of each
language. So a concept gives a line for each Korean term with each English one, unless an English
term names the Korean ones it renders (``crossReference``), as those written here do where a
concept does not have all combinations.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from align.output import replacing
from tm.exchange.items import Note, Refused
from tm.exchange.tbx import Concept, Data, Section, Term, read_tbx, value
from tm.exchange.tbx_categories import (
    FORBIDDEN,
    STATUS_NAMES,
    part_of_speech,
    part_of_speech_name,
)
from tm.exchange.tbx_writer import Style, is_all_basic, write_tbx
from tm.terms.termbase import (
    COLUMNS,
    MORE_COLUMNS,
    RANK,
    Entry,
    Termbase,
    TermStatus,
    load_termbase,
    table,
)

_NO_PAIR = "it has no term in Korean or none in English"
#: Types of terms that stand beside a main one.
_BESIDE = frozenset({"synonym", "variant", "abbreviation", "acronym", "shortForm"})
_NOT_IN_NAME = re.compile(r"[^\w.-]")


@dataclass(slots=True)
class TermReport:
    """The account of a TBX file: ``concepts == taken + len(refused)``, and of the renderings in
    those taken ``added`` are new, ``already`` were there, and ``conflicts`` are there with
    another status, which is kept."""

    file: str
    taken: int = 0
    added: int = 0
    already: int = 0
    refused: list[Refused] = field(default_factory=list)
    conflicts: list[Refused] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def concepts(self) -> int:
        return self.taken + len(self.refused)


def import_tbx(path: Path, termbase: Path) -> TermReport:
    """Add the renderings of a TBX file to a termbase file, which is made if it is not there. What
    stands in it stays as it is.

    Raises
    ------
    ReadError: the file is no TBX, or the termbase cannot be read.
    InputError: the termbase is damaged.
    OutputError: the termbase cannot be written; it is then as it was.
    """
    report = TermReport(str(path))
    is_new = not termbase.exists()
    house = Termbase(()) if is_new else load_termbase(termbase)
    there = {(entry.ko, entry.en): entry for entry in house}
    concepts = {entry.concept: entry.ko for entry in house}
    added: list[Entry] = []
    for item in read_tbx(path):
        if isinstance(item, Note):
            report.notes.append(item)
            continue
        entries = entries_of(item) if isinstance(item, Concept) else []
        if isinstance(item, Refused) or not entries:
            report.refused.append(
                item if isinstance(item, Refused) else Refused(item.place, _NO_PAIR)
            )
            continue
        report.taken += 1
        for entry in _named_apart(entries, concepts, path.stem):
            known = there.setdefault((entry.ko, entry.en), entry)
            if known is entry:
                added.append(entry)
            elif known.status == entry.status:
                report.already += 1
            else:
                report.conflicts.append(_conflict(item.place, entry, known))
    report.added = len(added)
    if added or is_new:
        _append(termbase, added, is_new=is_new)
    return report


def export_tbx(termbase: Iterable[Entry], path: Path, *, style: Style = "dca") -> int:
    """Write a termbase as TBX and say how many concepts it has."""
    concepts = list(concepts_of(termbase))
    is_basic = all(is_all_basic(concept, style) for concept in concepts)
    return write_tbx(
        path, concepts, style=style, dialect="TBX-Basic" if is_basic else "TBX-Private"
    )


def entries_of(concept: Concept) -> list[Entry]:
    """The renderings of a concept's Korean terms, none if it lacks one of the languages."""
    korean, english = list(concept.terms("ko")), list(concept.terms("en"))
    if not korean:
        return []
    statuses = _statuses(english)
    ids = {term.id for term in korean if term.id}
    name = korean[0].text if concept.id in ("", _xml_name(korean[0].text)) else concept.id
    return [
        Entry(
            concept=name,
            ko=ko.text,
            en=en.text,
            pos=_pos(en) or _pos(ko),
            domain=value(en.data, "subjectField") or concept.subject,
            status=max((status, ko.status or "preferred"), key=RANK.__getitem__),
            note=_notes(en) or _notes(concept),
            definition=value(en.data, "definition") or concept.definition,
            source=_source(en),
            context=value(en.data, "context"),
        )
        for ko in korean
        for en, status in zip(english, statuses, strict=True)
        if not en.renders & ids or ko.id in en.renders
    ]


def concepts_of(termbase: Iterable[Entry]) -> Iterator[Concept]:
    """The concepts of a termbase, in its order."""
    groups: dict[str, list[Entry]] = {}
    for entry in termbase:
        groups.setdefault(entry.concept, []).append(entry)
    seen: Counter[str] = Counter()
    for name, entries in groups.items():
        known = _xml_name(name)
        seen[known] += 1
        yield _concept(known if seen[known] == 1 else f"{known}.{seen[known]}", entries)


def _concept(name: str, entries: Sequence[Entry]) -> Concept:
    """A concept; a rendering whose domain or definition is not the concept's has its own."""
    domain, definition = entries[0].domain, entries[0].definition
    ids = {ko: f"{name}-ko-{n}" for n, ko in enumerate(dict.fromkeys(e.ko for e in entries), 1)}
    renderings: dict[Entry, list[str]] = {}
    for entry in entries:
        alike = replace(
            entry,
            concept="",
            ko="",
            domain="" if entry.domain == domain else entry.domain,
            definition="" if entry.definition == definition else entry.definition,
        )
        renderings.setdefault(alike, []).append(entry.ko)
    korean = tuple(Term(ko, number) for ko, number in ids.items())
    english = tuple(
        Term(
            entry.en,
            None,
            _term_data(entry, [] if len(set(kos)) == len(ids) else [(ids[k], k) for k in kos]),
        )
        for entry, kos in renderings.items()
    )
    about = _about(domain, definition)
    return Concept(name, (Section("ko", korean), Section("en", english)), about)


def _about(domain: str, definition: str) -> tuple[Data, ...]:
    told = (("subjectField", domain), ("definition", definition))
    return tuple(Data("descrip", category, text) for category, text in told if text)


def _term_data(entry: Entry, renders: Sequence[tuple[str, str]]) -> tuple[Data, ...]:
    pos = part_of_speech_name(entry.pos)
    data = [Data("termNote", "partOfSpeech", pos)] if pos else []
    if entry.pos == "phrase":
        data.append(Data("termNote", "termType", "phrase"))
    data.append(Data("termNote", "administrativeStatus", STATUS_NAMES[entry.status]))
    data += [Data("ref", "crossReference", ko, number) for number, ko in renders]
    data += _about(entry.domain, entry.definition)
    if entry.context:
        data.append(Data("descrip", "context", entry.context))
    if entry.source:
        data.append(Data("admin", "source", entry.source))
    if entry.status == "forbidden":
        data.append(Data("note", "", FORBIDDEN))
    if entry.note:
        data.append(Data("note", "", entry.note))
    return tuple(data)


def _statuses(terms: Sequence[Term]) -> list[TermStatus]:
    """Of terms that tell none the first main one is preferred, if no other is."""
    told = [term.status for term in terms]
    is_open = "preferred" not in told
    found: list[TermStatus] = []
    for term, status in zip(terms, told, strict=True):
        if status is None:
            is_first = is_open and (term.type not in _BESIDE or len(terms) == 1)
            status = "preferred" if is_first else "admitted"
            is_open = is_open and not is_first
        found.append(status)
    return found


def _pos(term: Term) -> str:
    return part_of_speech(term.part_of_speech) or ("phrase" if term.type == "phrase" else "")


def _notes(holder: Term | Concept) -> str:
    texts = (one.text for one in holder.data if one.element == "note")
    return "; ".join(text for text in texts if text and text != FORBIDDEN)


def _source(term: Term) -> str:
    """Where the term is from, or else the sentence it stands in."""
    inner = (x for one in term.data if one.category == "context" for x in one.inner)
    return value(term.data, "source") or value(tuple(inner), "source")


def _named_apart(entries: Sequence[Entry], concepts: dict[str, str], stem: str) -> Iterator[Entry]:
    """Entries under a name that no other concept of the termbase has."""
    name, terms = entries[0].concept, {entry.ko for entry in entries}
    if concepts.get(name, entries[0].ko) not in terms:
        name = f"{stem}:{name}"
    concepts.setdefault(name, entries[0].ko)
    for entry in entries:
        yield replace(entry, concept=name)


def _conflict(place: str, entry: Entry, known: Entry) -> Refused:
    return Refused(
        place,
        f"{entry.ko} = {entry.en} is {entry.status} in this file and {known.status} in the "
        "termbase, which is kept",
    )


def _append(termbase: Path, added: Sequence[Entry], *, is_new: bool) -> None:
    """Add lines at the end of a termbase file, in the columns it has."""
    if is_new:
        more = [name for name in MORE_COLUMNS if any(getattr(entry, name) for entry in added)]
        columns, before, delimiter = [*COLUMNS, *more], "", "\t"
        before = "\t".join(columns) + "\n"
    else:
        before = termbase.read_text(encoding="utf-8-sig")
        head = before.split("\n", 1)[0].strip("\r")
        delimiter = "\t" if "\t" in head else ","
        columns = [name.strip().strip('"').lower() for name in head.split(delimiter)]
        before += "" if before.endswith("\n") else "\n"
    with replacing(termbase) as file:
        file.write(before)
        file.write(table(added, columns, delimiter))


def _xml_name(text: str) -> str:
    """``text`` as an identifier that XML allows."""
    name = _NOT_IN_NAME.sub("_", text)
    return name if name[:1].isalpha() or name[:1] == "_" else f"_{name}"
