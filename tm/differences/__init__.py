"""What differs between two sentences, in words.

One percentage misleads: a sentence with a *not* in it is 97 % the same. So each difference is named
by its kind, with the words of both sentences. ``words`` cuts a sentence into words (a number, a
negated verb is one); ``alignment`` puts the words of two sentences beside each other; ``order``
takes out what changed places or roles; ``naming`` names what is left. No tagger is loaded.
"""

from __future__ import annotations

from tm.differences.compare import differences
from tm.differences.kinds import GRAVE, Difference, DifferenceKind

__all__ = ["GRAVE", "Difference", "DifferenceKind", "differences"]
