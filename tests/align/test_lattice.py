"""The lattice under the search: features, sums over all alignments, symmetry."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import features
from align.alignment import Bead
from align.article import Lang
from align.encoder import Floats, load_encoder, run_vectors, unit
from align.features import TYPES
from align.path import best_beads, posteriors
from align.reference import Usual, usual_of
from align.score import LONGEST, WEIGHTS, Lattice, lattice
from align.side import Side, side

KO = [
    "올봄 혜산시에서 장마당 관리원이 세 명 바뀌었다.",
    "“새 관리원은 자리세를 두 배로 올렸다”고 한 상인이 말했다.",
    "그는 “이대로라면 장사를 접어야 한다”며",
    "한숨을 쉬었다.",
    "시 인민위원회는 아무 설명도 내놓지 않았다.",
    "주민들은 4월 3일부터 새 요금을 내고 있다.",
]
EN = [
    "Three managers of the market in Hyesan were replaced this spring.",
    '"The new one doubled the stall fees," a vendor said.',
    "He sighed that he would have to give up his business if this went on.",
    "The city people's committee has given no explanation.",
    "Residents have been paying the new fees",
    "since April 3.",
]
TYPE_LIST = [(int(a), int(b)) for a, b in TYPES]


@cache
def _usual() -> Usual:
    return usual_of(load_encoder())


def _side(lang: Lang, texts: Sequence[str], paragraphs: Sequence[int] | None = None) -> Side:
    mean = _usual().ko_mean if lang == "ko" else _usual().en_mean
    return side(lang, texts, run_vectors(load_encoder(), texts, LONGEST, mean), paragraphs)


def _random_side(seed: int, n: int, shared: Floats) -> Side:
    """A side whose sentences are, in a random order, noisy copies of ``shared`` and of nothing."""
    rng = np.random.default_rng(seed)
    single = unit(shared[np.arange(n) % len(shared)] + rng.normal(size=(n, 16)).astype(np.float32))
    runs = [single]
    for k in range(2, LONGEST + 1):
        rows = max(n - k + 1, 0)
        runs.append(
            unit(
                np.array([single[i : i + k].sum(axis=0) for i in range(rows)] or [[0] * 16])[:rows]
            )
        )
    torn = rng.random(n + 1) * (rng.random(n + 1) < 0.2)
    breaks = (rng.random(n + 1) < 0.3).astype(float)
    torn[[0, -1]] = breaks[[0, -1]] = 0
    return Side(
        runs=runs,
        length=rng.integers(10, 200, n).astype(float),
        quotations=rng.integers(0, 3, n).astype(float),
        torn=torn,
        breaks=breaks,
    )


_PLAIN = Usual(np.zeros(16, np.float32), np.zeros(16, np.float32), 0.0, 0.7)


def _random_lattice(seed: int, n: int, m: int) -> Lattice:
    shared = np.random.default_rng(seed).normal(size=(8, 16)).astype(np.float32) * 1.5
    return lattice(_random_side(seed + 1, n, shared), _random_side(seed + 2, m, shared), _PLAIN)


def _mirrored(made: Lattice) -> Lattice:
    return lattice(
        made.en,
        made.ko,
        _PLAIN,
        levels=type(made.levels)(made.levels.random, made.levels.true, -made.levels.ratio),
    )


def test_the_grid_has_the_features_that_single_beads_have() -> None:
    """The compiled features of the band are those computed from the vectors of one bead."""
    made = lattice(
        _side("ko", KO, [0, 0, 1, 1, 1, 2]), _side("en", EN, [0, 1, 1, 2, 3, 3]), _usual()
    )
    nodes = [
        (t, i, j)
        for t, (a, b) in enumerate(TYPE_LIST)
        for i in range(len(KO) - a + 1)
        for j in range(len(EN) - b + 1)
    ]
    of_grid = features.of_steps(np.array(nodes), made.given)
    alone = [
        made.features(range(i, i + TYPE_LIST[t][0]), range(j, j + TYPE_LIST[t][1]))
        for t, i, j in nodes
    ]
    assert len(nodes) > 200
    assert np.allclose(of_grid, alone, atol=1e-5)
    for name in ("torn", "joined", "quotes", "paragraphs", "apart", "together"):
        assert np.ptp(of_grid[:, features.FEATURE_NAMES.index(name)]) > 0, name


def _alignments(n: int, m: int) -> Iterator[list[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """All alignments in order: beads of every type, and nulls, Korean ones first in a gap."""

    def beads(i: int, j: int) -> Iterator[list[tuple[int, int, int, int]]]:
        yield []
        for x in range(i, n):
            for y in range(j, m):
                for a, b in TYPE_LIST:
                    if x + a <= n and y + b <= m:
                        for rest in beads(x + a, y + b):
                            yield [(x, y, a, b), *rest]

    for found in beads(0, 0):
        yield [(tuple(range(x, x + a)), tuple(range(y, y + b))) for x, y, a, b in found]


def _weight(made: Lattice, links: list[tuple[tuple[int, ...], tuple[int, ...]]]) -> float:
    """Log-weight of one alignment: potentials, and a fee for every run of nulls in a gap."""
    n, m = len(made.ko), len(made.en)
    ko_left = set(range(n)) - {i for ko, _ in links for i in ko}
    en_left = set(range(m)) - {j for _, en in links for j in en}
    total = sum(made.potential(ko, en) for ko, en in links)
    total += sum(made.potential((i,), ()) for i in ko_left)
    total += sum(made.potential((), (j,)) for j in en_left)
    ends = [((-1,), (-1,)), *links, ((n,), (m,))]
    for (ko, en), (next_ko, next_en) in itertools.pairwise(ends):
        gaps = (next_ko[0] > ko[-1] + 1) + (next_en[0] > en[-1] + 1)
        total += gaps * made.weights.null_run
    return total


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 4), m=st.integers(1, 4))
def test_the_sums_are_those_over_all_alignments(seed: int, n: int, m: int) -> None:
    """Against a list of every alignment, with swaps made impossible so that the list is short."""
    plain = _random_lattice(seed, n, m)
    no_swaps = type(WEIGHTS)(WEIGHTS.beads, WEIGHTS.null, WEIGHTS.null_run, -500.0)
    made = type(plain)(**{**vars(plain), "weights": no_swaps})
    found = posteriors(made)
    every = list(_alignments(n, m))
    weights = np.array([_weight(made, links) for links in every])
    z = np.logaddexp.reduce(weights)
    nulls = made.ko_null_potential.sum() + made.en_null_potential.sum()
    assert math.isclose(found.log_sum + nulls, z, abs_tol=2e-2)
    shares = np.exp(weights - z)
    for i in range(n):
        alone = sum(
            share
            for links, share in zip(every, shares, strict=True)
            if all(i not in ko for ko, _ in links)
        )
        assert found.ko_null[i] == pytest.approx(alone, abs=1e-2)
    for t, (a, b) in enumerate(TYPE_LIST):
        for i in range(n - a + 1):
            for j in range(m - b + 1):
                link = (tuple(range(i, i + a)), tuple(range(j, j + b)))
                with_link = sum(s for links, s in zip(every, shares, strict=True) if link in links)
                assert found.beads[t, i, j] == pytest.approx(with_link, abs=1e-2)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 30), m=st.integers(1, 30))
def test_every_sentence_is_somewhere_with_certainty(seed: int, n: int, m: int) -> None:
    found = posteriors(_random_lattice(seed, n, m))
    total = found.ko_null.copy()
    for t, (a, b) in enumerate(TYPE_LIST):
        for i, j in itertools.product(range(n - a + 1), range(m - b + 1)):
            total[i : i + a] += found.beads[t, i, j]
    for i, j in np.argwhere(found.swaps > 0):
        total[[i, i + 1]] += found.swaps[i, j]
    assert total == pytest.approx(np.ones(n), abs=1e-6)


def _links(beads: list[Bead]) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.ko, bead.en) for bead in beads]


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), n=st.integers(1, 25), m=st.integers(1, 25))
def test_the_languages_in_each_others_place_give_the_mirrored_alignment(
    seed: int, n: int, m: int
) -> None:
    made = _random_lattice(seed, n, m)
    there, back = best_beads(made), best_beads(_mirrored(made))
    mirrored = {(bead.en, bead.ko): bead.confidence for bead in back}
    assert sorted(_links(there)) == sorted(mirrored)
    for bead in there:
        assert mirrored[bead.ko, bead.en] == pytest.approx(bead.confidence, abs=2e-4)


def test_a_thousand_sentences_keep_their_sums() -> None:
    """Sums over long texts are scaled row by row and neither overflow nor vanish."""
    made = _random_lattice(5, 240, 250)
    found = posteriors(made)
    assert math.isfinite(found.log_sum)
    assert found.ko_null.min() >= 0
    assert found.beads.max() <= 1 + 1e-9


def test_boundaries_inside_a_sentence_look_torn() -> None:
    ko, en = _side("ko", KO), _side("en", EN)
    assert (ko.torn > 0).tolist() == [False, False, False, True, False, False, False]
    assert (en.torn > 0).tolist() == [False, False, False, False, False, True, False]


def test_a_text_without_final_marks_says_nothing_by_that() -> None:
    bare = _side("en", [text.rstrip('."') for text in EN])
    assert bare.torn.max() < 0.3


def test_paragraphs_of_one_side_only_change_nothing() -> None:
    whole = lattice(_side("ko", KO), _side("en", EN), _usual())
    one_sided = lattice(_side("ko", KO, range(6)), _side("en", EN), _usual())
    assert best_beads(whole) == best_beads(one_sided)
    every_line = lattice(_side("ko", KO, range(6)), _side("en", EN, range(6)), _usual())
    assert best_beads(whole) == best_beads(every_line)
