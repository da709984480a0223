"""Run vectors of short and long texts: the same vectors, however they are kept."""

from __future__ import annotations

import tracemalloc
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align import InputError, load_encoder
from align.encoder import Encoder, Floats, knows_runs, parts_of, run_vectors, unit
from align.pair import PairEncoder
from align.reference import usual_of
from align.runs import KEPT, Runs, runs_of

LONG = KEPT + 350
LONGEST = 4


class Letters:
    """An encoder of which vectors all point much the same way, like many; without runs."""

    name = "letters"

    def __init__(self, dim: int = 256):
        self.dim = dim

    def encode(self, texts: Sequence[str]) -> Floats:
        vectors = np.zeros((len(texts), self.dim), dtype=np.float32)
        for row, text in zip(vectors, texts, strict=True):
            row[:] = np.random.default_rng(zlib.crc32(text.encode())).normal(size=self.dim)
        vectors[:, 0] += 12
        return unit(vectors)


class LetterRuns(Letters):
    """The same with a way of its own to the vectors of runs."""

    name = "letter runs"

    def encode_runs(self, texts: Sequence[str], longest: int) -> list[Floats]:
        return [
            self.encode([" ".join(texts[i : i + k]) for i in range(len(texts) - k + 1)])
            for k in range(1, longest + 1)
        ]


ENCODERS: dict[str, Encoder] = {
    "without runs": Letters(),
    "with runs": LetterRuns(),
    "joined": PairEncoder("joined", Letters(97), LetterRuns(159)),
}
TEXTS = [f"소식 {'가' * (i % 7)} {i}" for i in range(LONG)]


class Error(NamedTuple):
    """What the two ways of keeping a text may differ by.

    ``most`` and ``mean``: cosines of its vectors; ``apart``: how far apart one vector may be.
    """

    most: float
    mean: float
    apart: float


EIGHT_BITS = Error(0.005, 0.001, 0.03)
FOUR_BITS = Error(0.08, 0.012, 0.25)


def allowed(encoder: Encoder, k: int) -> Error:
    """Longer runs that the encoder gave are kept in four bits a number."""
    own = any(knows_runs(part) for part in parts_of(encoder))
    return FOUR_BITS if own and k > 1 else EIGHT_BITS


def usual_mean(encoder: Encoder) -> Floats:
    return usual_of(encoder).ko_mean


def distance(found: Floats, expected: Floats) -> float:
    """How far the vectors of two arrays are apart at the most; 0 where there are none."""
    return float(np.linalg.norm(found - expected, axis=1).max(initial=0.0))


class Both(NamedTuple):
    """The runs of a long text, its vectors all at once, and what they may differ by, by length."""

    runs: Runs
    expected: list[Floats]
    allowed: list[Error]


@pytest.fixture(scope="module", params=list(ENCODERS))
def both(request: pytest.FixtureRequest) -> Both:
    encoder = ENCODERS[request.param]
    mean = usual_mean(encoder)
    return Both(
        runs_of(encoder, TEXTS, LONGEST, mean),
        run_vectors(encoder, TEXTS, LONGEST, mean),
        [allowed(encoder, k) for k in range(1, LONGEST + 1)],
    )


def test_a_long_text_has_the_vectors_of_all_runs(both: Both) -> None:
    runs, expected, allowed = both
    assert (len(runs), runs.dim, runs.longest) == (LONG, 256, LONGEST)
    for k, vectors in enumerate(expected, 1):
        found = runs.take(k, 0, LONG)
        assert found.dtype == np.float32
        assert found.shape == vectors.shape == (LONG - k + 1, 256)
        assert np.allclose(np.linalg.norm(found, axis=1), 1, atol=1e-5)
        assert distance(found, vectors) < allowed[k - 1].apart


def test_cosines_of_a_long_text_are_those_of_its_vectors(both: Both) -> None:
    runs, expected, allowed = both
    for k, vectors in enumerate(expected, 1):
        found = runs.take(k, 0, 300) @ runs.take(k, LONG - 300, LONG).T
        error = np.abs(found - vectors[:300] @ vectors[LONG - 300 :].T)
        assert error.max() < allowed[k - 1].most
        assert error.mean() < allowed[k - 1].mean


def test_rows_are_those_asked_for_as_far_as_they_exist(both: Both) -> None:
    runs, expected, allowed = both
    for k in range(1, LONGEST + 1):
        for start, stop in ((0, 1), (KEPT - 5, KEPT + 5), (7, 7), (LONG - 6, LONG + 9)):
            found, vectors = runs.take(k, start, stop), expected[k - 1][start:stop]
            assert found.shape == vectors.shape
            assert distance(found, vectors) < allowed[k - 1].apart


def test_a_part_holds_the_runs_wholly_inside(both: Both) -> None:
    runs, expected, allowed = both
    for start, stop in ((0, 30), (KEPT - 20, KEPT + 20), (LONG - 2, LONG), (5, 5)):
        part = runs.part(start, stop)
        assert [len(p) for p in part] == [max(stop - start - k, 0) for k in range(LONGEST)]
        for vectors, whole, error in zip(part, expected, allowed, strict=True):
            same = whole[start : start + len(vectors)]
            assert distance(vectors, same) < error.apart


def test_a_short_text_keeps_its_vectors_as_they_are() -> None:
    for encoder in ENCODERS.values():
        mean = usual_mean(encoder)
        for n in (0, 1, 3, 50):
            runs = runs_of(encoder, TEXTS[:n], LONGEST, mean)
            expected = run_vectors(encoder, TEXTS[:n], LONGEST, mean)
            assert (len(runs), runs.dim, runs.longest) == (n, 256, LONGEST)
            for found, vectors in zip(runs.part(0, n), expected, strict=True):
                assert found.shape == vectors.shape
                assert np.array_equal(found, vectors)


@settings(max_examples=60, deadline=None)
@given(n=st.integers(0, 12), start=st.integers(0, 14), size=st.integers(0, 14))
def test_parts_of_ready_vectors_are_their_slices(n: int, start: int, size: int) -> None:
    arrays = [np.arange(max(n - k, 0) * 2, dtype=np.float32).reshape(-1, 2) for k in range(3)]
    runs = Runs.of_vectors(arrays)
    assert len(runs) == n
    stop = min(start + size, n)
    for k, (part, array) in enumerate(zip(runs.part(start, stop), arrays, strict=True)):
        assert np.array_equal(part, array[start : max(stop - k, start)])


def test_a_long_text_takes_a_byte_a_number_for_sentences_and_half_for_longer_runs() -> None:
    encoder = LetterRuns()
    mean = usual_mean(encoder)
    tracemalloc.start()
    try:
        runs = runs_of(encoder, TEXTS, LONGEST, mean)
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert held < 1.2 * len(runs) * runs.dim * (1 + (LONGEST - 1) / 2)


def test_vectors_that_are_no_numbers_are_refused_wherever_they_stand() -> None:
    class Broken(Letters):
        def encode(self, texts: Sequence[str]) -> Floats:
            vectors = super().encode(texts)
            vectors[[text == TEXTS[-1] for text in texts]] = np.nan
            return vectors

    with pytest.raises(InputError, match="NaN"):
        runs_of(Broken(), TEXTS, LONGEST, np.zeros(256, dtype=np.float32))


def test_the_builtin_encoder_gives_long_texts_the_cosines_of_short_ones() -> None:
    encoder = load_encoder()
    goods = ("쌀", "옥수수", "밀가루", "콩기름", "설탕", "소금", "휘발유", "경유", "비료", "석탄")
    towns = ("혜산", "회령", "신의주", "청진", "함흥", "원산", "사리원", "평성", "남포", "해주")
    texts = [
        f"{towns[i % 10]} 시장에서 {goods[i // 10 % 10]} 값이 {i}원으로 올랐다."
        for i in range(KEPT + 3)
    ]
    mean = usual_of(encoder).ko_mean
    runs, expected = runs_of(encoder, texts, 2, mean), run_vectors(encoder, texts, 2, mean)
    for k in (1, 2):
        ends = runs.take(k, KEPT - 40, len(texts)), expected[k - 1][KEPT - 40 :]
        starts = runs.take(k, 0, 60), expected[k - 1][:60]
        error = np.abs(starts[0] @ ends[0].T - starts[1] @ ends[1].T)
        assert error.max() < allowed(encoder, k).most
        assert error.mean() < allowed(encoder, k).mean
