"""The commands ``donju terms``: looking, changing, files, checks."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tm.memory import Memory

Command = Callable[..., Any]


@pytest.fixture
def house(path: Path) -> Path:
    """A memory without terms."""
    Memory.open(path, create=True, who="tester").close()
    return path


def told(ran: Any) -> Any:
    assert ran.code == 0, ran.err
    return json.loads(ran.out)


# Looking


def test_terms_are_listed_by_text_domain_and_status(donju: Command, house: Path) -> None:
    donju("terms", "add", "돈주", "money master", "--domain", "slang", "-m", house)
    lines = donju("terms", "list", "돈주", "-m", house).out.splitlines()
    assert lines[0] == "돈주: 돈주 = money master"
    assert any(line.startswith("donju: 돈주 = donju (admitted)") for line in lines[1:])
    assert donju("terms", "list", "--domain", "slang", "-m", house).out.splitlines() == lines[:1]
    assert donju("terms", "list", "--own", "-m", house).out.splitlines() == lines[:1]
    forbidden = told(
        donju("terms", "list", "--status", "forbidden", "--termbase", "none", "-m", house, "--json")
    )
    assert forbidden == []


def test_own_terms_are_asked_for_only_where_it_is_known_which_memory_has_them(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    for ran in (
        donju("terms", "list", "--own"),
        donju("terms", "export", tmp_path / "own.tsv", "--own"),
    ):
        assert ran.code == 2 and "--memory" in ran.err
    assert not (tmp_path / "own.tsv").exists()


def test_a_term_is_shown_with_what_to_write_instead(donju: Command) -> None:
    ran = donju("terms", "show", "money owner")
    assert ran.code == 0
    (line,) = [line for line in ran.out.splitlines() if "money owner" in line]
    assert "forbidden" in line and "instead: donju" in line
    (shown,) = told(donju("terms", "show", "donju", "--json"))
    assert shown["id"] == "donju" and "version" not in shown


def test_what_no_termbase_has_is_an_error_with_a_remedy(donju: Command) -> None:
    ran = donju("terms", "show", "없는말")
    assert ran.code == 2 and "없는말" in ran.err and "terms list" in ran.err


def test_all_terms_of_a_sentence_are_found_with_their_renderings(donju: Command) -> None:
    found = told(donju("terms", "find", "국가 보위성이 돈주들을 불렀다.", "--json"))
    assert [(one["term"], one["span"]) for one in found] == [
        ("국가보위성", [0, 6]),
        ("돈주", [8, 10]),
    ]
    assert found[1]["renderings"][0] == {
        "text": "donju",
        "status": "preferred",
        "instead": "",
        "note": found[1]["renderings"][0]["note"],
    }


def test_terms_of_an_english_sentence_are_found_too(donju: Command) -> None:
    ran = donju("terms", "find", "Donju hid from the Ministry of State Security's agents.")
    assert "Ministry of State Security: 국가보위성" in ran.out
    assert ran.out.startswith("Donju: 돈주\n")
    ran = donju("terms", "find", "Money owners came.")
    assert ran.out == "Money owners (forbidden, write donju): 돈주\n"


# Changing


def test_a_term_is_added_edited_deleted_and_its_history_told(donju: Command, house: Path) -> None:
    m = ("-m", house, "--who", "Lee Jina")
    added = told(donju("terms", "add", "빙두", "ice", "--pos", "noun", *m, "--json"))
    assert (added["id"], added["version"]) == ("빙두", 1)
    donju("terms", "add", "빙두", "crystal", "--status", "forbidden", "--instead", "ice", *m)
    donju("terms", "edit", "빙두", "--term", "ice", "--text", "meth", "--valid-from", "2020", *m)
    donju("terms", "edit", "빙두", "--definition", "Methamphetamine", *m)
    (shown,) = told(donju("terms", "show", "meth", "--termbase", "none", "-m", house, "--json"))
    assert shown["definition"] == "Methamphetamine"
    assert [(t["text"], t["status"], t["valid_from"]) for t in shown["terms"]] == [
        ("빙두", "preferred", ""),
        ("meth", "preferred", "2020"),
        ("crystal", "forbidden", ""),
    ]
    donju("terms", "delete", "빙두", "--term", "crystal", *m)
    ran = donju("terms", "delete", "빙두", *m)
    assert "change 6" in ran.out
    events = told(donju("terms", "history", "빙두", "-m", house, "--json"))
    assert [event["what"] for event in events] == ["born", *["replaced"] * 4, "ended"]
    assert events[0]["change"]["who"] == "Lee Jina"
    donju("memory", "undo", 6, "-m", house)
    assert "빙두 = meth" in donju("terms", "list", "--own", "-m", house).out


def test_editing_a_bundled_concept_makes_it_the_houses_own(donju: Command, house: Path) -> None:
    ran = donju("terms", "edit", "donju", "--term", "money owner", "--note", "Never", "-m", house)
    assert ran.code == 0
    with Memory.open(house) as memory:
        stored = memory.concept("donju")
        assert stored is not None
        notes = {term.text: term.note for term in stored.concept.terms}
        assert notes["money owner"] == "Never"
        assert "wealthy entrepreneur" in notes


def test_a_korean_term_is_renamed_with_what_renders_it(donju: Command, house: Path) -> None:
    donju("terms", "add", "보위부", "bowibu", "--concept", "mss-own", "-m", house)
    donju("terms", "add", "국가보위성", "MSS", "--concept", "mss-own", "-m", house)
    donju("terms", "edit", "mss-own", "--term", "보위부", "--text", "보위국", "-m", house)
    with Memory.open(house) as memory:
        entries = [(e.ko, e.en) for e in memory.termbase()]
    assert entries == [("보위국", "bowibu"), ("국가보위성", "MSS")]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("edit", "nothing", "--note", "x"), "no concept 'nothing'"),
        (("edit", "donju"), "nothing is said to be changed"),
        (("edit", "donju", "--status", "forbidden"), "of which term"),
        (("edit", "donju", "--term", "없다", "--note", "x"), "no term '없다'"),
        (("delete", "donju"), "no concept 'donju'"),
        (("history", "donju"), "no concept 'donju'"),
        (("add", "돈주", "donju", "--valid-from", "May"), "not a date"),
        (("add", " ", "donju"), "empty"),
        (("import", "none.tbx"), "none.tbx"),
        (("import", "terms.doc"), ".doc"),
        (("export", "terms.doc"), ".doc"),
        (("list", "--on", "May"), "not a date"),
    ],
)
def test_what_cannot_be_done_is_one_line_with_a_remedy(
    donju: Command, house: Path, arguments: tuple[str, ...], words: str
) -> None:
    ran = donju("terms", *arguments, "-m", house)
    assert ran.code == 2
    assert words in ran.err and len(ran.err.splitlines()) == 1
    with Memory.open(house) as memory:
        assert memory.changes() == []


def test_a_rendering_that_is_there_is_not_added_again(donju: Command, house: Path) -> None:
    donju("terms", "add", "돈주", "donju", "-m", house)
    ran = donju("terms", "add", "돈주", "donju", "-m", house)
    assert ran.code == 2 and "is there already" in ran.err


# Files

_CLIENT = (
    "ko,en,status,note\n"
    "돈주,donju,,\n"
    "돈주,money master,forbidden,\n"
    "돈주,donju,,\n"
    "빙두,ice,good,\n"
    "빙두,meth,,\n"
)


def test_an_import_accounts_for_every_line(donju: Command, house: Path, tmp_path: Path) -> None:
    client = tmp_path / "client.csv"
    client.write_text(_CLIENT, encoding="utf-8")
    donju("terms", "add", "돈주", "money master", "-m", house)
    dry = told(donju("terms", "import", client, "--dry-run", "-m", house, "--json"))
    with Memory.open(house) as memory:
        assert len(memory.changes()) == 1
    done = told(donju("terms", "import", client, "-m", house, "--json"))
    assert done == dry
    (report,) = done["termbases"]
    assert (
        report["read"]
        == 5
        == report["added"] + report["already"] + len(report["conflicts"] + report["refused"])
    )
    assert (report["added"], report["already"]) == (2, 0)
    assert [one["place"] for one in report["conflicts"]] == ["line 3"]
    assert [one["place"] for one in report["refused"]] == ["line 5", "line 4"]
    again = donju("terms", "import", client, "-m", house)
    assert "5 renderings read = 0 added + 2 already there + 1 conflict + 2 refused" in again.out
    assert (
        "line 3: 돈주 = money master is forbidden here and preferred in the termbase" in again.err
    )
    donju("memory", "undo", 2, "-m", house)
    assert donju("terms", "list", "--own", "-m", house).out == "돈주: 돈주 = money master\n"


def test_a_concept_of_a_file_can_take_the_place_of_the_one_there(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    donju("terms", "add", "돈주", "money master", "--concept", "c1", "-m", house)
    client = tmp_path / "client.tsv"
    client.write_text("concept\tko\ten\nc1\t돈주\tdonju\n", encoding="utf-8")
    donju("terms", "import", client, "--replace", "-m", house)
    assert donju("terms", "list", "--own", "-m", house).out == "c1: 돈주 = donju\n"


def test_an_id_that_means_something_else_there_is_told_apart(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    donju("terms", "add", "돈주", "donju", "--concept", "c1", "-m", house)
    client = tmp_path / "client.tsv"
    client.write_text("concept\tko\ten\nc1\t빙두\tice\n", encoding="utf-8")
    donju("terms", "import", client, "-m", house)
    lines = donju("terms", "list", "--own", "-m", house).out.splitlines()
    assert lines == ["c1: 돈주 = donju", "client:c1: 빙두 = ice"]


def own(donju: Command, house: Path) -> list[str]:
    return list(donju("terms", "list", "--own", "-m", house).out.splitlines())


def test_nothing_is_lost_of_a_file_with_one_id_for_several_concepts(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    words = [("돈주", "donju"), ("빙두", "ice"), ("장마당", "market"), ("장마당", "jangmadang")]
    entries = "".join(
        f'<conceptEntry id="c1"><langSec xml:lang="ko"><termSec><term>{ko}</term></termSec>'
        f'</langSec><langSec xml:lang="en"><termSec><term>{en}</term></termSec></langSec>'
        "</conceptEntry>"
        for ko, en in words
    )
    client = tmp_path / "client.tbx"
    head = '<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2">'
    client.write_text(f"{head}<text><body>{entries}</body></text></tbx>", encoding="utf-8")
    told = [
        "c1: 돈주 = donju",
        "client:c1: 빙두 = ice",
        "client:c1-2: 장마당 = market; jangmadang",
    ]
    donju("terms", "import", client, "-m", house)
    assert own(donju, house) == told
    again = donju("terms", "import", client, "-m", house)
    assert "0 added + 4 already there" in again.out
    donju("terms", "import", client, "--replace", "-m", house)
    assert own(donju, house) == told


def test_what_a_replaced_concept_said_is_not_taken_to_be_there_still(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    donju("terms", "add", "돈주", "money master", "--concept", "c1", "-m", house)
    client = tmp_path / "client.tsv"
    client.write_text(
        "concept\tko\ten\nc1\t돈주\tdonju\nc2\t돈주\tmoney master\n", encoding="utf-8"
    )
    donju("terms", "import", client, "--replace", "-m", house)
    assert own(donju, house) == ["c1: 돈주 = donju", "c2: 돈주 = money master"]


def test_columns_and_cells_that_are_not_kept_are_told(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    client = tmp_path / "client.csv"
    client.write_text("ko,en,en,,\n돈주,donju,tycoon,seen,\n빙두,ice,,,,meth\n", encoding="utf-8")
    ran = donju("terms", "import", client, "-m", house)
    assert "the columns en, 4 (without a name) are not kept" in ran.err
    assert "refused: line 3: it has 6 cells, more than there are columns (5)" in ran.err
    assert own(donju, house) == ["돈주: 돈주 = donju"]


def test_a_cell_of_any_length_is_read(donju: Command, house: Path, tmp_path: Path) -> None:
    client = tmp_path / "client.tsv"
    client.write_text(f"ko\ten\tnote\n돈주\tdonju\t{'x' * 200_000}\n", encoding="utf-8")
    assert "1 added" in donju("terms", "import", client, "-m", house).out


@pytest.mark.parametrize("day", ["2016-02-30", "2016-13", "２０１６", "0000"])
def test_a_day_that_no_calendar_has_is_refused(donju: Command, house: Path, day: str) -> None:
    donju("terms", "add", "돈주", "donju", "-m", house)
    ran = donju("terms", "edit", "돈주", "--term", "donju", "--valid-from", day, "-m", house)
    assert ran.code == 2 and f"not a date: '{day}'" in ran.err


@pytest.mark.parametrize("style", ["dca", "dct", "v2"])
def test_terms_go_out_as_tbx_and_into_another_memory(
    donju: Command, house: Path, tmp_path: Path, style: str
) -> None:
    donju("terms", "add", "돈주", "donju", "--note", "Gloss it", "-m", house)
    donju("terms", "add", "돈주", "money master", "--status", "forbidden", "-m", house)
    out, other = tmp_path / "house.tbx", tmp_path / "other.tm"
    assert "1 concept " in donju("terms", "export", out, "--own", "--style", style, "-m", house).out
    assert donju("import", out, "-m", other).code == 0
    with Memory.open(house) as before, Memory.open(other) as after:
        assert after.termbase().concepts == before.termbase().concepts != ()


def test_the_bundled_terms_go_out_with_the_houses_own_over_them(
    donju: Command, house: Path, tmp_path: Path
) -> None:
    donju("terms", "add", "돈주", "money master", "-m", house)
    out = tmp_path / "all.tsv"
    donju("terms", "export", out, "-m", house)
    shown = donju("terms", "show", "돈주", "--termbase", out, "--json")
    statuses = {t["text"]: t["status"] for concept in told(shown) for t in concept["terms"]}
    assert statuses["money master"] == "preferred" and statuses["donju"] == "admitted"


# Checks


def check(donju: Command, folder: Path, **files: str) -> list[str]:
    for name, text in files.items():
        (folder / f"{name}.tsv").write_text("concept\tko\ten\tstatus\tpos\n" + text, "utf-8")
    ran = donju("terms", "check", folder)
    assert (ran.code == 1) == (not ran.out.endswith("nothing found\n"))
    return list(ran.out.splitlines())


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("c\t돈주\tdonju\t\t\nc\t돈주\tmoney master\t\t\n", 3, "two preferred renderings"),
        ("c\t돈주\tdonju\t\t\nd\t돈주\tdonju\t\t\n", 3, "stands in concept c too (a.tsv, line 2)"),
        ("c\t돈주\tdonju\t\t\nd\t돈주\ttycoon\t\t\n", 3, "neither definition nor note"),
        ("c\t돈주\tdonju\tforbidden\t\nd\t돈주\tdonju\t\t\n", 3, "forbidden in concept c"),
        ("c\t돈주\ttycoon\tforbidden\t\n", 2, "no rendering that may be written"),
        ("c\t돈주\tdonju\tadmitted\t\nc\t돈주\ttycoon\tforbidden\t\n", 3, "what to write instead"),
        (
            "c\t김철\tKim Chol\t\tproper\nc\t김철\tKim Il-chol\tadmitted\tproper\n"
            "c\t김철\tKim Ilchol\tadmitted\tproper\n",
            4,
            "spellings of one name",
        ),
        ("c\t돈주\tdonju\t\t\nc\t돈주\tdonju\tadmitted\t\n", 3, "stands in line 2 already"),
        ("c\t돈주\tdonju\tgood\t\n", 2, "unknown status"),
    ],
)
def test_what_contradicts_itself_is_told_with_file_and_line(
    donju: Command, tmp_path: Path, text: str, line: int, words: str
) -> None:
    lines = check(donju, tmp_path, a=text)
    assert any(told.startswith(f"a.tsv, line {line}: ") and words in told for told in lines), lines


def test_a_contradiction_between_two_files_names_both(donju: Command, tmp_path: Path) -> None:
    (line,) = check(donju, tmp_path, a="c\t돈주\tdonju\t\t\n", b="d\t돈주\tdonju\t\t\n")
    assert line == "b.tsv, line 2: 돈주 = donju stands in concept c too (a.tsv, line 2)"


def test_renderings_of_different_times_do_not_contradict(donju: Command, tmp_path: Path) -> None:
    file = tmp_path / "a.tsv"
    file.write_text(
        "ko\ten\tvalid_from\tvalid_until\n보위부\tSSD\t\t2016\n보위부\tMSS\t2017\t\n", "utf-8"
    )
    ran = donju("terms", "check", file)
    assert (ran.code, ran.out) == (0, "1 concept: nothing found\n")


def test_the_houses_own_terms_are_checked_too(donju: Command, house: Path) -> None:
    donju("terms", "add", "돈주", "donju", "-m", house)
    donju("terms", "add", "돈주", "tycoon", "-m", house)
    ran = donju("terms", "check", "-m", house, "--json")
    assert ran.code == 1
    (problem,) = json.loads(ran.out)["problems"]
    assert (problem["place"], problem["kind"]) == ("concept 돈주", "two preferred")


def test_nothing_is_wrong_with_the_bundled_terms(donju: Command) -> None:
    from corpora import TERMBASE

    ran = donju("terms", "check", TERMBASE)
    assert ran.code == 0, ran.out


# Everywhere


def test_own_terms_stand_over_the_bundled_ones_where_terms_are_asked_for(
    donju: Command, house: Path, alignment_of: Callable[..., Any]
) -> None:
    with Memory.open(house) as memory:
        pairs = [("돈주가 왔다.", "A moneyed trader came."), ("돈주가 갔다.", "A donju left.")]
        memory.add_alignment(alignment_of(pairs), article="a")
    donju("terms", "add", "돈주", "moneyed trader", "-m", house)
    donju("terms", "add", "돈주", "donju", "--status", "deprecated", "-m", house)
    renderings = told(donju("suggest", "돈주", "-m", house, "--json"))["renderings"]
    statuses = {one["text"]: one["status"] for one in renderings}
    assert statuses["moneyed trader"] == "preferred" and statuses["donju"] == "deprecated"
