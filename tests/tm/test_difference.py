"""Differences are named by their kind, with the words of both sides."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.differences import GRAVE, differences
from tm.differences.contraries import are_contrary
from tm.differences.opposites import ENGLISH, KOREAN
from tm.eojeol import negations, opposite_by_prefix, same_noun, same_verb, split_particle
from tm.search.fold import plain
from tm.verbs import tense


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
        ("7월 8일 열렸다", "7월 9일 열렸다", ["date: 8일 ↔ 9일"]),
        ("값이 1만2천 원이다", "값이 2만 원이다", ["number: 1만2천 원이다 ↔ 2만 원이다"]),
        ("두 사람이 왔다", "세 사람이 왔다", ["number: 두 사람이 ↔ 세 사람이"]),
        ("월요일에 떠났다", "화요일에 떠났다", ["date: 월요일에 ↔ 화요일에"]),
        ("삼월에 떠났다", "사월에 떠났다", ["date: 삼월에 ↔ 사월에"]),
        ("그들은 안 갔다", "그들은 갔다", ["negation: 안 갔다 ↔ 갔다"]),
        ("쌀이 없다고 했다", "쌀이 있다고 했다", ["negation: 없다고 ↔ 있다고"]),
        ("정부는 쌀을 풀었다", "정부가 쌀을 풀었다", ["particle: 정부는 ↔ 정부가"]),
        ("평양에 갔다", "평양으로 갔다", ["particle: 평양에 ↔ 평양으로"]),
        ("결과를 발표했다", "결과를 발표한다", ["tense: 발표했다 ↔ 발표한다"]),
        ("쌀을 푼다", "쌀을 풀었다", ["tense: 푼다 ↔ 풀었다"]),
        ("경찰이 상인을 불렀다", "상인이 경찰을 불렀다",
         ["roles: 경찰이 … 상인을 ↔ 상인이 … 경찰을"]),
        ("경찰이 상인을 불렀다", "경찰을 상인이 불렀다",
         ["roles: 경찰이 … 상인을 ↔ 경찰을 … 상인이"]),
        ("평양의 상인들은 쌀을 팔았다", "상인들은 쌀을 몰래 팔았다",
         ["addition: 평양의 ↔ –", "omission: – ↔ 몰래"]),
        ("장마당에서 쌀을 팔았다", "시장에서 쌀을 팔았다", ["wording: 장마당에서 ↔ 시장에서"]),
        ("The Market opened", "The market opened", ["case: Market ↔ market"]),
        ("It left in July", "It left in June", ["date: July ↔ June"]),
        ("They closed three markets", "They closed four markets", ["number: three ↔ four"]),
        ("They didn't open it", "They did open it", ["negation: didn't open ↔ did open"]),
        ("They did not open it", "They opened it", ["negation: did not open ↔ opened"]),
        ("They failed to open it", "They opened it", ["negation: failed to open ↔ opened"]),
        ("값이 5만 원이다", "값이 5만 달러이다", ["number: 5만 원이다 ↔ 5만 달러이다"]),
        ("It costs $50", "It costs €50", ["number: $50 ↔ €50"]),
        ("It is -20 C", "It is 20 C", ["number: -20 ↔ 20"]),
        ("It rose 12%", "It rose 12 percent", ["spelling: 12% ↔ 12 percent"]),
        ("5월 초에 떠났다", "5월 말에 떠났다", ["date: 초에 ↔ 말에"]),
        ("It opens at 9 a.m. daily", "It opens at 9 p.m. daily", ["date: a.m ↔ p.m"]),
        ("경비대가 상인을 잡았다", "경비대가 상인에게 잡혔다",
         ["roles: 경비대가 … 잡았다 ↔ 경비대가 … 잡혔다"]),
        ("군당이 지배인을 해임했다", "지배인이 군당에 의해 해임됐다",
         ["word order: 군당이 … 지배인을 ↔ 지배인이 … 군당에 의해", "ending: 해임했다 ↔ 해임됐다"]),
        ("The guards chased the boys", "The guards were chased by the boys",
         ["roles: chased ↔ were chased by"]),
        ("The guards chased the boys", "The boys were chased by the guards",
         ["word order: chased ↔ were chased by"]),
        ("They opened it", "They open it", ["tense: opened ↔ open"]),
        ("It was closed", "It is closed", ["tense: was ↔ is"]),
        ("두 번째 회의가 열렸다", "첫 번째 회의가 열렸다", ["number: 두 번째 ↔ 첫 번째"]),
        ("녀성로동자들이 떠났다", "여성 노동자들이 떠났다",
         ["spacing: 녀성로동자들이 ↔ 여성 노동자들이",
          "spelling: 녀성로동자들이 ↔ 여성 노동자들이"]),
        ("상인들은 단속원에게 돈을 주었다", "단속원들은 상인에게 돈을 주었다",
         ["roles: 상인들은 … 단속원에게 ↔ 단속원들은 … 상인에게"]),
        ("North Korea sent rice to China", "China sent rice to North Korea",
         ["roles: North Korea … China ↔ China … North Korea"]),
        ("남성 노동자가 떠났다", "여성 노동자가 떠났다", ["contrary: 남성 ↔ 여성"]),
        ("Kim met Moon", "Moon met Kim", ["roles: met … Moon ↔ Moon … met"]),
    ],
)  # fmt: skip
def test_each_kind_of_difference_is_named(query, candidate, expected):
    assert named(query, candidate) == expected


def test_a_verb_and_its_negation_are_one_difference():
    assert named("사실을 공개했다.", "사실을 공개하지 않았다.") == [
        "negation: 공개했다 ↔ 공개하지 않았다"
    ]


def test_a_negation_in_another_tense_shows_both():
    assert named("시장에 가지 않는다", "시장에 갔다") == [
        "negation: 가지 않는다 ↔ 갔다",
        "tense: 가지 않는다 ↔ 갔다",
    ]


def test_several_differences_come_in_the_order_of_the_query():
    assert named("정부는 7월에 쌀을 풀었다", "정부가 8월에 밀을 풀었다") == [
        "particle: 정부는 ↔ 정부가",
        "date: 7월에 ↔ 8월에",
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("상인 두 명이 왔다", "상인 2명이 왔다"),
        ("밀 1만2천 톤", "밀 12,000톤"),
        ("1억2천만 원", "1억 2천만 원"),
        ("군인 열두 명", "군인 12명"),
        ("120 million won", "120,000,000 won"),
        ("twelve soldiers", "12 soldiers"),
        ("4월 15일에", "사월 15일에"),
    ],
)
def test_a_number_written_otherwise_is_no_other_number(one, other):
    kinds = {difference.kind for difference in differences(one, other)}
    assert kinds
    assert not kinds & GRAVE


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("쌀과 밀이 들어왔다", "밀과 쌀이 들어왔다", "word order"),
        ("어제 시장에서 쌀을 샀다", "시장에서 어제 쌀을 샀다", "word order"),
        ("rice and corn", "corn and rice", "word order"),
        ("Last week the police came to town", "The police came to town last week", "word order"),
        ("농민은 쌀을 먹고 밀을 팔았다", "농민은 밀을 먹고 쌀을 팔았다", "roles"),
        ("중국은 북한에 원유를 보냈다", "북한은 중국에 원유를 보냈다", "roles"),
        ("상인에게 돈을 빌려 간부에게 주었다", "간부에게 돈을 빌려 상인에게 주었다", "roles"),
        ("혜산으로 갔다가 청진으로 돌아왔다", "청진으로 갔다가 혜산으로 돌아왔다", "roles"),
        ("우려 속에 시장에서 어제 팔았다", "우려 속에 어제 시장에서 팔았다", "word order"),
        ("김철수는 박영호가 도둑이라고 했다", "박영호는 김철수가 도둑이라고 했다", "roles"),
        ("from Pyongyang to Sinuiju", "from Sinuiju to Pyongyang", "roles"),
        ("김 씨는 박 씨를 도왔다", "박 씨는 김 씨를 도왔다", "roles"),
        ("북한, 미국 비난", "미국, 북한 비난", "roles"),
        ("the head of the party", "the party of the head", "roles"),
        ("in Durban on Tuesday", "on Tuesday in Durban", "word order"),
        ("The guard beat the trader", "The trader beat the guard", "roles"),
    ],
)
def test_another_order_is_told_from_other_roles(one, other, kind):
    assert kind in {difference.kind for difference in differences(one, other)}
    assert (kind == "roles") == bool({d.kind for d in differences(one, other)} & GRAVE)


@given(SENTENCES, SENTENCES)
def test_what_is_grave_is_grave_from_either_side(one, other):
    found, turned = ({d.kind for d in differences(*pair)} for pair in ((one, other), (other, one)))
    assert bool(found & GRAVE) == bool(turned & GRAVE)


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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("오른다고", "올랐다고"),
        ("푼다", "풀었다"),
        ("닫으면", "닫아"),
        ("들었다", "듣는다"),
        ("도와", "돕고"),
        ("짓는다", "지어"),
        ("사는", "살고"),
        ("심해졌다", "심해지고"),
        ("opened", "opens"),
        ("went", "goes"),
    ],
)
def test_forms_of_a_verb_are_known_through_their_changes_of_sound(one, other):
    assert same_verb(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("샀다", "살았다"), ("조사했다", "수사했다"), ("시장", "사장"), ("met", "meat")],
)
def test_other_verbs_are_not_taken_for_forms_of_one(one, other):
    assert not same_verb(one, other)


def test_tenses_of_korean_verbs():
    forms = ("올랐다고", "있다", "짓겠다", "도착할 것이다", "한다", "있었다")
    assert [tense(form) for form in forms] == [
        "past", "present", "future", "future", "present", "past"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("않았다", 1), ("안", 1), ("안전", 0), ("못했다", 1), ("잘못", 0), ("없다고", 1),
        ("없앴다", 0), ("아니라고", 1), ("아니", 1), ("가지 말라고", 1), ("말했다", 0),
        ("틀림없다고", 0), ("끊임없이", 0), ("못지 않게", 0), ("쌀뿐만 아니라", 0), ("모르는", 1),
        ("모르핀을", 0), ("모를", 0), ("말라리아가", 0), ("들이지 말 것을", 1),
        ("갔는지 말했다", 0),
        ("no longer", 1), ("not only", 0), ("did not go", 1), ("failed to go", 1),
        ("not", 1), ("didn't", 1), ("notice", 0), ("without", 1),
    ],
)  # fmt: skip
def test_negations_are_counted(word, count):
    assert negations(word) == count


def test_negative_prefixes_are_opposites():
    for one, other in [("불가능", "가능"), ("비공식", "공식"), ("unable", "able")]:
        assert opposite_by_prefix(one, other)
        assert opposite_by_prefix(other, one)
    assert not opposite_by_prefix("미국", "국가")
    assert not opposite_by_prefix("under", "der")


def test_a_noun_is_known_under_particles_that_can_be_cut_in_two_ways():
    assert same_noun("암만이", "암만에")
    assert not same_noun("암만이", "암석에")


# Labelled cases: natural sentences, each with all kinds of its differences


CASES = Path(__file__).parent


def labelled(part):
    with (CASES / f"differences_{part}.tsv").open(encoding="utf-8", newline="") as file:
        return [
            (set(row["kinds"].split(",")), row["query"], row["candidate"])
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        ]


@pytest.mark.parametrize(
    ("part", "least"), [("dev", 0.98), ("held", 0.95), ("review", 0.98), ("contrary", 0.95)]
)
def test_labelled_cases_are_named_right(part, least):
    cases = labelled(part)
    right = [expected == {d.kind for d in differences(q, c)} for expected, q, c in cases]
    assert len(cases) > 60
    assert sum(right) / len(cases) >= least


def test_every_labelled_grave_case_is_found_grave_from_either_side():
    parts = ("dev", "held", "review", "contrary")
    for expected, query, candidate in [case for part in parts for case in labelled(part)]:
        for one, other in ((query, candidate), (candidate, query)):
            found = {difference.kind for difference in differences(one, other)}
            assert bool(found & GRAVE) == bool(expected & GRAVE), (one, other)


# Opposites


def test_opposites_are_named_as_such_and_nothing_else_is():
    cases = labelled("contrary")
    assert len([kinds for kinds, _, _ in cases if "contrary" in kinds]) >= 60
    assert len([kinds for kinds, _, _ in cases if "contrary" not in kinds]) >= 60
    for expected, query, candidate in cases:
        for one, other in ((query, candidate), (candidate, query)):
            kinds = {difference.kind for difference in differences(one, other)}
            assert ("contrary" in kinds) == ("contrary" in expected), (one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("증가세를", "감소세는"), ("대북수출이", "대북수입을"),
        ("허용하지 않았다", "금지하지 않았다"),
        ("늘었다고", "감소했다며"), ("안 올랐다", "안 내렸다"), ("합법이라고", "불법이라며"),
        ("찬성표", "반대표"), ("커졌다", "작아졌다"), ("exports", "imported"),
        ("did not allow", "did not ban"), ("dismissing", "hires"), ("fewer", "more"),
    ],
)  # fmt: skip
def test_opposites_are_found_in_all_their_forms(one, other):
    assert are_contrary(one, other)
    assert are_contrary(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("늘", "줄을"), ("수입업자", "수출했다"), ("대북수출", "대중수입"), ("증가", "급증"),
        ("반대로", "찬반을"), ("허용", "허가"), ("인상이", "인하대"), ("rose", "increased"),
    ],
)  # fmt: skip
def test_what_only_looks_like_an_opposite_is_none(one, other):
    assert not are_contrary(one, other)


def test_a_word_of_several_senses_counts_only_of_the_same_thing():
    assert are_contrary("올랐다", "내렸다")
    assert not are_contrary("올랐다", "내렸다", is_same_thing=False)
    assert named("쌀값이 크게 올랐다.", "쌀값이 크게 내렸다.") == ["contrary: 올랐다 ↔ 내렸다"]
    kinds = {d.kind for d in differences("그는 산에 올랐다.", "그는 역에서 내렸다.")}
    assert "contrary" not in kinds


@pytest.mark.parametrize("table", [KOREAN, ENGLISH])
def test_no_word_stands_on_both_sides_of_an_opposition(table):
    for line in table.strip().splitlines():
        first, second = (set(side.split()) for side in line.split(":"))
        assert first
        assert second
        assert not first & second, line


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("300명이", "500명이", "number"), ("7월 8일", "7월 9일", "date"),
        ("어제", "오늘", "date"), ("오전", "오후", "date"), ("봄에", "가을에", "date"),
        ("증가했다", "감소했다", "contrary"), ("허용했다", "금지했다", "contrary"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("around", [0, 40, 90])
def test_grave_differences_are_found_in_the_longest_sentences(one, other, kind, around):
    """Also where so many words around them differ that words are not compared one by one."""
    words = [
        f"{place}장마당{letter}" for place in ("혜산", "무산", "온성") for letter in "가나다라"
    ]
    long = [words[n * 7 % 12] for n in range(200)]
    changed = [f"{word}들" if abs(n - 100) <= around else word for n, word in enumerate(long)]
    if not around:
        changed = long
    sentences = [
        " ".join([*w[:100], word, *w[100:]]) for w, word in ((long, one), (changed, other))
    ]
    assert kind in {difference.kind for difference in differences(*sentences)}
