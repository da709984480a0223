"""What changed places, and what changed roles.

In Korean a particle says who acts and whom it is done to, so words may stand in another order and
mean the same; roles are exchanged where two nouns have taken each other's particles, or where a
noun has gone over to another verb. In English the order says it: two parts that have changed places
around a verb or a preposition are exchanged, a part that moved alone (last week …) is not.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from align.article import Lang
from tm.differences.alignment import Step
from tm.differences.exchange import is_exchange, link_between
from tm.differences.kinds import Difference, DifferenceKind
from tm.differences.names import is_name
from tm.differences.voice import passive_beside_active, turned
from tm.differences.words import Word
from tm.eojeol import (
    FUNCTION_WORDS,
    PARTNER,
    content,
    role,
    same_noun,
    same_particle,
    split_particle,
)
from tm.terms.lexicon import word_set
from tm.verbs import ends_clause

# Verbs before another one whose ending has merged with the stem (빌려, 넘겨, 세워, 보내) or looks
# like a particle (갔다가), and nouns that end alike.
_CONTRACTED = re.compile(
    "(?:[가-힣][려겨켜쳐져펴워]|[었았였갔왔했됐졌렸났봤샀췄겼]다가|[보꺼끝아어]내)$"
)
_NOUNS_LIKE_VERBS = word_set("우려 고려 배려 격려 염려 장려 독려 심려 사려 파워 타워 샤워 아내")
# 아들 and 이들 have no plural in them.
_SHORTEST_PLURAL = 2


@dataclass(frozen=True, slots=True)
class _Noun:
    """A Korean word as noun and role; ``at`` is its place among the words that changed."""

    word: Word
    stem: str
    particle: str
    at: int

    @property
    def role(self) -> str:
        return role(self.particle)


def without_reordered(steps: list[Step], lang: Lang) -> tuple[list[Step], list[Difference]]:
    """The steps without the words that changed places or roles, and what became of those."""
    steps, found = _without_other_voice(steps) if lang == "ko" else _without_passive(steps)
    changed = [step for step in steps if step.is_changed]
    if sum(bool(step.query) for step in changed) == 0 or len(changed) < 2:
        return steps, found
    if lang == "ko":
        steps, exchanged = _without_exchanged(steps)
        found += exchanged
    steps, crossed = _without_crossed(steps, lang)
    steps, moved = _without_moved(steps, lang)
    return steps, found + crossed + moved


# Korean: nouns that took each other's particles


def _without_exchanged(steps: list[Step]) -> tuple[list[Step], list[Difference]]:
    changed = [step for step in steps if step.is_changed]
    query = _nouns([w for step in changed for w in step.query])
    candidate = _nouns([w for step in changed for w in step.candidate])
    found: list[Difference] = []
    gone: set[int] = set()
    for one, other in combinations(query.keys() & candidate.keys(), 2):
        a, b = sorted((query[one], query[other]), key=lambda n: n.at)
        c, d = candidate[a.stem], candidate[b.stem]
        if {id(a.word), id(b.word)} & gone or not _are_exchanged(a, b, c, d):
            continue
        first, second = sorted((c, d), key=lambda n: n.at)
        found.append(
            Difference(
                "word order" if _are_joined(a, b) and _are_joined(c, d) else "roles",
                f"{a.word.core} … {b.word.core}",
                f"{first.word.core} … {second.word.core}",
            )
        )
        gone |= {id(noun.word) for noun in (a, b, c, d)}
    return _less(steps, gone), found


def _nouns(words: Sequence[Word]) -> dict[str, _Noun]:
    """The words that can be nouns and stand once, by stem, without the 들 of a plural."""
    counts: Counter[str] = Counter()
    nouns: dict[str, _Noun] = {}
    for at, word in enumerate(words):
        if word.numbers or " " in word.core:
            continue
        stem, particle = split_particle(word.folded)
        if len(stem) > _SHORTEST_PLURAL:  # 상인들은 단속원에게, 단속원들은 상인에게
            stem = stem.removesuffix("들")
        counts[stem] += 1
        nouns[stem] = _Noun(word, stem, particle, at)
    return {stem: noun for stem, noun in nouns.items() if counts[stem] == 1}


def _are_exchanged(a: _Noun, b: _Noun, c: _Noun, d: _Noun) -> bool:
    """Whether a and b of the query have taken each other's parts as c and d of the candidate."""
    before, after = (a.role, b.role), (c.role, d.role)
    if before == after[::-1] and before[0] != before[1]:
        return True
    if before[0] != before[1] or before != after or (a.at < b.at) == (c.at < d.at):
        return False
    if before[0]:  # 는 and 가 both mark who acts: of the clause, and of a clause within
        return (
            not same_particle(a.particle, b.particle)
            and same_particle(a.particle, d.particle)
            and same_particle(b.particle, c.particle)
        )
    return is_name(a.stem) and is_name(b.stem)


def _are_joined(one: _Noun, other: _Noun) -> bool:
    """쌀과 밀: which comes first says nothing."""
    first, second = sorted((one, other), key=lambda n: n.word.place)
    return first.role == PARTNER and second.word.place - first.word.place == 1


# Active and passive


def _without_other_voice(steps: list[Step]) -> tuple[list[Step], list[Difference]]:
    """Take out the nouns that a Korean verb in another voice has, and the verb itself if its
    subject is the same."""
    query, candidate = _sides(steps)
    for step in steps:
        if not (step.is_pair and step.is_changed):
            continue
        verb, other = step.query[0], step.candidate[0]
        found = turned(verb, other, query, candidate)
        if found is None:
            continue
        gone = {id(word) for pair in found.pairs for word in pair}
        if not found.is_same_subject:
            return _less(steps, gone), [_of_pairs("word order", found.pairs)]
        gone |= {id(verb), id(other)}
        return _less(steps, gone), [_of_pairs("roles", (found.pairs[0], (verb, other)))]
    return steps, []


def _of_pairs(kind: DifferenceKind, pairs: Sequence[tuple[Word, Word]]) -> Difference:
    """A difference between words of both sentences, each side in its own order."""
    sides = [sorted(side, key=lambda w: w.place) for side in zip(*pairs, strict=True)]
    return Difference(kind, *(" … ".join(word.core for word in side) for side in sides))


def _without_passive(steps: list[Step]) -> tuple[list[Step], list[Difference]]:
    """Take out an English verb whose voice has changed, and if its subject has changed with it,
    the words that both have where they changed: they are in their places for the other voice."""
    query, candidate = _sides(steps)
    found = passive_beside_active(query, candidate)
    if found is None:
        return steps, []
    is_kept, verb, other = found
    gone = {id(word) for word in (*verb, *other)}
    if not is_kept:
        changed = [step for step in steps if step.is_changed]
        one, another = _sides(changed)
        shared = Counter(w.folded for w in one) & Counter(w.folded for w in another)
        gone |= {id(word) for side in (one, another) for word in _taken(side, shared)}
    told = Difference(
        "roles" if is_kept else "word order",
        " ".join(word.core for word in verb),
        " ".join(word.core for word in other),
    )
    return _less(steps, gone), [told]


def _sides(steps: Sequence[Step]) -> tuple[list[Word], list[Word]]:
    return [w for s in steps for w in s.query], [w for s in steps for w in s.candidate]


# Both languages: two words that stand in each other's place


def _without_crossed(steps: list[Step], lang: Lang) -> tuple[list[Step], list[Difference]]:
    """Take out pairs of words of which each is beside the other, in whatever form."""
    pairs = [step for step in steps if step.is_pair and step.is_changed]
    found: list[Difference] = []
    gone: set[int] = set()
    for one, other in combinations(pairs, 2):
        a, c, b, d = one.query[0], one.candidate[0], other.query[0], other.candidate[0]
        if {id(a), id(b)} & gone or a.numbers or b.numbers or not _is_crossed(a, b, c, d, lang):
            continue
        joined = all(
            link_between(first, second, steps, side).is_coordination
            for first, second, side in ((a, b, "query"), (c, d, "candidate"))
        )
        found.append(
            Difference(
                "word order" if joined else "roles",
                f"{a.core} … {b.core}",
                f"{c.core} … {d.core}",
            )
        )
        gone |= {id(word) for word in (a, b, c, d)}
    return _less(steps, gone), found


def _head(word: Word) -> str:
    """What an English word begins with, without ending: Kim of Kim's and of Kim-led."""
    return content(re.split(r"[^\w.]", word.folded, maxsplit=1)[0])


def _is_crossed(a: Word, b: Word, c: Word, d: Word, lang: Lang) -> bool:
    """Whether a and d, and b and c, are the same but for particle or ending."""
    if lang == "en":
        first, second = _head(a), _head(b)
        crossed = first and second and first != second
        return bool(crossed) and (first, second) == (_head(d), _head(c))
    if a.folded == d.folded or b.folded == c.folded:
        return False  # moved with its particle, it keeps its part
    nouns = [_noun_in(word.folded) for word in (a, d, b, c)]
    return same_noun(*nouns[:2]) and same_noun(*nouns[2:])


def _noun_in(word: str) -> str:
    """The noun of a phrase that is one word: 방법이 of 방법이 아니다, and all of 김 씨는."""
    first, _, rest = word.partition(" ")
    return first + rest if rest.startswith("씨") else first


# Both languages: words that stand elsewhere


def _without_moved(steps: list[Step], lang: Lang) -> tuple[list[Step], list[Difference]]:
    changed = [step for step in steps if step.is_changed]
    in_query = Counter(w.folded for step in changed for w in step.query)
    in_candidate = Counter(w.folded for step in changed for w in step.candidate)
    shared = {
        word: min(count, in_candidate[word])
        for word, count in in_query.items()
        if word in in_candidate and re.search(r"\w", word)
    }
    wanted = {word: count for word, count in shared.items() if word not in FUNCTION_WORDS}
    if not wanted:
        return steps, []
    query, candidate = _sides(steps)
    in_changed = _sides(changed)
    from_query, from_candidate = (_taken(side, wanted) for side in in_changed)
    if any(word.numbers for word in from_query) and _numbers_exchanged(query, candidate):
        kind = "number"
    elif lang == "ko":
        kind = "roles" if _crosses_a_verb(from_query, from_candidate, steps) else "word order"
    else:
        kind = "roles" if is_exchange(steps, wanted) else "word order"
    difference = Difference(
        kind,  # type: ignore[arg-type]
        _with_neighbours(from_query, query),
        _with_neighbours(from_candidate, candidate),
    )
    gone = {id(word) for side in in_changed for word in _taken(side, shared)}
    return _less(steps, gone), [difference]


def _taken(words: Sequence[Word], wanted: dict[str, int]) -> list[Word]:
    left = dict(wanted)
    taken: list[Word] = []
    for word in words:
        if left.get(word.folded, 0) > 0:
            left[word.folded] -= 1
            taken.append(word)
    return taken


def _less(steps: list[Step], gone: set[int]) -> list[Step]:
    """The steps without words of these identities."""
    if not gone:
        return steps
    kept: list[Step] = []
    for step in steps:
        query = tuple(w for w in step.query if id(w) not in gone)
        candidate = tuple(w for w in step.candidate if id(w) not in gone)
        if len(query) == len(step.query) and len(candidate) == len(step.candidate):
            kept.append(step)
        elif query or candidate:
            kept.append(Step.of(query, candidate))
    return kept


def _numbers_exchanged(query: Sequence[Word], candidate: Sequence[Word]) -> bool:
    one, other = ([n.value for w in words for n in w.numbers] for words in (query, candidate))
    return one != other and sorted(one) == sorted(other)


def _crosses_a_verb(
    from_query: Sequence[Word], from_candidate: Sequence[Word], steps: Sequence[Step]
) -> bool:
    """Whether a noun with a role belongs to another verb than before, or a name without particle,
    as in headlines (북한, 미국 비난), stands elsewhere."""
    if any(_is_verb(word) or is_name(word.folded) for word in from_query):
        return True
    in_query, in_candidate = _verbs_before(steps)
    places = {word.folded: word.place for word in from_candidate}
    return any(
        role(split_particle(word.folded)[1])
        and in_query[word.place] != in_candidate[places[word.folded]]
        for word in from_query
    )


def _verbs_before(steps: Sequence[Step]) -> tuple[dict[int, int], dict[int, int]]:
    """For each place of both sentences, how many verbs that both have stand before it."""
    counts: tuple[dict[int, int], dict[int, int]] = ({}, {})
    seen = 0
    for step in steps:
        for words, places in ((step.query, counts[0]), (step.candidate, counts[1])):
            for word in words:
                places[word.place] = seen
        if not step.is_changed and any(_is_verb(word) for word in step.query):
            seen += 1
    return counts


def _is_verb(word: Word) -> bool:
    if _CONTRACTED.search(word.folded):
        return word.folded not in _NOUNS_LIKE_VERBS
    return ends_clause(word.folded) and not split_particle(word.folded)[1]


def _with_neighbours(moved: Sequence[Word], words: Sequence[Word]) -> str:
    """The moved words as they follow one another, a single one with the words around it."""
    if len(moved) > 1:
        return " … ".join(word.core for word in moved)
    place = moved[0].place
    return " ".join(word.core for word in words[max(0, place - 1) : place + 2])
