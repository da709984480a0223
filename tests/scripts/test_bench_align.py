"""The benchmark command on a file of two documents, with and without other aligners."""

from __future__ import annotations

import importlib.util
import json
import re
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import bench_align
from align.encoder import load_encoder
from align_measure import Notes, Remembering, RememberingRuns, remembering

DOCUMENTS = [
    {
        "id": "보리",
        "preset": "plain",
        "src": [
            "양강도 혜산시에서 보리 수확이 시작됐다.",
            "농장원들은 새벽 다섯 시부터 밭에 나간다.",
            "올해 수확량은 지난해보다 적을 것으로 보인다.",
        ],
        "tgt": [
            "The barley harvest has begun in Hyesan, Ryanggang Province.",
            "Farm workers go out to the fields at five in the morning.",
            "This year's harvest looks set to be smaller than last year's.",
        ],
        "gold": [[[0], [0]], [[1], [1]], [[2], [2]]],
    },
    {
        "id": "다리",
        "preset": "abridged",
        "src": [
            "청진시 수남구역의 다리가 장마에 무너졌다.",
            "주민들은 강을 건너려고 배를 빌린다.",
            "배삯은 한 번에 오백 원이다.",
        ],
        "tgt": [
            "A bridge in Chongjin's Sunam District collapsed in the monsoon rains.",
            "Each boat ride costs five hundred won.",
        ],
        "gold": [[[0], [0]], [[1], []], [[2], [1]]],
    },
]


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    path = tmp_path / "two.jsonl"
    path.write_text("".join(json.dumps(d) + "\n" for d in DOCUMENTS), encoding="utf-8")
    return path


def figures(line: str) -> list[float]:
    return [float(number) for number in re.findall(r"(?<=\s)(?:\d*\.\d+|\d+)(?=\s|$)", line)]


def test_the_command_writes_beads_and_prints_figures(
    documents: Path, tmp_path: Path, child: Callable[..., Any]
) -> None:
    out = tmp_path / "beads.jsonl"
    ran = child("scripts/bench_align.py", documents, "--out", out)
    assert ran.code == 0, ran.err
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert [line["id"] for line in lines] == ["보리", "다리"]
    for line, document in zip(lines, DOCUMENTS, strict=True):
        assert sorted(i for ko, _ in line["beads"] for i in ko) == list(range(len(document["src"])))
        assert sorted(j for _, en in line["beads"] for j in en) == list(range(len(document["tgt"])))
    assert "2 documents, 11 sentences of both sides, encoder builtin" in ran.out
    # The plain document has three beads and nothing else; it is aligned right.
    assert re.search(r"^plain +strict F1 +1\.000\n +lax F1 +1\.000\nabridged", ran.out, re.M)
    assert re.search(r"^ +null F1 ", ran.out, re.M)
    assert re.search(r"^\d+ beads: expected calibration error", ran.out, re.M)


def test_peers_stand_beside_ours_and_missing_ones_are_named(
    documents: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "galechurch", None)  # as if it were not installed
    assert bench_align.main([str(documents), "--peers"]) == 0
    printed = capsys.readouterr()
    assert "galechurch skipped: galechurch is not installed; pip install 'donju[bench]'" in (
        printed.err
    )
    names = ["donju", "bertalign", "bertalign 0", "sentalign .25"]
    if importlib.util.find_spec("sentweave"):
        names[1:1] = ["sentweave", "sentweave .02"]
    rows = [line for line in printed.out.splitlines() if line.startswith("plain ")]
    assert re.search(r"^ +" + r" +".join(map(re.escape, names)) + "$", printed.out, re.M)
    assert len(figures(rows[0].split("F1")[1])) == len(names)


def test_the_diagram_is_drawn_or_matplotlib_is_named(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "reliability.svg"
    assert bench_align.main([str(documents), "--plot", str(path)]) == 0
    if importlib.util.find_spec("matplotlib"):
        assert "<svg" in path.read_text("utf-8")
    else:
        said = capsys.readouterr().err
        assert "matplotlib is not installed; pip install 'donju[bench]'" in said


def test_documents_without_gold_are_aligned_and_not_scored(
    documents: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bare = tmp_path / "bare.jsonl"
    bare.write_text(json.dumps({**DOCUMENTS[0], "gold": None}) + "\n", encoding="utf-8")
    assert bench_align.main([str(bare), "--plot", str(tmp_path / "none.svg")]) == 0
    printed = capsys.readouterr()
    assert "F1" not in printed.out
    assert "end to end" in printed.out
    assert "no document has gold beads" in printed.err


def test_what_cannot_be_aligned_is_said_and_the_rest_is_done(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = DOCUMENTS[0]
    swapped = {**plain, "id": "swapped", "src": plain["tgt"], "tgt": plain["src"]}
    mixed = tmp_path / "mixed.jsonl"
    mixed.write_text(json.dumps(swapped) + "\n" + json.dumps(plain) + "\n", encoding="utf-8")
    assert bench_align.main([str(mixed)]) == 0
    printed = capsys.readouterr()
    assert "donju: swapped: nothing found (InputError" in printed.err
    # Three of three found are right, and three of the six gold beads are found.
    assert re.search(r"^plain +strict F1 +\.667$", printed.out, re.M)


@pytest.mark.parametrize("arguments", [[], ["--sample", "x.jsonl"], ["x.jsonl", "--limit", "0"]])
def test_arguments_that_do_not_go_together_are_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as refused:
        bench_align.main(arguments)
    assert refused.value.code == 2
    assert "error:" in capsys.readouterr().err


def test_a_missing_file_or_model_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for arguments in (["missing.jsonl"], ["--sample", "--encoder", str(tmp_path)]):
        assert bench_align.main(arguments) == 2
        assert len(capsys.readouterr().err.strip().splitlines()) == 1


def test_a_remembering_encoder_embeds_each_text_once_until_it_forgets() -> None:
    notes = Notes()
    encoder = remembering(load_encoder(), notes)
    assert isinstance(encoder, RememberingRuns)
    texts = ["소금값이 올랐다.", "주민들은 걱정한다."]
    first = encoder.encode_runs(texts, 2)
    again = encoder.encode_runs(texts, 2)
    assert notes.embedded == 1
    assert all((x == y).all() for x, y in zip(first, again, strict=True))
    encoder.encode(texts)
    assert notes.embedded == 2
    notes.keep()
    notes.forget()
    encoder.encode(texts)
    assert notes.embedded == 2
    notes.forget()
    encoder.encode(texts[:1])
    notes.forget()
    encoder.encode(texts[:1])
    assert notes.embedded == 4


class Plain:
    name, dim = "plain", 2

    def encode(self, texts: list[str]) -> list[str]:
        return texts


def test_a_remembering_encoder_has_no_ability_that_the_encoder_lacks() -> None:
    assert type(remembering(Plain(), Notes())) is Remembering
