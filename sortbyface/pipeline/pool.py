"""A pool of worker processes that die with their parent, and at once when told to."""

import faulthandler
import multiprocessing
import os
import signal
import threading
import warnings
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait
from types import TracebackType

import cv2
import psutil

from sortbyface.allocator import return_large_blocks
from sortbyface.pipeline.crew import Crew

WORKER_MEMORY = 400_000_000
"""Bytes that a worker takes at most, on ordinary photos."""

PHOTO_SECONDS = 120
"""A photo that keeps a worker busy for longer counts as one that crashes it."""


class WorkerPool(ProcessPoolExecutor):
    """Left by an exception (Ctrl-C, say), it kills its workers rather than wait for them."""

    def __init__(self, workers: int) -> None:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # inherited: NumPy starts its threads when it is imported
        super().__init__(workers, multiprocessing.get_context("spawn"), initializer=_settle_in_here)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool | None:
        if kind is not None:
            self.shutdown(wait=False, cancel_futures=True)
            for process in list((vars(self)["_processes"] or {}).values()):  # kill_workers() comes with Python 3.14
                process.kill()
        return super().__exit__(kind, error, traceback)


def pool_crew(workers: int) -> Crew:
    """So many worker processes on this machine."""
    return Crew(WorkerPool, lambda: workers)


def affordable_workers() -> int:
    """As many as there are cores for this process, fewer if memory is short, one at least."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, int(psutil.virtual_memory().available) // WORKER_MEMORY))


@contextmanager
def photo_clock() -> Iterator[None]:
    """While a worker looks at one photo: it dies if it is not done with it in time.

    The clock is a thread that needs no interpreter, so it runs on while a decoder written in C hangs.
    Outside of a worker there is no clock.
    """
    if not _in_worker.is_set():
        yield
        return
    faulthandler.dump_traceback_later(PHOTO_SECONDS, exit=True)
    try:
        yield
    finally:
        faulthandler.cancel_dump_traceback_later()


_in_worker = threading.Event()


def settle_in() -> None:
    """Make this process one that does nothing but look at photos, one at a time: it may die of one."""
    _in_worker.set()
    cv2.setNumThreads(1)
    return_large_blocks()


def _settle_in_here() -> None:
    settle_in()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the terminal sends Ctrl-C to all; the parent decides
    warnings.simplefilter("ignore")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # decoders written in C chatter; their verdicts come as exceptions
    threading.Thread(target=_die_with_parent, daemon=True).start()


def _die_with_parent() -> None:
    """A killed parent closes no queue: without this, its workers would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
