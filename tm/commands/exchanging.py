"""``donju import`` and ``donju export``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from align.errors import DonjuError, InputError, OutputError
from tm.commands.options import chosen_memory, echo_json, json_option, memory_option
from tm.commands.progress import progress
from tm.commands.termview import import_json, show_import
from tm.exchange.formats import TERMBASES, Format, reader_for, writer_for
from tm.exchange.importing import FileImport
from tm.exchange.items import Progress, Refused, Report, unwatched
from tm.exchange.languages import Languages
from tm.unit import Status, TranslationUnit

if TYPE_CHECKING:
    from tm.exchange.term_import import TermImport
    from tm.memory import Memory

#: Bytes of a file from which its import is worth a bar: about a second.
_LARGE = 1 << 22

_source_lang = click.option(
    "--source-lang", default="ko", show_default=True, help="Language of the sources (BCP 47)."
)
_target_lang = click.option(
    "--target-lang", default="en", show_default=True, help="Language of the targets (BCP 47)."
)


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@memory_option
@_source_lang
@_target_lang
@click.option("--article", help="Article of units that name none. Default: the file's name.")
@click.option(
    "--status",
    type=click.Choice(get_args(Status)),
    default="draft",
    show_default=True,
    help="Status of units about which the file says nothing.",
)
@json_option
def import_command(
    files: tuple[Path, ...],
    memory: Path | None,
    source_lang: str,
    target_lang: str,
    article: str | None,
    status: Status,
    as_json: bool,
) -> None:
    """Take the translations in FILES into a memory: TMX, XLIFF, SDLXLIFF, CSV, TSV, XLSX.

    Every unit that is not taken is listed with its place and the reason. Terms (.tbx) go
    into the house's termbase, as `donju terms import` does.

    \b
    donju import old.tmx -m news.tm
    donju import vendor/*.tmx -m news.tm --status approved
    donju import glossary.tbx -m news.tm
    """
    if article is not None and not article.strip():
        raise InputError("--article is empty", remedy="name the article, or leave it out")
    languages = _languages(source_lang, target_lang)
    terms = [file for file in files if file.suffix.lower() in TERMBASES]
    for file in set(files) - set(terms):
        reader_for(file)  # to know before anything is stored
    done = _Done()
    for file in files:
        try:
            if file in terms:
                done.terms.append(_import_terms(file, lambda: done.memory(memory)))
            else:
                with _watched(file, is_shown=not as_json) as told:
                    waiting = FileImport(
                        file, languages, article=article, status=status, progress=told
                    )
                    done.reports.append(waiting.into(done.memory(memory)))
        except DonjuError as error:
            if len(files) == 1:
                raise
            done.failed.append((file, error))
    done.show(as_json=as_json)


@contextmanager
def _watched(file: Path, *, is_shown: bool) -> Iterator[Progress]:
    """A bar that shows how much of a file has been read, if that may take a while."""
    size = file.stat().st_size if file.is_file() else 0
    if size < _LARGE or not is_shown:
        yield unwatched
        return
    with progress(file.name) as advance:
        yield lambda read: advance(read, size)


def _languages(source: str, target: str) -> Languages:
    languages = Languages(source, target)
    for option, code, side in (
        ("--source-lang", source, "source"),
        ("--target-lang", target, "target"),
    ):
        fit = languages.side(code) if code.strip() else None
        if fit is None or fit[0] != side:
            raise InputError(
                f"cannot be told from the other language: {code!r}",
                place=option,
                remedy="give two different codes, such as ko and en, or en-US and en-GB",
            )
    return languages


def _import_terms(file: Path, memory: Callable[[], Memory]) -> TermImport:
    from tm.exchange.term_import import take_terms
    from tm.exchange.terms import read_terms

    items = list(read_terms(file))  # before a memory is made for it
    return take_terms(file, items, memory())


class _Done:
    """What became of the files of one run."""

    def __init__(self) -> None:
        self.reports: list[Report] = []
        self.terms: list[TermImport] = []
        self.failed: list[tuple[Path, DonjuError]] = []
        self._memory: Memory | None = None

    def memory(self, path: Path | None) -> Memory:
        """The memory, opened (and made) when the first file turns out to be readable."""
        from tm.memory import Memory

        if self._memory is None:
            self._memory = Memory.open(path or chosen_memory(path), create=path is not None)
        return self._memory

    def show(self, *, as_json: bool) -> None:
        if self._memory is not None:
            self._memory.close()
        if as_json:
            echo_json(
                {
                    "files": [_report_json(report) for report in self.reports],
                    "termbases": [import_json(report) for report in self.terms],
                    "failed": [{"file": str(f), "reason": str(e)} for f, e in self.failed],
                }
            )
        else:
            for report in self.reports:
                _show_report(report)
            for terms in self.terms:
                show_import(terms)
        for _, error in self.failed:
            click.echo(f"donju: {error}", err=True)
        if self.failed:
            raise SystemExit(self.failed[0][1].exit_code)


def _show_report(report: Report) -> None:
    replaced = f" ({report.replaced} of them in place of an older state)" if report.replaced else ""
    click.echo(
        f"{report.file}: {_units(report.read)} read = {report.stored} stored{replaced}"
        f" + {report.already} already there + {len(report.refused)} refused"
    )
    for noted in report.noted.values():
        times = f" ({noted.count} times, first there)" if noted.count > 1 else ""
        click.echo(f"note: {noted.place}: {noted.text}{times}", err=True)
    _show_refused(report.refused)


def _show_refused(refused: list[Refused]) -> None:
    """Every place, together with those that have the same reason."""
    places: dict[str, list[str]] = {}
    for item in refused:
        places.setdefault(item.reason, []).append(item.place)
    for reason, found in places.items():
        click.echo(f"{_units(len(found))} refused: {reason}", err=True)
        for place in found:
            click.echo(f"  {place}", err=True)


def _report_json(report: Report) -> dict[str, Any]:
    about = report.about
    return {
        "file": report.file,
        "read": report.read,
        "stored": report.stored,
        "replaced": report.replaced,
        "already": report.already,
        "refused": [_place_json(item) for item in report.refused],
        "notes": [
            {"place": noted.place, "text": noted.text, "count": noted.count}
            for noted in report.noted.values()
        ],
        "origin": about.origin,
        "header": [list(pair) for pair in about.kept],
    }


def _place_json(item: Refused) -> dict[str, str]:
    return {"place": item.place, "reason": item.reason}


@click.command("export")
@memory_option
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="The file to write."
)
@click.option(
    "--format",
    "wanted",
    type=click.Choice(get_args(Format)),
    help="Default: as the file's ending says.",
)
@click.option(
    "--level",
    type=click.IntRange(1, 2),
    default=2,
    show_default=True,
    help="Of TMX: 2 with inline codes, 1 plain text.",
)
@click.option("--article", "articles", multiple=True, help="Only this article; may be repeated.")
@click.option(
    "--status",
    "statuses",
    type=click.Choice(get_args(Status)),
    multiple=True,
    help="Only units of this status; may be repeated.",
)
@_source_lang
@_target_lang
@json_option
def export_command(
    memory: Path | None,
    output: Path,
    wanted: Format | None,
    level: int,
    articles: tuple[str, ...],
    statuses: tuple[Status, ...],
    source_lang: str,
    target_lang: str,
    as_json: bool,
) -> None:
    """Write a memory, or some of its articles, to a file: TMX, CSV, TSV or XLSX.

    Importing the file again gives the same units (TMX of level 1 leaves inline codes out).

    \b
    donju export -m news.tm -o news.tmx
    donju export -m news.tm -o approved.xlsx --status approved
    """
    from tm.memory import Memory

    languages = _languages(source_lang, target_lang)
    writer_for(output, wanted)  # to know before anything is read
    if output.is_dir():
        raise OutputError("this is a folder", place=output, remedy="name a file in it")
    path = chosen_memory(memory)
    if output.exists() and output.samefile(path):
        raise OutputError("this is the memory itself", place=output, remedy="name another file")
    with Memory.open(path) as opened:
        for article in articles:
            if opened.article(article) is None:
                raise InputError(
                    "no article of this name",
                    place=article,
                    remedy="see donju memory articles for their names",
                )
        units = _chosen(opened, articles, statuses)
        write = writer_for(output, wanted, level=level, kept=_headers(opened, articles))
        written = write(units, output, languages)
    if as_json:
        echo_json(
            {
                "file": str(output),
                "units": written.units,
                "refused": [_place_json(item) for item in written.refused],
            }
        )
        return
    click.echo(f"{output}: {_units(written.units)} written")
    _show_refused(written.refused)


def _headers(memory: Memory, articles: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """What the headers of the files say that articles come from."""
    for record in memory.articles():
        if not articles or record.id in articles:
            yield from record.kept


def _chosen(
    memory: Memory, articles: tuple[str, ...], statuses: tuple[Status, ...]
) -> Iterator[TranslationUnit]:
    """Units in the order in which the memory has them."""
    for article in articles or (None,):
        for unit in memory.units(article=article):
            if not statuses or unit.status in statuses:
                yield unit


def _units(count: int) -> str:
    from tm.display import many

    return many(count, "unit")
