"""``donju evaluate``: files, tables and memories in; scores, articles, worst segments out."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from align.alignment import Alignment
from tm.memory import Memory

Command = Callable[..., Any]

#: The article "market" of the memory ``news``.
KO = [
    "혜산 장마당에서 쌀값이 크게 올랐다.",
    "돈주들은 아파트 건설에 돈을 댔다.",
    "보안원들이 상인 12명을 체포했다.",
    "당국은 이 사실을 공개하지 않았다.",
]
EN = [
    "Rice prices rose sharply at the Hyesan market.",
    "Donju put money into building apartments.",
    "Police officers arrested 12 merchants.",
    "The authorities did not make this public.",
]
OURS = [
    "At Hyesan market the price of rice rose sharply.",
    "Donju paid for the building of apartments.",
    "Security agents arrested 12 merchants.",
    "The authorities did not make this public.",
]
OTHERS = ["Prices rose.", "Donju built.", "Agents arrested them.", "It was not public."]


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def written(name: str, lines: list[str]) -> Path:
        path = tmp_path / name
        path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
        return path

    return written


@pytest.fixture
def approved(news: Memory, path: Path) -> Path:
    """A memory whose first article is approved but for its last unit."""
    units = [unit.id for unit in news.units(article="market") if unit.id is not None]
    news.set_status(units[:3], "approved")
    return path


def test_two_files_print_a_line_for_each_metric(write: Callable[..., Path], donju: Command) -> None:
    ran = donju("evaluate", write("a.txt", OURS), write("r.txt", EN))
    assert ran.code == 0
    lines = ran.out.splitlines()
    assert [line.split("|")[0] for line in lines] == ["BLEU", "chrF++", "TER"]
    assert all("version:" in line and " = " in line for line in lines)


def test_systems_are_compared_with_the_first(write: Callable[..., Path], donju: Command) -> None:
    ran = donju(
        *("evaluate", write("a.txt", OURS), write("b.txt", OTHERS)),
        *("-r", write("r.txt", EN), "--json"),
    )
    first, second = json.loads(ran.out)["systems"]
    assert (first["system"], second["system"]) == ("a", "b")
    assert first["scores"][0]["comparison"] is None
    for one, other in zip(first["scores"], second["scores"], strict=True):
        compared = other["comparison"]
        assert compared["difference"] == pytest.approx(other["value"] - one["value"])
        assert 0 < compared["p"] <= 1
        assert "bs:1000" in compared["signature"]


def test_worst_segments_show_their_texts(write: Callable[..., Path], donju: Command) -> None:
    ours = [*OURS[:2], "Nobody was there.", OURS[3]]
    ran = donju(
        *("evaluate", write("a.txt", ours), write("r.txt", EN)),
        *("--source", write("s.txt", KO), "--worst", "1"),
    )
    shown = ran.out[ran.out.index("segment 3") :]
    assert all(text in shown for text in (KO[2], "Nobody was there.", EN[2]))
    assert "segment 1" not in ran.out


def test_segments_of_a_memory_are_its_approved_ones(
    approved: Path, write: Callable[..., Path], donju: Command
) -> None:
    source = write("s.txt", [*KO, "이 문장은 어디에도 없다."])
    ours = write("a.txt", [*OURS, "This sentence is nowhere."])
    ran = donju("evaluate", ours, "--source", source, "-m", approved, "--json")
    found = json.loads(ran.out)
    assert found["segments"] == 3
    assert found["notes"][0].startswith("the memory has approved translations of 3 of 5 segments")
    assert {one["article"] for one in found["systems"][0]["worst"]} == {"market"}
    drafts = donju(
        "evaluate", ours, "--source", source, "-m", approved, "--status", "any", "--json"
    )
    assert json.loads(drafts.out)["segments"] == 4


def test_all_translations_of_a_sentence_in_a_memory_are_references(
    approved: Path,
    alignment_of: Callable[..., Alignment],
    write: Callable[..., Path],
    donju: Command,
) -> None:
    with Memory.open(approved) as memory:
        memory.add_alignment(alignment_of([(KO[0], "In Hyesan rice got dear.")]), article="again")
    ran = donju(
        *("evaluate", write("a.txt", OURS), "--source", write("s.txt", KO)),
        *("-m", approved, "--status", "any", "--json"),
    )
    found = json.loads(ran.out)
    assert found["references"] is None
    by_number = {one["number"]: one["references"] for one in found["systems"][0]["worst"]}
    assert sorted(by_number[1]) == sorted([EN[0], "In Hyesan rice got dear."])
    assert "nrefs:var" in found["systems"][0]["scores"][0]["signature"]


def test_a_memory_without_the_sources_says_what_would_help(
    news: Memory, path: Path, write: Callable[..., Path], donju: Command
) -> None:
    ours, source = write("a.txt", OURS), write("s.txt", KO)
    ran = donju("evaluate", ours, "--source", source, "-m", path)
    assert ran.code == 2
    assert "--status any" in ran.err
    other = donju(
        "evaluate", write("b.txt", ["A."]), "--source", write("t.txt", ["가."]), "-m", path
    )
    assert "none of the 1 source segments" in other.err
    assert "align or import" in other.err


def test_into_korean_the_memory_gives_the_korean_side(
    news: Memory, path: Path, write: Callable[..., Path], donju: Command
) -> None:
    ours = write("a.txt", ["혜산 장마당에서 쌀값이 많이 올랐다."])
    source = write("s.txt", [EN[0]])
    ran = donju("evaluate", ours, "--source", source, "-m", path, "--status", "any", "--json")
    found = json.loads(ran.out)
    assert found["lang"] == "ko"
    assert found["systems"][0]["worst"][0]["references"] == [KO[0]]
    assert "tok:" in found["systems"][0]["scores"][0]["signature"]
    assert "tok:13a" not in found["systems"][0]["scores"][0]["signature"]


def table(path: Path, pairs: list[tuple[str, str, str]]) -> Path:
    rows = ["ko\ten\tarticle", *("\t".join(pair) for pair in pairs)]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def test_tables_are_put_together_by_their_sources(tmp_path: Path, donju: Command) -> None:
    ours = table(
        tmp_path / "ours.tsv", [(KO[2], OURS[2], "x"), (KO[0], OURS[0], "x"), (KO[1], "", "x")]
    )
    theirs = table(
        tmp_path / "theirs.tsv", [(ko, en, "market") for ko, en in zip(KO, EN, strict=True)]
    )
    ran = donju("evaluate", ours, "-r", theirs, "--confidence", "--json")
    found = json.loads(ran.out)
    pairs = {one["translation"]: one["references"] for one in found["systems"][0]["worst"]}
    assert pairs == {OURS[2]: [EN[2]], OURS[0]: [EN[0]]}
    assert any("1 of 3 segments are not scored" in note for note in found["notes"])
    assert any("2 of 4 segments are not scored" in note for note in found["notes"])


def test_tmx_of_a_memory_is_a_reference(
    news: Memory, path: Path, tmp_path: Path, donju: Command
) -> None:
    tmx = tmp_path / "news.tmx"
    assert donju("export", "-o", tmx, "-m", path).code == 0
    found = json.loads(donju("evaluate", tmx, "-r", tmx, "--confidence", "--json").out)
    assert found["segments"] == news.unit_count()
    (system,) = found["systems"]
    assert {one["article"] for one in system["articles"]} == {"market", "talks"}
    assert system["scores"][1]["value"] == pytest.approx(100)


def test_segments_of_xliff_are_read_with_their_sources(
    tmp_path: Path, write: Callable[..., Path], donju: Command
) -> None:
    body = "".join(
        f'<trans-unit id="{n}"><source>{ko}</source><target>{en}</target></trans-unit>'
        for n, (ko, en) in enumerate(zip(KO, OURS, strict=True))
    )
    path = tmp_path / "ours.xlf"
    path.write_text(
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="x" '
        'source-language="ko" target-language="en" datatype="plaintext"><body>'
        f"{body}</body></file></xliff>",
        encoding="utf-8",
    )
    ran = donju("evaluate", path, "-r", write("r.txt", EN), "--confidence", "--json")
    worst = json.loads(ran.out)["systems"][0]["worst"]
    assert {one["source"]: one["translation"] for one in worst} == dict(zip(KO, OURS, strict=True))


def test_articles_of_a_file_are_scored_apart(write: Callable[..., Path], donju: Command) -> None:
    ran = donju(
        *("evaluate", write("a.txt", OURS), write("r.txt", EN), "--json"),
        *("--articles", write("names.txt", ["rice", "rice", "police", "police"])),
    )
    articles = json.loads(ran.out)["systems"][0]["articles"]
    assert [(one["article"], one["segments"]) for one in articles] == [("rice", 2), ("police", 2)]


def test_adequacy_stands_beside_the_scores_and_says_that_it_is_none(
    write: Callable[..., Path], donju: Command
) -> None:
    args = ("evaluate", write("a.txt", OURS), write("r.txt", EN), "--source", write("s.txt", KO))
    near = json.loads(donju(*args, "--adequacy", "--json").out)["systems"][0]["adequacy"]
    assert near["is_score"] is False
    assert near["usual"]["unrelated"] < near["source"] <= 1
    assert "encoder:builtin" in near["signature"]
    assert "not a score of quality" in donju(*args, "--adequacy").out


def test_every_field_of_the_json_is_documented(write: Callable[..., Path], donju: Command) -> None:
    documented = (Path(__file__).parents[2] / "docs" / "json.md").read_text(encoding="utf-8")
    ran = donju(
        *("evaluate", write("a.txt", OURS), write("b.txt", OTHERS), "-r", write("r.txt", EN)),
        *("--source", write("s.txt", KO), "--articles", write("n.txt", ["a", "a", "b", "b"])),
        *("--adequacy", "--json"),
    )
    names = set(_fields(json.loads(ran.out)))
    assert {"comparison", "interval", "unrelated_within", "translation"} <= names
    assert {name for name in names if not re.search(rf"[`\"]{name}[`\"]", documented)} == set()


def _fields(value: Any) -> Iterator[str]:
    """The names of all fields in a JSON value but metrics."""
    if isinstance(value, list):
        for item in value:
            yield from _fields(item)
    elif isinstance(value, dict):
        for name, item in value.items():
            yield name
            if name != "values":
                yield from _fields(item)


# What goes wrong


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (OURS, EN[:3], "4 lines, but 3"),
        ([*OURS, ""], EN, "the last line of"),
        (OURS, ["", *EN[1:]], "segment 1 has an empty reference"),
    ],
)
def test_files_that_do_not_fit_are_refused_with_the_reason(
    write: Callable[..., Path], donju: Command, ours: list[str], theirs: list[str], said: str
) -> None:
    ran = donju("evaluate", write("a.txt", ours), write("r.txt", theirs))
    assert ran.code == 2
    assert said in ran.err


def test_an_empty_translation_is_scored_and_told(
    write: Callable[..., Path], donju: Command
) -> None:
    ran = donju("evaluate", write("a.txt", ["", *OURS[1:]]), write("r.txt", EN))
    assert ran.code == 0
    assert "1 of 4 segments are empty" in ran.out


def test_empty_lines_on_both_sides_change_nothing(
    write: Callable[..., Path], donju: Command
) -> None:
    plain = donju("evaluate", write("a.txt", OURS), write("r.txt", EN)).out.splitlines()
    ran = donju("evaluate", write("b.txt", ["", *OURS]), write("q.txt", ["", *EN]))
    assert ran.out.splitlines()[:3] == plain[:3]


def test_it_is_asked_which_file_is_the_reference(
    write: Callable[..., Path], donju: Command
) -> None:
    ours = write("a.txt", OURS)
    assert "there is no reference" in donju("evaluate", ours).err
    assert "which is the reference" in donju("evaluate", ours, ours, ours).err


def test_a_memory_needs_the_source_text(
    news: Memory, path: Path, write: Callable[..., Path], donju: Command
) -> None:
    assert "--source" in donju("evaluate", write("a.txt", OURS), "-m", path).err


def test_a_missing_or_empty_file_is_named(
    tmp_path: Path, write: Callable[..., Path], donju: Command
) -> None:
    ours = write("a.txt", OURS)
    assert "nowhere.txt" in donju("evaluate", ours, tmp_path / "nowhere.txt").err
    assert "the file is empty" in donju("evaluate", ours, write("none.txt", [])).err


def test_a_table_with_refused_rows_does_not_count_off_against_plain_text(
    tmp_path: Path, write: Callable[..., Path], donju: Command
) -> None:
    ours = table(tmp_path / "ours.tsv", [(KO[0], OURS[0], "x"), (KO[1], "", "x")])
    ran = donju("evaluate", ours, write("r.txt", EN[:1]))
    assert ran.code == 2
    assert "line 3" in ran.err
