"""Alignments as files: what is written can be read back, and a failed run leaves what was there."""

from __future__ import annotations

import csv
import json
import os
import stat
import textwrap
import threading
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from align import Alignment, Article, Bead, OutputError, Sentence
from align.output import AlignedPair, write_alignments

KO = (
    "회령시 장마당에서 쌀값이 올랐다.",
    "상인들은 “장사가 안된다”고 말했다.",
    "당국은 아무런 대책도 내놓지 않았다.",
)
EN = (
    "Rice prices rose at the market in Hoeryong.",
    'Merchants said, "Business is bad."',
    "They are worried about the winter.",
)
ENDINGS = (".jsonl", ".tsv", ".tmx", ".html")


def pair_of(
    ko: Iterable[str] = KO,
    en: Iterable[str] = EN,
    beads: Iterable[tuple[tuple[int, ...], tuple[int, ...]]] = (
        ((0,), (0,)),
        ((1,), (1,)),
        ((2,), ()),
        ((), (2,)),
    ),
    name: str = "hoeryong-rice",
    **meta: str,
) -> AlignedPair:
    """An aligned pair of two articles with these sentences."""
    sides = []
    for sentences in (ko, en):
        placed, start = [], 0
        for text in sentences:
            placed.append(Sentence(text, (start, start + len(text))))
            start += len(text) + 1
        sides.append(tuple(placed))
    made = tuple(Bead(k, e, 0.9 if k and e else 0.4, {"similarity": 1.5}) for k, e in beads)
    articles = [
        Article(" ".join(s.text for s in side), lang, (), meta=MappingProxyType(meta))
        for side, lang in zip(sides, ("ko", "en"), strict=True)
    ]
    return AlignedPair(name, *articles, Alignment(*sides, made, "test"))


def written(folder: Path, ending: str, *pairs: AlignedPair) -> Path:
    path = folder / f"out{ending}"
    write_alignments(pairs, path)
    return path


def segments(path: Path) -> list[tuple[str, str]]:
    """The two texts of each unit of a TMX file."""
    units = ET.parse(path).getroot().iter("tu")
    return [tuple(seg.text or "" for seg in unit.iter("seg")) for unit in units]


def rows(path: Path) -> list[Any]:
    import lxml.html

    return lxml.html.fromstring(path.read_bytes()).xpath("//tr")


# What is in the files


def test_jsonl_holds_every_bead_with_its_sentences_spans_and_evidence(tmp_path: Path) -> None:
    path = written(tmp_path, ".jsonl", pair_of(), pair_of(name="다른 기사"))
    records = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    assert len(records) == 8
    assert records[1] == {
        "article": "hoeryong-rice",
        "bead": 1,
        "kind": "1-1",
        "confidence": 0.9,
        "ko": KO[1],
        "en": EN[1],
        "ko_sentences": [1],
        "en_sentences": [1],
        "ko_spans": [[len(KO[0]) + 1, len(KO[0]) + 1 + len(KO[1])]],
        "en_spans": [[len(EN[0]) + 1, len(EN[0]) + 1 + len(EN[1])]],
        "evidence": {"similarity": 1.5},
        "fixed": False,
    }
    assert [(r["kind"], r["ko"], r["en"]) for r in records[2:4]] == [
        ("1-0", KO[2], ""),
        ("0-1", "", EN[2]),
    ]
    assert records[7]["article"] == "다른 기사"
    assert "회령시" in path.read_text("utf-8")  # not as \\u escapes: people read these files too


def test_tsv_read_back_with_csv_is_the_alignment(tmp_path: Path) -> None:
    hostile = ('탭\t과 "따옴표", 그리고\n줄바꿈', 'a\ttab, "quotes" and a\r\nbreak')
    path = written(tmp_path, ".tsv", pair_of(), pair_of([hostile[0]], [hostile[1]], [((0,), (0,))]))
    with path.open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file, delimiter="\t"))
    assert found[0] == ["article", "bead", "kind", "confidence", "ko", "en"]
    assert found[1] == ["hoeryong-rice", "0", "1-1", "0.9000", KO[0], EN[0]]
    assert found[2][4:] == [KO[1], EN[1]]
    assert [row[2] for row in found[1:]] == ["1-1", "1-1", "1-0", "0-1", "1-1"]
    assert found[5][4:] == [" ".join(text.split()) for text in hostile]


def test_sentences_of_a_bead_are_joined_by_a_blank(tmp_path: Path) -> None:
    both = pair_of(beads=[((0, 1), (0, 1, 2)), ((2,), ())])
    assert segments(written(tmp_path, ".tmx", both)) == [(" ".join(KO[:2]), " ".join(EN))]


def test_tmx_holds_the_translations_and_counts_the_nulls(tmp_path: Path) -> None:
    path = written(
        tmp_path, ".tmx", pair_of(date="2021-07-08", translator='Ann "A" Lee'), pair_of()
    )
    root = ET.parse(path).getroot()
    assert root.tag == "tmx"
    assert root.get("version") == "1.4"
    header = root.find("header")
    assert header is not None
    assert header.get("srclang") == "ko"
    assert segments(path) == [*zip(KO[:2], EN[:2], strict=True)] * 2
    first, *_, last = root.iter("tu")
    assert first.get("creationid") == 'Ann "A" Lee'
    assert [(p.get("type"), p.text) for p in first.iter("prop")] == [
        ("x-article", "hoeryong-rice"),
        ("x-position", "0"),
        ("x-confidence", "0.9"),
        ("x-origin", "test"),
    ]
    assert first.get("creationdate") == "20210708T000000Z"
    assert last.get("creationid") is None
    languages = [v.get("{http://www.w3.org/XML/1998/namespace}lang") for v in first.iter("tuv")]
    assert languages == ["ko", "en"]
    assert path.read_text("utf-8").endswith("<!-- sentences without counterpart, left out: 4 -->\n")


def test_nulls_of_several_sentences_are_counted_by_sentence(tmp_path: Path) -> None:
    path = written(tmp_path, ".tmx", pair_of(beads=[((0, 2), ()), ((1,), (0,)), ((), (1, 2))]))
    assert path.read_text("utf-8").endswith("<!-- sentences without counterpart, left out: 4 -->\n")


def test_html_shows_every_bead_a_row_and_nulls_as_such(tmp_path: Path) -> None:
    path = written(tmp_path, ".html", pair_of(place="Hoeryong", translator="Ann Lee"))
    found = rows(path)
    texts = [[cell.text_content() for cell in row.xpath("td")] for row in found]
    assert [cells[1:] for cells in texts] == [
        [KO[0], EN[0]],
        [KO[1], EN[1]],
        [KO[2], "no counterpart"],
        ["no counterpart", EN[2]],
    ]
    assert [cells[0] for cells in texts] == ["0.901-1", "0.901-1", "0.401-0", "0.400-1"]
    assert [row.get("class") for row in found] == ["", "", "null low", "null low"]
    assert found[0].get("title") == "for: similarity +1.5"
    assert "Hoeryong · Ann Lee" in path.read_text("utf-8")


def test_html_escapes_what_looks_like_markup(tmp_path: Path) -> None:
    attack = '<script>alert("x")</script> & <b>굵게</b>'
    pair = pair_of([attack], [attack], [((0,), (0,))], name=attack, place=attack)
    path = written(tmp_path, ".html", pair)
    (row,) = rows(path)
    assert [cell.text_content() for cell in row.xpath("td")[1:]] == [attack, attack]
    assert not row.xpath("//script | //td//*[not(self::b)] | //td[position()>1]//b")
    assert row.xpath("//h1")[0].text_content() == attack


def test_no_pair_at_all_gives_an_empty_file_that_can_be_read(tmp_path: Path) -> None:
    assert written(tmp_path, ".jsonl").read_bytes() == b""
    assert written(tmp_path, ".tsv").read_text("utf-8").count("\n") == 1
    assert segments(written(tmp_path, ".tmx")) == []
    assert rows(written(tmp_path, ".html")) == []


# Text that formats cannot hold

HOSTILE = (
    "가\x00\x07\x0b\x1b\x7f\x85나 <&\"']]>-- "
    "\U0001f33e\U0001fffe\ufffe\uffff\ufeff\ud800\udc00 \udfff끝"
)


@pytest.mark.parametrize("ending", ENDINGS)
def test_hostile_characters_are_written_and_read_back(ending: str, tmp_path: Path) -> None:
    pair = pair_of([HOSTILE], [HOSTILE], [((0,), (0,))], name=HOSTILE, translator=HOSTILE)
    path = written(tmp_path, ending, pair)
    text = path.read_text("utf-8")
    assert "\ufffd" in text  # for the halves of surrogate pairs
    if ending == ".jsonl":
        (found,) = [json.loads(line)["ko"] for line in text.rstrip("\n").split("\n")]
    elif ending == ".tsv":
        with path.open(encoding="utf-8", newline="") as file:
            found = list(csv.reader(file, delimiter="\t"))[1][4]
    elif ending == ".tmx":
        found = segments(path)[0][0]
    else:
        found = rows(path)[0].xpath("td")[1].text_content()
    for kept in ("가", "나", "<&\"']]>--", "\U0001f33e", "끝"):
        assert kept in found


@settings(max_examples=60, deadline=None)
@example(ko="\ud83c\udf3e", en="\r\n")
@given(ko=st.text(st.characters(), max_size=60), en=st.text(st.characters(), max_size=60))
def test_tmx_of_any_text_is_well_formed(
    tmp_path_factory: pytest.TempPathFactory, ko: str, en: str
) -> None:
    path = written(tmp_path_factory.mktemp("any"), ".tmx", pair_of([ko], [en], [((0,), (0,))]))
    assert len(segments(path)) == 1


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60))
def test_text_comes_back_from_tsv_and_jsonl_as_it_was(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    folder, wanted = tmp_path_factory.mktemp("any"), " ".join(text.split())
    pair = pair_of([text], [text], [((0,), (0,))])
    with written(folder, ".tsv", pair).open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file, delimiter="\t"))[1][4:] == [wanted, wanted]
    line = written(folder, ".jsonl", pair).read_text("utf-8").rstrip("\n")
    assert json.loads(line)["ko"] == wanted


# Writing


@pytest.mark.parametrize("name", ["out.docx", "out", "out.tmx.gz"])
def test_an_unknown_ending_is_refused_with_the_known_ones(name: str, tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"\.jsonl, \.tsv, \.tmx, \.html"):
        write_alignments([pair_of()], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    assert segments(written(tmp_path, ".TMX", pair_of()))


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match=r"nowhere/out\.tsv: .*; check that the folder exists"):
        write_alignments([pair_of()], tmp_path / "nowhere" / "out.tsv")


def test_a_folder_in_the_place_of_the_file_is_named_and_left(tmp_path: Path) -> None:
    (tmp_path / "out.tsv").mkdir()
    with pytest.raises(OutputError, match=r"out\.tsv: cannot write"):
        write_alignments([pair_of()], tmp_path / "out.tsv")
    assert [path.name for path in tmp_path.iterdir()] == ["out.tsv"]


def test_a_folder_that_may_not_be_written_is_named(
    tmp_path: Path, without_privileges: Callable[[], None]
) -> None:
    tmp_path.chmod(0o555)
    without_privileges()
    with pytest.raises(OutputError, match=r"Permission denied.*is writable"):
        write_alignments([pair_of()], tmp_path / "out.tsv")


def test_a_new_file_has_the_permissions_of_any_new_file(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        path = written(tmp_path, ".tsv", pair_of())
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o640


def test_writing_never_changes_the_umask_that_other_threads_use(tmp_path: Path) -> None:
    seen: list[int] = []
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            path = tmp_path / f"{len(seen) % 7}.probe"
            path.unlink(missing_ok=True)
            path.touch()
            seen.append(stat.S_IMODE(path.stat().st_mode))

    before = os.umask(0o077)
    thread = threading.Thread(target=watch)
    try:
        thread.start()
        for _ in range(40):
            written(tmp_path, ".tsv", pair_of())
    finally:
        done.set()
        thread.join()
        os.umask(before)
    assert set(seen) == {0o600}


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    path = written(tmp_path, ".tsv", pair_of())
    path.chmod(0o600)
    written(tmp_path, ".tsv", pair_of(name="new"))
    assert "new" in path.read_text("utf-8")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_link_stays_a_link_to_the_new_content(tmp_path: Path) -> None:
    (tmp_path / "real.tsv").write_text("old")
    (tmp_path / "out.tsv").symlink_to("real.tsv")
    written(tmp_path, ".tsv", pair_of())
    assert (tmp_path / "out.tsv").is_symlink()
    assert KO[0] in (tmp_path / "real.tsv").read_text("utf-8")


def test_the_longest_possible_file_name_is_written(tmp_path: Path) -> None:
    name = "가" * 83 + ".tmx"  # 253 of 255 bytes
    write_alignments([pair_of()], tmp_path / name)
    assert [path.name for path in tmp_path.iterdir()] == [name]


@pytest.mark.parametrize("ending", ENDINGS)
def test_an_iterator_that_fails_leaves_the_old_file(ending: str, tmp_path: Path) -> None:
    def failing() -> Iterator[AlignedPair]:
        yield pair_of()
        raise RuntimeError("no more")

    path = tmp_path / f"out{ending}"
    path.write_text("what was there")
    with pytest.raises(RuntimeError, match="no more"):
        write_alignments(failing(), path)
    assert path.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupted_run_leaves_no_file(tmp_path: Path) -> None:
    def interrupted() -> Iterator[AlignedPair]:
        yield pair_of()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        write_alignments(interrupted(), tmp_path / "out.tmx")
    assert list(tmp_path.iterdir()) == []


FULL = """
    import resource, sys
    sys.path.insert(0, "tests/align")
    from align import OutputError
    from align.output import write_alignments
    from test_output import pair_of

    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))  # Python ignores SIGXFSZ
    try:
        write_alignments((pair_of() for _ in range(1000)), sys.argv[1])
    except OutputError as error:
        print(error)
"""


@pytest.mark.parametrize("ending", ENDINGS)
def test_a_full_disk_leaves_the_old_file_and_no_other(
    ending: str, tmp_path: Path, child: Callable[..., Any]
) -> None:
    path = tmp_path / f"out{ending}"
    path.write_text("what was there")
    ran = child("-c", textwrap.dedent(FULL), path)
    assert ran.err == ""
    assert ran.out.startswith(f"{path}: cannot write (File too large); check that the folder")
    assert ran.out.count("\n") == 1
    assert path.read_text() == "what was there"
    assert list(tmp_path.iterdir()) == [path]
