"""Where sentences end: shared machinery, the rules of each language, and kss.

``lines`` finds paragraphs and undoes hard wrapping, ``marks`` walks over punctuation and quotation
marks once, ``korean`` and ``english`` decide at each mark (their word lists are in ``*_tables``),
``kss_backend`` decides where Korean text has no punctuation, ``offsets`` maps normalised text back.
"""

from __future__ import annotations
