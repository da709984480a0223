"""Several memories asked together, and what their matches pay."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.errors import InputError, MemoryFileError
from tm.memories import Choice, Memories
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.unit import Provenance, TranslationUnit

RICE = "혜산 장마당에서 쌀값이 크게 올랐다고 소식통이 전했다."


def make(path, *pairs, date="2021-01-01"):
    units = [TranslationUnit(ko, en, Provenance("", 0)) for ko, en in pairs]
    with Memory.open(path, create=True) as memory:
        memory.store.add(ArticleRecord("a", date=date), units, [], who="t", why="t")
    return path


def answers(found):
    return [(m.percent, m.kind, Path(m.memory).name, m.penalty, m.unit.target) for m in found]


@pytest.fixture
def own(tmp_path):
    return make(tmp_path / "own.tm", (RICE, "Own rendering."), ("밀값이 내렸다.", "Wheat fell."))


@pytest.fixture
def public(tmp_path):
    return make(
        tmp_path / "public.tm",
        (RICE, "Public rendering."),
        ("밀값이 내렸다.", "Wheat fell."),
        ("당국은 시장을 닫았다.", "Authorities closed the market."),
    )


def test_matches_of_less_trusted_memories_pay_and_come_later(own, public):
    with Memories.open([Choice(public, 10), Choice(own)]) as memories:
        assert answers(memories.match(RICE)) == [
            (100, "exact", "own.tm", 0, "Own rendering."),
            (90, "exact", "public.tm", 10, "Public rendering."),
        ]


def test_the_minimum_holds_after_the_penalty(own, public):
    with Memories.open([Choice(own), Choice(public, 10)]) as memories:
        assert [m.percent for m in memories.match(RICE, minimum=95)] == [100]
        assert memories.match("당국은 시장을 닫았다.", minimum=91) == []
        assert [m.percent for m in memories.match("당국은 시장을 닫았다.", minimum=90)] == [90]


def test_the_same_pair_comes_once_from_where_it_is_worth_most(own, public):
    with Memories.open([Choice(public, 5), Choice(own)]) as memories:
        assert answers(memories.match("밀값이 내렸다.")) == [
            (100, "exact", "own.tm", 0, "Wheat fell.")
        ]


def test_the_limit_holds_for_all_together_but_contradicting_exact_matches_are_all_shown(
    own, public
):
    with Memories.open([Choice(own), Choice(public)]) as memories:
        found = memories.match(RICE, limit=1)
        assert [m.unit.target for m in found] == ["Own rendering.", "Public rendering."]
        assert len(memories.match(RICE[:-1] + "!", limit=1)) == 1


def test_one_memory_alone_answers_as_it_does_by_itself(own):
    with Memories.open([Choice(own)]) as memories, Memory.open(own) as memory:
        for sentence in (RICE, RICE[:-1], "밀값이 내렸다고 했다.", "아무것도 아닌 문장"):
            alone = [(m.percent, m.kind, m.unit) for m in memory.match(sentence)]
            assert [(m.percent, m.kind, m.unit) for m in memories.match(sentence)] == alone


def test_a_memory_named_twice_is_asked_once(own):
    with Memories.open([Choice(own, 3), Choice(own)]) as memories:
        assert [m.percent for m in memories.match(RICE)] == [97]


def test_choices_are_read_with_and_without_a_penalty(tmp_path, monkeypatch):
    assert Choice.parse("public.tm:10") == Choice(Path("public.tm"), 10)
    assert Choice.parse("public.tm") == Choice(Path("public.tm"))
    assert Choice.parse("C:\\news\\own.tm") == Choice(Path("C:\\news\\own.tm"))
    with pytest.raises(InputError, match="101"):
        Choice.parse("public.tm:101")
    monkeypatch.chdir(tmp_path)
    Path("odd:7").touch()
    assert Choice.parse("odd:7") == Choice(Path("odd:7"))


def test_where_one_memory_is_missing_none_stays_open(own, tmp_path):
    with pytest.raises(MemoryFileError, match=r"missing\.tm"):
        Memories.open([Choice(own), Choice(tmp_path / "missing.tm")])


def test_phrases_say_which_memory_they_are_from(own, public):
    with Memories.open([Choice(own), Choice(public)]) as memories:
        (fragment,) = memories.fragments(
            "어제 혜산 장마당에서 쌀값이 내려 주민들이 기뻐했다고 했다."
        )
        assert Path(fragment.memory).name == "own.tm"


def test_the_command_asks_several_memories(donju, own, public):
    import json

    ran = donju("match", RICE, "-m", own, "-m", f"{public}:10", "--json")
    found = json.loads(ran.out)["matches"]
    assert [(m["percent"], m["penalty"], m["memory"]) for m in found] == [
        (100, 0, str(own)),
        (90, 10, str(public)),
    ]
    assert "90 % exact (less 10)" in donju("match", RICE, "-m", own, "-m", f"{public}:10").out


def test_the_command_takes_memory_and_penalty_from_the_environment(donju, public, monkeypatch):
    monkeypatch.setenv("DONJU_MEMORY", f"{public}:10")
    assert "90 % exact" in donju("match", RICE).out


def test_without_vectors_the_command_says_once_that_meanings_were_not_compared(donju, own, public):
    ran = donju("match", "전혀 다른 이야기를 하는 문장", "-m", own, "-m", public)
    assert ran.err.count("meanings were not compared") == 1
    quiet = donju("match", "전혀 다른 이야기를 하는 문장", "-m", own, "--no-semantic")
    assert quiet.err == ""
