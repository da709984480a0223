"""A number written as another one is: 12,000 like 30,000, 130 million like 120 million."""

from __future__ import annotations

import re
from decimal import Decimal

from align.article import Lang
from tm.placeables import english, korean
from tm.placeables.reading import Placeable

# Words up to here, figures above, where the number that is replaced stands in words; words also up
# to that number itself, and up to twelve where a sentence begins with it.
_LARGEST_WORD = 9
_LARGEST_FIRST_WORD = 12
_SCALES = {word: scale for word, scale in english.SCALES.items() if scale >= 10**6}


def written(value: Decimal, like: Placeable, text: str, lang: Lang) -> str | None:
    """``value`` in the form of the placeable ``like`` of ``text``; ``None`` where it has none."""
    model = text[like.start : like.end]
    new = _in_korean(value, like, model) if lang == "ko" else _in_english(value, like, model)
    if new == "May" and model != "May" and text.startswith(".", like.end):
        return None  # Oct. 10: May has no full stop, and none may be taken away
    return new if new != model else None


def _in_english(value: Decimal, like: Placeable, model: str) -> str | None:
    if like.form == "units":
        return _with_scale(value, model)
    if like.form == "ordinal":
        return f"{value}{_ordinal_ending(int(value))}" if _is_whole(value) else None
    if like.form == "figures":
        return _figures(value, like, model)
    return _in_words(value, like, model)


def _in_words(value: Decimal, like: Placeable, model: str) -> str | None:
    if not _is_whole(value):
        return None
    number = int(value)
    capital = model[0].isupper()
    if like.kind == "month":
        name = english.MONTHS[number - 1]
        return name if model in english.MONTHS else name[:3]
    if like.kind == "weekday":
        return english.WEEKDAYS[number - 1]
    if like.kind == "ordinal":
        ordinals = english.ORDINALS
        word = ordinals[number - 1] if 1 <= number <= len(ordinals) else None
    elif number <= _largest_word(like, capital):
        word = english.ONES[number]
    elif capital:  # no sentence begins with figures
        word = None
    else:
        word = _with_scale(value, model) or f"{number:,}"
    return word.capitalize() if word and capital else word


def _largest_word(like: Placeable, begins: bool) -> int:
    largest = _LARGEST_FIRST_WORD if begins else _LARGEST_WORD
    return max(largest, min(int(like.value), len(english.ONES) - 1))


def _with_scale(value: Decimal, model: str) -> str | None:
    match = re.fullmatch(r"[\w,.]+ (\w+)", model)
    if not match or match[1] not in english.SCALES:
        return None
    for word in (match[1], *sorted(_SCALES, key=lambda w: -_SCALES[w])):
        share = value / english.SCALES[word]
        if 1 <= share < 1000 and share == round(share, 2):
            return f"{_shortest(share)} {word}"
    return f"{int(value):,}" if _is_whole(value) else None


def _figures(value: Decimal, like: Placeable, model: str) -> str | None:
    if like.kind in ("year", "month", "day", "clock", "ordinal"):
        return str(int(value)) if _is_whole(value) else None
    if not _is_whole(value):
        return _shortest(value) if value < 1000 else None
    without_commas = "," not in model and like.value >= 1000
    return str(int(value)) if without_commas else f"{int(value):,}"


def _in_korean(value: Decimal, like: Placeable, model: str) -> str | None:
    if like.form == "figures":
        return _figures(value, like, model)
    if not _is_whole(value) or value <= 0:
        return None
    if like.kind == "weekday":
        return korean.WEEKDAYS[int(value) - 1]
    if like.form == "units":
        return _in_units(int(value), model)
    if like.unit == "번째" and value == 1:
        return "첫"
    return _native(int(value), model)


def _in_units(value: int, model: str) -> str:
    """1억 2천만, 1억 2000만 or 1억2천만, as the model has it."""
    parts: list[str] = []
    rest = value
    for unit, scale in (("조", 10**12), ("억", 10**8), ("만", 10**4), ("", 1)):
        amount, rest = divmod(rest, scale)
        if amount:
            parts.append(_amount(amount, model) + unit)
    tight = len(re.findall("[조억만]\\d", model)) > 0
    return ("" if tight else " ").join(parts)


def _amount(amount: int, model: str) -> str:
    for unit, scale in (("천", 1000), ("백", 100)):
        if unit in model and amount >= scale and amount % scale == 0 and amount // scale < 10:
            return f"{amount // scale}{unit}"
    return f"{amount:,}" if "," in model else str(amount)


def _native(value: int, model: str) -> str | None:
    if model not in (*_BEFORE_COUNTER, "첫") or not 1 <= value <= 99:
        return None
    return "스무" if value == 20 else korean.TENS[value // 10] + korean.ONES[value % 10]


_BEFORE_COUNTER = frozenset(
    ten + one for ten in (*korean.TENS, "스무") for one in korean.ONES if ten + one
)


def _ordinal_ending(number: int) -> str:
    if number % 100 in (11, 12, 13):
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def _is_whole(value: Decimal) -> bool:
    return value == value.to_integral_value()


def _shortest(value: Decimal) -> str:
    return str(int(value)) if _is_whole(value) else str(value.normalize())
