"""Word statistics: what they hold, where they are kept, and that they follow the memory."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from align.alignment import Alignment
from tm.memory import Memory
from tm.terms.english import find_phrase, phrase_key
from tm.terms.renderings.background import background_of
from tm.terms.renderings.hits import korean_hits
from tm.terms.renderings.suggest import suggest
from tm.terms.wordstats.building import segment_of
from tm.terms.wordstats.finding import korean_places, phrase_places, units_with_phrases
from tm.terms.wordstats.keeping import folder_of
from tm.terms.wordstats.segment import DamagedError, Segment
from tm.terms.wordstats.vocabulary import Vocabulary, sorted_words
from tm.unit import Provenance, TranslationUnit

Aligner = Callable[..., Alignment]
Command = Callable[..., Any]

HANGUL = st.text("가나다라마바사돈주인민반시장은는이가을를에서 .,“”()-", max_size=40)
LATIN = st.text("abcdeSTN '’-.,()“” 17", max_size=40)


def unit(number: int, source: str, target: str) -> TranslationUnit:
    return TranslationUnit(source, target, Provenance("a", number), id=number)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=6), max_size=30))
def test_a_vocabulary_finds_words_by_beginning_end_and_letters(words: list[str]) -> None:
    ordered = sorted_words(word.replace("\n", " ") for word in words)
    vocabulary = Vocabulary.of(ordered, with_endings=True)
    assert list(vocabulary) == ordered
    for wanted in {part for word in ordered for part in (word, word[:1], word[-1:], word[1:3])}:
        assert vocabulary.number(wanted) == (ordered.index(wanted) if wanted in ordered else None)
        if wanted:
            begins = [ordered[n] for n in vocabulary.starting(wanted)]
            ends = sorted(ordered[n] for n in vocabulary.ending(wanted).tolist())
            holds = [ordered[n] for n in vocabulary.containing(wanted).tolist()]
            assert begins == [word for word in ordered if word.startswith(wanted)]
            assert ends == sorted(word for word in ordered if word.endswith(wanted))
            assert holds == [word for word in ordered if wanted in word]


@given(st.lists(st.tuples(HANGUL | st.text(max_size=20), LATIN | st.text(max_size=20)), max_size=8))
@settings(deadline=None)
def test_nothing_of_a_text_is_lost(pairs: list[tuple[str, str]]) -> None:
    pairs = [(_encodable(ko), _encodable(en)) for ko, en in pairs]
    segment = segment_of(unit(n, ko, en) for n, (ko, en) in enumerate(pairs))
    assert [segment.ko.whole_text(n) for n in range(len(pairs))] == [ko for ko, _ in pairs]
    assert [segment.en.whole_text(n) for n in range(len(pairs))] == [en for _, en in pairs]


def _encodable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


@given(st.lists(LATIN, min_size=1, max_size=8), st.data())
@settings(deadline=None)
def test_phrases_stand_where_a_look_at_each_text_finds_them(
    texts: list[str], data: st.DataObject
) -> None:
    en = segment_of(unit(n, "가", text) for n, text in enumerate(texts)).en
    words = phrase_key(data.draw(st.sampled_from(texts))).split()[:3]
    if not words:
        return
    keys = [n for word in words if (n := en.keys.number(word)) is not None]
    units = np.unique(en.unit_at(phrase_places(en, keys))).tolist()
    assert units == [n for n, text in enumerate(texts) if find_phrase(text, " ".join(words))]
    assert units_with_phrases(en, np.array([keys]), len(keys)).tolist() == [len(units)]


@pytest.mark.parametrize(
    ("term", "texts", "held"),
    [
        ("돈주", ["돈주들이 왔다.", "신흥 돈주가 늘었다.", "돈주머니를 열었다."], [0, 1]),
        ("국가보위성", ["국가 보위성이 막았다.", "국가보위성은 컸다.", "보위성 국가"], [0, 1]),
        ("고난의 행군", ["고난의행군 때였다.", "고난의 행군이다.", "고난 행군"], [0, 1]),
        ("로동당", ["노동당 간부", "로동당에서", "노동 당"], [0, 1]),
        ("617상무", ["617상무가 왔다.", "617 상무가", "1617상무"], [0, 1]),
        ("당", ["당은 컸다.", "식당에 갔다.", "당에서"], [0, 2]),
    ],
)  # fmt: skip
def test_a_korean_term_is_found_in_all_its_shapes_and_no_other(
    term: str, texts: list[str], held: list[int]
) -> None:
    ko = segment_of(unit(n, text, "x") for n, text in enumerate(texts)).ko
    found = korean_places(ko, term, [ko], name=False)
    assert np.unique(ko.unit_at(found.first)).tolist() == held


def test_the_other_words_of_a_memory_tell_what_is_a_word_in_it() -> None:
    provinces = ["경기도는 넓다.", "경기도의 강", "경기도에서 왔다.", "경기도"]
    games = ["경기를 했다.", "경기가 끝났다.", "경기도 끝났다."]
    ko = segment_of(unit(n, t, "x") for n, t in enumerate(provinces + games)).ko
    found = korean_places(ko, "경기", [ko], name=False)
    assert np.unique(ko.unit_at(found.first)).tolist() == [4, 5]


def test_a_segment_is_the_same_from_its_file(tmp_path: Path) -> None:
    segment = segment_of([unit(3, "돈주가 왔다.", "A donju came."), unit(7, "비가 왔다.", "Rain.")])
    segment.save(tmp_path / "words")
    again = Segment.open(tmp_path / "words")
    assert again.ids.tolist() == [3, 7]
    assert [again.en.whole_text(n) for n in (0, 1)] == ["A donju came.", "Rain."]
    assert list(again.ko.keys) == list(segment.ko.keys)


@pytest.mark.parametrize("how", ["cut", "longer", "other", "empty", "missing"])
def test_a_damaged_segment_says_so(tmp_path: Path, how: str) -> None:
    path = tmp_path / "words"
    segment_of([unit(1, "돈주가 왔다.", "A donju came.")]).save(path)
    whole = path.read_bytes()
    changed = {"cut": whole[:-70], "longer": whole + b"x", "other": b"x" * 900, "empty": b""}
    path.unlink()
    if how in changed:
        path.write_bytes(changed[how])
    with pytest.raises(DamagedError, match="words"):
        Segment.open(path)


# --- beside a memory ------------------------------------------------------------------------


def _many() -> Iterator[tuple[str, str]]:
    for number in range(2100):
        yield f"{number}번째 날에 시장이 열렸다.", f"On day {number} the market opened."
    yield "돈주들이 쌀을 샀다.", "The donju bought rice."
    yield "돈주는 창고를 비웠다.", "A donju emptied the barn."


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory, alignment_of: Aligner) -> Path:
    """A memory large enough for its statistics to be kept."""
    path = tmp_path_factory.mktemp("large") / "large.tm"
    with Memory.open(path, create=True, who="test") as memory:
        memory.add_alignment(alignment_of(list(_many())), article="days", date="2022-08-02")
    return path


@pytest.fixture
def copied(large: Path, tmp_path: Path) -> Path:
    path = tmp_path / "news.tm"
    shutil.copy(large, path)
    return path


def counted(path: Path, term: str = "돈주") -> int:
    with Memory.open(path) as memory:
        return len(korean_hits(background_of(memory), term))


def test_statistics_are_kept_beside_the_memory_and_used_again(copied: Path) -> None:
    told: list[tuple[int, int]] = []
    with Memory.open(copied) as memory:
        background_of(memory, progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (2000, 2102)
    kept = {path.name: path.stat().st_mtime_ns for path in folder_of(copied).iterdir()}
    told.clear()
    with Memory.open(copied) as memory:
        background_of(memory, progress=lambda done, total: told.append((done, total)))
    assert not told
    assert kept == {path.name: path.stat().st_mtime_ns for path in folder_of(copied).iterdir()}


def test_they_follow_the_memory(copied: Path, alignment_of: Aligner) -> None:
    assert counted(copied) == 2
    with Memory.open(copied, who="test") as memory:
        memory.add_alignment(alignment_of([("돈주가 갔다.", "The donju left.")]), article="b")
        assert len(korean_hits(background_of(memory), "돈주")) == 3
    assert counted(copied) == 3
    with Memory.open(copied, who="test") as memory:
        (added,) = memory.units(article="b")
        assert added.id is not None
        memory.set_status([added.id], "rejected")
        assert len(korean_hits(background_of(memory), "돈주")) == 2
        memory.set_status([added.id], "approved")
        assert len(korean_hits(background_of(memory), "돈주")) == 3
        memory.edit(added.id, source="비가 왔다.")
    assert counted(copied) == 2
    with Memory.open(copied, who="test") as memory:
        memory.undo(memory.changes()[-1].number)
    assert counted(copied) == 3
    with Memory.open(copied, who="test") as memory:
        memory.delete_article("days")
    assert counted(copied) == 1


def test_another_memory_under_the_same_name_has_its_own(
    copied: Path, alignment_of: Aligner
) -> None:
    assert counted(copied) == 2
    copied.unlink()
    with Memory.open(copied, create=True, who="test") as memory:
        pairs = [(ko.replace("돈주", "장사치"), en) for ko, en in _many()]
        memory.add_alignment(alignment_of(pairs), article="days")
    assert counted(copied) == 0
    assert counted(copied, "장사치") == 2


@pytest.mark.parametrize("how", ["cut", "gone", "manifest", "folder", "leftover"])
def test_lost_or_damaged_statistics_cost_time_only(copied: Path, how: str) -> None:
    before = counted(copied)
    folder = folder_of(copied)
    (words,) = [path for path in folder.iterdir() if path.suffix != ".json"]
    if how == "cut":
        words.write_bytes(words.read_bytes()[:1000])
    elif how == "gone":
        words.unlink()
    elif how == "manifest":
        (folder / "words.json").write_text("{", encoding="utf-8")
    elif how == "folder":
        shutil.rmtree(folder)
    else:
        (folder / "words.abc.new").write_bytes(b"half")
        (folder / "words.json").unlink()
    assert counted(copied) == before == 2
    assert {path.name for path in folder.iterdir()} == {words.name, "words.json"}


def test_where_nothing_can_be_written_they_are_made_in_memory(copied: Path) -> None:
    folder_of(copied).write_text("a file where the folder would be", encoding="utf-8")
    assert counted(copied) == 2


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not hold here")
def test_a_read_only_place_is_left_as_it_is(copied: Path) -> None:
    copied.parent.chmod(0o500)
    try:
        assert counted(copied) == 2
    finally:
        copied.parent.chmod(0o700)


def test_the_command_says_that_it_makes_statistics_once(copied: Path, donju: Command) -> None:
    first = donju("suggest", "돈주", "-m", copied, "--termbase", "none")
    second = donju("suggest", "돈주", "-m", copied, "--termbase", "none")
    assert "making word statistics of 2,102 units" in first.err
    assert "statistics" not in second.err
    assert first.out == second.out


def test_counts_of_a_frequent_word_are_of_all_units(large: Path) -> None:
    with Memory.open(large) as memory:
        answer = suggest(memory, "시장", examples=2)
    assert answer.occurrences == 2100
    assert answer.best is not None
    assert (answer.best.text, answer.best.count) == ("market", 2100)
    assert len(answer.best.examples) == 2
