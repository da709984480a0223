"""Numbers and dates of a fuzzy match's translation replaced by those of the sentence asked for.

A wrong number is worse than none, so a repair is made only where nothing is left to guess:

- both sentences hold the same placeables in the same order, with the same counters and measures and
  between the same words;
- each that changed stands in the stored sentence once and in its translation once, as the same kind
  of number and in a form that can be written;
- the translation holds no number that the stored sentence does not (a sum, a weekday, a century);
- the number is not part of a name, a range or a code, and takes no plural, article or particle with
  it when it changes.

What was written is read again and must say what was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from align.article import Lang
from tm.eojeol import split_particle
from tm.placeables import Placeable, placeables
from tm.placeables.measures import measure
from tm.placeables.reading import DATES
from tm.placeables.writing import written

Span = tuple[int, int]

_UNSURE = ("decade", "vague")
_JOINED_BEFORE = re.compile(r"(?:[A-Za-z\d]|[~:/·‧–-]\s?)$")
_JOINED_AFTER = re.compile(r"\s?[~:/·‧–]|-\d|[A-Z\d]")


@dataclass(frozen=True, slots=True)
class Repair:
    """A translation with other numbers in it, and where in ``text`` they stand."""

    text: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class _Edit:
    old: Placeable
    text: str
    value: Decimal


def repaired(query: str, source: str, target: str, lang: Lang) -> Repair | None:
    """``target`` with the numbers and dates of ``query`` in place of those of ``source``.

    Texts are in NFC, ``query`` and ``source`` in ``lang``. ``None`` where no number differs or
    where a replacement would not be safe.
    """
    asked, held = placeables(query, lang), placeables(source, lang)
    if not _same_frame(query, asked, source, held):
        return None
    changes = [(a, b) for a, b in zip(asked, held, strict=True) if a.value != b.value]
    other: Lang = "en" if lang == "ko" else "ko"
    there = placeables(target, other)
    if not changes or not _explained(there, held):
        return None
    edits: list[_Edit] = []
    for new, old in changes:
        edit = _edit(new, old, held, there, source, target, other)
        if edit is None or _is_part(query, new) or _is_part(source, old):
            return None
        edits.append(edit)
    return _applied(target, sorted(edits, key=lambda e: e.old.start), other)


def _same_frame(
    query: str, asked: tuple[Placeable, ...], source: str, held: tuple[Placeable, ...]
) -> bool:
    """Whether both have the same placeables, but for their values, between the same words."""
    masked, masked_source = _masked(query, asked), _masked(source, held)
    return len(asked) == len(held) and all(
        (a.kind, a.unit, a.dated) == (b.kind, b.unit, b.dated)
        and measure(query, a) == measure(source, b)
        and (a.value == b.value or _around(masked, a) == _around(masked_source, b))
        for a, b in zip(asked, held, strict=True)
    )


def _masked(text: str, numbers: tuple[Placeable, ...]) -> str:
    """A text with zeros in place of its numbers, which are compared on their own."""
    for one in numbers:
        text = f"{text[: one.start]}{'0' * (one.end - one.start)}{text[one.end :]}"
    return text


def _around(text: str, one: Placeable) -> tuple[str, str, str]:
    """The word before a number, what is attached to it, and the word after, without particles."""
    before = re.findall(r"\w+", text[max(0, one.start - 60) : one.start])
    attached = re.match(r"\S*", text[one.end :])
    tail = attached[0] if attached else ""
    after = re.findall(r"\w+", text[one.end + len(tail) : one.end + len(tail) + 60])
    return (
        _bare(before[-1]) if before else "",
        _bare(re.sub(r"\W", "", tail)),
        _bare(after[0]) if after else "",
    )


def _bare(word: str) -> str:
    if word.isdigit():  # another number, which is compared on its own
        return "0"
    return re.sub(r"\d+", "0", split_particle(word.casefold())[0])


def _explained(there: tuple[Placeable, ...], held: tuple[Placeable, ...]) -> bool:
    """Whether each number of a translation is one of the sentence."""
    known = Counter(one.value for one in held)
    extra = Counter(one.value for one in there if not _is_article(one)) - known
    return not extra and not any(one.kind in _UNSURE for one in there)


def _is_article(one: Placeable) -> bool:
    """*One* of them, the *first* time."""
    return one.value == 1 and one.kind in ("count", "ordinal") and one.form == "words"


def _edit(
    new: Placeable,
    old: Placeable,
    held: tuple[Placeable, ...],
    there: tuple[Placeable, ...],
    source: str,
    target: str,
    lang: Lang,
) -> _Edit | None:
    places = [one for one in there if _says(one, old)]
    if len(places) != 1 or sum(_says(one, old) for one in held) != 1:
        return None
    place = places[0]
    if not _means_the_same(old, place) or _is_part(target, place):
        return None
    amounts = {measure(source, old), measure(target, place)} - {""}
    if len(amounts) > 1:
        return None  # converted, or a slip
    if lang == "en" and not _stands_free_in_english(target, place, new.value):
        return None
    if lang == "ko" and not place.unit and re.match("[가-힣]", target[place.end :]):
        return None  # a particle whose form depends on the number's last sound
    text = written(new.value, place, target, lang)
    return _Edit(place, text, new.value) if text else None


def _says(one: Placeable, old: Placeable) -> bool:
    """Whether a number may be ``old``: of the same value, and no May where that is a fifth day."""
    is_date = old.kind in DATES and one.kind in DATES
    return one.value == old.value and not (is_date and one.kind != old.kind)


def _means_the_same(old: Placeable, place: Placeable) -> bool:
    """Whether two numbers of a sentence and its translation are of one kind.

    A day without its month, as 15일, is *the 15th* but not the 15 of *April 15*: the month may be
    another one now.
    """
    one, other = sorted((old, place), key=lambda p: p.form == "ordinal")
    if one.kind == "day" and not one.dated:
        return other.kind == "ordinal" and other.form == "ordinal"
    return old.kind == place.kind and old.kind not in _UNSURE and old.dated == place.dated


def _stands_free_in_english(target: str, place: Placeable, value: Decimal) -> bool:
    """Whether no plural and no article changes with the number."""
    counted = place.kind in ("count", "percent")
    if counted and any(one <= 1 for one in (place.value, value)):
        return False
    if re.search(r"\b(?:both|either|neither)\s$", target[: place.start], re.I):
        return False
    article = re.search(r"\ban?\s$", target[: place.start], re.I)
    return article is None or _takes_an(place.value) == _takes_an(value)


def _takes_an(value: Decimal) -> bool:
    """Whether a number in figures or words begins with a vowel when read: 8, 11, 18, 80, 8,000."""
    figures = str(int(value))
    return figures[0] == "8" or (figures[:2] in ("11", "18") and len(figures) % 3 == 2)


def _is_part(text: str, one: Placeable) -> bool:
    """Whether a number belongs to a name (KN-23), a range (3~5), a ratio or a time (3:30)."""
    return (
        _JOINED_BEFORE.search(text, max(0, one.start - 2), one.start) is not None
        or _JOINED_AFTER.match(text, one.end) is not None
    )


def _applied(target: str, edits: list[_Edit], lang: Lang) -> Repair | None:
    parts: list[str] = []
    spans: list[Span] = []
    at = length = 0
    for edit in edits:
        kept = target[at : edit.old.start]
        start = length + len(kept)
        length = start + len(edit.text)
        parts += [kept, edit.text]
        spans.append((start, length))
        at = edit.old.end
    text = "".join(parts) + target[at:]
    meant = {edit.old.start: edit.value for edit in edits}
    expected = [(one.kind, meant.get(one.start, one.value)) for one in placeables(target, lang)]
    said = [(one.kind, one.value) for one in placeables(text, lang)]
    return Repair(text, tuple(spans)) if said == expected else None
