"""What is known of a word form or a gap by itself: bits, found once for each when it is stored."""

from __future__ import annotations

import re

from align.article import Lang
from tm.terms.english import OWNERS_GAPS, inflection_key
from tm.terms.lexicon import INSIDE, NO_PAST_FORMS, PAST_FORMS, REPORTING, STOP_WORDS, word_set

# English forms
STOP = 1  # a function word
INNER = 2  # … that may stand inside a phrase
OF_THE = 4  # … *of* or *the*
OF = 8
UPPER = 16  # begins with a capital or a digit
VERB = 32  # of reporting, or a past form: at no edge of a phrase
OWNER = 64  # with a possessive that makes no part of a phrase: the committee's share
SHORT = 128  # of one letter
DIGITS = 256
CAPITALS = 512  # an abbreviation, as far as its letters tell
LEADS_IN = 1024  # begins an explanation behind a comma or dash: *a* class, *known* as
ENDS_IN_S = 2048
REGULAR_PAST = 4096  # at no end of a phrase: committee stayed

# Korean forms
BARE = 1  # nothing but its key, or that and 의
NO_TERM = 2  # ends like a form of a verb, or is in Latin letters

# Gaps
BREAK = 1  # no phrase goes on across it
HYPHEN = 2
OPENS_QUOTE = 4
CLOSES_QUOTE = 8
OPENS_BRACKET = 16  # behind the word: (, [
CLOSES_BRACKET = 32
BLANK = 64  # white space, or nothing
DOT = 128  # a middle dot or a full stop alone
OWNS = 256  # an apostrophe behind a word in -s, if there is one: kids' assignment

_BREAK = re.compile(r"[.,;:!?()\[\]{}“”\"‘«»…—–/]|(?:^|\s)['’]|['’](?=\s|$)")
_LEADS = word_set("or a an another north the literally meaning known")
_PEOPLE = frozenset({"peopl", "person", "man", "woman", "child"})
_QUOTES_BEFORE: dict[Lang, str] = {"en": "“\"‘'", "ko": "‘'“\"《"}
_QUOTES_AFTER: dict[Lang, str] = {"en": "”\"’'", "ko": "’'”\"》"}


_PAST = re.compile(r"[a-z]*[aeiouy][a-z]*[^e\W]ed$")
_VERBAL = re.compile(r"(?:[다고며면던지게서여어아]|[는은을]|[가-힣]{2,}[한된할될인])$")


def korean_traits(form: str, key: str) -> int:
    """The traits of a Korean word as written."""
    is_verbal = form == key and _VERBAL.search(key) is not None
    return BARE * (form in (key, f"{key}의")) + NO_TERM * (is_verbal or key.isascii())


def english_traits(form: str) -> int:
    """The traits of an English word as written."""
    lower = form.lower().replace("’", "'")
    is_capitals = len(form) > 1 and form.isupper()
    is_stop = not is_capitals and lower in STOP_WORDS
    key = inflection_key(form)
    is_possessive = lower.endswith("'s")
    found = (
        (STOP, is_stop),
        (INNER, is_stop and lower in INSIDE),
        (OF_THE, is_stop and lower in ("of", "the")),
        (OF, is_stop and lower == "of"),
        (UPPER, form[0].isupper() or form[0].isdigit()),
        (VERB, lower in REPORTING or lower in PAST_FORMS),
        (OWNER, is_possessive and key not in _PEOPLE),
        (SHORT, len(key) < 2 and not form.isdigit()),
        (DIGITS, key.isdigit()),
        (CAPITALS, is_capitals and form.isalpha()),
        (LEADS_IN, lower in _LEADS),
        (ENDS_IN_S, lower.endswith("s")),
        (REGULAR_PAST, lower not in NO_PAST_FORMS and _PAST.match(form) is not None),
    )
    return sum(bit for bit, holds in found if holds)


def gap_traits(gap: str, lang: Lang) -> int:
    """The traits of what stands between two words, or at an end of a text."""
    before = gap.rstrip() if lang == "en" else gap
    after = gap.lstrip(",.") if lang == "en" else gap
    bare = gap.lstrip("’”'\"》 ")
    found = (
        (BREAK, _BREAK.search(gap) is not None),
        (HYPHEN, gap in ("-", "‐", "‑")),
        (OPENS_QUOTE, before[-1:] != "" and before[-1:] in _QUOTES_BEFORE[lang]),
        (CLOSES_QUOTE, after[:1] != "" and after[:1] in _QUOTES_AFTER[lang]),
        (OPENS_BRACKET, bare[:1] in ("(", "[")),
        (CLOSES_BRACKET, gap[:1] in (")", "]")),
        (BLANK, not gap.strip()),
        (DOT, gap in ("·", ".", "ㆍ", "‧", "・")),
        (OWNS, lang == "en" and gap in OWNERS_GAPS),
    )
    return sum(bit for bit, holds in found if holds)
