"""Nearest sentences across the two languages, through FAISS: hubs, margins and anchors.

A *hub* is a sentence close to everything (a short "he said"); the mean cosine of a sentence to its
nearest neighbours measures that, and the *margin* of a pair is its cosine less the hub values of
both sides (CSLS: Conneau et al., *Word Translation Without Parallel Data*, ICLR 2018; for bitext:
Artetxe and Schwenk, *Margin-based Parallel Corpus Mining*, ACL 2019). *Anchors* are pairs that
prefer each other by margin.
"""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.encoder import Floats
from align.threads import one_faiss_thread

Ints = NDArray[np.int64]

#: Neighbours a hub value is averaged over.
HUB_NEIGHBOURS = 4
#: Neighbours among which a sentence looks for its partner.
CANDIDATES = 8
#: Up to so many pairs a search runs in one thread.
_ONE_THREAD = 4_000_000


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What both sides' sentences see in each other.

    ``ko_near`` (n, k) and ``ko_rows`` (n, k): cosines and numbers of the nearest English sentences,
    best first, k ≤ ``CANDIDATES``; ``en_near`` and ``en_rows`` (m, k) of the nearest Korean ones.
    ``ko_best`` (n,) and ``en_best`` (m,): the best margin with any sentence of the other side;
    ``anchors`` (k, 2): sentence numbers of mutually preferred pairs, by Korean number;
    ``similarity`` and ``margin`` (k,) of those pairs.
    """

    ko_near: Floats
    ko_rows: Ints
    en_near: Floats
    en_rows: Ints
    ko_best: Floats
    en_best: Floats
    anchors: Ints
    similarity: Floats
    margin: Floats


def nearest(queries: Floats, base: Floats, k: int) -> tuple[Floats, Ints]:
    """Cosines and row numbers of the ``k`` nearest rows of ``base``, shapes (n, min(k, len(base))).

    Both arrays hold unit vectors; results are exact, best first.
    """
    import faiss

    # FAISS 1.15 leaves BLAS aside below 128,000 operations; with it small searches are 5 × faster.
    faiss.cvar.distance_compute_blas_threshold = 3000
    with one_faiss_thread() if len(queries) * len(base) < _ONE_THREAD else nullcontext():
        found: tuple[Floats, Ints] = faiss.knn(
            np.ascontiguousarray(queries),
            np.ascontiguousarray(base),
            min(k, len(base)),
            metric=faiss.METRIC_INNER_PRODUCT,
        )
    return found


def neighbourhood(ko: Floats, en: Floats, *, random_level: float) -> Neighbourhood:
    """Hubs and anchors of two texts' sentence vectors, shapes (n, d) and (m, d), n, m ≥ 1.

    A side with fewer than ``HUB_NEIGHBOURS`` sentences is filled up with ``random_level``, the
    cosine of sentences that have nothing to do with each other.
    """
    ko_near, ko_rows = nearest(ko, en, CANDIDATES)
    en_near, en_rows = nearest(en, ko, CANDIDATES)
    ko_hub, en_hub = _hub(ko_near, random_level), _hub(en_near, random_level)
    ko_margin = ko_near - (ko_hub[:, None] + en_hub[ko_rows]) / 2
    en_margin = en_near - (en_hub[:, None] + ko_hub[en_rows]) / 2
    ko_best, en_best = ko_margin.argmax(axis=1), en_margin.argmax(axis=1)
    i = np.arange(len(ko))
    j = ko_rows[i, ko_best]
    mutual = en_rows[j, en_best[j]] == i
    return Neighbourhood(
        ko_near=ko_near,
        ko_rows=ko_rows,
        en_near=en_near,
        en_rows=en_rows,
        ko_best=ko_margin.max(axis=1),
        en_best=en_margin.max(axis=1),
        anchors=np.stack([i[mutual], j[mutual]], axis=1),
        similarity=ko_near[i, ko_best][mutual],
        margin=ko_margin[i, ko_best][mutual],
    )


def _hub(near: Floats, random_level: float) -> Floats:
    top = near[:, :HUB_NEIGHBOURS]
    missing = HUB_NEIGHBOURS - top.shape[1]
    hub: Floats = (top.sum(axis=1) + missing * np.float32(random_level)) / HUB_NEIGHBOURS
    return hub.astype(np.float32)
