"""What the memory answers for a sentence."""

from __future__ import annotations

import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from align.errors import InputError
from tm.differences import GRAVE
from tm.memory import Memory
from tm.search.fold import language, plain
from tm.search.fuzzy import similar, similarities
from tm.store import ArticleRecord, Unaligned
from tm.unit import Context, Details, Provenance, TranslationUnit

MARKET = (
    "혜산 장마당에서 쌀값이 크게 올랐다.",
    "돈주들은 아파트 건설에 돈을 댔다.",
    "보안원들이 상인 12명을 체포했다.",
    "당국은 이 사실을 공개하지 않았다.",
)


def similarity(one, other, minimum=0):
    return similarities(one, [other], minimum)[0]


def shown(matches):
    return [(match.percent, match.kind, match.unit.target) for match in matches]


def stored(memory, *units):
    """Each unit as an article of its own, with the provenance it brings."""
    for number, unit in enumerate(units):
        record = ArticleRecord(f"article {number}", date=unit.provenance.date)
        memory.store.add(record, [unit], [], who="tester", why="test")
    return memory


def unit(source, target, date=None, **about):
    return TranslationUnit(source, target, Provenance("", 0, date=date), **about)


# Exact and context


def test_the_same_sentence_is_an_exact_match(news):
    assert shown(news.match("돈주들은 아파트 건설에 돈을 댔다.")) == [
        (100, "exact", "Donju put money into building apartments.")
    ]


def test_english_sentences_are_matched_on_their_side(news):
    (match,) = news.match("The delegation left Pyongyang on July 8.")
    assert (match.percent, match.unit.source) == (100, "대표단은 7월 8일 평양을 떠났다.")


@pytest.mark.parametrize(
    "written",
    [
        "  돈주들은   아파트 건설에\n돈을 댔다. ",
        unicodedata.normalize("NFD", "돈주들은 아파트 건설에 돈을 댔다."),
    ],
)
def test_white_space_and_unicode_form_do_not_matter(news, written):
    assert [match.percent for match in news.match(written)] == [100]


def test_the_same_neighbours_make_it_a_context_match(news):
    before, sentence, after = MARKET[:3]
    for around in (
        {"previous": before},
        {"following": after},
        {"previous": before, "following": after},
    ):
        assert shown(news.match(sentence, **around))[0][:2] == (101, "context")


def test_other_neighbours_leave_it_exact(news):
    before, sentence, _ = MARKET[:3]
    assert news.match(sentence, previous="다른 문장이다.")[0].percent == 100
    assert news.match(sentence, previous=before, following="다른 문장이다.")[0].percent == 100


def test_an_empty_neighbour_is_the_start_or_the_end_of_the_article(news):
    first, last = MARKET[0], MARKET[-1]
    assert news.match(first, previous="")[0].percent == 101
    assert news.match(last, following="")[0].percent == 101
    assert news.match(first, following="")[0].percent == 100


def test_a_document_of_one_sentence_is_in_context_only_with_a_unit_alone_in_its_article(memory):
    text = "쌀값이 올랐다."
    around = {"previous": "", "following": ""}
    store = memory.store
    for name, units, unaligned, percent in (
        ("first", [unit(text, "1"), unit("다음 문장이다.", "2")], [], 100),
        ("last", [unit("앞 문장이다.", "2"), unit(text, "1")], [], 100),
        ("null", [unit(text, "1")], [Unaligned("ko", 1, "대응이 없다.")], 100),
        ("alone", [unit(text, "1")], [Unaligned("en", 1, "No counterpart.")], 101),
    ):
        store.add(ArticleRecord(name), units, unaligned, who="tester", why="test")
        assert max(m.percent for m in memory.match(text, **around)) == percent, name


def test_a_neighbour_without_counterpart_or_within_a_longer_unit_is_a_neighbour(memory):
    text = "쌀값이 올랐다."
    units = [unit("첫째다. 둘째다.", "1"), unit(text, "2"), unit("넷째다. 다섯째다.", "3")]
    nulls = [Unaligned("ko", 2, "셋째다.")]
    memory.store.add(ArticleRecord("a"), units, nulls, who="tester", why="test")
    for previous, following, percent in (
        ("둘째다.", "셋째다.", 101),
        ("첫째다. 둘째다.", None, 101),
        ("첫째다.", None, 100),
        ("째다.", None, 100),
        (None, "넷째다.", 100),
    ):
        (match,) = memory.match(text, previous=previous, following=following)
        assert match.percent == percent, (previous, following)


def test_that_a_document_begins_with_a_unit_says_too_little_of_its_neighbours(memory):
    text = "쌀값이 올랐다."
    told = Details(context=Context(previous=""))
    stored(memory, unit(text, "1", details=told))
    memory.store.add(
        ArticleRecord("article 0"),
        [unit(text, "1", details=told), unit("다음 문장이다.", "2")],
        [],
        who="tester",
        why="test",
    )
    assert memory.match(text, previous="", following="")[0].percent == 100


@pytest.mark.parametrize("part", ["review", "contrary"])
def test_no_labelled_pair_with_a_grave_difference_is_shown_above_94(tmp_path, part):
    start = {
        "ko": "양강도의 한 소식통은 안전을 이유로 이름을 숨겨 달라며 최근 국경 분위기를 전하면서 ",
        "en": "A source in the border region who asked to stay anonymous explained at length that ",
    }
    cases = (Path(__file__).parent / f"differences_{part}.tsv").read_text(encoding="utf-8")
    pairs = [line.split("\t") for line in cases.splitlines()[1:]]
    grave = [pair for pair in pairs if GRAVE & set(pair[0].split(","))]
    with Memory.open(tmp_path / "x.tm", create=True) as memory:
        units, asked = [], []
        for number, (_, query, candidate) in enumerate(grave):
            lang = language(candidate)
            held = f"{start[lang]}{candidate}"
            texts = (held, f"T{number}") if lang == "ko" else (f"번역 {number}", held)
            units.append(unit(*texts))
            asked.append((f"{start[lang]}{query}", held, lang))
        memory.store.add(ArticleRecord("a"), units, [], who="tester", why="test")
        for query, held, lang in asked:
            for match in memory.match(query, lang=lang, minimum=90, limit=3):
                text = match.unit.source if lang == "ko" else match.unit.target
                assert text != held or match.percent <= 94, (query, match.differences)


def test_renderings_that_contradict_each_other_are_all_shown_with_their_provenance(memory):
    source = "당국은 쌀을 풀었다."
    stored(
        memory,
        unit(source, "Authorities released rice.", "2019-01-01"),
        unit(source, "The state released rice.", "2021-01-01"),
        unit(source, "Authorities released  rice.", "2020-01-01"),
        unit(source, "They gave out rice.", "2018-01-01", status="approved"),
        unit(source, "They burnt rice.", "2022-01-01", status="rejected"),
    )
    found = memory.match(source, limit=1)
    assert [(m.unit.target, m.unit.provenance.date) for m in found] == [
        ("They gave out rice.", "2018-01-01"),
        ("The state released rice.", "2021-01-01"),
        ("Authorities released  rice.", "2020-01-01"),
    ]


def test_replaced_units_are_not_matched(news, alignment_of):
    news.add_alignment(alignment_of([("밀값이 올랐다.", "Wheat rose.")]), article="market")
    assert news.match(MARKET[1]) == []


@pytest.mark.parametrize("blank", ["", "  \n", "…"])
def test_a_blank_or_wordless_sentence_matches_nothing(news, blank):
    assert news.match(blank) == []


# Fuzzy


def test_a_similar_sentence_matches_with_its_percentage_and_differences(news):
    (match,) = news.match("돈주들은 아파트 건설에 큰 돈을 댔다.")
    assert (match.percent, match.kind) == (90, "fuzzy")
    assert [str(d) for d in match.differences] == ["addition: 큰 ↔ –"]


def test_the_percentage_is_the_share_of_characters_rounded_down():
    assert similarity("가나다라마바", "가나다라마사") == 83
    assert similarity("가나다라마바", "가나다라마사", 84) == 0
    assert similarity("가" * 999 + "나", "가" * 1000) == 99


@pytest.mark.parametrize(
    ("kind", "sentence", "in_memory"),
    [
        (
            "number",
            "보안원들이 혜산 장마당에서 장사하던 상인 12명을 어제 체포했다고 소식통이 전했다.",
            "보안원들이 혜산 장마당에서 장사하던 상인 15명을 어제 체포했다고 소식통이 전했다.",
        ),
        (
            "negation",
            "당국은 국경 지역 주민들에게 이번 사건에 대해 알렸다고 현지 소식통이 말했다.",
            "당국은 국경 지역 주민들에게 이번 사건에 대해 안 알렸다고 현지 소식통이 말했다.",
        ),
        (
            "roles",
            "지난달 초 양강도 혜산시에서 보안원이 상인을 심하게 때린 일이 있었다고 전했다.",
            "지난달 초 양강도 혜산시에서 보안원을 상인이 심하게 때린 일이 있었다고 전했다.",
        ),
        (
            "date",
            "The delegation from Pyongyang arrived in the capital on July 8 for talks on trade.",
            "The delegation from Pyongyang arrived in the capital on July 9 for talks on trade.",
        ),
        (
            "negation",
            "The authorities did tell people along the border about the closure of markets.",
            "The authorities did not tell people along the border about the closure of markets.",
        ),
    ],
)
def test_a_grave_difference_is_never_shown_as_95_or_more(memory, kind, sentence, in_memory):
    is_korean = sentence[0] > "z"
    stored(memory, unit(in_memory, "Same.") if is_korean else unit("같다.", in_memory))
    (match,) = memory.match(sentence)
    assert similarity(plain(sentence), plain(in_memory)) >= 94
    assert match.percent == 94
    assert kind in [difference.kind for difference in match.differences]
    assert memory.match(sentence, minimum=95) == []


def test_a_harmless_match_comes_before_a_graver_one_of_more_characters(memory):
    stored(
        memory,
        unit("보안원들이 어제 혜산 장마당에서 장사하던 상인 15명을 붙잡아 갔다고 한다.", "number"),
        unit("보안원들이 어제 혜산 장마당에서 장사하는 상인 12명을 붙잡아 갔다고 한다", "harmless"),
    )
    found = memory.match("보안원들이 어제 혜산 장마당에서 장사하던 상인 12명을 붙잡아 갔다고 한다.")
    assert [match.unit.target for match in found] == ["harmless", "number"]


def test_fuzzy_matches_fill_up_to_the_limit_best_first(memory):
    base = "소식통은 시장에서 쌀을 파는 상인이 크게 늘었다고 전했다"
    stored(memory, *[unit(base + "." * n, f"version {n}") for n in range(8)])
    found = memory.match(base, limit=4)
    assert shown(found)[0] == (100, "exact", "version 0")
    assert [m.unit.target for m in found] == [f"version {n}" for n in range(4)]
    assert memory.match(base, minimum=100, limit=4) == found[:1]


def test_matches_below_the_minimum_are_left_out(news):
    sentence = "돈주들은 요즘 아파트 건설과 시장에 돈을 댔다."
    (match,) = news.match(sentence, minimum=60)
    assert 60 < match.percent < 75
    assert news.match(sentence, minimum=match.percent) == [match]
    assert news.match(sentence, minimum=match.percent + 1) == []


@pytest.mark.parametrize("wrong", [{"minimum": 0}, {"minimum": 102}, {"limit": 0}])
def test_impossible_settings_are_refused(news, wrong):
    with pytest.raises(InputError, match=next(iter(wrong))):
        news.match("쌀", **wrong)


def test_a_sentence_repeated_a_thousand_times_does_not_crowd_out_another(memory):
    often = "사진은 기사 내용과 직접 관련이 없습니다."
    units = [unit(often, "Not related.")] * 1500
    memory.store.add(ArticleRecord("captions"), units, [], who="t", why="t")
    stored(memory, unit("사진은 기사 내용과 아무 관련이 없습니다.", "Unrelated."))
    found = memory.match("사진은 기사 내용과 전혀 관련이 없습니다.")
    assert {m.unit.target for m in found} == {"Not related.", "Unrelated."}


@given(
    texts=st.lists(st.text("가나다라 .", min_size=1, max_size=12), min_size=1, max_size=8),
    sentence=st.text("가나다라 .", min_size=1, max_size=12),
)
@settings(max_examples=80, deadline=None)
def test_matches_are_ordered_distinct_and_as_similar_as_they_say(texts, sentence, tmp_path_factory):
    with Memory.open(tmp_path_factory.mktemp("m") / "m.tm", create=True) as memory:
        units = [unit(text, f"target {n % 3}") for n, text in enumerate(texts)]
        memory.store.add(ArticleRecord("a"), units, [], who="t", why="t")
        found = memory.match(sentence, lang="ko", limit=10, minimum=50)
        assert found == memory.match(sentence, lang="ko", limit=10, minimum=50)
    scores = [match.score for match in found]
    assert scores == sorted(scores, reverse=True)
    pairs = [(plain(m.unit.source), m.unit.target) for m in found]
    assert len(set(pairs)) == len(pairs)
    for match in found:
        same = plain(match.unit.source) == plain(sentence)
        assert (match.percent >= 100) == same == (match.differences == ())
        assert same or 50 <= match.percent <= similarity(plain(sentence), plain(match.unit.source))


def test_a_huge_segment_has_exact_matches_only(memory):
    huge = "쌀값이 올랐다고 소식통이 전했다. " * 500
    stored(memory, unit(huge, "Huge."))
    assert shown(memory.match(huge)) == [(100, "exact", "Huge.")]
    assert memory.match(huge + "끝.") == []


# Context that an imported file tells


def test_a_context_that_an_imported_unit_brings_makes_a_context_match(memory):
    told = Details(context=Context(previous="앞 문장이다.", following=None))
    brought = TranslationUnit("쌀값이 올랐다.", "Told.", Provenance("", 0), details=told)
    plain_one = unit("쌀값이 올랐다.", "Plain.", "2022-01-01")
    stored(memory, plain_one, brought)
    found = memory.match("쌀값이 올랐다.", previous="앞  문장이다.", following="뒤 문장이다.")
    assert shown(found) == [(101, "context", "Told."), (100, "exact", "Plain.")]
    other = memory.match("쌀값이 올랐다.", previous="다른 문장이다.")
    assert {match.kind for match in other} == {"exact"}


# Order


def test_the_same_words_with_other_endings_come_before_other_words_of_similar_letters(memory):
    stored(
        memory,
        unit("보안원이 상인들의 집을 수색했다고 한다.", "searched"),
        unit("보안원은 상인들에게 집을 수색하겠다고 했다.", "will search"),
        unit("보안원이 상인들의 짐을 수송했다고 한다.", "other words"),
    )
    found = memory.match("보안원은 상인들의 집을 수색한다고 한다.", minimum=50)
    assert [match.unit.target for match in found][-1] == "other words"


# Repair


def test_numbers_of_a_fuzzy_match_are_put_right_and_marked(memory):
    stored(
        memory, unit("보안원들이 상인 12명을 체포했다고 한다.", "Officers arrested 12 merchants.")
    )
    (match,) = memory.match("보안원들이 상인 15명을 체포했다고 한다.")
    assert match.unit.target == "Officers arrested 12 merchants."
    assert match.repair.text == "Officers arrested 15 merchants."
    assert [match.repair.text[a:b] for a, b in match.repair.spans] == ["15"]


def test_no_number_is_put_right_where_roles_or_order_differ(memory):
    stored(
        memory,
        unit(
            "김철수는 박영호에게 쌀 3톤을 보냈다고 한다.",
            "Kim Chol Su sent Pak Yong Ho 3 tons of rice.",
        ),
    )
    (match,) = memory.match("박영호는 김철수에게 쌀 5톤을 보냈다고 한다.", minimum=50)
    assert {"roles", "number"} <= {d.kind for d in match.differences}
    assert match.repair is None


# Grave differences in long sentences, where a percentage hides them

FRAME = (
    "지난달 하순 양강도 혜산시의 한 장마당에서 {} 여러 소식통이 전화로 전해 왔다고 이 신문은 "
    "보도했다."
)
FRAME_EN = (
    "Late last month at a market in the northern city of Hyesan {}, several sources told the "
    "newspaper by telephone from inside the country."
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("상인들이 장사를 했다고", "상인들이 장사를 안 했다고"),
        ("상인들이 장사를 했다고", "상인들이 장사를 못 했다고"),
        ("상인들이 장사를 하고 있다고", "상인들이 장사를 하지 않고 있다고"),
        ("쌀이 있다고", "쌀이 없다고"),
        ("장사를 하라고 했다고", "장사를 하지 말라고 했다고"),
        ("그것이 처음이라고", "그것이 처음이 아니라고"),
        ("장사가 가능하다고", "장사가 불가능하다고"),
        ("쌀 1억 2천만 원어치가 팔렸다고", "쌀 1억 3천만 원어치가 팔렸다고"),
        ("상인 두 명이 붙잡혔다고", "상인 세 명이 붙잡혔다고"),
        ("4월 15일에 행사가 있었다고", "4월 16일에 행사가 있었다고"),
        ("월요일에 단속이 있었다고", "목요일에 단속이 있었다고"),
        ("쌀값이 30% 올랐다고", "쌀값이 80% 올랐다고"),
        ("보안원이 상인을 때렸다고", "상인이 보안원을 때렸다고"),
        ("김철수가 박영호에게 돈을 꾸었다고", "박영호가 김철수에게 돈을 꾸었다고"),
        ("아들은 아버지에게 편지를 썼다고", "아들에게 아버지는 편지를 썼다고"),
        ("쌀이 평양에서 신의주로 왔다고", "쌀이 신의주에서 평양으로 왔다고"),
        ("traders worked", "traders did not work"),
        ("rice was sold", "rice wasn't sold"),
        ("traders had ever been fined", "traders had never been fined"),
        ("there was rice", "there was no rice"),
        ("they traded with permits", "they traded without permits"),
        ("trade was possible", "trade was impossible"),
        ("rice was sold for 120 million won", "rice was sold for 130 million won"),
        ("two traders were caught", "six traders were caught"),
        ("a raid took place on April 15", "a raid took place on April 16"),
        ("a raid took place on Monday", "a raid took place on Friday"),
        ("the guard beat the trader", "the trader beat the guard"),
        ("Kim lent money to Pak", "Pak lent money to Kim"),
    ],
)
def test_a_negated_changed_or_swapped_sentence_is_never_shown_as_95_or_more(memory, one, other):
    frame = FRAME if one[0] > "z" else FRAME_EN
    for held, asked in ((one, other), (other, one)):
        held, asked = frame.format(held), frame.format(asked)
        kept = unit(held, "Same.") if frame is FRAME else unit("같다.", held)
        stored(memory, kept)
        (match,) = (m for m in memory.match(asked) if m.percent < 100)
        assert match.percent <= 94
        assert GRAVE & {difference.kind for difference in match.differences}
        memory.store.add(
            ArticleRecord("article 0"), [unit("다른 글", "Other.")], [], who="t", why="t"
        )


# Meaning


RISE = "Rice prices rose sharply at the Hyesan market, a source said."


def test_what_means_the_same_is_shown_after_fuzzy_matches_with_its_cosine(memory):
    stored(
        memory,
        unit("혜산 장마당에서 쌀값이 크게 올랐다고 소식통이 전했다.", RISE),
        unit("김일성광장에서 열병식 련습이 시작되였다.", "Rehearsals for a parade began."),
    )
    asked = "혜산시 시장의 식량 가격이 급등했다고 소식통은 말했다."
    assert memory.match(asked, semantic=True, minimum=70) == []
    memory.semantic_index().catch_up()
    (match,) = memory.match(asked, semantic=True, minimum=70, limit=1)
    assert (match.kind, match.percent, match.unit.target) == (
        "semantic", 0, RISE
    )  # fmt: skip
    assert 0 < match.similarity <= 1
    assert match.differences
    same = memory.match("혜산 장마당에서 쌀값이 크게 올랐다고 소식통이 전했다.", semantic=True)
    assert [m.kind for m in same].count("exact") == 1
    assert len({m.unit.source for m in same}) == len(same)


# Candidates against comparing with everything


def edited(text, words, share, chance):
    """``text`` with words taken out, put in or replaced until less than ``share`` is the same."""
    result = text
    while True:
        parts = result.split()
        place = chance.randrange(len(parts))
        change = chance.randrange(3)
        if change == 0 and len(parts) > 2:
            del parts[place]
        elif change == 1:
            parts.insert(place, chance.choice(words))
        else:
            parts[place] = chance.choice(words)
        shorter = " ".join(parts)
        if Levenshtein.normalized_similarity(shorter, text) < share:
            return result
        result = shorter


@pytest.fixture(scope="module")
def large(shared_data, tmp_path_factory):
    """Some thousands of real sentences and edited copies of them."""
    chance = random.Random(11)
    folder = shared_data / "parallel"
    pairs = []
    for name in ("korean-english-park.dev", "jhe-koen-dev"):
        sides = [(folder / f"{name}.{lang}").read_text().splitlines() for lang in ("ko", "en")]
        pairs += [pair for pair in zip(*sides, strict=True) if all(len(t) >= 12 for t in pair)]
    words = [[w for pair in pairs for w in pair[side].split()] for side in (0, 1)]
    copies = [
        tuple(edited(text, words[side], chance.uniform(0.7, 1), chance)
              for side, text in enumerate(pair))
        for pair in pairs * 2
    ]  # fmt: skip
    units = [unit(ko, en) for ko, en in pairs + copies]
    with Memory.open(tmp_path_factory.mktemp("large") / "m.tm", create=True) as memory:
        memory.store.add(ArticleRecord("a"), units, [], who="t", why="t")
        yield memory, words


@pytest.mark.parametrize(("lang", "side"), [("ko", 0), ("en", 1)])
def test_nearly_all_sentences_at_least_70_per_cent_similar_are_found(large, lang, side):
    memory, words = large
    chance = random.Random(13)
    texts = sorted({plain((u.source, u.target)[side]) for u in memory.units()})
    similar_ones = missed = 0
    for _ in range(150):
        asked = edited(chance.choice(texts), words[side], chance.uniform(0.7, 1), chance)
        found = {text for text, _ in similar(memory.store, asked, lang, minimum=70)}
        true = {t for t in texts if t != asked and similarity(asked, t, 70) >= 70}
        assert found <= true
        similar_ones += len(true)
        missed += len(true - found)
    assert similar_ones > 150
    assert missed / similar_ones <= 0.01


def test_another_look_gives_the_same_matches_in_the_same_order(large):
    memory, _ = large
    asked = next(memory.units()).source[:-3] + " 했다"
    with Memory.open(memory.store.path) as other:
        found = other.match(asked, minimum=50, limit=20)
    assert len(found) > 1
    assert found == memory.match(asked, minimum=50, limit=20)
