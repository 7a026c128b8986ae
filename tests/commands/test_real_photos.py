"""The whole job on real photos with real labels, with the default settings of each embedder."""

import csv
import pickle
from collections import Counter
from pathlib import Path

import pytest

from sortbyface.jobs import EMBEDDINGS
from tests.conftest import Album, Run, folders

FACENET = "facenet-20180402-114759.npz"


@pytest.fixture(params=["dlib", "facenet"])
def embedder(request: pytest.FixtureRequest, shared: Path) -> list[object]:
    """The options that choose it."""
    weights = ["--model", shared / "weights" / FACENET] if request.param == "facenet" else []
    return ["--embedder", request.param, *weights]


def test_five_football_players(run: Run, shared: Path, tmp_path: Path, embedder: list[object]) -> None:
    """129 pictures: the five largest folders are the five players, no folder mixes two, 122 pictures are in place."""
    photos = shared / "data" / "soccer-129"
    with (photos / "labels.csv").open() as file:
        player_of = {row["path"]: row["person"] for row in csv.DictReader(file)}

    assert run("embedder.py", "-src", photos, *embedder).code == 0
    assert run("sort_images.py").code == 0

    found = {name: pictures for name, pictures in folders(tmp_path / "Sorted-pictures").items() if name != "Others"}
    players = {name: Counter(player_of[picture] for picture in pictures) for name, pictures in found.items()}
    assert all(len(counts) == 1 for counts in players.values()), "no folder mixes two players"
    largest = sorted(players.values(), key=Counter.total)[-5:]
    assert len(set().union(*largest)) == 5
    assert sum(map(Counter.total, largest)) >= 122


def test_a_few_people(run: Run, shared: Path, tmp_path: Path, embedder: list[object]) -> None:
    """28 photos, some of two people: each folder holds the photos that one person is in, and no others."""
    photos = shared / "data" / "few-people"
    people_in: dict[str, set[str]] = {}
    with (photos / "labels.csv").open() as file:
        for row in filter(lambda row: row["person"], csv.DictReader(file)):
            people_in.setdefault(Path(row["path"]).name, set()).add(row["person"])

    assert run("embedder.py", "-src", photos, *embedder).code == 0
    assert run("sort_images.py").code == 0

    for name, pictures in folders(tmp_path / "Sorted-pictures").items():
        if name != "Others":
            labelled = [people_in[picture] for picture in pictures if picture in people_in]
            assert set.intersection(*labelled), f"somebody is in all photos of {name}"


def test_one_of_them_from_one_picture(run: Run, shared: Path, tmp_path: Path, embedder: list[object]) -> None:
    photos = shared / "data" / "few-people"
    assert run("embedder.py", "-src", photos / "examples", *embedder).code == 0

    done = run("get_individual.py", "-src", photos / "tests" / "test_images" / "biden.jpg", "-dest", "Biden")

    assert done.code == 0, done.err
    names = {path.name for path in (tmp_path / "Biden").glob("[!.]*")}
    assert {"biden2.jpg", "obama_and_biden.jpg", "two_people.jpg"} <= names
    assert not [name for name in names if "obama" in name and "biden" not in name]


def test_facenet_is_taken_where_its_weights_are(run: Run, shared: Path, album: Album, tmp_path: Path) -> None:
    (tmp_path / "Models").mkdir()
    (tmp_path / "Models" / FACENET).symlink_to(shared / "weights" / FACENET)

    assert run("embedder.py", "-src", album.folder).code == 0

    face, *_ = pickle.loads((tmp_path / EMBEDDINGS).read_bytes())
    assert "facenet" in face["recipe"]
    assert face["embedding"].shape == (512,)


def test_weights_that_are_not_the_published_ones_are_refused(run: Run, album: Album, tmp_path: Path) -> None:
    (tmp_path / "Models").mkdir()
    (tmp_path / "Models" / FACENET).write_bytes(b"half a download")

    assert "get it again" in run("embedder.py", "-src", album.folder).complaint
