"""Checks of a translation: labelled cases, what a finding holds, the command, waivers."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align import align
from align.errors import InputError
from tm.memory import Memory
from tm.quality.checks import CHECKS, Checker, check_memory, check_pair, check_unit, chosen
from tm.quality.checks.amounts_en import english_amounts
from tm.quality.checks.amounts_ko import korean_amounts
from tm.quality.findings import Finding
from tm.quality.waivers import unwaive, waive, waivers, without_waived
from tm.terms.termbase.concepts import Concept, Term
from tm.terms.termbase.lookup import Termbase
from tm.unit import Provenance, TranslationUnit

HERE = Path(__file__).parent
EVERY = chosen([check.id for check in CHECKS])
Donju = Callable[..., Any]


def unit(ko: str, en: str, position: int = 0) -> TranslationUnit:
    return TranslationUnit(ko, en, Provenance("story", position))


def found(ko: str, en: str, *, ids: frozenset[str] = EVERY) -> list[str]:
    return [finding.check for finding in check_unit(unit(ko, en), Checker(ids))]


def house_terms(*terms: tuple[str, str, str]) -> Termbase:
    concepts: dict[str, Concept] = {}
    for ko, en, status in terms:
        concept = concepts.get(ko, Concept(ko, terms=(Term(ko, "ko"),)))
        concepts[ko] = Concept(ko, terms=(*concept.terms, Term(en, "en", status)))  # type: ignore[arg-type]
    return Termbase(tuple(concepts.values()))


# Labelled cases


def cases(name: str) -> list[dict[str, Any]]:
    lines = (HERE / f"check_cases_{name}.jsonl").read_text(encoding="utf-8").split("\n")
    return [json.loads(line) for line in lines if line]


def tally(name: str) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """How often each check was right, spoke without reason, and kept silent, on labelled cases."""
    right: Counter[str] = Counter()
    false: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    for case in cases(name):
        checker = Checker(EVERY, house_terms(*map(tuple, case.get("terms", ()))))
        said = {f.check for f in check_unit(unit(case["ko"], case["en"]), checker)}
        expected = set(case["expect"])
        right.update(said & expected)
        false.update(said - expected)
        missed.update(expected - said)
    return right, false, missed


@pytest.mark.parametrize("name", ["dev", "blind"])
def test_checks_that_are_on_are_right_nine_times_in_ten(name: str) -> None:
    right, false, _ = tally(name)
    for check in CHECKS:
        said = right[check.id] + false[check.id]
        if check.on and said >= 10:
            assert right[check.id] >= 0.9 * said, check.id
    on = [check.id for check in CHECKS if check.on]
    assert sum(right[c] for c in on) >= 0.95 * sum(right[c] + false[c] for c in on)


@pytest.mark.parametrize("name", ["dev", "blind"])
def test_changed_numbers_and_dates_are_found_nine_times_in_ten(name: str) -> None:
    right, false, missed = tally(name)
    for check in ("number", "date"):
        assert right[check] >= 0.95 * (right[check] + false[check]), check
        assert right[check] >= 0.9 * (right[check] + missed[check]), check


def test_half_of_the_cases_are_good_translations() -> None:
    every = cases("dev") + cases("blind")
    assert len(every) >= 240
    assert sum(not case["expect"] for case in every) >= len(every) / 2


# What is read


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("1억 2천만 원", (120_000_000,)),
        ("3분의 1", (1 / 3,)),
        ("두 시간 반", (2.5,)),
        ("서너 명", (3, 4)),
        ("수십만 명", (100_000,)),
        ("40대 여성", (40,)),
        ("90년대", (90, 1990, 2090)),
        ("주체 110년", (110, 2021)),
        ("밤 10시 반", (1350,)),
        ("천여 명", (1000,)),
    ],
)
def test_korean_amounts_are_read(text: str, values: tuple[float, ...]) -> None:
    assert [sorted(amount.values) for amount in korean_amounts(text)] == [sorted(values)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("a hundred thousand", (100_000,)),
        ("twenty-five thousand", (25_000,)),
        ("two and a half hours", (2.5,)),
        ("half a dozen", (6,)),
        ("dozens of men", (10,)),
        ("9:30 p.m.", (1290,)),
        ("$1.5 billion", (1.5e9,)),
        ("two decades", (20,)),
    ],
)
def test_english_amounts_are_read(text: str, values: tuple[float, ...]) -> None:
    assert values[0] in english_amounts(text)[0].values


def test_a_number_that_moved_to_the_next_sentence_is_not_lost() -> None:
    here = unit(
        "군인 7명과 주민 5명이 체포됐고 이들은 모두 평양으로 끌려갔다.",
        "They were all taken to Pyongyang.",
    )
    following = unit("수사가 계속된다.", "Seven soldiers and five civilians are under arrest.", 1)
    assert "number" not in [f.check for f in check_unit(here, near=(None, following))]


def test_a_measure_that_was_converted_is_no_other_measure() -> None:
    assert found("공장까지 10리를 걷는다.", "They walk four kilometers to the factory.") == []
    assert found("공장까지 10km를 걷는다.", "They walk 10 miles to the factory.") == ["unit"]


# What a finding holds


def test_a_finding_marks_what_it_is_about_in_both_texts() -> None:
    (finding,) = check_unit(unit("주민 12명이 잡혔다.", "Some 22 residents were caught."))
    ko, en = finding.source_spans[0], finding.target_spans[0]
    assert ("주민 12명이 잡혔다."[slice(*ko)], "Some 22 residents were caught."[slice(*en)]) == (
        "12",
        "22",
    )


def test_a_key_is_the_same_in_every_run_and_another_for_another_text() -> None:
    ko = "주민 12명이 잡혔다."
    first, again, other = (
        check_unit(unit(ko, en, place))[0].key
        for en, place in (
            ("Some 22 residents were caught.", 0),
            ("Some 22 residents were caught.", 5),
            ("Some 23 residents were caught.", 0),
        )
    )
    assert first == again != other


def test_an_unwanted_rendering_is_found_with_what_to_write_instead() -> None:
    terms = house_terms(("돈주", "donju", "preferred"), ("돈주", "money lord", "forbidden"))
    (finding,) = check_unit(
        unit("돈주들이 왔다.", "The money lords came."), Checker(termbase=terms)
    )
    assert (finding.check, finding.suggestion) == ("forbidden", "donju")


def test_a_rendering_that_is_good_for_another_term_of_the_source_is_not_unwanted() -> None:
    terms = house_terms(
        ("구류장", "detention cell", "preferred"),
        ("구류장", "prison", "forbidden"),
        ("감옥", "prison", "preferred"),
    )
    both = unit(
        "구류장과 감옥을 오갔다.", "He went from one detention cell and prison to the next."
    )
    assert check_unit(both, Checker(termbase=terms)) == []


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_text_is_checked_and_spans_lie_inside_it(ko: str, en: str) -> None:
    for finding in check_unit(unit(ko, en), Checker(EVERY)):
        assert finding.message
        assert finding.key.startswith(finding.check)
        for spans in (finding.source_spans, finding.target_spans):
            assert all(start <= end for start, end in spans)


@given(
    st.sampled_from("0123456789만억천백 .,·월일년명원달러%~반시"),
    st.text("0123456789만억천백 .,·월일년명원달러%~반시수몇"),
)
def test_amounts_never_overlap(first: str, rest: str) -> None:
    amounts = korean_amounts(first + rest)
    assert all(a.end <= b.start for a, b in pairwise(amounts))
    assert all(amount.values for amount in amounts)


def test_unknown_checks_are_refused_by_name() -> None:
    with pytest.raises(InputError, match="nonsense"):
        chosen(["nonsense"])


# Articles

KO = """당국이 지난달부터 시장을 단속하고 있다. 단속원 20명이 매일 시장을 돈다.
상인들은 물건을 숨긴다. 쌀값은 한 달 사이 15% 올랐다. 옥수수는 더 귀해졌다.
주민들은 산에 올라 약초를 캔다.
한 상인은 물건을 모두 빼앗겼다고 말했다. 학교도 문을 닫았다. 병원에는 약이 없다.
겨울이 오면 더 어려워질 것이다."""
EN = [
    "The authorities have been cracking down on markets since last month.",
    "Twenty inspectors go round the market every day.",
    "Traders hide their goods.",
    "The price of rice rose 15 percent in a month.",
    "Corn has become even scarcer.",
    "Residents climb the mountains to dig for medicinal herbs.",
    "One trader said all her goods had been taken away.",
    "Schools have closed, too.",
    "There is no medicine at the hospital.",
    "It will become harder when winter comes.",
]


def of_article(english: list[str]) -> list[Finding]:
    return check_pair(align(KO, " ".join(english)), Checker(chosen(also=["added"])))


def test_a_full_translation_has_no_findings() -> None:
    assert of_article(EN) == []


def test_a_sentence_that_was_left_out_is_found() -> None:
    findings = of_article(EN[:5] + EN[6:])
    assert [(f.check, f.unit and f.unit.source) for f in findings] == [
        ("omitted", "주민들은 산에 올라 약초를 캔다.")
    ]


def test_a_sentence_that_was_added_is_found() -> None:
    extra = "The country's navy has two new submarines of Russian design."
    findings = of_article([*EN[:5], extra, *EN[5:]])
    assert [(f.check, f.unit and f.unit.target) for f in findings] == [("added", extra)]


def test_an_abridged_translation_is_one_remark() -> None:
    findings = of_article([EN[0], EN[3], EN[8]])
    assert [(f.check, f.severity) for f in findings if f.check != "number"] == [
        ("abridged", "info")
    ]


def test_a_wrong_number_in_an_article_is_found_once() -> None:
    changed = [en.replace("15 percent", "50 percent") for en in EN]
    assert [f.check for f in of_article(changed)] == ["number"]


def test_the_wrong_numbers_of_the_sample_are_found(sample_memory: Path) -> None:
    with Memory.open(sample_memory) as memory:
        said = [f.message for f in check_memory(memory, Checker(frozenset(("number",))))]
    for wrong in ("has become 40", "has become 3,700", "has become $1.2 million"):
        assert any(wrong in message for message in said), wrong


# Waivers and the command


@pytest.fixture
def memory_path(tmp_path: Path) -> Path:
    path = tmp_path / "news.tm"
    with Memory.open(path, create=True) as memory:
        memory.add_alignment(
            align("주민 12명이 잡혔다.", "Some 22 residents were caught."), article="a"
        )
        memory.add_alignment(align("시장이 열렸다.", "The the market opened."), article="b")
    return path


def test_a_waived_finding_is_remembered_with_its_reason_and_can_be_taken_back(
    memory_path: Path,
) -> None:
    with Memory.open(memory_path) as memory:
        findings = list(check_memory(memory, Checker()))
        waive(memory, findings[0].key, "the agency corrected its count")
        rest = list(without_waived(findings, waivers(memory)))
        assert rest == findings[1:]
        assert waivers(memory)[findings[0].key].reason == "the agency corrected its count"
        unwaive(memory, findings[0].key)
        assert waivers(memory) == {}


def test_a_waiver_needs_a_key_and_a_reason(memory_path: Path) -> None:
    with Memory.open(memory_path) as memory:
        with pytest.raises(InputError, match="reason"):
            waive(memory, "number-0123456789ab", " ")
        with pytest.raises(InputError, match="key"):
            waive(memory, "number", "because")
        with pytest.raises(InputError, match="not waived"):
            unwaive(memory, "number-0123456789ab")


def test_the_command_checks_a_memory(donju: Donju, memory_path: Path) -> None:
    ran = donju("check", "-m", memory_path)
    assert ran.code == 0
    assert "12명 has become 22" in ran.out
    assert "2 findings in 2 units: 1 error, 1 warning" in ran.out


def test_the_command_fails_on_what_it_is_told_to(donju: Donju, memory_path: Path) -> None:
    assert donju("check", "-m", memory_path, "--fail-on", "error").code == 1
    without = ("--without", "number")
    assert donju("check", "-m", memory_path, *without, "--fail-on", "error").code == 0
    assert donju("check", "-m", memory_path, *without, "--fail-on", "warning").code == 1


def test_the_command_does_not_show_or_count_what_is_waived(donju: Donju, memory_path: Path) -> None:
    told = json.loads(donju("check", "-m", memory_path, "--only", "number", "--json").out)
    (key,) = [finding["key"] for finding in told["findings"]]
    donju("check", "-m", memory_path, "--waive", key, "--reason", "corrected by the agency")
    after = donju("check", "-m", memory_path, "--fail-on", "error")
    assert after.code == 0
    assert "has become 22" not in after.out
    assert "1 waived" in after.out
    shown = donju("check", "-m", memory_path, "--all").out
    assert "[waived: corrected by the agency]" in shown


def test_the_command_says_in_json_where_and_what(donju: Donju, memory_path: Path) -> None:
    told = json.loads(donju("check", "-m", memory_path, "--only", "number", "--json").out)
    (finding,) = told["findings"]
    assert (told["units"], told["total"], told["counts"]) == (2, 1, {"number": 1})
    assert (finding["check"], finding["severity"]) == ("number", "error")
    assert (finding["source_spans"], finding["target_spans"]) == ([[3, 5]], [[5, 7]])
    assert finding["unit"]["article"] == "a"


def test_the_command_checks_two_files(donju: Donju, tmp_path: Path) -> None:
    ko, en = tmp_path / "story.ko.txt", tmp_path / "story.en.txt"
    ko.write_text(KO, encoding="utf-8")
    en.write_text(" ".join(EN).replace("15 percent", "50 percent"), encoding="utf-8")
    ran = donju("check", ko, en)
    assert "15% has become 50" in ran.out.replace("50 percent", "50")
    assert donju("check", tmp_path, "--fail-on", "error").code == 1


def test_the_command_lists_the_checks(donju: Donju) -> None:
    listed = donju("check", "--list-checks").out
    assert all(check.id in listed for check in CHECKS)
    assert donju("check", "--list-checks", "--json").out.count('"id"') == len(CHECKS)


def test_the_command_refuses_an_unknown_check(donju: Donju, memory_path: Path) -> None:
    ran = donju("check", "-m", memory_path, "--only", "numbers")
    assert ran.code == 2
    assert "there is no check 'numbers'" in ran.err
