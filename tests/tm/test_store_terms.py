"""The house's own terms in the memory file: versions, undo, two people, damage, killed programs."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.errors import InputError, MemoryFileError
from tm.exchange.term_import import take_terms
from tm.exchange.terms import Located
from tm.memory import Memory
from tm.store.salvage import repair
from tm.store.sqlite import SqliteStore
from tm.store.texts import DAMAGED_CONCEPT
from tm.terms.termbase.concepts import Concept, Term

ROOT = Path(__file__).resolve().parents[2]
BY = {"who": "tester", "why": "test"}

DONJU = Concept(
    "donju",
    "economy",
    terms=(
        Term("돈주", "ko"),
        Term("donju", "en"),
        Term("money master", "en", "forbidden", note="Mistranslation"),
    ),
)
PLAIN = replace(DONJU, terms=DONJU.terms[:2])
ICE = Concept("ice", "drugs", terms=(Term("빙두", "ko"), Term("ice", "en")))


def concepts(memory: Memory) -> list[Concept]:
    return list(memory.termbase().concepts)


# What is kept


def test_a_concept_is_there_after_reopening(memory: Memory, path: Path) -> None:
    memory.put_concept(DONJU)
    memory.close()
    with Memory.open(path) as again:
        assert concepts(again) == [DONJU]
        assert [e.status for e in again.termbase().korean("돈주")] == ["preferred", "forbidden"]


def test_the_same_again_changes_nothing(memory: Memory) -> None:
    first = memory.put_concept(DONJU)
    assert memory.put_concept(DONJU) == first
    assert memory.store.change() == 1


def test_the_termbase_is_read_again_only_after_a_change_to_terms(
    memory: Memory, path: Path
) -> None:
    memory.put_concept(DONJU)
    first = memory.termbase()
    assert memory.termbase() is first
    memory.decide("term", "돈주\tdonju", "rejected")
    assert memory.termbase() is first
    with Memory.open(path, who="another") as other:
        other.put_concept(ICE)
    assert concepts(memory) == [DONJU, ICE]


def test_what_lacks_a_language_or_a_character_is_refused_and_nothing_is_stored(
    memory: Memory,
) -> None:
    half = replace(DONJU, note="\ud800")
    for wrong in (replace(DONJU, terms=DONJU.english), half):
        with pytest.raises(InputError):
            memory.put_concepts([ICE, wrong])
    assert concepts(memory) == [] and memory.changes() == []


def test_history_tells_who_has_made_it_what(memory: Memory) -> None:
    memory.put_concept(PLAIN, who="Lee Jina", why="first")
    memory.put_concept(DONJU, who="Han Sol", why="mistranslation seen")
    memory.delete_concept("donju")
    memory.undo(3)
    events = memory.concept_history("donju")
    assert [(e.what, e.concept) for e in events] == [
        ("born", PLAIN),
        ("replaced", DONJU),
        ("ended", DONJU),
        ("born", DONJU),
    ]
    assert [(e.change.who, e.change.why) for e in events[:2]] == [
        ("Lee Jina", "first"),
        ("Han Sol", "mistranslation seen"),
    ]
    assert [(c.kind, c.concepts) for c in memory.changes()] == [("terms", 1)] * 3 + [("undo", 1)]


def test_what_is_not_there_has_no_history_and_cannot_be_deleted(memory: Memory) -> None:
    for ask in (memory.concept_history, memory.delete_concept):
        with pytest.raises(InputError, match="no concept 'donju'"):
            ask("donju")


# Two people


def test_an_update_that_would_be_lost_is_refused_with_name_and_change(memory: Memory) -> None:
    seen = memory.put_concept(PLAIN)
    memory.put_concept(DONJU, expected=seen, who="Han Sol", why="mistranslation seen")
    with pytest.raises(InputError, match=r"change 2 by Han Sol .*mistranslation seen"):
        memory.put_concept(replace(PLAIN, note="mine"), expected=seen)
    with pytest.raises(InputError, match="is no longer what it was"):
        memory.delete_concept("donju", expected=seen)
    assert concepts(memory) == [DONJU]


def test_an_import_does_not_overwrite_what_was_changed_while_the_file_was_read(
    memory: Memory, path: Path
) -> None:
    memory.put_concept(PLAIN)
    more = replace(PLAIN, terms=(*PLAIN.terms, Term("moneyed class", "en", "admitted")))

    def lines() -> Iterator[Located]:
        yield Located(ICE, "line 2")
        with Memory.open(path, who="Han Sol") as other:
            other.put_concept(DONJU, why="mistranslation seen")
        yield Located(more, "line 3")

    with pytest.raises(InputError, match=r"change 2 by Han Sol .*mistranslation seen"):
        take_terms(Path("client.tsv"), lines(), memory)
    assert concepts(memory) == [DONJU]


def test_a_new_concept_does_not_overwrite_one_of_the_same_id(memory: Memory) -> None:
    memory.put_concept(DONJU)
    with pytest.raises(InputError, match="already"):
        memory.put_concept(PLAIN, expected=0)


def test_what_was_deleted_meanwhile_is_not_brought_back_by_an_edit(memory: Memory) -> None:
    seen = memory.put_concept(DONJU)
    memory.delete_concept("donju", who="Han Sol")
    with pytest.raises(InputError, match="change 2 by Han Sol"):
        memory.put_concept(PLAIN, expected=seen)


# Undo


def test_a_change_is_taken_back_and_that_too(memory: Memory) -> None:
    memory.put_concepts([PLAIN, ICE])
    memory.put_concept(DONJU)
    memory.undo(2)
    assert concepts(memory) == [PLAIN, ICE]
    memory.undo(3)
    assert concepts(memory) == [DONJU, ICE]
    with pytest.raises(InputError, match="change 1 cannot be undone: change 4 stands on it"):
        memory.undo(1)
    memory.undo(4)
    memory.undo(1)
    assert concepts(memory) == []


def test_undone_twice_is_refused_with_the_change_that_did_it(memory: Memory) -> None:
    memory.put_concept(DONJU)
    memory.undo(1)
    with pytest.raises(InputError, match="undone already, by change 2"):
        memory.undo(1)


def test_a_concept_edited_and_edited_back_hinders_nobody(memory: Memory) -> None:
    memory.put_concept(PLAIN)
    memory.put_concept(DONJU)
    memory.put_concept(PLAIN)
    memory.undo(1)
    assert concepts(memory) == []


_STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from([PLAIN, DONJU, ICE])),
        st.tuples(st.just("delete"), st.sampled_from(["donju", "ice"])),
        st.tuples(st.just("undo"), st.integers(1, 8)),
    ),
    max_size=8,
)


@settings(max_examples=40, deadline=None)
@given(steps=_STEPS)
def test_undoing_the_last_change_gives_what_was_before(
    steps: list[tuple[str, object]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("terms") / "news.tm"
    with Memory.open(path, create=True, who="tester") as memory:
        for what, value in steps:
            before, change = concepts(memory), memory.store.change()
            try:
                if what == "put":
                    memory.put_concept(value)  # type: ignore[arg-type]
                elif what == "delete":
                    memory.delete_concept(value)  # type: ignore[arg-type]
                else:
                    memory.undo(value)  # type: ignore[arg-type]
            except InputError:
                assert concepts(memory) == before
                continue
            if memory.store.change() > change:
                after = concepts(memory)
                undone = memory.undo(change + 1)
                assert concepts(memory) == before
                memory.undo(undone.number)
                assert concepts(memory) == after
        assert memory.check() == []


# Decisions


def test_decisions_are_remembered_replaced_taken_back_and_undone(memory: Memory) -> None:
    memory.decide("term", "돈주\tmoney", "rejected", reason="too short")
    memory.decide("finding", "17:price", "fine")
    (found,) = memory.decisions("term").values()
    assert (found.about, found.verdict, found.reason, found.who) == (
        "돈주\tmoney", "rejected", "too short", "tester",
    )  # fmt: skip
    memory.decide("term", "돈주\tmoney", "accepted")
    memory.decide("term", "돈주\tmoney", None)
    assert memory.decisions("term") == {}
    memory.undo(4)
    assert memory.decisions("term")["돈주\tmoney"].verdict == "accepted"
    assert list(memory.decisions("finding")) == ["17:price"]
    assert [change.decisions for change in memory.changes()] == [1] * 5


def test_a_decision_on_nothing_is_refused(memory: Memory) -> None:
    for kind, key, verdict in (("", "k", "v"), ("term", " ", "v"), ("term", "k", "")):
        with pytest.raises(InputError, match="empty"):
            memory.decide(kind, key, verdict)


# Copies and damage


def test_a_backup_holds_terms_and_decisions(memory: Memory, tmp_path: Path) -> None:
    memory.put_concept(DONJU)
    memory.decide("term", "k", "rejected")
    memory.backup(tmp_path / "copy.tm")
    with Memory.open(tmp_path / "copy.tm") as copy:
        assert concepts(copy) == [DONJU]
        assert list(copy.decisions("term")) == ["k"]
        assert copy.check() == []


@pytest.fixture
def kept(memory: Memory, path: Path) -> Path:
    """The file of a memory with terms, closed."""
    memory.put_concept(PLAIN)
    memory.put_concepts([DONJU, ICE])
    memory.decide("term", "돈주\tmoney", "rejected")
    memory.close()
    return path


def changed(path: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(path) as other:
        other.execute(statement, values)
    other.close()


def test_one_byte_changed_in_a_concept_is_found_and_put_right(kept: Path) -> None:
    changed(kept, "UPDATE concepts SET content = replace(content, 'donju', 'conju') WHERE id='ice'")
    changed(
        kept,
        "UPDATE concepts SET content = replace(content, 'master', 'masted')"
        " WHERE id = 'donju' AND ended IS NULL",
    )
    with Memory.open(kept) as memory:
        (told,) = memory.check()
        assert told.place == "form 2 of the house's concepts" and "one byte" in told.problem
    assert repair(kept, who="tester").left == []
    with Memory.open(kept) as memory:
        assert concepts(memory) == [DONJU, ICE]


def test_a_wrong_key_or_id_is_mended(kept: Path) -> None:
    changed(kept, "UPDATE concepts SET key = key + 1, id = 'x' WHERE id = 'ice'")
    assert repair(kept, who="tester").left == []
    with Memory.open(kept) as memory:
        assert concepts(memory) == [DONJU, ICE]


def test_a_concept_of_which_nobody_can_tell_what_it_was_says_so(kept: Path) -> None:
    changed(
        kept,
        "UPDATE concepts SET content = replace(content, '\"ice\"', '\"sky\"') WHERE id = 'ice'",
    )
    changed(kept, "UPDATE concepts SET content = 'gone' WHERE id = 'donju' AND ended IS NULL")
    with pytest.raises(MemoryFileError, match="repair"), Memory.open(kept) as memory:
        memory.termbase()
    assert repair(kept, who="tester").left == []
    with Memory.open(kept) as memory:
        notes = [concept.note for concept in concepts(memory)]
        assert len(notes) == 2 and all(note.startswith(DAMAGED_CONCEPT) for note in notes)
        assert "gone" in " ".join(notes)


def test_terms_are_saved_from_a_broken_file(kept: Path) -> None:
    with sqlite3.connect(kept) as other:
        (page,) = other.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'articles_current'"
        ).fetchone()
    with kept.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(b"\xff" * 4096)
    found = repair(kept, who="tester")
    with Memory.open(found.saved or kept) as memory:
        assert concepts(memory) == [DONJU, ICE]
        assert list(memory.decisions("term")) == ["돈주\tmoney"]
        assert memory.check() == []


# Killed programs

_WRITER = """
import sys
from contextlib import closing
from tm.memory import Memory
from tm.terms.termbase.concepts import Concept, Term

with Memory.open(sys.argv[1], create=True, who="writer") as memory:
    for number in range(int(sys.argv[2]), 100_000):
        memory.put_concepts(
            [
                Concept(f"c{n}", note=str(number), terms=(Term("돈주", "ko"), Term("donju", "en")))
                for n in range(30)
            ]
        )
        print(number, flush=True)
"""


def test_a_killed_program_leaves_whole_changes(tmp_path: Path) -> None:
    path, chance, number = tmp_path / "news.tm", random.Random(5), 0
    for _ in range(6):
        arguments = [sys.executable, "-c", _WRITER, str(path), str(number)]
        with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(chance.randrange(1, 6)):
                number = int(child.stdout.readline())
            child.send_signal(signal.SIGKILL)
            number = int((child.stdout.read().split() or [number])[-1])
        with closing(SqliteStore(path)) as store:
            stored = store.concepts()
            notes = {one.concept.note for one in stored}
            assert len(stored) == 30 and len(notes) == 1
            assert int(notes.pop()) in (number, number + 1)
            assert store.check() == []
        number += 2
