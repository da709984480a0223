"""How often the checks of a translation are right: precision and recall on labelled cases, findings
on sentence pairs that are taken to be good, and units checked a second.

    python scripts/bench_checks.py tests/tm/check_cases_dev.jsonl
    python scripts/bench_checks.py tests/tm/check_cases_dev.jsonl --wrong
    python scripts/bench_checks.py --pairs news.ko news.en --show 20
    python scripts/bench_checks.py --articles corpora/sample

A case is a line of JSON: ``ko``, ``en``, ``expect`` (ids of the checks that should speak; none for
a good translation), and ``terms`` ([Korean, English, status] …) where the termbase matters.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tm.quality.checks import CHECKS, Checker, check_pair, check_unit, chosen
from tm.quality.findings import Finding
from tm.terms.termbase.concepts import Concept, Term
from tm.terms.termbase.lookup import Termbase, load_termbase
from tm.unit import Provenance, TranslationUnit

Case = dict[str, Any]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("cases", nargs="*", type=Path, help="labelled cases (.jsonl)")
    parser.add_argument("--pairs", nargs=2, type=Path, metavar=("KO", "EN"), help="good pairs")
    parser.add_argument("--articles", type=Path, help="article pairs with gold beads beside them")
    parser.add_argument("--half", choices=("even", "odd"), help="only every other pair")
    parser.add_argument("--only", action="append", default=[], help="this check; may be repeated")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--no-terms", action="store_true", help="pairs without the termbase")
    parser.add_argument("--wrong", action="store_true", help="show every case that went wrong")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="show N findings in pairs")
    options = parser.parse_args()
    if options.cases:
        cases = [json.loads(line) for path in options.cases for line in _lines(path)]
        _score_cases(cases, options)
    if options.pairs:
        _score_pairs(options)
    if options.articles:
        _score_articles(options.articles)


def _lines(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]


def _score_cases(cases: list[Case], options: argparse.Namespace) -> None:
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    every = chosen([check.id for check in CHECKS] if not options.only else options.only)
    for case in cases:
        found = {
            f.check: f for f in check_unit(_unit(case["ko"], case["en"]), _checker(case, every))
        }
        expected = set(case["expect"]) & every
        right.update(expected & found.keys())
        missed.update(expected - found.keys())
        false.update(found.keys() - expected)
        if options.wrong and expected != found.keys():
            _show_case(case, expected, found)
    print(
        f"{'check':14}{'default':>8}{'right':>7}{'false':>7}{'missed':>8}{'precision':>11}{'recall':>8}"
    )
    for check in CHECKS:
        counts = right[check.id], false[check.id], missed[check.id]
        if any(counts):
            print(_row(check.id, "on" if check.on else "off", *counts))
    print(_row("all", "", sum(right.values()), sum(false.values()), sum(missed.values())))
    good = [case for case in cases if not case["expect"]]
    print(f"{len(cases)} cases, {len(good)} of them good translations")


def _row(name: str, on: str, right: int, false: int, missed: int) -> str:
    precision = f"{right / (right + false):.3f}" if right + false else "–"
    recall = f"{right / (right + missed):.3f}" if right + missed else "–"
    return f"{name:14}{on:>8}{right:7}{false:7}{missed:8}{precision:>11}{recall:>8}"


def _checker(case: Case, ids: frozenset[str]) -> Checker:
    terms = case.get("terms", ())
    concepts = {}
    for ko, en, status in terms:
        concept = concepts.get(ko, Concept(ko, terms=(Term(ko, "ko"),)))
        concepts[ko] = Concept(ko, terms=(*concept.terms, Term(en, "en", status)))
    return Checker(ids, Termbase(tuple(concepts.values())))


def _unit(ko: str, en: str) -> TranslationUnit:
    return TranslationUnit(ko, en, Provenance("bench", 0))


def _show_case(case: Case, expected: set[str], found: dict[str, Finding]) -> None:
    print(f"{case.get('id', '')}: wanted {sorted(expected)}")
    print(f"  {case['ko']}\n  {case['en']}")
    for finding in found.values():
        print(f"    {finding.check}: {finding.message}")


def _score_pairs(options: argparse.Namespace) -> None:
    pairs = list(zip(*map(_texts, options.pairs), strict=True))
    if options.half:
        pairs = pairs[options.half == "odd" :: 2]
    termbase = None if options.no_terms else load_termbase()
    checker = Checker(chosen(options.only, options.without), termbase)
    counts: Counter[str] = Counter()
    shown = 0
    start = time.process_time()
    found = [(ko, en, check_unit(_unit(ko, en), checker)) for ko, en in pairs]
    seconds = time.process_time() - start
    for number, (ko, en, findings) in enumerate(found):
        counts.update(finding.check for finding in findings)
        if findings and shown < options.show:
            shown += 1
            print(f"{number}: {ko}\n  {en}")
            for finding in findings:
                print(f"    {finding.check}: {finding.message}")
    for name, count in counts.most_common():
        print(f"{name:14}{count:6}{100 * count / len(pairs):8.2f} in 100 pairs")
    total = sum(counts.values())
    print(f"{'all':14}{total:6}{100 * total / len(pairs):8.2f} in 100 pairs")
    print(f"{len(pairs)} pairs, {len(pairs) / seconds:,.0f} in a CPU second")


def _score_articles(folder: Path) -> None:
    """Sentences reported as left out or added, against those that are so in the gold beads."""
    from align.aligner import Aligner
    from align.batch import align_pairs, find_pairs
    from align.encoder import load_encoder
    from align.output import AlignedPair

    checker = Checker(frozenset(("omitted", "added", "abridged")))
    counts: Counter[str] = Counter()
    for pair in align_pairs(find_pairs(folder).pairs, Aligner(load_encoder("builtin"))):
        gold = folder / f"{pair.name}.gold.json" if isinstance(pair, AlignedPair) else None
        if not isinstance(pair, AlignedPair) or gold is None or not gold.is_file():
            continue
        beads = json.loads(gold.read_text(encoding="utf-8"))["beads"]
        found = check_pair(pair.alignment, checker)
        abridged = any(finding.check == "abridged" for finding in found)
        counts["abridged"] += abridged
        for check, side, other in (("omitted", "ko", "en"), ("added", "en", "ko")):
            missing = {_joined(s) for bead in beads if not bead[other] for s in bead[side]}
            said = {_joined(f.unit.source or f.unit.target) for f in found if f.check == check}
            if abridged:
                continue
            right = sum(any(s in told or told in s for s in missing) for told in said)
            counts[f"{check} right"] += right
            counts[f"{check} false"] += len(said) - right
            counts[f"{check} missed"] += sum(
                not any(s in told or told in s for told in said) for s in missing
            )
    for check in ("omitted", "added"):
        print(_row(check, "on", *(counts[f"{check} {n}"] for n in ("right", "false", "missed"))))
    print(f"{counts['abridged']} articles are said to be abridged or rewritten")


def _joined(text: str) -> str:
    return " ".join(text.split())


def _texts(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").rstrip("\n").split("\n")


if __name__ == "__main__":
    main()
