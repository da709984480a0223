"""How alike the words of both languages are before anything is counted: in meaning and in sound.

Each word has one row of bytes for its meaning, from an encoder, and one for its sound: the pairs
of letters in what Korean keeps of a Latin word (:mod:`tm.terms.renderings.sounds`), so that
이라크 and Iraq are near, and equal figures are. A product of rows is a cosine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from align.encoder import Encoder
from tm.terms.latin.romanise import candidate_spellings
from tm.terms.renderings.sounds import sound_key

Bytes = NDArray[np.int8]

_SOUND_CELLS = 128
_PAGE = 4096
#: Unit vectors times this are bytes; longer components are cut, which hardly any has.
_MEANING_SCALE = 400.0


@dataclass(frozen=True, slots=True)
class Traits:
    """Rows for n words: ``meaning`` (n, dim) and ``sound`` (n, 128), zeros where nothing is known.

    A product of two rows of meaning is 160,000 times their cosine; rows of sound hold sets, as 0
    and 1, with the root of their size in ``bulk`` (n,).
    """

    meaning: Bytes
    sound: Bytes
    bulk: NDArray[np.float32]


MEANING_UNIT = _MEANING_SCALE**2


def traits(
    forms: Sequence[str], known: Sequence[bool], spoken: Sequence[bool], lang: str, encoder: Encoder
) -> Traits:
    """The rows of words as they are written; only those ``known`` are given a meaning, only those
    ``spoken`` a sound."""
    meaning = np.zeros((len(forms), encoder.dim), np.int8)
    numbers = [i for i, wanted in enumerate(known) if wanted]
    for start in range(0, len(numbers), _PAGE):
        page = numbers[start : start + _PAGE]
        vectors = encoder.encode([forms[i] for i in page])
        meaning[page] = np.clip(np.rint(vectors * _MEANING_SCALE), -127, 127).astype(np.int8)
    sound = np.zeros((len(forms), _SOUND_CELLS), np.int8)
    for i, wanted in enumerate(spoken):
        if wanted:
            sound[i, list(_sound_cells(forms[i], lang))] = 1
    bulk = np.sqrt(np.maximum(sound.sum(axis=1, dtype=np.int32), 1)).astype(np.float32)
    return Traits(meaning, sound, bulk)


def _sound_cells(form: str, lang: str) -> set[int]:
    if form[0].isdigit():
        shapes = ["".join(filter(str.isdigit, form))]
    else:
        spellings = candidate_spellings(form)[:2] if lang == "ko" else (form,)
        shapes = [sound_key(spelling) for spelling in spellings]
        shapes = [re.sub("[aeiouwh]", "", shape) for shape in shapes]
    return {
        crc32(f"^{shape}$"[i : i + size].encode()) % _SOUND_CELLS
        for shape in shapes
        if len(shape) > 1
        for size in (2, 3)
        for i in range(len(shape) + 3 - size)
    }
