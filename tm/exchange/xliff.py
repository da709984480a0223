"""XLIFF files read as translation units: versions 1.0 to 1.2 and 2.0 to 2.2, SDLXLIFF, mqxliff.

A segment with a translation becomes a unit with its codes, its notes and its neighbours in the
document. What a reviewer signed off is approved, what was rejected stays rejected. Candidates that
another memory offers for a segment (``alt-trans``, ``mtc:match``) are no translations and are left
where they are.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from sys import intern

from align.errors import ReadError
from tm.exchange import sdlxliff, xliff1, xliff2
from tm.exchange.encoding import open_text
from tm.exchange.inline import cleared
from tm.exchange.items import Item, Note, Progress, Refused, unwatched
from tm.exchange.languages import Languages
from tm.exchange.nodes import UnsafeError
from tm.exchange.repair import Repairs
from tm.exchange.xliff_document import Document, InPlace, NoSegment, with_neighbours
from tm.exchange.xliff_segment import Segment
from tm.exchange.xliff_text import Inline, composed
from tm.unit import Context, Details, Provenance, TranslationUnit

_ORIGIN = {1: "XLIFF 1", 2: "XLIFF 2"}
_NO_TEXT = "there is no text in it"
_NO_TARGET = "not translated: it has no target"
_NEW = "not translated yet: its state says so"
_NOT_TRANSLATED = "not translated, and approved, locked or not to be translated"


def read_xliff(path: Path, languages: Languages, progress: Progress = unwatched) -> Iterator[Item]:
    """The translated segments of an XLIFF file; each of the others refused with its reason.

    Raises
    ------
    ReadError: nothing of the file can be read, or it is no XLIFF.
    """
    file = open_text(path)
    yield from file.notes
    document = Document(path)
    repairs = Repairs()
    chunks = (chunk.encode("utf-8") for chunk in repairs.of(file.chunks(progress)))
    position = 0
    try:
        for place in with_neighbours(document.read(chunks)):
            yield from repairs.notes
            repairs.notes.clear()
            segment = place.found
            refusal = _refusal(segment, languages)
            if isinstance(segment, NoSegment) and not segment.is_unit:
                yield Note(segment.place, segment.reason)
            elif refusal is not None:
                yield Refused(segment.place, refusal)
            elif isinstance(segment, Segment):
                unit = _unit(place, segment, document, position, is_swapped(segment, languages))
                yield cleared(unit) if repairs.controls else unit
                position += 1
    except UnsafeError as error:
        raise ReadError(
            error.reason, place=f"{path}, line {error.line}", remedy="export it again"
        ) from error
    yield from repairs.notes


def is_swapped(segment: Segment, languages: Languages) -> bool:
    """Whether the file translates from the target language of ``languages`` into its source."""
    source = languages.side(segment.source_lang or "")
    return source is not None and source[0] == "target"


def wrong_languages(segment: Segment, languages: Languages) -> str | None:
    """Why a segment is not of these languages. A target language that is not told is the other."""
    source, target = segment.source_lang, segment.target_lang
    sides = [languages.side(code) for code in (source, target) if code]
    if source and all(sides) and len({side and side[0] for side in sides}) == len(sides):
        return None
    told = f"{source or 'unknown'} to {target or 'unknown'}"
    return intern(f"it is {told}, not {languages.source} and {languages.target}")


def _refusal(segment: Segment | NoSegment, languages: Languages) -> str | None:
    """Why a segment is not taken."""
    if isinstance(segment, NoSegment):
        return segment.reason
    if segment.source.is_blank:
        return _NO_TEXT
    if (wrong := wrong_languages(segment, languages)) is not None:
        return wrong
    if segment.translation is not None:
        return None
    if segment.target is None or segment.target.is_blank:
        return _NOT_TRANSLATED if segment.is_locked else _NO_TARGET
    return _NEW


def _unit(
    place: InPlace, segment: Segment, document: Document, position: int, swapped: bool
) -> TranslationUnit:
    source, target = composed(segment.source), composed(segment.translation or Inline(""))
    if swapped:
        source, target = target, source
    context = Context(
        _neighbour(place.previous, swapped),
        _neighbour(place.following, swapped),
        segment.key or None,
    )
    times = sdlxliff.times(segment.holder)
    details = Details(
        context=context,
        source_codes=source.codes,
        target_codes=target.codes,
        notes=_notes(segment, document),
        created=times.get("created"),
        created_by=times.get("created_by"),
        changed=times.get("changed"),
        changed_by=times.get("changed_by"),
        kept=_kept(segment, swapped),
    )
    return TranslationUnit(
        source.text,
        target.text,
        Provenance("", position, origin=_ORIGIN[segment.scope.version]),
        status=segment.status,
        details=details,
    )


def _neighbour(segment: Segment | None, swapped: bool) -> str | None:
    """The text of a neighbour in the language of the unit's source; none is the document's end."""
    if segment is None:
        return ""
    text = segment.translation if swapped else segment.source
    return None if text is None else composed(text).text


def _notes(segment: Segment, document: Document) -> tuple[str, ...]:
    notes = xliff1.notes(segment) if segment.scope.version == 1 else xliff2.notes(segment)
    if not document.comments:
        return notes
    sides = (node for node in (segment.source_node, segment.target_node) if node is not None)
    ids = dict.fromkeys(i for node in sides for i in sdlxliff.comment_ids(node))
    return (*notes, *(document.comments[i] for i in ids if document.comments.get(i)))


def _kept(segment: Segment, swapped: bool) -> tuple[tuple[str, str], ...]:
    kept = xliff1.kept(segment) if segment.scope.version == 1 else xliff2.kept(segment)
    scope = segment.scope
    about = [("file@original", scope.original)] if scope.original else []
    if swapped and segment.source_lang:
        about.append(("file@source-language", segment.source_lang))
    return (*about, *kept)
