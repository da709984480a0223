"""Sentence splitting for Korean and English news.

Rules decide wherever punctuation and quotation marks do; where Korean text runs on without them,
kss does. Nothing but white space is ever left out: the sentences of a text, joined, are the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal, get_args

from align.article import Article, Lang, Sentence
from align.errors import InputError

if TYPE_CHECKING:
    from align.splitters.marks import Rules

# The rules (align.splitters) are imported by the functions that need them: everything that imports
# ``align`` meets this module, and most of it splits nothing.

Splitter = Literal["auto", "rules", "kss"]


def split(text: str, lang: Lang, *, splitter: Splitter = "auto") -> tuple[Sentence, ...]:
    """The sentences of ``text``, in order, with character spans into it.

    ``splitter`` is ``"auto"`` (rules, and kss for Korean stretches that punctuation leaves open),
    ``"rules"`` (never kss) or ``"kss"`` (kss for every Korean paragraph; English has rules only).
    Quotations stay whole with the words that attribute them. ``paragraph`` counts the stretches
    between blank lines. Decomposed Hangul is read as if composed; spans fit ``text`` as given.

    Raises :class:`~align.errors.InputError` for an unknown language or splitter, or where kss is
    needed and not installed.

    >>> [s.text for s in split("그는 “모른다. 못 봤다”고 했다. 그게 다였다.", "ko")]
    ['그는 “모른다. 못 봤다”고 했다.', '그게 다였다.']
    """
    _check(lang, splitter)
    return tuple(_sentences(text, lang, splitter))


def split_article(
    article: Article, *, splitter: Splitter = "auto", keep_boilerplate: bool = False
) -> tuple[Sentence, ...]:
    """The sentences of an article's story, with spans into ``article.text``.

    Captions, bylines, copyright lines and the like are left out unless ``keep_boilerplate``.
    ``paragraph`` is the paragraph's number in ``article.paragraphs``. Errors as for :func:`split`.
    """
    _check(article.lang, splitter)
    chosen = enumerate(article.paragraphs) if keep_boilerplate else article.body
    return tuple(
        Sentence(s.text, (s.span[0] + paragraph.span[0], s.span[1] + paragraph.span[0]), number)
        for number, paragraph in chosen
        for s in _sentences(
            article.text[paragraph.span[0] : paragraph.span[1]], article.lang, splitter
        )
    )


def _check(lang: str, splitter: str) -> None:
    if lang not in get_args(Lang):
        raise InputError(
            f"no sentence splitter for the language {lang!r}",
            place="lang",
            remedy="use 'ko' or 'en'",
        )
    if splitter not in get_args(Splitter):
        raise InputError(
            f"unknown sentence splitter {splitter!r}",
            place="splitter",
            remedy="use 'auto', 'rules' or 'kss'",
        )


def _sentences(source: str, lang: Lang, splitter: Splitter) -> Iterator[Sentence]:
    from align.splitters.lines import units
    from align.splitters.offsets import compose

    composed = compose(source)
    for unit in units(composed.text, lang):
        for start, end in _spans(composed.text[unit.start : unit.end], lang, splitter):
            span = composed.source_span(unit.start + start, unit.start + end)
            yield Sentence(source[span[0] : span[1]], span, unit.paragraph)


def _spans(text: str, lang: Lang, splitter: Splitter) -> list[tuple[int, int]]:
    """Spans of the sentences of one unit, in positions of its text."""
    from align.splitters.kss_backend import kss_spans, open_spans
    from align.splitters.marks import sentence_spans

    if lang == "ko" and splitter == "kss":
        return kss_spans(text)
    spans = sentence_spans(text, _rules(lang))
    if lang == "en" or splitter == "rules":
        return spans
    return [(start + a, start + b) for start, end in spans for a, b in open_spans(text[start:end])]


def _rules(lang: Lang) -> Rules:
    from align.splitters import english, korean

    return korean.RULES if lang == "ko" else english.RULES
