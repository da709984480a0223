"""Dates and times of day that a translation changes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.quality.checks.amounts import DATE_KINDS, Amount, AmountKind
from tm.quality.checks.numbers import added_of, lost_of, spot_of
from tm.quality.checks.reading import Pair, Spot
from tm.terms.lexicon import word_list

# Days that have a name, which English may say as a date: month and day.
_NAMED = {
    name: (int(date[:2]), int(date[3:]))
    for date, names in (
        ("01-01", "설날 신정 새해"),
        ("02-08", "건군절"),
        ("02-16", "광명성절"),
        ("03-01", "삼일절"),
        ("04-15", "태양절"),
        ("05-01", "노동절"),
        ("05-05", "어린이날"),
        ("06-06", "현충일"),
        ("07-17", "제헌절"),
        ("07-27", "전승절"),
        ("08-15", "광복절 조국해방"),
        ("09-09", "구구절"),
        ("10-03", "개천절"),
        ("10-09", "한글날"),
        ("10-10", "당창건"),
        ("12-25", "성탄절 크리스마스"),
    )
    for name in word_list(names)
}

# What is counted from today, and seasons: a name, Korean, English. Within a group (a paragraph)
# one is never meant by another.
_RELATIVE_TEXT = r"""
last month : 지난\s?달|전달|전월 : \b(?:last|previous|past|prior|preceding) month
last month : 지난 한 달 : \ba month ago
this month : 이달|이번\s?달|금월 : \bthis month|\b(?:current|same) month|month's
next month : 다음\s?달|내달|오는 달 : \b(?:next|following|coming) month
last year : 지난\s?해|작년|전년 : \b(?:last|previous|past|prior|preceding) year
last year : 지난 한 해|지난 연말|지난 연초 : \ba year ago|\bon[ -]year|year-on-year
this year : 올해|금년|올\s?(?:봄|여름|가을|겨울) : \b(?:this|current|same) year|year's end|so far
this year : 올\s(?=[가-힣\d])|연초|연내|연말 : end of the year|\bthis (?:spring|summer|fall|winter)
next year : 내년|이듬해|다음\s?해|명년 : \b(?:next|following|coming) year|year (?:later|after)
next year : 후년 : \bnext (?:spring|summer|fall|autumn|winter)
last week : 지난\s?주|전주(?![시의]) : \b(?:last|previous|past|prior) week(?!end)
last week : 지난 한 주 : \ba week ago
this week : 이번\s?주|금주 : \bthis week|\bweek's
next week : 다음\s?주|내주 : \b(?:next|following|coming) week|week later

spring : (?<![가-힣])(?:올|이른|초|늦|새)?봄(?:철|에|이|을|의|부터|까지|[\s,.]|$) : \bspring
summer : 여름 : \bsummer
autumn : 가을 : \b(?:autumn|fall)\b
winter : 겨울 : \bwinter
"""


def _group(text: str) -> dict[str, tuple[re.Pattern[str], re.Pattern[str]]]:
    """The patterns of a group by name; lines with the same name are alternatives."""
    forms: dict[str, tuple[list[str], list[str]]] = {}
    for line in text.strip().splitlines():
        name, ko, en = line.split(" : ")
        known = forms.setdefault(name, ([], []))
        known[0].append(ko)
        known[1].append(en)
    return {
        name: (re.compile("|".join(ko)), re.compile("|".join(en), re.I))
        for name, (ko, en) in forms.items()
    }


_RELATIVES = tuple(map(_group, _RELATIVE_TEXT.split("\n\n")))
_LUNAR = re.compile("음력|(?<!\\w)lunar", re.I)


def dates(pair: Pair) -> Iterator[Spot]:
    """``date``: a year, month, day, weekday or time of day that has become another one."""
    lost = _of_dates(lost_of(pair.ko_amounts, pair.en_amounts))
    added = _of_dates(added_of(pair.en_amounts, pair.ko_amounts))
    if lost and added and not _is_other_calendar(pair):
        for kinds in _COMPARED:
            one = [a for a in lost if a.kind in kinds]
            other = [a for a in added if a.kind in kinds and not _is_named(pair.ko, a)]
            if one and other and not all(a.kind == "ordinal" for a in (*one, *other)):
                yield spot_of("date", pair, one, other)
    yield from _relative(pair)


#: Kinds that may have become one another: a day is also written as an ordinal (the 28th).
_COMPARED: tuple[frozenset[AmountKind], ...] = (
    frozenset(("year", "decade")),
    frozenset(("month",)),
    frozenset(("day", "ordinal")),
    frozenset(("weekday",)),
    frozenset(("clock",)),
)


def _of_dates(amounts: list[Amount]) -> list[Amount]:
    """Those that belong to dates: also an ordinal that may be a day."""
    return [
        one
        for one in amounts
        if one.kind in DATE_KINDS or (one.kind == "ordinal" and one.values[0] > _SMALL_ORDINAL)
    ]


# Up to here an ordinal mostly counts things and no days.
_SMALL_ORDINAL = 5


def _is_other_calendar(pair: Pair) -> bool:
    ko, en = _LUNAR.search(pair.ko), _LUNAR.search(pair.en)
    return (ko is None) != (en is None)


def _is_named(text: str, one: Amount) -> bool:
    """Whether the Korean text has a holiday's name for this month or day."""
    place = {"month": 0, "day": 1, "ordinal": 1}.get(one.kind)
    return place is not None and any(
        date[place] in one.values for name, date in _NAMED.items() if name in text
    )


def _relative(pair: Pair) -> Iterator[Spot]:
    for group in _RELATIVES:
        ko = {name: m for name, (pattern, _) in group.items() if (m := pattern.search(pair.ko))}
        if not ko:
            continue
        en = {name: m for name, (_, pattern) in group.items() if (m := pattern.search(pair.en))}
        lost, added = ko.keys() - en.keys(), en.keys() - ko.keys()
        if lost and added:
            said, told = ko[min(lost)], en[min(added)]
            message = f"{said[0].strip()} has become {told[0]}"
            yield Spot("date", message, (said.span(),), (told.span(),), about=message)
