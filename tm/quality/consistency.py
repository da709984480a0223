"""Where a memory contradicts itself: terms, sentences, and renderings that are not wanted.

Three kinds of finding:

- ``term``: a term is rendered in more than one way. A full form and its abbreviation, singular and
  plural, and a gloss at first mention are one way.
- ``sentence``: the same Korean text has more than one translation.
- ``status``: a rendering is used that the termbase forbids or deprecates.

Every finding says who wrote what, when and how often, with units to look at.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from tm.terms.analyser import analyse
from tm.terms.renderings.background import Background, UnitSource, background_of
from tm.terms.renderings.rendering import Rendering, RenderingStatus, Suggestion
from tm.terms.renderings.suggest import suggest
from tm.terms.spelling import fold_spelling
from tm.terms.termbase.lookup import Termbase
from tm.unit import TranslationUnit

Kind = Literal["term", "sentence", "status"]

#: Without termbase and terms, so many of the memory's own words are looked at, frequent ones first.
_OWN_TERMS = 150
#: … if they stand in at least so many units.
_OWN_TERM_UNITS = 4
_EVERY_EXAMPLE = 1_000_000


@dataclass(frozen=True, slots=True)
class Use:
    """One of the ways in which something is put: how often, by whom, when, and where to look.

    ``translators`` are names with numbers of units, most first; units without a translator are
    left out of them. ``share`` is of all units in which the term (or sentence) occurs.
    """

    text: str
    status: RenderingStatus
    count: int
    share: float
    translators: tuple[tuple[str, int], ...]
    first: str | None
    last: str | None
    examples: tuple[TranslationUnit, ...]

    def __str__(self) -> str:
        status = "" if self.status == "seen only" else f", {self.status}"
        people = ", ".join(f"{name} {count}" for name, count in self.translators)
        dates = " to ".join(dict.fromkeys(d for d in (self.first, self.last) if d))
        details = "; ".join(part for part in (f"{self.share:.0%}{status}", people, dates) if part)
        return f"“{self.text}” {self.count} ({details})"


@dataclass(frozen=True, slots=True)
class Inconsistency:
    """A finding: its subject in Korean, the ways in which it is put, and how much it matters.

    ``uses`` starts with the dominant one. ``occurrences`` is the number of units with the subject;
    where it is more than the uses add up to, the other units paraphrase or leave it out.
    ``severity`` is in [0, 1].
    """

    kind: Kind
    subject: str
    uses: tuple[Use, ...]
    occurrences: int
    severity: float
    preferred: str | None = None

    @property
    def dominant(self) -> Use:
        return self.uses[0]

    def explain(self) -> str:
        """The finding in one line: what is put how, by whom and when."""
        ways = "; ".join(map(str, self.uses))
        if self.kind == "sentence":
            return f"the same Korean has {len(self.uses)} translations: {self.subject} → {ways}"
        wanted = f"; the termbase prefers “{self.preferred}”" if self.preferred else ""
        if self.kind == "status":
            return f"{self.subject}: not wanted, but used in the memory: {ways}{wanted}"
        return (
            f"{self.subject} is put in {len(self.uses)} ways in {self.occurrences} units: "
            f"{ways}{wanted}"
        )


def find_inconsistencies(
    memory: UnitSource,
    *,
    termbase: Termbase | None = None,
    terms: Iterable[str] | None = None,
    examples: int = 3,
) -> list[Inconsistency]:
    """All findings in a memory, the most severe first.

    Parameters
    ----------
    termbase: its terms are looked at, and what it forbids or deprecates is reported.
    terms: look at these Korean terms only, not at sentences; by default the termbase's, or without
        one the words that are frequent in the memory itself (slower, and with more false alarms).
    examples: at most so many units for each way.
    """
    background = background_of(memory)
    findings: list[Inconsistency] = []
    if terms is None:
        findings += _sentences(memory, examples)
        terms = _terms_present(termbase, background) if termbase else _own_terms(background)
    for term in {fold_spelling(term): term for term in terms}.values():
        suggestion = suggest(memory, term, limit=12, examples=_EVERY_EXAMPLE, termbase=termbase)
        findings += _unwanted(suggestion, termbase, examples)
        findings += _different(suggestion, termbase, examples)
    return sorted(findings, key=lambda f: (-f.severity, f.subject))


def _terms_present(termbase: Termbase, background: Background) -> list[str]:
    return [term for term in termbase.korean_terms if background.may_hold(term)]


def _own_terms(background: Background) -> list[str]:
    """Frequent nouns of the memory: what a termbase of it would probably hold."""
    frequent = background.frequent_stems(_OWN_TERM_UNITS)
    nouns = (stem for stem in frequent if _is_noun(stem))
    return [stem for stem, _ in zip(nouns, range(_OWN_TERMS), strict=False)]


def _is_noun(stem: str) -> bool:
    return all(tag in ("NNG", "NNP", "XPN", "XSN", "SN") for _, tag, *_ in analyse(stem))


def _different(
    suggestion: Suggestion, termbase: Termbase | None, examples: int
) -> list[Inconsistency]:
    renderings = [r for r in suggestion.renderings if r.count and not r.is_unsure]
    if len(renderings) < 2:
        return []
    uses = _uses(renderings, suggestion.occurrences, examples)
    preferred = _preferred(suggestion.term, termbase)
    minor = sum(use.count for use in uses[1:])
    weight = sum(use.count * _WEIGHT[use.status] for use in uses[1:]) / max(minor, 1)
    total = minor + uses[0].count
    severity = weight * min(1.0, 2 * minor / total) * total / (total + 3)
    return [
        Inconsistency("term", suggestion.term, uses, suggestion.occurrences, severity, preferred)
    ]


#: How much a second way of putting something matters, by its status.
_WEIGHT: dict[RenderingStatus, float] = {
    "preferred": 0.8, "admitted": 0.4, "deprecated": 0.9, "forbidden": 1.0, "seen only": 0.8,
}  # fmt: skip


def _unwanted(
    suggestion: Suggestion, termbase: Termbase | None, examples: int
) -> list[Inconsistency]:
    findings = []
    preferred = _preferred(suggestion.term, termbase)
    for rendering in suggestion.renderings:
        if rendering.count and rendering.status in ("forbidden", "deprecated"):
            uses = _uses([rendering], suggestion.occurrences, examples)
            severity = 0.95 if rendering.status == "forbidden" else 0.6
            findings.append(
                Inconsistency(
                    "status", suggestion.term, uses, suggestion.occurrences, severity, preferred
                )
            )
    return findings


def _preferred(term: str, termbase: Termbase | None) -> str | None:
    entries = termbase.korean(term) if termbase else ()
    return next((entry.en for entry in entries if entry.status == "preferred"), None)


def _uses(renderings: Sequence[Rendering], occurrences: int, examples: int) -> tuple[Use, ...]:
    uses = [
        _use(r.text, r.status, [example.unit for example in r.examples], occurrences, examples)
        for r in renderings
    ]
    return tuple(sorted(uses, key=lambda use: (-use.count, use.text)))


def _use(
    text: str,
    status: RenderingStatus,
    units: Sequence[TranslationUnit],
    occurrences: int,
    examples: int,
) -> Use:
    people = Counter(u.provenance.translator for u in units if u.provenance.translator)
    dates = sorted(u.provenance.date for u in units if u.provenance.date)
    return Use(
        text=text,
        status=status,
        count=len(units),
        share=len(units) / occurrences,
        translators=tuple(people.most_common()),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        examples=tuple(units[:examples]),
    )


def _sentences(memory: UnitSource, examples: int) -> list[Inconsistency]:
    groups: defaultdict[str, list[TranslationUnit]] = defaultdict(list)
    for unit in memory.units():
        if unit.status != "rejected":
            groups[_folded(unit.source)].append(unit)
    findings = []
    for units in groups.values():
        ways: defaultdict[str, list[TranslationUnit]] = defaultdict(list)
        for unit in units:
            ways[_folded(unit.target)].append(unit)
        if len(ways) > 1:
            findings.append(_sentence(units, list(ways.values()), examples))
    return findings


def _sentence(
    units: Sequence[TranslationUnit], ways: Sequence[list[TranslationUnit]], examples: int
) -> Inconsistency:
    from rapidfuzz.fuzz import ratio

    uses = [_use(way[0].target, "seen only", way, len(units), examples) for way in ways]
    uses.sort(key=lambda use: (-use.count, use.text))
    alike = min(ratio(uses[0].text, use.text) for use in uses[1:]) / 100
    severity = 0.2 + 0.6 * (1 - alike)
    return Inconsistency("sentence", units[0].source, tuple(uses), len(units), severity)


def _folded(text: str) -> str:
    """Text without blanks, case and the shape of quotation marks and dashes."""
    folded = re.sub(r"[“”„«»《》]", '"', re.sub(r"[‘’]", "'", text))
    folded = re.sub(r"[–—]", "-", folded)
    return "".join(folded.lower().split())
