"""Text of files as HTML: escaped, isolated, its invisible controls shown, its spans marked."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable

from align.markup import possible
from tm.quality.findings import Span

#: Characters that turn, join or hide text without being seen; shown by number instead.
_HIDDEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f]"
)

#: Longer texts are cut; nobody reads them in a report, and a file may hold megabytes of one.
LONGEST = 1500
#: … so that so much stands before the first span.
_BEFORE = 200


def text(written: str) -> str:
    """Text of a file, or any other, as HTML that cannot reach beyond itself."""
    return _HIDDEN.sub(_shown, html.escape(possible(written)))


def attribute(written: str) -> str:
    """As the value of an attribute in double quotes, with no controls in it."""
    return html.escape(_HIDDEN.sub("", possible(written)))


def _shown(match: re.Match[str]) -> str:
    character = match[0]
    name = unicodedata.name(character, "control character").lower()
    return f'<i class="ctl" title="{name}">U+{ord(character):04X}</i>'


def marked(written: str, spans: Iterable[Span] = ()) -> str:
    """Text with its spans in ``<mark>``; of very long text, what stands around the first span."""
    wanted = _merged(spans, len(written))
    first, end = _window(len(written), wanted[0][0] if wanted else 0)
    parts = [_cut(first)] if first else []
    at = first
    for start, stop in wanted:
        start, stop = max(start, first), min(stop, end)
        if start < stop:
            parts += [text(written[at:start]), "<mark>", text(written[start:stop]), "</mark>"]
            at = stop
    parts.append(text(written[at:end]))
    if end < len(written):
        parts.append(_cut(len(written) - end))
    return "".join(parts)


def scrollable(label: str, inner: str) -> str:
    """What may be wider than the screen, in a region that scrolls, also with the keyboard."""
    return (
        f'<div class="wide" tabindex="0" role="region" aria-label="{attribute(label)}">'
        f"{inner}</div>\n"
    )


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    """Spans in order, clipped to the text, those that touch made one."""
    merged: list[Span] = []
    for start, end in sorted((max(0, a), min(b, length)) for a, b in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = merged[-1][0], max(end, merged[-1][1])
        else:
            merged.append((start, end))
    return merged


def _window(length: int, place: int) -> Span:
    if length <= LONGEST:
        return 0, length
    first = max(0, min(place - _BEFORE, length - LONGEST))
    return first, first + LONGEST


def _cut(characters: int) -> str:
    return f' <span class="cut">[{characters:,} more characters]</span> '
