"""Text as the indexes see it, and the way back to the text as it was written.

Four forms of a text, from near to far:

- :func:`plain`, what *exact* means: Unicode NFC, runs of white space as one blank, ends trimmed.
- :func:`lowered`, NFC and case-folded, every character still in its place.
- :func:`levelled`, lowered, and with one sign in place of all that do not count.
- :func:`fold`, lowered and without the characters that Korean and English spelling use or leave
  out at will (:data:`LOOSE`): blanks, hyphens, middle dots, quotation marks, apostrophes and
  invisible characters. 비핵화 and 비 핵화, 북·미 and 북미, Jong-un and Jong Un fold alike.
"""

from __future__ import annotations

import re
import unicodedata
from hashlib import blake2b

from align.article import Lang

#: Characters other than white space that do not count when texts are searched, as the inside of a
#: regular expression set. Control characters are among them: they mean nothing in a search and
#: would upset the index.
SIGNS = (
    r"\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad"  # invisible
    r"\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff"
    r"\-\u2010-\u2015\u2212"  # hyphens and dashes
    r"\u00b7\u2022\u2027\u22c5\u30fb\u318d\uff65"  # middle dots, as in 북·미
    r"'\"`\u00b4\u2018-\u201f\u00ab\u00bb\u2039\u203a\u3008-\u300f"  # quotation marks
)
#: All characters that do not count.
LOOSE = rf"\s{SIGNS}"
_SIGN = re.compile(f"[{SIGNS}]")
_HANGUL = re.compile("[\u1100-\u11ff\u3131-\u318e\uac00-\ud7a3]")
_LATIN = re.compile("[A-Za-z]")


def plain(text: str) -> str:
    """``text`` in NFC with runs of white space as one blank; equal plain texts match exactly."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def key(text: str) -> int:
    """A 64-bit signed number that equal :func:`plain` texts share (and, but for accident, others
    do not): compare the texts too."""
    return key_of_plain(plain(text))


def key_of_plain(text: str) -> int:
    """:func:`key` of a text that is in plain form."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def lowered(text: str) -> str:
    """``text`` in NFC, case-folded. As long as ``text`` except for rare characters (ß, NFD)."""
    return unicodedata.normalize("NFC", text).casefold()


def levelled(text: str) -> str:
    """``text`` lowered, with a hyphen for each of the :data:`SIGNS`, as long as before."""
    return _SIGN.sub("-", lowered(text))


def fold(text: str) -> str:
    """``text`` lowered and without the :data:`LOOSE` characters."""
    return squeezed(levelled(text))


def squeezed(level: str) -> str:
    """A levelled text without blanks and hyphens."""
    return "".join(level.split()).replace("-", "")


def language(text: str) -> Lang:
    """``ko`` where at least a quarter of the letters are Hangul, otherwise ``en``.

    A Korean sentence may hold more Latin letters than syllables (names of weapons, of companies);
    an English one quotes a Korean word at most.
    """
    hangul = len(_HANGUL.findall(text))
    return "ko" if hangul and hangul * 3 >= len(_LATIN.findall(text)) else "en"


def original_spans(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans in ``lowered(text)`` as spans in ``text``, widened to whole letters of ``text``."""
    low = lowered(text)
    if len(low) == len(text) and unicodedata.is_normalized("NFC", text):
        return spans
    places = _places(text)
    if len(places) != len(low):  # letters that join across the borders assumed below
        return [(0, len(text))] * bool(spans)
    return [(places[start][0], places[end - 1][1]) for start, end in spans]


def _places(text: str) -> list[tuple[int, int]]:
    """For each character of ``lowered(text)``, the span of ``text`` that it comes from."""
    places: list[tuple[int, int]] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and _continues(text[end]):
            continue
        places.extend([(start, end)] * len(lowered(text[start:end])))
        start = end
    return places


def _continues(character: str) -> bool:
    """Whether a character belongs to the letter before it: accents, vowel and final jamo."""
    return unicodedata.combining(character) != 0 or "\u1160" <= character <= "\u11ff"
