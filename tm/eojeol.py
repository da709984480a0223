"""What can be read off a single word, Korean or English, without a dictionary or a tagger.

Tables and rules of thumb: a particle is cut off where its form fits the syllable before it (은
after a final consonant, 는 after a vowel), an ending is recognised by what precedes and what
follows the syllable in which two words begin to differ. A tagger would know more, and would take a
second or two to load; these answer in microseconds and are used only to name what differs.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from align.reading.dates import month_number

# Particles after a syllable with a final consonant, after one without, and after any.
_AFTER_CONSONANT = (
    "은",
    "이",
    "을",
    "과",
    "으로",
    "으로서",
    "으로써",
    "으로부터",
    "이나",
    "이라도",
    "이라는",
    "이란",
)
_AFTER_VOWEL = ("는", "가", "를", "와", "로", "로서", "로써", "로부터", "나", "라도", "라는", "란")
_AFTER_ANY = (
    "의", "도", "만", "에", "에는", "에도", "에만", "에서", "에서는", "에서도", "에서의",
    "에게", "에게는", "에게도", "에게서", "한테", "께", "께서", "까지", "까지는", "까지도",
    "부터", "부터는", "조차", "마저", "마다", "처럼", "보다", "보다는", "밖에", "뿐", "대로",
    "만큼", "만은", "만이", "만을", "과의", "와의", "으로의", "로의", "하고", "이며",
)  # fmt: skip
_SUBJECT = frozenset(("은", "는", "이", "가", "께서"))
_OBJECT = frozenset(("을", "를", "에게", "한테", "께"))

# What may follow the stem of a verb or adjective, or the syllable its stem has merged with.
_ENDING = re.compile(
    "(?:[았었였겠]|으?시|으?셨)*"
    "(?:는|은|을|던|는다|다|다고|다는|다며|다면서?|고|고서|며|면서?|으며|으면서?|지|지만|지는|지도|지를|기|기로|"
    "는데|은데|인데|음|니|니까|으니|으니까|라|라고|라는|자|자고|자는|자마자|게|도록|려고?|으려고?|러|으러|요|"
    "습니다|습니까|니다|니까|나|냐|냐고|느냐|는지|은지|을지|어|아|여|어서|아서|여서|어야|아야|여야|어도|아도)?"
)
_CLAUSE_END = re.compile(".*(?:다|고|며|면|서|지만|까|요|라|지|데|며|게|기|는|던|도록|니)$")
# Vowels that a stem's last vowel turns into when it merges with an ending: 하+여 → 해, 오+아 → 와.
_UNMERGED = {"ᅧ": "ᅵ", "ᅪ": "ᅩ", "ᅯ": "ᅮ", "ᅫ": "ᅬ", "ᅢ": "ᅡ", "ᅥ": "ᅳ"}
_FINALS_OF_ENDINGS = frozenset(("", "ᆫ", "ᆯ", "ᆷ", "ᆸ", "ᆻ"))

_KOREAN_DIGITS = {c: n for n, c in enumerate("영일이삼사오육칠팔구")}
_SMALL_UNITS = {"십": 10, "백": 100, "천": 1000}
_LARGE_UNITS = {"만": 10**4, "억": 10**8, "조": 10**12}
_NATIVE = {
    "하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4,
    "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10, "스물": 20, "스무": 20,
    "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70, "여든": 80, "아흔": 90,
}  # fmt: skip
_ENGLISH_NUMBERS: dict[str, float] = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14,
    "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80,
    "ninety": 90, "hundred": 10**2, "thousand": 10**3, "million": 10**6, "billion": 10**9,
    "trillion": 10**12, "dozen": 12, "first": 1, "third": 3, "fourth": 4, "fifth": 5, "half": 0.5,
    "once": 1, "twice": 2,
}  # fmt: skip
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_COUNTER = (
    "년|월|일|시|분|초|명|인|개|개월|개국|번|번째|차|차례|회|살|세|곳|가지|척|대|발|건|주|주일|"
    "배|마리|사람|달|달러|원|위안|엔|톤|킬로|미터|퍼센트|프로|층|군데|쪽|마디|채|권|장|단계|여"
)
_PART = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([십백천만억조]*)")
_FIGURES = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?(?:[십백천만억조]+(?:\d+(?:,\d{3})*(?:\.\d+)?)?)*")
_SINO = re.compile(f"([영일이삼사오육칠팔구십백천만억조]+)(?:{_COUNTER})")
_NATIVE_COUNT = re.compile(
    f"({'|'.join(sorted(_NATIVE, key=len, reverse=True))})(?:$|(?:{_COUNTER}))"
)
_WEEKDAY_KO = re.compile("[월화수목금토일]요일")

_NEGATION_KO = re.compile(
    "^(?:안|못)$|않|^못하|^못[했한할]|지못|^아니|아니[다었라고며]|아닌|아닐|아님|없|말라$|^마라$"
)
_NEGATION_EN = frozenset(
    ("not", "no", "never", "none", "nobody", "nothing", "neither", "nor", "without", "cannot",
     "unable", "nowhere")
)  # fmt: skip

_INFLECTIONS = frozenset(
    ("", "e", "es", "s", "d", "ed", "ing", "y", "ies", "ied", "'s", "s'", "n", "en")
)
_FORMS = (
    frozenset(("am", "is", "are", "was", "were", "be", "been", "being")),
    frozenset(("has", "have", "had", "having")),
    frozenset(("do", "does", "did", "done", "doing")),
    frozenset(("will", "would")),
    frozenset(("can", "could")),
    frozenset(("may", "might")),
    frozenset(("say", "says", "said", "saying")),
    frozenset(("make", "makes", "made", "making")),
    frozenset(("take", "takes", "took", "taken", "taking")),
    frozenset(("go", "goes", "went", "gone", "going")),
    frozenset(("give", "gives", "gave", "given", "giving")),
    frozenset(("hold", "holds", "held", "holding")),
    frozenset(("send", "sends", "sent", "sending")),
    frozenset(("tell", "tells", "told", "telling")),
    frozenset(("meet", "meets", "met", "meeting")),
)


@lru_cache(maxsize=4096)
def split_particle(word: str) -> tuple[str, str]:
    """A Korean word as noun and particle; the particle is empty where none can be cut off."""
    for length in range(min(4, len(word) - 1), 0, -1):
        stem, particle = word[:-length], word[-length:]
        if not "가" <= stem[-1] <= "힣":
            fits = particle in _AFTER_ANY + _AFTER_CONSONANT + _AFTER_VOWEL
        else:
            final = (ord(stem[-1]) - ord("가")) % 28
            own = _AFTER_CONSONANT if final else _AFTER_VOWEL
            after_l = final == 8 and particle.startswith("로")  # 서울로, not 서울으로
            fits = particle in _AFTER_ANY or particle in own or after_l
        if fits and "가" <= particle[0] <= "힣":
            return stem, particle
    return word, ""


def roles_differ(one: str, other: str) -> bool:
    """Whether one particle marks who acts and the other whom it is done to."""
    return (one in _SUBJECT and other in _OBJECT) or (one in _OBJECT and other in _SUBJECT)


def same_verb(one: str, other: str) -> bool:
    """Whether two different words look like one verb, adjective or noun in two forms."""
    if is_korean(one) and is_korean(other):
        return _same_korean_stem(one, other)
    low, lower = one.casefold().replace("’", "'"), other.casefold().replace("’", "'")
    if any(low in forms and lower in forms for forms in _FORMS):
        return True
    length = _common_prefix(low, lower)
    return length >= 3 and low[length:] in _INFLECTIONS and lower[length:] in _INFLECTIONS


def is_korean(word: str) -> bool:
    return any("가" <= character <= "힣" for character in word)


@lru_cache(maxsize=4096)
def numbers(word: str) -> tuple[float, ...]:
    """The numbers in a word, in order: 12조3천억 → (12300000000000,), 두 → (2,), July → (7,).

    Months count from 1 and days of the week from 1001, so that they are equal only to themselves.
    """
    if any(character.isdigit() for character in word):
        return _digit_numbers(word)
    if is_korean(word):
        if match := _WEEKDAY_KO.match(word):
            return (1001 + "월화수목금토일".index(match[0][0]),)
        if match := _NATIVE_COUNT.match(word):
            return (_NATIVE[match[1]],)
        if match := _SINO.match(word):
            return (_sino_value(match[1]),)
        return ()
    return tuple(
        value
        for part in re.split(r"[^A-Za-z]+", word)
        if (value := _english_number(part)) is not None
    )


@lru_cache(maxsize=4096)
def negations(word: str) -> int:
    """How many marks of negation a word bears."""
    if is_korean(word):
        return len(_NEGATION_KO.findall(word))
    low = word.casefold().replace("’", "'")
    return int(low in _NEGATION_EN or low.endswith("n't"))


def without_digits(word: str) -> str:
    """A word with each of its numbers as one 0, for comparing the rest of it."""
    return _FIGURES.sub("0", word)


def _digit_numbers(word: str) -> tuple[float, ...]:
    """Numbers in figures, each with the Korean units that belong to it: 1억1천만 is one."""
    return tuple(_figures_value(match[0]) for match in _FIGURES.finditer(word))


def _figures_value(text: str) -> float:
    total = section = 0.0
    for figures, units in _PART.findall(text):
        pending = float(figures.replace(",", ""))
        for unit in units:
            if unit in _SMALL_UNITS:
                pending *= _SMALL_UNITS[unit]
            else:
                total += (section + pending) * _LARGE_UNITS[unit]
                section = pending = 0.0
        section += pending
    return total + section


def _sino_value(text: str) -> float:
    total = section = 0.0
    pending = 0.0
    for character in text:
        if character in _KOREAN_DIGITS:
            pending = pending * 10 + _KOREAN_DIGITS[character]
        elif character in _SMALL_UNITS:
            section += (pending or 1) * _SMALL_UNITS[character]
            pending = 0
        else:
            total += (section + pending or 1) * _LARGE_UNITS[character]
            section = pending = 0
    return total + section + pending


def _english_number(word: str) -> float | None:
    low = word.lower()
    if low in _ENGLISH_NUMBERS:
        return _ENGLISH_NUMBERS[low]
    if word[:1].isupper():
        if month := month_number(low):
            return month
        if low in _WEEKDAYS:
            return 1001 + _WEEKDAYS.index(low)
    return None


def _same_korean_stem(one: str, other: str) -> bool:
    start = _common_prefix(one, other)
    rest, rest_of_other = one[start:], other[start:]
    if not (_CLAUSE_END.match(one) or _CLAUSE_END.match(other)):
        return False
    if start and _ENDING.fullmatch(rest) and _ENDING.fullmatch(rest_of_other):
        return True
    if not rest or not rest_of_other:
        return False
    return (
        _stem_of_syllable(rest[0]) == _stem_of_syllable(rest_of_other[0]) is not None
        and _ENDING.fullmatch(rest[1:]) is not None
        and _ENDING.fullmatch(rest_of_other[1:]) is not None
    )


def _stem_of_syllable(syllable: str) -> tuple[str, str] | None:
    """Onset and unmerged vowel of a syllable in which stem and ending may have merged."""
    jamo = unicodedata.normalize("NFD", syllable)
    if len(jamo) < 2 or jamo[2:] not in _FINALS_OF_ENDINGS:
        return None
    return jamo[0], _UNMERGED.get(jamo[1], jamo[1])


def _common_prefix(one: str, other: str) -> int:
    length = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        length += 1
    return length
