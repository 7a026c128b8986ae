"""FaceNet's weights, and files of them, that the tests here share. All are read only."""

import gc
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.networks import facenet
from sortbyface.networks.facenet import FACENET
from tests.conftest import SHARED
from tests.networks.facenet.arrays import PUBLISHED, Arrays, load_arrays, random_arrays
from tests.networks.facenet.forms import WRITERS

Written = Callable[[str, int], Path]
Refuses = Callable[[Path], str]


@pytest.fixture(scope="session")
def arrays_of_2018() -> Arrays:
    """The published ones, where they are."""
    published = SHARED / "weights" / PUBLISHED
    return load_arrays(published) if published.is_file() else random_arrays(512)


@pytest.fixture(scope="session")
def arrays_of_2017() -> Arrays:
    return random_arrays(128)


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Written:
    """Name of a form and year -> such a file; each program writes all of its forms when the first is wanted."""
    folders: dict[tuple[object, int], Path] = {}

    def file(name: str, year: int) -> Path:
        writer = next(writer for writer, names in WRITERS.items() if name in names)
        if (writer, year) not in folders:
            folder = tmp_path_factory.mktemp(str(year))
            writer(request.getfixturevalue(f"arrays_of_{year}"), folder)
            folders[writer, year] = folder
        return folders[writer, year] / name

    return file


@pytest.fixture(scope="session")
def networks() -> dict[int, object]:
    """Empty ones, by year."""
    return {release.year: facenet._network(release) for release in facenet._RELEASES}


@pytest.fixture
def one_network(monkeypatch: pytest.MonkeyPatch, networks: dict[int, object]) -> None:
    """Building the empty network takes a second, and it is the same each time."""
    monkeypatch.setattr(facenet, "_network", lambda release: networks[release.year])


@pytest.fixture
def refuses(one_network: None) -> Iterator[Refuses]:
    """Check that a file is refused as a user is to be told, and give the words."""

    def check(path: Path) -> str:
        with pytest.raises(ModelUnusable) as refusal:
            FACENET.build(path)
        words = str(refusal.value)
        assert str(path) in words
        assert "get it again" in words or "--embedder" in words
        assert "\n" not in words
        assert len(words) < 400
        return words

    yield check
    gc.collect()  # here, and not in some later test, a file that was left open is told of
