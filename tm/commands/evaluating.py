"""``donju evaluate``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.article import Lang
from align.errors import InputError
from tm.commands.options import chosen_memories, echo_json, json_option, memories_option

if TYPE_CHECKING:
    from tm.quality.scores import Segments
    from tm.quality.scores.adequacy import Adequacy
    from tm.quality.scores.gathering import Accepted
    from tm.quality.scores.significance import Test

_FILE = click.Path(path_type=Path)


@click.command("evaluate")
@click.argument("files", nargs=-1, required=True, type=_FILE, metavar="TRANSLATION… [REFERENCE]")
@click.option(
    "-r",
    "--reference",
    "references",
    multiple=True,
    type=_FILE,
    help="A reference; may be repeated. All other files are then systems to compare.",
)
@click.option("--source", type=_FILE, help="What was translated, a segment a line.")
@memories_option
@click.option(
    "--status",
    "accepted",
    type=click.Choice(["approved", "any"]),
    default="approved",
    show_default=True,
    help="With --memory: which of its translations are references.",
)
@click.option(
    "--to",
    "lang",
    type=click.Choice(["en", "ko"]),
    help="Language of the translations. Default: that of their letters; English in TMX, tables …",
)
@click.option("--articles", type=_FILE, help="The article of each segment, a name a line.")
@click.option("--confidence", is_flag=True, help="95 % confidence intervals, by the bootstrap.")
@click.option(
    "--test",
    type=click.Choice(["bootstrap", "randomisation"]),
    default="bootstrap",
    show_default=True,
    help="How further systems are compared with the first.",
)
@click.option("--adequacy", is_flag=True, help="Nearness in meaning, by an encoder; no score.")
@click.option("--encoder", default="builtin", show_default=True, help="Encoder of --adequacy.")
@click.option("--worst", type=click.IntRange(1), help="List so many segments, the worst first.")
@click.option("--report", type=_FILE, help="Write a report to this HTML file.")
@json_option
def evaluate_command(
    files: tuple[Path, ...],
    references: tuple[Path, ...],
    source: Path | None,
    memories: tuple[str, ...],
    accepted: Accepted,
    lang: Lang | None,
    articles: Path | None,
    confidence: bool,
    test: Test,
    adequacy: bool,
    encoder: str,
    worst: int | None,
    report: Path | None,
    as_json: bool,
) -> None:
    """Score translations (BLEU, chrF++, TER) against references, or against what a memory has.

    Files are plain text with one segment a line, or TSV, CSV, XLSX, TMX or XLIFF.

    \b
    donju evaluate translation.en.txt reference.en.txt
    donju evaluate a.en.txt b.en.txt -r reference.en.txt --report scores.html
    donju evaluate a.en.txt --source source.ko.txt -m news.tm --worst 20
    """
    from tm.quality.report import evaluation_report, write_report
    from tm.quality.report.machine import evaluation_json, score_json
    from tm.quality.report.terminal import show_evaluation
    from tm.quality.scores import evaluate
    from tm.quality.scores.gathering import language_of

    systems, references = _roles(files, references, memories)
    lang = lang or language_of([*references, *systems])
    segments = _segments(systems, references, source, memories, accepted, lang, articles)
    near = _adequacy(segments, encoder) if adequacy else []
    wants_more = confidence or adequacy or report is not None
    found = evaluate(
        segments, confidence=confidence or report is not None, test=test, adequacy=near
    )
    if report is not None:
        write_report(evaluation_report(found), report)
    if not as_json:
        show_evaluation(found, worst)
    elif len(systems) > 1 or memories or articles or worst or wants_more:
        echo_json(evaluation_json(found, worst))
    else:
        echo_json([score_json(score) for score in found.systems[0].scores])


def _roles(
    files: tuple[Path, ...], references: tuple[Path, ...], memories: tuple[str, ...]
) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Which files are translations, and which are references."""
    if memories and references:
        raise InputError(
            "references are given and a memory is named", remedy="give --reference or --memory"
        )
    if memories or references:
        return files, references
    if len(files) != 2:
        raise InputError(
            "there is no reference" if len(files) == 1 else "it is not said which is the reference",
            remedy="name references with --reference, or a memory with --memory and --source",
        )
    return files[:1], files[1:]


def _segments(
    systems: tuple[Path, ...],
    references: tuple[Path, ...],
    source: Path | None,
    memories: tuple[str, ...],
    accepted: Accepted,
    lang: Lang,
    articles: Path | None,
) -> Segments:
    from tm.memories import Memories
    from tm.quality.scores.gathering import against_memory, against_references

    if references:
        return against_references(systems, references, lang, source=source, articles=articles)
    if articles is not None:
        raise InputError(
            "the memory says which article a segment is from", remedy="leave out --articles"
        )
    with Memories.open(chosen_memories(memories)) as opened:
        return against_memory(systems, opened, lang, source=source, accepted=accepted)


def _adequacy(segments: Segments, encoder: str) -> list[Adequacy]:
    from align.encoder import load_encoder
    from tm.quality.scores.adequacy import adequacy_of

    return adequacy_of(segments, load_encoder(encoder))
