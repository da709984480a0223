"""Dates as news pages write them, as ISO 8601."""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)

_YEAR_FIRST = re.compile(r"(?<!\d)(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})(?!\d)")
_MONTH_NAME = "|".join(f"{month[:3]}(?:{month[3:]})?" for month in MONTHS) + "|sept"
_MONTH_FIRST = re.compile(rf"\b({_MONTH_NAME})\.?\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})\b")
_DAY_FIRST = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+({_MONTH_NAME})\.?,?\s+(\d{{4}})\b")


def iso_date(text: str) -> str | None:
    """The first date in ``text`` as ``2021-07-08``; ``None`` if there is none.

    Reads ``2021-07-08``, ``2021.07.08``, ``2021/7/8``, ``2021년 7월 8일``, ``July 8, 2021`` and
    ``8 July 2021``; not ``7/8/2021``, which two continents read differently.
    """
    lower = text.lower()
    if match := _YEAR_FIRST.search(lower):
        year, month, day = map(int, match.groups())
    elif match := _MONTH_FIRST.search(lower):
        year, month, day = int(match[3]), _month(match[1]), int(match[2])
    elif match := _DAY_FIRST.search(lower):
        year, month, day = int(match[3]), _month(match[2]), int(match[1])
    else:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:  # the 31st of June
        return None


def _month(name: str) -> int:
    return next(number for number, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))
