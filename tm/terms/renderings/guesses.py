"""What to start from where nothing is known of a term: its parts, how it is spelled, what is near.

Every guess says how it was made, and none has a count.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache

from align.article import Lang
from tm.terms.latin.names import PEOPLE, PLACES
from tm.terms.latin.romanise import SYSTEMS, System, conventional, named, person_named
from tm.terms.renderings.rendering import Guess
from tm.terms.spelling import is_hangul

#: What is known of a part of a term: its best rendering, or None.
Known = Callable[[str], str | None]
#: Entries whose meaning is near: their term, a rendering, and how near, up to 1.
Near = Callable[[str], list[tuple[str, str, float]]]

#: Parts that a compound is cut into, at most; and words of an English one.
_PARTS = 4
_ROMANISATIONS: tuple[System, ...] = ("rr", "mr", "mr-plain", "dprk")
#: Syllables that make another noun of a noun, with what they say.
_SUFFIXES = {
    "원": "member", "장": "head", "군": "army", "대": "unit", "소": "office", "부": "department",
    "성": "ministry", "국": "bureau", "과": "section", "자": "person", "꾼": "person",
    "층": "class", "실": "room", "반": "team", "조": "team", "회": "society", "당": "party",
    "도": "province", "시": "city", "리": "village", "구": "district", "법": "law",
    "권": "rights", "품": "goods", "비": "cost", "세": "tax", "판": "board", "기": "machine",
    "길": "road", "집": "house", "값": "price", "터": "site", "식": "ceremony", "증": "certificate",
}  # fmt: skip


def guesses_for(term: str, lang: Lang, known: Known, near: Near) -> tuple[Guess, ...]:
    """Guesses, best first: of a compound its parts, then its spellings (of a Korean term, by each
    system), then entries with a near meaning."""
    made = _english_guesses(term, known) if lang == "en" else _korean_guesses(term, known)
    guesses = [*made, *_near_guesses(term, near)]
    first: dict[str, Guess] = {}
    for guess in guesses:
        first.setdefault(guess.text.casefold(), guess)
    return tuple(first.values())


def _korean_guesses(term: str, known: Known) -> Iterator[Guess]:
    if not any(map(is_hangul, term)):
        return
    parts = parts_of(term, known)
    if parts:
        yield Guess(" ".join(en for _, en in parts), _made_of(parts))
    yield Guess(conventional(term), SYSTEMS["convention"])
    for system in _ROMANISATIONS:
        yield Guess(named(term, system), SYSTEMS[system])


def _english_guesses(term: str, known: Known) -> Iterator[Guess]:
    """The longest parts of a phrase that are known, from left to right, if they make it up."""
    words = term.replace("-", " ").split()
    if len(words) < 2:
        return
    parts: list[tuple[str, str]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + (_PARTS if start else len(words) - 1)), start, -1):
            text = " ".join(words[start:end])
            rendering = known(text)
            if rendering:
                parts.append((text, rendering))
                start = end
                break
        else:
            return
    if parts:
        yield Guess(" ".join(ko for _, ko in parts), _made_of(parts))


def _near_guesses(term: str, near: Near) -> Iterator[Guess]:
    has_words = any(char.isascii() or is_hangul(char) for char in term)
    if has_words and person_named(term) is None:
        for own, rendering, nearness in near(term):
            yield Guess(rendering, f"near in meaning: {own} ({nearness:.2f})")


def _made_of(parts: list[tuple[str, str]]) -> str:
    return "made of its parts: " + " + ".join(f"{part} {rendering}" for part, rendering in parts)


def parts_of(term: str, known: Known) -> list[tuple[str, str]]:
    """A compound cut into the fewest parts that are all known, each with its rendering; empty if
    it cannot be. A number stands for itself, a place or person for its spelling, and a syllable
    such as 원 (member) may follow a part."""
    words = term.split()
    if len(words) > 1:
        each = [_known_or_parts(word, known) for word in words]
        return [part for parts in each for part in parts] if all(each) else []
    return _cut("".join(words), known)


def _known_or_parts(word: str, known: Known) -> list[tuple[str, str]]:
    rendering = _rendering(word, known)
    return [(word, rendering)] if rendering else _cut(word, known)


def _cut(word: str, known: Known) -> list[tuple[str, str]]:
    number = re.match(r"\d+(?:[.·]\d+)*", word)

    @cache
    def cut(start: int, most: int) -> tuple[tuple[str, str], ...] | None:
        """The best parts of ``word[start:]``, None if it has none."""
        if start == len(word):
            return ()
        if not most:
            return None
        ends = [number.end()] if number and not start else _ends(word, start)
        found = []
        for end in ends:
            part = word[start:end]
            rendering = _rendering(part, known, suffix=0 < start == len(word) - 1)
            rest = cut(end, most - 1) if rendering else None
            if rendering and rest is not None:
                found.append(((part, rendering), *rest))
        return min(
            found, key=lambda parts: (len(parts), -min(len(p) for p, _ in parts)), default=None
        )

    return list(cut(0, _PARTS) or ())


def _ends(word: str, start: int) -> list[int]:
    """Where a part that begins there may end: longest first; never the whole word."""
    ends = range(len(word), start + 1, -1)
    return [
        *(end for end in ends if end - start < len(word)),
        *([len(word)] * (start == len(word) - 1)),
    ]


def _rendering(part: str, known: Known, *, suffix: bool = False) -> str | None:
    """How a part is put: a number as it is, a name by its spelling, a word as the memory has it."""
    if part[0].isdigit() or part in PLACES or part in PEOPLE:
        return conventional(part)
    if len(part) == 1:
        return _SUFFIXES.get(part) if suffix else None
    return known(part)
