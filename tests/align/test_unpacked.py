"""The built-in encoder from its package and from the cache folder."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from align.builtin.network import Floats, UniversalNetwork

TEXTS = ("돈주", "보위부가 시장을 단속했다.", "State Security (MSS)", "ﬁ ① 로동당 ❄", "")


def vectors() -> Floats:
    network = UniversalNetwork()
    pooled = network.pool(TEXTS)
    tokens = np.sqrt(pooled.tokens + 2)[:, None]
    return network.head((pooled.first + pooled.inner + pooled.last) / tokens)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    monkeypatch.setenv("DONJU_CACHE", str(folder))
    return folder


def test_unpacked_weights_give_the_same_vectors(cache: Path) -> None:
    first = vectors()
    (stored,) = cache.iterdir()
    written = stored.stat().st_mtime_ns
    assert np.array_equal(vectors(), first)
    assert stored.stat().st_mtime_ns == written


def test_a_cut_cache_is_made_anew(cache: Path) -> None:
    first = vectors()
    (stored,) = cache.iterdir()
    whole = stored.read_bytes()
    stored.write_bytes(whole[:100_000])
    assert np.array_equal(vectors(), first)
    assert stored.read_bytes() == whole


def test_where_no_cache_can_be_written_the_encoder_works_all_the_same(cache: Path) -> None:
    cache.write_text("a file where the folder would be", encoding="utf-8")
    assert vectors().shape == (len(TEXTS), 512)
    assert cache.is_file()
