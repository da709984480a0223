"""A program killed while it imports leaves whole articles and whole files, whenever that is."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

from tm.memory import Memory

ROOT = Path(__file__).resolve().parents[2]

KILLS = 20
FILE_UNITS = 1200

# Adds articles and imports files in turn, and says how far it is: "article 3", "file 4 at 500".
IMPORTER = """
import sys
from pathlib import Path

from align.alignment import Alignment, Bead
from align.article import Sentence
from tm.memory import Memory
from tm.store import ArticleRecord
from tm.unit import Provenance, TranslationUnit


def alignment(number):
    count = number % 40
    texts = [(f"{number}호 {i}번째 소식이다.", f"Item {i} of {number}.") for i in range(count)]
    ko, en = (tuple(Sentence(text, (0, len(text))) for text in side) for side in zip(*texts))
    return Alignment(ko, en, tuple(Bead((i,), (i,), 0.9) for i in range(count)))


def units(file, number):
    with file.open(encoding="utf-8") as lines:
        for i, line in enumerate(lines):
            if i % 100 == 0:
                print("file", number, "at", i, flush=True)
            source, target = line.rstrip("\\n").split("\\t")
            yield TranslationUnit(f"{number}호. {source}", target, Provenance("", i))
    print("file", number, "at its end", flush=True)


memory = Memory.open(sys.argv[1], create=True, who="importer")
file = Path(sys.argv[2])
for number in range(int(sys.argv[3]), 100_000):
    if number % 4:
        memory.add_alignment(alignment(number), article=f"article {number}")
        print("article", number, flush=True)
    else:
        memory.import_units(units(file, number), ArticleRecord(f"file {number}"))
        print("file", number, "is in", flush=True)
"""


def kill_while_importing(memory: Path, file: Path, start: int, chance: random.Random) -> str:
    """What a real import said last before it was killed, somewhere in its second round."""
    arguments = [sys.executable, "-c", IMPORTER, str(memory), str(file), str(start)]
    with subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True) as child:
        assert child.stdout is not None
        for _ in range(chance.randrange(1, 2 * (FILE_UNITS // 100 + 5))):
            said = child.stdout.readline()
            assert said, "the import ended by itself"
        time.sleep(chance.random() * chance.choice((0.0, 0.01, 0.3)))
        child.send_signal(signal.SIGKILL)
        rest = child.stdout.read().splitlines()
    assert child.returncode == -signal.SIGKILL
    return (rest or [said])[-1].strip()


def test_twenty_killed_imports_leave_whole_articles_and_files(tmp_path: Path) -> None:
    path, file = tmp_path / "news.tm", tmp_path / "file.tsv"
    file.write_text(
        "".join(f"상인 {i}명이 왔다.\t{i} merchants came.\n" for i in range(FILE_UNITS)),
        encoding="utf-8",
    )
    chance = random.Random(20)
    start, torn_open = 1, 0
    for _ in range(KILLS):
        said = kill_while_importing(path, file, start, chance)
        with Memory.open(path, who="tester") as memory:
            assert memory.check() == []
            articles = memory.articles()
            for record in articles:
                kind, number = record.id.split()
                whole = int(number) % 40 if kind == "article" else FILE_UNITS
                assert len(list(memory.units(article=record.id))) == whole
            assert memory.unit_count() == sum(change.born for change in memory.changes())
            numbers = sorted(int(record.id.split()[1]) for record in articles)
        assert numbers == list(range(1, len(numbers) + 1))
        if " at " in said and int(said.split()[1]) not in numbers:
            torn_open += 1
        start = len(numbers) + 1
    assert torn_open > KILLS // 4  # so many died in the middle of a file, of which nothing is left
