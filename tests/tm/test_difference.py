"""Differences are named by their kind, with the words of both sides."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.difference import differences
from tm.eojeol import numbers, split_particle
from tm.search.fold import plain


def named(query, candidate):
    return [str(difference) for difference in differences(query, candidate)]


@pytest.mark.parametrize(
    ("query", "candidate", "expected"),
    [
        ("쌀을 샀다.", "쌀을 샀다", ["punctuation: 샀다. ↔ 샀다"]),
        ("“돈주”가 늘었다", "'돈주'가 늘었다", ["punctuation: 돈주”가 ↔ 돈주'가"]),
        ("비핵화를 요구했다", "비 핵화를 요구했다", ["spacing: 비핵화를 ↔ 비 핵화를"]),
        ("할 수 있다", "할수 있다", ["spacing: 할 수 ↔ 할수"]),
        ("군인 300명이 왔다", "군인 500명이 왔다", ["number: 300명이 ↔ 500명이"]),
        ("7월 8일 열렸다", "7월 9일 열렸다", ["number: 8일 ↔ 9일"]),
        ("값이 1만2천 원이다", "값이 2만 원이다", ["number: 1만2천 ↔ 2만"]),
        ("두 사람이 왔다", "세 사람이 왔다", ["number: 두 ↔ 세"]),
        ("월요일에 떠났다", "화요일에 떠났다", ["number: 월요일에 ↔ 화요일에"]),
        ("삼월에 떠났다", "사월에 떠났다", ["number: 삼월에 ↔ 사월에"]),
        ("그들은 안 갔다", "그들은 갔다", ["negation: 안 ↔ –"]),
        ("쌀이 없다고 했다", "쌀이 있다고 했다", ["negation: 없다고 ↔ 있다고"]),
        ("정부는 쌀을 풀었다", "정부가 쌀을 풀었다", ["particle: 정부는 ↔ 정부가"]),
        ("평양에 갔다", "평양으로 갔다", ["particle: 평양에 ↔ 평양으로"]),
        ("결과를 발표했다", "결과를 발표한다", ["ending: 발표했다 ↔ 발표한다"]),
        ("쌀을 푼다", "쌀을 풀었다", ["ending: 푼다 ↔ 풀었다"]),
        ("경찰이 상인을 불렀다", "상인이 경찰을 불렀다",
         ["word order: 경찰이 … 상인을 ↔ 상인이 … 경찰을"]),
        ("경찰이 상인을 불렀다", "경찰을 상인이 불렀다",
         ["word order: 경찰이 … 상인을 ↔ 경찰을 … 상인이"]),
        ("평양의 상인들은 쌀을 팔았다", "상인들은 쌀을 몰래 팔았다",
         ["addition: 평양의 ↔ –", "omission: – ↔ 몰래"]),
        ("장마당에서 쌀을 팔았다", "시장에서 쌀을 팔았다", ["wording: 장마당에서 ↔ 시장에서"]),
        ("The Market opened", "The market opened", ["case: Market ↔ market"]),
        ("It left in July", "It left in June", ["number: July ↔ June"]),
        ("They closed three markets", "They closed four markets", ["number: three ↔ four"]),
        ("They didn't open it", "They did open it", ["negation: didn't ↔ did"]),
        ("They opened it", "They open it", ["ending: opened ↔ open"]),
        ("It was closed", "It is closed", ["ending: was ↔ is"]),
        ("Kim met Moon", "Moon met Kim", ["word order: met … Moon ↔ Moon … met"]),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_named(query, candidate, expected):
    assert named(query, candidate) == expected


def test_a_negated_verb_shows_both_its_ending_and_its_negation():
    assert named("사실을 공개했다.", "사실을 공개하지 않았다.") == [
        "ending: 공개했다 ↔ 공개하지",
        "negation: – ↔ 않았다.",
    ]


def test_several_differences_come_in_the_order_of_the_query():
    assert named("정부는 7월에 쌀을 풀었다", "정부가 8월에 밀을 풀었다") == [
        "particle: 정부는 ↔ 정부가",
        "number: 7월에 ↔ 8월에",
        "wording: 쌀을 ↔ 밀을",
    ]


def test_words_added_together_are_one_difference():
    assert named("그는 어젯밤 늦게 평양을 떠났다", "그는 평양을 떠났다") == [
        "addition: 어젯밤 늦게 ↔ –"
    ]


def test_an_article_elsewhere_is_no_difference_of_order():
    kinds = {d.kind for d in differences("the boat sank near port", "boat sank near the port")}
    assert "word order" not in kinds


SENTENCES = st.lists(
    st.sampled_from(
        ["정부는", "정부가", "쌀을", "300명이", "안", "갔다.", "The", "met", "”", "비 핵화"]
    ),
    max_size=8,
).map(" ".join)


@given(SENTENCES, SENTENCES)
def test_there_are_differences_exactly_where_texts_differ(one, other):
    assert (differences(one, other) == ()) == (plain(one) == plain(other))


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_can_be_compared(one, other):
    assert (differences(one, other) == ()) == (plain(one) == plain(other))


@given(SENTENCES, SENTENCES)
def test_grave_kinds_are_found_from_either_side(one, other):
    grave = {"number", "negation"}
    there = {d.kind for d in differences(one, other)} & grave
    assert there == {d.kind for d in differences(other, one)} & grave


@pytest.mark.parametrize(
    ("word", "values"),
    [
        ("12조3천억", (12_300_000_000_000,)),
        ("1억1천만", (110_000_000,)),
        ("1만2천", (12_000,)),
        ("12,000명", (12_000,)),
        ("3.5%", (3.5,)),
        ("2021-07-08", (2021, 7, 8)),
        ("3백", (300,)),
        ("이십삼명", (23,)),
        ("천이백명", (1200,)),
        ("세", (3,)),
        ("세계", ()),
        ("twelve", (12,)),
        ("July", (7,)),
        ("may", ()),
        ("정부", ()),
    ],
)
def test_numbers_are_read_off_words(word, values):
    assert numbers(word) == values


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("정부는", ("정부", "는")),
        ("쌀은", ("쌀", "은")),
        ("평양에서는", ("평양", "에서는")),
        ("서울로", ("서울", "로")),
        ("먹는", ("먹는", "")),
        ("집가", ("집가", "")),
        ("가", ("가", "")),
        ("NHK는", ("NHK", "는")),
    ],
)
def test_particles_are_cut_off_where_they_fit(word, parts):
    assert split_particle(word) == parts
