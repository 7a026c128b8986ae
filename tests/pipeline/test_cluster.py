"""Looking at photos on a cluster: a real scheduler and real workers, each a process, on this machine."""

import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from sortbyface.errors import ClusterUnusable
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.jobs.look import look_at_photos
from sortbyface.pipeline import cluster, dask_client
from sortbyface.pipeline.run import LookSummary, Progress
from tests.conftest import CHECKOUT, Album, Run, untouched

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


@pytest.fixture(scope="module")
def new_grid(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], Grid]]:
    grids: list[Grid] = []

    def start() -> Grid:
        grids.append(Grid(tmp_path_factory.mktemp("grid")))
        return grids[-1]

    yield start
    for grid in grids:
        grid.end()


@pytest.fixture(scope="module")
def grid(new_grid: Callable[[], Grid]) -> Grid:
    """A scheduler and one worker that its nanny starts again whenever it dies. Tests add others."""
    grid = new_grid()
    grid.add_worker()
    return grid


@pytest.fixture(scope="module")
def photos(album: Album, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty photos, no two of the same content."""
    folder = tmp_path_factory.mktemp("many") / "photos"
    for number in range(3):
        for photo in shutil.copytree(album.folder, folder / str(number)).rglob("*.*"):
            with photo.open("ab") as file:
                file.write(bytes([number]))
    return folder


def look(home: Path, photos: Path, progress: Callable[[Progress], None] = lambda _: None, **where: Any) -> LookSummary:
    home.mkdir(exist_ok=True)
    places = {"library": home / LIBRARY, "embeddings": home / EMBEDDINGS}
    return look_at_photos(photos, **places, embedder="dlib", progress=progress, **where)


@pytest.fixture(scope="module")
def local(photos: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What a run without a cluster leaves."""
    home = tmp_path_factory.mktemp("local")
    look(home, photos, processes=2)
    return home


def rows(home: Path) -> dict[str, set[str]]:
    """All that the library knows; instead of the numbers of contents and recipes, which go by who was first, these."""
    known = {}
    with closing(sqlite3.connect(home / LIBRARY)) as connection:
        connection.row_factory = sqlite3.Row
        for table in ("photos", "contents", "looks", "faces", "recipes", "roots", "settings"):
            joins = "LEFT JOIN contents ON content = contents.id " * (table in ("photos", "looks", "faces"))
            joins += "JOIN recipes ON recipe = recipes.id " * (table in ("looks", "faces"))
            found = [dict(row) for row in connection.execute(f"SELECT * FROM {table} {joins}")]
            known[table] = {
                str({k: v for k, v in row.items() if k not in ("id", "content", "recipe")}) for row in found
            }
    return known


def test_a_worker_killed_in_the_middle_costs_nothing(grid: Grid, photos: Path, local: Path, tmp_path: Path) -> None:
    """It has no nanny and never comes back, as a machine that loses power; at that moment it had work in hand."""
    victim = grid.add_worker("--name", "victim", "--no-nanny")
    address = grid.workers()["victim"]
    originals = untouched(photos)

    def kill(progress: Progress) -> None:
        if 8 <= progress.done <= 40 and victim.poll() is None and grid.watch.processing()[address]:
            victim.kill()
            victim.wait()

    summary = look(tmp_path, photos, kill, cluster=grid.address)

    assert victim.returncode == -9
    assert summary.looked_at == 60
    assert rows(tmp_path) == rows(local)
    assert (tmp_path / EMBEDDINGS).read_bytes() == (local / EMBEDDINGS).read_bytes()
    assert untouched(photos) == originals


def test_photos_that_kill_their_workers_are_recorded_as_such(grid: Grid, album: Album, tmp_path: Path) -> None:
    """They share a batch with photos that can do nothing for it. The only worker is started again each time."""
    folder = tmp_path / "photos"
    folder.mkdir()
    first, second, third, fourth = sorted(album.folder.rglob("*.jpg"))[:4]
    for photo, name in ((first, "a"), (second, "crashes"), (third, "hangs"), (fourth, "z")):
        shutil.copy(photo, folder / f"{name}.jpg")

    summary = look(tmp_path, folder, cluster=grid.address)

    reason = "reading it crashed or took too long; it is probably damaged"
    assert sorted(summary.problems) == [("crashes.jpg", reason), ("hangs.jpg", reason)]
    assert (summary.photos, summary.faces) == (4, 2)


def test_the_command(grid: Grid, album: Album, album_library: Path, run: Run, tmp_path: Path) -> None:
    """The workers had no network of their own."""
    done = run("embedder.py", "-src", album.folder, "--embedder", "dlib", "--cluster", grid.address)
    on_cluster = (tmp_path / EMBEDDINGS).read_bytes()
    again = run("embedder.py", "-src", album.folder, "--embedder", "dlib", "--cluster", grid.address)

    assert (done.code, done.err) == (0, "")
    assert "looked at now             20" in done.out
    assert "looked at now              0" in again.out
    shutil.copy(album_library, tmp_path / LIBRARY)
    look(tmp_path, album.folder, processes=1)
    assert on_cluster == (tmp_path / EMBEDDINGS).read_bytes()


def test_a_worker_that_does_not_see_the_photos_is_left_out(
    grid: Grid, album: Album, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = shutil.copytree(album.folder, tmp_path / "half")
    blind = grid.add_worker("--name", "blind", "--no-nanny", blind_to="half")
    address = grid.workers()["blind"]
    busy: set[str] = set()

    with caplog.at_level(logging.WARNING, "sortbyface"):
        summary = look(
            tmp_path, folder, lambda _: busy.update(w for w, w_keys in grid.watch.processing().items() if w_keys),
            cluster=grid.address,
        )  # fmt: skip
    blind.kill()

    (warning,) = caplog.messages
    assert warning.startswith(f"{address} does not see the photos in {folder} (")
    assert warning.endswith("No such file or directory); mount them there. It is left out")
    assert address not in busy
    assert (summary.looked_at, summary.problems) == (20, [])


def test_no_worker_sees_the_photos(grid: Grid, album: Album, tmp_path: Path) -> None:
    folder = shutil.copytree(album.folder, tmp_path / "unmounted")

    with pytest.raises(ClusterUnusable, match=r"no worker .* can be used: tcp://127.* does not see the photos in "):
        look(tmp_path, folder, cluster=grid.address)

    assert not (tmp_path / LIBRARY).exists()


def test_the_scheduler_is_lost_in_the_middle(
    new_grid: Callable[[], Grid], photos: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was done is kept, and a run without the cluster goes on from there."""
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    grid = new_grid()
    with pytest.raises(ClusterUnusable, match=f"the cluster at {grid.address} has no workers; start some: dask worker"):
        look(tmp_path, photos, cluster=grid.address)
    grid.add_worker("--no-nanny")
    done: list[int] = []

    def kill(progress: Progress) -> None:
        done.append(progress.done)
        if progress.done >= 8:
            grid.scheduler.kill()

    with pytest.raises(ClusterUnusable, match=f"scheduler at {grid.address} is gone. What was done is kept; the same"):
        look(tmp_path, photos, kill, cluster=grid.address)
    summary = look(tmp_path, photos, processes=2)

    assert summary.looked_at == 60 - done[-1]
    assert rows(tmp_path) == rows(local)


@pytest.mark.parametrize("address", ["scheduler", "tcp://127.0.0.1", "http://127.0.0.1:8786", "tcp://127.0.0.1:99999"])
def test_no_address(address: str, album: Album, tmp_path: Path) -> None:
    with pytest.raises(ClusterUnusable, match=f"{address} is no scheduler's address, which looks like tcp://"):
        look(tmp_path, album.folder, cluster=address)


@pytest.mark.parametrize("listening", [False, True], ids=["nobody is there", "somebody else is there"])
def test_no_scheduler(listening: bool, album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_client, "CONNECT_SECONDS", 1)
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        if listening:
            other.listen()
        address = f"tcp://127.0.0.1:{other.getsockname()[1]}"

        with pytest.raises(ClusterUnusable, match=f"no scheduler answers at {address} within 1 seconds; is it running"):
            look(tmp_path, album.folder, cluster=address)


def test_the_command_without_a_cluster(run: Run, album: Album, tmp_path: Path) -> None:
    done = run("embedder.py", "-src", album.folder, "--embedder", "dlib", "--cluster", "here")

    assert done.complaint == "here is no scheduler's address, which looks like tcp://192.168.1.10:8786"
    assert not list(tmp_path.iterdir())


def test_dask_is_missing(album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ClusterUnusable, match="a cluster needs Dask; run: pip install"):
        look(tmp_path, album.folder, cluster="tcp://127.0.0.1:8786")
