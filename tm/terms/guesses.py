"""What to start from where nothing is known of a term: its parts, and how it is spelled."""

from __future__ import annotations

import re
from collections.abc import Callable

from align.article import Lang
from tm.terms.names import PEOPLE, PLACES
from tm.terms.rendering import Guess
from tm.terms.romanise import conventional, plain, romanise
from tm.terms.spelling import is_hangul


def guesses_for(term: str, lang: Lang, rendering: Callable[[str], str | None]) -> tuple[Guess, ...]:
    """Guesses, best first, each saying how it was made; none for English terms.

    ``rendering`` gives the best known rendering of a part of the term.
    """
    if lang == "en" or not any(map(is_hangul, term)):
        return ()
    guesses = []
    parts = _parts(term, rendering)
    if parts:
        pieces = " + ".join(f"{ko} {en}" for ko, en in parts)
        guesses.append(Guess(" ".join(en for _, en in parts), f"made of its parts: {pieces}"))
    guesses.append(Guess(conventional(term), "spelled as newsrooms do"))
    guesses.append(Guess(romanise(term, "rr"), "Revised Romanisation"))
    guesses.append(Guess(plain(romanise(term, "mr")), "McCune–Reischauer without marks"))
    unique = {guess.text.lower(): guess for guess in reversed(guesses)}
    return tuple(guess for guess in guesses if unique[guess.text.lower()] is guess)


def _parts(term: str, rendering: Callable[[str], str | None]) -> list[tuple[str, str]]:
    """The term cut in two so that both halves are known; a number stands for itself."""
    compact = "".join(term.split())
    number = re.match(r"\d+(?:[.·]\d+)*", compact)
    cuts = [number.end()] if number else range(2, len(compact) - 1)
    for cut in sorted(cuts, key=lambda c: abs(c - len(compact) / 2)):
        halves = compact[:cut], compact[cut:]
        if any(len(half) < 2 and not half.isdigit() for half in halves):
            continue
        known = [_known(half, rendering) for half in halves]
        if known[0] and known[1]:
            return [(halves[0], known[0]), (halves[1], known[1])]
    return []


def _known(half: str, rendering: Callable[[str], str | None]) -> str | None:
    """How a part is put: a number as it is, a name by its spelling, a word as the memory has it."""
    if half[0].isdigit() or half in PLACES or half in PEOPLE:
        return conventional(half)
    return rendering(half)
