"""``donju demo``: what a new user sees first."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def shown(donju: Command, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path]:
    """What the demo prints, and the memory it was told to keep."""
    memory = tmp_path_factory.mktemp("demo") / "kept.tm"
    ran = donju("demo", "--keep", memory)
    assert ran.code == 0, ran.err
    return ran.out, memory


def test_the_bundled_articles_are_read_and_stored(shown: tuple[str, Path]) -> None:
    assert re.search(r"18 articles, \d{3} translation units, \d+ sentences without", shown[0])


def test_an_alignment_is_shown_with_confidences(shown: tuple[str, Path]) -> None:
    assert "무산광산연합기업소" in shown[0]
    assert "Workers at the Musan Mine" in shown[0]
    assert re.search(r"│ [01]\.\d\d │ 1-2", shown[0])


def test_a_term_is_answered_with_renderings_counts_and_examples(shown: tuple[str, Path]) -> None:
    part = shown[0].split("donju suggest 돈주")[1].split("donju match")[0]
    assert re.search(r"1\. donju +\d+ × \(\d+%\) +preferred", part)
    assert "financiers" in part
    assert "Daniel Ferrer" in part
    assert "돈주들이" in part


def test_a_fuzzy_match_names_its_difference(shown: tuple[str, Path]) -> None:
    part = shown[0].split("donju match")[1].split("donju consistency")[0]
    assert re.search(r"\d\d % fuzzy", part)
    assert re.search(r"differs.*\n +word order: .+\n +wording: 주민들”이라고 말했다 ↔ ", part)


def test_an_inconsistency_is_found(shown: tuple[str, Path]) -> None:
    part = shown[0].split("donju consistency --term")[1].split("Now with")[0]
    assert "rendered in several ways" in part
    assert "money master" in part
    assert "Oliver Grant" in part


def test_it_ends_with_the_commands_for_ones_own_files(
    shown: tuple[str, Path], donju: Command
) -> None:
    end = shown[0].split("Now with your own files")[1]
    verbs = re.findall(r"^ +donju (\w+)", end, re.MULTILINE)
    assert {"align", "suggest", "match", "search", "consistency"} <= set(verbs)
    for verb in verbs:
        assert donju(verb, "--help").code == 0


def test_the_memory_can_be_kept_and_asked(shown: tuple[str, Path], donju: Command) -> None:
    found = json.loads(donju("memory", "stats", "-m", shown[1], "--json").out)
    assert found["articles"] == 18


def test_the_same_as_json(donju: Command) -> None:
    found = json.loads(donju("demo", "--json").out)
    assert set(found) == {"stats", "article", "beads", "suggestion", "matches", "findings"}
    assert found["suggestion"]["renderings"][0]["text"] == "donju"
    assert found["matches"][0]["kind"] == "fuzzy"
    assert found["findings"][0]["kind"] == "term"
