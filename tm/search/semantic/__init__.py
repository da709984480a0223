"""Same meaning, other words: the units whose sentences mean what a sentence means.

Every unit has one vector: those of its source and of its target, each centred on the mean of its
language, added and brought to unit length. A sentence of either language is compared with that by
cosine, so one index answers Korean and English questions alike, and a unit is near if source *and*
target say the same. On paraphrases the first hit is right as often as with the better of two
vectors a unit, fewer unrelated units come near, and the index has half the size.

The vectors are derived data, in a folder beside the memory (``news.tm`` has ``news.tm.vectors``):

- :mod:`~tm.search.semantic.meaning`: vectors of sentences and units, and how their cosines read;
- :mod:`~tm.search.semantic.segment`: files of vectors that never change, searched by FAISS;
- :mod:`~tm.search.semantic.building`: how segments are made and merged;
- :mod:`~tm.search.semantic.manifest`: the one file that says which segments count;
- :mod:`~tm.search.semantic.catching_up`: from where the index is to where the memory is;
- :mod:`~tm.search.semantic.index`: :class:`SemanticIndex`, which answers.
"""

from __future__ import annotations

from tm.search.semantic.index import Near, SemanticIndex
from tm.search.semantic.meaning import Closeness
from tm.search.semantic.source import UnitSource

__all__ = ["Closeness", "Near", "SemanticIndex", "UnitSource"]
