"""Measure term matching, or with --suggest the renderings found in a parallel text.

    python scripts/bench_terms.py CASES.jsonl
    python scripts/bench_terms.py --suggest GOLD.jsonl --pairs TEXT.ko TEXT.en

CASES.jsonl has the fields sentence, term, surface (null where the term does not occur) and,
optionally, tag. GOLD.jsonl has ko, en (a list of accepted renderings) and, optionally, band.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align.article import Lang
from tm.terms.analyser import analyse
from tm.terms.english import phrase_key
from tm.terms.morphology import Span, find_term
from tm.terms.suggest import suggest
from tm.unit import Provenance, TranslationUnit


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("cases", type=Path, help="JSONL with cases of matching, or of renderings")
    parser.add_argument(
        "--suggest", action="store_true", help="measure suggestions, precision at 1"
    )
    parser.add_argument("--pairs", nargs=2, type=Path, metavar=("KO", "EN"), help="aligned lines")
    parser.add_argument("--verbose", action="store_true", help="print every failure")
    options = parser.parse_args()
    cases = [json.loads(line) for line in options.cases.read_text("utf-8").splitlines() if line]
    if options.suggest:
        if not options.pairs:
            parser.error("--suggest needs --pairs KO EN")
        bench_suggestions(cases, PairMemory(*options.pairs), options.verbose)
    else:
        bench_matching(cases, options.verbose)


def bench_matching(cases: list[dict[str, Any]], verbose: bool) -> None:
    analyse("준비")  # loading the analyser is not matching
    by_tag: defaultdict[str, list[bool]] = defaultdict(list)
    started = time.process_time()
    found = [find_term(case["sentence"], case["term"]) for case in cases]
    seconds = time.process_time() - started
    for case, spans in zip(cases, found, strict=True):
        right = is_right(case, spans)
        by_tag[case.get("tag", "all")].append(right)
        if verbose and not right:
            hits = [span.text(case["sentence"]) for span in spans]
            print(f"{case['term']} in {case['sentence']}: {hits}, expected {case['surface']}")
    for tag, results in sorted(by_tag.items()):
        print(f"{tag:12} {share(results)}  ({sum(results)}/{len(results)})")
    print(f"{len(cases) / max(seconds, 1e-9):.0f} sentences per CPU-s")
    print(f"accuracy {share([r for results in by_tag.values() for r in results])}")


def is_right(case: dict[str, Any], spans: list[Span]) -> bool:
    """No hit where none is expected, else a hit inside the expected surface."""
    surface = case["surface"]
    if surface is None:
        return not spans
    start = case["sentence"].find(surface)
    return any(start <= s.start and s.end <= start + len(surface) for s in spans)


def bench_suggestions(cases: list[dict[str, Any]], memory: PairMemory, verbose: bool) -> None:
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


def share(results: list[bool]) -> str:
    return f"{100 * sum(results) / len(results):.1f} %" if results else "-"


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


if __name__ == "__main__":
    main()
