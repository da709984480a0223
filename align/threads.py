"""How many threads the linear algebra may use."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any


def one_blas_thread() -> Any:
    """A context in which numpy multiplies matrices in one thread.

    The matrices of sentences are small: a second thread gains little on an idle machine, and on a
    busy one the threads wait for each other and everything takes ten times as long.
    """
    return _controller().limit(limits=1, user_api="blas")


@contextmanager
def one_faiss_thread() -> Iterator[None]:
    """A context in which FAISS searches in one thread.

    For a single question, or a few, waking other threads costs more than they gain.
    """
    import faiss

    threads = faiss.omp_get_max_threads()
    faiss.omp_set_num_threads(1)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(threads)


@cache
def _controller() -> Any:
    import numpy  # noqa: F401  its BLAS must be loaded to be found
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()
