"""Measure sentence splitters against texts whose sentences are known.

    python scripts/bench_split.py CASES.jsonl [MORE.jsonl ...] [--splitter NAME]
    python scripts/bench_split.py --lines FILE --lang ko [--per-paragraph 5] [--sound]
                                  [--splitter NAME]

A case is a JSON line with ``text``, ``sents`` (its sentences), ``lang`` and ``tag``. With
``--lines``, every line of FILE is a sentence, and runs of lines joined by blanks are the texts;
``--sound`` first leaves out the lines that are no whole single sentence on their face: those that
do not end in final punctuation, open a quotation that does not end in them or close one that did
not begin, start with a small letter, or have a full stop after a word of two letters or more,
followed by a blank, before any quotation mark (abbreviations such as ``Corp.`` fall with them).

A *boundary* is the number of characters, white space not counted, before the end of a sentence
that is not the last of its text. F1 is computed over the boundaries of all texts together (1.0
where there is none to find and none was found); a text is *exact* if its boundaries are the right
ones and no others. Speed is sentences found per second of processor time, after one warming call.

Splitters: ``auto``, ``rules`` and ``kss`` are Donju's; ``kss-mecab``, ``kss-punct``, ``kiwi``,
``pysbd``, ``sentencex`` are the libraries as they come, measured only if installed.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

SplitFunction = Callable[[str], Sequence[str]]


@dataclass(frozen=True, slots=True)
class Case:
    text: str
    sentences: tuple[str, ...]
    lang: str
    tag: str


@dataclass(slots=True)
class Score:
    """Counts over texts: boundaries found rightly, found in all, and to be found; exact texts."""

    right: int = 0
    found: int = 0
    wanted: int = 0
    exact: int = 0
    texts: int = 0

    def add(self, found: frozenset[int], wanted: frozenset[int]) -> None:
        self.right += len(found & wanted)
        self.found += len(found)
        self.wanted += len(wanted)
        self.exact += found == wanted
        self.texts += 1

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.found + self.wanted) if self.found + self.wanted else 1.0

    def __str__(self) -> str:
        share = self.exact / self.texts if self.texts else 1.0
        return f"F1 {100 * self.f1:6.2f}  exact {100 * share:6.2f} %  ({self.exact}/{self.texts})"


def boundaries(sentences: Iterable[str]) -> frozenset[int]:
    """Ends of all sentences but the last, in characters without white space."""
    ends = list(accumulate(len("".join(sentence.split())) for sentence in sentences))
    return frozenset(ends[:-1])


def splitter(name: str, lang: str) -> SplitFunction:
    """The named splitter for one language; ImportError where its library is not installed."""
    if name in ("auto", "rules", "kss"):
        from align.split import split

        return lambda text: [s.text for s in split(text, lang, splitter=name)]  # type: ignore[arg-type]
    if name in ("kss-mecab", "kss-punct"):
        from kss import split_sentences

        backend = name.removeprefix("kss-")
        return lambda text: split_sentences(text, backend=backend, num_workers=1)
    if name == "kiwi":
        from kiwipiepy import Kiwi

        kiwi = Kiwi(num_workers=1)
        return lambda text: [s.text for s in kiwi.split_into_sents(text)]
    if name == "pysbd":
        from pysbd import Segmenter

        segmenter = Segmenter(language=lang, clean=False)
        return lambda text: list(segmenter.segment(text))
    from sentencex import segment

    return lambda text: list(segment(lang, text))


def read_cases(path: Path) -> list[Case]:
    cases = []
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            row = json.loads(line)
            cases.append(Case(row["text"], tuple(row["sents"]), row["lang"], row["tag"]))
    return cases


_FINISHED = re.compile(r"[.?!…][\"'”’)\]]*$")
_SECOND_SENTENCE = re.compile(r"^[^\"“”'‘’`]*?\w{2}[.?!][)\]]* ")
_CURLY_OR_STRAIGHT = re.compile('[“”"]')


def is_sound(line: str) -> bool:
    """Whether a line looks like one whole sentence, judged without any splitter."""
    return (
        _FINISHED.search(line) is not None
        and not line[0].islower()
        and len(_CURLY_OR_STRAIGHT.findall(line)) % 2 == 0
        and _SECOND_SENTENCE.match(line) is None
    )


def paragraphs_of_lines(path: Path, lang: str, per_paragraph: int, sound: bool) -> list[Case]:
    """Consecutive lines joined by blanks, so many a text; empty lines are left out."""
    lines = [" ".join(line.split()) for line in path.read_text(encoding="utf-8").split("\n")]
    lines = [line for line in lines if line and (is_sound(line) or not sound)]
    runs = [lines[i : i + per_paragraph] for i in range(0, len(lines), per_paragraph)]
    return [Case(" ".join(run), tuple(run), lang, path.name) for run in runs]


def measure(cases: Sequence[Case], name: str, show: int) -> None:
    """Print scores for each tag and in all, the speed, and the first ``show`` texts not exact."""
    functions = {lang: splitter(name, lang) for lang in sorted({case.lang for case in cases})}
    for lang, function in functions.items():
        function("시험이다. 끝났다." if lang == "ko" else "A test. It is over.")
    began = time.process_time()
    results = [functions[case.lang](case.text) for case in cases]
    spent = time.process_time() - began
    total, by_tag = Score(), dict[str, Score]()
    wrong: list[tuple[Case, Sequence[str]]] = []
    for case, result in zip(cases, results, strict=True):
        found, wanted = boundaries(result), boundaries(case.sentences)
        total.add(found, wanted)
        by_tag.setdefault(case.tag, Score()).add(found, wanted)
        if found != wanted:
            wrong.append((case, result))
    for tag in sorted(by_tag):
        print(f"{tag:24} {by_tag[tag]}")
    print(f"{'all':24} {total}")
    sentences = sum(map(len, results))
    print(
        f"{sentences} sentences, {sentences / max(spent, 1e-9):,.0f} per processor second ({name})"
    )
    for case, result in wrong[:show]:
        print(f"\n[{case.tag}]")
        print(f"  wanted: {' | '.join(case.sentences)}\n  found:  {' | '.join(result)}")


def main() -> int:
    parser = argparse.ArgumentParser(description="Measure sentence splitters.")
    parser.add_argument("cases", nargs="*", type=Path, help="JSONL files of cases")
    parser.add_argument("--lines", type=Path, help="a file with one sentence a line")
    parser.add_argument("--lang", choices=("ko", "en"), help="language of --lines")
    parser.add_argument("--per-paragraph", type=int, default=5, help="lines joined to one text")
    parser.add_argument("--sound", action="store_true", help="leave out lines that are flawed")
    parser.add_argument("--splitter", action="append", help="may be repeated; default: auto")
    parser.add_argument("--show", type=int, default=0, help="print so many texts that went wrong")
    arguments = parser.parse_args()
    if bool(arguments.cases) == bool(arguments.lines) or (arguments.lines and not arguments.lang):
        parser.error("give files of cases, or --lines FILE with --lang")
    if arguments.lines:
        cases = paragraphs_of_lines(
            arguments.lines, arguments.lang, arguments.per_paragraph, arguments.sound
        )
    else:
        cases = [case for path in arguments.cases for case in read_cases(path)]
    for name in arguments.splitter or ["auto"]:
        try:
            measure(cases, name, arguments.show)
        except ImportError as error:
            print(f"{name}: not installed ({error.name})")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
