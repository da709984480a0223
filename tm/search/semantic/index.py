"""The semantic index of a memory: what it answers, and how it follows the memory."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, Self

from align.article import Lang
from align.encoder import BUILTIN, Encoder, Floats, load_encoder
from align.reference import Usual, usual_of
from align.threads import one_faiss_thread
from tm.search.semantic import manifest as manifests
from tm.search.semantic.catching_up import CatchingUp, Progress, behind
from tm.search.semantic.lock import only_writer
from tm.search.semantic.manifest import DamagedError, Manifest, folder_of
from tm.search.semantic.meaning import Closeness, Scale, mean_of, sentence_vectors
from tm.search.semantic.opening import encoder_problem, records_of, sound_segments
from tm.search.semantic.segment import Hit, Segment
from tm.search.semantic.source import UnitSource, text_mark

# Candidates looked at for each unit wanted, since some are gone from the memory or say the same;
# four times as many are asked for as long as they do not suffice, up to the limit.
_CANDIDATES = 2
_MOST_CANDIDATES = 4096

_REMEDY = "run `donju memory embed` to make them anew"


class Near(NamedTuple):
    """A unit that means much the same, and the cosine by which it does."""

    unit_id: int
    cosine: float


@dataclass(frozen=True, slots=True)
class _Meaning:
    """An encoder, with what is measured of it once."""

    encoder: Encoder
    usual: Usual
    scale: Scale

    @classmethod
    def of(cls, encoder: Encoder) -> Self:
        usual = usual_of(encoder)
        return cls(encoder, usual, Scale.of(usual))


class SemanticIndex:
    """The vectors of the memory at ``memory_path``, in their folder beside it.

    ``encoder`` must be the one that made them; without it, that one is loaded when it is needed.
    ``notes`` says in words what was found damaged, or made from another memory or by another
    encoder. Such vectors are never used; :meth:`catch_up` makes them anew.
    """

    def __init__(self, memory_path: Path, source: UnitSource, encoder: Encoder | None = None):
        self.folder = folder_of(memory_path)
        self.notes: list[str] = []
        self._source = source
        self._given = encoder
        self._known_meaning: _Meaning | None = None
        self._manifest: Manifest | None = None
        self._segments: dict[str, Segment] = {}
        self._seen: tuple[int, int] | None = None
        self._refresh()

    @classmethod
    def open(
        cls, memory_path: str | Path, source: UnitSource, encoder: Encoder | None = None
    ) -> SemanticIndex:
        """The index of a memory, which may be empty still. No model is loaded yet."""
        return cls(Path(memory_path), source, encoder)

    def close(self) -> None:
        """Let go of the files."""
        self._segments = {}
        self._seen = None

    @property
    def is_empty(self) -> bool:
        """Whether there are no vectors that can be used, so that a question finds nothing."""
        return not self._segments

    @property
    def encoder_name(self) -> str | None:
        """The encoder that made the vectors."""
        return self._manifest.encoder if self._manifest else None

    def behind(self) -> int:
        """How many units of the memory have no vector yet."""
        self._refresh()
        is_other = self._given is not None and self._given.name != self.encoder_name
        if self._manifest is None or is_other:
            return self._source.unit_count()
        usable = records_of(self._segments.values())
        return behind(self._manifest.with_segments(usable), self._source)

    def catch_up(self, progress: Progress | None = None) -> int:
        """Embed the units that have no vector yet, rebuild what cannot be used; how many units.

        It can be stopped at any moment and goes on where it was. ``progress`` is told how many
        units are done, and of how many.

        Raises
        ------
        InputError: the encoder cannot be loaded or used.
        MemoryFileError: another program is at it, or the folder cannot be written.
        """
        meaning = self._meaning()
        with only_writer(self.folder):
            run = CatchingUp(self.folder, self._source, meaning.encoder, meaning.usual)
            embedded = run.run(progress)
        self._seen = None
        self._refresh()
        self.notes = run.problems
        return embedded

    def nearest(
        self, sentence: str, lang: Lang, k: int = 10, minimum: float | None = None
    ) -> list[Near]:
        """The units that mean what ``sentence`` means, best first; those with its very text too.

        Only live units that are not rejected; of those with the same two texts, the newest.
        ``lang`` is the language of the sentence, ``minimum`` the lowest cosine, by default
        :attr:`minimum`.

        Raises
        ------
        InputError: the encoder cannot be loaded or used.
        MemoryFileError: the memory cannot be read.
        """
        self._refresh()
        if self._manifest is None or not self._segments or not sentence.strip():
            return []
        meaning = self._meaning()
        if problem := encoder_problem(self._manifest, meaning.encoder, meaning.usual):
            self._note([problem])
            return []
        vector = self.vector_of(sentence, lang)
        least = meaning.scale.minimum if minimum is None else minimum
        wanted = _CANDIDATES * k
        while True:
            hits = self._hits(vector, wanted)
            found = self._sound([hit for hit in hits if hit.cosine >= least])
            is_all = len(hits) < wanted or hits[-1].cosine < least or wanted >= _MOST_CANDIDATES
            if len(found) >= k or is_all:
                return found[:k]
            wanted = min(4 * wanted, _MOST_CANDIDATES)

    def vector_of(self, sentence: str, lang: Lang) -> Floats:
        """What a sentence is compared by, shape (dim,)."""
        meaning = self._meaning()
        mean = mean_of(meaning.usual, lang)
        vector: Floats = sentence_vectors(meaning.encoder, [sentence], mean)[0]
        return vector

    def closeness(self, cosine: float) -> Closeness:
        """A cosine in a word: see :meth:`tm.search.semantic.meaning.Scale.closeness`."""
        return self._meaning().scale.closeness(cosine)

    @property
    def minimum(self) -> float:
        """The lowest cosine with this encoder that is worth showing."""
        return self._meaning().scale.minimum

    def _meaning(self) -> _Meaning:
        """By the encoder that was given, or the one that made the vectors, which may change."""
        known, name = self._known_meaning, self.encoder_name or BUILTIN
        if known is None or (self._given is None and known.encoder.name != name):
            known = self._known_meaning = _Meaning.of(self._given or load_encoder(name))
        return known

    def _hits(self, vector: Floats, wanted: int) -> list[Hit]:
        """The best of all segments; one that turns out to be damaged is left out from then on."""
        hits: list[Hit] = []
        among = sum(segment.record.units for segment in self._segments.values())
        with one_faiss_thread():
            for name, segment in list(self._segments.items()):
                try:
                    hits += segment.search(vector, wanted, among=among)
                except DamagedError as error:
                    self._distrust(name, str(error))
        return sorted(hits, reverse=True)[:wanted]

    def _sound(self, hits: list[Hit]) -> list[Near]:
        """Hits whose unit is live, not rejected, and has the texts that the vector is of."""
        newest: dict[int, Hit] = {}
        units = {unit.id: unit for unit in self._source.load([hit.unit_id for hit in hits])}
        for hit in hits:
            unit = units.get(hit.unit_id)
            if unit is None or unit.status == "rejected":
                continue
            if text_mark(unit) != hit.text:
                self._note([f"{self.folder} holds vectors of other texts than the memory does"])
                continue
            other = newest.get(hit.text)
            if other is None or other.unit_id < hit.unit_id:
                newest[hit.text] = hit
        ranked = sorted(newest.values(), key=lambda hit: (-hit.cosine, -hit.unit_id))
        return [Near(hit.unit_id, hit.cosine) for hit in ranked]

    def _distrust(self, name: str, problem: str) -> None:
        self._segments = {key: one for key, one in self._segments.items() if key != name}
        self._note([problem])

    def _note(self, problems: Iterable[str]) -> None:
        for problem in problems:
            note = f"{problem}; {_REMEDY}"
            if note not in self.notes:
                self.notes.append(note)

    def _refresh(self) -> None:
        """Follow another process that has caught up meanwhile; mostly one look at a file's date."""
        while (now := self._state()) != self._seen:
            self._seen = now
            self.notes = []
            try:
                self._manifest = manifests.load(self.folder)
            except DamagedError as error:
                self._manifest, self._segments = None, {}
                self._note([str(error)])
                return
            if self._manifest is None:
                self._segments = {}
                return
            # If segments are gone because the manifest was replaced meanwhile, it differs again.
            self._segments, problems = sound_segments(
                self.folder, self._manifest, self._source, known=self._segments
            )
            self._note(problems)

    def _state(self) -> tuple[int, int] | None:
        """What changes whenever the manifest is replaced; ``None`` if there is none."""
        try:
            status = (self.folder / manifests.NAME).stat()
        except OSError:
            return None
        return status.st_ino, status.st_mtime_ns
