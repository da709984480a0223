"""Several programs at one memory, and a memory that is moved, renamed, or of another version."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
import unicodedata
from pathlib import Path

import pytest

from align.errors import MemoryFileError
from tm.search.concordance import units_containing
from tm.store import ArticleRecord
from tm.store.salvage import repair
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, TranslationUnit

ROOT = Path(__file__).resolve().parents[2]

BY = {"who": "tester", "why": "test"}


def some(count, word="소식"):
    return [
        TranslationUnit(f"{word} {n}번", f"Item {n}.", Provenance("", -1)) for n in range(count)
    ]


def take_in(store, count, name="file", word="소식"):
    return store.import_units(some(count, word), ArticleRecord(name), **BY)


@pytest.fixture
def store(path):
    opened = SqliteStore(path, create=True)
    take_in(opened, 20)
    yield opened
    opened.close()


# One state


def test_units_are_those_of_one_state_though_others_edit_meanwhile(path, store):
    passing = store.units()
    first = next(passing)
    other = SqliteStore(path)
    for unit_id in range(5, 15):
        other.edit(unit_id, target="edited", **BY)
    other.delete_article("file", **BY)
    assert [first.id, *(unit.id for unit in passing)] == list(range(1, 21))
    assert list(store.units()) == []


def test_whoever_goes_through_units_may_edit_them(store):
    for unit in store.units():
        store.edit(unit.id, target=f"{unit.target}!", **BY)
    assert {unit.target[-1] for unit in store.units()} == {"!"}
    assert store.unit_count() == 20


def test_answers_read_together_are_from_one_state(path, store):
    other = SqliteStore(path)
    with store.one_state():
        before = store.change(), store.stats(), store.changes()
        take_in(other, 10, "more", "또")
        assert (store.change(), store.stats(), store.changes()) == before
        assert len(units_containing(store, "또", "ko")) == 0
    assert store.unit_count() == 30
    assert len(units_containing(store, "또", "ko")) == 10


def test_a_change_of_ones_own_ends_the_state_that_is_read(store):
    with store.one_state():
        store.edit(1, target="edited", **BY)
        assert store.history(1)[-1].unit.target == "edited"


READER = """
import sys
from tm.store.sqlite import SqliteStore

store = SqliteStore(sys.argv[1])
for _ in range(40):
    stats = store.stats()
    assert stats.units == 20 * stats.articles and stats.draft >= 0, stats
    units = list(store.units())
    assert len(units) % 20 == 0, len(units)
    places = {(unit.provenance.article, unit.provenance.position) for unit in units}
    assert len(places) == len(units), "a unit twice"
    assert store.check() == [], store.check()
    SqliteStore(sys.argv[1]).close()
"""


def test_beside_a_writer_counts_agree_and_nothing_seems_wrong(path, store):
    stop = threading.Event()

    def write():
        writer = SqliteStore(path)
        number = 0
        while not stop.is_set():
            take_in(writer, 20, f"file {number}")
            unit = next(iter(writer.units(article=f"file {number}")))
            writer.edit(unit.id, target="edited", **BY)
            number += 1
        writer.close()

    thread = threading.Thread(target=write)
    thread.start()
    try:
        read = subprocess.run(
            [sys.executable, "-c", READER, str(path)], cwd=ROOT, capture_output=True, text=True
        )
    finally:
        stop.set()
        thread.join()
    assert read.stderr == ""


def test_an_index_is_not_made_anew_because_another_program_writes(path, store):
    """Whoever opens a memory reads its last change and the index's, between which one may come."""
    other = SqliteStore(path)
    made = []

    def noted(statement):
        if statement.startswith("CREATE VIRTUAL TABLE"):
            made.append(statement)

    for number in range(30):
        take_in(other, 1, f"file {number}", "또")
        reader = SqliteStore(path)
        reader._connection.set_trace_callback(noted)
        take_in(other, 1, f"more {number}", "또")
        assert len(units_containing(reader, "또", "ko")) == 2 * number + 2
        reader.close()
    assert made == []


MAKER = """
import sys
from tm.store import ArticleRecord
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, TranslationUnit

sys.stdin.readline()
for number in range(6):
    store = SqliteStore(f"{sys.argv[1]}{number}.tm", create=True)
    unit = TranslationUnit(sys.argv[2], sys.argv[2], Provenance("", -1))
    store.import_units([unit], ArticleRecord(sys.argv[2]), who="maker", why="test")
    store.close()
"""


def test_several_programs_may_make_a_memory_at_once(tmp_path):
    makers = [
        subprocess.Popen(
            [sys.executable, "-c", MAKER, str(tmp_path / "m"), f"글{n}"],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for n in range(3)
    ]
    for maker in makers:
        maker.stdin.write("\n")
        maker.stdin.flush()
    assert [maker.communicate()[1] for maker in makers] == ["", "", ""]
    for number in range(6):
        store = SqliteStore(tmp_path / f"m{number}.tm")
        assert {unit.source for unit in store.units()} == {"글0", "글1", "글2"}
        assert store.check() == []


# The index


def other_rules(path):
    """The index as another version of Donju would leave it: by other rules, and not ours."""
    with sqlite3.connect(path) as other:
        other.execute("UPDATE search_index SET rules = rules + 1")
        other.execute("DELETE FROM search_signatures_ko")
    other.close()


def test_an_index_by_other_rules_is_made_anew_before_it_is_used_or_changed(path, store):
    other_rules(path)
    assert store.near("소식 7번!", "ko", 70)[0][0] == "소식 7번"
    other_rules(path)
    store.edit(3, source="소식 셋", **BY)
    assert store.check() == []
    other_rules(path)
    assert SqliteStore(path).check() == []


def test_while_another_writes_a_memory_without_index_can_be_read(path, store):
    store.close()
    other_rules(path)
    writer = sqlite3.connect(path, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    reader = SqliteStore(path, wait=0.1)
    assert reader.unit_count() == 20
    assert [unit.id for unit in reader.exact("소식 7번", "ko")] == [8]
    with pytest.raises(MemoryFileError, match="another program is writing"):
        reader.near("소식 7번!", "ko", 70)
    writer.execute("ROLLBACK")
    assert reader.near("소식 7번!", "ko", 70)[0][0] == "소식 7번"


# The file


def test_a_memory_that_was_moved_while_open_is_not_written(path, store):
    moved = path.rename(path.with_name("moved.tm"))
    with pytest.raises(
        MemoryFileError, match="moved, deleted or replaced while it was open; close"
    ):
        store.edit(1, target="edited", **BY)
    with pytest.raises(MemoryFileError, match="moved"):
        store.compact()
    store.close()
    there = SqliteStore(moved)
    assert (there.unit_count(), there.change(), there.check()) == (20, 1, [])


def test_a_copy_of_the_file_alone_has_all_changes(path, store, tmp_path):
    store.edit(1, target="edited", **BY)
    copy = tmp_path / "copy.tm"
    copy.write_bytes(path.read_bytes())
    found = SqliteStore(copy)
    assert (found.change(), found.check()) == (2, [])


def test_a_memory_is_found_where_the_program_goes_to_another_folder(path, monkeypatch):
    monkeypatch.chdir(path.parent)
    store = SqliteStore(path.name, create=True)
    monkeypatch.chdir(os.sep)
    take_in(store, 3)
    assert len(list(store.units())) == 3


@pytest.mark.parametrize(("there", "named"), [("NFD", "NFC"), ("NFC", "NFD")])
def test_a_name_in_syllables_and_one_in_letters_is_the_same(tmp_path, there, named):
    name = "혜산 기사.tm"
    take_in(SqliteStore(tmp_path / unicodedata.normalize(there, name), create=True), 3)
    asked = tmp_path / unicodedata.normalize(named, name)
    assert SqliteStore(asked).unit_count() == 3
    assert SqliteStore(asked, create=True).unit_count() == 3
    assert repair(asked, who="tester").problems == []
    assert len(list(tmp_path.glob("*.tm"))) == 1


def test_a_name_that_no_file_can_have_is_refused(tmp_path):
    with pytest.raises(MemoryFileError, match=r"cannot be opened \(.*\); give it another name"):
        SqliteStore(tmp_path / ("가" * 300), create=True)
