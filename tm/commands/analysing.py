"""``donju analyse``: what a memory will save on a job."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from align.article import Lang
from align.errors import InputError
from align.split import Splitter
from tm.commands.options import chosen_memories, echo_json, json_option, memories_option
from tm.jsonform import analysis_json


@click.command("analyse")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@memories_option
@click.option(
    "--lang",
    type=click.Choice(get_args(Lang)),
    help="Of FILES. Default: by their names or letters.",
)
@click.option(
    "--splitter",
    type=click.Choice(get_args(Splitter)),
    default="auto",
    show_default=True,
    help="How Korean is split: rules with kss where punctuation is missing, or only one.",
)
@click.option("--keep-boilerplate", is_flag=True, help="Count captions, credits and so on too.")
@json_option
def analyse_command(
    files: tuple[Path, ...],
    memories: tuple[str, ...],
    lang: Lang | None,
    splitter: Splitter,
    keep_boilerplate: bool,
    as_json: bool,
) -> None:
    """How much of FILES (txt, md, html, docx) does the memory have already?

    Segments, words (eojeols in Korean) and characters without blanks: 101 is the same text between
    the same sentences, 100 the same text, then repetitions within the files, fuzzy bands, and new.

    \b
    donju analyse article.txt -m news.tm
    donju analyse *.docx -m own.tm -m public.tm:10 --json
    """
    from tm.analyse import analyse
    from tm.display import show_analysis
    from tm.memories import Memories

    with Memories.open(chosen_memories(memories)) as opened:
        found = analyse(
            files, opened, lang=lang, splitter=splitter, keep_boilerplate=keep_boilerplate
        )
    if as_json:
        echo_json(analysis_json(found))
    else:
        show_analysis(found)
    if not found.files:
        raise InputError(
            "none of the files could be read", remedy="give articles in Korean or English"
        )
