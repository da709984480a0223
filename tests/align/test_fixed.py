"""Beads that a person has fixed: kept whatever they are, with the rest aligned around them."""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align import Aligner, Alignment, Bead, InputError, Sentence, align, load_encoder, realign
from align.band import whole
from align.encoder import Floats
from align.features import TYPES, bead_type
from align.fixed import Link, fixed_of
from align.holding import hold
from align.kernels import backward, forward, posteriors
from align.windows import SURE, reopened

KO = [
    "혜산시 안전부는 지난 5일 밤 강안도로에서 밀수꾼 세 명을 체포했다.",
    "이들은 배낭에 구리와 약초를 넣고 압록강을 건너려 했다.",
    "체포된 사람들 가운데는 20대 여성도 한 명 있었다.",
    "주민들은 국경 경비가 어느 때보다 심해졌다고 입을 모은다.",
    "강변에는 새로 세운 감시 초소가 2백 미터마다 들어섰다.",
    "한편 시내 약국에서는 감기약을 구하기가 어려워졌다.",
    "의사들은 처방전만 써 주고 약은 장마당에서 사라고 한다.",
    "약값은 석 달 전보다 두 배 가까이 뛰었다.",
    "당국은 아직 아무런 설명도 내놓지 않고 있다.",
    "학교들은 방학을 일주일 앞당기기로 했다.",
]
EN = [
    "Police in Hyesan arrested three smugglers on the riverside road on the night of the 5th.",
    "They had been trying to cross the Yalu River with copper and medicinal herbs in their packs.",
    "A woman in her twenties was among those arrested.",
    "Residents all say that the border is guarded more heavily than ever.",
    "New guard posts now stand every 200 meters along the river.",
    "Meanwhile, cold medicine has become hard to find in the city's pharmacies.",
    "Doctors only write prescriptions and tell patients to buy the drugs at the market.",
    "The price of medicine has nearly doubled in three months.",
    "The authorities have yet to give any explanation.",
    "Schools have decided to start their vacation a week early.",
]
SHARED = Aligner(load_encoder())


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return SHARED


def links(beads: Iterable[Bead]) -> list[Link]:
    return [(bead.ko, bead.en) for bead in beads]


def assert_honoured(found: Alignment, fixed: Iterable[Link]) -> None:
    """Each fixed bead is there, marked and certain; every sentence is in exactly one bead."""
    for side, sentences in (("ko", found.ko), ("en", found.en)):
        numbers = [number for bead in found for number in getattr(bead, side)]
        assert sorted(numbers) == list(range(len(sentences)))
    wanted = {(tuple(sorted(ko)), tuple(sorted(en))) for ko, en in fixed}
    assert {(bead.ko, bead.en) for bead in found if bead.fixed} == wanted
    assert all(bead.confidence == 1.0 for bead in found if bead.fixed)
    assert all(0 <= bead.confidence <= 1 for bead in found)
    starts = [bead.ko[0] for bead in found if bead.ko]
    assert starts == sorted(starts)


# Aligning with fixed beads


def test_a_fixed_pair_stands_and_its_neighbours_find_their_own(aligner: Aligner) -> None:
    fixed: list[Link] = [((2,), (3,))]
    found = aligner.align(KO, EN, fixed=fixed)
    assert_honoured(found, fixed)
    for k in (0, 1, 4, 5, 6, 7, 8, 9):
        assert ((k,), (k,)) in links(found)


def test_without_fixed_beads_nothing_is_marked(aligner: Aligner) -> None:
    found = aligner.align(KO, EN)
    assert_honoured(found, [])
    assert found == align(KO, EN, fixed=[])


FIXED: dict[str, list[Link]] = {
    "sentences without counterpart": [((3,), ()), ((), (6,))],
    "several sentences without counterpart": [((3, 4), ()), ((), (1, 5))],
    "more sentences than are ever tried": [((0, 1, 2, 3, 4, 5), (0, 1, 2, 3, 4))],
    "four to four": [((2, 3, 4, 5), (3, 4, 5, 6))],
    "sentences apart": [((0, 5), (0, 8)), ((2,), (1, 3))],
    "pairs that cross": [((0,), (9,)), ((9,), (0,)), ((4,), (5,)), ((5,), (4,))],
    "everything as one": [(tuple(range(10)), tuple(range(10)))],
    "everything the other way round": [((k,), (9 - k,)) for k in range(10)],
    "nothing has a counterpart": [(tuple(range(10)), ()), ((), tuple(range(10)))],
    "numbers in any order": [((4, 3), (5, 4))],
}


@pytest.mark.parametrize("fixed", FIXED.values(), ids=FIXED.keys())
def test_every_shape_of_fixed_beads_is_honoured(fixed: list[Link], aligner: Aligner) -> None:
    assert_honoured(aligner.align(KO, EN, fixed=fixed), fixed)


def test_a_fixed_pair_leads_the_sentences_around_it(aligner: Aligner) -> None:
    """Where all others are alike, only the fixed pair, however free, says what follows what."""
    ko, en = ["눈이 내렸다."] * 5, ["It snowed."] * 9
    ko[2], en[6] = KO[5], "It was ever thus."
    found = aligner.align(ko, en, fixed=[((2,), (6,))])
    pairs = [bead for bead in found if bead.ko and bead.en]
    assert len(pairs) == 5
    for bead in pairs:
        assert (bead.ko[0] > 2) == (bead.en[0] > 6)


def test_the_path_goes_through_as_many_fixed_beads_as_agree_in_order() -> None:
    """On a grid where every pair is as good as any other."""
    odds = np.zeros((len(TYPES), 11, 11))
    odds[0, :10, :10] = 20.0
    band = whole(10, 10)
    fixed: list[Link] = [((1,), (5,)), ((2, 3), (6,)), ((8,), (2,)), ((9,), ())]
    hold(odds, fixed_of(fixed, 10, 10), band)
    fees = 0.2, 0.1
    before, after = (step(odds, *fees, band.low, band.high) for step in (forward, backward))
    beads, *_ = posteriors(odds, *fees, band.low, band.high, before, after)
    assert beads[0, 1, 5] > 0.999
    assert beads[bead_type(2, 1), 2, 6] > 0.999
    assert beads[0, 8, 2] < 0.001
    assert beads[0, 4:9, :7].sum() < 0.001  # what would cross them
    assert beads[:, 9].sum() == 0
    assert beads[0, 4:8, 7:].sum() > 2


def test_one_pair_fixed_far_away_does_not_cost_the_others_their_places(aligner: Aligner) -> None:
    found = aligner.align(KO, EN, fixed=[((9,), (0,))])
    assert_honoured(found, [((9,), (0,))])
    assert [((k,), (k,)) in links(found) for k in range(1, 9)] == [True] * 8


def test_evidence_of_fixed_beads_says_what_the_aligner_thinks(aligner: Aligner) -> None:
    free = {(bead.ko, bead.en): bead for bead in aligner.align(KO, EN)}
    fixed: list[Link] = [((0,), (0,)), ((1,), (5,)), ((2, 3), ()), ((5, 7), (6, 8))]
    found = {(bead.ko, bead.en): bead for bead in aligner.align(KO, EN, fixed=fixed)}
    right, wrong, null, odd = (found[link] for link in fixed)
    assert right.evidence == free[(0,), (0,)].evidence
    assert right.explain() == f"fixed by hand; {free[(0,), (0,)].explain()}"
    assert wrong.evidence["similarity"] < right.evidence["similarity"]
    assert null.evidence
    assert not odd.evidence
    assert odd.explain() == "fixed by hand"


@pytest.mark.parametrize("sides", [(KO, []), ([], EN), ([], [])])
def test_one_empty_text(sides: tuple[list[str], list[str]], aligner: Aligner) -> None:
    fixed: list[Link] = []
    if any(sides):
        fixed = [((1, 3), ()) if sides[0] else ((), (1, 3))]
    assert_honoured(aligner.align(*sides, fixed=fixed), fixed)


def test_fixed_beads_far_from_the_way_through_a_long_text(aligner: Aligner) -> None:
    ko = [f"{k}번 창고: {KO[k % 10]}" for k in range(300)]
    en = [f"Warehouse no. {k}: {EN[k % 10]}" for k in range(280)]
    fixed: list[Link] = [((3,), (270,)), ((150, 151), (10,)), ((290,), ()), ((100,), (100,))]
    assert_honoured(aligner.align(ko, en, fixed=fixed), fixed)


@pytest.mark.parametrize(
    "fixed",
    [
        [(tuple(range(60, 120)), tuple(range(60, 120)))],
        [(tuple(range(60, 120)), ()), ((), tuple(range(60, 120)))],
    ],
)
def test_a_large_block_is_fixed_amid_an_article(fixed: list[Link], aligner: Aligner) -> None:
    """No bead is left there to lead on: around the block all stays as it was."""
    ko = [f"{k}번 창고: {KO[k % 10]}" for k in range(200)]
    en = [f"Warehouse no. {k}: {EN[k % 10]}" for k in range(200)]
    found = aligner.align(ko, en, fixed=fixed)
    assert_honoured(found, fixed)
    assert {((k,), (k,)) for k in (*range(58), *range(122, 200))} <= set(links(found))


def test_sentences_fixed_far_from_where_they_look_alike_lead_the_others() -> None:
    """A person who moves three sentences of a text by twenty moves what stands between them."""
    ko, en = [f"{KO[k % 10]}" for k in range(60)], [f"{EN[k % 10]}" for k in range(60)]
    fixed: list[Link] = [((k,), (k + 20,)) for k in (5, 15, 35)]
    found = align(ko, en, fixed=fixed)
    assert_honoured(found, fixed)
    between = [b for b in found if b.ko and b.en and 5 <= b.ko[0] <= 35]
    assert sum(b.en[0] - b.ko[0] == 20 for b in between) >= 25


def test_two_large_blocks_fixed_in_the_other_order(aligner: Aligner) -> None:
    """However much speaks for two ways at once, neither gets lost in the sums."""
    ko = [f"{k}번 창고: {KO[k % 10]}" for k in range(200)]
    en = [f"Warehouse no. {k}: {EN[k % 10]}" for k in range(200)]
    fixed: list[Link] = [((k,), ((k + 100) % 200,)) for k in range(200) if k % 5]
    assert_honoured(aligner.align(ko, en, fixed=fixed), fixed)


@st.composite
def texts_and_fixed(draw: st.DrawFn) -> tuple[list[str], list[str], list[Link]]:
    ko = draw(st.lists(st.sampled_from([*KO, "3", " ", "…"]), max_size=9))
    en = draw(st.lists(st.sampled_from([*EN, "3", " ", "…"]), max_size=9))
    left = [draw(st.permutations(range(len(side)))) for side in (ko, en)]
    fixed: list[Link] = []
    for _ in range(draw(st.integers(0, 5))):
        sizes = [draw(st.integers(0, min(len(side), 6))) for side in left]
        if any(sizes):
            taken = [tuple(side[:size]) for side, size in zip(left, sizes, strict=True)]
            left = [side[size:] for side, size in zip(left, sizes, strict=True)]
            fixed.append((taken[0], taken[1]))
    return ko, en, fixed


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts_and_fixed())
def test_whatever_is_fixed_is_honoured(made: tuple[list[str], list[str], list[Link]]) -> None:
    ko, en, fixed = made
    found = SHARED.align(ko, en, fixed=fixed)
    assert_honoured(found, fixed)
    assert SHARED.align(ko, en, fixed=fixed[::-1]) == found


@pytest.mark.parametrize(
    ("fixed", "message"),
    [
        ([((10,), (0,))], "fixed bead 0: there is no Korean sentence 10, they are numbered 0 to 9"),
        ([((0,), (0,)), ((1,), (-1,))], "fixed bead 1: there is no English sentence -1"),
        ([((2,), (0,)), ((2,), (1,))], "fixed bead 1: Korean sentence 2 is also in fixed bead 0"),
        ([((2,), (0,)), ((3,), (0, 1))], "fixed bead 1: English sentence 0 is also in fixed bead"),
        ([((2, 2), (0,))], "fixed bead 0: Korean sentence 2 is twice in it"),
        ([((), ())], "fixed bead 0: it holds no sentence"),
        ([((0,), 3)], "fixed bead 0: not sentence numbers: 3"),
        ([7], "fixed bead 0: not sentence numbers: 7"),
        ([((0.5,), (1,))], "fixed bead 0: not sentence numbers"),
    ],
)
def test_beads_that_cannot_be_are_refused_with_place_and_remedy(
    fixed: list[Link], message: str, aligner: Aligner
) -> None:
    with pytest.raises(InputError) as caught:
        aligner.align(KO, EN, fixed=fixed)
    assert str(caught.value).startswith(message)
    assert caught.value.remedy
    with pytest.raises(InputError):
        realign(aligner.align(KO, EN), fixed)


def test_the_same_bead_twice_is_no_contradiction(aligner: Aligner) -> None:
    twice: list[Link] = [((0, 1), (0,)), ((1, 0), (0,))]
    assert_honoured(aligner.align(KO, EN, fixed=twice), twice[:1])


def test_numbers_may_come_from_numpy(aligner: Aligner) -> None:
    found = aligner.align(KO, EN, fixed=[(np.array([1, 2]), np.array([2]))])
    assert_honoured(found, [((1, 2), (2,))])


# Aligning again


def by_hand(beads: Sequence[tuple[Link, float]], ko: list[str], en: list[str]) -> Alignment:
    sides = [tuple(Sentence(text, (0, len(text))) for text in texts) for texts in (ko, en)]
    return Alignment(*sides, tuple(Bead(*link, confidence) for link, confidence in beads), "hand")


def same(earlier: Alignment, later: Alignment) -> list[Bead]:
    """The beads that are the very same objects."""
    before = {id(bead) for bead in earlier}
    return [bead for bead in later if id(bead) in before]


def test_only_what_lies_between_the_second_sure_beads_is_aligned_again(aligner: Aligner) -> None:
    earlier = by_hand([(((k,), (k,)), 0.95) for k in range(30)], KO * 3, EN * 3)
    later = realign(earlier, [((14,), (15,))], aligner=aligner)
    assert_honoured(later, [((14,), (15,))])
    kept = [((k,), (k,)) for k in (*range(13), *range(17, 30))]
    assert links(same(earlier, later)) == kept
    assert (later.ko, later.en) == (earlier.ko, earlier.en)


def test_a_bead_that_is_not_sure_does_not_bound_what_is_aligned_again(aligner: Aligner) -> None:
    confidence = {12: SURE - 0.01, 16: SURE}
    earlier = by_hand([(((k,), (k,)), confidence.get(k, 0.95)) for k in range(30)], KO * 3, EN * 3)
    later = realign(earlier, [((14,), (15,))], aligner=aligner)
    assert links(same(earlier, later)) == [((k,), (k,)) for k in (*range(12), *range(17, 30))]


def test_only_what_is_aligned_again_is_encoded_again() -> None:
    class Counting:
        name, dim = "counting", 512

        def __init__(self) -> None:
            self.seen: list[str] = []

        def encode(self, texts: Sequence[str]) -> Floats:
            self.seen += texts
            return load_encoder().encode(texts)

    counting = Counting()
    counted = Aligner(counting)
    counted.align(["쌀값"], ["The price of rice"])  # measures the encoder
    counting.seen.clear()
    earlier = by_hand([(((k,), (k,)), 0.95) for k in range(30)], KO * 3, EN * 3)
    later = realign(earlier, [((14,), (15,))], aligner=counted)
    assert sorted(counting.seen) == sorted((KO * 3)[13:17] + (EN * 3)[13:17])
    assert later.signature == f"hand + {counted.signature}"
    again = realign(later, [((2,), (3,))], aligner=counted)
    assert again.signature == later.signature


def test_a_bead_that_is_there_is_only_marked(aligner: Aligner) -> None:
    earlier = aligner.align(KO, EN)
    later = realign(earlier, [((4,), (4,))], aligner=aligner)
    assert_honoured(later, [((4,), (4,))])
    assert len(same(earlier, later)) == len(earlier) - 1
    assert later.beads[4].evidence == earlier.beads[4].evidence
    assert realign(earlier, []) == earlier


def test_what_was_fixed_stays_unless_the_new_bead_takes_a_sentence_of_it(aligner: Aligner) -> None:
    first = aligner.align(KO, EN, fixed=[((3,), (4,)), ((9,), ()), ((6,), (5, 7))])
    second = realign(first, [((4,), (3,)), ((5, 6), (5, 6))], aligner=aligner)
    assert_honoured(second, [((3,), (4,)), ((4,), (3,)), ((9,), ()), ((5, 6), (5, 6))])


def test_a_bead_that_leaves_the_window_is_kept_out_of_it(aligner: Aligner) -> None:
    ko, en = KO * 3, EN * 3
    moved = {5: 25, 25: 5}
    earlier = by_hand([(((k,), (moved.get(k, k),)), 0.95) for k in range(30)], ko, en)
    later = realign(earlier, [((7,), (8,))], aligner=aligner)
    assert_honoured(later, [((7,), (8,))])
    kept = set(links(same(earlier, later)))
    assert {((5,), (25,)), ((25,), (5,))} <= kept
    # Sure before sentence 7: 6, 4; after sentence 8: 9, 10. Sentence 5 has moved.
    assert {((k,), (k,)) for k in (*range(5), *range(10, 25), *range(26, 30))} <= kept


def test_a_pair_far_apart_opens_the_text_at_both_places_only(aligner: Aligner) -> None:
    earlier = by_hand([(((k,), (k,)), 0.95) for k in range(30)], KO * 3, EN * 3)
    later = realign(earlier, [((3,), (23,))], aligner=aligner)
    assert_honoured(later, [((3,), (23,))])
    kept = set(links(same(earlier, later)))
    assert {((k,), (k,)) for k in (0, 1, *range(5, 22), *range(25, 30))} <= kept


def test_what_a_person_puts_right_helps_elsewhere(aligner: Aligner, sample_dir: Path) -> None:
    """One wrong bead of each bundled article put right: no fewer of the others are right."""
    before = after = 0
    for path in sorted(sample_dir.glob("*.gold.json")):
        ko, en, gold = gold_of(path)
        earlier = aligner.align(ko, en)
        for link in sorted(gold - set(links(earlier)))[:1]:
            later = realign(earlier, [link], aligner=aligner)
            before += len(gold & set(links(earlier)))
            after += len(gold & set(links(later)) - {link})
    assert after >= before > 0


def gold_of(path: Path) -> tuple[list[str], list[str], set[Link]]:
    """Sentences of both sides in the order of the article, and the gold beads over them."""
    beads = json.loads(path.read_text(encoding="utf-8"))["beads"]
    ko, en = (
        sorted(
            (sentence for bead in beads for sentence in bead[lang]),
            key=path.with_name(path.name.replace("gold.json", f"{lang}.txt"))
            .read_text(encoding="utf-8")
            .index,
        )
        for lang in ("ko", "en")
    )
    return (
        ko,
        en,
        {
            (tuple(sorted(map(ko.index, bead["ko"]))), tuple(sorted(map(en.index, bead["en"]))))
            for bead in beads
            if bead["ko"] and bead["en"]
        },
    )


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(texts_and_fixed(), st.data())
def test_realigning_honours_whatever_is_fixed_and_leaves_the_rest_alone(
    made: tuple[list[str], list[str], list[Link]], data: st.DataObject
) -> None:
    ko, en, fixed = made
    part = data.draw(st.integers(0, len(fixed)))
    earlier = SHARED.align(ko, en, fixed=fixed[:part])
    later = realign(earlier, fixed[part:], aligner=SHARED)
    assert_honoured(later, fixed)
    assert realign(earlier, fixed[part:], aligner=SHARED) == later
    opened = reopened(earlier, fixed_of(fixed[part:], len(ko), len(en)))
    kept = {id(bead) for bead in later}
    for bead in opened.kept:
        assert id(bead) in kept or bead.fixed


def test_a_long_alignment_by_hand_keeps_all_that_is_not_near(aligner: Aligner) -> None:
    """Random corrections, one after the other: all that was fixed is there in the end."""
    rng = random.Random(7)
    n = 120
    texts = (
        [f"{k}번 창고: {KO[k % 10]}" for k in range(n)],
        [f"Warehouse no. {k}: {EN[k % 10]}" for k in range(n)],
    )
    found = by_hand([(((k,), (k,)), rng.choice([0.5, 0.95])) for k in range(n)], *texts)
    fixed: list[Link] = []
    for k in rng.sample(range(0, n - 3, 3), 12):
        fixed.append(rng.choice([((k,), (k + 1,)), ((k, k + 2), (k,)), ((k + 1,), ())]))
        found = realign(found, fixed[-1:], aligner=aligner)
    assert_honoured(found, fixed)
