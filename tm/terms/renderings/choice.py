"""Which candidates are renderings: the best explanation of all units, then of what it leaves."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from tm.terms.english import gloss_range, inflection_key, phrase_key
from tm.terms.lexicon import STOP_WORDS
from tm.terms.renderings.candidates import Candidate, Pool
from tm.terms.renderings.hits import Hits, Range, Spots, distinct_wordings
from tm.terms.renderings.scorer import Scorer
from tm.terms.termbase.concepts import RANK
from tm.terms.termbase.entries import Entry
from tm.terms.wordstats.arrays import is_in

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
#: A phrase may render another term of the termbase in such a share of the units, not in more.
_CLAIMED = 0.5
#: A longer phrase is taken if it is there in so many of the shorter one's units …
_EXTENDS = 0.75
#: … and scores at most so much less …
_EXTENSION_LOSS = 2.0
#: … unless the shorter one alone means the term or sounds like it.
_MEANS_THE_TERM = 0.25
_SOUNDS_LIKE_THE_TERM = 0.6
#: A wording of its own stands with the term in so many of its units.
_OWN_PHRASE = 0.5

#: Wordings of a rendering that are told apart; of those, so many are compared without case.
_WORDINGS = 40
_FOLDED = 12

_GRAMMAR = frozenset({"of", "the", "and", "for"})


@dataclass(slots=True)
class Choice:
    """A rendering being put together: its keys, and where it stands."""

    keys: list[str]
    spots: Spots
    folded: frozenset[str] = frozenset()
    entry: Entry | None = None
    abbreviation: str | None = None
    evidence: dict[str, float] = field(default_factory=dict)


def choose(
    scorer: Scorer,
    pool: Pool,
    known: Mapping[str, Entry],
    elsewhere: Mapping[str, frozenset[int]],
    short_forms: Mapping[str, str],
    limit: int,
) -> list[Choice]:
    """Renderings with all their places, each place belonging to one rendering only.

    ``pool`` has the candidates of the hits that were read closely, ``known`` the termbase's
    renderings by key; ``elsewhere`` the hits in which a known rendering belongs to another term;
    ``short_forms`` full keys with the abbreviations that the texts define.
    """
    hits = pool.hits
    choices = [_choice(hits, [key], short_forms, entry) for key, entry in known.items()]
    for choice, key in zip(choices, known, strict=True):
        if choice.entry and choice.entry.status not in ("preferred", "admitted"):
            own = np.array(sorted(elsewhere.get(key, ())), dtype=np.int64)
            choice.spots = choice.spots.only(~is_in(choice.spots.hit, own))
    choices = _merged([choice for choice in choices if len(choice.spots)])
    while len(choices) < limit:
        explained = np.zeros(len(hits), dtype=bool)
        for choice in choices:
            explained[choice.spots.hit] = True
        open_hits = frozenset(np.flatnonzero(~explained[pool.close]).tolist())
        taken = {key for choice in choices for key in choice.keys}
        needed = _needed(_ACCEPT_NEXT if choices else _ACCEPT_FIRST, len(open_hits))
        winners = _winners(scorer, open_hits, taken, needed, short_forms)
        if not winners:
            break
        for winner in winners:
            choice = _choice(hits, [winner.key], short_forms, known.get(winner.key))
            choice.evidence = winner.evidence
            choices = _merged([*choices, choice])
    return _one_for_one(_disjoint(choices, hits), hits)


def _winners(
    scorer: Scorer,
    among: frozenset[int],
    taken: set[str],
    needed: float,
    short_forms: Mapping[str, str],
) -> list[Candidate]:
    """The best explanation of the hits ``among``, in its different wordings; empty if none is."""
    if not among:
        return []
    ranked = scorer.rank(among)
    claimed = {c.key for c in ranked if -c.evidence.get("claimed", 0.0) > _CLAIMED}
    ranked = [c for c in ranked if c.key not in claimed]
    ranked = [c for c in ranked if not _says_nothing_new(c, taken | claimed)]
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


def _says_nothing_new(candidate: Candidate, taken: set[str]) -> bool:
    """Whether all words of a phrase belong to the phrases ``taken``.

    All the words of one in another order are a rendering of its own: Group 109 and 109 group; so
    is a name of several words in a longer one: State Security.
    """
    key = candidate.key
    own = sorted(key.split())
    is_name = len(own) > 1 and _is_name(candidate.text)
    if is_name and any(f" {key} " in f" {other} " for other in taken - {key}):
        return False
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


def _choice(
    hits: Hits, keys: list[str], short_forms: Mapping[str, str], entry: Entry | None
) -> Choice:
    short = None
    for full, abbreviation in short_forms.items():
        if full in keys or inflection_key(abbreviation) in keys:
            keys = list(dict.fromkeys([full, inflection_key(abbreviation), *keys]))
            short = abbreviation
    find = hits.english if hits.other == "en" else hits.korean
    spots = Spots.joined([find(key) for key in keys])
    folded: frozenset[str] = frozenset()
    if hits.other == "en":
        forms = list(wordings(hits, spots))[:_FOLDED]
        folded = frozenset(phrase_key(form.lower()) for form in forms)
    return Choice(keys, spots, folded, entry, short)


def wordings(hits: Hits, spots: Spots) -> Counter[str]:
    """The wordings at these places, and how often each stands there, most first."""
    counts: Counter[str] = Counter()
    for example, count in distinct_wordings(hits, spots)[:_WORDINGS]:
        start, stop = int(spots.start[example]), int(spots.stop[example])
        counts[hits.surface(start, stop, hits.other)] += count
    return Counter(dict(counts.most_common()))


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
        same.spots = Spots.joined([same.spots, choice.spots])
        if same.entry is None or (choice.entry and _better(choice.entry, same.entry)):
            same.entry = choice.entry or same.entry
        same.evidence = same.evidence or choice.evidence
    return merged


def _better(left: Entry, right: Entry) -> bool:
    return RANK[left.status] < RANK[right.status]


def _disjoint(choices: list[Choice], hits: Hits) -> list[Choice]:
    """Every place for one rendering: the longer phrase wins, and a gloss is no rendering."""
    all_spots = [choice.spots for choice in choices]
    for choice in choices:
        inside = np.zeros(len(choice.spots), dtype=bool)
        for other in all_spots:
            if other is not choice.spots:
                inside |= choice.spots.within(other)
        choice.spots = choice.spots.only(~inside)
    if hits.other == "en":
        _without_glosses(choices, all_spots, hits)
    return [choice for choice in choices if len(choice.spots)]


def _without_glosses(choices: list[Choice], all_spots: Sequence[Spots], hits: Hits) -> None:
    """Take out places inside the explanation that follows another rendering."""
    for choice, own in zip(choices, all_spots, strict=True):
        others = [other for other in choices if other is not choice and len(other.spots)]
        beside = [is_in(own.hit, other.spots.hit) for other in others]
        if not beside:
            continue
        chosen = np.flatnonzero(np.logical_or.reduce(beside))
        for place in chosen[hits.may_be_glossed(own.stop[chosen])].tolist():
            hit = int(own.hit[place])
            text = hits.text(hit, "en")
            end = hits.span(hit, int(own.start[place]), int(own.stop[place]), "en")[1]
            gloss = gloss_range(text, end)
            if gloss is not None:
                _take_out(others, hits, hit, gloss)


def _take_out(choices: Sequence[Choice], hits: Hits, hit: int, gloss: Range) -> None:
    """Take out the places of these choices that lie in a stretch of the English of a hit."""
    for choice in choices:
        kept = np.ones(len(choice.spots), dtype=bool)
        for spot in np.flatnonzero(choice.spots.hit == hit).tolist():
            start, stop = int(choice.spots.start[spot]), int(choice.spots.stop[spot])
            kept[spot] = not _within(hits.span(hit, start, stop, "en"), gloss)
        choice.spots = choice.spots.only(kept)


def _one_for_one(choices: list[Choice], hits: Hits) -> list[Choice]:
    """At most as many renderings in a unit as the term has places there; the termbase's all stay.

    Where there are more, those that stand least without the term elsewhere are kept: money may
    stand beside donju, and is then not the rendering.
    """
    present = np.zeros((len(choices), len(hits)), dtype=bool)
    for row, choice in enumerate(choices):
        present[row, choice.spots.hit] = True
    known = [row for row, choice in enumerate(choices) if choice.entry is not None]
    guessed = [row for row, choice in enumerate(choices) if choice.entry is None]
    guessed.sort(key=lambda row: -choices[row].evidence.get("precision", 1.0))
    room = hits.room - present[known].sum(axis=0)
    for row in guessed:
        kept = present[row] & (room > 0)
        room = room - kept
        choices[row].spots = choices[row].spots.only(kept[choices[row].spots.hit])
    return [choice for choice in choices if len(choice.spots)]


def _within(inner: Range, outer: Range) -> bool:
    return outer[0] <= inner[0] and inner[1] <= outer[1]
