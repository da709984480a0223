"""Korean numbers and dates: figures, figures with 만 and 억, native and Sino-Korean words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from tm.placeables.reading import Form, Kind, Placeable
from tm.terms.lexicon import word_list, word_set

SMALL_UNITS = {"십": 10, "백": 100, "천": 1000}
LARGE_UNITS = {"만": 10**4, "억": 10**8, "조": 10**12}
_UNITS = SMALL_UNITS | LARGE_UNITS
_DIGITS = {c: n for n, c in enumerate("영일이삼사오육칠팔구")}

#: Native numerals as they stand before a counter.
ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ONES = {form: n for n, form in enumerate(ONES) if form} | {
    "하나": 1, "둘": 2, "셋": 3, "석": 3, "서": 3, "넷": 4, "넉": 4, "너": 4, "닷": 5, "엿": 6,
}  # fmt: skip
_TENS = {form: 10 * n for n, form in enumerate(TENS) if form} | {"스무": 20}

_COUNTERS = word_set(
    """
    개월 개국 가구 가지 군데 단계 달러 마디 마리 미터 번째 사람 세대 세기 시간 위안 인분 자루 주일
    주년 차례 차량 퍼센트 프로 킬로그램 킬로미터 킬로 그램 그루 포대 년간 년대 년 월 일 시 분 초
    명 인 개 번 차 회 살 세 곳 척 대 발 건 주 배 달 원 엔 톤 층 쪽 채 권 장 통 병 대대 알 조각 위
    호 기 급 등 평 정보 배럴 루블 유로 리터 량 량째 끼 벌 켤레 그릇 봉지 상자 병 갑 포기 칸 동 집
    나라 자녀 아들 딸 식구 형제 갈래 바퀴 잔 편 문 정 km kg cm mm m g t ha
    """
)
_COUNTER = "|".join(sorted(_COUNTERS, key=lambda c: (-len(c), c)))
_FIGURES = r"\d+(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_ITEM = re.compile(rf"(?P<figures>{_FIGURES})(?P<units>[십백천만억조]*)")
_ORDINAL_BEFORE = re.compile(r"(?<![가-힣])제\s?$")  # not 이제 7천 명
_SPACE = re.compile(r"\s?(?=\d)")
_SUFFIX = re.compile(rf"여?\s?(?P<unit>{_COUNTER}|[%％])")
_NUMBER_OF_DAYS = re.compile(r"일(?:간|째|동안|\s동안|\s만에|만에|여|\s이상|씩)")

# What may follow a counter that is written onto its number: 두명은, but not 열병식.
_AFTER_COUNTER = (
    r"[^가-힣]|$|[은는이가을를의에도만과와씩쯤째여간들당치나꼴내차]|으로|로|까지|부터|정도|가량|이상|이하|"
    r"동안|마다|밖에|보다|뿐|이나|남짓|짜리|였|인|인데|이었|이다|이라|넘"
)
_WORD_START = r"(?<![가-힣\w])"
_NATIVE = re.compile(
    rf"{_WORD_START}(?P<tens>{'|'.join(_TENS)})?"
    rf"(?P<ones>{'|'.join(sorted(_ONES, key=len, reverse=True))})?"
    rf"(?=\s(?P<unit>{_COUNTER})(?:{_AFTER_COUNTER})|(?P<attached>{_COUNTER})(?={_AFTER_COUNTER})|(?P<end>[^가-힣\w]|$)|(?P<noun>[은는이가을를과와도의만]))"
)
# These stand before a noun without a counter and mean nothing else: not 한 (about), 세 (tax).
_DETERMINER = re.compile(rf"(?:{'|'.join(_TENS)})?(?:{'|'.join(_ONES)})?")
_CLEAR_ALONE = word_set(
    "하나 둘 셋 넷 두 다섯 여섯 일곱 여덟 아홉 스물 서른 마흔 예순 일흔 여든 아흔"
)
_BEFORE_PARTICLE = _CLEAR_ALONE - {"두"}
# Two neighbouring numbers in one word; the value is the one between them.
_ABOUT = {
    "한두": "1.5", "두세": "2.5", "두서너": "3", "서너": "3.5", "너댓": "4.5", "네댓": "4.5",
    "너더댓": "4.5", "네다섯": "4.5", "대여섯": "5.5", "댓": "5", "예닐곱": "6.5",
    "일고여덟": "7.5", "여덟아홉": "8.5", "여남은": "11", "이삼": "2.5", "삼사": "3.5",
    "사오": "4.5", "오륙": "5.5", "육칠": "6.5", "칠팔": "7.5", "팔구": "8.5", "절반": "0.5",
}  # fmt: skip
_APPROXIMATE = re.compile(
    rf"{_WORD_START}(?P<words>{'|'.join(sorted(_ABOUT, key=len, reverse=True))})"
    rf"(?=[십백천만]|\s|(?:{_COUNTER})|[은는이가을를의에도만과와씩쯤으]|$)"
)
_SINO = re.compile(
    rf"{_WORD_START}(?!만일|천만에)(?P<words>[일이삼사오육칠팔구]?(?:[십백천만][일이삼사오육칠팔구]?)+)"
    rf"(?=\s?(?P<unit>{_COUNTER})|(?<=[십백])\s|(?<=[십백][일이삼사오육칠팔구])\s)"
)
_FIRST = re.compile(rf"{_WORD_START}첫(?=\s?번째)")
_DAY_COUNTS = {
    "하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "엿새": 6, "이레": 7, "여드레": 8,
    "아흐레": 9, "열흘": 10, "보름": 15,
}  # fmt: skip
_DAYS = re.compile(
    rf"{_WORD_START}(?P<days>{'|'.join(_DAY_COUNTS)})(?!아침에|빨리|속히|하루|\s?종일|\s?이틀)"
)
_VAGUE = re.compile(
    rf"{_WORD_START}(?:수|몇)\s?(?P<words>[십백천만억]+)(?=\s|여|개|명|년|차|채|톤)"
)
_MONTH = re.compile(
    rf"{_WORD_START}(?P<month>십[일이]|[일이삼사오육유칠팔구시])(?=월(?![가-힣]{{3}}))"
)
_MONTHS = {
    m: n + 1 for n, m in enumerate(word_list("일 이 삼 사 오 유 칠 팔 구 시 십일 십이"))
} | {"육": 6}  # fmt: skip
_WEEKDAY = re.compile("(?P<day>[월화수목금토일])(?=요일)")
WEEKDAYS = "월화수목금토일"


@lru_cache(maxsize=2048)
def korean_placeables(text: str) -> tuple[Placeable, ...]:
    """See :func:`tm.placeables.placeables`."""
    found: list[Placeable] = []
    for one in sorted((*_in_figures(text), *_in_words(text)), key=lambda p: (p.start, -p.end)):
        if found and one.start < found[-1].end:
            continue
        follows = bool(found) and found[-1].kind == "month" and one.kind == "day"
        near = follows and one.start - found[-1].end <= 3
        found.append(_dated(one) if near else one)
    return tuple(found)


def _dated(day: Placeable) -> Placeable:
    return Placeable(day.start, day.end, day.value, day.kind, day.form, day.unit, dated=True)


def _in_figures(text: str) -> Iterator[Placeable]:
    at = 0
    while match := _ITEM.search(text, at):
        ordinal = _ORDINAL_BEFORE.search(text, 0, match.start()) is not None
        items = [match] if ordinal else _one_number(text, match)
        # 제5조 is an article of a law, not five trillions.
        end = match.end("figures") if ordinal else items[-1].end()
        value = _plain(match) if ordinal else _value(items)
        form: Form = "figures" if text[match.start() : end].isascii() else "units"
        kind, unit = _kind_and_unit(text, end, value)
        yield Placeable(match.start(), end, value, "ordinal" if ordinal else kind, form, unit)
        at = end


def _one_number(text: str, first: re.Match[str]) -> list[re.Match[str]]:
    """The parts of the number that begins with ``first``: 1억 2천만 is one, 5만 10만 are two."""
    items = [first]
    while items[-1]["units"]:
        gap = _SPACE.match(text, items[-1].end())
        following = _ITEM.match(text, gap.end()) if gap else None
        if not following or not _continues(items[-1]["units"][-1], following):
            break
        items.append(following)
    return items


def _continues(unit: str, following: re.Match[str]) -> bool:
    """Whether a part is smaller than the unit before it."""
    value = _plain(following)
    for own in following["units"]:
        if own in LARGE_UNITS and unit in SMALL_UNITS:
            break  # 2천 5백만: both belong to 만
        value *= _UNITS[own]
    return value < _UNITS[unit]


def _value(items: list[re.Match[str]]) -> Decimal:
    total = section = Decimal(0)
    for item in items:
        pending = _plain(item)
        for unit in item["units"]:
            if unit in SMALL_UNITS:
                pending *= SMALL_UNITS[unit]
            else:
                total += (section + pending) * LARGE_UNITS[unit]
                section = pending = Decimal(0)
        section += pending
    return total + section


def _plain(item: re.Match[str]) -> Decimal:
    return Decimal(item["figures"].replace(",", ""))


def _kind_and_unit(text: str, end: int, value: Decimal) -> tuple[Kind, str]:
    """What a number means, by what follows it."""
    suffix = _SUFFIX.match(text, end)
    unit = suffix["unit"] if suffix else ""
    if unit in ("%", "％", "퍼센트", "프로"):
        return "percent", ""
    if unit == "년대":
        return "decade", unit
    if unit == "년" and 1900 <= value <= 2100 and not text.startswith(" 간", end + 1):
        return "year", unit
    if unit == "월" and 1 <= value <= 12:
        return "month", unit
    if unit == "일" and 1 <= value <= 31 and not _NUMBER_OF_DAYS.match(text, end):
        return "day", unit
    if unit == "시" and value <= 24:
        return "clock", unit
    if unit in ("번째", "위", "호", "기", "급") or (unit == "차" and value < 100):
        return "ordinal", unit
    return "count", unit


def _in_words(text: str) -> Iterator[Placeable]:
    for match in _MONTH.finditer(text):
        yield Placeable(*match.span(), Decimal(_MONTHS[match["month"]]), "month", "words", "월")
    for match in _WEEKDAY.finditer(text):
        yield Placeable(
            *match.span(), Decimal(1 + WEEKDAYS.index(match["day"])), "weekday", "words", "요일"
        )
    for match in _FIRST.finditer(text):
        yield Placeable(*match.span(), Decimal(1), "ordinal", "words", "번째")
    for match in _SINO.finditer(text):
        value = _sino_value(match["words"])
        if len(match["words"]) == 1 or (match["unit"] == "시" and value > 24):
            continue  # 만일 is "if", 이천시 a city
        kind, unit = _kind_and_unit(text, match.end(), value)
        yield Placeable(*match.span(), value, kind, "words", unit)
    for match in _APPROXIMATE.finditer(text):
        yield Placeable(*match.span(), Decimal(_ABOUT[match["words"]]), "vague", "words")
    for match in _DAYS.finditer(text):
        days = Decimal(_DAY_COUNTS[match["days"]])
        yield Placeable(*match.span(), days, "count", "words", "일")
    for match in _VAGUE.finditer(text):
        yield Placeable(*match.span(), _sino_value(match["words"]), "vague", "words")
    for match in _NATIVE.finditer(text):
        word = match[0]
        unit = match["unit"] or match["attached"] or ""
        counted = unit and not (word in ("서", "너") and unit != "말")
        alone = match["end"] is not None and word in _CLEAR_ALONE
        if word and (counted or alone or (match["noun"] and word in _BEFORE_PARTICLE)):
            value = Decimal(_TENS.get(match["tens"] or "", 0) + _ONES.get(match["ones"] or "", 0))
            yield Placeable(*match.span(), value, _KIND_OF_NATIVE.get(unit, "count"), "words", unit)


def is_determiner(word: str) -> bool:
    """Whether a word is a native numeral as it stands before what it counts: 세, 열두."""
    match = _DETERMINER.fullmatch(word)
    return match is not None and word != ""


_KIND_OF_NATIVE: dict[str, Kind] = {"번째": "ordinal", "시": "clock"}


def _sino_value(words: str) -> Decimal:
    total = section = pending = 0
    for character in words:
        if character in _DIGITS:
            pending = _DIGITS[character]
        elif character in SMALL_UNITS:
            section += (pending or 1) * SMALL_UNITS[character]
            pending = 0
        else:
            total += (section + pending or 1) * LARGE_UNITS[character]
            section = pending = 0
    return Decimal(total + section + pending)
