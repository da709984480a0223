"""``donju demo``: the whole path on the bundled articles, from two pages to a finding."""

from __future__ import annotations

import tempfile
from pathlib import Path

import click

#: What the demo asks the memory it has made.
_ARTICLE = "musan-mine-wages"
_TERM = "돈주"
_SENTENCE = "소식통은 “당국의 지시가 내려올 때마다 부담을 떠안는 것은 결국 주민들”이라고 말했다."
_BEADS = 6


@click.command("demo")
@click.option(
    "--keep",
    type=click.Path(path_type=Path),
    help="Keep the memory in this file (default: a temporary one).",
)
def demo_command(keep: Path | None) -> None:
    """Read the bundled articles, align and store them, and answer questions about them.

    \b
    donju demo
    donju demo --keep sample.tm
    """
    with tempfile.TemporaryDirectory(prefix="donju-") as folder:
        _run(keep or Path(folder) / "sample.tm")
    _heading("Now with your own files")
    click.echo(
        "  donju align article.ko.txt article.en.txt              two files, side by side\n"
        "  donju align articles/ --memory news.tm                 a folder, into a memory\n"
        "  donju align articles/ -o articles.tmx                  … or as TMX, TSV, JSONL, HTML\n"
        "  donju suggest 돈주 --memory news.tm                    how did we render it?\n"
        '  donju match "한국어 문장" --memory news.tm               translated before?\n'
        "  donju search 장마당 --memory news.tm                   every sentence with a word\n"
        "  donju consistency --memory news.tm                     where do we disagree?"
    )


def _run(path: Path) -> None:
    from align.aligner import Aligner
    from align.alignment import Alignment
    from align.batch import align_pairs, find_pairs
    from align.encoder import load_encoder
    from align.output import AlignedPair
    from corpora import SAMPLE
    from tm.display import many, show_alignment, show_findings, show_matches, show_suggestion
    from tm.memory import Memory
    from tm.quality.consistency import find_inconsistencies
    from tm.terms.suggest import suggest
    from tm.terms.termbase import load_termbase

    found = find_pairs(SAMPLE)
    _heading(f"Reading, splitting and aligning {many(len(found.pairs), 'bundled article pair')}")
    termbase = load_termbase()
    with Memory.open(path, create=True) as memory:
        shown: AlignedPair | None = None
        for result in align_pairs(found.pairs, Aligner(load_encoder())):
            if not isinstance(result, AlignedPair):
                click.echo(f"  {result.place}: {result.reason}")
                continue
            memory.add_alignment(result.alignment, article=result.name, ko=result.ko, en=result.en)
            if result.name == _ARTICLE:
                shown = result
        stats = memory.stats()
        click.echo(
            f"  {many(stats.articles, 'article')}, {many(stats.units, 'translation unit')}, "
            f"{many(stats.unaligned, 'sentence')} without counterpart"
        )
        if shown is not None:
            _heading(f"donju align {_ARTICLE}.ko.txt {_ARTICLE}.en.txt   (first {_BEADS} beads)")
            whole = shown.alignment
            part = Alignment(whole.ko, whole.en, whole.beads[:_BEADS], whole.signature)
            show_alignment(AlignedPair(shown.name, shown.ko, shown.en, part))
        _heading(f"donju suggest {_TERM}")
        show_suggestion(suggest(memory, _TERM, limit=4, examples=1, termbase=termbase))
        _heading(f'donju match "{_SENTENCE}"')
        show_matches(memory.match(_SENTENCE, limit=1), 70)
        _heading(f"donju consistency --term {_TERM}")
        show_findings(find_inconsistencies(memory, termbase=termbase, terms=[_TERM]), 1)


def _heading(text: str) -> None:
    click.echo()
    click.secho(text, bold=True)
    click.echo()
