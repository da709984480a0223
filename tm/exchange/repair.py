"""What XML cannot hold, made harmless before the parser sees it.

Programs write control characters, as they are or as references (``&#x1F;``), entities that only
HTML knows, and bare ampersands. A control character below U+0020 becomes the noncharacter
U+FDD0 + its code, so that the reader can tell where it stood (:data:`CONTROL`,
:func:`control_name`); everything else that is no character of XML becomes U+FFFD.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5
from xml.sax.saxutils import escape

from tm.exchange.items import Note

#: The stand-ins of control characters.
CONTROL = re.compile("[\\ufdd0-\\ufdef]")
_STAND_IN = 0xFDD0

_IMPOSSIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\ud800-\\udfff\\ufdd0-\\ufdef\\ufffe\\uffff]"
)
#: Every ampersand that may not be what it seems: not one of the five entities of XML.
_AMPERSAND = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:#(?:x([0-9A-Fa-f]{1,8})|([0-9]{1,9}));|([A-Za-z]\w{0,32});)?"
)
#: References to the two halves of a surrogate pair, and a first one at the end of a piece.
_FIRST = r"&#(?:x(d[89ab][0-9a-f]{2})|(5529[6-9]|55[3-9]\d{2}|56[0-2]\d{2}|563[01]\d));"
_SECOND = r"&#(?:x(d[c-f][0-9a-f]{2})|(563[2-9]\d|56[4-9]\d{2}|57[0-2]\d{2}|573[0-3]\d|5734[0-3]));"
_PAIR = re.compile(_FIRST + _SECOND, re.IGNORECASE)
_HALF = re.compile(f"{_FIRST}$", re.IGNORECASE)
#: The first start tag, and its prefix.
_ROOT = re.compile(r"<(?:([A-Za-z_][\w.-]*):)?[A-Za-z_][\w.-]*(?=[\s/>])")
_CDATA_START, _CDATA_END = "<![CDATA[", "]]>"
_CONTROL_BYTES = bytes(code for code in range(32) if code not in b"\t\n\r")
#: How noncharacters start in UTF-8; decoders let no half of a surrogate pair pass.
_IMPOSSIBLE_STARTS = (b"\xef\xb7", b"\xef\xbf\xbe", b"\xef\xbf\xbf")
#: Longer than any reference that a chunk may end in the middle of.
_LONGEST = 40


def control_name(stand_in: str) -> str:
    """``U+001F`` for its stand-in."""
    return f"U+{ord(stand_in) - _STAND_IN:04X}"


def without_controls(text: str) -> str:
    """``text`` without stand-ins."""
    return CONTROL.sub("", text)


def is_possible(text: str) -> bool:
    """Whether XML can hold ``text`` as it is (carriage returns as references)."""
    return _IMPOSSIBLE.search(text) is None


class Repairs:
    """A stream of text made fit for an XML parser; ``notes`` fills with what had to be done, and
    ``controls`` says whether there are stand-ins of control characters."""

    def __init__(self) -> None:
        self.notes: list[Note] = []
        self.controls = False
        self._line = 1
        self._base = ""
        self._inside_cdata = False

    def of(self, chunks: Iterable[str]) -> Iterator[str]:
        """The chunks, repaired; they may be cut elsewhere, so that no reference is torn apart."""
        rest = ""
        for chunk in chunks:
            text = rest + chunk
            cut = _safe_end(text)
            rest = text[cut:]
            if cut:
                yield self._repaired(text[:cut])
        if rest:
            yield self._repaired(rest)

    def _repaired(self, text: str) -> str:
        self._base = text
        if _may_be_impossible(text):
            text = _IMPOSSIBLE.sub(self._stand_in, text)
        if self._inside_cdata or _CDATA_START in text:
            text = "".join(self._outside_cdata(text))
        elif "&" in text:
            text = self._with_references(text)
        self._line += self._base.count("\n")
        return text

    def _outside_cdata(self, text: str) -> Iterator[str]:
        """Parts of ``text``, those outside CDATA sections with their references repaired."""
        at = 0
        while at < len(text):
            if self._inside_cdata:
                end = text.find(_CDATA_END, at)
                end = len(text) if end < 0 else end + len(_CDATA_END)
                self._inside_cdata = not text.endswith(_CDATA_END, at, end)
                yield text[at:end]
            else:
                end = text.find(_CDATA_START, at)
                end = len(text) if end < 0 else end
                yield self._with_references(text[at:end])
                self._inside_cdata = end < len(text)
            at = end

    def _with_references(self, text: str) -> str:
        """``text`` without references that XML does not know."""
        if "&#" in text:
            text = _PAIR.sub(self._joined, text)
        return _AMPERSAND.sub(self._reference, text)

    def _joined(self, found: re.Match[str]) -> str:
        high, low = (int(found[n], 16) if found[n] else int(found[n + 1]) for n in (1, 3))
        self._note("references to the halves of a character put together", found)
        return chr(0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00)

    def _stand_in(self, found: re.Match[str]) -> str:
        return self._replaced(ord(found.group()), found)

    def _replaced(self, code: int, found: re.Match[str]) -> str:
        if code < 0x20:
            self.controls = True
            self._note(f"control character U+{code:04X} taken out of the text", found)
            return chr(_STAND_IN + code)
        self._note(f"U+{code:04X}, which is no character, replaced by \ufffd", found)
        return "\ufffd"

    def _reference(self, found: re.Match[str]) -> str:
        hexadecimal, decimal, name = found.groups()
        if name is not None:
            character = html5.get(f"{name};")
            if character is None:
                self._note(f"the unknown entity &{name}; taken as text", found)
                return f"&amp;{name};"
            self._note(f"the entity &{name};, unknown in XML, replaced by its character", found)
            return escape(character, {'"': "&quot;"})
        if hexadecimal is None and decimal is None:
            self._note("a bare & taken as text", found)
            return "&amp;"
        code = int(hexadecimal, 16) if hexadecimal else int(decimal)
        if code > 0x10FFFF or not is_possible(chr(code)):
            return self._replaced(code, found)
        return found.group()

    def _note(self, text: str, found: re.Match[str]) -> None:
        line = self._line + found.string.count("\n", 0, found.start())
        self.notes.append(Note(f"line {line}", text))


def unprefixed(chunks: Iterable[str]) -> Iterator[str]:
    """Repaired chunks of XML; if its first element has a namespace prefix, without this prefix."""
    root = prefix = None
    for chunk in chunks:
        if root is None and (root := _ROOT.search(chunk)) is not None:
            prefix = root[1]
        if prefix is not None:
            chunk = chunk.replace(f"<{prefix}:", "<").replace(f"</{prefix}:", "</")
        yield chunk


def _may_be_impossible(text: str) -> bool:
    """Whether ``text`` needs a closer look; several times faster than looking for each character
    that is not possible."""
    data = text.encode("utf-8", "replace")
    if len(data.translate(None, _CONTROL_BYTES)) != len(data):
        return True
    return b"\xef" in data and any(start in data for start in _IMPOSSIBLE_STARTS)


def _safe_end(text: str) -> int:
    """Where ``text`` can be cut without tearing a reference or the border of a CDATA section."""
    if text.endswith("]"):
        return len(text.rstrip("]"))
    start = max(0, len(text) - _LONGEST)
    at = max(text.rfind("&", start), text.rfind("<", start))
    end = len(text) if at < 0 or ";" in text[at:] or ">" in text[at:] else at
    half = _HALF.search(text, max(0, end - _LONGEST), end)
    return end if half is None else half.start()
