"""The bundled sample from the folder to the answers, and the hand-made data that goes with it."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from align import read_article, split_article
from corpora import SAMPLE
from tm.memory import Memory

Command = Callable[..., Any]

NAMES = sorted(path.name.removesuffix(".gold.json") for path in SAMPLE.glob("*.gold.json"))
SIDES = [(name, lang) for name in NAMES for lang in ("ko", "en")]

#: How the six translators put each term, read out of the articles by hand: the words that stand
#: for it, in singular or plural, glosses included. Whatever else is suggested is wrong.
USED: dict[str, set[str]] = {
    "돈주": {
        "donju",
        "money master",
        "financier",
        "wealthy trader",
        "wealthy entrepreneur",
        "wealthy entrepreneurial class",
        "moneyed class",
        "those with money",
    },
    "보위부": {
        "ministry of state security",
        "mss",
        "state security ministry",
        "state security department",
        "secret police",
        "the ministry",
        "branch",
    },
    "국가보위성": {
        "ministry of state security",
        "mss",
        "state security ministry",
        "the ministry",
        "ministry",
        "ministry headquarters",
    },
    "안전부": {
        "ministry of social security",
        "ministry of people's security",
        "police",
        "the ministry",
    },
    "617상무": {"617 division", "617 task force"},
    "인민반": {
        "inminban",
        "neighborhood watch unit",
        "neighbourhood watch unit",
        "people's unit",
        "unit",
    },
    "장마당": {"market", "jangmadang", "private market"},
    "꽃제비": {"kotjebi", "street children", "homeless children"},
    "빙두": {"bingdu", "crystal meth", "meth", "methamphetamine", "crystal methamphetamine", "ice"},
    "얼음": {"ice", "crystal meth"},
    "외화벌이": {
        "foreign currency-earning",
        "foreign currency earning",
        "hard-currency",
        "hard-currency business",
        "hard-currency trader",
    },
    "무산광산": {"musan mine"},
    "함경북도": {"north hamgyong province", "north hamgyong"},
    "소식통": {"source"},
    "고난의 행군": {"arduous march", "march of suffering", "famine", "famine of the 1990s"},
    "총화": {
        "chonghwa",
        "session",
        "self-criticism session",
        "criticism session",
        "review meeting",
        "review session",
        "meeting",
    },
    "비사회주의": {
        "non-socialist",
        "non-socialist behavior",
        "non-socialist practice",
        "non-socialist element",
        "un-socialist behaviour",
        "un-socialist",
        "anti-socialist",
        "contrary to socialism",
    },
}


def gold(name: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((SAMPLE / f"{name}.gold.json").read_text("utf-8"))
    return data


def page(name: str, lang: str) -> str:
    return (SAMPLE / f"{name}.{lang}.txt").read_text("utf-8")


def gold_sentences(name: str, lang: str) -> list[str]:
    """The story's sentences as a person sees them, in the order of the page."""
    sentences = [sentence for bead in gold(name)["beads"] for sentence in bead[lang]]
    return sorted(sentences, key=page(name, lang).index)


def singular(text: str) -> set[str]:
    """``text`` without case and article, as it is and without a plural ending."""
    plain = text.casefold().replace("’", "'").removeprefix("the ")
    return {text.casefold(), plain, plain.removesuffix("s")}


# The data


@pytest.mark.parametrize(("name", "lang"), SIDES)
def test_every_gold_sentence_stands_in_the_page_and_in_one_bead(name: str, lang: str) -> None:
    """What is in no bead is boilerplate, down to the last character."""
    rest = page(name, lang)
    pieces = gold_sentences(name, lang) + [line["text"] for line in gold(name)["boilerplate"][lang]]
    for piece in sorted(pieces, key=len, reverse=True):
        assert piece in rest
        rest = rest.replace(piece, "\0", 1)
    assert rest.replace("\0", "").strip() == ""


@pytest.mark.parametrize("name", NAMES)
def test_gold_beads_are_in_korean_order_and_contiguous(name: str) -> None:
    beads = gold(name)["beads"]
    places = {lang: gold_sentences(name, lang) for lang in ("ko", "en")}
    starts = [places["ko"].index(bead["ko"][0]) for bead in beads if bead["ko"]]
    assert starts == sorted(starts)
    for bead in beads:
        assert bead["ko"] or bead["en"]
        for lang in ("ko", "en"):
            numbers = [places[lang].index(sentence) for sentence in bead[lang]]
            assert numbers == [numbers[0] + i for i in range(len(numbers))]


@pytest.mark.parametrize(("name", "lang"), SIDES)
def test_boilerplate_is_told_from_the_story_exactly(name: str, lang: str) -> None:
    article = read_article(SAMPLE / f"{name}.{lang}.txt")
    found = [{"kind": p.kind, "text": p.text} for p in article.paragraphs if p.kind != "body"]
    assert found == gold(name)["boilerplate"][lang]


def test_sentences_are_split_as_by_hand() -> None:
    wrong: list[str] = []
    count = 0
    for name, lang in SIDES:
        article = read_article(SAMPLE / f"{name}.{lang}.txt")
        found = [" ".join(s.text.split()) for s in split_article(article)]
        wanted = gold_sentences(name, lang)
        count += len(wanted)
        wrong += [f"{name}.{lang}: {sentence}" for sentence in wanted if sentence not in found]
    print(*wrong, sep="\n")
    assert count > 850
    assert len(wrong) <= 0.03 * count


# The memory


def test_the_folder_becomes_a_memory_of_eighteen_articles(sample_run: tuple[Path, Any]) -> None:
    path, ran = sample_run
    assert ran.code == 0
    assert ran.out.startswith("18 pairs aligned: ")
    assert "memory: 18 added\n" in ran.out
    with Memory.open(path) as memory:
        records = {record.id: record for record in memory.articles()}
    assert sorted(records) == NAMES
    for name, record in records.items():
        known = json.loads((SAMPLE / f"{name}.json").read_text("utf-8"))
        assert (record.date, record.translator) == (known["date"], known["translator"])
        titles = {
            lang: next(line["text"] for line in lines if line["kind"] == "headline")
            for lang, lines in gold(name)["boilerplate"].items()
        }
        assert (record.title_ko, record.title_en) == (titles["ko"], titles["en"])


def test_every_sentence_of_the_stories_is_in_the_memory(sample_memory: Path) -> None:
    """As part of a unit or as one without counterpart, and nothing else is."""
    with Memory.open(sample_memory) as memory:
        for name in NAMES:
            stored = {"ko": "", "en": ""}
            for unit in memory.units(article=name):
                stored["ko"] += unit.source
                stored["en"] += unit.target
            for sentence in memory.unaligned(name):
                stored[sentence.side] += sentence.text
            for lang, text in stored.items():
                wanted = "".join(gold_sentences(name, lang))
                assert sorted(text.replace(" ", "")) == sorted(wanted.replace(" ", ""))


def test_most_units_are_what_a_person_would_store(sample_memory: Path) -> None:
    """Strict: both sides of a unit exactly as in the gold alignment, nulls not counted."""
    wanted = found = right = 0
    with Memory.open(sample_memory) as memory:
        for name in NAMES:
            beads = {
                (" ".join(bead["ko"]), " ".join(bead["en"]))
                for bead in gold(name)["beads"]
                if bead["ko"] and bead["en"]
            }
            units = {(unit.source, unit.target) for unit in memory.units(article=name)}
            wanted, found, right = (
                wanted + len(beads),
                found + len(units),
                right + len(beads & units),
            )
    f1 = 2 * right / (wanted + found)
    print(f"strict F1 {f1:.3f}: {right} right of {found} found and {wanted} in the gold")
    assert f1 > 0.8


def test_adding_the_same_folder_again_changes_nothing(
    sample_memory: Path, donju: Command, tmp_path: Path
) -> None:
    path = tmp_path / "again.tm"
    with Memory.open(sample_memory) as memory:
        before = [*memory.units()], memory.changes(), memory.stats()
    path.write_bytes(sample_memory.read_bytes())
    ran = donju("align", SAMPLE, "--memory", path)
    assert ran.code == 0
    assert "memory: 18 unchanged\n" in ran.out
    with Memory.open(path) as memory:
        assert ([*memory.units()], memory.changes(), memory.stats()) == before


@pytest.mark.parametrize("term", USED)
def test_the_first_rendering_of_a_term_was_really_used(
    term: str, sample_memory: Path, donju: Command
) -> None:
    found = json.loads(donju("suggest", term, "-m", sample_memory, "--json").out)
    first = found["renderings"][0]
    assert singular(first["text"]) & USED[term]
    assert first["count"] > 0
    assert first["translators"]
    assert first["examples"]
    with Memory.open(sample_memory) as memory:
        units = {unit.id: unit for unit in memory.units()}
    for example in first["examples"]:
        unit = units[example["unit"]["id"]]
        assert term.replace(" ", "") in unit.source.replace(" ", "")
        shown = [unit.target[start:end] for start, end in example["target_spans"]]
        forms = {form.casefold() for form in (first["text"], *first["variants"])}
        assert any(part.casefold() in forms for part in shown)


@pytest.mark.parametrize("term", USED)
def test_renderings_used_more_than_once_are_all_right(
    term: str, sample_memory: Path, donju: Command
) -> None:
    found = json.loads(donju("suggest", term, "-m", sample_memory, "--json").out)
    wrong = [
        (rendering["text"], rendering["count"])
        for rendering in found["renderings"]
        if rendering["count"] > 1 and not singular(rendering["text"]) & USED[term]
    ]
    assert wrong == []


def test_different_renderings_are_told_apart_by_translator(
    sample_memory: Path, donju: Command
) -> None:
    def translators(term: str, rendering: str) -> list[str]:
        found = json.loads(donju("suggest", term, "-m", sample_memory, "--json").out)
        chosen = next(r for r in found["renderings"] if rendering in singular(r["text"]))
        return list(chosen["translators"])

    assert translators("돈주", "financier") == ["Daniel Ferrer"]
    assert translators("안전부", "ministry of people's security") == ["Daniel Ferrer"]
    assert translators("617상무", "617 division") == ["Hannah Weiss"]
    assert translators("617상무", "617 task force") == ["Oliver Grant"]
    assert translators("고난의 행군", "march of suffering") == ["Peter Lindqvist"]
