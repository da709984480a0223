"""``donju check``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from heapq import nsmallest
from pathlib import Path
from typing import TYPE_CHECKING

import click

from align.errors import InputError
from tm.commands.options import (
    chosen_memory,
    chosen_termbase,
    echo_json,
    encoder_options,
    json_option,
    memory_option,
    termbase_option,
    who_option,
)

if TYPE_CHECKING:
    from align.batch import Found, LeftOut
    from align.split import Splitter
    from tm.memory import Memory
    from tm.quality.checks import Checker
    from tm.quality.findings import Finding, Severity
    from tm.store import Decision


@click.command("check")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@memory_option
@click.option("--article", help="With a memory: only the units of this article.")
@click.option("--only", multiple=True, metavar="ID", help="Only this check; may be repeated.")
@click.option("--also", multiple=True, metavar="ID", help="This check too, if it is off.")
@click.option("--without", multiple=True, metavar="ID", help="Not this check; may be repeated.")
@click.option("--list-checks", is_flag=True, help="List the checks, and which of them are on.")
@click.option("--waive", metavar="KEY", help="Let a finding stand from now on (with -m, --reason).")
@click.option("--unwaive", metavar="KEY", help="Take a waiver back.")
@click.option("--reason", default="", help="Why it may stand.")
@click.option("--all", "show_waived", is_flag=True, help="Show waived findings too, marked.")
@click.option(
    "--fail-on",
    type=click.Choice(["error", "warning", "info"]),
    help="Exit code 1 if there is such a finding, or a worse one.",
)
@click.option("--limit", default=100, show_default=True, type=click.IntRange(1), help="Findings.")
@click.option("--report", type=click.Path(path_type=Path), help="Write a report to this HTML file.")
@termbase_option
@who_option
@encoder_options
@json_option
def check_command(
    paths: tuple[Path, ...],
    memory: Path | None,
    article: str | None,
    only: tuple[str, ...],
    also: tuple[str, ...],
    without: tuple[str, ...],
    list_checks: bool,
    waive: str | None,
    unwaive: str | None,
    reason: str,
    show_waived: bool,
    fail_on: Severity | None,
    limit: int,
    report: Path | None,
    termbase: str | None,
    who: str | None,
    encoder: str,
    device: str | None,
    splitter: Splitter,
    as_json: bool,
) -> None:
    """What is lost, changed, added or damaged in a translation, sentence by sentence?

    PATHS are two files, Korean first, or a folder of pairs (as for donju align); without PATHS the
    units of a memory are checked. With -m, the terms and the waivers of that memory count.

    \b
    donju check article.ko.txt article.en.txt
    donju check articles/ -m news.tm --fail-on error
    donju check -m news.tm --only number --only date
    donju check articles/ --report check.html
    donju check -m news.tm --waive number-5d1c0a9be377 --reason "converted to metric on purpose"
    """
    from tm.commands.checkview import show_checks
    from tm.memory import Memory
    from tm.quality.checks import Checker, chosen
    from tm.quality.report.data import MOST

    ids = chosen(only, without, also)
    if list_checks:
        show_checks(as_json)
        return
    with ExitStack() as stack:
        opened = None
        if memory is not None or not paths or waive or unwaive:
            opened = stack.enter_context(Memory.open(chosen_memory(memory), who=who))
        if waive or unwaive:
            _decide(_needed(opened), waive, unwaive, reason)
            return
        wanted = chosen_termbase(termbase, *([opened] if opened else []))
        checker = Checker(ids, wanted)
        done = _Done()
        if paths:
            found = _in_files(paths, checker, done, encoder, device, splitter)
        else:
            found = _in_memory(_needed(opened), article, checker, done)
        waived = _waivers(opened)
        most = limit if report is None else max(limit, MOST)
        worst = _worst(done.counted(found, waived), waived, most, show_waived=show_waived)
        if report is not None:
            standing = [finding for finding in worst if finding.key not in waived]
            _write(report, standing, done, paths or (chosen_memory(memory),))
        _print(worst[:limit], waived, done, as_json)
    if fail_on and done.reaches(fail_on):
        sys.exit(1)


@dataclass
class _Done:
    """What was looked at and what was found, counted as it goes by."""

    units: int = 0
    articles: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    by_check: Counter[str] = field(default_factory=Counter)
    by_severity: Counter[Severity] = field(default_factory=Counter)
    waived: int = 0

    def counted(
        self, findings: Iterable[Finding], waived: Mapping[str, Decision]
    ) -> Iterator[Finding]:
        for finding in findings:
            if finding.key in waived:
                self.waived += 1
            else:
                self.by_check[finding.check] += 1
                self.by_severity[finding.severity] += 1
            yield finding

    def lines(self, shown: int) -> Iterator[str]:
        """What was found, in a line or two."""
        from tm.display import many

        total = sum(self.by_check.values())
        nouns: dict[Severity, str] = {"error": "error", "warning": "warning", "info": "remark"}
        parts = [
            many(self.by_severity[name], noun)
            for name, noun in nouns.items()
            if self.by_severity[name]
        ]
        said = f": {', '.join(parts)}" if parts else ""
        waived = f"; {self.waived} waived" if self.waived else ""
        yield f"{many(total, 'finding')} in {many(self.units, 'unit')}{said}{waived}"
        if shown < total:
            yield f"the worst {shown} are shown; --limit {total} shows all"

    def reaches(self, severity: Severity) -> bool:
        from tm.quality.findings import SEVERITIES

        worse = SEVERITIES[: SEVERITIES.index(severity) + 1]
        return any(self.by_severity[each] for each in worse)


def _needed(memory: Memory | None) -> Memory:
    assert memory is not None  # opened where there are no paths, or something is decided
    return memory


def _decide(memory: Memory, waive: str | None, unwaive: str | None, reason: str) -> None:
    from tm.quality import waivers

    if waive:
        waivers.waive(memory, waive, reason)
        click.echo(f"waived: {waive}")
    if unwaive:
        waivers.unwaive(memory, unwaive)
        click.echo(f"no longer waived: {unwaive}")


def _waivers(memory: Memory | None) -> dict[str, Decision]:
    from tm.quality.waivers import waivers

    return waivers(memory) if memory is not None else {}


def _in_memory(
    memory: Memory, article: str | None, checker: Checker, done: _Done
) -> Iterator[Finding]:
    from tm.quality.checks import check_memory

    done.units = len(list(memory.units(article=article))) if article else memory.unit_count()
    return check_memory(memory, checker, article=article)


def _in_files(
    paths: tuple[Path, ...],
    checker: Checker,
    done: _Done,
    encoder: str,
    device: str | None,
    splitter: Splitter,
) -> Iterator[Finding]:
    from align.aligner import Aligner
    from align.batch import LeftOut, align_pairs
    from align.encoder import load_encoder
    from tm.quality.checks import check_pair

    found = _pairs(paths)
    done.left_out += found.left_out
    aligner = Aligner(load_encoder(encoder, device=device))
    for result in align_pairs(found.pairs, aligner, splitter=splitter):
        if isinstance(result, LeftOut):
            if len(paths) == 2 and result.error is not None:
                raise result.error
            done.left_out.append(result)
            continue
        done.articles += 1
        done.units += sum(not bead.is_null for bead in result.alignment)
        yield from check_pair(result.alignment, checker, article=result.name)


def _pairs(paths: tuple[Path, ...]) -> Found:
    from align.batch import Found, PairFiles, article_name, find_pairs

    if len(paths) == 2:
        return Found((PairFiles(article_name(paths[0]), *paths),), ())
    if len(paths) == 1 and (paths[0].is_dir() or not paths[0].exists()):
        return find_pairs(paths[0])
    raise InputError(
        f"{len(paths)} paths" if len(paths) > 2 else f"{paths[0]} is one file only",
        remedy="give the Korean and the English file, or one folder",
    )


def _worst(
    findings: Iterator[Finding], waived: Mapping[str, Decision], limit: int, *, show_waived: bool
) -> list[Finding]:
    """The worst findings, in the order of the texts where they are equally bad."""
    from tm.quality.findings import SEVERITIES
    from tm.quality.waivers import without_waived

    numbered = enumerate(findings if show_waived else without_waived(findings, waived))
    kept = nsmallest(limit, numbered, key=lambda nf: (SEVERITIES.index(nf[1].severity), nf[0]))
    return [finding for _, finding in kept]


def _write(path: Path, findings: list[Finding], done: _Done, looked_at: Iterable[Path]) -> None:
    from tm.quality.checks import CHECKS
    from tm.quality.report import findings_report, write_report

    data = findings_report(
        findings,
        subject=", ".join(map(str, looked_at)),
        units=done.units,
        checks=CHECKS,
        severities=done.by_severity,
        kinds=done.by_check,
        waived=done.waived,
        notes=[f"left out: {each.place}: {each.reason}" for each in done.left_out],
    )
    write_report(data, path)


def _print(
    shown: list[Finding], waived: Mapping[str, Decision], done: _Done, as_json: bool
) -> None:
    from tm.commands.checkview import show_findings
    from tm.jsonform import checked_json

    if as_json:
        found = [checked_json(finding, waived.get(finding.key)) for finding in shown]
        total = sum(done.by_check.values())
        out = {
            "units": done.units,
            "total": total,
            "waived": done.waived,
            "counts": dict(done.by_check.most_common()),
            "findings": found,
            "left_out": [{"place": each.place, "reason": each.reason} for each in done.left_out],
        }
        echo_json(out)
        return
    show_findings(shown, waived)
    for line in done.lines(len(shown)):
        click.echo(line)
    for each in done.left_out:
        click.echo(f"left out: {each.place}: {each.reason}", err=True)
