"""The amounts of a sentence as a check compares them: numbers, measures, parts of dates.

:mod:`tm.placeables` reads figures and number words with one value each, which is what a repair
needs. To compare a sentence with its translation more must be read, and more leniently: a fraction,
수십 and *dozens*, 두 시간 반 and *two and a half hours*, 90년대 and *1990s*, 40대 and *in her
forties*, a decade, a fortnight, a pair.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from tm.quality.findings import Span

#: ``scale`` says only how many digits (수백, hundreds), ``ratio`` is a fraction or a multiple.
AmountKind = Literal[
    "count", "percent", "ratio", "scale", "ordinal", "year", "decade", "month", "day", "weekday",
    "clock",
]  # fmt: skip

#: Kinds that the check of dates compares; the others are numbers.
DATE_KINDS: frozenset[AmountKind] = frozenset(
    ("year", "decade", "month", "day", "weekday", "clock")
)


@dataclass(frozen=True, slots=True)
class Amount:
    """``text[start:end]`` says one of ``values`` (any of them: 40대 is 40, 서너 is 3 or 4).

    ``measure`` is what is measured (tm.placeables.measures), empty for things that are counted. A
    ``weak`` amount may come and go in a good translation: one, a pair, the first.
    """

    start: int
    end: int
    values: tuple[float, ...]
    kind: AmountKind = "count"
    measure: str = ""
    weak: bool = False

    @property
    def span(self) -> Span:
        return self.start, self.end


def without_overlaps(specials: Iterable[Amount], others: Iterable[Amount]) -> list[Amount]:
    """Amounts in order; where two overlap, special ones come first, then longer ones."""
    kept: list[Amount] = []
    for group in (specials, others):
        for one in sorted(group, key=lambda a: (a.start - a.end, a.start)):
            if all(one.end <= other.start or other.end <= one.start for other in kept):
                kept.append(one)
    return sorted(kept, key=lambda a: a.start)


def with_half(amount: Amount, end: int) -> Amount:
    """The amount and a half (두 시간 반)."""
    return replace(amount, end=end, values=tuple(v + 0.5 for v in amount.values), weak=False)


def told(amounts: Iterable[Amount]) -> list[Amount]:
    """Amounts in order without those that say nothing or lie in one before (the half of two and a
    half)."""
    kept: list[Amount] = []
    for one in amounts:
        if one.values and (not kept or one.start >= kept[-1].end):
            kept.append(one)
    return kept


# Measures of one dimension with their size in a common unit; ``loose`` ones are rounded freely.
_DAYS = {
    "second": 1 / 86400, "minute": 1 / 1440, "hour": 1 / 24, "day": 1.0, "week": 7.0,
    "month": 30.44, "year": 365.25, "decade": 3652.5, "century": 36525.0,
}  # fmt: skip
_METRES = {
    "mm": 0.001, "cm": 0.01, "m": 1.0, "km": 1000.0, "mile": 1609.34, "foot": 0.3048,
    "inch": 0.0254, "yard": 0.9144, "ri": 400.0,
}  # fmt: skip
_KILOGRAMS = {
    "g": 0.001, "kg": 1.0, "t": 1000.0, "pound": 0.4536, "ounce": 0.02835, "geun": 0.6, "mal": 14.0,
}  # fmt: skip
_SQUARE_METRES = {
    "pyeong": 3.3058, "square metre": 1.0, "hectare": 10_000.0, "acre": 4046.86,
    "square foot": 0.0929, "square kilometre": 1_000_000.0,
}  # fmt: skip
_DIMENSIONS = (_DAYS, _METRES, _KILOGRAMS, _SQUARE_METRES)
_CONVERTED_WITHIN = 0.06
_LOOSE = frozenset(("ri", "pyeong", "geun", "mal"))
_LOOSE_WITHIN = 0.2
_ROUNDED_WITHIN = 0.07


def is_money(measure: str) -> bool:
    return measure in _MONEY


_MONEY = frozenset(("won", "dollar", "yuan", "yen", "euro", "£", "ruble", "pound"))


def says(one: Amount, other: Amount) -> bool:
    """Whether ``other``, of a translation, may stand for ``one``, of the source."""
    if (one.kind == "scale") != (other.kind == "scale"):
        return False
    kinds = {one.kind, other.kind}
    if "weekday" in kinds or ("month" in kinds and "ordinal" not in kinds):  # the eighth month
        return len(kinds) == 1 and _share_value(one, other)
    if one.kind == other.kind == "clock":
        return bool(set(one.values) & set(other.values))
    if _share_value(one, other) or _is_converted(one, other):
        return True
    if kinds == {"percent", "ratio"}:
        percent, ratio = (one, other) if one.kind == "percent" else (other, one)
        return any(_near(p, 100 * r, 0.11) for p in percent.values for r in ratio.values)
    return _is_rounded(one, other)


def _share_value(one: Amount, other: Amount) -> bool:
    return any(_near(a, b, 1e-6) for a in one.values for b in other.values)


def _near(one: float, other: float, within: float) -> bool:
    return abs(one - other) <= within * max(abs(one), abs(other))


def converted(measure: str, other: str) -> tuple[float, float] | None:
    """The sizes of two different measures in one unit, if they measure the same."""
    for sizes in _DIMENSIONS:
        if measure in sizes and other in sizes and measure != other:
            return sizes[measure], sizes[other]
    return None


def _is_converted(one: Amount, other: Amount) -> bool:
    sizes = converted(one.measure, other.measure)
    if sizes is None:
        return False
    is_loose = _LOOSE & {one.measure, other.measure} or 0.5 in (*one.values, *other.values)
    within = _LOOSE_WITHIN if is_loose else _CONVERTED_WITHIN
    if one.measure in _DAYS and 15.0 in (*one.values, *other.values):
        within = 0.08  # 보름 is a fortnight
    return any(_near(a * sizes[0], b * sizes[1], within) for a in one.values for b in other.values)


def _is_rounded(one: Amount, other: Amount) -> bool:
    """Whether ``other`` is ``one`` in fewer digits: 4,823 and *some 4,800*, 9.7 % and *10 %*."""
    if one.kind in ("ordinal", "year", "decade", "day", "clock") or other.kind in (
        *("ordinal", "year", "decade", "day", "clock"),
    ):
        return False
    return any(
        _digits(a) > _digits(b) and _near(a, b, _ROUNDED_WITHIN)
        for a in one.values
        for b in other.values
    )


def _digits(value: float) -> int:
    """How many digits of a number say something: two of 4,800."""
    return len(f"{value:.6f}".replace(".", "").strip("0")) or 1
