"""Two texts of any length: read, cut into pieces where they are long, and aligned.

A text the size of an article is searched at once. A longer one is cut at sure places
(:mod:`align.pieces`) and each piece is aligned as if it were an article, so that time and memory
grow with the length. What moved from one piece to another is joined afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import astuple, dataclass

import numpy as np

from align.alignment import Bead, in_reading_order
from align.article import Lang
from align.encoder import Encoder, Floats
from align.fixed import Fixed, left_over
from align.neighbours import Ints, nearest
from align.path import LIKELY, best_beads, moved_beads
from align.pieces import Piece, pieces
from align.reference import Usual
from align.runs import Runs, runs_of
from align.score import LONGEST, Levels, lattice
from align.side import Side, side

#: How many pieces away at least, either way, sentences that moved to another are looked for.
_FAR = 40


@dataclass(frozen=True, slots=True)
class TextVectors:
    """The sentences of one text, the number of each one's paragraph, and their vectors."""

    lang: Lang
    sentences: Sequence[str]
    paragraphs: Sequence[int]
    runs: Runs

    def __len__(self) -> int:
        return len(self.sentences)

    def side(self, start: int, stop: int) -> Side:
        """What the aligner reads in sentences ``start`` … ``stop`` - 1."""
        return side(
            self.lang,
            self.sentences[start:stop],
            self.runs.part(start, stop),
            self.paragraphs[start:stop],
        )


def text_vectors(
    lang: Lang, sentences: Sequence[str], paragraphs: Sequence[int], encoder: Encoder, usual: Usual
) -> TextVectors:
    """A text with the vectors of its runs of sentences.

    Raises
    ------
    InputError: the encoder gives no usable vectors.
    """
    mean = usual.ko_mean if lang == "ko" else usual.en_mean
    return TextVectors(lang, sentences, paragraphs, runs_of(encoder, sentences, LONGEST, mean))


def beads_of(ko: TextVectors, en: TextVectors, usual: Usual, fixed: Fixed) -> list[Bead]:
    """Beads that cover all sentences, in the order :class:`align.Alignment` promises.

    Sentences of fixed beads that reach outside these texts are in none.
    """
    parts = pieces(ko.runs, en.runs, usual.random)
    if len(parts) == 1:
        made = lattice(ko.side(0, len(ko)), en.side(0, len(en)), usual, fixed=fixed)
        return best_beads(made, fixed)
    beads: list[Bead] = []
    levels: list[Levels] = []
    for part in parts:
        held = fixed.part(range(part.ko_start, part.ko_stop), range(part.en_start, part.en_stop))
        if part.ko_start == part.ko_stop or part.en_start == part.en_stop:
            beads += [b for b in _all_nulls(part) if not fixed.touches(b.ko, b.en)]
            beads += [b.shifted(part.ko_start, part.en_start) for b in left_over(held, ())]
            continue
        ko_side, en_side = _sides(ko, en, part)
        made = lattice(ko_side, en_side, usual, fixed=held)
        levels.append(made.levels)
        beads += [b.shifted(part.ko_start, part.en_start) for b in best_beads(made, held)]
    beads += left_over(fixed, beads)
    return in_reading_order(_moved_across(ko, en, usual, parts, levels, beads))


def _sides(ko: TextVectors, en: TextVectors, part: Piece) -> tuple[Side, Side]:
    return ko.side(part.ko_start, part.ko_stop), en.side(part.en_start, part.en_stop)


def _all_nulls(part: Piece) -> list[Bead]:
    nulls = [Bead((i,), (), 1.0) for i in range(part.ko_start, part.ko_stop)]
    return nulls + [Bead((), (j,), 1.0) for j in range(part.en_start, part.en_stop)]


def _moved_across(
    ko: TextVectors,
    en: TextVectors,
    usual: Usual,
    parts: Sequence[Piece],
    levels: Sequence[Levels],
    beads: list[Bead],
) -> list[Bead]:
    """``beads`` with nulls of different pieces joined where they are translations."""
    ko_free = {b.ko[0] for b in beads if not b.en and not b.fixed}
    en_free = {b.en[0] for b in beads if not b.ko and not b.fixed}
    if not ko_free or not en_free or not levels:
        return beads
    level = Levels(*np.median([astuple(piece) for piece in levels], axis=0).tolist())
    joined: list[Bead] = []
    for p, q in _likely_pieces(ko, en, parts, level, ko_free, en_free):
        part = Piece(parts[p].ko_start, parts[p].ko_stop, parts[q].en_start, parts[q].en_stop)
        made = lattice(*_sides(ko, en, part), usual, levels=level)
        found = moved_beads(
            made,
            {i - part.ko_start for i in range(part.ko_start, part.ko_stop) if i in ko_free},
            {j - part.en_start for j in range(part.en_start, part.en_stop) if j in en_free},
        )
        for bead in (b.shifted(part.ko_start, part.en_start) for b in found):
            joined.append(bead)
            ko_free.difference_update(bead.ko)
            en_free.difference_update(bead.en)
    gone = {((i,), ()) for b in joined for i in b.ko} | {((), (j,)) for b in joined for j in b.en}
    return [b for b in beads if (b.ko, b.en) not in gone] + joined


def _likely_pieces(
    ko: TextVectors,
    en: TextVectors,
    parts: Sequence[Piece],
    level: Levels,
    ko_free: set[int],
    en_free: set[int],
) -> list[tuple[int, int]]:
    """Pieces of the Korean and of the English text that may hold a sentence that moved, by number.

    Free sentences that are each other's nearest, and near, among the Korean ones of ``_FAR`` pieces
    and the English ones of these, the ``_FAR`` before and the ``_FAR`` after.
    """
    ko_starts = np.array([part.ko_start for part in parts])
    en_starts = np.array([part.en_start for part in parts])
    found: dict[tuple[int, int], float] = defaultdict(float)
    least = level.random + LIKELY * (level.true - level.random)
    for first in range(0, len(parts), _FAR):
        here = parts[first : first + _FAR]
        around = parts[max(first - _FAR, 0) : first + 2 * _FAR]
        rows = _within(ko_free, here[0].ko_start, here[-1].ko_stop)
        columns = _within(en_free, around[0].en_start, around[-1].en_stop)
        if not len(rows) or not len(columns):
            continue
        ko_vectors, en_vectors = _single(ko.runs, rows), _single(en.runs, columns)
        near, j = (column[:, 0] for column in nearest(ko_vectors, en_vectors, 1))
        back = nearest(en_vectors, ko_vectors, 1)[1][:, 0]
        for row in np.flatnonzero((near > least) & (back[j] == np.arange(len(rows)))):
            p = int(np.searchsorted(ko_starts, rows[row], side="right")) - 1
            q = int(np.searchsorted(en_starts, columns[j[row]], side="right")) - 1
            if p != q:
                found[p, q] = max(found[p, q], float(near[row]))
    return sorted(found, key=lambda pair: (-found[pair], pair))


def _within(free: set[int], start: int, stop: int) -> Ints:
    return np.array(sorted(k for k in free if start <= k < stop), dtype=np.int64)


def _single(runs: Runs, rows: Ints) -> Floats:
    """Vectors of single sentences by their ascending numbers, not none; shape (rows, dim)."""
    start = int(rows[0])
    vectors: Floats = runs.take(1, start, int(rows[-1]) + 1)[rows - start]
    return vectors
