"""Align documents that are already split, and say how fast that was.

    python scripts/bench_align.py DOCS.jsonl --out BEADS.jsonl [--encoder NAME] [--peer vecalign]

A document is one JSON line with ``id``, ``src`` (Korean sentences), ``tgt`` (English sentences)
and, if it has been aligned by hand, ``gold`` (beads, each a pair of lists of sentence numbers). For
every document a line ``{"id", "beads"}`` is written, and for each ``preset`` (a field of the
documents, if they have it) strict F1 is printed: a bead counts if both sides are exactly those of
a gold bead; precision is over all beads found, nulls included, recall over gold beads that are no
nulls, as in Vecalign's scorer. ``--peer vecalign`` aligns the same documents with the package
sentweave (Vecalign's algorithm, its defaults, overlaps of up to four sentences embedded by the same
encoder) and prints its figures beside ours. Times are CPU seconds of this process.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any

from align.aligner import Aligner
from align.encoder import Encoder, load_encoder

Beads = list[tuple[list[int], list[int]]]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("documents", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--encoder", default="builtin")
    parser.add_argument("--peer", choices=["vecalign"])
    options = parser.parse_args()
    lines = options.documents.read_text(encoding="utf-8").splitlines()
    documents = [json.loads(line) for line in lines if line.strip()]
    encoder = load_encoder(options.encoder)
    aligner = Aligner(encoder)

    def ours(ko: list[str], en: list[str]) -> Beads:
        return [(list(bead.ko), list(bead.en)) for bead in aligner.align(ko, en)]

    beads = run("donju", documents, ours)
    with options.out.open("w", encoding="utf-8") as file:
        for document, found in zip(documents, beads, strict=True):
            file.write(json.dumps({"id": document["id"], "beads": found}) + "\n")
    if options.peer:
        run(options.peer, documents, vecalign(encoder))


def run(
    name: str, documents: list[dict[str, Any]], aligned: Callable[[list[str], list[str]], Beads]
) -> list[Beads]:
    """Align every document and print F1 by preset, and sentences a CPU second."""
    aligned(documents[0]["src"], documents[0]["tgt"])  # load and compile before the clock starts
    start = time.process_time()
    beads = [aligned(document["src"], document["tgt"]) for document in documents]
    seconds = time.process_time() - start
    groups: dict[str, list[tuple[Any, Beads]]] = defaultdict(list)
    for document, found in zip(documents, beads, strict=True):
        if "gold" in document:
            groups[document.get("preset", "all")].append((document["gold"], found))
    figures = "  ".join(f"{preset} {strict_f1(pairs):.3f}" for preset, pairs in groups.items())
    sentences = sum(len(d["src"]) + len(d["tgt"]) for d in documents)
    print(f"{name:10s} {figures}  {sentences / seconds:.0f} sentences a CPU-s, embedding included")
    return beads


def strict_f1(pairs: list[tuple[Any, Beads]]) -> float:
    right_found = found_count = right_gold = gold_count = 0
    for gold_beads, found_beads in pairs:
        gold, found = single_nulls(gold_beads), single_nulls(found_beads)
        links = {bead for bead in gold if bead[0] and bead[1]}
        right_found += len(found & gold)
        found_count += len(found)
        right_gold += len(links & found)
        gold_count += len(links)
    if not right_found or not right_gold:
        return 0.0
    precision, recall = right_found / found_count, right_gold / gold_count
    return 2 * precision * recall / (precision + recall)


def single_nulls(beads: Any) -> set[tuple[tuple[int, ...], tuple[int, ...]]]:
    """Beads as a set; a null of several sentences counts as several nulls."""
    out = set()
    for ko, en in beads:
        if ko and en:
            out.add((tuple(sorted(ko)), tuple(sorted(en))))
        else:
            out.update({((i,), ()) for i in ko} | {((), (j,)) for j in en})
    return out


def vecalign(encoder: Encoder) -> Callable[[list[str], list[str]], Beads]:
    from sentweave import align as weave  # pip install sentweave

    def aligned(ko: list[str], en: list[str]) -> Beads:
        found = weave(ko, en, encoder=encoder).alignments
        return [(list(bead.src_indices), list(bead.tgt_indices)) for bead in found]

    return aligned


if __name__ == "__main__":
    main()
