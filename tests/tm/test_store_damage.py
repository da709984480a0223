"""A memory in which the disk has changed something: nothing wrong is taken for right."""

from __future__ import annotations

import random
import sqlite3

import pytest

from align.errors import DonjuError, MemoryFileError
from tm.memory import Memory
from tm.store import ArticleRecord, Unaligned
from tm.store.salvage import repair
from tm.store.sqlite import SqliteStore
from tm.unit import Details, Provenance, TranslationUnit

BY = {"who": "tester", "why": "test"}


@pytest.fixture
def full(path):
    """The file of a memory with some history, closed."""
    store = SqliteStore(path, create=True)
    for article in ("a", "b", "c"):
        units = [
            TranslationUnit(
                f"{article} {n}번째 소식은 장마당이다.",
                f"Item {n} of {article} is the market.",
                Provenance(article, n),
                0.8,
                details=Details(notes=("좋다",)) if n % 3 == 0 else None,
            )
            for n in range(150)
        ]
        about = ArticleRecord(article, title_ko="시장", translator="김", date="2021-07-08")
        store.add(about, units, [Unaligned("ko", 0, "사진=본지")], **BY)
    store.edit(1, target="The first item.", **BY)
    store.set_status([2, 3], "approved", **BY)
    store.delete([7], **BY)
    store.undo(6, **BY)
    store.close()
    return path


def changed(path, statement, *values):
    with sqlite3.connect(path) as other:
        other.execute(statement, values)
    other.close()


def texts(store):
    return {unit.id: (unit.source, unit.target) for unit in store.units()}


def raw(path, unit, side="target"):
    with sqlite3.connect(path) as other:
        (found,) = other.execute(
            f"SELECT CAST({side} AS BLOB) FROM units WHERE id = ?", (unit,)
        ).fetchone()
    return bytearray(found)


# Texts


@pytest.mark.parametrize("side", ["source", "target"])
@pytest.mark.parametrize("byte", [0, 5, 6, 7, 12])
@pytest.mark.parametrize("value", [0x00, 0x41, 0x80, 0xFF])
def test_a_text_with_one_byte_changed_is_what_it_was_again(full, side, byte, value):
    before = texts(SqliteStore(full))
    damaged = raw(full, 2, side)
    damaged[byte] = value
    changed(full, f"UPDATE units SET {side} = CAST(? AS TEXT) WHERE id = 2", bytes(damaged))
    (told,) = SqliteStore(full).check()
    language = {"source": "Korean", "target": "English"}[side]
    assert told.place == "unit 2"
    assert told.problem.endswith(f": one byte of the {language} one is wrong")
    assert repair(full, who="tester").left == []
    store = SqliteStore(full)
    assert texts(store) == before
    assert store.unit(2).status == "approved"


def test_a_key_with_one_byte_changed_leaves_the_text_as_it_is(full):
    before = texts(SqliteStore(full))
    changed(
        full, "UPDATE units SET source_key = (source_key | 255) - (source_key & 255) WHERE id = 2"
    )
    (told,) = SqliteStore(full).check()
    assert told.problem == "cannot be found by its texts: the key of the Korean one is wrong"
    repair(full, who="tester")
    assert texts(SqliteStore(full)) == before
    assert SqliteStore(full).unit(2).status == "approved"


def test_a_text_of_which_nobody_can_tell_what_it_was_is_not_offered(full):
    changed(full, "UPDATE units SET target = 'Something else altogether.' WHERE id = 2")
    (told,) = SqliteStore(full).check()
    assert "nobody can tell what the English one was" in told.problem
    assert repair(full, who="tester").left == []
    store = SqliteStore(full)
    unit = store.unit(2)
    assert unit.status == "rejected"
    assert unit.details.kept == (("damaged", "target"),)
    assert store.history(2)[-1].change.kind == "repair"
    assert Memory(store).match(unit.source, minimum=100) == []


@pytest.mark.parametrize(
    ("damage", "place", "problem"),
    [
        ("UPDATE units SET translator = {bad} WHERE id = 2", "unit 2", "translator cannot be read"),
        ("UPDATE articles SET title_ko = {bad} WHERE number = 1", "article 1", "title ko cannot"),
        ("UPDATE changes SET who = {bad} WHERE number = 1", "change 1", "its who cannot be read"),
        ("UPDATE unaligned SET text = {bad} WHERE article = 1", "unaligned 1 0", "text cannot"),
        ("UPDATE units SET details = {bad} WHERE id = 4", "unit 4", "details cannot be read"),
        ("UPDATE units SET confidence = 'x' WHERE id = 2", "unit 2", "that is no number"),
        ("UPDATE units SET position = 'x' WHERE id = 2", "unit 2", "a place that is no number"),
        ("UPDATE units SET born = 77 WHERE id = 2", "units, row 2", "belongs to something"),
        ("UPDATE units SET born = 'x' WHERE id = 2", "units, row 2", "belongs to something"),
        ("UPDATE units SET article = 77 WHERE id = 2", "units, row 2", "belongs to something"),
        ("UPDATE units SET replaces = 7777 WHERE id = 2", "units, row 2", "belongs to something"),
        ("UPDATE search_signatures_ko SET heads = x'00'", "index", ""),
    ],
)
def test_whatever_else_is_wrong_is_told_and_mended(full, damage, place, problem):
    before = texts(SqliteStore(full))
    changed(full, damage.format(bad="CAST(x'EC8BFF41' AS TEXT)"))
    told = SqliteStore(full).check()
    assert any(found.place == place and problem in found.problem for found in told)
    mended = repair(full, who="tester")
    assert (mended.left, mended.saved) == ([], None)
    assert texts(SqliteStore(full)) == before


def test_a_text_that_cannot_be_read_is_called_damage_with_a_remedy(full):
    changed(full, "UPDATE units SET target = CAST(x'EC8BFF' AS TEXT) WHERE id = 2")
    with pytest.raises(MemoryFileError, match="damaged; restore it from a copy, or save"):
        list(SqliteStore(full).units())


# Files


@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("bytes_changed", [1, 20])
def test_a_file_with_bytes_changed_anywhere_is_never_read_wrongly(full, seed, bytes_changed):
    """Ten files each: one line is told where they cannot be read; where the check finds nothing,
    all texts are right; and after repair all texts are right or their unit is rejected."""
    chance = random.Random(seed)
    content = full.read_bytes()
    right = texts(SqliteStore(full))
    for _ in range(10):
        for left in full.parent.iterdir():
            left.unlink()
        damaged = bytearray(content)
        for _ in range(bytes_changed):
            damaged[chance.randrange(len(content))] = chance.randrange(256)
        full.write_bytes(damaged)
        try:
            with Memory.open(full, who="tester") as memory:
                is_clean = memory.check() == []
                memory.match("a 5번째 소식은 장마당이었다.")
                memory.search("장마당")
                assert not is_clean or texts(memory.store) == right
        except DonjuError as error:
            assert "\n" not in str(error)
        try:
            mended = repair(full, who="tester")
        except DonjuError as error:
            assert "; " in str(error)  # a remedy
            continue
        store = SqliteStore(mended.saved or full)
        assert store.check() == []
        known = {tuple(map(_plain, pair)) for pair in right.values()}
        for unit in store.units():
            pair = (_plain(unit.source), _plain(unit.target))
            assert pair in known or unit.status == "rejected"
        gone = len(right) - store.unit_count()
        assert gone <= mended.lost.get("units", 0)
        store.close()


def _plain(text):
    return " ".join(text.split())


@pytest.mark.parametrize("byte", [0, 7, 16, 18, 21, 23])
def test_a_file_whose_first_bytes_are_wrong_is_saved_whole(full, byte):
    before = texts(SqliteStore(full))
    content = bytearray(full.read_bytes())
    content[byte] ^= 0xFF
    full.write_bytes(content)
    mended = repair(full, who="tester")
    found = SqliteStore(mended.saved or full)
    assert mended.lost == {}
    assert texts(found) == before


def test_tables_whose_description_is_damaged_are_read_all_the_same(full):
    before = texts(SqliteStore(full))
    content = full.read_bytes()
    at = content.index(b"INTEGER NOT NULL REFERENCES articles")
    full.write_bytes(content[:at] + b"\xff(('" + content[at + 4 :])
    mended = repair(full, who="tester")
    assert mended.lost == {}
    assert texts(SqliteStore(mended.saved)) == before


def test_rows_that_are_gone_are_counted(full):
    before = texts(SqliteStore(full))
    with sqlite3.connect(full) as other:
        (root,) = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'units'"
        ).fetchone()
    content = bytearray(full.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    full.write_bytes(content)
    mended = repair(full, who="tester")
    assert mended.lost["units"] == len(before) + 2  # and two that had ended
    assert SqliteStore(mended.saved).unit_count() == 0
    assert len(SqliteStore(mended.saved).articles()) == 3


def test_what_a_killed_repair_has_left_is_cleared_away(full):
    content = full.read_bytes()
    full.write_bytes(content[: len(content) * 3 // 4])
    part = full.with_name("news.saved.tm.part")
    part.mkdir()
    (part / "news.saved.tm").write_text("half of it")
    mended = repair(full, who="tester")
    assert SqliteStore(mended.saved).check() == []
    assert not part.exists()


def test_what_a_killed_backup_has_left_is_cleared_away(full, tmp_path):
    for end in ("", "-journal", "-wal"):
        (tmp_path / f"copy.tm.part{end}").write_text("half of it")
    SqliteStore(full).backup(tmp_path / "copy.tm")
    assert SqliteStore(tmp_path / "copy.tm").check() == []
    assert not list(tmp_path.glob("copy.tm.part*"))
