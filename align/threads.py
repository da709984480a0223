"""How many threads the linear algebra may use."""

from __future__ import annotations

from functools import cache
from typing import Any


def one_blas_thread() -> Any:
    """A context in which numpy multiplies matrices in one thread.

    The matrices of sentences are small: a second thread gains little on an idle machine, and on a
    busy one the threads wait for each other and everything takes ten times as long.
    """
    return _controller().limit(limits=1, user_api="blas")


@cache
def _controller() -> Any:
    import numpy  # noqa: F401  its BLAS must be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
