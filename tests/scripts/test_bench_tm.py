"""The bench of the memory: its texts are what it says, and it reports what it measured."""

from __future__ import annotations

import re
from collections import Counter
from random import Random

import pytest

import bench_tm
from bench_tm_texts import questions, read_pairs, varied

PLACES = (("혜산", "Hyesan"), ("청진", "Chongjin"), ("무산", "Musan"), ("신의주", "Sinuiju"))
GOODS = (("쌀", "rice"), ("옥수수", "corn"), ("휘발유", "petrol"), ("콩기름", "soybean oil"))

PAIRS = [
    (
        f"{day}일 {place} 장마당에서 {goods} 값이 크게 올랐다고 소식통이 전했다.",
        f"The price of {ware} rose sharply at a market in {town} on the {day}th, a source said.",
    )
    for day in range(4, 20)
    for place, town in PLACES
    for goods, ware in GOODS
]


@pytest.fixture
def pairs_file(tmp_path):
    path = tmp_path / "pairs.tsv"
    lines = [*("\t".join(pair) for pair in PAIRS), "\tno Korean", "\t".join(PAIRS[0])]
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_pairs_are_read_once_and_whole(pairs_file):
    assert read_pairs(pairs_file) == PAIRS


def test_as_many_pairs_are_made_as_asked_for_and_the_same_each_time():
    made = varied(PAIRS, 3000, Random(1))
    assert len(made) == 3000
    assert all(ko.strip() and en.strip() for ko, en in made)
    assert set(PAIRS) <= set(made)
    assert made == varied(PAIRS, 3000, Random(1))
    assert varied(PAIRS, 10, Random(1)) != varied(PAIRS, 10, Random(2))


def test_questions_are_of_all_kinds_and_not_the_texts_themselves():
    texts = [ko for ko, _ in varied(PAIRS, 3000, Random(1))]
    asked = questions(list(dict.fromkeys(texts)), 10, Random(2))
    kinds = Counter(question.kind for question in asked)
    assert {"any", "short", "long"} <= set(kinds)
    assert sum(question.text not in texts for question in asked) > len(asked) / 2


def test_a_small_memory_is_made_kept_and_measured(pairs_file, tmp_path, capsys):
    path = tmp_path / "bench.tm"
    options = [str(pairs_file), "--size", "800", "--memory", str(path), "--questions", "3"]
    assert bench_tm.main(options) == 0
    told = capsys.readouterr().out
    assert re.search(r"^units imported +800$", told, re.M)
    assert re.search(r"^ko similar +[\d.]+ / [\d.]+ ms", told, re.M)
    assert "en LIKE" in told
    recalls = re.findall(r"^\w\w recall, any .* best ([\d.]+)", told, re.M)
    assert len(recalls) == 2
    assert all(float(recall) > 0.9 for recall in recalls)
    assert bench_tm.main(options) == 0
    assert "units imported" not in capsys.readouterr().out


def test_figures_of_several_sizes_stand_side_by_side_in_a_table(pairs_file, capsys):
    assert bench_tm.main([str(pairs_file), "--size", "300", "600", "--questions", "2"]) == 0
    table = capsys.readouterr().out.split("\n\n")[-1].splitlines()
    assert re.fullmatch(r"\| \| (29\d|300) \| (59\d|600) \|", table[0])  # without repetitions
    assert any(line.startswith("| units imported | 300 | 600") for line in table)
    assert {line.count("|") for line in table} == {4}


def test_a_missing_file_of_pairs_is_said(tmp_path, capsys):
    assert bench_tm.main([str(tmp_path / "none.tsv")]) == 2
    assert "none.tsv" in capsys.readouterr().err
