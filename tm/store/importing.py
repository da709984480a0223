"""Importing the units of a file: a stream, of which only a batch is held at a time.

A unit that names its article and its place in it claims them; any other belongs to the file (or to
the article it names) and gets the next free place. What is there already is told by:

- a unit at the claimed place with the same source: the same unit. Where it says something else,
  it is replaced, unless the file is told to be the older; with another target, only if the file is
  told to be the newer.
- otherwise a unit of the same article with the same texts and context: the same unit, replaced
  where the rest of it differs, unless the file is told to be the older.

Two units of one file are never taken for one another unless they say the same in everything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from align.errors import InputError
from tm.store.details import details_of
from tm.store.records import ArticleRecord, Imported
from tm.store.rows import (
    CONTENT,
    SELECT_ARTICLE,
    Content,
    article_of,
    check_texts,
    content_of,
    described,
)
from tm.store.writing import Form, Writing, pages
from tm.unit import Details, TranslationUnit

#: Units taken in at a time: enough to be quick, few enough to hold.
_BATCH = 8000

# A position beyond this is no place in an article.
_PLACES = 1 << 53


@dataclass(slots=True)
class _Article:
    """An article that units go into: its row's number, and the next free place."""

    number: int
    record: ArticleRecord
    next_position: int


class _Told(NamedTuple):
    """A unit of the file: the article it goes to, the place it claims, what it says."""

    article: _Article
    claim: int | None
    details: Details | None
    content: Content


class _Known(NamedTuple):
    """A live unit that one of the file may be the same as."""

    id: int
    position: int
    content: Content


_Place = tuple[int, int]  # number of the article, position
_Texts = tuple[int, int, int]  # key of the source, number of the article, key of the target


def import_units(
    writing: Writing, units: Iterable[TranslationUnit], record: ArticleRecord
) -> Imported:
    """Store those units that are not there yet. See :meth:`tm.store.Store.import_units`."""
    if not record.id.strip():
        raise InputError("an import needs an id", remedy="name it, for example by its file")
    check_texts(f"{record.id}, description", described(record))
    articles = _Articles(writing, record)
    stored = already = replaced = 0
    met = bytearray(writing.units_before + 1)  # which known units stood in the file already
    rest = iter(units)
    while batch := list(islice(rest, _BATCH)):
        told = [articles.told(unit, stored + already + i) for i, unit in enumerate(batch)]
        forms = _Batch(writing, told, met).forms()
        outdated = [form.replaces for form in forms if form.replaces is not None]
        writing.end(outdated)
        writing.bear(forms)
        stored += len(forms)
        already += len(batch) - len(forms)
        replaced += len(outdated)
    return Imported(stored, already, replaced)


class _Articles:
    """The articles that the units of a file belong to, made where the memory has none."""

    def __init__(self, writing: Writing, record: ArticleRecord):
        self._writing = writing
        self._record = record
        self._found: dict[str, _Article] = {}

    def told(self, unit: TranslationUnit, number: int) -> _Told:
        where = unit.provenance
        name = where.article or self._record.id
        article = self._found.get(name)
        if article is None:
            article = self._found[name] = self._known(name) or self._made(name)
        claim = where.position if where.article and 0 <= where.position < _PLACES else None
        content = content_of(unit, article.record, f"{self._record.id}, unit {number}")
        return _Told(article, claim, unit.details, content)

    def _known(self, name: str) -> _Article | None:
        connection = self._writing.connection
        row = connection.execute(
            f"{SELECT_ARTICLE} WHERE a.id = ? AND a.ended IS NULL", (name,)
        ).fetchone()
        if row is None:
            return None
        number, free = connection.execute(
            "SELECT number, (SELECT coalesce(max(position), -1) + 1 FROM units"
            " WHERE article = number AND ended IS NULL)"
            " FROM articles WHERE id = ? AND ended IS NULL",
            (name,),
        ).fetchone()
        return _Article(number, article_of(row), free)

    def _made(self, name: str) -> _Article:
        about = self._record
        if name != about.id:
            about = ArticleRecord(
                name, file_ko=about.file_ko, file_en=about.file_en, kept=about.kept
            )
            check_texts(f"{self._record.id}, name of an article", [name])
        return _Article(self._writing.open_article(about, None), about, 0)


class _Batch:
    """Some units of a file, beside the units of the memory that they may be the same as."""

    def __init__(self, writing: Writing, told: list[_Told], met: bytearray):
        self._writing = writing
        self._told = told
        self._met = met
        self._places = self._occupied()
        self._alike = self._with_same_texts()

    def forms(self) -> list[Form]:
        """The units to be stored, in order."""
        made = (self._form(unit) for unit in self._told)
        return [form for form in made if form is not None]

    def _form(self, unit: _Told) -> Form | None:
        known = self._same(unit)
        if known is None:
            return self._made(unit, None, self._place(unit), unit.content)
        if known.id < len(self._met):
            self._met[known.id] = True
        content = _with_judgement(unit.content, known.content)
        if content == known.content or _is_older(unit.details, _details(known)):
            return None
        return self._made(unit, known, known.position, content)

    def _made(self, unit: _Told, known: _Known | None, position: int, content: Content) -> Form:
        number = unit.article.number
        unit.article.next_position = max(unit.article.next_position, position + 1)
        new = _Known(self._writing.next_id(), position, content)
        alike = self._alike[_texts(unit)]
        if known in alike:
            alike.remove(known)
        alike.append(new)
        self._places[number, position] = new
        return Form(new.id, number, position, known and known.id, content)

    def _place(self, unit: _Told) -> int:
        """The place claimed, if it is free, or else the next one."""
        if unit.claim is None or (unit.article.number, unit.claim) in self._places:
            return unit.article.next_position
        return unit.claim

    def _same(self, unit: _Told) -> _Known | None:
        """The live unit that this one is a copy or another form of."""
        if unit.claim is not None:
            there = self._places.get((unit.article.number, unit.claim))
            if there is None:
                return None
            if self._is_same_at_place(unit, there):
                return there
        same = [known for known in self._alike[_texts(unit)] if _has_same_texts(unit, known)]
        for known in same:
            if _with_judgement(unit.content, known.content) == known.content:
                return known
        if unit.claim is not None:
            return None
        context = unit.details and unit.details.context
        for known in same:
            if self._is_replaceable(known) and context == _context(known):
                return known
        return None

    def _is_same_at_place(self, unit: _Told, there: _Known) -> bool:
        if there.content.source != unit.content.source or not self._is_replaceable(there):
            return False
        return there.content.target == unit.content.target or _is_newer(
            unit.details, _details(there)
        )

    def _is_replaceable(self, known: _Known) -> bool:
        """Whether it was there before this file, and no unit of the file was the same."""
        return known.id < len(self._met) and not self._met[known.id]

    def _occupied(self) -> dict[_Place, _Known]:
        """The units at the places that are claimed. No unit is beyond an article's last place."""
        claims = [
            (unit.article.number, unit.claim)
            for unit in self._told
            if unit.claim is not None and unit.claim < unit.article.next_position
        ]
        found = self._known_units("(u.article, u.position)", claims)
        return {(article, known.position): known for article, known in found}

    def _with_same_texts(self) -> dict[_Texts, list[_Known]]:
        contested = self._contested()
        wanted = {_texts(unit) for unit in self._told if unit.article.number in contested}
        columns = "(u.source_key, u.article, u.target_key)"
        found: dict[_Texts, list[_Known]] = defaultdict(list)
        for article, known in self._known_units(columns, sorted(wanted)):
            found[known.content.source_key, article, known.content.target_key].append(known)
        return found

    def _contested(self) -> set[int]:
        """Articles in which not every unit will just get the place that it claims."""
        claimed: set[tuple[int, int | None]] = set()
        contested: set[int] = set()
        for unit in self._told:
            place = (unit.article.number, unit.claim)
            if unit.claim is None or place in self._places or place in claimed:
                contested.add(unit.article.number)
            claimed.add(place)
        return contested

    def _known_units(
        self, columns: str, asked: Sequence[tuple[int, ...]]
    ) -> Iterator[tuple[int, _Known]]:
        """The live units whose ``columns`` are as asked for, by id, and their articles."""
        marks = f"({', '.join('?' * len(asked[0]))})" if asked else ""
        for page in pages(asked):
            rows = self._writing.connection.execute(
                f"WITH asked AS (VALUES {', '.join([marks] * len(page))})"
                f" SELECT u.article, u.id, u.position, {CONTENT} FROM asked CROSS JOIN units u"
                f" ON {columns} = ({', '.join(f'column{i + 1}' for i in range(len(asked[0])))})"
                " WHERE u.ended IS NULL ORDER BY u.id",
                [number for numbers in page for number in numbers],
            )
            for article, unit, position, *content in rows:
                yield article, _Known(unit, position, Content(*content))


def _texts(unit: _Told) -> _Texts:
    return unit.content.source_key, unit.article.number, unit.content.target_key


def _has_same_texts(unit: _Told, known: _Known) -> bool:
    one, other = unit.content, known.content
    return (one.source, one.target) == (other.source, other.target)


def _with_judgement(told: Content, known: Content) -> Content:
    """What a file tells, with the status that the memory knows if it only says draft."""
    if told.status == "draft" and told.target == known.target:
        return told._replace(status=known.status)
    return told


def _details(known: _Known) -> Details | None:
    return details_of(known.content.details)


def _context(known: _Known) -> object:
    details = _details(known)
    return details and details.context


def _is_older(one: Details | None, other: Details | None) -> bool:
    return _time(one) != "" and _time(one) < _time(other)


def _is_newer(one: Details | None, other: Details | None) -> bool:
    return _time(one) > _time(other)


def _time(details: Details | None) -> str:
    """When a unit was last changed, as digits (20190131235900), or nothing."""
    told = details and (details.changed or details.created)
    return "".join(filter(str.isdigit, told or ""))[:14]
