"""``donju terms extract``: lists, tables, and the dialogue, piped and on a real terminal."""

from __future__ import annotations

import csv
import json
import os
import select
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tm.commands.terming_extract import extract_command
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.terms.termbase.concepts import Concept, Term
from tm.unit import Provenance, TranslationUnit

ROOT = Path(__file__).resolve().parents[2]
PAIRS = Path(__file__).with_name("extract_pairs.tsv")
MARKED = "\x1b[1;36m"


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("extract") / "news.tm"
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    units = (
        TranslationUnit(row["ko"], row["en"], Provenance(row["article"], n))
        for n, row in enumerate(rows)
    )
    with Memory.open(path, create=True, who="tester") as memory:
        memory.import_units(units, ArticleRecord("all"))
    return path.read_bytes()


@pytest.fixture
def news(path: Path, original: bytes) -> Path:
    path.write_bytes(original)
    return path


Asked = Callable[..., Any]


@pytest.fixture
def ask(news: Path) -> Asked:
    """The command with answers from a pipe."""

    def run(answers: str, *options: str) -> Any:
        arguments = ["-m", str(news), "--termbase", "none", "--ask", *options]
        return CliRunner().invoke(extract_command, arguments, input=answers)

    return run


def own(path: Path) -> dict[str, Concept]:
    with Memory.open(path) as memory:
        return {stored.concept.id: stored.concept for stored in memory.concepts()}


def rejected(path: Path) -> dict[str, str]:
    with Memory.open(path) as memory:
        return {key: found.reason for key, found in memory.decisions("term").items()}


def listed(donju: Any, path: Path, *options: str) -> list[dict[str, Any]]:
    ran = donju("terms", "extract", "-m", path, "--termbase", "none", "--json", *options)
    assert ran.code == 0, ran.err
    found: list[dict[str, Any]] = json.loads(ran.out)["candidates"]
    return found


# Without questions


def test_the_list_has_a_line_for_each_pair_and_the_account_goes_to_standard_error(
    donju: Any, news: Path
) -> None:
    ran = donju("terms", "extract", "-m", news, "--list", "--limit", 5)
    assert len(ran.out.splitlines()) == 5
    assert "학교 = school" in ran.out
    assert "59 units read (59 of them new); left out: 6 boilerplate" in ran.err


def test_json_tells_all_of_a_candidate(donju: Any, news: Path) -> None:
    ran = donju("terms", "extract", "-m", news, "--json")
    told = json.loads(ran.out)
    assert told["units"] == 59
    assert told["left_out"] == {"rejected": 0, "repeated": 0, "boilerplate": 6, "too_long": 0}
    ministry = next(c for c in told["candidates"] if c["ko"] == "국가감독성")
    assert ministry["en"] == "Ministry of State Oversight"
    assert ministry["abbreviation"] == "MSO"
    example = ministry["examples"][0]
    start, end = example["source_spans"][0]
    assert example["unit"]["source"][start:end] == "국가감독성"


def test_a_table_has_one_line_for_each_pair(donju: Any, news: Path, tmp_path: Path) -> None:
    table = tmp_path / "terms.tsv"
    assert donju("terms", "extract", "-m", news, "--tsv", table).code == 0
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    pairs = {(row["ko"], row["en"]) for row in rows}
    assert {("돈주", "donju"), ("돈주", "moneyed investors")} <= pairs
    assert all(row["example_ko"] and row["example_en"] for row in rows)


def test_a_table_that_cannot_be_written_is_told(donju: Any, news: Path, tmp_path: Path) -> None:
    ran = donju("terms", "extract", "-m", news, "--tsv", tmp_path / "none" / "terms.tsv")
    assert ran.code == 2
    assert "cannot be written" in ran.err


def test_limits_narrow_what_is_listed(donju: Any, news: Path) -> None:
    everything = listed(donju, news)
    assert len(listed(donju, news, "--min-count", 5)) < len(everything)
    assert len(listed(donju, news, "--min-confidence", 0.9)) < len(everything)
    assert len(listed(donju, news, "--limit", 3)) == 3
    with Memory.open(news) as memory:
        memory.put_concept(Concept("donju", terms=(Term("돈주", "ko"), Term("donju", "en"))))
    assert "돈주" not in {c["ko"] for c in listed(donju, news, "--new-only")}
    assert "돈주" in {c["ko"] for c in listed(donju, news)}


def test_without_a_terminal_nothing_is_asked(donju: Any, news: Path) -> None:
    ran = donju("terms", "extract", "-m", news)
    assert "ccept" not in ran.out
    assert "학교 = school" in ran.out


# The dialogue, piped


def test_accepted_pairs_become_the_houses_own_terms(ask: Asked, news: Path) -> None:
    ran = ask("a\ns\na\nq\n")
    assert "2 accepted, 1 skipped" in ran.output
    concepts = own(news)
    assert len(concepts) == 2
    school = concepts["학교"]
    assert [(term.text, term.status, term.pos) for term in school.english] == [
        ("school", "preferred", "noun")
    ]
    assert school.english[0].source == "extracted from news.tm"
    assert "school" in school.english[0].context


def test_an_abbreviation_goes_in_with_what_it_stands_for(ask: Asked, news: Path) -> None:
    ask("\n".join(_answers(ask, "국가감독성", "a")))
    ministry = own(news)["국가감독성"]
    assert [(term.text, term.status, term.pos) for term in ministry.english] == [
        ("Ministry of State Oversight", "preferred", "proper"),
        ("MSO", "admitted", ""),
    ]


def _answers(ask: Asked, term: str, answer: str) -> list[str]:
    """Skip until ``term`` is shown, answer that, and quit."""
    shown = [line for line in ask("s\n" * 200).output.splitlines() if " = " in line]
    number = next(n for n, line in enumerate(shown) if line.startswith(f"{term} = "))
    return [*["s"] * number, answer, "q", ""]


def test_a_second_voice_is_admitted_into_the_same_concept(ask: Asked, news: Path) -> None:
    number = len(_answers(ask, "돈주", "a")) - 3
    ask("\n".join([*["s"] * number, "a", "a", "q", ""]))
    assert [(term.text, term.status) for term in own(news)["돈주"].english] == [
        ("donju", "preferred"),
        ("moneyed investors", "admitted"),
    ]


def test_what_is_edited_goes_in_as_edited(ask: Asked, news: Path) -> None:
    ask("e\n소학교\nprimary school\nq\n")
    assert [term.text for term in own(news)["소학교"].terms] == ["소학교", "primary school"]


def test_rejected_pairs_are_remembered_with_the_reason_and_do_not_come_again(
    ask: Asked, news: Path, donju: Any
) -> None:
    ran = ask("r\nno term of ours\nr\n\nq\n")
    assert "2 rejected" in ran.output
    decided = rejected(news)
    assert decided["학교\tschool"] == "no term of ours"
    assert len(decided) == 2
    assert not {f"{c['ko']}\t{c['en']}" for c in listed(donju, news)} & set(decided)


def test_an_accepted_pair_is_not_asked_again(ask: Asked) -> None:
    assert "학교 = school" in ask("a\nq\n").output
    assert "학교 = school" not in ask("q\n").output


def test_answers_that_are_none_are_asked_again(ask: Asked, news: Path) -> None:
    ran = ask("x\n\nz\na\nq\n")
    assert "1 accepted" in ran.output
    assert len(own(news)) == 1


def test_answers_that_end_keep_what_was_decided(ask: Asked, news: Path) -> None:
    ran = ask("a\n")
    assert ran.exit_code == 1
    assert "1 accepted" in ran.output
    assert len(own(news)) == 1


def test_an_empty_term_is_refused_and_the_next_one_shown(ask: Asked, news: Path) -> None:
    ran = ask("e\n학교\n \x01\na\nq\n")
    assert "not accepted" in ran.output
    assert "학교" not in own(news)
    assert len(own(news)) == 1


# On a real terminal

pty = pytest.importorskip("pty", reason="needs a Unix terminal")


class Terminal:
    """The command in a terminal of its own."""

    def __init__(self, *arguments: str):
        master, slave = pty.openpty()
        environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tm", "terms", "extract", *arguments],
            cwd=ROOT,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**environment, "PYTHONPATH": str(ROOT)},
            start_new_session=True,
            preexec_fn=_take_terminal,
        )
        os.close(slave)
        self._master = master
        self.shown = ""
        self._seen = 0

    def wait_for(self, text: str) -> None:
        """Read until ``text`` is shown after what was waited for last."""
        while text not in self.shown[self._seen :]:
            assert self._read(), f"{text!r} was not shown:\n{self.shown[self._seen :]}"
        self._seen = self.shown.index(text, self._seen) + len(text)

    def answer(self, key: str) -> None:
        """Press a key at the next question, once the command waits for single keys."""
        import termios

        self.wait_for("(q)uit")
        while termios.tcgetattr(self._master)[3] & termios.ICANON:
            time.sleep(0.01)
        self.write(key)

    def write(self, keys: str) -> None:
        os.write(self._master, keys.encode())

    def end(self) -> int:
        while self._read():
            pass
        os.close(self._master)
        return self._process.wait()

    def _read(self) -> bool:
        ready, _, _ = select.select([self._master], [], [], 300)
        try:
            data = os.read(self._master, 65536) if ready else b""
        except OSError:  # the other end is closed
            return False
        self.shown += data.decode(errors="replace")
        return bool(data)


def _take_terminal() -> None:
    import fcntl
    import termios

    fcntl.ioctl(0, termios.TIOCSCTTY, 0)


@pytest.fixture
def terminal(news: Path) -> Iterator[Terminal]:
    yield Terminal("-m", str(news), "--termbase", "none")


def test_single_keys_decide_and_both_sides_are_highlighted(terminal: Terminal, news: Path) -> None:
    terminal.answer("a")
    terminal.answer("r")
    terminal.wait_for("why")
    terminal.write("too plain\r")
    terminal.answer("q")
    assert terminal.end() == 0
    assert f"{MARKED}학교" in terminal.shown
    assert f"{MARKED}school" in terminal.shown
    assert "1 accepted, 1 rejected" in terminal.shown
    assert len(own(news)) == 1
    assert list(rejected(news).values()) == ["too plain"]


def test_interruption_loses_nothing_that_was_decided(terminal: Terminal, news: Path) -> None:
    terminal.answer("a")
    terminal.answer("a")
    terminal.answer("\x03")
    assert terminal.end() == 130
    assert "2 accepted" in terminal.shown
    assert "interrupted" in terminal.shown
    assert len(own(news)) == 2


def test_interruption_while_editing_loses_nothing(terminal: Terminal, news: Path) -> None:
    terminal.answer("a")
    terminal.answer("e")
    terminal.wait_for("Korean")
    terminal.write("\x03")
    assert terminal.end() == 130
    assert len(own(news)) == 1
