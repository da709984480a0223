"""The report as one HTML file: complete, safe whatever the texts hold, and usable in a browser."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from browser import Page, browser
from hypothesis import given
from hypothesis import strategies as st

from align.errors import OutputError
from tm.quality.findings import Check, Finding, Severity, finding_key
from tm.quality.report import MOST, ReportData, TermUse, TermUses, findings_report, write_report
from tm.quality.report.markup import LONGEST, marked
from tm.quality.report.page import page
from tm.quality.report.terms_section import wilson
from tm.quality.scores import Segments, System, evaluate
from tm.unit import Provenance, TranslationUnit

Command = Callable[..., Any]

CHECKS = (
    Check("number", "A number that changed", "error"),
    Check("term", "A term the house does not want", "warning"),
    Check("spaces", "Two spaces in a row", "info"),
)
PEOPLE = ("Ada Quill", "Ben Rowe", "Han Sol")
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")
NASTY = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;\u202egnp.exe\u200b</mark>"


def unit(number: int, source: str = "", target: str = "") -> TranslationUnit:
    return TranslationUnit(
        source or f"보안원들이 상인 {number}명을 체포했다.",
        target or f"Police officers arrested {number + 1} merchants in Hyesan.",
        Provenance(
            f"hyesan-{number % 7}",
            number,
            PEOPLE[number % 3],
            f"202{number % 4}-0{number % 9 + 1}-08",
        ),
        id=number + 1,
    )


def finding(number: int) -> Finding:
    check = CHECKS[number % 3]
    at = unit(number)
    digits = re.search(r"\d+", at.target)
    assert digits
    return Finding(
        check.id,
        SEVERITIES[number % 3],
        f"{number} merchants became {number + 1}",
        at,
        ((at.source.index(str(number)), at.source.index("명")),),
        (digits.span(),),
        f"arrested {number} merchants" if number % 2 else None,
        finding_key(check.id, str(number)),
    )


def report_of(count: int, **more: Any) -> ReportData:
    findings = [finding(number) for number in range(count)]
    return findings_report(findings, subject="news.tm", units=count * 9, checks=CHECKS, **more)


TERMS = (
    TermUses(
        "보위부",
        (
            TermUse("Ministry of State Security", 4, "Ada Quill", "2021-03-02"),
            TermUse("secret police", 2, "Ben Rowe", "2022-05-06"),
            TermUse("secret police", 3, "Ben Rowe", None),
        ),
        "Ministry of State Security",
    ),
    TermUses("돈주", (TermUse("donju", 1, "Ada Quill", "2021"),)),
)


def written(data: ReportData) -> str:
    return "".join(page(data))


class _Checked(HTMLParser):
    """Elements with attributes, and that every one that needs it is closed where it should be."""

    VOID = frozenset({"meta", "input", "br", "img", "link"})

    def __init__(self, text: str):
        super().__init__()
        self.open: list[str] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def having(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


# What stands in it


def test_every_finding_stands_in_it_with_both_sentences_marked() -> None:
    text = written(report_of(7))
    assert _Checked(text).having("article")[3]["data-check"] in {"number", "term", "spaces"}
    assert len(_Checked(text).having("article")) == 7
    for number in range(7):
        assert f"상인 <mark>{number}</mark>명을" in text
        assert f"arrested <mark>{number + 1}</mark> merchants" in text
    assert "arrested 3 merchants" in text


def test_the_summary_counts_by_severity_and_kind() -> None:
    text = written(report_of(7, waived=4))
    summary = text[text.index('id="summary"') : text.index('id="findings"')]
    assert "7 findings in 7 articles" in summary
    for number, name in (
        (3, "errors"),
        (2, "warnings"),
        (2, "remarks"),
        (63, "units"),
        (4, "waived"),
    ):
        assert re.search(rf"<b>{number}</b>{name}", summary)
    assert "A number that changed" in summary


def test_findings_come_with_the_most_severe_first() -> None:
    severities = [a["data-severity"] for a in _Checked(written(report_of(9))).having("article")]
    assert severities == ["error"] * 3 + ["warning"] * 3 + ["info"] * 3


def test_a_report_without_findings_says_so() -> None:
    text = written(report_of(0))
    assert "Nothing was found that needs a look" in text
    assert "<form" not in text


def test_related_units_can_be_compared() -> None:
    one = finding(1)
    related = {one.key: tuple(unit(n, target=f"Another way {n}.") for n in range(5))}
    text = written(ReportData("Check", "x", findings=[one], related=related))
    assert "Compare 5 units" in text
    assert "Another way 2." in text
    assert "and 2 more units" in text


def test_more_findings_than_fit_are_counted_not_dropped_in_silence() -> None:
    few = [finding(number % 50) for number in range(MOST + 12)]
    text = written(findings_report(few, subject="news.tm"))
    assert len(re.findall('<article class="finding"', text)) == MOST
    assert "12 more, which come after them" in text
    assert f"<b>{MOST + 12 - len([f for f in few if f.severity != 'error']):,}</b>errors" in text


def test_findings_that_are_only_counted_are_told_too() -> None:
    data = findings_report(
        [finding(0)], subject="x", severities={"error": 900, "info": 5}, kinds={"number": 905}
    )
    text = written(data)
    assert "<b>900</b>errors" in text
    assert "904 more, which come after them" in text
    assert "905 findings in 1 article, all of one kind" in text


def test_terms_are_drawn_over_time_and_by_translator_and_given_as_a_table() -> None:
    text = written(ReportData("Consistency", "news.tm", terms=TERMS))
    checked = _Checked(text)
    charts = checked.having("svg")
    assert len(charts) == 3
    assert all(chart["role"] == "img" and chart["aria-label"] for chart in charts)
    assert "9 uses by month, 3 without date" in text
    assert "2021-03: Ministry of State Security, 4" in text
    assert "보위부, Ben Rowe: 5 of 5" in text
    assert '<td>secret police</td><td class="num">5</td><td>Ben Rowe 5</td>' in text


def test_scores_are_shown_with_intervals_and_signatures() -> None:
    reference = ("Rice rose.", "It rained all night.", "Nobody was there.")
    segments = Segments(
        (System("ours", reference), System("theirs", ("Rice fell.", "It rained.", "Nobody."))),
        tuple((text,) for text in reference),
        sources=("쌀값이 올랐다.", "밤새 비가 왔다.", "아무도 없었다."),
    )
    text = written(ReportData("Evaluation", "ours, theirs", scores=evaluate(segments)))
    assert "ours has the highest chrF++, 100.0." in text
    assert "BLEU|nrefs:1|case:mixed" in text
    assert "TER interval|nrefs:1|bs:1000|seed:12345" in text
    assert text.count("<svg") == 3 + 4
    assert "밤새 비가 왔다." in text


def test_the_same_report_is_the_same_file() -> None:
    data = ReportData("Consistency", "news.tm", findings=[finding(1)], terms=TERMS)
    assert written(data) == written(data)


def test_a_share_comes_with_an_interval_that_few_cases_leave_wide() -> None:
    assert wilson(0, 1)[1] > 0.75
    assert wilson(0, 30)[1] < 0.15
    assert wilson(30, 30)[1] == 1.0


# Hostile and long text


def test_text_of_files_stays_text() -> None:
    nasty = Finding(
        NASTY, "error", NASTY, unit(1, NASTY, NASTY), ((0, 8),), ((3, 99),), NASTY, NASTY
    )
    terms = (TermUses(NASTY, (TermUse(NASTY, 3, NASTY, "2021"), TermUse("x", 1, "y", "2022"))),)
    data = ReportData(
        NASTY, NASTY, findings=[nasty], terms=terms, notes=(NASTY,), signature=NASTY, made=NASTY
    )
    text = written(data)
    checked = _Checked(text)
    assert len(checked.having("script")) == 1
    assert checked.having("img") == []
    assert not any(name.startswith("on") for _, found in checked.elements for name in found)
    assert "\u202e" not in text
    assert "\u200b" not in text
    assert "U+202E" in text


@given(
    st.text(alphabet=st.sampled_from("가a <>&\"'\u202e\x00\ud800"), max_size=40),
    st.lists(st.tuples(st.integers(-3, 45), st.integers(-3, 45)), max_size=5),
)
def test_marking_loses_no_letter_whatever_the_spans(text: str, spans: list[Any]) -> None:
    html = marked(text, spans)
    assert _Checked(html).open == []
    told = re.sub(r"<i class=.ctl.[^>]*>[^<]*</i>|</?mark>", "", html)
    plain = text.translate({0x202E: None, 0x00: None, 0xD800: "\ufffd"})
    told = told.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", '"')
    assert told.replace("&#x27;", "'").replace("&amp;", "&") == plain


def test_what_is_marked_is_what_the_spans_hold() -> None:
    assert marked("abcdefgh", [(5, 7), (1, 3), (2, 4)]) == "a<mark>bcd</mark>e<mark>fg</mark>h"


def test_very_long_text_is_cut_around_the_finding_and_says_so() -> None:
    text = "가" * 50_000 + "나" + "다" * 50_000
    html = marked(text, [(50_000, 50_001)])
    assert "<mark>나</mark>" in html
    assert len(html) < LONGEST + 300
    hidden = sum(int(n.replace(",", "")) for n in re.findall(r"\[([\d,]+) more", html))
    assert hidden + LONGEST == len(text)


def test_a_failed_report_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old", encoding="utf-8")
    broken = ReportData("x", "y", findings=[finding(0), None])  # type: ignore[list-item]
    with pytest.raises(AttributeError):
        write_report(broken, path)
    assert path.read_text(encoding="utf-8") == "old"
    with pytest.raises(OutputError):
        write_report(report_of(1), tmp_path / "nowhere" / "report.html")


# The commands


def test_consistency_writes_a_report(sample_memory: Path, tmp_path: Path, donju: Command) -> None:
    path = tmp_path / "consistency.html"
    args = ("consistency", "-m", sample_memory, "--term", "돈주", "--json")
    ran = donju(*args, "--report", path)
    assert ran.out == donju(*args).out
    text = path.read_text(encoding="utf-8")
    assert "돈주" in text
    assert "<svg" in text
    assert "<mark>" in text


def test_check_writes_a_report_of_all_that_stands(
    sample_memory: Path, tmp_path: Path, donju: Command
) -> None:
    path = tmp_path / "check.html"
    args = ("check", "-m", sample_memory, "--only", "number", "--limit", "1", "--json")
    ran = donju(*args, "--report", path)
    assert ran.out == donju(*args).out
    found = json.loads(ran.out)
    assert found["total"] > len(found["findings"]) == 1
    text = path.read_text(encoding="utf-8")
    assert text.count("<article") == found["total"]
    assert found["findings"][0]["key"] in text


def test_evaluate_writes_a_report(tmp_path: Path, donju: Command) -> None:
    for name, line in (("a.txt", "It rained."), ("r.txt", "Rain fell.")):
        (tmp_path / name).write_text(f"{line}\n", encoding="utf-8")
    path = tmp_path / "scores.html"
    ran = donju("evaluate", tmp_path / "a.txt", tmp_path / "r.txt", "--report", path)
    assert ran.code == 0
    assert "Evaluation of translations" in path.read_text(encoding="utf-8")


# In a browser


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    with browser(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "report.html"
    nasty = Finding("number", "info", NASTY, unit(3, NASTY, NASTY * 30), ((0, 8),), (), NASTY, "k")
    findings = [*(finding(number) for number in range(240)), nasty]
    data = findings_report(findings, subject=NASTY, checks=CHECKS)
    write_report(replace(data, terms=TERMS), path)
    return path


SHOWN = "[...document.querySelectorAll('.finding')].filter(f => f.checkVisibility()).length"


def test_it_asks_for_nothing_but_itself_and_complains_of_nothing(
    chromium: Page, report: Path
) -> None:
    chromium.open(report)
    assert chromium.requests() == [report.as_uri()]
    assert chromium.complaints() == []
    assert chromium.value("document.querySelectorAll('script, img, iframe').length") == 1


def test_findings_come_a_page_at_a_time(chromium: Page, report: Path) -> None:
    chromium.open(report)
    assert chromium.value(SHOWN) == 50
    status = "document.querySelector('.status').textContent"
    assert chromium.value(status) == "1–50 of 241 findings"
    chromium.value("document.querySelectorAll('.pager button')[1].click()")
    assert chromium.value(status) == "51–100 of 241 findings"
    for _ in range(3):
        chromium.value("document.querySelectorAll('.pager button')[1].click()")
    assert chromium.value(SHOWN) == 41


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ("form.elements.check.value = 'term'", 80),
        ("form.elements.translator.value = 'Han Sol'", 80),
        ("form.elements.article.value = 'hyesan-3'", 35),
        ("form.elements.text.value = '상인 17명'", 3),
        ("form.elements.text.value = 'ARRESTED 240 merchants'", 1),
        ("form.querySelector('[value=error]').checked = false", 161),
        ("form.elements.text.value = 'nowhere to be found'", 0),
    ],
)
def test_filters_show_what_was_asked_for(
    chromium: Page, report: Path, change: str, expected: int
) -> None:
    chromium.open(report)
    chromium.value(
        f"{{ const form = document.querySelector('.filters'); {change};"
        " form.dispatchEvent(new Event('input')) }"
    )
    assert chromium.value(SHOWN) == min(expected, 50)
    status = chromium.value("document.querySelector('.status').textContent")
    assert re.search(rf"\b{expected} finding" if expected else "No finding", status)
    assert "(241 without filters)" in status


def test_a_link_of_the_summary_leads_to_a_finding_that_filters_hide(
    chromium: Page, report: Path
) -> None:
    chromium.open(report)
    chromium.value(
        "{ const form = document.querySelector('.filters'); form.elements.text.value = 'zzz';"
        " form.dispatchEvent(new Event('input')) }"
    )
    chromium.value("document.querySelector('ol.first a').click()")
    shown = (
        "new Promise(r => setTimeout(() => r(document.querySelector('#f1').checkVisibility()), 50))"
    )
    assert chromium.value(shown) is True


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_wider_than_the_screen(chromium: Page, report: Path, width: int) -> None:
    chromium.open(report, width=width)
    assert chromium.value("document.documentElement.scrollWidth <= window.innerWidth") is True


def test_no_heading_is_skipped_and_every_table_has_a_caption(chromium: Page, report: Path) -> None:
    chromium.open(report)
    levels = chromium.value("[...document.querySelectorAll('h1,h2,h3')].map(h => +h.tagName[1])")
    assert levels[0] == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert chromium.value("[...document.querySelectorAll('table')].every(t => t.caption)") is True


def test_ten_thousand_findings_open_and_filter(chromium: Page, tmp_path: Path) -> None:
    path = tmp_path / "large.html"
    findings = [finding(number) for number in range(MOST)]
    write_report(findings_report(findings, subject="news.tm", checks=CHECKS), path)
    chromium.open(path)
    assert chromium.value(SHOWN) == 50
    chromium.value(
        "{ const form = document.querySelector('.filters'); form.elements.text.value = '9999명';"
        " form.dispatchEvent(new Event('input')) }"
    )
    assert chromium.value(SHOWN) == 1


def test_without_scripts_all_findings_can_be_opened(report: Path, tmp_path: Path) -> None:
    with browser(tmp_path / "profile") as page_without:
        page_without.without_scripts()
        page_without.open(report)
        assert page_without.value(SHOWN) == 100
        assert page_without.value("document.querySelector('.filters').checkVisibility()") is False
        page_without.value(
            "document.querySelectorAll('.groups > details').forEach(d => d.open = true)"
        )
        assert page_without.value(SHOWN) == 241
