"""XML as Donju writes it: one form for each element, and nothing that XML cannot hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

#: The ampersand comes first: the others bring new ones.
_TEXT = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;"))
_VALUE = (*_TEXT, ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;"))
_SPECIAL = re.compile("[&<>\r]")
_SPECIAL_IN_VALUE = re.compile('[&<>\r\n\t"]')
_HALF = re.compile("[\ud800-\udfff]")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def escaped(text: str) -> str:
    """``text`` as character data."""
    return _replaced(text, _TEXT) if _SPECIAL.search(text) else text


def attributes_xml(attributes: Mapping[str, str]) -> str:
    """Attributes as they stand in a tag, each after a blank."""
    return "".join([f' {name}="{_value(value)}"' for name, value in attributes.items()])


def _value(text: str) -> str:
    return _replaced(text, _VALUE) if _SPECIAL_IN_VALUE.search(text) else text


def _replaced(text: str, pairs: Iterable[tuple[str, str]]) -> str:
    for character, reference in pairs:
        text = text.replace(character, reference)
    return text


def element_xml(name: str, attributes: Mapping[str, str], content: str) -> str:
    """An element; ``content`` is markup."""
    tag = name + attributes_xml(attributes)
    return f"<{tag}>{content}</{name}>" if content else f"<{tag}/>"


def possible(text: str) -> str:
    """``text`` without the control characters that XML cannot hold and the noncharacters that it
    should not; half a surrogate pair, which no file can hold, becomes U+FFFD."""
    if _IMPOSSIBLE.search(text) is None:
        return text
    return _IMPOSSIBLE.sub("", _HALF.sub("\ufffd", text))


def text_xml(text: str) -> str:
    """``text`` as character data, without what XML cannot hold."""
    return escaped(possible(text))
