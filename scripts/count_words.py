"""Make the list of common Korean words that the term finder divides longer ones with.

    python scripts/count_words.py TEXT… > tm/terms/finding/words.txt

TEXT are UTF-8 files of Korean text. A noun, adverb, pronoun or determiner is listed if kiwipiepy
knows it and cuts it out of these texts at least ``--least`` times; of one syllable only nouns are
listed, if there are twenty times as many. A word with an asterisk is now and then a form of a verb
with the same letters (보고).
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tm.terms.analyser import Morpheme, reading

_ONE_SYLLABLE = 20
_LONGEST = 6
_NOUNS = ("NNG", "NNP")
_UNINFLECTED = (*_NOUNS, "NNB", "NP", "NR", "MM", "MAG", "MAJ")
#: A word gets its asterisk if it is a verb once for so many times that it is none.
_RARELY_A_VERB = 50


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("texts", nargs="+", type=Path)
    parser.add_argument("--least", type=int, default=3, help="how often a word must occur")
    options = parser.parse_args()
    lines = [line for text in options.texts for line in text.read_text("utf-8").splitlines()]
    words: Counter[str] = Counter()
    verbs: Counter[str] = Counter()
    for line in dict.fromkeys(lines):
        morphemes = reading(line)[0]
        words.update(m[0] for m in morphemes if is_listed(m))
        verbs.update(verb_forms(line, morphemes))
    for word in sorted(words):
        if words[word] >= options.least * (_ONE_SYLLABLE if len(word) == 1 else 1):
            print(word + ("*" if verbs[word] * _RARELY_A_VERB > words[word] else ""))


def is_listed(morpheme: Morpheme) -> bool:
    form, tag, _, _, unknown = morpheme
    hangul = re.fullmatch("[가-힣]+", form) is not None
    tags = _NOUNS if len(form) == 1 else _UNINFLECTED
    return tag in tags and not unknown and hangul and len(form) <= _LONGEST


def verb_forms(line: str, morphemes: Sequence[Morpheme]) -> Iterator[str]:
    """The letters of every verb with one ending or more behind it."""
    start = None
    for _, tag, begin, end, _ in morphemes:
        if tag.startswith(("VV", "VA", "VX")):
            start = begin
        elif start is not None and tag.startswith("E"):
            yield line[start:end]
        else:
            start = None


if __name__ == "__main__":
    main()
