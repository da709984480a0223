"""The amounts of an English sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from tm.placeables.english import MONTHS, ONES, ORDINALS, SCALES, english_placeables
from tm.placeables.measures import MEASURES, measure
from tm.placeables.reading import Placeable
from tm.quality.checks.amounts import Amount, AmountKind, told, with_half, without_overlaps

_WORDS = {word: float(n) for n, word in enumerate(ONES)} | {
    "hundred": 100.0, "a": 1.0, "an": 1.0, "one": 1.0, "half a": 0.5, "half an": 0.5,
    "couple of": 2.0,
    "a couple of": 2.0, "twenty": 20.0, "thirty": 30.0, "forty": 40.0, "fifty": 50.0,
}  # fmt: skip
_LEAD = (
    r"(?P<lead>half an?|a couple of|an?|\d+(?:\.\d+)?|"
    + "|".join(ONES[1:])
    + "|twenty|thirty|forty|fifty)"
)
_SIZES = {
    "dozen": 12.0, "hundred": 100.0, "thousand": 1e3, "million": 1e6, "billion": 1e9,
    "trillion": 1e12, "score": 20.0,
}  # fmt: skip
# What tm.placeables does not read: a million, half a million, two dozen.
_SIZED = re.compile(
    r"(?<![\w-])(?:(?P<lead>half an?|a couple of|an?)[\s-]"
    r"(?P<size>dozen|hundred|thousand|million|billion|trillion|score)"
    r"(?:[\s-](?P<more>thousand|million|billion))?"
    rf"|(?P<count>\d+|{'|'.join(ONES[1:13])})[\s-](?P<dozen>dozen|score))\b(?!s)",
    re.I,
)
_SIZE = re.compile("dozen|hundred|thousand|illion|score", re.I)
_SLASHED = re.compile(r"(?<![\d/.])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/])")
_ONE_IN = re.compile(
    rf"\b(?P<over>\d+|{'|'.join(ONES[1:13])})\s(?:in|out\sof)\s(?:every\s)?"
    rf"(?P<under>\d+|{'|'.join(ONES[2:21])}|twenty|hundred)\b(?!\s(?:\w+\s)?(?:thousand"
    rf"|million|billion|days?"
    rf"|weeks?|months?|years?|hours?))",
    re.I,
)
_SPANS = re.compile(
    rf"\b(?:{_LEAD}[\s-])?(?P<unit>decade|centur(?:y|ies)|fortnight|quarter[\s-]century)s?\b", re.I
)
_LONG_TIME = re.compile("decade|centur|fortnight", re.I)
_HALF_OF = re.compile(
    r"\bhalf[\s-](?:an?[\s-])?(?P<unit>year|month|day|hour|century|decade|dozen)\b|\bhalf-yearly\b",
    re.I,
)
_AND_HALF = re.compile(r"(?:[\s-]+(?:\w+\s)?)?(?:and[\s-]a[\s-]half|1/2|½)\b", re.I)
_A_UNIT_AND_HALF = re.compile(
    r"\b(?:an?|one)\s(?P<unit>hour|year|month|day|week|decade|century)\sand\sa\shalf\b", re.I
)
_SCALE = re.compile(
    r"\b(?P<first>tens|scores|dozens|hundreds|thousands|millions|billions)"
    r"(?:\s(?:or\s\w+\s)?of\s(?P<second>thousands|millions|billions|trillions))?\b",
    re.I,
)
_SOME_SCALE = re.compile(
    r"\b(?:several|a\sfew|many|some|couple)[\s-](?P<second>dozen|hundred|thousand"
    r"|million|billion)\b"
    r"|\b(?:several|a\sfew|a\scouple\sof)[\s-](?P<tens>tens|hundreds)\b",
    re.I,
)
_POWERS = {
    "tens": 1, "scores": 1, "dozens": 1, "dozen": 1, "hundreds": 2, "hundred": 2, "thousands": 3,
    "thousand": 3, "millions": 6, "million": 6, "billions": 9, "billion": 9, "trillions": 12,
}  # fmt: skip
_AGES = {
    "teens": 10.0, "twenties": 20.0, "thirties": 30.0, "forties": 40.0, "fifties": 50.0,
    "sixties": 60.0, "seventies": 70.0, "eighties": 80.0, "nineties": 90.0,
}  # fmt: skip
_AGE = re.compile(rf"\b(?P<word>{'|'.join(_AGES)})\b", re.I)
_DECADE = re.compile(r"['’]?(?<!\d)(?P<n>(?:1[89]|20)?[1-9]0|2000|1900)['’]?s\b")
_PAIRS = re.compile(
    r"\b(?P<two>both|pairs?|couples?|twins?|duo|bilateral|twice|double[sd]?|doubling"
    r"|two-?fold|either|neither)\b"
    r"|\b(?P<three>trio|triplets|thrice|triple[sd]?|tripling|three-?fold|trilateral)\b"
    r"|\b(?P<four>quadrupl\w+|four-?fold)\b|\b(?P<ten>ten-?fold)\b",
    re.I,
)
_FOLD = re.compile(r"(?<![\d.])(?P<n>\d+(?:\.\d+)?)-?fold\b")
_CLOCK = re.compile(
    r"(?<![\d:.,$])(?P<hour>[01]?\d|2[0-4])(?:(?::|\.)(?P<minute>[0-5]\d))?\s?"
    r"(?P<part>[ap]\.?\s?m\b\.?|o['’]clock|in\sthe\s(?:morning|afternoon|evening)|at\snight)",
    re.I,
)
_CLOCK_PLAIN = re.compile(r"(?<![\d:.,])(?P<hour>[01]?\d|2[0-4]):(?P<minute>[0-5]\d)(?![\d:])")
_CLOCK_WORD = re.compile(
    rf"\b(?P<hour>{'|'.join(ONES[1:13])})(?:[\s-](?P<minute>thirty))?\s(?P<part>o['’]clock|[ap]\.m\.?"
    r"|in\sthe\s(?:morning|afternoon|evening)|at\snight)",
    re.I,
)
_NOON = re.compile(r"\b(?P<which>noon|midday|midnight)\b", re.I)
_HOLIDAYS = {
    "may day": (5, 1), "new year's day": (1, 1), "new year’s day": (1, 1), "christmas": (12, 25),
}  # fmt: skip
_HOLIDAY = re.compile(rf"\b(?:{'|'.join(_HOLIDAYS)})\b", re.I)
_TO_DAY = re.compile(
    rf"\b(?:{'|'.join(month[:3] for month in MONTHS)})[a-z]*\.?\s\d{{1,2}}\s?(?:to"
    rf"|through|until|and|[-–])\s?"
    r"(?P<day>[12]?\d|3[01])(?=[\s,.]|$)(?!\s(?:percent|people|of|million))"
)
_LUNAR_MONTH = re.compile(r"\b(?P<word>\w+)(?=\slunar\smonth)", re.I)
_CENTURY = re.compile(
    rf"\b(?:(?P<n>\d{{1,2}})(?:st|nd|rd|th)|(?P<word>twenty-first"
    rf"|{'|'.join(ORDINALS)}))[\s-]century\b",
    re.I,
)
_JUCHE = re.compile(r"\bJuche\s(?P<n>\d{1,3})\b")
_MASK = re.compile(
    r"\bCOVID-?\s?19\b|\b(?:9|nine)[\s-]to[\s-](?:5|five)\b|\bWorld War (?:I{1,3}|One"
    r"|Two)\b|\b24/7\b|\bno\sone\b|\bone\s(?:another|day|time)\b|\bat\sonce\b"
    r"|\bsecond(?:s|-hand|ary)\b"
    r"|\b[Tt]hird\s(?:party|parties|country|countries|World)\b|\bzero-covid\b"
    r"|\bsecond[\s-]in[\s-]command\b|\bNo\.\s?2\b"
    r"|(?:(?<=[:;.]\s)|(?<=and\s)|^)\d{1,2}\)|\b9[/.]11\b|&#\d+;|\b\d{1,2}:\d\d\b(?=\s?GMT)"
    r"|\b[A-Z]+-?\d+[A-Z]?-\d+\b"
)
_BARE_MILLIONS = re.compile(r"\d\s?m$")
_SHARE = re.compile(
    r"\b(?:just|only|over|than|from|about|by|nearly|almost|around|roughly|some|another|to)\s"
    r"(?P<share>(?:a|one)[\s-](?P<under>third|quarter|fifth|tenth))\b(?!\s(?:time"
    r"|person|day|year|round))"
)
_QUARTER = re.compile(r"\bQ(?P<n>[1-4])\b")
_MEASURE_NEAR = re.compile(
    r"[\s-](?:(?:U\.?S\.?|North|South|Korean|Chinese|American|Japanese|local|metric"
    r"|square|cubic)[\s-]){1,3}(?P<word>[A-Za-z]+)"
)
_MONEY_BEFORE = re.compile(r"(?P<code>KRW|KPW|CNY|RMB|USD|EUR|JPY|(?<![A-Za-z])W|[$€¥₩£])\s?$")
_CODES = {
    "KRW": "won", "KPW": "won", "CNY": "yuan", "RMB": "yuan", "USD": "dollar", "$": "dollar",
    "EUR": "euro", "€": "euro", "JPY": "yen", "¥": "yen", "₩": "won", "W": "won", "£": "pound",
}  # fmt: skip
_OWN = {
    "feet": "foot", "foot": "foot", "inch": "inch", "inche": "inch", "yard": "yard", "rmb": "yuan",
    "lb": "pound", "pound": "pound", "ounce": "ounce", "hr": "hour", "min": "minute", "mph": "mile",
    "pyeong": "pyeong", "ri": "ri", "buck": "dollar", "kilo": "kg", "kgs": "kg", "meters": "m",
}  # fmt: skip
_SQUARE = {"m": "square metre", "foot": "square foot", "km": "square kilometre"}


def english_amounts(text: str) -> list[Amount]:
    """The amounts of an English text in order, never overlapping."""
    masks = [Amount(m.start(), m.end(), ()) for m in _MASK.finditer(text)]
    specials = [*masks, *_specials(text), *_times(text)]
    found = without_overlaps(specials, (_of(text, p) for p in english_placeables(text)))
    return _with_scale_of_others(text, told(_with_half_after(text, one) for one in found))


def _with_scale_of_others(text: str, amounts: list[Amount]) -> list[Amount]:
    """From 5 to 6 million: the first may be in millions too. What is converted in brackets for the
    reader is no amount of its own."""
    scales = {m[0].lower() for m in _SCALE_WORD.finditer(text)}
    converted = [m.span() for m in _CONVERTED.finditer(text)] if "(" in text else []
    found = []
    for one in amounts:
        if any(start < one.start < end for start, end in converted):
            one = replace(one, weak=True)
        if scales and one.kind == "count" and len(one.values) == 1 and one.values[0] < 1000:
            values = (*one.values, *(one.values[0] * SCALES[scale] for scale in scales))
            one = replace(one, values=values)
        found.append(one)
    return found


_SCALE_WORD = re.compile(r"\b(?:thousand|million|billion|trillion)\b", re.I)
_CONVERTED = re.compile(
    r"\([^()]*\d[^()]*(?:\b(?:mile|feet|foot|inch|pound|ounce|gallon|acre|kilomet"
    r"|meter|metre|km|kg|cm|m|lb|ft|mph|F|C|Fahrenheit|Celsius|dollars?|won|euros?|yen"
    r"|yuan)\w*|[$€£¥])[^()]*\)"
    r"|\((?:about|around|roughly|some|approximately|or|equivalent)\b[^()]*\)"
    r"|\((?:US|U\.S\.)?\s?[$€£¥₩][\d.,]+[^()]*\)"
)


def _specials(text: str) -> Iterator[Amount]:
    for m in _A_UNIT_AND_HALF.finditer(text) if "and a half" in text else ():
        yield Amount(*m.span(), (1.5,), "count", MEASURES.get(m["unit"].lower(), "century"))
    for m in _HALF_OF.finditer(text) if "alf" in text else ():
        unit = (m["unit"] or "year").lower()
        if unit == "dozen":
            yield Amount(*m.span(), (6.0,))
        else:
            yield Amount(*m.span(), (0.5,), "count", MEASURES.get(unit, unit))
    for m in _SIZED.finditer(text) if _SIZE.search(text) else ():
        value = _lead(m["lead"] or m["count"]) * _SIZES[(m["size"] or m["dozen"]).lower()]
        value *= _SIZES[m["more"].lower()] if m["more"] else 1
        yield Amount(*m.span(), (value,), "count", _measure_at(text, *m.span()))
    for m in _SPANS.finditer(text) if _LONG_TIME.search(text) else ():
        yield _span(m)
    for m in _SCALE.finditer(text):
        power = _POWERS[m["first"].lower()] + (_POWERS[m["second"].lower()] if m["second"] else 0)
        yield Amount(*m.span(), (10.0**power,), "scale", weak=True)
    for m in _SOME_SCALE.finditer(text):
        yield Amount(
            *m.span(), (10.0 ** _POWERS[(m["second"] or m["tens"]).lower()],), "scale", weak=True
        )
    for m in _AGE.finditer(text):
        age = _AGES[m["word"].lower()]
        yield Amount(*m.span(), (age, 1900 + age), weak=age == 10)
    for m in _DECADE.finditer(text):
        n = float(m["n"])
        values = (n,) if n >= 1800 else (n, 1900 + n, 2000 + n)
        yield Amount(*m.span(), values, "decade" if n >= 1800 else "count")
    for m in _PAIRS.finditer(text):
        value = next(
            float(v) for v, n in ((2, "two"), (3, "three"), (4, "four"), (10, "ten")) if m[n]
        )
        yield Amount(*m.span(), (value,), "count", weak=value == 2)
    for m in _SHARE.finditer(text):
        parts = {"third": 3, "quarter": 4, "fifth": 5, "tenth": 10}[m["under"]]
        yield Amount(*m.span("share"), (1 / parts,), "ratio")
    for m in _SLASHED.finditer(text):
        yield Amount(*m.span(), (int(m["over"]) / int(m["under"]),), "ratio")
    for m in _ONE_IN.finditer(text):
        over, under = (_lead(m[name]) for name in ("over", "under"))
        if over < under <= 100:
            yield Amount(*m.span(), (over / under, 100 * over / under), "ratio")
    for m in _FOLD.finditer(text):
        yield Amount(*m.span(), (float(m["n"]),), "count", "time")
    for m in _TO_DAY.finditer(text):
        yield Amount(*m.span("day"), (float(m["day"]),), "day")
    for m in _LUNAR_MONTH.finditer(text) if "lunar" in text else ():
        word = m["word"].lower()
        if word in ORDINALS:
            yield Amount(*m.span(), (ORDINALS.index(word) + 1.0,), "month")
    for m in _CENTURY.finditer(text) if "entury" in text else ():
        word = (m["word"] or "").lower()
        century = int(m["n"] or (ORDINALS.index(word) + 1 if word in ORDINALS else 21))
        yield Amount(*m.span(), (float(century),), "decade", "century")
    for m in _JUCHE.finditer(text):
        yield Amount(*m.span(), (float(m["n"]), 1911.0 + int(m["n"])), "year")
    for m in _QUARTER.finditer(text):
        yield Amount(*m.span(), (float(m["n"]),), "ordinal", weak=True)
    for m in _HOLIDAY.finditer(text):
        month, day = _HOLIDAYS[m[0].lower()]
        yield Amount(m.start(), m.start() + 1, (float(month),), "month", weak=True)
        yield Amount(m.start() + 1, m.end(), (float(day),), "day", weak=True)


def _span(m: re.Match[str]) -> Amount:
    unit = m["unit"].lower()
    lead = _lead(m["lead"]) if m["lead"] else 1.0
    if unit == "fortnight":
        return Amount(*m.span(), (14.0 * lead, 15.0 * lead), "count", "day")
    years = {"d": 10.0, "c": 100.0, "q": 25.0}[unit[0]] * lead
    weak = m["lead"] is None
    return Amount(*m.span(), (years,), "count", "year", weak=weak)


def _lead(words: str) -> float:
    low = words.lower()
    return _WORDS[low] if low in _WORDS else float(low)


def _times(text: str) -> Iterator[Amount]:
    for pattern in (_CLOCK, _CLOCK_WORD):
        for m in pattern.finditer(text):
            word = m["hour"].lower()
            hour = ONES.index(word) if word in ONES else int(word)
            minute = 30 if (m["minute"] or "").lower() == "thirty" else int(m["minute"] or 0)
            yield Amount(*m.span(), _minutes(hour, minute, m["part"].lower()), "clock")
    for m in _CLOCK_PLAIN.finditer(text):
        yield Amount(*m.span(), _minutes(int(m["hour"]), int(m["minute"]), ""), "clock")
    for m in _NOON.finditer(text):
        yield Amount(
            *m.span(), (0.0 if m["which"].lower() == "midnight" else 720.0,), "clock", weak=True
        )


def _minutes(hour: int, minute: int, part: str) -> tuple[float, ...]:
    """Minutes since midnight; both halves of the day where it is not said."""
    if hour > 12:
        return (float(hour % 24 * 60 + minute),)
    early, late = float(hour % 12 * 60 + minute), float((hour % 12 + 12) * 60 + minute)
    if part.startswith("a") and "m" in part and not part.startswith("at"):
        return (early,)
    if "morning" in part:
        return (early,)
    if part.startswith("p") or "afternoon" in part or "evening" in part:
        return (late,)
    return early, late


def _of(text: str, one: Placeable) -> Amount:
    value = float(one.value)
    values: tuple[float, ...] = (value,)
    word = text[one.start : one.end].lower()
    if _BARE_MILLIONS.search(word):
        values = (value, value / 1e6)  # 25m is 25 metres or 25 million
    kind: AmountKind
    if one.kind == "vague":
        kind = "ratio" if value < 1 else "count"
    elif one.kind == "clock":
        kind = "count"
    else:
        kind = one.kind
    weak = value <= 1 or (value == 2 and one.form == "words")
    weak = weak or (kind == "ordinal" and one.form == "words" and value <= 2)
    weak = weak and kind not in ("month", "day", "weekday", "ratio")
    weak = weak or word in ("half", "halved")
    return Amount(one.start, one.end, values, kind, _measure(text, one), weak=weak)


def _measure(text: str, one: Placeable) -> str:
    if one.kind not in ("count", "percent", "vague"):
        return ""
    return measure(text, one) or _measure_at(text, one.start, one.end)


def _measure_at(text: str, start: int, end: int) -> str:
    code = _MONEY_BEFORE.search(text, 0, start)
    return _CODES[code["code"]] if code else _measure_after(text, end)


def _measure_after(text: str, end: int) -> str:
    near = _MEASURE_NEAR.match(text, end)
    direct = re.match(r"[\s-]?(?P<word>[A-Za-z]+)", text[end : end + 30])
    match = near or direct
    if match is None:
        return ""
    word = match["word"].casefold()
    found = _named(word)
    if near and "square" in near[0].lower():
        return _SQUARE.get(found, found)
    return found


def _named(word: str) -> str:
    single = word.removesuffix("s")
    for form in (word, single):
        if form in MEASURES:
            return MEASURES[form]
        if form in _OWN:
            return _OWN[form]
    return ""


def _with_half_after(text: str, one: Amount) -> Amount:
    if one.kind != "count" or len(one.values) != 1:
        return one
    match = _AND_HALF.match(text, one.end)
    if not match:
        return one
    return with_half(
        replace(one, measure=one.measure or _measure_after(text, match.end())), match.end()
    )
