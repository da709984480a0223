"""``donju demo``: the whole path on the bundled articles, from two pages to a finding."""

from __future__ import annotations

import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tm.commands.options import echo_json, json_option

if TYPE_CHECKING:
    from align.output import AlignedPair
    from tm.match import Match
    from tm.memory import Memory
    from tm.quality.consistency import Inconsistency
    from tm.store import Stats
    from tm.terms.renderings.rendering import Suggestion

#: What the demo shows and asks.
_ARTICLE = "musan-mine-wages"
_BEADS = 6
_TERM = "돈주"
_SENTENCE = "소식통은 “당국의 지시가 내려올 때마다 부담을 떠안는 것은 결국 주민들”이라고 말했다."

_NEXT = """\
  donju align article.ko.txt article.en.txt              two files, side by side
  donju align articles/ --memory news.tm                 a folder, into a memory
  donju align articles/ -o articles.tmx                  … or as TMX, TSV, JSONL, HTML
  donju suggest 돈주 --memory news.tm                    how did we render it?
  donju match "한국어 문장" --memory news.tm               translated before?
  donju search 장마당 --memory news.tm                   every sentence with a word
  donju consistency --memory news.tm                     where do we disagree?"""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the memory of the bundled articles says."""

    stats: Stats
    suggestion: Suggestion
    matches: list[Match]
    findings: list[Inconsistency]


@click.command("demo")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Keep the memory in this file (default: a temporary one).",
)
@json_option
def demo_command(keep: Path | None, as_json: bool) -> None:
    """Read the bundled articles, align and store them, and answer questions about them.

    \b
    donju demo
    donju demo --keep sample.tm
    """
    from tm.memory import Memory

    with (
        tempfile.TemporaryDirectory(prefix="donju-") as folder,
        Memory.open(keep or Path(folder) / "sample.tm", create=True) as memory,
    ):
        if as_json:
            _print_json(_aligned_sample(memory), _answers(memory))
            return
        _heading("Reading, splitting and aligning the bundled article pairs")
        pair = _aligned_sample(memory)
        _show(pair, _answers(memory))
    _heading("Now with your own files")
    click.echo(_NEXT)


def _aligned_sample(memory: Memory) -> AlignedPair:
    """Align and store the bundled articles; the pair to show."""
    from align.aligner import Aligner
    from align.batch import LeftOut, align_pairs, find_pairs
    from align.encoder import load_encoder
    from align.errors import ReadError
    from corpora import SAMPLE

    shown = None
    for result in align_pairs(find_pairs(SAMPLE).pairs, Aligner(load_encoder())):
        if isinstance(result, LeftOut):
            raise ReadError(
                result.reason,
                place=result.place,
                remedy="install Donju again: its sample is damaged",
            )
        memory.add_alignment(result.alignment, article=result.name, ko=result.ko, en=result.en)
        if result.name == _ARTICLE:
            shown = result
    if shown is None:
        raise ReadError("no such article", place=_ARTICLE, remedy="install Donju again")
    return shown


def _answers(memory: Memory) -> Answers:
    from tm.quality.consistency import find_inconsistencies
    from tm.terms.termbase.lookup import load_termbase

    termbase = load_termbase()
    return Answers(
        stats=memory.stats(),
        suggestion=memory.suggest(_TERM, limit=4, examples=1, termbase=termbase),
        matches=memory.match(_SENTENCE, limit=1),
        findings=find_inconsistencies(memory, termbase=termbase, terms=[_TERM]),
    )


def _show(pair: AlignedPair, answers: Answers) -> None:
    from align.alignment import Alignment
    from align.output import AlignedPair
    from tm.display import many, show_alignment, show_findings, show_matches, show_suggestion

    stats = answers.stats
    click.echo(
        f"  {many(stats.articles, 'article')}, {many(stats.units, 'translation unit')}, "
        f"{many(stats.unaligned, 'sentence')} without counterpart"
    )
    _heading(f"donju align {_ARTICLE}.ko.txt {_ARTICLE}.en.txt   (first {_BEADS} beads)")
    whole = pair.alignment
    part = Alignment(whole.ko, whole.en, whole.beads[:_BEADS], whole.signature)
    show_alignment(AlignedPair(pair.name, pair.ko, pair.en, part))
    _heading(f"donju suggest {_TERM}")
    show_suggestion(answers.suggestion)
    _heading(f'donju match "{_SENTENCE}"')
    show_matches(answers.matches, 70)
    _heading(f"donju consistency --term {_TERM}")
    show_findings(answers.findings, 1)


def _print_json(pair: AlignedPair, answers: Answers) -> None:
    from align.output import bead_record
    from tm.jsonform import finding_json, match_json, suggestion_json

    echo_json(
        {
            "stats": asdict(answers.stats),
            "article": pair.name,
            "beads": [bead_record(pair, n, bead) for n, bead in enumerate(pair.alignment)],
            "suggestion": suggestion_json(answers.suggestion),
            "matches": [match_json(match) for match in answers.matches],
            "findings": [finding_json(finding) for finding in answers.findings],
        }
    )


def _heading(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)
    click.echo()
