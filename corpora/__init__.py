"""The text that comes with Donju: sample article pairs and a termbase for North Korea."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent

#: Folder of article pairs ``NAME.ko.txt`` / ``NAME.en.txt`` with gold beads; see its README.
SAMPLE = _HERE / "sample"

#: The bundled termbase: a folder of tables (vocabulary, places, names), one rendering a line.
TERMBASE = _HERE / "termbase"
