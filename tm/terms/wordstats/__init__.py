"""Word statistics of a memory: where each word stands, how often, and what stands around it.

Both sides of the units are kept as sequences of word numbers, with a vocabulary and a list of
places for each word, so that whatever is counted is counted with numpy over all units that matter.
The arrays of some units are a segment (:mod:`tm.terms.wordstats.segment`); the segments of a memory
are derived data in a folder beside it (:mod:`tm.terms.wordstats.keeping`).
"""
