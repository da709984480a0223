"""What a number measures: money, weight, time, by the word or sign beside it."""

from __future__ import annotations

import re

from tm.placeables.reading import Placeable
from tm.terms.lexicon import word_list

# Ways of writing one measure stand together, the first for all of them.
_LINES = tuple(
    word_list(line)
    for line in """
    won 원
    dollar 달러 $
    yuan 위안 renminbi
    yen 엔 ¥
    euro 유로 €
    pound £
    ruble 루블 rouble
    t 톤 ton tonne
    kg 킬로그램 kilogram kilo
    g 그램 gram
    km 킬로미터 kilometer kilometre
    m 미터 meter metre
    cm
    mm
    mile
    liter 리터 litre
    barrel 배럴
    hectare ha 정보
    acre
    second 초
    minute 분
    hour 시간
    day 일
    week 주 주일
    month 달 개월 월
    year 년
    decade
    percent % ％
    time 배
    """.strip().splitlines()
)
#: What a word or sign measures, as one word for all ways to write it.
MEASURES = {form: line[0] for line in _LINES for form in line}
_SIGN_BEFORE = re.compile(r"[$€£¥]\s?$")
_WORD_AFTER = re.compile(r"(?:여|-|\s)?\s?(?P<word>[A-Za-z]+|[%％])")
_MINUS = re.compile(r"(?:(?<!\w)[-−]|\bminus |영하 )$")


def measure(text: str, number: Placeable) -> str:
    """What ``number`` of ``text`` measures, empty where it counts things or where that is not said
    beside it; a number below zero measures something of its own."""
    if _MINUS.search(text, 0, number.start):
        return "below zero"
    if number.kind == "percent":
        return "percent"
    sign = _SIGN_BEFORE.search(text, 0, number.start)
    if sign:
        return MEASURES[sign[0].strip()]
    if number.unit:
        return MEASURES.get(number.unit, "")
    after = _WORD_AFTER.match(text, number.end)
    word = after["word"].casefold() if after else ""
    return MEASURES.get(word) or MEASURES.get(word.removesuffix("s"), "")
