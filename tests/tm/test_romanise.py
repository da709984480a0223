"""Korean in Latin letters.

``romanisation.tsv`` has our own cases in three parts: ``before`` and ``after`` were written before
and after the rules, ``blind`` when they were thought done. "-" stands where nothing is certain.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tm.terms.latin.phonology import sounds
from tm.terms.latin.romanise import SYSTEMS, System, conventional, named, person_named, romanise
from tm.terms.spelling import join_syllable

CASES = Path(__file__).with_name("romanisation.tsv")
Command = Callable[..., Any]

hangul = st.text(alphabet=st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)


def cases(part: str, system: str) -> list[tuple[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file, delimiter="\t") if row["part"] == part]
    return [(row["ko"], row[system]) for row in rows if row[system] != "-"]


@pytest.mark.parametrize("part", ["before", "after", "blind"])
@pytest.mark.parametrize("system", ["rr", "mr", "dprk", "convention"])
def test_own_cases_are_written_as_expected(part: str, system: System) -> None:
    expected = cases(part, system)
    assert len(expected) > 20
    assert [(ko, romanise(ko, system)) for ko, _ in expected] == expected


def test_hand_written_cases(shared_data: Path) -> None:
    lines = (shared_data / "cases" / "ko_romanisation.jsonl").read_text("utf-8").splitlines()
    hand_written = [json.loads(line) for line in lines if line]
    for system in ("rr", "convention"):
        wanted = [(case["ko"], case[system]) for case in hand_written]
        assert [(ko, romanise(ko, system).lower()) for ko, _ in wanted] == wanted


def spoken(word: str, *, north: bool = False) -> str:
    return "".join(
        join_syllable(each.initial, each.vowel, each.final) for each in sounds(word, north=north)
    )


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("한라", "할라"),
        ("십리", "심니"),
        ("같이", "가치"),
        ("굳이", "구지"),
        ("알약", "알략"),
        ("꽃잎", "꼰닙"),
        ("겉옷", "거돋"),
        ("첫인상", "처딘상"),
        ("생산량", "생산냥"),
        ("끓이다", "끄리다"),
        ("밝히다", "발키다"),
        ("밟다", "밥다"),
        ("넓다", "널다"),
        ("급행열차", "급행녈차"),
    ],
)
def test_sounds_change_where_syllables_meet(written: str, said: str) -> None:
    assert spoken(written) == said


def test_the_north_keeps_l_where_the_south_says_n() -> None:
    assert (spoken("협력"), spoken("협력", north=True)) == ("혐녁", "혐력")
    assert (spoken("은률"), spoken("은률", north=True)) == ("을률", "은률")
    assert spoken("천리마", north=True) == "철리마"


def test_nouns_keep_h_and_verbs_join_it() -> None:
    assert romanise("묵호") == "mukho"
    assert romanise("잡혀") == "japyeo"
    assert romanise("북한") == "bukhan"
    assert romanise("못하다") == "motada"


def test_sounds_do_not_change_between_the_syllables_of_a_name() -> None:
    assert romanise("박문수") == "bakmunsu"
    assert romanise("한복남") == "hanboknam"
    assert romanise("국문과") == "gungmungwa"


@pytest.mark.parametrize(
    ("name", "system", "written"),
    [
        ("김정은", "rr", "Gim Jeongeun"),
        ("김정은", "mr", "Kim Chŏng-ŭn"),
        ("김정은", "mr-plain", "Kim Chong-un"),
        ("김정은", "dprk", "Kim Jong Un"),
        ("박동구", "dprk", "Pak Tong Gu"),
        ("이순신", "mr", "Yi Sun-sin"),
        ("남궁민", "rr", "Namgung Min"),
        ("함경북도", "rr", "Hamgyeongbuk-do"),
        ("무산군", "rr", "Musan-gun"),
        ("풍계리", "mr", "P'unggye-ri"),
        ("종로구", "rr", "Jongno-gu"),
        ("왕십리동", "rr", "Wangsimni-dong"),
        ("돈주", "rr", "donju"),
    ],
)
def test_names_are_written_as_names_on_request(name: str, system: System, written: str) -> None:
    assert named(name, system) == written


@pytest.mark.parametrize(
    ("word", "written"),
    [("중앙", "jung-ang"), ("반구대", "ban-gudae"), ("세운", "se-un"), ("해운대", "hae-undae")],
)
def test_a_hyphen_shows_where_a_word_could_be_cut_wrongly(word: str, written: str) -> None:
    assert romanise(word, hyphens="ambiguous") == written
    assert romanise(word) == written.replace("-", "")


def test_hyphens_between_all_syllables() -> None:
    assert romanise("평양", "mr", hyphens="syllables") == "p'yŏng-yang"
    assert named("김정은", hyphens="syllables") == "Gim Jeong-eun"


@pytest.mark.parametrize(
    "pair",
    [
        ("리설주", "이설주"),
        ("로동신문", "노동신문"),
        ("량강도", "양강도"),
        ("라선", "나선"),
        ("룡천군", "용천군"),
        ("례성강", "예성강"),
        ("락랑구역", "낙랑구역"),
    ],
)
def test_the_spellings_of_both_koreas_are_one_name(pair: tuple[str, str]) -> None:
    assert conventional(pair[0]) == conventional(pair[1])


def test_a_name_of_both_koreas_follows_its_unit() -> None:
    assert conventional("강서구") == "Gangseo District"
    assert conventional("강서구역") == "Kangso District"
    assert conventional("화성시") == "Hwaseong"
    assert conventional("화성군") == "Hwasong County"
    assert conventional("순천시") == "Sunchon"


def test_an_address_is_turned_round_and_other_words_stay_in_order() -> None:
    assert conventional("량강도 혜산시 위연동") == "Wiyon-dong, Hyesan, Ryanggang Province"
    assert conventional("무산 광산") == "Musan Mine"
    assert conventional("김정은 총비서") == "Kim Jong Un chongbiseo"


NOUNS = """
    정보원 정치국 조선인 전화기 선전부 문자열 태평양 고구려 유권자 이방인 강경한 황금기 백령도
    지방의 우주선 조용한 전문가 공화국 민병대 신의주 최전방 보위부 인민군 로동자
"""


@pytest.mark.parametrize("noun", NOUNS.split())
def test_a_noun_is_no_person(noun: str) -> None:
    assert person_named(noun) is None


@pytest.mark.parametrize(
    "word", ["장군", "인민군", "화력발전소", "관리", "승리", "활동", "작업구역"]
)
def test_a_noun_is_no_place(word: str) -> None:
    assert conventional(word) == romanise(word)


@given(hangul, st.sampled_from(sorted(SYSTEMS)))
def test_no_hangul_is_left_in_any_system(word: str, system: System) -> None:
    for write in (romanise, named):
        written = write(word, system)
        assert not any("가" <= char <= "힣" or "ㄱ" <= char <= "ㅣ" for char in written)
        assert bool(written) == bool(word)


@given(st.text(max_size=30), st.sampled_from(sorted(SYSTEMS)))
def test_any_text_can_be_written(text: str, system: System) -> None:
    for hyphens in ("none", "ambiguous", "syllables"):
        assert isinstance(romanise(text, system, hyphens=hyphens), str)
        assert isinstance(named(text, system, hyphens=hyphens), str)


@given(st.text(alphabet="abc XYZ-'19.,", max_size=30))
def test_text_without_hangul_stays_as_it_is(text: str) -> None:
    assert {romanise(text, system) for system in ("rr", "mr", "dprk")} == {text}
    assert conventional(text) == text


def test_the_command_shows_all_systems(donju: Command) -> None:
    ran = donju("romanise", "김덕훈")
    assert ran.code == 0
    assert ran.out.splitlines()[0] == "김덕훈"
    assert [line.split("  ")[-1].strip() for line in ran.out.splitlines()[1:]] == [
        "gimdeokhun",
        "kimdŏkhun",
        "kimdokhun",
        "kimdokhun",
        "Kim Tok Hun",
    ]


def test_the_command_writes_one_system_line_by_line(donju: Command) -> None:
    assert donju("romanise", "--system", "rr", "왕십리", "신라").out == "wangsimni\nsilla\n"
    assert donju("romanise", "--system", "rr", "--names", "무산군").out == "Musan-gun\n"
    assert donju("romanize", "--system", "convention", "량강도").out == "Ryanggang Province\n"


def test_the_command_prints_json(donju: Command) -> None:
    printed = json.loads(donju("romanise", "--json", "청진").out)
    assert printed == [
        {
            "text": "청진",
            "rr": "cheongjin",
            "mr": "ch'ŏngjin",
            "mr-plain": "chongjin",
            "dprk": "chongjin",
            "convention": "Chongjin",
        }
    ]


def test_the_american_spelling_is_not_in_the_help(donju: Command) -> None:
    shown = donju("--help").out
    assert "romanise" in shown
    assert "romanize" not in shown


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("이영길", "Ri Yong Gil"),
        ("이상용", "Lee Sang-yong"),
        ("홍길동", "Hong Gil-dong"),
        ("김영동", "Kim Yong Dong"),
        ("남궁철", "Namgung Chol"),
        ("최휘", "Choe Hwi"),
    ],
)
def test_persons_follow_the_country_they_are_known_in(korean: str, english: str) -> None:
    assert conventional(korean) == english


@pytest.mark.parametrize(
    ("korean", "english"),
    [
        ("수남시장", "Sunam Market"),
        ("흥남비료연합기업소", "Hungnam Fertilizer Complex"),
        ("풍계리핵시험장", "Punggye-ri Nuclear Test Site"),
        ("황강댐", "Hwanggang Dam"),
        ("광복거리", "Kwangbok Street"),
        ("수풍호", "Lake Supung"),
        ("대동강구역", "Taedonggang District"),
        ("과일군", "Kwail County"),
        ("과일공장", "gwailgongjang"),
        ("위원", "wiwon"),
        ("앞거리", "apgeori"),
    ],
)
def test_bodies_and_features_are_named_after_places_only(korean: str, english: str) -> None:
    assert conventional(korean) == english
