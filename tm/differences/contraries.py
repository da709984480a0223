"""Whether two words say the opposite: 허용했다 and 금지했다, imports and exports.

A percentage shows nothing of it (수출 and 수입 share half their letters), and a translation of the
one is the worst for the other. The words stand in :mod:`tm.differences.opposites`; here they are
found in the forms in which sentences have them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from tm.differences.opposites import ENGLISH, KOREAN
from tm.eojeol import is_korean, split_particle
from tm.verbs import decomposed, english_stem, verb_stems


class _Side(NamedTuple):
    """One side of an opposition; with ``is_loose`` its word has other senses too."""

    opposition: int
    is_second: bool
    is_loose: bool


class _Reading(NamedTuple):
    """A word as one of an opposition, with what stands ``before`` and behind it in a compound."""

    side: _Side
    before: str
    behind: str


_VERB, _PLAIN = "verb", ""
# What makes a verb of a Korean noun: 하다, 되다, 시키다, 받다, 당하다 and 이다 in all forms.
_VERBAL = re.compile(
    r"(?:하|해|했|한|할|함|합|되|돼|됐|된|될|됨|됩|시키|시켜|시켰|시킨|시킬|받|당하|당해|당했|당한)"
    r"|이[다라었며고지므란]|였|인(?:데|지|가)?$|일$|임|입니"
)
_ADNOMINAL = frozenset((4, 8))  # the finals ㄴ and ㄹ: 높은, 오를
_SHORTEST = 2  # syllables of nouns that are looked for in compounds


@lru_cache(maxsize=16384)
def are_contrary(one: str, other: str, *, is_same_thing: bool = True) -> bool:
    """Whether two folded words are an opposition.

    ``is_same_thing``: both are said of the same, so that words of several senses have the same one.
    """
    own = _readings(one)
    readings = _readings(other) if own else ()
    return any(
        a.side.opposition == b.side.opposition
        and a.side.is_second != b.side.is_second
        and a.before == b.before
        and _fit(a.behind, b.behind)
        and (is_same_thing or not (a.side.is_loose or b.side.is_loose))
        for a in own
        for b in readings
    )


def has_opposite(word: str) -> bool:
    """Whether a folded word is in the table, in one of its senses."""
    return bool(_readings(word))


def describes_what_follows(word: str) -> bool:
    """Whether a Korean word may belong to the noun behind it: 높은, 올리는."""
    last = word[-1:]
    return word.endswith(("는", "던")) or (
        "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 in _ADNOMINAL
    )


def _fit(one: str, other: str) -> bool:
    """Whether what stands behind two nouns lets them be compared: 수출량 and 수입량, 수출이 and
    수입했다, not 수입업자 and 수출했다."""
    return one == other or {one, other} == {_VERB, _PLAIN}


@lru_cache(maxsize=16384)
def _readings(word: str) -> tuple[_Reading, ...]:
    parts = word.split()
    if not parts:
        return ()
    if not is_korean(word):
        # The verb of *did not allow* comes last.
        sides = _table().english.get(english_stem(parts[-1]), ())
        return tuple(_Reading(side, "", _PLAIN) for side in sides)
    main = parts[1] if parts[0] in ("안", "못") and len(parts) > 1 else parts[0]
    return (*_verbs(main), *_nouns(main))


def _verbs(word: str) -> Iterator[_Reading]:
    for stem in sorted(verb_stems(word)):
        if stem == decomposed(word) and "\u11a8" <= stem[-1] <= "\u11c2":
            continue  # with a final consonant, no form is a bare stem: 늘, always
        for side in _table().verbs.get(stem, ()):
            yield _Reading(side, "", _VERB)


def _nouns(word: str) -> Iterator[_Reading]:
    nouns, longest, initials = _table().nouns, _table().longest, _table().initials
    for start, syllable in enumerate(word):
        if syllable not in initials:
            continue
        for end in range(start + 1, min(len(word), start + longest) + 1):
            noun = word[start:end]
            sides = nouns.get(noun, ())
            if not sides:
                continue
            behind = _behind(noun, word[end:])
            if len(noun) >= _SHORTEST or (start == 0 and behind == _PLAIN):
                for side in sides:
                    yield _Reading(side, word[:start], behind)


def _behind(noun: str, rest: str) -> str:
    """What a noun has become: itself with a particle, a verb, or the rest of a longer noun."""
    if not rest:
        return _PLAIN
    if _VERBAL.match(rest):
        return _VERB
    stem, particle = split_particle(noun + rest)
    is_cut = particle and len(stem) >= len(noun)
    return stem[len(noun) :].removeprefix("들") if is_cut else rest


class _Table(NamedTuple):
    """The sides on which a word stands: Korean verbs by stem in decomposed Hangul, Korean nouns,
    English words by stem; the length of the longest noun, and the first syllables of all."""

    verbs: dict[str, list[_Side]]
    nouns: dict[str, list[_Side]]
    english: dict[str, list[_Side]]
    longest: int
    initials: frozenset[str]


@lru_cache(maxsize=1)
def _table() -> _Table:
    verbs: defaultdict[str, list[_Side]] = defaultdict(list)
    nouns: defaultdict[str, list[_Side]] = defaultdict(list)
    english: defaultdict[str, list[_Side]] = defaultdict(list)
    for word, side in _sides(KOREAN, 0):
        if word.endswith("다"):
            verbs[decomposed(word[:-1])].append(side)
        else:
            nouns[word].append(side)
    for word, side in _sides(ENGLISH, len(KOREAN)):
        past = f"{word}d" if word.endswith("e") else f"{word}ed"  # dismissed keeps its last letter
        for stem in {english_stem(word), english_stem(past)}:
            english[stem].append(side)
    initials = frozenset(noun[0] for noun in nouns)
    return _Table(verbs, nouns, english, max(map(len, nouns)), initials)


def _sides(text: str, first: int) -> Iterator[tuple[str, _Side]]:
    for number, line in enumerate(text.strip().splitlines(), start=first):
        for is_second, words in enumerate(line.split(":")):
            for word in words.split():
                is_loose = word.endswith("?")
                yield word.removesuffix("?"), _Side(number, bool(is_second), is_loose)
