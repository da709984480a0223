"""The methods written anew for comparison find what their descriptions say is best."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import log2

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import peer_bertalign
import peer_sentalign
from align_documents import Pair

#: What some sentences say, in one "language" and the other: a number of units of meaning.
Meaning = tuple[int, ...]
METHODS: list[Callable[..., list[Pair]]] = [
    partial(peer_bertalign.align, skip=-0.1),
    partial(peer_bertalign.align, skip=0.0),
    partial(peer_sentalign.align, cutoff=0.25),
]


class ByWords:
    """An encoder that knows the words "w0", "w1", …: a text is the sum of its words' directions."""

    name, dim = "by words", 16

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        out = np.full((len(texts), self.dim), 0.05, dtype=np.float32)
        for row, text in zip(out, texts, strict=True):
            for word in text.split():
                row[int(word[1:])] += 1
        return out / np.linalg.norm(out, axis=1, keepdims=True)


def sentences(*meanings: Meaning) -> list[str]:
    return [" ".join(f"w{unit}" for unit in meaning) for meaning in meanings]


@pytest.mark.parametrize("align", METHODS)
def test_sentences_that_say_the_same_are_paired(align: Callable[..., list[Pair]]) -> None:
    ko = sentences((0, 1), (2, 3), (4,), (5, 6, 7))
    en = sentences((0, 1, 8), (2, 3, 9), (4, 4, 10), (5, 6, 7, 11))
    assert align(ko, en, ByWords()) == [((k,), (k,)) for k in range(4)]


@pytest.mark.parametrize("align", METHODS)
def test_a_sentence_split_in_two_makes_a_bead_of_three(align: Callable[..., list[Pair]]) -> None:
    ko = sentences((0, 1), (2, 3, 4, 5), (6, 7))
    en = sentences((0, 1), (2, 3), (4, 5), (6, 7))
    assert align(ko, en, ByWords()) == [((0,), (0,)), ((1,), (1, 2)), ((2,), (3,))]


@pytest.mark.parametrize("align", METHODS)
def test_a_side_without_sentences_leaves_nulls(align: Callable[..., list[Pair]]) -> None:
    texts = sentences((0,), (1,))
    assert align(texts, [], ByWords()) == [((0,), ()), ((1,), ())]
    assert align([], texts, ByWords()) == [((), (0,)), ((), (1,))]


MEANINGS = st.lists(
    st.lists(st.integers(0, 15), min_size=1, max_size=3).map(tuple), min_size=1, max_size=7
)


@pytest.mark.parametrize("align", METHODS)
@given(ko=MEANINGS, en=MEANINGS)
def test_every_sentence_is_in_one_bead_and_beads_are_in_order(
    align: Callable[..., list[Pair]], ko: list[Meaning], en: list[Meaning]
) -> None:
    beads = align(sentences(*ko), sentences(*en), ByWords())
    assert [i for bead in beads for i in bead[0]] == list(range(len(ko)))
    assert [j for bead in beads for j in bead[1]] == list(range(len(en)))


@given(ko=MEANINGS, en=MEANINGS, skip=st.sampled_from([-0.1, 0.0, 0.1]))
def test_the_second_pass_of_bertalign_finds_the_path_with_the_highest_sum(
    ko: list[Meaning], en: list[Meaning], skip: float
) -> None:
    ko_texts, en_texts = sentences(*ko[:4]), sentences(*en[:4])
    # So few sentences are all within the margin: the band leaves nothing out.
    found = peer_bertalign.align(ko_texts, en_texts, ByWords(), skip=skip)
    worth = partial(bertalign_worth, ko_texts, en_texts, skip)
    best = max(sum(map(worth, path)) for path in paths(len(ko_texts), len(en_texts)))
    assert sum(map(worth, found)) == pytest.approx(best, abs=1e-4)


def paths(n: int, m: int) -> Iterator[list[Pair]]:
    """Every alignment of n and m sentences by beads of up to five sentences and single nulls."""
    if not n and not m:
        yield []
    for a in range(min(n, 4) + 1):
        for b in range(min(m, 4) + 1):
            if (a and b and a + b <= 5) or a + b == 1:
                bead = tuple(range(n - a, n)), tuple(range(m - b, m))
                yield from ([*path, bead] for path in paths(n - a, m - b))


def bertalign_worth(ko: list[str], en: list[str], skip: float, bead: Pair) -> float:
    """The worth of a bead, by the formula alone."""
    if not bead[0] or not bead[1]:
        return skip
    (run, others), (en_run, en_others) = map(run_and_neighbours, (ko, en), bead)
    margin = mean_cosine(run, en_others) / 2 + mean_cosine(en_run, others) / 2
    ratio = len("".join(ko)) / len("".join(en))
    lengths = len(" ".join(run)), len(" ".join(en_run)) * ratio
    return (cosine(run, en_run) - margin) * log2(1 + min(lengths) / max(lengths))


def run_and_neighbours(texts: list[str], side: tuple[int, ...]) -> tuple[list[str], list[str]]:
    begin, end = side[0], side[-1] + 1
    return texts[begin:end], texts[max(begin - 1, 0) : begin] + texts[end : end + 1]


def cosine(run: list[str], other: list[str]) -> float:
    one, two = ByWords().encode([" ".join(run), " ".join(other)])
    return float(one @ two)


def mean_cosine(run: list[str], neighbours: list[str]) -> float:
    return float(np.mean([cosine(run, [s]) for s in neighbours])) if neighbours else 0.0


def test_sentalign_leaves_alone_what_is_below_the_cutoff() -> None:
    ko, en = sentences((0,), (1,), (2,)), sentences((0,), (9,), (2,))
    found = peer_sentalign.align(ko, en, ByWords(), cutoff=0.5)
    assert found == [((0,), (0,)), ((1,), ()), ((), (1,)), ((2,), (2,))]


def test_sentalign_lets_a_null_join_its_neighbour_if_that_is_closer() -> None:
    cosines = peer_sentalign.Cosines(
        *(
            peer_bertalign.joined_runs(texts, ByWords(), peer_sentalign.LONGEST)
            for texts in (sentences((0, 1, 2, 3), (9,)), sentences((0, 1), (2, 3), (8,)))
        )
    )
    beads = [((0, 1), (0, 1))]
    assert peer_sentalign.grow(beads, cosines)
    assert beads == [((0, 1), (0, 2))]
    assert not peer_sentalign.grow(beads, cosines)
