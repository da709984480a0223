"""``align``: two texts in, aligned sentences out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from align import fixed as fixing
from align.alignment import Alignment, Bead, in_reading_order
from align.article import Article, Lang, Sentence, normalise
from align.encoder import (
    BUILTIN,
    Encoder,
    load_encoder,
    with_cache,
)
from align.errors import InputError
from align.reading.language import refuse_swapped
from align.reference import Usual, usual_of
from align.split import Splitter, split, split_article
from align.threads import one_blas_thread
from align.version import donju_version

if TYPE_CHECKING:
    from align.long import TextVectors

#: What may stand for a text: the text itself, an article read from a file, or its sentences.
Text = str | Article | Sequence[Sentence] | Sequence[str]

#: Name of the method and of its weights, part of every signature.
METHOD = "crf2"

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def align(
    ko: Text,
    en: Text,
    *,
    encoder: Encoder | str = BUILTIN,
    splitter: Splitter = "auto",
    keep_boilerplate: bool = False,
    fixed: fixing.GivenBeads = (),
) -> Alignment:
    """The alignment of a Korean text and its English translation.

    Parameters
    ----------
    ko, en: texts, articles (:func:`align.read_article`), or ready sentences, which are taken as
        they are.
    encoder: an encoder or its name, see :func:`align.load_encoder`. An encoder of your own is
        measured at each call; for many articles make one :class:`Aligner` of it.
    splitter: how Korean text is split, see :func:`align.split`.
    keep_boilerplate: for articles, align captions, credits and the like as well.
    fixed: beads that a person has decided on, each a pair of Korean and English sentence numbers
        as in :attr:`Bead.ko` and :attr:`Bead.en`; one side may be empty. They come back just so,
        with confidence 1 and :attr:`Bead.fixed`, and the rest is aligned around them.

    Raises
    ------
    InputError: the two texts are in each other's place, the encoder cannot be loaded, or a fixed
        bead names a sentence that is not there or that another one has.
    """
    aligner = _aligner(encoder) if isinstance(encoder, str) else Aligner(encoder)
    return aligner.align(ko, en, splitter=splitter, keep_boilerplate=keep_boilerplate, fixed=fixed)


def realign(
    alignment: Alignment, fixed: fixing.GivenBeads, *, aligner: Aligner | None = None
) -> Alignment:
    """``alignment`` after a person has fixed more of its beads, see :meth:`Aligner.realign`.

    ``aligner``: best the one that made the alignment; the built-in encoder's by default.

    Raises
    ------
    InputError: a fixed bead names a sentence that is not there or that another one has.
    """
    return (aligner or _aligner(BUILTIN)).realign(alignment, fixed)


class Aligner:
    """An encoder made ready to align: use one for many articles.

    Vectors are kept for a while, so that an article that is aligned again, or a sentence that comes
    again, is not encoded again; the built-in encoder is fast enough to do without.
    """

    def __init__(self, encoder: Encoder):
        self.encoder = with_cache(encoder)

    @cached_property
    def _usual(self) -> Usual:
        return usual_of(self.encoder)

    @property
    def signature(self) -> str:
        """How alignments of this aligner were made: method, encoder and version."""
        return f"method:{METHOD}|encoder:{self.encoder.name}|donju:{donju_version()}"

    def align(
        self,
        ko: Text,
        en: Text,
        *,
        splitter: Splitter = "auto",
        keep_boilerplate: bool = False,
        fixed: fixing.GivenBeads = (),
    ) -> Alignment:
        """See :func:`align.align`."""
        ko_sentences = _sentences(ko, "ko", splitter, keep_boilerplate)
        en_sentences = _sentences(en, "en", splitter, keep_boilerplate)
        held = fixing.fixed_of(fixed, len(ko_sentences), len(en_sentences))
        beads = self._beads(ko_sentences, en_sentences, held)
        return Alignment(ko_sentences, en_sentences, tuple(beads), self.signature)

    def realign(self, alignment: Alignment, fixed: fixing.GivenBeads) -> Alignment:
        """``alignment`` with more beads fixed; only what stands around these is aligned again.

        A fixed bead that is there already is only marked. Around the sentences of any other, and of
        the beads that it breaks up, the text is aligned again up to the second sure bead on either
        side (:mod:`align.windows`). All else stays: the same beads, with their confidence and
        evidence, and what was fixed before, unless a new bead has a sentence of it.

        Raises
        ------
        InputError: a fixed bead names a sentence that is not there or that another one has.
        """
        from align.windows import reopened

        opened = reopened(alignment, fixing.fixed_of(fixed, len(alignment.ko), len(alignment.en)))
        beads = list(opened.kept)
        for ko, en in opened.windows:
            found = self._beads(
                alignment.ko[ko.start : ko.stop],
                alignment.en[en.start : en.stop],
                opened.held.part(ko, en),
            )
            beads += [bead.shifted(ko.start, en.start) for bead in found]
        beads += fixing.left_over(opened.held, beads)
        made = alignment.signature
        if opened.windows and self.signature not in made.split(" + "):
            made = f"{made} + {self.signature}" if made else self.signature
        return replace(alignment, beads=tuple(in_reading_order(beads)), signature=made)

    def _beads(
        self, ko: Sequence[Sentence], en: Sequence[Sentence], fixed: fixing.Fixed
    ) -> list[Bead]:
        """Beads over all sentences but those of fixed beads that reach outside these texts."""
        if not ko or not en:
            nulls = [Bead((i,), (), 1.0) for i in range(len(ko)) if i not in fixed.ko]
            nulls += [Bead((), (j,), 1.0) for j in range(len(en)) if j not in fixed.en]
            return in_reading_order(nulls + fixing.left_over(fixed, ()))
        from align.long import beads_of

        ko_vectors, en_vectors = self._vectors("ko", ko), self._vectors("en", en)
        with one_blas_thread():
            return beads_of(ko_vectors, en_vectors, self._usual, fixed)

    def _vectors(self, lang: Lang, sentences: Sequence[Sentence]) -> TextVectors:
        from align.long import text_vectors

        texts = [_readable(s.text) for s in sentences]
        return text_vectors(
            lang, texts, [s.paragraph for s in sentences], self.encoder, self._usual
        )


@lru_cache(maxsize=2)
def _aligner(name: str) -> Aligner:
    return Aligner(load_encoder(name))


def _sentences(
    text: Text, lang: Lang, splitter: Splitter, keep_boilerplate: bool
) -> tuple[Sentence, ...]:
    if isinstance(text, str):
        refuse_swapped(text, lang, None)
        return split(text, lang, splitter=splitter)
    if isinstance(text, Article):
        if text.lang != lang:
            raise InputError(
                f"an article in '{text.lang}' stands where one in '{lang}' is expected",
                place=text.source,
                remedy="give the Korean article first, then the English one",
            )
        return split_article(text, splitter=splitter, keep_boilerplate=keep_boilerplate)
    sentences = tuple(s if isinstance(s, Sentence) else Sentence(s, (0, len(s))) for s in text)
    refuse_swapped(" ".join(s.text for s in sentences), lang, None)
    return sentences


def _readable(text: str) -> str:
    """``text`` as encoders take it: Hangul composed, U+FFFD for half a surrogate pair."""
    return _HALF_PAIR.sub("\ufffd", normalise(text))
