"""Where a memory contradicts itself."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from align.alignment import Alignment
from tm.memory import Memory
from tm.quality.consistency import Inconsistency, find_inconsistencies
from tm.terms.termbase.lookup import Termbase, load_termbase

Aligner = Callable[..., Alignment]
ROOT = Path(__file__).resolve().parents[2]

LEFT = (
    ("장마당에 사람이 많았다.", "The market was crowded."),
    ("장마당에서 쌀을 팔았다.", "Rice was sold at the market."),
    ("보위부(비밀경찰)가 단속했다.", "The Ministry of State Security (MSS) cracked down."),
    ("보위부는 말이 없었다.", "The MSS said nothing."),
    ("돈주들이 배를 샀다.", "Donju (wealthy traders) bought boats."),
    ("돈주는 배를 고쳤다.", "A donju repaired the boats."),
    ("당국은 대책을 내놓지 않았다.", "The authorities offered no remedy."),
)
RIGHT = (
    ("장마당은 일찍 문을 닫았다.", "The black market closed early."),
    ("돈주들은 돈을 숨겼다.", "Donju hid their money."),
    ("당국은 대책을 내놓지 않았다.", "No solution came from the government."),
    ("비가 많이 왔다.", "It rained heavily."),
)


@pytest.fixture
def termbase(tmp_path: Path) -> Termbase:
    file = tmp_path / "house.tsv"
    file.write_text(
        "concept\tko\ten\tstatus\n"
        "market\t장마당\tmarket\tpreferred\nmarket\t장마당\tblack market\tforbidden\n"
        "mss\t보위부\tMinistry of State Security\tpreferred\nmss\t보위부\tMSS\tadmitted\n"
        "donju\t돈주\tdonju\tpreferred\n",
        encoding="utf-8",
    )
    return load_termbase(file)


@pytest.fixture
def papers(memory: Memory, alignment_of: Aligner) -> Memory:
    memory.add_alignment(
        alignment_of(LEFT), article="left", date="2022-01-05", translator="Ada Quill"
    )
    memory.add_alignment(
        alignment_of(RIGHT), article="right", date="2023-02-06", translator="Ben Rowe"
    )
    return memory


def of_kind(findings: list[Inconsistency], kind: str) -> list[Inconsistency]:
    return [finding for finding in findings if finding.kind == kind]


def test_a_forbidden_rendering_is_the_gravest_finding(papers: Memory, termbase: Termbase) -> None:
    findings = find_inconsistencies(papers, termbase=termbase)
    gravest = findings[0]
    assert (gravest.kind, gravest.subject, gravest.preferred) == ("status", "장마당", "market")
    assert gravest.uses[0].text == "black market"
    assert gravest.uses[0].translators == (("Ben Rowe", 1),)
    assert [f.severity for f in findings] == sorted((f.severity for f in findings), reverse=True)


def test_a_term_put_in_two_ways_says_who_when_and_how_often(
    papers: Memory, termbase: Termbase
) -> None:
    (finding,) = of_kind(find_inconsistencies(papers, termbase=termbase), "term")
    assert (finding.subject, finding.occurrences) == ("장마당", 3)
    assert (finding.dominant.text, finding.dominant.count) == ("market", 2)
    assert finding.dominant.share == pytest.approx(2 / 3)
    text = finding.explain()
    for part in ("장마당", "“market” 2", "Ada Quill 2", "2022-01-05", "black market", "Ben Rowe 1"):
        assert part in text


def test_abbreviations_and_glosses_are_one_way_of_putting_it(
    papers: Memory, termbase: Termbase
) -> None:
    findings = find_inconsistencies(papers, termbase=termbase, terms=["보위부", "돈주"])
    assert of_kind(findings, "term") == []


def test_the_same_korean_sentence_translated_twice_is_found(
    papers: Memory, termbase: Termbase
) -> None:
    (finding,) = of_kind(find_inconsistencies(papers, termbase=termbase), "sentence")
    assert finding.subject == "당국은 대책을 내놓지 않았다."
    assert {use.text for use in finding.uses} == {LEFT[-1][1], RIGHT[2][1]}
    assert "2 translations" in finding.explain()


def test_differences_of_quotation_marks_and_blanks_are_no_second_translation(
    memory: Memory, alignment_of: Aligner, termbase: Termbase
) -> None:
    memory.add_alignment(alignment_of([("“춥다”고 했다.", "“It is cold,” he said.")]), article="a")
    memory.add_alignment(alignment_of([("“춥다” 고 했다.", '"It is cold," he said.')]), article="b")
    assert find_inconsistencies(memory, termbase=termbase) == []


def test_a_memory_of_one_voice_has_no_findings(
    memory: Memory, alignment_of: Aligner, termbase: Termbase
) -> None:
    memory.add_alignment(alignment_of(LEFT), article="left")
    assert find_inconsistencies(memory, termbase=termbase) == []


def test_without_a_termbase_the_memory_s_own_words_are_compared(
    memory: Memory, alignment_of: Aligner
) -> None:
    first = [(f"인민반이 {i}번 모였다.", f"The inminban met {i} times.") for i in range(3, 7)]
    second = [
        (f"인민반은 {i}명을 보냈다.", f"The people's unit sent {i} men.") for i in range(3, 7)
    ]
    other = [(f"쌀값이 {i}원 올랐다.", f"Rice rose by {i} won.") for i in range(3, 9)]
    memory.add_alignment(alignment_of(first), article="a", translator="Ada Quill")
    memory.add_alignment(alignment_of(second), article="b", translator="Ben Rowe")
    memory.add_alignment(alignment_of(other), article="c")
    found = {f.subject: f for f in find_inconsistencies(memory)}
    assert {use.text for use in found["인민반"].uses} == {"inminban", "people's unit"}


def test_the_script_prints_findings_and_refuses_an_empty_folder(
    papers: Memory, path: Path, tmp_path: Path
) -> None:
    script = str(ROOT / "scripts" / "evaluate_consistency.py")
    done = subprocess.run([sys.executable, script, str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "findings in 11 units" in done.stdout
    assert "black market" in done.stdout
    empty = tmp_path / "empty"
    empty.mkdir()
    refused = subprocess.run([sys.executable, script, str(empty)], capture_output=True, text=True)
    assert refused.returncode == 2
    assert "no memory" in refused.stderr
