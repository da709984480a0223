"""Checks of a translation: what is lost, changed, added or damaged, sentence by sentence.

:func:`check_unit` looks at one translation unit, :func:`check_pair` at two aligned articles,
:func:`check_memory` at all that a memory has. They take a :class:`Checker`, which holds what was
chosen and the termbase; make it once for many units. :data:`CHECKS` lists every check with its id;
docs/quality.md says why each is there and how often it is right.
"""

from __future__ import annotations

from tm.quality.checks.checker import Checker, check_memory, check_pair, check_unit
from tm.quality.checks.registry import CHECKS, chosen

__all__ = ["CHECKS", "Checker", "check_memory", "check_pair", "check_unit", "chosen"]
