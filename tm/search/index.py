"""The search index: for each language, which units hold which words, and which texts are similar.

The index is derived data. It lives in the memory's own SQLite file, changes in the transaction that
changes the units, and carries the number of the change that it has seen and the version of the
rules it was made by; whoever opens the file makes anew an index that is behind, of other rules, or
damaged. It has two parts:

- lists of units for each token (:mod:`tm.search.postings`), in the order in which a concordance
  shows them, so that the first hits of a common word are there at once;
- signatures (:mod:`tm.search.pages`), for similar sentences; a process that asks more than
  once holds them in memory (:mod:`tm.search.held`).
"""

from __future__ import annotations

import sqlite3
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from secrets import randbits
from typing import TYPE_CHECKING

from align.article import Lang
from tm.search import postings
from tm.search.fold import fold, plain
from tm.search.fuzzy import LONGEST, similarities
from tm.search.postings import LANGS
from tm.search.ranks import ID_MASK, day_of, rank_of, ranks_between
from tm.search.sides import IndexedUnit, batches, sides
from tm.search.tokens import EVERY, RULES, Tokens
from tm.store.filters import conditions
from tm.store.records import Filter, Row

if TYPE_CHECKING:
    from tm.search.held import Held

_SIDE: dict[Lang, str] = {"ko": "source", "en": "target"}

# One in so many units is a good part of them: of new ones, it is worth going through all.
_GOOD_PART = 4

# Rows read at a time: few at first, for most readers want a page of hits, then as many as so far.
_FIRST_ROWS, _MOST_ROWS = 64, 1280

# Texts are compared letter by letter so many at a time, twice as many at least, until none is
# similar enough or a limit is reached.
_TEXTS, _MOST_TEXTS = 150, 750

# Groups of tokens that are asked for, of those that are looked at; units of each that are gone
# through to tell how common it is. One that every tenth unit meets is of no use.
_ASKED, _PROBED_GROUPS, _PROBED, _COMMON_IN = 4, 12, 32, 10

# Queries of which that is remembered.
_TOLD = 100

# Each making of the index has a number drawn at random: what a process holds of one is no part of
# another, even if both have seen the same changes.
_MAKING_BITS = 62


class SearchIndex:
    """The index in a SQLite file. Transactions are the caller's business."""

    def __init__(self, connection: sqlite3.Connection):
        self._connection = connection
        self._held: dict[Lang, Held] = {}
        self._told: dict[tuple[Lang, Tokens], Tokens] = {}  # what _telling last said

    # Keeping

    def is_current(self, change: int) -> bool:
        """Whether the index is there, made by today's rules, and has seen ``change``."""
        try:
            row = self._connection.execute("SELECT rules, change FROM search_index").fetchone()
        except sqlite3.OperationalError:
            return False
        names = [postings.table(lang) for lang in LANGS]
        names += [f"search_signatures_{lang}" for lang in LANGS] + ["search_days"]
        (there,) = self._connection.execute(
            f"SELECT count(*) FROM sqlite_master WHERE name IN ({','.join('?' * len(names))})",
            names,
        ).fetchone()
        return bool(row == (RULES, change) and there == len(names))

    def rebuild(self, units: Iterable[IndexedUnit], change: int) -> None:
        """Make the index anew from all live units."""
        from tm.search import pages

        self._drop()
        self._held.clear()
        postings.make(self._connection)
        for lang in LANGS:
            pages.make(self._connection, lang)
        self._connection.execute(
            "CREATE TABLE search_days (day INTEGER PRIMARY KEY, units INTEGER,"
            " lowest INTEGER, highest INTEGER)"
        )
        self._connection.execute(
            "CREATE TABLE search_index (rules INTEGER, change INTEGER, making INTEGER)"
        )
        self._connection.execute(
            "INSERT INTO search_index VALUES (?, ?, ?)", (RULES, change, randbits(_MAKING_BITS))
        )
        with postings.merged_at_the_end(self._connection):
            self._enter(units, change)

    def add(self, units: Iterable[IndexedUnit], change: int, number: int) -> None:
        """Index so many new units.

        If they are a good part of all, their lists are compacted: lists in many pieces take several
        times as long to read.
        """
        (before,) = self._connection.execute(
            "SELECT coalesce(sum(units), 0) FROM search_days"
        ).fetchone()
        if number * _GOOD_PART < before + number:
            self._enter(units, change)
            return
        with postings.merged_at_the_end(self._connection):
            self._enter(units, change)

    def _enter(self, units: Iterable[IndexedUnit], change: int) -> None:
        from tm.search import pages

        for batch in batches(units):
            for side in sides(batch):
                postings.put(self._connection, side.lang, side.tokens)
                pages.put(self._connection, side.lang, side.signed(), change)
            self._count(batch, 1)
        self._stamp(change)

    def remove(self, units: Iterable[IndexedUnit], change: int) -> None:
        """Take units out; the texts and dates must be those that were indexed."""
        from tm.search import pages

        for batch in batches(units):
            for side in sides(batch):
                postings.take(self._connection, side.lang, side.tokens)
                pages.take(self._connection, side.lang, side.heads(), change)
            self._count(batch, -1)
        self._stamp(change)

    def compact(self) -> None:
        """Make the lists smaller and quicker to read. Nothing else changes."""
        postings.merge(self._connection)

    def problems(self, units: Iterable[IndexedUnit]) -> Iterator[str]:
        """Where the index disagrees with the live units, in words. Reads all of it."""
        from tm.search import pages

        tokens: dict[Lang, Counter[str]] = {lang: Counter() for lang in LANGS}
        signed = Counter[Lang]()
        for batch in batches(units):
            for side in sides(batch):
                for _, held in side.tokens:
                    tokens[side.lang].update({*held.split()})
                signed[side.lang] += side.signed().digest()
        for lang in LANGS:
            listed = sorted(postings.differing(self._connection, lang, tokens[lang]))
            if listed:
                token, found, held_by = listed[0]
                yield (
                    f"{len(listed)} tokens of {lang} texts are listed wrongly, {token!r} for"
                    f" {found} units, not {held_by}"
                )
            kept = sum(page.digest() for page in pages.all_pages(self._connection, lang))
            if kept != signed[lang]:
                yield f"the signatures of {lang} texts are not those of the texts"

    # Asking

    def candidates(
        self, tokens: Tokens, lang: Lang, only: Filter, after: int | None = None
    ) -> Iterator[Row]:
        """The live units that hold one token at least of each group (without groups: all units),
        newest first, from beyond the rank ``after``; read as they are asked for."""
        side = _SIDE[lang]
        if not tokens:
            tokens, lang = ((EVERY,),), "ko"
        name = postings.table(lang)
        met, values = conditions(replace(only, from_date=None, to_date=None))
        articles = "CROSS JOIN articles a ON a.number = u.article" if "a." in met else ""
        statement = (
            f"SELECT f.rowid, u.id, u.{side} FROM {name} f"
            f" CROSS JOIN units u ON u.id = f.rowid & {ID_MASK} {articles}"
            f" WHERE {name} MATCH ? AND f.rowid > ? AND f.rowid <= ? AND {met}"
            " ORDER BY f.rowid LIMIT ?"
        )
        expression = postings.expression(self._telling(tokens, lang))
        first, last = ranks_between(only.from_date, only.to_date)
        reached = first if after is None else max(first, after)
        page, read = _FIRST_ROWS, 0
        while True:
            found = self._connection.execute(
                statement, (expression, reached, last, *values, page)
            ).fetchall()
            yield from map(Row._make, found)
            if len(found) < page:
                return
            reached, read = found[-1][0], read + page
            page = min(read, _MOST_ROWS)

    def count(self, tokens: Tokens, lang: Lang, only: Filter, after: int, most: int) -> int:
        """About how many candidates follow the rank ``after``.

        Counted are ``most`` at most, whatever their status, article and translator; beyond, as
        many are taken to follow as came so far among as many units.
        """
        _, last = span = ranks_between(only.from_date, only.to_date)
        after = max(after, span[0])
        if not tokens:
            tokens, lang = ((EVERY,),), "ko"
        tokens = self._telling(tokens, lang)
        counted, reached = postings.counted(self._connection, tokens, lang, (after, last), most)
        if counted < most:
            return counted
        looked_at, rest = self._units(after, reached), self._units(reached, last)
        return counted + round(counted * rest / max(looked_at, 1))

    def near(self, text: str, lang: Lang, minimum: int) -> list[tuple[str, int]]:
        """The distinct plain texts of live units that are ``minimum`` % similar to ``text`` or
        more, with that percentage, most similar first; not all of them where there are many
        hundreds.

        None is similar to a text of more than :data:`tm.search.fuzzy.LONGEST` characters.
        """
        wanted = plain(text)
        if not 0 < len(wanted) <= LONGEST:
            return []
        ids = self._current(lang).nearest(self._connection, fold(wanted), len(wanted), minimum)
        found: list[tuple[str, int]] = []
        for start in range(0, min(len(ids), _MOST_TEXTS), _TEXTS):
            texts = self._texts(ids[start : start + _TEXTS], lang)
            percents = zip(texts, similarities(wanted, texts, minimum), strict=True)
            similar = [item for item in percents if item[1]]
            if start and not similar:
                break
            found += similar
        return sorted(found, key=lambda item: (-item[1], item[0]))

    def _current(self, lang: Lang) -> Held:
        """The signatures of a language as they are now."""
        from tm.search.held import Held

        (making,) = self._connection.execute("SELECT making FROM search_index").fetchone()
        held = self._held.get(lang)
        if held is None or held.making != making:
            held = self._held[lang] = Held(lang, making)
        held.catch_up(self._connection)
        return held

    def _texts(self, ids: list[int], lang: Lang) -> list[str]:
        """The plain texts of these units, in this order; empty ones for those that are not live."""
        rows = self._connection.execute(
            f"SELECT id, {_SIDE[lang]} FROM units WHERE ended IS NULL"
            f" AND id IN ({','.join(map(str, ids))})"
        )
        # What a damaged disk has made of a text may be bytes; it is like nothing.
        texts = {unit_id: plain(text) for unit_id, text in rows if isinstance(text, str)}
        return [texts.get(unit_id, "") for unit_id in ids]

    # Inside

    def _telling(self, tokens: Tokens, lang: Lang) -> Tokens:
        """The groups that leave out most units, rarest first.

        Those met by many units would cost more time than they save. How many meet a group is told
        by how far one has to go from the newest unit to find some, the first time it is asked for:
        that it is no longer so later makes a search slower at most.
        """
        if len(tokens) == 1:
            return tokens
        if (lang, tokens) not in self._told:
            if len(self._told) == _TOLD:
                self._told.clear()
            self._told[lang, tokens] = self._probed(tokens, lang)
        return self._told[lang, tokens]

    def _probed(self, tokens: Tokens, lang: Lang) -> Tokens:
        if len(tokens) > _PROBED_GROUPS:  # a long quotation: any of its parts tell it
            tokens = tokens[:: -(-len(tokens) // _PROBED_GROUPS)]
        rank_in = postings.reached(self._connection, tokens, lang, _PROBED)
        far_off = sys.maxsize
        (common,) = postings.reached(self._connection, ((EVERY,),), "ko", _PROBED * _COMMON_IN)
        places = {
            group: far_off if rank is None else rank
            for group, rank in zip(tokens, rank_in, strict=True)
        }
        rarest = sorted(places, key=lambda group: (-places[group], group))[:_ASKED]
        uncommon = [group for group in rarest if common is None or places[group] > common]
        return tuple(uncommon or rarest[:2])

    def _units(self, after: int, last: int) -> float:
        """About how many units have ranks from beyond ``after`` to ``last``: those of the days
        between, and the parts of the first and the last day that their ids take up."""
        (between,) = self._connection.execute(
            "SELECT coalesce(sum(units), 0) FROM search_days WHERE day >= ? AND day < ?",
            (day_of(after), day_of(last)),
        ).fetchone()
        return float(between + self._units_of_day(last) - self._units_of_day(after))

    def _units_of_day(self, rank: int) -> float:
        """About how many units of the day of a rank have ranks up to it."""
        row = self._connection.execute(
            "SELECT units, lowest, highest FROM search_days WHERE day = ?", (day_of(rank),)
        ).fetchone()
        if row is None:
            return 0.0
        units, lowest, highest = row
        share = ((rank & ID_MASK) - lowest + 1) / (highest - lowest + 1)
        return float(units * min(max(share, 0), 1))

    def _count(self, units: Iterable[IndexedUnit], sign: int) -> None:
        """Keep how many units a day has, and between which ids they are."""
        days: dict[int, list[int]] = defaultdict(list)
        for unit_id, _, _, date, *_ in units:
            days[day_of(rank_of(unit_id, date))].append(unit_id)
        # In two steps, for the reason given in tm.search.pages.
        self._connection.executemany(
            "INSERT OR IGNORE INTO search_days VALUES (?, 0, ?, ?)",
            ((day, min(ids), max(ids)) for day, ids in days.items()),
        )
        self._connection.executemany(
            "UPDATE search_days SET units = units + ?, lowest = min(lowest, ?),"
            " highest = max(highest, ?) WHERE day = ?",
            ((sign * len(ids), min(ids), max(ids), day) for day, ids in days.items()),
        )

    def _stamp(self, change: int) -> None:
        self._connection.execute("UPDATE search_index SET change = ?", (change,))

    def _drop(self) -> None:
        postings.drop(self._connection)
        tables = ["search_days", "search_index"]
        tables += [f"search_signatures_{lang}" for lang in LANGS]
        for table in tables:
            self._connection.execute(f"DROP TABLE IF EXISTS {table}")


def is_damage(error: sqlite3.DatabaseError) -> bool:
    """Whether an error says that the index is damaged or lost, not the store."""
    code = getattr(error, "sqlite_errorcode", None)
    return code == sqlite3.SQLITE_CORRUPT_VTAB or "no such table: search_" in str(error)
