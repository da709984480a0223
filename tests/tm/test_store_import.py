"""A file's units go in once, whole, in their place; the numbers add up."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError, MemoryFileError
from tm.store import ArticleRecord, Imported
from tm.store.sqlite import SqliteStore
from tm.unit import Code, Context, Details, Provenance, TranslationUnit

BY = {"who": "tester", "why": "test"}

PAIRS = (
    ("쌀값이 올랐다.", "Rice prices rose."),
    ("돈주가 투자했다.", "The donju invested."),
    ("상인들은 떠났다.", "The merchants left."),
)

FULL = Details(
    Context("앞 문장.", "", "seg-1"),
    source_codes=(Code(3, "<b>"), Code(5, "</b>")),
    target_codes=(Code(0, '<bpt i="1">{\\b</bpt>'),),
    notes=("한 번 더 볼 것", ""),
    created="19000101T000000Z",
    created_by="hong",
    changed="20190131T235900Z",
    changed_by="lee",
    used=0,
    last_used="20200101T000000Z",
    kept=(("tu/prop@x-client", "신문"), ("tu/prop@x-client", "잡지")),
)


def told(pair, article="", position=-1, details=None, **about):
    return TranslationUnit(*pair, Provenance(article, position, **about), details=details)


def bring(store, *units, name="file.tmx", **about):
    return store.import_units(iter(units), ArticleRecord(name, **about), **BY)


def texts(store, article="file.tmx"):
    return [(unit.source, unit.target) for unit in store.units(article=article)]


@pytest.fixture
def store(path):
    opened = SqliteStore(path, create=True)
    yield opened
    opened.close()


# Where units go


def test_units_without_article_belong_to_the_file_in_its_order(store):
    assert bring(store, *map(told, PAIRS), date="2021-07-08") == Imported(3, 0, 0)
    assert texts(store) == list(PAIRS)
    listed = list(store.units())
    assert [unit.provenance.position for unit in listed] == [0, 1, 2]
    assert {unit.provenance.date for unit in listed} == {"2021-07-08"}
    assert store.neighbours(listed[1]) == (listed[0], listed[2])
    (change,) = store.changes()
    assert (change.kind, change.article, change.born) == ("import", "file.tmx", 3)
    assert store.check() == []


def test_units_that_name_an_article_keep_their_places_in_it(store):
    units = [told(PAIRS[0], "market", 7), told(PAIRS[1], "talks", 0), told(PAIRS[2], "market", 2)]
    bring(store, *units)
    assert {record.id for record in store.articles()} == {"market", "talks"}
    assert sorted(store.units(), key=lambda u: u.source) == sorted(units, key=lambda u: u.source)


def test_a_place_that_is_taken_by_another_text_is_not_given_away(store):
    bring(store, told(PAIRS[0], "market", 0))
    assert bring(store, told(PAIRS[1], "market", 0)) == Imported(1, 0, 0)
    assert [u.provenance.position for u in store.units(article="market")] == [0, 1]
    assert bring(store, told(PAIRS[1], "market", 0)) == Imported(0, 1, 0)


def test_units_are_added_to_what_an_article_has(store):
    bring(store, told(PAIRS[0]))
    bring(store, told(PAIRS[1]), told(PAIRS[0]), told(PAIRS[2]))
    assert texts(store) == list(PAIRS)
    assert [record.version for record in store.articles()] == [1]


def test_all_that_is_told_of_a_unit_comes_back(store):
    unit = TranslationUnit(
        "쌀", "rice", Provenance("a", 4, "Han Sol", "2020-02-02", "TM 1"), 0.25, "approved", FULL
    )
    bring(store, unit, date="2021-07-08")
    assert list(store.units()) == [unit]


details = st.builds(
    Details,
    context=st.none() | st.builds(Context, *[st.none() | st.text(max_size=3)] * 3),
    source_codes=st.lists(st.builds(Code, st.integers(0, 9), st.text(max_size=3))).map(tuple),
    notes=st.lists(st.text(max_size=3), max_size=2).map(tuple),
    changed=st.none() | st.text(max_size=3),
    used=st.none() | st.integers(0, 10**6),
    kept=st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=2).map(tuple),
)


@given(
    units=st.lists(
        st.builds(
            TranslationUnit,
            st.sampled_from(["눈", "비", "눈  ", ""]),
            st.sampled_from(["snow", "rain"]),
            st.builds(
                Provenance,
                st.sampled_from(["a", "b"]),
                st.integers(0, 4),
                st.none() | st.just("Han Sol"),
                st.none() | st.just("2020-01-01"),
            ),
            st.floats(0, 1),
            st.sampled_from(["draft", "approved", "rejected"]),
            st.none() | details,
        ),
        max_size=8,
    )
)
@settings(max_examples=60, deadline=None)
def test_what_one_memory_gives_out_another_takes_in_as_it_is(units, tmp_path_factory):
    folder = tmp_path_factory.mktemp("copies")
    first = SqliteStore(folder / "first.tm", create=True)
    imported = bring(first, *units)
    assert imported.stored + imported.already == len(units)
    second = SqliteStore(folder / "second.tm", create=True)
    bring(second, *first.units())

    def by_place(store):
        return {(u.provenance.article, u.provenance.position): u for u in store.units()}

    assert by_place(second) == by_place(first)
    again = second.import_units(first.units(), ArticleRecord("again"), **BY)
    assert (again.stored, again.already) == (0, first.unit_count())
    assert second.change() <= 1
    assert first.check() == second.check() == []
    first.close()
    second.close()


# What is there already


def test_a_file_imported_again_changes_nothing(store):
    units = [told(pair, details=FULL) for pair in PAIRS]
    bring(store, *units)
    assert bring(store, *units) == Imported(0, 3, 0)
    assert store.change() == 1


def test_repetitions_in_a_file_are_stored_once_and_counted(store):
    assert bring(store, *map(told, PAIRS), *map(told, PAIRS)) == Imported(3, 3, 0)


def test_the_same_texts_in_another_context_are_another_unit(store):
    one, other = (told(PAIRS[0], details=Details(Context(key=key))) for key in "12")
    assert bring(store, one, other) == Imported(2, 0, 0)
    assert bring(store, other, one) == Imported(0, 2, 0)


def test_the_same_texts_in_another_article_are_another_unit(store):
    bring(store, told(PAIRS[0]))
    assert bring(store, told(PAIRS[0]), name="other.tmx") == Imported(1, 0, 0)


def test_other_details_replace_the_unit_and_keep_the_old_form(store):
    bring(store, told(PAIRS[0], details=FULL))
    newer = replace(FULL, used=5)
    assert bring(store, told(PAIRS[0], details=newer)) == Imported(1, 0, 1)
    (unit,) = store.units()
    assert unit.details == newer
    assert [event.what for event in store.history(unit.id)] == ["born", "replaced"]
    assert store.unit(1).details == FULL


def test_a_file_that_is_older_replaces_nothing(store):
    bring(store, told(PAIRS[0], details=FULL))
    older = replace(FULL, used=5, changed="20180131T235900Z")
    assert bring(store, told(PAIRS[0], details=older)) == Imported(0, 1, 0)


@pytest.mark.parametrize(
    ("changed", "done"), [("20200101T000000Z", (1, 0, 1)), ("20180101T000000Z", (1, 0, 0))]
)
def test_another_target_replaces_a_unit_only_if_it_is_newer(store, changed, done):
    bring(store, told(PAIRS[0], "market", 0, FULL))
    other = replace(FULL, changed=changed)
    changed_unit = told((PAIRS[0][0], "Rice went up."), "market", 0, other)
    assert bring(store, changed_unit) == Imported(*done)
    assert bring(store, changed_unit) == Imported(0, 1, 0)


def test_a_judgement_outlives_an_import_that_knows_of_none(store):
    bring(store, told(PAIRS[0]))
    store.set_status([1], "approved", **BY)
    assert bring(store, told(PAIRS[0])) == Imported(0, 1, 0)
    noted = told(PAIRS[0], details=Details(notes=("한 번 더 볼 것",)))
    bring(store, noted)
    assert [unit.status for unit in store.units()] == ["approved"]
    rejected = replace(noted, status="rejected")
    bring(store, rejected)
    assert [unit.status for unit in store.units()] == ["rejected"]


def test_batches_know_of_each_other(store):
    many = [told((f"{n % 3000}번째 소식", f"item {n % 3000}")) for n in range(7000)]
    assert bring(store, *many) == Imported(3000, 4000, 0)
    assert bring(store, *many[:3000]) == Imported(0, 3000, 0)


# All or nothing


def test_a_file_that_breaks_off_leaves_nothing(store):
    def broken():
        yield from map(told, PAIRS * 1000)
        raise InputError("line 7: not XML")

    with pytest.raises(InputError, match="line 7"):
        store.import_units(broken(), ArticleRecord("file.tmx"), **BY)
    assert (store.change(), store.articles(), store.unit_count()) == (0, [], 0)
    assert bring(store, *map(told, PAIRS)) == Imported(3, 0, 0)


def test_half_a_surrogate_pair_is_refused_with_its_place(store):
    with pytest.raises(InputError, match=r"file\.tmx, unit 1: character 0 .*half a surrogate"):
        bring(store, told(PAIRS[0]), told(("쌀", "\ud83d")))
    with pytest.raises(InputError, match="half a surrogate"):
        bring(store, told(PAIRS[0], details=Details(notes=("\udc00",))))
    assert store.change() == 0


def test_a_file_needs_a_name(store):
    with pytest.raises(InputError, match="needs an id"):
        bring(store, told(PAIRS[0]), name=" ")


def test_an_empty_file_leaves_no_entry(store):
    assert bring(store) == Imported(0, 0, 0)
    assert store.change() == 0


# Beside others


def test_readers_do_not_wait_for_an_import(path, store):
    bring(store, told(PAIRS[0]), name="before")
    seen = []

    def units():
        reader = SqliteStore(path, wait=0.1)
        seen.append([unit.source for unit in reader.units()])
        seen.append([unit.source for unit in reader.exact(PAIRS[0][0], "ko")])
        reader.close()
        yield from map(told, PAIRS)

    store.import_units(units(), ArticleRecord("file.tmx"), **BY)
    assert seen == [[PAIRS[0][0]], [PAIRS[0][0]]]
    assert store.unit_count() == 4


def test_a_second_writer_waits_until_the_import_is_done(path, store):
    written = threading.Event()
    second = []

    def write():
        other = SqliteStore(path, wait=30)
        written.set()
        second.append(bring(other, told(PAIRS[1]), name="second"))
        other.close()

    thread = threading.Thread(target=write)

    def units():
        thread.start()
        written.wait()
        yield from map(told, PAIRS)

    store.import_units(units(), ArticleRecord("first"), **BY)
    thread.join()
    assert second == [Imported(1, 0, 0)]
    assert [change.article for change in store.changes()] == ["first", "second"]
    assert store.check() == []


def test_a_second_writer_that_has_waited_enough_is_told_so(path, store):
    def units():
        other = SqliteStore(path, wait=0.1)
        with pytest.raises(MemoryFileError, match=r"another program is writing .*; try again"):
            bring(other, told(PAIRS[1]), name="second")
        other.close()
        yield told(PAIRS[0])

    assert store.import_units(units(), ArticleRecord("first"), **BY).stored == 1


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (TranslationUnit("가", "a", Provenance("", 0), float("nan")), "confidence nan"),
        (TranslationUnit("가", "a", Provenance("", 0), float("inf")), "confidence inf"),
        (TranslationUnit("가", "a", Provenance("", 0), 1.0, "done"), "status 'done'"),
    ],
)
def test_what_is_no_confidence_or_status_is_refused_with_its_place(store, unit, told):
    with pytest.raises(InputError, match=f"file, unit 0: .*{told}"):
        store.import_units([unit], ArticleRecord("file"), **BY)
    assert store.change() == 0


def test_a_position_beyond_all_articles_is_no_place(store):
    for position in (2**53, 2**63 - 1, 2**70):
        unit = TranslationUnit(f"{position}번째", "a", Provenance("a", position))
        store.import_units([unit], ArticleRecord("file"), **BY)
    assert [unit.provenance.position for unit in store.units(article="a")] == [0, 1, 2]
