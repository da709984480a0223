"""Files of many programs: what is taken of each, what is not, and why, written down beforehand.

The tables beside this file have a row for each: the two languages asked for (by /), how many units
are taken (of TBX: concepts), how many are refused, how many repairs are noted, and, where the whole
file is refused, part of the message.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from align.errors import ReadError
from tm.exchange.formats import TERMBASES, reader_for
from tm.exchange.items import Note, Refused
from tm.exchange.languages import Languages
from tm.exchange.tbx import Concept, read_tbx
from tm.exchange.tmx import read_tmx
from tm.exchange.tmx_writer import write_tmx
from tm.unit import TranslationUnit

HERE = Path(__file__).parent


def expected() -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for name in ("interchange.tsv", "interchange_xml.tsv"):
        with (HERE / name).open(encoding="utf-8") as file:
            rows += csv.DictReader(file, delimiter="\t")
    return rows


ROWS = expected()
every_file = pytest.mark.parametrize("row", ROWS, ids=[row["file"] for row in ROWS])
every_memory = pytest.mark.parametrize(
    "row",
    [row for row in ROWS if row["pair"] and not row["error"]],
    ids=[row["file"] for row in ROWS if row["pair"] and not row["error"]],
)


@pytest.fixture(scope="module")
def folder(shared_data: Path) -> Path:
    return shared_data / "interchange"


def languages_of(row: dict[str, str]) -> Languages:
    return Languages(*row["pair"].split("/"))


def items_of(path: Path, row: dict[str, str]) -> Iterator[object]:
    if path.suffix in TERMBASES:
        return read_tbx(path)
    return reader_for(path)(path, languages_of(row))


def test_an_outcome_is_written_down_for_every_file(folder: Path) -> None:
    with (folder / "manifest.tsv").open(encoding="utf-8") as file:
        files = [row["file"] for row in csv.DictReader(file, delimiter="\t")]
    assert sorted(row["file"] for row in ROWS) == sorted(files)


@every_file
def test_a_file_is_read_as_written_down(folder: Path, row: dict[str, str]) -> None:
    path = folder / row["file"]
    if row["error"]:
        with pytest.raises(ReadError, match=row["error"]) as caught:
            list(items_of(path, row))
        assert str(path) in str(caught.value)
        assert caught.value.remedy
        return
    items = list(items_of(path, row))
    taken = [item for item in items if isinstance(item, TranslationUnit | Concept)]
    refused = [item for item in items if isinstance(item, Refused)]
    notes = [item for item in items if isinstance(item, Note)]
    assert len(taken) == int(row["units"])
    assert len(refused) == int(row["refused"])
    assert len(notes) == int(row["notes"])
    assert all(item.place and item.reason for item in refused)
    for unit in taken:
        if isinstance(unit, TranslationUnit):
            assert unit.source.strip()
            assert unit.target.strip()


@every_memory
def test_the_report_of_an_import_adds_up(
    folder: Path, row: dict[str, str], donju: Callable[..., Any], tmp_path: Path
) -> None:
    languages = languages_of(row)
    memory, path = tmp_path / "a.tm", folder / row["file"]
    asked = ("--source-lang", languages.source, "--target-lang", languages.target)
    for _ in range(2):
        ran = donju("import", path, "-m", memory, *asked, "--json")
        assert ran.code == 0, ran.err
        (report,) = json.loads(ran.out)["files"]
        assert report["read"] == int(row["units"]) + int(row["refused"])
        assert report["read"] == report["stored"] + report["already"] + len(report["refused"])
    assert report["stored"] == 0  # the second time


@every_memory
def test_what_was_read_is_the_same_after_writing_it_as_tmx(
    folder: Path, row: dict[str, str], tmp_path: Path
) -> None:
    languages = languages_of(row)
    units = [
        item for item in items_of(folder / row["file"], row) if isinstance(item, TranslationUnit)
    ]
    write_tmx(units, tmp_path / "out.tmx", languages)
    again = [
        item
        for item in read_tmx(tmp_path / "out.tmx", languages)
        if isinstance(item, TranslationUnit)
    ]
    assert again == units
