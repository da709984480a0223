"""From the places of a rendering to what is said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from align.article import Lang
from tm.terms.english import best_surface, gloss_after, phrase_key
from tm.terms.renderings.choice import Choice, wordings
from tm.terms.renderings.hits import Hits, Range
from tm.terms.renderings.rendering import Example, Rendering
from tm.terms.termbase.concepts import UNWANTED, TermStatus
from tm.terms.termbase.entries import Entry
from tm.terms.wordstats.arrays import distinct

# Units that are looked at for examples and for glosses.
_LOOKED_AT = 400
_GLOSSES = 60
# Of a rendering in more places than this, a gloss is shown if it comes again.
_ONCE_IS_ENOUGH = 30
# An example shorter than this says little.
_SHORT = 5
_PEOPLE, _ARTICLES = 20, 100


def rendering_of(choice: Choice, hits: Hits, examples: int) -> Rendering:
    """A rendering with its counts, forms, gloss, dates, people and examples."""
    forms = wordings(hits, choice.spots)
    text = _shown(choice, forms, hits.lang)
    own = distinct(choice.spots.hit)
    dates = sorted(date for date, _ in hits.column("dates", own))
    seen = Rendering(
        text=text,
        status="seen only",
        count=len(own),
        share=len(own) / len(hits),
        gloss=_gloss(choice, hits) if hits.lang == "ko" else None,
        abbreviation=choice.abbreviation,
        variants=tuple(form for form in forms if form != text),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        translators=tuple(name for name, _ in hits.column("translators", own)[:_PEOPLE]),
        articles=tuple(name for name, _ in hits.column("articles", own)[:_ARTICLES]),
        examples=_examples(choice, hits, examples),
        evidence=dict(choice.evidence),
        weight=float((1 - hits.penalties[own] / 100).sum()),
    )
    return seen if choice.entry is None else _with_entry(seen, choice.entry, hits.lang)


def unseen_renderings(
    entries: Iterable[Entry], seen: Sequence[Rendering], lang: Lang, *, wanted: bool
) -> list[Rendering]:
    """The termbase's renderings that the memory does not have: those that are ``wanted``
    (preferred, admitted), or those that are not."""
    forms = [form for r in seen for form in (r.text, *r.variants)]
    shown = {phrase_key(form) for form in forms} | {"".join(form.split()) for form in forms}
    renderings = []
    for entry in entries:
        text = entry.en if lang == "ko" else entry.ko
        own = {phrase_key(text), "".join(text.split())} - {""}
        if (status_of(entry, lang) not in UNWANTED) == wanted and not own & shown:
            unseen = Rendering(text, "seen only", count=0, share=0.0)
            renderings.append(_with_entry(unseen, entry, lang))
            shown |= own
    return renderings


def status_of(entry: Entry, lang: Lang) -> TermStatus:
    """The status of the rendering: of the English term, or of the Korean one of an English."""
    return entry.status if lang == "ko" else entry.ko_status


def _with_entry(rendering: Rendering, entry: Entry, lang: Lang) -> Rendering:
    """A rendering with what the termbase says of it, and of the English term that was asked for
    if that is not to be written."""
    note = entry.note
    if lang == "en" and entry.status in UNWANTED:
        instead = f": write {entry.instead}" if entry.instead else ""
        note = "; ".join(filter(None, (f"{entry.en} is {entry.status}{instead}", note)))
    return replace(
        rendering,
        status=status_of(entry, lang),
        note=note,
        definition=entry.definition,
        instead=entry.instead if lang == "ko" else "",
        valid_from=entry.valid_from,
        valid_until=entry.valid_until,
    )


def _shown(choice: Choice, forms: Counter[str], lang: Lang) -> str:
    """The termbase's form where it stands in the memory; else the full form rather than its
    abbreviation, and the most frequent one."""
    own = None if choice.entry is None else choice.entry.en if lang == "ko" else choice.entry.ko
    if own is not None and own in forms:
        return own
    if choice.abbreviation:
        short = choice.abbreviation.rstrip("s")
        full = Counter({form: n for form, n in forms.items() if form.rstrip("s") != short})
        forms = full or forms
    return best_surface(forms) if lang == "ko" else forms.most_common(1)[0][0]


def _gloss(choice: Choice, hits: Hits) -> str | None:
    spots = choice.spots
    glossed = np.flatnonzero(hits.may_be_glossed(spots.stop))
    glosses: Counter[str] = Counter()
    for place in glossed[:: len(glossed) // _GLOSSES + 1].tolist():
        hit = int(spots.hit[place])
        end = hits.span(hit, int(spots.start[place]), int(spots.stop[place]), "en")[1]
        gloss = gloss_after(hits.text(hit, "en"), end)
        if gloss and phrase_key(gloss) not in choice.keys:
            glosses[gloss] += 1
    best = max(glosses, key=lambda g: (glosses[g], len(g), g), default=None)
    needed = 1 if len(spots) <= _ONCE_IS_ENOUGH else 2
    return best if best is not None and glosses[best] >= needed else None


def _examples(choice: Choice, hits: Hits, most: int) -> tuple[Example, ...]:
    chosen = _best_examples(choice, hits, most)
    units = hits.units(chosen)
    found = []
    for hit in chosen:
        if hit not in units:
            continue
        own = tuple(_spans(hits, hits.spots.at(hit), hits.lang))
        other = tuple(_spans(hits, choice.spots.at(hit), hits.other))
        part = hits.background.parts[int(hits.part[hit])]
        sides = (own, other) if hits.lang == "ko" else (other, own)
        found.append(Example(units[hit], *sides, memory=part.memory))
    return tuple(found)


def _spans(hits: Hits, spots: Iterable[tuple[int, int, int]], lang: Lang) -> Iterable[Range]:
    return (hits.span(hit, start, stop, lang) for hit, start, stop in spots)


def _best_examples(choice: Choice, hits: Hits, most: int) -> list[int]:
    """Hits for examples: short sentences of different articles first."""
    own = distinct(choice.spots.hit)
    if most < len(own):
        sizes = hits.sizes(own)
        order = np.lexsort((own, sizes, sizes < _SHORT))
        own = own[order][: max(_LOOKED_AT, most)]
    else:
        own = own[np.lexsort((own, hits.sizes(own)))]
    articles = hits.articles(own)
    _, first = np.unique(articles, return_index=True)
    is_first = np.zeros(len(own), dtype=bool)
    is_first[first] = True
    chosen: list[int] = [*own[is_first].tolist(), *own[~is_first].tolist()]
    return chosen[:most]
