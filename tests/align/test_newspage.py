# ruff: noqa: E501 (a case reads best on one line)
"""Telling the story of a news page from its furniture."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.article import Kind, Lang
from align.reading.newspage import classify
from align.reading.page import plain_page

STORY: dict[str, list[str]] = {
    "en": [
        "Three warehouse managers in Kyongwon County were dismissed in June, a source said.",
        "“They had been selling fertilizer to private farmers since March,” the source told Tuman "
        "Report on Monday.",
        "The county has not named their successors, and the farms are still waiting for supplies.",
    ],
    "ko": [
        "함경북도 경원군의 창고 책임자 3명이 지난 6월 해임된 것으로 전해졌다.",
        "함경북도 소식통은 5일 두만리포트와의 통화에서 “이들은 3월부터 개인들에게 비료를 팔아왔다”고 말했다.",
        "군에서는 아직 후임을 발표하지 않았고 농장들은 비료가 오기만을 기다리고 있다고 소식통은 전했다.",
    ],
}


def _cases() -> list[tuple[Kind, Lang, str, str]]:
    rows = []
    table = Path(__file__).with_name("newspage_cases.tsv").read_text(encoding="utf-8")
    for row in table.splitlines():
        if row and not row.startswith("#"):
            kind, lang, place, line = row.split("\t")
            rows.append((kind, lang, place, line))
    return rows  # type: ignore[return-value]


def _page_with(line: str, lang: Lang, place: str) -> tuple[list[str], int]:
    story = STORY[lang]
    position = {"head": 0, "middle": 2, "tail": 3}[place]
    return [*story[:position], line, *story[position:]], position


@pytest.mark.parametrize(("kind", "lang", "place", "line"), _cases())
def test_line_gets_its_kind_and_the_story_around_it_stays_story(
    kind: Kind, lang: Lang, place: str, line: str
) -> None:
    lines, position = _page_with(line, lang, place)
    kinds, _ = classify(lines, lang)
    assert kinds[position] == (kind if (kind, place) != ("subhead", "head") else "headline")
    assert [k for i, k in enumerate(kinds) if i != position] == ["body"] * 3


def test_case_table_holds_enough_of_both_sorts() -> None:
    kinds = [kind for kind, *_ in _cases()]
    assert kinds.count("body") >= 120
    assert len(kinds) - kinds.count("body") >= 120


@pytest.mark.parametrize(
    ("lang", "line", "meta"),
    [
        ("en", "*Translated by Gabriela Stone", {"translator": "Gabriela Stone"}),
        (
            "en",
            "Translated by Daniel Hargrove. Edited by Mira Okafor.",
            {"translator": "Daniel Hargrove", "editor": "Mira Okafor"},
        ),
        (
            "en",
            "Translated and edited by Laura Whitfield",
            {"translator": "Laura Whitfield", "editor": "Laura Whitfield"},
        ),
        (
            "en",
            "*Translated by Kim Hyo-jin; edited by Rob Lawson",
            {"translator": "Kim Hyo-jin", "editor": "Rob Lawson"},
        ),
        ("en", "Translated by Naomi Feld and Lee Ha Eun", {"translator": "Naomi Feld, Lee Ha Eun"}),
        ("en", "Translated from Korean by J. R. O'Neil.", {"translator": "J. R. O'Neil"}),
        (
            "en",
            "*This report was first published in Korean on July 5 and translated by Daniel Hargrove. Edited by Mira Okafor.",
            {"translator": "Daniel Hargrove", "editor": "Mira Okafor"},
        ),
        (
            "en",
            "Reporting by Kim Seo Yun; Editing by Rob Lawson",
            {"reporter": "Kim Seo Yun", "editor": "Rob Lawson"},
        ),
        (
            "en",
            "Translator: Naomi Feld | Editor: Rob Lawson",
            {"translator": "Naomi Feld", "editor": "Rob Lawson"},
        ),
        ("ko", "번역: 이하은", {"translator": "이하은"}),
        ("ko", "번역=이하은", {"translator": "이하은"}),
        ("ko", "영문 번역: 이하은 기자", {"translator": "이하은"}),
        ("ko", "번역: 이하은, 편집: 박철민", {"translator": "이하은", "editor": "박철민"}),
        ("ko", "이하은 옮김", {"translator": "이하은"}),
        (
            "en",
            "Kim Seo Yun is a reporter at Tuman Report who covers the border economy.",
            {"reporter": "Kim Seo Yun"},
        ),
    ],
)
def test_names_in_lines_after_the_story_become_metadata(
    lang: Lang, line: str, meta: dict[str, str]
) -> None:
    assert classify([*STORY[lang], line], lang)[1] == meta


@pytest.mark.parametrize(
    ("lang", "line", "meta"),
    [
        ("en", "By Kim Seo Yun", {"reporter": "Kim Seo Yun"}),
        ("en", "By Kim Seo Yun in Seoul", {"reporter": "Kim Seo Yun", "place": "Seoul"}),
        ("en", "By Kim Seo-yun and Park Cheol-min", {"reporter": "Kim Seo-yun, Park Cheol-min"}),
        (
            "en",
            "By Kim Seo Yun - 2021.07.08 2:15pm",
            {"reporter": "Kim Seo Yun", "date": "2021-07-08"},
        ),
        ("en", "July 8, 2021", {"date": "2021-07-08"}),
        ("en", "8 July 2021", {"date": "2021-07-08"}),
        ("en", "SEOUL, July 8", {"place": "Seoul"}),
        ("ko", "김서윤 기자", {"reporter": "김서윤"}),
        ("ko", "김서윤·박철민 기자", {"reporter": "김서윤, 박철민"}),
        ("ko", "서울=김서윤 기자", {"reporter": "김서윤", "place": "서울"}),
        ("ko", "김서윤 기자 | 2021.07.08", {"reporter": "김서윤", "date": "2021-07-08"}),
        ("ko", "입력 2021.07.08 14:15 | 수정 2021.07.09 17:02", {"date": "2021-07-08"}),
        ("ko", "[서울=두만리포트]", {"place": "서울"}),
        ("ko", "[두만리포트=김서윤 기자]", {"reporter": "김서윤"}),
        ("ko", "취재=김서윤 기자", {"reporter": "김서윤"}),
    ],
)
def test_lines_before_the_story_become_metadata(
    lang: Lang, line: str, meta: dict[str, str]
) -> None:
    assert classify([line, *STORY[lang]], lang)[1] == meta


@pytest.mark.parametrize(
    ("lang", "prefix", "meta"),
    [
        ("en", "SEOUL, July 8 (Tuman Report) — ", {"place": "Seoul"}),
        ("en", "SEOUL, July 8, 2021 (Tuman Report) -- ", {"place": "Seoul", "date": "2021-07-08"}),
        ("en", "DANDONG, China — ", {"place": "Dandong"}),
        ("ko", "[서울=두만리포트] 김서윤 기자 = ", {"place": "서울", "reporter": "김서윤"}),
        (
            "ko",
            "(서울=두만리포트) 김서윤·박철민 기자 = ",
            {"place": "서울", "reporter": "김서윤, 박철민"},
        ),
        ("ko", "김서윤 기자 = ", {"reporter": "김서윤"}),
        ("ko", "[두만리포트=김서윤 기자] ", {"reporter": "김서윤"}),
        ("ko", "[서울=김서윤 기자] ", {"place": "서울", "reporter": "김서윤"}),
    ],
)
def test_prefix_of_the_first_sentence_becomes_metadata_and_stays_body(
    lang: Lang, prefix: str, meta: dict[str, str]
) -> None:
    first, *rest = STORY[lang]
    kinds, found = classify([prefix + first, *rest], lang)
    assert found == meta
    assert kinds == ["body"] * 3


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_story_without_furniture_is_all_body_and_says_nothing_of_itself(lang: Lang) -> None:
    assert classify(STORY[lang], lang) == (["body"] * 3, {})


def test_impossible_date_is_no_date() -> None:
    assert classify(["2021.13.45", *STORY["ko"]], "ko")[1].get("date") is None


def test_first_of_two_titles_is_the_headline_and_the_second_a_deck() -> None:
    kinds, meta = classify(
        ["경원군 창고 책임자 3명 해임", "- 비료 빼돌리다 적발", *STORY["ko"]], "ko"
    )
    assert kinds[:2] == ["headline", "subhead"]
    assert meta["headline"] == "경원군 창고 책임자 3명 해임"


def test_section_label_before_the_headline_is_not_taken_for_it() -> None:
    kinds, meta = classify(
        ["Economy", "Three warehouse managers dismissed in Kyongwon", *STORY["en"]], "en"
    )
    assert kinds[:2] == ["note", "headline"]
    assert meta["headline"] == "Three warehouse managers dismissed in Kyongwon"


def test_headline_is_found_behind_a_date_and_before_a_byline() -> None:
    lines = ["입력 2021.07.08", "경원군 창고 책임자 3명 해임", "김서윤 기자", *STORY["ko"]]
    kinds, meta = classify(lines, "ko")
    assert kinds == ["dateline", "headline", "byline", "body", "body", "body"]
    assert meta == {"date": "2021-07-08", "headline": lines[1], "reporter": "김서윤"}


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_list_of_short_lines_within_the_story_stays_story(lang: Lang) -> None:
    items = {
        "en": ["Rice, 5,800 won", "Corn, 2,600 won", "Pork, 21,000 won"],
        "ko": ["쌀 1kg 5800원", "옥수수 1kg 2600원", "돼지고기 1kg 2만 1000원"],
    }[lang]
    story = STORY[lang]
    kinds, _ = classify([*story[:2], *items, story[2]], lang)
    assert kinds == ["body"] * 6


@pytest.mark.parametrize("lang", ["en", "ko"])
def test_text_without_any_full_stop_has_no_headline_and_stays_story(lang: Lang) -> None:
    lines = [line.rstrip(".") for line in STORY[lang]]
    assert classify(lines, lang)[0] == ["body"] * 3


def test_single_short_line_is_body() -> None:
    assert classify(["경원군 창고 책임자 3명 해임"], "ko")[0] == ["body"]


def test_biography_without_other_furniture_needs_a_newspaper_in_it() -> None:
    doubtful = "Ri Yong Ho is a researcher at the institute and was the first to warn of blight."
    assert classify([*STORY["en"], doubtful], "en")[0][-1] == "body"
    assert classify([*STORY["en"], "Read in Korean", doubtful], "en")[0][-1] == "biography"


def test_hint_from_markup_is_taken_where_the_line_itself_says_nothing() -> None:
    lines = ["The new rules", *STORY["en"], "Workers at a warehouse gate.", "By Kim Seo Yun"]
    hints: list[Kind | None] = ["subhead", None, None, None, "caption", "subhead"]
    kinds, _ = classify(lines, "en", hints)
    assert kinds == ["subhead", "body", "body", "body", "caption", "byline"]


def test_musan_page_in_english_is_told_apart_exactly(shared_data: Path) -> None:
    page = plain_page((shared_data / "seed" / "musan.en.txt").read_text(encoding="utf-8"))
    kinds, meta = classify(page.paragraphs, "en")
    furniture = {i: kind for i, kind in enumerate(kinds) if kind != "body"}
    assert furniture == {
        6: "caption",
        11: "credit",
        12: "contact",
        13: "read_in",
        14: "biography",
    }
    assert kinds.count("body") == 10
    assert meta["translator"] == "Gabriela Bernal"
    assert "headline" not in meta


def test_musan_page_in_korean_is_told_apart_exactly(shared_data: Path) -> None:
    page = plain_page((shared_data / "seed" / "musan.ko.txt").read_text(encoding="utf-8"))
    kinds, meta = classify(page.paragraphs, "ko")
    assert kinds == ["headline"] + ["body"] * 8
    assert meta == {"headline": page.paragraphs[0]}


_PIECES = st.sampled_from(
    [
        "Translated by ",
        "Photo: ",
        "/사진=",
        "김서윤 기자",
        "ⓒ",
        "2021.07.08 ",
        "▲",
        "A B ",
        "…",
        "”",
        " and ",
        "by ",
        "@",
        "문의",
        "다.",
        "니다.",
        "Kim ",
        ", ",
        "=",
        "[",
        ")",
        " / ",
        ". ",
    ]
)


@given(
    st.lists(
        st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=30).map("".join)), max_size=12
    ),
    st.sampled_from(["ko", "en"]),
)
def test_any_lines_are_classified_one_kind_each(lines: list[str], lang: Lang) -> None:
    kinds, meta = classify(lines, lang)
    assert len(kinds) == len(lines)
    assert all(isinstance(value, str) and value for value in meta.values())


@pytest.mark.parametrize(
    "unit",
    [
        "A",
        "A ",
        "a@",
        "by ",
        "김",
        "(",
        "Translated by A ",
        "/ ",
        "and A ",
        "1.",
        "문의 ",
        "ⓒ ",
        "▲ ",
        "=김 ",
    ],
)
def test_repetitive_lines_are_classified_without_runaway_backtracking(unit: str) -> None:
    line = (unit * 400)[:400]
    assert len(classify([line, *STORY["en"], line], "en")[0]) == 5
