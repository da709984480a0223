"""An XLIFF file filled from a memory: empty targets get what was translated before.

Only the filled targets, their states and the candidates beside them change; every other byte of
the file stays as it is, whatever its encoding, line ends or order of attributes. What a person has
translated, and what is locked, approved or not to be translated, is never touched.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from io import TextIOWrapper
from pathlib import Path
from typing import Protocol, cast

from align.article import Lang
from align.errors import InputError, ReadError
from align.output import replacing
from tm.exchange.encoding import PIECE, TextFile, open_text
from tm.exchange.items import Refused
from tm.exchange.languages import Languages
from tm.exchange.nodes import UnsafeError
from tm.exchange.xliff import is_swapped, wrong_languages
from tm.exchange.xliff_codes import fitted
from tm.exchange.xliff_document import Document, InPlace, NoSegment, with_neighbours
from tm.exchange.xliff_edit import Answer, Candidate, Edit, edits
from tm.exchange.xliff_segment import Segment
from tm.exchange.xliff_tags import with_attributes
from tm.exchange.xliff_text import Inline
from tm.match import Match, text_of
from tm.search.fold import plain
from tm.unit import Details

EXACT = 100
#: Candidates for a segment, at most.
_CANDIDATES = 3
_TEXT_KINDS = ("context", "exact", "fuzzy")

_ALREADY = "already translated"
_LOCKED = "approved, locked or not to be translated"
_NO_TEXT = "there is no text in it"
_NO_MATCH = "nothing like it in the memory"
_OFFERED = "offered as a candidate"
_CODES = "offered as a candidate: its codes do not fit"


class Matcher(Protocol):
    """A memory, or several asked together."""

    def match(
        self,
        sentence: str,
        *,
        lang: Lang | None = None,
        limit: int = 5,
        minimum: int = 70,
        previous: str | None = None,
        following: str | None = None,
    ) -> list[Match]: ...


@dataclass(slots=True)
class Leveraged:
    """The account of a file: ``segments == sum(filled.values()) + len(left)``.

    ``filled`` counts filled segments by the kind of their match; ``left`` are the others, each
    with its place and the reason.
    """

    file: str
    filled: Counter[str] = field(default_factory=Counter)
    left: list[Refused] = field(default_factory=list)

    @property
    def segments(self) -> int:
        return self.filled.total() + len(self.left)


def leverage(
    path: Path,
    output: Path,
    memory: Matcher,
    *,
    minimum: int = 75,
    fill: int = EXACT,
    name: str = "",
) -> Leveraged:
    """Write the XLIFF file at ``path`` to ``output`` with its open targets filled.

    Parameters
    ----------
    minimum: the lowest percentage that is offered as a candidate.
    fill: the lowest percentage that is put into a target; below 100 a target needs review.
    name: of the memory, written as the origin of candidates; several memories tell it themselves.

    Raises
    ------
    ReadError: the file is no XLIFF, or is broken: a file that cannot be read whole is not filled.
    InputError: its encoding could not be kept.
    OutputError: ``output`` cannot be written; it is then as it was.
    """
    file = open_text(path)
    if file.errors != "strict":
        raise ReadError(
            "some of its bytes are no text in its encoding, so that it could not be kept as it is",
            place=path,
            remedy="export it again as UTF-8",
        )
    report = Leveraged(str(path))
    filler = _Filler(memory, minimum, fill, name, report)
    changes = filler.changes(file)
    with replacing(output) as text:
        out = cast(TextIOWrapper, text).buffer
        with path.open("rb") as head:
            out.write(head.read(file.skip))
        for piece in _spliced(_utf8(file), changes):
            out.write(_restored(piece.decode()).encode(file.encoding, "xmlcharrefreplace"))
    return report


class _Filler:
    """Answers the segments of one file, and gathers what changes in it."""

    def __init__(
        self, memory: Matcher, minimum: int, fill: int, name: str, report: Leveraged
    ) -> None:
        self._memory = memory
        self._minimum = min(minimum, fill)
        self._offer = minimum
        self._fill = fill
        self._name = name
        self._report = report

    def changes(self, file: TextFile) -> list[Edit]:
        """What changes in the file, in its order."""
        document = Document(file.path)
        found: list[Edit] = []
        answers: list[Answer] = []
        try:
            for place in with_neighbours(document.read(_same(file))):
                if isinstance(place.found, NoSegment):
                    if place.found.is_broken:
                        raise _broken(f"{file.path}, {place.found.place}", place.found.reason)
                    self._left(place.found.place, place.found.reason)
                    continue
                if answers and answers[0].segment.unit is not place.found.unit:
                    found += _edits(answers)
                    answers = []
                answers.append(self._answer(place, place.found))
        except UnsafeError as error:
            raise _broken(f"{file.path}, line {error.line}", error.reason) from error
        found += _edits(answers)
        if found and (told := _target_language(document, found)) is not None:
            found.append(told)
        return sorted(found, key=lambda edit: (edit.start, edit.end))

    def _answer(self, place: InPlace, segment: Segment) -> Answer:
        reason = _closed(segment)
        if reason is not None:
            self._left(segment.place, reason)
            return Answer(segment)
        lang: Lang = "en" if is_swapped(segment, Languages()) else "ko"
        # A text that stands alone has no context that could be the same elsewhere.
        is_between = place.previous is not None or place.following is not None
        found = self._memory.match(
            segment.source.text,
            lang=lang,
            limit=_CANDIDATES + 1,
            minimum=self._minimum,
            previous=_text(place.previous) if is_between else None,
            following=_text(place.following) if is_between else None,
        )
        found = [match for match in found if match.kind in _TEXT_KINDS]
        if not found:
            self._left(segment.place, _NO_MATCH)
            return Answer(segment)
        return self._filled(segment, found, lang)

    def _filled(self, segment: Segment, found: Sequence[Match], lang: Lang) -> Answer:
        """The best match put in if it is good enough and fits; the others beside it."""
        best = found[0]
        target = self._fitted(segment, best, lang) if best.percent >= self._fill else None
        rivals = [match for match in found[1:] if match.percent >= EXACT]
        in_context = best.percent > EXACT
        is_sure = in_context or (best.percent == EXACT and not rivals)
        if target is None:
            offered = found
            self._left(segment.place, _CODES if best.percent >= self._fill else _OFFERED)
        else:
            self._report.filled[best.kind] += 1
            offered = () if is_sure else found if best.percent < EXACT else rivals
        is_reviewed = in_context and best.unit.status == "approved"
        return Answer(
            segment,
            target,
            best.percent,
            "reviewed" if is_reviewed else "translated" if is_sure else "review",
            tuple(self._candidate(match, lang) for match in offered if self._is_offered(match)),
        )

    def _is_offered(self, match: Match) -> bool:
        return match.percent >= self._offer

    def _fitted(self, segment: Segment, match: Match, lang: Lang) -> str | None:
        details = match.unit.details or Details()
        source = Inline(match.unit.source, details.source_codes)
        target = Inline(match.unit.target, details.target_codes)
        if lang == "en":
            source, target = target, source
        if match.repair is not None and not target.codes:
            target = Inline(match.repair.text)
        return fitted(segment.source, source, target)

    def _candidate(self, match: Match, lang: Lang) -> Candidate:
        memory = Path(match.memory).name or self._name
        origin = ", ".join(filter(None, (memory, match.unit.provenance.article)))
        other: Lang = "en" if lang == "ko" else "ko"
        return Candidate(
            text_of(match.unit, lang), text_of(match.unit, other), match.percent, origin
        )

    def _left(self, place: str, reason: str) -> None:
        self._report.left.append(Refused(place, reason))


def _broken(place: str, reason: str) -> ReadError:
    return ReadError(
        reason,
        place=place,
        remedy="export it again; a file that cannot be read whole is not filled",
    )


def _closed(segment: Segment) -> str | None:
    """Why a segment is not to be filled."""
    if segment.source.is_blank:
        return _NO_TEXT
    if segment.is_locked:
        return _LOCKED
    if not segment.is_open:
        return _ALREADY
    return wrong_languages(segment, Languages())


def _text(segment: Segment | None) -> str:
    return "" if segment is None else plain(segment.source.text)


def _edits(answers: Sequence[Answer]) -> list[Edit]:
    if not answers:
        return []
    swapped = is_swapped(answers[0].segment, Languages())
    return edits(answers, ("en", "ko") if swapped else ("ko", "en"))


def _target_language(document: Document, found: Sequence[Edit]) -> Edit | None:
    """XLIFF 2 may have targets only where the root says their language."""
    root = document.root
    if root is None or "srcLang" not in root.attributes or "trgLang" in root.attributes:
        return None
    if not any("target>" in edit.text for edit in found):
        return None
    side = Languages().side(root.attributes["srcLang"])
    other = "ko" if side is not None and side[0] == "target" else "en"
    tag = with_attributes(root.tag.decode("utf-8"), {"trgLang": other})
    return Edit(root.start, root.start + len(root.tag), tag)


# Bytes

_CONTROL = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f]")
_STANDS_FOR = re.compile("[\\ufdd0-\\ufdef]")
_STAND_IN = 0xFDD0


def _utf8(file: TextFile) -> Iterator[bytes]:
    """The file as UTF-8 without what XML forbids; :func:`_restored` is the way back."""
    for chunk in file.chunks():
        yield _CONTROL.sub(lambda found: chr(_STAND_IN + ord(found[0])), chunk).encode()


def _restored(text: str) -> str:
    return _STANDS_FOR.sub(lambda found: chr(ord(found[0]) - _STAND_IN), text)


def _same(file: TextFile) -> Iterator[bytes]:
    """As :func:`_utf8`; raises InputError at the end if there is no way back to the same bytes."""
    before, after = sha256(), sha256()
    with file.path.open("rb") as raw:
        raw.seek(file.skip)
        for piece in iter(lambda: raw.read(PIECE), b""):
            before.update(piece)
    encoder = codecs.getincrementalencoder(file.encoding)()
    for chunk in _utf8(file):
        after.update(encoder.encode(_restored(chunk.decode())))
        yield chunk
    if before.digest() != after.digest():
        raise InputError(
            f"its encoding ({file.encoding}) could not be kept byte for byte",
            place=file.path,
            remedy="save it as UTF-8",
        )


def _spliced(chunks: Iterable[bytes], changes: Sequence[Edit]) -> Iterator[bytes]:
    """The chunks with the changes in their places; no piece cuts a character."""
    start = done = number = 0
    for chunk in chunks:
        end = start + len(chunk)
        while number < len(changes) and changes[number].start < end:
            change = changes[number]
            number += 1
            yield chunk[done - start : change.start - start]
            yield change.text.encode()
            done = change.end
        yield chunk[max(done - start, 0) :]
        done = max(done, end)
        start = end
