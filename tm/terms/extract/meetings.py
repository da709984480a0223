"""Which phrases meet each term, how often, and how far the word alignment binds the two.

Terms are gone through one by one with one row of scratch space, so memory does not grow with the
number of pairs that meet; for each term only its most promising phrases are kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from align.compiled import compiled
from tm.terms.extract.corpus import Corpus, Numbers
from tm.terms.extract.grams import Grams
from tm.terms.extract.links import Floats, Ints, Links

#: Phrases kept for each term.
KEPT = 16
#: Units of a term that are read for its phrases, at even distances where there are more.
MOST_UNITS = 400


@dataclass(frozen=True, slots=True)
class Meetings:
    """The phrases of n terms, most promising first; -1 in ``phrase`` where there are no more.

    ``phrase`` (n, k): numbers of English runs; ``together`` (n, k): units of the sample that hold
    both; ``bound`` (n, k): the sum over these of how far the words linked to the term are the
    words of the phrase, 0 … 1 for each; ``sample`` (n,): units that were read.
    """

    phrase: Ints
    together: Ints
    bound: Floats
    sample: Ints


def meetings(
    corpus: Corpus,
    links: Links,
    korean: Grams,
    english: Grams,
    terms: Ints,
) -> Meetings:
    """The phrases that meet each of ``terms``, numbers of Korean runs."""
    starts, order = korean.by_gram()
    unit_starts = np.searchsorted(english.unit, np.arange(len(corpus) + 1)).astype(np.int64)
    shape = len(terms), KEPT
    found = Meetings(
        np.full(shape, -1, np.int32),
        np.zeros(shape, np.int32),
        np.zeros(shape, np.float32),
        np.zeros(len(terms), np.int32),
    )
    _meet(
        terms, starts, order, korean.at, korean.size, korean.unit,
        unit_starts, english.gram, english.at, english.size, english.counts,
        corpus.ko.starts, corpus.en.starts, links.to, links.share, MOST_UNITS,
        found.phrase, found.together, found.bound, found.sample,
    )  # fmt: skip
    return found


@compiled
def _meet(
    terms: Ints,
    term_starts: Numbers,
    term_places: Ints,
    ko_at: Ints,
    ko_size: NDArray[np.int8],
    ko_unit: Ints,
    unit_starts: Numbers,
    en_gram: Ints,
    en_at: Ints,
    en_size: NDArray[np.int8],
    en_counts: Ints,
    ko_starts: Numbers,
    en_starts: Numbers,
    to: Numbers,
    share: Floats,
    most_units: int,
    phrase: Ints,
    together: Ints,
    bound: Floats,
    sample: Ints,
) -> None:
    kept = phrase.shape[1]
    n = len(en_counts)
    met = np.zeros(n, np.int32)
    sums = np.zeros(n, np.float32)
    best = np.zeros(n, np.float32)
    last = np.full(n, -1, np.int64)
    touched = np.zeros(n, np.int32)
    stamp = np.int64(0)
    for row in range(len(terms)):
        first, end = term_starts[terms[row]], term_starts[terms[row] + 1]
        units = 0
        previous = -1
        for p in range(first, end):
            if ko_unit[term_places[p]] != previous:
                previous = ko_unit[term_places[p]]
                units += 1
        step = 1 + (units - 1) // most_units
        count, read, ordinal = 0, 0, -1
        p = first
        while p < end:
            unit = ko_unit[term_places[p]]
            q = p
            while q < end and ko_unit[term_places[q]] == unit:
                q += 1
            ordinal += 1
            if ordinal % step:
                p = q
                continue
            read += 1
            stamp += 1
            # What is linked to the term, wherever it stands in the unit.
            whole = np.float32(0)
            e0, e1 = en_starts[unit], en_starts[unit + 1]
            inside = np.zeros(e1 - e0 + 1, np.float32)
            total = np.zeros(e1 - e0 + 1, np.float32)
            for e in range(e0, e1):
                own = np.float32(0)
                for r in range(p, q):
                    place = term_places[r]
                    if ko_at[place] <= to[e] < ko_at[place] + ko_size[place]:
                        own = share[e]
                whole += own
                inside[e - e0 + 1] = inside[e - e0] + own
                total[e - e0 + 1] = total[e - e0] + share[e]
            # Two places of the term may each have their own phrase.
            whole = whole / (q - p)
            for x in range(unit_starts[unit], unit_starts[unit + 1]):
                g = en_gram[x]
                a = en_at[x] - e0
                b = a + en_size[x]
                own = inside[b] - inside[a]
                other = total[b] - total[a] - own
                value = min(own, whole) / (whole + other + np.float32(0.2)) if own > 0 else 0.0
                if last[g] != stamp:
                    if met[g] == 0:
                        touched[count] = g
                        count += 1
                    last[g] = stamp
                    met[g] += 1
                    best[g] = 0.0
                if value > best[g]:
                    sums[g] += value - best[g]
                    best[g] = value
            p = q
        sample[row] = read
        # The most promising, by insertion.
        filled = 0
        values = np.zeros(kept, np.float32)
        least = 1 if read < 8 else 2
        for t in range(count):
            g = touched[t]
            if met[g] >= least:
                shared = 2.0 * met[g] * units / (read * (units + en_counts[g]))
                value = sums[g] / read + 0.5 * shared + 0.1 * met[g] / read
                at = filled if filled < kept else kept - 1
                if filled < kept or value > values[at]:
                    while at > 0 and values[at - 1] < value:
                        values[at] = values[at - 1]
                        phrase[row, at] = phrase[row, at - 1]
                        together[row, at] = together[row, at - 1]
                        bound[row, at] = bound[row, at - 1]
                        at -= 1
                    values[at] = value
                    phrase[row, at] = g
                    together[row, at] = met[g]
                    bound[row, at] = sums[g]
                    filled = min(filled + 1, kept)
            met[g] = 0
            sums[g] = 0.0
            best[g] = 0.0
