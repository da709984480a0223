"""The benchmark of interchange files: it measures what it says, and memory does not grow."""

from __future__ import annotations

from pathlib import Path

import pytest

import bench_exchange

PAIRS = [("쌀값이 <크게> 올랐다.", "Rice & corn rose."), ("당국은 침묵했다.", "No word came.")]


@pytest.mark.parametrize("kind", bench_exchange.KINDS)
def test_every_unit_of_a_made_file_is_read(tmp_path: Path, kind: str) -> None:
    bench_exchange.make(tmp_path / "made.tmx", PAIRS, 7, kind)
    assert bench_exchange.reading(tmp_path / "made.tmx") == 7


def test_reading_a_file_ten_times_as_large_takes_no_more_memory(tmp_path: Path) -> None:
    peaks = []
    for size in (10_000, 100_000):
        bench_exchange.make(tmp_path / "made.tmx", PAIRS, size, "usual")
        cost = bench_exchange.alone(bench_exchange.reading, tmp_path / "made.tmx")
        assert cost.units == size
        peaks.append(cost.peak)
    assert peaks[1] < peaks[0] + 20_000_000


def test_all_figures_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "pairs.tsv"
    path.write_text("".join(f"{ko}\t{en}\n" for ko, en in PAIRS), "utf-8")
    bench_exchange.main([str(path), "--size", "20"])
    printed = capsys.readouterr().out
    assert printed.count("µs a unit") == 3 * len(bench_exchange.KINDS)
