"""Numbers, dates and measures that a translation changes.

Each amount of the sentence is looked for among those of the translation, whatever its form (12만,
120,000; 3분의 1, a third; 보름, a fortnight; 30평, 100 square metres), and the other way round.
What is left over on both sides has been changed; what is left over on one has been lost or added,
which is reported only where a translation has no reason for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from tm.eojeol import split_particle
from tm.quality.checks.amounts import DATE_KINDS, Amount, converted, is_money, says
from tm.quality.checks.reading import Pair, Spot
from tm.quality.findings import Span

# Fewer letters than this for a syllable: the sentence was abridged, and numbers went with clauses.
_ABRIDGED = 1.95
# More letters than this: the translation says more than this sentence, and so do its numbers.
_EXPANDED = 2.9
# Up to so many things are left to the plural: the three methods, these.
_SMALL = 3


def numbers(pair: Pair) -> Iterator[Spot]:
    """``number``: an amount that the translation changes, loses or adds."""
    there, here = (
        [*pair.en_amounts, *pair.near_en_amounts],
        [*pair.ko_amounts, *pair.near_ko_amounts],
    )
    unsaid = lost_of(pair.ko_amounts, there)
    lost = [a for a in unsaid if a.kind not in DATE_KINDS]
    added = [a for a in added_of(pair.en_amounts, here) if a.kind not in DATE_KINDS]
    lost = _without_sums(lost, pair.ko_amounts, pair.en_amounts)
    added = _without_sums(added, pair.en_amounts, pair.ko_amounts)
    if any(a.kind == "day" for a in unsaid):
        added = [a for a in added if a.kind != "ordinal"]  # the 28th: a date
    added = [a for a in added if not (a.weak and a.values == (1.0,)) and not _is_literal(pair, a)]
    strong_lost = [a for a in lost if not a.weak]
    strong_added = [a for a in added if not a.weak]
    if added and not strong_lost:
        strong_lost = _crowded_out(pair.ko_amounts, there)
    scales = any(a.kind == "scale" for a in lost) and any(a.kind == "scale" for a in added)
    if (
        (strong_lost and added)
        or (strong_added and lost)
        or scales
        or _is_doubled(pair, lost, added)
    ):
        yield spot_of("number", pair, strong_lost or lost, strong_added or added)
    elif strong_added and not pair.says_more(_EXPANDED):
        sure = [a for a in strong_added if _is_exact(pair.en, a)]
        if sure and not _is_counted_from(pair, sure):
            yield spot_of("number", pair, [], sure)
    elif strong_lost and pair.is_sentence and pair.ratio >= _ABRIDGED:
        sure = [a for a in strong_lost if a.measure or max(a.values) > _SMALL or a.kind != "count"]
        if sure:
            yield spot_of("number", pair, sure, [])


def _is_literal(pair: Pair, one: Amount) -> bool:
    """Whether the figures stand so in the source: 9.27 for 9·27."""
    figures = pair.en[slice(*one.span)]
    return "." in figures and figures.replace(".", "·") in pair.ko.translate(_DOTS)


_DOTS = str.maketrans("‧ㆍ.", "···")


def _is_exact(text: str, one: Amount) -> bool:
    """In figures, or more than ten: what nobody adds for style, as *the three men*."""
    return text[one.start].isdigit() or min(one.values) > 10


_TWO_KO = re.compile("두|둘|양|쌍|남북|부부|형제|자매|이중|2")


def _is_doubled(pair: Pair, lost: Sequence[Amount], added: Sequence[Amount]) -> bool:
    """Whether one of something is two in the translation: 하나뿐, *only two*."""
    one = any(a.values == (1.0,) and a.kind == "count" for a in lost)
    two = any(pair.en[slice(*a.span)].lower() == "two" for a in added)
    return one and two and not _TWO_KO.search(pair.ko)


_COUNTED_FROM = re.compile(
    r"[\s-]?(?:\w+\s)?(?:days?|weeks?|months?|years?|hours?)\s(?:ago|after|before"
    r"|earlier|later|since|from|old)\b"
)


def _is_counted_from(pair: Pair, added: Sequence[Amount]) -> bool:
    """Whether the translation counts from a date that the source names: three days after."""
    has_date = any(a.kind in DATE_KINDS for a in pair.ko_amounts)
    return has_date and all(_COUNTED_FROM.match(pair.en, a.end) for a in added)


def measures(pair: Pair) -> Iterator[Spot]:
    """``unit``: the same number of something else: 12만 달러, 120,000 won."""
    for one in pair.ko_amounts:
        if not one.measure or one.weak:
            continue
        same = [a for a in pair.en_amounts if says(one, a)]
        of_value = [a for a in same if set(a.values) & set(one.values)]
        if not of_value or len(of_value) < len(same):
            continue
        if all(_differ(one.measure, a.measure) for a in of_value):
            yield spot_of("unit", pair, [one], of_value)


def _differ(measure: str, other: str) -> bool:
    if not measure or not other or measure == other:
        return False
    same_kind = converted(measure, other) is not None or (is_money(measure) and is_money(other))
    return (
        same_kind
        or "percent" in (measure, other)
        or is_money(measure)
        or is_money(other)
        or ({measure, other} <= {"barrel", "t", "kg", "g", "liter", "hectare", "acre", "m", "km"})
    )


def _crowded_out(ko: Sequence[Amount], en: Sequence[Amount]) -> list[Amount]:
    """Amounts whose only counterparts are those of others: 석 달 새 세 배, *doubled in three
    months*, where *three* is that of the months."""
    return [
        one
        for one in ko
        if not one.weak
        and one.measure
        and (same := [a for a in en if says(one, a)])
        and all(a.measure not in ("", one.measure) for a in same)
        and all(any(o.measure == a.measure and says(o, a) for o in ko) for a in same)
    ]


def lost_of(ko: Sequence[Amount], en: Sequence[Amount]) -> list[Amount]:
    """The Korean amounts that no English one says."""
    return [one for one in ko if not any(says(one, other) for other in en)]


def added_of(en: Sequence[Amount], ko: Sequence[Amount]) -> list[Amount]:
    """The English amounts that say no Korean one."""
    return [one for one in en if not any(says(other, one) for other in ko)]


def _without_sums(
    left: list[Amount], amounts: Sequence[Amount], others: Sequence[Amount]
) -> list[Amount]:
    """Without amounts that are part of a sum that the other text says at once, or such a sum: two
    years and six months, 30 months."""
    if not left:
        return left
    explained: set[Span] = set()
    for first, second in pairwise(amounts):
        if second.start - first.end > 4 + len(first.measure):
            continue
        sizes = converted(first.measure, second.measure)
        if sizes is None:
            continue
        total = (first.values[0] * sizes[0] + second.values[0] * sizes[1]) / sizes[0]
        joint = Amount(first.start, second.end, (total,), "count", first.measure)
        if any(says(joint, other) for other in others):
            explained |= {first.span, second.span}
    for first, second in pairwise(others):
        sizes = converted(first.measure, second.measure)
        if sizes is None or second.start - first.end > 12:
            continue
        total = (first.values[0] * sizes[0] + second.values[0] * sizes[1]) / sizes[0]
        joint = Amount(first.start, second.end, (total,), "count", first.measure)
        explained |= {one.span for one in left if says(one, joint)}
    return [one for one in left if one.span not in explained]


def spot_of(check: str, pair: Pair, ko: Sequence[Amount], en: Sequence[Amount]) -> Spot:
    said = ", ".join(pair.ko[slice(*_whole(pair.ko, a))] for a in ko)
    told = ", ".join(pair.en[slice(*_whole(pair.en, a))] for a in en)
    if ko and en:
        message = f"{said} has become {told}"
    elif ko:
        message = f"{said} is not in the translation"
    else:
        message = f"{told} is not in the source"
    return Spot(check, message, tuple(a.span for a in ko), tuple(a.span for a in en), about=message)


def _whole(text: str, one: Amount) -> Span:
    """An amount with its sign and unit, for reading: $12, 12명 of 12명이."""
    start, end = one.span
    if start and text[start - 1] in "$€£¥₩":
        start -= 1
    attached = _ATTACHED.match(text, end)
    if attached:
        word = text[start : attached.end()]
        end = max(end, start + len(split_particle(word)[0]))
    return start, end


_ATTACHED = re.compile(r"[\w%％°-]{1,8}")
