"""Checking, mending, copying, shrinking a memory."""

from __future__ import annotations

import sqlite3
import threading

import pytest

from align.errors import MemoryFileError
from tm.search.concordance import units_containing
from tm.store import ArticleRecord, Unaligned
from tm.store.salvage import repair
from tm.store.sqlite import SqliteStore
from tm.unit import Context, Details, Provenance, TranslationUnit

BY = {"who": "tester", "why": "test"}

PAIRS = (
    ("쌀값이 올랐다.", "Rice prices rose."),
    ("돈주가 투자했다.", "The donju invested."),
    ("상인들은 떠났다.", "The merchants left."),
)


def units(pairs=PAIRS, article="a"):
    return [TranslationUnit(ko, en, Provenance(article, i)) for i, (ko, en) in enumerate(pairs)]


def add(store, article="a", pairs=PAIRS, **about):
    nulls = [Unaligned("ko", 0, "사진=본지")]
    return store.add(ArticleRecord(article, **about), units(pairs, article), nulls, **BY)


@pytest.fixture
def full(path):
    """The file of a memory with some history, closed."""
    store = SqliteStore(path, create=True)
    add(store)
    add(store, "b", [(f"{n}번째 소식이다.", f"Item {n}.") for n in range(800)])
    store.edit(1, target="Rice rose.", **BY)
    store.set_status([2], "approved", **BY)
    store.delete([3], **BY)
    store.undo(5, **BY)
    store.close()
    return path


# Check and repair


def test_a_sound_memory_has_no_problems_and_is_not_changed_by_repair(full):
    with sqlite3.connect(full) as other:
        before = other.execute("SELECT * FROM changes").fetchall()
    assert repair(full, who="tester").problems == []
    with sqlite3.connect(full) as other:
        assert other.execute("SELECT * FROM changes").fetchall() == before


@pytest.mark.parametrize(
    ("damage", "place", "problem"),
    [
        ("UPDATE units SET source_key = 7 WHERE id = 2", "unit 2", "cannot be found by its texts"),
        ("UPDATE units SET target_key = 7 WHERE id = 2", "unit 2", "cannot be found"),
        ("UPDATE units SET status = 'rejected' WHERE id = 2", "unit 2", "another status"),
        ("UPDATE units SET details = '{' WHERE id = 2", "unit 2", "details cannot be read"),
        ("UPDATE units SET details = '[1]' WHERE id = 2", "unit 2", "details cannot be read"),
        ("UPDATE units SET ended = NULL, position = 9 WHERE id = 1", "unit 1", "taken its place"),
        ("UPDATE articles SET ended = 6 WHERE id = 'a'", "unit 2", "article that has ended"),
        ("UPDATE changes SET last_unit = 9 WHERE number = 1", "change 1", "which units"),
        ("UPDATE search_index SET change = 2", "index", "is behind"),
        ("DELETE FROM search_en_data", "index", ""),
        ("DROP INDEX units_source", "file", "units_source is missing"),
        ("UPDATE units SET target = 'Rain.' WHERE id = 2", "unit 2", "cannot be found"),
    ],
)
def test_what_is_wrong_is_told_and_mended(full, damage, place, problem):
    store = SqliteStore(full)
    with sqlite3.connect(full) as other:
        other.execute(damage)
    told = [(found.place, found.problem, found.mendable) for found in store.check()]
    assert any(p == place and problem in text for p, text, _ in told)
    assert all(mendable for *_, mendable in told)
    store.close()
    mended = repair(full, who="tester")
    assert mended.left == []
    assert mended.saved is None
    assert SqliteStore(full).check() == []


def test_details_that_cannot_be_read_are_kept_as_text(full):
    with sqlite3.connect(full) as other:
        other.execute("UPDATE units SET details = '{\"colour\": 1}' WHERE id = 2")
    with pytest.raises(MemoryFileError, match="damaged"):
        list(SqliteStore(full).units())
    repair(full, who="tester")
    assert SqliteStore(full).unit(2).details == Details(kept=(("damaged", '{"colour": 1}'),))


def page_of_units(path):
    """The number of a page that holds rows of units."""
    with sqlite3.connect(path) as other:
        try:
            (page,) = other.execute(
                "SELECT pageno FROM dbstat WHERE name = 'units' AND pagetype = 'leaf'"
                " ORDER BY pageno LIMIT 1 OFFSET 9"
            ).fetchone()
        except sqlite3.OperationalError:
            pytest.skip("this SQLite does not tell where its tables lie")
    return page


def test_of_a_broken_file_what_can_be_read_is_saved_beside_it(full):
    before = {(u.source, u.target) for u in SqliteStore(full).units()}
    page = page_of_units(full)
    content = bytearray(full.read_bytes())
    content[(page - 1) * 4096 : page * 4096] = b"\xff" * 4096
    full.write_bytes(content)
    mended = repair(full, who="tester")
    assert full.read_bytes() == content
    assert mended.saved == full.with_suffix(".saved.tm")
    store = SqliteStore(mended.saved)
    assert store.check() == []
    after = {(u.source, u.target) for u in store.units()}
    assert after < before
    assert len(after) == len(before) - mended.lost["units"]
    assert 0 < mended.lost["units"] < 200
    assert store.unaligned("a") == [Unaligned("ko", 0, "사진=본지")]
    assert {change.why for change in store.changes()} >= {"test"}


def test_half_a_file_is_saved_as_far_as_it_goes(full):
    content = full.read_bytes()
    full.write_bytes(content[: len(content) * 3 // 4])
    mended = repair(full, who="tester")
    assert mended.saved is not None
    store = SqliteStore(mended.saved)
    assert store.check() == []
    assert store.unit_count() > 0


def test_repair_writes_over_no_file(full):
    full.write_bytes(full.read_bytes()[:40_000])
    full.with_suffix(".saved.tm").write_text("mine")
    with pytest.raises(MemoryFileError, match=r"saved\.tm: is in the way; move it away"):
        repair(full, who="tester")
    assert full.with_suffix(".saved.tm").read_text() == "mine"


# Backup and compact


def test_a_backup_is_the_same_memory(full, tmp_path):
    store = SqliteStore(full)
    store.backup(tmp_path / "copy.tm")
    copy = SqliteStore(tmp_path / "copy.tm")
    assert list(copy.units()) == list(store.units())
    assert copy.changes() == store.changes()
    assert copy.check() == []
    assert copy.history(1) == store.history(1)
    add(copy, "c")
    assert store.article("c") is None
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith("copy.tm.part")] == []


def test_a_backup_made_while_another_writes_is_whole(full, tmp_path):
    stop = threading.Event()

    def write():
        store = SqliteStore(full)
        number = 0
        while not stop.is_set():
            add(store, f"more {number}", PAIRS * 20)
            number += 1
        store.close()

    writer = threading.Thread(target=write)
    writer.start()
    try:
        store = SqliteStore(full)
        for n in range(3):
            store.backup(tmp_path / f"copy{n}.tm")
    finally:
        stop.set()
        writer.join()
    for n in range(3):
        copy = SqliteStore(tmp_path / f"copy{n}.tm")
        assert copy.check() == []
        sizes = {len(list(copy.units(article=r.id))) for r in copy.articles() if "more" in r.id}
        assert sizes <= {60}


def test_a_backup_writes_over_no_file(full, tmp_path):
    there = tmp_path / "copy.tm"
    there.write_text("mine")
    with pytest.raises(MemoryFileError, match=r"copy\.tm: is there already; name a file"):
        SqliteStore(full).backup(there)
    assert there.read_text() == "mine"


def test_a_backup_into_no_folder_is_refused(full, tmp_path):
    with pytest.raises(MemoryFileError, match=r"nowhere/copy\.tm"):
        SqliteStore(full).backup(tmp_path / "nowhere" / "copy.tm")


def test_a_compacted_memory_is_smaller_and_the_same(full):
    store = SqliteStore(full)
    store.delete_article("b", **BY)
    store._connection.execute("CREATE TABLE filler AS SELECT source FROM units")
    store._connection.execute("DROP TABLE filler")
    before = list(store.units()), store.changes(), store.versions("b")
    sizes = store.compact()
    assert sizes.after < sizes.before
    assert (list(store.units()), store.changes(), store.versions("b")) == before
    assert store.check() == []
    assert [unit.target for unit in units_containing(store, "쌀값", "ko")] == ["Rice rose."]


# Repetitions


def test_a_text_between_the_same_neighbours_is_kept_once(path):
    store = SqliteStore(path, create=True)
    add(store, "a", date="2020-01-01")
    add(store, "b", date="2021-01-01")
    add(store, "c", PAIRS[::-1])
    assert store.dedupe(dry_run=True, **BY).units == 3
    assert store.unit_count() == 9
    found = store.dedupe(**BY)
    assert (found.groups, found.units) == (3, 3)
    assert {unit.provenance.article for unit in store.units()} == {"b", "c"}
    assert store.dedupe(**BY).units == 0
    assert store.change() == 4
    store.undo(4, **BY)
    assert store.unit_count() == 9


def test_context_that_a_file_tells_keeps_repetitions_apart(path):
    store = SqliteStore(path, create=True)
    for name, key in (("a", "1"), ("b", "2"), ("c", "2")):
        unit = TranslationUnit(*PAIRS[0], Provenance("", 0), details=Details(Context(key=key)))
        store.import_units([unit], ArticleRecord(name), **BY)
    assert store.dedupe(**BY).units == 1
    assert store.dedupe(ignore_context=True, **BY).units == 1


def test_an_approved_unit_outlives_its_repetitions_and_a_rejected_one_stays(path):
    store = SqliteStore(path, create=True)
    for name in "abcd":
        add(store, name, PAIRS[:1])
    store.set_status([2], "approved", **BY)
    store.set_status([3], "rejected", **BY)
    assert store.dedupe(ignore_context=True, **BY).units == 2
    assert [unit.status for unit in store.units()] == ["approved", "rejected"]
