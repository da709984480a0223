"""Small charts as inline SVG: bars over time, a heat map, a histogram, intervals.

Sizes are in CSS pixels and never shrink, so that their letters stay legible on a phone; colours are
variables of the style sheet, which has others for dark screens and for paper. Each chart has a
title and a description, and stands beside the same figures in words or in a table.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tm.quality.report.markup import attribute

#: Width of a chart that fits the narrowest phone.
WIDTH = 320
#: Classes of the style sheet for series: c1 …, and c0 for all that have none of their own.
SERIES = 5


@dataclass(frozen=True, slots=True)
class Bar:
    """What stands above one place of the axis: amounts of the series, from the ground up."""

    label: str
    amounts: tuple[int, ...]


def stacked_bars(title: str, series: Sequence[str], bars: Sequence[Bar]) -> str:
    """Counts over time. Series beyond :data:`SERIES` share the last, neutral colour."""
    height, ground, left = 150, 122, 30
    most = max((sum(bar.amounts) for bar in bars), default=0) or 1
    step = (WIDTH - left - 4) / max(len(bars), 1)
    thick = min(step * 0.72, 34)
    parts = list(_grid(most, left, 10, ground))
    widest = max((len(bar.label) for bar in bars), default=0) * 7 + 12
    every = max(1, -(-len(bars) * widest // (WIDTH - left)))
    for number, bar in enumerate(bars):
        x, y = left + step * number + (step - thick) / 2, float(ground)
        for index, amount in enumerate(bar.amounts):
            tall = (ground - 10) * amount / most
            y -= tall
            if amount:
                parts.append(
                    f'<rect class="{series_class(index, len(series))}" x="{x:.1f}" y="{y:.1f}" '
                    f'width="{thick:.1f}" height="{tall:.1f}">'
                    f"<title>{attribute(bar.label)}: {attribute(series[index])}, {amount}</title>"
                    "</rect>"
                )
        if number % every == 0 and (number == 0 or number + every / 2 <= len(bars)):
            parts.append(_label(x + thick / 2, height - 12, bar.label, "middle"))
    described = f"{len(bars)} periods, at most {most} uses in one"
    return _svg(title, described, WIDTH, height, parts)


def series_class(index: int, series: int) -> str:
    """The class of a series: the neutral one for the last of too many."""
    return "c0" if series > SERIES and index == series - 1 else f"c{index + 1}"


def histogram(
    title: str, counts: Sequence[int], low: float, high: float, middle: float, most: int
) -> str:
    """How values spread from ``low`` to ``high``, with a line at their median; ``most`` is the
    count that reaches the top."""
    height, ground, left = 132, 104, 30
    wide = (WIDTH - left - 8) / len(counts)
    parts = list(_grid(most, left, 10, ground))
    for number, amount in enumerate(counts):
        tall = (ground - 10) * amount / most
        edges = (low + (high - low) * (number + side) / len(counts) for side in (0, 1))
        between = " to ".join(f"{edge:g}" for edge in edges)
        parts.append(
            f'<rect class="c1" x="{left + wide * number + 0.75:.1f}" y="{ground - tall:.1f}" '
            f'width="{wide - 1.5:.1f}" height="{tall:.1f}">'
            f"<title>{between}: {amount}</title></rect>"
        )
    for share in (0, 0.25, 0.5, 0.75, 1):
        x = left + (WIDTH - left - 8) * share
        anchor = "end" if share == 1 else "middle"
        parts.append(_label(x, height - 12, f"{low + (high - low) * share:g}", anchor))
    x = left + (WIDTH - left - 8) * (middle - low) / (high - low)
    parts.append(f'<line class="median" x1="{x:.1f}" x2="{x:.1f}" y1="4" y2="{ground}"/>')
    return _svg(title, f"{sum(counts):,} values, median {middle:.1f}", WIDTH, height, parts)


def intervals(title: str, rows: Sequence[tuple[str, float, float, float]]) -> str:
    """A dot with its interval for each (name, value, low, high), one below the other."""
    row, top = 40, 8
    height = top + row * len(rows) + 22
    low, high = min(r[2] for r in rows), max(r[3] for r in rows)
    margin = (high - low) * 0.08 or 0.5
    low, high = low - margin, high + margin

    def at(value: float) -> float:
        return 8 + (WIDTH - 16) * (value - low) / (high - low)

    parts = [f'<line class="axis" x1="8" x2="{WIDTH - 8}" y1="{height - 20}" y2="{height - 20}"/>']
    for share in (0.1, 0.5, 0.9):
        value = low + (high - low) * share
        parts.append(_label(at(value), height - 5, f"{value:.1f}", "middle"))
    for number, (name, value, start, end) in enumerate(rows):
        y = top + row * number + 28
        parts += [
            f'<text class="name" x="8" y="{y - 12}">{attribute(_short(name, 40))}</text>',
            f'<line class="whisker" x1="{at(start):.1f}" x2="{at(end):.1f}" y1="{y}" y2="{y}"/>',
            f'<circle class="c1" cx="{at(value):.1f}" cy="{y}" r="5"><title>{attribute(name)}: '
            f"{value:.1f}, {start:.1f} to {end:.1f}</title></circle>",
        ]
    described = "; ".join(f"{name} {value:.1f}" for name, value, _, _ in rows)
    return _svg(title, described, WIDTH, height, parts)


@dataclass(frozen=True, slots=True)
class Cell:
    """A square of the heat map: a share in [0, 1] of ``n`` cases. ``high`` is the greatest share
    that so few cases leave likely, and gives the colour: one case out of one is no news."""

    share: float
    n: int
    high: float
    told: str


def heat_map(
    title: str, rows: Sequence[str], columns: Sequence[str], cells: Sequence[Sequence[Cell | None]]
) -> str:
    """Shares as squares, darker where they are surely small: what differs is what is looked for."""
    left = min(150, 14 * max(map(len, rows), default=0) + 14)
    top, wide, tall = 26, 92, 34
    parts = [
        f'<text class="name" x="{left + wide * number + wide / 2}" y="16" text-anchor="middle">'
        f"<title>{attribute(name)}</title>{attribute(_short(name, 13))}</text>"
        for number, name in enumerate(columns)
    ]
    for y, (name, row) in enumerate(zip(rows, cells, strict=True)):
        base = top + tall * y
        parts.append(
            f'<text class="name" lang="ko" x="{left - 10}" y="{base + 21}" text-anchor="end">'
            f"<title>{attribute(name)}</title>{attribute(_short(name, 10))}</text>"
        )
        for x, cell in enumerate(row):
            parts += _square(cell, left + wide * x, base, wide - 3, tall - 3)
    described = f"{len(rows)} terms by {len(columns)} translators"
    return _svg(title, described, left + wide * len(columns), top + tall * len(rows) + 4, parts)


#: Steps of the heat map: from that share on, the class.
_HEAT = ((0.995, "h0"), (0.9, "h1"), (0.7, "h2"), (0.5, "h3"), (0.0, "h4"))


def _square(cell: Cell | None, x: int, y: int, wide: int, tall: int) -> list[str]:
    if cell is None:
        return [f'<rect class="none" x="{x}" y="{y}" width="{wide}" height="{tall}" rx="3"/>']
    step = next(name for least, name in _HEAT if cell.high >= least)
    return [
        f'<g class="{step}"><rect x="{x}" y="{y}" width="{wide}" height="{tall}" rx="3">'
        f"<title>{attribute(cell.told)}</title></rect>"
        f'<text x="{x + wide / 2}" y="{y + 20}" text-anchor="middle">{cell.share:.0%} '
        f'<tspan class="n">of {cell.n}</tspan></text></g>'
    ]


def _grid(most: int, left: int, top: int, ground: int) -> Iterator[str]:
    for amount in sorted({0, most // 2, most}):
        y = ground - (ground - top) * amount / most
        name = "axis" if amount == 0 else "grid"
        yield f'<line class="{name}" x1="{left}" x2="{WIDTH - 2}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield _label(left - 5, y + 4, f"{amount:,}", "end")


def _label(x: float, y: float, label: str, anchor: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{attribute(label)}</text>'


def _short(name: str, most: int) -> str:
    return name if len(name) <= most else f"{name[: most - 1]}…"


def _svg(title: str, described: str, width: int, height: int, parts: Sequence[str]) -> str:
    return (
        f'<svg role="img" aria-label="{attribute(title)}: {attribute(described)}" '
        f'width="{width}" height="{height}" viewBox="0 0 {width} {height}">'
        f"<title>{attribute(title)}</title><desc>{attribute(described)}</desc>"
        f"{''.join(parts)}</svg>"
    )
