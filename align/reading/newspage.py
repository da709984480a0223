"""Which paragraphs of a news page are the story, and which its furniture.

Three steps. Lines that look like furniture are found by the patterns of
:mod:`align.reading.furniture`, most of which count only at the edges of the page: before the first
and after the last paragraph of running text. Then the headline, decks and subheads, which look like
nothing but short lines without a full stop, are found by where they stand. What is left is body: in
doubt a paragraph stays in the story, because an aligner can leave an odd line unpaired but cannot
bring back a lost sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from align.article import Kind, Lang
from align.reading.dates import is_date_line, iso_date, without_dates
from align.reading.furniture import LIKELY_BIOGRAPHY, PATTERNS, PLAIN_BIOGRAPHY, Where
from align.reading.pagemeta import page_meta, reporters_in
from align.reading.paragraphs import SENTENCE_END

#: Characters from which a paragraph that ends as a sentence counts as running text.
_SOLID = {"ko": 20, "en": 40}
_LONGEST_HEADLINE = {"ko": 80, "en": 140}
_LONGEST_SUBHEAD = {"ko": 40, "en": 80}
_SECTION_LABEL = {"ko": 8, "en": 24}
_LONGEST_BIOGRAPHY = 1500
#: From so many questions on, short questions are an interviewer's and not subheads.
_INTERVIEW = 3

#: A subhead may open with one of these; then it may be longer.
_BULLET = re.compile(r"\s*[■□◆◇●○▶▷▲△▣◈#]\s?")
#: Turns of an interview, items of a list, quotations: short lines that belong to the story.
_STORY_LINE = re.compile(
    r"\s*(?:(?:Q|A|문|답|질문|대답|기자|소식통)\s?\d*\s*[.:)]|[-–—•·*]\s|\d+\s*[.)]|[①-⑳]|[a-z])"
)
#: A plain Korean sentence that lacks its full stop.
_KOREAN_SENTENCE = re.compile(r"[가-힣](?:다|까|요|죠)\)*\s*$")
#: A full stop at the end, the dots of an ellipsis not being one.
_FULL_STOP = re.compile(r"(?:(?<!\.)[.。]|[.?!…][\"”’'])[)\"”’'\]]*\s*$")
#: 상인들 “언제 풀리나?” is a headline, while “언제 풀립니까?” alone is somebody speaking.
_FORMAL_QUESTION = re.compile(r"(?:까|까요|나요|가요|니까)\?$")
_ASKING_TITLE = re.compile(r"[^\"“”‘’'.]{2,}[\"“‘'][^\"“”.]{2,40}[?!…][\"”’']\s*$")
_INNER_STOP = re.compile(r"[가-힣]다\.\s|[a-z]{3}\.\s+[A-Z“\"]")
_QUOTE = re.compile(r"[\"“‘'「『《<].*[\"”’'」』》>]\s*$")
_RUNS_ON = re.compile(r"[,:;，、-]\s*$")


def classify(
    paragraph_texts: Sequence[str],
    lang: Lang,
    hints: Sequence[Kind | None] | None = None,
) -> tuple[list[Kind], dict[str, str]]:
    """The kind of each paragraph, and what the page says of itself.

    Parameters
    ----------
    paragraph_texts: the paragraphs of one page, in order.
    lang: the language of the story; furniture may be in either.
    hints: kinds that markup gives (headings, captions), ``None`` where it gives none; a hint beats
        everything but a pattern of :mod:`align.reading.furniture`.

    Returns
    -------
    kinds: one for each paragraph.
    meta: any of ``headline``, ``reporter``, ``translator``, ``editor``, ``date`` (ISO 8601) and
        ``place``; several names are joined by ", ".
    """
    lines = [" ".join(text.split()) for text in paragraph_texts]
    given: list[Kind | None] = list(hints) if hints is not None else [None] * len(lines)
    kinds: list[Kind] = ["body"] * len(lines)
    head, tail = _edges(lines, lang)
    for i, line in enumerate(lines):
        place = {"any"}
        if i < head:
            place |= {"edge", "head"}
        if i >= tail:
            place |= {"edge", "tail"}
        kinds[i] = _furniture(line, frozenset(place)) or given[i] or "body"
    _mark_biographies(kinds, lines, tail)
    _mark_headline(kinds, lines, lang, head)
    _mark_subheads(kinds, lines, lang)
    return kinds, page_meta(kinds, lines, lang)


# --- furniture by pattern ------------------------------------------------------------------------


def _edges(lines: Sequence[str], lang: Lang) -> tuple[int, int]:
    """Numbers of the first paragraph of running text and of the one after the last."""
    solid = [_is_solid(line, lang) for line in lines]
    head = next((i for i, is_solid in enumerate(solid) if is_solid), len(lines))
    tail = len(lines)
    while tail > head + 1 and (not solid[tail - 1] or _biography(lines[tail - 1])):
        tail -= 1
    return head, tail if any(solid) else 0


def _is_solid(line: str, lang: Lang) -> bool:
    """Whether ``line`` is running text: it ends as a sentence, is no title and no furniture."""
    return (
        len(line) >= _SOLID[lang]
        and SENTENCE_END.search(line) is not None
        and not _is_headline(line, lang)
        and _furniture(line, frozenset({"any", "edge", "head", "tail"})) is None
    )


@lru_cache(maxsize=2048)
def _furniture(line: str, place: frozenset[Where]) -> Kind | None:
    """The kind of the first pattern that matches all of ``line`` and counts in ``place``."""
    for pattern in PATTERNS:
        if (
            pattern.where in place
            and len(line) <= pattern.longest
            and pattern.expression.match(line)
        ):
            return pattern.kind
    if "edge" in place:
        return _dated(line)
    return None


def _dated(line: str) -> Kind | None:
    """A line of dates, or a byline or credit with a date in it ("By Kang Mi Jin - 2021.07.08")."""
    if is_date_line(line):
        return "dateline"
    if len(line) > 160 or iso_date(line) is None:
        return None
    rest = " ".join(without_dates(line).split()).strip(" ,|-–—/·:[]()")
    kind = _furniture(rest, frozenset({"any", "edge"}))
    if kind in ("byline", "credit"):
        return kind
    return "dateline" if kind == "dateline" else None


def _biography(line: str) -> str | None:
    """``plain`` or ``likely`` when ``line`` says who wrote the article."""
    if len(line) > _LONGEST_BIOGRAPHY:
        return None
    if PLAIN_BIOGRAPHY.match(line):
        return "plain"
    return "likely" if LIKELY_BIOGRAPHY.match(line) else None


def _mark_biographies(kinds: list[Kind], lines: Sequence[str], tail: int) -> None:
    """A line about the author counts beside other furniture, or with the author's name in it."""
    furniture = any(kind != "body" for kind in kinds[tail:])
    for i in range(tail, len(lines)):
        if kinds[i] != "body" or (sort := _biography(lines[i])) is None:
            continue
        alone_at_the_end = sort == "plain" and i == len(lines) - 1
        if furniture or alone_at_the_end or _named_in_byline(lines[i], kinds, lines):
            kinds[i] = "biography"
            furniture = True


def _named_in_byline(line: str, kinds: Sequence[Kind], lines: Sequence[str]) -> bool:
    names = (reporters_in(lines[i]) for i, kind in enumerate(kinds) if kind == "byline")
    return any(name is not None and line.lstrip("*_ ").startswith(name) for name in names)


# --- headlines and subheads ----------------------------------------------------------------------


def _is_headline(line: str, lang: Lang) -> bool:
    """Whether ``line`` could be a headline: a title, but no long or formal question."""
    longest = _LONGEST_HEADLINE[lang]
    if line.endswith("?") and (_FORMAL_QUESTION.search(line) or len(line) > 0.65 * longest):
        return False
    if lang == "ko" and len(line) <= longest and _ASKING_TITLE.match(line):
        return True
    return _is_title(line, longest)


def _is_title(line: str, longest: int) -> bool:
    """Whether ``line`` is short and neither ends with a full stop nor runs on."""
    return (
        1 < len(line) <= longest
        and not _RUNS_ON.search(line)
        and not _FULL_STOP.search(line)
        and not _INNER_STOP.search(line)
        and "http" not in line
    )


def _mark_headline(kinds: list[Kind], lines: Sequence[str], lang: Lang, head: int) -> None:
    """The first title-like line before the running text; further ones are decks (subheads)."""
    if head >= len(lines) or "headline" in kinds[:head]:
        return
    titles = [
        i for i in range(head) if kinds[i] == "body" and _is_headline(lines[i], lang)
    ]  # fmt: skip
    if len(titles) > 1 and _is_section_label(lines[titles[0]], lines[titles[1]], lang):
        kinds[titles.pop(0)] = "note"
    if titles and (titles[0] == 0 or all(kind != "body" for kind in kinds[: titles[0]])):
        kinds[titles[0]] = "headline"
        for i in titles[1:]:
            kinds[i] = "subhead"


def _is_section_label(line: str, following: str, lang: Lang) -> bool:
    return len(line) <= _SECTION_LABEL[lang] and len(following) > 2 * len(line)


def _mark_subheads(kinds: list[Kind], lines: Sequence[str], lang: Lang) -> None:
    """Title-like lines that stand alone between two paragraphs of running text."""
    story = [i for i, kind in enumerate(kinds) if kind in ("body", "subhead")]
    asking = sum(lines[i].endswith("?") for i in story)
    for before, i, after in zip(story, story[1:], story[2:], strict=False):
        if asking >= _INTERVIEW and lines[i].endswith("?"):
            continue
        if kinds[i] == "body" and _is_subhead(lines[before], lines[i], lines[after], lang):
            kinds[i] = "subhead"


def _is_subhead(before: str, line: str, after: str, lang: Lang) -> bool:
    bullet = _BULLET.match(line) is not None
    longest = _LONGEST_SUBHEAD[lang] * (2 if bullet else 1)
    if not _is_title(line, longest) or not _is_running(after, lang):
        return False
    if bullet:
        neighbours = (before, after)
        return not any(_BULLET.match(other) for other in neighbours)
    if not _is_running(before, lang) or _STORY_LINE.match(line):
        return False
    if lang == "ko":
        return not _KOREAN_SENTENCE.search(line)
    return len(line.split()) <= 12 and not _QUOTE.match(line)


def _is_running(line: str, lang: Lang) -> bool:
    return len(line) >= _SOLID[lang] and (
        SENTENCE_END.search(line) is not None
        or (lang == "ko" and _KOREAN_SENTENCE.search(line) is not None)
    )
