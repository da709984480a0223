"""``donju memory``: history, undo, editing and upkeep from the command line."""

from __future__ import annotations

import json
import sqlite3

import pytest

from tm.memory import Memory

VERBS = (
    "stats", "articles", "history", "undo", "edit", "approve", "reject", "delete",
    "check", "repair", "compact", "backup", "dedupe",
)  # fmt: skip


@pytest.fixture
def told(news, donju):
    """What ``donju memory VERB … --json`` prints for the memory of two articles."""
    news.close()

    def run(verb, *args, code=0):
        ran = donju("memory", verb, *args, "-m", news.store.path, "--json")
        assert (ran.code, ran.err) == (code, "")
        return json.loads(ran.out)

    return run


@pytest.fixture
def said(news, donju):
    """What it prints for people."""
    news.close()

    def run(verb, *args, code=0):
        ran = donju("memory", verb, *args, "-m", news.store.path)
        assert ran.code == code
        return ran.out if code < 2 else ran.err

    return run


@pytest.mark.parametrize("verb", VERBS)
def test_the_help_of_every_command_shows_an_example(verb, donju):
    ran = donju("memory", verb, "--help")
    assert ran.code == 0
    assert f"  donju memory {verb}" in ran.out.split("Options:")[0]


def test_a_unit_is_edited_judged_deleted_and_brought_back(told):
    edited = told("edit", 2, "--target", "Donju invested.", "--who", "Lee Jina", "--why", "shorter")
    assert (edited["id"], edited["target"]) == (8, "Donju invested.")
    assert told("approve", 8, 1, "--who", "Han Sol") == {"units": 2, "change": 4}
    assert told("approve", 8) == {"units": 0, "change": None}
    assert told("reject", "--article", "talks") == {"units": 3, "change": 5}
    assert told("delete", 8) == {"units": 1, "change": 6}
    undone = told("undo", 6)
    assert (undone["kind"], undone["undoes"], undone["born"]) == ("undo", 6, 1)
    assert [
        (event["what"], event["change"]["who"], event["unit"]["target"], event["unit"]["status"])
        for event in told("history", 2)
    ][1:3] == [
        ("replaced", "Lee Jina", "Donju invested.", "draft"),
        ("status", "Han Sol", "Donju invested.", "approved"),
    ]
    log = told("history")
    assert [change["number"] for change in log] == list(range(1, 8))
    assert log[2]["why"] == "shorter"
    assert [change["number"] for change in told("history", "--last", 2)] == [6, 7]
    stats = told("stats")
    assert (stats["units"], stats["approved"], stats["rejected"], stats["change"]) == (7, 2, 3, 7)


def test_an_edit_that_changes_nothing_says_so(said):
    assert said("edit", 1) == "nothing changed\n"
    assert len(said("history").splitlines()) == 2


def test_an_article_is_deleted_and_brought_back(said):
    assert said("delete", "--article", "talks") == "3 units deleted (change 3)\n"
    assert "talks" not in said("articles")
    assert said("undo", 3) == "change 3 undone by change 4: 3 in\n"
    assert "talks" in said("articles")
    assert "talks: article deleted (3 out)" in said("history")


def test_the_life_of_a_unit_is_told_in_words(said):
    said("edit", 1, "--target", "Rice rose.", "--why", "shorter")
    out = said("history", 1)
    assert "born: aligned articles added" in out
    assert "replaced: shorter" in out
    assert out.index("Rice prices rose") < out.index("Rice rose.")


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (("undo", 1, "--why", "x"), None),
        (("undo", 10**20), "a number is higher than any in a memory"),
        (("history", 10**20), "a number is higher than any in a memory"),
        (("delete", 10**20), "a number is higher than any in a memory"),
        (("edit", 10**20, "--target", "x"), "a number is higher than any in a memory"),
        (("edit", 1, "--target", " "), "a unit has two texts, and one would be empty"),
        (("edit", 1, "--target", "\udcff"), "unit 1: character 0 of a text is half"),
        (
            ("edit", 1, "--target", "x", "--why", "\udcff"),
            "not text: '?'; set the terminal to UTF-8",
        ),
        (("delete", "--article", "\udcff"), "not text: '?'; set the terminal to UTF-8"),
        (("history", "--article", "nowhere"), "no article 'nowhere' was ever in this memory"),
        (("undo", 99), "no change 99 in this memory"),
        (("edit", 99, "--target", "x"), "no unit 99 in this memory"),
        (("edit", 1, "--date", "soon"), "not a date: 'soon'; write it as 2021-07-08"),
        (("approve",), "units or an article; give numbers of units, or --article NAME"),
        (("approve", 1, "--article", "talks"), "units or an article"),
        (("reject", "--article", "nowhere"), "no article 'nowhere' with units in this memory"),
        (("delete", "--article", "nowhere"), "no article 'nowhere' in this memory"),
    ],
)
def test_what_cannot_be_done_is_one_line(said, args, message):
    if message is None:
        assert said(*args).startswith("change 1 undone by change 3")
    else:
        err = said(*args, code=2)
        assert err.startswith(f"donju: {message}")
        assert err.count("\n") == 1


def test_a_sound_memory_checks_out_and_a_damaged_one_is_mended(told, said, news):
    assert told("check")["problems"] == []
    with sqlite3.connect(news.store.path) as other:
        other.execute("UPDATE units SET source_key = 1 WHERE id = 3")
    (problem,) = told("check", code=1)["problems"]
    assert (problem["place"], problem["mendable"]) == ("unit 3", True)
    out = said("check", code=1)
    assert "unit 3: cannot be found by its texts" in out
    assert "1 problem\n" in out
    mended = told("repair")
    assert (len(mended["problems"]), mended["left"], mended["saved"]) == (1, [], None)
    assert said("check").endswith("no problems\n")


def test_a_copy_is_made_and_none_written_over(told, said, tmp_path):
    copy = tmp_path / "copy.tm"
    assert told("backup", copy)["bytes"] == copy.stat().st_size
    with Memory.open(copy) as opened:
        assert opened.unit_count() == 7
    assert "is there already" in said("backup", copy, code=2)


def test_a_memory_is_compacted(told):
    sizes = told("compact")
    assert sizes["after"] <= sizes["before"]


def test_repetitions_are_counted_before_they_go(said, told, news, alignment_of):
    with Memory.open(news.store.path) as opened:
        pairs = [(unit.source, unit.target) for unit in opened.units(article="talks")]
        opened.add_alignment(alignment_of(pairs), article="reprint")
    assert said("dedupe", "--dry-run").endswith(
        "3 units that repeat one of 3 others would be taken out\n"
    )
    assert told("stats")["units"] == 10
    assert told("dedupe")["units"] == 3
    assert told("stats")["units"] == 7
    assert said("dedupe").endswith("0 units taken out\n")
