"""``align``: two texts in, aligned sentences out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cached_property, lru_cache

from align.alignment import Alignment, Bead
from align.article import Article, Lang, Sentence, normalise
from align.encoder import (
    BUILTIN,
    CachedEncoder,
    Encoder,
    knows_runs,
    load_encoder,
    run_vectors,
)
from align.errors import InputError
from align.reading.language import refuse_swapped
from align.reference import Usual, usual_of
from align.split import Splitter, split, split_article
from align.threads import one_blas_thread
from align.version import donju_version

#: What may stand for a text: the text itself, an article read from a file, or its sentences.
Text = str | Article | Sequence[Sentence] | Sequence[str]

#: Name of the method and of its weights, part of every signature.
METHOD = "crf1"

_HALF_PAIR = re.compile("[\ud800-\udfff]")


def align(
    ko: Text,
    en: Text,
    *,
    encoder: Encoder | str = BUILTIN,
    splitter: Splitter = "auto",
    keep_boilerplate: bool = False,
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

    Raises
    ------
    InputError: the two texts are in each other's place, or the encoder cannot be loaded.
    """
    aligner = _aligner(encoder) if isinstance(encoder, str) else Aligner(encoder)
    return aligner.align(ko, en, splitter=splitter, keep_boilerplate=keep_boilerplate)


class Aligner:
    """An encoder made ready to align: use one for many articles.

    Vectors are kept for a while, so that an article that is aligned again, or a sentence that comes
    again, is not encoded again; the built-in encoder is fast enough to do without.
    """

    def __init__(self, encoder: Encoder):
        self.encoder = encoder if knows_runs(encoder) else CachedEncoder(encoder)

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
    ) -> Alignment:
        """See :func:`align.align`."""
        ko_sentences = _sentences(ko, "ko", splitter, keep_boilerplate)
        en_sentences = _sentences(en, "en", splitter, keep_boilerplate)
        beads = self._beads(ko_sentences, en_sentences)
        return Alignment(ko_sentences, en_sentences, tuple(beads), self.signature)

    def _beads(self, ko: Sequence[Sentence], en: Sequence[Sentence]) -> list[Bead]:
        if not ko or not en:
            nulls = [Bead((i,), (), 1.0) for i in range(len(ko))]
            return nulls + [Bead((), (j,), 1.0) for j in range(len(en))]
        from align.path import best_beads
        from align.score import LONGEST, lattice

        ko_texts, en_texts = [_readable(s.text) for s in ko], [_readable(s.text) for s in en]
        usual = self._usual
        ko_runs = run_vectors(self.encoder, ko_texts, LONGEST, usual.ko_mean)
        en_runs = run_vectors(self.encoder, en_texts, LONGEST, usual.en_mean)
        with one_blas_thread():
            return best_beads(lattice(ko_runs, en_runs, ko_texts, en_texts, usual))


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
