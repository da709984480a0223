"""Whether a stretch of text is a noun, as kiwipiepy reads the sentence around it.

One analysis of the sentence answers for all terms of it: the term is there if it is cut out of the
sentence as one or several whole nouns (무산군 + 보위부), and not if a word of the dictionary
reaches across its border (돈 + 주머니, 인민 + 반란). Where the analyser meets a word that it does
not know (신흥돈주), or cuts the term into a verb, the words around the term are read again with the
term fixed in place, and the two readings are compared.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tm.terms.analyser import Morpheme, analyse, reading, readings
from tm.terms.finding.division import PREFIXES, has_suffix, keeps_meaning
from tm.terms.finding.doubtful import HOMOGRAPHS, LOOSE_SYLLABLES, UNITS
from tm.terms.finding.rules import can_be_verb, word_after
from tm.terms.particles import fits_after
from tm.terms.spelling import has_final, is_hangul

# Log probabilities. A fixed noun costs nothing where one of the dictionary costs about 10, so a
# reading with the term must beat the free one where the free one cuts the term into a verb, and
# may fall a little behind where a productive suffix follows (보위부+장 against 보위+부장).
_BETTER_THAN_VERB = 5.0
_SUFFIX_ALLOWANCE = -3.0
# A word is a verb where the best reading with the verb beats the best with the noun by so much:
# the nouns of the North are rare in what the analyser has learned from.
_CLEARLY_A_VERB = 5.0
# A noun by itself is worth so much where it is common: 보고 -16, 가지 -18, 일군 -23.
_COMMON_NOUN = -22.0
_NOMINAL = frozenset({"NNG", "NNP", "NNB", "NR", "NP", "XPN", "XSN", "XR", "SN", "SL", "SH", "SW"})
_NOUNS = frozenset({"NNG", "NNP", "XR", "SL", "SH"})
_NO_WORD = frozenset({"XSN", "XSV", "XSA", "XSM", "XPN"})
_NO_NOUN = frozenset({"MAG", "MAJ", "MM", "IC", "NNB", "NP", "NR"})


def reads_as_noun(sentence: str, start: int, end: int) -> bool:
    """Whether ``sentence[start:end]`` is a noun of its own, or a part of a compound. Loads
    kiwipiepy."""
    morphemes = analyse(sentence)
    inside = _inside(morphemes, start, end)
    if not inside:
        return False
    text = sentence[start:end]
    whole = inside[0][2] == start and inside[-1][3] == end
    if len(text) == 1:
        is_noun = whole and len(inside) == 1 and _is_noun(inside[0], text)
        return is_noun and not _is_cut_in_syllables(sentence, morphemes, end)
    rest = word_after(sentence, end)
    follows = fits_after(text[-1], rest)
    if _starts_verb(inside, start) and (whole or not follows):
        may_be_noun = follows and not _only_verbal(text) and not _is_known_noun(text)
        return may_be_noun and can_be_verb(text) and not _reads_as_verb(sentence, start, end)
    if whole and len(inside) == 1:
        return inside[0][1] not in (_NO_NOUN if text in HOMOGRAPHS else _NO_WORD)
    if whole and all(m[1] in _NOMINAL or m[1] == "JKG" for m in inside):
        return True
    across = [m for m in inside if m[2] < start or m[3] > end]
    suffixed = not any(m[2] < start for m in across) and has_suffix(rest)
    if suffixed and across and across[0][2] == start:
        return keeps_meaning(rest)  # a word of the dictionary that is made of the term: 농구장
    if not suffixed and any(not m[4] for m in across):
        return False  # a word of the dictionary straddles the border: 반란 in 인민반란
    if not across and not _ends_in_verb(inside):
        return False
    return _compares_well(sentence, start, end, bool(across), suffixed, follows)


def _inside(morphemes: Sequence[Morpheme], start: int, end: int) -> list[Morpheme]:
    return [m for m in morphemes if m[2] < end and m[3] > start]


def _is_noun(morpheme: Morpheme, text: str) -> bool:
    """A suffix, number or bound noun is not the noun: 1kg당, 김 군, 여섯 시."""
    return morpheme[1] in _NOUNS or (morpheme[1] == "NNB" and text in UNITS)


def _is_cut_in_syllables(sentence: str, morphemes: Sequence[Morpheme], end: int) -> bool:
    """Whether a syllable that is seldom a noun stands behind this one as if it were, so that the
    two may be a word that the analyser does not know: 돈+주 of 돈주들, but 쌀+값."""
    return sentence[end : end + 1] in LOOSE_SYLLABLES and any(
        m[2] == end and m[3] == end + 1 and m[1] in _NOUNS for m in morphemes
    )


def _starts_verb(inside: Sequence[Morpheme], start: int) -> bool:
    return inside[0][2] == start and inside[0][1].startswith(("VV", "VA", "VX"))


def _only_verbal(text: str) -> bool:
    """Whether a verb's form looks like no noun: 있는, 만났다."""
    return text[-1] in "다는은며면요" or any(has_final(char) == "ㅆ" for char in text)


@lru_cache(maxsize=8192)
def _is_known_noun(text: str) -> bool:
    """Whether the analyser knows a noun of these letters well, and has chosen the verb all the
    same."""
    return any(
        len(tokens) == 1 and tokens[0][1] in _NOUNS and score > _COMMON_NOUN
        for tokens, score in readings(text)
    )


def _ends_in_verb(inside: Sequence[Morpheme]) -> bool:
    """Whether a noun is cut into a noun and a verb: 돈 + 주- of 돈주."""
    return inside[0][1] in _NOMINAL and inside[-1][1].startswith(("V", "E"))


def _compares_well(
    sentence: str, start: int, end: int, unknown: bool, suffixed: bool, follows: bool
) -> bool:
    """Whether the words around are read as well, or better, with the term fixed in place.

    unknown: the term lies in a word that the analyser does not know.
    """
    clause_start, clause = _clause_around(sentence, start, end)
    start, end = start - clause_start, end - clause_start
    fixed, fixed_score = reading(clause, (start, end))
    if unknown and not suffixed:  # 신흥돈주, 평성학
        return _splits_into_words(clause, fixed, start, end, follows)
    gain = fixed_score - reading(clause)[1]
    if suffixed:
        return gain >= _SUFFIX_ALLOWANCE
    return gain >= (0.0 if follows else _BETTER_THAN_VERB)


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
    inside = _inside(tokens, start, end)
    return (
        len(inside) > 1
        and (inside[0][2], inside[-1][3]) == (start, end)
        and inside[0][1].startswith(("VV", "VA", "VX"))
        and all(m[1].startswith(("V", "E", "XS")) for m in inside)
        and inside[-1][1].startswith("E")
    )


def _splits_into_words(
    clause: str, morphemes: Sequence[Morpheme], start: int, end: int, follows: bool
) -> bool:
    """Whether what the term leaves of an unknown word are words themselves (신흥+돈주)."""
    left = [m for m in morphemes if m[3] == start]
    if left and is_hangul(clause[start - 1]):
        known = not left[0][4] and (len(left[0][0]) >= 2 or left[0][0] in PREFIXES)
        if not known:
            return False
    right = [m for m in morphemes if m[2] == end]
    return follows or (bool(right) and not right[0][4] and len(right[0][0]) >= 2)


def _clause_around(sentence: str, start: int, end: int) -> tuple[int, str]:
    """The word of an occurrence and its neighbours, and where they start: enough context for the
    analyser, and much less to analyse."""
    first = sentence.rfind(" ", 0, start) + 1
    left = sentence.rfind(" ", 0, max(first - 1, 0)) + 1
    last = sentence.find(" ", end)
    right = sentence.find(" ", last + 1) if last >= 0 else -1
    return left, sentence[left : right if right >= 0 else len(sentence)]
