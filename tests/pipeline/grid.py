"""A Dask cluster for the tests: a real scheduler and real workers, each a process, on this machine."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import CHECKOUT

distributed: Any = pytest.importorskip("distributed", reason="needs Dask: pip install 'distributed>=2025.1'")


class Grid:
    """A scheduler, its workers, and a client to watch them. No worker has an exported network at first."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._file = folder, folder / "scheduler.json"
        self._processes: list[subprocess.Popen[bytes]] = []
        self.scheduler = self._start(
            "scheduler", "--port", "0", "--scheduler-file", self._file, "--idle-timeout", "5 minutes", "--no-show"
        )
        self.watch = distributed.Client(scheduler_file=str(self._file), set_as_default=False)
        self.address: str = self.watch.scheduler.address

    def add_worker(self, *options: str, blind_to: str = "unmounted") -> "subprocess.Popen[bytes]":
        """One more; it is there when this returns."""
        there = len(self.watch.nthreads())
        preload = ("--preload", CHECKOUT / "tests" / "pipeline" / "ill_fated.py")
        places = ("--local-directory", self._folder, "--death-timeout", "60")
        worker = self._start("worker", self.address, "--nthreads", "1", *places, *preload, *options, BLIND_TO=blind_to)
        self.watch.wait_for_workers(there + 1, timeout=60)
        return worker

    def workers(self) -> dict[str, str]:
        """Name -> address."""
        return {worker["name"]: address for address, worker in self.watch.scheduler_info()["workers"].items()}

    def _start(self, what: str, *options: object, **environment: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-m", f"distributed.cli.dask_{what}", "--host", "127.0.0.1", "--no-dashboard"]
        settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1", "XDG_CACHE_HOME": str(self._folder / "cache")}
        with (self._folder / f"{what}-{len(self._processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *map(str, options)],
                env={**os.environ, "PYTHONPATH": str(CHECKOUT), **settings, **environment},
                stdout=log,
                stderr=log,
            )
        self._processes.append(process)
        return process

    def end(self) -> None:
        self.watch.close()
        for process in reversed(self._processes):
            process.terminate()
            process.wait(timeout=30)
