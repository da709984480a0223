"""Concepts: what a termbase holds, in one form, and files that give it back as it was."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from align.errors import InputError
from tm.exchange.items import Note, Refused
from tm.exchange.terms import Located, read_terms, write_terms
from tm.terms.termbase.conceptjson import concept_json, concept_of
from tm.terms.termbase.concepts import STATUSES, UNWANTED, Concept, Term, checked, repeated_terms
from tm.terms.termbase.entries import entries_of
from tm.terms.termbase.lookup import Termbase, load_termbase

DONJU = Concept(
    "donju",
    "economy",
    "Private investor in the North",
    terms=(
        Term("돈주", "ko"),
        Term("donju", "en", pos="noun"),
        Term("money master", "en", "forbidden", "noun", "Mistranslation"),
    ),
)


def with_terms(*terms: Term, name: str = "c") -> Concept:
    return checked(Concept(name, terms=terms))


# The form of a concept


def test_texts_are_composed_and_on_one_line() -> None:
    concept = with_terms(Term("\u1103\u1169\u11ab주", "ko"), Term(" the\n donju\x07 ", "en"))
    assert [term.text for term in concept.terms] == ["돈주", "the donju"]


def test_a_term_that_renders_all_names_none_and_equal_terms_are_one() -> None:
    korean = Term("보위부", "ko"), Term("국가보위성", "ko")
    english = [Term("MSS", "en", renders=(ko.text,)) for ko in korean]
    assert with_terms(*korean, *english).english == (Term("MSS", "en"),)


@pytest.mark.parametrize(
    ("concept", "words"),
    [
        (replace(DONJU, id=" "), "no id"),
        (replace(DONJU, terms=DONJU.english), "no Korean term"),
        (replace(DONJU, terms=DONJU.korean), "no English term"),
        (replace(DONJU, terms=(*DONJU.terms, Term(" ", "en"))), "empty"),
        (replace(DONJU, terms=(*DONJU.terms, Term("x", "en", "good"))), "'good'"),  # type: ignore[arg-type]
        (replace(DONJU, terms=(*DONJU.terms, Term("x", "fr"))), "'fr'"),  # type: ignore[arg-type]
        (replace(DONJU, terms=(*DONJU.terms, Term("x", "en", valid_from="May"))), "'May'"),
        (
            replace(
                DONJU, terms=(*DONJU.terms, Term("x", "en", valid_from="2020", valid_until="2019"))
            ),
            "before",
        ),
        (replace(DONJU, terms=(*DONJU.terms, Term("x", "en", renders=("빙두",)))), "빙두"),
        (
            replace(
                DONJU, terms=(*DONJU.korean, Term("빙두", "ko"), Term("x", "en", renders=("돈주",)))
            ),
            "no English term renders 빙두",
        ),
    ],
)
def test_what_no_termbase_can_keep_is_refused(concept: Concept, words: str) -> None:
    with pytest.raises(InputError, match=words):
        checked(concept)


# Dates and statuses


def test_what_holds_on_a_day() -> None:
    mss = with_terms(
        Term("국가보위성", "ko", valid_from="2016-07"),
        Term("국가안전보위부", "ko", valid_until="2016-06"),
        Term("Ministry of State Security", "en"),
    )
    termbase = Termbase((mss,))
    assert [e.ko for e in termbase.on("2015")] == ["국가안전보위부"]
    assert [e.ko for e in termbase.on("2016-06-30")] == ["국가안전보위부"]
    assert [e.ko for e in termbase.on("2016-07-01")] == ["국가보위성"]
    assert [e.ko for e in termbase.on("2016")] == ["국가보위성", "국가안전보위부"]
    assert termbase.on("2014").korean("국가보위성") == ()


def test_an_entry_holds_while_both_of_its_terms_do() -> None:
    (entry,) = entries_of(
        with_terms(
            Term("보위부", "ko", valid_from="2010", valid_until="2016"),
            Term("SSD", "en", valid_from="2011-05", valid_until="2016-05"),
        )
    )
    assert (entry.valid_from, entry.valid_until) == ("2011-05", "2016-05")


def test_an_unwanted_rendering_says_what_to_write_instead() -> None:
    entries = {entry.en: entry.instead for entry in entries_of(checked(DONJU))}
    assert entries == {"donju": "", "money master": "donju"}
    told = replace(
        DONJU, terms=(*DONJU.terms, Term("tycoon", "en", "deprecated", instead="magnate"))
    )
    assert {e.en: e.instead for e in entries_of(checked(told))}["tycoon"] == "magnate"


def test_where_the_style_has_changed_the_rendering_that_still_holds_is_written_instead() -> None:
    old = Term("money master", "en", valid_until="2016-06")
    new = Term("donju", "en", valid_from="2016-07")
    bad = Term("tonju", "en", "forbidden")
    terms = (Term("돈주", "ko"), old, new, bad)
    entries = {entry.en: entry.instead for entry in entries_of(Concept("donju", terms=terms))}
    assert entries["tonju"] == "donju"


def test_without_one_preferred_rendering_nothing_is_said_to_be_written_instead() -> None:
    two = replace(DONJU, terms=(*DONJU.terms, Term("financier", "en")))
    assert [e.instead for e in entries_of(two) if e.status == "forbidden"] == [""]


def test_the_status_of_the_korean_term_stands_beside_that_of_its_rendering() -> None:
    (entry,) = entries_of(
        with_terms(Term("괴뢰", "ko", "forbidden"), Term("puppet", "en", "admitted"))
    )
    assert (entry.ko_status, entry.status) == ("forbidden", "admitted")


# One termbase over another


def test_own_statuses_hold_and_the_rest_of_the_other_termbase_stays() -> None:
    base = Termbase(
        (
            DONJU,
            with_terms(Term("빙두", "ko"), Term("ice", "en"), name="ice"),
        )
    )
    own = Termbase((with_terms(Term("돈주", "ko"), Term("money master", "en"), name="돈주"),))
    both = own.over(base)
    assert {e.en: e.status for e in both.korean("돈주")} == {
        "money master": "preferred",
        "donju": "admitted",
    }
    assert [e.en for e in both.korean("빙두")] == ["ice"]


def test_a_concept_takes_the_place_of_the_one_with_its_id() -> None:
    own = Termbase((replace(DONJU, terms=(Term("돈주", "ko"), Term("donju", "en"))),))
    assert [e.en for e in own.over(Termbase((DONJU,))).korean("돈주")] == ["donju"]


def test_where_only_one_form_of_a_term_is_known_the_others_stay_as_they_are() -> None:
    base = Termbase(
        (with_terms(Term("보위부", "ko"), Term("국가보위성", "ko"), Term("MSS", "en")),)
    )
    own = Termbase((with_terms(Term("보위부", "ko"), Term("bowibu", "en"), name="own"),))
    both = own.over(base)
    assert [(e.en, e.status) for e in both.korean("국가보위성")] == [("MSS", "preferred")]
    assert [(e.en, e.status) for e in both.korean("보위부")] == [
        ("bowibu", "preferred"),
        ("MSS", "admitted"),
    ]


_WORD = st.text(st.sampled_from("돈주빙두보위부 abcXYZ"), min_size=1, max_size=5).filter(str.strip)


def _concepts(name: str) -> st.SearchStrategy[Concept]:
    def terms(lang: str, *status: st.SearchStrategy[str]) -> st.SearchStrategy[list[Term]]:
        found = st.builds(Term, _WORD.map(str.strip), st.just(lang), *status)
        return st.lists(found, min_size=1, max_size=3, unique_by=lambda term: term.text)

    return st.builds(
        lambda ko, en: checked(Concept(name, terms=(*ko, *en))),
        terms("ko"),
        terms("en", st.sampled_from(STATUSES)),
    )


@given(own=_concepts("own"), base=_concepts("base"))
def test_one_termbase_over_another_says_what_it_says_alone(own: Concept, base: Concept) -> None:
    alone, both = Termbase((own,)), Termbase((own,)).over(Termbase((base,)))
    for term in alone.korean_terms:
        told = [(e.en, e.status) for e in both.korean(term) if e.concept == "own"]
        assert told == [(e.en, e.status) for e in alone.korean(term)]
        preferred = {e.concept for e in both.korean(term) if e.status == "preferred"}
        assert "own" not in preferred or preferred == {"own"}
    for term in Termbase((base,)).korean_terms:
        if not alone.korean(term):
            assert both.korean(term) == Termbase((base,)).korean(term)


# Files

_TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn", "Co")), max_size=8
)
_NAME = _TEXT.map(lambda text: checked_text(text) or "말")
_DAY = st.sampled_from(["", "2016", "2016-07", "2016-07-08"])


def checked_text(text: str) -> str:
    """A text in the form in which it is kept, empty if nothing is left of it."""
    try:
        return checked(Concept("c", terms=(Term(text, "ko"), Term("x", "en")))).terms[0].text
    except InputError:
        return ""


@st.composite
def any_concept(draw: Callable[..., object], *, lists_instead: bool = True) -> Concept:
    """A concept with everything that the model holds."""

    def term(lang: str, renders: tuple[str, ...] = ()) -> Term:
        status = draw(st.sampled_from(STATUSES))
        told = [draw(_TEXT) for _ in range(4)]
        instead = told[3] if status in UNWANTED else ""
        pos = draw(st.sampled_from(["", "noun", "proper", "verb", "adjective", "phrase"]))
        text, day = draw(_NAME), draw(_DAY)
        return Term(text, lang, status, pos, *told[:3], instead, day, "", renders)  # type: ignore[arg-type]

    korean = [term("ko") for _ in range(draw(st.integers(1, 3)))]  # type: ignore[call-overload]
    texts = [ko.text for ko in korean]
    english = [term("en")]
    english += [
        term("en", tuple(draw(st.lists(st.sampled_from(texts), max_size=2))))  # type: ignore[arg-type,call-overload]
        for _ in range(draw(st.integers(0, 2)))  # type: ignore[call-overload]
    ]
    told = [draw(_TEXT) for _ in range(3)]
    clean = [replace(one, text=checked_text(one.text)) for one in (*korean, *english)]
    assume(not list(repeated_terms(clean)))
    return checked(Concept(draw(_NAME), *told, terms=(*korean, *english)))  # type: ignore[arg-type]


@given(concept=any_concept())
def test_a_concept_comes_back_from_json(concept: Concept) -> None:
    assert concept_of(concept_json(concept)) == concept


@pytest.mark.parametrize(
    ("ending", "style"),
    [("tbx", "dca"), ("tbx", "dct"), ("tbx", "v2"), ("tsv", "dca"), ("csv", "dca")],
)
@settings(max_examples=50, deadline=None)
@given(concept=any_concept())
def test_any_concept_comes_back_from_a_file(
    ending: str, style: str, concept: Concept, tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.mktemp("terms") / f"any.{ending}"
    assert write_terms([concept], path, style=style) == 1  # type: ignore[arg-type]
    assert [i.concept for i in read_terms(path) if isinstance(i, Located)] == [concept]


@pytest.mark.parametrize("ending", ["tbx", "tsv", "csv"])
def test_the_bundled_termbase_comes_back_from_a_file(ending: str, tmp_path: Path) -> None:
    bundled = tuple(load_termbase().concepts)
    path = tmp_path / f"all.{ending}"
    assert write_terms(bundled, path) == len(bundled)
    items = list(read_terms(path))
    assert [item for item in items if not isinstance(item, Located)] == []
    assert tuple(item.concept for item in items if isinstance(item, Located)) == bundled


def test_tables_of_others_are_read_by_what_their_columns_are_called(tmp_path: Path) -> None:
    path = tmp_path / "client.csv"
    path.write_text("영문;한국어;비고;owner\ndonju;돈주;gloss it;Kim\nice;빙두;;Kim\n", "utf-8")
    first, second, *rest = [item for item in read_terms(path) if isinstance(item, Located)]
    assert rest == []
    assert first.concept == with_terms(
        Term("돈주", "ko"), Term("donju", "en", note="gloss it"), name="돈주"
    )
    assert second.place.endswith("line 3")
    notes = [item.text for item in read_terms(path) if isinstance(item, Note)]
    assert notes == ["the columns owner are not kept"]


def test_every_line_that_cannot_be_taken_is_named(tmp_path: Path) -> None:
    path = tmp_path / "house.tsv"
    path.write_text(
        "ko\ten\tstatus\tvalid_from\n"
        "돈주\tdonju\t\t\n"
        "돈주\tdonju\tforbidden\t\n"
        "빙두\tice\tgood\t\n"
        "\tice\t\t\n"
        "빙두\tice\t\tMay\n",
        "utf-8",
    )
    refused = {i.place: i.reason for i in read_terms(path) if isinstance(i, Refused)}
    assert refused == {
        "line 3": "돈주 = donju stands in line 2 already",
        "line 4": "unknown status 'good'",
        "line 5": "the column ko is empty",
        "line 6": "not a date: 'May'",
    }


def test_a_workbook_is_read_sheet_by_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    workbook = openpyxl.Workbook()
    for title, rows in (
        ("terms", [("ko", "en", "note"), ("돈주", "donju", "gloss it")]),
        ("more", [("en", "ko"), ("ice", "빙두")]),
    ):
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
    path = tmp_path / "terms.xlsx"
    workbook.save(path)
    found = [item for item in read_terms(path) if isinstance(item, Located)]
    assert [item.concept.id for item in found] == ["돈주", "빙두"]
    assert found[1].place == "sheet more, row 2"
