"""Long imports show on a terminal how far they are, and nowhere else."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from tm.exchange.formats import reader_for, writer_for
from tm.exchange.languages import KO_EN
from tm.unit import Provenance, TranslationUnit


def units(count):
    return [
        TranslationUnit(
            f"{n}번째 트럭이 신의주 세관을 지나 시내로 들어갔다.",
            f"Truck number {n} passed the customs house at Sinuiju and went into town.",
            Provenance("", n),
        )
        for n in range(count)
    ]


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    """A file that takes a second or two to import."""
    path = tmp_path_factory.mktemp("large") / "large.csv"
    lines = [f"{unit.source},{unit.target}" for unit in units(40_000)]
    path.write_text("\n".join(["ko,en", *lines]), encoding="utf-8")
    assert path.stat().st_size > 4 << 20
    return path


@pytest.mark.parametrize("ending", ["tmx", "csv", "tsv", "xlsx"])
def test_readers_tell_how_much_of_a_file_they_have_read(tmp_path, ending):
    path = tmp_path / f"units.{ending}"
    writer_for(path, None)(units(3000), path, KO_EN)
    told: list[int] = []
    items = list(reader_for(path)(path, KO_EN, told.append))
    assert sum(isinstance(item, TranslationUnit) for item in items) == 3000
    assert told == sorted(told)
    assert told[0] > 0
    assert path.stat().st_size / 2 < told[-1] <= path.stat().st_size


def run_on_a_terminal(*args: object) -> str:
    """What the command writes to a terminal as standard error."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "tm", *map(str, args)]
    environment = os.environ | {"TERM": "xterm", "COLUMNS": "100"}
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=theirs, env=environment, cwd=root
    ) as child:
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 4096):
                shown += piece
        except OSError:  # Linux says so when the other end is closed
            pass
        assert child.wait() == 0
    os.close(ours)
    return shown.decode()


def test_a_long_import_shows_a_bar_on_a_terminal(large, tmp_path):
    shown = run_on_a_terminal("import", large, "-m", tmp_path / "a.tm")
    assert "large.csv" in shown
    assert "100%" in shown


def test_programs_that_ask_for_json_get_no_bar(large, tmp_path):
    assert run_on_a_terminal("import", large, "-m", tmp_path / "a.tm", "--json") == ""


def test_without_a_terminal_there_is_no_bar(large, tmp_path, donju):
    ran = donju("import", large, "-m", tmp_path / "a.tm")
    assert "40000 units read = 40000 stored" in ran.out
    assert ran.err == ""
