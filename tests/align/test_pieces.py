"""Long texts in pieces: nothing is lost, and no bead is cut."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align import load_encoder
from align.anchors import chain_of_anchors, corner_way, heaviest_chain
from align.band import ARTICLE
from align.encoder import Floats, unit
from align.pieces import LONGEST, Piece, pieces
from align.reference import usual_of
from align.runs import Runs, runs_of
from align.threads import one_blas_thread

Bead = tuple[tuple[int, ...], tuple[int, ...]]
Beads = list[Bead]
DIM = 64
#: Cosine of unrelated vectors drawn here.
UNRELATED = 0.0


def cut(ko: Floats, en: Floats) -> list[Piece]:
    """Pieces of two texts, looked at for what must hold of any."""
    with one_blas_thread():
        found = pieces(Runs.of_vectors([ko]), Runs.of_vectors([en]), UNRELATED)
    assert_tiles(found, len(ko), len(en))
    return found


def assert_tiles(found: Sequence[Piece], n: int, m: int) -> None:
    """Every sentence is in one piece, in order, and no piece is empty or too large."""
    ends = [(0, 0), *((p.ko_stop, p.en_stop) for p in found)]
    assert [(p.ko_start, p.en_start) for p in found] == ends[:-1]
    assert ends[-1] == (n, m)
    sizes = [(p.ko_stop - p.ko_start, p.en_stop - p.en_start) for p in found]
    assert all(r >= 0 and c >= 0 and 0 < r + c <= LONGEST for r, c in sizes)


def translated(
    n: int, seed: int, changed: float = 0.0, noise: float = 1.1
) -> tuple[Floats, Floats, Beads]:
    """Vectors of a text of n sentences and its translation, and the beads.

    Neighbours are alike, since a text keeps to its matter for some ten sentences, and some come
    again and again. The given share is changed: a sentence is cut on either side, or two are joined
    on either side. Cosines of translations are about .6.
    """
    chance = np.random.default_rng(seed)
    matter = np.repeat(chance.normal(size=(n // 10 + 1, DIM)), 10, axis=0)[:n]
    meaning = unit(0.7 * matter + chance.normal(size=(n, DIM)))
    often = chance.random(n) < 0.05
    meaning[often] = meaning[chance.integers(0, 5, often.sum())]
    kinds = chance.choice(5, size=n, p=[1 - changed, *[changed / 4] * 4])
    ko: list[Floats] = []
    en: list[Floats] = []
    beads: Beads = []
    i = 0
    while i < n:
        kind = 0 if kinds[i] > 2 and i + 1 == n else kinds[i]
        here = slice(i, i + (2 if kind > 2 else 1))
        k_new = [] if kind == 1 else [meaning[here].sum(axis=0)] if kind == 3 else meaning[here]
        e_new = [] if kind == 2 else [meaning[here].sum(axis=0)] if kind == 4 else meaning[here]
        beads.append(
            (
                tuple(range(len(ko), len(ko) + len(k_new))),
                tuple(range(len(en), len(en) + len(e_new))),
            )
        )
        ko += list(k_new)
        en += list(e_new)
        i = here.stop
    sides = [unit(np.array(side)) for side in (ko, en)]
    ko_seen, en_seen = (
        unit(side + noise / np.sqrt(2 * DIM) * chance.normal(size=side.shape)) for side in sides
    )
    return ko_seen, en_seen, beads


def beads_cut(found: Sequence[Piece], beads: Beads) -> Beads:
    """The beads that are not in one piece."""
    ko_piece = np.repeat(np.arange(len(found)), [p.ko_stop - p.ko_start for p in found])
    en_piece = np.repeat(np.arange(len(found)), [p.en_stop - p.en_start for p in found])
    return [
        (ko, en)
        for ko, en in beads
        if ko and en and len({*ko_piece[list(ko)], *en_piece[list(en)]}) > 1
    ]


def linked(beads: Beads) -> int:
    return sum(bool(ko and en) for ko, en in beads)


def mirrored(found: Sequence[Piece]) -> list[Piece]:
    return [Piece(p.en_start, p.en_stop, p.ko_start, p.ko_stop) for p in found]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    n=st.integers(0, 1500),
    m=st.integers(0, 1500),
    alike=st.floats(0, 1),
    kinds=st.integers(1, 1500),
    seed=st.integers(0, 2**32 - 1),
)
def test_whatever_the_texts_every_sentence_is_in_one_piece(
    n: int, m: int, alike: float, kinds: int, seed: int
) -> None:
    chance = np.random.default_rng(seed)
    meaning = chance.normal(size=(kinds, DIM))
    ko, en = (
        unit(
            alike * meaning[np.arange(size) % kinds] + (1 - alike) * chance.normal(size=(size, DIM))
        )
        for size in (n, m)
    )
    cut(ko, en)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 2**32 - 1), changed=st.floats(0, 0.45), n=st.integers(300, 1200))
def test_with_the_sides_swapped_the_pieces_are_mirrored(seed: int, changed: float, n: int) -> None:
    ko, en, _ = translated(n, seed, changed)
    assert cut(en, ko) == mirrored(cut(ko, en))


def test_longer_texts_are_mirrored_too() -> None:
    ko, en, _ = translated(5_000, 8, 0.3)
    assert len(ko) * len(en) > 4_000_000  # blocks come first
    assert cut(en, ko) == mirrored(cut(ko, en))


def test_a_text_of_the_size_of_an_article_is_one_piece() -> None:
    ko, en, _ = translated(240, 1)
    assert (len(ko) + 1) * (len(en) + 1) <= ARTICLE
    assert cut(ko, en) == [Piece(0, len(ko), 0, len(en))]
    assert cut(ko[:0], en[:0]) == []


@pytest.mark.parametrize("changed", [0.1, 0.3, 0.6])
def test_no_bead_is_cut_where_sentences_were_cut_and_joined(changed: float) -> None:
    lost = of = 0
    for seed in range(8):
        ko, en, beads = translated(2_500, seed, changed)
        lost += len(beads_cut(cut(ko, en), beads))
        of += linked(beads)
    assert of > 10_000
    assert lost <= of / 10_000


def test_no_bead_is_cut_in_long_texts() -> None:
    ko, en, beads = translated(20_000, 3, 0.3)
    found = cut(ko, en)
    assert len(beads_cut(found, beads)) <= 1
    sizes = [p.ko_stop - p.ko_start for p in found]
    assert 50 <= np.median(sizes) <= 120
    assert max(sizes) < 400


def test_anchors_are_true_and_in_order() -> None:
    ko, en, beads = translated(6_000, 4, 0.3)
    pairs = {(i, j) for k, e in beads for i in k for j in e}
    single = sum(len(k) == len(e) == 1 for k, e in beads)
    anchors = chain_of_anchors(Runs.of_vectors([ko]), Runs.of_vectors([en]), UNRELATED)
    assert (np.diff(anchors.pairs, axis=0) > 0).all()
    right = sum(tuple(pair) in pairs for pair in anchors.pairs.tolist())
    assert right > 0.98 * len(anchors.pairs)
    assert right > 0.9 * single
    cosines = (ko[anchors.pairs[:, 0]] * en[anchors.pairs[:, 1]]).sum(axis=1)
    assert np.allclose(anchors.similarity, cosines, atol=1e-5)


def test_a_side_that_lacks_half_the_text_loses_nothing_else() -> None:
    ko, en, beads = translated(12_000, 5, 0.1)
    back = {i: k for k, i in enumerate(range(4_000, len(ko)))}
    kept = [
        (tuple(back[i] for i in k), e) for k, e in beads if all(i in back for i in k) and k and e
    ]
    found = cut(ko[4_000:], en)
    assert len(beads_cut(found, kept)) <= 1
    chosen = np.sort(np.random.default_rng(6).choice(len(ko), len(ko) // 2, replace=False))
    back = {int(i): k for k, i in enumerate(chosen)}
    kept = [
        (tuple(back[i] for i in k), e) for k, e in beads if all(i in back for i in k) and k and e
    ]
    found = cut(ko[chosen], en)
    assert len(beads_cut(found, kept)) <= 1
    assert max(p.ko_stop - p.ko_start for p in found) < 400


def test_a_passage_that_moved_leaves_the_rest_as_it_was() -> None:
    ko, en, beads = translated(12_000, 7)
    order = np.r_[0:2_000, 4_000:8_000, 2_000:4_000, 8_000:12_000]
    back = np.argsort(order)
    moved = [(k, tuple(int(back[j]) for j in e)) for k, e in beads]
    found = cut(ko, en[order])
    stayed = [bead for bead in moved if not 2_000 <= bead[0][0] < 4_000]
    assert len(beads_cut(found, stayed)) <= 1


def test_a_sentence_is_found_in_a_long_text() -> None:
    ko, en, _ = translated(50_000, 9, noise=0.5)
    for i in (7, 31_416, 49_999):
        for one, found in (
            (0, cut(ko[i : i + 1], en)),
            (1, mirrored(cut(ko, en[i : i + 1]))),
        ):
            [home] = [p for p in found if p.ko_stop > p.ko_start]
            assert home.en_start <= i < home.en_stop, one


def test_texts_without_a_way_are_still_cut() -> None:
    ko, en, _ = translated(6_000, 10)
    other, _, _ = translated(5_000, 11)
    same_ko, same_en = np.repeat(ko[:1], 6_000, axis=0), np.repeat(en[:1], 5_000, axis=0)
    nothing = np.zeros((3_000, DIM), dtype=np.float32)
    for a, b in (
        (ko, en[::-1]),
        (ko, other),
        (same_ko, same_en),
        (nothing, nothing),
        (ko, np.tile(en[:12], (400, 1))),
        (np.tile(ko[:12], (400, 1)), np.tile(en[:12], (300, 1))),
        (ko[:0], en),
        (ko, en[:0]),
        (np.tile(ko, (5, 1)), en[:3]),
    ):
        assert len(cut(a, b)) > 1
        assert len(cut(b, a)) > 1


@given(r=st.integers(0, 40), c=st.integers(0, 40))
def test_the_way_between_corners_is_one_step_at_a_time(r: int, c: int) -> None:
    way = corner_way(r, c)
    assert way[0].tolist() == [0, 0]
    assert way[-1].tolist() == [r, c]
    assert len(way) == max(r, c) + 1
    steps = np.diff(way, axis=0)
    assert ((steps >= 0) & (steps <= 1)).all()
    assert np.array_equal(corner_way(c, r), way[:, ::-1])


@settings(max_examples=200)
@given(
    st.lists(st.integers(-3, 9), max_size=9).flatmap(
        lambda margins: st.tuples(st.just(margins), st.permutations(range(len(margins))))
    )
)
def test_the_heaviest_chain_is_the_heaviest(drawn: tuple[list[int], Sequence[int]]) -> None:
    margins, columns = drawn
    k = len(margins)
    pairs = np.stack([np.arange(k), np.array(columns, dtype=np.int64)], axis=1)
    chosen = heaviest_chain(pairs, np.array(margins, dtype=np.float32)).tolist()
    assert chosen == sorted(chosen)
    assert all(columns[a] < columns[b] for a, b in pairwise(chosen))
    heaviest = 0
    for subset in range(2**k):
        members = [i for i in range(k) if subset >> i & 1]
        if all(columns[a] < columns[b] for a, b in pairwise(members)):
            heaviest = max(heaviest, sum(margins[i] for i in members))
    assert sum(margins[i] for i in chosen) == heaviest


def test_real_articles_in_a_row_are_cut_between_their_beads(sample_dir: Path) -> None:
    ko, en, beads = articles_in_a_row(sorted(sample_dir.glob("*.gold.json")))
    encoder = load_encoder()
    usual = usual_of(encoder)
    found = pieces(
        runs_of(encoder, ko, 1, usual.ko_mean), runs_of(encoder, en, 1, usual.en_mean), usual.random
    )
    assert_tiles(found, len(ko), len(en))
    assert len(found) > 2
    lost = beads_cut(found, beads)
    assert len(lost) <= 2
    # What has moved past other beads need not be in their piece.
    assert all(any(cross(bead, other) for other in beads) for bead in lost)


def cross(one: Bead, other: Bead) -> bool:
    """Whether two beads, neither of them a null, stand in another order on the two sides."""
    if not (all(one) and all(other)) or one == other:
        return False
    return (one[0] < other[0]) != (one[1] < other[1])


def articles_in_a_row(paths: Sequence[Path]) -> tuple[list[str], list[str], Beads]:
    """The sentences of all articles, and their beads."""
    ko: list[str] = []
    en: list[str] = []
    beads: Beads = []
    for path in paths:
        gold = json.loads(path.read_text(encoding="utf-8"))["beads"]
        numbers: dict[str, dict[str, int]] = {}
        for lang, text in (("ko", ko), ("en", en)):
            page = path.with_name(path.name.replace("gold.json", f"{lang}.txt"))
            content = page.read_text(encoding="utf-8")
            sentences = sorted((s for bead in gold for s in bead[lang]), key=content.index)
            numbers[lang] = {s: len(text) + k for k, s in enumerate(sentences)}
            text += sentences
        beads += [
            (tuple(numbers["ko"][s] for s in b["ko"]), tuple(numbers["en"][s] for s in b["en"]))
            for b in gold
        ]
    return ko, en, beads
