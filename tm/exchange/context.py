"""What stood around a segment, as the programs write it that are in use.

The properties that OmegaT writes are those that Donju writes: ``prev``, ``next``, ``id``. Those of
the others are kept as they are, and understood here. Names are compared in lower case.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tm.unit import Context

#: Plain texts: memoQ, MateCat and MyMemory; Phrase; XTM; GlobalLink and Wordfast.
_PREVIOUS = frozenset(
    {"x-context-pre", "context_prev", "x-previous-source-text", "previousmd5segment"}
)
_FOLLOWING = frozenset({"x-context-post", "context_next", "x-next-source-text", "nextmd5segment"})
#: Trados: previous segment, its tags, and the following one or the previous translation.
_BOTH = "x-contextcontent"
_KEY = "x-idcontext"

#: Every property that says something of the context.
CONTEXT_PROPERTIES = _PREVIOUS | _FOLLOWING | {_BOTH, _KEY}

#: In the header of Trados: what the second text of its context property is.
TRADOS_KIND = "x-TextContextMatchType"
_TRADOS_FOLLOWING = "PrecedingAndFollowingSource"

_BAR = re.compile(r"\s\|(?=\s|$)")
_HANGUL = re.compile("[\uac00-\ud7a3]")
_TAG = re.compile(r"<[^<>]*>")
_CODE = re.compile(r"<(bpt|ept|ph|it|ut)\b[^<>]*(?:/>|>.*?</\1\s*>)", re.DOTALL)
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&"))


def context_of(
    properties: Sequence[tuple[str, str]], trados_kind: str | None, source: str
) -> Context | None:
    """The context that properties (type in lower case, value) tell of a unit.

    ``trados_kind`` is what the header says in :data:`TRADOS_KIND`, ``source`` the language of the
    source texts, ``ko`` or ``en``: without the former, a text counts as the following one if it is
    in that language.
    Where several contexts are given for one unit, as Trados does, the first one counts.
    """
    previous = following = key = None
    for name, value in properties:
        if name in _PREVIOUS and previous is None:
            previous = _plain(value)
        elif name in _FOLLOWING and following is None:
            following = _plain(value)
        elif name == _KEY and key is None:
            key = value
        elif name == _BOTH and previous is None and following is None:
            previous, following = _trados(value, trados_kind, source)
    if previous is None and following is None and key is None:
        return None
    return Context(previous, following, key)


def _trados(value: str, kind: str | None, source: str) -> tuple[str | None, str | None]:
    """``previous | its tags | second text | its tags``; a bar inside a text is doubled."""
    parts = _BAR.split(value, 3)
    first, second = _unbarred(parts[0]), _unbarred(parts[2]) if len(parts) > 2 else ""
    if kind is not None:
        is_following = kind == _TRADOS_FOLLOWING
    else:
        is_following = (_HANGUL.search(second) is not None) == (source == "ko")
    return first or None, (second or None) if is_following else None


def _unbarred(text: str) -> str:
    return text.strip().replace("||", "|")


def _plain(value: str) -> str:
    """The text of ``value``, which may be a ``<seg>`` with its inline codes."""
    if not value.startswith("<seg"):
        return value
    text = _TAG.sub("", _CODE.sub("", value))
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text
