"""What has no place in a text is taken out, counted and reported: :func:`clean`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from align.article import normalise

_LINE_BREAKS = str.maketrans({"\v": "\n", "\f": "\n", "\u2028": "\n", "\u2029": "\n\n"})
_REPAIRS: tuple[tuple[re.Pattern[str], str, str], ...] = (
    (re.compile(r"[\x00-\x08\x0e-\x1f\x7f]"), "", "control characters removed"),
    # Soft hyphen, zero-width space, word joiner, inner byte order mark, direction marks: nobody
    # sees them, but a word with one inside is not found.
    (
        re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]"),
        "",
        "invisible characters removed",
    ),
    (re.compile("[\ud800-\udfff]"), "\ufffd", "lone surrogates replaced"),
    (re.compile("[\ufdd0-\ufdef\ufffe\uffff]"), "", "noncharacters removed"),
)
_C1 = re.compile("[\x80-\x9f]")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def clean(text: str) -> tuple[str, tuple[str, ...]]:
    """``text`` normalised (see :func:`align.article.normalise`) and cleaned, with warnings.

    Control characters and invisible marks are removed; form feeds and Unicode line and paragraph
    separators become line breaks; U+0080 to U+009F, which are Windows-1252 punctuation read as
    Latin-1, become that punctuation; lone surrogates become U+FFFD.
    """
    texts, warnings = clean_all([text])
    return texts[0], warnings


def clean_all(texts: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """As :func:`clean`, for the pieces of one file: warnings count over all of them."""
    counts: Counter[str] = Counter()
    cleaned = [_cleaned(text, counts) for text in texts]
    return cleaned, tuple(f"{count} {problem}" for problem, count in counts.items() if count)


def _cleaned(text: str, counts: Counter[str]) -> str:
    text = normalise(text).translate(_LINE_BREAKS)
    for pattern, replacement, problem in _REPAIRS:
        text, count = pattern.subn(replacement, text)
        counts[problem] += count
    text, count = _C1.subn(_windows_character, text)
    counts["characters read as Windows-1252 punctuation"] += count
    counts["characters lost before or in decoding (�)"] += text.count("\ufffd")
    counts["private-use characters, which only one font shows"] += len(_PRIVATE.findall(text))
    # Removal can bring the decomposed parts of a Hangul syllable together.
    return normalise(text)


def _windows_character(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore")
