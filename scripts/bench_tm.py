"""How fast a large memory answers, and whether it finds what is there.

    python scripts/bench_tm.py PAIRS [--size N …] [--memory FILE …] [--questions N]

PAIRS has Korean, a tab, and English in each line (``.xz`` or not). Memories of N units (100,000 and
1,000,000 if not said) are made of them in a scratch folder, by ``bench_tm_texts.py``; with
``--memory``, one for each size, they are kept in those files, and taken from there the next time.

Printed are, with the median and the 95th percentile of one question's time on one thread, by the
clock and (in brackets) of the processor, which other programs disturb less:

- importing it from TMX with ``donju import``: units a second of processor time, peak memory;
- opening it, the first similar sentence of a process (signatures are read then), exact matches;
- similar sentences in both languages, with the recall of the true neighbours (at least 70 % alike,
  by comparing with every text): of the best, of the best ten, of all; and whole matches, with what
  differs;
- the concordance's first 50 hits for rare and common words, single syllables, phrases;
- beside them the plain ways, in the same run: rapidfuzz over every text, SQL's LIKE;
- if the memory has vectors (``donju memory embed``), what ``bench_semantic.py`` measures;

At the end comes a table of all figures, a column for each size.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple, TypeVar

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

import bench_semantic
from align.article import Lang
from align.errors import DonjuError
from bench_tm_texts import Question, questions, read_pairs, varied
from tm.exchange.tmx_writer import write_tmx
from tm.memory import Memory
from tm.search.fold import plain
from tm.unit import Provenance, TranslationUnit

Result = TypeVar("Result")

#: Runs the command, then tells the processor's seconds and the peak of memory in kilobytes. (What
#: the system tells the parent would include the parent's own memory.)
_IMPORT = """
import re, sys, time
from tm.cli import main
try:
    main(sys.argv[1:])
finally:
    status = open("/proc/self/status").read()
    print(time.process_time(), re.search(r"VmHWM:\\s*(\\d+)", status)[1])
"""

MINIMUM = 70
FIRST_HITS = 50
#: Units of one article; articles are dated at random over ten years, the worst case for an index.
_ARTICLE = 30
_SIDES: dict[Lang, str] = {"ko": "source", "en": "target"}

#: The figures of each memory, by name.
columns: list[dict[str, str]] = []


class Neighbours(NamedTuple):
    """What is alike to a question: all texts with their similarities, those that were found, and
    the seconds that comparing with every text took, by the clock and of the processor."""

    question: Question
    true: dict[str, int]
    found: dict[str, int]
    brute: tuple[float, float]


def main(arguments: Sequence[str] | None = None) -> int:
    options = parsed(arguments)
    columns.clear()
    try:
        with tempfile.TemporaryDirectory() as scratch:
            for number, size in enumerate(options.size):
                columns.append({})
                kept = options.memory[number] if options.memory else Path(scratch) / f"{size}.tm"
                if not kept.exists():
                    make(kept.absolute(), options.pairs, size)
                report(kept, options.questions)
    except (DonjuError, OSError, subprocess.CalledProcessError) as error:
        print(error, file=sys.stderr)
        return 2
    print_table()
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--size", type=int, nargs="+", default=[100_000, 1_000_000])
    parser.add_argument("--memory", type=Path, nargs="+")
    parser.add_argument("--questions", type=int, default=50, help="of each kind")
    options = parser.parse_args(arguments)
    if options.memory and len(options.memory) != len(options.size):
        parser.error("give as many memories as sizes")
    return options


# Making it


def make(path: Path, pairs: Path, size: int) -> None:
    """Write the units to a TMX file and have the command import it, in a process of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        tmx = Path(scratch) / "bench.tmx"
        write_tmx(units_of(varied(read_pairs(pairs), size, Random(1))), tmx)
        row("TMX file", f"{tmx.stat().st_size / 1e6:,.0f} MB")
        command = [sys.executable, "-c", _IMPORT, "import", tmx, "--memory", path]
        told = subprocess.run(command, env=_environment(), check=True, stdout=subprocess.PIPE)
    seconds, kilobytes = map(float, told.stdout.split()[-2:])
    row("units imported", f"{size:,}")
    row("units a second of processor time", f"{size / seconds:,.0f}")
    row("peak memory of the import", f"{kilobytes / 1e3:,.0f} MB")


def _environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[1])}


def units_of(pairs: Iterable[tuple[str, str]]) -> Iterator[TranslationUnit]:
    """The pairs as units of dated articles."""
    chance = Random(5)
    day = ""
    for number, (ko, en) in enumerate(pairs):
        if number % _ARTICLE == 0:
            day = (date(2014, 1, 1) + timedelta(days=chance.randrange(4000))).isoformat()
        yield TranslationUnit(ko, en, Provenance("", number, "bench", day))


# Asking it


def report(path: Path, count: int) -> None:
    row("file", f"{path.stat().st_size / 1e6:,.0f} MB")
    start = time.perf_counter()
    memory = Memory.open(path)
    row("opening", f"{(time.perf_counter() - start) * 1e3:.1f} ms")
    with memory, closing(sqlite3.connect(path)) as plain_sql:
        texts = {
            lang: [text for (text,) in plain_sql.execute(f"SELECT {side} FROM units")]
            for lang, side in _SIDES.items()
        }
        row("units", f"{len(texts['ko']):,}")
        chance = Random(7)
        for lang in _SIDES:
            report_matches(memory, lang, texts[lang], count, chance)
        for lang in _SIDES:
            report_concordance(memory, plain_sql, lang, texts[lang], count, chance)
    for name, value in bench_semantic.figures(path, count):
        row(f"semantic: {name}", value)


def report_matches(
    memory: Memory, lang: Lang, texts: list[str], count: int, chance: Random
) -> None:
    store = memory.store
    timed(f"{lang} exact", [lambda t=t: store.exact(t, lang) for t in chance.sample(texts, count)])
    distinct = list(dict.fromkeys(map(plain, texts)))
    asked = questions(distinct, count, chance)
    start = time.perf_counter()
    store.near(asked[0].text, lang, MINIMUM)
    row(f"{lang} first similar sentence", f"{(time.perf_counter() - start) * 1e3:.0f} ms")
    timed(f"{lang} similar", [lambda q=q: store.near(q.text, lang, MINIMUM) for q in asked])
    timed(f"{lang} matches", [lambda q=q: memory.match(q.text, lang=lang) for q in asked])
    judged = list(compared(memory, lang, asked, distinct))
    spread(f"{lang} rapidfuzz over all texts", [one.brute for one in judged])
    for kind in dict.fromkeys(question.kind for question in asked):
        alike = [one for one in judged if one.question.kind == kind and one.true]
        if alike:
            row(f"{lang} recall, {kind}", f"{recalls(alike)} ({len(alike)} questions)")


def compared(
    memory: Memory, lang: Lang, asked: list[Question], texts: list[str]
) -> Iterator[Neighbours]:
    from rapidfuzz import process
    from rapidfuzz.distance import Levenshtein

    from tm.search.fuzzy import similarities

    for question in asked:
        wanted = plain(question.text)
        clock, processor = time.perf_counter(), time.thread_time()
        scores = process.cdist(
            [wanted], texts, scorer=Levenshtein.normalized_similarity, score_cutoff=0.69
        )[0]
        seconds = time.perf_counter() - clock, time.thread_time() - processor
        near = [texts[i] for i in np.flatnonzero(scores)]
        percents = zip(near, similarities(wanted, near, MINIMUM), strict=True)
        true = {text: percent for text, percent in percents if percent}
        found = memory.store.near(wanted, lang, MINIMUM)
        yield Neighbours(question, true, {t: true.get(t, 0) for t, _ in found}, seconds)


def recalls(judged: list[Neighbours]) -> str:
    """The shares of true neighbours found: of the best, the best ten, all. One as good counts."""
    parts = []
    for name, most in (("best", 1), ("best ten", 10), ("all", None)):
        shares = []
        for one in judged:
            true = sorted(one.true.values(), reverse=True)[:most]
            found = sorted(one.found.values(), reverse=True)[:most] + [0] * len(true)
            shares.append(sum(f >= t for t, f in zip(true, found, strict=False)) / len(true))
        parts.append(f"{name} {np.mean(shares):.4f}")
    return ", ".join(parts)


def report_concordance(
    memory: Memory,
    plain_sql: sqlite3.Connection,
    lang: Lang,
    texts: list[str],
    count: int,
    chance: Random,
) -> None:
    for kind, wanted in searched(lang, texts, count, chance).items():
        results = timed(
            f"{lang} concordance, {kind}",
            [lambda w=w: memory.search(w, lang=lang, limit=FIRST_HITS) for w in wanted],
        )
        totals = [result.total for result in results]
        row(f"   its hits, {lang} {kind}", f"{min(totals):,} to {max(totals):,}")
    some = chance.sample(searched(lang, texts, count, chance)["phrases"], min(count, 5))
    timed(
        f"{lang} LIKE, phrases, newest 50",
        [
            lambda w=w: plain_sql.execute(
                f"SELECT id FROM units WHERE {_SIDES[lang]} LIKE ? ORDER BY date DESC LIMIT 50",
                (f"%{w}%",),
            ).fetchall()
            for w in some
        ],
    )


def searched(lang: Lang, texts: list[str], count: int, chance: Random) -> dict[str, list[str]]:
    """Words and phrases to search for, by kind."""
    some = chance.sample(texts, min(len(texts), 20_000))
    words: dict[str, int] = {}
    for text in some:
        for word in {word.strip(".,:;!?()[]'\"“”‘’") for word in text.split()}:
            if len(word) > 1 and word.isalpha():
                words[word] = words.get(word, 0) + 1
    by_count = sorted(words, key=lambda word: (-words[word], word))
    phrases = [
        " ".join(parts[place : place + 3])
        for text in chance.sample(some, min(len(some), 4 * count))
        if len(parts := text.split()) > 4 and (place := chance.randrange(len(parts) - 3)) >= 0
    ]
    kinds = {
        "commonest words": by_count[: min(count, 25)],
        "words": chance.choices(by_count[: len(by_count) // 5], k=count),
        "rare words": chance.sample(by_count[len(by_count) // 2 :], count),
        "phrases": [phrase for phrase in phrases if any(map(str.isalnum, phrase))][:count],
    }
    if lang == "ko":
        syllables = sorted({letter for text in some for letter in text if "가" <= letter <= "힣"})
        kinds["one syllable"] = chance.sample(syllables, min(count, len(syllables)))
        kinds["commonest syllables"] = list("이다는을에의가를한로")
    return {kind: wanted for kind, wanted in kinds.items() if wanted}


# Printing


def timed(name: str, calls: list[Callable[[], Result]]) -> list[Result]:
    """Do the calls, print how long they took, and return what they returned."""
    spent, results = [], []
    for call in calls:
        clock, processor = time.perf_counter(), time.thread_time()
        results.append(call())
        spent.append((time.perf_counter() - clock, time.thread_time() - processor))
    spread(name, spent)
    return results


def spread(name: str, spent: list[tuple[float, float]]) -> None:
    """Print the median and the 95th percentile of seconds by the clock and of the processor."""
    (half, half_busy), (most, most_busy) = np.percentile(np.array(spent) * 1e3, (50, 95), axis=0)
    row(name, f"{half:.2f} / {most:.2f} ms ({half_busy:.2f} / {most_busy:.2f})")


def row(name: str, value: str) -> None:
    """Print a figure, and keep it for the table."""
    print(f"{name:44} {value}", flush=True)
    columns[-1][name.strip()] = value


def print_table() -> None:
    """All figures in Markdown, a column for each memory."""
    names = dict.fromkeys(name for column in columns for name in column)
    units = [column.get("units", "") for column in columns]
    print(f"\n| | {' | '.join(units)} |\n| --- |{' ---: |' * len(units)}")
    for name in names:
        if name != "units":
            print(f"| {name} | {' | '.join(column.get(name, '') for column in columns)} |")


if __name__ == "__main__":
    raise SystemExit(main())
