"""Files of other programs, in and out: TMX, XLIFF, TBX, tables.

Readers are streams of items (:mod:`tm.exchange.items`); writers take streams of units. Everything
a file says of a unit goes with it (:class:`tm.unit.Details`), so that exporting and importing again
gives the same units.
"""
