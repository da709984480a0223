"""The part of the page with the findings, each with its two sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tm.display import many
from tm.quality.findings import SEVERITIES, Finding, Severity, Span
from tm.quality.report.data import MOST, ReportData
from tm.quality.report.markup import attribute, marked, text
from tm.unit import TranslationUnit

#: Findings in one group that opens, where no script runs.
_GROUP = 100
#: Units shown beside a finding.
_RELATED = 3

#: What severities are called.
NAMES: dict[Severity, tuple[str, str]] = {
    "error": ("Error", "errors"),
    "warning": ("Warning", "warnings"),
    "info": ("Remark", "remarks"),
}


def findings_section(data: ReportData) -> Iterator[str]:
    """The filters and the findings, in pieces."""
    shown = data.findings[:MOST]
    yield '<section id="findings"><h2>Findings</h2>\n'
    if not shown:
        yield "<p>There is nothing to report.</p></section>\n"
        return
    if left := data.total - len(shown):
        yield (
            f"<p>The first {len(shown):,} are shown. {left:,} more, which come after them in order "
            "of importance, are left out of this page; the command prints all of them with "
            "<code>--json</code>.</p>\n"
        )
    yield _filters(data, shown)
    yield '<p class="status" role="status"></p>\n<div class="groups">\n'
    for first in range(0, len(shown), _GROUP):
        group = shown[first : first + _GROUP]
        is_open = " open" if first == 0 else ""
        yield (
            f"<details{is_open}><summary>Findings {first + 1:,} to {first + len(group):,}"
            "</summary>\n"
        )
        for number, finding in enumerate(group, start=first + 1):
            yield _finding(data, finding, number)
        yield "</details>\n"
    yield (
        '</div>\n<div class="pager" hidden><button type="button">Back</button>'
        '<button type="button">More</button></div></section>\n'
    )


def _filters(data: ReportData, shown: Sequence[Finding]) -> str:
    units = [finding.unit for finding in shown if finding.unit is not None]
    severities = Counter(finding.severity for finding in shown)
    boxes = "".join(
        f'<label><input type="checkbox" name="severity" value="{name}" checked>'
        f"{NAMES[name][1].capitalize()} ({severities[name]:,})</label>"
        for name in SEVERITIES
        if severities[name]
    )
    checks = [
        (check, f"{data.check_title(check)} ({count:,})")
        for check, count in Counter(finding.check for finding in shown).most_common()
    ]
    translators = _counted(unit.provenance.translator for unit in units)
    articles = _counted(unit.provenance.article for unit in units)
    return (
        '<form class="filters" hidden aria-label="Filter the findings">'
        f"<fieldset><legend>Show</legend>{boxes}</fieldset>"
        f"{_select('check', 'Check', 'All checks', checks)}"
        f"{_select('translator', 'Translator', 'All translators', translators)}"
        f"{_select('article', 'Article', 'All articles', articles)}"
        '<label><span>Text</span><input type="search" name="text" autocomplete="off" '
        'spellcheck="false"></label></form>\n'
    )


def _counted(values: Iterable[str | None]) -> list[tuple[str, str]]:
    counts = Counter(value for value in values if value)
    return [(value, f"{value} ({counts[value]:,})") for value in sorted(counts)]


def _select(name: str, label: str, every: str, options: Sequence[tuple[str, str]]) -> str:
    if len(options) < 2:
        return ""
    inner = "".join(
        f'<option value="{attribute(value)}">{attribute(told)}</option>' for value, told in options
    )
    return (
        f'<label><span>{label}</span><select name="{name}"><option value="">{every}</option>'
        f"{inner}</select></label>"
    )


def _finding(data: ReportData, finding: Finding, number: int) -> str:
    unit = finding.unit
    where = unit.provenance if unit else None
    about = {
        "severity": finding.severity,
        "check": finding.check,
        "translator": where.translator if where else None,
        "article": where.article if where else None,
    }
    tags = "".join(f' data-{name}="{attribute(value)}"' for name, value in about.items() if value)
    fix = (
        f'<p class="fix"><b>Suggested:</b> {text(finding.suggestion)}</p>'
        if finding.suggestion
        else ""
    )
    related = data.related.get(finding.key, ())
    return (
        f'<article class="finding" id="f{number}"{tags}><div>{tag(finding.severity)}'
        f'<ul class="where">{_where(data, finding)}</ul></div>'
        f"<div><h3>{text(finding.message)}</h3>"
        f"{pair(unit, finding.source_spans, finding.target_spans) if unit else ''}{fix}"
        f"{_related(related)}"
        f"{_key(finding.key)}</div></article>\n"
    )


def tag(severity: Severity) -> str:
    return f'<span class="tag {severity}">{NAMES[severity][0]}</span>'


def _key(key: str) -> str:
    return f'<p class="id">{text(key)}</p>' if key else ""


def _where(data: ReportData, finding: Finding) -> str:
    items = [data.check_title(finding.check)]
    if finding.unit is not None:
        items += _provenance(finding.unit)
    return "".join(f"<li>{text(item)}</li>" for item in items)


def _provenance(unit: TranslationUnit) -> list[str]:
    where = unit.provenance
    known = (where.article, where.date, where.translator)
    number = f"unit {unit.id}" if unit.id is not None else None
    return [item for item in (*known, number) if item]


def pair(
    unit: TranslationUnit, source_spans: Iterable[Span] = (), target_spans: Iterable[Span] = ()
) -> str:
    """The two sentences of a unit side by side, what is meant marked."""
    return (
        f'<div class="pair"><p lang="ko" dir="ltr"><span class="lang" lang="en">Korean</span>'
        f"{marked(unit.source, source_spans)}</p>"
        f'<p lang="en" dir="ltr"><span class="lang">English</span>'
        f"{marked(unit.target, target_spans)}</p></div>"
    )


def _related(units: Sequence[TranslationUnit]) -> str:
    if not units:
        return ""
    more = len(units) - _RELATED
    shown = "".join(
        f'{pair(unit)}<ul class="where">'
        f"{''.join(f'<li>{text(item)}</li>' for item in _provenance(unit))}</ul>"
        for unit in units[:_RELATED]
    )
    rest = f'<p class="about">and {many(more, "more unit")}</p>' if more > 0 else ""
    return f"<details><summary>Compare {many(len(units), 'unit')}</summary>{shown}{rest}</details>"
