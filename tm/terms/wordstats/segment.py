"""A segment: the words of some units, both sides, and who wrote them when. Kept in one file.

The file begins with a line of JSON that says what each array is and where it lies; the arrays
follow, and are used where they lie, memory-mapped.
"""

from __future__ import annotations

import json
import mmap
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from align.article import Lang
from tm.terms.wordstats.arrays import is_in
from tm.terms.wordstats.texts import Texts
from tm.terms.wordstats.vocabulary import Vocabulary

#: Raised when what is stored changes: files made by other rules are made anew.
RULES = 2

_ALIGNED = 64
_MAGIC = b"donju words\n"
# Bytes of each array that its checksum is taken of, at its beginning and at its end.
_CHECKED = 4096

Ints = NDArray[np.int64]
_COLUMNS = ("ids", "marks", "dates", "translators", "articles")
_TABLES = ("date_texts", "translator_texts", "article_texts")


class DamagedError(Exception):
    """A file is not what it should be; the message says which and how."""


@dataclass(frozen=True)
class Segment:
    """n units: ``ids`` (n,) their numbers in the memory, ascending; ``marks`` (n,) 64 bits that
    units with the same texts in the same place of the same article share; ``dates``,
    ``translators`` and ``articles`` (n,) numbers of texts in their tables, the empty text where
    nothing is told."""

    ko: Texts
    en: Texts
    ids: Ints
    marks: NDArray[np.uint64]
    dates: NDArray[np.int32]
    translators: NDArray[np.int32]
    articles: NDArray[np.int32]
    date_texts: Vocabulary
    translator_texts: Vocabulary
    article_texts: Vocabulary

    def __len__(self) -> int:
        return len(self.ids)

    def texts(self, lang: Lang) -> Texts:
        return self.ko if lang == "ko" else self.en

    @cached_property
    def fingerprint(self) -> int:
        """64 bits that stand for these units."""
        told = self.ids.tobytes() + self.marks.tobytes()
        return int.from_bytes(blake2b(told, digest_size=8).digest(), "big")

    @cached_property
    def last(self) -> int:
        """The highest number of a unit, 0 if there is none."""
        return int(self.ids[-1]) if len(self.ids) else 0

    def units_with_ids(self, ids: Ints) -> Ints:
        """Places of the units with these numbers, those that are not here left out."""
        places = np.searchsorted(self.ids, ids)
        places = places[places < len(self.ids)]
        return places[is_in(self.ids[places], ids)]

    def save(self, path: Path) -> None:
        """Write the file; errors of the disk are the caller's."""
        arrays = dict(self._arrays())
        content: dict[str, Any] = {}
        offset = 0
        for name, values in arrays.items():
            content[name] = [values.dtype.str, len(values), offset, _checksum(values)]
            offset += -(-values.nbytes // _ALIGNED) * _ALIGNED
        about = {"rules": RULES, "size": offset, "arrays": content}
        told = json.dumps(about).encode()
        header = _MAGIC + f"{len(told):08d}{zlib.crc32(told):010d}".encode() + told
        header += b" " * (-len(header) % _ALIGNED)
        with path.open("wb") as file:
            file.write(header)
            for values in arrays.values():
                data = np.ascontiguousarray(values).tobytes()
                file.write(data + bytes(-len(data) % _ALIGNED))

    @classmethod
    def open(cls, path: Path) -> Segment:
        """The segment in a file, memory-mapped.

        Raises
        ------
        DamagedError: it is missing, cut short, changed, or made by other rules.
        """
        try:
            with path.open("rb") as file:
                whole = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
            about, start = _header(whole)
            arrays = {
                name: np.frombuffer(whole, dtype, count, start + offset)
                for name, (dtype, count, offset, _) in about["arrays"].items()
            }
            if len(whole) != start + about["size"]:
                raise ValueError("it has another size")
            for name, (_, _, _, checksum) in about["arrays"].items():
                if _checksum(arrays[name]) != checksum:
                    raise ValueError("it was changed")
            return cls._from_arrays(arrays)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise DamagedError(f"{path} cannot be used ({error})") from error

    def _arrays(self) -> Iterator[tuple[str, NDArray[Any]]]:
        for name in _COLUMNS:
            yield name, getattr(self, name)
        for name in _TABLES:
            table: Vocabulary = getattr(self, name)
            yield f"{name}.blob", table.blob
            yield f"{name}.starts", table.starts
        for lang, texts in (("ko", self.ko), ("en", self.en)):
            for name, values in texts.arrays().items():
                yield f"{lang}.{name}", values

    @classmethod
    def _from_arrays(cls, arrays: dict[str, NDArray[Any]]) -> Segment:
        values: dict[str, Any] = {name: arrays[name] for name in _COLUMNS}
        for name in _TABLES:
            values[name] = Vocabulary(arrays[f"{name}.blob"], arrays[f"{name}.starts"])
        for lang in ("ko", "en"):
            own = {k[3:]: v for k, v in arrays.items() if k.startswith(f"{lang}.")}
            values[lang] = Texts.from_arrays(own)
        return cls(**values)


def _header(whole: mmap.mmap) -> tuple[dict[str, Any], int]:
    begin = len(_MAGIC)
    if whole[:begin] != _MAGIC:
        raise ValueError("it holds no word statistics")
    length, crc = int(whole[begin : begin + 8]), int(whole[begin + 8 : begin + 18])
    told = whole[begin + 18 : begin + 18 + length]
    if zlib.crc32(told) != crc:
        raise ValueError("it was changed")
    about = json.loads(told)
    if about["rules"] != RULES:
        raise ValueError("it was made by other rules")
    end = begin + 18 + length
    return about, end + (-end % _ALIGNED)


def _checksum(values: NDArray[Any]) -> int:
    """Of both ends of an array: enough to know files that were cut, mixed up or overwritten."""
    data = values.view(np.uint8) if len(values) else np.zeros(0, dtype=np.uint8)
    return zlib.crc32(data[-_CHECKED:].tobytes(), zlib.crc32(data[:_CHECKED].tobytes()))
