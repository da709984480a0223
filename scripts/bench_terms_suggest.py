"""The suggestion part of bench_terms.py: are they right, and how long do they take?"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from align.article import Lang
from bench_terms_matching import share
from tm.terms.english import phrase_key
from tm.unit import Provenance, TranslationUnit

#: Bands of terms by the units they stand in, and how many terms of each are asked for.
_BANDS = (("rare", 2, 10), ("middle", 10, 300), ("frequent", 300, 10**9))
_ASKED, _COMMANDS = 60, 8


def bench_answers(path: Path) -> None:
    """Milliseconds, of the processor and on the clock, until a suggestion is there: in a running
    process, and as a command of its own. Terms are word stems of the memory by frequency."""
    from tm.memory import Memory
    from tm.terms.renderings.background import background_of
    from tm.terms.renderings.suggest import suggest
    from tm.terms.termbase.lookup import load_termbase

    termbase = load_termbase()
    with Memory.open(path) as memory:
        started = time.perf_counter()
        background = background_of(memory)
        print(f"{background.size} units; statistics ready in {time.perf_counter() - started:.1f} s")
        bands = {name: _terms(background, low, high) for name, low, high in _BANDS}
        for term in ("미국", "정부"):  # loading models and the termbase is not suggesting
            suggest(memory, term, termbase=termbase)
        for name, terms in bands.items():
            spent = [
                _in_process(lambda t=term: suggest(memory, t, termbase=termbase)) for term in terms
            ]
            print(f"{name:10} in process  {_percentiles(spent)}")
    for name, terms in bands.items():
        spent = [_as_command(path, term) for term in terms[:_COMMANDS]]
        print(f"{name:10} as command  {_percentiles(spent)}")


def _terms(background: Any, low: int, high: int) -> list[str]:
    texts = background.texts("ko")[0]
    keys = np.flatnonzero((texts.key_units >= low) & (texts.key_units < high)).tolist()
    stems = [texts.keys[key] for key in keys]
    stems = [stem for stem in stems if len(stem) > 1 and all("가" <= c <= "힣" for c in stem)]
    return random.Random(7).sample(stems, min(_ASKED, len(stems)))


#: Seconds of the processor, and on the clock.
Spent = tuple[float, float]


def _in_process(question: Callable[[], Any]) -> Spent:
    clock, processor = time.perf_counter(), time.process_time()
    question()
    return time.process_time() - processor, time.perf_counter() - clock


def _as_command(path: Path, term: str) -> Spent:
    root = Path(__file__).resolve().parents[1]
    code = "from tm.cli import main; main()"
    before, clock = os.times(), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", code, "suggest", term, "-m", str(path.resolve())],
        cwd=root,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = os.times()
    spent = after.children_user + after.children_system
    return spent - before.children_user - before.children_system, time.perf_counter() - clock


def _percentiles(spent: Sequence[Spent]) -> str:
    told = []
    for name, column in (("CPU", 0), ("clock", 1)):
        p50, p95 = np.percentile([1000 * one[column] for one in spent], [50, 95])
        told.append(f"{name} p50 {p50:.0f} p95 {p95:.0f} ms")
    return ", ".join(told) + f"  ({len(spent)} terms)"


def bench_suggestions(cases: list[dict[str, Any]], memory: PairMemory, verbose: bool) -> None:
    from tm.terms.renderings.suggest import suggest

    by_band: defaultdict[str, list[bool]] = defaultdict(list)
    seconds = []
    suggest(memory, cases[0]["ko"])  # loading models and indexing the memory is not suggesting
    for case in cases:
        started = time.perf_counter()
        answer = suggest(memory, case["ko"], limit=5)
        seconds.append(time.perf_counter() - started)
        band = case.get("band", "all") if answer.occurrences else "absent"
        best = answer.best.text if answer.best else None
        right = best is not None and is_accepted(best, case["en"])
        by_band[band].append(right)
        if verbose and not right and answer.occurrences:
            print(f"{case['ko']} in {answer.occurrences}: {best}, expected {case['en']}")
    for band, results in by_band.items():
        print(f"{band:12} precision at 1 {share(results)}  ({sum(results)}/{len(results)})")
    print(f"slowest answer {max(seconds):.2f} s, mean {sum(seconds) / len(seconds):.2f} s")
    present = [r for band, results in by_band.items() if band != "absent" for r in results]
    print(f"accuracy {share(present)}")


def is_accepted(rendering: str, accepted: list[str]) -> bool:
    """The same words, whatever their inflection and case."""
    lower = rendering.lower()
    return any(phrase_key(lower) == phrase_key(en) or lower == en for en in accepted)


class PairMemory:
    """Two files of aligned lines, held in memory as translation units."""

    def __init__(self, ko: Path, en: Path):
        lines = (path.read_text("utf-8").splitlines() for path in (ko, en))
        self._units = [
            TranslationUnit(source, target, Provenance(ko.stem, number), id=number)
            for number, (source, target) in enumerate(zip(*lines, strict=True))
            if source.strip() and target.strip()
        ]

    def units(self) -> Iterator[TranslationUnit]:
        return iter(self._units)

    def unit_count(self) -> int:
        return len(self._units)

    def units_containing(self, text: str, lang: Lang) -> list[TranslationUnit]:
        wanted = "".join(text.split())
        return [u for u in self._units if wanted in "".join(_side(u, lang).split())]


def _side(unit: TranslationUnit, lang: Lang) -> str:
    return unit.source if lang == "ko" else unit.target
