"""How fast files come in and go out, and in how much memory.

    python scripts/bench_exchange.py PAIRS [--size N]

PAIRS has Korean, a tab, and English in each line (``.xz`` or not). TMX files of N units (200,000 if
not said; pairs are repeated if there are fewer) are made of them in a scratch folder: ``plain``
(texts only), ``usual`` (dates, names, two properties) and ``rich`` (as Trados writes them: five
properties with context, inline codes in both languages). Each is read in a process of its own, from
which nothing but the figures comes back, then imported into a new memory and exported from it.

Printed are microseconds of processor time a unit and the peak memory of the process.
"""

from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from itertools import cycle, islice
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align.markup import escaped
from bench_tm_texts import Pair, read_pairs
from tm.exchange.importing import FileImport
from tm.exchange.languages import KO_EN
from tm.exchange.tmx import read_tmx
from tm.exchange.tmx_writer import write_tmx
from tm.memory import Memory
from tm.unit import TranslationUnit

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<tmx version="1.4"><header srclang="ko"/><body>\n'
FOOT = "</body></tmx>\n"

_USUAL = """  <tu changedate="20141017T092614Z" creationdate="20141016T091130Z" changeid="lee">
    <prop type="client">daily</prop>
    <prop type="x-document">article-{number}.docx</prop>
    <tuv xml:lang="ko"><seg>{ko}</seg></tuv>
    <tuv xml:lang="en-us"><seg>{en}</seg></tuv>
  </tu>
"""
_RICH = """<tu creationdate="19000101T000000Z" creationid="DESK\\kim" changeid="kim" \
changedate="20230905T093000Z" lastusagedate="20230905T093000Z" usagecount="3">\
<prop type="x-LastUsedBy">kim</prop>\
<prop type="x-Context">3724826454458{number}, 8956964337464956188</prop>\
<prop type="x-ContextContent">{previous} |  | {ko} | </prop><prop type="x-Origin">TM</prop>\
<prop type="x-ConfirmationLevel">ApprovedTranslation</prop>
<tuv xml:lang="ko-KR"><seg><bpt i="1" type="pt3" x="1"/>{ko}<ept i="1"/></seg></tuv>
<tuv xml:lang="en-US"><seg><bpt i="1" type="pt3" x="1"/>{en}<ept i="1"/></seg></tuv></tu>
"""
_PLAIN = (
    '<tu><tuv xml:lang="ko"><seg>{ko}</seg></tuv><tuv xml:lang="en"><seg>{en}</seg></tuv></tu>\n'
)
KINDS = {"plain": _PLAIN, "usual": _USUAL, "rich": _RICH}


class Cost(NamedTuple):
    """What something took: units, seconds of processor time, peak memory in bytes."""

    units: int
    seconds: float
    peak: int

    def __str__(self) -> str:
        each = self.seconds / max(1, self.units) * 1e6
        return f"{each:7.1f} µs a unit, {self.peak / 1e6:4.0f} MB"


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--size", type=int, default=200_000)
    options = parser.parse_args(arguments)
    pairs = read_pairs(options.pairs)
    with tempfile.TemporaryDirectory() as scratch:
        for kind in KINDS:
            folder = Path(scratch) / kind
            folder.mkdir()
            path = folder / f"{kind}.tmx"
            make(path, pairs, options.size, kind)
            print(f"{kind}: {options.size:,} units, {path.stat().st_size / 1e6:,.0f} MB")
            for name, action in (("read", reading), ("import", importing), ("export", exporting)):
                print(f"  {name:<8}{alone(action, path)}")


def make(path: Path, pairs: Sequence[Pair], size: int, kind: str) -> None:
    """A TMX file of ``size`` units."""
    previous = ""
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD)
        for number, (ko, en) in enumerate(islice(cycle(pairs), size)):
            texts = {"ko": escaped(ko), "en": escaped(en), "previous": previous}
            file.write(KINDS[kind].format(number=number // 30, **texts))
            previous = texts["ko"]
        file.write(FOOT)


def reading(path: Path) -> int:
    """Read a file and drop what is in it; the number of units."""
    return sum(isinstance(item, TranslationUnit) for item in read_tmx(path, KO_EN))


def importing(path: Path) -> int:
    """Import a file into the memory beside it."""
    with Memory.open(path.with_suffix(".tm"), create=True) as memory:
        return FileImport(path).into(memory).read


def exporting(path: Path) -> int:
    """Export the memory beside a file."""
    with Memory.open(path.with_suffix(".tm")) as memory:
        return write_tmx(memory.units(), path.with_suffix(".out.tmx"))


def alone(action: Callable[[Path], int], path: Path) -> Cost:
    """What an action costs in a process of its own."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        return pool.apply(_measured, (action, path))


def _measured(action: Callable[[Path], int], path: Path) -> Cost:
    start = time.process_time()
    units = action(path)
    seconds = time.process_time() - start
    return Cost(units, seconds, _peak())


def _peak() -> int:
    """The most memory this process has had, in bytes. (``getrusage`` counts its parent's too.)"""
    status = Path("/proc/self/status").read_text("ascii")
    return int(status.partition("VmHWM:")[2].split()[0]) * 1024


if __name__ == "__main__":
    main()
