"""Memories and alignments for the tests of the memory, from sentences about invented events."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from align.alignment import Alignment, Bead
from align.article import Sentence
from tm.memory import Memory

Pair = tuple[str, str]

MARKET: tuple[Pair, ...] = (
    ("혜산 장마당에서 쌀값이 크게 올랐다.", "Rice prices rose sharply at the Hyesan market."),
    ("돈주들은 아파트 건설에 돈을 댔다.", "Donju put money into building apartments."),
    ("보안원들이 상인 12명을 체포했다.", "Police officers arrested 12 merchants."),
    ("당국은 이 사실을 공개하지 않았다.", "The authorities did not make this public."),
)

TALKS: tuple[Pair, ...] = (
    ("양측은 한반도의 비 핵화를 논의했다.", "The two sides discussed denuclearization."),
    ("회담은 얼음이 언 강가에서 열렸다.", "The talks were held by a river covered in ice."),
    ("대표단은 7월 8일 평양을 떠났다.", "The delegation left Pyongyang on July 8."),
)


def aligned(pairs: Sequence[Pair], signature: str = "test") -> Alignment:
    """An alignment of the pairs in order; a pair with an empty side is a null."""
    ko: list[Sentence] = []
    en: list[Sentence] = []
    beads: list[Bead] = []
    for source, target in pairs:
        sides: list[tuple[int, ...]] = []
        for text, sentences in ((source, ko), (target, en)):
            sides.append((len(sentences),) if text else ())
            if text:
                sentences.append(Sentence(text, (0, len(text))))
        beads.append(Bead(sides[0], sides[1], 0.9 if source and target else 0.4))
    return Alignment(tuple(ko), tuple(en), tuple(beads), signature)


@pytest.fixture(scope="session")
def alignment_of() -> Callable[..., Alignment]:
    return aligned


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.tm"


@pytest.fixture
def memory(path: Path) -> Iterator[Memory]:
    """An empty memory."""
    with Memory.open(path, create=True, who="tester") as opened:
        yield opened


@pytest.fixture
def news(memory: Memory) -> Memory:
    """A memory of two articles by two translators."""
    memory.add_alignment(
        aligned(MARKET), article="market", date="2021-07-08", translator="Lee Jina"
    )
    memory.add_alignment(aligned(TALKS), article="talks", date="2022-03-01", translator="Han Sol")
    return memory
