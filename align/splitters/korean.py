"""Where Korean sentences end, as far as punctuation and quotation marks say."""

from __future__ import annotations

import re

from align.splitters import korean_tables as words
from align.splitters.marks import (
    ANGLE,
    BRACKETS,
    CORNER,
    DOUBLE,
    ELLIPSES,
    QUESTIONS,
    ROUND,
    SINGLE,
    SQUARE,
    TITLE,
    TITLES,
    Frame,
    Mark,
    Rules,
)

_NUMBER_END = re.compile(r"(?:^|[\s(:,;“\"‘'])(\d{1,4})$")
_DATE_END = re.compile(
    r"(?:\d{4}|['’]\d{2})\.\s?\d{1,2}(?:\.\s?\d{1,2})?$|(?:^|\s)\d{1,2}\.\s?\d{1,2}$"
)
_DATE_GOES_ON = re.compile(r"\d{1,2}\s?(?:\.|일|월|[~∼-])")
_LATIN_END = re.compile(r"[A-Za-z][A-Za-z.&]*$")
_INTRODUCES = re.compile(r"[.,:;!?…—–-]\s*$")
_GLUED_START = re.compile(r"[가-힣一-龥A-Z0-9“‘\"《「『【①-⑳△▲■○●◆]")
_QUESTION = frozenset(QUESTIONS)
_ELLIPSIS = frozenset(ELLIPSES)
_WINDOW = 24  # characters looked back at: no date, number or ending is longer
_LIST = 300  # characters in which the number before this one must stand


def ends(text: str, mark: Mark) -> bool:
    """Whether a sentence ends at ``mark``."""
    if mark.frame is not None or (mark.tail > mark.end and text[mark.end] not in "[¹²³*"):
        return _ends_after_closing(text, mark)
    if not mark.spaced:
        return _ends_glued(text, mark)
    if words.CREDIT.match(text, mark.after) or words.BARE_QUOTATIVE.match(text, mark.after):
        return False
    run = text[mark.begin : mark.end]
    if not _QUESTION.isdisjoint(run):
        return not (
            words.BARE_SAYING.match(text, mark.after)
            or words.EXCLAIMING.search(_before(text, mark))
        )
    if _is_ellipsis(run):
        return words.FINAL.search(_before(text, mark)) is not None
    return _ends_at_period(text, mark)


def _before(text: str, mark: Mark) -> str:
    return text[max(mark.start, mark.begin - _WINDOW) : mark.begin]


def _is_ellipsis(run: str) -> bool:
    """``…`` or dots that trail off; ``….`` and ``……`` with a period after it are full stops."""
    if _ELLIPSIS.isdisjoint(run):
        return len(run) > 1
    return run[-1] in _ELLIPSIS


def _ends_at_period(text: str, mark: Mark) -> bool:
    last = text[mark.begin - 1]
    if "가" <= last <= "힣":
        return not (mark.begin - mark.start == 1 and last in words.LIST_SYLLABLES)
    if last.isdigit():
        return _ends_after_number(text, mark)
    if last.isascii() and last.isalpha():
        return _ends_after_latin(_before(text, mark))
    return True


def _ends_after_number(text: str, mark: Mark) -> bool:
    before = _before(text, mark)
    if _DATE_END.search(before):
        return False
    number = _NUMBER_END.search(before)
    if number is None:
        return True
    if number.start(1) == 0 and mark.begin - mark.start == len(number[1]):
        return False  # the number of a list item
    if _DATE_GOES_ON.match(text, mark.after):
        return False
    return not _counts_on(text[max(mark.start, mark.begin - _LIST) : mark.begin], number[1])


def _counts_on(sentence: str, number: str) -> bool:
    """Whether the number at the end of ``sentence`` numbers the next item of a list inside it."""
    before = sentence[: -len(number)].rstrip()
    if before.endswith((":", ",", ";")):
        return True
    return re.search(rf"(?:^|[\s:]){int(number) - 1}\.\s", sentence) is not None


def _ends_after_latin(before: str) -> bool:
    found = _LATIN_END.search(before)
    word = found.group() if found else ""
    if len(word) == 1 or "." in word:
        return False  # an initial, or U.S
    return word.lower() not in words.ABBREVIATIONS


def _ends_glued(text: str, mark: Mark) -> bool:
    """A mark with the next sentence written right behind it: 닫았다.주민들은."""
    run = text[mark.begin : mark.end]
    if run in "。．！？":
        return True
    if _is_ellipsis(run) or not _GLUED_START.match(text, mark.tail):
        return False
    last = text[mark.begin - 1]
    if words.BARE_QUOTATIVE.match(text, mark.tail):
        return False
    if not _QUESTION.isdisjoint(run):
        return "가" <= last <= "힣" and not words.PARTICLE.match(text, mark.tail)
    if last not in words.GLUED_FINAL:
        return False
    return mark.begin - mark.start > 1 and "가" <= text[mark.begin - 2] <= "힣"


def _ends_after_closing(text: str, mark: Mark) -> bool:
    """A mark inside a quotation or bracket that closes right behind it."""
    frame = mark.frame
    run = text[mark.begin : mark.end]
    if not mark.spaced:
        if frame is not None and frame.kind not in (DOUBLE, SINGLE) and not frame.leads:
            return False
        if _is_ellipsis(run) or not _GLUED_START.match(text, mark.tail):
            return False
        return not words.PARTICLE.match(text, mark.tail)
    if words.CREDIT.match(text, mark.after) or words.QUOTATIVE.match(text, mark.after):
        return False
    if frame is None:
        return True
    if frame.kind in BRACKETS:
        return frame.leads or words.FINAL.search(_before_frame(text, frame).rstrip()) is not None
    if _is_ellipsis(run) and not frame.leads:
        return False
    if _QUESTION.isdisjoint(run):
        return True
    if words.LINKED.match(text, mark.after):
        return False
    if frame.leads:
        return frame.kind not in TITLES or words.OPENING.match(text, mark.after) is not None
    return _is_introduced(_before_frame(text, frame))


def _before_frame(text: str, frame: Frame) -> str:
    return text[max(frame.start, frame.opened - _WINDOW) : frame.opened]


def _is_introduced(before: str) -> bool:
    """Whether what stands before a quotation is complete without it."""
    return bool(_INTRODUCES.search(before) or words.FINAL.search(before.rstrip()))


RULES = Rules(
    ends=ends,
    closes_single=lambda text, at: True,
    caps={DOUBLE: 500, SINGLE: 300, ROUND: 300, SQUARE: 300, CORNER: 400, TITLE: 400, ANGLE: 100},
    alone=120,
    tail=words.GLUED,
)
