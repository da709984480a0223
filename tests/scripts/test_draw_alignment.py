"""Pictures of alignments: what is drawn is what the aligner found, or one line says why not."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

import draw_alignment
from align import align, load_encoder, read_article

# The translator began with a sentence from the end of the story, and left one out.
KO = """평안남도 순천시에서 탄광 노동자들에게 배급이 다시 나왔다.

지난 3월부터 끊겼던 배급이 나온 것은 석 달 만이라고 소식통은 전했다.

노동자 한 명이 받은 것은 강냉이 6킬로그램과 소금 한 봉지다.

시장에서는 같은 날 쌀 1킬로그램이 7천 원에 팔렸다.

한 광부의 아내는 “아이들이 냄비 뚜껑을 열어 놓고 밥이 끓는 것을 구경했다”고 말했다.
"""
EN = """"The children took the lid off the pot and watched the rice boil," said the wife of a miner.

Rations have been handed out again to coal miners in Sunchon, South Pyongan Province.

They were the first in three months, after rations stopped in March, the source said.

Each worker was given six kilograms of maize and a bag of salt.
"""


@pytest.fixture
def pages(tmp_path: Path) -> tuple[Path, Path]:
    ko, en = tmp_path / "coal.ko.txt", tmp_path / "coal.en.txt"
    ko.write_text(KO, encoding="utf-8")
    en.write_text(EN, encoding="utf-8")
    return ko, en


def test_the_picture_holds_the_beads_and_a_whole_path(pages: tuple[Path, Path]) -> None:
    alignment = align(read_article(pages[0], "ko"), read_article(pages[1], "en"))
    picture = draw_alignment.picture_of(alignment, load_encoder())
    n, m = len(alignment.ko), len(alignment.en)
    assert picture.cosines.shape == (n, m)
    drawn = {(bead.ko, bead.en) for bead in (*picture.on_path, *picture.moved)}
    assert drawn == {(bead.ko, bead.en) for bead in alignment if not bead.is_null}
    assert [(bead.ko, bead.en) for bead in picture.moved] == [((4,), (0,))]
    assert picture.ko_left == {i for b in alignment if not b.en for i in b.ko} == {3}
    assert not picture.en_left
    assert picture.nodes[0].tolist() == [0, 0]
    assert picture.nodes[-1].tolist() == [n, m]
    assert (picture.nodes[1:] - picture.nodes[:-1]).min() >= 0
    for bead in picture.on_path:
        place = len(bead.ko), len(bead.en), bead.ko[0], bead.en[0]
        assert picture.offered[place] == pytest.approx(bead.confidence, abs=1e-3)


def test_the_same_articles_give_the_same_picture(pages: tuple[Path, Path], tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    files = [tmp_path / "first.svg", tmp_path / "second.svg"]
    for file in files:
        assert draw_alignment.main([*map(str, pages), "--out", str(file)]) == 0
    first, second = (file.read_text("utf-8") for file in files)
    assert first == second
    assert "<svg" in first


def test_without_matplotlib_one_line_says_how_to_get_it(
    pages: tuple[Path, Path],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)  # as if it were not installed
    out = tmp_path / "none.svg"
    assert draw_alignment.main([*map(str, pages), "--out", str(out)]) == 2
    assert capsys.readouterr().err == (
        "no picture: matplotlib is not installed; pip install 'donju[bench]'\n"
    )
    assert not out.exists()


def test_what_cannot_be_drawn_is_refused_in_one_line(
    pages: tuple[Path, Path], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    long = tmp_path / "long.ko.txt"
    long.write_text("\n\n".join(f"{k}번 세대에 밀가루가 나왔다." for k in range(200)), "utf-8")
    for ko, out in ((long, tmp_path / "x.svg"), (pages[0], tmp_path / "missing" / "x.svg")):
        assert draw_alignment.main([str(ko), str(pages[1]), "--out", str(out)]) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1
