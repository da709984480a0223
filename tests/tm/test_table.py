"""Tables: CSV, TSV and Excel workbooks read as people make them, written so that they come back."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from align.errors import ReadError
from tm.exchange import table_writer
from tm.exchange.formats import reader_for, writer_for
from tm.exchange.items import Item, Note, Refused
from tm.exchange.languages import KO_EN, Languages
from tm.memory import Memory
from tm.unit import Code, Context, Details, Provenance, TranslationUnit

KO, EN = "쌀값이 올랐다.", "Rice prices rose."
ENDINGS = ("csv", "tsv", "xlsx")
Read = Callable[..., list[Item]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """What is in a table of this content."""

    def items(
        content: str | bytes, ending: str = "csv", languages: Languages = KO_EN
    ) -> list[Item]:
        path = tmp_path / f"vendor.{ending}"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return list(reader_for(path)(path, languages))

    return items


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., Path]:
    """A workbook with these sheets, each a list of rows."""

    def made(**sheets: list[list[object]]) -> Path:
        book = openpyxl.Workbook()
        book.remove(book.worksheets[0])
        for name, rows in sheets.items():
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "vendor.xlsx")
        return tmp_path / "vendor.xlsx"

    return made


def units(items: list[Item]) -> list[TranslationUnit]:
    return [item for item in items if isinstance(item, TranslationUnit)]


def pairs(items: list[Item]) -> list[tuple[str, str]]:
    return [(unit.source, unit.target) for unit in units(items)]


@pytest.mark.parametrize(
    "header",
    ["ko,en", "KO-KR,en_US", "Korean,English", "원문,번역", "한국어,영어", "Source,Target"],
)
def test_columns_are_known_by_their_names(read: Read, header: str) -> None:
    assert pairs(read(f"{header}\n{KO},{EN}\n")) == [(KO, EN)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(read: Read, delimiter: str) -> None:
    assert pairs(read(f"en{delimiter}ko\n{EN}{delimiter}{KO}\n")) == [(KO, EN)]


def test_the_line_that_tells_excel_the_delimiter_is_no_row(read: Read) -> None:
    items = read(f"sep=;\r\nko;en\r\n{KO};{EN}\r\n;x\r\n")
    assert pairs(items) == [(KO, EN)]
    assert [item.place for item in items if isinstance(item, Refused)] == ["line 4"]


def test_a_title_above_the_names_of_the_columns_is_noted(read: Read) -> None:
    items = read(f"시장 기사 2021,\n\n원문,번역\n{KO},{EN}\n")
    assert pairs(items) == [(KO, EN)]
    (note,) = (item for item in items if isinstance(item, Note))
    assert note.place == "line 1" and "above the names" in note.text


def test_without_names_the_texts_are_told_apart_by_their_letters(read: Read) -> None:
    assert pairs(read(f"7\t{EN}\t{KO}\n8\tDonju.\t돈주다.\n", "tsv")) == [
        (KO, EN),
        ("돈주다.", "Donju."),
    ]


def test_other_languages_without_names_are_the_first_two_columns(read: Read) -> None:
    found = read("Reis\triz\n", "tsv", Languages("de", "fr"))
    assert pairs(found) == [("Reis", "riz")]


def test_what_a_table_says_of_a_unit_is_kept(read: Read) -> None:
    (unit,) = units(
        read(f"ko,en,Date,Translator,Comment,Client\n{KO},{EN},2021.7.8,Lee Jina,careful,daily\n")
    )
    assert unit.provenance == Provenance("", 0, "Lee Jina", "2021-07-08")
    assert unit.details == Details(notes=("careful",), kept=(("column@Client", "daily"),))


def test_rows_without_both_texts_are_refused_with_their_line(read: Read) -> None:
    found = read(f'ko,en\n{KO},{EN}\n"두\n줄",\n\n,{EN}\n돈주\n')
    assert pairs(found) == [(KO, EN)]
    assert [item for item in found if isinstance(item, Refused)] == [
        Refused("line 3", "its en text is empty"),
        Refused("line 6", "its ko text is empty"),
        Refused("line 7", "its en text is empty"),
    ]


def test_quoted_cells_may_hold_anything(read: Read) -> None:
    assert pairs(read('ko,en\r\n"쌀, ""콩""\r\n보리","a\nb"\r\n')) == [('쌀, "콩"\r\n보리', "a\nb")]


def test_quotation_marks_that_group_nothing_are_text(read: Read) -> None:
    found = read('ko\ten\n"쌀" 값\t"Rice" price\n"돈주\tDonju\n', "tsv")
    assert pairs(found) == [('"쌀" 값', '"Rice" price'), ('"돈주', "Donju")]
    assert any(isinstance(item, Note) and "quotation marks" in item.text for item in found)


def test_a_table_that_ends_inside_a_cell_gives_all_rows_before(read: Read) -> None:
    found = read(f'ko,en\n{KO},{EN}\n돈주,"The don')
    assert pairs(found) == [(KO, EN)]
    assert found[-1] == Refused("line 3", "the file ends in the middle of it")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp949"])
def test_tables_of_excel_are_read_in_its_encodings(read: Read, encoding: str) -> None:
    text = "한국어\tEnglish\n돈주들이 장마당에서 쌀을 샀다.\tDonju bought rice at the market.\n"
    assert len(units(read(text.encode(encoding), "tsv"))) == 1


def test_control_characters_and_decomposed_hangul_are_mended_and_noted(read: Read) -> None:
    found = read(f"ko,en\n{unicodedata.normalize('NFD', '돈주')}\x1f,donju\n")
    assert pairs(found) == [("돈주", "donju")]
    assert len([item for item in found if isinstance(item, Note)]) == 2


def test_a_cell_of_megabytes_is_read(read: Read) -> None:
    assert len(units(read(f"ko,en\n{'장마당 ' * 500_000},{EN}\n"))[0].source) == 2_000_000


@pytest.mark.parametrize("content", ["돈주,장마당\n", "one\ntwo\n", "a,b\nc,d\n"])
def test_a_table_without_the_two_languages_is_refused(read: Read, content: str) -> None:
    with pytest.raises(ReadError, match="no two columns of ko and en") as caught:
        read(content)
    assert caught.value.remedy == "name them ko and en in the first row"


def test_every_sheet_with_the_two_languages_is_read(workbook: Callable[..., Path]) -> None:
    path = workbook(
        first=[["ko", "en", "date"], [KO, EN, date(2021, 7, 8)], ["쌀", None]],
        about=[["made by", "the vendor"]],
        second=[["english", "korean"], ["Donju.", "돈주다."]],
    )
    found = list(reader_for(path)(path, KO_EN))
    assert pairs(found) == [(KO, EN), ("돈주다.", "Donju.")]
    assert units(found)[0].provenance.date == "2021-07-08"
    assert Refused("sheet first, row 3", "its en text is empty") in found
    assert any(isinstance(item, Note) and item.place == "sheet about" for item in found)


def test_a_workbook_that_is_none_is_refused(read: Read) -> None:
    with pytest.raises(ReadError, match="cannot be read as an Excel workbook") as caught:
        read("ko,en\n", "xlsx")
    assert caught.value.remedy


# Writing and reading again

TEXT = st.text(max_size=10) | st.text(
    st.sampled_from('가\u1100\u1161 a\r\n\t\x00\x1f\x85\u2028\ufdd0\ufffe",;|=_x000A'), max_size=10
)
MAYBE = st.none() | TEXT
DETAILS = st.none() | st.builds(
    Details,
    context=st.none() | st.builds(Context, MAYBE, MAYBE, MAYBE),
    source_codes=st.lists(st.builds(Code, st.integers(0, 9), TEXT), max_size=2).map(tuple),
    notes=st.lists(TEXT, max_size=2).map(tuple),
    created=MAYBE,
    used=st.none() | st.integers(0, 99),
    kept=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)
UNITS = st.builds(
    TranslationUnit,
    source=TEXT,
    target=TEXT,
    provenance=st.builds(Provenance, TEXT, st.integers(-1, 10**6), MAYBE, MAYBE, MAYBE),
    confidence=st.floats(0, 1),
    status=st.sampled_from(["draft", "approved", "rejected"]),
    details=DETAILS,
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(written=st.lists(UNITS, min_size=1, max_size=3), ending=st.sampled_from(ENDINGS))
def test_units_come_back_as_they_were_whatever_they_hold(
    folder: Path, written: list[TranslationUnit], ending: str
) -> None:
    path = folder / f"out.{ending}"
    assert writer_for(path, None)(written, path, KO_EN).units == len(written)
    assert units(list(reader_for(path)(path, KO_EN))) == written


UNIT = TranslationUnit("=1+1", "@SUM(A1)", Provenance("market", 0, "Lee Jina", "2021-07-08"))


def test_excel_sees_text_and_never_a_formula(tmp_path: Path) -> None:
    table_writer.write_xlsx([UNIT], tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "out.xlsx").worksheets[0]
    assert [(cell.value, cell.data_type) for cell in sheet[2]][:2] == [
        ("=1+1", "s"),
        ("@SUM(A1)", "s"),
    ]


def test_csv_starts_with_the_mark_by_which_excel_knows_unicode(tmp_path: Path) -> None:
    table_writer.write_csv([UNIT], tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith("\ufeffko,en,article,".encode())


def test_a_text_longer_than_a_cell_is_named_and_the_rest_written(tmp_path: Path) -> None:
    long = TranslationUnit("가" * 40_000, "long", Provenance("market", 1))
    written = table_writer.write_xlsx([UNIT, long], tmp_path / "out.xlsx")
    assert written.units == 1
    assert [item.place for item in written.refused] == ["market, unit 1"]


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table_writer, "ROWS", 3)
    written = [TranslationUnit(f"쌀 {n}", "rice", Provenance("a", n)) for n in range(5)]
    path = tmp_path / "out.xlsx"
    table_writer.write_xlsx(written, path)
    assert len(openpyxl.load_workbook(path).worksheets) == 3
    assert units(list(reader_for(path)(path, KO_EN))) == written


@pytest.mark.parametrize("ending", ENDINGS)
def test_export_and_import_give_the_same_memory(
    news: Memory, donju: Any, tmp_path: Path, ending: str
) -> None:
    out = tmp_path / f"out.{ending}"
    assert donju("export", "-m", tmp_path / "news.tm", "-o", out).code == 0
    assert donju("import", out, "-m", tmp_path / "again.tm").code == 0
    with Memory.open(tmp_path / "again.tm") as again:
        assert list(again.units()) == list(news.units())


def test_an_export_to_csv_is_read_by_the_standard_library(news: Memory, tmp_path: Path) -> None:
    table_writer.write_csv(news.units(), tmp_path / "out.csv")
    with (tmp_path / "out.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["ko"], row["en"]) for row in rows] == [
        (unit.source, unit.target) for unit in news.units()
    ]
