"""A termbase read once is read quickly again, and is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from align.caching import cache_folder
from align.errors import InputError
from tm.terms.termbase.lookup import Termbase, load_termbase
from tm.terms.termbase.prepared import Lines

HEADER = "concept\tko\ten\tstatus\n"
DONJU = "donju\t돈주\tdonju\tpreferred\n"


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DONJU_CACHE", str(tmp_path / "cache"))
    file = tmp_path / "house.tsv"
    file.write_text(HEADER + DONJU + "donju\t돈주\tmoney owner\tforbidden\n", "utf-8")
    return file


def kept(house: Path) -> list[Path]:
    return sorted(cache_folder().glob("termbase-*"))


def is_from_cache(termbase: Termbase) -> bool:
    return isinstance(termbase.concepts, Lines)


def test_the_bundled_termbase_is_the_same_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONJU_CACHE", str(tmp_path))
    first, again = load_termbase(), load_termbase()
    assert not is_from_cache(first)
    assert is_from_cache(again)
    assert tuple(again.concepts) == first.concepts
    assert again.all_keys() == first.all_keys()
    assert again.entries == first.entries
    assert again.korean("로동당") == first.korean("노동당") != ()


def test_a_table_that_has_changed_is_read_anew(house: Path) -> None:
    load_termbase(house)
    house.write_text(HEADER + DONJU.replace("donju\tp", "money trader\tp"), "utf-8")
    assert [entry.en for entry in load_termbase(house).korean("돈주")] == ["money trader"]
    assert is_from_cache(load_termbase(house))
    assert len(kept(house)) == 1


def test_a_table_that_has_become_wrong_is_still_refused(house: Path) -> None:
    load_termbase(house)
    house.write_text(HEADER + DONJU.replace("preferred", "prefered"), "utf-8")
    with pytest.raises(InputError, match="prefered"):
        load_termbase(house)


@pytest.mark.parametrize("at", [0, 0.3, 0.99])
def test_a_damaged_file_of_the_cache_is_made_again(house: Path, at: float) -> None:
    whole = load_termbase(house)
    (file,) = kept(house)
    data = bytearray(file.read_bytes())
    data[int(at * len(data))] ^= 1
    file.write_bytes(data)
    again = load_termbase(house)
    assert not is_from_cache(again)
    assert again == whole
    assert is_from_cache(load_termbase(house))


def test_without_a_place_for_the_cache_tables_are_read_each_time(
    house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DONJU_CACHE", str(house))  # a file, not a folder
    assert load_termbase(house) == load_termbase(house)
    assert not is_from_cache(load_termbase(house))


def test_concepts_of_the_cache_are_a_sequence(house: Path) -> None:
    load_termbase(house)
    concepts = load_termbase(house).concepts
    assert isinstance(concepts, Lines)
    assert len(concepts) == 1
    assert concepts[0].id == concepts[-1].id == next(iter(concepts)).id == "donju"
    assert list(concepts[1:]) == []
