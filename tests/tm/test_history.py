"""Every change can be seen, and taken back; what is live is what the changes say."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
)

from align.errors import InputError
from tm.search.concordance import units_containing
from tm.store import ArticleRecord, Unaligned
from tm.store.sqlite import SqliteStore
from tm.unit import Details, Provenance, TranslationUnit

BY = {"who": "tester", "why": "test"}

PAIRS = (
    ("쌀값이 올랐다.", "Rice prices rose."),
    ("돈주가 투자했다.", "The donju invested."),
    ("상인들은 떠났다.", "The merchants left."),
)


def units(pairs=PAIRS, article="a"):
    return [TranslationUnit(ko, en, Provenance(article, i)) for i, (ko, en) in enumerate(pairs)]


def add(store, article="a", pairs=PAIRS, unaligned=()):
    return store.add(ArticleRecord(article), units(pairs, article), unaligned, **BY)


def ids(store):
    return [unit.id for unit in store.units()]


def said(store):
    """What the memory says now, without the numbers of its rows."""
    return [list(store.units(article=record.id)) for record in store.articles()]


@pytest.fixture
def store(path):
    opened = SqliteStore(path, create=True)
    add(opened)
    yield opened
    opened.close()


# Editing


def test_an_edited_unit_takes_the_place_of_the_old_one(store):
    first, second, third = store.units()
    edited = store.edit(second.id, target="The donju put money in.", **BY)
    assert edited.id > third.id
    assert edited == replace(second, target="The donju put money in.")
    assert list(store.units(article="a")) == [first, edited, third]
    assert store.neighbours(edited) == (first, third)
    assert store.unit(second.id) == second
    assert store.load([second.id, edited.id]) == [edited]
    assert store.live([first.id, second.id, edited.id]) == {first.id, edited.id}


def test_an_edited_text_is_found_and_the_old_one_is_not(store):
    store.edit(ids(store)[0], source="기름값이 올랐다.", **BY)
    assert store.exact("쌀값이 올랐다.", "ko") == []
    assert [unit.source for unit in store.exact("기름값이 올랐다.", "ko")] == ["기름값이 올랐다."]
    found = units_containing(store, "값이 올랐다", "ko")
    assert [unit.source for unit in found] == ["기름값이 올랐다."]


def test_a_judgement_changes_the_unit_where_it_stands(store):
    (first, *_) = ids(store)
    assert store.edit(first, status="approved", **BY).id == first
    assert store.set_status(ids(store), "approved", **BY) == 2
    assert {unit.status for unit in store.units()} == {"approved"}
    assert [(c.kind, c.born, c.ended, c.marked) for c in store.changes()] == [
        ("add", 3, 0, 0),
        ("edit", 0, 0, 1),
        ("status", 0, 0, 2),
    ]


def test_an_edit_that_changes_nothing_leaves_no_entry(store):
    (first, *_) = store.units()
    assert store.edit(first.id, target=first.target, status="draft", **BY) == first
    assert store.set_status([first.id], "draft", **BY) == 0
    assert store.change() == 1


def test_who_edits_what_somebody_else_has_edited_is_told_by_whom(store):
    (first, *_) = ids(store)
    newer = store.edit(first, target="Rice went up.", who="Lee Jina", why="style").id
    with pytest.raises(InputError, match=rf"unit {first} .*change 2 by Lee Jina .*unit {newer}"):
        store.edit(first, target="Rice rose.", expected=first, **BY)
    assert store.edit(first, target="Rice rose.", **BY).target == "Rice rose."


def test_a_deleted_unit_cannot_be_edited_or_deleted_again(store):
    (first, *_) = ids(store)
    assert store.delete([first], **BY) == 1
    for action in (
        lambda: store.edit(first, target="Rice rose.", **BY),
        lambda: store.delete([first], **BY),
        lambda: store.set_status([first], "approved", **BY),
    ):
        with pytest.raises(InputError, match=rf"unit {first} .*change 2 .*undo change 2"):
            action()
    assert store.change() == 2


def test_a_unit_that_never_was_is_named(store):
    with pytest.raises(InputError, match="no unit 77 in this memory"):
        store.delete([*ids(store), 77], **BY)
    with pytest.raises(InputError, match="no unit 77 in this memory"):
        store.history(77)
    assert len(ids(store)) == 3


def test_neighbours_close_over_a_deleted_unit(store):
    first, second, third = store.units()
    store.delete([second.id], **BY)
    assert store.neighbours(first) == (None, third)
    assert store.neighbours(third) == (first, None)


def test_a_deleted_article_is_gone_until_that_is_undone(store):
    add(store, "b")
    before = said(store)
    assert store.delete_article("a", **BY) == 3
    assert [record.id for record in store.articles()] == ["b"]
    assert store.unit_count() == 3
    with pytest.raises(InputError, match="no article 'a'"):
        store.delete_article("a", **BY)
    store.undo(3, **BY)
    assert said(store) == before


def test_what_a_person_said_of_texts_outlives_a_new_version(store):
    first, second, _ = ids(store)
    store.set_status([first], "approved", **BY)
    store.set_status([second], "rejected", **BY)
    add(store, pairs=(("눈이 왔다.", "It snowed."), *PAIRS[:1], (PAIRS[1][0], "Donju invest.")))
    assert [unit.status for unit in store.units()] == ["draft", "approved", "draft"]


# Undoing


@pytest.mark.parametrize(
    "change",
    [
        lambda store: add(store, "b"),
        lambda store: add(store, "a", PAIRS[:2], [Unaligned("ko", 0, "사진=본지")]),
        lambda store: store.edit(2, target="Donju invest.", **BY),
        lambda store: store.edit(2, target="Donju invest.", status="approved", **BY),
        lambda store: store.edit(2, date="2021-07-08", translator="Lee Jina", **BY),
        lambda store: store.edit(2, details=Details(notes=("checked",)), **BY),
        lambda store: store.set_status([1, 3], "rejected", **BY),
        lambda store: store.delete([1, 3], **BY),
        lambda store: store.delete_article("a", **BY),
        lambda store: store.import_units(units([("비", "Rain")], ""), ArticleRecord("a"), **BY),
        lambda store: store.import_units(units(PAIRS, "c"), ArticleRecord("f.tmx"), **BY),
    ],
)
def test_any_change_can_be_undone_and_done_again(store, change):
    before = said(store), store.unaligned("a")
    change(store)
    after = said(store), store.unaligned("a")
    assert after != before
    assert store.undo(2, **BY).undoes == 2
    assert (said(store), store.unaligned("a")) == before
    store.undo(3, **BY)
    assert (said(store), store.unaligned("a")) == after
    store.undo(4, **BY)
    assert (said(store), store.unaligned("a")) == before
    assert store.check() == []


def test_a_change_is_not_undone_while_a_later_one_stands_on_it(store):
    store.edit(1, target="Rice rose.", **BY)
    store.set_status([2], "approved", **BY)
    for later in (2, 3):
        with pytest.raises(InputError, match=f"change 1 cannot be undone: change {later} stands"):
            store.undo(1, **BY)
        store.undo(later, **BY)
    store.undo(1, **BY)
    assert store.unit_count() == 0
    assert store.articles() == []


def test_a_change_undone_is_not_undone_twice(store):
    store.delete([1], **BY)
    store.undo(2, **BY)
    with pytest.raises(InputError, match="undone already, by change 3; undo change 3"):
        store.undo(2, **BY)


def test_a_unit_deleted_and_brought_back_does_not_hinder(store):
    store.delete([1], **BY)
    store.undo(2, **BY)
    store.undo(1, **BY)
    assert store.unit_count() == 0


def test_a_deletion_is_not_undone_where_something_else_stands(store):
    store.delete([2], **BY)
    store.import_units([units([("눈이 왔다.", "It snowed.")])[0]], ArticleRecord("f"), **BY)
    there = TranslationUnit("비가 왔다.", "It rained.", Provenance("a", 1))
    store.import_units([there], ArticleRecord("f"), **BY)
    with pytest.raises(InputError, match="change 2 cannot be undone: change 4 stands on it"):
        store.undo(2, **BY)


def test_a_unit_that_came_again_with_another_status_hinders_and_its_change_is_named(store):
    store.set_status([1], "approved", **BY)
    again = [replace(unit, status="rejected") for unit in units()]
    store.add(ArticleRecord("a"), again, [], **BY)
    for change in (1, 2):
        with pytest.raises(InputError, match=f"change {change} cannot be undone: change 3 stands"):
            store.undo(change, **BY)


def test_an_import_that_replaced_units_is_undone_once_their_edits_are(store):
    noted = [replace(unit, details=Details(notes=("n",))) for unit in units()]
    assert store.import_units(noted, ArticleRecord("file"), **BY).replaced == 3
    edited = store.edit(5, target="Rice rose.", **BY)
    with pytest.raises(InputError, match="change 2 cannot be undone: change 3 stands on it"):
        store.undo(2, **BY)
    store.undo(3, **BY)
    store.undo(2, **BY)
    assert said(store) == [units()]
    assert [event.what for event in store.history(edited.id)] == ["born", *["replaced"] * 4]


def test_an_article_deleted_and_added_again_returns_only_when_that_is_undone(store):
    store.delete_article("a", **BY)
    add(store, pairs=PAIRS[:1])
    with pytest.raises(InputError, match="change 2 cannot be undone: change 3 stands on it"):
        store.undo(2, **BY)
    store.undo(3, **BY)
    store.undo(2, **BY)
    assert said(store) == [units()]


def test_many_units_are_ended_and_brought_back(path):
    store = SqliteStore(path.with_name("many.tm"), create=True)
    pairs = [(f"{n}번째 소식", f"Item {n}") for n in range(12_000)]
    store.import_units(units(pairs, ""), ArticleRecord("file"), **BY)
    store.undo(1, **BY)
    assert (store.unit_count(), store.check()) == (0, [])
    store.undo(2, **BY)
    assert [(unit.source, unit.target) for unit in store.units()] == pairs
    assert store.check() == []


def test_an_unknown_change_cannot_be_undone(store):
    with pytest.raises(InputError, match="no change 9 in this memory"):
        store.undo(9, **BY)


def test_the_history_of_a_unit_tells_all_its_forms(store):
    store.set_status([2], "approved", who="Han Sol", why="read")
    newer = store.edit(2, target="Donju invest.", who="Lee Jina", why="shorter").id
    store.delete([newer], **BY)
    store.undo(4, **BY)
    expected = [
        ("born", "The donju invested.", "draft", 1, "tester"),
        ("status", "The donju invested.", "approved", 2, "Han Sol"),
        ("replaced", "Donju invest.", "approved", 3, "Lee Jina"),
        ("ended", "Donju invest.", "approved", 4, "tester"),
        ("replaced", "Donju invest.", "approved", 5, "tester"),
    ]
    for any_form in (2, newer, ids(store)[-1]):
        told = [
            (e.what, e.unit.target, e.unit.status, e.change.number, e.change.who)
            for e in store.history(any_form)
        ]
        assert told == expected


def test_the_log_can_be_asked_for_an_article_or_the_last_entries(store):
    add(store, "b")
    store.delete([1], **BY)
    assert [c.number for c in store.changes(article="a")] == [1, 3]
    assert [c.number for c in store.changes(last=2)] == [2, 3]


# Any sequence of changes


TEXTS = ("돈주가 왔다.", "쌀값이 올랐다.", "눈이 왔다.", "한·미 회담", "")


@dataclass(frozen=True)
class Live:
    """What a model of the memory knows of one unit."""

    source: str
    target: str
    status: str = "draft"


@dataclass(frozen=True)
class World:
    """A model of a memory: by article, by position. Comparing two of them tells what changed."""

    articles: dict[str, dict[int, Live]] = field(default_factory=dict)

    def with_article(self, name, placed):
        rest = {other: units for other, units in self.articles.items() if other != name}
        return World(rest if placed is None else {**rest, name: placed})

    def with_unit(self, name, position, unit):
        placed = {at: live for at, live in self.articles[name].items() if at != position}
        return self.with_article(name, placed if unit is None else {**placed, position: unit})


class ChangingMemory(RuleBasedStateMachine):
    """Any sequence of changes, beside a model that knows nothing of rows, chains and indexes."""

    pairs = st.lists(
        st.tuples(st.sampled_from(TEXTS), st.sampled_from(("rice", "donju came", "it's snow"))),
        max_size=4,
    )
    names = st.sampled_from("ab")
    statuses = st.sampled_from(("draft", "approved", "rejected"))

    @initialize(folder=st.none())
    def open(self, folder):
        import tempfile
        from pathlib import Path

        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "m.tm"
        self.store = SqliteStore(self.path, create=True)
        self.world = World()
        self.worlds = [self.world]  # by number of change

    def teardown(self):
        if hasattr(self, "store"):
            self.store.close()
            self.folder.cleanup()

    def changed_to(self, world):
        """The model after an action; whether that was a change, the store has to agree."""
        if self.store.change() == len(self.worlds):
            self.worlds.append(world)
        else:
            assert world == self.world
        self.world = world

    @rule(name=names, pairs=pairs)
    def add(self, name, pairs):
        known = self.world.articles.get(name)
        added = add(self.store, name, pairs)
        if added.status == "unchanged":
            assert known is not None
            return
        assert (added.status == "added") == (known is None)
        judged = {}
        for _, live in sorted((known or {}).items()):
            judged.setdefault(live.source, []).append(live)
        placed = {}
        for position, (source, target) in enumerate(pairs):
            before = judged[source].pop(0) if judged.get(source) else None
            status = before.status if before and before.target == target else "draft"
            placed[position] = Live(source, target, status)
        self.changed_to(self.world.with_article(name, placed))

    @rule(name=names, pairs=pairs, claims=st.booleans())
    def import_units(self, name, pairs, claims):
        world = self.world
        given = [
            TranslationUnit(ko, en, Provenance(name if claims else "", i))
            for i, (ko, en) in enumerate(pairs)
        ]
        imported = self.store.import_units(given, ArticleRecord(name), **BY)
        assert imported.stored + imported.already == len(pairs)
        assert imported.replaced == 0
        for claim, (source, target) in enumerate(pairs):
            placed = world.articles.get(name, {})
            same = [(p.source, p.target) == (source, target) for p in placed.values()]
            if claims and claim not in placed:
                position = claim
            elif any(same):
                continue
            else:
                position = max(placed, default=-1) + 1
            unit = Live(source, target)
            world = world.with_article(name, {**placed, position: unit})
        self.changed_to(world)

    def some_unit(self, data):
        units = list(self.store.units())
        return data.draw(st.sampled_from(units)) if units else None

    @rule(data=st.data(), english=st.sampled_from(("rice", "oil")), status=st.none() | statuses)
    def edit(self, data, english, status):
        unit = self.some_unit(data)
        if unit is None:
            return
        self.store.edit(unit.id, target=english, status=status, expected=unit.id, **BY)
        where = unit.provenance
        live = Live(unit.source, english, status or unit.status)
        self.changed_to(self.world.with_unit(where.article, where.position, live))

    @rule(data=st.data(), status=statuses)
    def judge(self, data, status):
        unit = self.some_unit(data)
        if unit is None:
            return
        self.store.set_status([unit.id], status, **BY)
        where = unit.provenance
        live = Live(unit.source, unit.target, status)
        self.changed_to(self.world.with_unit(where.article, where.position, live))

    @rule(data=st.data())
    def delete(self, data):
        unit = self.some_unit(data)
        if unit is None:
            return
        self.store.delete([unit.id], **BY)
        where = unit.provenance
        self.changed_to(self.world.with_unit(where.article, where.position, None))

    @rule(name=names)
    def delete_article(self, name):
        if name in self.world.articles:
            self.store.delete_article(name, **BY)
            self.changed_to(self.world.with_article(name, None))

    @precondition(lambda self: len(self.worlds) > 1)
    @rule(data=st.data())
    def undo(self, data):
        number = data.draw(st.integers(1, len(self.worlds) - 1))
        is_last = number == len(self.worlds) - 1
        try:
            self.store.undo(number, **BY)
        except InputError as error:
            assert not is_last
            assert "stands on it" in str(error) or "undone already" in str(error)
            assert self.store.change() == len(self.worlds) - 1
            return
        self.changed_to(self.without(number))

    def without(self, number):
        """What the model says with one change taken back: where that made a difference, it is as
        before; all else is as it is now."""
        before, after, world = self.worlds[number - 1], self.worlds[number], self.world
        for name in {*before.articles, *after.articles}:
            old, new = before.articles.get(name), after.articles.get(name)
            if old is None or new is None:
                if old != new:
                    world = world.with_article(name, old)
                continue
            for position in {*old, *new}:
                one, other = old.get(position), new.get(position)
                if one == other:
                    continue
                if one and other and one == replace(other, status=one.status):
                    # A judgement is taken back; what was edited since stays.
                    one = replace(world.articles[name][position], status=one.status)
                world = world.with_unit(name, position, one)
        return world

    @rule()
    def reopen(self):
        self.store.close()
        self.store = SqliteStore(self.path)

    @invariant()
    def the_store_says_what_the_model_says(self):
        if not hasattr(self, "store"):
            return
        told = {record.id: {} for record in self.store.articles()}
        for unit in self.store.units():
            where = unit.provenance
            told[where.article][where.position] = Live(unit.source, unit.target, unit.status)
        assert told == self.world.articles

    @invariant()
    def the_index_says_what_the_store_says(self):
        if not hasattr(self, "store"):
            return
        assert self.store.check() == []


TestChangingMemory = ChangingMemory.TestCase
TestChangingMemory.settings = settings(max_examples=40, stateful_step_count=20, deadline=None)


def test_the_log_of_an_article_has_all_that_touched_it(store):
    add(store, "b")
    store.import_units(
        [TranslationUnit("새 글", "New", Provenance("a", -1))], ArticleRecord("file"), **BY
    )
    store.set_status([1, 2], "approved", **BY)
    store.set_status([3, 4], "rejected", **BY)
    store.delete([2, 5], **BY)
    store.delete([6], **BY)
    assert [change.number for change in store.changes(article="a")] == [1, 3, 4, 5, 6]
    assert [change.number for change in store.changes(article="a", last=2)] == [5, 6]
    assert [change.article for change in store.changes()][3:] == ["a", None, None, "b"]
