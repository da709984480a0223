"""Pairs of articles found by name, and aligned although some of them cannot be read."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from align import Aligner, ReadError, load_encoder
from align.batch import Found, LeftOut, PairFiles, align_pairs, find_pairs, read_pair
from align.output import AlignedPair

KO = """혜산 장마당에서 쌀값 크게 올라

양강도 혜산시 장마당에서 쌀값이 일주일 사이에 크게 올랐다.

소식통은 15일 “쌀 1킬로그램이 6300원에 팔리고 있다”고 말했다.

당국은 가격을 단속하겠다고 밝혔지만 상인들은 믿지 않고 있다.
"""
EN = """Rice prices rise sharply at Hyesan market

Rice prices rose sharply within a week at a market in Hyesan, Ryanggang Province.

“A kilogram of rice is being sold for 6,300 won,” a source said on the 15th.

The authorities say that they will control prices, but merchants do not believe it.
"""


def lay(folder: Path, *names: str) -> Path:
    """Empty files of these names in ``folder``."""
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    return folder


def names(found: Found, folder: Path) -> list[tuple[str, str, str]]:
    return [
        (p.name, p.ko.relative_to(folder).as_posix(), p.en.relative_to(folder).as_posix())
        for p in found.pairs
    ]


def left_out(found: Found) -> dict[str, str]:
    return {item.place: item.reason for item in found.left_out}


def article_pair(folder: Path, name: str = "hyesan-rice") -> PairFiles:
    files = PairFiles(name, folder / f"{name}.ko.txt", folder / f"{name}.en.txt")
    files.ko.write_text(KO, "utf-8")
    files.en.write_text(EN, "utf-8")
    return files


@pytest.fixture(scope="module")
def aligner() -> Aligner:
    return Aligner(load_encoder())


# Finding


@pytest.mark.parametrize(
    ("ko", "en", "name"),
    [
        ("x.ko.txt", "x.en.txt", "x"),
        ("x_ko.html", "x-en.docx", "x"),
        ("x-kor.md", "x eng.htm", "x"),
        ("X.KO.TXT", "X.EN.TXT", "X"),
        ("회령.ko.txt", "회령.en.txt", "회령"),
        ("ko/x.txt", "en/x.md", "x"),
        ("korean/x.txt", "english/x.txt", "x"),
        ("ko/x.ko.txt", "en/x.en.txt", "x"),
        ("KO/x.txt", "EN/x.txt", "x"),
        ("x/ko.txt", "x/en.txt", "x"),
        ("2021/07/x.ko.txt", "2021/07/x.en.txt", "2021/07/x"),
        ("2021/ko/x.txt", "2021/en/x.txt", "2021/x"),
        ("ko/2021/x.txt", "en/2021/x.txt", "2021/x"),
        ("enforcement-en-masse.ko.txt", "enforcement-en-masse.en.txt", "enforcement-en-masse"),
        ("men.ko.txt", "men.en.txt", "men"),
        ("when-women-open-shops_ko.txt", "when-women-open-shops_en.txt", "when-women-open-shops"),
        ("en/x.ko.txt", "en/x.en.txt", "en/x"),
        ("2021/ko/x.ko.txt", "2021/en/x.en.txt", "2021/x"),
        ("daily.nk_ko.txt", "daily.nk_en.txt", "daily.nk"),
    ],
)
def test_a_pair_is_found_by_name(ko: str, en: str, name: str, tmp_path: Path) -> None:
    found = find_pairs(lay(tmp_path, ko, en))
    assert names(found, tmp_path) == [(name, ko, en)]
    assert found.left_out == ()


def test_a_folder_that_holds_one_article_gives_it_its_name(tmp_path: Path) -> None:
    found = find_pairs(lay(tmp_path / "musan", "ko.txt", "en.txt"))
    assert names(found, tmp_path / "musan") == [("musan", "ko.txt", "en.txt")]


def test_pairs_come_in_the_order_of_their_names(tmp_path: Path) -> None:
    lay(tmp_path, *(f"{x}.{lang}.txt" for x in ("c", "a", "b/z", "B") for lang in ("en", "ko")))
    assert [pair.name for pair in find_pairs(tmp_path).pairs] == ["B", "a", "b/z", "c"]


def test_dots_and_dashes_inside_names_do_not_mix_articles_up(tmp_path: Path) -> None:
    wanted = ["U.S. talks", "U.S. trade", "v1.bank-note", "v1.market"]
    lay(tmp_path, *(f"{name}-{lang}.txt" for name in wanted for lang in ("ko", "en")))
    assert [pair.name for pair in find_pairs(tmp_path).pairs] == wanted


def test_decomposed_and_composed_file_names_are_the_same(tmp_path: Path) -> None:
    lay(tmp_path, unicodedata.normalize("NFD", "회령.ko.txt"), "회령.en.txt")
    assert [pair.name for pair in find_pairs(tmp_path).pairs] == ["회령"]


def test_what_belongs_to_no_pair_is_reported(tmp_path: Path) -> None:
    lay(tmp_path, "a.ko.txt", "b.en.txt", "README.md", "men.txt", "chicken.txt")
    lay(tmp_path, "photo.jpg", "a.json", "notes")  # not articles, and not looked at
    found = find_pairs(tmp_path)
    assert found.pairs == ()
    assert left_out(found) == {
        "a.ko.txt": "no English file of that name",
        "b.en.txt": "no Korean file of that name",
        "README.md": "the name says neither ko nor en",
        "chicken.txt": "the name says neither ko nor en",
        "men.txt": "the name says neither ko nor en",
    }


def test_a_second_file_of_a_name_is_reported_and_the_first_taken(tmp_path: Path) -> None:
    found = find_pairs(lay(tmp_path, "x.en.txt", "x.ko.md", "x.ko.txt", "x_en.html"))
    assert names(found, tmp_path) == [("x", "x.ko.md", "x.en.txt")]
    assert left_out(found) == {
        "x.ko.txt": "x.ko.md has the same name",
        "x_en.html": "x.en.txt has the same name",
    }


def test_a_folder_that_cannot_be_entered_is_reported(
    tmp_path: Path, without_privileges: Callable[[], None]
) -> None:
    lay(tmp_path, "a.ko.txt", "a.en.txt", "closed/b.ko.txt")
    (tmp_path / "closed").chmod(0)
    without_privileges()
    found = find_pairs(tmp_path)
    assert [pair.name for pair in found.pairs] == ["a"]
    assert left_out(found) == {"closed": "this folder cannot be read (Permission denied)"}


def test_documents_in_formats_that_are_not_read_are_reported(tmp_path: Path) -> None:
    lay(tmp_path, "a.ko.hwp", "a.en.PDF", "b.ko.txt", "b.en.txt", "photo.jpg")
    found = find_pairs(tmp_path)
    assert [pair.name for pair in found.pairs] == ["b"]
    assert left_out(found).keys() == {"a.ko.hwp", "a.en.PDF"}
    assert all("save it as .docx" in reason for reason in left_out(found).values())


def test_metadata_beside_a_pair_is_cleaned_like_text(tmp_path: Path) -> None:
    files = article_pair(tmp_path)
    (tmp_path / "hyesan-rice.json").write_text(
        r'{"translator": "Hannah\u0000 Weiss", "place": "\ud800"}', "utf-8"
    )
    ko, _ = read_pair(files)
    assert ko.meta["translator"] == "Hannah Weiss"
    assert ko.meta["place"] == "\ufffd"


def test_a_broken_link_is_found_and_reported_when_it_is_read(
    tmp_path: Path, aligner: Aligner
) -> None:
    lay(tmp_path, "x.en.txt")
    (tmp_path / "x.ko.txt").symlink_to("gone.txt")
    (result,) = align_pairs(find_pairs(tmp_path).pairs, aligner)
    assert isinstance(result, LeftOut)
    assert "no such file" in result.reason


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda path: None, "no such file or folder"),
        (lambda path: path.touch(), "not a folder"),
    ],
)
def test_what_is_no_folder_is_refused(
    make: Callable[[Path], None], message: str, tmp_path: Path
) -> None:
    make(tmp_path / "articles")
    with pytest.raises(ReadError, match=f"articles: {message}; give a folder"):
        find_pairs(tmp_path / "articles")


# The metadata beside a pair


def metadata_of(folder: Path, content: str | bytes, name: str = "hyesan-rice.json") -> tuple:
    files = article_pair(folder)
    data = content.encode() if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    ko, en = read_pair(files)
    return ko.meta, en.meta


def test_metadata_may_differ_by_language(tmp_path: Path) -> None:
    known = {"date": "2024-03-16", "place": {"ko": "혜산시", "en": "Hyesan"}, "reporter": "김하늘"}
    ko, en = metadata_of(tmp_path, json.dumps(known))
    assert (ko["date"], ko["place"], ko["reporter"]) == ("2024-03-16", "혜산시", "김하늘")
    assert (en["date"], en["place"], en["reporter"]) == ("2024-03-16", "Hyesan", "김하늘")
    assert en["headline"] == "Rice prices rise sharply at Hyesan market"


def test_metadata_beside_the_articles_comes_before_what_the_pages_say(tmp_path: Path) -> None:
    ko, en = metadata_of(tmp_path, '{"headline": {"en": "Rice"}}')
    assert en["headline"] == "Rice"
    assert ko["headline"] == "혜산 장마당에서 쌀값 크게 올라"


def test_values_that_are_no_text_are_no_metadata(tmp_path: Path) -> None:
    ko, _ = metadata_of(tmp_path, '{"tags": ["쌀"], "online": true, "empty": null, "issue": 12}')
    assert ko["issue"] == "12"
    assert not {"tags", "online", "empty"} & set(ko)


def test_metadata_with_a_byte_order_mark_is_read(tmp_path: Path) -> None:
    ko, _ = metadata_of(tmp_path, b"\xef\xbb\xbf" + '{"place": "혜산"}'.encode())
    assert ko["place"] == "혜산"


def test_metadata_is_found_by_the_files_whatever_the_article_is_called(tmp_path: Path) -> None:
    files = article_pair(tmp_path)
    (tmp_path / "hyesan-rice.json").write_text('{"translator": "Ann Lee"}')
    (tmp_path / "other.json").write_text('{"translator": "Nobody"}')
    _, en = read_pair(PairFiles("other", files.ko, files.en))
    assert en.meta["translator"] == "Ann Lee"


@pytest.mark.parametrize(
    "content",
    [
        '{"date": ',
        '["2024-03-16"]',
        b"\xff\xfe\x00",
        b"\xc7\xfd\xbb\xea",
        "[" * 100_000,
        "",
    ],
)
def test_broken_metadata_is_an_error_that_names_the_file(
    content: str | bytes, tmp_path: Path
) -> None:
    with pytest.raises(ReadError, match=r"hyesan-rice\.json: not .*; mend or remove it"):
        metadata_of(tmp_path, content)


# Aligning


def test_a_pair_is_aligned_with_its_articles(tmp_path: Path, aligner: Aligner) -> None:
    files = article_pair(tmp_path)
    (result,) = align_pairs([files], aligner)
    assert isinstance(result, AlignedPair)
    assert result.name == "hyesan-rice"
    assert [bead.kind for bead in result.alignment] == ["1-1", "1-1", "1-1"]
    assert result.ko.source == str(files.ko)
    assert result.meta["headline"] == "Rice prices rise sharply at Hyesan market"


def test_boilerplate_is_aligned_if_asked_for(tmp_path: Path, aligner: Aligner) -> None:
    (result,) = align_pairs([article_pair(tmp_path)], aligner, keep_boilerplate=True)
    assert isinstance(result, AlignedPair)
    assert result.alignment.ko[0].text == "혜산 장마당에서 쌀값 크게 올라"


@pytest.mark.parametrize(
    ("side", "content", "reason"),
    [
        ("ko", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8, "a PNG image"),
        ("en", bytes(range(256)) * 40, "binary"),
        ("ko", b"", "empty"),
        ("en", b" \n\n\t\n", "empty"),
        ("en", b"Translated by Ann Lee\n\nRead in Korean\n", "no story in it"),
        ("ko", EN.encode(), "swap"),
        ("en", KO.encode(), "swap"),
    ],
)
def test_a_file_that_cannot_be_used_does_not_stop_the_others(
    side: str, content: bytes, reason: str, tmp_path: Path, aligner: Aligner
) -> None:
    pairs = [article_pair(tmp_path, name) for name in ("first", "second", "third")]
    getattr(pairs[1], side).write_bytes(content)
    first, second, third = align_pairs(pairs, aligner)
    assert isinstance(first, AlignedPair)
    assert isinstance(third, AlignedPair)
    assert isinstance(second, LeftOut)
    assert second.place == "second"
    assert reason in second.reason
    assert f"second.{side}.txt" in second.reason
    assert str(second.error) == second.reason


def test_broken_metadata_does_not_stop_the_others(tmp_path: Path, aligner: Aligner) -> None:
    pairs = [article_pair(tmp_path, name) for name in ("first", "second")]
    (tmp_path / "first.json").write_text("{")
    first, second = align_pairs(pairs, aligner)
    assert isinstance(first, LeftOut)
    assert "first.json: not readable as JSON" in first.reason
    assert isinstance(second, AlignedPair)


def test_an_article_in_cp949_is_read_like_one_in_utf_8(tmp_path: Path, aligner: Aligner) -> None:
    files = article_pair(tmp_path)
    (plain,) = align_pairs([files], aligner)
    files.ko.write_text(KO, "cp949")
    (recoded,) = align_pairs([files], aligner)
    assert isinstance(plain, AlignedPair)
    assert isinstance(recoded, AlignedPair)
    assert recoded.alignment == plain.alignment
    assert any("cp949" in warning for warning in recoded.ko.warnings)


def test_pairs_are_read_one_by_one(tmp_path: Path, aligner: Aligner) -> None:
    """A result is there before the next pair is looked at, so a long run shows and keeps it."""
    pairs = [article_pair(tmp_path, name) for name in ("first", "second")]
    results = align_pairs(pairs, aligner)
    assert isinstance(next(results), AlignedPair)
    pairs[1].ko.unlink()
    assert isinstance(next(results), LeftOut)
