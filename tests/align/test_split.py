"""Sentence splitting: what is cut, what is kept together, and what never changes."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from align.article import Article, Lang, Paragraph
from align.errors import InputError
from align.split import split, split_article
from align.splitters import kss_backend
from align.splitters.kss_backend import open_sites

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
BENCH = ROOT / "scripts" / "bench_split.py"


def cases(lang: str) -> list[object]:
    lines = (HERE / f"split_cases_{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    return [pytest.param(row["text"], row["sents"], id=row["id"]) for row in rows]


def texts(text: str, lang: Lang) -> list[str]:
    return [sentence.text for sentence in split(text, lang, splitter="rules")]


def letters(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("text", "sentences"), cases("ko"))
def test_korean_is_cut_where_a_reader_would_cut_it(text: str, sentences: list[str]) -> None:
    assert texts(text, "ko") == sentences


@pytest.mark.parametrize(("text", "sentences"), cases("en"))
def test_english_is_cut_where_a_reader_would_cut_it(text: str, sentences: list[str]) -> None:
    assert texts(text, "en") == sentences


@pytest.mark.parametrize("lang", ["ko", "en"])
def test_hard_cases_reach_the_promised_scores(shared_data: Path, lang: Lang) -> None:
    path = shared_data / "cases" / f"{lang}_sentence_boundary.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    exact = sum(texts(row["text"], lang) == row["sents"] for row in rows)
    assert exact >= 0.95 * len(rows)


# ---------------------------------------------------------------- properties

KOREAN = (
    "그는 시장에 갔다 했습니다 왔어요 라고 며 고 말했다 이다 되였다 이고 당국은 없다 하고 "
    "“ ” \" ' ‘ ’ ″ ` 《 》 ( ) [ ] . ? ! … ... , 。 · / = ~ - ■ ① "
    "1 2019 7. 1. No U.S 北 습니다. 다.주민"
)
ENGLISH = (
    "He she The border said asked Mr Dr Kim Jong Un residents' didn't and then I a "
    "“ ” \" ' ‘ ’ `` '' ( ) [ ] . ? ! … ... , - • — "
    "U.S. No. 14 1. p.m. Co. Ltd. i.e. etc. 3.5 closed.The [1] ¹"
)


def running(words: str) -> st.SearchStrategy[str]:
    vocabulary = [*words.split(), "\n", "\n\n", "\t"]
    pieces = st.lists(st.tuples(st.sampled_from(vocabulary), st.sampled_from(["", " ", " "])))
    return pieces.map(lambda pairs: "".join(word + gap for word, gap in pairs))


SAMPLES = st.one_of(
    st.tuples(st.one_of(running(KOREAN), st.text()), st.just("ko")),
    st.tuples(st.one_of(running(ENGLISH), st.text()), st.just("en")),
)


@given(SAMPLES)
@example(("가다.\u200b 나다. \ufeff다라.\u00ad", "ko"))
@settings(max_examples=600, deadline=None)
def test_splitting_loses_nothing_but_white_space(sample: tuple[str, Lang]) -> None:
    text, lang = sample
    sentences = split(text, lang, splitter="rules")
    assert letters("".join(s.text for s in sentences)) == letters(text)


@given(SAMPLES)
@settings(max_examples=600, deadline=None)
def test_spans_are_ordered_disjoint_and_hold_the_sentence(sample: tuple[str, Lang]) -> None:
    text, lang = sample
    end = paragraph = 0
    for sentence in split(text, lang, splitter="rules"):
        assert end <= sentence.span[0] < sentence.span[1]
        assert text[slice(*sentence.span)] == sentence.text == sentence.text.strip()
        assert paragraph <= sentence.paragraph <= paragraph + 1
        end, paragraph = sentence.span[1], sentence.paragraph


@given(SAMPLES)
@example(("“가다. 나 “다. 라” 마. 바”고 했다. 사.", "ko"))
@settings(max_examples=1500, deadline=None)
def test_a_sentence_on_one_line_splits_into_itself(sample: tuple[str, Lang]) -> None:
    text, lang = sample
    for sentence in split(text, lang, splitter="rules"):
        if len(sentence.text.splitlines()) == 1:
            assert texts(sentence.text, lang) == [sentence.text]


@given(running(KOREAN))
@settings(max_examples=300, deadline=None)
def test_decomposed_hangul_splits_like_composed(text: str) -> None:
    decomposed = unicodedata.normalize("NFD", text)
    found = split(decomposed, "ko", splitter="rules")
    assert [unicodedata.normalize("NFC", s.text) for s in found] == texts(
        unicodedata.normalize("NFC", text), "ko"
    )
    assert all(decomposed[slice(*s.span)] == s.text for s in found)


# ---------------------------------------------------------------- interface


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\u3000\t\r\n"])
def test_white_space_has_no_sentences(text: str) -> None:
    assert split(text, "ko", splitter="rules") == ()
    assert split(text, "en") == ()


def test_unknown_language_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"'fr'.*use 'ko' or 'en'"):
        split("Bonjour.", "fr")  # type: ignore[arg-type]


def test_unknown_splitter_is_refused_by_name() -> None:
    with pytest.raises(InputError, match=r"'pecab'.*'auto', 'rules' or 'kss'"):
        split("안녕.", "ko", splitter="pecab")  # type: ignore[arg-type]


def test_paragraphs_are_counted_at_blank_lines() -> None:
    text = "첫 문단이다. 둘째 문장이다.\n\n \n제목\n다음 문단이다.\r\n\r\n끝이다."
    found = [(s.text, s.paragraph) for s in split(text, "ko", splitter="rules")]
    assert found == [
        ("첫 문단이다.", 0),
        ("둘째 문장이다.", 0),
        ("제목", 1),
        ("다음 문단이다.", 1),
        ("끝이다.", 2),
    ]


def test_a_quotation_that_never_closes_does_not_swallow_the_paragraph() -> None:
    text = "그는 “사과가 익었다고 했다. " + "과수원에는 사람이 많았다. " * 50
    assert len(split(text, "ko", splitter="rules")) == 51


def test_a_quotation_closed_too_far_away_does_not_bind() -> None:
    text = "“첫 줄이다. " + "논에는 물이 찼다. " * 60 + "모두 끝났다.”"
    assert len(split(text, "ko", splitter="rules")) == 62


def test_a_long_quotation_with_no_speaker_is_cut_inside() -> None:
    parts = [
        "“We had planted the whole field by the end of April, as we did every year.",
        "Then it stopped raining for six weeks and the reservoir above the village ran dry.",
        "By the middle of May the seedlings had turned yellow from the roots upwards.",
        "In June the team leader told us to plough everything under and to begin again.”",
    ]
    told = " ".join(parts)[:-2] + ",” he said."
    assert texts(" ".join(parts), "en") == parts
    assert texts(told, "en") == [told]


def article() -> Article:
    parts = ["쌀값 또 올라", "쌀값이 올랐다. 강냉이도 올랐다.", "사진=독자 제공", "끝이다."]
    kinds = ["headline", "body", "credit", "body"]
    text = "\n\n".join(parts)
    starts = [text.index(part) for part in parts]
    return Article(
        text,
        "ko",
        tuple(
            Paragraph(part, (start, start + len(part)), kind)  # type: ignore[arg-type]
            for part, start, kind in zip(parts, starts, kinds, strict=True)
        ),
    )


def test_an_article_gives_the_sentences_of_its_story_only() -> None:
    story = article()
    found = split_article(story)
    assert [(s.text, s.paragraph) for s in found] == [
        ("쌀값이 올랐다.", 1),
        ("강냉이도 올랐다.", 1),
        ("끝이다.", 3),
    ]
    assert all(story.text[slice(*s.span)] == s.text for s in found)


def test_an_article_gives_all_its_sentences_when_asked() -> None:
    found = split_article(article(), keep_boilerplate=True)
    assert [s.paragraph for s in found] == [0, 1, 1, 2, 3]


# ---------------------------------------------------------------- kss


def run_python(code: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_punctuated_korean_never_loads_kss() -> None:
    code = (
        "import sys; from align.split import split\n"
        "split('그는 왔다 갔다 했다. “간다 만다 말이 많다”고 했다. 하다 만 일이다.', 'ko')\n"
        "split('쌀값이 올랐다 그는 한숨을 쉬었다', 'ko', splitter='rules')\n"
        "print('kss' in sys.modules)"
    )
    assert run_python(code) == "False"


def test_kss_prints_nothing() -> None:
    code = (
        "from align.split import split\n"
        "found = split('쌀값이 크게 올랐다 그는 한숨을 쉬었다', 'ko')\n"
        "assert len(found) == 2, found"
    )
    assert run_python(code) == ""


def test_missing_kss_is_named_with_its_remedy() -> None:
    code = (
        "import sys; sys.modules['kss'] = None\n"
        "from align.errors import InputError; from align.split import split\n"
        "try: split('쌀값이 올랐다 그는 한숨을 쉬었다', 'ko')\n"
        "except InputError as error: print(error)"
    )
    assert run_python(code).endswith("install kss, or choose the splitter 'rules'")


def test_missing_mecab_is_warned_of_and_punctuation_decides() -> None:
    code = (
        "import sys, warnings; sys.modules['mecab'] = None\n"
        "from align.split import split\n"
        "with warnings.catch_warnings(record=True) as caught:\n"
        "    warnings.simplefilter('always')\n"
        "    found = split('쌀값이 올랐다. 비가 왔다.', 'ko', splitter='kss')\n"
        "print(len(found), any('python-mecab-ko' in str(w.message) for w in caught))"
    )
    assert run_python(code) == "2 True"


def test_korean_without_punctuation_is_cut_by_kss() -> None:
    text = "저는 어제 시장에 갔어요 쌀을 사려고 했는데 너무 비쌌어요 그래서 그냥 왔어요"
    found = split(text, "ko")
    assert [s.text for s in found] == [
        "저는 어제 시장에 갔어요",
        "쌀을 사려고 했는데 너무 비쌌어요",
        "그래서 그냥 왔어요",
    ]
    assert all(text[slice(*s.span)] == s.text for s in found)


def test_kss_splits_whole_paragraphs_when_chosen() -> None:
    text = "그는 “모른다. 못 봤다”고 했다. 그게 다였다.\n\n시장은  닫혔다. 비가 왔다."
    found = split(text, "ko", splitter="kss")
    assert [s.paragraph for s in found] == [0, 0, 1, 1]
    assert letters("".join(s.text for s in found)) == letters(text)


@pytest.mark.parametrize(
    "text",
    [
        "단속을 피해 도망치다 강에 빠진 주민이 숨졌다.",
        "그는 장사를 하다 지난해 11월 체포됐다.",
        "쌀값이 오르다 내리다 하는 상황이 이어졌다.",
        "먹었다 하면 체하는 아이가 있다.",
        "그는 “강을 건넜다 그의 아내는 남았다”고 말했다.",
        "한 달이 지났다 해도 상처는 남는다.",
    ],
)
def test_connectives_and_quotations_are_not_open_to_kss(text: str) -> None:
    assert open_sites(text) == []


def test_output_of_kss_that_differs_from_the_text_is_not_used() -> None:
    text = "  가나 다라  마바 "
    assert kss_backend._aligned(text, ["가나", "다라 마바"]) == [(2, 4), (5, 11)]
    assert kss_backend._aligned(text, ["가나", "다라마"]) == [(2, 11)]
    assert kss_backend._aligned(text, ["가나", "다라 마빠"]) == [(2, 11)]


# ---------------------------------------------------------------- the measuring script


def test_the_bench_prints_scores_by_tag_and_in_all(tmp_path: Path) -> None:
    rows = [
        {"text": "가다. 나다.", "sents": ["가다.", "나다."], "lang": "ko", "tag": "right"},
        {"text": "A b. C d.", "sents": ["A b. C d."], "lang": "en", "tag": "wrong"},
    ]
    path = tmp_path / "cases.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, BENCH, path, "--splitter", "rules"],
        capture_output=True,
        text=True,
        check=True,
    )
    scores = {line.split()[0]: line.split()[2] for line in done.stdout.splitlines()[:3]}
    assert scores == {"right": "100.00", "wrong": "0.00", "all": "66.67"}


def test_the_bench_joins_lines_and_leaves_out_flawed_ones(tmp_path: Path) -> None:
    path = tmp_path / "lines.ko"
    path.write_text("쌀값이 올랐다.\n제목\n비가 왔다. 눈도 왔다.\n끝났다.\n", encoding="utf-8")
    command = [sys.executable, BENCH, "--lines", path, "--lang", "ko", "--splitter", "rules"]

    def score(*options: str) -> str:
        done = subprocess.run([*command, *options], capture_output=True, text=True, check=True)
        return done.stdout.splitlines()[0]

    assert score().endswith("exact   0.00 %  (0/1)")
    assert score("--sound").endswith("exact 100.00 %  (1/1)")
