# ruff: noqa: E501 (patterns read best unbroken)
"""Calendar dates as news pages write them, and lines that hold nothing else."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|"
    r"Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
_MONTH_NAME = re.compile(_MONTH, re.IGNORECASE)
MONTH_DAY = rf"{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?(?!\d)"

_DATE = re.compile(
    r"(?<!\d)(?:"
    r"(?P<y1>(?:19|20)\d\d)\s*(?:[-/.]|년)\s*(?P<m1>\d{1,2})\s*(?:[-/.]|월)\s*(?P<d1>\d{1,2})(?!\d)\s*(?:일|\.)?"
    rf"|(?P<m2>{_MONTH})\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    rf"|(?P<d3>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<m3>{_MONTH}),?\s+(?P<y3>(?:19|20)\d\d)"
    r"|주체\s*\d{1,3}\s*\((?P<y4>(?:19|20)\d\d)\)\s*년\s*(?P<m4>\d{1,2})\s*월\s*(?P<d4>\d{1,2})\s*일"
    r")",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"T?(?<!\d)\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\b\.?|오전|오후)?(?:\s*(?:KST|GMT|UTC|JST|EST|EDT))?"
    r"(?:Z|[+-]\d\d:?\d\d)?|(?<!\d)\d{1,2}\s*[ap]\.?m\b\.?|(?:오전|오후)\s*\d{1,2}\s*[시:](?:\s*\d{1,2}\s*분?)?|"
    r"\d{1,2}\s*시\s*\d{1,2}\s*분",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:최종|기사|최초)?\s*(?:입력|등록|수정|승인|발행|게재|작성|송고|업데이트|보도|전송|게시)(?:일시?|시간|날짜)?|"
    r"[(\[]?[월화수목금토일](?:요일|(?=[)\]]))[)\]]?|날짜|"
    r"\b(?:first |last )?(?:published|updated|posted|modified|created|issued|date|revised|released)(?: on| at)?\b|"
    r"\b(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Sat(?:ur)?|Sun)(?:day)?\b\.?|\b(?:on|at|KST|GMT|UTC)\b",
    re.IGNORECASE,
)
_NOTHING_LEFT = re.compile(r"[\W_]*\Z")


def iso_date(text: str) -> str | None:
    """The first full date in ``text`` as ``2021-07-08``; ``None`` without a day, month and year."""
    for match in _DATE.finditer(text):
        found = _as_iso(match)
        if found:
            return found
    return None


def _as_iso(match: re.Match[str]) -> str | None:
    groups = match.groupdict()
    for n in "1234":
        if groups[f"y{n}"]:
            month = groups[f"m{n}"]
            number = int(month) if month.isdigit() else month_number(month) or 0
            try:
                return date(int(groups[f"y{n}"]), number, int(groups[f"d{n}"])).isoformat()
            except ValueError:
                return None
    return None


def month_number(name: str) -> int | None:
    """1 to 12 for an English month's name or abbreviation; ``None`` for another word."""
    if not _MONTH_NAME.fullmatch(name):
        return None
    return _MONTHS.index(name.lower()[:3]) + 1


def without_dates(line: str) -> str:
    """``line`` less its dates, times and words such as 입력 or "Updated"."""
    return _LABEL.sub(" ", _TIME.sub(" ", _DATE.sub(" ", line)))


def is_date_line(line: str) -> bool:
    """Whether ``line`` holds a date (year, month and day) and nothing else but times and labels."""
    return (
        len(line) <= 160
        and iso_date(line) is not None
        and _NOTHING_LEFT.match(without_dates(line)) is not None
    )
