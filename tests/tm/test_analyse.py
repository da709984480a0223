"""What a memory will save on a job, in bands."""

from __future__ import annotations

import json

import pytest

from tm.analyse import BANDS, Count, analyse
from tm.memories import Choice, Memories
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.unit import Provenance, TranslationUnit

ARTICLE = (
    "양강도 혜산시 장마당에서 쌀값이 일주일 사이에 크게 올랐다.",
    "소식통은 지난 15일 쌀 1킬로그램이 6천 원에 팔리고 있다고 말했다.",
    "돈주들은 쌀을 창고에 쌓아 놓고 값이 더 오르기를 기다린다고 한다.",
)
NEW = "전혀 다른 일에 대해 쓴 이 글은 어느 기억에도 들어 있지 않다."


@pytest.fixture
def memory_path(tmp_path):
    path = tmp_path / "news.tm"
    units = [
        TranslationUnit(ko, f"English {n}.", Provenance("", 0)) for n, ko in enumerate(ARTICLE)
    ]
    with Memory.open(path, create=True) as memory:
        memory.store.add(ArticleRecord("a"), units, [], who="t", why="t")
    return path


def file_of(path, *sentences):
    path.write_text("\n\n".join(sentences) + "\n", encoding="utf-8")
    return path


def bands(analysis):
    return {band: count.segments for band, count in analysis.total.items() if count.segments}


def analysed(memory_path, *files, **settings):
    with Memories.open([Choice(memory_path)]) as memories:
        return analyse(files, memories, splitter="rules", **settings)


def test_each_segment_is_in_the_band_of_its_best_match(memory_path, tmp_path):
    job = file_of(
        tmp_path / "job.ko.txt",
        NEW,
        ARTICLE[1],
        ARTICLE[1].replace("15일", "17일"),
        ARTICLE[2].replace("쌓아 놓고", "두고 값이 싸도"),
        ARTICLE[0].removesuffix("크게 올랐다.")
        + "조금 내렸다가 다시 올랐다고 여러 소식통이 알렸다.",
    )
    assert bands(analysed(memory_path, job)) == {
        "new": 1,
        "100": 1,
        "85-94": 1,
        "75-84": 1,
        "50-74": 1,
    }


def test_the_article_itself_is_all_context_matches(memory_path, tmp_path):
    assert bands(analysed(memory_path, file_of(tmp_path / "a.ko.txt", *ARTICLE))) == {"101": 3}


def test_what_is_repeated_counts_once_as_new_even_in_another_file(memory_path, tmp_path):
    files = [
        file_of(tmp_path / "one.ko.txt", NEW, ARTICLE[1], NEW),
        file_of(tmp_path / "two.ko.txt", NEW, ARTICLE[1]),
    ]
    found = analysed(memory_path, *files)
    assert bands(found) == {"new": 1, "100": 2, "repetitions": 2}
    assert [f.counts["repetitions"].segments for f in found.files] == [1, 1]


def test_words_and_characters_are_counted_and_add_up(memory_path, tmp_path):
    texts = [NEW, *ARTICLE]
    found = analysed(memory_path, file_of(tmp_path / "job.ko.txt", *texts))
    whole = sum(found.total.values(), start=Count())
    assert whole.segments == 4
    assert whole.words == sum(len(text.split()) for text in texts)
    assert whole.characters == sum(len(text.replace(" ", "")) for text in texts)
    assert tuple(found.total) == tuple(BANDS)


def test_a_penalty_moves_exact_matches_to_a_lower_band(memory_path, tmp_path):
    job = file_of(tmp_path / "job.ko.txt", ARTICLE[1])
    with Memories.open([Choice(memory_path, 10)]) as memories:
        assert bands(analyse([job], memories, splitter="rules")) == {"85-94": 1}


def test_english_files_are_matched_on_their_side(memory_path, tmp_path):
    job = file_of(tmp_path / "job.en.txt", "English 1.")
    found = analysed(memory_path, job)
    assert (found.files[0].lang, bands(found)) == ("en", {"100": 1})


def test_files_that_cannot_be_read_are_left_out_with_the_reason(memory_path, tmp_path):
    job = file_of(tmp_path / "job.ko.txt", NEW)
    found = analysed(memory_path, tmp_path / "none.txt", job)
    assert [(out.place, out.reason) for out in found.left_out] == [
        (str(tmp_path / "none.txt"), "no such file")
    ]
    assert bands(found) == {"new": 1}


def test_web_pages_and_markdown_are_analysed_by_their_text(memory_path, tmp_path):
    page = tmp_path / "job.html"
    page.write_text(
        f"<html lang='ko'><body><p>{ARTICLE[1]}</p><p>{NEW}</p></body></html>", encoding="utf-8"
    )
    note = tmp_path / "job.md"
    note.write_text(f"# 제목이 되는 줄\n\n**{ARTICLE[2]}**\n", encoding="utf-8")
    found = analysed(memory_path, page, note, keep_boilerplate=True)
    assert [f.counts["100"].segments for f in found.files] == [1, 1]


def test_the_command_prints_a_table_and_json(donju, memory_path, tmp_path):
    job = file_of(tmp_path / "job.ko.txt", NEW, ARTICLE[1])
    missing = tmp_path / "none.txt"
    ran = donju("analyse", job, missing, "-m", memory_path, "--splitter", "rules")
    assert ran.code == 0
    assert "left out: " in ran.out
    for band in BANDS:
        assert band in ran.out
    ran = donju("analyse", job, missing, "-m", memory_path, "--splitter", "rules", "--json")
    found = json.loads(ran.out)
    assert found["files"][0]["file"] == str(job)
    assert found["total"]["100"] == {
        "segments": 1,
        "words": len(ARTICLE[1].split()),
        "characters": len(ARTICLE[1].replace(" ", "")),
    }
    assert found["left_out"] == [{"place": str(missing), "reason": "no such file"}]


def test_the_command_fails_where_nothing_can_be_read(donju, memory_path, tmp_path):
    ran = donju("analyse", tmp_path / "none.txt", "-m", memory_path)
    assert ran.code == 2
    assert "none of the files" in ran.err
