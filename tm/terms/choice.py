"""Which candidates are renderings: the best explanation of all units, then of what it leaves."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from tm.terms.candidates import Candidate, EnglishSide, Hit, Range, Side
from tm.terms.english import abbreviations, gloss_range, inflection_key, phrase_key
from tm.terms.lexicon import STOP_WORDS
from tm.terms.scorer import Scorer
from tm.terms.termbase import RANK, Entry

#: The score of "none of these renders the term" in the choice between candidates, for one unit,
#: and how it falls each time the units double: in many units renderings differ and score less.
_NULL_SCORE = 3.5
_NULL_FALL = 0.35
#: Candidates that share the probability; the many behind them are noise.
_COMPETITORS = 12
#: Confidence from which a phrase is accepted as the first rendering, by the number of units, and
#: as one more. On dictionary words in news a third to a half of the first guesses at these limits
#: are right, and nine in ten of those near 1.
_ACCEPT_FIRST = {1: 0.5, 2: 0.35, 5: 0.2}
_ACCEPT_NEXT = {1: 0.6, 2: 0.5, 3: 0.4}
#: A longer phrase is taken if it is there in so many of the shorter one's units …
_EXTENDS = 0.75
#: … and scores at most so much less …
_EXTENSION_LOSS = 2.0
#: … unless the shorter one alone means the term or sounds like it.
_MEANS_THE_TERM = 0.25
_SOUNDS_LIKE_THE_TERM = 0.6
#: A wording of its own stands with the term in so many of its units.
_OWN_PHRASE = 0.5


_GRAMMAR = frozenset({"of", "the", "and", "for"})


@dataclass(slots=True)
class Choice:
    """A rendering being put together: its keys, and where each stands in which hit."""

    keys: list[str]
    places: dict[int, list[Range]]
    folded: frozenset[str] = frozenset()
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
    elsewhere: Mapping[str, frozenset[int]],
    limit: int,
) -> list[Choice]:
    """Renderings with all their places, each place belonging to one rendering only.

    ``hits`` are all units with the term, ``close`` those that ``candidates`` were collected from,
    ``known`` the termbase's renderings by key; ``elsewhere`` the hits in which a known rendering
    belongs to another term.
    """
    short_forms = _short_forms(hits) if isinstance(side, EnglishSide) else {}
    choices = [_choice(side, hits, [key], short_forms, entry) for key, entry in known.items()]
    for choice, key in zip(choices, known, strict=True):
        if choice.entry and choice.entry.status not in ("preferred", "admitted"):
            for number in elsewhere.get(key, ()):
                choice.places.pop(number, None)
    choices = _merged([choice for choice in choices if choice.places])
    numbers = {id(hit): n for n, hit in enumerate(hits)}
    index = [numbers[id(hit)] for hit in close]
    while len(choices) < limit:
        explained = {n for choice in choices for n in choice.places}
        open_hits = frozenset(i for i, n in enumerate(index) if n not in explained)
        taken = {key for choice in choices for key in choice.keys}
        needed = _needed(_ACCEPT_NEXT if choices else _ACCEPT_FIRST, len(open_hits))
        winners = _winners(scorer, candidates, open_hits, taken, needed, short_forms)
        if not winners:
            break
        for winner in winners:
            choice = _choice(side, hits, [winner.key], short_forms, known.get(winner.key))
            choice.evidence = winner.evidence
            choices = _merged([*choices, choice])
    return _one_for_one(_disjoint(choices, hits), hits)


def _winners(
    scorer: Scorer,
    candidates: Mapping[str, Candidate],
    among: frozenset[int],
    taken: set[str],
    needed: float,
    short_forms: Mapping[str, str],
) -> list[Candidate]:
    """The best explanation of the hits ``among``, in its different wordings; empty if none is."""
    if not among:
        return []
    ranked = scorer.rank((c for c in candidates.values() if c.hits & among), among)
    ranked = [c for c in ranked if not _says_nothing_new(c.key, taken)]
    if not ranked:
        return []
    winners = _wordings(ranked[0], ranked, among)
    words = {word for winner in winners for word in winner.key.split()}
    for full, short in short_forms.items():
        if inflection_key(short) in words:
            words |= set(full.split())
    null = _NULL_SCORE - _NULL_FALL * math.log2(len(among))
    masses = {c.key: math.exp(c.score - null) for c in ranked[:_COMPETITORS]}
    own = sum(m for key, m in masses.items() if words & set(key.split()) - _GRAMMAR)
    confidence = own / (sum(masses.values()) + 1)
    if confidence < needed:
        return []
    for winner in winners:
        winner.evidence = {**winner.evidence, "confidence": round(confidence, 3)}
    return winners


def _says_nothing_new(key: str, taken: set[str]) -> bool:
    """Whether all words of a phrase belong to the phrases ``taken``.

    All the words of one in another order are a rendering of its own: Group 109 and 109 group.
    """
    own = sorted(key.split())
    if key not in taken and any(own == sorted(other.split()) for other in taken):
        return False
    return set(own) <= {word for other in taken for word in other.split()}


def _needed(limits: Mapping[int, float], hits: int) -> float:
    return next((limits[n] for n in sorted(limits, reverse=True) if hits >= n), 1.0)


def _wordings(
    best: Candidate, ranked: Sequence[Candidate], among: frozenset[int]
) -> list[Candidate]:
    """The phrases that the best candidate is part of: session → criticism session, review session.

    A word that sounds like the term or has its meaning stays as it is (power is not power-sharing)
    unless it belongs to a name (security and Ministry of Social Security).
    """
    inside = best.hits & among
    if len(inside) < 2 or best.evidence.get("sound", 0.0) > _SOUNDS_LIKE_THE_TERM:
        return [best]
    own = best.evidence.get("close meaning", 0.0) / best.evidence["coverage"] ** 0.5
    if own > _MEANS_THE_TERM:
        ranked = [c for c in ranked if c is best or (len(inside) > 3 and _is_name(c.text))]
    whole = _extended(best, ranked, inside)
    if whole is not best:
        return _wordings(whole, ranked, among)
    longer = [c for c in ranked if _extends(c, best) and c.evidence["precision"] >= _OWN_PHRASE]
    wordings, left = [], set(inside)
    while longer:
        longest = max(longer, key=lambda c: (len(c.hits & left), c.score))
        if len(longest.hits & left) < 2:
            break
        wordings.append(_extended(longest, ranked, frozenset(longest.hits & left)))
        left -= longest.hits
        longer.remove(longest)
    return wordings if len(left) < 2 and wordings else [*wordings, best]


def _extended(
    best: Candidate, ranked: Sequence[Candidate], inside: frozenset[int] | set[int]
) -> Candidate:
    """The longer phrase that a candidate nearly always is a part of: State → Ministry of State …"""
    longer = [
        c
        for c in ranked
        if _extends(c, best)
        and len(c.hits & inside) >= max(2, _EXTENDS * len(inside))
        and c.score >= best.score - _EXTENSION_LOSS
    ]
    if not longer:
        return best
    longest = max(longer, key=lambda c: (len(c.hits & inside), c.score))
    return _extended(longest, ranked, longest.hits & inside)


def _extends(long: Candidate, short: Candidate) -> bool:
    within = f" {short.key} " in f" {long.key} " and long is not short
    return within and _same_case(short.text, long.text)


def _is_name(text: str) -> bool:
    return all(w[0].isupper() or w[0].isdigit() or w.lower() in STOP_WORDS for w in text.split())


def _same_case(short: str, long: str) -> bool:
    """A name grows by names: 617 Division does not become head of the 617 Division."""
    return not _is_name(short) or _is_name(long)


def _short_forms(hits: Sequence[Hit]) -> dict[str, str]:
    """Full key → abbreviation, as defined in the units themselves."""
    return {phrase_key(a.full): a.short for hit in hits for a in abbreviations(hit.other)}


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
    texts = {
        hits[n].other[start:end].lower() for n, spans in places.items() for start, end in spans
    }
    return Choice(keys, places, frozenset(map(phrase_key, texts)), entry, short)


def _merged(choices: Sequence[Choice]) -> list[Choice]:
    """Choices that share a key become one: a full form and its abbreviation, capitals and none."""
    merged: list[Choice] = []
    for choice in choices:
        own = {*choice.keys, *choice.folded}
        same = next((m for m in merged if own & {*m.keys, *m.folded}), None)
        if same is None:
            merged.append(choice)
            continue
        same.keys = list(dict.fromkeys([*same.keys, *choice.keys]))
        same.folded |= choice.folded
        same.abbreviation = same.abbreviation or choice.abbreviation
        for number, spans in choice.places.items():
            same.places[number] = sorted({*same.places.get(number, []), *spans})
        if same.entry is None or (choice.entry and _better(choice.entry, same.entry)):
            same.entry = choice.entry or same.entry
        same.evidence = same.evidence or choice.evidence
    return merged


def _better(left: Entry, right: Entry) -> bool:
    return RANK[left.status] < RANK[right.status]


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
                and not any(g and _within(span, g) for c, g in glosses if c is not choice)
            ]
            if kept:
                choice.places[number] = kept
            else:
                choice.places.pop(number, None)
    return [choice for choice in choices if choice.places]


def _one_for_one(choices: list[Choice], hits: Sequence[Hit]) -> list[Choice]:
    """At most as many renderings in a unit as the term has places there; the termbase's all stay.

    Where there are more, those that stand least without the term elsewhere are kept: money may
    stand beside donju, and is then not the rendering.
    """
    for number, hit in enumerate(hits):
        present = [choice for choice in choices if number in choice.places]
        guessed = [choice for choice in present if choice.entry is None]
        guessed.sort(key=lambda choice: -choice.evidence.get("precision", 1.0))
        room = max(len(hit.spans) - (len(present) - len(guessed)), 0)
        for choice in guessed[room:]:
            del choice.places[number]
    return [choice for choice in choices if choice.places]


def _covers(outer: Range, inner: Range) -> bool:
    return _within(inner, outer) and outer != inner


def _within(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
