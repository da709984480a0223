"""Learn the aligner's weights from documents with gold beads.

    python scripts/train_aligner.py DOCS.jsonl [MORE.jsonl …] --out align/weights.json

A document is one JSON line with ``src`` and ``tgt`` (lists of Korean and English sentences) and
``gold`` (a list of beads, each a pair of lists of sentence numbers); ``src_paragraphs`` and
``tgt_paragraphs`` may hold the number of each sentence's paragraph. The conditional random field
of ``align/score.py`` is fitted by maximum likelihood with L-BFGS and a small quadratic penalty.
Rare shapes share their slopes. ``--unrelated N`` adds N documents whose two sides have nothing to
do with each other (all nulls), so that the aligner learns to leave such texts unaligned. Several
encoders can be given; one set of weights is learned for all of them.

Gold beads that cross other than as a swap of neighbours cannot be part of a path: the longest part
of the gold that can is learned from, and the sentences of the other beads stand as nulls.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import numpy as np
from scipy.optimize import minimize

from align import features
from align.article import Lang
from align.encoder import Encoder, load_encoder, run_vectors, with_cache
from align.features import APART, FEATURES, PARAGRAPHS, SHAPES, TOGETHER
from align.path import posteriors
from align.reference import Usual, usual_of
from align.score import LONGEST, NULL_FEATURE_NAMES, Lattice, Weights, lattice, shape_of
from align.side import Side, side

NULL_FEATURES = len(NULL_FEATURE_NAMES)
#: Features whose slope is the same for all shapes: few documents with gold beads have paragraphs.
SHARED = [PARAGRAPHS, APART, TOGETHER]
#: Shapes whose slopes are one and the same (all but their bias).
TIED = (3, 4, 5)
# Parameter vector: beads, null, null_run, swap.
SIZE = SHAPES * FEATURES + NULL_FEATURES + 2


@dataclass
class Example:
    lattice: Lattice
    gold: np.ndarray  # feature sums of the gold path, shape (SIZE,)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("documents", nargs="+", type=Path)
    parser.add_argument("--encoder", action="append", help="encoder name; may be repeated")
    parser.add_argument("--unrelated", type=int, default=0, metavar="N")
    parser.add_argument("--penalty", type=float, default=3e-4)
    parser.add_argument("--iterations", type=int, default=120)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args()

    documents = [
        json.loads(line)
        for path in options.documents
        for line in path.read_text(encoding="utf-8").splitlines()
        if line.strip()
    ]
    documents += unrelated(documents, options.unrelated)
    names = options.encoder or ["builtin"]
    examples: list[Example] = []
    for name in names:
        encoder = with_cache(load_encoder(name))
        usual = usual_of(encoder)
        examples += [example(d, encoder, usual) for d in documents]
        print(f"{name}: {len(documents)} documents", flush=True)

    start = pack(
        Weights(
            np.tile([-1.0, 5.0, *[0.0] * (FEATURES - 2)], (SHAPES, 1)),
            np.array([1.0, -2, 0, 0, 0]),
            -2,
            -3,
        )
    )
    found = minimize(
        objective,
        start,
        args=(examples, options.penalty),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": options.iterations},
    )
    weights = unpack(found.x)
    print(f"loss {found.fun:.4f} a document after {found.nit} iterations")
    options.out.write_text(
        json.dumps(
            {
                "beads": weights.beads.round(3).tolist(),
                "null": weights.null.round(3).tolist(),
                "null_run": round(float(weights.null_run), 3),
                "swap": round(float(weights.swap), 3),
                "learned": {
                    "documents": [p.name for p in options.documents],
                    "sha256": [
                        hashlib.sha256(p.read_bytes()).hexdigest()[:16] for p in options.documents
                    ],
                    "unrelated": options.unrelated,
                    "encoders": names,
                    "penalty": options.penalty,
                    "loss": round(float(found.fun), 4),
                },
            },
            indent=1,
        )
        + "\n",
        encoding="utf-8",
    )


def unrelated(documents: list[dict], count: int) -> list[dict]:
    """Documents of a Korean side and an English side far apart in the list, all nulls."""
    out = []
    for k in range(count):
        ko = documents[k * 7919 % len(documents)]["src"]
        en = documents[(k * 7919 + len(documents) // 2) % len(documents)]["tgt"]
        if set(en) & set(documents[k * 7919 % len(documents)]["tgt"]):
            continue  # the two documents were cut from the same text
        gold = [[[i], []] for i in range(len(ko))] + [[[], [j]] for j in range(len(en))]
        out.append({"src": ko, "tgt": en, "gold": gold})
    return out


def example(document: dict, encoder: Encoder, usual: Usual) -> Example:
    made = lattice(
        _side("ko", document["src"], document.get("src_paragraphs"), encoder, usual),
        _side("en", document["tgt"], document.get("tgt_paragraphs"), encoder, usual),
        usual,
    ).searched_whole()  # a gold bead may lie beyond the band
    return Example(made, gold_features(made, document["gold"]))


def _side(
    lang: Lang, texts: list[str], paragraphs: list[int] | None, encoder: Encoder, usual: Usual
) -> Side:
    mean = usual.ko_mean if lang == "ko" else usual.en_mean
    return side(lang, texts, run_vectors(encoder, texts, LONGEST, mean), paragraphs)


def gold_features(made: Lattice, gold: list) -> np.ndarray:
    """Feature sums of the gold path."""
    n, m = made.ko_null.shape[1], made.en_null.shape[1]
    beads_sum = np.zeros((SHAPES, FEATURES))
    ko_left, en_left = set(range(n)), set(range(m))
    swaps = runs = at_ko = at_en = 0
    for step in gold_path(gold):
        first_ko, first_en = min(a[0] for a, _ in step), min(b[0] for _, b in step)
        runs += (first_ko > at_ko) + (first_en > at_en)
        swaps += len(step) - 1
        at_ko, at_en = max(a[-1] for a, _ in step) + 1, max(b[-1] for _, b in step) + 1
        for a, b in step:
            beads_sum[shape_of(len(a), len(b))] += made.features(a, b)
            ko_left.difference_update(a)
            en_left.difference_update(b)
    runs += (n > at_ko) + (m > at_en)
    null = made.ko_null[:, sorted(ko_left)].sum(axis=1) + made.en_null[:, sorted(en_left)].sum(
        axis=1
    )
    return np.concatenate([beads_sum.ravel(), null, [runs, swaps]])


def gold_path(gold: list) -> list[list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Steps of the path with the most sentences: one bead each, or the two beads of a swap."""
    types = {(int(a), int(b)) for a, b in features.TYPES}
    beads = sorted((tuple(sorted(a)), tuple(sorted(b))) for a, b in gold if a and b)
    beads = [(a, b) for a, b in beads if (len(a), len(b)) in types]
    steps = [[bead] for bead in beads]
    for x, y in pairwise(beads):
        ones = all(len(side) == 1 for bead in (x, y) for side in bead)
        if ones and y[0][0] == x[0][0] + 1 and x[1][0] == y[1][0] + 1:
            steps.append([x, y])
    steps.sort(key=lambda step: (step[-1][0][-1], len(step)))
    best: list[tuple[int, list]] = []  # heaviest path that ends with each step
    for step in steps:
        weight, path = 0, []
        for k, before in enumerate(steps[: len(best)]):
            ends = before[-1][0][-1], max(b[-1] for _, b in before)
            if ends[0] < step[0][0][0] and ends[1] < min(b[0] for _, b in step):
                weight, path = max((weight, path), best[k], key=lambda found: found[0])
        best.append((weight + sum(len(a) + len(b) for a, b in step), [*path, step]))
    return max(best, key=lambda found: found[0])[1] if best else []


def pack(w: Weights) -> np.ndarray:
    return np.concatenate([w.beads.ravel(), w.null, [w.null_run, w.swap]])


def unpack(x: np.ndarray) -> Weights:
    """Weights of a parameter vector; tied slopes are read from the first of their shapes."""
    beads = x[: SHAPES * FEATURES].reshape(SHAPES, FEATURES).copy()
    for s in TIED[1:]:
        beads[s, 1:] = beads[TIED[0], 1:]
    beads[1:, SHARED] = beads[0, SHARED]
    return Weights(beads, x[-2 - NULL_FEATURES : -2].copy(), float(x[-2]), float(x[-1]))


def fold(gradient: np.ndarray) -> np.ndarray:
    """A gradient with the tied slopes' parts added into the first of their shapes."""
    out = gradient.copy()
    beads = out[: SHAPES * FEATURES].reshape(SHAPES, FEATURES)
    beads[0, SHARED] = beads[:, SHARED].sum(axis=0)
    beads[1:, SHARED] = 0
    for s in TIED[1:]:
        beads[TIED[0], 1:] += beads[s, 1:]
        beads[s, 1:] = 0
    return out


def objective(x: np.ndarray, examples: list[Example], penalty: float) -> tuple[float, np.ndarray]:
    """Mean negative log-likelihood of the gold paths, and its gradient."""
    weights = unpack(x)
    loss, gradient = 0.0, np.zeros(SIZE)
    for e in examples:
        made = replace(e.lattice, weights=weights)
        found = posteriors(made)
        beads = found.beads.copy()
        low = made.band.low
        for i, c in np.argwhere(found.swaps > 1e-12):
            j = c + low[i]
            beads[0, i, j + 1 - low[i]] += found.swaps[i, c]
            beads[0, i + 1, j - low[i + 1]] += found.swaps[i, c]
        expected = np.concatenate(
            [
                features.expected(beads, made.given).ravel(),
                made.ko_null @ found.ko_null + made.en_null @ found.en_null,
                [found.null_runs, found.swaps.sum()],
            ]
        )
        gradient += expected - e.gold
        nulls = made.ko_null_potential.sum() + made.en_null_potential.sum()
        loss += found.log_sum + nulls - float(e.gold @ pack(weights))
    n = len(examples)
    folded = fold(gradient / n)
    return loss / n + penalty * float(x @ x), folded + 2 * penalty * x


if __name__ == "__main__":
    main()
