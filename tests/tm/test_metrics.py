"""BLEU, chrF++ and TER are sacrebleu's own, to the last digit."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from align.errors import InputError
from tm.quality.metrics import score

HYPOTHESES = [
    "Rice prices rose sharply at the market in Hyesan.",
    "Donju are putting money into flats.",
    "The authorities have not made this public.",
]
REFERENCES = [
    "Rice prices rose sharply at the Hyesan market.",
    "Donju put money into building apartments.",
    "The authorities did not make this public.",
]


def test_scores_and_signatures_are_those_of_the_sacrebleu_command(tmp_path: Path) -> None:
    for name, lines in (("hyp", HYPOTHESES), ("ref", REFERENCES)):
        (tmp_path / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    command = [sys.executable, "-m", "sacrebleu", "ref", "-i", "hyp", "-m", "bleu", "chrf", "ter"]
    done = subprocess.run(
        [*command, "--chrf-word-order", "2", "-f", "json", "--width", "10"],
        cwd=tmp_path,
        env={**os.environ, "SACREBLEU": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    theirs = {entry["name"]: entry for entry in json.loads(done.stdout)}
    ours = score(HYPOTHESES, REFERENCES)
    assert [s.name for s in ours] == ["BLEU", "chrF++", "TER"]
    for mine in ours:
        entry = theirs[{"chrF++": "chrF2++"}.get(mine.name, mine.name)]
        assert mine.value == pytest.approx(entry["score"], abs=1e-9)
        assert mine.signature == entry["signature"]


def test_a_perfect_translation_scores_best_and_formats_itself() -> None:
    bleu, chrf, ter = score(REFERENCES, REFERENCES)
    assert (round(bleu.value), round(chrf.value), ter.value) == (100, 100, 0.0)
    assert str(bleu).startswith("BLEU|nrefs:1")
    assert str(bleu).endswith("= 100.0")


def test_only_the_metrics_asked_for_are_computed() -> None:
    assert [s.name for s in score(HYPOTHESES, REFERENCES, ["TER"])] == ["TER"]


@pytest.mark.parametrize(("ours", "theirs"), [([], []), (["a"], ["a", "b"])])
def test_segments_must_match_one_to_one(ours: list[str], theirs: list[str]) -> None:
    with pytest.raises(InputError, match="references"):
        score(ours, theirs)
