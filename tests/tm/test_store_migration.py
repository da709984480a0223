"""A memory of an older version is brought up to today's, with everything that is in it."""

from __future__ import annotations

import sqlite3

import pytest

from align.errors import MemoryFileError
from tm.search.concordance import units_containing
from tm.search.fold import key, plain
from tm.store import ArticleRecord, Unaligned
from tm.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from tm.store.sqlite import SqliteStore
from tm.terms.termbase.concepts import Concept, Term
from tm.unit import Provenance, TranslationUnit

BY = {"who": "tester", "why": "test"}

OLD = (("쌀값이 올랐다.", "Rice rose."), ("돈주가 투자했다.", "The donju invested."))
NEW = (("쌀값이 올랐다.", "Rice prices rose."),)


def write_version_1(path):
    """A memory as version 1 wrote it: an article, its next version, an article without units,
    and another article."""
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    connection.execute("PRAGMA user_version = 1")
    log = [("market", "first"), ("market", "better"), ("bare", "nothing"), ("talks", "more")]
    connection.executemany(
        "INSERT INTO changes (at, who, why, article)"
        " VALUES ('2024-05-01T10:00:00+00:00', 'Lee Jina', ?, ?)",
        [(why, article) for article, why in log],
    )
    connection.executemany(
        "INSERT INTO articles (id, version, current, title_en, date, content, change)"
        " VALUES (?, ?, ?, ?, '2024-05-01', ?, ?)",
        [
            ("market", 1, 0, "Market", b"1", 1),
            ("market", 2, 1, "Markets", b"2", 2),
            ("bare", 1, 1, None, b"3", 3),
            ("talks", 1, 1, None, b"4", 4),
        ],
    )
    rows = [(1, 0, 0, *OLD[0]), (1, 1, 0, *OLD[1]), (2, 0, 1, *NEW[0]), (4, 0, 1, "눈.", "Snow.")]
    connection.executemany(
        "INSERT INTO units (article, position, live, source, target, confidence, status,"
        " translator, source_key, target_key, source_length, target_length)"
        " VALUES (?, ?, ?, ?, ?, 0.5, 'approved', 'Han Sol', ?, ?, ?, ?)",
        [(*row, *map(key, row[3:]), *(len(plain(text)) for text in row[3:])) for row in rows],
    )
    connection.execute("INSERT INTO unaligned VALUES (2, 0, 'ko', 1, '사진=본지')")
    connection.execute("CREATE VIRTUAL TABLE grams_ko USING fts5(grams, content='')")
    connection.execute("CREATE TABLE gram_index (rules, change, units, counted)")
    connection.execute("INSERT INTO gram_index VALUES (1, 4, 2, 0)")
    connection.commit()
    connection.close()


@pytest.fixture
def old(path):
    write_version_1(path)
    return path


def test_everything_of_version_1_is_there(old):
    store = SqliteStore(old)
    assert [(r.id, r.version, r.title_en, r.added_by) for r in store.articles()] == [
        ("bare", 1, None, "Lee Jina"),
        ("market", 2, "Markets", "Lee Jina"),
        ("talks", 1, None, "Lee Jina"),
    ]
    where = Provenance("market", 0, "Han Sol", "2024-05-01")
    assert next(store.units()) == TranslationUnit(*NEW[0], where, 0.5, "approved")
    assert [(u.source, u.target) for u in store.units(article="market", version=1)] == list(OLD)
    assert store.unaligned("market") == [Unaligned("ko", 1, "사진=본지")]
    assert [(c.number, c.article, c.kind, c.born, c.ended) for c in store.changes()] == [
        (1, "market", "add", 2, 0),
        (2, "market", "add", 1, 2),
        (3, "bare", "add", 0, 0),
        (4, "talks", "add", 1, 0),
    ]
    assert store.check() == []


def test_a_migrated_memory_is_searched_changed_and_undone_like_any_other(old):
    store = SqliteStore(old)
    assert [unit.target for unit in units_containing(store, "쌀값", "ko")] == ["Rice prices rose."]
    assert store.exact("눈.", "ko")[0].provenance.article == "talks"
    store.undo(2, **BY)
    assert [(u.source, u.target) for u in store.units(article="market")] == list(OLD)
    store.add(ArticleRecord("new"), [TranslationUnit("비.", "Rain.", Provenance("", 0))], [], **BY)
    assert store.changes()[-1].number == 6
    assert store.check() == []


def test_a_file_is_migrated_once(old):
    SqliteStore(old).close()
    with sqlite3.connect(old) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (VERSION,)
        before = other.execute("SELECT * FROM changes").fetchall()
    SqliteStore(old).close()
    with sqlite3.connect(old) as other:
        assert other.execute("SELECT * FROM changes").fetchall() == before


def test_tables_of_the_index_of_version_1_are_gone(old):
    SqliteStore(old).close()
    with sqlite3.connect(old) as other:
        names = [name for (name,) in other.execute("SELECT name FROM sqlite_master")]
    assert not [name for name in names if name.startswith("gram")]


def test_a_migration_that_fails_leaves_the_old_file(old):
    with sqlite3.connect(old) as other:
        other.execute("CREATE TABLE units_2 (in_the_way)")
    with pytest.raises(MemoryFileError):
        SqliteStore(old)
    with sqlite3.connect(old) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (1,)
        assert other.execute("SELECT count(*) FROM units").fetchone() == (4,)
        other.execute("DROP TABLE units_2")
    store = SqliteStore(old)
    assert store.unit_count() == 2


# Version 2


@pytest.fixture
def version_2(path):
    """A memory as version 2 wrote it: two articles, one edited unit, one approved, one deleted."""
    write_version_1(path)
    connection = sqlite3.connect(path)
    for statement in MIGRATIONS[1]:
        connection.execute(statement)
    connection.execute("PRAGMA user_version = 2")
    connection.execute(
        "INSERT INTO changes (at, who, why, kind, article, last_unit)"
        " VALUES ('2024-06-01T10:00:00+00:00', 'Han Sol', 'style', 'edit', 'market', 5)"
    )
    connection.execute("UPDATE units SET ended = 5 WHERE id = 3")
    connection.execute(
        "INSERT INTO units SELECT 5, article, position, 5, NULL, 3, source_key, ?, source, ?,"
        " confidence, status, translator, date, origin, details FROM units WHERE id = 3",
        (key("Rice got dearer."), "Rice got dearer."),
    )
    connection.commit()
    connection.close()
    return path


def test_everything_of_version_2_is_there_and_terms_can_be_added(version_2):
    store = SqliteStore(version_2)
    assert [unit.target for unit in store.units()] == ["Snow.", "Rice got dearer."]
    assert [(e.what, e.unit.target) for e in store.history(5)] == [
        ("born", "Rice prices rose."),
        ("replaced", "Rice got dearer."),
    ]
    assert [(c.number, c.kind, c.concepts, c.decisions) for c in store.changes()] == [
        *((number, "add", 0, 0) for number in range(1, 5)),
        (5, "edit", 0, 0),
    ]
    assert store.concepts() == [] and store.decisions("term") == {}
    assert store.check() == []
    concept = Concept("snow", terms=(Term("눈", "ko"), Term("snow", "en")))
    store.put_concepts([concept], **BY)
    store.decide("term", "눈\teye", "rejected", "homonym", **BY)
    store.undo(5, **BY)
    assert [unit.target for unit in store.units()] == ["Snow.", "Rice prices rose."]
    assert [stored.concept for stored in SqliteStore(version_2).concepts()] == [concept]
    assert store.check() == []


def test_an_index_that_is_right_is_kept(version_2):
    """Bringing up a large memory does not take the time of an index."""
    SqliteStore(version_2).close()
    with sqlite3.connect(version_2) as other:
        other.execute("DROP TABLE concepts")
        other.execute("DROP TABLE decisions")
        other.execute("ALTER TABLE articles DROP COLUMN kept")
        other.execute("PRAGMA user_version = 2")
        # What is wrong here would be right again if the index were made anew.
        other.execute("DELETE FROM search_days")
    SqliteStore(version_2).close()
    with sqlite3.connect(version_2) as other:
        assert other.execute("PRAGMA user_version").fetchone() == (VERSION,)
        assert other.execute("SELECT count(*) FROM search_days").fetchone() == (0,)
