"""English numbers and dates: figures, figures with *million*, words, ordinals, months, weekdays."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from tm.placeables.reading import Form, Kind, Placeable
from tm.terms.lexicon import word_list

ONES = word_list(
    """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen
    fifteen sixteen seventeen eighteen nineteen
    """
)
TENS = word_list("twenty thirty forty fifty sixty seventy eighty ninety")
SCALES = {"hundred": 100, "thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
ORDINALS = word_list(
    """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth
    fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth
    """
)
MONTHS = word_list(
    """
    January February March April May June July August September October November December
    """
)
WEEKDAYS = word_list("Monday Tuesday Wednesday Thursday Friday Saturday Sunday")

# Words that say a number without counting, each with a value that tells it from the others.
_VAGUE = {
    "half": "0.5", "halved": "0.5", "double": "2", "doubled": "2", "triple": "3", "tripled": "3",
    "quadrupled": "4", "twofold": "2", "threefold": "3", "fourfold": "4", "tenfold": "10",
    "dozen": "12", "dozens": "12", "hundreds": "100", "thousands": "1000", "millions": "1000000",
    "billions": "1000000000",
}  # fmt: skip
_FRACTION = re.compile(
    r"(?<![\w-])(?P<over>a|one|two|three|four|five)[ -](?P<under>third|quarter|fourth|fifth|sixth|"
    r"seventh|eighth|ninth|tenth)(?P<plural>s?)(?![\w-])(?P<alone>\W*$|[.,;]|\s(?:of|in|from|"
    r"since|to|on|over|during|by|at|as|and|but|while|after|before|between|compared|last|this)\b)?",
    re.IGNORECASE,
)

_VALUES = {word: n for n, word in enumerate(ONES)} | {w: 10 * n for n, w in enumerate(TENS, 2)}
_SHORT = {month[:3]: n for n, month in enumerate(MONTHS, 1)} | {"Sept": 9}
_MONTH_VALUES = {month: n for n, month in enumerate(MONTHS, 1)} | _SHORT

_WORD = re.compile(r"(?<![\w'’])[A-Za-z]+(?![\w]|['’][a-rt-z])")
_FIGURES = re.compile(
    r"(?P<figures>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?:(?P<ordinal>st|nd|rd|th)\b|(?P<decade>['’]?s)\b"
    r"|(?P<scale>[ -](?:hundred|thousand|million|billion|trillion)\b|(?:bn|m)\b)?)"
)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b)")
_CLOCK = re.compile(r"(?::\d\d)?\s?(?:[ap]\.?m\b|o['’]clock)|:\d\d")
_TO_MONTH = re.compile(r"\s(?:of\s)?")
# "may" and "march" are verbs too: as a month only with a capital where a date may stand.
_BEFORE_MONTH = re.compile(
    r"(?:\b(?:[Ii]n|[Oo]f|[Ss]ince|[Uu]ntil|[Bb]y|[Ff]rom|to|[Ll]ast|[Nn]ext|[Tt]his|early|late|mid-?|"
    r"and|or|each|every|[Dd]uring|before|after|[Oo]n)\s?|\d(?:st|nd|rd|th)?\s(?:of\s)?)$"
)


@lru_cache(maxsize=2048)
def english_placeables(text: str) -> tuple[Placeable, ...]:
    """See :func:`tm.placeables.placeables`."""
    months = list(_months(text))
    found = sorted(
        (*_fractions(text), *_in_figures(text, months), *_in_words(text), *months),
        key=lambda p: (p.start, -p.end),
    )
    apart: list[Placeable] = []
    for one in found:
        if not apart or one.start >= apart[-1].end:
            apart.append(one)
    return tuple(apart)


def _months(text: str) -> Iterator[Placeable]:
    for match in _WORD.finditer(text):
        word = match[0]
        day = word.removesuffix("s")
        if day in WEEKDAYS:
            value = Decimal(WEEKDAYS.index(day) + 1)
            yield Placeable(match.start(), match.start() + len(day), value, "weekday", "words")
        elif word in _MONTH_VALUES and (
            word not in ("May", "March", "Mar")
            or _BEFORE_MONTH.search(text, 0, match.start())
            or re.match(r"\s\d", text[match.end() :])
        ):
            yield Placeable(*match.span(), Decimal(_MONTH_VALUES[word]), "month", "words")


def _in_figures(text: str, months: list[Placeable]) -> Iterator[Placeable]:
    month_ends = {m.end for m in months if m.kind == "month"}
    month_starts = {m.start for m in months if m.kind == "month"}
    at = 0
    while match := _FIGURES.search(text, at):
        at = match.end()
        value = Decimal(match["figures"].replace(",", ""))
        form: Form = "figures"
        if match["scale"]:
            scale = match["scale"].strip(" -")
            value *= {"m": 10**6, "bn": 10**9}.get(scale) or SCALES[scale]
            form = "units"
        elif match["ordinal"]:
            form = "ordinal"
        kind, dated = _kind(text, match, value, month_ends, month_starts)
        yield Placeable(match.start(), match.end(), value, kind, form, dated=dated)


def _kind(
    text: str,
    match: re.Match[str],
    value: Decimal,
    month_ends: set[int],
    month_starts: set[int],
) -> tuple[Kind, bool]:
    """What a number means, by what stands around it; and whether it is a day beside its month."""
    figures = match["figures"]
    if figures.isdigit() and 1 <= value <= 31 and not match["scale"]:
        before = len(text[: match.start()].rstrip(" ."))
        gap = _TO_MONTH.match(text, match.end())
        if (before in month_ends and before < match.start()) or (gap and gap.end() in month_starts):
            return "day", True
    if match["decade"]:
        return "decade", False
    if match["ordinal"]:
        return "ordinal", False
    if _PERCENT.match(text, match.end()):
        return "percent", False
    if _CLOCK.match(text, match.end()):
        return "clock", False
    if figures.isdigit() and len(figures) == 4 and 1900 <= value <= 2100 and not match["scale"]:
        return "year", False
    return "count", False


def _in_words(text: str) -> Iterator[Placeable]:
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        if run and _joins(text, run, match):
            run.append(match)
            continue
        if run:
            yield _of_run(text, run)
        run = [match] if match[0].lower() in _VALUES else []
        if not run:
            yield from _single(match)
    if run:
        yield _of_run(text, run)


def _joins(text: str, run: list[re.Match[str]], match: re.Match[str]) -> bool:
    """Whether a word goes on with a number: twenty-one, two hundred and fifty."""
    word, last = match[0].lower(), run[-1][0].lower()
    between = text[run[-1].end() : match.start()]
    if between not in (" ", "-"):
        return False
    if word in SCALES:
        return True
    if word == "and":
        following = _WORD.match(text, match.end() + 1)
        return last in SCALES and following is not None and following[0].lower() in _VALUES
    if word not in _VALUES:
        return word in ORDINALS[:9] and last in TENS and between == "-"
    return last in SCALES or last == "and" or (last in TENS and word in ONES[1:10])


def _of_run(text: str, run: list[re.Match[str]]) -> Placeable:
    total = section = 0
    kind: Kind = "count"
    for match in run:
        word = match[0].lower()
        if word in _VALUES:
            section += _VALUES[word]
        elif word in ORDINALS:
            section += ORDINALS.index(word) + 1
            kind = "ordinal"
        elif word == "hundred":
            section *= 100
        elif word in SCALES:
            total += section * SCALES[word]
            section = 0
    if _PERCENT.match(text, run[-1].end()):
        kind = "percent"
    return Placeable(run[0].start(), run[-1].end(), Decimal(total + section), kind, "words")


def _fractions(text: str) -> Iterator[Placeable]:
    """A third of, two-thirds; but not a third market, one fifth column."""
    for match in _FRACTION.finditer(text):
        is_several = match["over"].lower() not in ("a", "one")
        if bool(match["plural"]) != is_several or not (is_several or match["alone"] is not None):
            continue
        over = Decimal(_VALUES.get(match["over"].lower(), 1))
        under = match["under"].lower()
        value = over / (4 if under == "quarter" else ORDINALS.index(under) + 1)
        end = match.end("plural")
        yield Placeable(match.start(), end, value, "vague", "words")


def _single(match: re.Match[str]) -> Iterator[Placeable]:
    word = match[0].lower()
    if word in ORDINALS:
        yield Placeable(*match.span(), Decimal(ORDINALS.index(word) + 1), "ordinal", "words")
    elif word in ("once", "twice"):
        value = Decimal(1 if word == "once" else 2)
        yield Placeable(*match.span(), value, "vague", "words")
    elif word in _VAGUE:
        yield Placeable(*match.span(), Decimal(_VAGUE[word]), "vague", "words")
