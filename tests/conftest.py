"""Fixtures shared by all tests."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Ran:
    """What a run of the command left: exit code, standard output, standard error."""

    code: int
    out: str
    err: str


Command = Callable[..., Ran]


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


@pytest.fixture(scope="session")
def donju() -> Command:
    """The command, run in this process: ``donju("suggest", "돈주", "-m", path)``."""
    from tm.cli import main

    def run(*args: object) -> Ran:
        out = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        err = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", write_through=True)
        code: Any = 0
        with redirect_stdout(out), redirect_stderr(err):
            try:
                main([str(arg) for arg in args])
            except SystemExit as done:
                code = done.code or 0
        out_bytes, err_bytes = (stream.buffer.getvalue() for stream in (out, err))
        return Ran(code, out_bytes.decode(), err_bytes.decode())

    return run


@pytest.fixture
def without_privileges(tmp_path: Path) -> Iterator[Callable[[], None]]:
    """A function after which file permissions count, even for root, until the test ends."""
    nobody = 65534

    def drop() -> None:
        if os.geteuid() != 0:
            return
        for folder in tmp_path.parents[:2]:  # pytest's own, which only root may enter
            folder.chmod(folder.stat().st_mode | 0o011)
        os.chown(tmp_path, nobody, nobody)
        os.seteuid(nobody)

    before = os.geteuid()
    yield drop
    os.seteuid(before)


@pytest.fixture(scope="session")
def child() -> Command:
    """Python in a process of its own: ``child("-m", "tm", "--help", env={…}, cwd=…)``."""

    def run(*args: object, env: dict[str, str] | None = None, cwd: Path = ROOT) -> Ran:
        done = subprocess.run(
            [sys.executable, *map(str, args)],
            cwd=cwd,
            env={**os.environ, "PYTHONPATH": str(ROOT), **(env or {})},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
        )
        return Ran(done.returncode, done.stdout.decode(), done.stderr.decode())

    return run


@pytest.fixture(scope="session")
def sample_run(
    donju: Command, sample_dir: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Ran]:
    """A memory of the bundled sample, made by the command, and what the command said."""
    path = tmp_path_factory.mktemp("sample") / "sample.tm"
    return path, donju("align", sample_dir, "--memory", path)


@pytest.fixture(scope="session")
def sample_memory(sample_run: tuple[Path, Ran]) -> Path:
    """The memory of the bundled sample; for tests that only read it."""
    return sample_run[0]
