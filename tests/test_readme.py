"""What the README shows is what the program prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block_after(heading: str) -> str:
    """The first indented block after a heading or line of the README, without its indent."""
    rest = README[README.index(heading) + len(heading) :]
    lines = rest.splitlines()
    start = next(i for i, line in enumerate(lines) if line.startswith("    "))
    block = []
    for line in lines[start:]:
        if line and not line.startswith("    "):
            break
        block.append(line[4:])
    return "\n".join(block).strip()


def words(text: str) -> list[str]:
    """What is left of wrapped terminal output whatever its width."""
    return "".join(text.split()).split("·")


def test_the_suggestion_in_the_readme_is_what_is_printed(
    donju: Callable[..., Any], sample_memory: Path
) -> None:
    shown = block_after("<!-- checked by tests/test_readme.py -->")
    command, answer = shown.split("\n", 1)
    arguments = command.removeprefix("$ donju ").replace("news.tm", str(sample_memory)).split()
    ran = donju(*arguments)
    assert ran.code == 0
    assert words(ran.out) == words(answer)


def test_the_alignment_in_the_readme_is_what_is_printed(
    donju: Callable[..., Any], sample_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "96")
    name = re.search(r"corpora/sample/([\w-]+)`:\)", README)
    assert name
    files = [sample_dir / f"{name[1]}.{lang}.txt" for lang in ("ko", "en")]
    ran = donju("align", *files)
    assert block_after("corpora/sample/musan-mine-wages`:)") in ran.out


def test_the_python_of_the_readme_runs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    exec(block_after("## From Python"), {})
    printed = capsys.readouterr().out
    assert "1-1" in printed
    assert "It snowed in Musan County last month." in printed
    assert (tmp_path / "snow.tm").is_file()


def test_every_command_of_the_readme_exists(donju: Callable[..., Any]) -> None:
    verbs = set(re.findall(r"^\s+donju (\w+)", README, re.MULTILINE))
    assert {"align", "suggest", "match", "search", "consistency", "memory", "evaluate"} <= verbs
    for verb in verbs:
        assert donju(verb, "--help").code == 0, verb


def test_every_page_the_readme_links_to_is_there() -> None:
    pages = re.findall(r"\]\(([\w./-]+)\)", README)
    assert len(pages) > 4
    for page in pages:
        assert (ROOT / page).is_file(), page
