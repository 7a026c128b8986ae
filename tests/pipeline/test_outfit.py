"""What a worker needs, as it looks for it; nothing here is on another machine."""

import asyncio
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sortbyface.cache import cache_folder
from sortbyface.models import choose_recipe
from sortbyface.pipeline import outfit as worker
from sortbyface.pipeline.outfit import Outfit, Readiness, bring, make_ready
from tests.conftest import Album


class StandIn:
    """As much of Dask's worker as is needed."""

    status = None

    def __init__(self) -> None:
        self.resources: dict[str, float] = {}

    async def set_resources(self, **resources: float) -> None:
        self.resources.update(resources)


def ask(outfit: Outfit) -> Readiness:
    """The worker's answer; it is at the disposal of the cluster if, and only if, it is ready."""
    pytest.importorskip("distributed", reason="needs Dask: pip install 'distributed>=2025.1'")
    worker = StandIn()
    readiness = asyncio.run(make_ready(outfit, "photos", worker))
    assert worker.resources == ({"photos": 1} if readiness == Readiness() else {})
    return readiness


@pytest.fixture(autouse=True)
def _still_no_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The process of the tests must not die of a photo."""
    monkeypatch.setattr(worker, "settle_in", lambda: None)


@pytest.fixture
def outfit(album: Album, tmp_path: Path) -> Outfit:
    return Outfit.of(shutil.copytree(album.folder, tmp_path / "photos"), choose_recipe("dlib"))


@pytest.fixture
def other_machine(outfit: Outfit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where no network was ever exported: its cache folder."""
    cache = tmp_path / "other" / "cache"
    monkeypatch.setattr(worker, "cache_folder", lambda: cache)
    return cache


def test_this_machine_has_all_that_it_takes(outfit: Outfit) -> None:
    assert ask(outfit) == Readiness()


@pytest.mark.parametrize(
    ("spoil", "trouble"),
    [
        (Path.unlink, "No such file or directory"),
        (lambda photo: photo.write_bytes(b"another"), "has 7 bytes there and {size} here"),
    ],
    ids=["not mounted", "something else mounted"],
)
def test_a_folder_that_is_not_seen(outfit: Outfit, spoil: Callable[[Path], object], trouble: str) -> None:
    photo, size = outfit.photos[-1]
    spoil(photo)

    what = f"{photo.name}: {trouble.format(size=size)}"
    assert ask(outfit) == Readiness(f"does not see the photos in {outfit.folder} ({what}); mount them there")


def test_another_version(outfit: Outfit) -> None:
    readiness = ask(replace(outfit, version="0.0.1"))

    assert readiness.trouble
    assert readiness.trouble.endswith("and not 0.0.1; install the same there")


def test_a_recipe_that_cannot_be_followed(outfit: Outfit) -> None:
    readiness = ask(replace(outfit, recipe=outfit.recipe._replace(embedder="dlib-0")))

    assert readiness.trouble
    assert readiness.trouble.startswith("cannot work: photos were looked at as ")


@pytest.mark.parametrize("damaged", [False, True])
def test_networks_are_brought_where_they_are_missing(outfit: Outfit, other_machine: Path, damaged: bool) -> None:
    """Whole, and nothing else is left there."""
    names = tuple(name for name, _ in outfit.networks)
    if damaged:
        other_machine.mkdir(parents=True)
        for name in names:
            (other_machine / name).write_bytes(b"half of it")

    assert ask(outfit) == Readiness(None, names)
    networks = {name: (cache_folder() / name).read_bytes() for name in names}
    assert asyncio.run(bring(networks)) == Readiness()
    assert ask(outfit) == Readiness()
    assert {path.name: path.read_bytes() for path in other_machine.iterdir()} == networks


def test_no_room_for_the_networks(outfit: Outfit, other_machine: Path) -> None:
    other_machine.parent.write_bytes(b"a file where a folder should be")

    readiness = asyncio.run(bring({"a.onnx": b"a network"}))

    assert readiness == Readiness(f"cannot keep the networks in {other_machine}: Not a directory")


def test_storage_that_hangs(outfit: Outfit, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "_SECONDS", 0)

    assert ask(outfit) == Readiness(f"has waited for {outfit.folder} for 0 seconds, in vain")
