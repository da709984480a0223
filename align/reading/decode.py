"""Bytes to text, without silent mojibake.

Order of trial: byte order mark; the null-byte pattern of UTF-16 and UTF-32; the declared encoding;
strict UTF-8; cp949 (which contains EUC-KR) when the Hangul it yields is plausible; UTF-8 with a few
damaged bytes; Windows-1252 when the characters it yields are those of English text; and last
charset-normalizer. Whatever was not plain UTF-8 is named in ``Decoded.warnings``.

Korean in cp949 is told from other eight-bit text by KS X 1001: running Korean keeps to its 2,350
syllables, while other bytes read as cp949 land on the 8,822 rare ones and on Hanja.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from align.errors import ReadError

_PLAUSIBLE = 0.9
_BINARY_CONTROL_SHARE = 0.02

#: First bytes of files that are not text, and what to call them. Longest first where they overlap.
_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF87a", "a GIF image"),
    (b"GIF89a", "a GIF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word (.doc) or Hangul (.hwp) document"),
    (b"HWP Document File", "a Hangul (.hwp) document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"\xfd7zXZ\x00", "an xz file"),
    (b"BZh", "a bzip2 file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
#: Formats that a word processor can save as text, so the remedy names that way.
_DOCUMENTS = ("PDF", "Word", "Hangul", "RTF")

_BOMS: tuple[tuple[bytes, str], ...] = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
)

_ALIASES = {
    "euc-kr": "cp949",
    "euckr": "cp949",
    "ks_c_5601-1987": "cp949",
    "ksc5601": "cp949",
    "ks_c_5601": "cp949",
    "x-windows-949": "cp949",
    "windows-949": "cp949",
    "uhc": "cp949",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "latin-1": "cp1252",
    "us-ascii": "cp1252",
    "ascii": "cp1252",
    "windows-1252": "cp1252",
    "utf8": "utf-8",
}

_NAMES = {"cp949": "cp949 (EUC-KR)", "cp1252": "Windows-1252"}

#: Characters of newspaper Korean outside Hangul and ASCII.
_KOREAN_MARKS = frozenset(
    "“”‘’…·‥―–—《》〈〉「」『』【】〔〕、。ⓒ©®™▲△▼▽■□◆◇○●◎★☆▶▷◀◁→←↑↓※☎☞♥℃㎞㎏㎡㎜㎝㏊％～×÷±°′″½¼¾①②③④⑤⑥⑦⑧⑨⑩ㆍ㈜\xa0\u3000"
)
#: Characters of newspaper English outside ASCII that Windows-1252 has.
_ENGLISH_MARKS = frozenset(
    "“”‘’‚„–—…•·©®™°£€§½¼¾×«»\xa0éèêëáàâäãåçíìîïñóòôöõøúùûüýšžæœßÉÈÁÀÂÄÅÇÍÑÓÖØÚÜŠŽÆŒ"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """``text`` as decoded (nothing cleaned yet), the Python codec that gave it, and warnings."""

    text: str
    encoding: str
    warnings: tuple[str, ...] = ()


def decode(data: bytes, place: str | Path, declared: str | None = None) -> Decoded:
    """The text in ``data``; ``declared`` is the encoding the file itself names, if it does.

    Raises
    ------
    ReadError: ``data`` is binary (its kind is named) or in no encoding known here.
    """
    refuse_known_binary(data, place)
    for found in (_by_mark(data, place), _by_null_bytes(data, place)):
        if found is not None:
            return found
    _refuse_control_bytes(data, place)
    found = _as_declared(data, declared) or _by_trial(data)
    if found is None:
        raise ReadError(
            "the encoding is not recognised",
            place=place,
            remedy="save the file as UTF-8 text",
        )
    return found


def refuse_known_binary(data: bytes, place: str | Path) -> None:
    """Raise :class:`ReadError` when ``data`` starts as a known kind of file that is not text."""
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise ReadError(
                f"this is {_zip_kind(data, name)}, not text",
                place=place,
                remedy=_remedy(name, data),
            )


def _zip_kind(data: bytes, name: str) -> str:
    if name != "a zip archive":
        return name
    head = data[:4096]
    if b"hwp+zip" in head:
        return "a Hangul (.hwpx) document"
    if b"word/" in data:
        return "a Word document (.docx) under another name"
    if b"xl/workbook" in data:
        return "an Excel workbook"
    return name


def _remedy(name: str, data: bytes) -> str:
    kind = _zip_kind(data, name)
    if "under another name" in kind:
        return "give the file the ending .docx"
    if any(word in kind for word in _DOCUMENTS):
        return "save it as .docx or as UTF-8 text"
    return "give a .txt, .md, .html or .docx file"


def _by_mark(data: bytes, place: str | Path) -> Decoded | None:
    for mark, encoding in _BOMS:
        if not data.startswith(mark):
            continue
        try:
            return Decoded(data[len(mark) :].decode(encoding), encoding)
        except UnicodeDecodeError as error:
            damaged = _damaged(data[len(mark) :], encoding)
            if damaged is not None:
                return damaged
            raise ReadError(
                f"starts with the mark of {encoding.upper()} but is not, from byte "
                f"{error.start + len(mark)} on",
                place=place,
                remedy="save the file again as UTF-8 text",
            ) from error
    return None


def _by_null_bytes(data: bytes, place: str | Path) -> Decoded | None:
    if b"\x00" not in data:
        return None
    for encoding in ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be"):
        if len(data) % (4 if "32" in encoding else 2):
            continue
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if _text_share(text) >= _PLAUSIBLE:
            return Decoded(text, encoding, (f"read as {encoding.upper()} (no byte order mark)",))
    return None


def _text_share(text: str) -> float:
    """Share of characters that news in Korean or English is made of (and no NUL)."""
    counts = Counter(text)
    good = sum(
        n for c, n in counts.items() if "\x20" <= c <= "\x7e" or c in "\t\r\n\f" or is_korean(c)
    )
    return good / max(1, len(text))


def is_korean(char: str) -> bool:
    """Whether ``char`` is Hangul (composed or not) or a mark of newspaper typography."""
    return (
        "가" <= char <= "힣" or "\u1100" <= char <= "\u11ff" or "ㄱ" <= char <= "ㆎ"
    ) or char in _KOREAN_MARKS


def _refuse_control_bytes(data: bytes, place: str | Path) -> None:
    """A stray NUL can be removed from a text; many say that it never was one."""
    controls = len(re.findall(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]", data))
    if controls > _BINARY_CONTROL_SHARE * len(data):
        raise ReadError(
            f"this is binary data, not text ({controls} control bytes in {len(data)})",
            place=place,
            remedy="give a .txt, .md, .html or .docx file",
        )


def _as_declared(data: bytes, declared: str | None) -> Decoded | None:
    if not declared:
        return None
    name = declared.strip().strip("\"'").lower()
    encoding = _ALIASES.get(name, name)
    if encoding.startswith(("utf-16", "utf-32")):  # cannot be: the declaration was read as ASCII
        return None
    text = _strict(data, encoding)
    if text is None or not _fits(text, encoding):
        return None
    return Decoded(text, encoding)


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        text = data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None
    return text if isinstance(text, str) else None  # "hex" and "zip" are codecs too


def _fits(text: str, encoding: str) -> bool:
    if encoding == "utf-8":
        return True
    if encoding == "cp949":
        return _korean_share(text) >= _PLAUSIBLE
    return _english_share(text) >= _PLAUSIBLE


def _by_trial(data: bytes) -> Decoded | None:
    text = _strict(data, "utf-8")
    if text is not None:
        return Decoded(text, "utf-8")
    text = _strict(data, "cp949")
    if text is not None and _fits(text, "cp949"):
        return Decoded(text, "cp949", (_guess("cp949"),))
    damaged = _damaged(data, "utf-8")
    if damaged is not None:
        return damaged
    text = _strict(data, "cp1252")
    if text is not None and _fits(text, "cp1252"):
        return Decoded(text, "cp1252", (_guess("cp1252"),))
    return _damaged(data, "cp949") or _by_statistics(data)


def _guess(encoding: str) -> str:
    return f"not UTF-8: decoded as {_NAMES.get(encoding, encoding)}"


def _damaged(data: bytes, encoding: str) -> Decoded | None:
    """``data`` in an encoding that all but a few bytes obey; the rest become U+FFFD."""
    text = data.decode(encoding, "replace")
    bad = text.count("\ufffd")
    good = sum(n for c, n in Counter(text).items() if c > "\x7f") - bad
    if good < 20 * bad or (encoding == "cp949" and _korean_share(text) < _PLAUSIBLE):
        return None
    name = _NAMES.get(encoding, encoding.upper())
    return Decoded(text, encoding, (f"decoded as {name} with {bad} damaged places (shown as �)",))


def _by_statistics(data: bytes) -> Decoded | None:
    from charset_normalizer import from_bytes

    best = from_bytes(data[:1_000_000]).best()
    if best is None:
        return None
    text = _strict(data, best.encoding)
    if text is None or _letter_share(text) < _PLAUSIBLE:
        return None
    return Decoded(text, best.encoding, (_guess(best.encoding) + ", the likeliest guess",))


def _letter_share(text: str) -> float:
    """Share of Hangul and ASCII letters among all letters."""
    letters = [(c, n) for c, n in Counter(text).items() if c.isalpha()]
    known = sum(n for c, n in letters if c <= "\x7f" or "가" <= c <= "힣")
    return known / max(1, sum(n for _, n in letters))


@lru_cache(maxsize=1)
def _common_syllables() -> frozenset[str]:
    """The 2,350 Hangul syllables of KS X 1001, rows 0xB0 to 0xC8."""
    codes = (bytes((row, cell)) for row in range(0xB0, 0xC9) for cell in range(0xA1, 0xFF))
    return frozenset(code.decode("euc_kr") for code in codes)


def _korean_share(text: str) -> float:
    """Share of common syllables, some Hanja and newspaper marks in what is not ASCII."""
    syllables = marks = hanja = other = 0
    common = _common_syllables()
    for char, n in Counter(text).items():
        if char <= "\x7f":
            continue
        if char in common:
            syllables += n
        elif char in _KOREAN_MARKS:
            marks += n
        elif "一" <= char <= "鿿" or "豈" <= char <= "﫿":
            hanja += n
        else:
            other += n
    hanja_taken = min(hanja, syllables)  # Korean news has more Hangul than Hanja
    return (syllables + marks + hanja_taken) / max(1, syllables + marks + hanja + other)


def _english_share(text: str) -> float:
    """Share of plausible characters, standing one or two together, in what is not ASCII."""
    total = good = 0
    for run in re.findall(r"[^\x00-\x7f]+", text):
        total += len(run)
        good += len(run) <= 2 and sum(c in _ENGLISH_MARKS for c in run)
    return good / max(1, total)
