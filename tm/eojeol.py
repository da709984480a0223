"""What can be read off a single word, Korean or English, without a dictionary or a tagger.

Tables and rules of thumb: a particle is cut off where its form fits the syllable before it (은
after a final consonant, 는 after a vowel); a verb is known by the stems its form may come from. A
tagger would know more, and would take a second or two to load; these answer in microseconds and are
used only to name what differs and to put matches in order.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from tm.terms.lexicon import word_list, word_set
from tm.terms.particles import AFTER_ANY, AFTER_CONSONANT, AFTER_VOWEL, particles_after
from tm.terms.spelling import is_hangul
from tm.verbs import english_stem, verb_stems

# What is a particle in a chain of them, but as the end of a word is mostly something else: 잡아.
_NOT_ALONE = word_set("아 만")
_FORMS = (
    *({"은", "는"}, {"이", "가"}, {"을", "를"}, {"과", "와"}),
    *({form, form[1:]} for form in AFTER_CONSONANT if form[0] in "으이" and len(form) > 1),
)
_BY = frozenset(("에 의해", "에 의해서"))
_PARTICLES = (AFTER_CONSONANT | AFTER_VOWEL | AFTER_ANY | _BY) - _NOT_ALONE
_LONGEST_PARTICLE = 5

_SUBJECT, _OBJECT, _RECEIVER, _ORIGIN, _GOAL, _OWNER, _PARTNER = "SODFTGC"
_ROLES = {
    **dict.fromkeys(word_list("은 는 이 가 께서 께서는"), _SUBJECT),
    **dict.fromkeys(word_list("을 를"), _OBJECT),
    **dict.fromkeys(word_list("에게 에게는 에게도 한테 께 에 에는 에도 더러 보고"), _RECEIVER),
    **dict.fromkeys(_BY, _RECEIVER),
    **dict.fromkeys(word_list("에서 에서는 에게서 한테서 부터 부터는 으로부터 로부터"), _ORIGIN),
    **dict.fromkeys(word_list("으로 로 까지 까지는 으로는 로는"), _GOAL),
    "의": _OWNER,
    **dict.fromkeys(word_list("과 와 하고 이나 나 이랑 랑"), _PARTNER),
}
#: The role of what is joined to its neighbour: 쌀과 밀.
PARTNER = _PARTNER

_NEGATION_KO = re.compile(
    r"^(?:안|못)(?=\s|$)|않|(?:^|\s)못[하했한할함해]|지못[하했한할]|(?:^|\s|[이가은는])아(?:니|닌|닐|님|녔|닙)|없(?![애앤앨앴])"
    r"|(?:^|\s|지)(?:말(?:라[고는며던]|아야|자|도록|아라|고$|며$|았)|마라|마시|마십)"
    r"|(?<![는은던])지(?:는|도|를|만)?\s?(?:말(?![하했한할함해씀이을로만])|마[라시십세])"
    r"|(?:^|\s)(?:모(?:르(?![핀타])|른)|몰(?:라(?!보)|랐))"
)
# Words with a mark of negation that deny nothing: 틀림없이 (surely), 못지않게 (as much as),
# 쌀뿐만 아니라 (not only rice).
_NOT_DENIED_KO = re.compile(
    r"(?:틀림|끊임|어김|다름|변함|거침|아낌|빠짐|하염|서슴|손색|빈틈)없|^(?:한|끝|수|더|두말)없"
    r"|(?:못|머|오래|마)지\s?않|뿐만?이?\s아니"
)
_NEGATION_EN = word_set(
    """
    not no never none nobody nothing neither nor without cannot unable nowhere hardly scarcely
    barely seldom rarely
    """
)
_NEGATED_EN = re.compile(r"no longer$|fail(?:s|ed|ing)? to |d(?:o|oes|id) not ")
_NEGATIVE_PREFIXES_EN = ("un", "in", "im", "il", "ir", "dis", "non", "non-")
_NEGATIVE_PREFIXES_KO = ("불", "부", "비", "미", "무", "반", "몰")

#: English words that say little of what a sentence is about, or of the order of its parts.
FUNCTION_WORDS = word_set(
    """
    a an the of in on at to and or for by with that as is are was were be been being has have
    had do does did will would it its this these those from into than then but he she they his
    her their who which
    """
)


@lru_cache(maxsize=8192)
def split_particle(word: str) -> tuple[str, str]:
    """A Korean word as noun and particle; the particle is empty where none can be cut off."""
    for length in range(min(_LONGEST_PARTICLE, len(word) - 1), 0, -1):
        stem, particle = word[:-length], word[-length:]
        if particle not in _PARTICLES:
            continue
        if particle in AFTER_ANY or particle in _BY:
            return stem, particle
        if not is_hangul(stem[-1]) or particle in particles_after(stem[-1]):
            return stem, particle
    return word, ""


def same_noun(one: str, other: str) -> bool:
    """Whether two Korean words can be one noun with different particles: 암만이 and 암만에, though
    the first could be 암 with 만이 too."""
    return any(
        one[:cut] == other[:cut]
        and all(rest == "" or rest in _PARTICLES for rest in (one[cut:], other[cut:]))
        for cut in range(min(len(one), len(other)), 1, -1)
    )


def same_particle(one: str, other: str) -> bool:
    """Whether two particles are one, in its forms after a consonant and after a vowel."""
    return one == other or {one, other} in _FORMS


def role(particle: str) -> str:
    """Which part in the event a particle marks, as one letter; empty where it marks none."""
    return _ROLES.get(particle, "")


def is_korean(word: str) -> bool:
    return any("가" <= character <= "힣" for character in word)


@lru_cache(maxsize=8192)
def same_verb(one: str, other: str) -> bool:
    """Whether two different words can be forms of one verb, adjective or English noun."""
    if is_korean(one) and is_korean(other):
        return not verb_stems(one).isdisjoint(verb_stems(other))
    return english_stem(one) == english_stem(other)


@lru_cache(maxsize=8192)
def negations(word: str) -> int:
    """How many marks of negation a word bears; two of one verb (않지 않다) are two."""
    if is_korean(word):
        return len(_NEGATION_KO.findall(_NOT_DENIED_KO.sub("", word)))
    low = word.casefold().replace("’", "'")
    denied = low in _NEGATION_EN or low.partition(" ")[0].endswith("n't")
    return int(denied or _NEGATED_EN.match(low) is not None)


def opposite_by_prefix(one: str, other: str) -> bool:
    """Whether one word is the other with a negative prefix: 불가능 and 가능, unable and able."""
    shorter, longer = sorted((one.casefold(), other.casefold()), key=len)
    prefixes = _NEGATIVE_PREFIXES_KO if is_korean(shorter) else _NEGATIVE_PREFIXES_EN
    if len(shorter) < (2 if is_korean(shorter) else 4):
        return False
    return any(
        longer.startswith(prefix) and _same_content(longer[len(prefix) :], shorter)
        for prefix in prefixes
    )


def _same_content(one: str, other: str) -> bool:
    return one == other or (is_korean(one) and content(one) == content(other))


@lru_cache(maxsize=16384)
def content(word: str) -> str:
    """What a word is about, without particle, plural or ending; empty for a function word.

    A Korean word that could be a noun is taken for one: 사는 is 사 here, as the noun of 사는.
    """
    if not is_korean(word):
        low = word.casefold()
        return "" if low in FUNCTION_WORDS else english_stem(low)
    stem, particle = split_particle(word)
    if not particle or len(stem) < 2:
        stem = unicodedata.normalize("NFC", min(verb_stems(word), key=lambda s: (len(s), s)))
    return stem.removesuffix("들") if len(stem) > 2 else stem
