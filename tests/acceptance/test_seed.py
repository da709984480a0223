"""A real news page and a Korean text of the same story, from the two files to the renderings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]

#: What a careful person makes of the two texts: how the Korean sentence and each of the English
#: sentences of a bead begin.
BEADS = [
    ("지난 7월 초 함경북도 무산군", ["Three officials belonging to"]),
    ("함경북도 소식통은 16일", ["“In early July, the head of", "“Unlike with previous cases"]),
    ("소식통은 “당초 올해 봄", ["“[The three officials] were initially"]),
    ("익명을 요구한 소식통에", ["According to the source, who spoke"]),
    ("이 가운데 무산광산 담당", ["Regarding the MSS official in charge"]),
    ("617상무 책임자는", ["Moreover, the head of the 617 Division"]),
    ("이 간부의 집에서", ["There is even talk about"]),
    ("그는 단속 과정에서", ["In response, the official insisted"]),
    ("반탐과장에 대해서는", ["There is little news circulating"]),
    ("소식통은 “몰수된 승용차", ["“The three cars confiscated"]),
    ("이 밖에 돈주들을", ["Other inspections aimed at"]),
]


def head(sentence: str) -> str:
    """How a sentence begins, in the words of the list above; the sentence if it is not in it."""
    known = [text for k, e in BEADS for text in (k, *e)]
    return next((text for text in known if sentence.startswith(text)), sentence)


@pytest.fixture(scope="module")
def seed(shared_data: Path) -> tuple[Path, Path]:
    return shared_data / "seed" / "musan.ko.txt", shared_data / "seed" / "musan.en.txt"


@pytest.fixture(scope="module")
def aligned(
    seed: tuple[Path, Path], donju: Command, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, Any]]:
    """A memory with the article, and the article as JSON."""
    path = tmp_path_factory.mktemp("seed") / "seed.tm"
    ran = donju("align", *seed, "--memory", path, "--json")
    assert ran.code == 0, ran.err
    (article,) = json.loads(ran.out)["articles"]
    return path, article


def test_every_sentence_goes_where_a_careful_person_puts_it(
    seed: tuple[Path, Path], aligned: tuple[Path, dict[str, Any]]
) -> None:
    _, article = aligned
    ko, en = (path.read_text("utf-8") for path in seed)
    found = [
        ([head(ko[a:b]) for a, b in bead["ko_spans"]], [head(en[a:b]) for a, b in bead["en_spans"]])
        for bead in article["beads"]
    ]
    assert found == [([k], e) for k, e in BEADS]


def test_only_the_story_is_aligned(aligned: tuple[Path, dict[str, Any]]) -> None:
    texts = " ".join(bead["en"] for bead in aligned[1]["beads"])
    for line in (
        "A vegetable plot",
        "Translated by",
        "Please direct",
        "Read in Korean",
        "defector",
    ):
        assert line not in texts
    assert aligned[1]["meta"]["translator"] == "Gabriela Bernal"


@pytest.mark.parametrize(
    ("term", "rendering", "gloss", "abbreviation"),
    [
        ("돈주", "donju", "wealthy entrepreneurial class", None),
        ("보위부", "Ministry of State Security", None, "MSS"),
        ("617상무", "617 Division", "cracking down on illegal drugs", None),
        ("무산광산", "Musan Mine", None, None),
        ("얼음", "ice", "methamphetamine", None),
        ("함경북도", "North Hamgyong Province", None, None),
        ("소식통", "source", None, None),
    ],
)
@pytest.mark.parametrize("termbase", [[], ["--termbase", "none"]], ids=["termbase", "none"])
def test_the_rendering_of_a_term_is_the_one_used(
    term: str,
    rendering: str,
    gloss: str | None,
    abbreviation: str | None,
    termbase: list[str],
    aligned: tuple[Path, dict[str, Any]],
    donju: Command,
) -> None:
    found = json.loads(donju("suggest", term, "-m", aligned[0], "--json", *termbase).out)
    first = found["renderings"][0]
    assert first["text"] == rendering
    assert first["abbreviation"] == abbreviation
    assert (gloss or "") in (first["gloss"] or "")
    assert first["count"] > 0
    assert first["translators"] == ["Gabriela Bernal"]
    for example in first["examples"]:
        for start, end in example["target_spans"]:
            shown = example["unit"]["target"][start:end]
            assert shown.lower() in (rendering.lower(), (abbreviation or "").lower()) or (
                rendering in shown
            )


def test_the_renderings_are_shown_with_their_gloss_and_sentence(
    aligned: tuple[Path, dict[str, Any]], donju: Command
) -> None:
    out = donju("suggest", "돈주", "-m", aligned[0]).out
    assert " 1. donju   1 × (100%)" in out
    assert "gloss: North Korea’s wealthy entrepreneurial class" in out
    assert "Other inspections aimed at the donju" in out
    assert "Ministry of State Security (MSS)" in donju("suggest", "보위부", "-m", aligned[0]).out
