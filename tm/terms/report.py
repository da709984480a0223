"""From the places of a rendering to what is said about it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from align.article import Lang
from tm.terms.candidates import Hit, Range
from tm.terms.choice import Choice
from tm.terms.english import best_surface, gloss_after, phrase_key
from tm.terms.rendering import Example, Rendering
from tm.terms.termbase import Entry


def rendering_of(choice: Choice, hits: Sequence[Hit], lang: Lang, examples: int) -> Rendering:
    """A rendering with its counts, forms, gloss, dates, people and examples."""
    forms = Counter(
        " ".join(hits[n].other[start:end].split())
        for n, spans in choice.places.items()
        for start, end in spans
    )
    text = _shown(choice, forms, lang)
    units = [hits[n].unit.provenance for n in choice.places]
    dates = sorted(p.date for p in units if p.date)
    return Rendering(
        text=text,
        status=choice.entry.status if choice.entry else "seen only",
        count=len(choice.places),
        share=len(choice.places) / len(hits),
        gloss=_gloss(choice, hits) if lang == "ko" else None,
        abbreviation=choice.abbreviation,
        variants=tuple(form for form, _ in forms.most_common() if form != text),
        first=dates[0] if dates else None,
        last=dates[-1] if dates else None,
        translators=_by_frequency(p.translator for p in units),
        articles=_by_frequency(p.article for p in units),
        examples=tuple(_example(hits[n], choice.places[n], lang) for n in _shortest(choice, hits))[
            :examples
        ],
        evidence=dict(choice.evidence),
        note=choice.entry.note if choice.entry else "",
    )


def unseen_renderings(
    entries: Iterable[Entry], seen: Sequence[Rendering], lang: Lang
) -> list[Rendering]:
    """The termbase's preferred and admitted renderings that the memory does not have."""
    shown = {phrase_key(form) for r in seen for form in (r.text, *r.variants)} | {
        form.replace(" ", "") for r in seen for form in (r.text, *r.variants)
    }
    renderings = []
    for entry in entries:
        text = entry.en if lang == "ko" else entry.ko
        forms = {phrase_key(text), text.replace(" ", "")} - {""}
        if entry.status in ("preferred", "admitted") and not forms & shown:
            renderings.append(Rendering(text, entry.status, 0, 0.0, note=entry.note))
            shown |= forms
    return renderings


def _shown(choice: Choice, forms: Counter[str], lang: Lang) -> str:
    """The full form rather than its abbreviation, the dictionary's form rather than a plural."""
    if choice.abbreviation:
        full = {f: n for f, n in forms.items() if f.rstrip("s") != choice.abbreviation.rstrip("s")}
        if full:
            return best_surface(f for f, n in full.items() for _ in range(n))
    if lang == "ko":
        return best_surface(forms.elements())
    return forms.most_common(1)[0][0]


def _gloss(choice: Choice, hits: Sequence[Hit]) -> str | None:
    glosses = Counter(
        gloss
        for n, spans in choice.places.items()
        for _, end in spans
        if (gloss := gloss_after(hits[n].other, end)) and phrase_key(gloss) not in choice.keys
    )
    return max(glosses, key=lambda g: (glosses[g], len(g), g)) if glosses else None


def _by_frequency(names: Iterable[str | None]) -> tuple[str, ...]:
    counts = Counter(name for name in names if name)
    return tuple(name for name, _ in counts.most_common())


def _shortest(choice: Choice, hits: Sequence[Hit]) -> list[int]:
    """Hits for examples: short ones of different articles first."""
    order = sorted(choice.places, key=lambda n: (len(hits[n].text), n))
    seen: set[str] = set()
    first: list[int] = []
    rest: list[int] = []
    for number in order:
        article = hits[number].unit.provenance.article
        (rest if article in seen else first).append(number)
        seen.add(article)
    return first + rest


def _example(hit: Hit, places: Sequence[Range], lang: Lang) -> Example:
    own, other = hit.spans, tuple(places)
    return Example(hit.unit, own, other) if lang == "ko" else Example(hit.unit, other, own)
