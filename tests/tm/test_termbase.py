"""Reading termbases and looking terms up in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.errors import InputError, ReadError
from tm.terms.termbase import load_termbase

HEADER = "concept\tko\ten\tpos\tdomain\tstatus\tnote\n"


def write(path: Path, text: str, encoding: str = "utf-8") -> Path:
    path.write_text(text, encoding=encoding)
    return path


def test_the_bundled_termbase_loads_and_prefers_donju() -> None:
    termbase = load_termbase()
    assert len(termbase) > 500
    best = termbase.korean("돈주")[0]
    assert (best.en, best.status) == ("donju", "preferred")


def test_lookup_by_korean_ignores_spacing_and_northern_spelling(tmp_path: Path) -> None:
    file = write(
        tmp_path / "t.tsv",
        HEADER + "wpk\t조선노동당\tWorkers' Party of Korea\tproper\tparty\tpreferred\t\n",
    )
    termbase = load_termbase(file)
    for form in ("조선노동당", "조선로동당", "조선 로동당"):
        assert [entry.concept for entry in termbase.korean(form)] == ["wpk"]
    assert termbase.korean("노동") == ()


def test_lookup_by_english_ignores_number_case_and_article(tmp_path: Path) -> None:
    file = write(
        tmp_path / "t.tsv",
        HEADER + "unit\t인민반\tneighborhood-watch unit\tnoun\tstate\tadmitted\t\n",
    )
    termbase = load_termbase(file)
    for phrase in ("the neighborhood watch units", "Neighbourhood-watch unit"):
        assert [entry.ko for entry in termbase.english(phrase)] == ["인민반"]


def test_entries_of_a_term_come_best_status_first(tmp_path: Path) -> None:
    rows = "c\t장마당\tblack market\t\t\tforbidden\t\nc\t장마당\tmarket\t\t\tpreferred\t\n"
    termbase = load_termbase(write(tmp_path / "t.tsv", HEADER + rows))
    assert [e.status for e in termbase.korean("장마당")] == ["preferred", "forbidden"]


def test_hanja_forms_of_the_same_concept_are_known(tmp_path: Path) -> None:
    rows = (
        "nk\t북한\tNorth Korea\tproper\t\tpreferred\t\nnk\t北\tNorth Korea\tproper\t\tpreferred\t\n"
    )
    termbase = load_termbase(write(tmp_path / "t.tsv", HEADER + rows))
    assert termbase.hanja_forms("북한") == ("北",)


def test_csv_with_byte_order_mark_quotes_and_few_columns_is_read(tmp_path: Path) -> None:
    file = write(
        tmp_path / "t.csv", 'ko,en,note\n빙두,"crystal meth","slang, northern"\n', "utf-8-sig"
    )
    entry = load_termbase(file).entries[0]
    assert (entry.ko, entry.en, entry.status) == ("빙두", "crystal meth", "preferred")
    assert entry.note == "slang, northern"


def test_decomposed_hangul_is_composed(tmp_path: Path) -> None:
    import unicodedata

    file = write(
        tmp_path / "t.tsv", "ko\ten\n" + unicodedata.normalize("NFD", "돈주") + "\tdonju\n"
    )
    assert load_termbase(file).korean("돈주")


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (HEADER + "c\t돈주\tdonju\t\t\tgood\t\n", "line 2", "preferred, admitted"),
        (HEADER + "c\t돈주\tdonju\t\t\t\t\nc\t\tmarket\t\t\t\t\n", "line 3", "ko"),
        ("korean\tenglish\n돈주\tdonju\n", "line 1", "header"),
        ("", "line 1", "header"),
    ],
)
def test_errors_name_file_line_and_remedy(
    tmp_path: Path, text: str, place: str, words: str
) -> None:
    file = write(tmp_path / "bad.tsv", text)
    with pytest.raises(InputError) as caught:
        load_termbase(file)
    assert str(file) in str(caught.value)
    assert place in str(caught.value)
    assert words in str(caught.value)


def test_a_missing_or_undecodable_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.tsv"):
        load_termbase(tmp_path / "none.tsv")
    with pytest.raises(ReadError, match="UTF-8"):
        load_termbase(write(tmp_path / "old.tsv", "ko\ten\n돈주\tdonju\n", "cp949"))
