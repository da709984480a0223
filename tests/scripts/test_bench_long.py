"""The benchmark of long texts: its documents are what it says they are, and it runs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from align.errors import InputError
from bench_long import changed, main, parallel_lines


@given(
    lines=st.integers(0, 60),
    length=st.integers(1, 80),
    share=st.floats(0, 1),
    seed=st.integers(0, 99),
)
def test_a_document_holds_the_first_lines_and_gold_says_where(
    lines: int, length: int, share: float, seed: int
) -> None:
    pairs = [(f"가{i}", f"a{i}") for i in range(lines)]
    document = changed(pairs, length, share, seed)
    assert max(len(document.ko), len(document.en)) in range(min(length, lines // 2), length + 2)
    assert document.gold is not None
    assert [i for ko, _ in document.gold for i in ko] == list(range(len(document.ko)))
    assert [j for _, en in document.gold for j in en] == list(range(len(document.en)))
    for ko, en in document.gold:
        ko_lines, en_lines = (
            [int(word[1:]) for k in side for word in texts[k].split()]
            for side, texts in ((ko, document.ko), (en, document.en))
        )
        assert ko_lines == en_lines or not ko or not en


def test_without_changes_every_line_is_a_bead() -> None:
    document = changed([("가", "a"), ("나", "b"), ("다", "c")], 2, 0.0, 1)
    assert document.gold == (((0,), (0,)), ((1,), (1,)))
    assert (document.ko, document.en) == (("가", "나"), ("a", "b"))


def test_pairs_with_a_blank_line_are_passed_over(tmp_path: Path) -> None:
    ko, en = tmp_path / "a.ko", tmp_path / "a.en"
    ko.write_text("가\n\n다\n라\n", encoding="utf-8")
    en.write_text("a\nb\n \nd\n", encoding="utf-8")
    assert parallel_lines(ko, en) == [("가", "a"), ("라", "d")]
    en.write_text("a\nb\n", encoding="utf-8")
    with pytest.raises(InputError, match="2 lines, but 4"):
        parallel_lines(ko, en)


def test_a_row_is_printed_for_each_length_there_are_lines_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    goods = ("쌀 rice", "소금 salt", "콩 beans", "비료 fertiliser", "석탄 coal", "설탕 sugar")
    words = [word.split() for word in goods]
    ko, en = tmp_path / "a.ko", tmp_path / "a.en"
    ko.write_text("\n".join(f"{k} 값이 올랐다." for k, _ in words), encoding="utf-8")
    en.write_text("\n".join(f"The price of {e} rose." for _, e in words), encoding="utf-8")
    assert main([str(ko), str(en), "--lengths", "5,900", "--changed", "0"]) == 0
    printed = capsys.readouterr()
    [headings, row] = printed.out.splitlines()
    assert headings.split()[0] == "aligner"
    assert row.split()[:4] == ["donju", "5", "×", "5"]
    assert row.split()[-3:-1] == ["1.000", "1.000"]
    assert "900 is left out" in printed.err
