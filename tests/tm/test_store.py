"""The store keeps what it is given, whole, whatever happens."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import InputError, MemoryFileError
from tm.search.concordance import units_containing
from tm.search.fold import fold
from tm.search.query import query
from tm.store import ArticleRecord, Unaligned
from tm.store.schema import APPLICATION_ID, MIGRATIONS, VERSION
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, TranslationUnit

ROOT = Path(__file__).resolve().parents[2]

PAIRS = (
    ("쌀값이 올랐다.", "Rice prices rose."),
    ("돈주가 투자했다.", "The donju invested."),
    ("상인들은 떠났다.", "The merchants left."),
)


def units(pairs=PAIRS, article="a"):
    return [TranslationUnit(ko, en, Provenance(article, i)) for i, (ko, en) in enumerate(pairs)]


def add(store, article="a", pairs=PAIRS, unaligned=(), **about):
    record = ArticleRecord(article, **about)
    return store.add(record, units(pairs, article), unaligned, who="tester", why="test")


def texts_of(store, **which):
    return [(unit.source, unit.target) for unit in store.units(**which)]


def index_holds(store, lang, text):
    """Whether the index leads to a text's own unit."""
    found = units_containing(store, text, lang)
    return text in [unit.source if lang == "ko" else unit.target for unit in found]


@pytest.fixture
def store(path):
    opened = SqliteStore(path, create=True)
    yield opened
    opened.close()


# What is kept


def test_units_come_back_with_their_article_position_and_metadata(store):
    add(store, "market", date="2021-07-08", translator="Lee Jina", origin="test 1")
    second = list(store.units())[1]
    assert second == TranslationUnit(
        "돈주가 투자했다.",
        "The donju invested.",
        Provenance("market", 1, "Lee Jina", "2021-07-08", "test 1"),
    )
    assert store.unit(second.id) == second


def test_a_unit_keeps_its_own_translator_where_it_differs_from_the_article(store):
    own = TranslationUnit(
        "눈이 왔다.", "It snowed.", Provenance("a", 0, "Han Sol"), 0.5, "approved"
    )
    record = ArticleRecord("a", translator="Lee Jina")
    store.add(record, [own, *units()], [], who="tester", why="test")
    assert [u.provenance.translator for u in store.units()] == ["Han Sol"] + ["Lee Jina"] * 3
    assert next(store.units()) == own


def test_unaligned_sentences_are_kept_with_side_and_place(store):
    nulls = [Unaligned("ko", 0, "사진=본지"), Unaligned("en", 2, "This is an aside.")]
    add(store, unaligned=nulls)
    assert store.unaligned("a") == nulls
    assert store.stats().unaligned == 2


@given(
    pairs=st.lists(
        st.tuples(*[st.text(st.characters(exclude_categories=["Cs"]), max_size=40)] * 2), max_size=6
    )
)
@settings(max_examples=60, deadline=None)
def test_every_text_comes_back_as_it_was_given(pairs, tmp_path_factory):
    path = tmp_path_factory.mktemp("texts") / "m.tm"
    store = SqliteStore(path, create=True)
    add(store, pairs=pairs, unaligned=[Unaligned("ko", 0, ko) for ko, _ in pairs])
    store.close()
    again = SqliteStore(path)
    assert texts_of(again) == pairs
    assert [sentence.text for sentence in again.unaligned("a")] == [ko for ko, _ in pairs]
    again.close()


def test_half_a_surrogate_pair_is_refused_with_its_place(store):
    with pytest.raises(InputError, match=r"market, unit 1: character 2 .*half a surrogate"):
        add(store, "market", [("가", "a"), ("나", "b \ud83d")])
    assert store.change() == 0


def test_an_article_without_id_is_refused(store):
    with pytest.raises(InputError, match="needs an id"):
        add(store, " ")


def test_neighbours_are_those_of_the_same_article(store):
    add(store, "a")
    add(store, "b")
    first, second, third, *_ = store.units()
    assert store.neighbours(second) == (first, third)
    assert store.neighbours(first) == (None, second)
    assert store.neighbours(third) == (second, None)


# Versions and changes


def test_adding_the_same_article_twice_changes_nothing(store):
    assert add(store, file_ko="one/a.txt").status == "added"
    before = list(store.units()), store.articles(), store.change()
    assert add(store, file_ko="other/a.txt").status == "unchanged"
    assert (list(store.units()), store.articles(), store.change()) == before


@pytest.mark.parametrize(
    "other",
    [
        {"pairs": PAIRS[:2]},
        {"pairs": (*PAIRS[:2], ("상인들은 떠났다.", "The traders left."))},
        {"translator": "Han Sol"},
        {"title_en": "Prices rise"},
        {"unaligned": [Unaligned("en", 3, "An aside.")]},
    ],
)
def test_any_other_content_makes_a_new_version_and_keeps_the_old(store, other):
    add(store)
    old = texts_of(store)
    assert add(store, **other).status == "replaced"
    assert [(v.version, v.current) for v in store.versions("a")] == [(1, False), (2, True)]
    assert texts_of(store, article="a", version=1) == old
    assert texts_of(store) == texts_of(store, article="a", version=2)
    assert store.stats().superseded == len(old)


def test_an_earlier_version_added_again_becomes_a_third_one(store):
    add(store)
    add(store, pairs=PAIRS[:1])
    assert add(store).status == "replaced"
    assert store.article("a").version == 3
    assert texts_of(store) == list(PAIRS)


def test_each_change_is_logged_with_who_when_and_why(store):
    add(store, "a")
    add(store, "b")
    log = store.changes()
    assert [(c.number, c.who, c.why, c.article) for c in log] == [
        (1, "tester", "test", "a"),
        (2, "tester", "test", "b"),
    ]
    assert all(c.at.endswith("+00:00") for c in log)
    assert store.change() == 2
    assert store.article("b").change == 2


def test_the_stats_count_current_versions(store):
    add(store, "a", date="2020-01-01")
    add(store, "b", PAIRS[:1], date="2021-01-01")
    add(store, "b", PAIRS[:2], date="2021-01-02")
    stats = store.stats()
    assert (stats.articles, stats.units, stats.superseded, stats.change) == (2, 5, 1, 3)
    assert (stats.first_date, stats.last_date) == ("2020-01-01", "2021-01-02")
    assert store.unit_count() == 5


def test_all_units_are_listed_across_pages(store):
    many = [(f"{n}번째 소식이다.", f"This is item {n}.") for n in range(4500)]
    add(store, pairs=many)
    assert texts_of(store) == many


# The index


WORDS = ("돈주", "비핵화", "장마당", "쌀", "ice", "police", "Jong-un", "한·미", "“쌀값”", "")


@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from("abc"),
            st.lists(
                st.tuples(
                    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
                    st.lists(st.sampled_from(WORDS), max_size=4).map(" ".join),
                ),
                max_size=4,
            ),
        ),
        max_size=8,
    ),
    needle=st.sampled_from([word for word in WORDS if fold(word)]),
)
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_the_index_never_disagrees_with_the_store(steps, needle, tmp_path_factory):
    store = SqliteStore(tmp_path_factory.mktemp("index") / "m.tm", create=True)
    for article, pairs in steps:
        add(store, article, pairs)
    live = list(store.units())
    for lang, side in (("ko", "source"), ("en", "target")):
        found = units_containing(store, needle, lang)
        asked = query(needle, lang)
        assert found == [unit for unit in live if asked.is_in(getattr(unit, side))]
    assert store.check() == []
    store.close()


def test_a_lost_index_is_made_anew_on_opening(path):
    add(SqliteStore(path, create=True))
    with sqlite3.connect(path) as other:
        other.execute("DROP TABLE search_ko")
    store = SqliteStore(path)
    assert index_holds(store, "ko", PAIRS[1][0])


def test_an_index_that_is_behind_is_made_anew_on_opening(path):
    add(SqliteStore(path, create=True))
    with sqlite3.connect(path) as other:
        other.execute("UPDATE search_index SET change = 0")
        other.execute("INSERT INTO search_ko (search_ko) VALUES ('delete-all')")
    store = SqliteStore(path)
    assert index_holds(store, "ko", PAIRS[1][0])


@pytest.mark.parametrize("damage", ["DELETE FROM search_ko_data", "DROP TABLE search_days"])
def test_a_damaged_index_is_made_anew_when_it_is_used(path, damage):
    add(SqliteStore(path, create=True))
    with sqlite3.connect(path) as other:
        other.execute(damage)
    store = SqliteStore(path)
    assert index_holds(store, "ko", PAIRS[1][0])
    assert add(store, "b", [("감자를 심었다.", "They planted potatoes.")]).status == "added"
    assert index_holds(store, "ko", "감자를 심었다.")


def test_decomposed_hangul_is_found_by_composed_and_kept_as_it_is(store):
    decomposed = unicodedata.normalize("NFD", "돈주가 투자했다.")
    add(store, pairs=[(decomposed, "The donju invested.")])
    assert index_holds(store, "ko", decomposed)
    assert [unit.source for unit in store.exact("돈주가  투자했다.", "ko")] == [decomposed]


# Files that are no memory


def test_a_missing_memory_is_an_error_that_says_how_to_make_one(path):
    with pytest.raises(MemoryFileError, match=r"no such memory; make one with `donju align"):
        SqliteStore(path)
    assert not path.exists()


def test_a_text_file_is_refused_and_left_alone(path):
    path.write_text("쌀값이 올랐다.\n" * 100)
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(MemoryFileError, match="not a translation memory"):
            SqliteStore(path, create=create)
    assert path.read_bytes() == before


def test_another_programs_database_is_refused_and_left_alone(path):
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE notes (text)")
    other.close()
    before = path.read_bytes()
    for create in (False, True):
        with pytest.raises(MemoryFileError, match="a database, but not one of Donju"):
            SqliteStore(path, create=create)
    assert path.read_bytes() == before


def test_an_empty_file_is_refused_for_reading(path):
    path.touch()
    with pytest.raises(MemoryFileError, match="is empty"):
        SqliteStore(path)


def test_a_folder_is_refused(tmp_path):
    with pytest.raises(MemoryFileError, match="is a folder"):
        SqliteStore(tmp_path, create=True)


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(MemoryFileError, match="check that its folder exists"):
        SqliteStore(tmp_path / "nowhere" / "news.tm", create=True)


def test_a_memory_of_a_newer_version_is_refused(path):
    SqliteStore(path, create=True).close()
    with sqlite3.connect(path) as other:
        other.execute(f"PRAGMA user_version = {VERSION + 1}")
    with pytest.raises(MemoryFileError, match=r"newer version of Donju.*update Donju"):
        SqliteStore(path)


def test_a_truncated_memory_is_called_damaged(path):
    store = SqliteStore(path, create=True)
    add(store, pairs=[(f"{n}번째 소식이다.", f"Item {n}.") for n in range(2000)])
    store.close()
    content = path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    with pytest.raises(MemoryFileError, match="damaged; restore it"):
        list(SqliteStore(path).units())


def test_a_closed_store_says_so(path):
    store = SqliteStore(path, create=True)
    store.close()
    with pytest.raises(MemoryFileError, match="closed"):
        store.change()


def test_no_question_about_a_unit_or_an_article_goes_through_all_units(store):
    add(store, "a")
    add(store, "b")
    store.delete_article("b", who="tester", why="test")
    asked = []
    store._connection.set_trace_callback(asked.append)
    for unit_id in (2, 5):
        unit = store.unit(unit_id)
        before, following = store.neighbours(unit)
        assert (before.id, following.id) == (unit_id - 1, unit_id + 1)
        store.exact(unit.source, "ko")
        store.history(unit_id)
    assert len(texts_of(store, article="a")) == len(texts_of(store, article="b", version=1)) == 3
    store.changes(article="a")
    store._connection.set_trace_callback(None)
    for statement in asked:
        if statement.lstrip().startswith(("SELECT", "WITH")):
            plan = store._connection.execute(f"EXPLAIN QUERY PLAN {statement}").fetchall()
            assert not [step for *_, step in plan if step.startswith(("SCAN u", "SCAN n"))]


# Several programs, full disks, sudden ends


def test_readers_see_the_last_whole_change_while_another_writes(path):
    writer = SqliteStore(path, create=True)
    add(writer, "a")
    reader = SqliteStore(path)
    with sqlite3.connect(path) as half_way:
        half_way.execute("BEGIN IMMEDIATE")
        half_way.execute("UPDATE units SET ended = 1")
        assert texts_of(reader) == list(PAIRS)
        half_way.rollback()


def test_a_second_writer_waits_and_then_says_that_another_is_writing(path):
    SqliteStore(path, create=True).close()
    store = SqliteStore(path, wait=0.2)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with pytest.raises(MemoryFileError, match=r"another program is writing.*; try again"):
        add(store)
    blocker.execute("ROLLBACK")
    assert add(store).status == "added"


def test_a_full_memory_file_leaves_whole_articles_only(path):
    store = SqliteStore(path, create=True)
    add(store, "small")
    (pages,) = store._connection.execute("PRAGMA page_count").fetchone()
    store._connection.execute(f"PRAGMA max_page_count = {pages + 5}")
    big = [(f"{n}번째 소식이 전해졌다.", f"Item {n} was reported.") for n in range(3000)]
    with pytest.raises(MemoryFileError, match="disk is full; free some space"):
        add(store, "big", big)
    assert [article.id for article in store.articles()] == ["small"]
    store.close()
    again = SqliteStore(path)
    assert texts_of(again) == list(PAIRS)
    assert add(again, "big", big).status == "added"


def no_room():
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def opened_without_room(path):
    return subprocess.run(
        [sys.executable, "-c", MAKER, str(path)],
        cwd=ROOT,
        preexec_fn=no_room,
        capture_output=True,
        text=True,
    )


MAKER = """
import sys
from tm.store.sqlite import SqliteStore

SqliteStore(sys.argv[1], create=True)
"""


def test_a_memory_that_could_not_be_made_leaves_no_file(path):
    made = opened_without_room(path)
    assert "the disk " in made.stderr.strip().splitlines()[-1]
    assert list(path.parent.iterdir()) == []


def test_a_file_that_was_there_stays_if_no_memory_can_be_made_of_it(path):
    path.touch()
    assert opened_without_room(path).returncode != 0
    assert path.exists()
    with pytest.raises(MemoryFileError, match="is empty"):
        SqliteStore(path)
    SqliteStore(path, create=True).close()


IMPORTER = """
import sys
from tm.store import ArticleRecord
from tm.store.sqlite import SqliteStore
from tm.unit import Provenance, TranslationUnit

store = SqliteStore(sys.argv[1], create=True)
for number in range(int(sys.argv[2]), 100000):
    name = f"article {number}"
    units = [
        TranslationUnit(f"{number}호 {i}번째 소식.", f"Item {i} of {number}.", Provenance(name, i))
        for i in range(number % 40 + 1)
    ]
    store.add(ArticleRecord(name), units, [], who="child", why="import")
    print(number, flush=True)
"""


def importer(path, start, **options):
    return subprocess.Popen(
        [sys.executable, "-c", IMPORTER, str(path), str(start)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        **options,
    )


def assert_whole(path):
    """Every article has all its units, and the index leads to them; returns how many articles."""
    store = SqliteStore(path)
    names = [article.id for article in store.articles()]
    for name in names:
        number = int(name.split()[1])
        assert len(texts_of(store, article=name)) == number % 40 + 1
    if names:
        assert index_holds(store, "en", f"Item 0 of {names[-1].split()[1]}.")
    assert store.check() == []
    store.close()
    return len(names)


def test_a_program_killed_while_importing_leaves_whole_articles(path):
    chance = random.Random(7)
    start = 0
    for _ in range(4):
        child = importer(path, start)
        for _ in range(chance.randint(3, 25)):
            stored = int(child.stdout.readline())
        time.sleep(chance.random() / 100)
        child.send_signal(signal.SIGKILL)
        child.communicate()
        start = assert_whole(path)
        assert start > stored


def test_a_quota_reached_while_importing_is_one_line_and_leaves_whole_articles(path):
    def small_files():
        resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))

    child = importer(path, 0, preexec_fn=small_files)
    _, errors = child.communicate()
    last = errors.strip().splitlines()[-1]
    assert last.startswith(f"align.errors.MemoryFileError: {path}: the disk ")
    assert "free some space" in last
    assert assert_whole(path) > 0


@pytest.fixture
def archive():
    """A folder that everyone may read."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o755)
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def told_as_nobody(action):
    """What ``action`` returns, or its error, in a process of a user who owns nothing."""
    receive, send = os.pipe()
    child = os.fork()
    if child == 0:
        if os.geteuid() == 0:
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)
        try:
            told = str(action())
        except BaseException as error:
            told = f"{type(error).__name__}: {error}"
        os.write(send, told.encode())
        os._exit(0)
    os.close(send)
    with os.fdopen(receive) as pipe:
        told = pipe.read()
    os.waitpid(child, 0)
    return told


def test_a_memory_in_a_read_only_folder_is_read_but_not_written(archive):
    path = archive / "news.tm"
    store = SqliteStore(path, create=True)
    add(store)
    store.close()
    path.chmod(0o444)
    archive.chmod(0o555)
    assert told_as_nobody(lambda: texts_of(SqliteStore(path))) == str(list(PAIRS))
    assert told_as_nobody(lambda: add(SqliteStore(path), "b")) == (
        f"MemoryFileError: {path}: the memory cannot be written; "
        "check the permissions of the file and of its folder"
    )
    assert texts_of(SqliteStore(path)) == list(PAIRS)


def test_an_old_memory_that_cannot_be_written_says_so(archive):
    path = archive / "news.tm"
    with closing(sqlite3.connect(path)) as connection:
        for statement in MIGRATIONS[0]:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute("PRAGMA user_version = 1")
    path.chmod(0o444)
    archive.chmod(0o555)
    assert told_as_nobody(lambda: SqliteStore(path)) == (
        f"MemoryFileError: {path}: made by an older version of Donju (format 1), and cannot be"
        " written to bring it up to date; copy it to where it can be written, and name the copy"
    )


def test_no_memory_is_made_where_nobody_may_write(archive):
    archive.chmod(0o555)
    told = told_as_nobody(lambda: SqliteStore(archive / "news.tm", create=True))
    assert told.startswith(f"MemoryFileError: {archive / 'news.tm'}: the memory cannot be opened;")
    assert list(archive.iterdir()) == []


def test_a_file_that_one_may_not_read_is_named(archive):
    path = archive / "news.tm"
    SqliteStore(path, create=True).close()
    path.chmod(0o600)
    if os.geteuid() != 0:
        path.chmod(0o000)
    told = told_as_nobody(lambda: SqliteStore(path))
    assert told.startswith(f"MemoryFileError: {path}: the memory cannot be opened;")
