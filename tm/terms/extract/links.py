"""Which word translates which: a word alignment of all units, learned from the units themselves.

Two lexical models, one for each direction, are trained to agree (IBM model 1 with the position
prior of FastAlign): the expected count of a link is the product of what either direction gives it,

    q(k, e) = t(e|k) d(k, e) / (t₀(e) + Σ_k' t(e|k') d(k', e))
            · t(k|e) d(k, e) / (t₀(k) + Σ_e' t(k|e') d(k, e'))

so that both share one table of expected counts c(k, e), from which t(e|k) = c / (n(k) + κ). What
is known of two words before any counting, their likeness in meaning and in sound, multiplies c.
The table is addressed by hash and never larger than 2²⁵ cells, so memory is bounded whatever the
memory holds; two pairs that fall into one cell share their counts, which rare ones survive since
either word's other partners differ.

Sources: P. Brown et al., The Mathematics of Statistical Machine Translation, 1993; P. Liang, B.
Taskar and D. Klein, Alignment by Agreement, 2006; C. Dyer, V. Chahuneau and N. Smith, A Simple,
Fast, and Effective Reparameterization of IBM Model 2, 2013.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from align.compiled import compiled, inlined
from align.encoder import Encoder
from tm.terms.extract.corpus import Corpus, Side
from tm.terms.extract.likeness import MEANING_UNIT, Traits, traits
from tm.terms.extract.tokens import ALONE, FIRST, INNER, NAME

Floats = NDArray[np.float32]
Ints = NDArray[np.int32]

ITERATIONS = 5
#: Pull towards the diagonal; small, since Korean puts its verbs last.
_DIAGONAL = 1.0
#: Occurrences of doubt that each word brings: one meeting of two rare words is no proof.
_DOUBT = 0.5
_LARGEST_TABLE = 25
#: Words of a unit that are aligned; a sentence has fewer.
MOST_WORDS = 160
#: What likeness in meaning and in sound multiplies a link by, as powers of e, above these cosines.
_MEANING_POWER, _MEANING_FLOOR = 8.0, 0.45
_SOUND_POWER, _SOUND_FLOOR = 5.0, 0.5
#: Words that occur once are given a meaning only where there are no more words than this.
_FEW_WORDS = 60_000


@dataclass(frozen=True, slots=True)
class Links:
    """Of each English word of a corpus, the Korean word of its unit that it most likely renders.

    ``to`` (n,) is that word's number in the Korean tokens of the corpus, -1 if there is none;
    ``share`` (n,) the probability of the link.
    """

    to: NDArray[np.int64]
    share: Floats


def link_words(corpus: Corpus, encoder: Encoder) -> Links:
    """The links of all units, trained on these units."""
    ko, en = _words(corpus.ko, "ko"), _words(corpus.en, "en")
    cells = np.dot(np.diff(corpus.ko.starts), np.diff(corpus.en.starts))
    bits = min(_LARGEST_TABLE, max(10, int(np.ceil(np.log2(max(2 * cells, 1))))))
    ko_hash, en_hash = _hashes(corpus.ko), _hashes(corpus.en)
    prior = np.zeros(1 << bits, np.float32)
    known_ko, known_en = _traits(corpus.ko, "ko", encoder), _traits(corpus.en, "en", encoder)
    places = ko, corpus.ko.starts, en, corpus.en.starts
    fill_prior(
        *places, ko_hash, en_hash, prior,
        known_ko.meaning, known_en.meaning, MEANING_UNIT, _MEANING_POWER, _MEANING_FLOOR,
        known_ko.sound, known_ko.bulk, known_en.sound, known_en.bulk, _SOUND_POWER, _SOUND_FLOOR,
    )  # fmt: skip
    counts = np.ones_like(prior)
    totals = [np.full(len(side.words), 1.0, np.float32) for side in (corpus.ko, corpus.en)]
    nulls = [np.zeros_like(total) for total in totals]
    frequencies = [_frequencies(words, side) for words, side in ((ko, corpus.ko), (en, corpus.en))]
    links = np.zeros((len(en), 2), np.float32)
    links[:, 0] = -1
    for _ in range(ITERATIONS):
        new, new_totals = np.zeros_like(counts), [np.zeros_like(total) for total in totals]
        train(
            *places, ko_hash, en_hash, prior, counts, *totals, *nulls, _DOUBT, _DIAGONAL,
            links, new, *new_totals,
        )  # fmt: skip
        counts, totals, nulls = new, new_totals, frequencies
    first = np.repeat(corpus.ko.starts[:-1], np.diff(corpus.en.starts))
    to = np.where(links[:, 0] >= 0, links[:, 0].astype(np.int64) + first, -1)
    return Links(to, links[:, 1])


def _words(side: Side, lang: str) -> Ints:
    """Word numbers, -1 for the function words of English."""
    words = side.tokens["word"].astype(np.int32)
    if lang == "en":
        words[(side.tokens["flags"] & (ALONE | FIRST)) == 0] = -1
    return words


def _hashes(side: Side) -> NDArray[np.uint32]:
    """Numbers that depend on a word alone, so that the order of units changes nothing."""
    return np.array([crc32(word.encode()) for word in side.words], np.uint32)


def _frequencies(words: Ints, side: Side) -> Floats:
    counts = np.bincount(words[words >= 0], minlength=len(side.words))
    shares: Floats = (counts / max(counts.sum(), 1)).astype(np.float32)
    return shares


def _traits(side: Side, lang: str, encoder: Encoder) -> Traits:
    words, flags = side.tokens["word"], side.tokens["flags"]
    counts = np.bincount(words, minlength=len(side.words))
    known = counts >= (1 if len(side.words) <= _FEW_WORDS else 2)
    marked = INNER if lang == "ko" else NAME
    share = np.bincount(words, (flags & marked) > 0, minlength=len(side.words)) / counts
    spoken = [bool(s > 0.5 or form[0].isdigit()) for s, form in zip(share, side.forms, strict=True)]
    return traits(side.forms, known.tolist(), spoken, lang, encoder)


@inlined
def cell_of(ko: Any, en: Any, mask: Any) -> Any:
    """The cell of a pair of words in a table of a power of two of cells."""
    mixed = (ko * np.uint32(2654435761)) ^ (en * np.uint32(2246822519))
    return (mixed ^ (mixed >> np.uint32(15))) & mask


@compiled
def fill_prior(
    ko: Ints,
    ko_starts: NDArray[np.int64],
    en: Ints,
    en_starts: NDArray[np.int64],
    ko_hash: NDArray[np.uint32],
    en_hash: NDArray[np.uint32],
    prior: Floats,
    ko_meaning: Any,
    en_meaning: Any,
    meaning_unit: float,
    meaning_power: float,
    meaning_floor: float,
    ko_sound: Any,
    ko_bulk: Floats,
    en_sound: Any,
    en_bulk: Floats,
    sound_power: float,
    sound_floor: float,
) -> None:
    """Write into ``prior``, all zeros, what likeness multiplies each pair that meets by."""
    mask = np.uint32(len(prior) - 1)
    for u in range(len(ko_starts) - 1):
        for a in range(ko_starts[u], ko_starts[u + 1]):
            k = ko[a]
            if k < 0:
                continue
            for b in range(en_starts[u], en_starts[u + 1]):
                e = en[b]
                if e < 0:
                    continue
                h = cell_of(ko_hash[k], en_hash[e], mask)
                if prior[h] > 0:
                    continue
                total = np.int32(0)
                for d in range(ko_meaning.shape[1]):
                    total += np.int32(ko_meaning[k, d]) * np.int32(en_meaning[e, d])
                shared = np.int32(0)
                for d in range(ko_sound.shape[1]):
                    shared += np.int32(ko_sound[k, d]) * np.int32(en_sound[e, d])
                meaning = total / meaning_unit - meaning_floor
                sound = shared / (ko_bulk[k] * en_bulk[e]) - sound_floor
                power = meaning_power * max(meaning, 0.0) + sound_power * max(sound, 0.0)
                prior[h] = np.exp(power)


@compiled
def train(
    ko: Ints,
    ko_starts: NDArray[np.int64],
    en: Ints,
    en_starts: NDArray[np.int64],
    ko_hash: NDArray[np.uint32],
    en_hash: NDArray[np.uint32],
    prior: Floats,
    counts: Floats,
    ko_total: Floats,
    en_total: Floats,
    ko_null: Floats,
    en_null: Floats,
    doubt: float,
    diagonal: float,
    links: Floats,
    out: Floats,
    ko_new: Floats,
    en_new: Floats,
) -> float:
    """One round of expectation and maximisation; returns the mass of all links.

    ``ko``, ``en`` are word numbers with unit u at ``starts[u]:starts[u + 1]``; those below 0 are
    passed over. ``counts`` and ``prior``, of a power of two of cells, belong to the round before;
    ``out``, ``ko_new`` and ``en_new`` receive the new counts. ``links``, of as many rows as ``en``
    has words and two columns, receives each English word's best Korean word, counted from the
    unit's first, and the probability of that link.
    """
    mask = np.uint32(len(counts) - 1)
    mass = 0.0
    forward = np.zeros((MOST_WORDS, MOST_WORDS), np.float32)
    backward = np.zeros((MOST_WORDS, MOST_WORDS), np.float32)
    cell = np.zeros((MOST_WORDS, MOST_WORDS), np.uint32)
    for u in range(len(ko_starts) - 1):
        k0, e0 = ko_starts[u], en_starts[u]
        m = min(ko_starts[u + 1] - k0, MOST_WORDS)
        n = min(en_starts[u + 1] - e0, MOST_WORDS)
        for i in range(m):
            k = ko[k0 + i]
            if k < 0:
                continue
            total = ko_null[k]
            for j in range(n):
                e = en[e0 + j]
                if e < 0:
                    continue
                h = cell_of(ko_hash[k], en_hash[e], mask)
                cell[i, j] = h
                near = np.exp(-diagonal * abs((i + 0.5) / m - (j + 0.5) / n))
                weight = counts[h] * prior[h] * near
                forward[i, j] = weight / (ko_total[k] + doubt)
                backward[i, j] = weight / (en_total[e] + doubt)
                total += backward[i, j]
            for j in range(n):
                if en[e0 + j] >= 0:
                    backward[i, j] /= total
        for j in range(n):
            e = en[e0 + j]
            links[e0 + j, 0] = -1.0
            links[e0 + j, 1] = 0.0
            if e < 0:
                continue
            total = en_null[e]
            for i in range(m):
                if ko[k0 + i] >= 0:
                    total += forward[i, j]
            for i in range(m):
                k = ko[k0 + i]
                if k < 0:
                    continue
                q = forward[i, j] / total * backward[i, j]
                out[cell[i, j]] += q
                ko_new[k] += q
                en_new[e] += q
                mass += q
                if q > links[e0 + j, 1]:
                    links[e0 + j, 0] = i
                    links[e0 + j, 1] = q
    return mass
