"""Align article pairs without the command line: a script to copy and change.

    python scripts/align_articles.py FOLDER OUT.jsonl [--memory news.tm] [--encoder NAME]

FOLDER holds ``x.ko.txt`` with ``x.en.txt``, or ``ko/x.txt`` with ``en/x.txt`` (txt, md, html,
docx). The format of OUT follows its ending: .jsonl, .tsv, .tmx or .html. What cannot be used is
listed on standard error, and the rest is done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from align import Aligner, DonjuError, load_encoder
from align.batch import LeftOut, align_pairs, find_pairs
from align.output import AlignedPair, write_alignments
from tm import Memory


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--memory", type=Path)
    parser.add_argument("--encoder", default="builtin")
    options = parser.parse_args()
    try:
        aligned, left_out = run(options.folder, options.out, options.memory, options.encoder)
    except DonjuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    for item in left_out:
        print(f"left out: {item.place}: {item.reason}", file=sys.stderr)
    print(f"{aligned} pairs aligned, {len(left_out)} items left out")
    return 0


def run(
    folder: Path, out: Path, memory_path: Path | None, encoder: str
) -> tuple[int, list[LeftOut]]:
    """Number of pairs aligned, and what was left out."""
    found = find_pairs(folder)
    left_out = list(found.left_out)
    aligned = 0

    def pairs(memory: Memory | None) -> Iterator[AlignedPair]:
        nonlocal aligned
        for result in align_pairs(found.pairs, Aligner(load_encoder(encoder))):
            if isinstance(result, LeftOut):
                left_out.append(result)
                continue
            if memory is not None:
                memory.add_alignment(
                    result.alignment, article=result.name, ko=result.ko, en=result.en
                )
            aligned += 1
            yield result

    with ExitStack() as stack:
        memory = None
        if memory_path is not None:
            memory = stack.enter_context(Memory.open(memory_path, create=True))
        write_alignments(pairs(memory), out)
    return aligned, left_out


if __name__ == "__main__":
    sys.exit(main())
