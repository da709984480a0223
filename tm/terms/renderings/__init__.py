"""How a term has been rendered in a memory: hits, candidates, their choice, suggestions."""
