"""A concept as JSON text, and back. Only what is told is written."""

from __future__ import annotations

import json
from dataclasses import fields
from typing import Any

from tm.terms.termbase.concepts import Concept, Term

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

_OF_CONCEPT = ("id", "domain", "definition", "note")
#: The fields of a term with what is not written of them.
_OF_TERM = tuple((f.name, f.default) for f in fields(Term))


def concept_json(concept: Concept) -> str:
    """Equal concepts give equal text."""
    told: dict[str, Any] = {n: value for n in _OF_CONCEPT if (value := getattr(concept, n))}
    told["terms"] = [
        {name: value for name, usual in _OF_TERM if (value := getattr(term, name)) != usual}
        for term in concept.terms
    ]
    return _encode(told)


def concept_of(text: str) -> Concept:
    """What :func:`concept_json` wrote.

    Raises
    ------
    ValueError: the text is damaged.
    """
    try:
        told = json.loads(text)
        terms = tuple(
            Term(**{**term, "renders": tuple(term.get("renders", ()))})
            for term in told.pop("terms")
        )
        return Concept(**told, terms=terms)
    except (TypeError, AttributeError, KeyError) as error:
        raise ValueError(f"not a concept: {text[:80]}") from error
