"""The command ``donju``.

Each verb lives in a module of :mod:`tm.commands` that is imported when it is used, so that
``donju --help`` and look-ups do not wait for what only other verbs need.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from typing import NoReturn

import click

from align.errors import DonjuError, OutputError
from align.version import donju_version

#: Verb: module below tm.commands, one line for ``donju --help``.
VERBS = {
    "align": ("aligning", "Align Korean articles with their English translations."),
    "suggest": ("looking", "How is a term rendered? Renderings, counts, examples."),
    "match": ("looking", "Has a sentence like this been translated before?"),
    "analyse": ("analysing", "How much of these files does the memory have already?"),
    "search": ("searching", "Every sentence with a word or phrase, in either language."),
    "import": ("exchanging", "Take in files of other programs: TMX, XLIFF, tables, terms."),
    "export": ("exchanging", "Write a memory to a file: TMX, CSV, TSV, XLSX."),
    "terms": ("terming", "What the house calls things: its termbase."),
    "memory": ("keeping", "Look after a memory: history, undo, check, backup, vectors."),
    "leverage": ("leveraging", "Fill an XLIFF file from a memory."),
    "export-omegat": ("leveraging", "Put a memory and a termbase into an OmegaT project."),
    "check": (
        "checking",
        "What is lost, changed or damaged in a translation?",
    ),
    "consistency": ("judging", "Where translations disagree with each other."),
    "evaluate": ("evaluating", "Score translations against references (BLEU, chrF++, TER)."),
    "romanise": ("romanising", "Korean in Latin letters, by four systems or as newsrooms do."),
    "split": ("aligning", "Split an article into sentences."),
    "demo": ("demo", "Show what Donju does, on the bundled articles."),
}

#: Other spellings of verbs, which ``donju --help`` leaves out.
ALIASES = {"romanize": "romanise"}


class Verbs(click.Group):
    """A group that knows its commands by name and imports them one by one."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(VERBS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        name = ALIASES.get(name, name)
        if name not in VERBS:
            return None
        module = import_module(f"tm.commands.{VERBS[name][0]}")
        command: click.Command = getattr(module, f"{name.replace('-', '_')}_command")
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in VERBS.items()])


def _show_version(ctx: click.Context, param: click.Parameter, asked: bool) -> None:
    """Looked up only when it is asked for, which takes longer than most look-ups in a memory."""
    if asked and not ctx.resilient_parsing:
        click.echo(f"donju, version {donju_version()}")
        ctx.exit()


@click.command(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_show_version,
    help="Show the version and exit.",
)
def donju() -> None:
    """Align Korean news with its English translation, and ask how things were put before.

    \b
    donju demo                                    see it work
    donju align a.ko.txt a.en.txt -m news.tm      align two articles and remember them
    donju suggest 돈주 -m news.tm                 how do we render 돈주?
    """


def main(args: Sequence[str] | None = None) -> None:
    """Run the command; errors a user can mend are one line on standard error, exit code 2."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # Korean must not fail on a console set to ASCII
            stream.reconfigure(encoding="utf-8", errors="replace")
    try:
        donju.main(args, prog_name="donju", standalone_mode=False)
    except DonjuError as error:
        _fail(error)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except click.Abort:
        click.echo("donju: interrupted", err=True)
        sys.exit(130)
    except OSError as error:  # the disk or standard output is full, or a file is gone
        _no_more_output()
        _fail(
            OutputError(
                f"cannot read or write ({error.strerror or error})",
                place=error.filename,
                remedy="check that there is free space, also where the output goes",
            )
        )


def _fail(error: DonjuError) -> NoReturn:
    click.echo(f"donju: {' '.join(str(error).splitlines())}", err=True)
    sys.exit(error.exit_code)


def _no_more_output() -> None:
    """Leave nothing for Python to write when it exits, which would fail again, at length."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
