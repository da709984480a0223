# ruff: noqa: E501 (markup as it comes)
"""Reading article files: formats, encodings, bad input."""

from __future__ import annotations

import contextlib
import io
import os
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from align.article import Article, Lang
from align.errors import DonjuError, InputError, ReadError
from align.reading.reader import MAX_BYTES, article_from_text, read_article

KO = (
    "경원군 창고 책임자 3명 해임…비료 빼돌려\n\n"
    "함경북도 경원군의 창고 책임자 3명이 지난 6월 해임된 것으로 전해졌다.\n\n"
    "소식통은 “이들은 3월부터 개인들에게 비료를 팔아왔다”고 말했다.\n\n"
    "번역: 이하은\n"
)
EN = (
    "Three warehouse managers in Kyongwon dismissed\n\n"
    "Three warehouse managers in Kyongwon County were dismissed in June, a source said.\n\n"
    "“They had been selling fertilizer to private farmers since March,” the source said — at the "
    "farms’ expense.\n\n"
    "*Translated by Naomi Feld\n"
)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, bytes | str], Path]:
    def write_file(name: str, content: bytes | str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write_file


Write = Callable[[str, bytes | str], Path]


def kinds(article: Article) -> list[str]:
    return [paragraph.kind for paragraph in article.paragraphs]


def texts(article: Article) -> list[str]:
    return [paragraph.text for paragraph in article.paragraphs]


def assert_spans_exact(article: Article) -> None:
    end = 0
    for paragraph in article.paragraphs:
        assert article.text[slice(*paragraph.span)] == paragraph.text
        assert paragraph.text == paragraph.text.strip() != ""
        assert paragraph.span[0] >= end
        end = paragraph.span[1]


# --- plain text ----------------------------------------------------------------------------------


def test_plain_text_keeps_its_characters_and_exact_spans(write: Write) -> None:
    article = read_article(write("a.ko.txt", KO))
    assert article.text == KO
    assert article.lang == "ko"
    assert article.warnings == ()
    assert kinds(article) == ["headline", "body", "body", "credit"]
    assert article.meta == {"headline": KO.split("\n")[0], "translator": "이하은"}
    assert_spans_exact(article)


def test_path_may_be_a_string_and_becomes_the_source(write: Write) -> None:
    path = str(write("a.txt", EN))
    assert read_article(path).source == path


@pytest.mark.parametrize(
    ("name", "content", "lang"),
    [
        ("x.ko.txt", KO, "ko"),
        ("x_en.txt", EN, "en"),
        ("x-KO.TXT", KO, "ko"),
        ("ko.txt", KO, "ko"),
        ("en/x.txt", EN, "en"),
        ("korean/x.txt", KO, "ko"),
        ("en/x.ko.txt", KO, "ko"),
        ("broken.txt", EN, "en"),
        ("token.txt", KO, "ko"),
        ("noending", KO, "ko"),
        ("x.text", EN, "en"),
    ],
)
def test_language_is_taken_from_the_name_or_else_from_the_script(
    write: Write, name: str, content: str, lang: Lang
) -> None:
    assert read_article(write(name, content)).lang == lang


def test_lines_are_paragraphs_where_no_line_is_blank() -> None:
    lines = [line for line in KO.split("\n") if line]
    article = article_from_text("\n".join(lines), "ko")
    assert texts(article) == lines
    assert_spans_exact(article)


def test_hard_wrapped_text_is_joined_up_to_its_short_lines() -> None:
    wrapped = (
        "The county committee told every household to hand in five kilograms of\n"
        "scrap iron by the end of the month, and those who could not were asked to\n"
        "pay 5,000 won instead.\n"
        "Most families paid. Iron has become so scarce that people dig up old\n"
        "railway spikes at night, and several have been caught by the railway\n"
        "guards.\n"
    )
    article = article_from_text(wrapped, "en")
    assert len(article.paragraphs) == 2
    assert article.paragraphs[1].text.startswith("Most families paid.")


def test_hard_wrapped_korean_with_blank_lines_keeps_its_paragraphs() -> None:
    wrapped = (
        "경원군 창고 책임자 해임\n\n"
        "함경북도 경원군의 창고 책임자 3명이 지난 6월 해임된 것으로 뒤늦게\n"
        "전해졌다. 소식통은 이들이 3월부터 개인들에게 비료를 팔아왔다면서\n"
        "농장들은 아직도 비료가 오기만을 기다리고 있다고 말했다.\n\n"
        "군에서는 아직 후임을 발표하지 않았고 주민들은 누가 그 자리에 앉든\n"
        "달라질 것은 없다고 입을 모은다.\n"
    )
    assert kinds(article_from_text(wrapped, "ko")) == ["headline", "body", "body"]


def test_paragraphs_marked_by_indents_alone_are_kept_apart() -> None:
    wrapped = (
        "  The county committee told every household to hand in five kilograms of\n"
        "scrap iron by the end of the month, and those who could not had to give\n"
        "five thousand won instead, to be paid to the head of the neighborhood.\n"
        "  Most families paid. Iron has become so scarce that people dig up old\n"
        "railway spikes at night, and several have been caught by the railway\n"
        "guards.\n"
    )
    assert len(article_from_text(wrapped, "en").paragraphs) == 2


def test_line_that_plainly_runs_on_is_joined() -> None:
    text = "The order came in June,\nbut nobody at the mine obeyed.\nIn July it came again."
    assert len(article_from_text(text, "en").paragraphs) == 2


def test_line_ends_of_all_systems_mean_the_same() -> None:
    for end in ("\r\n", "\r", "\u2028"):
        assert texts(article_from_text(KO.replace("\n", end), "ko")) == [
            line for line in KO.split("\n") if line
        ]


# --- encodings -----------------------------------------------------------------------------------


def test_decomposed_hangul_is_composed(write: Write) -> None:
    article = read_article(write("a.ko.txt", unicodedata.normalize("NFD", KO)))
    assert article.text == KO


@pytest.mark.parametrize("encoding", ["cp949", "euc_kr"])
def test_korean_in_a_legacy_encoding_is_read_and_the_guess_reported(
    write: Write, encoding: str
) -> None:
    article = read_article(write("a.txt", KO.encode(encoding)))
    assert article.text == KO
    assert article.warnings == ("not UTF-8: decoded as cp949 (EUC-KR)",)


def test_rare_syllables_of_cp949_are_read(write: Write) -> None:
    text = KO + "\n주민들은 “똠방각하처럼 펲시 햏햏 웃었다”고 한다.\n"
    assert read_article(write("a.txt", text.encode("cp949"))).text == text


@pytest.mark.parametrize("lang", ["ko", "en"])
@pytest.mark.parametrize(
    "encoding",
    ["utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"],
)
def test_unicode_encodings_are_read_with_and_without_byte_order_mark(
    write: Write, encoding: str, lang: Lang
) -> None:
    text = {"ko": KO, "en": EN}[lang]
    article = read_article(write("a.txt", text.encode(encoding)))
    assert article.text == text
    named = encoding.endswith(("-le", "-be"))
    assert len(article.warnings) == named


def test_big_endian_mark_is_obeyed(write: Write) -> None:
    assert read_article(write("a.txt", b"\xfe\xff" + KO.encode("utf-16-be"))).text == KO


def test_smart_quotes_of_windows_1252_are_read(write: Write) -> None:
    article = read_article(write("a.txt", EN.encode("cp1252")))
    assert article.text == EN
    assert article.warnings == ("not UTF-8: decoded as Windows-1252",)


def test_english_typed_on_a_korean_system_keeps_its_quotes(write: Write) -> None:
    text = EN.replace("—", "―")  # cp949 has no em dash
    assert read_article(write("a.txt", text.encode("cp949"))).text == text


def test_few_damaged_bytes_cost_only_their_characters(write: Write) -> None:
    data = (KO * 3).encode()
    article = read_article(write("a.ko.txt", data[:40] + b"\xff" + data[40:]))
    assert article.text.replace("\ufffd", "").count("경원군") >= 5
    assert any("damaged" in warning for warning in article.warnings)


def test_file_cut_in_the_middle_of_a_character_is_read(write: Write) -> None:
    article = read_article(write("a.ko.txt", KO.strip().encode()[:-1]))
    assert any("damaged" in warning for warning in article.warnings)


def test_korean_garbled_by_an_earlier_program_is_refused(write: Write) -> None:
    garbled = KO.encode().decode("latin-1")
    with pytest.raises(ReadError, match="garbled"):
        read_article(write("a.txt", garbled))


def test_control_and_invisible_characters_are_removed_and_counted(write: Write) -> None:
    dirty = KO.replace("창고", "창\x00고").replace("비료", "비\u200b료")
    article = read_article(write("a.ko.txt", dirty))
    assert article.text == KO
    assert article.warnings == ("2 control characters removed", "2 invisible characters removed")


def test_characters_lost_before_are_reported() -> None:
    article = article_from_text(KO.replace("창고", "창\ufffd"), "ko")
    assert article.warnings == ("2 characters lost before or in decoding (�)",)


def test_lone_surrogate_in_a_string_cannot_get_through() -> None:
    article = article_from_text(EN + "\ud83d", "en")
    article.text.encode("utf-8")
    assert article.warnings[0] == "1 lone surrogates replaced"


# --- bad input -----------------------------------------------------------------------------------


def refused(path: str | Path, problem: str, kind: type[DonjuError] = ReadError) -> DonjuError:
    with pytest.raises(kind, match=problem) as caught:
        read_article(path)
    assert caught.value.place == str(path)
    assert caught.value.remedy
    return caught.value


def test_missing_file_is_named(tmp_path: Path) -> None:
    refused(tmp_path / "none.txt", "no such file")


def test_directory_is_refused(tmp_path: Path) -> None:
    refused(tmp_path, "directory")


def test_file_as_a_folder_in_the_path_is_refused(write: Write) -> None:
    refused(write("a.txt", KO) / "b.txt", "cannot be read")


def test_impossible_names_are_refused(tmp_path: Path) -> None:
    refused(tmp_path / ("x" * 5000), "cannot be read")
    refused(f"{tmp_path}/a\0b.txt", "cannot be read")


def test_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    refused(tmp_path / "pipe.txt", "regular file")


def test_file_without_permission_is_refused(write: Write) -> None:
    path = write("a.txt", KO)
    path.chmod(0)
    with as_ordinary_user():
        refused(path, "permission")


@contextlib.contextmanager
def as_ordinary_user() -> Iterator[None]:
    """Root may read everything, so under root the test runs as nobody for a moment."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_link_that_leads_round_in_a_circle_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to(tmp_path / "b.txt")
    (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")
    refused(tmp_path / "a.txt", "cannot be read")


@pytest.mark.parametrize("content", [b"", b" \n\t \r\n", "\u3000\n\u200b\ufeff".encode()])
@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html"])
def test_nothing_to_read_is_refused(write: Write, name: str, content: bytes) -> None:
    refused(write(name, content), "empty|no text")


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(64), "a PNG image"),
        (b"\xff\xd8\xff\xe0" + bytes(64), "a JPEG image"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "a PDF document"),
        (b"PK\x03\x04" + bytes(64), "a zip archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(64), "an old Word"),
        (b"{\\rtf1\\ansi text}", "an RTF document"),
        (b"\x1f\x8b\x08" + bytes(64), "a gzip file"),
        (b"SQLite format 3\x00" + bytes(64), "an SQLite database"),
    ],
)
def test_known_binary_formats_are_refused_by_name(write: Write, content: bytes, name: str) -> None:
    refused(write("a.txt", content), name)


def test_word_document_under_another_name_is_recognised(write: Write) -> None:
    error = refused(write("a.txt", docx_bytes([("", "text")])), "Word document")
    assert ".docx" in str(error.remedy)


def test_binary_data_without_a_known_start_is_refused(write: Write) -> None:
    refused(write("a.txt", bytes(range(256)) * 8), "binary")


def test_bytes_of_no_encoding_are_refused(write: Write) -> None:
    refused(write("a.txt", bytes(range(0x80, 0x100)) * 20), "not recognised|neither|garbled")


@pytest.mark.parametrize(
    ("name", "content"), [("a.ko.txt", EN), ("a.en.txt", KO), ("ko/a.txt", EN)]
)
def test_text_in_the_other_language_than_its_name_says_looks_swapped(
    write: Write, name: str, content: str
) -> None:
    error = refused(write(name, content), "looks swapped", InputError)
    assert "swap the two files" in str(error.remedy)


def test_argument_beats_the_name_and_is_checked_too(write: Write) -> None:
    assert read_article(write("a.en.txt", KO), "ko").lang == "ko"
    with pytest.raises(InputError, match="looks swapped"):
        read_article(write("b.txt", KO), "en")
    with pytest.raises(InputError, match="looks swapped"):
        article_from_text(EN, "ko")


def test_korean_full_of_english_names_is_not_taken_for_english(write: Write) -> None:
    text = "소식통은 Samsung Galaxy S10, iPhone 11, Huawei P30, Xiaomi Mi 9이 팔린다고 말했다.\n"
    assert read_article(write("a.txt", text)).lang == "ko"
    assert read_article(write("a.ko.txt", text)).lang == "ko"


def test_neither_language_is_an_error(write: Write) -> None:
    refused(write("a.txt", "Привет всем читателям этой газеты."), "neither", InputError)


def test_too_large_a_file_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    refused(path, "larger than 50 MB")


def test_five_megabytes_of_text_are_read_whole(write: Write) -> None:
    count = 5 * 2**20 // len(KO.encode())
    article = read_article(write("a.ko.txt", KO * count))
    assert len(article.paragraphs) == 4 * count
    assert_spans_exact(article)


def test_five_megabytes_on_one_line_are_read(write: Write) -> None:
    line = "쌀값이 또 올랐다고 소식통은 말했다. " * 100_000
    assert len(read_article(write("a.txt", line)).paragraphs) == 1


# --- Markdown ------------------------------------------------------------------------------------

MARKDOWN = """---
title: "Warehouse managers dismissed"
author: Kim Seo Yun
translator: Naomi Feld
date: 8 July 2021
layout: post
---

# Three managers dismissed

By Kim Seo Yun
==============

Three **warehouse managers** in [Kyongwon County](https://example.org/a_(b)) were
dismissed in *June*, a source &amp; a neighbor said.[^1]

![A warehouse in Kyongwon](pictures/w.jpg "w")

## What they sold

- Fertilizer, `50 kg` a sack.
- _Plastic_ sheeting
  for seed beds.

> “It was all gone by May,” the source said.

The rest\\* of snake_case_names and 2 * 3 * 4 stays.<br>Really <!-- not this -->so.

| Goods | Price |
|-------|-------|
| Rice  | 5,800 |

***

*Translated by Naomi Feld*

[1]: https://example.org
"""


def test_markdown_loses_its_markup_and_keeps_its_paragraphs(write: Write) -> None:
    article = read_article(write("a.en.md", MARKDOWN))
    assert texts(article) == [
        "Three managers dismissed",
        "By Kim Seo Yun",
        "Three warehouse managers in Kyongwon County were dismissed in June, a source & a neighbor "
        "said.",
        "A warehouse in Kyongwon",
        "What they sold",
        "Fertilizer, 50 kg a sack.",
        "Plastic sheeting for seed beds.",
        "“It was all gone by May,” the source said.",
        "The rest* of snake_case_names and 2 * 3 * 4 stays. Really so.",
        "Goods Price",
        "Rice 5,800",
        "Translated by Naomi Feld",
    ]
    assert kinds(article)[:5] == ["headline", "byline", "body", "caption", "subhead"]
    assert kinds(article)[-1] == "credit"
    assert_spans_exact(article)


def test_front_matter_becomes_metadata(write: Write) -> None:
    meta = read_article(write("a.en.md", MARKDOWN)).meta
    assert meta == {
        "headline": "Three managers dismissed",
        "reporter": "Kim Seo Yun",
        "translator": "Naomi Feld",
        "date": "2021-07-08",
    }


def test_korean_emphasis_next_to_particles_is_stripped(write: Write) -> None:
    text = "소식통은 **“쌀이 없다”**고 말했고 __보위부__가 *검열*을 시작했다고 전했다.\n"
    article = read_article(write("a.ko.md", text))
    assert texts(article)[0].startswith("소식통은 “쌀이 없다”고 말했고")
    assert "검열을" in article.text


def test_lone_asterisks_and_brackets_of_news_text_survive_markdown(write: Write) -> None:
    text = "“[The three officials] were arrested,” he said.\n\n*Translated by Naomi Feld\n"
    article = read_article(write("a.en.md", text))
    assert texts(article) == [
        "“[The three officials] were arrested,” he said.",
        "*Translated by Naomi Feld",
    ]


# --- HTML ----------------------------------------------------------------------------------------

HTML = """<!DOCTYPE html>
<html><head><meta charset="{charset}"><title>경원군 창고 책임자 해임 - 두만리포트</title>
<meta name="author" content="김서윤"><meta property="article:published_time" content="2021-07-08T14:15:00+09:00">
<style>p {{ color: red }}</style><script>var p = "<p>no</p>";</script></head>
<body><header><a href="/">두만리포트</a></header><nav><ul><li>정치</li><li>경제</li></ul></nav>
<h1>경원군 창고 책임자 3명 <b>해임</b></h1>
<article>
 <p>함경북도 경원군의 창고&nbsp;책임자 3명이
    지난 6월 <a href="x">해임</a>된 것으로 전해졌다.</p>
 <figure><img src="a.jpg" alt="x"><figcaption>경원군의 한 창고</figcaption></figure>
 <h2>빼돌린 비료</h2>
 <div>소식통은 &ldquo;이들은 3월부터 비료를 팔아왔다&rdquo;고 말했다.<br><br>후임은 아직 정해지지 않았다고 한다.</div>
 <ul><li>질소비료 한 포대에 3만 원에 거래됐다고 한다.</li></ul>
 <p style="display: none">보이지 않는 글이다.</p><p class="wp-caption-text">창고 앞의 화물차</p>
 <aside>많이 본 기사</aside><form><button>구독</button></form>
 <p>번역: 이하은</p>
</article><footer>회사 소개</footer></body></html>
"""


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [
        ("utf-8", "utf-8"),
        ("euc-kr", "cp949"),
        ("utf-8", "cp949"),
        ("euc-kr", "utf-8"),
        ("nonsense", "utf-8"),
        ("hex", "cp949"),
        ("iso-8859-1", "cp949"),
    ],
)
def test_article_is_taken_out_of_a_web_page_whatever_charset_it_claims(
    write: Write, charset: str, encoding: str
) -> None:
    article = read_article(write("a.html", HTML.format(charset=charset).encode(encoding)))
    assert list(zip(kinds(article), texts(article), strict=True)) == [
        ("headline", "경원군 창고 책임자 3명 해임"),
        ("body", "함경북도 경원군의 창고 책임자 3명이 지난 6월 해임된 것으로 전해졌다."),
        ("caption", "경원군의 한 창고"),
        ("subhead", "빼돌린 비료"),
        ("body", "소식통은 “이들은 3월부터 비료를 팔아왔다”고 말했다."),
        ("body", "후임은 아직 정해지지 않았다고 한다."),
        ("body", "질소비료 한 포대에 3만 원에 거래됐다고 한다."),
        ("caption", "창고 앞의 화물차"),
        ("credit", "번역: 이하은"),
    ]
    assert article.meta == {
        "headline": "경원군 창고 책임자 3명 해임",
        "reporter": "김서윤",
        "date": "2021-07-08",
        "translator": "이하은",
    }
    assert_spans_exact(article)


def test_broken_markup_is_read_without_losing_text(write: Write) -> None:
    page = "<p>Rice rose <b>again in June.<p>Corn fell</i> in July.<div><table><td>Salt stayed dear.</b></td></table>& <3 of us"
    article = read_article(write("a.en.html", page))
    assert article.text.split("\n\n")[:3] == [
        "Rice rose again in June.",
        "Corn fell in July.",
        "Salt stayed dear.",
    ]
    assert "of us" in article.text


def test_page_declared_as_xml_is_read(write: Write) -> None:
    page = f'<?xml version="1.0" encoding="utf-8"?><html><body><p>{KO}</p></body></html>'
    assert "경원군" in read_article(write("a.html", page)).text


STORY = "".join(
    f"<p>무산군 {i}번 창고의 쌀값이 올랐다고 소식통이 전했다. 시장은 사흘 동안 문을 닫았다.</p>"
    for i in range(9)
)
TEASER = (
    "<article><h3>관련 기사</h3><p>혜산시 세관이 다시 문을 열었다는 소식이 전해졌다. 중국 상인들의 "
    "왕래도 조금씩 늘어나고 있다고 현지 소식통이 밝혔다.</p></article>"
)


@pytest.mark.parametrize(
    "page",
    [
        f"<h1>쌀값 급등</h1><div class='entry-content'>{STORY}</div><section>{TEASER}</section>",
        f"<h1>쌀값 급등</h1><div>{STORY}</div><section>{TEASER}{TEASER}</section>",
        f"<h1>쌀값 급등</h1><div class='entry-content'>{STORY}{TEASER}</div>",
        f"<head><script>{'var x = 1;' * 900}</script></head><form id='aspnetForm'>{STORY}</form>",
    ],
)
def test_the_story_of_a_page_is_kept_beside_teasers_and_inside_a_form(
    write: Write, page: str
) -> None:
    text = read_article(write("a.ko.html", f"<html><body>{page}</body></html>")).text
    assert all(f"무산군 {i}번 창고" in text for i in range(9))
    assert "var x" not in text


def test_a_form_beside_the_story_is_left_out(write: Write) -> None:
    page = f"<div>{STORY}<form><p>댓글을 남기려면 로그인하십시오.</p></form></div>"
    assert "로그인" not in read_article(write("a.ko.html", page)).text


def test_entity_bomb_in_html_is_not_expanded(write: Write) -> None:
    article = read_article(
        write("a.en.html", _bomb("<html><body><p>Rice &lol9; rose.</p></body></html>"))
    )
    assert len(article.text) < 1000


def test_external_entity_is_not_read(write: Write) -> None:
    secret = write("secret.txt", "the secret word is donju")
    page = f'<!DOCTYPE html [<!ENTITY x SYSTEM "file://{secret}">]><html><p>Rice rose &x; again.</p></html>'
    assert "secret word" not in read_article(write("a.en.html", page)).text


def test_markup_nested_too_deeply_is_refused_or_read_whole(write: Write) -> None:
    page = "<div>" * 50_000 + "<p>Rice rose again in June, a source said.</p>"
    path = write("a.en.html", page)
    try:
        assert "Rice rose" in read_article(path).text
    except ReadError as error:
        assert "deeply" in error.problem


def test_page_of_scripts_alone_has_no_text(write: Write) -> None:
    refused(write("a.html", "<html><script>var a = 1;</script></html>"), "no text")


def test_reference_characters_are_cleaned_after_the_markup_is_gone(write: Write) -> None:
    article = read_article(write("a.en.html", "<p>Ri&shy;ce rose a&#8203;gain in June.</p>"))
    assert article.text == "Rice rose again in June."
    assert article.warnings == ("2 invisible characters removed",)


# --- Word ----------------------------------------------------------------------------------------


def docx_bytes(paragraphs: list[tuple[str, str]], table: list[str] | None = None) -> bytes:
    from docx import Document

    document = Document()
    for style, text in paragraphs:
        document.add_paragraph(text, style=style or None)
    if table:
        cells = document.add_table(rows=1, cols=len(table)).rows[0].cells
        for cell, text in zip(cells, table, strict=True):
            cell.text = text
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def repacked(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for entry in old.infolist():
            content = old.read(entry)
            new.writestr(entry.filename, change(content) if entry.filename == part else content)
    return stream.getvalue()


def _bomb(rest: str) -> str:
    levels = "".join(f'<!ENTITY lol{n} "{f"&lol{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE x [<!ENTITY lol0 "lol">{levels}]>{rest}'


STORY_DOCX = [
    ("Title", "경원군 창고 책임자 3명 해임"),
    ("", "함경북도 경원군의 창고 책임자 3명이 지난 6월 해임된 것으로 전해졌다."),
    ("Heading 2", "빼돌린 비료"),
    ("", "소식통은 “이들은 3월부터 비료를 팔아왔다”고 말했다."),
    ("Caption", "경원군의 한 창고"),
]


def test_word_document_gives_paragraphs_headings_and_table_cells(write: Write) -> None:
    data = docx_bytes(STORY_DOCX, ["쌀 5800원", "옥수수 2600원"])
    article = read_article(write("a.docx", data))
    assert texts(article) == [text for _, text in STORY_DOCX] + ["쌀 5800원", "옥수수 2600원"]
    assert kinds(article) == ["headline", "body", "subhead", "body", "caption", "body", "body"]
    assert_spans_exact(article)


def test_tracked_changes_are_read_as_accepted(write: Write) -> None:
    w = b'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    runs = (
        b"<w:ins w:id='1' w:author='e' " + w + b"><w:r><w:t>NEW </w:t></w:r></w:ins>"
        b"<w:del w:id='2' w:author='e' " + w + b"><w:r><w:delText>OLD</w:delText></w:r></w:del>"
    )
    data = repacked(
        docx_bytes([("", "Rice rose again in June, a source said.")]),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:r>", runs + b"<w:r>", 1),
    )
    article = read_article(write("a.en.docx", data))
    assert article.text == "NEW Rice rose again in June, a source said."
    assert article.warnings == ("tracked changes read as accepted",)


@pytest.mark.parametrize("keep", [10, 300, 2000, -1, -30])
def test_truncated_word_document_is_refused(write: Write, keep: int) -> None:
    refused(write("a.docx", docx_bytes(STORY_DOCX)[:keep]), "Word document")


def test_text_or_zip_named_docx_is_refused(write: Write) -> None:
    refused(write("a.docx", KO), "Word document")
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "no document")
    refused(write("b.docx", stream.getvalue()), "Word document")


def test_word_document_with_an_entity_bomb_is_refused(write: Write) -> None:
    def with_bomb(xml: bytes) -> bytes:
        head, rest = xml.split(b"?>", 1)
        return head + b"?>" + _bomb("").encode() + rest

    data = repacked(docx_bytes(STORY_DOCX), "word/document.xml", with_bomb)
    refused(write("a.docx", data), "entities")


def test_word_document_that_unpacks_to_gigabytes_is_refused(write: Write) -> None:
    data = repacked(
        docx_bytes(STORY_DOCX), "word/document.xml", lambda xml: xml + b" " * (61 * 2**20)
    )
    assert len(data) < 200_000
    refused(write("a.docx", data), "unpacks to more")


def test_word_document_without_text_is_refused(write: Write) -> None:
    refused(write("a.docx", docx_bytes([("", " ")])), "no text")


# --- properties ----------------------------------------------------------------------------------

_SOME_DOCX = docx_bytes(STORY_DOCX)
_FRAGMENTS = st.sampled_from(
    [
        b"\xff\xfe",
        b"\x00",
        "김".encode(),
        "쌀값이 올랐다.".encode("cp949"),
        b"<p>",
        b"</div>",
        b"&lt;",
        b"# ",
        b"---\n",
        b"**",
        b"![a](b)",
        b"\n",
        b"\n\n",
        b"By Kim",
        b"\xed\xa0\x80",
        b"<article>",
        b"Rice rose.",
    ]
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    data=st.one_of(st.binary(max_size=400), st.lists(_FRAGMENTS, max_size=30).map(b"".join)),
    name=st.sampled_from(["a.txt", "a.md", "a.html", "a.docx", "a.ko.txt", "a.en.html", "a.bin"]),
)
@example(data=b"\xef\xbb\xbf", name="a.txt")
@example(data=b"\xff\xfe\x00\xd8", name="a.txt")
@example(data=b"&#0;&#xD800;&#1114112;x", name="a.html")
def test_any_bytes_give_an_article_or_an_error_of_ours(
    tmp_path: Path, data: bytes, name: str
) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    try:
        article = read_article(path)
    except DonjuError as error:
        assert error.place == str(path)
    else:
        assert_spans_exact(article)
        article.text.encode("utf-8")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(position=st.integers(0, len(_SOME_DOCX) - 1), value=st.integers(0, 255))
def test_word_document_with_a_changed_byte_gives_an_article_or_an_error_of_ours(
    tmp_path: Path, position: int, value: int
) -> None:
    path = tmp_path / "a.docx"
    path.write_bytes(_SOME_DOCX[:position] + bytes([value]) + _SOME_DOCX[position + 1 :])
    try:
        assert_spans_exact(read_article(path))
    except DonjuError as error:
        assert error.remedy


@given(st.text(max_size=600))
def test_any_string_gives_an_article_that_keeps_every_visible_character(text: str) -> None:
    try:
        article = article_from_text(text, "en")
    except DonjuError:
        return
    assert_spans_exact(article)
    inside = "".join(p.text for p in article.paragraphs)
    assert "".join(inside.split()) == "".join(article.text.split())


@given(st.text(alphabet="가나다라마 ABCdef.,“”\n\t", max_size=400))
def test_clean_text_is_taken_as_it_is(text: str) -> None:
    try:
        article = article_from_text(text, "ko")
    except DonjuError:
        return
    assert article.text == text
    assert article.warnings == ()


# --- a real page ---------------------------------------------------------------------------------


def test_musan_pages_are_read_exactly(shared_data: Path) -> None:
    english = read_article(shared_data / "seed" / "musan.en.txt")
    korean = read_article(shared_data / "seed" / "musan.ko.txt")
    assert (english.lang, korean.lang) == ("en", "ko")
    assert len(english.body) == 10
    assert [k for k in kinds(english) if k != "body"] == [
        "caption",
        "credit",
        "contact",
        "read_in",
        "biography",
    ]
    assert english.meta["translator"] == "Gabriela Bernal"
    assert kinds(korean) == ["headline"] + ["body"] * 8
    for article in (english, korean):
        assert article.warnings == ()
        assert_spans_exact(article)
