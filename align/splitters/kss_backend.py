"""kss, for Korean without punctuation: loaded late, kept quiet, and never trusted with characters.

kss costs seconds of processor time to import and answers with sentences that it may have altered.
So it is imported on first use only, its output is matched against the text character by character,
and where it does not match, the text stays whole.
"""

from __future__ import annotations

import contextlib
import importlib.util
import io
import warnings
from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from align.errors import InputError
from align.splitters import korean_tables as words

Span = tuple[int, int]


def kss_spans(text: str) -> list[Span]:
    """Spans of the sentences that kss finds in one paragraph, white space around them left out.

    Pieces are given to kss again until it leaves them whole, so that splitting a sentence gives
    that sentence.
    """
    whole = _trimmed(text, 0, len(text))
    spans = _aligned(text, _sentences(text))
    if len(spans) < 2:
        return [whole] if whole[0] < whole[1] else []
    return [(start + a, start + b) for start, end in spans for a, b in kss_spans(text[start:end])]


def open_sites(text: str) -> list[int]:
    """Where a strong final ending meets what may begin a sentence, with no punctuation between."""
    found = [m.start(1) for m in words.OPEN_SITE.finditer(text)]
    if not found:
        return []
    enclosed = [m.span() for m in words.ENCLOSED.finditer(text)]
    return [at for at in found if not any(start < at < end for start, end in enclosed)]


def open_spans(text: str) -> list[Span]:
    """``text``, one sentence by its punctuation, cut at those open sites where kss cuts too."""
    sites = open_sites(text)
    cuts = sorted({end for _, end in kss_spans(text)}.intersection(sites)) if sites else []
    if not cuts:
        return [_trimmed(text, 0, len(text))]
    pieces = [_trimmed(text, a, b) for a, b in pairwise([0, *cuts, len(text)])]
    # Alone, a piece may look different to kss: go on until nothing changes.
    return [(start + a, start + b) for start, end in pieces for a, b in open_spans(text[start:end])]


def _trimmed(text: str, start: int, end: int) -> Span:
    piece = text[start:end]
    start += len(piece) - len(piece.lstrip())
    return start, max(start, end - len(piece) + len(piece.rstrip()))


def _aligned(text: str, sentences: Sequence[str]) -> list[Span]:
    """Where the sentences stand in ``text``; the whole text if any character differs."""
    positions = [i for i, character in enumerate(text) if not character.isspace()]
    counts = [sum(not c.isspace() for c in sentence) for sentence in sentences]
    if "".join("".join(sentences).split()) != "".join(text.split()):
        return [_trimmed(text, 0, len(text))]
    spans: list[Span] = []
    at = 0
    for count in counts:
        if count:
            spans.append((positions[at], positions[at + count - 1] + 1))
            at += count
    return spans


def _sentences(text: str) -> list[str]:
    split, backend = _kss()
    with contextlib.redirect_stdout(io.StringIO()):
        return list(split(text, backend=backend, num_workers=1))


@cache
def _kss() -> tuple[Callable[..., Sequence[str]], str]:
    """kss's ``split_sentences`` and the name of the morphological analyser it is to use."""
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            from kss import split_sentences
    except ImportError as error:
        raise InputError(
            "Korean text without punctuation needs kss, which cannot be imported",
            place="splitter",
            remedy="install kss, or choose the splitter 'rules'",
        ) from error
    if importlib.util.find_spec("mecab") is not None:
        return split_sentences, "mecab"
    warnings.warn(
        "python-mecab-ko is not installed: kss goes by punctuation alone",
        RuntimeWarning,
        stacklevel=2,
    )
    return split_sentences, "punct"
