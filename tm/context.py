"""Whether a sentence stands where a unit stood: between the same neighbours.

A unit's neighbours are those of its article, sentences without counterpart among them, or what the
file tells that the unit was imported from. A unit of several sentences is the neighbour by the one
that stands nearest.
"""

from __future__ import annotations

from align.article import Lang
from tm.search.fold import plain
from tm.store import Store
from tm.unit import Context, TranslationUnit


def is_in_context(
    store: Store, unit: TranslationUnit, lang: Lang, previous: str | None, following: str | None
) -> bool:
    """Whether the neighbours that were given, at least one, are the unit's own.

    An empty neighbour is the start or the end of a document, so a document of one sentence is in
    context only with a unit that is alone in its article.
    """
    if previous is None and following is None:
        return False
    told = unit.details.context if unit.details else None
    if told and lang == "ko" and _tells(told, previous, following):
        return True
    before, after = _neighbours(store, unit, lang)
    return (previous is None or _ends(before, plain(previous))) and (
        following is None or _begins(after, plain(following))
    )


def _tells(told: Context, previous: str | None, following: str | None) -> bool:
    """Whether a context agrees with the neighbours that were given, in all that it tells. That
    there is none on one side says too little by itself."""
    pairs = [
        (plain(given), plain(own))
        for given, own in ((previous, told.previous), (following, told.following))
        if given is not None and own is not None
    ]
    says_something = len(pairs) == 2 or any(own for _, own in pairs)
    return says_something and all(given == own for given, own in pairs)


def _neighbours(store: Store, unit: TranslationUnit, lang: Lang) -> tuple[str, str]:
    """The texts before and after a unit in its article, empty at its start and end."""
    before, after = store.neighbours(unit)
    place = unit.provenance.position
    start = before.provenance.position if before else -1
    end = after.provenance.position if after else None
    alone = [one for one in store.unaligned(unit.provenance.article) if one.side == lang]
    above = [one.text for one in alone if start < one.position <= place]
    below = [
        one.text for one in alone if one.position > place and (end is None or one.position <= end)
    ]
    return (
        plain(above[-1] if above else _text(before, lang)),
        plain(below[0] if below else _text(after, lang)),
    )


def _text(unit: TranslationUnit | None, lang: Lang) -> str:
    if unit is None:
        return ""
    return unit.source if lang == "ko" else unit.target


def _ends(own: str, given: str) -> bool:
    return own == given or (given != "" and own.endswith(f" {given}"))


def _begins(own: str, given: str) -> bool:
    return own == given or (given != "" and own.startswith(f"{given} "))
