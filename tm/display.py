"""Results for people: tables and marked sentences in the terminal."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from align.output import UNSURE, AlignedPair
from tm.search.fold import language

if TYPE_CHECKING:
    from tm.analyse import Analysis, Counts
    from tm.differences import Difference
    from tm.fragments import Fragment
    from tm.match import Match
    from tm.quality.consistency import Inconsistency
    from tm.review import Review
    from tm.search.concordance import SearchResult
    from tm.terms.renderings.rendering import KnownTerm, Rendering, Suggestion
    from tm.unit import TranslationUnit

#: Width of tables where the output is no terminal (a pipe, a file, a test) …
TABLE_WIDTH = 120
#: … and of lists, whose lines other programs read: they are not wrapped there.
UNWRAPPED = 1_000_000

Span = tuple[int, int]

# Differences shown of a match, besides those that change the meaning.
_TOLD = 8


def console(plain_width: int = UNWRAPPED) -> Console:
    """A console on standard output; colours and the terminal's width only on a terminal."""
    found = Console(highlight=False)
    return found if found.is_terminal else Console(highlight=False, width=plain_width)


def show_alignment(pair: AlignedPair) -> None:
    """The two texts side by side, a bead a row, nulls and doubtful beads marked."""
    table = Table(show_lines=True, expand=True, header_style="bold")
    table.add_column("conf", justify="right", width=4)
    table.add_column("bead", width=4)
    table.add_column("Korean", ratio=1, overflow="fold")
    table.add_column("English", ratio=1, overflow="fold")
    for bead in pair.alignment:
        doubtful = bead.confidence < UNSURE
        table.add_row(
            Text(f"{bead.confidence:.2f}", style="yellow" if doubtful else ""),
            Text(bead.kind),
            _cell(pair.alignment.ko_text(bead)),
            _cell(pair.alignment.en_text(bead)),
            style="dim" if bead.is_null else "",
        )
    columns = os.environ.get("COLUMNS", "")
    out = console(int(columns) if columns.isdigit() else TABLE_WIDTH)
    meta = pair.meta
    about = " · ".join(meta[key] for key in ("date", "place", "translator") if key in meta)
    out.print(Text(pair.name, style="bold") + Text(f"  {about}" if about else ""))
    out.print(table)


def show_review(review: Review) -> None:
    """The least certain beads, each with its texts and what spoke for and against it."""
    out = console()
    items = list(review)
    for item in items:
        bead = item.bead
        where = ", ".join(
            f"{lang} {' '.join(map(str, numbers))}"
            for lang, numbers in (("ko", bead.ko), ("en", bead.en))
            if numbers
        )
        out.print(
            Text(f"{bead.confidence:.2f}  {bead.kind}", style="bold")
            + Text(f"   {item.pair.name}, bead {item.number} ({where})", style="dim")
        )
        out.print(_indented(_cell(item.pair.alignment.ko_text(bead)), 2))
        out.print(_indented(_cell(item.pair.alignment.en_text(bead)), 2))
        out.print(_indented(Text(bead.explain(), style="yellow"), 2))
        out.print()
    reached = review.offset + len(items)
    after = f", the next with --offset {reached}" if items and reached < review.total else ""
    out.print(f"{len(items)} of {many(review.total, 'bead')} shown, the least certain first{after}")


def _cell(text: str) -> Text:
    return Text(text) if text else Text("— no counterpart —", style="italic")


def _indented(text: Text, by: int) -> Padding:
    return Padding(text, (0, 0, 0, by), expand=False)


def many(count: int, noun: str) -> str:
    """``1 unit``, ``2 units``."""
    return f"{count} {noun}{'' if count == 1 else 's'}"


def provenance(unit: TranslationUnit) -> str:
    """``article, date, translator`` as far as they are known."""
    where = unit.provenance
    return ", ".join(x for x in (where.article, where.date, where.translator) if x)


def marked(text: str, spans: Iterable[Span]) -> Text:
    """``text`` with ``spans`` in bold (on a terminal)."""
    out = Text(text)
    for start, end in spans:
        out.stylize("bold cyan", start, end)
    return out


def show_matches(found: Sequence[Match], minimum: int) -> None:
    """Matches with what differs, best first."""
    out = console()
    if not found:
        out.print(f"no match of {minimum} % or more")
    elif all(match.kind == "semantic" for match in found):
        out.print(f"no match of {minimum} % or more; what is nearest in meaning:\n")
    for match in found:
        repair = match.repair
        about = _whence(match.memory, match.unit)
        out.print(Text(_how_good(match), style="bold") + Text(f"   {about}", style="dim"))
        out.print(_indented(Text(match.unit.source), 2))
        out.print(_indented(Text(match.unit.target), 2))
        if repair:
            label = Text("numbers put right: ", style="dim")
            out.print(_indented(label + marked(repair.text, repair.spans), 2))
        if match.differences:
            out.print(_indented(Text("differs (yours ↔ the memory's):", style="dim"), 2))
        for line in _told(match.differences):
            out.print(_indented(line, 4))
        out.print()


def _told(differing: Sequence[Difference]) -> list[Text]:
    """What differs, a line each: what changes the meaning first, and of the rest so much as helps
    to see what is to be changed."""
    from tm.differences import GRAVE

    grave = [one for one in differing if one.kind in GRAVE]
    rest = [one for one in differing if one.kind not in GRAVE]
    shown = rest[: max(0, _TOLD - len(grave))]
    lines = [Text(str(one), style="bold yellow") for one in grave]
    lines += [Text(str(one), style="yellow") for one in shown]
    if len(shown) < len(rest):
        lines.append(Text(f"and {len(rest) - len(shown)} more (--json tells all)", style="dim"))
    return lines


def _how_good(match: Match) -> str:
    less = f" (less {match.penalty})" if match.penalty else ""
    if match.similarity is not None:
        return f"semantic, cosine {match.similarity:.2f}{less}"
    return f"{match.percent:3d} % {match.kind}{less}"


def _whence(memory: str, unit: TranslationUnit) -> str:
    return " · ".join(x for x in (memory, provenance(unit)) if x)


def show_fragments(sentence: str, found: Sequence[Fragment]) -> None:
    """Phrases of a sentence that the memory has, each with the unit it stands in."""
    out = console()
    for fragment in found:
        unit = fragment.unit
        phrase = sentence[slice(*fragment.query_span)]
        about = _whence(fragment.memory, unit)
        out.print(Text(f"phrase: {phrase}", style="bold") + Text(f"   {about}", style="dim"))
        target = [] if fragment.target_span is None else [fragment.target_span]
        is_korean = language(sentence) == "ko"
        spans = ([fragment.source_span], target) if is_korean else (target, [fragment.source_span])
        out.print(_indented(marked(unit.source, spans[0]), 2))
        out.print(_indented(marked(unit.target, spans[1]), 2))
        out.print()


def show_analysis(analysis: Analysis) -> None:
    """What matches how well, file by file and in all."""
    out = console(TABLE_WIDTH)
    for found in analysis.files:
        out.print(_band_table(f"{found.file} ({found.lang})", found.counts))
    if len(analysis.files) != 1:
        out.print(_band_table("all files", analysis.total))
    for left in analysis.left_out:
        out.print(f"left out: {left.place}: {left.reason}")


def _band_table(title: str, counts: Counts) -> Table:
    from tm.analyse import Count

    table = Table(title=title, title_justify="left", header_style="bold", show_footer=True)
    whole = sum(counts.values(), start=Count())
    table.add_column("match", footer="total")
    for name, amount in (
        ("segments", whole.segments),
        ("words", whole.words),
        ("characters", whole.characters),
    ):
        table.add_column(name, footer=f"{amount:,}", justify="right")
    table.add_column("words, %", footer="", justify="right")
    for band, count in counts.items():
        share = f"{100 * count.words / whole.words:.1f}" if whole.words else ""
        table.add_row(
            band, f"{count.segments:,}", f"{count.words:,}", f"{count.characters:,}", share
        )
    return table


def show_suggestion(suggestion: Suggestion) -> None:
    """Renderings, best first, each with its counts, people, dates and example sentences."""
    out = console()
    units = many(suggestion.occurrences, "unit")
    out.print(Text(suggestion.term, style="bold") + Text(f"   in {units}", style="dim"))
    definitions = dict.fromkeys(r.definition for r in suggestion.renderings if r.definition)
    for definition in definitions:
        out.print(_indented(Text(definition, style="italic"), 2))
    for number, rendering in enumerate(suggestion.renderings, start=1):
        out.print()
        _show_rendering(out, number, rendering)
    if suggestion.unwanted:
        out.print("\nnot to be written, and not in the memory:")
    for rendering in suggestion.unwanted:
        out.print(Text(f"  {rendering.text}   {rendering.status}{_instead(rendering)}"))
    if suggestion.guesses:
        out.print("\nguesses, not evidence:")
        for guess in suggestion.guesses:
            out.print(Text(f"  {guess.text}  ({guess.how})"))
    elif not suggestion.renderings:
        out.print("no rendering found")


def _show_rendering(out: Console, number: int, rendering: Rendering) -> None:
    short = f" ({rendering.abbreviation})" if rendering.abbreviation else ""
    seen = f"{rendering.count:,} × ({rendering.share:.0%})" if rendering.count else "not in memory"
    is_unwanted = rendering.status in ("deprecated", "forbidden")
    out.print(
        Text(f"{number:2d}. ")
        + Text(rendering.text + short, style="bold red" if is_unwanted else "bold green")
        + Text(f"   {seen}   {rendering.status}{', unsure' * rendering.is_unsure}", style="dim")
        + Text(_instead(rendering), style="yellow")
    )
    for label, value in (
        ("gloss", rendering.gloss),
        ("also written", _some(rendering.variants, "; ")),
        ("by", _some(rendering.translators, ", ")),
        ("dates", " to ".join(sorted({x for x in (rendering.first, rendering.last) if x}))),
        ("valid", _validity(rendering)),
        ("note", rendering.note),
    ):
        if value:
            out.print(_indented(Text(f"{label}: ", style="dim") + Text(value), 4))
    for example in rendering.examples:
        out.print(_indented(marked(example.unit.source, example.source_spans), 6))
        out.print(_indented(marked(example.unit.target, example.target_spans), 6))
        out.print(_indented(Text(f"– {_whence(example.memory, example.unit)}", style="dim"), 6))


# Forms and names of a list that are shown.
_SOME = 6


def _some(texts: Sequence[str], separator: str) -> str:
    more = [f"and {len(texts) - _SOME} more"] if len(texts) > _SOME else []
    return separator.join([*texts[:_SOME], *more])


def _instead(rendering: Rendering) -> str:
    return f": write {rendering.instead}" if rendering.instead else ""


def _validity(rendering: Rendering) -> str:
    parts = (("from", rendering.valid_from), ("until", rendering.valid_until))
    return " ".join(f"{word} {day}" for word, day in parts if day)


def show_terms(sentence: str, terms: Sequence[KnownTerm]) -> None:
    """The terms of a sentence marked in it, then each with its renderings on one line."""
    out = console()
    out.print(marked(sentence, [(known.start, known.end) for known in terms]))
    if not terms:
        out.print("no known terms")
    for known in terms:
        line = Text(f"{known.suggestion.term}  ", style="bold")
        for number, rendering in enumerate(known.suggestion.renderings):
            seen = f"{rendering.count:,} ×" if rendering.count else "not in memory"
            line += Text("; " * bool(number)) + Text(rendering.text, style="green")
            told = "" if rendering.status == "seen only" else f", {rendering.status}"
            told += ", unsure" * rendering.is_unsure
            line += Text(f" ({seen}{told}{_instead(rendering)})", style="dim")
        out.print(_indented(line, 2))


def show_hits(result: SearchResult) -> None:
    """Hits with what was searched for in bold and, on the other side, its rendering underlined."""
    out = console()
    for hit in result.hits:
        source = marked(hit.unit.source, hit.source_spans)
        target = marked(hit.unit.target, hit.target_spans)
        for start, end in hit.rendering_spans:
            (target if hit.source_spans else source).stylize("underline", start, end)
        out.print(Text(_whence(hit.memory, hit.unit), style="dim"))
        out.print(_indented(source, 2))
        out.print(_indented(target, 2))
        out.print()
    shown = len(result.hits)
    total = f"{result.total}" if result.is_exact else f"about {result.total}"
    out.print(f"{shown} of {total} shown" if result.total > shown else f"{shown} found")


def show_findings(found: Sequence[Inconsistency], limit: int) -> None:
    """The most severe findings: each way of putting it, who did, and a sentence to look at."""
    out = console()
    for finding in found[:limit]:
        wanted = f"   termbase: {finding.preferred}" if finding.preferred else ""
        out.print(
            Text(finding.subject, style="bold")
            + Text(f"   {_ABOUT[finding.kind]}, in {many(finding.occurrences, 'unit')}{wanted}")
        )
        for use in finding.uses:
            if finding.kind != "sentence":
                out.print(_indented(Text(str(use), style="yellow"), 2))
            for unit in use.examples[:1]:
                out.print(_indented(Text(unit.target), 6))
                out.print(_indented(Text(f"– {provenance(unit)}", style="dim"), 6))
        out.print()
    shown = min(limit, len(found))
    out.print(f"{shown} of {len(found)} findings shown" if len(found) > shown else f"{shown} found")


#: What a kind of finding says, for people.
_ABOUT = {
    "term": "rendered in several ways",
    "sentence": "translated in several ways",
    "status": "an unwanted rendering",
}
