"""What a check of a translation says: findings, and the checks that they come from."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import Literal, get_args

from tm.unit import TranslationUnit

Severity = Literal["error", "warning", "info"]

#: Worst first.
SEVERITIES: tuple[Severity, ...] = get_args(Severity)

#: Start and end (exclusive) in a text.
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong with a translation.

    Attributes
    ----------
    id: the name by which it is switched on and off.
    title: what a finding of it says, in a few words.
    severity: of its findings, as a rule.
    on: whether it runs unless somebody asks for other checks.
    """

    id: str
    title: str
    severity: Severity
    on: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """Something to look at in a unit, or in a pair of articles (``unit`` is then ``None``).

    Attributes
    ----------
    check: the id of the check.
    message: what is wrong, in a sentence without final stop.
    source_spans, target_spans: where, in the two texts of the unit.
    suggestion: what to write instead, where that is known.
    key: the same in every run for the same finding in the same texts, so that a person's decision
        on it can be remembered.
    """

    check: str
    severity: Severity
    message: str
    unit: TranslationUnit | None
    source_spans: tuple[Span, ...] = ()
    target_spans: tuple[Span, ...] = ()
    suggestion: str | None = None
    key: str = ""


def finding_key(check: str, *about: str) -> str:
    """A key made of the check and of what a finding is about: ``number-1f0c2a9be377``."""
    digest = blake2b("\0".join(about).encode("utf-8", "surrogatepass"), digest_size=6)
    return f"{check}-{digest.hexdigest()}"
