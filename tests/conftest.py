"""Fixtures shared by all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """Real data kept outside the project; set DONJU_DATA or put it at ../shared/data."""
    path = Path(os.environ.get("DONJU_DATA", ROOT.parent / "shared" / "data"))
    if not path.is_dir():
        pytest.skip(f"real data not found at {path} (set DONJU_DATA)")
    return path


@pytest.fixture(scope="session")
def sample_dir() -> Path:
    return ROOT / "corpora" / "sample"
