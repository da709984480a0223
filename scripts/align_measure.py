"""What an aligner finds in documents, how long it takes, and how much memory it needs.

Every aligner is measured in a process of its own, so that its memory and its processor time are its
own. There, in this order:

- the encoder and the aligner are loaded and compiled on a text of two sentences;
- the largest document is aligned, and the peak of resident memory is read: once as it was before
  that document, and once after;
- each document is aligned twice, by an aligner that has not seen any other. Its encoder remembers
  what it gave, so that nothing is embedded the second time. *End to end* is the processor time of
  the first, *alignment only* that of the second.

Processor time is that of all threads; the linear algebra is held to one (:data:`ONE_THREAD`).
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable, Hashable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from align_documents import Document
from align_score import FoundBead

if TYPE_CHECKING:
    from align.encoder import Encoder, Floats
    from align_peers import Align

#: What keeps the libraries under an encoder from starting more threads than one.
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS"), "1"
)
WARMING = (
    ("아침 장마당에서 쌀값이 다시 올랐다.", "장사꾼들은 물건이 모자란다고 말했다."),
    ("Rice prices rose again at the morning market.", "Traders said goods were short."),
)


@dataclass(frozen=True, slots=True)
class Measured:
    """Beads found in each document, and what finding them took.

    ``seconds`` and ``alignment_seconds`` are processor time for ``sentences`` of both sides: those
    of the documents that could be aligned. ``loaded_mb`` and ``peak_mb`` are peaks of resident
    memory, ``None`` where the system does not tell. ``remarks`` says of which document there is
    something to be said, and what.
    """

    found: tuple[tuple[FoundBead, ...], ...]
    sentences: int
    seconds: float
    alignment_seconds: float
    loaded_mb: float | None
    peak_mb: float | None
    remarks: tuple[tuple[str, str], ...]


def measured(name: str, documents: Sequence[Document], encoder: str) -> Measured:
    """What the aligner called ``name`` does with the documents, in a process of its own.

    Raises
    ------
    BrokenProcessPool: the process died.
    DonjuError: the encoder cannot be loaded.
    """
    before = {key: os.environ.get(key) for key in ONE_THREAD}
    os.environ.update(ONE_THREAD)
    try:
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            return pool.submit(measured_here, name, documents, encoder).result()
    finally:
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value


def measured_here(name: str, documents: Sequence[Document], encoder: str) -> Measured:
    """As :func:`measured`, in this process."""
    from align_peers import BY_NAME

    made = BY_NAME[name].made
    parts = parts_called(encoder)
    plain = encoder_of(parts)
    made(plain)(*WARMING)
    loaded_mb = peak_mb()
    done_or_error(made(plain), max(documents, key=lambda document: document.size))
    largest_mb = peak_mb()
    done = list(timed(made, documents, parts))
    return Measured(
        found=tuple(one.found for one in done),
        sentences=sum(d.size for d, one in zip(documents, done, strict=True) if one.seconds),
        seconds=sum(one.seconds for one in done),
        alignment_seconds=sum(one.alignment_seconds for one in done),
        loaded_mb=loaded_mb,
        peak_mb=largest_mb,
        remarks=tuple(
            (d.id, one.remark) for d, one in zip(documents, done, strict=True) if one.remark
        ),
    )


@dataclass(frozen=True, slots=True)
class Timed:
    """What was found in one document and the processor time of both times; 0.0 if it failed."""

    found: tuple[FoundBead, ...] = ()
    seconds: float = 0.0
    alignment_seconds: float = 0.0
    remark: str | None = None


def timed(
    made: Callable[[Encoder], Align], documents: Sequence[Document], parts: Sequence[Encoder]
) -> Iterator[Timed]:
    """Each document aligned twice by an aligner made for it, of an encoder that remembers."""
    notes = Notes()
    noting = [remembering(part, notes) for part in parts]
    made(encoder_of(noting))(*WARMING)
    notes.keep()
    for document in documents:
        notes.forget()
        aligned = made(encoder_of(noting))
        aligned(*WARMING)  # what an aligner measures of its encoder once is not the document's
        start = time.process_time()
        found, error = done_or_error(aligned, document)
        first_done, embedded = time.process_time(), notes.embedded
        if error:
            yield Timed(remark=f"nothing found ({error})")
            continue
        again = aligned(document.ko, document.en)
        end = time.process_time()
        same = again == found and notes.embedded == embedded
        remark = None if same else "found or embedded other things when asked again"
        yield Timed(tuple(found), first_done - start, end - first_done, remark)


def done_or_error(aligned: Align, document: Document) -> tuple[list[FoundBead], str | None]:
    """The beads of a document, or none and what went wrong."""
    try:
        return aligned(document.ko, document.en), None
    except Exception as error:  # other people's aligners raise whatever they raise
        return [], f"{type(error).__name__}: {error}"


def parts_called(name: str) -> list[Encoder]:
    """The encoders behind a name: one, or those that the encoder of this name joins."""
    from align.encoder import ACCURATE, BUILTIN, NANO_E5, load_encoder

    return [load_encoder(part) for part in ((BUILTIN, NANO_E5) if name == ACCURATE else (name,))]


def encoder_of(parts: Sequence[Encoder]) -> Encoder:
    """The encoder itself, or a new one that joins two and has not cached anything yet."""
    if len(parts) == 1:
        return parts[0]
    from align.encoder import ACCURATE
    from align.pair import PairEncoder

    return PairEncoder(ACCURATE, *parts)


class Notes:
    """Vectors by the texts they were given for: some kept, the others until the next document."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, Any] = {}
        self._recent: dict[Hashable, Any] = {}
        self.embedded = 0  # times that something had to be embedded

    def keep(self) -> None:
        self._kept.update(self._recent)

    def forget(self) -> None:
        self._recent.clear()

    def of(self, key: Hashable, embed: Callable[[], Any]) -> Any:
        for known in (self._recent, self._kept):
            if key in known:
                return known[key]
        self.embedded += 1
        self._recent[key] = embed()
        return self._recent[key]


def remembering(encoder: Encoder, notes: Notes) -> Encoder:
    """``encoder``, noting what it gave; it has the abilities of ``encoder`` and no more."""
    from align.encoder import knows_runs

    return RememberingRuns(encoder, notes) if knows_runs(encoder) else Remembering(encoder, notes)


class Watched:
    """An encoder behind another, with its name and dimensions."""

    def __init__(self, encoder: Any):
        self._encoder = encoder

    @property
    def name(self) -> str:
        return str(self._encoder.name)

    @property
    def dim(self) -> int:
        return int(self._encoder.dim)


class Remembering(Watched):
    """An encoder that gives the same vectors again when asked for the same texts again."""

    def __init__(self, encoder: Any, notes: Notes):
        super().__init__(encoder)
        self._notes = notes

    def encode(self, texts: Sequence[str]) -> Floats:
        key = (self.name, 0, tuple(texts))
        vectors: Floats = self._notes.of(key, lambda: self._encoder.encode(texts))
        return vectors


class RememberingRuns(Remembering):
    def encode_runs(self, texts: Sequence[str], longest: int) -> list[Floats]:
        key = (self.name, longest, tuple(texts))
        runs: list[Floats] = self._notes.of(key, lambda: self._encoder.encode_runs(texts, longest))
        return runs


def peak_mb() -> float | None:
    """The most resident memory this process has had, in units of 2²⁰ bytes.

    On Linux this is the high-water mark of the process image: ``getrusage`` would begin with that
    of the process which started this one.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
        return int(status.split("VmHWM:")[1].split()[0]) / 1024
    except (OSError, IndexError):
        pass
    try:
        import resource
    except ImportError:  # Windows
        return None
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / 2**20 if sys.platform == "darwin" else peak / 2**10
