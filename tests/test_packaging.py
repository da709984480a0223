"""What is in the tree is in the package that pip installs."""

from __future__ import annotations

import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]


def test_every_data_file_is_installed() -> None:
    for room, patterns in SETTINGS["package-data"].items():
        told = {path for pattern in patterns for path in (ROOT / room).glob(pattern)}
        there = {
            path
            for path in (ROOT / room).rglob("*")
            if path.is_file() and path.suffix != ".py" and path.parent.name != "__pycache__"
        }
        assert there == told
