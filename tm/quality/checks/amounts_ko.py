"""The amounts of a Korean sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from tm.placeables.korean import korean_placeables
from tm.placeables.measures import MEASURES, measure
from tm.placeables.reading import Placeable
from tm.quality.checks.amounts import Amount, AmountKind, told, with_half, without_overlaps
from tm.quality.checks.sayings import LOOK_ALIKES, SAYINGS

_SMALL = {
    "한": 1, "두": 2, "세": 3, "네": 4, "일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6,
    "칠": 7, "팔": 8, "구": 9, "십": 10, "백": 100, "천": 1000, "다섯": 5, "여섯": 6,
    "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "하나": 1, "둘": 2, "셋": 3, "넷": 4,
}  # fmt: skip
_NUMBER = rf"(?:\d+(?:\.\d+)?|{'|'.join(sorted(_SMALL, key=len, reverse=True))})"
_UNITS = {"십": 1, "백": 2, "천": 3, "만": 4, "억": 8, "조": 12}
_START = r"(?<![가-힣\w])"

_FRACTION = re.compile(rf"(?P<under>{_NUMBER})\s?분의\s?(?P<over>{_NUMBER})")
_SLASHED = re.compile(r"(?<![\d/.])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/])")
_BORN = re.compile(r"(?<!\d)(?P<n>\d\d)\s?년\s?생")
_ARTICLE = re.compile(r"(?:헌법|[가-힣]법|조약|협정|규약)\s?(?P<n>\d{1,3})(?=조)")
_DAY_RANGE = re.compile(r"(?<![\d.])(?P<n>\d{1,2})(?=\s?[~∼-]\s?\d{1,2}\s?(?P<unit>[일월])(?!간))")
_QUARTER = re.compile(r"(?P<n>[1-4])(?:\s?[/·~-]\s?\d)?\s?[/·]?\s?4?분기")
_NAMED_YEAR = re.compile(r"주체\s?(?P<n>\d{1,3})\s?(?:\(\d{4}\)\s?)?년?")
# 9·27상무, 8.15해방, 6.25 전쟁: the name of an event. 6.8의 and 2.5배 are numbers.
_DOTTED = re.compile(
    r"(?<![\d.])(?P<month>1[0-2]|[1-9])(?P<dot>[·‧ㆍ.])(?P<day>[12]\d|3[01]|[1-9])(?![\d%]|\.\d)"
    r"(?=\s?[가-힣(’”'\"])(?!\s?(?:배|도|톤|퍼센트|포인트|[만억조천백]|명|원|달러|킬로|미터|인치))"
    r"(?(dot)(?:(?<=[·‧ㆍ]\d)|(?<=[·‧ㆍ]\d\d)|(?=[가-힣]{2})(?![은는이가을를의에도와과로]\s)"
    r"|(?=\s?(?:테러|참사|항쟁|전쟁|사태|선언|공동|남북|운동|혁명))))"
)
_DATE_IN_FIGURES = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)[.-](?P<month>0?[1-9]|1[0-2])(?:[.-](?P<day>\d{1,2}))?(?!\d)"
)
_EITHER = re.compile(
    r"(?<![\d,])(?P<one>\d),\s?(?P<other>\d)(?=\s?(?:년|명|개|일|주|달|차례|번|시간|분"
    r"|살|배|만|천|백))"
)
_BATTING = re.compile(r"(?P<a>\d)할(?:(?P<b>\d)푼)?(?:(?P<c>\d)리)?")
_PARTIES = re.compile(r"(?<!\d)(?P<n>\d{1,2})\s?(?:자\s?회담|개국|대\s?강국)")
_CONVERTED = re.compile(
    r"\(\s?(?:약|한화|미화|우리 돈|우리돈|원화|한국 돈)[^()]*\)"
    r"|(?<=[원불엔화러안로])\([^()]*\d[^()]*(?:원|달러|위안|엔|유로)\)"
)
_SHORT_DECADE = re.compile(r"(?<!\d)(?P<n>[1-9]0)\s?년대")
_AGES = re.compile(
    r"(?<!\d)(?P<n>[1-9]0)\s?대(?!\s?(?:의|가|를|는|은)?\s?(?:차량|트럭|버스|선박|어선|기계)"
    r"|\s?[0-9])(?:\s?(?P<to>[1-9]0)\s?대)?"
)
_SCALE = re.compile(rf"{_START}(?:수|몇)\s?(?P<units>[십백천만억조]+)")
_OVER_TEN = re.compile(
    rf"{_START}(?P<lead>[이삼사오육칠팔구]?)(?P<units>[십백천만])\s?여(?=\s?[가-힣])"
)
_LONE_UNIT = re.compile(
    rf"{_START}(?<!%)(?P<unit>[십백천만억])(?=\s(?:리|명|그루|원|달러|톤|가구|세대|대"
    rf"|개|마리|위안|년|권)"
    r"(?:[^가-힣]|$|[이가은는을를의에씩도여로만]|쯤|정도|이상|가까))"
)
_HALF = re.compile(
    rf"{_START}반\s?(?P<unit>년|나절|달|시간|세기)|{_START}(?P<whole>절반|반수|반값"
    rf"|반(?=으로|밖에|도 안|씩))"
)
_HALF_MEASURES = {"년": "year", "나절": "day", "달": "month", "시간": "hour", "세기": "century"}
_HALF_AFTER = re.compile(
    r"\s?(?P<unit>시간|시|년|달|개월|배|주|일)?\s?반(?=[\s,.이을의은만가에]|$|쯤|정도|가량|가까|간)"
)
_HALF_YEAR = re.compile(r"(?:[상하전후]|1|2)\s?반기|[1-2]\s?학기")
_ABOUT = {"열댓": (15.0, 16.0), "열두어": (12.0, 13.0), "여남은": (10.0, 11.0, 12.0)}
_ABOUT_SO_MANY = re.compile(rf"{_START}(?P<n>{'|'.join(_ABOUT)})(?=\s)")
_OLD_MEASURE = re.compile(
    rf"{_START}(?P<n>한|두|세|석|서|네|넉|닷|엿|다섯|여섯|일곱|여덟|아홉|열"
    rf"|반)\s?(?P<unit>근|되|말|평|리|마지기)"
    r"(?=[^가-힣]|$|[은는이가을를의에도만과와씩짜정쯤길])"
)
_OLD = {"석": 3.0, "서": 3.0, "넉": 4.0, "닷": 5.0, "엿": 6.0, "반": 0.5}
_OF_TEN = re.compile(rf"{_START}열에\s(?P<n>하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉)")
_ONLY_ONE = re.compile(rf"{_START}하나(?=뿐|밖에|만\s)")
_CENTURY = re.compile(r"(?<!\d)(?P<n>\d{1,2})\s?세기")
_ORDINALS = {
    "첫": 1,
    "둘": 2,
    "셋": 3,
    "넷": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
}
_ORDINAL = re.compile(rf"{_START}(?P<n>{'|'.join(_ORDINALS)})(?:째(?=[\s,는로])|(?<=첫)(?=\s))")
_ABOUT_TENS = re.compile(
    rf"{_START}(?P<one>[이삼사오육칠])(?P<other>[삼사오육칠팔])십(?=\s?[명개년일대살])"
)
_AROUND_THE_CLOCK = re.compile(r"(?<!\d)24\s?시간(?=\s(?!만|뒤|후|이내|안에)|\s?내내)")
_TENS_VALUES = {
    "스물": 20,
    "서른": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_TENS = re.compile(
    rf"{_START}(?P<tens>{'|'.join(_TENS_VALUES)})(?P<ones>하나|한|둘|두|셋|세|넷|네"
    rf"|다섯|여섯|일곱|여덟"
    rf"|아홉)?(?![가-힣]{{3}})"
)
_WEEK = re.compile(rf"{_START}(?:일주일|한\s?주일?)")
_ROUND_ABOUT = re.compile(rf"{_START}두어(?=\s)")
_CLOCK = re.compile(
    r"(?P<part>오전|오후|새벽|아침|점심|낮|저녁|밤|심야|자정"
    r"|정오)?\s?(?<!\d)(?P<hour>\d{1,2}|열한|열두|한|두|세|네|다섯|여섯"
    r"|일곱|여덟|아홉|열)\s?시(?!간|[가-힣]*(?:장|민|내|도|당|설|험|작|골)"
    r"|\s?군)(?:\s?(?P<minute>\d{1,2})\s?분|\s?(?P<half>반))?"
)
_NOON = re.compile(rf"{_START}(?P<which>정오|자정)")
_HOURS = {
    "한": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8,
    "아홉": 9, "열": 10, "열한": 11, "열두": 12,
}  # fmt: skip
_RANGE_SCALE = re.compile(r"\s?[~∼～-]\s?\d[\d,.]*(?P<units>[십백천만억조]+)")
_AGE_IN_BRACKETS = re.compile(r"\(\s?\d{1,3}\s?(?:세|살)?[,)·]")
_OWN_MEASURES = {
    "리": "ri", "평": "pyeong", "근": "geun", "말": "mal", "제곱미터": "square metre",
    "평방미터": "square metre", "㎡": "square metre", "피트": "foot", "마일": "mile",
    "인치": "inch", "세기": "century", "키로": "kg", "킬로": "", "㎏": "kg", "㎞": "km", "㎝": "cm",
    "파운드": "pound",
    "에이커": "acre", "제곱킬로미터": "square kilometre", "㎢": "square kilometre", "야드": "yard",
    "년": "year", "헥타르": "hectare", "갤런": "gallon", "온스": "ounce",
    "개월": "month", "달": "month", "루피": "rupee",
}  # fmt: skip
_OWN_MEASURE = re.compile(
    rf"여?\s?(?P<unit>{'|'.join(sorted(_OWN_MEASURES, key=len, reverse=True))})"
    r"(?=[^가-힣]|$|[은는이가을를의에도만과와씩짜정쯤길]|정도|가량|남짓|이상|이하|으로"
    r"|로|까지|부터|간|당)"
)
_CHINESE_MONEY = re.compile(r"(?:인민폐|중국\s?(?:돈|화폐|인민폐)|중국돈)\s?(?:약|총|현금)?\s*$")


def korean_amounts(text: str) -> list[Amount]:
    """The amounts of a Korean text (NFC) in order, never overlapping."""
    masks = [Amount(m.start(), m.end(), ()) for m in LOOK_ALIKES.finditer(text)]
    masks += [Amount(m.start(), m.end(), ()) for m in SAYINGS.finditer(text)]
    specials = [*masks, *_specials(text)]
    found = without_overlaps(specials, (_of(text, p) for p in korean_placeables(text)))
    return _with_shares(text, told(_with_half_after(text, one) for one in found))


_OF = re.compile(
    r"\s?(?:명|개|곳|가구|세대|사람|대|건|척|마리|집|채)?\s?(?:가운데|중|중에|중에서|에|당|마다)\s"
)


def _with_shares(text: str, amounts: list[Amount]) -> list[Amount]:
    """네 명 가운데 한 명 may be a quarter, or 25 percent."""
    for place, (whole, part) in enumerate(pairwise(amounts)):
        if _OF.fullmatch(text, whole.end, part.start) and 0 < part.values[0] < whole.values[0]:
            share = part.values[0] / whole.values[0]
            for at, one in ((place, whole), (place + 1, part)):
                amounts[at] = replace(one, values=(*one.values, share, 100 * share))
    return amounts


def _specials(text: str) -> Iterator[Amount]:
    for m in _FRACTION.finditer(text):
        yield Amount(*m.span(), (_value(m["over"]) / _value(m["under"]),), "ratio")
    for m in _SLASHED.finditer(text):
        yield Amount(*m.span(), (int(m["over"]) / int(m["under"]),), "ratio")
    for m in _BORN.finditer(text):
        short = float(m["n"])
        yield Amount(*m.span(), (1900 + short, 2000 + short, short), "year")
    for m in _ARTICLE.finditer(text):
        yield Amount(m.start("n"), m.end("n") + 1, (float(m["n"]),), "ordinal")
    for m in _DAY_RANGE.finditer(text):
        kind: AmountKind = "day" if m["unit"] == "일" else "month"
        yield Amount(*m.span("n"), (float(m["n"]),), kind, weak=True)
    for m in _QUARTER.finditer(text):
        yield Amount(*m.span(), (float(m["n"]),), "ordinal", weak=True)
    for m in _NAMED_YEAR.finditer(text):
        yield Amount(*m.span(), (float(m["n"]), 1911.0 + int(m["n"])), "year")
    for m in _DOTTED.finditer(text):
        middle = m.end("month")
        yield Amount(m.start(), middle, (float(m["month"]),), "month", weak=True)
        yield Amount(middle, m.end(), (float(m["day"]),), "day", weak=True)
    for m in _DATE_IN_FIGURES.finditer(text):
        yield Amount(m.start(), m.end("year"), (float(m["year"]),), "year", weak=True)
        yield Amount(*m.span("month"), (float(m["month"]),), "month", weak=True)
        if m["day"]:
            yield Amount(*m.span("day"), (float(m["day"]),), "day", weak=True)
    for m in _EITHER.finditer(text):
        yield Amount(*m.span(), (float(m["one"]), float(m["other"])), weak=True)
    for m in _BATTING.finditer(text):
        share = int(m["a"]) / 10 + int(m["b"] or 0) / 100 + int(m["c"] or 0) / 1000
        yield Amount(*m.span(), (share, round(1000 * share)), "ratio")
    for m in _PARTIES.finditer(text):
        yield Amount(*m.span("n"), (float(m["n"]),), weak=True)
    for m in _SHORT_DECADE.finditer(text):
        short = float(m["n"])
        yield Amount(*m.span(), (1900 + short, 2000 + short, short), "decade")
    for m in _AGES.finditer(text):
        ages = tuple(float(n) for n in (m["n"], m["to"]) if n)
        yield Amount(*m.span(), ages)
    for m in _SCALE.finditer(text):
        yield Amount(*m.span(), (10.0 ** sum(_UNITS[u] for u in m["units"]),), "scale", weak=True)
    for m in _OVER_TEN.finditer(text):
        value = float(_SMALL.get(m["lead"], 1) * 10 ** _UNITS[m["units"]])
        yield Amount(*m.span(), (value,), "count", _measure_after(text, m.end()))
    for m in _LONE_UNIT.finditer(text):
        value = 10.0 ** _UNITS[m["unit"]]
        yield Amount(*m.span(), (value,), "count", _measure_after(text, m.end()))
    for m in _HALF.finditer(text):
        measured = _HALF_MEASURES.get(m["unit"] or "", "")
        yield Amount(*m.span(), (0.5,), "ratio" if m["whole"] else "count", measured)
    for m in _HALF_YEAR.finditer(text):
        yield Amount(*m.span(), (0.5,), "ratio", weak=True)
    for m in _TENS.finditer(text):
        value = float(_TENS_VALUES[m["tens"]] + _SMALL.get(m["ones"] or "", 0))
        yield Amount(*m.span(), (value,), "count", _measure_after(text, m.end()))
    for m in _ABOUT_SO_MANY.finditer(text):
        yield Amount(*m.span(), _ABOUT[m["n"]], weak=True)
    for m in _OLD_MEASURE.finditer(text):
        value = _OLD.get(m["n"]) or float(_SMALL[m["n"]])
        yield Amount(*m.span("n"), (value,), "count", _OWN_MEASURES.get(m["unit"], ""), weak=True)
    for m in _OF_TEN.finditer(text):
        of_ten = float(_SMALL[m["n"]])
        yield Amount(*m.span(), (of_ten, of_ten / 10, 10 * of_ten))
    for m in _ONLY_ONE.finditer(text):
        yield Amount(*m.span(), (1.0,), weak=True)
    for m in _CENTURY.finditer(text):
        yield Amount(*m.span(), (float(m["n"]),), "decade", "century")
    for m in _ORDINAL.finditer(text):
        yield Amount(*m.span(), (float(_ORDINALS[m["n"]]),), "ordinal", weak=m["n"] in "첫둘")
    for m in _ABOUT_TENS.finditer(text):
        tens = tuple(10.0 * _SMALL[m[name]] for name in ("one", "other"))
        yield Amount(*m.span(), tens, weak=True)
    for m in _AROUND_THE_CLOCK.finditer(text):
        yield Amount(*m.span(), (24.0,), "count", "hour", weak=True)
    for m in _WEEK.finditer(text):
        yield Amount(*m.span(), (1.0,), "count", "week", weak=True)
    for m in _ROUND_ABOUT.finditer(text):
        yield Amount(*m.span(), (2.0, 3.0), weak=True)
    yield from _clocks(text)


def _clocks(text: str) -> Iterator[Amount]:
    for m in _CLOCK.finditer(text):
        hour = _HOURS.get(m["hour"]) or int(m["hour"])
        if hour > 24 or (
            m["hour"] in _HOURS and not (m["part"] or text[: m.start()].endswith(" "))
        ):
            continue
        minute = 30 if m["half"] else int(m["minute"] or 0)
        start = m.start("part") if m["part"] else m.start("hour")
        times = tuple(float(60 * h + minute) for h in _hours(hour, m["part"] or ""))
        yield Amount(start, m.end(), times, "clock")
    for m in _NOON.finditer(text):
        yield Amount(*m.span(), (720.0 if m["which"] == "정오" else 0.0,), "clock", weak=True)


def _hours(hour: int, part: str) -> tuple[int, ...]:
    """The hours of the day that are meant: 밤 10시 is 22, 밤 1시 is 1, 3시 is 3 or 15."""
    if hour > 12:
        return (hour % 24,)
    if part in ("오전", "새벽", "아침"):
        return (hour % 12,)
    if part in ("오후", "저녁", "점심", "낮"):
        return (hour % 12 + 12,) if not (part == "낮" and hour == 11) else (11,)
    if part in ("밤", "심야"):
        return (hour % 12 + 12,) if 6 <= hour < 12 else (hour % 12,)
    return hour % 12, hour % 12 + 12


def _value(words: str) -> float:
    return float(_SMALL[words]) if words in _SMALL else float(words)


def _of(text: str, one: Placeable) -> Amount:
    value = float(one.value)
    kind = _kind(one, value)
    values: tuple[float, ...] = (value,)
    if kind == "decade" and value < 100:
        values = (value, 1900 + value, 2000 + value)
    elif one.kind == "vague" and value % 1 == 0.5 and value > 1:
        values = (value - 0.5, value + 0.5)
        kind = "count"
    elif scale := _RANGE_SCALE.match(text, one.end):
        values = (value, value * 10 ** sum(_UNITS[u] for u in scale["units"]))
    return Amount(
        one.start,
        one.end,
        values,
        kind,
        _measure(text, one),
        weak=_is_weak(text, one, value),
    )


def _kind(one: Placeable, value: float) -> AmountKind:
    if one.kind == "vague":
        return "ratio" if value < 1 else "count"
    if one.kind == "clock":
        return "count"  # what is a time of day was read before
    return one.kind


def _is_weak(text: str, one: Placeable, value: float) -> bool:
    if value == 1 or (value == 2 and one.form == "words") or one.kind == "vague":
        return True
    if one.unit == "호" or any(m.start() < one.start < m.end() for m in _CONVERTED.finditer(text)):
        return True
    return _AGE_IN_BRACKETS.match(text, one.start - 1) is not None if one.start else False


def _measure(text: str, one: Placeable) -> str:
    if one.kind not in ("count", "vague", "percent", "clock"):
        return ""
    if (
        one.kind == "count"
        and text.startswith("원", one.end)
        and _CHINESE_MONEY.search(text, 0, one.start)
    ):
        return "yuan"
    area = re.match(r"\s?(k?)m[²2](?![A-Za-z])", text[one.end : one.end + 5])
    if area:
        return "square kilometre" if area[1] else "square metre"
    found = measure(text, one)
    return found or _measure_after(text, one.end)


def _measure_after(text: str, end: int) -> str:
    match = _OWN_MEASURE.match(text, end)
    if match:
        return _OWN_MEASURES[match["unit"]]
    word = re.match(
        r"여?\s?(?P<unit>[가-힣]{1,4}?)(?=[\s,.)]|$|[은는이가을를의에도만과와씩])", text[end:]
    )
    return MEASURES.get(word["unit"], "") if word else ""


def _with_half_after(text: str, one: Amount) -> Amount:
    if one.kind not in ("count", "year") or len(one.values) != 1:
        return one
    match = _HALF_AFTER.match(text, one.end)
    return with_half(one, match.end()) if match else one
