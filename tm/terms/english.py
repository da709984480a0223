"""The English side of terms: words, inflection groups, candidate phrases, abbreviations, glosses.

There is no parser and no tagger here. A candidate is a run of up to five words inside one clause
that neither starts nor ends with a function word; *of*, *the*, *and* and the like may stand inside
(Ministry of State Security). Which candidates translate a term is for the statistics to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tm.terms.lexicon import INSIDE, IRREGULAR, NO_PAST_FORMS, PAST_FORMS, REPORTING, STOP_WORDS

MAX_WORDS = 5

_TOKEN = re.compile(
    r"(?:[A-Za-z]\.){2,}(?![A-Za-z])"  # U.S., N.K.
    r"|\d+(?:[.,·]\d+)*(?:th|st|nd|rd|kg|km|mm|m|g)?\b"
    r"|[A-Za-zÀ-ÿ0-9]+(?:['’][A-Za-zÀ-ÿ]+)*"
)
_BREAK = re.compile(r"[.,;:!?()\[\]{}“”\"‘«»…—–/]|(?:^|\s)['’]|['’](?=\s|$)")

#: What stands behind the owners: *kids' assignment* is one phrase.
OWNERS_GAPS = ("' ", "’ ")


def word_pattern() -> str:
    """The regular expression for one word, without groups."""
    return _TOKEN.pattern


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place in the text, its inflection key, and what stands before it.

    ``breaks`` says that punctuation separates the word from the one before, ``joined`` that only
    a hyphen does.
    """

    text: str
    start: int
    end: int
    key: str
    breaks: bool
    joined: bool = False

    @property
    def is_stop(self) -> bool:
        if len(self.text) > 1 and self.text.isupper():  # US, IT
            return False
        return self.text.lower().replace("’", "'") in STOP_WORDS

    @property
    def is_upper(self) -> bool:
        return self.text[0].isupper() or self.text[0].isdigit()


def words(text: str) -> list[Word]:
    """The words of an English text in order; hyphens separate, apostrophes and U.S. hold."""
    found: list[Word] = []
    last = 0
    for match in _TOKEN.finditer(text):
        gap = text[last : match.start()]
        owned = bool(found) and gap in OWNERS_GAPS and found[-1].text.endswith("s")
        breaks = not found or (not owned and bool(_BREAK.search(gap)))
        text_of = match.group()
        found.append(
            Word(
                text_of,
                match.start(),
                match.end(),
                inflection_key(text_of),
                breaks,
                joined=gap in ("-", "‐", "‑"),
            )
        )
        last = match.end()
    return found


_BRITISH_OUR = re.compile("(neighb|lab|col|behavi|hon|fav|harb|rum|hum|arm|endeav|vig)our")
_BRITISH_ISE = re.compile("is(?=ation|e$|$)")
_DEMONYM = re.compile("(?:e|i|c)an$")  # Korean, Russian, American


_DOTTED = re.compile(r"(?:[a-z]\.){2,}")
#: Abbreviations that are function words in small letters: US, IT, WHO.
_ALSO_ABBREVIATIONS = frozenset({"us", "it", "who"})

_PLURALS = frozenset({"peopl", "person", "man", "woman", "child"})


@lru_cache(maxsize=65536)
def inflection_key(word: str) -> str:
    """One key for the inflected forms of a word: claim, claims, claimed and claiming.

    A key, not a word: *polic* is fine. Case is folded, the possessive dropped, British spelling
    made American; the endings -ed and -ing stay on capitalised words, which are mostly names
    (United, Beijing), and Korean goes with Korea. U.S. is US, and US is not us.
    """
    lower = word.replace("’", "'").lower()
    lower = re.sub(r"'s$|s'$|'$", lambda m: "s" if m.group() == "s'" else "", lower)
    lower = lower.replace(",", "") if lower[:1].isdigit() else lower
    if _DOTTED.fullmatch(lower):
        lower = lower.replace(".", "")
        word = lower.upper()
    if lower in _ALSO_ABBREVIATIONS and word[:2].isupper():
        return lower.upper()
    if "." in lower or any(char.isdigit() for char in lower):
        return lower
    lower = IRREGULAR.get(lower) or IRREGULAR.get(lower.removesuffix("s")) or lower
    if word.isupper() and len(word) > 1:
        return lower
    is_verbal = not word[:1].isupper() and lower not in NO_PAST_FORMS
    return _strip_endings(lower, verbal=is_verbal)


def _strip_endings(lower: str, *, verbal: bool) -> str:
    stem = lower
    if stem.endswith("ies") and len(stem) > 4:
        stem = stem[:-3] + "y"
    elif re.search(r"(?:s|x|z|ch|sh)es$", stem) and len(stem) > 4:
        stem = stem[:-2]
    elif stem.endswith("s") and not stem.endswith(("ss", "us", "is")) and len(stem) > 3:
        stem = stem[:-1]
    if verbal:
        for ending in ("ied", "ing", "ed"):
            base = stem[: -len(ending)]
            if stem.endswith(ending) and len(base) >= 2 and re.search("[aeiouy]", base):
                stem = base + ("y" if ending == "ied" else "")
                stem = re.sub(r"([bdfgklmnprt])\1$", r"\1", stem)
                if len(base) == 2 and base[1] not in "aeiou":  # used and using go with use
                    stem = f"{base}e"
                break
    stem = _BRITISH_OUR.sub(r"\1or", stem)
    if len(stem) > 6:
        stem = _BRITISH_ISE.sub("iz", stem)
    if not verbal and _DEMONYM.search(stem):
        stem = stem[:-1]
    if stem.endswith("e") and len(stem) > 3:
        stem = stem[:-1]
    return stem


def phrase_key(text: str) -> str:
    """The key of a phrase: its words' keys with blanks between, articles at the front dropped."""
    keys = [word.key for word in words(text)]
    while len(keys) > 1 and keys[0] in ("a", "an", "the"):
        keys.pop(0)
    return " ".join(keys)


def find_phrase(text: str, key: str, *, limit: int = 8) -> list[tuple[int, int]]:
    """Where a phrase with this key stands in ``text``, whatever its inflection, case or hyphens."""
    tokens = words(text)
    wanted = key.split()
    spans = []
    for i in range(len(tokens) - len(wanted) + 1):
        window = tokens[i : i + len(wanted)]
        if [word.key for word in window] == wanted:
            last = window[-1]
            spans.append((window[0].start, last.start + len(without_possessive(last.text))))
            if len(spans) == limit:
                break
    return spans


def without_possessive(text: str) -> str:
    """A word or phrase without the possessive ending of its last word."""
    return text[:-2] if text.endswith(("'s", "’s")) else text


def phrases(tokens: Sequence[Word], *, longest: int = MAX_WORDS) -> Iterator[tuple[int, int]]:
    """Candidate phrases of a text as word ranges ``(first, last + 1)``."""
    for first, word in enumerate(tokens):
        if word.is_stop or (len(word.key) < 2 and not word.text.isdigit()):
            continue
        for after in range(first + 1, min(first + longest, len(tokens)) + 1):
            last = tokens[after - 1]
            if after - 1 > first and last.breaks:
                break
            if last.is_stop:
                if last.text.lower() in INSIDE:
                    continue
                break
            cut = word.joined or (after < len(tokens) and tokens[after].joined)
            if after - first == 1 or (not cut and _joins_well(tokens[first:after])):
                yield first, after


def _joins_well(window: Sequence[Word]) -> bool:
    """Function words inside are for names and *of*: Ministry of State Security, not units and."""
    edges = {window[0].text.lower(), window[-1].text.lower()}
    if edges & (REPORTING | PAST_FORMS):
        return False
    if re.search(r"['’]s$", window[0].text) and inflection_key(window[0].text) not in _PLURALS:
        return False  # the committee's share, but people's unit
    lower = [word.text.lower() for word in window[1:-1] if word.is_stop]
    if not lower:
        return True
    if len(lower) > 2:
        return False
    if set(lower) <= {"of", "the"} and "of" in lower:  # not "charge of the Musan Mine"
        return window[0].is_upper or not window[-1].is_upper
    return window[0].is_upper and window[-1].is_upper


@dataclass(frozen=True, slots=True)
class Abbreviation:
    """An abbreviation and the full form it was defined with: Ministry of State Security (MSS)."""

    short: str
    full: str


_DEFINED = re.compile(r"[(\[]([A-Z][A-Z&]{1,7}s?)[)\]]")


def abbreviations(text: str) -> list[Abbreviation]:
    """Abbreviations that a text defines: capitals in brackets after words with those initials."""
    found = []
    for match in _DEFINED.finditer(text):
        full = _words_with_initials(text[: match.start()].rstrip(), match.group(1))
        if full:
            found.append(Abbreviation(match.group(1), full))
    return found


def _words_with_initials(before: str, short: str) -> str | None:
    tokens = words(before)
    if not tokens or before[tokens[-1].end :].strip(" '\"’”"):
        return None
    letters = [char.lower() for char in short.rstrip("s") if char.isalpha()]
    i, start = len(tokens), None
    for letter in reversed(letters):
        i -= 1
        while i >= 0 and tokens[i].text[0].lower() != letter:
            if tokens[i].text.lower() not in INSIDE:
                return None
            i -= 1
        if i < 0:
            return None
        start = tokens[i].start
    return None if start is None else before[start : tokens[-1].end]


# A gloss right after a mention. The appositive after a comma must look like a description.
_IN_BRACKETS = re.compile(r"[\"”’']?\s?[(\[]([^()\[\]]{3,120})[)\]]")
_APPOSITIVE = re.compile(
    r"[\"”’']?(?:,| [–—-]|[–—])\s?((?:or|a|an|another|North Korea['’]s|the country['’]s|"
    r"literally|meaning|known as)\s[^,.;:–—()\[\]\"“”]{3,90})(?=[,.;–—\"”]|$)"
)
_CLAUSE = re.compile(r"\b(?:said|says|told|was|were|is|are|has|have|had|will|would|which|who)\b")


def gloss_after(text: str, end: int) -> str | None:
    """The explanation that follows a mention ending at ``end``, or None.

    *donju (North Korea's wealthy entrepreneurial class)*, *donju, the moneyed class,*
    *617 Division [a department in charge of …]*. An abbreviation in parentheses is no gloss.
    """
    span = gloss_range(text, end)
    if span is None:
        return None
    gloss = re.sub(r"^(?:or|literally|meaning|known as)\s", "", text[slice(*span)])
    return gloss.strip(' ,"“”')


def gloss_range(text: str, end: int) -> tuple[int, int] | None:
    """Where the explanation of a mention ending at ``end`` stands, or None."""
    match = _IN_BRACKETS.match(text, end)
    if match:
        inner = match.group(1)
        return None if inner.isupper() or inner.isdigit() else match.span(1)
    match = _APPOSITIVE.match(text, end)
    if match and not _CLAUSE.search(match.group(1)):
        return match.span(1)
    return None


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether exactly this stretch stands in quotation marks: “ice”."""
    before, after = text[:start].rstrip()[-1:], text[end:].lstrip(",.")[:1]
    return before in set("“\"‘'") and before != "" and after in set("”\"’'") and after != ""


def best_surface(counts: Mapping[str, int]) -> str:
    """The form to show for a group: the most frequent, lower case before capitals, short first."""
    counts = dict(counts)
    lower_exists = {s.lower() for s in counts if s == s.lower()}
    for surface in [s for s in counts if s.lower() in lower_exists and s != s.lower()]:
        if surface[0].isupper() and surface[1:] == surface[1:].lower():  # a sentence start
            counts[surface.lower()] += counts[surface]
            counts[surface] = 0
    return max(counts, key=lambda s: (counts[s], -len(s), s))
