"""Looking at photos on a cluster, whatever befalls it."""

import logging
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
from tests.conftest import Album, Run, untouched
from tests.pipeline.grid import Grid


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
    victim = grid.add_worker("--name", "victim", "--no-nanny", "--nthreads", "2")
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


def test_a_cluster_that_is_lost_in_the_middle(
    new_grid: Callable[[], Grid], photos: Path, local: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No workers, then none left, then no scheduler: what was done is kept, and each run goes on from there."""
    monkeypatch.setattr(cluster, "CONNECT_SECONDS", 1)
    monkeypatch.setattr(cluster, "ALONE_SECONDS", 1)
    grid = new_grid()
    nobody = f"the cluster at {grid.address} has no workers; start some: dask worker {grid.address} --nthreads 1"
    kept = "What was done is kept; the same command goes on from here"
    done = [0]

    def look_and_kill(victim: "subprocess.Popen[bytes]") -> None:
        def kill(progress: Progress) -> None:
            done.append(progress.done)
            if progress.done >= 8:
                victim.kill()

        look(tmp_path, photos, kill, cluster=grid.address)

    with pytest.raises(ClusterUnusable, match=f"^{nobody}$"):
        look(tmp_path, photos, cluster=grid.address)
    with pytest.raises(ClusterUnusable, match=f"^{nobody}. {kept}$"):
        look_and_kill(grid.add_worker("--no-nanny"))
    first = done[-1]
    grid.add_worker("--no-nanny")
    with pytest.raises(ClusterUnusable, match=f"^the scheduler at {grid.address} is gone. {kept}$"):
        look_and_kill(grid.scheduler)
    summary = look(tmp_path, photos, processes=2)

    assert 8 <= first < 60
    assert summary.looked_at == 60 - first - done[-1]
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
    assert run("embedder.py", "-src", album.folder, "--cluster", "here", "--processes", "2").code == 2


def test_dask_is_missing(album: Album, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ClusterUnusable, match="a cluster needs Dask; run: pip install"):
        look(tmp_path, album.folder, cluster="tcp://127.0.0.1:8786")
