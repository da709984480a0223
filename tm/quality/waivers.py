"""Findings that a person has looked at and let stand, with the reason, remembered in a memory."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from align.errors import InputError
from tm.memory import Memory
from tm.quality.findings import Finding
from tm.store import Decision

KIND = "finding"
WAIVED = "waived"

_KEY = re.compile(r"[a-z]+(?:-[a-z]+)*-[0-9a-f]{12}")


def waive(memory: Memory, key: str, reason: str, *, who: str | None = None) -> None:
    """Let the finding with this key stand from now on.

    Raises
    ------
    InputError: this is no key of a finding, or no reason is given.
    """
    _check_key(key)
    if not reason.strip():
        raise InputError("no reason is given", place=key, remedy='add --reason "…"')
    memory.decide(KIND, key, WAIVED, reason=reason.strip(), who=who)


def unwaive(memory: Memory, key: str, *, who: str | None = None) -> None:
    """Take a waiver back.

    Raises
    ------
    InputError: the finding is not waived.
    """
    if key not in waivers(memory):
        raise InputError("it is not waived", place=key, remedy="see donju check --all")
    memory.decide(KIND, key, None, who=who)


def _check_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise InputError(
            f"not the key of a finding: {key!r}", remedy="copy it from the list of findings"
        )


def waivers(memory: Memory) -> dict[str, Decision]:
    """The waived findings of a memory by key."""
    decided = memory.decisions(KIND)
    return {key: decision for key, decision in decided.items() if decision.verdict == WAIVED}


def without_waived(
    findings: Iterable[Finding], waived: Mapping[str, Decision]
) -> Iterator[Finding]:
    """The findings that nobody has waived."""
    return (finding for finding in findings if finding.key not in waived)
