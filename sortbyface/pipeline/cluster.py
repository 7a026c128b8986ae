"""A crew on other machines: the workers of a Dask cluster.

The scheduler hands a batch to another worker when one dies; only a batch that has taken several workers
down shows as the loss of a worker. Whatever is done to the library is done here. See docs/cluster.md.
"""

import logging
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

from sortbyface.cache import cache_folder
from sortbyface.errors import ClusterUnusable, SortByFaceError
from sortbyface.pipeline.crew import Crew
from sortbyface.pipeline.dask_client import CONNECT_SECONDS, connected
from sortbyface.pipeline.outfit import Outfit, Readiness, bring, make_ready, version_here
from sortbyface.recipe import Recipe

_log = logging.getLogger(__name__)

ALONE_SECONDS = 30
"""Without a worker for so long, a run gives up: a worker that crashed is back sooner."""

_ROLL_CALL_SECONDS = 1


@contextmanager
def cluster_crew(address: str, folder: Path, recipe: Recipe) -> Iterator[Crew]:
    """The workers of the cluster whose scheduler is at an address, ready to look at the photos of a folder.

    Workers that are not fit for it are named in a warning, and left out. Raises ClusterUnusable when no worker
    is fit, and when the scheduler cannot be reached; so do the crew's futures when it is lost.
    """
    outfit = Outfit.of(folder, recipe)
    with connected(address) as client:
        workers = _Workers(client, address, outfit)
        workers.muster()
        with workers.watched():
            yield Crew(lambda _: _ClusterExecutor(workers), workers.count)


class _Workers:
    """Which workers of a cluster are ready; those that join later are made so, too."""

    def __init__(self, client: Any, address: str, outfit: Outfit) -> None:
        self.client, self._address, self._outfit = client, address, outfit
        self.resource = f"sort-by-face {client.id}"
        """What ready workers have one of: so each does one batch at a time, however many threads it has."""

        self.in_hand: set[Future[Any]] = set()
        self.trouble = f"the scheduler at {address} is gone. What was done is kept; the same command goes on from here"
        """Why futures are cancelled."""

        self._ready: set[str] = set()
        self._equipped: set[str] = set()
        self._unfit: dict[str, str] = {}
        self._named: set[str] = set()
        self._over = threading.Event()

    def count(self) -> int:
        return max(1, len(self._ready))

    def muster(self) -> None:
        """Wait for the first ready worker. Raises ClusterUnusable when there will be none."""
        deadline = monotonic() + CONNECT_SECONDS
        try:
            self._check_scheduler()
            self._call_roll()
            while not (self._ready or self._unfit) and monotonic() < deadline:
                self._over.wait(_ROLL_CALL_SECONDS / 4)
                self._call_roll()
        except (OSError, RuntimeError) as error:
            raise ClusterUnusable(self.trouble) from error
        if not self._ready:
            raise ClusterUnusable(self._nobody())

    @contextmanager
    def watched(self) -> Iterator[None]:
        """Meanwhile, workers come and go."""
        watch = threading.Thread(target=self._watch, daemon=True)
        watch.start()
        try:
            yield
        finally:
            self._over.set()
            watch.join(CONNECT_SECONDS)

    def _watch(self) -> None:
        last_seen = monotonic()
        while not self._over.wait(_ROLL_CALL_SECONDS):
            with suppress(Exception):  # Dask has many for a lost scheduler, which shows in the futures
                self._call_roll()
            if self._ready:
                last_seen = monotonic()
            elif monotonic() - last_seen > ALONE_SECONDS:
                self.trouble = f"{self._nobody()}. What was done is kept; the same command goes on from here"
                for future in list(self.in_hand):
                    future.cancel()

    def _check_scheduler(self) -> None:
        """It unpacks what it passes on. Raises ClusterUnusable when it cannot."""
        try:
            version = self.client.run_on_scheduler(version_here)
        except OSError:
            raise
        except Exception as error:  # Dask's own, around that of the other side
            raise ClusterUnusable(f"the scheduler at {self._address} {self._misunderstood(error).trouble}") from error
        if version != self._outfit.version:
            trouble = f"runs Sort-By-Face {version} and not {self._outfit.version}; install the same there"
            raise ClusterUnusable(f"the scheduler at {self._address} {trouble}")

    def _call_roll(self) -> None:
        """See who is there, and make ready who is new."""
        present = set(self.client.nthreads())
        self._ready &= present
        self._unfit = {worker: trouble for worker, trouble in self._unfit.items() if worker in present}
        newcomers = present - self._ready - self._unfit.keys()
        while newcomers:
            lacking: dict[str, tuple[str, ...]] = {}
            for worker, answer in self._ask(newcomers, make_ready, self._outfit, self.resource).items():
                if answer.trouble:
                    self._unfit[worker] = answer.trouble
                elif not answer.lacking:
                    self._ready.add(worker)
                elif worker in self._equipped:
                    self._unfit[worker] = "loses the networks that it is given"
                else:
                    lacking[worker] = answer.lacking
            self._equip(lacking)
            newcomers = lacking.keys() - self._unfit.keys()
        if self._ready:
            for worker in self._unfit.keys() - self._named:
                _log.warning("%s %s. It is left out", worker, self._unfit[worker])
            self._named.update(self._unfit)

    def _equip(self, lacking: dict[str, tuple[str, ...]]) -> None:
        """Bring networks to one worker of each machine: the others find them in the cache that they share."""
        firsts = {urlsplit(worker).hostname: worker for worker in lacking}.values()
        names = {name for worker in firsts for name in lacking[worker]}
        networks = {name: (cache_folder() / name).read_bytes() for name in sorted(names)}
        if networks:
            answers = self._ask(firsts, bring, networks)
            self._unfit.update({worker: answer.trouble for worker, answer in answers.items() if answer.trouble})
            self._equipped.update(firsts)

    def _ask(self, workers: Collection[str], ask: Callable[..., Any], *about: Any) -> dict[str, Readiness]:
        """The workers' answers; those that were lost meanwhile give none."""
        answers = self.client.run(ask, *about, workers=list(workers), on_error="return")
        return {
            worker: answer if isinstance(answer, Readiness) else self._misunderstood(answer)
            for worker, answer in answers.items()
            if not isinstance(answer, OSError)
        }

    def _misunderstood(self, error: Exception) -> Readiness:
        return Readiness(f"has no Sort-By-Face {self._outfit.version} that works ({error}); install it there")

    def _nobody(self) -> str:
        """Why there is nobody."""
        if not self._unfit:
            return (
                f"the cluster at {self._address} has no workers; start some: dask worker {self._address} --nthreads 1"
            )
        worker, trouble = min(self._unfit.items())
        others = f" (and so on for {len(self._unfit) - 1} more)" if len(self._unfit) > 1 else ""
        return f"no worker of the cluster at {self._address} can be used: {worker} {trouble}{others}"


class _ClusterExecutor(Executor):
    """What the crew asks of an executor. Left by an exception, it waits for nobody: the client is closed soon."""

    def __init__(self, workers: _Workers) -> None:
        self._workers = workers
        self._dask = workers.client.get_executor(pure=False, resources={workers.resource: 1})

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> "Future[Any]":
        """Raises ClusterUnusable when the scheduler has been lost, as the future does."""
        future: Future[Any] = Future()
        try:
            on_cluster = self._dask.submit(work, *arguments, **keywords)
        except Exception as error:  # Dask has several for a connection that has been closed
            raise ClusterUnusable(self._workers.trouble) from error
        self._workers.in_hand.add(on_cluster)
        on_cluster.add_done_callback(partial(self._pass_on, future))
        return future

    def _pass_on(self, future: "Future[Any]", on_cluster: "Future[Any]") -> None:
        from distributed import KilledWorker

        self._workers.in_hand.discard(on_cluster)
        if on_cluster.cancelled():
            future.set_exception(ClusterUnusable(self._workers.trouble))
            return
        error = on_cluster.exception()
        if error is None:
            future.set_result(on_cluster.result())
        elif isinstance(error, KilledWorker):
            future.set_exception(BrokenExecutor(str(error)))
        elif isinstance(error, SortByFaceError):
            future.set_exception(error)
        else:
            trouble = ClusterUnusable(f"a worker of the cluster failed: {type(error).__name__}: {error}")
            trouble.__cause__ = error
            future.set_exception(trouble)
