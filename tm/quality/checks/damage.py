"""Text that is damaged, was not translated, or is not all there."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.quality.checks.reading import Pair, Spot
from tm.quality.findings import Span
from tm.terms.lexicon import word_set

_DAMAGE = re.compile(
    "\ufffd+|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ue000-\uf8ff\ufffe\uffff]+"
    "|â€[\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]?|[ÃÂ][\u0080-\u00bf]|ï»¿"
    "|[ìíëê][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]{1,2}(?:[ìíëê]|\\b)"
    "|[À-ÿ]{1,2}[¡-¿][À-ÿ][¡-ÿ]|&(?:amp|quot|nbsp|lt|gt|apos|#\\d{2,5}|#x[0-9a-fA-F]{2,4});"
    "|(?<=[a-z])\\?(?=[a-z]{2})(?!\\w+=)|\\?{3,}(?=\\s?\\w|[ .]\\?)"
    "|[가-힣]\\?[가-힣]{2,}\\?[가-힣]"
    "|[\u1100-\u11ff]{2,}|[¡-¨][¡-¿æÀ-ÿ]|&[a-z]{2,7};?(?<=;)"
)


def encoding(pair: Pair) -> Iterator[Spot]:
    """``encoding``: characters that show that a text went through the wrong encoding."""
    ko = tuple(m.span() for m in _DAMAGE.finditer(pair.ko))
    en = tuple(m.span() for m in _DAMAGE.finditer(pair.en))
    if ko or en:
        said = [pair.ko[slice(*s)] for s in ko] + [pair.en[slice(*s)] for s in en]
        shown = " ".join(dict.fromkeys(repr(s)[1:-1] for s in said))
        yield Spot("encoding", f"damaged characters: {shown}", ko, en, about=shown)


_EASTERN = re.compile("[가-힣ㄱ-ㅎㅏ-ㅣ\u3400-\u4dbf\u4e00-\u9fff]+")
_EASTERN_RUN = re.compile(
    "[가-힣ㄱ-ㅎㅏ-ㅣ\u3400-\u4dbf\u4e00-\u9fff]+(?:[\\s·,][가-힣ㄱ-ㅎㅏ-ㅣ\u3400-\u4dbf\u4e00-\u9fff]+)*"
)


def untranslated(pair: Pair) -> Iterator[Spot]:
    """``untranslated``: the translation is empty, or Korean."""
    if not pair.en.strip():
        if pair.ko.strip():
            yield Spot(
                "untranslated", "there is no translation", ((0, len(pair.ko)),), about="empty"
            )
        return
    if _is_korean(pair):
        whole = (0, len(pair.en))
        yield Spot("untranslated", "the translation is Korean", en=(whole,), about="korean")


def _is_korean(pair: Pair) -> bool:
    eastern = sum(len(m[0]) for m in _EASTERN.finditer(pair.en))
    return eastern > 2 and eastern * 2.5 > pair.en_letters


def leftover(pair: Pair) -> Iterator[Spot]:
    """``leftover``: Hangul or Hanja in the English that is neither quoted nor in brackets."""
    if _is_korean(pair):
        return
    spans = tuple(
        m.span() for m in _EASTERN_RUN.finditer(pair.en) if not _is_shown(pair.en, m.span())
    )
    if spans:
        said = ", ".join(pair.en[slice(*span)] for span in spans)
        yield Spot("leftover", f"{said} is not translated", en=spans, about=said)


def _is_shown(text: str, span: Span) -> bool:
    """Whether Korean stands there on purpose: (돈주), the word "꽃제비"."""
    before, after = text[: span[0]].rstrip()[-1:], text[span[1] :].lstrip()[:1]
    in_brackets = text.rfind("(", 0, span[0]) > text.rfind(")", 0, span[0])
    in_square = text.rfind("[", 0, span[0]) > text.rfind("]", 0, span[0])
    quoted = before in tuple("\"“‘'《〈「『<") and after in tuple("\"”’'》〉」』>,.")
    return in_brackets or in_square or quoted


# Letters for each unit of Korean length, in news: a translation outside is too long or too short.
_TOO_LONG = 7.0
_TOO_SHORT = 0.7
_LONG_ENOUGH = 30
_EXTRA = 40
_LATIN_OR_FIGURE = re.compile("[A-Za-z0-9]")


def length(pair: Pair) -> Iterator[Spot]:
    """``length``: a translation much longer or shorter than its source can be."""
    size = pair.ko_letters + 0.5 * len(_LATIN_OR_FIGURE.findall(pair.ko))
    letters = len(_LATIN_OR_FIGURE.findall(pair.en))
    if not size or not letters or _is_korean(pair):
        return
    if letters > _TOO_LONG * size + _EXTRA:
        message = f"{letters} letters for {pair.ko_letters} syllables: something was added"
        yield Spot("length", message, about="long")
    elif size >= _LONG_ENOUGH and letters < _TOO_SHORT * size:
        message = f"{letters} letters for {pair.ko_letters} syllables: something was left out"
        yield Spot("length", message, about="short")


_OPEN_WORDS = word_set(
    """
    the a an and or but of to with by for from that which who whose because although while if
    their its his her our your my this these into onto as at than is are was were be been has have
    had will would can could should very
    """
)
_LAST_WORD = re.compile(r"(?P<word>[A-Za-z'’]+)(?P<marks>[^\w]*)$")


def truncated(pair: Pair) -> Iterator[Spot]:
    """``truncated``: a translation that stops in the middle of a sentence."""
    if is_truncated(pair):
        last = _LAST_WORD.search(pair.en)
        span = last.span() if last else (max(0, len(pair.en) - 1), len(pair.en))
        yield Spot("truncated", "it stops in the middle", en=(span,), about="end")


def is_truncated(pair: Pair) -> bool:
    last = _LAST_WORD.search(pair.en.rstrip())
    if last is None or not pair.is_sentence or len(pair.en.split()) < 3:
        return False
    marks = last["marks"]
    if marks in (",", "-", " -", ',"') and not pair.ko.rstrip().endswith((",", ";", "-", ":")):
        return True
    is_open = last["word"].lower() in _OPEN_WORDS and not last["word"].isupper()
    return is_open and marks in ("", "...", "…") and not pair.ko.rstrip().endswith(("…", "..."))
