"""Speech: quotation marks that come or go, and words put into somebody else's mouth."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tm.quality.checks.people import Person, english_people, korean_people, may_be
from tm.quality.checks.reading import Pair, Spot

_QUOTED_KO = re.compile(
    r"[“\"](?P<text>[^“”\"]{12,})[”\"]\s?(?P<after>이?라?고|라며|이라며|며|면서|라면서"
    r"|는|이라는|라는)?"
)
_MARKS = re.compile("[“”\"‘’「」『』《》〈〉＂]|(?<!\\w)'|'(?!\\w)|&quot;|``|''|<|>")
_QUOTED_EN = re.compile('[“"](?P<text>[^“”"]+)[”"]')
_WORDS_QUOTED = 5


def quotation(pair: Pair) -> Iterator[Spot]:
    """``quotation``: speech that is quoted in one text and told in the other."""
    if not _MARKS.search(pair.en) and len(pair.en.split()) > 3:
        found = next((m for m in _QUOTED_KO.finditer(pair.ko) if m["after"]), None)
        if found and len(found["text"].split()) > 3:
            message = "the source quotes, the translation has no quotation marks"
            yield Spot("quotation", message, (found.span("text"),), about="lost")
    if not _MARKS.search(pair.ko):
        for m in _QUOTED_EN.finditer(pair.en):
            if len(m["text"].split()) >= _WORDS_QUOTED:
                message = "the translation quotes, the source has no quotation marks"
                yield Spot("quotation", message, en=(m.span("text"),), about="added")
                return


_SPEECH_KO = r"(?:말|전|밝|주장|설명|덧붙|지적|강조|답|토로|증언|언급|비판|비난|반박)"
_SPEAKS_KO = re.compile(rf"{_SPEECH_KO}(?:했|혔|였|하였|한다|힌다|하|히)[가-힣]*[.\s\"”]*$")
_SPEECH_EN = (
    r"(?:said|says|added|told|explained|claimed|noted|argued|stressed|replied|remarked"
    r"|warned|stated)"
)


def speaker(pair: Pair) -> Iterator[Spot]:
    """``speaker``: who speaks in the source is another person of it in the translation."""
    if not _SPEAKS_KO.search(pair.ko):
        return
    people = korean_people(pair.ko)
    speaks = _speaker(pair.ko, people)
    if speaks is None or len({p.name[0] for p in people}) < 2:
        return
    for found in english_people(pair.en):
        if not _says(pair.en, found):
            continue
        if may_be(speaks, found):
            return
        other = next((p for p in people if p != speaks and may_be(p, found)), None)
        if other is not None:
            message = f"{speaks.name} speaks in the source, {found.name} in the translation"
            yield Spot("speaker", message, (speaks.span,), (found.span,), about=message)
            return


def _speaker(text: str, people: list[Person]) -> Person | None:
    """The first person who is a topic outside quotation marks: the sentence is about them."""
    quoted = [m.span() for m in re.finditer('[“"][^“”"]*[”"]', text)]
    for person in people:
        rest = text[person.end : person.end + 12]
        inside = any(start < person.start < end for start, end in quoted)
        if not inside and re.match(r"(?:\s?[가-힣]{1,5})?\s?(?:은|는)(?=[\s,])", rest):
            return person
    return None


def _says(text: str, person: Person) -> bool:
    before, after = text[: person.start], text[person.end :]
    said_after = re.match(rf",?\s(?:also\s)?{_SPEECH_EN}\b", after)
    said_before = re.search(rf"\b{_SPEECH_EN}\s(?:\w+\s)?$", before) and not re.search(
        r"\btold\s(?:\w+\s)?$", before
    )
    return bool(said_after or said_before)
