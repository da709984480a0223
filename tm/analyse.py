"""What a memory will save on a job: the segments of files by how well they match.

Each segment is counted once, in the first band that holds: 101 (the same text between the same
neighbours), 100 (the same text), a repetition (the same text as an earlier segment of these files),
a band of fuzzy matches, or new. So the first of several equal segments is in the band of its match
and the others are repetitions, but for those that the memory has as they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from align.article import Lang
from align.batch import LeftOut
from align.errors import InputError, ReadError
from align.reading.reader import read_article
from align.split import Splitter, split_article
from tm.match import CONTEXT, EXACT
from tm.memories import Memories
from tm.search.fold import plain

Band = Literal["101", "100", "repetitions", "95-99", "85-94", "75-84", "50-74", "new"]

#: The bands in the order in which they are shown, with the percentage each begins at.
BANDS: dict[Band, int | None] = {
    "101": CONTEXT,
    "100": EXACT,
    "repetitions": None,
    "95-99": 95,
    "85-94": 85,
    "75-84": 75,
    "50-74": 50,
    "new": 0,
}
_LOWEST = 50


@dataclass(frozen=True, slots=True)
class Count:
    """Segments, their words (eojeols in Korean) and their characters without white space."""

    segments: int = 0
    words: int = 0
    characters: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(
            self.segments + other.segments,
            self.words + other.words,
            self.characters + other.characters,
        )

    @classmethod
    def of(cls, text: str) -> Count:
        words = text.split()
        return cls(1, len(words), sum(map(len, words)))


Counts = dict[Band, Count]


@dataclass(frozen=True, slots=True)
class FileAnalysis:
    """A file, its language, and what is in each band."""

    file: str
    lang: Lang
    counts: Counts


@dataclass(frozen=True, slots=True)
class Analysis:
    """All files, and those that could not be read, each with the reason."""

    files: tuple[FileAnalysis, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def total(self) -> Counts:
        return total(found.counts for found in self.files)


def total(many: Iterator[Counts] | Sequence[Counts]) -> Counts:
    """The sum of several counts, band by band."""
    summed: Counts = dict.fromkeys(BANDS, Count())
    for counts in many:
        for band, count in counts.items():
            summed[band] += count
    return summed


def analyse(
    paths: Sequence[Path],
    memories: Memories,
    *,
    lang: Lang | None = None,
    splitter: Splitter = "auto",
    keep_boilerplate: bool = False,
) -> Analysis:
    """The segments of articles (txt, md, html, docx) by band, file by file in the order given.

    ``lang`` is their language, by default what name or script say of each. Captions, bylines and
    the like are counted with ``keep_boilerplate`` only. A file that cannot be read is left out with
    the reason.
    """
    files: list[FileAnalysis] = []
    left_out: list[LeftOut] = []
    seen: set[str] = set()
    for path in paths:
        try:
            article = read_article(path, lang)
            sentences = split_article(article, splitter=splitter, keep_boilerplate=keep_boilerplate)
        except (ReadError, InputError) as error:
            left_out.append(LeftOut(str(path), error.problem))
            continue
        texts = [plain(sentence.text) for sentence in sentences]
        counts = _counts(texts, article.lang, memories, seen)
        files.append(FileAnalysis(str(path), article.lang, counts))
    return Analysis(tuple(files), tuple(left_out))


def _counts(texts: Sequence[str], lang: Lang, memories: Memories, seen: set[str]) -> Counts:
    counts: Counts = dict.fromkeys(BANDS, Count())
    for number, text in enumerate(texts):
        previous = texts[number - 1] if number else ""
        following = texts[number + 1] if number + 1 < len(texts) else ""
        band = _band(text, lang, memories, (previous, following), is_repeated=text in seen)
        counts[band] += Count.of(text)
        seen.add(text)
    return counts


def _band(
    text: str, lang: Lang, memories: Memories, around: tuple[str, str], *, is_repeated: bool
) -> Band:
    # What is repeated is looked up only as it stands: what is like it was counted the first time.
    found = memories.match(
        text,
        lang=lang,
        limit=1,
        minimum=EXACT if is_repeated else _LOWEST,
        previous=around[0],
        following=around[1],
    )
    percent = max((match.percent for match in found), default=0)
    if is_repeated and percent < EXACT:
        return "repetitions"
    return next(band for band, least in BANDS.items() if least is not None and percent >= least)
