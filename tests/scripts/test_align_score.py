"""Scores and reliability on cases counted by hand, and against an independent scorer."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align_documents import Pair
from align_score import (
    PRINTED_EDGES,
    FoundBead,
    Tally,
    Verdict,
    bins,
    calibration_error,
    verdicts,
)

#: Two 1-1 beads, a 2-1 bead, a Korean null and an English null: five Korean and four English.
GOLD: list[Pair] = [
    ((0,), (0,)),
    ((1,), (1,)),
    ((2, 3), (2,)),
    ((4,), ()),
    ((), (3,)),
]


def tallied(gold: list[Pair], found: list[Pair]) -> Tally:
    counts = Tally()
    counts.add(gold, [FoundBead(*pair) for pair in found])
    return counts


def test_the_gold_alignment_scores_one() -> None:
    counts = tallied(GOLD, GOLD)
    assert (counts.strict_f1, counts.lax_f1, counts.null_f1) == (1.0, 1.0, 1.0)


def test_strict_precision_counts_nulls_and_strict_recall_does_not() -> None:
    found: list[Pair] = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), ()), ((4,), (3,))]
    # Right: two of the five found, two of the three gold beads that are no nulls.
    assert tallied(GOLD, found).strict_f1 == pytest.approx(2 * (2 / 5) * (2 / 3) / (2 / 5 + 2 / 3))


def test_a_bead_that_shares_one_link_counts_as_lax() -> None:
    found: list[Pair] = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), ()), ((4,), (3,))]
    # (2, 2) is linked in gold, so three of five found and all three gold beads count.
    assert tallied(GOLD, found).lax_f1 == pytest.approx(2 * (3 / 5) * 1 / (3 / 5 + 1))


def test_a_null_of_several_sentences_counts_as_several_nulls() -> None:
    found: list[Pair] = [((0,), (0,)), ((1,), (1,)), ((2, 3, 4), ()), ((), (2, 3))]
    counts = tallied(GOLD, found)
    # Of the five null sentences found two are right, of the two in gold both are found.
    assert counts.null_f1 == pytest.approx(2 * (2 / 5) * 1 / (2 / 5 + 1))


def test_documents_are_counted_together_not_averaged() -> None:
    counts = tallied(GOLD, GOLD)
    counts.add([((0,), (0,))], [FoundBead((0,), ()), FoundBead((), (0,))])
    # Found 5 + 2, right 5; gold beads 3 + 1, right 3.
    assert counts.strict_f1 == pytest.approx(2 * (5 / 7) * (3 / 4) / (5 / 7 + 3 / 4))


def test_where_nothing_is_found_scores_are_zero() -> None:
    counts = tallied(GOLD, [])
    assert (counts.strict_f1, counts.lax_f1, counts.null_f1) == (0.0, 0.0, 0.0)


def test_sentences_that_gold_does_not_name_are_not_judged() -> None:
    gold: list[Pair] = [((0,), (0,)), ((2,), (2,))]
    found: list[Pair] = [((0,), (0,)), ((1,), (1,)), ((2,), (2,)), ((3,), ()), ((), (3,))]
    counts = tallied(gold, found)
    assert (counts.strict_f1, counts.lax_f1) == (1.0, 1.0)
    assert counts.found == 2


def test_a_bead_that_takes_in_an_unjudged_sentence_is_still_compared() -> None:
    gold: list[Pair] = [((0,), (0,)), ((2,), (2,))]
    counts = tallied(gold, [((0,), (0,)), ((1, 2), (2,))])
    assert (counts.strict_f1, counts.lax_f1) == (0.5, 1.0)


def test_verdicts_judge_each_bead_and_each_null_sentence() -> None:
    found = [
        FoundBead((0,), (0,), 0.9),
        FoundBead((1, 2), (1,), 0.6),
        FoundBead((3, 4), (), 0.4),
        FoundBead((), (2, 3), 0.7),
    ]
    assert verdicts(GOLD, found) == [
        Verdict(0.9, True, False),
        Verdict(0.6, False, False),
        Verdict(0.4, False, True),
        Verdict(0.4, True, True),
        Verdict(0.7, False, True),
        Verdict(0.7, True, True),
    ]


def test_beads_without_confidence_or_gold_have_no_verdict() -> None:
    gold: list[Pair] = [((0,), (0,))]
    assert verdicts(gold, [FoundBead((0,), (0,)), FoundBead((1,), (1,), 0.9)]) == []


def test_a_confidence_on_an_edge_belongs_to_the_bin_above_and_one_to_the_last() -> None:
    found = [Verdict(c, True, False) for c in (0.0, 0.3, 0.6, 0.89, 0.9, 1.0)]
    assert [part.count for part in bins(found, PRINTED_EDGES)] == [1, 1, 2, 2]


def test_the_calibration_error_is_the_mean_distance_of_confidence_and_share_right() -> None:
    found = [
        Verdict(0.95, True, False),
        Verdict(0.95, True, False),
        Verdict(0.75, True, False),
        Verdict(0.75, False, False),
    ]
    # Two verdicts are .05 below what happened, two .25 above it.
    assert calibration_error(found) == pytest.approx((2 * 0.05 + 2 * 0.25) / 4)
    assert calibration_error([]) == 0.0


@st.composite
def alignments(draw: st.DrawFn) -> tuple[list[Pair], list[Pair]]:
    """Two alignments of the same document that both cover it; beads may cross."""
    n, m = draw(st.integers(1, 6)), draw(st.integers(1, 6))

    def alignment() -> list[Pair]:
        group = st.integers(0, 5)
        ko = [draw(group) for _ in range(n)]
        en = [draw(group) for _ in range(m)]
        return [
            (
                tuple(i for i in range(n) if ko[i] == g),
                tuple(j for j in range(m) if en[j] == g),
            )
            for g in sorted({*ko, *en})
        ]

    return alignment(), alignment()


@pytest.fixture(scope="module")
def other_scorer(shared_data: Path) -> Any:
    path = shared_data.parent / "bench" / "koenbench.py"
    if not path.is_file():
        pytest.skip(f"no other scorer at {path}")
    spec = importlib.util.spec_from_file_location("other_scorer", path)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@given(st.lists(alignments(), min_size=1, max_size=3))
def test_scores_are_those_of_an_independent_scorer(
    other_scorer: Any, documents: list[tuple[list[Pair], list[Pair]]]
) -> None:
    counts = Tally()
    for gold, found in documents:
        counts.add(gold, [FoundBead(*pair) for pair in found])
    theirs = other_scorer.score([gold for gold, _ in documents], [found for _, found in documents])
    assert counts.strict_f1 == pytest.approx(theirs["f1_strict"])
    assert counts.lax_f1 == pytest.approx(theirs["f1_lax"])
    assert counts.null_f1 == pytest.approx(theirs["null_f1"])
