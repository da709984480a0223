"""Which column of a table is what, by the names in its first row or by what stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from tm.exchange.exact import OWN
from tm.exchange.languages import Languages, normal
from tm.search.fold import language

#: What Donju calls its columns, behind those of the two texts. The last holds as JSON what the
#: others cannot say.
OWN_COLUMNS = (
    "article",
    "position",
    "translator",
    "date",
    "origin",
    "confidence",
    "status",
    OWN,
)
_SOURCE = frozenset({"source", "src", "source text", "원문", "출발어"})
_TARGET = frozenset({"target", "tgt", "target text", "translation", "번역", "번역문", "도착어"})
_NAMES = {
    "ko": frozenset({"korean", "한국어", "국문", "한글"}),
    "en": frozenset({"english", "영어", "영문"}),
}
_NOTES = frozenset({"note", "notes", "comment", "comments", "비고", "메모"})
_FIELDS = frozenset({"article", "translator", "date"})
#: How far down the names of the columns may stand, below a title and the like.
_TITLES = 5
#: Rows looked at where no names say which column is which.
_LOOKED_AT = 50


@dataclass(frozen=True, slots=True)
class Columns:
    """Numbers of the columns of a table, from 0. ``fields`` are those with a field of their own by
    name, ``notes`` those with notes, ``names`` those that are kept, by number. ``own`` tables
    were written by Donju. ``head`` is the number of rows up to that with the names, 0 if none has
    them."""

    source: int
    target: int
    fields: dict[str, int]
    notes: tuple[int, ...] = ()
    names: tuple[tuple[int, str], ...] = ()
    own: bool = False
    head: int = 1


def columns_of(rows: Iterable[Sequence[str]], languages: Languages) -> Columns | None:
    """The columns of a table that starts with ``rows``; ``None`` if it cannot be told which of
    them are the two texts."""
    first = [row for row in islice(rows, _LOOKED_AT) if any(cell.strip() for cell in row)]
    if not first:
        return None
    for number, row in enumerate(first[:_TITLES], start=1):
        if (named := _by_names(row, languages)) is not None:
            return replace(named, head=number)
    return _by_texts(first, languages)


def own_header(languages: Languages) -> tuple[str, ...]:
    return (languages.source, languages.target, *OWN_COLUMNS)


def _by_names(row: Sequence[str], languages: Languages) -> Columns | None:
    names = [cell.strip().casefold() for cell in row]
    source = _place(names, languages.source, _SOURCE, languages, "source")
    target = _place(names, languages.target, _TARGET, languages, "target")
    if source is None or target is None or source == target:
        return None
    own = tuple(cell.strip() for cell in row) == own_header(languages)
    fields = {name: names.index(name) for name in OWN_COLUMNS if name in names}
    if not own:
        fields = {name: place for name, place in fields.items() if name in _FIELDS}
    notes = tuple(n for n, name in enumerate(names) if name in _NOTES)
    taken = {source, target, *fields.values(), *notes}
    rest = tuple((n, row[n].strip()) for n in range(len(row)) if n not in taken)
    return Columns(source, target, fields, notes, rest, own)


def _place(
    names: Sequence[str], code: str, general: frozenset[str], languages: Languages, side: str
) -> int | None:
    known = general | _NAMES.get(normal(code), frozenset())
    for number, name in enumerate(names):
        if name in known:
            return number
    for number, name in enumerate(names):
        fit = languages.side(name)
        if fit is not None and fit[0] == side:
            return number
    return None


def _by_texts(rows: Sequence[Sequence[str]], languages: Languages) -> Columns | None:
    """Two columns told apart by their letters, if the languages are Korean and English; else the
    first two."""
    width = max(len(row) for row in rows)
    if width < 2:
        return None
    if {normal(languages.source), normal(languages.target)} != {"ko", "en"}:
        return Columns(0, 1, {}, head=0, names=_rest(width, {0, 1}))
    votes = [_korean_share(row[n] for row in rows if n < len(row)) for n in range(width)]
    lengths = [sum(len(row[n]) for row in rows if n < len(row)) for n in range(width)]
    korean = [n for n in range(width) if votes[n] is not None and (votes[n] or 0) > 0.5]
    english = [n for n in range(width) if votes[n] is not None and (votes[n] or 0) <= 0.5]
    if not korean or not english:
        return None
    ko = max(korean, key=lambda n: lengths[n])
    en = max(english, key=lambda n: lengths[n])
    source, target = (ko, en) if normal(languages.source) == "ko" else (en, ko)
    return Columns(source, target, {}, head=0, names=_rest(width, {ko, en}))


def _korean_share(cells: Iterable[str]) -> float | None:
    texts = [cell for cell in cells if any(character.isalpha() for character in cell)]
    return sum(language(text) == "ko" for text in texts) / len(texts) if texts else None


def _rest(width: int, taken: set[int]) -> tuple[tuple[int, str], ...]:
    return tuple((n, str(n + 1)) for n in range(width) if n not in taken)
