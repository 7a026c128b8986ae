"""Batches of work on an executor, whatever befalls a worker.

The executor may be a pool of processes here or a cluster: all that is asked of it is
`concurrent.futures.Executor`, and that the loss of a worker shows as `BrokenExecutor`.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from dataclasses import dataclass
from itertools import chain
from typing import TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")
Work = Callable[[Sequence[Item]], list[Result]]


@dataclass(frozen=True)
class Crew:
    """Workers, wherever they are."""

    new_executor: Callable[[int], Executor]
    """Makes an executor of so many of them; its `__exit__` must not wait for work in hand when it is left by
    an exception."""

    count: Callable[[], int]
    """How many there are at this moment: a cluster grows and shrinks."""


def run_batches(
    batches: Iterable[Sequence[Item]], work: Work[Item, Result], crew: Crew, lost: Callable[[Item], Result]
) -> Iterator[list[Result]]:
    """The results of `work` for the batches, as they are ready.

    When a worker dies, all that was in hand and is lost is done again one by one: an item that takes its
    worker down while it is alone there goes to `lost` for a result.
    """
    waiting = deque(batches)
    while waiting:
        executor = crew.new_executor(min(crew.count(), len(waiting)))
        suspects = yield from _until_a_worker_dies(waiting, work, executor, crew.count)
        yield from _one_by_one(suspects, work, crew.new_executor, lost)


def _until_a_worker_dies(
    waiting: deque[Sequence[Item]], work: Work[Item, Result], executor: Executor, workers: Callable[[], int]
) -> Generator[list[Result], None, deque[Item]]:
    """Takes batches from `waiting`; gives back the items that were in hand when a worker died, if one did."""
    in_hand: dict[Future[list[Result]], Sequence[Item]] = {}
    with executor:
        try:
            while waiting or in_hand:
                while waiting and len(in_hand) < 2 * workers():
                    future = executor.submit(work, waiting[0])
                    in_hand[future] = waiting.popleft()
                done, _ = wait(in_hand, return_when=FIRST_COMPLETED)
                for future in done:
                    yield future.result()
                    del in_hand[future]
        except BrokenExecutor:
            finished = [future for future in in_hand if future.exception() is None]
            for future in finished:
                yield future.result()
                del in_hand[future]
    return deque(chain.from_iterable(in_hand.values()))


def _one_by_one(
    items: deque[Item],
    work: Work[Item, Result],
    new_executor: Callable[[int], Executor],
    lost: Callable[[Item], Result],
) -> Iterator[list[Result]]:
    while items:
        with new_executor(1) as executor:
            try:
                while items:
                    yield executor.submit(work, [items[0]]).result()
                    items.popleft()
            except BrokenExecutor:
                yield [lost(items.popleft())]
