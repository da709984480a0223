"""Ranks: numbers that put units in the order in which a concordance shows them, newest first.

A rank holds a unit's date and its id: counted down from the latest possible date, then the id. So
ascending ranks run from the newest date to the oldest, then to units without date, and within a
day in the order in which the units were stored. The index keeps its lists in this order, and the
first hits of a word that stands in every third unit are read without looking at the rest.

Dates are ISO 8601; one cut short (2021, 2021-07) counts as older than the days in it.
"""

from __future__ import annotations

import re
from functools import lru_cache

#: Ids below this power of two have a rank.
ID_BITS = 28
#: The part of a rank that is the id.
ID_MASK = (1 << ID_BITS) - 1
_LATEST = (1 << 23) - 1  # fourteen bits of year, four of month, five of day

_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def rank_of(unit_id: int, date: str | None) -> int:
    """The rank of a unit. What is no date counts as none."""
    return (_LATEST - _packed(date)) << ID_BITS | unit_id


def day_of(rank: int) -> int:
    """The part of a rank that units of one date share; it grows as dates get older."""
    return rank >> ID_BITS


def ranks_between(from_date: str | None, to_date: str | None) -> tuple[int, int]:
    """The lowest and the highest rank of units dated so, both ends whole: 2021 is the year.

    Without either, of all units; with one, of those that have a date.
    """
    if from_date is None and to_date is None:
        return 0, (_LATEST + 1) << ID_BITS
    newest = _LATEST if to_date is None else _packed(to_date, unknown=True)
    oldest = max(_packed(from_date), 1)
    return (_LATEST - newest) << ID_BITS, (_LATEST - oldest + 1) << ID_BITS


def is_date(text: str) -> bool:
    """Whether a text is a date as ranks take it: 2021, 2021-07 or 2021-07-08."""
    return _DATE.fullmatch(text) is not None


@lru_cache(maxsize=4096)
def _packed(date: str | None, *, unknown: bool = False) -> int:
    """A date as a number that grows with it, 0 for none; parts not told are 0 or, if ``unknown``,
    as great as can be."""
    found = _DATE.match(date or "")
    if found is None:
        return 0
    year, month, day = found.groups()
    rest = 15 if unknown else 0, 31 if unknown else 0
    return int(year) << 9 | int(month or rest[0]) << 5 | int(day or rest[1])
