"""What a placeable is."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

#: ``day`` is a day of the month; a number of days is a ``count``. ``decade`` and
#: ``vague`` say less than their figures (90년대, 1990s; 수십, a dozen, twice).
Kind = Literal[
    "count", "percent", "year", "month", "day", "weekday", "clock", "ordinal", "decade", "vague"
]

#: How a number is written: in figures (12,000), in figures and units (1만 2천, 12 million), in
#: words (세, twelve, third, April), or in figures with an ordinal ending (15th).
Form = Literal["figures", "units", "words", "ordinal"]

#: Kinds whose difference is one of dates.
DATES: frozenset[Kind] = frozenset(("year", "month", "day", "weekday", "decade"))


@dataclass(frozen=True, slots=True)
class Placeable:
    """The number or date ``text[start:end]``.

    ``unit`` is the counter of a Korean number (명, 톤), empty where there is none known; it is not
    part of the span. ``dated`` tells a day that follows its month.
    """

    start: int
    end: int
    value: Decimal
    kind: Kind
    form: Form
    unit: str = ""
    dated: bool = False
