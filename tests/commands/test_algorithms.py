"""sort_images.py --algorithm, as a user runs it."""

import os
import pickle
from pathlib import Path

import numpy as np
import pytest

from sortbyface.grouping import ALGORITHMS
from tests.conftest import Album, Run, folders
from tests.grouping.people import unit

ANN, BEN = {"ann 0.jpg", "ann 1.jpg", "ann 2.jpg", "both.jpg"}, {"ben 0.jpg", "ben 1.jpg", "both.jpg"}

every_algorithm = pytest.mark.parametrize("algorithm", list(ALGORITHMS))


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Photos, and an embeddings file: Ann is in four, Ben in three, in one of them together; and a passer-by in one."""
    random = np.random.default_rng(2)
    (tmp_path / "Photos").mkdir()
    faces = []
    for axis, names in enumerate((sorted(ANN), sorted(BEN), ["passer-by.jpg"])):
        for name in names:
            (tmp_path / "Photos" / name).write_bytes(name.encode())
            face = unit(np.eye(128)[axis] + random.normal(0, 0.015, 128)[np.newaxis])[0]
            faces.append({"path": f"Photos/{name}", "embedding": face})
    (tmp_path / "embeddings.pickle").write_bytes(pickle.dumps(faces))
    return tmp_path


@every_algorithm
def test_everybody_gets_a_folder_and_a_passer_by_none(run: Run, photos: Path, algorithm: str) -> None:
    done = run("sort_images.py", "--embeddings", "embeddings.pickle", "--algorithm", algorithm)

    assert done.code == 0, done.err
    alone = "Unknown faces" if algorithm in ("dbscan", "hdbscan") else "Others"
    assert folders(photos / "Sorted-pictures") == {"Person 1": ANN, "Person 2": BEN, alone: {"passer-by.jpg"}}
    assert any(line.startswith(alone) and line.endswith("1 photos") for line in done.out.splitlines())


@every_algorithm
def test_the_two_people_of_the_album(run: Run, home: Path, album: Album, algorithm: str) -> None:
    """At the algorithm's own default threshold."""
    done = run("sort_images.py", "--algorithm", algorithm)

    assert done.code == 0, done.err
    assert folders(home / "Sorted-pictures") == {
        "Person 1": {os.path.basename(photo) for photo in album.truth["Collins"]},
        "Person 2": {os.path.basename(photo) for photo in album.truth["Hopper"]},
    }


@pytest.mark.parametrize("algorithm", sorted(set(ALGORITHMS) - {"chinese-whispers"}))
def test_plain_weights_are_for_chinese_whispers_alone(run: Run, photos: Path, algorithm: str) -> None:
    done = run("sort_images.py", "--embeddings", "embeddings.pickle", "--algorithm", algorithm, "--weights", "plain")

    assert done.code == 2
    assert "--algorithm chinese-whispers" in done.err
    assert not (photos / "Sorted-pictures").exists()


def test_an_algorithm_that_there_is_not(run: Run, photos: Path) -> None:
    done = run("sort_images.py", "--embeddings", "embeddings.pickle", "--algorithm", "k-means")

    assert done.code == 2
    assert all(name in done.err for name in ALGORITHMS)
    assert not (photos / "Sorted-pictures").exists()
