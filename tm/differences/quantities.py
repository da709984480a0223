"""Words beside or in place of numbers that say how much or when: measures, seasons, times of day.

5만 원 and 5만 달러 are as far apart as two numbers, 9 a.m. and 9 p.m. as two dates. Two words are
told from each other only within a group (봄, 가을; early, late): 저녁 beside 회의 is a rewording.
"""

from __future__ import annotations

import re
from functools import lru_cache

from tm.eojeol import is_korean, split_particle
from tm.placeables.measures import MEASURES
from tm.terms.lexicon import word_list, word_set
from tm.verbs import english_stem

# Within a line, words after the first of a bar-joined group mean the same.
_TIMES = tuple(
    {form: place for place, same in enumerate(word_list(line)) for form in same.split("|")}
    for line in """
    봄 여름 가을 겨울
    새벽 아침 점심|낮|정오 오전 오후 저녁 밤|야간 자정
    초|초순|상순 중순 하순|말
    상반기|전반기 하반기|후반기
    매일|날마다 매주|주마다 격주 매달|매월|달마다 매년|해마다
    전|이전 후|뒤|이후
    spring summer autumn|fall winter
    dawn|daybreak morning noon|midday afternoon dusk|evening night midnight
    a.m|am p.m|pm
    day week fortnight month year decade
    early mid late
    daily weekly monthly yearly|annual|annually
    before after
    since until
    """.strip().splitlines()
)
_SEASON = re.compile("(?:올|지난|이른|초|늦)?(?P<season>봄|여름|가을|겨울)철?")
#: Signs of a number that are words: below zero and above.
_SIGNS = word_set("영하 영상 minus plus")


def are_other_measures(one: str, other: str) -> bool:
    """Whether two folded words, after a number, are two measures: won and yuan, weeks and years."""
    first, second = (MEASURES.get(_stem(word), "") for word in (one, other))
    return bool(first and second) and first != second


def are_other_times(one: str, other: str) -> bool:
    """Whether two folded words say a different season, time of day, part of a month or frequency,
    or one *before* and one *after*."""
    first, second = _stem(one), _stem(other)
    return any(
        first in group and second in group and group[first] != group[second] for group in _TIMES
    )


def is_time(word: str) -> bool:
    """Whether a folded word is one of those that :func:`are_other_times` tells apart."""
    return any(_stem(word) in group for group in _TIMES)


def is_sign(word: str) -> bool:
    """영하, minus."""
    return word in _SIGNS


@lru_cache(maxsize=4096)
def _stem(word: str) -> str:
    if not is_korean(word):
        return word if any(word in group for group in _TIMES) else _singular(word)
    season = _SEASON.fullmatch(split_particle(word)[0]) or _SEASON.fullmatch(word)
    if season:
        return season["season"]
    known = word in MEASURES or any(word in group for group in _TIMES)
    return word if known else split_particle(word)[0]


def _singular(word: str) -> str:
    known = word.removesuffix("s")
    if known in MEASURES or any(known in group for group in _TIMES):
        return known
    return english_stem(word)
