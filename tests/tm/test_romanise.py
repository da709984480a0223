"""Korean in Latin letters."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.terms.romanise import conventional, romanise


@pytest.mark.parametrize(
    ("word", "rr"),
    [
        ("한라산", "hallasan"),
        ("신라", "silla"),
        ("왕십리", "wangsimni"),
        ("독립문", "dongnimmun"),
        ("국물", "gungmul"),
        ("같이", "gachi"),
        ("묻히다", "muchida"),
        ("좋다", "jota"),
        ("값이", "gapsi"),
        ("별내", "byeollae"),
        ("집현전", "jiphyeonjeon"),
        ("617상무", "617sangmu"),
    ],
)
def test_revised_romanisation_writes_what_is_spoken(word: str, rr: str) -> None:
    assert romanise(word) == rr


@pytest.mark.parametrize(
    ("word", "mr", "dprk"),
    [
        ("청진", "ch'ŏngjin", "chongjin"),
        ("선군", "sŏn'gun", "songun"),
        ("평양", "p'yŏngyang", "phyongyang"),
        ("돈주", "tonju", "tonju"),
        ("김책", "kimch'aek", "kimchaek"),
    ],
)
def test_the_older_systems_voice_between_vowels(word: str, mr: str, dprk: str) -> None:
    assert romanise(word, "mr") == mr
    assert romanise(word, "dprk") == dprk


@pytest.mark.parametrize(
    ("word", "spelling"),
    [
        ("조용원", "Jo Yong Won"),
        ("박정희", "Park Chung-hee"),
        ("함경북도", "North Hamgyong Province"),
        ("량강도", "Ryanggang Province"),
        ("경성군", "Kyongsong County"),
        ("회령시", "Hoeryong"),
        ("꽃제비", "kotjebi"),
        ("장마당", "jangmadang"),
    ],
)
def test_newsroom_spelling_knows_names_and_falls_back_on_rules(word: str, spelling: str) -> None:
    assert conventional(word) == spelling


@given(st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12))
def test_no_hangul_is_left_in_any_system(word: str) -> None:
    for system in ("rr", "mr", "dprk"):
        written = romanise(word, system)
        assert not any("가" <= char <= "힣" or "ㄱ" <= char <= "ㅣ" for char in written)
        assert bool(written) == bool(word)


def test_hand_written_cases(shared_data: Path) -> None:
    lines = (shared_data / "cases" / "ko_romanisation.jsonl").read_text("utf-8").splitlines()
    cases = [json.loads(line) for line in lines if line]
    assert [romanise(case["ko"]) for case in cases] == [case["rr"] for case in cases]
    named = [conventional(case["ko"]).lower() == case["convention"] for case in cases]
    assert sum(named) >= len(named) - 1
