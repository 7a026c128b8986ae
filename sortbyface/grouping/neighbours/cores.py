"""Parts of a search, shared out among the cores."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import numba
from threadpoolctl import threadpool_limits

T = TypeVar("T")

_THREADS: int = numba.config.NUMBA_NUM_THREADS  # type: ignore[attr-defined]  # made when it is imported
"""As many as there are cores for this process."""


def on_all_cores(work: Callable[[int], T], items: range) -> Iterator[T]:
    """What the work makes of each item, in their order.

    It has to be done by code that needs no interpreter, as NumPy's is. It is no further ahead of whoever takes its
    results than the cores need, so that no more of them wait in memory.
    """
    # Each thread multiplies for itself: NumPy's own threads would spend half their time waiting for each other.
    with threadpool_limits(1, "blas"), ThreadPoolExecutor(_THREADS) as pool:
        ahead: deque[Future[T]] = deque()
        for item in items:
            ahead.append(pool.submit(work, item))
            if len(ahead) > _THREADS:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()
