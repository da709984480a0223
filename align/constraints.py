"""Fixed beads in a file: lines of an earlier output, copied or edited by a person.

A line is a JSON object as :func:`align.output.bead_record` makes it. ``ko_sentences`` and
``en_sentences`` say what belongs together and ``article`` in which article; ``ko`` and ``en``, if
they are there, tell whether the numbers still mean the sentences that they did.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from align.alignment import Alignment, Bead
from align.batch import LeftOut, composed
from align.errors import InputError, ReadError
from align.fixed import FixedBead

#: Characters of a text that a note shows.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Constraint:
    """A line: the bead, and the article and texts that it names, ``None`` where it does not."""

    bead: FixedBead
    article: str | None
    ko: str | None
    en: str | None


def read_constraints(path: str | Path) -> tuple[Constraint, ...]:
    """The constraints in a JSON Lines file, in their order; empty lines are passed over.

    Raises
    ------
    ReadError: the file cannot be read, or is not UTF-8.
    InputError: a line is no JSON object, or lacks the sentence numbers.
    """
    path = Path(path)
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise ReadError("not text in UTF-8", place=path, remedy="save it as UTF-8") from error
    except OSError as error:
        raise ReadError(
            f"cannot be read ({error.strerror or error})",
            place=path,
            remedy="name a file of lines as 'donju align … -o x.jsonl' writes them",
        ) from error
    return tuple(
        _constraint(line, f"{path}:{number}")
        for number, line in enumerate(lines, start=1)
        if line.strip()
    )


def _constraint(line: str, place: str) -> Constraint:
    try:
        record = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise InputError(
            f"not JSON ({error})", place=place, remedy="mend the line or take it out"
        ) from error
    if not isinstance(record, dict):
        raise InputError(
            "not a JSON object",
            place=place,
            remedy='write lines such as {"ko_sentences": [3], "en_sentences": [4, 5]}',
        )
    article = record.get("article")
    if not isinstance(article, str | None):
        raise InputError(
            f"'article' is not a name: {article!r}", place=place, remedy="put it in quotes"
        )
    bead = FixedBead(_numbers(record, "ko", place), _numbers(record, "en", place), place)
    texts = [text if isinstance(text := record.get(side), str) else None for side in ("ko", "en")]
    return Constraint(bead, None if article is None else composed(article), *texts)


def _numbers(record: dict[str, Any], lang: str, place: str) -> tuple[int, ...]:
    name = f"{lang}_sentences"
    numbers = record.get(name)
    if not isinstance(numbers, list) or any(type(number) is not int for number in numbers):
        found = f"is no list of numbers: {numbers!r}" if name in record else "is missing"
        raise InputError(
            f"'{name}' {found}", place=place, remedy="write it as [3, 4], or [] for no counterpart"
        )
    return tuple(numbers)


def by_article(
    constraints: Iterable[Constraint], names: Sequence[str], *, alone: bool
) -> dict[str, list[Constraint]]:
    """The constraints on each of the articles ``names``.

    Where one article stands ``alone``, lines need not name it.

    Raises
    ------
    InputError: a line must name its article and does not.
    """
    found: dict[str, list[Constraint]] = {name: [] for name in names}
    for constraint in constraints:
        name = constraint.article
        if name is None:
            if not alone:
                raise InputError(
                    "it names no article",
                    place=constraint.bead.place,
                    remedy='add "article": the name of the pair, as in the output of donju align',
                )
            (name,) = names
        if name in found:
            found[name].append(constraint)
    return found


def of_other_articles(constraints: Iterable[Constraint], names: Sequence[str]) -> list[LeftOut]:
    """The lines about articles that are not among ``names``, an item an article."""
    known = {None, *names}
    places: dict[str | None, list[str]] = {}
    for constraint in constraints:
        if constraint.article not in known:
            places.setdefault(constraint.article, []).append(constraint.bead.place)
    return [
        LeftOut(
            first,
            f"{f'this and {len(others)} more are' if others else 'this is'} about the article "
            f"'{article}', which is not among the pairs",
        )
        for article, (first, *others) in places.items()
    ]


def notes(constraints: Iterable[Constraint], alignment: Alignment) -> list[str]:
    """What to tell about constraints whose texts are not those of the sentences they number."""
    said = []
    for constraint in constraints:
        bead = Bead(tuple(sorted(constraint.bead.ko)), tuple(sorted(constraint.bead.en)), 1.0)
        for numbers, there, told in (
            (bead.ko, alignment.ko_text(bead), constraint.ko),
            (bead.en, alignment.en_text(bead), constraint.en),
        ):
            if numbers and told is not None and composed(told) != composed(there):
                said.append(
                    f"fixed as {constraint.bead.place} says by its numbers {list(numbers)}, which "
                    f"now mean “{_short(there)}”; the line shows “{_short(told)}”"
                )
    return said


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"
