"""Scores for people, in the terminal."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from tm.display import TABLE_WIDTH, console
from tm.quality.report.page import score_signatures
from tm.quality.scores import Evaluation, SystemScores

#: Articles listed, those with the lowest scores.
_ARTICLES = 20
#: A column of another kind than figures is cut to this.
_NAME = 40


def show_evaluation(found: Evaluation, worst: int | None = None) -> None:
    """Scores; where there is more than one system, beside each other and compared."""
    out = console(TABLE_WIDTH)
    if len(found.systems) == 1:
        _show_scores(console(), found.systems[0])
    else:
        out.print(_systems(found))
        for signature in score_signatures(found):
            out.print(Text(signature, style="dim"), soft_wrap=True)
    _show_adequacy(out, found)
    if found.systems[0].articles:
        out.print()
        out.print(_articles(found))
    for number, system in enumerate(found.systems):
        for row in found.worst(system)[: worst or 0]:
            _show_segment(out, found, number, row)
    for note in found.segments.notes:
        out.print(Text(f"note: {note}"), soft_wrap=True)


def _show_scores(out: Console, system: SystemScores) -> None:
    for score in system.scores:
        around = system.intervals.get(score.name)
        sure = f" (95 %: {around.low:.1f} to {around.high:.1f})" if around else ""
        out.print(Text(f"{score}{sure}"), soft_wrap=True)


def _systems(found: Evaluation) -> Table:
    table = Table(
        title="p: how likely chance alone makes so large a difference from the first system",
        title_justify="left",
        header_style="bold",
    )
    table.add_column("system", max_width=_NAME, overflow="fold")
    for score in found.systems[0].scores:
        table.add_column(score.name, justify="right")
    for system in found.systems:
        table.add_row(
            Text(system.name), *(_score_cell(system, n) for n in range(len(system.scores)))
        )
    return table


def _score_cell(system: SystemScores, number: int) -> Text:
    score = system.scores[number]
    cell = Text(f"{score.value:.1f}")
    if around := system.intervals.get(score.name):
        cell.append(f"\n{around.low:.1f} to {around.high:.1f}", style="dim")
    if compared := system.comparisons.get(score.name):
        style = "bold" if compared.is_significant else "dim"
        cell.append(f"\n{compared.difference:+.1f}, p = {compared.p:.3f}", style=style)
    return cell


def _show_adequacy(out: Console, found: Evaluation) -> None:
    near = found.systems[0].adequacy
    if near is None:
        return
    table = Table(
        title="nearness in meaning, not a score of quality",
        title_justify="left",
        header_style="bold",
    )
    table.add_column("mean cosine", max_width=_NAME, overflow="fold")
    table.add_column("with the source", justify="right")
    table.add_column("with the reference", justify="right")
    for system in found.systems:
        if (own := system.adequacy) is not None:
            source = "not known" if own.mean_to_source is None else f"{own.mean_to_source:.3f}"
            table.add_row(Text(system.name), source, f"{own.mean_to_reference:.3f}")
    levels = near.levels
    table.add_row("usual: translations", f"{levels.translations:.3f}", "", style="dim")
    table.add_row(
        "usual: unrelated", f"{levels.unrelated:.3f}", f"{levels.unrelated_within:.3f}", style="dim"
    )
    out.print(table)
    out.print(Text(near.signature, style="dim"), soft_wrap=True)


def _articles(found: Evaluation) -> Table:
    first = found.systems[0].articles
    order = sorted(range(len(first)), key=lambda n: first[n].values.get("chrF++", 0.0))
    left = len(order) - _ARTICLES
    table = Table(
        title="articles, lowest first" + (f"; {left} more with --json" if left > 0 else ""),
        title_justify="left",
        header_style="bold",
    )
    table.add_column("article", max_width=_NAME, overflow="fold")
    table.add_column("segments", justify="right")
    several = len(found.systems) > 1
    for system in found.systems:
        for score in system.scores:
            table.add_column(
                f"{score.name}\n{system.name}" if several else score.name, justify="right"
            )
    for n in order[:_ARTICLES]:
        values = (
            f"{v:.1f}" for system in found.systems for v in system.articles[n].values.values()
        )
        table.add_row(Text(first[n].article), f"{first[n].segments:,}", *values)
    return table


def _show_segment(out: Console, found: Evaluation, number: int, row: int) -> None:
    segments, system = found.segments, found.systems[number]
    values = ", ".join(f"{name} {values[row]:.1f}" for name, values in system.segments.items())
    where = f" · {segments.articles[row]}" if segments.articles else ""
    named = f"{system.name}, " if len(found.systems) > 1 else ""
    out.print()
    out.print(
        Text(f"{named}segment {segments.numbers[row]}", style="bold")
        + Text(f"   {values}{where}", style="dim"),
        soft_wrap=True,
    )
    lines = [("source", segments.sources[row])] if segments.sources else []
    lines.append(("translation", segments.systems[number].texts[row]))
    lines += [("reference", reference) for reference in segments.references[row]]
    for label, text in lines:
        out.print(Text(f"  {label:<12}", style="dim") + Text(text), soft_wrap=True)
