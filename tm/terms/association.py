"""How far two things stand together more often than by chance."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[Any] | int


def log_likelihoods(
    together: Counts, left: Counts, right: Counts, total: Counts
) -> NDArray[np.float64]:
    """Dunning's log-likelihood ratio G² of two by two tables; 0 where two avoid each other.

    ``together`` of ``total`` units hold both, ``left`` and ``right`` hold the one and the other:
    numbers, or arrays that broadcast.
    Source: T. Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993.
    """
    a = np.asarray(together, float)
    b, c = np.maximum(left - a, 0), np.maximum(right - a, 0)
    d = np.maximum(total - left - right + a, 0)
    n = np.maximum(a + b + c + d, 1)
    total_g = np.zeros(np.broadcast(a, b, c).shape)
    for cell, row, column in (
        (a, a + b, a + c),
        (b, a + b, b + d),
        (c, c + d, a + c),
        (d, c + d, b + d),
    ):
        expected = np.maximum(row * column / n, 1e-9)
        total_g += np.where(cell > 0, cell * np.log(np.maximum(cell, 1e-9) / expected), 0.0)
    return np.where(a * n > (a + b) * (a + c), np.maximum(2 * total_g, 0), 0.0)
