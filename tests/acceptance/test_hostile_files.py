"""Files as they come from old programs, broken disks and jokers: what goes in, what does not, why.

Each is imported by the command. Nothing may be lost without a word: what is read is what is stored,
what was there and what is refused, and a file of which nothing was taken says so.
"""

from __future__ import annotations

import codecs
import gzip
import io
import json
import unicodedata
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

TMX = """<?xml version="1.0" encoding="UTF-8"?>
{}<tmx version="1.4"><header creationtool="X" srclang="ko"/><body>
{}</body></tmx>
"""
SHIP, RAIN = ("배가 떠났다.", "A ship left."), ("비가 왔다.", "It rained.")


def unit(ko: str, en: str, ko_code: str = "ko", en_code: str = "en") -> str:
    return (
        f'<tu><tuv xml:lang="{ko_code}"><seg>{ko}</seg></tuv>'
        f'<tuv xml:lang="{en_code}"><seg>{en}</seg></tuv></tu>\n'
    )


def tmx(body: str, doctype: str = "") -> str:
    return TMX.format(doctype, body)


TWO = tmx(unit(*SHIP) + unit(*RAIN))
AS_UTF_16 = TWO.replace("UTF-8", "UTF-16")
MULTIPLE = """<tu><tuv xml:lang="ko"><seg>배가 떠났다.</seg></tuv>
<tuv xml:lang="en"><seg>A ship left.</seg></tuv>
<tuv xml:lang="en-GB"><seg>The ship left.</seg></tuv>
<tuv xml:lang="KO-KP"><seg>배가 떠나갔다.</seg></tuv><tuv xml:lang="de"><seg>Schiff</seg></tuv></tu>
"""
NESTED = """<bpt i="1">&lt;b></bpt><hi>배<sub>주<ph>{1}</ph></sub>가<it pos="begin">i</it></hi>
<ept i="1">&lt;/b></ept> 떠났다<ut>x</ut>."""


def zipped() -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        archive.writestr("a.tmx", TWO)
    return held.getvalue()


#: Name, content, units stored, reasons of those refused (parts), notes (parts).
Case = tuple[str, str | bytes, int, tuple[str, ...], tuple[str, ...]]
TAKEN: list[Case] = [
    ("UTF-16 with its mark.tmx", codecs.BOM_UTF16_LE + AS_UTF_16.encode("utf-16-le"), 2, (), ()),
    ("UTF-16 without.tmx", AS_UTF_16.encode("utf-16-be"), 2, (), ()),
    ("UTF-16 as UTF-8.tmx", TWO.encode("utf-16-le"), 2, (), ("it is UTF-16-LE",)),
    ("UTF-8 as UTF-16.tmx", AS_UTF_16, 2, (), ("it is UTF-8",)),
    ("UTF-8 as EUC-KR.tmx", TWO.replace("UTF-8", "EUC-KR"), 2, (), ("it is UTF-8",)),
    ("cp949 as UTF-8.tmx", TWO.encode("cp949"), 2, (), ("it is CP949", "decoded as cp949")),
    ("unknown encoding.tmx", TWO.replace("UTF-8", "X-9"), 2, (), ("it is UTF-8",)),
    ("two marks.tmx", codecs.BOM_UTF8 * 2 + TWO.encode(), 2, (), ()),
    ("doctype.tmx", tmx(unit(*SHIP), '<!DOCTYPE tmx SYSTEM "t.dtd" [<!ELEMENT x ANY>]>'), 1,
     (), ()),
    ("doctype on the net.tmx", tmx(unit(*SHIP), '<!DOCTYPE tmx PUBLIC "-" "http://x.invalid/">'),
     1, (), ()),
    ("controls.tmx", tmx(unit("배\x01가&#x1F; 떠&#0;났다.", "A ship\x0b left.")), 1, (),
     ("U+0001", "U+000B", "U+001F", "U+0000")),
    ("decomposed.tmx", unicodedata.normalize("NFD", TWO), 2, (), ("(NFC)",)),
    ("nested codes.tmx", tmx(unit(NESTED, "A <ph><sub>alt</sub></ph>ship.")), 1, (), ()),
    ("empty segments.tmx",
     tmx(unit("", "A") + unit("배", "") + unit(" ", "\u00a0") + "<tu/>" + unit("<ph/>", "y")
         + unit(*SHIP)),
     1, ("ko text is empty", "en text is empty", "ko text is empty", "no segment in ko",
         "only inline codes"), ()),
    ("several of a language.tmx", tmx(MULTIPLE), 4, (), ()),
    *[
        (f"{ko} and {en}.tmx", tmx(unit(*SHIP, ko, en)), 1, (), ())
        for ko, en in (("ko-KR", "en-US"), ("KO", "EN"), ("kor", "eng"), ("ko_KR", "en_US"),
                       ("ko-Hang-KR", "en-Latn-GB"), ("ko-KP", "en"))
    ],
    ("names.tmx", tmx(unit(*SHIP, "Korean", "English")), 0, ("it has Korean, English",),
     ("nothing of it was taken",)),
    ("other languages.tmx", tmx(unit("Schiff", "bateau", "de", "fr")), 0, ("it has de, fr",),
     ("nothing of it was taken",)),
    ("header only.tmx", tmx(""), 0, (), ("there is no unit in it",)),
    ("capitals.tmx", TWO.replace("tu>", "TU>"), 0, (),
     ("<TU> is no element of TMX", "<tuv> is no element", "<seg> is no element",
      "there is no unit")),
    ("cut in a unit.tmx", TWO[: TWO.rindex("<seg>")], 1, ("ends in the middle",), ()),
    ("cut in the header.tmx", TWO[:90], 0, (), ("not complete", "there is no unit in it")),
    ("broken in the middle.tmx", tmx(unit(*SHIP) + unit("<b", "x") + unit(*RAIN)), 2,
     ("the XML is broken",), ()),
    ("a unit never closed.tmx", tmx(f"<tu>{unit(*SHIP)}{unit(*RAIN)}"), 2,
     ("a <tu> starts inside another",), ()),
    ("semicolons.csv", '"배가; 떠났다";"A ""ship""; left"\n"줄\n바꿈";"line\nbreak"\n', 2, (), ()),
    ("commas in texts.csv", "배가, 떠났다;A ship, left\n비가 왔다;It rained\n", 2, (), ()),
    ("quotation marks.csv", 'ko,en\n그는 "간다"고 했다,He said "go\n', 1, (), ()),
    ("open quotation mark.csv", 'ko,en\n배,ship\n"열린,open\n비,rain\n', 1,
     ("ends in the middle",), ()),
    ("ragged.csv", "ko,en\n배\n비,rain,more\n ,x\n눈,snow\n", 2,
     ("en text is empty", "ko text is empty"), ()),
    ("errors of Excel.csv", "ko,en\n배,#REF!\n#N/A,ship\n비,rain\n", 1,
     ("holds an error of Excel (#REF!)", "holds an error of Excel (#N/A)"), ()),
    ("names only.csv", "ko,en\n", 0, (), ("there is no unit in it",)),
    ("cp949.csv", "ko,en\n배가 떠났다,A ship left\n".encode("cp949"), 1, (), ("cp949",)),
    ("UTF-16.tsv", "ko\ten\n배가 떠났다\tA ship left\n".encode("utf-16-le"), 1, (), ()),
    ("line ends of old.csv", "ko,en\r배,ship\r비,rain\r", 2, (), ()),
]  # fmt: skip

REFUSED: list[tuple[str, str | bytes, str]] = [
    ("bomb.tmx", tmx("", '<!DOCTYPE t [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>'), "the entity 'a'"),
    ("file.tmx", tmx("", '<!DOCTYPE t [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "entity 'a'"),
    ("parameter.tmx", tmx("", '<!DOCTYPE t [<!ENTITY % p SYSTEM "http://x/"> %p;]>'), "entity 'p'"),
    ("zip.tmx", zipped(), "a zip archive"),
    ("gzip.tmx", gzip.compress(TWO.encode()), "a gzip file"),
    ("page.tmx", "<html><body>404</body></html>", "its first element is <html>"),
    ("json.tmx", '{"a": 1}', "this is not XML"),
    ("empty.tmx", "", "the file is empty"),
    ("blank.csv", " \n\n", "the file is empty"),
    ("one column.csv", "ko\n배\n비\n", "no two columns"),
    ("text.xlsx", "ko,en\n배,ship\n", "cannot be read as an Excel workbook"),
    ("archive.xlsx", zipped(), "cannot be read as an Excel workbook"),
    ("story.xlf", "<tmx/>", "this is no XLIFF"),
    ("entity.xlf", '<!DOCTYPE x [<!ENTITY a "aa">]><xliff version="1.2"/>', "the entity 'a'"),
    ("old.xls", "x", "no reader is known"),
]


@pytest.fixture
def imported(tmp_path: Path, donju: Callable[..., Any]) -> Callable[..., dict[str, Any]]:
    """The report of a file, imported twice; that of the first time."""

    def run(path: Path) -> dict[str, Any]:
        found = []
        for _ in range(2):
            ran = donju("import", path, "-m", tmp_path / "a.tm", "--json")
            assert ran.code == 0, ran.err
            assert ran.err == ""
            (report,) = json.loads(ran.out)["files"]
            assert report["read"] == report["stored"] + report["already"] + len(report["refused"])
            assert all(item["place"] and item["reason"] for item in report["refused"])
            found.append(report)
        assert found[1]["stored"] == 0
        return found[0]

    return run


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize(
    ("name", "content", "stored", "reasons", "notes"), TAKEN, ids=[case[0] for case in TAKEN]
)
def test_what_can_be_taken_is_and_the_rest_is_told(
    imported: Callable[..., dict[str, Any]],
    tmp_path: Path,
    name: str,
    content: str | bytes,
    stored: int,
    reasons: tuple[str, ...],
    notes: tuple[str, ...],
) -> None:
    report = imported(written(tmp_path, name, content))
    assert report["stored"] == stored
    for told, wanted in ((report["refused"], reasons), (report["notes"], notes)):
        texts = [item.get("reason") or item["text"] for item in told]
        assert len(texts) == len(wanted), texts
        assert all(part in text for part, text in zip(wanted, texts, strict=True)), texts


@pytest.mark.parametrize(("name", "content", "problem"), REFUSED, ids=[c[0] for c in REFUSED])
def test_a_file_that_is_refused_leaves_nothing_and_says_why(
    donju: Callable[..., Any], tmp_path: Path, name: str, content: str | bytes, problem: str
) -> None:
    path = written(tmp_path, name, content)
    for form in ((), ("--json",)):
        ran = donju("import", path, "-m", tmp_path / "a.tm", *form)
        assert ran.code == 2
        assert (ran.out, ran.err.count("\n")) == ("", 1)
        assert str(path) in ran.err
        assert problem in ran.err
    assert not (tmp_path / "a.tm").exists()


def test_a_workbook_with_formulas_dates_and_merged_cells(
    imported: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    import openpyxl

    from tm.memory import Memory

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["ko", "en", "date", "share"])
    sheet.append(["배가 떠났다", "A ship left", date(1900, 1, 1), 0.5])
    sheet.append(['=CONCAT("가","나")', "=A2", datetime(2024, 5, 1, 13, 5), True])
    sheet.append([2024, date(2024, 1, 2)])
    sheet.append(["병합", "merged"])
    sheet.merge_cells("A5:A6")
    sheet["B6"] = "the second row of it"
    sheet.append(["오류", "#REF!"])
    other = book.create_sheet("둘째")
    for row in (["표"], [], ["번역", "원문"], ["rain", "비"]):
        other.append(row)
    book.create_sheet("빈 표")
    book.save(tmp_path / "book.xlsx")
    report = imported(tmp_path / "book.xlsx")
    assert report["stored"] == 4
    assert [(item["place"], item["reason"]) for item in report["refused"]] == [
        ("sheet Sheet, row 3", "its ko text is empty"),
        ("sheet Sheet, row 6", "its ko text is empty"),
        ("sheet Sheet, row 7", "its en cell holds an error of Excel (#REF!)"),
    ]
    with Memory.open(tmp_path / "a.tm") as memory:
        units = [(u.source, u.target, u.provenance.date) for u in memory.units()]
    assert units == [
        ("배가 떠났다", "A ship left", "1900-01-01"),
        ("2024", "2024-01-02", None),
        ("병합", "merged", None),
        ("비", "rain", None),
    ]


def test_a_workbook_with_a_damaged_sheet_gives_the_rows_before(
    imported: Callable[..., dict[str, Any]], tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["ko", "en"])
    for number in range(200):
        book.active.append([f"배 {number}척이 떠났다", f"{number} ships left"])
    book.save(tmp_path / "whole.xlsx")
    with (
        zipfile.ZipFile(tmp_path / "whole.xlsx") as whole,
        zipfile.ZipFile(tmp_path / "torn.xlsx", "w") as torn,
    ):
        for name in whole.namelist():
            content = whole.read(name)
            cut = len(content) // 2 if name.endswith("sheet1.xml") else len(content)
            torn.writestr(name, content[:cut])
    report = imported(tmp_path / "torn.xlsx")
    (refused,) = report["refused"]
    assert 80 < report["stored"] < 120
    assert refused["place"] == f"sheet Sheet, row {report['stored'] + 2}"
    assert "damaged from here on" in refused["reason"]


def test_a_workbook_that_excel_reads_and_openpyxl_does_not_is_refused_in_words(
    donju: Callable[..., Any], tmp_path: Path
) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["ko", "en"])
    book.create_chartsheet("chart")  # without a drawing, openpyxl stumbles over it
    book.save(tmp_path / "chart.xlsx")
    ran = donju("import", tmp_path / "chart.xlsx", "-m", tmp_path / "a.tm")
    assert ran.code == 2
    assert "cannot be read as an Excel workbook" in ran.err


@pytest.mark.parametrize("ending", ["tmx", "csv", "xlf"])
def test_wherever_a_file_is_cut_off_it_is_told(
    imported: Callable[..., dict[str, Any]], tmp_path: Path, ending: str
) -> None:
    whole = {
        "tmx": TWO,
        "csv": 'ko,en\n"배가, 떠났다","A ship, left"\n"비가 왔다","It rained"\n',
        "xlf": '<?xml version="1.0"?>\n<xliff version="1.2"><file original="a" '
        'source-language="ko" target-language="en"><body>\n'
        '<trans-unit id="1"><source>배</source><target>ship</target></trans-unit>\n'
        '<trans-unit id="2"><source>비</source><target>rain</target></trans-unit>\n'
        "</body></file></xliff>",
    }[ending].encode()
    units = {"tmx": b"<tu>", "csv": b'"', "xlf": b"<trans-unit"}[ending]
    for cut in range(whole.index(units) + 1, len(whole) - 1, 7):
        at_line_end = ending == "csv" and whole[:cut].count(b'"') % 4 == 0
        report = imported(written(tmp_path, f"cut {cut}.{ending}", whole[:cut]))
        told = [item["reason"] for item in report["refused"]]
        told += [item["text"] for item in report["notes"]]
        assert told or at_line_end, whole[:cut]
