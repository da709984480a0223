"""Finding Korean terms in sentences, whatever is attached to them."""

from __future__ import annotations

import json
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.terms.finding.morphology import find_term, nouns

ROOT = Path(__file__).resolve().parents[2]


@pytest.mark.parametrize(
    ("sentence", "term", "expected"),
    [
        ("돈주들에게서까지 돈을 걷었다.", "돈주", "돈주"),
        ("그 여자는 돈주였다.", "돈주", "돈주"),
        ("돈주가 많은 도시다.", "돈주", "돈주"),
        ("신흥돈주들이 집을 지었다.", "돈주", "돈주"),
        ("돈주계층이 늘고 있다.", "돈주", "돈주"),
        ("주민들은 밤마다 총화했다.", "총화", "총화"),
        ("사업이 총화되였다.", "총화", "총화"),
        ("국가 보위성에서 사람이 왔다.", "국가보위성", "국가 보위성"),
        ("고난의행군 때 태어났다.", "고난의 행군", "고난의행군"),
        ("617 상무가 들이닥쳤다.", "617상무", "617 상무"),
        ("8.3노동자로 등록했다.", "8·3노동자", "8.3노동자"),
        ("로동당 창건일을 맞았다.", "노동당", "로동당"),
        ("조선노동당의 결정이다.", "조선로동당", "조선노동당"),
        ("여성들이 모였다.", "녀성", "여성"),
        ("당국은 탄광을 페쇄하였다.", "폐쇄하다", "페쇄하였다"),
        ("쌀값이 많이 올랐다.", "오르다", "올랐다"),
        ("보위부장이 해임됐다.", "보위부", "보위부"),
        ("무산군보위부에 끌려갔다.", "보위부", "보위부"),
        ("北당국은 답하지 않았다.", "北", "北"),
        ("美北 회담이 열렸다.", "北", "北"),
        ("당의 지시가 내려왔다.", "당", "당"),
        ("군 당에서 일군 두 명이 나왔다.", "일군", "일군"),
        ("책임 일군이 회의를 열었다.", "일군", "일군"),
        ("나선 경제무역지대가 닫혔다.", "나선", "나선"),
        ("담당자는 중앙당에 보고 없이 처리했다.", "보고", "보고"),
        ("군인들의 사기도 떨어졌다.", "사기", "사기"),
    ],
)
def test_a_term_is_found_with_whatever_is_attached(sentence: str, term: str, expected: str) -> None:
    found = [span.text(sentence) for span in find_term(sentence, term)]
    assert found == [expected]


@pytest.mark.parametrize(
    ("sentence", "term"),
    [
        ("돈주머니를 열었다.", "돈주"),
        ("돈 주고 샀다.", "돈주"),
        ("쌀을 돈주고 샀다.", "돈주"),
        ("인민반란이 일어났다.", "인민반"),
        ("식당에서 먹었다.", "당"),
        ("당근을 심었다.", "당"),
        ("경기도는 넓다.", "경기"),
        ("전문가가 말했다.", "전문"),
        ("살얼음이 얼었다.", "얼음"),
        ("빙두른 담장을 넘었다.", "빙두"),
        ("집결소식을 들었다.", "집결소"),
        ("농장 원칙을 지켰다.", "농장원"),
        ("탄광이 페쇄되였다.", "폐쇄하다"),
        ("1617상무가 나왔다.", "617상무"),
        ("北京에서 만났다.", "北"),
        ("산비탈을 일군 밭에 옥수수를 심었다.", "일군"),
        ("길거리 장사에 나선 주민들이 늘었다.", "나선"),
        ("주민들은 상황을 보고 있다.", "보고"),
        ("쌀을 사기도 힘들다.", "사기"),
        ("쌀은 1kg당 6천 원이다.", "당"),
    ],
)
def test_letters_of_other_words_are_not_the_term(sentence: str, term: str) -> None:
    assert find_term(sentence, term) == []


def test_a_name_does_not_take_verbal_endings() -> None:
    assert find_term("협상이 무산됐다.", "무산", name=True) == []
    assert len(find_term("무산에서 왔다.", "무산", name=True)) == 1


def test_other_forms_of_the_term_count_when_given() -> None:
    spans = find_term("북한은 北이라고도 적는다.", "북한", also=("北",))
    assert [(span.start, span.end) for span in spans] == [(0, 2), (4, 5)]


def test_nouns_come_without_particles_and_as_compounds() -> None:
    texts = [token.text for token in nouns("함경북도 소식통은 무산광산에서 만났다.")]
    assert texts == ["함경북도", "소식통", "무산광산"]


@given(
    st.text(alphabet="돈주들은 머니가고.北12(“”)\n", max_size=40),
    st.sampled_from(["돈주", "주", "北"]),
)
def test_spans_hold_the_letters_of_the_term_in_order(sentence: str, term: str) -> None:
    spans = find_term(sentence, term)
    assert all("".join(span.text(sentence).split()) == term for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


def test_the_bench_finds_the_hand_written_cases(shared_data: Path) -> None:
    cases = shared_data / "cases" / "ko_term_match.jsonl"
    script = ROOT / "scripts" / "bench_terms.py"
    done = subprocess.run(
        [sys.executable, str(script), str(cases)], capture_output=True, text=True, check=True
    )
    last = done.stdout.strip().splitlines()[-1].split()
    assert last[0] == "accuracy"
    assert float(last[1]) >= 99.0
    assert len(json.loads(cases.read_text("utf-8").splitlines()[0])) >= 3
