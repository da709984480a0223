"""Reading termbases and looking terms up in them."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

import pytest

from align.errors import InputError, ReadError
from corpora import TERMBASE
from tm.terms.english import phrase_key
from tm.terms.latin.romanise import romanise
from tm.terms.spelling import fold_spelling
from tm.terms.termbase.lookup import Entry, Termbase, load_termbase
from tm.terms.termbase.tables import COLUMNS

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
        ("ko,en,note\n돈주,donju,Gloss, rich people\n", "line 2", "more than there are columns"),
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


def test_a_file_with_a_cell_longer_than_any_term_is_a_read_error(tmp_path: Path) -> None:
    limit = csv.field_size_limit(1 << 17)
    try:
        with pytest.raises(ReadError, match="not a table"):
            load_termbase(write(tmp_path / "long.tsv", f"ko\ten\n돈주\t{'x' * (1 << 18)}\n"))
    finally:
        csv.field_size_limit(limit)


def test_a_missing_or_undecodable_file_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"none\.tsv"):
        load_termbase(tmp_path / "none.tsv")
    with pytest.raises(ReadError, match="UTF-8"):
        load_termbase(write(tmp_path / "old.tsv", "ko\ten\n돈주\tdonju\n", "cp949"))


def test_definition_source_and_context_are_read_where_a_file_has_them(tmp_path: Path) -> None:
    file = write(
        tmp_path / "t.csv",
        "ko,en,definition,context\n"
        "돈주,donju,person who lends money,돈주가 쌀을 샀다.,\n"
        "빙두,meth\n",
    )
    first, second = load_termbase(file).entries
    assert (first.definition, first.source, first.context) == (
        "person who lends money", "", "돈주가 쌀을 샀다.",
    )  # fmt: skip
    assert (second.en, second.definition) == ("meth", "")


def test_a_folder_is_read_as_one_termbase(tmp_path: Path) -> None:
    write(tmp_path / "b.csv", "ko,en,definition\n무산,Musan,a county\n")
    write(tmp_path / "a.tsv", HEADER + "d\t돈주\tdonju\tnoun\t\tpreferred\t\n")
    write(tmp_path / "notes.txt", "nothing to read here")
    termbase = load_termbase(tmp_path)
    assert [(e.ko, e.definition) for e in termbase] == [("돈주", ""), ("무산", "a county")]
    assert termbase.source == str(tmp_path)


def test_a_folder_without_tables_is_a_read_error(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no termbase"):
        load_termbase(tmp_path)


# --- the bundled termbase -------------------------------------------------------------------

#: How many cities, counties and districts there are; renamed ones count once.
DIVISIONS = {
    "South Pyongan Province": (5, 14, 0),
    "North Pyongan Province": (3, 22, 0),
    "Jagang Province": (3, 15, 0),
    "Ryanggang Province": (2, 10, 0),
    "North Hamgyong Province": (3, 12, 0),
    "South Hamgyong Province": (3, 15, 0),
    "North Hwanghae Province": (2, 17, 0),
    "South Hwanghae Province": (1, 19, 0),
    "Kangwon Province": (2, 15, 0),
    "Pyongyang": (0, 2, 19),
    "Nampo": (0, 2, 5),
    "Rason": (0, 0, 2),
    "Kaesong": (0, 1, 2),
    "Chongjin": (0, 0, 7),
    "Hamhung": (0, 0, 7),
}
KINDS = {"City": "시", "County": "군", "District": "구역"}


@pytest.fixture(scope="module")
def bundled() -> Termbase:
    return load_termbase()


@pytest.fixture(scope="module")
def tables() -> dict[str, Termbase]:
    return {file.stem: load_termbase(file) for file in sorted(TERMBASE.glob("*.tsv"))}


def concepts(entries: Iterable[Entry]) -> set[str]:
    return {entry.concept for entry in entries}


def divisions(places: Termbase) -> Iterator[tuple[Entry, str, str]]:
    """Each city, county and district with its kind and what it belongs to, as its note says."""
    for entry in places:
        match = re.match(r"(City|County) in ([^;]+)|(District) of ([^;]+)", entry.note)
        if match and entry.status == "preferred":
            yield entry, match[1] or match[3], match[2] or match[4]


def test_the_bundled_tables_are_as_large_as_promised(tables: dict[str, Termbase]) -> None:
    assert set(tables) == {"names", "north-korea", "places"}
    assert len(concepts(tables["north-korea"])) >= 600
    assert len(concepts(tables["names"])) >= 150
    everything = [entry for table in tables.values() for entry in table]
    assert list(load_termbase()) == everything
    assert len({e.concept for e in everything if e.definition and e.note}) >= 100
    assert len({e.concept for e in everything if e.status in ("deprecated", "forbidden")}) >= 60


def test_a_concept_stands_in_one_table_with_its_lines_together(bundled: Termbase) -> None:
    runs = [concept for concept, _ in groupby(bundled, key=lambda entry: entry.concept)]
    assert [c for c, n in Counter(runs).items() if n > 1] == []


def test_no_bundled_line_occurs_twice(bundled: Termbase) -> None:
    lines = Counter((entry.concept, entry.ko, entry.en) for entry in bundled)
    assert [line for line, n in lines.items() if n > 1] == []


def test_every_bundled_term_has_one_preferred_rendering_in_its_concept(bundled: Termbase) -> None:
    preferred = Counter((e.concept, e.ko) for e in bundled if e.status == "preferred")
    assert {(e.concept, e.ko) for e in bundled} == set(preferred)
    assert [term for term, n in preferred.items() if n > 1] == []


def test_unwanted_renderings_are_not_wanted_elsewhere_for_the_same_term(bundled: Termbase) -> None:
    unwanted = {(e.concept, phrase_key(e.en)) for e in bundled if e.status == "forbidden"}
    wanted = {(e.concept, phrase_key(e.en)) for e in bundled if e.status == "preferred"}
    assert unwanted & wanted == set()


def test_unwanted_renderings_say_why_or_what_to_write_instead(bundled: Termbase) -> None:
    assert [e for e in bundled if e.status in ("deprecated", "forbidden") and not e.note] == []


def test_a_definition_stands_on_a_preferred_line_once_a_concept() -> None:
    defined = [line for line in _lines() if line["definition"]]
    assert {line["status"] for line in defined} == {"preferred"}
    assert len(defined) == len({line["concept"] for line in defined})


def _lines() -> list[dict[str, str]]:
    """The lines of the bundled files, read without our own code."""
    files = sorted(TERMBASE.glob("*.tsv"))
    tables = [
        csv.DictReader(file.open(encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE)
        for file in files
    ]
    return [line for table in tables for line in table]


def test_every_look_up_gives_what_the_lines_say(bundled: Termbase) -> None:
    order = ("preferred", "admitted", "deprecated", "forbidden")
    names = ("concept", "ko", "en", "pos", "domain", "status", "note")
    korean, english, concepts = defaultdict(list), defaultdict(list), defaultdict(list)
    for line in sorted(_lines(), key=lambda line: order.index(line["status"])):
        told = tuple(line[name] for name in names)
        korean[fold_spelling(line["ko"])].append(told)
        english[phrase_key(line["en"])].append(told)
        concepts[line["concept"]].append(told)

    def shown(entries: Iterable[Entry]) -> list[tuple[str, ...]]:
        return [tuple(getattr(entry, name) for name in names) for entry in entries]

    for key, lines in korean.items():
        assert shown(bundled.korean(key)) == lines
    for line in _lines():
        assert shown(bundled.english(line["en"])) == english[phrase_key(line["en"])]
    for name, lines in concepts.items():
        assert sorted(shown(bundled.concept(name))) == sorted(lines)


def test_every_unwanted_bundled_rendering_says_what_to_write_instead(bundled: Termbase) -> None:
    unwanted = [e for e in bundled if e.status in ("deprecated", "forbidden")]
    assert len(unwanted) > 500
    assert [e for e in unwanted if e.instead not in {o.en for o in bundled.korean(e.ko)}] == []


def test_what_is_called_a_revised_spelling_is_one(bundled: Termbase) -> None:
    for entry in bundled:
        if entry.note == "Revised (South Korean) spelling" and entry.domain != "place":
            forms = [romanise(other.ko).lower() for other in bundled.concept(entry.concept)]
            words = [word for word in re.findall("[a-z]+", entry.en.lower()) if len(word) > 3]
            assert any(word in form for word in words for form in forms), entry.en


def test_bundled_files_are_composed_and_without_stray_blanks() -> None:
    for file in TERMBASE.glob("*.tsv"):
        text = file.read_text("utf-8")
        assert unicodedata.is_normalized("NFC", text)
        rows = [line.split("\t") for line in text.removesuffix("\n").split("\n")]
        assert tuple(rows[0]) == (*COLUMNS, "definition")
        assert [row for row in rows if len(row) != len(rows[0])] == []
        assert [cell for row in rows for cell in row if cell != " ".join(cell.split())] == []


def test_bundled_korean_is_hangul_or_hanja_and_english_is_latin(bundled: Termbase) -> None:
    korean = re.compile(r"[가-힣一-鿿0-9A-Z .·×-]+")
    assert [e.ko for e in bundled if not korean.fullmatch(e.ko)] == []
    assert [e.en for e in bundled if re.search("[가-힣一-鿿]", e.en)] == []
    assert [e.ko for e in bundled if len(e.ko) < 2 and not "一" <= e.ko <= "鿿"] == []


def test_bundled_parts_of_speech_are_known(bundled: Termbase) -> None:
    assert {e.pos for e in bundled} <= {"noun", "proper", "verb", "adjective", "phrase"}
    assert all(e.domain for e in bundled)


def test_the_nine_provinces_and_the_special_cities_are_there(bundled: Termbase) -> None:
    provinces = {
        "평안남도", "평안북도", "자강도", "량강도", "함경북도", "함경남도", "황해북도", "황해남도",
        "강원도",
    }  # fmt: skip
    names = {ko: bundled.korean(ko)[0].en for ko in provinces}
    assert set(names.values()) == {n for n in DIVISIONS if n.endswith("Province")}
    cities = {ko: bundled.korean(ko)[0].en for ko in ("평양시", "남포시", "라선시", "개성시")}
    assert set(cities.values()) == {"Pyongyang", "Nampo", "Rason", "Kaesong"}


def test_cities_counties_and_districts_are_complete(tables: dict[str, Termbase]) -> None:
    found = Counter((parent, kind) for _, kind, parent in divisions(tables["places"]))
    counted = {name: tuple(found[name, kind] for kind in KINDS) for name in DIVISIONS}
    assert counted == DIVISIONS
    assert sum(found.values()) == sum(map(sum, DIVISIONS.values()))


def test_each_division_has_its_generic_part_and_its_revised_spelling(
    tables: dict[str, Termbase],
) -> None:
    for entry, kind, _ in divisions(tables["places"]):
        assert entry.ko.endswith(KINDS[kind])
        if kind != "City":
            assert entry.en.endswith(f" {kind}")
        if entry.en == "Central District":  # translated, not spelled
            continue
        spellings = {e.en.removesuffix(f" {kind}") for e in tables["places"].concept(entry.concept)}
        southern = [e.ko for e in tables["places"].concept(entry.concept)]
        revised = {romanise(ko.removesuffix(KINDS[kind])).capitalize() for ko in southern}
        assert revised & spellings, entry.ko


def test_both_spellings_of_a_northern_name_find_it(bundled: Termbase) -> None:
    for north, south, en in (
        ("룡천군", "용천군", "Ryongchon County"),
        ("라선", "나선", "Rason"),
        ("리선권", "이선권", "Ri Son Gwon"),
        ("은률군", "은율군", "Unryul County"),
    ):
        assert bundled.korean(north)[0].en == bundled.korean(south)[0].en == en


def test_people_are_written_surname_first_without_hyphen(tables: dict[str, Termbase]) -> None:
    leader = {e.en: e.status for e in tables["names"].korean("김정은")}
    assert leader["Kim Jong Un"] == "preferred"
    assert leader["Kim Jong-un"] == "admitted"
    surnames = {"김": "Kim", "리": "Ri", "최": "Choe", "박": "Pak"}
    northern = [e for e in tables["names"] if "Hyphenated" in e.note]
    assert len(northern) >= 100
    for entry in northern:
        expected = surnames.get(entry.ko[0])
        assert expected is None or entry.en.startswith(f"{expected} ")
