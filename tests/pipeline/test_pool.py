"""Worker processes that can be lost."""

import os
from collections.abc import Sequence
from contextlib import suppress

import psutil
import pytest

from sortbyface.pipeline import pool
from sortbyface.pipeline.crew import Crew, run_batches
from sortbyface.pipeline.pool import WorkerPool, affordable_workers, photo_clock


def work(batch: Sequence[str]) -> list[str]:
    """What a photo of that name would do to its worker."""
    for photo in batch:
        if photo == "hangs":
            pool.PHOTO_SECONDS = 0.2
            with photo_clock():
                while True:
                    pass
        if photo == "crashes":
            os.abort()
    return [photo.upper() for photo in batch]


@pytest.mark.parametrize("trouble", ["hangs", "crashes"])
def test_a_photo_that_hangs_or_crashes_is_lost_alone(trouble: str) -> None:
    batches = [["a", "b"], ["c", trouble], ["d", "e"]]

    results = run_batches(batches, work, Crew(WorkerPool, lambda: 2), lambda photo: f"{photo}: lost")

    assert sorted(result for batch in results for result in batch) == ["A", "B", "C", "D", "E", f"{trouble}: lost"]


def test_the_clock_is_off_outside_of_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool.faulthandler, "dump_traceback_later", lambda *_, **__: pytest.fail("the clock ran"))

    with photo_clock():
        pass


def test_an_exception_leaves_no_worker_behind() -> None:
    children = set(psutil.Process().children(recursive=True))

    with suppress(KeyboardInterrupt), WorkerPool(2) as executor:
        executor.submit(work, ["a"]).result()
        busy = set(psutil.Process().children(recursive=True)) - children
        executor.submit(work, ["hangs"])
        raise KeyboardInterrupt

    workers = [process for process in busy if process.is_running() and "spawn_main" in " ".join(process.cmdline())]
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive


@pytest.mark.parametrize(("free", "expected"), [(0, 1), (900_000_000, 2), (10**12, 64)])
def test_as_many_workers_as_cores_and_memory_allow(monkeypatch: pytest.MonkeyPatch, free: int, expected: int) -> None:
    class Memory:
        available = free

    monkeypatch.setattr(pool.psutil, "virtual_memory", Memory)
    monkeypatch.setattr(pool.os, "sched_getaffinity", lambda _: set(range(64)), raising=False)

    assert affordable_workers() == expected
