"""From units to the arrays of a segment."""

from __future__ import annotations

import re
from array import array
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from tm.terms.english import inflection_key, word_pattern
from tm.terms.particles import DOUBTFUL, fits_after
from tm.terms.spelling import has_final
from tm.terms.wordstats.segment import Segment
from tm.terms.wordstats.texts import NO_KEY, Texts
from tm.terms.wordstats.traits import english_traits, gap_traits, korean_traits
from tm.terms.wordstats.vocabulary import Vocabulary, sorted_words
from tm.unit import TranslationUnit

#: Told how many units are done.
Progress = Callable[[int], None]

_WORDS: dict[Lang, re.Pattern[str]] = {
    "ko": re.compile(r"(\w+)"),
    "en": re.compile(f"({word_pattern()})"),
}
# Units between two reports of progress.
_STEP = 1000


def mark_of(unit: TranslationUnit) -> int:
    """64 bits that stand for a unit's texts and its place in its article."""
    where = unit.provenance
    return _hash(f"{where.article}\t{where.position}\t{unit.source}\t{unit.target}")


def segment_of(units: Iterable[TranslationUnit], *, progress: Progress | None = None) -> Segment:
    """The segment of some units, in their order."""
    sides: dict[Lang, _Side] = {"ko": _Side("ko"), "en": _Side("en")}
    ids = array("q")
    marks = array("Q")
    columns: tuple[_Column, ...] = _Column(), _Column(), _Column()
    count = 0
    for count, unit in enumerate(units, start=1):
        sides["ko"].add(unit.source)
        sides["en"].add(unit.target)
        about = unit.provenance
        ids.append(0 if unit.id is None else unit.id)
        marks.append(mark_of(unit))
        for column, text in zip(
            columns, (about.date, about.translator, about.article), strict=True
        ):
            column.add(text or "")
        if progress and count % _STEP == 0:
            progress(count)
    return Segment(
        ko=sides["ko"].texts(),
        en=sides["en"].texts(),
        ids=np.array(ids, dtype=np.int64),
        marks=np.array(marks, dtype=np.uint64),
        dates=columns[0].numbers(),
        translators=columns[1].numbers(),
        articles=columns[2].numbers(),
        date_texts=columns[0].vocabulary(),
        translator_texts=columns[1].vocabulary(),
        article_texts=columns[2].vocabulary(),
    )


def words_of(text: str, lang: Lang) -> Iterator[tuple[int, int]]:
    """Where the words of a text are, as they are cut for the statistics."""
    return (match.span() for match in _WORDS[lang].finditer(text))


class _Numbering(dict[str, int]):
    """Numbers strings as they come; 0 is the empty one."""

    def __init__(self) -> None:
        super().__init__({"": 0})

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number

    def in_order(self) -> tuple[list[str], NDArray[np.int32]]:
        """The strings sorted, and for each number its place among them."""
        words = sorted_words(self)
        places = np.empty(len(words), dtype=np.int32)
        numbers = np.fromiter((self[word] for word in words), np.int64, len(words))
        places[numbers] = np.arange(len(words), dtype=np.int32)
        return words, places


class _Column:
    """One text for each unit, few of them different."""

    def __init__(self) -> None:
        self._numbering = _Numbering()
        self._numbers = array("i")

    def add(self, text: str) -> None:
        self._numbers.append(self._numbering[text])

    def numbers(self) -> NDArray[np.int32]:
        _, places = self._numbering.in_order()
        numbers: NDArray[np.int32] = places[np.array(self._numbers, dtype=np.int32)]
        return numbers

    def vocabulary(self) -> Vocabulary:
        return Vocabulary.of(self._numbering.in_order()[0])


class _Side:
    """The texts of one language, being gathered."""

    def __init__(self, lang: Lang):
        self._lang: Lang = lang
        self._split = _WORDS[lang].split
        self._forms = _Numbering()
        self._gaps = _Numbering()
        self._stream = array("i")
        self._gap_stream = array("i")
        self._starts = array("q", [0])

    def add(self, text: str) -> None:
        parts = self._split(text)
        self._stream.extend(map(self._forms.__getitem__, parts[1::2]))
        self._stream.append(0)
        self._gap_stream.extend(map(self._gaps.__getitem__, parts[::2]))
        self._starts.append(len(self._stream))

    def texts(self) -> Texts:
        forms, places = self._forms.in_order()
        stream = places[np.array(self._stream, dtype=np.int32)]
        gap_texts, gap_places = self._gaps.in_order()
        keys = [self._key(form) for form in forms]
        key_texts = sorted_words(["", *keys])
        number = {key: i for i, key in enumerate(key_texts)}
        key_of = np.fromiter((number[key] for key in keys), np.int32, len(keys))
        counts = np.bincount(stream, minlength=len(forms)).astype(np.int32)
        starts = np.array(self._starts, dtype=np.int64)
        key_stream = key_of[stream]
        order = np.argsort(key_stream, kind="stable").astype(np.int32)
        key_counts = np.bincount(key_stream, minlength=len(key_texts))
        english = self._lang == "en"
        traits = map(self._traits, forms, keys)
        gap_bits = (gap_traits(gap, self._lang) for gap in gap_texts)
        key_starts = np.concatenate([[0], np.cumsum(key_counts)]).astype(np.int64)
        hashes = np.fromiter(map(_hash, key_texts), np.uint64, len(key_texts))
        return Texts(
            forms=Vocabulary.of(forms, with_endings=not english),
            keys=Vocabulary.of(key_texts),
            gap_texts=Vocabulary.of(gap_texts),
            stream=stream,
            gaps=gap_places[np.array(self._gap_stream, dtype=np.int32)],
            gap_traits=np.fromiter(gap_bits, np.uint16, len(gap_texts)),
            starts=starts,
            key_of=key_of,
            traits=np.fromiter(traits, np.uint16, len(forms)),
            form_counts=counts,
            cumulated=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
            key_starts=key_starts,
            key_places=order,
            key_units=_units_of_keys(order, key_starts, starts),
            key_hashes=hashes,
            hash_order=np.argsort(hashes, kind="stable").astype(np.int32),
        )

    def _traits(self, form: str, key: str) -> int:
        if not form:
            return 0
        return english_traits(form) if self._lang == "en" else korean_traits(form, key)

    def _key(self, form: str) -> str:
        if not form:
            return ""
        return inflection_key(form) if self._lang == "en" else korean_key(form)


def _units_of_keys(
    places: NDArray[np.int32], key_starts: NDArray[np.int64], starts: NDArray[np.int64]
) -> NDArray[np.int32]:
    """In how many units each key stands."""
    lengths = np.diff(starts)
    units = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)[places]
    is_new = np.ones(len(places), dtype=np.int64)
    is_new[1:] = units[1:] != units[:-1]
    is_new[key_starts[:-1][key_starts[:-1] < len(places)]] = 1
    total = np.concatenate([[0], np.cumsum(is_new)])
    found: NDArray[np.int32] = (total[key_starts[1:]] - total[key_starts[:-1]]).astype(np.int32)
    found[NO_KEY] = 0
    return found


def _hash(text: str) -> int:
    return int.from_bytes(
        blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big"
    )


def key_hash(key: str) -> int:
    """The 64 bits that stand for a key in every segment."""
    return _hash(key)


_PARTS = re.compile(r"[가-힣]{2,}|[A-Za-z]{2,}|\d+[가-힣]+")


@lru_cache(maxsize=65536)
def korean_key(word: str) -> str:
    """A Korean word without its particles, cut off by rule; empty for one that counts nothing: of
    one syllable, or a bare number."""
    found = _PARTS.match(word)
    if found is None:
        return ""
    head = found.group()
    for cut in range(2, len(head)):
        rest = head[cut:]
        if rest not in DOUBTFUL and _follows(has_final(head[cut - 1]), rest):
            return head[:cut]
    return head


@lru_cache(maxsize=65536)
def _follows(final: str | None, rest: str) -> bool:
    """Whether ``rest`` can be particles or endings after a syllable with this final."""
    last = "가" if final == "" else "갈" if final == "ㄹ" else "0" if final is None else "각"
    return fits_after(last, rest)
