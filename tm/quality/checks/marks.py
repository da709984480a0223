"""Marks and letters of the translation by themselves: blanks, stops, brackets, repeated words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.quality.checks.reading import Pair, Spot
from tm.terms.lexicon import word_set

_TWO_BLANKS = re.compile(r"(?<=\S)[ \t\u00a0]{2,}(?=\S)")
_BEFORE_MARK = re.compile(
    r"(?<=\w)[ \u00a0]+(?=[,;:.!?](?:[\s\"”’')]|$))(?!\s?\.\.)(?!\s:\s?[\d(])"
)
_SENTENCE_AFTER = re.compile(
    r"(?<![\w.])(?P<before>[A-Za-z][\w'’-]+)(?P<mark>[.!?])(?P<after>[A-Z][a-z'’]*)(?=[\s,])"
)
_BEGINS = word_set("The He She It In But And This They As For On We However A An At When If")
_AFTER_COMMA = re.compile(r"(?<=[A-Za-z])[,;](?=[A-Za-z])")
_OUTER = re.compile(r"^\s+|\s+$")


def spacing(pair: Pair) -> Iterator[Spot]:
    """``spacing``: a blank too many or missing."""
    for message, pattern, instead in (
        ("a blank at the edge", _OUTER, ""),
        ("two blanks", _TWO_BLANKS, " "),
        ("a blank before a mark", _BEFORE_MARK, ""),
        ("no blank after a comma", _AFTER_COMMA, None),
    ):
        found = [m for m in pattern.finditer(pair.en) if m.end() > m.start()]
        if found:
            suggestion = f"“{instead}”" if instead else None
            spans = tuple(m.span() for m in found)
            yield Spot("spacing", message, en=spans, suggestion=suggestion, about=message)
    unspaced = tuple(
        m.span("mark")
        for m in _SENTENCE_AFTER.finditer(pair.en)
        if m["before"].islower() or m["after"] in _BEGINS  # System.Data is a name
    )
    if unspaced:
        yield Spot("spacing", "no blank after a full stop", en=unspaced, about="stop")


_TWICE = re.compile(r"\b([A-Za-z][\w'’]*(?:\s+[A-Za-z][\w'’]*){0,2})[ \t\n]+\1\b(?![-'’])", re.I)
_MAY_REPEAT = word_set("had that very so bye no yes ha tut knock again never more many far long is")
_MAY_REPEAT_AS_NAME = re.compile(r"[A-Z]")


def repeated(pair: Pair) -> Iterator[Spot]:
    """``repeated``: the same word or phrase twice in a row."""
    for m in _TWICE.finditer(pair.en):
        words = m[1].split()
        if len(words) > 1 and words[-1].lower() in ("by", "and", "after", "to"):
            continue  # little by little by little
        if len(words) == 1 and (words[0].lower() in _MAY_REPEAT or _is_name(pair.en, m)):
            continue
        yield Spot(
            "repeated", f"“{m[1]}” stands twice", en=(m.span(),), suggestion=m[1], about=m[0]
        )


def _is_name(text: str, m: re.Match[str]) -> bool:
    """Pali Pali, Baden Baden: both with a capital."""
    second = m[0].split()[-1]
    return bool(_MAY_REPEAT_AS_NAME.match(m[1]) and _MAY_REPEAT_AS_NAME.match(second))


_PAIRS = (("(", ")"), ("[", "]"), ("{", "}"))
_LIST_MARK = re.compile(r"(?:(?<=\s)|^)(?:\d{1,2}|[a-zA-Z]|[ivx]{1,4})\)")
_FACE = re.compile(r"[:;]-?[()]")
_INCHES = re.compile(r"(?<![\"“\d.])\d+(?:\.\d+)?\"")


def brackets(pair: Pair) -> Iterator[Spot]:
    """``brackets``: a bracket or quotation mark that is opened and not closed, or the reverse."""
    text = _FACE.sub("  ", _without_list_marks(pair.en))
    for opening, closing in _PAIRS:
        if text.count(opening) != text.count(closing) and (
            pair.ko.count(opening) == pair.ko.count(closing)
        ):
            place = (text.rfind if text.count(opening) > text.count(closing) else text.find)(
                opening if text.count(opening) > text.count(closing) else closing
            )
            message = f"“{text[place]}” has no counterpart"
            yield Spot("brackets", message, en=((place, place + 1),), about=message)
    if not _has_odd_marks(pair.ko):
        goes_on = len(_MARK.findall(pair.near_en)) % 2 == 1 or not pair.near_en
        open_at = _open_mark(
            _INCHES.sub(lambda m: " " * len(m[0]), text),
            goes_on=goes_on,
            is_quoting_a_word=_WORD_QUOTED.search(pair.ko) is not None,
        )
        if open_at is not None:
            message = "a quotation mark without counterpart"
            yield Spot("brackets", message, en=((open_at, open_at + 1),), about=message)


_MARK = re.compile('[“”"]')
_SPEECH_AFTER = re.compile(
    r",\s(?:\w+\s){1,4}(?:said|says|told|added|explained|noted|claimed)\b|,\s(?:said|says)\s", re.I
)
_FEW_WORDS = 4


def _without_list_marks(text: str) -> str:
    """The text with blanks for 1), a) and the like; not for the end of (in this case, 5)."""
    for m in _LIST_MARK.finditer(text):
        if text.count("(", 0, m.start()) <= text.count(")", 0, m.start()):
            text = text[: m.start()] + " " * len(m[0]) + text[m.end() :]
    return text


def _has_odd_marks(text: str) -> bool:
    return len(_MARK.findall(text)) % 2 == 1


_WORD_QUOTED = re.compile("[‘“'\"《][가-힣A-Za-z0-9 ]{1,12}[’”'\"》]")


def _open_mark(text: str, *, goes_on: bool, is_quoting_a_word: bool) -> int | None:
    """Where a quotation mark stands that should have another in the same segment.

    Speech that ``goes_on`` in the next segment, or comes from the one before, is none.
    """
    marks = [m.start() for m in _MARK.finditer(text)]
    if len(marks) % 2 == 0:
        return None
    last = marks[-1]
    rest = text[last + 1 :]
    opens = text[last] != "”" and rest[:1].isalnum()
    if opens and (_SPEECH_AFTER.search(rest) or not goes_on):
        return last
    is_short = len(rest.split()) <= _FEW_WORDS
    if opens and len(marks) == 1 and is_quoting_a_word and is_short:
        return last
    is_inside = last > 0 and not rest.endswith((".", "!", "?"))
    return last if opens and is_short and is_inside else None


_WIDE = re.compile("[。、，．！？：；「」『』〈〉《》（）【】]")
_DOUBLED = re.compile(r",,|;;|,\.(?!\d)|;\.|\.,(?=\.)|(?<![.…])\.\.(?![.…])|\?\?\?+|!!!+|,;|;,")
_ASKS_KO = re.compile(
    r"\?|까[.\"”’'\s]|는가|ㄴ가|인가|은가|던가|느냐|으냐|냐[\s고는.]|는지|을지|ㄹ지"
    r"|지\s|나요|니[.?]"
)
_ASKS_EN = re.compile(
    r"\b(?:whether|wonder\w*|question\w*|ask\w*|doubt\w*|unclear|if|why|how|what"
    r"|curious|mystery)\b",
    re.I,
)
_ENDS_ASKING = re.compile(r"\?[\"”’'»)\]]*\s*$")
_ENDS_PLAIN_EN = re.compile(r"\.[\"”’'»)\]]*\s*$")
_ENDS_PLAIN_KO = re.compile(r"다[.]?[\"”’'」』)]*\s*$")
_MARKED_KO = re.compile(r"(?:[.!]|[까가냐나니지요]\?)[\"”’'」』)]*\s*$")


def punctuation(pair: Pair) -> Iterator[Spot]:
    """``punctuation``: full-width or doubled marks, no final stop, a question that is none."""
    for message, pattern in (
        ("a full-width mark", _WIDE),
        ("marks that do not go together", _DOUBLED),
    ):
        spans = tuple(m.span() for m in pattern.finditer(pair.en))
        if spans:
            yield Spot("punctuation", message, en=spans, about=message)
    text = pair.en.rstrip()
    end = (max(0, len(text) - 1), len(text))
    if _MARKED_KO.search(pair.ko) and re.search(r"\w[\"”’')\]]*$", text) and _is_clause(pair):
        yield Spot("punctuation", "no stop at the end", en=(end,), about="end")
    elif _ENDS_ASKING.search(pair.ko) and _ENDS_PLAIN_EN.search(text):
        if not _ASKS_EN.search(text) or re.match(
            r"(?:Why|How|What|Who|Where|When)\b(?! is\b)", text
        ):
            yield Spot(
                "punctuation", "the source asks, the translation does not", en=(end,), about="?"
            )
    elif (
        _ENDS_ASKING.search(text)
        and _ENDS_PLAIN_KO.search(pair.ko)
        and not _ASKS_KO.search(pair.ko)
        and not _asks_by_itself(text)
    ):
        yield Spot("punctuation", "the translation asks, the source does not", en=(end,), about="?")


_LAST_SENTENCE = re.compile(r"[^.!?]*\?[\"”’')\]]*$")
_INTERROGATIVE = re.compile(
    r"^[\s\"“‘']*(?:and |but |so |then )?(?:who|what|why|how|where|when|which|is|are"
    r"|was|were|do|does|did|can|could|will|would|should|has|have|isn|don|won)",
    re.I,
)


def _asks_by_itself(text: str) -> bool:
    """Whether the last sentence has the form of a question, not just its mark."""
    last = _LAST_SENTENCE.search(text)
    return last is not None and _INTERROGATIVE.match(last[0]) is not None


def _is_clause(pair: Pair) -> bool:
    """Whether the translation is long enough to be a sentence and the source is one."""
    return pair.is_sentence and len(pair.en.split()) >= 3


_CAPITAL = re.compile("[A-Z]")
_MANY_LETTERS = 15
_STARTS_LOW = re.compile(r"^[\"“‘'(\[]*(?P<word>[a-z][\w'’-]*)")
_PARTICLES_OF_NAMES = word_set("de von van al el la le bin ibn da di e-mail")


def case(pair: Pair) -> Iterator[Spot]:
    """``case``: a sentence that begins with a small letter, or is all capitals."""
    if not pair.is_sentence:
        return
    m = _STARTS_LOW.match(pair.en)
    if m and _is_plain_word(m["word"]) and not re.match(r"\s*[-–—…]", pair.ko):
        first = m["word"][0].upper() + m["word"][1:]
        spot = (m.start("word"), m.start("word") + 1)
        yield Spot(
            "case", "begins with a small letter", en=(spot,), suggestion=first, about="start"
        )
    capitals = len(_CAPITAL.findall(pair.en))
    if pair.en_letters >= _MANY_LETTERS and capitals > 0.9 * pair.en_letters:
        yield Spot("case", "all in capitals", en=((0, len(pair.en)),), about="capitals")


def _is_plain_word(word: str) -> bool:
    return (
        word == word.lower()
        and word.partition("-")[0] not in _PARTICLES_OF_NAMES
        and not (any(c.isdigit() for c in word))
    )
