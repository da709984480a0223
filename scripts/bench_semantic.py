"""How fast a memory's vectors answer, and whether they find what is there.

    python scripts/bench_semantic.py MEMORY [--questions N] [--sentences FILE]

MEMORY must have vectors (``donju memory embed``). Questions are lines of FILE (``ko<TAB>text`` or
``en<TAB>text``), better ones that are not in the memory, or else sources and targets of units in
turn. Printed are the time to open the index, the size of its files, the time of a question with
and without embedding it (median and 95th percentile, one thread), and the share of the true ten
nearest units that is found: overall, and of those near enough to be shown. The true ones come from
comparing with every vector.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import cast

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from align.article import Lang
from align.encoder import CachedEncoder, Encoder, load_encoder
from tm.search.semantic import SemanticIndex
from tm.search.semantic.manifest import Manifest, load
from tm.search.semantic.segment import decoded, path_of
from tm.store.sqlite import SqliteStore

_K = 10
_PAGE = 20_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("memory", type=Path)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--sentences", type=Path)
    arguments = parser.parse_args()
    told = list(figures(arguments.memory, arguments.questions, arguments.sentences))
    if not told:
        sys.exit(f"{arguments.memory} has no vectors: run `donju memory embed` first")
    for name, value in told:
        print(f"{name}: {value}")


def figures(
    memory: Path, questions: int, sentences: Path | None = None
) -> Iterator[tuple[str, str]]:
    """What is measured and how much it is; nothing if the memory has no vectors."""
    store = SqliteStore(memory)
    named = SemanticIndex.open(memory, store).encoder_name
    if named is not None:
        asked = _questions(store, questions, sentences)
        yield from _measured(memory, store, CachedEncoder(load_encoder(named)), asked)


def _questions(store: SqliteStore, n: int, sentences: Path | None) -> list[tuple[str, Lang]]:
    if sentences is not None:
        lines = sentences.read_text(encoding="utf-8").splitlines()[:n]
        split = (line.partition("\t") for line in lines)
        return [(text, cast(Lang, lang)) for lang, _, text in split]
    step = max(store.unit_count() // n, 1)
    units = islice(store.units(), 0, step * n, step)
    return [
        (unit.target, "en") if number % 2 else (unit.source, "ko")
        for number, unit in enumerate(units)
    ]


def _measured(
    memory: Path, store: SqliteStore, encoder: Encoder, asked: list[tuple[str, Lang]]
) -> Iterator[tuple[str, str]]:
    started = time.perf_counter()
    index = SemanticIndex.open(memory, store, encoder)
    yield "opening", f"{time.perf_counter() - started:.2f} s, {index.behind()} units behind"
    size = sum(file.stat().st_size for file in index.folder.iterdir())
    yield "files", f"{size / 1e6:.0f} MB for {store.unit_count():,} units"
    index.nearest("처음", "ko")  # loads the encoder
    with_embedding, without, found = [], [], []
    for text, lang in asked:
        started = time.perf_counter()
        index.nearest(text, lang, _K)
        between = time.perf_counter()  # from here on the encoder remembers the sentence
        found.append([near.unit_id for near in index.nearest(text, lang, _K, minimum=-1)])
        with_embedding.append(between - started)
        without.append(time.perf_counter() - between)
    for name, times in (("question", with_embedding), ("without embedding", without)):
        median, high = np.percentile(times, [50, 95]) * 1000
        yield name, f"{median:.1f} / {high:.1f} ms"
    yield "recall of the ten nearest, of those shown", _recall(index, store, asked, found)


def _recall(
    index: SemanticIndex,
    store: SqliteStore,
    asked: list[tuple[str, Lang]],
    found: list[list[int]],
) -> str:
    """Compare with every vector. Units as near as the tenth count as true, too: many say the
    same, of which the index gives one."""
    manifest = load(index.folder)
    assert manifest is not None
    questions = np.stack([index.vector_of(text, lang) for text, lang in asked])
    ids, cosines = _all_cosines(index.folder, manifest, questions)
    live = np.isin(ids, list(store.live(ids.tolist())))
    ids, cosines = ids[live], cosines[:, live]
    place = {unit_id: row for row, unit_id in enumerate(ids.tolist())}
    shares, shown = [], []
    for row, units in zip(cosines, found, strict=True):
        best = np.unique(row.round(4))[::-1][:_K]
        mine = np.unique(row[[place[unit] for unit in units]].round(4))
        hit = np.isin(best, mine)
        shares.append(hit.mean())
        shown += hit[best >= index.minimum].tolist()
    return f"{np.mean(shares):.4f}, {np.mean(shown):.4f}"


def _all_cosines(
    folder: Path, manifest: Manifest, questions: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    ids, cosines = [], []
    for segment in manifest.segments:
        codes = np.load(path_of(folder, segment.name, "codes"), mmap_mode="r")
        ids.append(np.load(path_of(folder, segment.name, "units"))["id"])
        starts = range(0, len(codes), _PAGE)
        cosines += [questions @ decoded(codes[start : start + _PAGE]).T for start in starts]
    return np.concatenate(ids), np.concatenate(cosines, axis=1)


if __name__ == "__main__":
    main()
