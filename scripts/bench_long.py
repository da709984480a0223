"""Align long texts: how time, memory and quality go with their length.

    python scripts/bench_long.py A.ko A.en [--lengths 1000,5000,20000,50000] [--encoder NAME]
                                 [--changed SHARE] [--seed N] [--peers] [--peers-up-to N]

Two files that are parallel line by line, a sentence each, in the order of a text, make documents of
which the gold beads are known: from the first lines on, until one side has as many sentences as the
length asks for. A share of the lines (``--changed``, .2) is changed at random: a quarter of these
each loses its Korean sentence, loses its English one, or has one of the two joined with that of the
next line. Pairs of lines of which one is blank are passed over.

For each length, in a process of its own, in one thread:

- *embedding*: processor seconds spent in the encoder;
- *alignment*: all other processor seconds from the sentences to the beads, and how many sentences
  of both sides that is in a second;
- *memory*: the peak of resident memory, with encoder and vectors, and what was resident before;
- strict, lax and null F1, see ``align_score.py``.

``--peers`` does the same with sentweave, up to ``--peers-up-to`` sentences a side (5,000): it
embeds eight runs for every sentence.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align.errors import DonjuError, InputError, ReadError
from align_documents import Document, Pair
from align_measure import ONE_THREAD, WARMING, Watched, encoder_of, parts_called, peak_mb
from align_peers import BY_NAME, OURS
from align_score import Tally

if TYPE_CHECKING:
    from align.encoder import Encoder, Floats

PEER = "sentweave"
#: Sentences of the text an aligner is warmed up with, long enough to be cut into pieces.
_WARM = 600


@dataclass(frozen=True, slots=True)
class Figures:
    """What one document took: processor seconds, and memory in units of 2²⁰ bytes."""

    embedding: float
    alignment: float
    loaded_mb: float | None
    peak_mb: float | None
    tally: Tally


def main(arguments: Sequence[str] | None = None) -> int:
    options = parsed(arguments)
    try:
        lines = parallel_lines(options.korean, options.english)
        print(row(HEADINGS))
        for length in options.lengths:
            document = changed(lines, length, options.changed, options.seed)
            if max(len(document.ko), len(document.en)) < length:
                print(f"only {len(lines):,} lines: {length:,} is left out", file=sys.stderr)
                continue
            for name in aligners(options, length):
                print(row(measured(name, document, options.encoder)), flush=True)
    except DonjuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("korean", type=Path, help="Korean sentences, one a line")
    parser.add_argument("english", type=Path, help="their translations, line by line")
    parser.add_argument("--lengths", type=lengths, default=lengths("1000,5000,20000,50000"))
    parser.add_argument("--encoder", default="builtin")
    parser.add_argument("--changed", type=float, default=0.2, metavar="SHARE")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--peers", action="store_true", help=f"{PEER} beside it")
    parser.add_argument("--peers-up-to", type=int, default=5_000, metavar="N")
    options = parser.parse_args(arguments)
    if not 0 <= options.changed <= 1:
        parser.error("--changed must lie between 0 and 1")
    return options


def lengths(text: str) -> list[int]:
    found = [int(part) for part in text.split(",")]
    if min(found) < 1:
        raise ValueError("a length must be at least 1")
    return found


def aligners(options: argparse.Namespace, length: int) -> list[str]:
    names = [OURS.name]
    if options.peers and not BY_NAME[PEER].is_installed:
        raise InputError(f"{PEER} is not installed", remedy="pip install 'donju[bench]'")
    if options.peers and length <= options.peers_up_to:
        names.append(PEER)
    return names


def parallel_lines(korean: Path, english: Path) -> list[tuple[str, str]]:
    """The pairs of lines of which neither is blank.

    Raises
    ------
    ReadError: a file cannot be read as UTF-8 text.
    InputError: the files are not equally long.
    """
    sides = []
    for path in (korean, english):
        try:
            sides.append(path.read_text(encoding="utf-8").rstrip("\n").split("\n"))
        except (OSError, ValueError) as error:
            raise ReadError(
                f"cannot be read ({error})", place=path, remedy="give a file of lines in UTF-8"
            ) from error
    ko, en = sides
    if len(ko) != len(en):
        raise InputError(
            f"{len(en):,} lines, but {len(ko):,} Korean ones",
            place=english,
            remedy="give two files in which the same lines translate each other",
        )
    return [(k, e) for k, e in zip(ko, en, strict=True) if k.strip() and e.strip()]


def changed(lines: Sequence[tuple[str, str]], length: int, share: float, seed: int) -> Document:
    """A document of the first ``lines``, changed at random, with the beads that this leaves.

    Its longer side has ``length`` sentences, or all there are.
    """
    chance = random.Random(seed)
    ko: list[str] = []
    en: list[str] = []
    gold: list[Pair] = []
    at = 0
    while at < len(lines) and max(len(ko), len(en)) < length:
        kind = chance.choice(("no ko", "no en", "ko", "en")) if chance.random() < share else ""
        count = 2 if kind in ("ko", "en") and at + 1 < len(lines) else 1
        pairs = lines[at : at + count]
        ko_new = [] if kind == "no ko" else [pair[0] for pair in pairs]
        en_new = [] if kind == "no en" else [pair[1] for pair in pairs]
        ko_new = [" ".join(ko_new)] if kind == "ko" else ko_new
        en_new = [" ".join(en_new)] if kind == "en" else en_new
        gold.append(
            (
                tuple(range(len(ko), len(ko) + len(ko_new))),
                tuple(range(len(en), len(en) + len(en_new))),
            )
        )
        ko += ko_new
        en += en_new
        at += count
    return Document(f"{length}", f"{length:,}", tuple(ko), tuple(en), tuple(gold))


HEADINGS = (
    "aligner",
    "sentences",
    "embedding s",
    "alignment s",
    "sentences/s",
    "loaded MB",
    "peak MB",
    "strict",
    "lax",
    "null",
)


def row(cells: Sequence[str]) -> str:
    name, sentences, *rest = cells
    return "  ".join([name.ljust(9), sentences.rjust(15), *(cell.rjust(11) for cell in rest)])


def measured(name: str, document: Document, encoder: str) -> tuple[str, ...]:
    """A row of the table: what the aligner called ``name`` does in a process of its own."""
    sizes = f"{len(document.ko):,} × {len(document.en):,}"
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            found = pool.submit(measured_here, name, document, encoder).result()
    except BrokenProcessPool:
        return (name, sizes, "its process died (out of memory, maybe)")
    scores = (found.tally.strict_f1, found.tally.lax_f1, found.tally.null_f1)
    return (
        name,
        sizes,
        f"{found.embedding:,.1f}",
        f"{found.alignment:,.2f}",
        f"{document.size / found.alignment:,.0f}",
        *("unknown" if mb is None else f"{mb:,.0f}" for mb in (found.loaded_mb, found.peak_mb)),
        *(f"{score:.3f}" for score in scores),
    )


def measured_here(name: str, document: Document, encoder: str) -> Figures:
    """As :func:`measured`, in this process."""
    os.environ.update(ONE_THREAD)  # before the libraries that read it are loaded
    clock = Clock()
    aligned = BY_NAME[name].made(encoder_of([timed(part, clock) for part in parts_called(encoder)]))
    repeated = -(-_WARM // len(WARMING[0]))
    aligned(WARMING[0] * repeated, WARMING[1] * repeated)
    loaded_mb = peak_mb()
    clock.seconds = 0.0
    start = time.process_time()
    beads = aligned(document.ko, document.en)
    seconds = time.process_time() - start
    tally = Tally()
    tally.add(document.gold or (), beads)
    return Figures(clock.seconds, seconds - clock.seconds, loaded_mb, peak_mb(), tally)


class Clock:
    """Processor seconds spent embedding."""

    def __init__(self) -> None:
        self.seconds = 0.0


def timed(encoder: Encoder, clock: Clock) -> Encoder:
    """``encoder`` with its time taken; it has the abilities of ``encoder`` and no more."""
    from align.encoder import knows_runs

    return TimedRuns(encoder, clock) if knows_runs(encoder) else Timed(encoder, clock)


class Timed(Watched):
    """An encoder whose processor time is added to a clock."""

    def __init__(self, encoder: Any, clock: Clock):
        super().__init__(encoder)
        self._clock = clock

    def encode(self, texts: Sequence[str]) -> Floats:
        start = time.process_time()
        vectors: Floats = self._encoder.encode(texts)
        self._clock.seconds += time.process_time() - start
        return vectors


class TimedRuns(Timed):
    def encode_runs(self, texts: Sequence[str], longest: int) -> list[Floats]:
        start = time.process_time()
        runs: list[Floats] = self._encoder.encode_runs(texts, longest)
        self._clock.seconds += time.process_time() - start
        return runs


if __name__ == "__main__":
    sys.exit(main())
