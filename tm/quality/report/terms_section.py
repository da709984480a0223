"""The part of the page about terms: how they were put over time, and by whom."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from math import sqrt

from tm.display import many
from tm.quality.report.charts import SERIES, Bar, Cell, heat_map, series_class, stacked_bars
from tm.quality.report.data import ReportData, TermUses
from tm.quality.report.markup import scrollable, text

#: Terms that are drawn over time, those of them that are seen at once, terms in the heat map, and
#: terms listed.
_DRAWN, _OPEN, _HEATED, _LISTED = 24, 6, 30, 300
#: Translators in the heat map, those with most uses.
_PEOPLE = 12
#: Bars that fit a chart; longer stretches of time are drawn by year.
_BARS = 24
_UNKNOWN = "unknown"


def terms_section(data: ReportData) -> Iterator[str]:
    """Charts and a table of the terms; nothing if there are none."""
    if not has_terms(data):
        return
    terms = [term for term in data.terms if term.uses]
    yield '<section id="terms"><h2>Terms</h2>\n'
    dated = [term for term in terms if any(use.period for use in term.uses)][:_DRAWN]
    if dated:
        yield (
            f"<p>How {_of(len(dated), len(terms), 'term')} {'was' if len(dated) == 1 else 'were'} "
            "put over time, those most worth a look first.</p>\n"
        )
        yield _charts(dated[:_OPEN])
        if more := dated[_OPEN:]:
            named = ", ".join(term.term for term in more)
            yield f"<details><summary>{many(len(more), 'more term')}: {text(named)}</summary>\n"
            yield f"{_charts(more)}</details>\n"
    yield from _by_translator(terms)
    yield _table(terms)
    yield "</section>\n"


def has_terms(data: ReportData) -> bool:
    """Whether there is anything to draw."""
    return any(term.uses for term in data.terms)


def _charts(terms: Sequence[TermUses]) -> str:
    return f'<div class="charts">\n{"".join(map(_over_time, terms))}</div>\n'


def _of(shown: int, whole: int, noun: str) -> str:
    return many(whole, noun) if shown == whole else f"{shown} of {many(whole, noun)}"


def _over_time(term: TermUses) -> str:
    ranked = sorted(term.renderings.items(), key=lambda item: (-item[1], item[0]))
    names = [name for name, _ in ranked]
    counts = [count for _, count in ranked]
    if len(names) > SERIES + 1:
        rest = len(names) - SERIES
        names = [*names[:SERIES], f"{rest} others"]
        counts = [*counts[:SERIES], sum(counts[SERIES:])]
    bars = _bars(term, names)
    series = [
        f'<li><span class="swatch {series_class(index, len(names))}"></span>{text(name)}'
        f'{_preferred(term, name)}<span class="num">{count:,}</span></li>'
        for index, (name, count) in enumerate(zip(names, counts, strict=True))
    ]
    undated = sum(use.count for use in term.uses if not use.period)
    without = f", {undated:,} without date" if undated else ""
    return (
        f'<figure><h3 lang="ko">{text(term.term)}</h3>'
        f"<figcaption>{many(sum(counts), 'use')} by {_unit_of(bars)}{without}</figcaption>"
        f"{stacked_bars(f'{term.term} over time', names, bars)}"
        f'<ul class="key">{"".join(series)}</ul></figure>\n'
    )


def _unit_of(bars: Sequence[Bar]) -> str:
    return "month" if len(bars[0].label) > 4 else "year"


def _preferred(term: TermUses, rendering: str) -> str:
    return ' <span class="dim">preferred</span>' if rendering == term.preferred else ""


def _bars(term: TermUses, names: Sequence[str]) -> list[Bar]:
    """A bar for each month or, if these are too many, year; also for those without a use."""
    periods = {use.period for use in term.uses if use.period}
    by_month = all(len(period) >= 7 for period in periods)
    months = _months(periods) if by_month else []
    labels = months if 0 < len(months) <= _BARS else _years(periods)
    digits = len(labels[0])
    places = {name: place for place, name in enumerate(names)}
    amounts: dict[str, list[int]] = {label: [0] * len(names) for label in labels}
    for use in term.uses:
        if use.period:
            amounts[use.period[:digits]][places.get(use.rendering, len(names) - 1)] += use.count
    return [Bar(label, tuple(counts)) for label, counts in amounts.items()]


def _months(periods: set[str]) -> list[str]:
    first, last = (int(p[:4]) * 12 + int(p[5:7]) - 1 for p in (min(periods), max(periods)))
    return [f"{month // 12:04d}-{month % 12 + 1:02d}" for month in range(first, last + 1)]


def _years(periods: set[str]) -> list[str]:
    first, last = int(min(periods)[:4]), int(max(periods)[:4])
    return [f"{year:04d}" for year in range(first, last + 1)]


def _by_translator(terms: Sequence[TermUses]) -> Iterator[str]:
    people: Counter[str] = Counter()
    for term in terms:
        for use in term.uses:
            if use.translator:
                people[use.translator] += use.count
    columns = [name for name, _ in people.most_common(_PEOPLE)]
    if len(columns) < 2:
        return
    rows = terms[:_HEATED]
    cells = [[_cell(term, name) for name in columns] for term in rows]
    title = "How often each translator chose the usual rendering"
    drawn = heat_map(title, [term.term for term in rows], columns, cells)
    yield (
        f'<figure class="apart"><h3>{title}</h3><figcaption>The share of the most '
        "frequent rendering of a term among a translator’s own uses of it. The darker a square, "
        "the surer it is that the translator prefers another; few uses stay pale. "
        f"{_of(len(rows), len(terms), 'term')}, {_of(len(columns), len(people), 'translator')}."
        f"</figcaption>{scrollable(title, drawn)}</figure>\n"
    )


def _cell(term: TermUses, translator: str) -> Cell | None:
    counts: Counter[str] = Counter()
    for use in term.uses:
        if use.translator == translator:
            counts[use.rendering] += use.count
    n = counts.total()
    if not n:
        return None
    usual = counts[term.dominant]
    low, high = wilson(usual, n)
    ways = ", ".join(f"{name} {count}" for name, count in counts.most_common(4))
    told = f"{term.term}, {translator}: {usual} of {n} ({low:.0%} to {high:.0%}): {ways}"
    return Cell(usual / n, n, high, told)


def wilson(hits: int, n: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson, "Probable inference", JASA 22, 1927)."""
    share, square = hits / n, z * z
    middle = (share + square / (2 * n)) / (1 + square / n)
    half = z / (1 + square / n) * sqrt(share * (1 - share) / n + square / (4 * n * n))
    return max(0.0, middle - half), min(1.0, middle + half)


def _table(terms: Sequence[TermUses]) -> str:
    shown = terms[:_LISTED]
    rows = "".join(_row(term) for term in shown)
    left = f" {len(terms) - len(shown):,} more terms are left out." if terms[_LISTED:] else ""
    table = scrollable(
        "Terms and their renderings",
        f"<table><caption>Renderings of {_of(len(shown), len(terms), 'term')}, with numbers of "
        f"uses, their translators and dates.{left}</caption><thead><tr>"
        '<th scope="col">Term</th><th scope="col">Rendering</th><th scope="col" class="num">Uses'
        '</th><th scope="col">Translators</th><th scope="col">Dates</th></tr></thead><tbody>'
        f"{rows}</tbody></table>",
    )
    return f"<details><summary>The same as a table</summary>{table}</details>\n"


def _row(term: TermUses) -> str:
    people: defaultdict[str, Counter[str]] = defaultdict(Counter)
    dates: defaultdict[str, set[str]] = defaultdict(set)
    for use in term.uses:
        people[use.rendering][use.translator or _UNKNOWN] += use.count
        if use.period:
            dates[use.rendering].add(use.period)
    ranked = sorted(term.renderings.items(), key=lambda item: (-item[1], item[0]))
    out = []
    for number, (name, count) in enumerate(ranked):
        head = (
            f'<th scope="rowgroup" rowspan="{len(ranked)}" lang="ko">{text(term.term)}</th>'
            if number == 0
            else ""
        )
        who = ", ".join(f"{person} {uses}" for person, uses in people[name].most_common())
        when = sorted(dates[name])
        period = " to ".join(dict.fromkeys((when[0], when[-1]))) if when else ""
        out.append(
            f'<tr>{head}<td>{text(name)}{_preferred(term, name)}</td><td class="num">{count:,}</td>'
            f"<td>{text(who)}</td><td>{text(period)}</td></tr>"
        )
    return "".join(out)
