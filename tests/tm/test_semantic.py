"""Same meaning, other words: what is found, and that no stop, damage or mix-up spoils it."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.encoder import Floats, load_encoder, unit
from align.errors import MemoryFileError
from align.reference import usual_of
from tm.memory import Memory
from tm.search.semantic import SemanticIndex, building, catching_up
from tm.search.semantic.manifest import Manifest, folder_of, load
from tm.search.semantic.meaning import Scale, sentence_vectors
from tm.search.semantic.segment import decoded, encoded
from tm.store import ArticleRecord
from tm.unit import Provenance, TranslationUnit

ROOT = Path(__file__).resolve().parents[2]
Command = Callable[..., Any]

PAIRS: tuple[tuple[str, str], ...] = (
    ("혜산 장마당에서 쌀값이 크게 올랐다.", "Rice prices rose sharply at the Hyesan market."),
    ("돈주들은 아파트 건설에 돈을 댔다.", "Donju put money into building apartments."),
    ("보안원들이 상인 12명을 체포했다.", "Police officers arrested 12 merchants."),
    ("양측은 한반도의 비핵화를 논의했다.", "The two sides discussed denuclearization."),
    ("대표단은 7월 8일 평양을 떠났다.", "The delegation left Pyongyang on July 8."),
    ("어머니는 아침마다 두부를 만들어 판다.", "My mother makes and sells tofu every morning."),
    ("어제 밤부터 눈이 내려 길이 막혔다.", "Snow since last night has blocked the road."),
    ("학생들은 방과 후에 고철을 주우러 다닌다.", "Students collect scrap metal after school."),
)


def filled(path: Path, pairs: list[tuple[str, str]] | tuple[tuple[str, str], ...]) -> Memory:
    memory = Memory.open(path, create=True, who="tester")
    add(memory, pairs, "first")
    return memory


def add(
    memory: Memory, pairs: list[tuple[str, str]] | tuple[tuple[str, str], ...], article: str
) -> None:
    units = [TranslationUnit(ko, en, Provenance(article, -1)) for ko, en in pairs]
    memory.store.import_units(units, ArticleRecord(article), who="tester", why="test")


def numbered(n: int, start: int = 0) -> list[tuple[str, str]]:
    """Pairs of plain sentences, all different."""
    places = ("혜산", "무산", "신의주", "청진", "회령")
    return [
        (
            f"{places[i % 5]}의 상인 {i}명이 시장에 모였다.",
            f"A crowd of {i} traders came to the market of town {i % 5}.",
        )
        for i in range(start, start + n)
    ]


def manifest_of(path: Path) -> Manifest:
    found = load(folder_of(path))
    assert found is not None
    return found


def held_ids(path: Path) -> list[int]:
    """Ids of the units that the files hold, read without the index."""
    folder = folder_of(path)
    tables = [np.load(folder / f"{one.name}.units") for one in manifest_of(path).segments]
    return sorted(int(row) for table in tables for row in table["id"])


@pytest.fixture
def memory(path: Path) -> Iterator[Memory]:
    with filled(path, PAIRS) as opened:
        yield opened


@pytest.fixture
def index(memory: Memory, path: Path) -> SemanticIndex:
    made = SemanticIndex.open(path, memory.store)
    made.catch_up()
    return made


def source_of(memory: Memory, unit_id: int) -> str:
    found = memory.unit(unit_id)
    assert found is not None
    return found.source


# What is found


@pytest.mark.parametrize(
    ("sentence", "lang", "wanted"),
    [
        ("혜산시 시장의 쌀 가격이 급등했다.", "ko", 0),
        ("The price of rice in the Hyesan marketplace has soared.", "en", 0),
        ("장사꾼 열두 명이 보안서에 붙잡혔다.", "ko", 2),
        ("Roads are closed because it has been snowing since yesterday.", "en", 6),
        ("아이들이 수업이 끝나면 파철을 모은다.", "ko", 7),
    ],
)
def test_the_same_meaning_is_found_in_other_words(
    index: SemanticIndex, memory: Memory, sentence: str, lang: str, wanted: int
) -> None:
    (found,) = index.nearest(sentence, "ko" if lang == "ko" else "en", k=1, minimum=0.2)
    assert source_of(memory, found.unit_id) == PAIRS[wanted][0]


def test_what_is_said_a_little_differently_is_above_the_usual_minimum(
    index: SemanticIndex, memory: Memory
) -> None:
    for sentence in (
        "혜산시 시장의 쌀 가격이 급등했다.",
        "어머니는 매일 아침 두부를 만들어 파신다.",
    ):
        (found,) = index.nearest(sentence, "ko")
        assert index.closeness(found.cosine) in ("close", "same")


def test_a_sentence_about_something_else_finds_nothing(index: SemanticIndex) -> None:
    assert index.nearest("이 프로그램은 파일을 압축하지 않고 저장한다.", "ko") == []
    assert index.nearest("The function returns an empty list of integers.", "en") == []


def test_a_blank_sentence_finds_nothing(index: SemanticIndex) -> None:
    assert index.nearest(" \n", "ko") == []


def test_results_are_best_first_and_above_the_minimum(index: SemanticIndex) -> None:
    found = index.nearest(PAIRS[0][0], "ko", k=8, minimum=-1)
    cosines = [near.cosine for near in found]
    assert len(found) == len(PAIRS)
    assert cosines == sorted(cosines, reverse=True)
    assert all(near.cosine >= 0.5 for near in index.nearest(PAIRS[0][0], "ko", minimum=0.5))


def test_cosines_are_those_of_the_sentence_with_both_texts(index: SemanticIndex) -> None:
    encoder = load_encoder("builtin")
    usual = usual_of(encoder)
    asked = sentence_vectors(encoder, [PAIRS[3][0]], usual.ko_mean)
    other = sentence_vectors(encoder, [PAIRS[3][1]], usual.en_mean)
    expected = (asked @ unit(asked + other).T).item()
    assert index.nearest(PAIRS[3][0], "ko", k=1)[0].cosine == pytest.approx(expected, abs=0.003)


def test_words_for_cosines_go_from_related_to_same(index: SemanticIndex) -> None:
    words = [index.closeness(cosine) for cosine in (index.minimum, 0.75, 0.95)]
    assert words == ["related", "close", "same"]


def test_a_scale_reads_encoders_alike_that_differ_in_their_cosines() -> None:
    wide, narrow = Scale(unrelated=0.0, translated=0.7), Scale(unrelated=0.0, translated=0.35)
    for cosine in (0.3, 0.68, 0.75, 0.82):
        assert wide.closeness(cosine) == narrow.closeness(cosine / 2)


def test_units_with_the_same_two_texts_come_once_the_newest(
    index: SemanticIndex, memory: Memory
) -> None:
    add(memory, [PAIRS[0]] * 3, "again")
    index.catch_up()
    found = index.nearest(PAIRS[0][0], "ko")
    newest = max(unit.id or 0 for unit in memory.units() if unit.source == PAIRS[0][0])
    assert [near.unit_id for near in found].count(newest) == 1
    assert [source_of(memory, near.unit_id) for near in found].count(PAIRS[0][0]) == 1


def test_what_is_looked_for_is_found_behind_many_units_that_say_the_same(path: Path) -> None:
    with filled(path, [PAIRS[0]] * 300) as memory:
        add(memory, [("혜산 시장에서 쌀이 비싸졌다.", "Rice got dearer at Hyesan market.")], "b")
        index = SemanticIndex.open(path, memory.store)
        index.catch_up()
        assert len(index.nearest(PAIRS[0][0], "ko", k=2, minimum=0)) == 2


def test_a_very_long_text_and_odd_characters_do_no_harm(path: Path) -> None:
    odd = [("가" * 300_000, "a " * 100_000), ("NUL\0과 \ufeff", "\u200b \x07"), ("🙂", "—")]
    with filled(path, [*odd, *PAIRS]) as memory:
        index = SemanticIndex.open(path, memory.store)
        index.catch_up()
        assert index.behind() == 0
        found = index.nearest(PAIRS[1][0], "ko", k=1)
        assert source_of(memory, found[0].unit_id) == PAIRS[1][0]


# Following the memory


def test_an_index_never_made_answers_nothing_and_is_all_behind(memory: Memory, path: Path) -> None:
    index = SemanticIndex.open(path, memory.store)
    assert index.is_empty
    assert index.encoder_name is None
    assert index.behind() == len(PAIRS)
    assert index.nearest(PAIRS[0][0], "ko") == []
    assert not folder_of(path).exists()


def test_new_units_are_behind_until_it_catches_up(index: SemanticIndex, memory: Memory) -> None:
    add(memory, [("새끼 염소가 다리 밑에서 울었다.", "A kid bleated below the bridge.")], "new")
    assert index.behind() == 1
    assert index.catch_up() == 1
    assert index.behind() == 0
    (found,) = index.nearest("다리 아래에서 어린 염소 한 마리가 울고 있었다.", "ko", k=1)
    assert source_of(memory, found.unit_id).startswith("새끼 염소")


def test_caught_up_it_embeds_nothing_again(index: SemanticIndex, path: Path) -> None:
    before = manifest_of(path).segments
    assert index.catch_up() == 0
    assert manifest_of(path).segments == before


def test_deleted_rejected_and_edited_units_are_gone_at_once(
    index: SemanticIndex, memory: Memory
) -> None:
    ids = {unit.source: unit.id or 0 for unit in memory.units()}
    memory.delete([ids[PAIRS[0][0]]])
    memory.set_status([ids[PAIRS[1][0]]], "rejected")
    memory.edit(ids[PAIRS[2][0]], target="Officers let 12 merchants go.")
    for gone in range(3):
        found = [near.unit_id for near in index.nearest(PAIRS[gone][0], "ko", minimum=-1)]
        assert found
        assert ids[PAIRS[gone][0]] not in found


def test_a_deletion_undone_is_found_again(index: SemanticIndex, memory: Memory) -> None:
    (first, *_) = memory.units()
    memory.delete([first.id or 0])
    memory.undo(memory.store.change())
    index.catch_up()
    (found,) = index.nearest(first.source, "ko", k=1)
    assert source_of(memory, found.unit_id) == first.source


def test_files_forget_units_that_are_gone(index: SemanticIndex, memory: Memory, path: Path) -> None:
    memory.delete([unit.id or 0 for unit in memory.units()][:5])
    index.catch_up()
    assert held_ids(path) == [unit.id for unit in memory.units()]
    memory.delete([unit.id or 0 for unit in memory.units()])
    index.catch_up()
    assert held_ids(path) == []
    assert index.nearest(PAIRS[0][0], "ko", minimum=-1) == []


def test_another_process_that_catches_up_is_followed(
    index: SemanticIndex, memory: Memory, path: Path
) -> None:
    pair = ("강에서 얼음이 깨지는 소리가 났다.", "The ice on the river was heard cracking.")
    add(memory, [pair], "new")
    other = SemanticIndex.open(path, memory.store)
    other.catch_up()
    (found,) = index.nearest(pair[1], "en", k=1)
    assert source_of(memory, found.unit_id) == pair[0]


def test_two_processes_do_not_change_the_folder_at_once(
    memory: Memory, path: Path, child: Command
) -> None:
    from tm.search.semantic.lock import only_writer

    with only_writer(folder_of(path)):
        ran = child("-m", "tm", "memory", "embed", "-m", path)
    assert ran.code == 2
    assert "another program is embedding this memory" in ran.err
    assert child("-m", "tm", "memory", "embed", "-m", path).code == 0


# Merging, and the trained kind


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sizes at which segments are merged and trained that a test can reach."""
    for module in (building, catching_up):
        monkeypatch.setattr(module, "EXACT_MOST", 1600)
    monkeypatch.setattr(catching_up, "_MOST_WAITING", 3000)
    monkeypatch.setattr(catching_up, "_STEP_UNITS", 256)


class Scattered:
    """An encoder of made-up vectors: around 60 centres, those of two languages alike."""

    name = "scattered"
    dim = 32

    def encode(self, texts: list[str]) -> Floats:
        vectors = []
        for text in texts:
            digits = "".join(filter(str.isdigit, text)) or str(len(text))
            own = np.random.default_rng(int(digits))
            centre = np.random.default_rng(10_000 + int(digits) % 60).normal(size=32)
            vectors.append(centre + own.normal(size=32) * 0.6)
        return unit(np.array(vectors, dtype=np.float32).reshape(len(texts), 32))


@pytest.mark.usefixtures("small_limits")
def test_large_memories_are_trained_and_nearly_all_true_neighbours_found(path: Path) -> None:
    encoder = Scattered()
    pairs = [(f"문장 {i}", f"Sentence {i}") for i in range(3000)]
    with filled(path, pairs) as memory:
        index = SemanticIndex.open(path, memory.store, encoder)
        index.catch_up()
        kinds = [one.kind for one in manifest_of(path).segments]
        assert kinds[0] == "trained"
        usual = usual_of(encoder)
        ko = sentence_vectors(encoder, [pair[0] for pair in pairs], usual.ko_mean)
        en = sentence_vectors(encoder, [pair[1] for pair in pairs], usual.en_mean)
        ids = [unit.id or 0 for unit in memory.units()]
        shares = []
        for asked in range(0, 3000, 30):
            true = np.argsort(-(unit(ko + en) @ ko[asked]))[:10]
            found = index.nearest(pairs[asked][0], "ko", k=10, minimum=-1)
            shares.append(len({ids[row] for row in true} & {near.unit_id for near in found}) / 10)
        assert np.mean(shares) >= 0.95


@pytest.mark.usefixtures("small_limits")
def test_segments_stay_few_while_a_memory_grows(path: Path) -> None:
    with filled(path, numbered(1)) as memory:
        index = SemanticIndex.open(path, memory.store, Scattered())
        for step in range(18):
            add(memory, numbered(300, 1 + 300 * step), f"step {step}")
            index.catch_up()
            segments = manifest_of(path).segments
            assert len(segments) <= 24
            assert held_ids(path) == [unit.id for unit in memory.units()]
        trained = [one.units for one in segments if one.kind == "trained"]
        assert trained
        assert all(big >= 2 * small for big, small in pairwise(trained))


@given(st.integers(8, 600), st.integers(1, 20), st.integers(0, 2**32 - 1))
@settings(max_examples=50, deadline=None)
def test_codes_stay_the_same_when_vectors_are_read_and_written_again(
    dimension: int, n: int, seed: int
) -> None:
    vectors = unit(np.random.default_rng(seed).normal(size=(n, dimension)).astype(np.float32))
    codes = encoded(vectors)
    assert np.array_equal(encoded(decoded(codes)), codes)


# Stopped at any moment


def test_killed_at_any_moment_it_goes_on_and_loses_nothing(path: Path) -> None:
    steps = """
import sys
from tm.search.semantic import SemanticIndex, building, catching_up
from tm.store.sqlite import SqliteStore
building.EXACT_MOST = catching_up.EXACT_MOST = 300
catching_up._STEP_UNITS, catching_up._PAGE, catching_up._MOST_FILES = 32, 32, 3
catching_up._MOST_WAITING = 200
store = SqliteStore(sys.argv[1])
index = SemanticIndex.open(sys.argv[1], store)
print("ready", flush=True)
index.catch_up()
"""
    pairs = numbered(1200)
    chance = random.Random(4)
    with filled(path, pairs) as memory:
        reader = SemanticIndex.open(path, memory.store)
        was_behind, kills = reader.behind(), 0
        for _ in range(20):
            run = subprocess.Popen(
                [sys.executable, "-c", steps, str(path)],
                cwd=ROOT,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
            )
            assert run.stdout is not None
            assert run.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0, 1.6))
            run.send_signal(signal.SIGKILL)
            _, errors = run.communicate()
            assert b"Error" not in errors
            kills += run.returncode == -signal.SIGKILL
            behind = reader.behind()
            assert behind <= was_behind
            assert reader.notes == []
            held = held_ids(path) if not reader.is_empty else []
            assert len(held) == len(set(held)) == len(pairs) - behind
            was_behind = behind
        assert kills >= 5
        reader.catch_up()
        assert reader.behind() == 0
        assert held_ids(path) == [unit.id for unit in memory.units()]
        assert not list(folder_of(path).glob("*.new"))
        for ko, en in pairs[::100]:
            assert source_of(memory, reader.nearest(ko, "ko", k=1)[0].unit_id) == ko
            assert source_of(memory, reader.nearest(en, "en", k=1)[0].unit_id) == ko


def test_an_error_in_the_middle_keeps_what_was_done(memory: Memory, path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    index = SemanticIndex.open(path, memory.store)
    with pytest.raises(KeyboardInterrupt):
        index.catch_up(stop)
    assert SemanticIndex.open(path, memory.store).behind() == 0


# Damaged, foreign, out of date


def test_every_damaged_file_is_reported_and_made_anew(path: Path) -> None:
    with filled(path, PAIRS) as memory:
        SemanticIndex.open(path, memory.store).catch_up()
        names = sorted(file.name for file in folder_of(path).iterdir() if file.name != "lock")
        for name in names:
            for how in (_cut, _flip, _empty, Path.unlink):
                _damage_and_repair(path, memory, name.rpartition(".")[2], how)


def _damage_and_repair(path: Path, memory: Memory, end: str, how: object) -> None:
    (file,) = folder_of(path).glob(f"*.{end}")
    is_manifest_gone = how is Path.unlink and end == "json"
    assert callable(how)
    how(file)
    index = SemanticIndex.open(path, memory.store)
    assert index.nearest(PAIRS[0][0], "ko") == []
    assert is_manifest_gone or (
        file.name in index.notes[0] and "donju memory embed" in index.notes[0]
    )
    assert index.behind() == len(PAIRS)
    index.catch_up()
    assert source_of(memory, index.nearest(PAIRS[0][0], "ko")[0].unit_id) == PAIRS[0][0]


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:-7])


def _flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0x11
    file.write_bytes(content)


def _empty(file: Path) -> None:
    file.write_bytes(b"")


@pytest.mark.usefixtures("small_limits")
def test_damaged_lists_of_a_trained_segment_are_reported_and_made_anew(path: Path) -> None:
    with filled(path, numbered(2000)) as memory:
        SemanticIndex.open(path, memory.store, Scattered()).catch_up()
        for how in (_cut, _flip, _empty):
            (file,) = folder_of(path).glob("*.lists")
            how(file)
            index = SemanticIndex.open(path, memory.store, Scattered())
            assert index.nearest("문장 5", "ko") == []
            assert file.name in index.notes[0]
            index.catch_up()
            assert index.behind() == 0
            assert len(index.nearest("문장 5", "ko", minimum=-1)) == 10


def test_a_code_damaged_under_an_open_index_gives_no_answer(
    index: SemanticIndex, path: Path
) -> None:
    (file,) = folder_of(path).glob("*.codes")
    with file.open("rb+") as opened:
        opened.seek(-20, os.SEEK_END)
        opened.write(b"\0" * 20)
    assert index.nearest(PAIRS[-1][0], "ko") == []
    assert "checksum" in index.notes[0]


def test_vectors_of_another_memory_are_refused_and_made_anew(
    index: SemanticIndex, path: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.tm"
    with filled(other, numbered(8)) as memory:
        shutil.copytree(folder_of(path), folder_of(other))
        foreign = SemanticIndex.open(other, memory.store)
        assert foreign.nearest(PAIRS[0][0], "ko") == []
        assert "other texts" in foreign.notes[0]
        foreign.catch_up()
        (found,) = foreign.nearest(numbered(8)[3][0], "ko", k=1)
        assert source_of(memory, found.unit_id) == numbered(8)[3][0]


def test_a_memory_put_back_to_an_older_state_is_noticed(path: Path, tmp_path: Path) -> None:
    older = tmp_path / "older.tm"
    with filled(path, PAIRS) as memory:
        memory.backup(older)
        index = SemanticIndex.open(path, memory.store)
        index.catch_up()
        add(memory, numbered(6), "later")
        index.catch_up()
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copy(older, path)
    with Memory.open(path) as memory:
        add(memory, numbered(6, 50), "another course")
        index = SemanticIndex.open(path, memory.store)
        for pair in numbered(6):
            texts = [source_of(memory, near.unit_id) for near in index.nearest(pair[0], "ko")]
            assert pair[0] not in texts
        assert "other texts" in index.notes[0]
        index.catch_up()
        for pair in numbered(6, 50):
            (found,) = index.nearest(pair[0], "ko", k=1)
            assert source_of(memory, found.unit_id) == pair[0]


def test_vectors_of_another_encoder_are_not_compared_but_made_anew(
    index: SemanticIndex, memory: Memory, path: Path
) -> None:
    other = SemanticIndex.open(path, memory.store, Scattered())
    assert other.nearest(PAIRS[0][0], "ko", minimum=-1) == []
    assert "by the encoder builtin, not by scattered" in other.notes[0]
    assert other.behind() == len(PAIRS)
    other.catch_up()
    assert manifest_of(path).encoder == "scattered"
    assert len(other.nearest(PAIRS[0][0], "ko", minimum=-1)) == len(PAIRS)


def test_an_encoder_that_has_changed_under_its_name_is_noticed(memory: Memory, path: Path) -> None:
    class Retrained(Scattered):
        def encode(self, texts: list[str]) -> Floats:
            return super().encode([f"{text}7" for text in texts])

    SemanticIndex.open(path, memory.store, Scattered()).catch_up()
    index = SemanticIndex.open(path, memory.store, Retrained())
    assert index.nearest(PAIRS[0][0], "ko", minimum=-1) == []
    assert "no longer the one" in index.notes[0]


def test_an_index_made_by_other_rules_is_made_anew(
    index: SemanticIndex, memory: Memory, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("manifest", "opening"):
        monkeypatch.setattr(f"tm.search.semantic.{module}.RULES", 2)
    later = SemanticIndex.open(path, memory.store)
    assert "other rules" in later.notes[0]
    assert later.behind() == len(PAIRS)


def test_a_folder_that_cannot_be_written_is_told(
    memory: Memory, path: Path, without_privileges: object
) -> None:
    assert callable(without_privileges)
    index = SemanticIndex.open(path, memory.store)
    without_privileges()
    path.parent.chmod(0o500)
    try:
        with pytest.raises(MemoryFileError, match="vectors cannot be kept here"):
            index.catch_up()
    finally:
        path.parent.chmod(0o700)


# The command


def test_embed_makes_vectors_and_says_how_many(memory: Memory, path: Path, donju: Command) -> None:
    ran = donju("memory", "embed", "-m", path)
    assert ran.code == 0
    assert f"{len(PAIRS)} units embedded with builtin" in ran.out
    found = SemanticIndex.open(path, memory.store).nearest(PAIRS[4][1], "en", k=1)
    assert source_of(memory, found[0].unit_id) == PAIRS[4][0]


def test_embed_as_json_tells_encoder_counts_and_what_was_made_anew(
    index: SemanticIndex, path: Path, donju: Command
) -> None:
    (file,) = folder_of(path).glob("*.units")
    _cut(file)
    told = json.loads(donju("memory", "embed", "-m", path, "--json").out)
    assert told["encoder"] == "builtin"
    assert (told["units"], told["embedded"], told["behind"]) == (len(PAIRS), len(PAIRS), 0)
    assert file.name in told["notes"][0]


def test_embed_of_a_memory_that_is_not_there_makes_nothing(tmp_path: Path, donju: Command) -> None:
    ran = donju("memory", "embed", "-m", tmp_path / "none.tm")
    assert ran.code == 2
    assert list(tmp_path.iterdir()) == []


# On real text


def test_north_korean_spelling_finds_the_unit_spelled_as_in_seoul(
    shared_data: Path, path: Path
) -> None:
    """Of news not in the memory, little is shown."""
    ko, nk, en = (
        (shared_data / "parallel" / name).read_text(encoding="utf-8").splitlines()
        for name in (
            "korean-english-park.dev.ko",
            "northkorean-english.dev.nk",
            "korean-english-park.dev.en",
        )
    )
    pairs = list(zip(ko, en, strict=True))
    with filled(path, pairs[:300]) as memory:
        index = SemanticIndex.open(path, memory.store)
        index.catch_up()
        first = [index.nearest(sentence, "ko", k=1) for sentence in nk[:300]]
        right = sum(
            bool(near) and source_of(memory, near[0].unit_id) == source
            for near, source in zip(first, ko, strict=False)
        )
        strangers = sum(bool(index.nearest(sentence, "ko", k=1)) for sentence in nk[600:900])
    assert right >= 0.97 * 300
    assert strangers <= 0.1 * 300
