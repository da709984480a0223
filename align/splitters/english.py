"""Where English sentences end, as far as punctuation and quotation marks say."""

from __future__ import annotations

import re

from align.splitters import english_tables as words
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
    Mark,
    Rules,
)

_LAST_WORD = re.compile(r"[^\s(\[“”\"‘—–/]+$")
_FIRST_WORD = re.compile(r"[“\"‘'(\[]*([A-Za-z]+(?:['’][a-z]+)?)")
_DOTTED = re.compile(r"(?:[A-Za-z]\.)+[A-Za-z]$")
_LIST_MARKER = re.compile(r"[(\[]?(?:\d{1,3}|[A-Za-z]|[ivx]{2,4}|[IVX]{2,4})$")
_NUMBER = re.compile(r"(?:^|[\s(])(\d{1,2})$")
_ROMAN_OR_LETTER = re.compile(r"(?:[IVXLC]+|[A-Z])\b(?!['’])")
_GLUED_BEFORE = re.compile(r"(?:[a-z]{2}|[a-z][)\]]|[\s\d]\d{1,3}|%)$")
_GLUED_AFTER = re.compile(r"[“‘\"]?([A-Z][a-z]+|[AI])(?=[\s,’'])|[“‘][A-Z]")
_ADDRESS = re.compile(r"[@/\\_]|www\.|^https?:", re.IGNORECASE)
_WORD_CHARACTERS = re.compile(r"\w{2}")
_QUESTION = frozenset(QUESTIONS)
_ELLIPSIS = frozenset(ELLIPSES)
_AFTER_SMALL_WORD = re.compile(r"\b(?:and|or|than|but|as|am|do|did|was|had|have|can|will|nor) I$")
_WINDOW = 40  # characters looked back at: longer than any abbreviation
_LIST = 300  # characters in which the number before this one must stand
_OPENING = frozenset("“\"‘'([«")


def ends(text: str, mark: Mark) -> bool:
    """Whether a sentence ends at ``mark``."""
    closed = mark.frame is not None or (mark.tail > mark.end and text[mark.end] not in "[¹²³*")
    if not mark.spaced:
        return _ends_glued(text, mark, closed)
    following = text[mark.after]
    if following.islower() and not words.CAMEL.match(text, mark.after):
        return not closed and _ends_before_small_letter(text, mark)
    if following in "–—-/|&,;:" or words.CREDIT.match(text, mark.after):
        return False
    return _ends_after_closing(text, mark) if closed else _ends_plainly(text, mark)


def _ends_plainly(text: str, mark: Mark) -> bool:
    run = text[mark.begin : mark.end]
    if not _QUESTION.isdisjoint(run):
        return not (_last_word(text, mark) in words.EXCLAIMING and not _starts(text, mark.after))
    if _is_ellipsis(run):
        return _ends_at_ellipsis(text, mark)
    return _ends_at_period(text, mark)


def _ends_before_small_letter(text: str, mark: Mark) -> bool:
    """A period after an ordinary word ends a sentence even if the next forgets its capital."""
    if text[mark.begin : mark.end] != ".":
        return False
    word = _last_word(text, mark)
    return len(word) > 3 and word.isalpha() and word.islower() and not _is_abbreviation(word)


def _is_abbreviation(word: str) -> bool:
    known = word.lower()
    return (
        known in words.TITLES or known in words.MIDDLE or known in words.NUMBERED or _may_end(word)
    )


def _precedes_name(word: str) -> bool:
    known = word.lower()
    return known in words.MIDDLE or (known in words.TITLES and word[0].isupper())


def _may_end(word: str) -> bool:
    known = word.lower()
    return (
        known in words.ENDING
        or (known in words.STATES and word[0].isupper())
        or _DOTTED.match(word) is not None
    )


def _last_word(text: str, mark: Mark) -> str:
    found = _LAST_WORD.search(text, max(mark.start, mark.begin - _WINDOW), mark.begin)
    return found.group() if found else ""


def _first_word(text: str, at: int) -> str:
    found = _FIRST_WORD.match(text, at)
    return found[1] if found else ""


def _starts(text: str, at: int) -> bool:
    """Whether the word at ``at`` plainly begins a sentence."""
    word = re.split("['’]", _first_word(text, at))[0]
    return word in words.STARTERS or words.CLAUSE.match(text, at) is not None


def _is_ellipsis(run: str) -> bool:
    return len(run) > 1 or run in _ELLIPSIS


def _ends_at_ellipsis(text: str, mark: Mark) -> bool:
    """A capital after trailing off begins a sentence, but not a word said twice, nor ``I``."""
    following = _first_word(text, mark.after)
    if not following or following == "I":
        return text[mark.after] in _OPENING
    return following.lower() != _last_word(text, mark).lower()


def _ends_at_period(text: str, mark: Mark) -> bool:
    word = _last_word(text, mark)
    if not word:
        return True
    if word[-1].isdigit():
        return _ends_after_number(text, mark)
    known = word.lower()
    if _is_list_marker(text, mark):
        return False
    if _precedes_name(word):
        return False
    if known in words.NUMBERED and (word[0].isupper() or known in ("p", "pp", "no")):
        return _ends_after_numbered(text, mark, known)
    if _may_end(word):
        return _ends_after_abbreviation(text, mark, known)
    if len(word) == 1 and word.isupper():  # an initial, plan B, or: you and I
        return _starts(text, mark.after) or (
            word == "I" and _AFTER_SMALL_WORD.search(text, mark.start, mark.begin) is not None
        )
    return True


def _is_list_marker(text: str, mark: Mark) -> bool:
    """Whether nothing but the number or letter of a list item stands before the mark."""
    return mark.begin - mark.start < 6 and (
        _LIST_MARKER.match(text[mark.start : mark.begin]) is not None
    )


def _ends_after_number(text: str, mark: Mark) -> bool:
    if _is_list_marker(text, mark):
        return False
    sentence = text[max(mark.start, mark.begin - _LIST) : mark.begin]
    found = _NUMBER.search(sentence[-4:])
    if found is None:
        return True
    before = sentence[: -len(found[1])].rstrip()
    if before.endswith((":", ";")):
        return False
    return re.search(rf"(?:^|[\s:]){int(found[1]) - 1}\.\s", before) is None


def _ends_after_numbered(text: str, mark: Mark, word: str) -> bool:
    following = text[mark.after]
    if following.isdigit() or word in words.NUMBERED_ONLY:
        return False
    if word == "no":
        return not re.match(r"[IVX]+\b(?!['’])", text[mark.after : mark.after + 6]) or (
            _first_word(text, mark.after) == "I"
        )
    return _starts(text, mark.after) or not _ROMAN_OR_LETTER.match(text, mark.after)


def _ends_after_abbreviation(text: str, mark: Mark, word: str) -> bool:
    if _starts(text, mark.after):
        return True
    following = text[mark.after]
    if word == "al" and following in "0123456789([":
        return False  # Lee et al. 2015
    if word in words.FREE_ENDING:
        return _first_word(text, mark.after) not in words.AFTER_TIME
    return following in '“"‘' and word not in ("st", "co", "corp")


def _ends_glued(text: str, mark: Mark, closed: bool) -> bool:
    """A mark with the next sentence written right behind it: closed.The."""
    run = text[mark.begin : mark.end]
    found = _GLUED_AFTER.match(text, mark.tail)
    if found is None or (_is_ellipsis(run) and _QUESTION.isdisjoint(run)):
        return False
    if found[1] in words.NET_NAMES:
        return False
    if closed:
        return True
    if not _QUESTION.isdisjoint(run):
        return text[mark.begin - 1].isalpha()
    if not _GLUED_BEFORE.search(text[max(mark.start, mark.begin - 4) : mark.begin]):
        return False
    word = _last_word(text, mark)
    if _is_abbreviation(word):
        return False
    token = text[mark.begin - len(word) : mark.begin + 40].split(None, 1)[0]
    return not _ADDRESS.search(token)


def _ends_after_closing(text: str, mark: Mark) -> bool:
    """A mark inside a quotation or bracket that closes right behind it."""
    frame = mark.frame
    run = text[mark.begin : mark.end]
    word = _last_word(text, mark)
    if frame is None and _is_list_marker(text, mark):
        return False  # 1.)
    if text[mark.begin - 1] in "([" and _is_ellipsis(run):
        return _starts(text, mark.after)  # [...]
    if frame is not None and frame.kind in BRACKETS:
        if not _WORD_CHARACTERS.search(text, frame.opened, mark.begin) or _precedes_name(word):
            return False  # [...] and (Dr.)
        return frame.leads or _starts(text, mark.after)
    if not _QUESTION.isdisjoint(run):
        if word in words.EXCLAIMING:
            return _starts(text, mark.after)
        return not _names_speaker(text, mark.after)
    if _is_ellipsis(run):
        return True
    if _precedes_name(word):
        return False
    if _may_end(word):
        return _starts(text, mark.after) or text[mark.after] in _OPENING
    return True


def _names_speaker(text: str, at: int) -> bool:
    found = words.SPEAKER.match(text, at)
    return found is not None and found[1].split(None, 1)[0] not in words.STARTERS


def _closes_single(text: str, at: int) -> bool:
    """A single quote closes after punctuation; after a letter it may be a possessive."""
    before = text[at - 1]
    if before.isspace():
        return False
    if not before.isalnum():
        return True
    return text[at] == "’" and before not in "sS"


RULES = Rules(
    ends=ends,
    closes_single=_closes_single,
    caps={DOUBLE: 900, SINGLE: 300, ROUND: 500, SQUARE: 500, CORNER: 500, TITLE: 500, ANGLE: 120},
    alone=240,
    tail=words.GLUED,
)
