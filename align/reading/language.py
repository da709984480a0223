"""Which of the two languages a file is in: by its name, and by its script."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np

from align.article import Lang
from align.errors import InputError, ReadError

_NAMES: dict[str, Lang] = {
    "ko": "ko",
    "kr": "ko",
    "kor": "ko",
    "korean": "ko",
    "en": "en",
    "eng": "en",
    "english": "en",
}
_LONG: dict[Lang, str] = {"ko": "Korean", "en": "English"}
_HANGUL = re.compile("[가-힣]")
_WESTERN = re.compile("[\u0080-\u00ff\u0152-\u0178\u2013-\u2122]")

#: A Korean syllable says as much as this many Latin letters.
_SYLLABLE_WEIGHT = 2.5
#: A text with a smaller share of Hangul than the first is not Korean, with a larger one than the
#: last not English. English that quotes Korean stays well below the middle, and Korean full of
#: English names above it.
_NOT_KOREAN, _MIDDLE, _NOT_ENGLISH = 0.1, 0.45, 0.8
_TOO_SHORT_TO_JUDGE = 20


def language_in_name(path: Path) -> Lang | None:
    """``ko`` for ``x.ko.txt``, ``x_ko.txt``, ``ko.txt`` and ``ko/x.txt``, likewise ``en``."""
    last = re.split(r"[._\- ]", path.stem.lower())[-1]
    return _NAMES.get(last) or _NAMES.get(path.parent.name.lower())


def hangul_share(text: str) -> float | None:
    """Share of the text in ``text`` that is Hangul rather than Latin, ``None`` without letters."""
    return _share(*_letters(text))


def _share(syllables: int, latin: int) -> float | None:
    hangul = _SYLLABLE_WEIGHT * syllables
    return hangul / (hangul + latin) if hangul + latin else None


def _letters(text: str) -> tuple[int, int]:
    """How many Hangul syllables and how many Latin letters are in ``text``."""
    code = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    hangul = (code >= ord("가")) & (code <= ord("힣"))
    small = code | 0x20  # a capital Latin letter as its small one
    latin = (small >= ord("a")) & (small <= ord("z"))
    return int(hangul.sum()), int(latin.sum())


def language_of(text: str, place: str | None) -> Lang:
    """The language ``text`` is written in, by its letters.

    Raises
    ------
    InputError: it holds neither Hangul nor Latin letters.
    """
    share = hangul_share(text)
    if share is None:
        raise InputError(
            "neither Korean nor English letters in it",
            place=place,
            remedy="name the language (.ko.txt or .en.txt) if the file is right",
        )
    return "ko" if share >= _MIDDLE else "en"


def refuse_swapped(text: str, lang: Lang, place: str | None) -> None:
    """Raise :class:`InputError` when ``text`` is plainly in the other language than ``lang``."""
    letters = _letters(text)
    share = _share(*letters)
    if share is None or sum(letters) < _TOO_SHORT_TO_JUDGE:
        return
    other: Lang = "en" if lang == "ko" else "ko"
    if (lang == "ko" and share < _NOT_KOREAN) or (lang == "en" and share > _NOT_ENGLISH):
        raise InputError(
            f"given as {_LONG[lang]} but written in {_LONG[other]}: looks swapped",
            place=place,
            remedy="swap the two files (Korean first, then English)",
        )


def refuse_mojibake(text: str, place: str | None) -> None:
    """Raise :class:`ReadError` when ``text`` is Korean that was once decoded as Western European.

    Such text ("í•œêµ­") is valid UTF-8, so no decoder complains; encoded back as what it was
    mistaken for, it turns into Hangul.
    """
    sample = text[:20_000]
    if len(_WESTERN.findall(sample)) < 0.3 * len(sample):
        return
    for wrong in ("cp1252", "latin-1"):
        for right in ("utf-8", "cp949"):
            back = sample.encode(wrong, "ignore").decode(right, "ignore")
            if len(_HANGUL.findall(back)) > 0.5 * len(re.sub(r"[\s!-~]", "", back)) > 5:
                raise ReadError(
                    f"Korean text that was saved as garbled characters ({right} read as {wrong})",
                    place=place,
                    remedy="get the original file and save it as UTF-8",
                )
