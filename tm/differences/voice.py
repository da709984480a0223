"""Active and passive: who acts, where the words hardly tell.

붙잡았다 beside 붙잡혔다 and *chased* beside *were chased by* are one letter apart, and the same
subject has become the one it is done to. Where the subject has changed with the verb (the guards
arrested them, they were arrested by the guards) the roles are what they were.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from tm.differences.words import Word
from tm.eojeol import FUNCTION_WORDS, content, role, same_noun, split_particle
from tm.terms.lexicon import word_set
from tm.verbs import decomposed, ends_clause, verb_stems

Voice = Literal["active", "passive"]

_DO = decomposed("하")
_BE_DONE = tuple(decomposed(stem) for stem in ("되", "당하", "받"))
_SUFFIXES = tuple(decomposed(suffix) for suffix in ("이", "히", "리", "기"))
_BE = word_set("am is are was were be been being")
_RELATIVES = word_set("who which that")


@lru_cache(maxsize=8192)
def other_voice(one: str, other: str) -> Voice | None:
    """The voice of ``one`` if ``other`` is a form of the same Korean verb in the other voice:
    체포했다 and 체포됐다, 붙잡았다 and 붙잡혔다."""
    if _is_passive_of(other, one):
        return "active"
    return "passive" if _is_passive_of(one, other) else None


def _is_passive_of(word: str, active: str) -> bool:
    stems = verb_stems(word)
    for stem in verb_stems(active):
        if stem.endswith(_DO) and len(stem) > len(_DO) + 3:
            if any(stem[: -len(_DO)] + done in stems for done in _BE_DONE):
                return True
        elif len(stem) > 2 and any(stem + suffix in stems for suffix in _SUFFIXES):
            return True
    return False


@dataclass(frozen=True, slots=True)
class Turned:
    """A Korean verb that is active in one sentence and passive in the other.

    ``pairs``: the nouns that both clauses have, the subject's first. With ``is_same_subject`` the
    one who acts has become the one it is done to: 경비대원이 밀수꾼을 붙잡았다, 경비대원이
    밀수꾼에게 붙잡혔다. Otherwise the roles are what they were: 밀수꾼이 경비대원에게 붙잡혔다.
    """

    is_same_subject: bool
    pairs: tuple[tuple[Word, Word], ...]


def turned(
    verb: Word, other_verb: Word, query: Sequence[Word], candidate: Sequence[Word]
) -> Turned | None:
    """What two verbs in different voice say, if the active one has an object and either the
    subject is the same or the object has become the subject; ``None`` if not."""
    voice = other_voice(verb.folded, other_verb.folded)
    if voice is None:
        return None
    clause, other_clause = list(_clause(verb, query)), list(_clause(other_verb, candidate))
    active = clause if voice == "active" else other_clause
    passive = other_clause if voice == "active" else clause
    objects = [word for word in active if _role(word) == "O"]
    if not objects or not passive or any(_role(c[-1]) != "S" for c in (active, passive)):
        return None
    is_same = _are_same(active[-1], passive[-1])
    if not is_same and not any(_are_same(word, passive[-1]) for word in objects):
        return None
    pairs = [(a, b) for a in reversed(clause) for b in other_clause if _are_same(a, b)]
    return Turned(is_same, tuple(pairs))


def _are_same(one: Word, other: Word) -> bool:
    return one.folded == other.folded or same_noun(one.folded, other.folded)


def _clause(verb: Word, words: Sequence[Word]) -> Iterator[Word]:
    """The words before a verb that can be its own, nearest first, to its subject."""
    for word in reversed(words[: verb.place]):
        if ends_clause(word.folded) and not split_particle(word.folded)[1]:
            return
        yield word
        if _role(word) == "S":
            return


def _role(word: Word) -> str:
    return role(split_particle(word.folded)[1])


def passive_beside_active(
    query: Sequence[Word], candidate: Sequence[Word]
) -> tuple[bool, list[Word], list[Word]] | None:
    """An English verb that is passive with *by* in one sentence and active in the other: whether
    its subject is the same (so that the roles are not), and the words that make up the verb in the
    query and in the candidate. ``None`` if there is none."""
    for passive, active, is_turned in ((query, candidate, False), (candidate, query, True)):
        for at, verb, by in _passives(passive):
            found = next(
                (w for w in active if content(w.folded) == content(verb.folded) != ""), None
            )
            if found is None or _is_passive(found, active):
                continue
            subject = _nearest(reversed(passive[: at.place]))
            acts = _nearest(reversed(active[: found.place]))
            if not subject or not acts:
                continue
            parts = [at, verb, by], [found]
            same = content(subject.folded) == content(acts.folded)
            return (same, *(parts[::-1] if is_turned else parts))
    return None


def _passives(words: Sequence[Word]) -> Iterator[tuple[Word, Word, Word]]:
    """Each *be*, participle and *by* of a sentence, with a word or two between."""
    for word in words:
        if word.folded not in _BE or _before(word, words) in _RELATIVES:
            continue
        after = words[word.place + 1 : word.place + 4]
        by = next((other for other in after if other.folded == "by"), None)
        if by is not None and by.place > word.place + 1:
            yield word, words[by.place - 1], by


def _is_passive(verb: Word, words: Sequence[Word]) -> bool:
    near = (verb, *words[max(0, verb.place - 1) : verb.place])
    return any(_before(word, words) in _BE for word in near)


def _before(word: Word, words: Sequence[Word]) -> str:
    return words[word.place - 1].folded if word.place else ""


def _nearest(words: Iterator[Word]) -> Word | None:
    return next((word for word in words if word.folded not in FUNCTION_WORDS), None)
