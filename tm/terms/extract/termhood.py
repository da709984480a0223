"""Which runs of Korean words are terms, and how much so."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from tm.terms.association import log_likelihoods
from tm.terms.extract.corpus import Corpus, Numbers
from tm.terms.extract.grams import Grams, Mask
from tm.terms.extract.links import Floats, Ints
from tm.terms.extract.tokens import LAST, NAME, OF, TOUCHES, VERBAL

#: A chain of nouns that is part of one longer chain in so many of its units is no term of its own.
_PART = 0.9
#: Words that stand side by side more often than chance lets them (p < 0.001).
_COHESIVE = 10.8
#: More than the longest run has words.
_SIZES = 16


def own_places(corpus: Corpus, grams: Grams, least: int) -> tuple[Grams, Mask]:
    """The runs with those places only where they are not part of a compound written as one word,
    and which of them are only parts.

    보위 is no term in 국가보위성, and 시간 (hour) not in 현지시간 (local time), if these compounds
    are frequent enough to be runs and not there by chance. A word of two syllables or more that
    would be left with less than ``least`` units keeps all its places, as a part.
    """
    flags = corpus.ko.tokens["flags"]
    touching = (flags & OF) == TOUCHES
    compound = (grams.lengths > 1) & (_cohesion(corpus, grams) >= _COHESIVE)
    hosts = compound[grams.gram] & (grams.size > 1) & ((flags[grams.at] & LAST) > 0)  # not 24시간
    for shift in range(1, int(grams.size.max(initial=1))):
        inside = grams.size > shift
        hosts[inside] &= touching[grams.at[inside] + shift]
    hidden = np.zeros(len(grams.gram), bool)
    for inner, _ in _nested_places(grams, np.flatnonzero(hosts)):
        hidden[inner] = True
    parts = (grams.only(~hidden).counts < least) & (grams.counts >= least) & (grams.lengths == 1)
    parts &= np.array([len(key) > 1 for key in grams.keys], bool)
    return grams.only(~hidden | parts[grams.gram]), parts


def terms_among(corpus: Corpus, grams: Grams, least: int) -> Ints:
    """The runs worth looking at: in ``least`` units, whole, and not together by chance."""
    longest_host = np.zeros(len(grams), np.int32)
    nested = _nested(grams)
    np.maximum.at(longest_host, nested[:, 0], grams.counts[nested[:, 1]])
    whole = (longest_host < _PART * grams.counts) | (grams.lengths == 1)
    good = whole & (grams.counts >= least) & (_cohesion(corpus, grams) >= _COHESIVE)
    good &= np.array([_has_letters(key) for key in grams.keys], bool)
    return np.flatnonzero(good).astype(np.int32)


def termhood(corpus: Corpus, grams: Grams, terms: Ints) -> Floats:
    """How much each term looks like one, 0 … 1: shape (n,).

    The C-value (frequency, less that within longer terms, weighted by length: K. Frantzi, S.
    Ananiadou and H. Mima, 2000), raised for names and for what is frequent in few articles rather
    than a little in all (residual inverse document frequency: K. Church and W. Gale, 1995), and
    lowered for nouns that mostly make verbs (발표했다).
    """
    nested = _nested(grams)
    inside = np.bincount(nested[:, 0], grams.counts[nested[:, 1]], minlength=len(grams))
    hosts = np.maximum(np.bincount(nested[:, 0], minlength=len(grams)), 1)
    free = np.maximum(grams.counts - inside / hosts, 0)
    size = np.log2(1 + grams.lengths)
    worth = size * free * (1 + _burstiness(corpus, grams)) * (1 + 0.5 * _share(corpus, grams, NAME))
    worth *= 1 - 0.8 * _share(corpus, grams, VERBAL)
    share: Floats = (1 - 1 / (1 + np.sqrt(worth) / 4)).astype(np.float32)
    return share[terms]


def _has_letters(key: str) -> bool:
    return any(char.isalpha() for char in key) and not (key.isascii() and len(key) < 2)


def _nested(grams: Grams) -> Numbers:
    """Pairs (shorter, longer) of runs of which one holds the other, shape (m, 2)."""
    longer = np.flatnonzero(grams.size > 1)
    pairs = [
        np.stack([grams.gram[inner], grams.gram[host]], axis=1)
        for inner, host in _nested_places(grams, longer)
    ]
    return np.unique(np.concatenate(pairs), axis=0) if pairs else np.zeros((0, 2), np.int64)


def _nested_places(grams: Grams, hosts: Numbers) -> Iterator[tuple[Numbers, Numbers]]:
    """Places that lie inside the places ``hosts``, and for each the one that it lies in."""
    codes = grams.at.astype(np.int64) * _SIZES + grams.size
    for size in range(2, int(grams.size.max(initial=1)) + 1):
        longer = hosts[grams.size[hosts] == size]
        for inner in range(1, size):
            for shift in range(size - inner + 1):
                wanted = (grams.at[longer].astype(np.int64) + shift) * _SIZES + inner
                found = np.minimum(np.searchsorted(codes, wanted), len(codes) - 1)
                there = codes[found] == wanted
                yield found[there], longer[there]


def _cohesion(corpus: Corpus, grams: Grams) -> np.ndarray:
    """The G² of a run's first words with its last, at the weakest seam; infinite for one word."""
    words = corpus.ko.tokens["word"]
    units = np.bincount(words, minlength=len(corpus.ko.words))
    cohesion = np.full(len(grams), np.inf)
    seen, first = np.unique(grams.gram, return_index=True)
    at, size = grams.at[first], grams.size[first]
    total = len(words)
    for seam in range(1, int(size.max(initial=1))):
        longer = size > seam
        left, right = words[at[longer] + seam - 1], words[at[longer] + seam]
        together = grams.counts[seen[longer]]
        g2 = log_likelihoods(together, units[left], units[right], total)
        np.minimum.at(cohesion, seen[longer], g2)
    return cohesion


def _burstiness(corpus: Corpus, grams: Grams) -> np.ndarray:
    """Residual inverse document frequency, 0 … 2: shape (runs,)."""
    articles = int(corpus.articles.max(initial=0)) + 1
    pairs = np.unique(grams.gram.astype(np.int64) * articles + corpus.articles[grams.unit])
    held = np.maximum(np.bincount(pairs // articles, minlength=len(grams)), 1)
    expected = articles * -np.expm1(-grams.counts / articles)
    return np.asarray(np.clip(np.log2(np.maximum(expected, 1e-9) / held), 0, 2))


def _share(corpus: Corpus, grams: Grams, flag: int) -> np.ndarray:
    """The share of a run's places whose first word, if a name, or last, if verbal, has a flag."""
    at = grams.at if flag == NAME else grams.at + grams.size - 1
    marked = (corpus.ko.tokens["flags"][at] & flag) > 0
    places = np.maximum(np.bincount(grams.gram, minlength=len(grams)), 1)
    return np.asarray(np.bincount(grams.gram, marked, minlength=len(grams)) / places)
