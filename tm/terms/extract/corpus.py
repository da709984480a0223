"""A memory as arrays of word numbers: what counting and alignment work on.

Left out, and told: units that are rejected, that repeat another up to figures, boilerplate, and
texts too long to be sentences.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from tm.search.semantic.source import text_mark
from tm.terms.english import abbreviations, phrase_key
from tm.terms.extract.cache import LONGEST, TOKEN, Analysed, Cache, Tokens
from tm.terms.extract.noise import is_boilerplate, repeat_key, without_dateline
from tm.terms.extract.tokens import Token, english_key, english_tokens, korean_key, korean_tokens
from tm.unit import TranslationUnit

#: Told how many units are read.
Progress = Callable[[int], None]
Numbers = NDArray[np.int64]

_SAVE_EVERY = 5000


@dataclass(frozen=True, slots=True)
class Side:
    """One language of all units, end to end.

    ``tokens`` has shape (n,), with words numbered by first occurrence; unit u has
    ``tokens[starts[u]:starts[u + 1]]``. ``words`` are the keys by number, ``forms`` the plainest
    form of each.
    """

    tokens: Tokens
    starts: Numbers
    words: list[str]
    forms: list[str]

    @property
    def unit_of(self) -> NDArray[np.int32]:
        """The unit of each token, shape (n,)."""
        counts = np.diff(self.starts)
        return np.repeat(np.arange(len(counts), dtype=np.int32), counts)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """How many units were not used, by reason; ``analysed`` of those used were new."""

    rejected: int = 0
    repeated: int = 0
    boilerplate: int = 0
    too_long: int = 0
    analysed: int = 0


@dataclass(frozen=True, slots=True)
class Corpus:
    """``ids`` are the units' numbers, ``articles`` the number of each one's article.

    ``short`` says how often each abbreviation is defined: (full key, short form).
    """

    ids: Numbers
    articles: NDArray[np.int32]
    ko: Side
    en: Side
    short: Counter[tuple[str, str]] = field(default_factory=Counter)
    left_out: LeftOut = LeftOut()

    def __len__(self) -> int:
        return len(self.ids)

    def side(self, lang: Lang) -> Side:
        return self.ko if lang == "ko" else self.en


def read_corpus(
    units: Iterable[TranslationUnit],
    folder: Path | None = None,
    progress: Progress | None = None,
) -> Corpus:
    """The usable units of a memory, those analysed before taken from the cache in ``folder``.

    Raises
    ------
    MemoryFileError: the memory cannot be read, or the cache not be written.
    """
    with Cache.open(folder) as cache:
        return _Reader(cache, progress).corpus(units)


class _Reader:
    def __init__(self, cache: Cache, progress: Progress | None):
        self._cache = cache
        self._kept = cache.units()
        self._next = next(self._kept, None)
        self._progress = progress
        self._gone: list[int] = []
        self._left_out: Counter[str] = Counter()

    def corpus(self, units: Iterable[TranslationUnit]) -> Corpus:
        ids: list[int] = []
        articles: list[int] = []
        names: dict[str, int] = {}
        seen: set[int] = set()
        short: Counter[tuple[str, str]] = Counter()
        sides = _Gathered(), _Gathered()
        for number, unit in enumerate(units):
            if reason := self._reason_to_leave_out(unit, seen):
                self._left_out[reason] += 1
                continue
            analysed = self._analysed(unit, number)
            ids.append(number if unit.id is None else unit.id)
            articles.append(names.setdefault(unit.provenance.article, len(names)))
            short.update(analysed.short)
            for gathered, tokens in zip(sides, (analysed.ko, analysed.en), strict=True):
                gathered.add(tokens)
            if self._cache.waiting >= _SAVE_EVERY:
                self._cache.save()  # whoever stops here loses seconds of work
            if self._progress and not len(ids) % 500:
                self._progress(len(ids))
        self._cache.save(self._rest())
        ko, en = (
            gathered.side(self._cache.forms(lang), _KEYS[lang])
            for gathered, lang in zip(sides, _LANGUAGES, strict=True)
        )
        left_out = LeftOut(**self._left_out)
        return Corpus(
            np.array(ids, np.int64), np.array(articles, np.int32), ko, en, short, left_out
        )

    def _reason_to_leave_out(self, unit: TranslationUnit, seen: set[int]) -> str | None:
        if unit.status == "rejected":
            return "rejected"
        if max(len(unit.source), len(unit.target)) > LONGEST:
            return "too_long"
        if is_boilerplate(unit.source, unit.target):
            return "boilerplate"
        key = repeat_key(unit.source, unit.target)
        if key in seen:
            return "repeated"
        seen.add(key)
        return None

    def _analysed(self, unit: TranslationUnit, number: int) -> Analysed:
        unit_id = number if unit.id is None else unit.id
        mark = text_mark(unit) >> 1  # SQLite's integers have a sign
        if kept := self._find(unit_id, mark):
            return kept
        self._left_out["analysed"] += 1
        return self._cache.put(
            unit_id,
            mark,
            _tokens(unit.source, korean_tokens),
            _tokens(unit.target, english_tokens),
            _short_forms(unit.target),
        )

    def _find(self, unit_id: int, mark: int) -> Analysed | None:
        """Both the memory's units and the kept ones come by number."""
        while self._next is not None and self._next[0] < unit_id:
            self._gone.append(self._next[0])
            self._next = next(self._kept, None)
        if self._next is None or self._next[0] != unit_id:
            return None
        _, kept_mark, analysed = self._next
        self._next = next(self._kept, None)
        return analysed if kept_mark == mark else None

    def _rest(self) -> list[int]:
        while self._next is not None:
            self._gone.append(self._next[0])
            self._next = next(self._kept, None)
        return self._gone


_LANGUAGES: tuple[Lang, Lang] = ("ko", "en")
_KEYS: Mapping[Lang, Callable[[str], str]] = {"ko": korean_key, "en": english_key}


def _tokens(text: str, read: Callable[[str], list[Token]]) -> list[Token]:
    skipped = without_dateline(text)
    tokens = read(text[skipped:])
    if not skipped:
        return tokens
    return [replace(t, start=t.start + skipped, end=t.end + skipped) for t in tokens]


def _short_forms(text: str) -> list[tuple[str, str]]:
    return [(phrase_key(found.full), found.short) for found in abbreviations(text)]


class _Gathered:
    """Tokens of unit after unit, in one piece of memory."""

    def __init__(self) -> None:
        self._data = bytearray()
        self._starts = array("q", [0])

    def add(self, tokens: Tokens) -> None:
        self._data += tokens.tobytes()
        self._starts.append(self._starts[-1] + len(tokens))

    def side(self, forms: Mapping[int, str], key_of: Callable[[str], str]) -> Side:
        """With words numbered by their keys, in the order in which they come."""
        tokens = np.frombuffer(self._data, dtype=TOKEN)
        used, first, numbers = np.unique(tokens["word"], return_index=True, return_inverse=True)
        number: dict[str, int] = {}
        plainest: list[str] = []
        word_of = np.zeros(len(used), np.int64)
        for i in np.argsort(first):
            form = forms[used[i]]
            word = word_of[i] = number.setdefault(key_of(form), len(number))
            if word == len(plainest):
                plainest.append(form)
            plainest[word] = min(plainest[word], form, key=_plainness)
        tokens["word"] = word_of[numbers]
        return Side(tokens, np.array(self._starts, np.int64), list(number), plainest)


def _plainness(form: str) -> tuple[int, bool, str]:
    """Short forms before long ones, lower case before capitals."""
    return len(form), not form.islower(), form
