"""Aligners to compare: ours, and others on the same sentences with vectors of the same encoder.

Every other aligner embeds the runs of joined sentences that its method asks for, as it would in
use, and is run with its defaults. Each depends on one knob, the price of leaving a sentence out.
Where that matters they are shown (also) with the value that did best on abridged and hard news with
the built-in encoder, so that their defaults are not held against them:

- sentweave (PyPI) is Vecalign's algorithm (Thompson and Koehn 2019), with runs of up to eight
  sentences. Neither its page nor Vecalign's recommends another ``del_percentile_frac`` than .2 for
  abridged texts; of .01 to .2, .02 did best.
- galechurch (PyPI) goes by lengths alone (Gale and Church 1993) and embeds nothing.
- Bertalign (Liu and Zhu 2023) is written anew in :mod:`peer_bertalign`. Its ``skip`` is -.1; of -.1
  to .1, 0 did best.
- SentAlign (Steingrímsson et al. 2023) is written anew in :mod:`peer_sentalign`. Its ``cutoff`` of
  .4 was chosen for LaBSE, which gives higher cosines; of .2 to .4, .25 and .3 did best.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

from align.article import Sentence
from align.encoder import Encoder
from align_score import FoundBead

#: Korean and English sentences in, beads out.
Align = Callable[[Sequence[str], Sequence[str]], list[FoundBead]]


def donju(encoder: Encoder) -> Align:
    from align.aligner import Aligner

    aligner = Aligner(encoder)

    def aligned(ko: Sequence[str], en: Sequence[str]) -> list[FoundBead]:
        beads = aligner.align(_sentences(ko), _sentences(en))
        return [FoundBead(bead.ko, bead.en, bead.confidence) for bead in beads]

    return aligned


def _sentences(texts: Sequence[str]) -> list[Sentence]:
    """Sentences with the paragraphs of those that know theirs."""
    return [Sentence(text, (0, len(text)), getattr(text, "paragraph", 0)) for text in texts]


def sentweave(encoder: Encoder, **knobs: Any) -> Align:
    from sentweave import align

    def aligned(ko: Sequence[str], en: Sequence[str]) -> list[FoundBead]:
        found = align(ko, en, encoder=encoder, **knobs).alignments
        return [FoundBead(tuple(b.src_indices), tuple(b.tgt_indices)) for b in found]

    return aligned


def sentweave_abridged(encoder: Encoder) -> Align:
    return sentweave(encoder, del_percentile_frac=0.02)


def galechurch(encoder: Encoder) -> Align:
    from galechurch import align

    def aligned(ko: Sequence[str], en: Sequence[str]) -> list[FoundBead]:
        return [
            FoundBead(
                tuple(range(bead.source_start, bead.source_end)),
                tuple(range(bead.target_start, bead.target_end)),
            )
            for bead in align(ko, en).beads
        ]

    return aligned


def bertalign(encoder: Encoder, skip: float = -0.1) -> Align:
    from peer_bertalign import align

    return lambda ko, en: [FoundBead(*pair) for pair in align(ko, en, encoder, skip=skip)]


def bertalign_abridged(encoder: Encoder) -> Align:
    return bertalign(encoder, skip=0.0)


def sentalign(encoder: Encoder) -> Align:
    from peer_sentalign import align

    return lambda ko, en: [FoundBead(*pair) for pair in align(ko, en, encoder, cutoff=0.25)]


@dataclass(frozen=True, slots=True)
class Peer:
    """An aligner by name: how one is made of an encoder, and the package it needs, if any."""

    name: str
    made: Callable[[Encoder], Align]
    package: str | None = None

    @property
    def is_installed(self) -> bool:
        return self.package is None or find_spec(self.package) is not None


OURS = Peer("donju", donju)
PEERS = (
    Peer("sentweave", sentweave, "sentweave"),
    Peer("sentweave .02", sentweave_abridged, "sentweave"),
    Peer("galechurch", galechurch, "galechurch"),
    Peer("bertalign", bertalign),
    Peer("bertalign 0", bertalign_abridged),
    Peer("sentalign .25", sentalign),
)
BY_NAME = {peer.name: peer for peer in (OURS, *PEERS)}
