"""``python -m tm`` is ``donju``."""

from tm.cli import main

main()
