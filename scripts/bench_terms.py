"""Measure term matching, or with --suggest the renderings found in a parallel text.

    python scripts/bench_terms.py CASES.jsonl
    python scripts/bench_terms.py --speed TEXT.ko MORE.ko --terms 10000
    python scripts/bench_terms.py --suggest GOLD.jsonl --pairs TEXT.ko TEXT.en
    python scripts/bench_terms.py --suggest --memory NEWS.tm
    python scripts/bench_terms.py --extract GOLD.jsonl --pairs TEXT.ko TEXT.en

CASES.jsonl has the fields sentence, term, surface (null where the term does not occur) and,
optionally, tag. GOLD.jsonl has ko, en (a list of accepted renderings) and, optionally, band.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench_terms_extract import bench_extraction
from bench_terms_matching import bench_matching, bench_speed
from bench_terms_suggest import PairMemory, bench_answers, bench_suggestions


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument(
        "cases", type=Path, nargs="?", help="JSONL with cases of matching, or of renderings"
    )
    parser.add_argument(
        "--speed",
        type=Path,
        nargs="+",
        metavar="TEXT",
        help="measure speed on the lines of the first",
    )
    parser.add_argument("--termbase", type=Path, help="for --speed (default: the bundled one)")
    parser.add_argument(
        "--terms", type=int, default=0, help="fill the termbase up with nouns of the other texts"
    )
    parser.add_argument(
        "--suggest", action="store_true", help="measure suggestions, precision at 1"
    )
    parser.add_argument("--extract", action="store_true", help="measure extraction, likewise")
    parser.add_argument(
        "--min-count", type=int, default=3, help="with --extract: pairs that a term must stand in"
    )
    parser.add_argument("--pairs", nargs=2, type=Path, metavar=("KO", "EN"), help="aligned lines")
    parser.add_argument(
        "--memory", type=Path, help="with --suggest: measure how long answers from it take"
    )
    parser.add_argument("--verbose", action="store_true", help="print every failure")
    options = parser.parse_args()
    if options.speed:
        bench_speed(options.termbase, options.speed, options.terms)
        return
    if options.suggest and options.memory:
        bench_answers(options.memory)
        return
    if options.cases is None:
        parser.error("give CASES, or --speed TEXT")
    cases = [json.loads(line) for line in options.cases.read_text("utf-8").splitlines() if line]
    if options.extract:
        if not options.pairs:
            parser.error("--extract needs --pairs KO EN")
        bench_extraction(cases, options.pairs, options.min_count, options.verbose)
    elif options.suggest:
        if not options.pairs:
            parser.error("--suggest needs --pairs KO EN")
        bench_suggestions(cases, PairMemory(*options.pairs), options.verbose)
    else:
        bench_matching(cases, options.verbose)


if __name__ == "__main__":
    main()
