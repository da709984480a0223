# ruff: noqa: E501 (a row of a table of patterns reads best on one line)
"""What a news page says of itself: headline, people, date and place, out of its furniture."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from align.article import Kind, Lang
from align.reading.dates import MONTH_DAY, is_date_line, iso_date, without_dates
from align.reading.furniture import (
    CITY_KO,
    EDITED,
    FOREIGN_KO,
    NAME_EN,
    NAME_KO,
    NAMES,
    NAMES_KO,
    PLAIN_BIOGRAPHY,
    TRANSLATED,
)

_BY = r"\s*(?:(?:from|into|for)\s[^.;,]{0,30}?\s)?(?:\bby\b\s*:?|[:=—–-])\s*"
_AND_VERB = r"(?:\s*(?:,|and|&|/)\s*(?:[A-Za-z-]+))*?"
_CREDITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("translator", re.compile(rf"\b{TRANSLATED}{_AND_VERB}{_BY}(?P<name>{NAMES}|{NAMES_KO})")),
    ("editor", re.compile(rf"\b{EDITED}{_AND_VERB}{_BY}(?P<name>{NAMES}|{NAMES_KO})")),
    ("reporter", re.compile(rf"\b(?i:report(?:ed|ing)|written|writing|story|words|text)\b{_AND_VERB}{_BY}(?P<name>{NAMES})")),
    ("translator", re.compile(rf"(?:번역|영역|옮김|옮긴이|역자)(?:자)?(?:\s?[·/,및]\s?(?:감수|편집|교정))*\s*[:=：|/]?\s*(?P<name>{NAMES_KO}(?=\s?기자|[^가-힣]*$|\s*[,|/·.;])|{NAMES}|(?<=[:=：] ){FOREIGN_KO}(?=[^가-힣]*$))")),
    ("translator", re.compile(rf"(?P<name>{NAMES_KO}|{NAMES})\s(?:번역|옮김|역)\W*$")),
    ("editor", re.compile(rf"(?:편집|감수|교열|데스크)\s*[:=：|/]?\s*(?P<name>{NAMES_KO}(?![가-힣])|{NAMES})")),
)  # fmt: skip
_BYLINES = (
    re.compile(rf"(?i:\bby|\breporter|\bauthor|\bwriter)\s*:?\s+(?P<name>{NAMES})"),
    re.compile(rf"^\W*(?P<name>{NAMES})\s*[,|/]"),
    re.compile(rf"(?P<name>{NAMES_KO})\s?(?:(?:(?:선임|수석|객원|인턴|수습|전문|대|북한|탐사|취재|편집|시민)\s?){{0,2}}(?:기자|특파원|통신원|논설위원|편집장|칼럼니스트|리포터|연구위원|연구원))"),
    re.compile(rf"(?:=|:|글|취재|기자)\s*(?P<name>{NAMES_KO})(?![가-힣])"),
)  # fmt: skip
_BIOGRAPHY_NAME = re.compile(
    rf"[*_\s]*(?:(?P<en>{NAME_EN})\s(?=[a-z])|(?P<ko>{NAME_KO})\s(?:기자|특파원|칼럼니스트|논설위원)는)"
)
_PLACE = re.compile(
    r"(?:\bin\s+(?P<en>[A-Z][\w.'’-]+(?:\s[A-Z][\w.'’-]+){0,2})|[\[(<【]?\s*(?P<ko>"
    rf"{CITY_KO})\s*=)"
)
_CITY_LINE = re.compile(
    r"\s*(?P<city>[A-Z][A-Za-z.'’-]+(?:\s[A-Z][A-Za-z.'’-]+){0,3})(?=[,\s(—–-]|$)"
)

#: Before the first sentence: 'SEOUL, July 8 (Tuman Report) — ', '[서울=두만리포트] 김서윤 기자 = '.
_GLUED_EN = re.compile(
    r"(?P<place>[A-Z][A-Z.'’-]+(?:\s[A-Z][A-Z.'’-]+){0,3})(?:,\s[A-Z][A-Za-z.]+(?:\s[A-Z][a-z]+){0,2}?)?"
    rf"(?:,?\s(?P<date>{MONTH_DAY}(?:,\s(?:19|20)\d\d)?))?\s*(?:\([^)]{{2,40}}\))?\s*(?:—|–|--|-)\s"
)
_GLUED_KO = re.compile(
    rf"(?:[\[(<【]\s*)?(?:(?:(?P<place>{CITY_KO}(?:[·/]{CITY_KO})*)|[가-힣A-Za-z]{{2,10}})\s*=\s*(?:(?![^\])>】]*기자)[가-힣A-Za-z0-9 ]{{2,16}}?\s*[\])>】]\s*)?)?"
    rf"(?P<name>{NAMES_KO})?\s*(?(name)(?:[가-힣]{{0,4}}기자|[가-힣]{{0,4}}특파원|통신원)\s*)[\])>】]?\s*(?:=|(?<=[\])>】]))\s*"
)


def page_meta(kinds: Sequence[Kind], lines: Sequence[str], lang: Lang) -> dict[str, str]:
    """What the lines of the given ``kinds`` say of the page, the first to say something winning."""
    meta: dict[str, str] = {}

    def note(key: str, value: str | None) -> None:
        if value and key not in meta:
            meta[key] = value

    readers: dict[Kind, Callable[[str], dict[str, str]]] = {
        "headline": lambda line: {"headline": line},
        "byline": _byline_meta,
        "credit": credit_meta,
        "dateline": _dateline_meta,
        "note": credit_meta,
        "biography": _biography_meta,
    }
    for kind, line in zip(kinds, lines, strict=True):
        reader = readers.get(kind)
        if reader is not None:
            for key, value in reader(line).items():
                note(key, value)
    first = next((line for kind, line in zip(kinds, lines, strict=True) if kind == "body"), "")
    for key, value in glued_meta(first, lang).items():
        note(key, value)
    return meta


def reporters_in(line: str) -> str | None:
    """The names in a byline, joined by ", "; ``None`` where it holds none."""
    for pattern in _BYLINES:
        if match := pattern.search(line):
            return _clean_names(match["name"])
    return None


def _clean_names(names: str) -> str:
    """``A and B`` and ``A·B`` as ``A, B``, without the punctuation around them."""
    parts = re.split(r"\s*(?:,\s*and\s|,|\sand\s|&|·|∙|/)\s*", names)
    return ", ".join(_clean_name(part) for part in parts if part.strip())


def _clean_name(name: str) -> str:
    name = name.strip(" *_,;:|/()[]")
    initial = re.search(r"(?:^|\s)(?:[A-Z]|Jr|Sr)\.$", name)
    return name if initial else name.rstrip(".")


def credit_meta(line: str) -> dict[str, str]:
    """``translator``, ``editor`` and ``reporter`` named in a line of credits."""
    found: dict[str, str] = {}
    for key, pattern in _CREDITS:
        if key not in found and (match := pattern.search(line)):
            found[key] = _clean_names(match["name"])
    return found


def _biography_meta(line: str) -> dict[str, str]:
    match = _BIOGRAPHY_NAME.match(line) if PLAIN_BIOGRAPHY.match(line) else None
    return {"reporter": _clean_names(match["en"] or match["ko"])} if match else {}


def _byline_meta(line: str) -> dict[str, str]:
    found: dict[str, str] = {}
    rest = " ".join(without_dates(line).split())
    if name := reporters_in(rest):
        found["reporter"] = name
    if match := _PLACE.search(rest):
        found["place"] = match["en"] or match["ko"]
    if day := iso_date(line):
        found["date"] = day
    return found


def _dateline_meta(line: str) -> dict[str, str]:
    found: dict[str, str] = {}
    if day := iso_date(line):
        found["date"] = day
    if is_date_line(line):
        return found
    korean, english = _PLACE.match(line), _CITY_LINE.match(line)
    if korean and korean["ko"]:
        found["place"] = korean["ko"]
    elif english:
        found["place"] = _as_place(english["city"])
    return found


def _as_place(city: str) -> str:
    return city.title() if city.isupper() else city


def glued_meta(first: str, lang: Lang) -> dict[str, str]:
    """Place, reporter and date that stand before the first sentence of a story."""
    found: dict[str, str] = {}
    match = (_GLUED_KO if lang == "ko" else _GLUED_EN).match(first[:200])
    if match is None or not match[0].strip():
        return found
    groups = match.groupdict()
    if groups["place"]:
        found["place"] = _as_place(groups["place"])
    if groups.get("name"):
        found["reporter"] = _clean_names(groups["name"])
    if groups.get("date") and (day := iso_date(groups["date"])):
        found["date"] = day
    return found
