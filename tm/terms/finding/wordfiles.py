"""Lists of Korean words kept in files beside this one.

``words.txt``: common words without endings, most of them nouns, made by ``scripts/count_words.py``;
an asterisk marks those that are now and then a form of a verb. ``stems.txt``: stems of verbs and
adjectives as they are written before -다 (오르 of 오르다), those with 하다 left out but for the
shortest (위하).
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def common_words() -> frozenset[str]:
    """Common words without endings."""
    return frozenset(word.removesuffix("*") for word in _lines("words.txt"))


@lru_cache(maxsize=1)
def words_and_no_verbs() -> frozenset[str]:
    """Those of the common words that are hardly ever a form of a verb."""
    return frozenset(word for word in _lines("words.txt") if not word.endswith("*"))


@lru_cache(maxsize=1)
def verb_stem_list() -> frozenset[str]:
    """Stems of verbs and adjectives."""
    return frozenset(_lines("stems.txt"))


def _lines(name: str) -> list[str]:
    return Path(__file__).with_name(name).read_text(encoding="utf-8").split()
