"""Batches on any executor, whatever befalls a worker."""

from collections.abc import Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.pipeline.crew import Crew, run_batches

POISON = -1


class FragileExecutor(Executor):
    """Works at once, in this process; breaks for good when it meets poison, as a pool does that has lost a worker."""

    made = 0

    def __init__(self, workers: int) -> None:
        type(self).made += 1
        self._broken = False

    def submit(self, work: Any, /, *arguments: Any, **_: Any) -> "Future[Any]":
        if self._broken:
            raise BrokenExecutor
        future: Future[Any] = Future()
        (batch,) = arguments
        if POISON in batch:
            self._broken = True
            future.set_exception(BrokenExecutor())
        else:
            future.set_result(work(batch))
        return future


def double(batch: Sequence[int]) -> list[int]:
    return [2 * number for number in batch]


def results_of(batches: list[list[int]], new_executor: Any, workers: int = 2) -> list[int]:
    results = run_batches(batches, double, Crew(new_executor, lambda: workers), lambda item: 1000 + item)
    return sorted(number for batch in results for number in batch)


@given(st.lists(st.lists(st.integers(POISON, 20), max_size=4), max_size=12), st.integers(1, 4))
def test_every_item_has_one_result_whoever_dies(batches: list[list[int]], workers: int) -> None:
    expected = sorted(1000 + n if n == POISON else 2 * n for batch in batches for n in batch)

    assert results_of(batches, FragileExecutor, workers) == expected


def test_threads_will_do_as_well_as_processes() -> None:
    batches = [[number, number + 1] for number in range(0, 50, 2)]

    assert results_of(batches, ThreadPoolExecutor) == [2 * number for number in range(50)]


def test_an_error_in_the_work_itself_is_not_hidden() -> None:
    def fail(_: Sequence[int]) -> list[int]:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(run_batches([[1]], fail, Crew(ThreadPoolExecutor, lambda: 1), lambda item: item))


def test_nothing_to_do_starts_nobody() -> None:
    FragileExecutor.made = 0

    assert results_of([], FragileExecutor) == []
    assert FragileExecutor.made == 0
