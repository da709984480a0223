"""Print where a translation memory contradicts itself.

    python scripts/evaluate_consistency.py MEMORY.tm
    python scripts/evaluate_consistency.py FOLDER --termbase my-terms.csv

FOLDER may hold several memories (*.tm); each is looked at by itself. The bundled termbase on North
Korea is used unless --termbase names another or --no-termbase is given.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align.errors import DonjuError, ReadError
from tm.memory import Memory
from tm.quality.consistency import find_inconsistencies
from tm.terms.termbase.lookup import Termbase, load_termbase


def main() -> int:
    options = _parser().parse_args()
    try:
        termbase = None if options.no_termbase else load_termbase(options.termbase)
        for path in _memories(options.memory):
            _report(path, termbase, options.term, options.limit)
    except DonjuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("memory", type=Path, help="a memory, or a folder of memories")
    parser.add_argument("--termbase", type=Path, help="TSV or CSV with the house's terms")
    parser.add_argument("--no-termbase", action="store_true", help="look at the memory alone")
    parser.add_argument(
        "--term", action="append", help="look at this Korean term only (repeatable)"
    )
    parser.add_argument("--limit", type=int, default=50, help="print at most so many (default 50)")
    return parser


def _memories(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    found = sorted(path.glob("*.tm"))
    if not found:
        raise ReadError(
            "no memory (*.tm) in this folder", place=path, remedy="make one with: donju align"
        )
    return found


def _report(path: Path, termbase: Termbase | None, terms: list[str] | None, limit: int) -> None:
    with Memory.open(path) as memory:
        findings = find_inconsistencies(memory, termbase=termbase, terms=terms)
        print(f"{path}: {len(findings)} findings in {memory.unit_count()} units")
    for finding in findings[:limit]:
        print(f"{finding.severity:.2f} {finding.kind:8} {finding.explain()}")
    if len(findings) > limit:
        print(f"… and {len(findings) - limit} more (--limit)")


if __name__ == "__main__":
    raise SystemExit(main())
