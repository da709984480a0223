"""Hangul syllables, and how the same Korean word is spelled in the North and in the South."""

from __future__ import annotations

from functools import lru_cache

_FIRST = 0xAC00
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = ("", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ")

#: Before these the South drops ㄹ and ㄴ at the start of a word, and before others it softens ㄹ
#: (두음법칙); the North writes them.
I_VOWELS = frozenset("ㅑㅕㅖㅛㅠㅣ")
_MAX_VARIANTS = 12


def is_hangul(char: str) -> bool:
    return "가" <= char <= "힣"


def is_hanja(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff" or "\uf900" <= char <= "\ufaff"


def split_syllable(char: str) -> tuple[str, str, str]:
    """Initial, vowel and final (empty if none) of a Hangul syllable."""
    code = ord(char) - _FIRST
    return _INITIALS[code // 588], _VOWELS[code % 588 // 28], _FINALS[code % 28]


def join_syllable(initial: str, vowel: str, final: str = "") -> str:
    code = (_INITIALS.index(initial) * 21 + _VOWELS.index(vowel)) * 28 + _FINALS.index(final)
    return chr(_FIRST + code)


def has_final(char: str) -> str | None:
    """The final consonant of a syllable, empty if it ends in a vowel, None if it is not Hangul."""
    return split_syllable(char)[2] if is_hangul(char) else None


@lru_cache(maxsize=8192)
def spelling_variants(term: str) -> tuple[str, ...]:
    """The term and its Northern and Southern spellings, the given one first.

    로동당/노동당 and 녀성/여성 at the start of a word or of a later part of a long compound,
    페쇄/폐쇄, and 기발/깃발 (from the Southern spelling).
    """
    variants = {term: None}
    for i, char in enumerate(term):
        if not is_hangul(char):
            continue
        for replacement in _respellings(term, i):
            for known in list(variants):
                if len(variants) < _MAX_VARIANTS and known[i] == char:
                    variants.setdefault(known[:i] + replacement + known[i + 1 :])
    return tuple(variants)


def fold_spelling(term: str) -> str:
    """One key for all spellings and spacings of a term, for look-up."""
    compact = "".join(term.split())
    return min(spelling_variants(compact), key=lambda v: (sum(map(_is_northern, v)), v))


def _is_northern(char: str) -> bool:
    if not is_hangul(char):
        return False
    initial, vowel, _ = split_syllable(char)
    return initial == "ㄹ" or (initial == "ㄴ" and vowel in I_VOWELS) or char == "페"


def _respellings(term: str, i: int) -> list[str]:
    initial, vowel, final = split_syllable(term[i])
    out = []
    if _starts_a_part(term, i):
        if vowel in I_VOWELS and initial in "ㄹㄴㅇ":
            out = [join_syllable(c, vowel, final) for c in "ㄹㄴㅇ" if c != initial]
        elif initial in "ㄹㄴ":
            out = [join_syllable("ㄹ" if initial == "ㄴ" else "ㄴ", vowel, final)]
    if initial == "ㅍ" and vowel in "ㅔㅖ":
        out.append(join_syllable("ㅍ", "ㅖ" if vowel == "ㅔ" else "ㅔ", final))
    if final == "ㅅ" and i + 1 < len(term) and is_hangul(term[i + 1]):
        out.append(join_syllable(initial, vowel))
    return out


def _starts_a_part(term: str, i: int) -> bool:
    """A word start, or two syllables into a compound with two or more to go (조선+로동당)."""
    if i == 0 or not is_hangul(term[i - 1]):
        return True
    rest = term[i:].split(" ")[0]
    return i >= 2 and len(rest) >= 2 and " " not in term[i - 2 : i]
