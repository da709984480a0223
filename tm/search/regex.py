"""What any text that a regular expression finds must hold, as far as the index can tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from align.article import Lang
from tm.search.fold import fold, levelled
from tm.search.tokens import Tokens, letter_pairs

# The parser of `re` has no public name; this one has kept its form since Python 3.11.
_parser: Any = re._parser  # type: ignore[attr-defined]

_BORDER = "\b"  # stands for \b in what is required: no letter is one

_MOST_TOKENS = 8
_WHOLE_WORD = re.compile(r"(?<=[^\w])\w+(?=[^\w])")


def required_tokens(pattern: str, lang: Lang) -> Tokens:
    """Groups of tokens of which a text of ``lang`` holds one each if ``pattern`` is in it; none if
    nothing is known of what it must hold."""
    stretches = ["".join(stretch) for stretch in _stretches(_parser.parse(pattern, re.IGNORECASE))]
    if lang == "ko":
        tokens = [pair for stretch in stretches for pair in letter_pairs(fold(stretch))]
    else:
        tokens = [word for stretch in stretches for word in _WHOLE_WORD.findall(levelled(stretch))]
    distinct = sorted(dict.fromkeys(tokens), key=len, reverse=True)
    return tuple((token,) for token in distinct[:_MOST_TOKENS])


def _stretches(parsed: Any) -> Iterator[list[str]]:
    """Letters that stand side by side in whatever the pattern finds, in stretches."""
    stretch: list[str] = []
    for operation, argument in parsed:
        name = str(operation)
        if name == "LITERAL":
            stretch.append(chr(argument))
            continue
        if name == "AT" and str(argument) == "AT_BOUNDARY":
            stretch.append(_BORDER)
            continue
        yield stretch
        stretch = []
        if name == "SUBPATTERN" or (
            name in ("MAX_REPEAT", "MIN_REPEAT", "POSSESSIVE_REPEAT") and argument[0] > 0
        ):
            yield from _stretches(argument[-1])
    yield stretch
