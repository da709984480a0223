"""Whether a word form of a memory holds a term, judged by the other word forms of the memory.

Most forms are certain by rule (:mod:`tm.terms.finding.rules`). The rest can be something else:
경기+도 or 경기도, 돈주+계층 or 돈+주머니. An analyser reads that in a sentence; a large text
answers it by itself. If 경기도 bears particles of its own (경기도의, 경기도에서), it is
a word; and of two ways to cut a word in two, the one whose halves stand alone more often is right.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from unicodedata import normalize

from tm.terms.finding.rules import Verdict, verdict
from tm.terms.particles import DOUBTFUL, VERBAL, fits_after
from tm.terms.spelling import has_final, is_hangul
from tm.terms.wordstats.building import korean_key
from tm.terms.wordstats.texts import Texts
from tm.verbs import decomposed, verb_stems

# Suffixes and prefixes of one syllable that leave the term what it is.
_SUFFIXES = frozenset("장원꾼별측급내증세기대적용제권당들명식형간")
_PREFIXES = frozenset("도시군구리당각전총반친")
# Particles after which a word is certainly a noun, and what makes a word of its own of a noun and
# the syllable behind it.
_CLEAR = (
    "을",
    "를",
    "은",
    "는",
    "이",
    "가",
    "의",
    "에",
    "에서",
    "에게",
    "들",
    "와",
    "과",
    "으로",
    "로",
)
_NO_WORD = frozenset({"만", "라고", "라는", "랑", "에겐"})
# Particles that may follow another one: 과의, 과는.
_AFTER_AND = frozenset(("의", "는", "은"))
# Last sounds of nouns that are forms of verbs too: 일군 (일구다), 보고 (보다).
_MAY_END_A_VERB = frozenset("고기지며자게대데라나서어아니러려소네")
_VERB_FINALS = frozenset("ㄴㄹㅁ")
_VERB_FORMS = ("고", "지", "는", "다", "면", "며", "던", "게")
#: A noun bears a clear particle in so large a part of its places, or more.
_NOUN_SHARE = 0.1


class Readings:
    """Judges the forms of a memory's texts for one term: ``letters`` without blanks.

    ``name`` says that it is a name, to which no verbal endings belong.
    """

    def __init__(self, texts: Sequence[Texts], letters: str, *, name: bool = False):
        self._texts = texts
        self._letters = letters
        self._name = name
        self._counts: dict[str, int] = {}

    def accepts(self, form: str, start: int) -> bool:
        """Whether the letters that begin there in a form are the term."""
        end = start + len(self._letters)
        by_rule = verdict(form, start, end, name=self._name)
        if by_rule is Verdict.DOUBT and len(self._letters) > 1:
            prefix, rest = form[:start], form[end:]
            return self.begins(prefix, rest) and self.ends(rest, prefix)
        return by_rule is Verdict.TERM

    def begins(self, prefix: str, rest: str = "") -> bool:
        """Whether the term can begin behind ``prefix``."""
        if not prefix or not is_hangul(prefix[-1]):
            return not _runs_on(prefix[-1:], self._letters[0])
        if prefix in _PREFIXES:
            return True
        if len(prefix) < 2 or not self._known(prefix):
            return False
        word = prefix + self._letters
        if not self._ends_plainly(rest):
            word += korean_key(rest) or rest
        return self._is_best_cut(word, len(prefix))

    def ends(self, rest: str, prefix: str = "") -> bool:
        """Whether the term can end before ``rest``."""
        run = _hangul_run(rest)
        if not rest:
            return bool(prefix) or not self.may_be_verb or self._is_noun
        if not run:
            return not _runs_on(self._letters[-1], rest[0])
        if fits_after(self._letters[-1], run, verbal=not self._name):
            return self._ends_plainly(rest) or not self._is_other_word(prefix, run)
        if self._name and VERBAL.match(run):
            return False
        if run[0] in _SUFFIXES and fits_after(run[0], run[1:], verbal=False):
            return True
        key = korean_key(run)
        if len(key) < 2 or not self._known(key):
            return False
        return self._is_best_cut(self._letters + key, len(self._letters))

    def _ends_plainly(self, rest: str) -> bool:
        """Whether only particles follow that make no other word of the term."""
        run = _hangul_run(rest)
        if not run:
            return True
        if not fits_after(self._letters[-1], run, verbal=not self._name):
            return False
        return run not in DOUBTFUL and not (len(self._letters) == 2 and run[0] in "가도")

    def _is_other_word(self, prefix: str, run: str) -> bool:
        """Whether term + first syllable of ``run`` is a word itself: 경기도, 전문가."""
        if run in _NO_WORD:
            return False
        word = prefix + self._letters + run[0]
        clear = [p for p in _CLEAR if not (run[0] in "과와" and p in _AFTER_AND)]
        own = sum(self._forms(word + p) for p in clear if fits_after(run[0], p, verbal=False))
        alone = self._forms(word)
        return own > 0 and own * 2 >= alone

    @cached_property
    def may_be_verb(self) -> bool:
        """Whether the bare term can also be a form of a verb that the texts have."""
        last = self._letters[-1]
        if not is_hangul(last):
            return False
        if has_final(last) not in _VERB_FINALS and last not in _MAY_END_A_VERB:
            return False
        return any(self._verb(stem) for stem in verb_stems(self._letters))

    def _verb(self, stem: str) -> int:
        if stem == decomposed(self._letters):
            return 0
        word = normalize("NFC", stem)
        return sum(self._forms(word + ending) for ending in _VERB_FORMS)

    @cached_property
    def _is_noun(self) -> bool:
        """Whether the term bears clear particles often enough for a noun."""
        last = self._letters[-1]
        clear = sum(
            self._forms(self._letters + p) for p in _CLEAR if fits_after(last, p, verbal=False)
        )
        return clear >= _NOUN_SHARE * self._forms(self._letters)

    def _is_best_cut(self, word: str, cut: int) -> bool:
        """Whether no other cut gives two halves that stand alone more often (of the rarer half)."""
        own = self._worth(word, cut, len(self._letters))
        return all(self._worth(word, other) <= own for other in range(1, len(word)) if other != cut)

    def _worth(self, word: str, cut: int, term: int = 0) -> int:
        left, right = word[:cut], word[cut:]
        if min(len(left), len(right)) == 1 and not term:
            return min(self._count(left), self._count(right)) // 4
        return min(self._known(left), self._known(right))

    def _known(self, word: str) -> int:
        """How often a word stands alone, or of a compound that does not, its rarest part."""
        alone = self._count(word)
        if alone:
            return alone
        cuts = range(2, len(word) - 1)
        return max((min(self._count(word[:c]), self._known(word[c:])) for c in cuts), default=0)

    def _count(self, word: str) -> int:
        """How often a word stands alone, with particles or without."""
        if word not in self._counts:
            self._counts[word] = sum(_count(texts, word) for texts in self._texts)
        return self._counts[word]

    def _forms(self, form: str) -> int:
        """How often a word stands written just so."""
        total = 0
        for texts in self._texts:
            number = texts.forms.number(form)
            if number is not None:
                total += int(texts.form_counts[number])
        return total


def _count(texts: Texts, word: str) -> int:
    if len(word) == 1:
        form = texts.forms.number(word)
        return 0 if form is None else int(texts.form_counts[form])
    key = texts.keys.number(word)
    return 0 if key is None else int(texts.key_starts[key + 1] - texts.key_starts[key])


def _runs_on(left: str, right: str) -> bool:
    """Whether two characters belong together: digits, or Latin letters."""
    if not left or not right:
        return False
    both_digits = left.isdigit() and right.isdigit()
    return both_digits or (
        left.isascii() and right.isascii() and left.isalpha() and right.isalpha()
    )


def _hangul_run(text: str) -> str:
    for place, character in enumerate(text):
        if not is_hangul(character):
            return text[:place]
    return text
