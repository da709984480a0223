"""``donju memory``: looking after a memory."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from tm.commands.options import chosen_memory, echo_json, json_option, memory_option
from tm.jsonform import article_json


@click.group("memory")
def memory_command() -> None:
    """What a memory holds.

    \b
    donju memory stats -m news.tm
    """


@memory_command.command("stats")
@memory_option
@json_option
def stats_command(memory: Path | None, as_json: bool) -> None:
    """Articles, units and dates of a memory.

    \b
    donju memory stats -m news.tm
    """
    from tm.display import many
    from tm.memory import Memory

    path = chosen_memory(memory)
    with Memory.open(path) as opened:
        stats = opened.stats()
    if as_json:
        echo_json({"memory": str(path), **asdict(stats)})
        return
    dates = f", dated {stats.first_date} to {stats.last_date}" if stats.first_date else ""
    click.echo(f"{path}: {many(stats.articles, 'article')}, {many(stats.units, 'unit')}{dates}")
    click.echo(f"{many(stats.unaligned, 'sentence')} without counterpart")
    if stats.superseded:
        click.echo(f"{many(stats.superseded, 'unit')} of replaced versions kept")


@memory_command.command("articles")
@memory_option
@json_option
def articles_command(memory: Path | None, as_json: bool) -> None:
    """The articles of a memory, by name.

    \b
    donju memory articles -m news.tm
    """
    from tm.memory import Memory

    with Memory.open(chosen_memory(memory)) as opened:
        records = opened.articles()
    if as_json:
        echo_json([article_json(record) for record in records])
        return
    for record in records:
        about = ", ".join(x for x in (record.date, record.translator, record.title_en) if x)
        click.echo(f"{record.id}  {about}")
