"""A run that is stopped, however, is continued by the same command as if nothing had happened."""

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import psutil
import pytest

from sortbyface.jobs import EMBEDDINGS, LIBRARY
from tests.conftest import CHECKOUT, Album, Run, tree, untouched
from tests.promises.soaking import SEED, TIMES

KILLER = CHECKOUT / "tests" / "commands" / "killer.py"
POINTS = 6 * TIMES


def everything(folder: Path) -> set[str]:
    """All names below a folder, hidden ones too: nothing half-done may be left lying about."""
    return {str(path.relative_to(folder)) for path in folder.rglob("*")}


def journal(home: Path) -> list[tuple[object, ...]]:
    query = "SELECT path, sha256, copies.size FROM copies JOIN contents ON content = contents.id ORDER BY path"
    with closing(sqlite3.connect(home / LIBRARY)) as connection:
        return connection.execute(query).fetchall()


@pytest.mark.parametrize("point", range(POINTS))
def test_looking_killed_at_any_moment(run: Run, album: Album, tmp_path: Path, point: int) -> None:
    """The file of faces is the same, byte for byte, as that of a run that was left alone."""
    command = ["embed", "-src", album.folder, "--embedder", "dlib", "--processes", "1"]
    environment = {"PYTHONPATH": str(CHECKOUT)}
    assert run(KILLER, 0, "moments", *command, **environment).code == 0
    expected = (tmp_path / EMBEDDINGS).read_bytes()
    moments = int((tmp_path / "moments").read_text())
    for file in [*tmp_path.glob("*.sqlite*"), tmp_path / EMBEDDINGS]:
        file.unlink()

    killed = run(KILLER, random.Random(SEED + point).randrange(1, moments), "moments", *command, **environment)
    continued = run("embedder.py", *command[1:])

    assert killed.code == -signal.SIGKILL
    assert continued.code == 0, continued.err
    assert (tmp_path / EMBEDDINGS).read_bytes() == expected


@pytest.mark.parametrize("point", range(2 * POINTS))
def test_sorting_killed_at_any_moment(run: Run, home: Path, point: int) -> None:
    originals = untouched(home / "Album")
    shutil.copy(home / LIBRARY, home / "untouched")
    environment = {"PYTHONPATH": str(CHECKOUT)}
    assert run(KILLER, 0, "moments", "sort", **environment).code == 0
    expected, names, records = tree(home / "Sorted-pictures"), everything(home / "Sorted-pictures"), journal(home)
    moments = int((home / "moments").read_text())
    shutil.rmtree(home / "Sorted-pictures")
    shutil.copy(home / "untouched", home / LIBRARY)

    killed = run(KILLER, random.Random(SEED + point).randrange(1, moments), "moments", "sort", **environment)
    continued = run("sort_images.py")

    assert killed.code == -signal.SIGKILL
    assert continued.code == 0, continued.err
    assert tree(home / "Sorted-pictures") == expected
    assert everything(home / "Sorted-pictures") == names
    assert journal(home) == records
    assert untouched(home / "Album") == originals


@pytest.fixture
def long_run(album: Album, tmp_path: Path) -> Iterator["subprocess.Popen[str]"]:
    """A run over 800 photos that is well under way."""
    for number in range(40):
        copy = shutil.copytree(album.folder, tmp_path / "photos" / str(number))
        for photo in copy.rglob("*.*"):
            with photo.open("ab") as file:
                file.write(bytes([number]))  # so that no two photos have the same content
    command = [sys.executable, CHECKOUT / "embedder.py", "-src", "photos", "--embedder", "dlib", "--processes", "2"]
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        while looks(tmp_path) < 8:
            assert process.poll() is None
        yield process
        process.kill()


def test_ctrl_c_stops_at_once_and_says_how_to_go_on(long_run: "subprocess.Popen[str]", tmp_path: Path) -> None:
    """The signal goes to all processes of the run, as it does from a terminal."""
    os.killpg(long_run.pid, signal.SIGINT)
    _, words = long_run.communicate(timeout=2)

    assert long_run.returncode == 130
    assert words == "stopped. What was done is kept; the same command goes on from here\n"
    assert 8 <= looks(tmp_path) < 800


def test_workers_die_with_their_run(long_run: "subprocess.Popen[str]") -> None:
    workers = psutil.Process(long_run.pid).children(recursive=True)
    long_run.kill()

    _, alive = psutil.wait_procs(workers, timeout=20)

    assert len(workers) >= 2
    assert not alive


def looks(home: Path) -> int:
    """How many photos are done."""
    try:
        with closing(sqlite3.connect(f"file:{home / LIBRARY}?mode=ro", uri=True)) as connection:
            count: int = connection.execute("SELECT count(*) FROM looks").fetchone()[0]
            return count
    except sqlite3.OperationalError:
        return 0
