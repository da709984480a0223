"""Documents from files: both spellings of the fields, compression, and lines that are none."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from align.errors import DonjuError
from align_documents import (
    Document,
    first_of_each_preset,
    read_documents,
    sample_documents,
)

LINE = {
    "id": "salt",
    "src": ["소금값이 올랐다.", "주민들은 걱정한다."],
    "tgt": ["Salt prices rose.", "Residents worry."],
    "gold": [[[0], [0]], [[1], [1]]],
}


def written(path: Path, *lines: object) -> Path:
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n"
    data = text.encode()
    path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return path


def test_a_document_without_preset_goes_by_the_name_of_its_file(tmp_path: Path) -> None:
    [document] = read_documents(written(tmp_path / "salt.jsonl", LINE))
    assert document == Document(
        "salt",
        "salt",
        ("소금값이 올랐다.", "주민들은 걱정한다."),
        ("Salt prices rose.", "Residents worry."),
        (((0,), (0,)), ((1,), (1,))),
    )


def test_a_compressed_file_with_ko_and_en_is_read_alike(tmp_path: Path) -> None:
    line = {"id": 7, "preset": "mild", "ko": LINE["src"], "en": LINE["tgt"]}
    [document] = read_documents(written(tmp_path / "salt.jsonl.gz", line))
    assert (document.id, document.preset, document.gold) == ("7", "mild", None)
    assert document.ko == tuple(LINE["src"])


@pytest.mark.parametrize(
    "line",
    [
        [],
        {"id": "a", "src": ["가"]},
        {"id": "a", "src": "가", "tgt": ["a"]},
        {"src": ["가"], "tgt": ["a"]},
        {**LINE, "gold": [[[0], [2]]]},
        {**LINE, "gold": [[[-1], [0]]]},
        {**LINE, "gold": [[0, 0]]},
        {**LINE, "gold": [[[0]]]},
    ],
)
def test_a_line_that_is_no_document_is_named(tmp_path: Path, line: object) -> None:
    path = written(tmp_path / "bad.jsonl", LINE, line)
    with pytest.raises(DonjuError, match=r"bad\.jsonl:2: no document"):
        read_documents(path)


def test_a_file_without_documents_or_that_is_not_compressed_is_refused(tmp_path: Path) -> None:
    for name, data in (("empty.jsonl", b"\n"), ("plain.jsonl.gz", b"{}"), ("x.jsonl", b"\xff")):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(DonjuError, match=name):
            read_documents(tmp_path / name)
    with pytest.raises(DonjuError, match="cannot be read"):
        read_documents(tmp_path / "missing.jsonl")


def test_the_sample_gold_names_every_sentence_of_every_article_once() -> None:
    documents = sample_documents()
    assert len(documents) == 18
    for document in documents:
        assert document.gold
        named = [[k for pair in document.gold for k in pair[side]] for side in (0, 1)]
        assert sorted(named[0]) == list(range(len(document.ko)))
        assert sorted(named[1]) == list(range(len(document.en)))


def test_a_limit_is_for_each_preset() -> None:
    documents = [Document(str(k), "ab"[k % 2], ("가",), ("a",)) for k in range(6)]
    assert [d.id for d in first_of_each_preset(documents, 2)] == ["0", "1", "2", "3"]


@pytest.mark.parametrize("name", ["wiseinit_blog", "ms_sxs_200"])
def test_real_collections_of_links_are_read(shared_data: Path, name: str) -> None:
    documents = read_documents(shared_data / "docs" / f"{name}.jsonl.gz")
    assert all(document.gold and document.preset == name for document in documents)
