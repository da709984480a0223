"""What goes wrong for users: each time one line that says where, what and what to do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from align import Alignment, Bead, MemoryFileError, Sentence
from tm.memory import Memory

Command = Callable[..., Any]

KO = """청진 장마당 자릿세 또 올라

함경북도 청진시 장마당의 자릿세가 이달 들어 두 배로 올랐다.

소식통은 17일 “상인들이 자릿세를 감당하지 못해 매대를 내놓고 있다”고 말했다.

그러나 시장관리소는 값을 내릴 생각이 없는 것으로 알려졌다.
"""
EN = """Stall fees go up again at Chongjin market

Stall fees at a market in Chongjin, North Hamgyong Province, have doubled this month.

“Merchants who cannot afford the fees are giving up their stalls,” a source said on the 17th.

The market management office, however, has no intention of lowering them.
"""


@pytest.fixture
def ko(tmp_path: Path) -> Path:
    path = tmp_path / "fees.ko.txt"
    path.write_text(KO, "utf-8")
    return path


@pytest.fixture
def en(tmp_path: Path) -> Path:
    path = tmp_path / "fees.en.txt"
    path.write_text(EN, "utf-8")
    return path


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """A memory of one small article."""
    path = tmp_path / "news.tm"
    with Memory.open(path, create=True) as opened:
        opened.add_alignment(article("쌀값이 올랐다.", "Rice prices rose."), article="rice")
    return path


def article(ko: str, en: str) -> Alignment:
    sides = tuple((Sentence(text, (0, len(text))),) for text in (ko, en))
    return Alignment(*sides, (Bead((0,), (0,), 1.0),))


def refused(ran: Any, place: Path | str, problem: str, remedy: str) -> None:
    """One line on standard error that names place, problem and remedy; exit code 2."""
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.count("\n") == 1
    told, _, advice = ran.err.rstrip("\n").partition("; ")
    assert told.startswith(f"donju: {place}: ")
    assert problem in told
    assert remedy in advice


def ids(path: Path) -> list[str]:
    with Memory.open(path) as opened:
        return [record.id for record in opened.articles()]


def snapshot(folder: Path) -> dict[str, bytes]:
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.is_file()}


# Articles


@pytest.mark.parametrize("side", ["ko", "en"])
def test_a_missing_file(side: str, ko: Path, en: Path, tmp_path: Path, donju: Command) -> None:
    gone = {"ko": ko, "en": en}[side]
    gone.unlink()
    before = snapshot(tmp_path)
    ran = donju("align", ko, en, "-m", tmp_path / "x.tm", "-o", tmp_path / "x.tsv")
    refused(ran, gone, "no such file", "check the path")
    assert snapshot(tmp_path) == before


def test_a_file_that_may_not_be_read(
    ko: Path, en: Path, donju: Command, without_privileges: Callable[[], None]
) -> None:
    assert donju("align", ko, en).code == 0
    en.chmod(0)
    without_privileges()
    refused(donju("align", ko, en), en, "no permission to read it", "permissions")


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("cp949", b"", "decoded as cp949"),
        ("euc-kr", b"", "decoded as cp949 (EUC-KR)"),
        ("utf-8", b"\xef\xbb\xbf", ""),
        ("utf-16-le", b"\xff\xfe", ""),
        ("utf-16-be", b"\xfe\xff", ""),
        ("utf-16-le", b"", "read as UTF-16-LE (no byte order mark)"),
        ("utf-16-be", b"", "read as UTF-16-BE (no byte order mark)"),
    ],
)
def test_other_encodings_are_read_and_named(
    encoding: str, mark: bytes, said: str, ko: Path, tmp_path: Path, donju: Command
) -> None:
    wanted = donju("split", ko)
    other = tmp_path / "other.ko.txt"
    other.write_bytes(mark + KO.encode(encoding))
    ran = donju("split", other)
    assert (ran.code, ran.out) == (0, wanted.out)
    assert said in ran.err
    assert bool(ran.err) == bool(said)


def test_both_articles_in_other_encodings_are_aligned(ko: Path, en: Path, donju: Command) -> None:
    plain = donju("align", ko, en).out
    ko.write_bytes(KO.encode("cp949"))
    en.write_bytes(b"\xff\xfe" + EN.encode("utf-16-le"))
    assert donju("align", ko, en).out == plain


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"%PDF-1.7\n" + bytes(500), "this is a PDF document, not text"),
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "this is a PNG image, not text"),
        (b"PK\x03\x04" + bytes(500), "this is a zip archive, not text"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "Hangul (.hwp) document, not text"),
        (bytes(range(256)) * 20, "binary data, not text"),
    ],
)
def test_a_binary_file(content: bytes, problem: str, ko: Path, en: Path, donju: Command) -> None:
    ko.write_bytes(content)
    ran = donju("align", ko, en)
    refused(ran, ko, problem, ".docx")


@pytest.mark.parametrize("content", [b"", b"\n \n\t\n", b"\xef\xbb\xbf", "\u200b\n".encode()])
def test_an_empty_article(content: bytes, ko: Path, en: Path, donju: Command) -> None:
    en.write_bytes(content)
    refused(donju("align", ko, en), en, "", "give a file with an article")


def test_an_article_of_nothing_but_credits(ko: Path, en: Path, donju: Command) -> None:
    en.write_text("Translated by Ann Lee\n\nRead in Korean\n")
    refused(donju("align", ko, en), en, "there is no story in it", "--keep-boilerplate")


@pytest.mark.parametrize("by_name", [True, False])
def test_swapped_languages_are_named_with_the_remedy(
    by_name: bool, ko: Path, en: Path, tmp_path: Path, donju: Command
) -> None:
    """Whether the arguments are swapped, or the names of the files."""
    if by_name:
        (tmp_path / "ko").write_text(EN)
        (tmp_path / "en").write_text(KO)
        ko, en = tmp_path / "ko", tmp_path / "en"
    else:
        ko, en = en, ko
    before = snapshot(tmp_path)
    ran = donju("align", ko, en, "-m", tmp_path / "x.tm", "-o", tmp_path / "x.html")
    refused(ran, ko, "given as Korean but written in English: looks swapped", "swap the two files")
    assert snapshot(tmp_path) == before


def test_a_swapped_pair_in_a_folder_is_listed(ko: Path, en: Path, donju: Command) -> None:
    ko.with_name("a.ko.txt").write_text(EN)
    ko.with_name("a.en.txt").write_text(KO)
    ran = donju("align", ko.parent)
    assert ran.code == 0
    assert "1 pair aligned" in ran.out
    assert "looks swapped; swap the two files" in ran.out


def test_garbled_korean_is_not_taken_for_text(ko: Path, en: Path, donju: Command) -> None:
    ko.write_text(KO.encode().decode("latin-1"), "utf-8")
    refused(donju("align", ko, en), ko, "garbled", "save it as UTF-8")


# Memories that are none


def text_file(path: Path) -> None:
    path.write_text("쌀값이 올랐다.\n" * 100, "utf-8")


def other_database(path: Path) -> None:
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE units (id INTEGER, source TEXT)")
    connection.close()


def damaged_memory(path: Path) -> None:
    with Memory.open(path, create=True) as opened:
        for number in range(20):
            opened.add_alignment(article(f"{number}번", f"No. {number}"), article=str(number))
    data = bytearray(path.read_bytes())
    data[5000:-5000] = b"\xa5" * (len(data) - 10_000)
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("make", "problem", "remedy"),
    [
        (text_file, "not a translation memory", "name a memory file"),
        (other_database, "not a translation memory", "name a memory file"),
        (Path.mkdir, "is a folder", "name a memory file"),
        (damaged_memory, "damaged", "restore it from a copy"),
    ],
)
@pytest.mark.parametrize(
    "command",
    [
        ["suggest", "쌀값"],
        ["match", "쌀값이 올랐다."],
        ["search", "쌀값"],
        ["memory", "stats"],
        ["align"],
    ],
)
def test_a_memory_that_is_none(
    command: list[str],
    make: Callable[[Path], None],
    problem: str,
    remedy: str,
    ko: Path,
    en: Path,
    tmp_path: Path,
    donju: Command,
) -> None:
    path = tmp_path / "bad.tm"
    make(path)
    before = snapshot(tmp_path)
    files = [ko, en] if command == ["align"] else []
    refused(donju(*command, *files, "-m", path), path, problem, remedy)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("command", [["suggest", "쌀값"], ["search", "쌀값"], ["memory", "stats"]])
def test_a_missing_memory_is_not_made_by_asking(
    command: list[str], tmp_path: Path, donju: Command
) -> None:
    path = tmp_path / "gone.tm"
    refused(donju(*command, "-m", path), path, "no such memory", "donju align … --memory gone.tm")
    assert not path.exists()


# Full disks


FULL = """
    import resource, sys
    from tm.cli import main

    limit = int(sys.argv.pop(1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))  # Python ignores SIGXFSZ
    main()
"""


@pytest.fixture
def on_full_disk(child: Command, sample_memory: Path) -> Command:
    """The command, unable to write more than ``limit`` bytes to a file.

    After the sample was aligned, so that what is compiled once for all runs is there.
    """

    def run(limit: int, *args: object) -> Any:
        return child("-c", textwrap.dedent(FULL), limit, *args)

    return run


def test_a_full_disk_leaves_the_memory_as_it_was(
    memory: Path, sample_dir: Path, tmp_path: Path, on_full_disk: Command, donju: Command
) -> None:
    name = "donju-feature-pyongsong"
    pair = [sample_dir / f"{name}.{lang}.txt" for lang in ("ko", "en")]
    ran = on_full_disk(70_000, "align", *pair, "-m", memory, "-o", tmp_path / "x.tsv")
    refused(ran, memory, "disk", "free some space")
    assert ids(memory) == ["rice"]
    assert not (tmp_path / "x.tsv").exists()
    assert donju("align", *pair, "-m", memory).code == 0
    assert ids(memory) == [name, "rice"]


def test_a_disk_that_fills_up_in_a_folder_run_keeps_whole_articles(
    sample_dir: Path, sample_memory: Path, tmp_path: Path, on_full_disk: Command
) -> None:
    path = tmp_path / "news.tm"
    ran = on_full_disk(300_000, "align", sample_dir, "-m", path)
    assert ran.code == 2
    assert ran.err.strip().count("\n") == 0
    assert f"donju: {path}: the disk" in ran.err
    with Memory.open(path) as partial, Memory.open(sample_memory) as whole:
        kept = [record.id for record in partial.articles()]
        assert 0 < len(kept) < 18
        for name in kept:
            assert [u.target for u in partial.units(article=name)] == [
                u.target for u in whole.units(article=name)
            ]


def test_a_disk_too_full_for_a_new_memory_is_no_obstacle_later(
    ko: Path, en: Path, tmp_path: Path, on_full_disk: Command, donju: Command
) -> None:
    path = tmp_path / "new.tm"
    refused(on_full_disk(20_000, "align", ko, en, "-m", path), path, "disk", "free some space")
    assert list(tmp_path.glob("new.tm*")) == []
    assert donju("align", ko, en, "-m", path).code == 0
    assert ids(path) == ["fees"]


@pytest.mark.parametrize("ending", [".jsonl", ".tsv", ".tmx", ".html"])
def test_a_full_disk_leaves_the_output_file_as_it_was(
    ending: str, ko: Path, en: Path, tmp_path: Path, on_full_disk: Command
) -> None:
    path = tmp_path / f"out{ending}"
    path.write_text("what was there")
    before = snapshot(tmp_path)
    ran = on_full_disk(100, "align", ko, en, "-o", path)
    refused(ran, path, "cannot write", "free space")
    assert snapshot(tmp_path) == before


# A second writer


@pytest.fixture
def writer(memory: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process in the middle of a change to the memory; a line on its input ends it."""
    script = """
        import sqlite3, sys
        connection = sqlite3.connect(sys.argv[1], isolation_level=None)
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("UPDATE articles SET title_en = 'half-done'")
        print("writing", flush=True)
        sys.stdin.readline()
        connection.execute("ROLLBACK")
    """
    run = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(script), memory],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert run.stdout is not None
    assert run.stdout.readline() == b"writing\n"
    yield run
    run.kill()
    run.communicate()


def test_a_second_writer_gives_up_with_the_remedy(
    memory: Path, writer: subprocess.Popen[bytes]
) -> None:
    with Memory.open(memory, wait=0.1) as opened:
        with pytest.raises(MemoryFileError, match=r"another program is writing .*; try again"):
            opened.add_alignment(article("옥수수값도 올랐다.", "Corn rose too."), article="corn")
        assert [record.id for record in opened.articles()] == ["rice"]


def test_readers_do_not_wait_for_a_writer(
    memory: Path, writer: subprocess.Popen[bytes], donju: Command
) -> None:
    ran = donju("search", "쌀값", "-m", memory)
    assert ran.code == 0
    assert "Rice prices rose." in ran.out
    assert "half-done" not in donju("memory", "articles", "-m", memory).out


def test_the_command_waits_for_the_other_writer_and_then_adds(
    memory: Path, writer: subprocess.Popen[bytes], ko: Path, en: Path
) -> None:
    run = subprocess.Popen(
        [sys.executable, "-m", "tm", "align", ko, en, "-m", memory],
        cwd=Path(__file__).parents[2],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    time.sleep(2)
    writer.communicate(b"done\n")
    _, err = run.communicate()
    assert run.returncode == 0
    assert b"memory: 1 added" in err
    assert ids(memory) == ["fees", "rice"]


# Other things that are not there


def test_an_output_folder_that_is_missing(
    ko: Path, en: Path, tmp_path: Path, donju: Command
) -> None:
    path = tmp_path / "gone" / "x.html"
    refused(donju("align", ko, en, "-o", path), path, "folder does not exist", "make the folder")


def test_a_file_name_with_a_line_break_is_still_one_line(
    en: Path, tmp_path: Path, donju: Command
) -> None:
    ran = donju("align", tmp_path / "쌀\n값.ko.txt", en)
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "no such file" in ran.err
