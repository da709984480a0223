"""One sentence pair as the checks read it: each thing that several of them need, read once."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from tm.quality.checks.amounts import Amount
from tm.quality.checks.amounts_en import english_amounts
from tm.quality.checks.amounts_ko import korean_amounts
from tm.quality.findings import Severity, Span

_HANGUL = re.compile("[가-힣]")
_LATIN = re.compile("[A-Za-z]")
_FOR_STYLE = 6
_KO_END = re.compile(r"(?:다|요|까|오|라|자|네|죠|지|음|함|됨|임)[.!?。…]*[\"”’'」』)]*\s*$")


@dataclass(frozen=True)
class Pair:
    """A Korean text and its English translation, both in NFC.

    ``near_ko`` and ``near_en`` are what stands before and after them: what has moved to the next
    sentence is not lost.
    """

    ko: str
    en: str
    near_ko: str = ""
    near_en: str = ""

    @cached_property
    def ko_amounts(self) -> list[Amount]:
        return korean_amounts(self.ko)

    @cached_property
    def en_amounts(self) -> list[Amount]:
        return english_amounts(self.en)

    @cached_property
    def near_ko_amounts(self) -> list[Amount]:
        return korean_amounts(self.near_ko) if self.near_ko else []

    @cached_property
    def near_en_amounts(self) -> list[Amount]:
        return english_amounts(self.near_en) if self.near_en else []

    @cached_property
    def ko_letters(self) -> int:
        return len(_HANGUL.findall(self.ko))

    @cached_property
    def en_letters(self) -> int:
        return len(_LATIN.findall(self.en))

    @cached_property
    def is_korean(self) -> bool:
        """Whether the source is Korean and not, say, a glossary line with English in it."""
        return self.ko_letters > 0 and self.ko_letters >= 0.6 * len(_LATIN.findall(self.ko))

    @cached_property
    def is_sentence(self) -> bool:
        """Whether the Korean is a sentence and no headline: it ends in a verb or a full stop."""
        end = self.ko.rstrip(" \"”’'」』)")
        return end.endswith((".", "?", "!", "。")) or _KO_END.search(self.ko) is not None

    @cached_property
    def ratio(self) -> float:
        """English letters for each Hangul syllable; about 2.4 in news."""
        return self.en_letters / max(self.ko_letters, 1)

    def says_more(self, ratio: float) -> bool:
        """Whether the English is longer than ``ratio`` would have it, and than style explains
        (*There is* makes a short sentence long)."""
        return self.en_letters - _FOR_STYLE > ratio * self.ko_letters


@dataclass(frozen=True, slots=True)
class Spot:
    """What a check has seen in a pair; :mod:`tm.quality.checks` makes a finding of it.

    ``about`` tells it from other spots of the same check, the same in every run.
    """

    check: str
    message: str
    ko: tuple[Span, ...] = ()
    en: tuple[Span, ...] = ()
    suggestion: str | None = None
    severity: Severity | None = None
    about: str = ""
