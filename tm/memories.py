"""Several memories asked together: one's own, a client's, a public one, the less trusted with a
penalty that their matches pay."""

from __future__ import annotations

import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from align.article import Lang
from align.errors import InputError
from tm.memory import Memory, check_page
from tm.search.concordance import CHECKED, Hit, SearchResult
from tm.search.fold import language, plain
from tm.search.query import Kind
from tm.search.ranks import day_of, rank_of
from tm.unit import Status, TranslationUnit

if TYPE_CHECKING:
    from tm.fragments import Fragment, Span
    from tm.match import Match
    from tm.terms.termbase.lookup import Termbase

#: The greatest penalty: a match that pays it is worth nothing.
LARGEST_PENALTY = 100


@dataclass(frozen=True, slots=True)
class Choice:
    """A memory file, and how many per cent its matches are worth less."""

    path: Path
    penalty: int = 0

    @classmethod
    def parse(cls, written: str) -> Choice:
        """``public.tm:10`` is public.tm with a penalty of 10, unless a file is named so.

        Raises
        ------
        InputError: the penalty is above 100.
        """
        name, colon, number = written.rpartition(":")
        if not (colon and name and number.isascii() and number.isdigit()) or Path(written).exists():
            return cls(Path(written))
        if int(number) > LARGEST_PENALTY:
            raise InputError(
                f"a penalty of {number}", place=written, remedy="give 0 to 100, as in public.tm:10"
            )
        return cls(Path(name), int(number))


class Memories:
    """Several memories, asked as one. Use it in a ``with`` statement.

    >>> with Memories.open([Choice(Path("own.tm")), Choice(Path("public.tm"), 10)]) as memories:
    ...     for match in memories.match("돈주들이 아파트 건설에 투자했다."):
    ...         print(match.percent, match.memory, match.unit.target)
    """

    def __init__(self, members: Sequence[tuple[Memory, str, int]]):
        """``members``: each memory with its name and its penalty."""
        self.members = tuple(members)
        self._is_one = len(self.members) == 1

    @classmethod
    def open(cls, choices: Iterable[Choice]) -> Memories:
        """The memories in these files; a file named twice is asked once, as named first.

        Raises
        ------
        MemoryFileError: one of them is missing, is no memory, or cannot be opened.
        """
        members: dict[Path, tuple[Memory, str, int]] = {}
        with ExitStack() as opened:
            for choice in choices:
                place = choice.path.resolve()
                if place not in members:
                    memory = opened.enter_context(Memory.open(choice.path))
                    members[place] = memory, str(choice.path), choice.penalty
            opened.pop_all()
        return cls(list(members.values()))

    def close(self) -> None:
        with ExitStack() as closing:
            for memory, _, _ in self.members:
                closing.callback(memory.close)

    def __enter__(self) -> Memories:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def match(
        self,
        sentence: str,
        *,
        lang: Lang | None = None,
        limit: int = 5,
        minimum: int = 70,
        previous: str | None = None,
        following: str | None = None,
        semantic: bool = False,
    ) -> list[Match]:
        """As :meth:`tm.memory.Memory.match` answers, best first after the penalties.

        A match says which memory it is from, if several were asked, and what penalty it paid;
        ``minimum`` holds after it. A pair of texts that several memories have comes once, from the
        one where it is worth most.
        All that are worth 100 or more are returned, others fill up to the limit.
        """
        found: list[Match] = []
        for memory, name, penalty in self.members:
            own = memory.match(
                sentence,
                lang=lang,
                limit=limit,
                minimum=minimum,
                previous=previous,
                following=following,
                semantic=semantic,
            )
            found += [_penalised(match, name * (not self._is_one), penalty) for match in own]
        found = [m for m in found if m.kind == "semantic" or m.percent >= minimum]
        found.sort(key=lambda match: -match.score)
        return _distinct(found, lang or language(plain(sentence)), limit)

    def fragments(
        self, sentence: str, *, lang: Lang | None = None, limit: int = 5
    ) -> list[Fragment]:
        """Phrases of a sentence that a memory has: see :func:`tm.fragments.fragments`. The memories
        are asked in the order given; a phrase that an earlier one has is not shown again."""
        from tm.fragments import fragments

        found: list[Fragment] = []
        for memory, name, _ in self.members:
            for fragment in fragments(memory.store, sentence, lang=lang, limit=limit):
                if not any(_covers(one.query_span, fragment.query_span) for one in found):
                    found.append(replace(fragment, memory=name * (not self._is_one)))
        return sorted(found, key=lambda f: f.query_span[0] - f.query_span[1])[:limit]

    def search(
        self,
        text: str,
        *,
        lang: Lang | None = None,
        kind: Kind = "text",
        limit: int = 20,
        offset: int = 0,
        article: str | None = None,
        translator: str | None = None,
        status: Status | None = None,
        from_date: str | None = None,
        to_date: str | None = None,
        checked: int = CHECKED,
    ) -> SearchResult:
        """As :meth:`tm.memory.Memory.search` answers, for all memories together.

        The hits come newest first, those of one day by the order of the memories, and say which
        memory they are from, if several were asked. The total is that of all, and exact if each
        is. A unit that two memories have is a hit in both.
        """
        check_page(limit, offset)
        skipped = offset if self._is_one else 0
        found: list[Hit] = []
        total, is_exact = 0, True
        for memory, name, _ in self.members:
            own = memory.search(
                text,
                lang=lang,
                kind=kind,
                limit=offset - skipped + limit,
                offset=skipped,
                article=article,
                translator=translator,
                status=status,
                from_date=from_date,
                to_date=to_date,
                checked=checked,
            )
            found += [replace(hit, memory=name * (not self._is_one)) for hit in own.hits]
            total += own.total
            is_exact = is_exact and own.is_exact
        found.sort(key=lambda hit: day_of(rank_of(0, hit.unit.provenance.date)))
        return SearchResult(tuple(found[offset - skipped :][:limit]), total, is_exact)

    def with_renderings(
        self, result: SearchResult, text: str, lang: Lang, termbase: Termbase | None = None
    ) -> SearchResult:
        """As :meth:`tm.memory.Memory.with_renderings` marks them. Each memory is asked about its
        own hits first; what it cannot tell of them, the others may."""
        hits = list(result.hits)
        asked = [(memory, name, own) for own in (True, False) for memory, name, _ in self.members]
        for memory, name, own in asked:
            places = [
                place
                for place, hit in enumerate(hits)
                if not hit.rendering_spans and (hit.memory in ("", name)) == own
            ]
            if places:
                some = replace(result, hits=tuple(hits[place] for place in places))
                told = memory.with_renderings(some, text, lang, termbase)
                for place, hit in zip(places, told.hits, strict=True):
                    hits[place] = hit
        return replace(result, hits=tuple(hits))

    # What suggestions and consistency checks ask: see tm.terms.renderings.background.UnitSource

    def units(self) -> Iterator[TranslationUnit]:
        """All units of all memories. Numbers are those of their own memory."""
        return chain.from_iterable(memory.units() for memory, _, _ in self.members)

    def units_containing(self, text: str, lang: Lang) -> list[TranslationUnit]:
        """All units in which ``text`` stands in ``lang``, memory by memory. A unit that an earlier
        memory has in the same place of the same article, as copies do, comes once."""
        found: dict[TranslationUnit, TranslationUnit] = {}
        for memory, _, _ in self.members:
            for unit in memory.units_containing(text, lang):
                found.setdefault(unit, unit)
        return list(found.values())

    def unit_count(self) -> int:
        return sum(memory.unit_count() for memory, _, _ in self.members)

    def termbase(self) -> Termbase:
        """The terms that are kept in the memories: where several know one, the earlier decides."""
        from tm.terms.termbase.lookup import Termbase

        found = Termbase(())
        for memory, _, _ in reversed(self.members):
            found = memory.termbase().over(found)
        return found

    def semantic_notes(self) -> list[str]:
        """Why meanings were not or not wholly compared, for people; empty if they were."""
        notes: list[str] = []
        without: list[str] = []
        for memory, name, _ in self.members:
            index = memory.semantic_index()
            if index is not None:
                notes += [f"{name}: {note}" for note in index.notes]
                without += [name] * (index.is_empty and not index.notes)
        if without:
            named = ", ".join(without)
            remedy = f"donju memory embed -m {shlex.quote(without[0])}"
            notes.append(f"no vectors in {named}: meanings were not compared ({remedy})")
        return notes


def _covers(one: Span, other: Span) -> bool:
    return one[0] <= other[0] and other[1] <= one[1]


def _penalised(match: Match, memory: str, penalty: int) -> Match:
    percent = max(0, match.percent - penalty)
    score = match.score
    if match.kind != "semantic":
        score -= penalty
    else:
        score *= 1 - penalty / LARGEST_PENALTY
    return replace(match, percent=percent, score=score, memory=memory, penalty=penalty)


def _distinct(found: Iterable[Match], lang: Lang, limit: int) -> list[Match]:
    from tm.match import text_of

    seen: set[tuple[str, str]] = set()
    kept: list[Match] = []
    other: Lang = "en" if lang == "ko" else "ko"
    for match in found:
        texts = plain(text_of(match.unit, lang)), plain(text_of(match.unit, other))
        if texts in seen or (len(kept) >= limit and match.percent < 100):
            continue
        seen.add(texts)
        kept.append(match)
    return kept
