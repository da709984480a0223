"""Where a Korean term occurs in a sentence, whatever is attached to it.

Korean writes particles, plural, honorific and verbal endings onto the noun (보위부에서는,
돈주들이, 총화했다), leaves spaces in or out (국가 보위성, 고난의행군), and spells some words
differently in the North (로동당, 녀성, 페쇄). A plain substring search finds 당 in 식당; a word
search finds nothing.

:func:`find_term` decides in three steps, the cheap ones first. A string search says whether the
sentence can contain the term at all. Rules accept what is certain: the term at the start of a
word, and after it nothing or a chain of particles that fits the last sound. What is left is put to
kiwipiepy: the sentence is analysed freely and again with the term fixed in place, and the term
is there if the second reading is not worse (돈주계층) and not if it is (돈주머니, 돈주고). A word
that can also be a form of a verb (일군: functionary, or 일구다 + -ㄴ) is always read in its clause.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tm.terms.analyser import Morpheme, analyse, reading, readings
from tm.terms.particles import DOUBTFUL, DOUBTFUL_AFTER_LONG, VERBAL, fits_after
from tm.terms.spelling import has_final, is_hangul, is_hanja, spelling_variants

# Log probabilities. A fixed noun costs nothing where one of the dictionary costs about 10, so a
# reading with the term must beat the free one where the free one cuts the term into a verb, and
# may fall a little behind where a productive suffix follows (보위부+장 against 보위+부장).
_BETTER_THAN_VERB = 5.0
_SUFFIX_ALLOWANCE = -3.0
# A word is a verb where the best reading with the verb beats the best with the noun by so much:
# the nouns of the North are rare in what the analyser has learned from.
_CLEARLY_A_VERB = 5.0
_NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "XPN", "XSN", "XR", "SN", "SL", "SH", "SW"})
_CONTENT = frozenset({"NNG", "NNP", "XPN", "XSN", "XR", "SN", "SL", "SH", "NR", "MM", "SW"})


@dataclass(frozen=True, slots=True)
class Span:
    """``sentence[start:end]`` is the term as it stands there.

    Of a noun without particles and endings, of a verb with its endings.
    """

    start: int
    end: int

    def text(self, sentence: str) -> str:
        return sentence[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Token:
    """A content noun or compound of a sentence, particles left off."""

    text: str
    start: int
    end: int


def find_term(
    sentence: str, term: str, *, also: Iterable[str] = (), name: bool = False
) -> list[Span]:
    """Where ``term`` occurs in ``sentence``, from left to right, never overlapping.

    Parameters
    ----------
    sentence: Korean text in NFC.
    term: a noun or compound (돈주), or a verb in its dictionary form (폐쇄하다).
    also: other forms that count as the term, such as a Hanja abbreviation (北).
    name: the term is a name, so verbal endings do not belong to it (무산 is not in 무산됐다).

    Returns
    -------
    Spans of the term itself; particles after a noun are not part of the span.
    """
    spans: list[Span] = []
    for form in (term, *also):
        pattern = _occurrence_pattern(form)
        if pattern is None:
            continue
        if _is_verb(form):
            found = _find_verb(sentence, form)
        else:
            found = [
                Span(*match.span())
                for match in pattern.finditer(sentence)
                if _is_the_term(sentence, match.start(), match.end(), name)
            ]
        spans.extend(found)
    return _without_overlaps(spans)


def nouns(sentence: str) -> list[Token]:
    """The content nouns of a sentence, neighbours within a word joined into compounds.

    Particles, endings, bound nouns and pronouns are left out. Loads kiwipiepy.
    """
    compounds: list[Token] = []
    for form, tag, start, end, _ in analyse(sentence):
        if tag not in _CONTENT or start == end:
            continue
        if compounds and compounds[-1].end == start:
            last = compounds.pop()
            compounds.append(Token(sentence[last.start : end], last.start, end))
        elif tag not in ("XSN", "MM"):
            compounds.append(
                Token(form if len(form) == end - start else sentence[start:end], start, end)
            )
    return [token for token in compounds if not token.text.isdigit()]


# --- the string level -----------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _occurrence_pattern(term: str) -> re.Pattern[str] | None:
    """All spellings of the term, blanks where they may stand."""
    if not term.strip():
        return None
    forms = spelling_variants(" ".join(term.split()))
    return re.compile("|".join(_spaced(form) for form in sorted(forms, key=len, reverse=True)))


def _spaced(form: str) -> str:
    """A pattern for one form: its own blanks optional, others between parts of two syllables."""
    letters = form.replace(" ", "")
    own, count = set(), 0
    for char in form:
        if char == " ":
            own.add(count)
        else:
            count += 1
    parts = []
    for i, char in enumerate(letters):
        if i and (
            i in own or 2 <= i <= len(letters) - 2 or letters[i - 1].isdigit() != char.isdigit()
        ):
            parts.append(r"\s?")
        parts.append("[·.ㆍ‧・]" if char in "·.ㆍ‧・" else re.escape(char))
    return "".join(parts)


# --- one occurrence -------------------------------------------------------------------------


def _is_the_term(sentence: str, start: int, end: int, name: bool) -> bool:
    text = sentence[start:end]
    before = sentence[start - 1] if start else " "
    after = sentence[end] if end < len(sentence) else " "
    if is_hanja(text[0]) and is_hanja(text[-1]) and len(text) == 1:
        return _stands_alone_as_hanja(before, after)
    if text[0].isdigit() and (
        before.isdigit() or (before in ".,·" and _digit_at(sentence, start - 2))
    ):
        return False
    if text[-1].isdigit() and after.isdigit():
        return False
    if text[0].isascii() and text[0].isalpha() and before.isascii() and before.isalpha():
        return False
    rest = _hangul_run(sentence, end)
    if is_hanja(text[-1]) and not is_hanja(after):
        return not is_hangul(before) or fits_after(text[-1], rest)
    syllables = sum(not char.isspace() for char in text)
    starts_word = not is_hangul(before) and not (is_hanja(before) and is_hanja(text[0]))
    if starts_word and _can_be_verb(text) and _reads_as_verb(sentence, start, end):
        return False
    if starts_word and syllables >= 2 and fits_after(text[-1], rest, verbal=not name):
        doubtful = DOUBTFUL if syllables == 2 else DOUBTFUL_AFTER_LONG
        if rest not in doubtful and not (syllables == 2 and rest[:1] in "가도" and rest):
            return True
    if name and rest and VERBAL.match(rest):
        return False
    return _reads_as_noun(sentence, start, end, particles=fits_after(text[-1], rest))


_COUNTRIES_IN_HANJA = frozenset("美中日韓南北露英佛獨伊印臺越對反親駐訪")


def _stands_alone_as_hanja(before: str, after: str) -> bool:
    """北 in 北은, 美北 and 對北, but not in 北京."""
    return all(not is_hanja(side) or side in _COUNTRIES_IN_HANJA for side in (before, after))


def _digit_at(sentence: str, index: int) -> bool:
    return index >= 0 and sentence[index].isdigit()


def _hangul_run(sentence: str, start: int) -> str:
    end = start
    while end < len(sentence) and is_hangul(sentence[end]):
        end += 1
    return sentence[start:end]


def _without_overlaps(spans: list[Span]) -> list[Span]:
    kept: list[Span] = []
    for span in sorted(set(spans), key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
    return kept


# --- readings -------------------------------------------------------------------------------


def _reads_as_noun(sentence: str, start: int, end: int, *, particles: bool) -> bool:
    clause_start, clause = _clause_around(sentence, start, end)
    start, end = start - clause_start, end - clause_start
    free, free_score = reading(clause)
    inside = [m for m in free if m[2] < end and m[3] > start]
    if inside and inside[0][2] == start and inside[-1][3] == end:
        if end - start == 1:  # a suffix is not the noun: 1kg당
            return len(inside) == 1 and inside[0][1] in _NOMINAL - {"XSN"}
        if all(m[1] in _NOMINAL or m[1] == "JKG" for m in inside):
            return True
    if end - start == 1:
        return False
    fixed, fixed_score = reading(clause, (start, end))
    gain = fixed_score - free_score
    across = [m for m in inside if m[2] < start or m[3] > end]
    if _has_suffix(clause, end) and not any(m[2] < start for m in across):
        return gain >= _SUFFIX_ALLOWANCE
    if any(not m[4] for m in across):
        return False  # a word of the dictionary straddles the border: 반란 in 인민반란
    if across:  # one unknown word: 신흥돈주, 평성학
        return _splits_into_words(clause, fixed, start, end, particles)
    return gain >= (0.0 if particles else _BETTER_THAN_VERB)


#: The last syllable of a verb's form, as far as nouns can end in it: 일군, 보고, 사기, 나선.
_MAY_END_A_VERB = frozenset("고기지며자게대데라나서어아니러려소네")
_VERB_FINALS = frozenset("ㄴㄹㅁ")


@lru_cache(maxsize=4096)
def _can_be_verb(word: str) -> bool:
    """Whether a word of two syllables or more has, by itself, a reading as a verb with endings."""
    last = word[-1]
    if len(word) < 2 or not (has_final(last) in _VERB_FINALS or last in _MAY_END_A_VERB):
        return False
    return any(_is_verb_form(tokens, 0, len(word)) for tokens, _ in readings(word))


def _reads_as_verb(sentence: str, start: int, end: int) -> bool:
    """Whether this stretch is clearly a verb with its endings in its clause."""
    clause_start, clause = _clause_around(sentence, start, end)
    verb: float | None = None
    other: float | None = None
    for tokens, score in readings(clause):  # the best first
        if _is_verb_form(tokens, start - clause_start, end - clause_start):
            verb = score if verb is None else verb
        else:
            other = score if other is None else other
    return verb is not None and (other is None or verb - other >= _CLEARLY_A_VERB)


def _is_verb_form(tokens: Sequence[Morpheme], start: int, end: int) -> bool:
    inside = [m for m in tokens if m[2] < end and m[3] > start]
    return (
        len(inside) > 1
        and (inside[0][2], inside[-1][3]) == (start, end)
        and inside[0][1].startswith(("VV", "VA", "VX"))
        and all(m[1].startswith(("V", "E", "XS")) for m in inside)
        and inside[-1][1].startswith("E")
    )


_SUFFIXES = frozenset("장원꾼별측급내증세기대적용제권당")
_PREFIXES = frozenset("도시군구리당각전총")


def _has_suffix(clause: str, end: int) -> bool:
    rest = _hangul_run(clause, end)
    return rest[:1] in _SUFFIXES and bool(rest) and fits_after(rest[0], rest[1:], verbal=False)


def _splits_into_words(
    clause: str, morphemes: tuple[Morpheme, ...], start: int, end: int, particles: bool
) -> bool:
    """Whether what the term leaves of an unknown word are words themselves (신흥+돈주)."""
    left = [m for m in morphemes if m[3] == start]
    if left and is_hangul(clause[start - 1]):
        known = not left[0][4] and (len(left[0][0]) >= 2 or left[0][0] in _PREFIXES)
        if not known:
            return False
    right = [m for m in morphemes if m[2] == end]
    return particles or (bool(right) and not right[0][4] and len(right[0][0]) >= 2)


def _clause_around(sentence: str, start: int, end: int) -> tuple[int, str]:
    """The words around an occurrence: enough context for the analyser, and much less to analyse."""
    left, right = start, end
    for _ in range(3):
        left = sentence.rfind(" ", 0, left) if left > 0 else -1
        right = sentence.find(" ", right + 1) if right >= 0 else -1
        if left < 0 and right < 0:
            break
        left = max(left, 0)
    left = max(left, 0)
    return left, sentence[left : right if right >= 0 else len(sentence)]


def _is_verb(term: str) -> bool:
    return len(term) > 1 and term.endswith("다") and bool(_verb_stem(term))


@lru_cache(maxsize=1024)
def _verb_stem(term: str) -> tuple[str, ...]:
    """The morphemes before the final 다 of a verb; empty if the term is a noun (바다)."""
    morphemes = analyse(term)
    if len(morphemes) < 2 or morphemes[-1][0] != "다" or not morphemes[-1][1].startswith("E"):
        return ()
    if not morphemes[-2][1].startswith(("V", "XS")):
        return ()
    return tuple(m[0] for m in morphemes[:-1])


def _find_verb(sentence: str, term: str) -> list[Span]:
    """Forms of a verb, endings included, since they melt into its stem (오르- + -았- = 올랐)."""
    spans: list[Span] = []
    for form in spelling_variants(term):
        stem = _verb_stem(form)
        if not stem or not _may_hold_verb(sentence, form):
            continue
        morphemes = analyse(sentence)
        forms = tuple(m[0] for m in morphemes)
        for i in range(len(forms) - len(stem) + 1):
            if forms[i : i + len(stem)] == stem:
                last = i + len(stem) - 1
                while last + 1 < len(morphemes) and morphemes[last + 1][1].startswith("E"):
                    last += 1
                spans.append(Span(morphemes[i][2], morphemes[last][3]))
    return spans


def _may_hold_verb(sentence: str, verb: str) -> bool:
    """Endings change a stem's last syllable only (오르- → 올랐다), or its first one's coda."""
    if len(verb) > 3:
        return verb[:-2] in sentence
    first = (ord(verb[0]) - 0xAC00) // 28
    return any((ord(char) - 0xAC00) // 28 == first for char in sentence if is_hangul(char))
