"""A command that is killed, at whatever moment, and given again comes to what it would have come to."""

import os
import random
import shutil
import signal
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import untouched
from tests.promises.forks import Forks
from tests.promises.scenes import SCENES
from tests.promises.soaking import SEED, TIMES
from tests.promises.states import UsersFolder, users_folder

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")

POINTS = {name: scene.points * TIMES for name, scene in SCENES.items()}


@pytest.fixture(scope="module")
def forks() -> Iterator[Forks]:
    with Forks() as running:
        yield running


@dataclass(frozen=True)
class Prepared:
    """A scene, and what comes of it when nobody kills anything."""

    home: Path
    kept: Path
    moments: int
    before: UsersFolder
    after: UsersFolder

    def set_up(self) -> None:
        shutil.rmtree(self.home, ignore_errors=True)
        subprocess.run(["cp", "-a", self.kept, self.home], check=True)


@pytest.fixture(scope="module")
def prepared(forks: Forks, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Prepared]:
    return {}


@pytest.fixture
def stage(name: str, forks: Forks, prepared: dict[str, Prepared], tmp_path_factory: pytest.TempPathFactory) -> Prepared:
    """A scene that is ready to begin."""
    if name not in prepared:
        folder = tmp_path_factory.mktemp("scene")
        home, kept = folder / "home", folder / "kept"
        home.mkdir()
        SCENES[name].prepare(home)
        before = users_folder(home)
        subprocess.run(["cp", "-a", home, kept], check=True)
        ended = forks.run(home, *SCENES[name].command)
        assert ended.code == 0, ended.words
        prepared[name] = Prepared(home, kept, ended.moments, before, users_folder(home))
    prepared[name].set_up()
    return prepared[name]


def kill_and_go_on(stage: Prepared, forks: Forks, name: str, point: int) -> None:
    """Points are spread evenly, and each is anywhere in its share of the time."""
    chosen = random.Random(f"{SEED} {name} {point}").random()
    kill_at = 1 + int((point + chosen) * stage.moments / POINTS[name])
    killed = forks.run(stage.home, *SCENES[name].command, kill_at=kill_at)
    assert killed.code == -signal.SIGKILL, killed.words


def test_there_are_enough_points() -> None:
    assert sum(POINTS.values()) >= 200


def is_correction(name: str) -> bool:
    return SCENES[name].command[0] == "people"


def points(*, corrections: bool) -> list[tuple[str, int]]:
    return [(name, point) for name in SCENES if is_correction(name) == corrections for point in range(POINTS[name])]


@pytest.mark.parametrize(("name", "point"), points(corrections=False))
def test_a_run_goes_on_where_it_was(stage: Prepared, forks: Forks, name: str, point: int) -> None:
    originals = untouched(stage.home / "Photos")
    kill_and_go_on(stage, forks, name, point)

    continued = forks.run(stage.home, *SCENES[name].command)

    assert continued.code == 0, continued.words
    assert users_folder(stage.home).differences(stage.after) == []
    assert untouched(stage.home / "Photos") == originals
    if SCENES[name].command[0] == "sort":
        undone = forks.run(stage.home, "undo")
        assert undone.code == 0, undone.words
        assert users_folder(stage.home).files == stage.before.files


@pytest.mark.parametrize(("name", "point"), points(corrections=True))
def test_a_correction_is_done_or_not(stage: Prepared, forks: Forks, name: str, point: int) -> None:
    """One that was done is not given again: to split a face from somebody twice is something else."""
    kill_and_go_on(stage, forks, name, point)

    state = users_folder(stage.home)
    if state == stage.before:
        assert forks.run(stage.home, *SCENES[name].command).code == 0
        state = users_folder(stage.home)
    assert state.differences(stage.after) == []
