"""Which candidates are renderings: the best explanation of all units, then of what it leaves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tm.terms.candidates import Candidate, EnglishSide, Hit, Range, Scorer, Side
from tm.terms.english import abbreviations, gloss_range, inflection_key, phrase_key
from tm.terms.termbase import Entry

#: The score of "none of these renders the term" in the choice between candidates.
_NULL_SCORE = 4.6
#: Confidence from which a phrase is accepted without the termbase.
_ACCEPT = 0.5
#: A longer phrase is taken if it is there in so many of the shorter one's units …
_EXTENDS = 0.75
#: … and scores at most so much less.
_EXTENSION_LOSS = 3.0


@dataclass(slots=True)
class Choice:
    """A rendering being put together: its keys, and where each stands in which hit."""

    keys: list[str]
    places: dict[int, list[Range]]
    entry: Entry | None = None
    abbreviation: str | None = None
    evidence: dict[str, float] = field(default_factory=dict)


def choose(
    scorer: Scorer,
    side: Side,
    hits: Sequence[Hit],
    close: Sequence[Hit],
    candidates: Mapping[str, Candidate],
    known: Mapping[str, Entry],
    limit: int,
) -> list[Choice]:
    """Renderings with all their places, each place belonging to one rendering only.

    ``hits`` are all units with the term, ``close`` those that ``candidates`` were collected from,
    ``known`` the termbase's renderings by key.
    """
    short_forms = _short_forms(hits) if isinstance(side, EnglishSide) else {}
    choices = [_choice(side, hits, [key], short_forms, entry) for key, entry in known.items()]
    choices = _merged([choice for choice in choices if choice.places])
    numbers = {id(hit): n for n, hit in enumerate(hits)}
    index = [numbers[id(hit)] for hit in close]
    while len(choices) < limit:
        explained = {n for choice in choices for n in choice.places}
        open_hits = frozenset(i for i, n in enumerate(index) if n not in explained)
        taken = {word for choice in choices for key in choice.keys for word in key.split()}
        winner = _winner(scorer, candidates, open_hits, taken)
        if winner is None:
            break
        choice = _choice(side, hits, [winner.key], short_forms, known.get(winner.key))
        choice.evidence = winner.evidence
        choices = _merged([*choices, choice])
    return _disjoint(choices, hits)


def _winner(
    scorer: Scorer, candidates: Mapping[str, Candidate], among: frozenset[int], taken: set[str]
) -> Candidate | None:
    if not among:
        return None
    ranked = scorer.rank((c for c in candidates.values() if c.hits & among), among)
    ranked = [c for c in ranked if not set(c.key.split()) <= taken]
    if not ranked:
        return None
    best = _extended(ranked[0], ranked, among)
    scores = [c.score for c in ranked]
    top = max([*scores, _NULL_SCORE])
    mass = sum(math.exp(s - top) for s in scores) + math.exp(_NULL_SCORE - top)
    own = sum(math.exp(c.score - top) for c in ranked if _related(c.key, best.key))
    confidence = own / mass
    if confidence < _ACCEPT:
        return None
    best.evidence = {**best.evidence, "confidence": round(confidence, 3)}
    return best


def _related(left: str, right: str) -> bool:
    return f" {left} " in f" {right} " or f" {right} " in f" {left} "


def _extended(best: Candidate, ranked: Sequence[Candidate], among: frozenset[int]) -> Candidate:
    """The longer phrase that the best candidate is always a part of: State Security → Ministry of …"""
    inside = best.hits & among
    if len(inside) < 2:
        return best
    longer = [
        c
        for c in ranked
        if c is not best
        and f" {best.key} " in f" {c.key} "
        and len(c.hits & inside) >= _EXTENDS * len(inside)
        and c.score >= best.score - _EXTENSION_LOSS
    ]
    return max(longer, key=lambda c: (len(c.hits & inside), c.score), default=best)


def _short_forms(hits: Sequence[Hit]) -> dict[str, str]:
    """Full key → abbreviation, as defined in the units themselves."""
    return {
        phrase_key(a.full): a.short for hit in hits for a in abbreviations(hit.other)
    }


def _choice(
    side: Side,
    hits: Sequence[Hit],
    keys: list[str],
    short_forms: Mapping[str, str],
    entry: Entry | None,
) -> Choice:
    short = None
    for full, abbreviation in short_forms.items():
        if full in keys or inflection_key(abbreviation) in keys:
            keys = list(dict.fromkeys([full, inflection_key(abbreviation), *keys]))
            short = abbreviation
    places: dict[int, list[Range]] = {}
    for number, hit in enumerate(hits):
        spans = [span for key in keys for span in side.find(hit.other, key)]
        if spans:
            places[number] = sorted(set(spans))
    return Choice(keys, places, entry, short)


def _merged(choices: Sequence[Choice]) -> list[Choice]:
    """Choices that share a key (a full form and its abbreviation) become one."""
    merged: list[Choice] = []
    for choice in choices:
        same = next((m for m in merged if set(m.keys) & set(choice.keys)), None)
        if same is None:
            merged.append(choice)
            continue
        same.keys = list(dict.fromkeys([*same.keys, *choice.keys]))
        same.abbreviation = same.abbreviation or choice.abbreviation
        for number, spans in choice.places.items():
            same.places[number] = sorted({*same.places.get(number, []), *spans})
        if same.entry is None or (choice.entry and _better(choice.entry, same.entry)):
            same.entry = choice.entry or same.entry
        same.evidence = same.evidence or choice.evidence
    return merged


def _better(left: Entry, right: Entry) -> bool:
    order = ("preferred", "admitted", "deprecated", "forbidden")
    return order.index(left.status) < order.index(right.status)


def _disjoint(choices: list[Choice], hits: Sequence[Hit]) -> list[Choice]:
    """Every place for one rendering: the longer phrase wins, and a gloss is no rendering."""
    for number, hit in enumerate(hits):
        spans = [(c, span) for c in choices for span in c.places.get(number, [])]
        glosses = [(c, gloss_range(hit.other, span[1])) for c, span in spans]
        for choice in choices:
            kept = [
                span
                for span in choice.places.get(number, [])
                if not any(_covers(other, span) for c, other in spans if c is not choice)
                and not any(g and _covers(g, span) for c, g in glosses if c is not choice)
            ]
            if kept:
                choice.places[number] = kept
            else:
                choice.places.pop(number, None)
    return [choice for choice in choices if choice.places]


def _covers(outer: Range, inner: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1] and outer != inner
