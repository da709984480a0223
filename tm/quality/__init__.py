"""Quality: whether a memory speaks with one voice, and how good a translation is by the numbers."""
