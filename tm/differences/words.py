"""A sentence as words to compare: eojeols, with what belongs together taken together.

One word is: a number with its blanks and its counter (1억 2천만 원, 두 명, 120 million, 12
percent); a verb with its negation (공개하지 않았다, 안 갔다, did not go, failed to go) or with the
phrase that makes it future (도착할 것이다); a noun that is denied (일이 아니라고); a time that is
told from now (지난 달, 이번 주); a person with 씨 (김 씨); North Korea and South Korea.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from align.article import Lang
from tm.placeables import Placeable, placeables
from tm.placeables.measures import measure
from tm.terms.lexicon import STOP_WORDS

Span = tuple[int, int]

_TOGETHER_KO = re.compile(
    r"(?<!\S)(?:"
    r"[가-힣]+[지치](?:는|도|를|가|조차|만|만은|까지는|까지도)?\s(?:않|못[하했한할함해]|아니[하했한할함해])[가-힣]*"
    r"|[가-힣]*(?<![는은던])지(?:는|도|를|만)?\s(?:말(?![하했한할함해씀이을로만])|마[라시십세])[가-힣]*(?:\s것[가-힣]*)?"
    r"|[가-힣]+에\s의해서?(?!\S)"
    r"|[가-힣]{1,4}\s씨[가-힣]*"
    r"|(?:안|못)\s[가-힣]+다?[가-힣]*"
    r"|[가-힣]+(?:이|가|은|는)?\s아(?:니|닌|닐|님|녔|닙)[가-힣]*"
    r"|(?:지난|이번|다음|저번|올|오는)\s(?:달|주|해|봄|여름|가을|겨울|월요일|화요일|수요일|목요일|금요일|토요일|일요일)(?=[가-힣]*(?:\s|$))"
    r")"
)
_FUTURE = re.compile(
    r"(?<!\S)(?P<verb>[가-힣]+)\s(?:것(?:이|으|임|인|을)|것$|예정|전망|계획|방침)[가-힣]*"
)
_FINAL_L = 8
_TOGETHER_EN = re.compile(
    r"\b(?:(?:north|south) korea(?:ns?)?\b|"
    r"no longer\b|not only\b|the day (?:before yesterday|after tomorrow)\b|"
    r"fail(?:s|ed|ing)? to [a-z]+|"
    r"d(?:o|oes|id)(?:n['’]t| not)? (?P<verb>[a-z]+)(?![\w'’]))",
    re.IGNORECASE,
)
_AFTER_NUMBER_EN = re.compile(r" (?=(?:percent|per cent|times)\b)")
# What belongs to a number beside it is no punctuation: $50, 12%, -20.
_EDGES = re.compile(r"^(?:(?![$€£¥₩]\d|(?<!\w)[-−]\d)\W)+|(?:(?<!\d)[%％℃]|[^\w%％℃])+$")
_UNITS = {
    "퍼센트": "%", "프로": "%", "％": "%", "percent": "%", "times": "", "−": "-",
    "킬로그램": "kg", "㎏": "kg", "킬로미터": "km", "㎞": "km", "㎡": "m2",
}  # fmt: skip
_UNIT = re.compile("|".join(_UNITS))


@dataclass(frozen=True, slots=True)
class Word:
    """``text`` as it stands, ``core`` without punctuation around it, ``folded`` for comparing."""

    text: str
    core: str
    folded: str
    place: int
    numbers: tuple[Placeable, ...]
    rest: str  # the folded core without blanks, each number as one 0
    measures: tuple[str, ...]  # what each number measures, so far as that is said


@lru_cache(maxsize=256)
def words(text: str, lang: Lang) -> tuple[Word, ...]:
    """The words of a plain text, in order."""
    found = placeables(text, lang)
    result: list[Word] = []
    at = 0
    for start, end in _spans(text, found, lang):
        inside: list[Placeable] = []
        while at < len(found) and found[at].start < end:
            inside.append(found[at])
            at += 1
        result.append(_word(text, (start, end), len(result), tuple(inside)))
    return tuple(result)


def _word(text: str, span: Span, place: int, numbers: tuple[Placeable, ...]) -> Word:
    whole = text[span[0] : span[1]]
    is_bare = whole[0].isalnum() and whole[-1].isalnum()
    core = whole if is_bare else _EDGES.sub("", whole) or whole
    folded = core.casefold()
    rest = folded
    if numbers:
        parts: list[str] = []
        at = span[0]
        for number in numbers:
            parts += [text[at : number.start], "0"]
            at = number.end
        rest = re.sub(r"[\s]", "", "".join([*parts, text[at : span[1]]])).casefold()
        rest = _UNIT.sub(lambda unit: _UNITS[unit[0]], _EDGES.sub("", rest) or rest)
    return Word(whole, core, folded, place, numbers, rest, tuple(measure(text, n) for n in numbers))


def _spans(text: str, numbers: tuple[Placeable, ...], lang: Lang) -> Iterator[Span]:
    joins = _joined_blanks(text, numbers, lang)
    start = 0
    for blank in re.finditer(" ", text):
        if blank.start() not in joins:
            if blank.start() > start:
                yield start, blank.start()
            start = blank.end()
    if start < len(text):
        yield start, len(text)


def _start_of_counter(text: str, number: Placeable) -> int:
    """Where the counter begins that belongs to a number, beyond a blank: 두 명, 100여 명."""
    if not number.unit:
        return number.end
    at = number.end + text.startswith("여 ", number.end)
    return at + text.startswith(" ", at)


def _joined_blanks(text: str, numbers: tuple[Placeable, ...], lang: Lang) -> set[int]:
    """The blanks within what is one word."""
    joins = {
        at
        for number in numbers
        for at in range(number.start, _start_of_counter(text, number))
        if text[at] == " "
    }
    if lang == "ko":
        for match in _TOGETHER_KO.finditer(text):
            joins |= {at for at in range(*match.span()) if text[at] == " "}
        for match in _FUTURE.finditer(text):
            if (ord(match["verb"][-1]) - ord("가")) % 28 == _FINAL_L:
                joins.add(match.end("verb"))
        return joins
    for number in numbers:
        unit = _AFTER_NUMBER_EN.match(text, number.end)
        if unit:
            joins.add(unit.start())
            joins |= {unit.end() + 3} if text.startswith("per cent", unit.end()) else set()
    for match in _TOGETHER_EN.finditer(text):
        if match["verb"] is None or match["verb"].lower() not in STOP_WORDS:
            joins |= {at for at in range(*match.span()) if text[at] == " "}
    return joins
