"""Korean names in English text, however they are spelled."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.terms.latin.romanise import conventional, named, romanise
from tm.terms.latin.spelt import spelt_in


def found(name: str, english: str) -> list[str]:
    return [english[start:end] for start, end in spelt_in(name, english)]


@pytest.mark.parametrize(
    "spelling",
    [
        "Kim Jong Un",
        "Kim Jong-un",
        "Kim Jong-Un",
        "KIM JONG UN",
        "Kim Jung-eun",
        "Gim Jeong-eun",
        "Gim Jeongeun",
        "Kim Chŏng-ŭn",
        "Kim Chŏng'ŭn",
        "Jong-un Kim",
        "Kim, Jong Un",
        "Kim Jong–un",
        "Kim  Jong Un",
    ],
)
def test_a_person_is_found_in_any_usual_spelling(spelling: str) -> None:
    assert found("김정은", f"On Monday {spelling}'s aides left.") == [spelling]


@pytest.mark.parametrize(
    ("name", "spellings"),
    [
        ("최룡해", ["Choe Ryong Hae", "Choi Ryong-hae", "Ch'oe Ryong-hae"]),
        ("리설주", ["Ri Sol Ju", "Lee Seol-ju", "Ri Sol-ju"]),
        ("박근혜", ["Park Geun-hye", "Pak Kun Hye", "Bak Geunhye"]),
        ("이명박", ["Lee Myung-bak", "Yi Myŏng-bak", "I Myeongbak"]),
        ("노무현", ["Roh Moo-hyun", "No Mu-hyŏn", "Noh Moo-hyun"]),
        ("남궁민", ["Namgung Min", "Namkung Min", "Nam-gung Min"]),
        ("이승만", ["Syngman Rhee", "Rhee Seung-man", "Lee Seung Man"]),
        ("평양", ["Pyongyang", "Pyeongyang", "P'yŏngyang", "Phyongyang"]),
        ("라선", ["Rason", "Rasŏn", "Naseon"]),
        ("개성", ["Kaesong", "Gaeseong", "Kaesŏng"]),
        ("무산군", ["Musan County", "Musan-gun", "Musan"]),
        ("회령시", ["Hoeryong City", "Hoeryong"]),
        ("함경북도", ["North Hamgyong Province", "North Hamgyeong", "Hamgyongbuk-do"]),
        ("량강도", ["Ryanggang Province", "Yanggang Province", "Ryanggang"]),
        ("풍계리", ["Punggye-ri", "Punggyeri", "P'unggye-ri"]),
        ("백두산", ["Mount Paektu", "Mt. Baekdu", "Paektusan"]),
        ("압록강", ["Yalu River", "Amnok River", "Yalu"]),
        ("로동신문", ["Rodong Sinmun", "Nodong Sinmun"]),
        ("돈주", ["donju", "Donju", "tonju"]),
        ("꽃제비", ["kotjebi", "kkotjebi"]),
    ],
)
def test_names_are_found_in_all_their_spellings(name: str, spellings: list[str]) -> None:
    assert found(name, "Here: " + "; ".join(spellings) + ".") == spellings


@pytest.mark.parametrize(
    ("name", "english"),
    [
        ("김정은", "Kim Jong Il met Kim Yo Jong and Kim Jong Nam."),
        ("함경북도", "In South Hamgyong Province and North Pyongan Province"),
        ("인도", "They went into the hall."),
        ("무산군", "Musanite is a mineral."),
        ("평양", "A Pyong yang"),
        ("청진", "Chongjinese"),
        ("Kim", "Kim Jong Un"),
        ("", "Kim Jong Un"),
        ("김정은", ""),
    ],
)
def test_other_names_and_words_are_not_found(name: str, english: str) -> None:
    assert spelt_in(name, english) == ()


def test_spans_count_in_the_text_as_given() -> None:
    english = "“P’yŏngyang” ﬁrst, 평양, then P'yŏngyang"
    assert found("평양", english) == ["P’yŏngyang", "P'yŏngyang"]
    decomposed = unicodedata.normalize("NFD", "to Chŏngjŏ.")
    assert [decomposed[a:b] for a, b in spelt_in("정저", decomposed)] == [decomposed[3:-1]]


hangul = st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=8)
COMMON_SYLLABLES = (
    "가강건경고광국권금기길남달대덕도동룡림만명미민백병복봉산상서석선성수순신영옥용원"
    "정주철하해현호희"
)
english_text = st.text(max_size=80) | st.text(alphabet="KimJongUeoan-' .’ŏ̆", max_size=80)


@given(st.text(max_size=12) | hangul, english_text)
def test_spans_lie_in_the_text_in_order_for_any_input(name: str, english: str) -> None:
    spans = spelt_in(name, english)
    flat = [edge for span in spans for edge in span]
    assert flat == sorted(flat)
    assert all(0 <= start < end <= len(english) for start, end in spans)


@given(st.text(alphabet=COMMON_SYLLABLES, min_size=2, max_size=3))
def test_what_the_systems_write_is_found(name: str) -> None:
    for written in (romanise(name), romanise(name, "mr"), named(name), named(name, "mr")):
        if len(written) > 3:
            assert spelt_in(name, f"in {written} today")


@given(hangul.filter(lambda name: len(name) > 2))
def test_what_newsrooms_print_is_found(name: str) -> None:
    assert spelt_in(name, f"said {conventional(name)}.")
