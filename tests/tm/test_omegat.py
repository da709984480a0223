"""A memory and a termbase in the places where OmegaT looks for them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from tm.exchange.languages import Languages
from tm.exchange.omegat import Exported, Shelf, export_omegat
from tm.memory import Memory
from tm.terms.termbase.lookup import Entry
from tm.unit import Provenance, TranslationUnit

Command = Callable[..., Any]

TERMS = (
    Entry("donju", "돈주", "donju", note="Gloss at first mention"),
    Entry("donju", "돈주", "moneyed class", status="admitted"),
    Entry("donju", "돈주", "money master", status="forbidden"),
    Entry("gone", "폐지어", "old word", status="deprecated"),
)


def unit(source: str, target: str, status: Any = "draft") -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a", 0), status=status)


UNITS = (
    unit("쌀값이 올랐다.", "Rice prices rose.", "approved"),
    unit("밀값이 내렸다.", "Wheat prices fell."),
    unit("틀린 번역이다.", "Wrong.", "rejected"),
)


def export(project: Path, *units: TranslationUnit, penalty: int = 0) -> Exported:
    return export_omegat(project, [Shelf("news", lambda: units, penalty)], TERMS)


def sources(tmx: Path) -> list[str | None]:
    tree = ElementTree.parse(tmx)
    return [tuv.findtext("seg") for tuv in tree.iterfind(".//tu/tuv[1]")]


def test_approved_units_are_inserted_and_drafts_only_shown(tmp_path: Path) -> None:
    report = export(tmp_path, *UNITS)
    assert sources(tmp_path / "tm/auto/donju-news.tmx") == ["쌀값이 올랐다."]
    assert sources(tmp_path / "tm/donju-news.tmx") == ["밀값이 내렸다."]
    assert report.units == 2
    settings = ElementTree.parse(tmp_path / "omegat.project")
    assert settings.findtext(".//source_lang") == "KO"
    assert all((tmp_path / name).is_dir() for name in ("source", "target", "dictionary"))


def test_a_memory_with_a_penalty_stands_in_the_folder_of_that_penalty(tmp_path: Path) -> None:
    export(tmp_path, *UNITS, penalty=5)
    assert sources(tmp_path / "tm/penalty-05/donju-news.tmx") == [
        "쌀값이 올랐다.",
        "밀값이 내렸다.",
    ]
    assert not (tmp_path / "tm/auto").exists()


def test_the_glossary_has_wanted_renderings_and_says_what_to_avoid(tmp_path: Path) -> None:
    assert export(tmp_path, *UNITS).terms == 2
    lines = (tmp_path / "glossary/donju.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == [
        "돈주\tdonju\tGloss at first mention; not: money master",
        "돈주\tmoneyed class\tnot: money master",
    ]


def test_a_term_with_nothing_to_write_says_what_to_write_instead(tmp_path: Path) -> None:
    terms = [Entry("c", "돈주", "money master", status="forbidden", instead="donju")]
    export_omegat(tmp_path, [], terms)
    lines = (tmp_path / "glossary/donju.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["돈주\tdonju\tnot: money master"]


def test_into_korean_the_status_of_the_korean_term_counts(tmp_path: Path) -> None:
    terms = [
        Entry("c", "남조선", "South Korea", ko_status="forbidden"),
        Entry("c", "한국", "South Korea"),
        Entry("d", "돈주", "money master", status="forbidden"),
    ]
    export_omegat(tmp_path, [], terms, languages=Languages("en", "ko"))
    lines = (tmp_path / "glossary/donju.txt").read_text(encoding="utf-8").splitlines()
    assert lines[1:] == ["South Korea\t한국\tnot: 남조선", "money master\t돈주\t"]


def test_a_second_export_writes_only_what_changed(tmp_path: Path) -> None:
    export(tmp_path, *UNITS)
    again = export(tmp_path, *UNITS)
    assert not again.written and not again.removed and len(again.unchanged) == 3
    third = export(tmp_path, UNITS[1], unit("새 문장이다.", "A new sentence."))
    assert third.removed == ["tm/auto/donju-news.tmx"]
    assert third.written == ["tm/donju-news.tmx"]
    assert not (tmp_path / "tm/auto/donju-news.tmx").exists()


def test_files_of_the_user_are_left_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "tm").mkdir()
    mine = {
        "omegat.project": "<omegat/>",
        "tm/client.tmx": "<tmx/>",
        "tm/donju-news.tmx": "mine",
    }
    for name, text in mine.items():
        (tmp_path / name).write_text(text)
    report = export(tmp_path, *UNITS)
    assert report.left == [("tm/donju-news.tmx", "not written by Donju")]
    (tmp_path / "glossary/donju.txt").write_text("돈주\tmine\n")
    report = export(tmp_path, *UNITS)
    assert ("glossary/donju.txt", "changed since Donju wrote it") in report.left
    assert (tmp_path / "glossary/donju.txt").read_text() == "돈주\tmine\n"
    for name, text in mine.items():
        assert (tmp_path / name).read_text() == text


def test_memories_of_one_name_have_files_of_their_own(tmp_path: Path) -> None:
    shelves = [Shelf("news", lambda: UNITS[1:2]), Shelf("news", lambda: UNITS[:1])]
    export_omegat(tmp_path, shelves)
    assert sources(tmp_path / "tm/donju-news.tmx") == ["밀값이 내렸다."]
    assert sources(tmp_path / "tm/auto/donju-news-2.tmx") == ["쌀값이 올랐다."]


def test_a_memory_that_is_no_longer_exported_is_taken_away(tmp_path: Path) -> None:
    export(tmp_path, *UNITS)
    report = export_omegat(tmp_path, [], TERMS)
    assert set(report.removed) == {"tm/auto/donju-news.tmx", "tm/donju-news.tmx"}
    assert [p.name for p in tmp_path.rglob("*.tmx")] == []


@pytest.mark.parametrize("source", ["ko", "en"])
def test_the_command_exports_a_memory(
    donju: Command, news: Memory, path: Path, tmp_path: Path, source: str
) -> None:
    project = tmp_path / "project"
    ran = donju("export-omegat", project, "-m", path, "--from", source)
    assert ran.code == 0
    assert "7 units" in ran.out and "tm/donju-news.tmx" in ran.out
    assert len(sources(project / "tm/donju-news.tmx")) == 7
    glossary = (project / "glossary/donju.txt").read_text(encoding="utf-8")
    assert glossary.splitlines()[1].split("\t")[0].isascii() == (source == "en")
