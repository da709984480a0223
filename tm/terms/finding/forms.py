"""Which of very many forms a text holds, blanks aside: the cheap look before any grammar.

A text is read once without its blanks. At each place its next two letters say which forms may start
there, and those are compared letter by letter. Ten thousand terms have a dozen forms in common at
such a place, mostly none. An Aho–Corasick automaton would find the same; docs/terms.md says why
there is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tm.terms.spelling import spelling_variants

_DOTS = "·.ㆍ‧・"
_SAME = {ord(dot): "·" for dot in _DOTS}
_GENERIC = frozenset("시군도구읍면동리역강산항")
# What a name ends with, as it may be written for short: 국가보위省, 조선인민軍.
_IN_HANJA = {"성": "省", "군": "軍", "당": "黨", "부": "部"}
_IN_HANJA |= {hanja: hangul for hangul, hanja in _IN_HANJA.items()}
#: Invisible signs that web pages leave inside words.
_INVISIBLE = "\u200b\u00ad\ufeff\u2060"


@dataclass(frozen=True, slots=True)
class Letters:
    """A text in lower case without blanks, dots as one, and where each letter stands in it."""

    low: str
    places: Sequence[int]

    @classmethod
    def of(cls, text: str) -> Letters:
        low = text.lower().translate(_SAME)
        if len(low) != len(text):  # a few signs have two in lower case
            low = "".join(char.lower()[0] for char in text).translate(_SAME)
        places = [i for i, char in enumerate(low) if not char.isspace() and char not in _INVISIBLE]
        if len(places) == len(low):
            return cls(low, range(len(low)))
        return cls("".join([low[i] for i in places]), tuple(places))


@dataclass(slots=True)
class Form:
    """One spelling of one or several terms.

    ``letters`` are folded as a text is; before the letters numbered in ``breaks`` a blank may
    stand. ``exact`` is the form as written if its case counts (US is not us), else empty.
    ``owners`` are the numbers of the terms it stands for.
    """

    letters: str
    breaks: frozenset[int]
    exact: str = ""
    owners: list[int] = field(default_factory=list)


class FormIndex:
    """Forms by their first two letters."""

    def __init__(self) -> None:
        self._forms: dict[tuple[str, frozenset[int], str], Form] = {}
        self._by_head: dict[str, list[Form]] = {}

    def add(self, term: str, owner: int) -> None:
        """Take in a term in all its spellings: Northern and Southern, its kind in Hanja."""
        for spelling in spelling_variants(" ".join(term.split())):
            self.add_spelling(spelling, owner)
            last = spelling[-1]
            if len(spelling) > 2 and last in _IN_HANJA:
                self.add_spelling(spelling[:-1] + _IN_HANJA[last], owner)

    def add_spelling(self, spelling: str, owner: int) -> None:
        """Take in a term in this spelling only."""
        letters = Letters.of(spelling).low
        if not letters:
            return
        written = "".join(spelling.split())
        exact = written if _is_abbreviation(written) else ""
        key = (letters, _breaks(spelling), exact)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = Form(*key)
            self._by_head.setdefault(letters[:2], []).append(form)
        if owner not in form.owners:
            form.owners.append(owner)

    def places(self, text: str, letters: Letters) -> Iterator[tuple[Form, int, int]]:
        """Every form that stands in ``text``, with its start and end there."""
        low, places = letters.low, letters.places
        for i, forms in self._starting(low):
            for form in forms:
                if not low.startswith(form.letters, i):
                    continue
                start, end = places[i], places[i + len(form.letters) - 1] + 1
                if end - start > len(form.letters) and not _fits_blanks(text, places, i, form):
                    continue
                if form.exact and "".join(text[start:end].split()) != form.exact:
                    continue
                yield form, start, end

    def _starting(self, low: str) -> Iterator[tuple[int, list[Form]]]:
        """The places where the first letter or two of forms stand, and those forms."""
        by_head = self._by_head
        for i, letter in enumerate(low):
            if letter in by_head:
                yield i, by_head[letter]
        for i, pair in enumerate(map(str.__add__, low, low[1:])):
            if pair in by_head:
                yield i, by_head[pair]


def _is_abbreviation(written: str) -> bool:
    """Whether its Latin letters are two or more capitals: US, ICBM, USB메모리."""
    latin = [char for char in written if char.isascii() and char.isalpha()]
    return len(latin) > 1 and all(map(str.isupper, latin))


def _breaks(spelling: str) -> frozenset[int]:
    """The letters before which a blank may stand: its own blanks, at the border of a number,
    between parts of two letters or more, and before what kind of place it is (삼지연 시)."""
    letters = spelling.replace(" ", "")
    own = {len(spelling[:i].replace(" ", "")) for i, char in enumerate(spelling) if char == " "}
    between = range(2, len(letters) - 1)
    digits = (i for i in range(1, len(letters)) if letters[i - 1].isdigit() != letters[i].isdigit())
    generic = {len(letters) - 1} if len(letters) > 2 and letters[-1] in _GENERIC else set()
    return frozenset({*own, *between, *digits, *generic})


def _fits_blanks(text: str, places: Sequence[int], first: int, form: Form) -> bool:
    """Whether blanks stand only where they may; invisible signs may stand anywhere."""
    for i in range(1, len(form.letters)):
        gap = text[places[first + i - 1] + 1 : places[first + i]]
        if gap and i not in form.breaks and not all(char in _INVISIBLE for char in gap):
            return False
    return True
