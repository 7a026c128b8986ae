"""What tests share: photographs, places, and the commands as a user runs them."""

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from sortbyface.demo import make_album
from sortbyface.jobs import EMBEDDINGS, LIBRARY
from sortbyface.jobs.look import look_at_photos
from sortbyface.pipeline.run import LookSummary
from tests.qt import PLUGINS

pytest_plugins = PLUGINS
CHECKOUT = Path(__file__).parents[1]
SHARED = CHECKOUT.parent / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real photos and weights beside the checkout; tests that need them are skipped where they are not."""
    if not (SHARED / "data").is_dir():
        pytest.skip("needs the real photos in ../shared, which are not here")
    return SHARED


@dataclass(frozen=True)
class Album:
    """The demo's album."""

    folder: Path
    truth: dict[str, set[str]]
    """Person -> photos that show them, relative to the folder."""


@pytest.fixture(scope="session")
def album(tmp_path_factory: pytest.TempPathFactory) -> Album:
    """Twenty real photographs of two people and of nobody. Read only: tests that change it copy it first."""
    folder = tmp_path_factory.mktemp("demo") / "Album"
    return Album(folder, make_album(folder))


@pytest.fixture(scope="session")
def album_library(album: Album, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library that knows the album's pictures and faces, but of no place where they lie. Read only."""
    folder = tmp_path_factory.mktemp("library")
    library = folder / LIBRARY
    look_at_photos(album.folder, library=library, embeddings=folder / EMBEDDINGS, embedder="dlib")
    with closing(sqlite3.connect(library)) as connection, connection:
        connection.executescript("DELETE FROM photos; DELETE FROM roots;")
    return library


@pytest.fixture
def home(tmp_path: Path, album: Album, album_library: Path) -> Path:
    """A user's folder: `Album`, to do with as they like, and the library that has looked at it."""
    shutil.copytree(album.folder, tmp_path / "Album")
    shutil.copy(album_library, tmp_path / LIBRARY)
    look_again(tmp_path)
    return tmp_path


def look_again(home: Path) -> LookSummary:
    """What `embedder.py -src Album` does, without the start of a process."""
    return look_at_photos(
        home / "Album", library=home / LIBRARY, embeddings=home / EMBEDDINGS, embedder="dlib", processes=1
    )


@dataclass(frozen=True)
class Finished:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def complaint(self) -> str:
        """The one line that a command which could not do its job says."""
        assert self.code == 1, self
        lines = self.err.splitlines()
        assert len(lines) == 1, self.err
        return lines[0]


Run = Callable[..., Finished]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run one of the three commands in the test's own folder, as a user does: run("embedder.py", "-src", photos)."""

    def run_command(script: str | Path, *arguments: object, **environment: str) -> Finished:
        command = [sys.executable, str(CHECKOUT / script), *map(str, arguments)]
        env = {**os.environ, **environment}
        done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=300, check=False)
        return Finished(done.returncode, done.stdout, done.stderr)

    return run_command


def tree(folder: Path) -> dict[str, bytes]:
    """The visible files below a folder, with their bytes."""
    files = (path for path in folder.rglob("*") if path.is_file() and not path.name.startswith("."))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def folders(sorted_pictures: Path) -> dict[str, set[str]]:
    """Folder -> the names of the files in it."""
    return {
        folder.name: {path.name for path in folder.iterdir() if not path.name.startswith(".")}
        for folder in sorted_pictures.iterdir()
        if folder.is_dir()
    }


def untouched(folder: Path) -> dict[str, tuple[int, int, int, bytes]]:
    """All that must not change of the originals: size, time, permissions, bytes."""
    return {
        str(path.relative_to(folder)): (status.st_size, status.st_mtime_ns, status.st_mode, path.read_bytes())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (status := path.stat())
    }
