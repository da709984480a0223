"""``donju memory`` edit, approve, reject, delete, history, undo: changes to single units."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from align.errors import InputError
from tm.commands.options import chosen_memory, echo_json, json_option, memory_option, who_option
from tm.jsonform import change_json, event_json, unit_json

if TYPE_CHECKING:
    from tm.memory import Memory
    from tm.store import Change, Event
    from tm.unit import Status

why_option = click.option("--why", help="Why, for the log.")


def _some_units(command: Callable[..., Any]) -> Callable[..., Any]:
    """Units by their numbers, or all of an article."""
    for option in (
        json_option,
        why_option,
        who_option,
        memory_option,
        click.option("--article", help="All units of this article."),
        click.argument("units", nargs=-1, type=int, metavar="[UNIT]..."),
    ):
        command = option(command)
    return command


@click.command("edit")
@click.argument("unit", type=int)
@click.option("--source", help="The Korean text.")
@click.option("--target", help="The English text.")
@click.option("--translator", help="Who translated it.")
@click.option("--date", help="When, as 2021-07-08.")
@memory_option
@who_option
@why_option
@json_option
def edit_command(
    unit: int,
    source: str | None,
    target: str | None,
    translator: str | None,
    date: str | None,
    memory: Path | None,
    who: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    """Change a unit; UNIT is its number (`donju search … --json`).

    The unit gets a new number. What it was before is kept, and `donju memory undo` returns it.

    \b
    donju memory edit 17 --target "Rice prices went up." -m news.tm
    """
    with _opened(memory, who) as opened:
        edited = opened.edit(
            unit,
            source=source,
            target=target,
            translator=translator,
            date=date,
            why=why or "edited",
        )
    if as_json:
        echo_json(unit_json(edited))
    elif edited.id == unit:
        click.echo("nothing changed")
    else:
        click.echo(f"unit {edited.id}: {edited.source} | {edited.target}")


@click.command("approve")
@_some_units
def approve_command(**options: Any) -> None:
    """Mark units as approved, so that they come first.

    \b
    donju memory approve 17 18 -m news.tm
    donju memory approve --article market -m news.tm
    """
    _judge("approved", **options)


@click.command("reject")
@_some_units
def reject_command(**options: Any) -> None:
    """Mark units as rejected, so that they are no longer offered.

    \b
    donju memory reject 17 18 -m news.tm
    """
    _judge("rejected", **options)


@click.command("delete")
@_some_units
def delete_command(
    units: Sequence[int],
    article: str | None,
    memory: Path | None,
    who: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    """Take units, or an article, out of the memory. `donju memory undo` brings them back.

    \b
    donju memory delete 17 18 -m news.tm
    donju memory delete --article market -m news.tm
    """
    _check(units, article)
    with _opened(memory, who) as opened:
        if article is None:
            count = opened.delete(units, why=why or "deleted")
        else:
            count = opened.delete_article(article, why=why or "article deleted")
        _tell(opened, count, "deleted", as_json)


@click.command("undo")
@click.argument("change", type=int)
@memory_option
@who_option
@why_option
@json_option
def undo_command(
    change: int, memory: Path | None, who: str | None, why: str | None, as_json: bool
) -> None:
    """Take a change back; CHANGE is its number (`donju memory history`).

    Undoing is a change itself, and can be undone.

    \b
    donju memory undo 12 -m news.tm
    """
    with _opened(memory, who) as opened:
        done = opened.undo(change, why=why)
    if as_json:
        echo_json(change_json(done))
    else:
        click.echo(f"change {change} undone by change {done.number}: {_effect(done)}")


@click.command("history")
@click.argument("unit", type=int, required=False)
@click.option("--article", help="Only changes of this article.")
@click.option(
    "-n",
    "--last",
    type=click.IntRange(min=1),
    default=20,
    show_default=True,
    help="So many of the last changes.",
)
@memory_option
@json_option
def history_command(
    unit: int | None, article: str | None, last: int, memory: Path | None, as_json: bool
) -> None:
    """What has happened to a memory, or to one unit: who, when and why, oldest first.

    \b
    donju memory history -m news.tm
    donju memory history 17 -m news.tm
    """
    with _opened(memory, None) as opened:
        if unit is not None:
            events = opened.history(unit)
            if as_json:
                echo_json([event_json(event) for event in events])
            else:
                _show_events(events)
            return
        changes = opened.changes(article=article, last=last)
    if article is not None and not changes:
        raise InputError(
            f"no article {article!r} was ever in this memory",
            remedy="see their names with `donju memory articles`",
        )
    if as_json:
        echo_json([change_json(change) for change in changes])
        return
    for change in changes:
        about = f"{change.article}: " if change.article else ""
        click.echo(f"{_line(change)}  {about}{change.why} ({_effect(change)})")


COMMANDS = (
    edit_command,
    approve_command,
    reject_command,
    delete_command,
    undo_command,
    history_command,
)


def _judge(
    status: Status,
    units: Sequence[int],
    article: str | None,
    memory: Path | None,
    who: str | None,
    why: str | None,
    as_json: bool,
) -> None:
    _check(units, article)
    with _opened(memory, who) as opened:
        if article is not None:
            units = [unit.id for unit in opened.units(article=article) if unit.id is not None]
            if not units:
                raise InputError(
                    f"no article {article!r} with units in this memory",
                    remedy="see their names with `donju memory articles`",
                )
        count = opened.set_status(units, status, why=why)
        _tell(opened, count, status, as_json)


def _opened(memory: Path | None, who: str | None) -> Memory:
    from tm.memory import Memory

    return Memory.open(chosen_memory(memory), who=who)


def _check(units: Sequence[int], article: str | None) -> None:
    if bool(units) == (article is not None):
        raise InputError("units or an article", remedy="give numbers of units, or --article NAME")


def _tell(memory: Memory, count: int, done: str, as_json: bool) -> None:
    from tm.display import many

    change = memory.store.change()
    if as_json:
        echo_json({"units": count, "change": change if count else None})
    elif count:
        click.echo(f"{many(count, 'unit')} {done} (change {change})")
    else:
        click.echo(f"nothing changed: already {done}")


def _show_events(events: Sequence[Event]) -> None:
    for event in events:
        unit = event.unit
        what = f"now {unit.status}" if event.what == "status" else event.what
        click.echo(f"{_line(event.change)}  {what}: {event.change.why}")
        if event.what in ("born", "replaced"):
            click.echo(f"    unit {unit.id}, {unit.status}\n    {unit.source}\n    {unit.target}")


def _line(change: Change) -> str:
    return f"{change.number:>5}  {change.at[:16].replace('T', ' ')}  {change.who}"


def _effect(change: Change) -> str:
    """How much a change did, in words."""
    from tm.display import many

    told = [
        f"{change.born} in" if change.born else "",
        f"{change.ended} out" if change.ended else "",
        f"{change.marked} judged" if change.marked else "",
        many(change.concepts, "concept") if change.concepts else "",
        many(change.decisions, "decision") if change.decisions else "",
    ]
    return ", ".join(part for part in told if part) or "no units"
