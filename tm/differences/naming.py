"""The kinds of a difference: what two words, or a word and nothing, differ in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from tm.differences.alignment import Step
from tm.differences.contraries import are_contrary, describes_what_follows
from tm.differences.kinds import Difference, DifferenceKind
from tm.differences.names import are_names
from tm.differences.quantities import are_other_measures, are_other_times, is_sign
from tm.differences.spelling import same_spelling
from tm.differences.voice import other_voice
from tm.differences.words import Word
from tm.eojeol import (
    is_korean,
    negations,
    opposite_by_prefix,
    same_noun,
    same_particle,
    same_verb,
    split_particle,
)
from tm.placeables.korean import is_determiner
from tm.placeables.reading import DATES, Placeable
from tm.terms.lexicon import word_set
from tm.verbs import ends_clause, english_tense, tense

_FROM_NOW_KO = re.compile(
    r"(?:이달|전날|다음\s?날|이튿날|이듬해|연초|연말|오전|오후|어제|오늘|내일|모레|글피|그제|그저께|엊그제|작년|올해|금년|내년|내후년|후년|명년|지난해|재작년|"
    r"(?:지난|이번|다음|저번|올|전|내|오는)\s?"
    r"(?:달|주|해|봄|여름|가을|겨울|월요일|화요일|수요일|목요일|금요일|토요일|일요일))"
)
_FROM_NOW_EN = word_set(
    """
    yesterday today tomorrow tonight last this next previous following ago
    """
)
_PERIODS_EN = word_set(
    """
    week weeks month months year years summer winter spring autumn fall night morning evening
    monday tuesday wednesday thursday friday saturday sunday
    """
)

# Opposites that are parts of names where they have a capital: North Hamgyong, South Hamgyong.
_IN_NAMES = word_set(
    """
    north south east west northern southern eastern western upper lower inner outer new old great
    greater little left right
    """
)
# Words before a verb among which the noun is looked for that it is said of.
_NEAR = 4

_AUXILIARIES = word_set(
    """
    will would shall has have had did do does is are was were be been being
    """
)


def named(steps: Sequence[Step], place: int) -> Iterator[Difference]:
    """The differences within the step at ``place`` among ``steps``."""
    step = steps[place]
    following = steps[place + 1] if place + 1 < len(steps) else None
    if step.is_pair and step.query[0].text == step.candidate[0].text:
        return
    query = " ".join(word.text for word in step.query)
    candidate = " ".join(word.text for word in step.candidate)
    if query == candidate:
        return
    if not step.query or not step.candidate:
        kind = _kind_alone(step.query or step.candidate, bool(step.query), following)
        yield Difference(kind, query, candidate)
        return
    if is_whole(step):
        yield Difference("wording", query, candidate)
        return
    one, other = (_compact(words) for words in (step.query, step.candidate))
    respaced = _blanks(query) != _blanks(candidate) and one.casefold() == other.casefold()
    if respaced or len(step.query) != len(step.candidate):
        yield Difference("spacing", query, candidate)
    if one == other:
        if len(query.replace(" ", "")) != len(one) or len(candidate.replace(" ", "")) != len(other):
            if query.replace(" ", "") != candidate.replace(" ", ""):
                yield Difference("punctuation", query, candidate)
        elif not respaced and len(step.query) == len(step.candidate):
            yield Difference("punctuation", query, candidate)
        return
    for kind in _kinds(steps, place, one, other):
        yield Difference(kind, _cores(step.query), _cores(step.candidate))


def is_whole(step: Step) -> bool:
    """Whether runs of words were put beside each other as they are: a rewording."""
    return max(len(step.query), len(step.candidate)) > 2


def _compact(words: Sequence[Word]) -> str:
    return "".join(word.core for word in words).replace(" ", "")


def _blanks(text: str) -> int:
    return text.count(" ")


def _cores(words: Sequence[Word]) -> str:
    return " ".join(word.core for word in words)


# A word that the other sentence lacks


def _kind_alone(words: Sequence[Word], of_query: bool, following: Step | None) -> DifferenceKind:
    cores = [word.core for word in words]
    if not any(re.search(r"\w", core) for core in cores):
        return "punctuation"
    if any(negations(core) for core in cores):
        return "negation"
    numbers = [number for word in words for number in word.numbers]
    if any(is_sign(word.folded) for word in words):
        return "number"
    if numbers:
        return "date" if all(number.kind in DATES for number in numbers) else "number"
    if any(is_from_now(word, following) for word in words):
        return "date"
    if all(word.folded in _AUXILIARIES for word in words):
        return "tense"
    return "addition" if of_query else "omission"


# Two words


def _kinds(steps: Sequence[Step], place: int, one: str, other: str) -> list[DifferenceKind]:
    step = steps[place]
    before = steps[place - 1] if place else None
    following = steps[place + 1] if place + 1 < len(steps) else None
    a, b = step.query[0], step.candidate[0]
    if one.casefold() == other.casefold():
        starts = place == 0 or a.place == 0 or b.place == 0
        return [] if starts and a.place != b.place else ["case"]
    if not step.is_pair:
        return _kinds_of_words(one, other, first=False, title="")
    if negations(a.folded) != negations(b.folded):
        return ["negation", *_tense_of_verbs(_positive(a.folded), _positive(b.folded))]
    if _are_contrary(steps, place):
        return ["contrary", *_tense_of_contraries(a.folded, b.folded)]
    if opposite_by_prefix(a.folded, b.folded) or opposite_by_prefix(
        split_particle(a.folded)[0], split_particle(b.folded)[0]
    ):
        return ["negation"]
    if a.numbers or b.numbers:
        return _kinds_of_numbers(a, b)
    if is_determiner(a.folded) and is_determiner(b.folded):
        return ["number"]
    if is_sign(a.folded) and is_sign(b.folded):
        return ["number"]
    if _is_numbered(before) and are_other_measures(a.folded, b.folded):
        return ["number"]
    if are_other_times(a.folded, b.folded):
        return ["date"]
    if is_from_now(a, following) and is_from_now(b, following) and not _same_noun(a, b):
        return ["date"]
    first = a.place == 0 and b.place == 0
    return _kinds_of_words(a.core, b.core, first=first, title=_title(following))


def _are_contrary(steps: Sequence[Step], place: int) -> bool:
    """Whether the two words of a step are an opposition, and neither names (North, South) nor days
    (early May, late May)."""
    a, b = steps[place].query[0], steps[place].candidate[0]
    following = steps[place + 1] if place + 1 < len(steps) else None
    if not are_contrary(a.folded, b.folded) or is_from_now(a, following):
        return False
    if a.core[:1].isupper() and b.core[:1].isupper() and {a.folded, b.folded} <= _IN_NAMES:
        return False
    return are_contrary(a.folded, b.folded, is_same_thing=_are_of_same_thing(steps, place))


def _are_of_same_thing(steps: Sequence[Step], place: int) -> bool:
    """Whether the words of a step are said of the same thing in both sentences: the noun before
    them, or behind what describes it, is the same or ends alike (쌀값, 밀값)."""
    step = steps[place]
    before = steps[max(0, place - _NEAR) : place][::-1]
    if not is_korean(step.query[0].folded):
        behind = steps[place + 1 : place + 2]
        return not before or any(_have_same_noun(near) for near in (*before[:1], *behind))
    nouns = (near for near in before if any(split_particle(w.folded)[1] for w in near.query))
    described = steps[place + 1 : place + 2] if describes_what_follows(step.query[0].folded) else []
    nearest = next(nouns, None)
    if nearest is None and not described:
        return True
    return any(_have_same_noun(near) for near in (nearest, *described) if near is not None)


def _have_same_noun(step: Step) -> bool:
    if not (step.query and step.candidate) or len(step.query) != len(step.candidate):
        return False
    if not step.is_changed:
        return True
    one, other = step.query[-1].folded, step.candidate[-1].folded
    if not is_korean(one):
        return same_verb(one, other)
    stems = split_particle(one)[0], split_particle(other)[0]
    return same_noun(one, other) or (min(map(len, stems)) > 1 and stems[0][-1] == stems[1][-1])


def _tense_of_contraries(one: str, other: str) -> list[DifferenceKind]:
    """Whether two verbs that are no forms of one verb differ in tense."""
    if is_korean(one) and is_korean(other):
        is_verb = ends_clause(one) and ends_clause(other)
        return ["tense"] if is_verb and tense(one) != tense(other) else []
    return []


def _is_numbered(before: Step | None) -> bool:
    """Whether a number stands before a word in both sentences."""
    return before is not None and all(
        side and side[-1].numbers for side in (before.query, before.candidate)
    )


def _same_noun(one: Word, other: Word) -> bool:
    return same_noun(one.folded.replace(" ", ""), other.folded.replace(" ", ""))


def _title(following: Step | None) -> str:
    return following.query[0].core if following and following.query and following.candidate else ""


def is_from_now(word: Word, following: Step | None) -> bool:
    """Whether a word tells a time from now: 지난달, yesterday, *last* before *week*."""
    if is_korean(word.folded):
        match = _FROM_NOW_KO.match(word.folded)
        return match is not None and (
            match.end() == len(word.folded) or bool(split_particle(word.folded)[1])
        )
    after = (following.query or following.candidate)[:1] if following else ()
    if word.folded in ("last", "this", "next", "previous", "following"):
        return bool(after) and after[0].folded in _PERIODS_EN
    if word.folded in ("early", "mid", "late"):
        return bool(after) and any(number.kind in DATES for number in after[0].numbers)
    return word.folded.rsplit(" ", 1)[-1] in _FROM_NOW_EN


def _kinds_of_numbers(one: Word, other: Word) -> list[DifferenceKind]:
    kinds: list[DifferenceKind] = []
    values, other_values = _values(one.numbers), _values(other.numbers)
    if one.numbers and other.numbers and _are_other_amounts(one, other):
        return [_kind_of_numbers(one.numbers, other.numbers)]
    if values != other_values:
        kinds.append(_kind_of_numbers(one.numbers, other.numbers))
    elif one.rest == other.rest:
        return ["spelling"]
    if one.rest != other.rest:
        if not (one.numbers and other.numbers):
            return kinds or ["wording"]
        unit, other_unit = (split_particle(word.rest) for word in (one, other))
        if kinds and unit[0] == other_unit[0] and same_particle(unit[1], other_unit[1]):
            return kinds
        if values == other_values and one.core[:1] != other.core[:1]:
            kinds.append("spelling")
        if unit[0] == other_unit[0]:
            kinds.append("particle")
        elif same_verb(one.rest, other.rest):
            kinds.append("ending")
        elif unit[0].strip("0") and other_unit[0].strip("0"):
            kinds.append("wording")
        else:
            kinds.append("addition" if len(unit[0]) > len(other_unit[0]) else "omission")
    return kinds


def _are_other_amounts(one: Word, other: Word) -> bool:
    """Whether two words with numbers measure other things: won and dollars, a share and a count."""
    amounts = zip(one.measures, other.measures, strict=False)
    return any(
        first != second and ((first and second) or {"percent", "below zero"} & {first, second})
        for first, second in amounts
    )


def _values(numbers: Sequence[Placeable]) -> list[Decimal]:
    return [number.value for number in numbers]


def _kind_of_numbers(one: Sequence[Placeable], other: Sequence[Placeable]) -> DifferenceKind:
    return "date" if all(n.kind in DATES for n in (*one, *other)) else "number"


def _kinds_of_words(one: str, other: str, *, first: bool, title: str) -> list[DifferenceKind]:
    if re.sub(r"\W", "", one) == re.sub(r"\W", "", other):
        return ["punctuation"]
    low, low_other = one.casefold(), other.casefold()
    if same_spelling(low, low_other):
        return ["spelling"]
    parts, other_parts = low.split(), low_other.split()
    if len(parts) == len(other_parts) == 2 and parts[1] == other_parts[1]:
        low, low_other = parts[0], other_parts[0]  # 쌀뿐만 아니라, 쌀뿐 아니라
    (stem, particle), (other_stem, other_particle) = split_particle(low), split_particle(low_other)
    if (stem == other_stem and particle != other_particle) or same_noun(low, low_other):
        return ["particle"]
    if particle == other_particle and stem.removesuffix("들") == other_stem.removesuffix("들"):
        return ["particle"]
    if particle and other_particle and same_spelling(stem, other_stem):
        return ["spelling", "particle"]
    tensed = _tense_of_verbs(low, low_other)
    if tensed:
        return tensed
    if same_verb(_verb(low), _verb(low_other)) or other_voice(low, low_other):
        return ["ending"]
    if are_names(one, other, first=first, title=title):
        return ["name or term"]
    return ["wording"]


def _tense_of_verbs(one: str, other: str) -> list[DifferenceKind]:
    """``tense`` where two forms of one verb differ in it."""
    if is_korean(one) and is_korean(other):
        verbs = one.split()[0], other.split()[0]
        same = verbs[0] == verbs[1] or same_verb(*verbs)
        return ["tense"] if same and tense(one) != tense(other) else []
    if not same_verb(_verb(one), _verb(other)):
        return []
    tenses = english_tense(_finite(one)), english_tense(_finite(other))
    changed = None not in tenses and tenses[0] != tenses[1]
    return ["tense"] if changed else []


def _verb(word: str) -> str:
    """The verb of an English phrase: go of *did not go*."""
    return word if is_korean(word) else word.rsplit(" ", 1)[-1]


def _finite(word: str) -> str:
    """What shows the tense of an English phrase: did of *didn't go*."""
    return word.split(" ", 1)[0].replace("’", "'").removesuffix("n't")


def _positive(word: str) -> str:
    """A negated verb as what it negates: 공개하지 않았다 as 공개하 with the tense of 않았다."""
    parts = word.split()
    if len(parts) == 2 and parts[0] in ("안", "못"):
        return parts[1]
    return word
