"""What to look for: the tokens that the index is asked for, and the places in a text.

The index names candidates; whether they are hits is decided by their text, letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, product
from typing import Literal

from align.article import Lang
from align.errors import InputError
from tm.search.fold import fold, levelled, lowered, original_spans
from tm.search.regex import required_tokens
from tm.search.tokens import Prefix, Tokens, letter_pairs, word_pair, words
from tm.terms.particles import fits_after
from tm.terms.spelling import spelling_variants

Span = tuple[int, int]

#: How a text is meant: as it is, as a term with nothing but particles after it (Korean), or as a
#: regular expression.
Kind = Literal["text", "term", "regex"]

# Words of a query that a text may write as one (Jong Un: Jongun) are so many at most.
_WRITTEN_AS_ONE = 3

# Patterns with gaps are looked for in levelled texts: re needs longer to compile a set of all signs
# than everything else takes.
_GAP = r"[\s-]"
_GAP_IN_WORD = "-*"
_REST_OF_WORD = re.compile("[가-힣]*")


@dataclass(frozen=True, slots=True)
class Query:
    """Tokens for the index (none: every text is a candidate), and the places in a text, lowered or
    levelled, that hold what is looked for, in order and apart."""

    tokens: Tokens
    places: Callable[[str], Iterator[Span]]
    form: Callable[[str], str] = levelled

    def spans(self, text: str) -> tuple[Span, ...]:
        """Where ``text`` holds it, in order and apart."""
        return tuple(original_spans(text, list(self.places(self.form(text)))))

    def is_in(self, text: str) -> bool:
        return next(self.places(self.form(text)), None) is not None


def query(text: str, lang: Lang, kind: Kind = "text") -> Query:
    """What to look for in texts of ``lang``.

    Raises
    ------
    InputError: nothing is left of ``text`` without blanks, hyphens and quotation marks, or it is no
        regular expression.
    """
    if kind == "regex":
        return _regex(text, lang)
    if not fold(text.rstrip().removesuffix("*") if lang == "en" else text):
        raise InputError("nothing to search for", remedy="give a word or a phrase")
    if lang == "en":
        return _english(text)
    return _term(text) if kind == "term" else _korean(text)


def tokens_for(text: str, lang: Lang) -> Tokens:
    """The tokens of :func:`query` alone, which are had much sooner."""
    return _korean_tokens(text) if lang == "ko" else _english_tokens(*_english_parts(text))


# Korean


def _korean(text: str) -> Query:
    own = fold(text)
    other = "|".join(f"{_GAP}*".join(map(re.escape, form)) for form in _other_spellings(text))
    pattern = _spelt(own, f"{_GAP}*") + (f"|(?P<other>{other})" if other else "")
    return Query(_korean_tokens(text), partial(_korean_places, re.compile(pattern)))


def _korean_tokens(text: str) -> Tokens:
    return _pairs([fold(text), *("".join(map(fold, form)) for form in _other_spellings(text))])


def _korean_places(pattern: re.Pattern[str], low: str) -> Iterator[Span]:
    end = 0
    while match := pattern.search(low, end):
        start, end = match.span()
        if match.lastgroup != "other":
            yield start, end
        elif not _may_begin(low, start):
            end = start + 1
        elif not _is_syllable(low, start - 1) or _ends_word(low, end):
            yield start, end


def _term(text: str) -> Query:
    """Places as ``donju suggest`` counts them, see :mod:`tm.terms.finding.morphology`."""
    from tm.terms.finding.morphology import find_term

    term = " ".join(lowered(text).split())
    is_verb = term.endswith("다") and len(term) > 2
    forms = [fold(form) for form in spelling_variants(term)]
    if is_verb:  # the part of a verb that never changes
        forms = [form[:-2] if len(form) > 3 else form[:1] for form in forms]

    def places(low: str) -> Iterator[Span]:
        return ((span.start, span.end) for span in find_term(low, term))

    return Query(_pairs(forms), places, lowered)


def _other_spellings(text: str) -> list[list[str]]:
    """The words of a Korean text, if it is more than a letter, as the other half of the country
    spells them."""
    if len(fold(text)) == 1:
        return []
    words = [word for word in re.split(f"{_GAP}+", levelled(text)) if word]
    return [form.split() for form in spelling_variants(" ".join(words))[1:]]


def _pairs(forms: Iterable[str]) -> Tokens:
    """What a Korean text must hold to hold one of these folded forms, all of one length."""
    forms = list(dict.fromkeys(forms))
    if len(forms[0]) == 1:
        return (tuple(Prefix(form) for form in forms),)
    groups = [tuple(dict.fromkeys(group)) for group in zip(*map(letter_pairs, forms), strict=False)]
    return tuple(groups)


def _may_begin(low: str, place: int) -> bool:
    """Whether another spelling is looked for there: where a word or a later part of a compound may
    begin (로인 is not in 으로 인해)."""
    # Not a part of the pattern: to compile a set of all syllables takes re milliseconds.
    return not _is_syllable(low, place - 1) or _is_syllable(low, place - 2)


def _is_syllable(low: str, place: int) -> bool:
    return place >= 0 and "가" <= low[place] <= "힣"


def _ends_word(low: str, end: int) -> bool:
    """Whether nothing but particles follows."""
    rest = _REST_OF_WORD.match(low, end)
    return rest is None or fits_after(low[end - 1], rest.group(), verbal=False)


# English


def _english(text: str) -> Query:
    runs, ends, is_prefix = _english_parts(text)
    pattern = f"{_GAP}*".join(
        _run_pattern(run, ends if place == len(runs) - 1 else run[-1:])
        for place, run in enumerate(runs)
    )
    before = r"(?<!\w)" if _is_word(runs[0][0]) else ""
    after = r"\w*" if is_prefix else r"(?!\w)" if _is_word(runs[-1][-1]) else ""
    compiled = re.compile(_quick_to_find(before, pattern) + after)
    return Query(_english_tokens(runs, ends, is_prefix), partial(_plain_places, compiled))


def _english_parts(text: str) -> tuple[list[list[str]], list[str], bool]:
    """The runs of words of a text, the forms that its last word may have, and whether that may end
    anyhow."""
    is_prefix = text.rstrip().endswith("*")
    level = levelled(text.rstrip().removesuffix("*") if is_prefix else text)
    runs = list(_runs(words(level)))
    last = runs[-1][-1]
    return runs, [last] if is_prefix else _inflected(last), is_prefix


def _runs(parts: Iterable[str]) -> Iterator[list[str]]:
    """Words that stand side by side, and signs one by one."""
    run: list[str] = []
    for part in parts:
        if _is_word(part):
            run.append(part)
            continue
        if run:
            yield run
        run = []
        yield [part]
    if run:
        yield run


def _run_pattern(run: list[str], ends: list[str]) -> str:
    """A run as it may be spelt, its last word in one of the forms ``ends``."""
    may_be_one = len(run) <= _WRITTEN_AS_ONE
    gap = f"{_GAP}*" if may_be_one else f"{_GAP}+"
    return gap.join([*(_spelt(word, _GAP_IN_WORD) for word in run[:-1]), _any_spelt(ends)])


def _any_spelt(forms: list[str]) -> str:
    """A pattern for any of some words that begin with the same letter."""
    rests = ("".join(_GAP_IN_WORD + re.escape(letter) for letter in form[1:]) for form in forms)
    longest_first = sorted(rests, key=len, reverse=True)
    return f"{re.escape(forms[0][0])}(?:{'|'.join(longest_first)})"


def _english_tokens(runs: list[list[str]], ends: list[str], is_prefix: bool) -> Tokens:
    groups: list[tuple[str, ...]] = []
    for run in runs:
        is_last = run is runs[-1]
        forms = [[*run[:-1], end] for end in ends] if is_last else [run]
        for place in range(max(len(run) - 1, 1)):
            tokens = dict.fromkeys(chain.from_iterable(_beside(form, place) for form in forms))
            groups.append(
                tuple(
                    Prefix(token) if is_prefix and is_last and at_end else token
                    for token, at_end in tokens
                )
            )
    return tuple(group for group in groups if _is_word(group[0])) or tuple(groups)


def _beside(run: list[str], place: int) -> Iterator[tuple[str, bool]]:
    """The tokens of which a text holds one where a word of a run stands before the next, whichever
    words of the run it writes as one; and whether each reaches the end of the run."""
    if len(run) == 1:
        yield run[0], True
    elif len(run) > _WRITTEN_AS_ONE:
        yield word_pair(run[place], run[place + 1]), place + 2 == len(run)
    else:
        for start, end in product(range(place + 1), range(place + 2, len(run) + 1)):
            first, second = "".join(run[start : place + 1]), "".join(run[place + 1 : end])
            yield word_pair(first, second), end == len(run)
            yield first + second, end == len(run)


def _inflected(word: str) -> list[str]:
    """The forms of an English word, as nouns and verbs are inflected by rule."""
    forms = [word, f"{word}s"]
    if not (word.isascii() and word.isalpha()):
        return forms if _is_word(word) else [word]
    forms.append(f"{word}es")
    if len(word) > 2 and word[-1] == "e":
        forms += [f"{word}d", f"{word[:-1]}ing"]
    elif len(word) > 2:  # not us: used
        forms += [f"{word}ed", f"{word}ing"]
        if word[-1] == "y":
            forms += [f"{word[:-1]}ies", f"{word[:-1]}ied"]
        elif word[-1] not in "aeiouwx":
            forms += [f"{word}{word[-1]}ed", f"{word}{word[-1]}ing"]
    return forms


def _quick_to_find(before: str, pattern: str) -> str:
    """``pattern`` with a condition on what stands before it."""
    # re finds a literal start far faster than a look-behind: the condition comes after it.
    first = re.match(r"\\?.", pattern, re.DOTALL)
    if not before or first is None or not pattern[0].isalnum():
        return before + pattern
    return f"{first.group()}(?<!\\w{first.group()}){pattern[first.end() :]}"


def _is_word(part: str) -> bool:
    return re.match(r"\w", part) is not None


# Both


def _regex(text: str, lang: Lang) -> Query:
    try:
        pattern = re.compile(text, re.IGNORECASE)
    except (re.error, RecursionError, OverflowError) as error:
        raise InputError(
            f"not a regular expression: {text!r} ({error})",
            remedy="correct it, or search for it as it is, without --regex",
        ) from error
    return Query(required_tokens(text, lang), partial(_plain_places, pattern), lowered)


def _plain_places(pattern: re.Pattern[str], low: str) -> Iterator[Span]:
    return (match.span() for match in pattern.finditer(low) if match.end() > match.start())


def _spelt(word: str, gap: str) -> str:
    """A pattern for a word as it may be spelt: with something loose between its letters."""
    return gap.join(map(re.escape, word))
