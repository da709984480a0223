"""What speaks for each phrase as a rendering of a term, as numbers, and what they say together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.encoder import Encoder
from tm.terms.association import log_likelihoods
from tm.terms.extract.corpus import Corpus
from tm.terms.extract.grams import Grams
from tm.terms.extract.links import Floats, Ints
from tm.terms.extract.meetings import Meetings
from tm.terms.latin.romanise import candidate_spellings
from tm.terms.lexicon import INSIDE
from tm.terms.renderings.sounds import number_agreement, sound_key, sound_similarity

#: What each piece of evidence adds to a score, in the order of the columns of
#: :attr:`Weighed.values`. The proportions come from a multinomial regression over 3,100 nouns of
#: general dictionaries in six texts (a blog on Korea, headlines, business prose, scripture,
#: everyday sentences, lectures), with meaning left out for half of them: an encoder knows the words
#: of a dictionary better than those of a newsroom.
WEIGHTS = {
    "alignment": 5.0,  # how far, where both stand, the words linked to the term are its words
    "dice": 1.5,
    "association": 1.5,  # the root of Dunning's G², 20 being 1
    "coverage": 3.0,  # the share of the term's units that hold the phrase
    "meaning": 5.0,  # the cosine, above what any two words have
    "close meaning": 2.5,
    "sound": 2.5,
    "number": 0.7,
    "extra words": -1.0,  # more than the term's length leads one to expect
    "part of a longer one": -1.5,  # the share of its meetings in which a longer phrase holds it
    "seen once": -1.0,
}
NAMES = tuple(WEIGHTS)
#: Cosines of a word and its translation are above the first, nearly all of them above the second.
_UNRELATED = 0.45
_CLOSE = 0.65
#: Meetings of doubt: being bound once is less than being bound each of twenty times.
_DOUBT = 0.7
_PAGE = 256

Counts = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """Phrases of n terms with their evidence, ``values`` (n, k, len(NAMES)), where ``phrase``
    (n, k) is not -1; ``together`` (n, k) is how many units hold both."""

    phrase: Ints
    together: Ints
    values: Floats

    @property
    def scores(self) -> Floats:
        """The weighted sums, shape (n, k); minus infinity where there is no phrase."""
        sums = self.values @ np.array(list(WEIGHTS.values()), np.float32)
        return np.where(self.phrase >= 0, sums, np.float32(-np.inf))


def evidence(
    found: Meetings,
    korean: Grams,
    english: Grams,
    terms: Ints,
    corpus: Corpus,
    encoder: Encoder,
) -> Weighed:
    """All evidence for the phrases that meet each of ``terms``."""
    sample = np.maximum(found.sample, 1)[:, None]
    there = found.phrase >= 0
    ko_count = korean.counts[terms][:, None]
    en_count = np.where(there, english.counts[found.phrase], 1)
    # Of a term with very many units only a sample was read.
    together = np.maximum(found.together, np.rint(found.together * (ko_count / sample))).astype(int)
    values = np.zeros((*found.phrase.shape, len(NAMES)), np.float32)
    met = np.maximum(found.together, 1)
    columns = (
        found.bound / (met + _DOUBT),
        2 * together / (ko_count + en_count + 1),
        np.sqrt(np.minimum(log_likelihoods(together, ko_count, en_count, len(corpus)), 400)) / 20,
        found.together / sample,
    )
    for i, column in enumerate(columns):
        values[:, :, i] = column
    for start in range(0, len(terms), _PAGE):
        page = slice(start, start + _PAGE)
        _weigh_forms(
            values[page],
            found.phrase[page],
            found.together[page],
            terms[page],
            korean,
            english,
            encoder,
        )
    values[:, :, NAMES.index("seen once")] = found.together == 1
    values[~there] = 0.0
    return Weighed(found.phrase, together.astype(np.int32), values)


def _weigh_forms(
    values: Floats,
    phrase: Ints,
    together: Ints,
    terms: Ints,
    korean: Grams,
    english: Grams,
    encoder: Encoder,
) -> None:
    ko_texts = [korean.forms[term] for term in terms]
    numbers = np.unique(phrase[phrase >= 0])
    en_texts = {int(g): english.forms[g] for g in numbers}
    if not en_texts:
        return
    column = {g: i for i, g in enumerate(en_texts)}
    vectors = encoder.encode([*ko_texts, *en_texts.values()])
    cosines = vectors[: len(ko_texts)] @ vectors[len(ko_texts) :].T
    meaning, close = NAMES.index("meaning"), NAMES.index("close meaning")
    sound, number = NAMES.index("sound"), NAMES.index("number")
    extra, part = NAMES.index("extra words"), NAMES.index("part of a longer one")
    for row, text in enumerate(ko_texts):
        spellings = tuple(sound_key(spelling) for spelling in candidate_spellings(text))
        compact = len(text.replace(" ", ""))
        keys = [f" {english.keys[g]} " if g >= 0 else "" for g in phrase[row]]
        for k, g in enumerate(phrase[row]):
            if g < 0:
                break
            cosine = float(cosines[row, column[int(g)]])
            form = en_texts[int(g)]
            values[row, k, meaning] = max(cosine - _UNRELATED, 0.0)
            values[row, k, close] = max(cosine - _CLOSE, 0.0)
            values[row, k, sound] = sound_similarity(spellings, sound_key(form))
            values[row, k, number] = number_agreement(text, form)
            values[row, k, extra] = _extra_words(form, compact, bool(english.is_name[g]))
            values[row, k, part] = max(
                (
                    min(together[row, x] / max(together[row, k], 1), 1.0)
                    for x, other in enumerate(keys)
                    if keys[k] in other and x != k
                ),
                default=0.0,
            )


def _extra_words(form: str, syllables: int, is_name: bool) -> float:
    """Content words more than a term of so many syllables leads one to expect; of names half."""
    content = sum(word.lower() not in INSIDE for word in form.split())
    more = max(0, content - max(1, syllables // 2))
    return more / 2 if is_name else more
