"""Scores are sacrebleu's own to the last digit, also of parts, resampled and compared."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.encoder import load_encoder
from align.errors import InputError
from tm.quality.scores import METRICS, Evaluation, Segments, System, evaluate, score
from tm.quality.scores.adequacy import adequacy_of
from tm.quality.scores.metrics import Metric
from tm.quality.scores.significance import resampled

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
#: sacrebleu's names for the metrics.
THEIRS = {"BLEU": "BLEU", "chrF++": "chrF2++", "TER": "TER"}

_PEOPLE = ("Traders", "Soldiers", "Donju", "Officials in Hyesan", "The wives of miners")
_VERBS = ("sold", "hid", "counted", "brought back", "gave away")
_THINGS = ("3 tons of corn", "the ration cards", "old radios", "coal from the pit", "their savings")
_TIMES = ("last Monday.", "before dawn.", "on April 15.", "without being asked.", "again.")


def texts_of(seed: int, count: int = 120) -> list[str]:
    """Sentences; those of two seeds share most of their words in most places."""
    fixed, own = random.Random(7), random.Random(seed)
    sentences = []
    for _ in range(count):
        chosen = [fixed.choice(part) for part in (_PEOPLE, _VERBS, _THINGS, _TIMES)]
        if own.random() < 0.5:
            chosen[own.randrange(4)] = own.choice((*_PEOPLE, *_VERBS, *_THINGS, *_TIMES))
        sentences.append(" ".join(chosen))
    return sentences


def sacrebleu(folder: Path, files: dict[str, Sequence[str]], *arguments: str) -> str:
    """What the sacrebleu command prints, run on these files."""
    for name, lines in files.items():
        (folder / name).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "sacrebleu", *arguments],
        cwd=folder,
        env={**os.environ, "SACREBLEU": str(folder)},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


#: Arguments that ask for the three metrics with all digits.
ALL = ("-m", "bleu", "chrf", "ter", "--chrf-word-order", "2", "--width", "10", "-f")


def segments_of(*systems: Sequence[str], references: Sequence[Sequence[str]]) -> Segments:
    return Segments(
        tuple(System(f"s{number}", tuple(texts)) for number, texts in enumerate(systems)),
        tuple(zip(*references, strict=True)),
    )


def test_scores_and_signatures_are_those_of_the_sacrebleu_command(tmp_path: Path) -> None:
    out = sacrebleu(
        tmp_path, {"hyp": HYPOTHESES, "ref": REFERENCES}, "ref", "-i", "hyp", *ALL, "json"
    )
    theirs = {entry["name"]: entry for entry in json.loads(out)}
    ours = score(HYPOTHESES, REFERENCES)
    assert [one.name for one in ours] == list(METRICS)
    for one in ours:
        assert one.value == pytest.approx(theirs[THEIRS[one.name]]["score"], abs=1e-9)
        assert one.signature == theirs[THEIRS[one.name]]["signature"]


def test_several_references_and_intervals_are_those_of_the_command(tmp_path: Path) -> None:
    system, first, second = texts_of(1), texts_of(2), texts_of(3)
    out = sacrebleu(
        tmp_path,
        {"hyp": system, "one": first, "two": second},
        *("one", "two", "-i", "hyp", "--confidence"),
        *(*ALL, "json"),
    )
    theirs = {entry["name"]: entry for entry in json.loads(out)}
    found = evaluate(segments_of(system, references=(first, second))).systems[0]
    for one in found.scores:
        entry, around = theirs[THEIRS[one.name]], found.intervals[one.name]
        assert one.value == pytest.approx(entry["score"], abs=1e-9)
        assert around.signature == entry["signature"]
        assert around.mean == pytest.approx(entry["confidence_mean"], abs=1e-9)
        assert around.margin == pytest.approx(entry["confidence_var"], abs=1e-9)


@pytest.mark.parametrize(("test", "asked"), [("bootstrap", "bs"), ("randomisation", "ar")])
def test_paired_tests_are_those_of_sacrebleu(test: str, asked: str) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER
    from sacrebleu.significance import PairedTest

    systems = [texts_of(seed) for seed in (1, 4, 5)]
    references = [texts_of(2)]
    theirs = PairedTest(
        [(f"s{number}", texts) for number, texts in enumerate(systems)],
        {"BLEU": BLEU(), "chrF++": CHRF(word_order=2), "TER": TER()},
        references,
        test_type=asked,
    )
    signatures, results = theirs()
    found = evaluate(segments_of(*systems, references=references), test=test)  # type: ignore[arg-type]
    for number, system in enumerate(found.systems):
        for one in system.scores:
            expected = results[THEIRS[one.name]][number]
            assert one.value == pytest.approx(expected.score, abs=1e-9)
            compared = system.comparisons.get(one.name)
            assert (compared and compared.p) == expected.p_value
            if compared:
                assert compared.signature == str(signatures[THEIRS[one.name]])
                assert compared.difference == pytest.approx(
                    expected.score - results[THEIRS[one.name]][0].score
                )


def test_the_paired_bootstrap_of_the_command_says_the_same(tmp_path: Path) -> None:
    systems = {f"s{number}": texts_of(seed) for number, seed in enumerate((1, 4))}
    out = sacrebleu(
        tmp_path,
        {**systems, "ref": texts_of(2)},
        *("ref", "-i", "s0", "s1", "--paired-bs", *ALL, "text"),
    )
    found = evaluate(segments_of(*systems.values(), references=[texts_of(2)])).systems[1]
    told = [f"(p = {found.comparisons[metric].p:.4f})" for metric in METRICS]
    assert re.findall(r"\(p = \d\.\d+\)", out) == told


def test_blocks_of_random_numbers_do_not_change_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    segments = segments_of(texts_of(1), texts_of(4), references=[texts_of(2)])
    at_once = evaluate(segments, test="randomisation")
    monkeypatch.setattr("tm.quality.scores.significance._BLOCK", 1)
    in_blocks = evaluate(segments, test="randomisation")
    assert [s.intervals for s in at_once.systems] == [s.intervals for s in in_blocks.systems]
    assert [s.comparisons for s in at_once.systems] == [s.comparisons for s in in_blocks.systems]


def test_slices_of_segments_do_not_change_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    segments = segments_of(texts_of(1), references=[texts_of(2), texts_of(3)])
    whole = [Metric(name).statistics(segments)[0] for name in METRICS]
    monkeypatch.setattr("tm.quality.scores.metrics._SLICE", 7)
    sliced = [Metric(name).statistics(segments)[0] for name in METRICS]
    assert all(np.array_equal(one, other) for one, other in zip(whole, sliced, strict=True))


@pytest.mark.parametrize(("name", "asked"), [("BLEU", "bleu"), ("chrF++", "chrf"), ("TER", "ter")])
def test_segment_scores_are_those_of_the_command(tmp_path: Path, name: str, asked: str) -> None:
    system, reference = texts_of(1, 30), texts_of(2, 30)
    system[3] = "Nobody."
    word_order = ("--chrf-word-order", "2") if asked == "chrf" else ()
    out = sacrebleu(
        tmp_path,
        {"hyp": system, "ref": reference},
        *("ref", "-i", "hyp", "-m", asked, *word_order, "--sentence-level", "-b", "--width", "10"),
    )
    effective = {"BLEU": _segment_bleu(system, reference)}
    theirs = effective.get(name) or [float(line) for line in out.split()]
    ours = evaluate(segments_of(system, references=[reference])).systems[0].segments[name]  # type: ignore[index]
    assert list(ours) == pytest.approx(theirs, abs=1e-9)


def _segment_bleu(system: Sequence[str], reference: Sequence[str]) -> list[float]:
    """sacrebleu's advice for single segments, which its command does not follow."""
    from sacrebleu import sentence_bleu

    return [sentence_bleu(h, [r]).score for h, r in zip(system, reference, strict=True)]


def test_the_score_of_an_article_is_that_of_its_segments_alone() -> None:
    system, reference = texts_of(1), texts_of(2)
    segments = Segments(
        (System("s", tuple(system)),),
        tuple((text,) for text in reference),
        articles=("market",) * 50 + ("mine",) * 70,
    )
    market, mine = evaluate(segments, confidence=False).systems[0].articles
    assert (market.article, market.segments, mine.segments) == ("market", 50, 70)
    for part, article in ((slice(0, 50), market), (slice(50, None), mine)):
        expected = {one.name: one.value for one in score(system[part], reference[part])}
        assert article.values == pytest.approx(expected)


def test_segments_with_different_numbers_of_references_score_as_sacrebleu_does() -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER

    references = (("It rained.",), ("Rice rose.", "Rice prices went up."))
    segments = Segments((System("s", ("It rained.", "Rice prices rose.")),), references)
    padded = [["It rained.", "Rice rose."], [None, "Rice prices went up."]]
    makers = {"BLEU": BLEU(), "chrF++": CHRF(word_order=2), "TER": TER()}
    for one in evaluate(segments).systems[0].scores:
        theirs = makers[one.name].corpus_score(list(segments.systems[0].texts), padded)
        assert one.value == pytest.approx(theirs.score)
        assert one.signature == str(makers[one.name].get_signature())
        assert one.signature.startswith("nrefs:var")


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=30), st.text(min_size=1, max_size=30)), min_size=1))
def test_any_text_scores_as_sacrebleu_scores_it(pairs: list[tuple[str, str]]) -> None:
    from sacrebleu.metrics import BLEU, CHRF, TER

    pairs = [pair for pair in pairs if pair[1].strip()] or [("a", "a")]
    ours, theirs = (list(side) for side in zip(*pairs, strict=True))
    expected = [
        metric.corpus_score(ours, [theirs]).score
        for metric in (BLEU(force=True), CHRF(word_order=2), TER())
    ]
    assert [one.value for one in score(ours, theirs)] == pytest.approx(expected)


# Korean


def test_korean_is_scored_by_morphemes_or_else_by_characters(tmp_path: Path) -> None:
    ours, theirs = ["쌀값이 크게 올랐다.", "비가 왔다."], ["쌀 가격이 크게 올랐다.", "비가 내렸다."]
    bleu = score(ours, theirs, lang="ko")[0]
    found = re.search(r"tok:(ko-mecab|char)", bleu.signature)
    assert found
    out = sacrebleu(
        tmp_path,
        {"hyp": ours, "ref": theirs},
        *("ref", "-i", "hyp", "-m", "bleu", "--tokenize", found[1], "--width", "10", "-f", "json"),
    )
    told = json.loads(out)
    assert bleu.value == pytest.approx(told["score"], abs=1e-9)
    assert bleu.signature == told["signature"]
    assert bleu.value != pytest.approx(score(ours, theirs)[0].value)


# What is asked of segments


def test_a_perfect_translation_scores_best_and_formats_itself() -> None:
    bleu, chrf, ter = score(REFERENCES, REFERENCES)
    assert (round(bleu.value), round(chrf.value), ter.value) == (100, 100, 0.0)
    assert str(bleu).startswith("BLEU|nrefs:1")
    assert str(bleu).endswith("= 100.0")


def test_only_the_metrics_asked_for_are_computed() -> None:
    assert [one.name for one in score(HYPOTHESES, REFERENCES, ["TER"])] == ["TER"]


def test_an_unknown_metric_is_named() -> None:
    with pytest.raises(InputError, match="METEOR"):
        score(HYPOTHESES, REFERENCES, ["METEOR"])  # type: ignore[list-item]


@pytest.mark.parametrize(("ours", "theirs"), [([], []), (["a"], ["a", "b"])])
def test_segments_must_match_one_to_one(ours: list[str], theirs: list[str]) -> None:
    with pytest.raises(InputError, match=r"references|nothing"):
        score(ours, theirs)


def test_an_empty_reference_is_named_by_its_line() -> None:
    with pytest.raises(InputError, match="segment 2 has an empty reference"):
        score(["It rained.", "It snowed."], ["It rained.", " "])


def test_worst_segments_come_first_and_empty_lines_not_at_all() -> None:
    segments = segments_of(
        ["It rained.", "", "Nobody knew why.", "", "Rice rose."],
        references=[["It rained.", "", "All knew it.", "Rice fell.", "Rice rose."]],
    )
    found = evaluate(segments, confidence=False)
    assert found.worst(found.systems[0])[:2] == [3, 2]
    assert found.worst(found.systems[0], "TER")[0] in (2, 3)
    assert sorted(found.worst(found.systems[0])) == [0, 2, 3, 4]


def test_intervals_hold_the_score_and_narrow_with_more_segments() -> None:
    def margins(count: int) -> dict[str, float]:
        found: Evaluation = evaluate(
            segments_of(texts_of(1, count), references=[texts_of(2, count)])
        )
        (system,) = found.systems
        for one in system.scores:
            around = system.intervals[one.name]
            assert around.low < one.value < around.high
        return {name: around.margin for name, around in system.intervals.items()}

    few, many = margins(40), margins(600)
    assert all(many[name] < few[name] / 2 for name in METRICS)


def test_resampling_is_the_same_every_time() -> None:
    segments = segments_of(texts_of(1), references=[texts_of(2)])
    metric = Metric("BLEU")
    statistics = metric.statistics(segments)[0]
    assert np.array_equal(resampled(metric, statistics), resampled(metric, statistics))


# Nearness in meaning


def test_adequacy_tells_a_translation_from_another_sentence() -> None:
    good = ("Rice prices rose sharply at the market.", "Soldiers repaired the bridge in spring.")
    segments = Segments(
        (System("good", good), System("swapped", good[::-1])),
        (
            ("At the market rice became much dearer.", "Rice prices at the market soared."),
            ("The soldiers mended the bridge in spring.",),
        ),
        sources=("장마당에서 쌀값이 크게 올랐다.", "군인들이 봄에 다리를 보수했다."),
    )
    right, wrong = adequacy_of(segments, load_encoder())
    assert right.to_source is not None and wrong.to_source is not None
    assert (right.to_source > wrong.to_source + 0.2).all()
    assert (right.to_reference > wrong.to_reference + 0.2).all()
    assert right.levels.translations > right.levels.unrelated + 0.2
    assert right.signature.startswith("cosine|encoder:builtin|")


def test_adequacy_counts_the_nearest_reference_and_does_without_sources() -> None:
    segments = Segments(
        (System("s", ("It rained all night.",)),),
        (("Shops were shut.", "It rained all night."),),
    )
    (near,) = adequacy_of(segments, load_encoder())
    assert near.to_source is None and near.mean_to_source is None
    assert near.to_reference[0] == pytest.approx(1.0, abs=1e-3)
