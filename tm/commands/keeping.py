"""``donju memory``: looking after a memory."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tm.commands import revising
from tm.commands.embedding import embed_command
from tm.commands.options import (
    chosen_memory,
    echo_json,
    json_option,
    memory_option,
    who_option,
)
from tm.jsonform import article_json

if TYPE_CHECKING:
    from tm.store import Problem


@click.group("memory")
def memory_command() -> None:
    """What a memory holds, what has happened to it, and its upkeep.

    \b
    donju memory stats -m news.tm
    donju memory history -m news.tm
    donju memory backup news-copy.tm -m news.tm
    """


memory_command.add_command(embed_command)
for command in revising.COMMANDS:
    memory_command.add_command(command)


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
    if stats.approved or stats.rejected:
        click.echo(f"{stats.approved} approved, {stats.rejected} rejected, {stats.draft} draft")
    if stats.superseded:
        click.echo(f"{many(stats.superseded, 'unit')} replaced or deleted, and kept")
    click.echo(f"{many(stats.change, 'change')}, {_megabytes(stats.bytes)}")


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


@memory_command.command("check")
@memory_option
@json_option
def check_command(memory: Path | None, as_json: bool) -> None:
    """Is all well with a memory? Exit code 1 if not.

    Reads all of it: the file, every row, and the index beside every text.

    \b
    donju memory check -m news.tm
    """
    from tm.memory import Memory

    path = chosen_memory(memory)
    with Memory.open(path) as opened:
        problems = opened.check()
    if as_json:
        echo_json({"memory": str(path), "problems": [asdict(problem) for problem in problems]})
    else:
        _show_problems(problems)
        if any(problem.mendable for problem in problems):
            click.echo("`donju memory repair` mends what can be mended")
        click.echo(f"{path}: {len(problems) or 'no'} problem{'s' * (len(problems) != 1)}")
    sys.exit(1 if problems else 0)


@memory_command.command("repair")
@memory_option
@who_option
@json_option
def repair_command(memory: Path | None, who: str | None, as_json: bool) -> None:
    """Mend a memory: indexes, keys, statuses, and what else can be told from the rest.

    Make a copy of the file before. Where the file itself is broken, what can still be read is
    saved in a new file beside it, and the broken one is left as it is.

    \b
    donju memory repair -m news.tm
    """
    from tm.memory import user_name
    from tm.store.salvage import repair

    path = chosen_memory(memory)
    mended = repair(path, who=who or user_name())
    if as_json:
        echo_json(
            {
                "memory": str(path),
                "problems": [asdict(problem) for problem in mended.problems],
                "left": [asdict(problem) for problem in mended.left],
                "saved": mended.saved and str(mended.saved),
                "lost": mended.lost,
            }
        )
        return
    _show_problems(mended.problems)
    if mended.saved is not None:
        click.echo(f"{path} is broken; what could be read is in {mended.saved}")
        lost = ", ".join(f"{n} {what.replace('_', ' ')}" for what, n in mended.lost.items())
        click.echo(f"lost: {lost or 'nothing'}")
    elif mended.left:
        click.echo(f"{path}: {len(mended.left)} left that could not be mended")
    else:
        click.echo(f"{path}: all is well")


@memory_command.command("compact")
@memory_option
@json_option
def compact_command(memory: Path | None, as_json: bool) -> None:
    """Make the file of a memory smaller. Nothing is forgotten.

    \b
    donju memory compact -m news.tm
    """
    from tm.memory import Memory

    path = chosen_memory(memory)
    with Memory.open(path) as opened:
        done = opened.compact()
    if as_json:
        echo_json({"memory": str(path), **asdict(done)})
    else:
        click.echo(f"{path}: {_megabytes(done.before)}, now {_megabytes(done.after)}")


@memory_command.command("backup")
@click.argument("copy", type=click.Path(path_type=Path))
@memory_option
@json_option
def backup_command(copy: Path, memory: Path | None, as_json: bool) -> None:
    """Copy a memory as it is now, also while others write to it.

    The copy is checked, and no file is written over.

    \b
    donju memory backup news-2024-05-30.tm -m news.tm
    """
    from tm.memory import Memory

    path = chosen_memory(memory)
    with Memory.open(path) as opened:
        opened.backup(copy)
    size = copy.stat().st_size
    if as_json:
        echo_json({"memory": str(path), "copy": str(copy), "bytes": size})
    else:
        click.echo(f"{path} copied to {copy}, {_megabytes(size)}")


@memory_command.command("dedupe")
@click.option("--ignore-context", is_flag=True, help="It does not matter what stands around them.")
@click.option("--dry-run", is_flag=True, help="Only say how many there are.")
@memory_option
@who_option
@json_option
def dedupe_command(
    ignore_context: bool, dry_run: bool, memory: Path | None, who: str | None, as_json: bool
) -> None:
    """Take out units that repeat another: the same texts between the same neighbours.

    The best stays: approved, then newest. `donju memory undo` brings the others back.

    \b
    donju memory dedupe --dry-run -m news.tm
    """
    from tm.display import many
    from tm.memory import Memory

    path = chosen_memory(memory)
    with Memory.open(path, who=who) as opened:
        found = opened.dedupe(ignore_context=ignore_context, dry_run=dry_run)
    if as_json:
        echo_json({"memory": str(path), "dry_run": dry_run, **asdict(found)})
        return
    verb = "would be taken out" if dry_run else "taken out"
    of = f" that repeat one of {many(found.groups, 'other')}" if found.groups else ""
    click.echo(f"{path}: {many(found.units, 'unit')}{of} {verb}")


def _show_problems(problems: Iterable[Problem]) -> None:
    for problem in problems:
        click.echo(f"{problem.place}: {problem.problem}")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
