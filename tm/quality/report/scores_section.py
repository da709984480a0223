"""The part of the page about scores: tables, intervals, distributions, and the worst segments."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from tm.display import many
from tm.quality.report.charts import histogram, intervals
from tm.quality.report.markup import marked, scrollable, text
from tm.quality.scores import METRICS, Evaluation, SystemScores
from tm.quality.scores.adequacy import Adequacy
from tm.quality.scores.metrics import MetricName
from tm.quality.scores.significance import Comparison, Interval

#: Articles in the table and segments in the list of a system.
_ARTICLES, _WORST = 500, 50
_BINS = 20


def scores_section(found: Evaluation) -> Iterator[str]:
    """Everything of an evaluation, system by system where it is long."""
    yield '<section id="scores"><h2>Scores</h2>\n'
    yield "<p>BLEU and chrF++ rise to 100; TER, the share of words to edit, falls to 0."
    if len(found.systems) > 1:
        yield (
            " Below the scores of a further system stands how they differ from those of the first, "
            "and the probability that chance alone makes so large a difference: bold below .05."
        )
    yield "</p>\n"
    yield _systems_table(found)
    yield from _interval_charts(found)
    yield from _distributions(found)
    yield from _adequacy(found)
    yield from _articles(found)
    for system in found.systems:
        yield from _worst(found, system)
    yield "</section>\n"


def scored(found: Evaluation) -> str:
    """What was scored, in a sentence."""
    segments = found.segments
    count = segments.reference_count
    references = "one or more references" if count is None else many(count, "reference")
    return (
        f"{many(len(found.systems), 'system')} on {len(segments):,} "
        f"{'segment' if len(segments) == 1 else 'segments'} with {references} each."
    )


def _systems_table(found: Evaluation) -> str:
    heads = "".join(f'<th scope="col" class="num">{name}</th>' for name in _metrics(found))
    rows = "".join(
        f'<tr><th scope="row">{text(system.name)}</th>'
        + "".join(_score_cell(system, name) for name in _metrics(found))
        + "</tr>"
        for system in found.systems
    )
    return scrollable(
        "Scores of the systems",
        "<table><caption>Scores with 95 % confidence intervals</caption>"
        f'<thead><tr><th scope="col">System</th>{heads}</tr></thead><tbody>{rows}</tbody></table>',
    )


def _metrics(found: Evaluation) -> list[MetricName]:
    return [name for name in METRICS if name in found.systems[0].segments]


def _score_cell(system: SystemScores, name: MetricName) -> str:
    value = next(score.value for score in system.scores if score.name == name)
    lines = [_interval_words(system.intervals.get(name)), _compared(system.comparisons.get(name))]
    return f'<td class="num">{value:.1f}{"".join(f"<small>{x}</small>" for x in lines if x)}</td>'


def _interval_words(interval: Interval | None) -> str:
    return f"{interval.low:.1f} to {interval.high:.1f}" if interval else ""


def _compared(comparison: Comparison | None) -> str:
    if comparison is None:
        return ""
    words = f"{comparison.difference:+.1f}, p = {comparison.p:.3f}".replace("-", "−", 1)
    return f"<b>{words}</b>" if comparison.is_significant else words


def _interval_charts(found: Evaluation) -> Iterator[str]:
    if len(found.systems) < 2 or not found.systems[0].intervals:
        return
    yield '<div class="charts">\n'
    for name in _metrics(found):
        rows = []
        for system in found.systems:
            value = next(score.value for score in system.scores if score.name == name)
            around = system.intervals[name]
            rows.append((system.name, value, around.low, around.high))
        better = "lower is better" if name == "TER" else "higher is better"
        yield (
            f"<figure><h3>{name}</h3><figcaption>95 % intervals, {better}</figcaption>"
            f"{intervals(f'{name} of the systems', rows)}</figure>\n"
        )
    yield "</div>\n"


def _distributions(found: Evaluation) -> Iterator[str]:
    rows = [row for row in range(len(found.segments)) if not found.segments.is_blank(row)]
    if not rows:
        return
    for name in _metrics(found):
        if name == "BLEU":  # says little of a single segment
            continue
        yield '<div class="charts">\n'
        spread = [_counts(system.segments[name][rows]) for system in found.systems]
        most = max(max(counts) for counts in spread)
        for system, counts in zip(found.systems, spread, strict=True):
            yield _distribution(system, name, system.segments[name][rows], counts, most)
        yield "</div>\n"


def _counts(values: NDArray[np.float64]) -> list[int]:
    return [int(count) for count in np.histogram(np.clip(values, 0, 100), _BINS, (0, 100))[0]]


def _distribution(
    system: SystemScores,
    name: MetricName,
    values: NDArray[np.float64],
    counts: list[int],
    most: int,
) -> str:
    middle = min(float(np.median(values)), 100.0)
    over = int((values > 100).sum())
    above = f", {over:,} above 100 drawn at 100" if over else ""
    title = f"{name} of the segments of {system.name}"
    return (
        f"<figure><h3>{name} of segments</h3><figcaption>{text(system.name)}, median {middle:.1f}"
        f"{above}</figcaption>{histogram(title, counts, 0, 100, middle, most)}</figure>\n"
    )


def _adequacy(found: Evaluation) -> Iterator[str]:
    near = [system.adequacy for system in found.systems if system.adequacy is not None]
    if not near:
        return
    levels = near[0].levels
    yield (
        '<h3 class="apart">Nearness in meaning (not a score of quality)</h3><p>Mean cosines of an '
        "encoder, which hears what a sentence is about and may be deaf to a negation, a number or "
        "who did what. Usual with it: "
        f"{levels.translations:.2f} between translations of each other, {levels.unrelated:.2f} "
        f"between unrelated sentences of the two languages, {levels.unrelated_within:.2f} between "
        "unrelated sentences of one.</p>\n"
    )
    rows = "".join(
        f'<tr><th scope="row">{text(system.name)}</th>{_adequacy_cells(system.adequacy)}</tr>'
        for system in found.systems
        if system.adequacy is not None
    )
    yield scrollable(
        "Mean cosines",
        "<table><caption>Mean cosines of the translations</caption><thead><tr>"
        '<th scope="col">System</th><th scope="col" class="num">with the source</th>'
        '<th scope="col" class="num">with the reference</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>",
    )


def _adequacy_cells(near: Adequacy) -> str:
    source = "not known" if near.mean_to_source is None else f"{near.mean_to_source:.3f}"
    return f'<td class="num">{source}</td><td class="num">{near.mean_to_reference:.3f}</td>'


def _articles(found: Evaluation) -> Iterator[str]:
    articles = found.systems[0].articles
    if len(articles) < 2:
        return
    order = sorted(range(len(articles)), key=lambda n: articles[n].values.get("chrF++", 0.0))
    shown = order[:_ARTICLES]
    left = f" {len(order) - len(shown):,} more are left out." if len(order) > len(shown) else ""
    heads = "".join(
        f'<th scope="col" class="num">{name}<small>{text(system.name)}</small></th>'
        for system in found.systems
        for name in _metrics(found)
    )
    rows = "".join(
        f'<tr><th scope="row">{text(articles[n].article)}</th>'
        f'<td class="num">{articles[n].segments:,}</td>'
        + "".join(
            f'<td class="num">{system.articles[n].values[name]:.1f}</td>'
            for system in found.systems
            for name in _metrics(found)
        )
        + "</tr>"
        for n in shown
    )
    is_open = " open" if len(shown) <= 12 else ""
    table = scrollable(
        "Scores of the articles",
        f"<table><caption>Articles, the lowest chrF++ of the first system first.{left}</caption>"
        '<thead><tr><th scope="col">Article</th><th scope="col" class="num">Segments</th>'
        f"{heads}</tr></thead><tbody>{rows}</tbody></table>",
    )
    summary = f"Scores of {len(articles):,} articles"
    yield f"<details{is_open}><summary>{summary}</summary>{table}</details>\n"


def _worst(found: Evaluation, system: SystemScores) -> Iterator[str]:
    rows = found.worst(system)
    shown = rows[:_WORST]
    yield (
        f"<details><summary>The {len(shown)} lowest of {len(rows):,} segments of "
        f"{text(system.name)}</summary>\n"
    )
    number = next(n for n, one in enumerate(found.systems) if one is system)
    for row in shown:
        yield _segment(found, system, number, row)
    yield "</details>\n"


def _segment(found: Evaluation, system: SystemScores, number: int, row: int) -> str:
    segments = found.segments
    target, source = ("ko", "en") if segments.lang == "ko" else ("en", "ko")
    texts = [("Translation", target, segments.systems[number].texts[row])]
    texts += [("Reference", target, reference) for reference in segments.references[row]]
    first = _labelled("Source", source, segments.sources[row], "whole") if segments.sources else ""
    values = [f"{name} {system.segments[name][row]:.1f}" for name in _metrics(found)]
    if system.adequacy is not None:
        values.append(f"cosine with the reference {system.adequacy.to_reference[row]:.2f}")
    where = [segments.articles[row]] if segments.articles else []
    shown = first + "".join(_labelled(*one) for one in texts)
    items = "".join(f"<li>{text(item)}</li>" for item in [*values, *where])
    return (
        f'<div class="finding"><div><h3>Segment {segments.numbers[row]}</h3>'
        f'<ul class="where">{items}</ul></div><div class="pair">{shown}</div></div>\n'
    )


def _labelled(label: str, lang: str, written: str, kind: str = "part") -> str:
    return (
        f'<p class="{kind}" lang="{lang}" dir="ltr"><span class="lang" lang="en">{label}</span>'
        f"{marked(written) or '<i>empty</i>'}</p>"
    )
