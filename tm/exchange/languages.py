"""Which languages of a file are wanted, and language codes as files write them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

#: Three-letter codes (ISO 639-2) that programs write for the languages of this house.
_SHORT = {"kor": "ko", "eng": "en"}


@dataclass(frozen=True, slots=True)
class Languages:
    """The pair of languages to take from a file, as BCP 47 codes.

    ``ko`` takes ``ko``, ``KO-KR`` and ``ko_KP``; ``en-US`` takes ``en-US`` and plain ``en``, not
    ``en-GB`` (basic filtering and lookup of RFC 4647).
    """

    source: str = "ko"
    target: str = "en"

    def side(self, code: str) -> tuple[Literal["source", "target"], int] | None:
        """The side that text of language ``code`` is for, and how well it fits (2 best, 1 where
        only a less exact code than the wanted one is there); ``None`` if it is wanted on neither.
        """
        return _side(self, code)


@lru_cache(maxsize=1024)
def _side(wanted: Languages, code: str) -> tuple[Literal["source", "target"], int] | None:
    written = normal(code)
    source, target = normal(wanted.source), normal(wanted.target)
    fits = (_fit(source, written), len(source)), (_fit(target, written), len(target))
    if not fits[0][0] and not fits[1][0]:
        return None
    return ("source", fits[0][0]) if fits[0] >= fits[1] else ("target", fits[1][0])


def _fit(wanted: str, written: str) -> int:
    if written == wanted or written.startswith(f"{wanted}-"):
        return 2
    return 1 if wanted.startswith(f"{written}-") else 0


@lru_cache(maxsize=1024)
def normal(code: str) -> str:
    """``code`` as codes are compared: ``KOR_kr`` as ``ko-kr``."""
    first, *rest = code.strip().lower().replace("_", "-").split("-")
    return "-".join([_SHORT.get(first, first), *rest])


#: Korean into English: what a memory holds unless it is told otherwise.
KO_EN = Languages()
