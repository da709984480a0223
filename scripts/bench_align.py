"""Align documents that are already split, and say how well, how fast and with how much memory.

    python scripts/bench_align.py DOCS.jsonl [--out BEADS.jsonl] [--encoder NAME] [--peers]
                                  [--plot FILE.svg] [--limit N]
    python scripts/bench_align.py --sample [the same options]

For the format of DOCS (``.jsonl`` or ``.jsonl.gz``) see ``align_documents.py``. ``--sample`` takes
the bundled articles instead, split as their gold files have them. ``--out`` gets a line ``{"id",
"beads"}`` for every document, nulls included. ``--limit N`` takes the first N documents of each
preset.

One table is printed. For the documents with gold beads it has, for every preset, strict, lax and
null F1 (``align_score.py`` says what they are, and how gold that does not cover a document is
used); for all of them the speed, in sentences of both sides a second of processor time, and the
peak memory (``align_measure.py`` says how they are taken). With ``--peers`` other aligners, which
``align_peers.py`` names, do the same documents with the same encoder, and stand beside ours. One
that is not installed is skipped, and one that fails on a document has found nothing there, nor
does it count for its speed; both are said on standard error.

Then, if there is gold, how far our confidences can be believed: of the beads (and, apart, of the
nulls) with a confidence of .9 and more, of .6 to .9, and so on, how many there are and what share
is strictly right; and the expected calibration error. ``--plot`` draws the same in ten bins.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from concurrent.futures.process import BrokenProcessPool
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from align.errors import DonjuError
from align_documents import Document, first_of_each_preset, read_documents, sample_documents
from align_measure import Measured, measured
from align_peers import BY_NAME, OURS, PEERS
from align_score import PRINTED_EDGES, Tally, Verdict, bins, calibration_error, verdicts

INSTALL = "pip install 'donju[bench]'"


def main(arguments: Sequence[str] | None = None) -> int:
    options = parsed(arguments)
    try:
        documents = sample_documents() if options.sample else read_documents(options.documents)
        documents = first_of_each_preset(documents, options.limit or len(documents))
        results = {OURS.name: measured(OURS.name, documents, options.encoder)}
    except DonjuError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    if options.out:
        write_beads(documents, results[OURS.name], options.out)
    if options.peers:
        results |= peers_measured(documents, options.encoder)
    report_remarks(results)
    print(heading(documents, options.encoder, results), end="\n\n")
    print("\n".join(table(documents, results)))
    if any(document.gold is not None for document in documents):
        beads, nulls = our_verdicts(documents, results[OURS.name])
        print("\n" + "\n".join(reliability("beads", beads) + reliability("nulls", nulls)))
        if options.plot:
            plot(beads, nulls, options.plot, f"{options.encoder}, {len(documents):,} documents")
    elif options.plot:
        print("no diagram: no document has gold beads", file=sys.stderr)
    return 0


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", type=Path, nargs="?", help="a .jsonl or .jsonl.gz file")
    parser.add_argument("--sample", action="store_true", help="take the bundled articles")
    parser.add_argument("--out", type=Path, help="where our beads go")
    parser.add_argument("--encoder", default="builtin")
    parser.add_argument("--peers", action="store_true", help="compare with other aligners")
    parser.add_argument("--plot", type=Path, metavar="FILE.svg", help="draw our reliability")
    parser.add_argument("--limit", type=int, metavar="N", help="N documents of each preset")
    options = parser.parse_args(arguments)
    if (options.documents is None) != options.sample:
        parser.error("give a file of documents, or --sample")
    if options.limit is not None and options.limit < 1:
        parser.error("--limit must be at least 1")
    return options


def write_beads(documents: Sequence[Document], ours: Measured, path: Path) -> None:
    with path.open("w", encoding="utf-8") as file:
        for document, found in zip(documents, ours.found, strict=True):
            beads = [[list(bead.ko), list(bead.en)] for bead in found]
            file.write(json.dumps({"id": document.id, "beads": beads}, ensure_ascii=False) + "\n")


def peers_measured(documents: Sequence[Document], encoder: str) -> dict[str, Measured]:
    """What each installed peer did with the documents; says which are left out, and why."""
    results = {}
    for peer in PEERS:
        if not peer.is_installed:
            say(f"{peer.name} skipped: {peer.package} is not installed; {INSTALL}")
            continue
        try:
            results[peer.name] = measured(peer.name, documents, encoder)
        except BrokenProcessPool:
            say(f"{peer.name} skipped: its process died (out of memory, maybe)")
    return results


def report_remarks(results: dict[str, Measured]) -> None:
    for name, result in results.items():
        for document, remark in result.remarks:
            say(f"{name}: {document}: {remark}")


def heading(documents: Sequence[Document], encoder: str, results: dict[str, Measured]) -> str:
    """What was measured, and with which versions."""
    packages = {"donju", *(p for name in results if (p := BY_NAME[name].package))}
    versions = ", ".join(f"{package} {version_of(package)}" for package in sorted(packages))
    sentences = sum(document.size for document in documents)
    return (
        f"{len(documents):,} documents, {sentences:,} sentences of both sides, encoder {encoder}\n"
        f"{versions}"
    )


def version_of(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:  # a source tree
        return "source"


def table(documents: Sequence[Document], results: dict[str, Measured]) -> list[str]:
    """A line for each figure, a column for each aligner."""
    rows = [["", "", *results]]
    for preset in dict.fromkeys(d.preset for d in documents if d.gold is not None):
        tallies = [tally(documents, result, preset) for result in results.values()]
        rows.append([preset, "strict F1", *(short(t.strict_f1) for t in tallies)])
        rows.append(["", "lax F1", *(short(t.lax_f1) for t in tallies)])
        if tallies[0].nulls_gold:
            rows.append(["", "null F1", *(short(t.null_f1) for t in tallies)])
    every = results.values()
    rows.append(["sentences/CPU-s", "end to end", *(speed(r.sentences, r.seconds) for r in every)])
    rows.append(["", "alignment", *(speed(r.sentences, r.alignment_seconds) for r in every)])
    rows.append(["memory, MB", "peak", *(megabytes(r.peak_mb) for r in every)])
    rows.append(["", "loaded", *(megabytes(r.loaded_mb) for r in every)])
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            [*map(str.ljust, row[:2], widths[:2]), *map(str.rjust, row[2:], widths[2:])]
        ).rstrip()
        for row in rows
    ]


def tally(documents: Sequence[Document], result: Measured, preset: str) -> Tally:
    counts = Tally()
    for document, found in zip(documents, result.found, strict=True):
        if document.preset == preset and document.gold is not None:
            counts.add(document.gold, found)
    return counts


def our_verdicts(
    documents: Sequence[Document], ours: Measured
) -> tuple[list[Verdict], list[Verdict]]:
    """Verdicts on our beads, and on our nulls."""
    both = [
        verdict
        for document, found in zip(documents, ours.found, strict=True)
        if document.gold is not None
        for verdict in verdicts(document.gold, found)
    ]
    return [v for v in both if not v.null], [v for v in both if v.null]


def reliability(kind: str, found: Sequence[Verdict]) -> list[str]:
    """Lines that say how often beads, or nulls, of each confidence are right."""
    if not found:
        return [f"no {kind}"]
    lines = [f"{len(found):,} {kind}: expected calibration error {short(calibration_error(found))}"]
    for part in reversed(bins(found, PRINTED_EDGES)):
        line = f"    confidence {part.low:.1f} to {part.high:.1f} {part.count:8,d}"
        if part.count:
            line += f"  {part.share_right:7.1%} right, {part.mean_confidence:6.1%} expected"
        lines.append(line)
    return lines


def plot(beads: Sequence[Verdict], nulls: Sequence[Verdict], path: Path, title: str) -> None:
    from align_plot import write_reliability_diagram

    try:
        write_reliability_diagram(beads, nulls, path, title)
    except ImportError:
        say(f"no diagram: matplotlib is not installed; {INSTALL}")


def short(score: float) -> str:
    """``.943``, ``1.000``."""
    return f"{score:.3f}".removeprefix("0")


def speed(sentences: int, seconds: float) -> str:
    return f"{sentences / seconds:,.0f}" if seconds else "none"


def megabytes(amount: float | None) -> str:
    return "unknown" if amount is None else f"{amount:,.0f}"


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
