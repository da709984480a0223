"""Every error a user can cause or meet, under one name.

A message names the place (file, and line or item where there is one), what is wrong, and the
remedy; the command line prints it as one line and exits with :attr:`DonjuError.exit_code`.
"""

from __future__ import annotations

from pathlib import Path


class DonjuError(Exception):
    """Base of all errors that Donju raises on purpose.

    Parameters
    ----------
    problem: what is wrong, one clause, no final period.
    place: the file (and line, item or option) it concerns, if any.
    remedy: what the user can do about it, one clause, no final period.
    """

    exit_code = 2

    def __init__(self, problem: str, *, place: str | Path | None = None, remedy: str | None = None):
        self.problem = problem
        self.place = None if place is None else str(place)
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        text = f"{self.place}: {self.problem}" if self.place else self.problem
        return f"{text}; {self.remedy}" if self.remedy else text

    def __reduce__(self) -> tuple[object, ...]:  # crosses process borders in batch work
        return _rebuild, (type(self), self.problem, self.place, self.remedy)


def _rebuild(
    cls: type[DonjuError], problem: str, place: str | None, remedy: str | None
) -> DonjuError:
    return cls(problem, place=place, remedy=remedy)


class ReadError(DonjuError):
    """A file cannot be read as an article: missing, binary, empty, undecodable."""


class InputError(DonjuError):
    """The arguments do not fit together: swapped languages, unknown encoder, bad option."""


class MemoryFileError(DonjuError):
    """A translation memory cannot be opened, read or written."""


class OutputError(DonjuError):
    """A result cannot be written: unknown format, no space, no permission."""
