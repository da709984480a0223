"""What the concordance finds, and what it does not."""

from __future__ import annotations

import json
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError
from tm.memory import Memory
from tm.search.fold import fold, lowered, original_spans
from tm.search.query import query
from tm.store import ArticleRecord
from tm.terms.termbase.concepts import Concept, Term
from tm.terms.termbase.lookup import Termbase
from tm.unit import Provenance, TranslationUnit


def found(memory, text, **options):
    """For each hit, the words that the spans mark, of the source and of the target."""
    return [
        (
            [hit.unit.source[start:end] for start, end in hit.source_spans],
            [hit.unit.target[start:end] for start, end in hit.target_spans],
        )
        for hit in memory.search(text, **options).hits
    ]


def filled(memory, alignment_of, *pairs):
    memory.add_alignment(alignment_of(pairs), article="a")
    return memory


# Korean


def test_a_word_of_two_syllables_is_found(news):
    assert found(news, "돈주", lang="ko") == [(["돈주"], [])]


def test_a_single_syllable_is_found_anywhere_in_a_word(news):
    assert found(news, "쌀", lang="ko") == [(["쌀"], [])]
    assert found(news, "값", lang="ko") == [(["값"], [])]
    assert {words[0][0] for words in found(news, "다", lang="ko")} == {"다"}


@pytest.mark.parametrize("asked", ["비핵화", "비 핵화", " 비 핵 화 ", "‘비핵화’"])
def test_spacing_and_quotation_marks_do_not_matter(news, asked):
    assert found(news, asked, lang="ko") == [(["비 핵화"], [])]


def test_middle_dots_do_not_matter(memory, alignment_of):
    filled(memory, alignment_of, ("북·미 대화가 열렸다.", "North Korea and the US met."))
    assert found(memory, "북미대화") == [(["북·미 대화"], [])]


def test_a_phrase_is_found_across_words(news):
    assert found(news, "아파트 건설", lang="ko") == [(["아파트 건설"], [])]


def test_syllables_in_another_order_are_not_found(memory, alignment_of):
    filled(memory, alignment_of, ("가나다 다나가", "one"), ("가나 나다", "two"))
    assert found(memory, "가나다", lang="ko") == [(["가나다"], [])]
    assert memory.search("나가나", lang="ko").total == 0


def test_decomposed_text_is_marked_in_its_own_characters(memory, alignment_of):
    source = unicodedata.normalize("NFD", "북한의 돈주들이 왔다.")
    filled(memory, alignment_of, (source, "The donju came."))
    assert found(memory, "돈주") == [([unicodedata.normalize("NFD", "돈주")], [])]


# English


def test_english_is_found_in_whole_words(memory, alignment_of):
    filled(
        memory,
        alignment_of,
        ("얼음이 얼었다.", "The ice was thick."),
        ("경찰이 왔다.", "The police arrived."),
        ("빙산이 보였다.", "An iceberg came into sight."),
        ("얼음 위에서", "They stood on ICE."),
    )
    assert found(memory, "ice") == [([], ["ice"]), ([], ["ICE"])]


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("missile", "Two missiles were fired.", "missiles"),
        ("launch", "It was launching rockets.", "launching"),
        ("launch", "It launched rockets.", "launched"),
        ("denounce", "Pyongyang is denouncing the drill.", "denouncing"),
        ("denounce", "Pyongyang denounced the drill.", "denounced"),
        ("party", "All parties agreed.", "parties"),
        ("party", "The Party's organ said so.", "Party's"),
        ("ship", "It is shipping coal.", "shipping"),
        ("Kim Jong Un", "Kim Jong-un’s train left.", "Kim Jong-un’s"),
        ("rocket-propelled", "A rocket propelled grenade.", "rocket propelled"),
        ("nucle*", "The nuclear test.", "nuclear"),
        ("$110 million", "It cost $110 million.", "$110 million"),
        ("U.S.", "The U.S. envoy left.", "U.S."),
    ],
)
def test_english_words_are_found_inflected_and_however_hyphenated(
    memory, alignment_of, asked, text, marked
):
    filled(memory, alignment_of, ("그랬다.", text))
    assert found(memory, asked, lang="en") == [([], [marked])]


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("an", "And then they left."),
        ("us", "It was used."),
        ("car", "A card was found."),
        ("the", "They left."),
        ("ice", "It was nice."),
        ("these", "The sea was calm."),
    ],
)
def test_other_english_words_are_not_found(memory, alignment_of, asked, text):
    filled(memory, alignment_of, ("그랬다.", text))
    assert memory.search(asked, lang="en").total == 0


# Either side, order, limits, filters


def test_without_a_language_both_sides_are_searched(memory, alignment_of):
    filled(
        memory,
        alignment_of,
        ("ICBM을 쐈다.", "They fired an ICBM."),
        ("ICBM이다.", "It is a long-range missile."),
        ("미사일이다.", "It is an ICBM."),
    )
    assert found(memory, "icbm") == [(["ICBM"], ["ICBM"]), (["ICBM"], []), ([], ["ICBM"])]
    assert memory.search("icbm", lang="ko").total == 2


def test_the_newest_come_first_and_those_without_date_last(memory, alignment_of):
    for article, date in (
        ("a", None),
        ("b", "2020-05-05"),
        ("c", "2023-01-01"),
        ("d", "2020-05-05"),
    ):
        memory.add_alignment(
            alignment_of([("쌀이 왔다.", "Rice came."), ("쌀이 갔다.", "Rice went.")]),
            article=article,
            date=date,
        )
    hits = memory.search("쌀").hits
    places = [(hit.unit.provenance.article, hit.unit.provenance.position) for hit in hits]
    assert places == [(article, i) for article in "cbda" for i in (0, 1)]


def test_the_total_counts_all_hits_and_pages_follow_on(memory, alignment_of):
    filled(memory, alignment_of, *[(f"쌀 {n}포대", f"{n} sacks") for n in range(45)])
    everything = memory.search("쌀", limit=100)
    pages = [memory.search("쌀", limit=20, offset=start) for start in (0, 20, 40)]
    assert [page.total for page in pages] == [45] * 3
    assert [hit for page in pages for hit in page.hits] == list(everything.hits)
    assert memory.search("쌀", limit=0).hits == ()


def test_hits_can_be_narrowed_to_an_article_a_translator_a_status(news):
    assert news.search("다", lang="ko").total == 7
    assert news.search("다", lang="ko", article="talks").total == 3
    assert news.search("다", lang="ko", translator="Lee Jina").total == 4
    assert news.search("다", lang="ko", translator="Lee Jina", article="talks").total == 0
    assert news.search("다", lang="ko", status="approved").total == 0


def test_replaced_versions_are_not_found(news, alignment_of):
    news.add_alignment(alignment_of([("밀값이 올랐다.", "Wheat rose.")]), article="market")
    assert news.search("돈주").total == 0
    assert news.search("밀값").total == 1


@pytest.mark.parametrize("empty", ["", "   ", "-", "“”", "*"])
def test_nothing_to_search_for_is_an_error(news, empty):
    with pytest.raises(InputError, match="nothing to search for; give a word"):
        news.search(empty, lang="en")


def test_units_containing_a_text_are_all_returned(news):
    assert [u.source for u in news.units_containing("비핵화", "ko")] == [
        "양측은 한반도의 비 핵화를 논의했다."
    ]
    assert [u.target for u in news.units_containing("merchant", "en")] == [
        "Police officers arrested 12 merchants."
    ]
    assert len(news.units_containing("다", "ko")) == 7


# Against the plain way of doing it


TEXTS = st.text(st.sampled_from("가나다 ·-‘A bB.ß"), max_size=12)


@given(texts=st.lists(TEXTS, min_size=1, max_size=12), asked=TEXTS.filter(fold))
@settings(max_examples=80, deadline=None)
def test_korean_finds_exactly_the_texts_that_hold_it(texts, asked, tmp_path_factory):
    with Memory.open(tmp_path_factory.mktemp("c") / "m.tm", create=True) as memory:
        units = [TranslationUnit(t, "x", Provenance("a", n)) for n, t in enumerate(texts)]
        memory.store.add(ArticleRecord("a"), units, [], who="tester", why="test")
        hits = memory.search(asked, lang="ko", limit=100).hits
        expected = [n for n, text in enumerate(texts) if fold(asked) in fold(text)]
        assert [hit.unit.provenance.position for hit in hits] == expected
        for hit in hits:
            assert all(fold(hit.unit.source[a:b]) == fold(asked) for a, b in hit.source_spans)


@given(st.text(max_size=30))
def test_spans_lead_back_to_the_text_they_come_from(text):
    low = lowered(text)
    for place in range(len(low)):
        ((start, end),) = original_spans(text, [(place, place + 1)])
        assert 0 <= start < end <= len(text)
        assert low[place] in lowered(text[start:end])


def test_a_query_reads_any_text_as_letters_not_as_a_pattern():
    assert query("a.c(", "en").spans("A.C( abc(") == ((0, 4),)
    assert query("[가]", "ko").spans("[가] 가") == ((0, 3),)


# Terms, spellings, regular expressions


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("돈주", "돈주들이 왔다.", ["돈주"]),
        ("돈주", "돈주머니를 찾았다.", []),
        ("돈주", "큰돈주고 샀다.", []),
        ("당", "식당에서 당의 방침을 들었다.", ["당"]),
        ("국가보위성", "국가 보위성이 막았다.", ["국가 보위성"]),
        ("로동당", "노동당은 회의를 열었다.", ["노동당"]),
        ("폐쇄하다", "공장을 폐쇄했다.", ["폐쇄했다"]),
    ],
)
def test_as_a_term_only_particles_may_follow(memory, alignment_of, asked, text, marked):
    filled(memory, alignment_of, (text, "So it was."))
    hits = memory.search(asked, lang="ko", kind="term").hits
    assert [text[a:b] for hit in hits for a, b in hit.source_spans] == marked


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("여성", "녀성들이 나섰다.", ["녀성"]),
        ("녀성", "여성들이 나섰다.", ["여성"]),
        ("노동당", "조선로동당은 회의를 열었다.", ["로동당"]),
        ("로동당", "조선노동당 회의", ["노동당"]),
        ("폐쇄", "국경이 페쇄됐다.", ["페쇄"]),
        ("여성 동맹", "녀성동맹에서 왔다.", ["녀성동맹"]),
        ("노인", "병으로 인해 쉬었다.", []),
        ("노인", "사고로인해 쉬었다.", []),
        ("역사", "폭력사태가 있었다.", []),
        ("역사", "핵무력사용을 말했다.", []),
    ],
)
def test_the_spelling_of_the_other_half_of_the_country_is_found(
    memory, alignment_of, asked, text, marked
):
    filled(memory, alignment_of, (text, "So it was."))
    hits = memory.search(asked, lang="ko").hits
    assert [text[a:b] for hit in hits for a, b in hit.source_spans] == marked


@pytest.mark.parametrize(
    ("asked", "text", "marked"),
    [
        ("peacekeeping", "A peace-keeping force.", "peace-keeping"),
        ("rocket-propelled", "A rocketpropelled grenade.", "rocketpropelled"),
        ("Kim Jong Un", "Kim Jongun left.", "Kim Jongun"),
        ("state-of-the-art", "A state of the art lab.", "state of the art"),
        ("Jong Un", "the Jong-un-era plan", "Jong-un"),
    ],
)
def test_english_words_are_found_joined_or_apart(memory, alignment_of, asked, text, marked):
    filled(memory, alignment_of, ("그랬다.", text))
    assert found(memory, asked, lang="en") == [([], [marked])]


def test_a_regular_expression_is_found_whatever_the_case(memory, alignment_of):
    filled(
        memory,
        alignment_of,
        ("쌀 12포대가 왔다.", "Twelve Sacks came."),
        ("쌀 세 포대가 왔다.", "Three bags came."),
    )
    assert found(memory, r"\d+ ?포대", lang="ko", kind="regex") == [(["12포대"], [])]
    assert found(memory, r"\bSACK", lang="en", kind="regex") == [([], ["Sack"])]
    assert memory.search(r"x*", kind="regex").total == 0
    assert memory.search(r"^(쌀|three)", kind="regex").total == 2


def test_a_broken_regular_expression_is_an_error_that_names_it(news):
    with pytest.raises(InputError, match=r"not a regular expression: '\(쌀'"):
        news.search("(쌀", kind="regex")


def test_hits_can_be_narrowed_to_a_span_of_dates(news):
    assert news.search("다", lang="ko", from_date="2022").total == 3
    assert news.search("다", lang="ko", to_date="2021-07").total == 4
    assert news.search("다", lang="ko", from_date="2021-07-08", to_date="2021-07-08").total == 4
    assert news.search("다", lang="ko", from_date="2021-08", to_date="2021-12").total == 0
    with pytest.raises(InputError, match="not a date: 'July'"):
        news.search("다", from_date="July")


# Totals


def test_many_hits_are_estimated_and_said_to_be(memory, alignment_of):
    pairs = [(f"쌀 {n}포대" if n % 3 else f"옥수수 {n}포대", f"{n} sacks") for n in range(3000)]
    for start in range(0, 3000, 500):
        day = f"2020-01-{start // 500 + 1:02d}"
        memory.add_alignment(alignment_of(pairs[start : start + 500]), article=day, date=day)
    quick = memory.search("쌀", lang="ko")
    assert not quick.is_exact
    assert 1800 <= quick.total <= 2200
    assert len(quick.hits) == 20
    full = memory.search("쌀", lang="ko", checked=5000)
    assert (full.total, full.is_exact, full.hits) == (2000, True, quick.hits)


# Renderings


def test_the_rendering_of_the_termbase_is_marked(memory, alignment_of):
    filled(memory, alignment_of, ("보위부가 왔다.", "State security agents came."))
    terms = Term("보위부", "ko"), Term("state security", "en")
    termbase = Termbase((Concept("security", terms=terms),))
    result = memory.search("보위부", lang="ko")
    (hit,) = memory.with_renderings(result, "보위부", "ko", termbase).hits
    assert [hit.unit.target[a:b] for a, b in hit.rendering_spans] == ["State security"]


def test_the_term_is_marked_and_not_its_gloss(memory, alignment_of):
    filled(memory, alignment_of, ("돈주가 왔다.", "Donju (wealthy entrepreneurs) came."))
    terms = (
        Term("돈주", "ko"),
        Term("donju", "en"),
        Term("wealthy entrepreneur", "en", status="admitted"),
    )
    termbase = Termbase((Concept("donju", terms=terms),))
    result = memory.search("돈주", lang="ko")
    (hit,) = memory.with_renderings(result, "돈주", "ko", termbase).hits
    assert [hit.unit.target[a:b] for a, b in hit.rendering_spans] == ["Donju"]


def test_a_rendering_that_the_memory_makes_plain_is_marked_and_no_other(memory, alignment_of):
    filled(
        memory,
        alignment_of,
        *[(f"{n}일 살구가 열렸다.", f"On day {n} the apricots ripened.") for n in range(6)],
        ("살구를 땄다.", "They gathered fruit."),
        *[(f"{n}일 눈이 내렸다.", f"On day {n} snow fell.") for n in range(40)],
    )
    marked = {}
    for text, lang in (("살구", "ko"), ("apricots", "en")):
        hits = memory.with_renderings(memory.search(text, lang=lang), text, lang).hits
        other = "target" if lang == "ko" else "source"
        marked[lang] = [
            [getattr(hit.unit, other)[a:b] for a, b in hit.rendering_spans] for hit in hits
        ]
    assert all("apricots" in " ".join(words) for words in marked["ko"][:6])
    assert marked["ko"][6] == []
    assert all("살구" in " ".join(words) for words in marked["en"])


def test_a_word_that_stands_on_both_sides_needs_no_rendering(memory, alignment_of):
    filled(memory, alignment_of, *[(f"ICBM을 {n}발 쐈다.", f"{n} ICBM shots.") for n in range(5)])
    result = memory.with_renderings(memory.search("ICBM"), "ICBM", "en")
    assert all(hit.source_spans and hit.target_spans for hit in result.hits)
    assert not any(hit.rendering_spans for hit in result.hits)


# The command


def test_the_command_filters_and_says_what_it_found(news, donju):
    path = str(news.store.path)
    shown = donju("search", "다", "--lang", "ko", "--from-date", "2022", "-m", path)
    assert shown.out.splitlines()[-1] == "3 found"
    shown = donju("search", "돈주", "--term", "--json", "-m", path)
    (hit,) = json.loads(shown.out)["hits"]
    assert hit["source_spans"] == [[0, 2]]
    assert hit["unit"]["target"][slice(*hit["rendering_spans"][0])] == "Donju"


def test_the_command_takes_a_term_or_a_regular_expression_not_both(news, donju):
    refused = donju("search", "쌀", "--term", "--regex", "-m", str(news.store.path))
    assert refused.code == 2
    assert "--term and --regex exclude each other" in refused.err
