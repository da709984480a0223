"""How a segment is filled in: the few bytes of the file that change, and no others.

An :class:`Edit` replaces the bytes between two offsets. A filled target gets its text and its
state; a candidate goes where the standard has a place for it: ``alt-trans`` in XLIFF 1.2, the
translation candidates module in XLIFF 2, nowhere in SDLXLIFF, where Trados Studio would not
look for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from align.markup import element_xml, text_xml
from tm.exchange import sdlxliff, xliff2
from tm.exchange.nodes import Node, Unit
from tm.exchange.xliff_segment import Segment
from tm.exchange.xliff_tags import indent, prefix, with_attributes, with_content
from tm.exchange.xliff_text import is_segment

#: How far a filled target can be trusted: a reviewed unit between the same neighbours; the same
#: text; a text that is like it, or that has been translated in several ways.
Trust = Literal["reviewed", "translated", "review"]

_STATE_1 = {
    "reviewed": "signed-off",
    "translated": "translated",
    "review": "needs-review-translation",
}
_STATE_2 = {"reviewed": "reviewed", "translated": "translated", "review": "initial"}
_CONF = {"reviewed": "Translated", "translated": "Translated", "review": "Draft"}
_WEAKEST: tuple[Trust, ...] = ("review", "translated", "reviewed")


@dataclass(frozen=True, slots=True)
class Edit:
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Candidate:
    """A translation offered beside the segment: both texts, and where they are from."""

    source: str
    target: str
    percent: int
    origin: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What the memory has for a segment: the target as XML, if one is put in, and candidates."""

    segment: Segment
    target: str | None = None
    percent: int = 0
    trust: Trust = "translated"
    candidates: tuple[Candidate, ...] = ()


def edits(answers: Sequence[Answer], languages: tuple[str, str]) -> list[Edit]:
    """The changes to one unit whose segments got ``answers``, in order; ``languages`` are those
    of its texts, source first."""
    if not any(answer.target is not None or answer.candidates for answer in answers):
        return []
    if answers[0].segment.scope.version == 2:
        return _edits_2(answers)
    return _edits_1(answers, languages)


# XLIFF 1


def _edits_1(answers: Sequence[Answer], languages: tuple[str, str]) -> list[Edit]:
    unit = answers[0].segment.unit
    target = unit.node.first("target")
    own = unit.node.first("seg-source") or unit.node.first("source")
    assert own is not None  # a unit with segments has a source
    filled = [answer for answer in answers if answer.target is not None]
    found: list[Edit] = []
    if filled:
        if target is not None and any(map(is_segment, target.walk())):
            found += _filled_marks(unit, target, filled, answers)
        else:
            found.append(_whole_target(unit, own, target, answers, languages[1]))
        found += [edit for answer in filled for edit in _definition(unit, answer)]
    if unit.node.first("seg-defs") is None:
        after = target.end if target is not None else own.end
        found += _alternatives(unit, own, after, answers, languages)
    return found


def _whole_target(
    unit: Unit, own: Node, target: Node | None, answers: Sequence[Answer], language: str
) -> Edit:
    """A target that is written anew, into its element or into a new one."""
    content = _divided(unit, own, answers) if own.name == "seg-source" else answers[0].target
    changes: dict[str, str | None] = {} if _is_sdl(unit) else _state_1(answers)
    if target is not None:
        return Edit(target.start, target.end, with_content(unit, target, content or "", changes))
    ns = prefix(unit, own)
    if answers[0].segment.target_lang is None:
        changes = {"xml:lang": language, **changes}
    tag = with_attributes(f"<{ns}target>", changes)
    return Edit(own.end, own.end, f"{indent(unit, own)}{tag}{content}</{ns}target>")


def _divided(unit: Unit, own: Node, answers: Sequence[Answer]) -> str:
    """The content of ``seg-source`` with the segments' translations, empty where there is none."""
    parts: list[str] = []
    end = own.inner
    for answer in answers:
        node = answer.segment.source_node
        parts.append(unit.slice(end, node.start))
        parts.append(with_content(unit, node, answer.target or "", {}))
        end = node.end
    parts.append(unit.slice(end, own.inner_end))
    return "".join(parts)


def _filled_marks(
    unit: Unit, target: Node, filled: Sequence[Answer], answers: Sequence[Answer]
) -> list[Edit]:
    """Translations in the marks that the target has for them, or behind those that it has."""
    found: list[Edit] = []
    if not _is_sdl(unit) and not target.text.strip():
        tag = unit.slice(target.start, target.inner)
        changed = with_attributes(tag, _state_1(answers))
        found.append(Edit(target.start, target.inner, changed))
    for answer in filled:
        node = answer.segment.target_node
        text = answer.target or ""
        if node is not None:
            found.append(Edit(node.start, node.end, with_content(unit, node, text, {})))
        else:
            mark = with_content(unit, answer.segment.source_node, text, {})
            found.append(Edit(target.inner_end, target.inner_end, mark))
    return found


def _state_1(answers: Sequence[Answer]) -> dict[str, str | None]:
    """The state of a target, that of its weakest part."""
    if any(answer.target is None for answer in answers):
        return {"state": "needs-translation", "state-qualifier": None}
    weakest = min(answers, key=lambda answer: _WEAKEST.index(answer.trust))
    is_exact = all(answer.percent >= 100 for answer in answers)
    qualifier = "exact-match" if is_exact else "fuzzy-match"
    return {"state": _STATE_1[weakest.trust], "state-qualifier": qualifier}


def _definition(unit: Unit, answer: Answer) -> list[Edit]:
    """What an ``sdl:seg`` says of a filled segment."""
    seg = sdlxliff.definition(unit.node, answer.segment.id)
    if seg is None:
        return []
    in_context = "SourceAndTarget" if answer.percent > 100 else None
    changes: dict[str, str | None] = {
        "conf": _CONF[answer.trust],
        "origin": "tm",
        "percent": str(min(100, answer.percent)),
        "text-match": in_context,
    }
    tag = with_attributes(unit.slice(seg.start, seg.inner), changes)
    return [Edit(seg.start, seg.inner, tag)]


def _is_sdl(unit: Unit) -> bool:
    return unit.node.first("seg-defs") is not None


def _alternatives(
    unit: Unit, own: Node, after: int, answers: Sequence[Answer], languages: tuple[str, str]
) -> list[Edit]:
    ns, blank = prefix(unit, own), indent(unit, own)
    known = {
        (there.attributes.get("mid"), _target_text(there)) for there in unit.node.all("alt-trans")
    }
    parts = []
    for answer in answers:
        mid = answer.segment.id
        for candidate in answer.candidates:
            if (mid, candidate.target) not in known:
                about = {"match-quality": f"{candidate.percent}%", "origin": candidate.origin}
                sides = _sides(candidate, ns, [{"xml:lang": code} for code in languages])
                about |= {} if mid is None else {"mid": mid}
                parts.append(blank + element_xml(f"{ns}alt-trans", about, sides))
    return [Edit(after, after, "".join(parts))] if parts else []


def _sides(candidate: Candidate, ns: str, about: Sequence[dict[str, str]]) -> str:
    texts = ("source", candidate.source), ("target", candidate.target)
    return "".join(
        element_xml(f"{ns}{name}", attributes, text_xml(text))
        for (name, text), attributes in zip(texts, about, strict=True)
    )


# XLIFF 2


def _edits_2(answers: Sequence[Answer]) -> list[Edit]:
    unit = answers[0].segment.unit
    ids = {node.attributes["id"] for node in unit.node.walk() if "id" in node.attributes}
    found: list[Edit] = []
    matches: list[str] = []
    for answer in answers:
        segment = answer.segment
        holder, source = segment.holder, segment.source_node
        assert holder is not None  # every segment of XLIFF 2 has its element
        changes: dict[str, str | None] = {}
        if answer.target is not None:
            changes = {"state": _STATE_2[answer.trust], "subState": None}
            found.append(_target_2(unit, segment, answer.target))
        wanted = [c for c in answer.candidates if not _is_known(unit, segment, c)]
        if wanted:
            name = segment.id or _free(ids)
            if segment.id is None:
                changes["id"] = name
            matches += [_match(unit, source, candidate, name) for candidate in wanted]
        if changes:
            tag = with_attributes(unit.slice(holder.start, holder.inner), changes)
            found.append(Edit(holder.start, holder.inner, tag))
    if matches:
        found.append(_matches(unit, matches))
    return found


def _target_2(unit: Unit, segment: Segment, content: str) -> Edit:
    source, target = segment.source_node, segment.target_node
    if target is not None:
        return Edit(target.start, target.end, with_content(unit, target, content, {}))
    ns = prefix(unit, source)
    new = f"{indent(unit, source)}<{ns}target>{content}</{ns}target>"
    return Edit(source.end, source.end, new)


def _match(unit: Unit, source: Node, candidate: Candidate, segment_id: str) -> str:
    about = {
        "ref": f"#{segment_id}",
        "type": "tm",
        "similarity": str(min(100, candidate.percent)),
        "origin": candidate.origin,
    }
    return element_xml("mtc:match", about, _sides(candidate, prefix(unit, source), [{}, {}]))


def _matches(unit: Unit, matches: Sequence[str]) -> Edit:
    """The candidates, in the unit's element for them or in a new one, the first of the unit."""
    declared = f' xmlns:mtc="{xliff2.MATCHES}"'
    there = next((n for n in unit.node.all("matches") if n.space == xliff2.MATCHES), None)
    if there is not None and there.inner != there.end:
        text = "".join(match.replace("<mtc:match", f"<mtc:match{declared}", 1) for match in matches)
        return Edit(there.inner_end, there.inner_end, text)
    blank = indent(unit, unit.node.nodes[0])
    text = "".join(f"{blank}{match}" for match in matches)
    start = unit.node.inner
    return Edit(start, start, f"{blank}<mtc:matches{declared}>{text}{blank}</mtc:matches>")


def _is_known(unit: Unit, segment: Segment, candidate: Candidate) -> bool:
    return any(
        match.attributes.get("ref") == f"#{segment.id}" and _target_text(match) == candidate.target
        for holder in unit.node.all("matches")
        for match in holder.all("match")
    )


def _free(ids: set[str]) -> str:
    """An id that nothing in the unit has yet."""
    number = 1
    while (name := f"s{number}") in ids:
        number += 1
    ids.add(name)
    return name


def _target_text(node: Node) -> str | None:
    target = node.first("target")
    return None if target is None else target.text
