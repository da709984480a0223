"""A report as one HTML file that needs nothing else: no network, no fonts, no libraries.

It is written piece by piece. Everything is there without its script, which only filters findings
and turns pages; a content policy lets no other script run, whatever stands in the texts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Sequence
from pathlib import Path

from align.output import replacing
from tm.display import many
from tm.quality.report.data import ReportData
from tm.quality.report.findings_section import NAMES, findings_section, tag
from tm.quality.report.markup import attribute, text
from tm.quality.report.scores_section import scored, scores_section
from tm.quality.report.terms_section import has_terms, terms_section
from tm.quality.scores import Evaluation, SystemScores

_HERE = Path(__file__).parent
#: Findings that the summary links to.
_FIRST = 5
_CHECKS = 8


def write_report(data: ReportData, path: str | Path) -> None:
    """Write a report to an HTML file.

    Raises
    ------
    OutputError: the file cannot be written; what was there before is then as it was.
    """
    with replacing(Path(path)) as file:
        for piece in page(data):
            file.write(piece)


def page(data: ReportData) -> Iterator[str]:
    """The page in pieces."""
    yield _head(data)
    yield _summary(data)
    if data.scores is not None:
        yield from scores_section(data.scores)
    yield from terms_section(data)
    if data.findings or data.scores is None:
        yield from findings_section(data)
    yield _made(data)
    script = _part("filters.js") if data.findings else ""
    yield f"</main>\n<script>{script}</script>\n</body></html>\n"


def _part(name: str) -> str:
    return (_HERE / name).read_text(encoding="utf-8")


def _head(data: ReportData) -> str:
    script = _part("filters.js") if data.findings else ""
    allowed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = (
        f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{allowed}'; "
        "base-uri 'none'; form-action 'none'"
    )
    target = "findings" if data.findings else "summary"
    about = " · ".join(text(part) for part in (data.subject, data.made) if part)
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
        f"<title>{attribute(data.title)}: {attribute(data.subject)}</title>"
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<meta name="robots" content="noindex">\n<style>\n{_part("style.css")}</style></head>\n'
        f'<body><a class="skip" href="#{target}">Skip to the {target}</a>\n'
        f'<header><h1>{text(data.title)}</h1><p class="about">{about}</p>'
        f"{_contents(data)}</header>\n<main>\n"
    )


def _contents(data: ReportData) -> str:
    parts = [
        ("scores", "Scores", data.scores is not None),
        ("terms", "Terms", has_terms(data)),
        ("findings", "Findings", bool(data.findings)),
        ("made", "How this was made", True),
    ]
    links = "".join(f'<a href="#{place}">{name}</a>' for place, name, there in parts if there)
    return f'<nav aria-label="Contents">{links}</nav>'


def _summary(data: ReportData) -> str:
    counts = data.by_severity
    figures = [
        f'<li class="{severity}"><b>{count:,}</b>'
        f"{(NAMES[severity][0].lower() if count == 1 else NAMES[severity][1])}</li>"
        for severity, count in counts.items()
        if data.findings
    ]
    if data.units is not None:
        figures.append(
            f"<li><b>{data.units:,}</b>{'unit' if data.units == 1 else 'units'} read</li>"
        )
    if data.waived:
        figures.append(f"<li><b>{data.waived:,}</b>waived before</li>")
    shown = f'<ul class="figures">{"".join(figures)}</ul>' if figures else ""
    return (
        '<section id="summary" aria-label="Summary">'
        f'<p class="lede">{_lede(data)}</p>{shown}{_overview(data)}</section>\n'
    )


def _lede(data: ReportData) -> str:
    sentences = []
    if data.scores is not None:
        sentences.append(_score_lede(data.scores))
    if data.findings:
        sentences.append(_finding_lede(data))
    elif data.scores is None:
        sentences.append("Nothing was found that needs a look.")
    return " ".join(sentences)


def _finding_lede(data: ReportData) -> str:
    units = [finding.unit for finding in data.findings if finding.unit is not None]
    articles = len({unit.provenance.article for unit in units if unit.provenance.article})
    where = f" in {many(articles, 'article')}" if articles else ""
    check, most = data.by_check[0]
    count = data.total
    if len(data.by_check) == 1:
        return f"{many(count, 'finding')}{where}, all of one kind: {text(data.check_title(check))}."
    return (
        f"{many(count, 'finding')}{where}. The most frequent kind is "
        f"“{text(data.check_title(check))}” with {most:,}."
    )


def _score_lede(found: Evaluation) -> str:
    words = [scored(found)]
    first, *others = found.systems
    if others:
        best = max(found.systems, key=_chrf)
        words.append(f"{text(best.name)} has the highest chrF++, {_chrf(best):.1f}.")
    for system in others[:_FIRST]:
        sure = [name for name, one in system.comparisons.items() if one.is_significant]
        metrics = _listed(sure) if sure else "no metric"
        words.append(
            f"{text(system.name)} differs from {text(first.name)} beyond chance in {metrics}."
        )
    return " ".join(words)


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def _chrf(system: SystemScores) -> float:
    return next(score.value for score in system.scores if score.name == "chrF++")


def _overview(data: ReportData) -> str:
    if not data.findings:
        return ""
    checks = data.by_check[:_CHECKS]
    most = checks[0][1]
    rows = "".join(
        f'<tr><th scope="row">{text(data.check_title(check))}'
        f'<span class="bar" style="width:{100 * count / most:.1f}%"></span></th>'
        f'<td class="num">{count:,}</td></tr>'
        for check, count in checks
    )
    rest = len(data.by_check) - len(checks)
    hidden = f"; {many(rest, 'more kind')} not shown" if rest else ""
    first = "".join(
        f'<li>{tag(finding.severity)} <a href="#f{number}">{text(finding.message)}</a></li>'
        for number, finding in enumerate(data.findings[:_FIRST], start=1)
    )
    return (
        '<div class="two"><div><h2 class="small">Look here first</h2>'
        f'<ol class="first">{first}</ol></div><div><h2 class="small">By kind</h2><table>'
        f"<caption>Numbers of findings{hidden}</caption>"
        '<thead><tr><th scope="col">Check</th><th scope="col" class="num">Findings</th>'
        f"</tr></thead><tbody>{rows}</tbody></table></div></div>"
    )


def _made(data: ReportData) -> str:
    notes = list(data.notes)
    signatures = [data.signature] if data.signature else []
    if data.scores is not None:
        notes += data.scores.segments.notes
        signatures += score_signatures(data.scores)
    listed = (
        f'<ul class="notes">{"".join(f"<li>{text(n)}</li>" for n in notes)}</ul>' if notes else ""
    )
    signed = "".join(f'<p class="sig">{text(signature)}</p>' for signature in signatures)
    return f'<section id="made"><h2>How this was made</h2>{listed}{signed}</section>\n'


def score_signatures(scores: Evaluation) -> list[str]:
    """The signature of each metric, interval, test and encoder, once."""
    found: dict[str, None] = {}
    for system in scores.systems:
        for score in system.scores:
            name = score.name
            signed: dict[str, str] = {score.signature: name}
            if name in system.intervals:
                signed.setdefault(system.intervals[name].signature, f"{name} interval")
            if name in system.comparisons:
                signed.setdefault(system.comparisons[name].signature, f"{name} comparison")
            found.update({f"{what}|{signature}": None for signature, what in signed.items()})
        if system.adequacy is not None:
            found[f"nearness in meaning|{system.adequacy.signature}"] = None
    return list(found)
