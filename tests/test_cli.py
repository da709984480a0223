"""The command ``donju`` as people and scripts use it."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import unicodedata
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tm.cli import VERBS
from tm.commands.keeping import memory_command
from tm.memory import Memory

Command = Callable[..., Any]

KO = """혜산 장마당에서 쌀값 크게 올라

양강도 혜산시 장마당에서 쌀값이 일주일 사이에 크게 올랐다.

소식통은 15일 “쌀 1킬로그램이 6300원에 팔리고 있다”고 말했다.

일부 돈주들은 쌀을 창고에 쌓아 놓고 값이 더 오르기를 기다리고 있다.

최근 이 지역에는 눈이 많이 내려 산길이 막혔다.
"""
EN = """Rice prices rise sharply at Hyesan market

Rice prices rose sharply within a week at a market in Hyesan, Ryanggang Province.

“A kilogram of rice is being sold for 6,300 won,” a source said on the 15th.

Some donju (wealthy entrepreneurs) keep rice in warehouses, waiting for the price to rise further.

Tuman Report was unable to confirm the number of merchants who were fined in the crackdown.
"""

#: For processes of their own.
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}

#: What takes long to import or needs much memory.
HEAVY = ("torch", "kss", "kiwipiepy", "faiss", "numba", "sentence_transformers", "docx", "lxml")

MATCH_FIELDS = {
    "percent",
    "kind",
    "similarity",
    "differences",
    "repaired",
    "memory",
    "penalty",
    "unit",
}
BEAD_FIELDS = {
    "article",
    "bead",
    "kind",
    "confidence",
    "ko",
    "en",
    "ko_sentences",
    "en_sentences",
    "ko_spans",
    "en_spans",
    "evidence",
    "fixed",
}
UNIT_FIELDS = {
    "id",
    "source",
    "target",
    "article",
    "position",
    "translator",
    "date",
    "origin",
    "confidence",
    "status",
}


@pytest.fixture(autouse=True)
def _no_memory_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DONJU_MEMORY", raising=False)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """A folder with a pair of articles."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "hyesan.ko.txt").write_text(KO, "utf-8")
    (folder / "hyesan.en.txt").write_text(EN, "utf-8")
    return folder


@pytest.fixture
def two(articles: Path) -> tuple[Path, Path]:
    return articles / "hyesan.ko.txt", articles / "hyesan.en.txt"


@pytest.fixture
def two_pairs(articles: Path) -> Path:
    """The folder with its pair twice, as hyesan and as musan."""
    for lang in ("ko", "en"):
        shutil.copy(articles / f"hyesan.{lang}.txt", articles / f"musan.{lang}.txt")
    return articles


def commands() -> Iterator[tuple[str, ...]]:
    yield from ((verb,) for verb in VERBS)
    yield from (("memory", verb) for verb in memory_command.commands)


# Help, and what is imported for it


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_the_help_of_every_command_shows_an_example(
    command: tuple[str, ...], donju: Command
) -> None:
    ran = donju(*command, "--help")
    assert ran.code == 0
    assert f"  donju {' '.join(command)}" in ran.out.split("Options:")[0]
    assert "Usage: donju " in ran.out


def test_the_help_lists_every_command_with_one_line(donju: Command) -> None:
    out = donju("--help").out
    for verb, (_, line) in VERBS.items():
        assert f"{verb}  " in out
        assert line in out


@pytest.mark.parametrize("args", [["--help"], ["--version"], ["suggest", "--help"]])
def test_help_imports_nothing_heavy(args: list[str], child: Command) -> None:
    script = f"""
import sys
from tm.cli import main
try:
    main({args!r})
finally:
    print("HEAVY:", sorted(set({HEAVY!r}) & set(sys.modules)))
"""
    ran = child("-c", script)
    assert ran.code == 0
    assert ran.out.endswith("HEAVY: []\n")


def test_a_question_to_a_memory_imports_no_encoder(child: Command, sample_memory: Path) -> None:
    script = f"""
import sys
from tm.cli import main
main(sys.argv[1:])
print("HEAVY:", sorted((set({HEAVY!r}) - {{"kiwipiepy", "faiss"}}) & set(sys.modules)))
"""
    for question in (["suggest", "돈주"], ["match", "장마당에 갔다."], ["search", "장마당"]):
        ran = child("-c", script, *question, "-m", sample_memory)
        assert ran.out.endswith("HEAVY: []\n")


def test_python_m_tm_is_donju(child: Command) -> None:
    ran = child("-m", "tm", "--help")
    assert ran.code == 0
    assert ran.out.startswith("Usage: donju [OPTIONS] COMMAND")


@pytest.mark.parametrize(
    "args",
    [["frobnicate"], ["suggest"], ["align"], ["search", "쌀", "--limit", "x"], ["--frob"]],
)
def test_a_wrong_command_line_is_explained_with_exit_code_2(
    args: list[str], donju: Command
) -> None:
    ran = donju(*args)
    assert ran.code == 2
    assert ran.out == ""
    assert "Error: " in ran.err


# Aligning two files


def test_two_files_are_shown_side_by_side(two: tuple[Path, Path], donju: Command) -> None:
    ran = donju("align", *two)
    assert ran.code == 0
    flat = "".join(ran.out.split())
    for sentence in ("일주일 사이에", "6300원에 팔리고", "산길이 막혔다"):
        assert "".join(sentence.split()) in flat
    assert "Hyesan, Ryanggang" in ran.out
    assert "unable to confirm" in ran.out
    assert ran.out.count("no counterpart") == 2
    first = next(line for line in ran.out.splitlines() if "양강도" in line)
    assert "1-1" in first
    assert "Rice prices rose" in first
    assert 0.5 < float(first.split()[1]) <= 1
    assert "hyesan" in ran.out.splitlines()[0]
    assert ran.err == (
        "1 pair aligned: 3 beads, 1 Korean and 1 English sentences without counterpart\n"
    )


def test_two_files_of_any_format_and_name(articles: Path, donju: Command) -> None:
    (articles / "쌀.txt").write_text(KO, "utf-16")
    body = "".join(f"<p>{line}</p>" for line in EN.split("\n\n")[1:])
    (articles / "rice.html").write_text(f"<html><body><h1>Rice</h1>{body}</body></html>")
    ran = donju("align", articles / "쌀.txt", articles / "rice.html")
    assert ran.code == 0
    assert ran.out.startswith("쌀")
    assert "1 pair aligned: 3 beads" in ran.err


def test_files_called_only_by_language_are_named_after_their_folder(
    two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    folder = tmp_path / "hyesan-rice"
    folder.mkdir()
    shutil.copy(two[0], folder / "ko.txt")
    shutil.copy(two[1], folder / "en.txt")
    donju("align", folder / "ko.txt", folder / "en.txt", "-m", tmp_path / "news.tm")
    donju("align", folder, "-m", tmp_path / "news.tm")
    with Memory.open(tmp_path / "news.tm") as memory:
        assert [article.id for article in memory.articles()] == ["hyesan-rice"]


def read_jsonl(path: Path) -> list[str]:
    return [json.loads(line)["ko"] for line in path.read_text("utf-8").splitlines()]


def read_tsv(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        return [row["ko"] for row in csv.DictReader(file, delimiter="\t")]


def read_tmx(path: Path) -> list[str]:
    return [unit.findtext("tuv/seg", "") for unit in ET.parse(path).getroot().iter("tu")]


def read_html(path: Path) -> list[str]:
    import lxml.html

    cells = lxml.html.fromstring(path.read_bytes()).xpath("//tr/td[2]")
    return [cell.text_content() for cell in cells]


@pytest.mark.parametrize(
    ("ending", "read"),
    [(".jsonl", read_jsonl), (".tsv", read_tsv), (".tmx", read_tmx), (".html", read_html)],
)
def test_output_is_written_in_the_format_of_its_ending(
    ending: str,
    read: Callable[[Path], list[str]],
    two: tuple[Path, Path],
    tmp_path: Path,
    donju: Command,
) -> None:
    path = tmp_path / f"out{ending}"
    ran = donju("align", *two, "-o", path)
    assert ran.code == 0
    assert f"written: {path}" in ran.err
    found = read(path)
    assert len(found) == (3 if ending == ".tmx" else 5)
    assert found[0] == "양강도 혜산시 장마당에서 쌀값이 일주일 사이에 크게 올랐다."


def test_who_and_when_are_taken_from_the_options_where_the_pages_do_not_say(
    two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    path, memory = tmp_path / "out.tmx", tmp_path / "news.tm"
    options = ("--translator", "Ann Lee", "--date", "July 8, 2021", "--article", "rice/7")
    ran = donju("align", *two, "-o", path, "-m", memory, *options)
    assert ran.code == 0
    assert "memory: 1 added" in ran.err
    unit = next(ET.parse(path).getroot().iter("tu"))
    assert unit.get("creationid") == "Ann Lee"
    assert unit.findtext("prop[@type='x-article']") == "rice/7"
    (record,) = json.loads(donju("memory", "articles", "-m", memory, "--json").out)
    assert (record["id"], record["translator"], record["date"]) == (
        "rice/7",
        "Ann Lee",
        "2021-07-08",
    )


def test_what_the_files_say_comes_before_the_options(
    articles: Path, two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    (articles / "hyesan.json").write_text('{"translator": "Kim Sol", "date": "2020-01-02"}')
    options = ("--translator", "Ann Lee", "--date", "2021-07-08", "--article", "other")
    donju("align", *two, "-m", tmp_path / "news.tm", *options)
    (record,) = json.loads(donju("memory", "articles", "-m", tmp_path / "news.tm", "--json").out)
    assert (record["translator"], record["date"]) == ("Kim Sol", "2020-01-02")


def test_an_unknown_date_is_refused_before_any_work(
    two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    ran = donju("align", *two, "--date", "soon", "-m", tmp_path / "news.tm")
    assert ran.code == 2
    assert ran.err == "donju: --date: not a date: 'soon'; write it as 2021-07-08\n"
    assert not (tmp_path / "news.tm").exists()


def test_boilerplate_is_kept_if_asked_for(two: tuple[Path, Path], donju: Command) -> None:
    beads = json.loads(donju("align", *two, "--keep-boilerplate", "--json").out)["articles"][0]
    assert beads["beads"][0]["ko"] == "혜산 장마당에서 쌀값 크게 올라"


# Aligning folders


def test_a_folder_is_summarised(articles: Path, tmp_path: Path, donju: Command) -> None:
    for name in ("2", "3"):
        for lang in ("ko", "en"):
            shutil.copy(articles / f"hyesan.{lang}.txt", articles / f"hyesan{name}.{lang}.txt")
    (articles / "notes.md").write_text("no article")
    path, memory = tmp_path / "out.tmx", tmp_path / "news.tm"
    ran = donju("align", articles, "-o", path, "-m", memory)
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "3 pairs aligned: 9 beads, 3 Korean and 3 English sentences without counterpart",
        "memory: 3 added",
        "1 item left out:",
        "  notes.md: the name says neither ko nor en",
    ]
    assert len(read_tmx(path)) == 9


def test_a_bad_file_is_listed_and_the_others_are_aligned(
    articles: Path, tmp_path: Path, donju: Command
) -> None:
    (articles / "a.ko.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    (articles / "a.en.txt").write_text(EN)
    (articles / "z.ko.txt").write_text("")
    (articles / "z.en.txt").write_text(EN)
    ran = donju("align", articles, "-m", tmp_path / "news.tm")
    assert ran.code == 0
    assert "1 pair aligned: 3 beads" in ran.out
    assert "2 items left out:" in ran.out
    assert "  a: " in ran.out
    assert "a.ko.txt: this is a PNG image, not text" in ran.out
    assert "z.ko.txt: the file is empty" in ran.out
    with Memory.open(tmp_path / "news.tm") as memory:
        assert [article.id for article in memory.articles()] == ["hyesan"]


def test_what_was_guessed_on_reading_is_said(articles: Path, donju: Command) -> None:
    (articles / "hyesan.ko.txt").write_text(KO, "cp949")
    ran = donju("align", articles)
    assert "hyesan.ko.txt: not UTF-8: decoded as cp949" in ran.out


@pytest.mark.parametrize("as_json", [False, True])
def test_a_run_in_which_nothing_can_be_aligned_fails_and_leaves_files_alone(
    as_json: bool, articles: Path, tmp_path: Path, donju: Command
) -> None:
    (articles / "hyesan.ko.txt").write_text("")
    path = tmp_path / "out.tsv"
    path.write_text("what was there")
    ran = donju("align", articles, "-o", path, "-m", tmp_path / "news.tm", *["--json"] * as_json)
    assert ran.code == 2
    assert ran.err.endswith(f"donju: {articles}: no pair could be aligned; see the list above\n")
    shown = json.loads(ran.out)["left_out"][0]["reason"] if as_json else ran.err
    assert "hyesan.ko.txt: the file is empty" in shown
    assert path.read_text() == "what was there"
    assert not (tmp_path / "news.tm").exists()


def test_a_folder_without_pairs_is_refused_with_how_to_name_files(
    tmp_path: Path, donju: Command
) -> None:
    ran = donju("align", tmp_path)
    assert ran.code == 2
    assert ran.err.startswith(f"donju: {tmp_path}: no pair of articles in it; name the files")


@pytest.mark.parametrize(
    ("paths", "message"),
    [
        (["hyesan.ko.txt"], "only one file is given; give two files"),
        (["hyesan.ko.txt"] * 3, "3 files are given; give two files"),
        (["nowhere"], "no such file or folder; give a folder"),
    ],
)
def test_paths_that_make_no_sense_are_refused(
    paths: list[str], message: str, articles: Path, donju: Command
) -> None:
    ran = donju("align", *(articles / path for path in paths))
    assert ran.code == 2
    assert message in ran.err


def test_a_memory_in_a_missing_folder_is_refused_before_any_work(
    two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    ran = donju("align", *two, "-m", tmp_path / "gone" / "news.tm")
    assert ran.code == 2
    assert "gone/news.tm: its folder does not exist; make the folder first" in ran.err


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("out.docx", "no format is known by the ending '.docx'"),
        ("gone/out.tsv", "its folder does not exist"),
        ("hyesan.ko.html", "this is one of the articles"),
        ("folder.tsv", "this is a folder"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_any_work(
    name: str, message: str, articles: Path, donju: Command
) -> None:
    (articles / "hyesan.ko.txt").rename(articles / "hyesan.ko.html")
    (articles / "folder.tsv").mkdir()
    ran = donju("align", articles, "-o", articles / name, "-m", articles / "news.tm")
    assert ran.code == 2
    assert message in ran.err
    assert "일주일" in (articles / "hyesan.ko.html").read_text("utf-8")
    assert not (articles / "news.tm").exists()


# Beads that a person has fixed


def lines_of(two: tuple[Path, Path], donju: Command) -> list[dict[str, Any]]:
    """The lines of the pair's JSONL output."""
    path = two[0].with_name("first.jsonl")
    assert donju("align", *two, "-o", path).code == 0
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def with_constraints(
    lines: list[Any], paths: tuple[Path, ...], donju: Command, *options: object
) -> Any:
    file = paths[0].parent / "fixed.jsonl"
    file.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), "utf-8")
    return donju("align", *paths, "--constraints", file, *options)


def fixed_in(text: str) -> list[tuple[list[int], list[int], float]]:
    (article,) = json.loads(text)["articles"]
    return [
        (bead["ko_sentences"], bead["en_sentences"], bead["confidence"])
        for bead in article["beads"]
        if bead["fixed"]
    ]


def test_an_edited_line_of_an_earlier_output_is_kept_to(
    two: tuple[Path, Path], donju: Command
) -> None:
    first, second, third, *_ = lines_of(two, donju)
    assert [line["kind"] for line in (first, second, third)] == ["1-1"] * 3
    edited = {**second, "en_sentences": [1, 2], "en": second["en"] + " " + third["en"]}
    ran = with_constraints([first, edited], two, donju, "--json")
    assert fixed_in(ran.out) == [([0], [0], 1.0), ([1], [1, 2], 1.0)]
    assert json.loads(ran.out)["articles"][0]["warnings"] == []
    assert json.loads(ran.out)["left_out"] == []


def test_a_line_needs_no_more_than_its_sentence_numbers(
    two: tuple[Path, Path], donju: Command
) -> None:
    lines = [
        {"ko_sentences": [0, 2], "en_sentences": []},
        {"ko_sentences": [], "en_sentences": [0]},
    ]
    found = with_constraints(lines, two, donju, "--json").out
    assert fixed_in(found) == [([], [0], 1.0), ([0, 2], [], 1.0)]
    beads = json.loads(found)["articles"][0]["beads"]
    ko, en = (
        sum(len(bead[f"{side}_sentences"]) for bead in beads if not bead[f"{other}_sentences"])
        for side, other in (("ko", "en"), ("en", "ko"))
    )
    assert f"{ko} Korean and {en} English sentences" in with_constraints(lines, two, donju).err


def test_lines_are_for_the_article_they_name(two_pairs: Path, donju: Command) -> None:
    pair = {"ko_sentences": [0], "en_sentences": [3]}
    lines = [{**pair, "article": name} for name in ("musan", "wonsan", "wonsan")]
    ran = with_constraints(lines, (two_pairs,), donju, "--json")
    found = json.loads(ran.out)
    fixed = {a["article"]: [b for b in a["beads"] if b["fixed"]] for a in found["articles"]}
    assert {name: len(beads) for name, beads in fixed.items()} == {"hyesan": 0, "musan": 1}
    (left,) = found["left_out"]
    assert left["place"].endswith("fixed.jsonl:2")
    assert "'wonsan', which is not among the pairs" in left["reason"]
    assert "1 more" in left["reason"]
    told = with_constraints(lines, (two_pairs,), donju)
    assert "'wonsan', which is not among the pairs" in told.out


def test_a_line_whose_text_is_now_another_is_followed_and_noted(
    two: tuple[Path, Path], donju: Command
) -> None:
    first, second, *_ = lines_of(two, donju)
    lines = [{**first, "ko": second["ko"]}]
    ran = with_constraints(lines, two, donju)
    assert ran.code == 0
    assert "fixed.jsonl:1 says by its numbers [0]" in ran.err
    found = with_constraints(lines, two, donju, "--json")
    assert len(json.loads(found.out)["articles"][0]["warnings"]) == 1
    assert fixed_in(found.out) == [([0], [0], 1.0)]


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("{", "fixed.jsonl:2: not JSON"),
        ("[1, 2]", "fixed.jsonl:2: not a JSON object"),
        ('{"ko_sentences": [0]}', "fixed.jsonl:2: 'en_sentences' is missing; write it as"),
        ('{"ko_sentences": "0", "en_sentences": []}', "fixed.jsonl:2: 'ko_sentences' is no list"),
        ('{"ko_sentences": [true], "en_sentences": []}', "2: 'ko_sentences' is no list"),
        ('{"ko_sentences": [0.5], "en_sentences": []}', "2: 'ko_sentences' is no list"),
        ('{"ko_sentences": [0], "en_sentences": [], "article": 3}', "2: 'article' is not a name"),
        ('{"ko_sentences": [], "en_sentences": []}', "fixed.jsonl:2: it holds no sentence"),
        ('{"ko_sentences": [9], "en_sentences": []}', "2: there is no Korean sentence 9, they"),
        ('{"ko_sentences": [1], "en_sentences": [0]}', "2: Korean sentence 1 is also in "),
    ],
)
def test_a_line_that_cannot_be_is_refused_with_file_line_and_remedy(
    line: str, message: str, two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    file = tmp_path / "fixed.jsonl"
    file.write_text('{"ko_sentences": [1], "en_sentences": [1]}\n' + line + "\n\n", "utf-8")
    ran = donju("align", *two, "--constraints", file, "-o", tmp_path / "x.tsv")
    assert ran.code == 2
    assert message in ran.err
    assert "; " in ran.err
    assert not (tmp_path / "x.tsv").exists()


def test_in_a_folder_a_line_must_name_its_article(articles: Path, donju: Command) -> None:
    ran = with_constraints([{"ko_sentences": [1], "en_sentences": [1]}], (articles,), donju)
    assert ran.code == 2
    assert 'fixed.jsonl:1: it names no article; add "article"' in ran.err


def test_in_a_folder_a_bad_line_leaves_out_its_article_only(
    two_pairs: Path, donju: Command
) -> None:
    line = {"ko_sentences": [77], "en_sentences": [1], "article": "musan"}
    ran = with_constraints([line], (two_pairs,), donju)
    assert ran.code == 0
    assert "1 pair aligned" in ran.out
    assert "fixed.jsonl:1: there is no Korean sentence 77" in ran.out


@pytest.mark.parametrize("content", [None, b"\xff\xfe{\x00"])
def test_constraints_that_cannot_be_read_are_refused_before_any_work(
    content: bytes | None, two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    file = tmp_path / "fixed.jsonl"
    if content is not None:
        file.write_bytes(content)
    ran = donju("align", *two, "--constraints", file, "-m", tmp_path / "news.tm")
    assert ran.code == 2
    assert f"{file}: " in ran.err
    assert not (tmp_path / "news.tm").exists()


# Reviewing


def test_a_review_shows_the_least_certain_first_in_words(
    two: tuple[Path, Path], donju: Command
) -> None:
    ran = donju("align", *two, "--review", "2")
    assert ran.code == 0
    heads = re.findall(
        r"^(\d\.\d\d)  (\d-\d)   hyesan, bead (\d+) \((.*)\)$", ran.out, re.MULTILINE
    )
    assert len(heads) == 2
    confidences = [line["confidence"] for line in lines_of(two, donju)]
    assert [float(head[0]) for head in heads] == pytest.approx(sorted(confidences)[:2], abs=0.006)
    assert ran.out.count("for: ") == 2
    assert ran.out.endswith(
        f"2 of {len(confidences)} beads shown, the least certain first, the next with --offset 2\n"
    )
    assert "1 pair aligned" in ran.err


def test_a_review_goes_over_all_articles_and_on_from_an_offset(
    two_pairs: Path, donju: Command
) -> None:
    every = json.loads(donju("align", two_pairs, "--review", "--json").out)
    assert set(every) == {"signature", "total", "review", "warnings", "stored", "left_out"}
    assert all(set(bead) == BEAD_FIELDS | {"explanation"} for bead in every["review"])
    assert len(every["review"]) == every["total"]
    confidences = [bead["confidence"] for bead in every["review"]]
    assert confidences == sorted(confidences)
    assert [bead["article"] for bead in every["review"][:2]] == ["hyesan", "musan"]
    assert {bead["kind"] for bead in every["review"]} >= {"1-1", "1-0", "0-1"}
    page = json.loads(donju("align", two_pairs, "--json", "--review", "3", "--offset", "2").out)
    assert page["review"] == every["review"][2:5]
    assert page["total"] == every["total"]


def test_a_review_leaves_out_what_a_person_has_fixed_and_writes_all(
    two: tuple[Path, Path], tmp_path: Path, donju: Command
) -> None:
    first, *others = lines_of(two, donju)
    output = tmp_path / "x.jsonl"
    ran = with_constraints([first], two, donju, "--review", "--json", "-o", output)
    found = json.loads(ran.out)
    assert found["total"] == len(others)
    assert all(not bead["fixed"] for bead in found["review"])
    assert len(output.read_text("utf-8").splitlines()) == len(others) + 1


def test_a_file_in_the_place_of_the_number_to_review_is_explained(
    two: tuple[Path, Path], donju: Command
) -> None:
    ran = donju("align", "--review", *two)
    assert ran.code == 2
    assert "name the files before --review" in ran.err


# JSON


def test_align_as_json(two: tuple[Path, Path], tmp_path: Path, donju: Command) -> None:
    ran = donju("align", *two, "--json", "-m", tmp_path / "news.tm", "-o", tmp_path / "x.tsv")
    assert ran.err == ""
    found = json.loads(ran.out)
    assert set(found) == {"signature", "articles", "stored", "left_out"}
    assert "encoder:builtin" in found["signature"]
    assert found["stored"] == {"added": 1}
    assert found["left_out"] == []
    (article,) = found["articles"]
    assert set(article) == {"article", "meta", "beads", "warnings"}
    assert article["meta"]["headline"] == "Rice prices rise sharply at Hyesan market"
    assert all(set(bead) == BEAD_FIELDS for bead in article["beads"])
    assert [bead["kind"] for bead in article["beads"]].count("1-1") == 3
    for bead in article["beads"]:
        assert [KO[start:end] for start, end in bead["ko_spans"]] == [bead["ko"]] * bool(bead["ko"])
        assert [EN[start:end] for start, end in bead["en_spans"]] == [bead["en"]] * bool(bead["en"])
    assert (tmp_path / "x.tsv").exists()


def test_align_of_a_folder_as_json_lists_what_is_left_out(articles: Path, donju: Command) -> None:
    (articles / "alone.ko.txt").write_text(KO)
    found = json.loads(donju("align", articles, "--json").out)
    assert [article["article"] for article in found["articles"]] == ["hyesan"]
    assert found["left_out"] == [
        {"place": "alone.ko.txt", "reason": "no English file of that name"}
    ]


def test_split_as_json_is_a_sentence_a_line(two: tuple[Path, Path], donju: Command) -> None:
    lines = [json.loads(line) for line in donju("split", two[0], "--json").out.splitlines()]
    assert len(lines) == 4
    assert all(set(line) == {"text", "span", "paragraph"} for line in lines)
    assert [KO[slice(*line["span"])] for line in lines] == [line["text"] for line in lines]


def test_suggest_as_json(sample_memory: Path, donju: Command) -> None:
    found = json.loads(donju("suggest", "돈주", "-m", sample_memory, "--json").out)
    assert set(found) == {"term", "lang", "occurrences", "renderings", "unwanted", "guesses"}
    assert (found["term"], found["lang"]) == ("돈주", "ko")
    assert found["occurrences"] > 30
    first = found["renderings"][0]
    assert set(first) == {
        "text",
        "status",
        "count",
        "share",
        "unsure",
        "gloss",
        "abbreviation",
        "variants",
        "first",
        "last",
        "translators",
        "articles",
        "definition",
        "note",
        "instead",
        "valid_from",
        "valid_until",
        "evidence",
        "examples",
    }
    assert first["unsure"] is False
    for example in first["examples"]:
        assert set(example) == {"source_spans", "target_spans", "memory", "unit"}
        assert set(example["unit"]) == UNIT_FIELDS
        for start, end in example["source_spans"]:
            assert example["unit"]["source"][start:end] == "돈주"
        for start, end in example["target_spans"]:
            assert example["unit"]["target"][start:end].lower() == "donju"


def test_match_as_json(sample_memory: Path, donju: Command) -> None:
    sentence = "일부 돈주들은 곡물을 쌓아 두고 있다."
    found = json.loads(donju("match", sentence, "-m", sample_memory, "--json", "--min", "30").out)
    assert set(found) == {"sentence", "matches", "fragments"}
    assert found["sentence"] == sentence
    assert found["matches"]
    for match in found["matches"]:
        assert set(match) == MATCH_FIELDS
        assert set(match["unit"]) == UNIT_FIELDS
        assert match["differences"]
        assert all(set(d) == {"kind", "query", "candidate"} for d in match["differences"])


def test_search_as_json(sample_memory: Path, donju: Command) -> None:
    found = json.loads(donju("search", "장마당", "-m", sample_memory, "--json", "--limit", "3").out)
    assert set(found) == {"text", "total", "is_exact", "hits"}
    assert found["total"] > len(found["hits"]) == 3
    for hit in found["hits"]:
        assert set(hit) == {"source_spans", "target_spans", "rendering_spans", "memory", "unit"}
        assert set(hit["unit"]) == UNIT_FIELDS
        assert all(hit["unit"]["source"][a:b] == "장마당" for a, b in hit["source_spans"])


def test_memory_stats_and_articles_as_json(sample_memory: Path, donju: Command) -> None:
    stats = json.loads(donju("memory", "stats", "-m", sample_memory, "--json").out)
    assert stats["memory"] == str(sample_memory)
    assert stats["articles"] == 18
    assert stats["units"] > 250
    assert (stats["first_date"], stats["last_date"]) == ("2021-07-08", "2024-05-30")
    records = json.loads(donju("memory", "articles", "-m", sample_memory, "--json").out)
    assert len(records) == 18
    assert {"id", "title_ko", "title_en", "date", "translator", "place", "version"} <= set(
        records[0]
    )


def test_consistency_as_json(sample_memory: Path, donju: Command) -> None:
    found = json.loads(donju("consistency", "-m", sample_memory, "--term", "돈주", "--json").out)
    assert set(found) == {"total", "findings"}
    (finding,) = (f for f in found["findings"] if f["subject"] == "돈주")
    assert {"kind", "subject", "severity", "occurrences", "preferred", "uses"} <= set(finding)
    assert len(finding["uses"]) > 1


def test_evaluate_counts_lines_as_other_programs_do(tmp_path: Path, donju: Command) -> None:
    ours, theirs = tmp_path / "ours.txt", tmp_path / "theirs.txt"
    ours.write_bytes("Rice\u2028rose.\r\nIt rained.".encode())
    theirs.write_bytes(b"Rice rose.\nIt rained.\n")
    assert donju("evaluate", ours, theirs).code == 0


def test_evaluate_as_json(two: tuple[Path, Path], donju: Command) -> None:
    found = json.loads(donju("evaluate", two[1], two[1], "--json").out)
    assert [set(score) for score in found] == [{"metric", "value", "signature"}] * len(found)
    assert {score["metric"][:4] for score in found} == {"BLEU", "chrF", "TER"}
    assert {score["metric"]: score["value"] for score in found}["BLEU"] == pytest.approx(100)


def fields(value: Any) -> Iterator[str]:
    """The names of all fields in a JSON value; not those that articles and scores bring along."""
    if isinstance(value, list):
        for item in value:
            yield from fields(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            if name not in ("meta", "evidence", "stored"):
                yield from fields(item)


def test_every_field_of_every_command_is_documented(
    two: tuple[Path, Path], sample_memory: Path, donju: Command
) -> None:
    documented = (Path(__file__).parents[1] / "docs" / "json.md").read_text("utf-8")
    memory = ("-m", sample_memory, "--json")
    for args in (
        ("align", *two, "--json"),
        ("align", *two, "--review", "--json"),
        ("suggest", "빙두", *memory),
        ("match", "일부 돈주들은 곡물을 쌓아 두고 있다.", "--min", "30", *memory),
        ("search", "장마당", *memory),
        ("memory", "stats", *memory),
        ("memory", "articles", *memory),
        ("consistency", "--term", "돈주", *memory),
        ("evaluate", two[1], two[1], "--json"),
    ):
        names = set(fields(json.loads(donju(*args).out)))
        assert names
        assert {name for name in names if not re.search(rf"[`\"]{name}[`\"]", documented)} == set()


# Asking a memory


def test_suggest_shows_renderings_with_counts_people_dates_and_examples(
    sample_memory: Path, donju: Command
) -> None:
    out = donju("suggest", "617상무", "-m", sample_memory).out
    assert out.startswith("617상무   in ")
    assert " 1. 617 Division" in out
    assert "by: Hannah Weiss" in out
    assert "2021-07-08" in out
    assert "But that became impossible" in out or "bypassed the province" in out


def test_suggest_from_english(sample_memory: Path, donju: Command) -> None:
    out = donju("suggest", "street children", "--from", "en", "-m", sample_memory).out
    assert "꽃제비" in out


@pytest.mark.parametrize(
    ("term", "lang"), [("street children", "en"), ("돈주", "ko"), ("109", "ko"), ("北", "ko")]
)
def test_suggest_knows_the_language_of_a_term_by_its_letters(
    sample_memory: Path, donju: Command, term: str, lang: str
) -> None:
    assert json.loads(donju("suggest", term, "-m", sample_memory, "--json").out)["lang"] == lang


def test_a_termbase_can_be_left_out(sample_memory: Path, donju: Command) -> None:
    found = json.loads(
        donju("suggest", "돈주", "-m", sample_memory, "--termbase", "none", "--json").out
    )
    assert found["renderings"][0]["text"].lower() == "donju"
    assert {rendering["status"] for rendering in found["renderings"]} == {"seen only"}


def test_a_missing_termbase_is_one_line(sample_memory: Path, donju: Command) -> None:
    ran = donju("suggest", "돈주", "-m", sample_memory, "--termbase", "gone.tsv")
    assert ran.code == 2
    assert ran.err.startswith("donju: gone.tsv: ")
    assert ran.err.count("\n") == 1


def test_match_finds_the_sentence_and_names_what_differs(
    sample_memory: Path, donju: Command
) -> None:
    with Memory.open(sample_memory) as memory:
        unit = next(memory.units(article="june-grain-prices"))
    out = donju("match", unit.source, "-m", sample_memory).out
    assert out.startswith(f"100 % exact   june-grain-prices, {unit.provenance.date}, ")
    assert unit.target in out
    out = donju("match", unit.source.replace("다.", "다고 한다."), "-m", sample_memory).out
    assert "differs (yours ↔ the memory's):" in out
    assert unit.target in out


def test_no_match_is_said(sample_memory: Path, donju: Command) -> None:
    ran = donju("match", "화성에서 온 편지를 받았다.", "-m", sample_memory)
    assert (ran.code, ran.out) == (0, "no match of 70 % or more\n")


def test_search_shows_sentences_whole_and_how_many_there_are(
    sample_memory: Path, donju: Command
) -> None:
    ran = donju("search", "street children", "-m", sample_memory, "--limit", "2")
    lines = ran.out.splitlines()
    assert lines[0] == "kilju-station-children, 2024-02-16, Oliver Grant"
    assert lines[1].startswith("  ")
    assert "street children" in lines[2].lower()
    assert lines[3] == ""
    assert lines[-1].startswith("2 of ")
    assert not any(line != line.rstrip() for line in lines)


def test_search_can_be_narrowed_and_paged(sample_memory: Path, donju: Command) -> None:
    def found(*options: str) -> list[str]:
        args = ("search", "돈주", "-m", sample_memory, "--json", *options)
        return [hit["unit"]["article"] for hit in json.loads(donju(*args).out)["hits"]]

    assert set(found("--article", "musan-mine-wages")) == {"musan-mine-wages"}
    assert set(found("--translator", "Oliver Grant")) <= {
        "chongjin-stall-fees",
        "hoeryong-ice-crackdown",
        "kilju-station-children",
    }
    assert found("--limit", "5", "--offset", "5") == found("--limit", "10")[5:]


def test_memory_stats_and_articles_in_words(sample_memory: Path, donju: Command) -> None:
    out = donju("memory", "stats", "-m", sample_memory).out
    assert "18 articles, " in out
    assert "dated 2021-07-08 to 2024-05-30" in out
    assert "without counterpart" in out
    out = donju("memory", "articles", "-m", sample_memory).out
    assert len(out.splitlines()) == 18
    assert "musan-mine-wages  2021-07-08, Hannah Weiss, " in out


@pytest.mark.parametrize("verb", ["suggest", "match", "search"])
def test_bytes_that_are_no_text_are_refused(verb: str, sample_memory: Path, donju: Command) -> None:
    ran = donju(verb, b"\xeb\x8f".decode("utf-8", "surrogateescape"), "-m", sample_memory)
    assert ran.code == 2
    assert ran.err == (
        "donju: not text in UTF-8: '??'; set the terminal to UTF-8 and type it again\n"
    )


# Which memory


def stats_line(ran: Any) -> str:
    assert ran.err == ""
    return ran.out.splitlines()[0]


def test_the_memory_of_the_environment_is_the_default(
    sample_memory: Path, donju: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copy(sample_memory, "other.tm")
    monkeypatch.setenv("DONJU_MEMORY", str(sample_memory))
    assert stats_line(donju("memory", "stats")).startswith(f"{sample_memory}: 18 articles")
    assert stats_line(donju("memory", "stats", "-m", "other.tm")).startswith("other.tm: 18 ")
    monkeypatch.setenv("DONJU_MEMORY", "")
    assert stats_line(donju("memory", "stats")).startswith("other.tm: 18 ")


def test_the_only_memory_in_the_folder_is_the_default(
    sample_memory: Path, donju: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    ran = donju("suggest", "돈주")
    assert ran.code == 2
    assert ran.err.startswith("donju: no memory is named and there are none in this folder; name")
    shutil.copy(sample_memory, "news.tm")
    assert stats_line(donju("memory", "stats")).startswith("news.tm: 18 articles")
    shutil.copy(sample_memory, "old.tm")
    ran = donju("suggest", "돈주")
    assert ran.code == 2
    assert "there are several in this folder" in ran.err


# Terminals, pipes, signals


def test_the_reader_of_a_pipe_may_leave_early(sample_memory: Path) -> None:
    for verb in (["search", "다", "--limit", "300"], ["memory", "articles"], ["suggest", "소식통"]):
        for options in ([], ["--json"]):
            run = subprocess.Popen(
                [sys.executable, "-m", "tm", *verb, "-m", sample_memory, *options],
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env=ENVIRONMENT,
            )
            assert run.stdout is not None
            assert run.stderr is not None
            run.stdout.readline()
            run.stdout.close()
            assert run.stderr.read() == b""
            assert run.wait() in (0, 1)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    "args", [["search", "장마당"], ["search", "장마당", "--json"], ["memory", "articles"]]
)
def test_a_full_disk_behind_the_output_is_one_line(args: list[str], sample_memory: Path) -> None:
    with Path("/dev/full").open("w") as full:
        run = subprocess.run(
            [sys.executable, "-m", "tm", *args, "-m", sample_memory],
            stdout=full,
            stderr=subprocess.PIPE,
            env=ENVIRONMENT,
            check=False,
        )
    assert run.returncode == 2
    assert run.stderr.decode() == (
        "donju: cannot read or write (No space left on device); "
        "check that there is free space, also where the output goes\n"
    )


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-16"])
def test_korean_is_printed_on_any_console(
    encoding: str, sample_memory: Path, child: Command
) -> None:
    ran = child(
        "-m", "tm", "search", "장마당", "-m", sample_memory, env={"PYTHONIOENCODING": encoding}
    )
    assert ran.code == 0
    assert ran.err == ""
    assert "장마당" in ran.out


def test_korean_arguments_are_understood_in_the_c_locale(
    sample_memory: Path, child: Command
) -> None:
    ran = child(
        "-m", "tm", "search", "장마당", "-m", sample_memory, env={"LC_ALL": "C", "LANG": "C"}
    )
    assert ran.code == 0
    assert "장마당" in ran.out


def test_an_interrupted_run_says_so_and_keeps_whole_articles(
    articles: Path, tmp_path: Path
) -> None:
    for number in range(400):
        for lang in ("ko", "en"):
            shutil.copy(articles / f"hyesan.{lang}.txt", articles / f"copy{number}.{lang}.txt")
    memory, output = tmp_path / "news.tm", tmp_path / "out.tmx"
    run = subprocess.Popen(
        [sys.executable, "-m", "tm", "align", articles, "-m", memory, "-o", output],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=ENVIRONMENT,
        # A shell that runs the tests in the background ignores interrupts, and so do its children.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    while not memory.exists() and run.poll() is None:
        time.sleep(0.005)
    run.send_signal(signal.SIGINT)
    out, err = run.communicate()
    assert run.returncode == 130
    assert err.decode().strip() == "donju: interrupted"
    assert out == b""
    assert not output.exists()
    assert {path.name for path in tmp_path.iterdir()} <= {
        "articles",
        "news.tm",
        "news.tm-wal",
        "news.tm-shm",
    }
    with Memory.open(memory, create=True) as opened:
        assert opened.unit_count() == 3 * opened.stats().articles


def test_colours_are_for_terminals_only(sample_memory: Path, donju: Command) -> None:
    assert "\x1b" not in donju("suggest", "돈주", "-m", sample_memory).out


def test_a_table_fits_the_columns_it_is_given(
    two: tuple[Path, Path], donju: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    from rich.cells import cell_len

    for columns, width in (("80", 80), ("nonsense", 120)):
        monkeypatch.setenv("COLUMNS", columns)
        out = donju("align", *two).out
        assert max(map(cell_len, out.splitlines())) == width


# Splitting


def test_split_prints_a_sentence_a_line(two: tuple[Path, Path], donju: Command) -> None:
    lines = donju("split", two[1]).out.splitlines()
    assert len(lines) == 4
    assert lines[1] == EN.split("\n\n")[2]
    assert len(donju("split", two[1], "--keep-boilerplate").out.splitlines()) == 5


def test_split_can_be_told_the_language_and_the_splitter(tmp_path: Path, donju: Command) -> None:
    path = tmp_path / "lines.txt"
    path.write_text("그는 갔다 나는 남았다.\n", "utf-8")
    assert donju("split", path, "--splitter", "rules").out == "그는 갔다 나는 남았다.\n"
    path.write_text("He met Dr. Kim. They left.\n", "utf-8")
    assert donju("split", path, "--lang", "en").out == "He met Dr. Kim.\nThey left.\n"


def test_split_refuses_a_text_in_the_other_language(two: tuple[Path, Path], donju: Command) -> None:
    ran = donju("split", two[0], "--lang", "en")
    assert ran.code == 2
    assert "given as English but written in Korean" in ran.err


@pytest.mark.parametrize(
    "verb", [("suggest",), ("search",), ("suggest", "--in"), ("terms", "find")]
)
def test_hangul_sent_in_parts_is_composed(
    verb: tuple[str, ...], sample_memory: Path, donju: Command
) -> None:
    text = "돈주들이 모였다." if len(verb) > 1 else "돈주"
    whole = donju(*verb, text, "-m", sample_memory, "--json").out
    assert "donju" in whole.lower()
    parts = unicodedata.normalize("NFD", text)
    assert donju(*verb, parts, "-m", sample_memory, "--json").out == whole
