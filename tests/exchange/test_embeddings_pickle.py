"""embeddings.pickle: what is written is read again, others' files are read, and a write is whole or not at all."""

import errno
import os
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sortbyface.embedders import EMBEDDERS
from sortbyface.errors import DestinationUnusable
from sortbyface.exchange.embeddings_pickle import read_embeddings, write_embeddings
from sortbyface.faces.face import Box
from sortbyface.recipe import Recipe
from tests.exchange.pickles import DLIB, FACENET, pickled

VECTORS = np.array([[0.6, 0.8, 0], [0, 0, -1]], dtype=np.float32)
FACES = [
    ("a/IMG 1.jpg", Box(1, 2, 30.5, 40), VECTORS[0]),
    ("b/Zoë\udcff.jpg", Box(-5, 0, 9, 9), VECTORS[1]),
]


# --- our form -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("recipe", [DLIB, FACENET], ids=str)
def test_what_is_written_is_read_again(recipe: Recipe, tmp_path: Path) -> None:
    path = tmp_path / "embeddings.pickle"
    assert write_embeddings(path, FACES, recipe) == 2
    read = read_embeddings(path)
    assert read.paths == [photo for photo, _, _ in FACES]
    assert read.boxes == [box for _, box, _ in FACES]
    assert read.vectors.dtype == np.float32
    np.testing.assert_allclose(read.vectors, VECTORS, atol=1e-7)
    assert read.threshold == EMBEDDERS[recipe.embedder_name].threshold


def test_other_programs_find_plain_data_in_it(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.pickle"
    write_embeddings(path, FACES, DLIB)
    entries = pickle.loads(path.read_bytes())
    assert [entry["path"] for entry in entries] == [photo for photo, _, _ in FACES]
    assert entries[0]["box"] == (1, 2, 30.5, 40)
    assert type(entries[0]["box"]) is tuple
    assert np.array_equal(entries[0]["embedding"], VECTORS[0])
    assert {entry["recipe"] for entry in entries} == {str(DLIB)}


def test_the_same_faces_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("first", "second"):
        write_embeddings(tmp_path / name, FACES, DLIB)
    assert (tmp_path / "first").read_bytes() == (tmp_path / "second").read_bytes()


# --- others' forms ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize(
    "embedding",
    [
        np.array([3, 4], dtype=np.float32),
        np.array([3, 4], dtype=np.float64),
        np.array([3, 4], dtype=np.int16),
        np.array([3, 4], dtype=">f4"),
        np.array([[3.0, 4.0]]),
        np.array([[3.0, 0.0], [4.0, 0.0]])[:, 0],
        [np.float32(3), np.float64(4)],
        [3, 4],
        (3.0, 4.0),
    ],
    ids=["float32", "float64", "int16", "big-endian", "one row", "strided", "NumPy scalars", "list", "tuple"],
)
def test_the_originals_form(embedding: Any, protocol: int, tmp_path: Path) -> None:
    read = read_embeddings(pickled(tmp_path, [{"path": "a.jpg", "embedding": embedding}] * 2, protocol))
    assert read.paths == ["a.jpg"] * 2
    assert read.boxes == [None] * 2
    np.testing.assert_allclose(read.vectors, [[0.6, 0.8]] * 2, atol=1e-7)
    assert read.threshold == 0.67


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
def test_the_tutorials_form(protocol: int, tmp_path: Path) -> None:
    entries = [
        {"imagePath": "dataset/1.jpg", "loc": (10, 40, 30, 20), "encoding": np.array([0.9, 1.2])},
        {"imagePath": "dataset/2.jpg", "loc": (0, 5, 7, -2), "encoding": np.array([0, -1.4])},
    ]
    read = read_embeddings(pickled(tmp_path, entries, protocol))
    assert read.paths == ["dataset/1.jpg", "dataset/2.jpg"]
    assert read.boxes == [Box(left=20, top=10, right=40, bottom=30), Box(left=-2, top=0, right=5, bottom=7)]
    np.testing.assert_allclose(read.vectors, [[0.6, 0.8], [0, -1]], atol=1e-7)
    assert read.threshold == EMBEDDERS["dlib"].threshold


@pytest.mark.parametrize("module", [b"numpy.core", b"numpy._core"])
def test_files_of_older_and_newer_numpy(module: bytes, tmp_path: Path) -> None:
    """NumPy 2 renamed the modules that its arrays name in a pickle."""
    path = pickled(tmp_path, [{"path": "a.jpg", "embedding": np.array([3.0, 4.0])}], protocol=2)
    data = path.read_bytes()
    assert b"numpy._core" in data or b"numpy.core" in data
    path.write_bytes(data.replace(b"numpy._core", module).replace(b"numpy.core", module))
    np.testing.assert_allclose(read_embeddings(path).vectors, [[0.6, 0.8]])


# --- writing ------------------------------------------------------------------------------------------------------


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "embeddings.pickle"
    write_embeddings(path, FACES, DLIB)
    before = path.read_bytes()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DestinationUnusable, match="No space left") as refusal:
        write_embeddings(path, FACES[:1], DLIB)
    assert str(path) in str(refusal.value)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == before


def test_a_write_replaces_the_old_file_whole(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.pickle"
    path.write_bytes(b"x" * 100_000)
    write_embeddings(path, FACES, DLIB)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
    assert read_embeddings(path).paths == [photo for photo, _, _ in FACES]


@pytest.mark.parametrize("parent", ["missing", "file"])
def test_a_folder_that_is_not_there(parent: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    path = tmp_path / parent / "embeddings.pickle"
    with pytest.raises(DestinationUnusable) as refusal:
        write_embeddings(path, FACES, DLIB)
    assert str(path) in str(refusal.value)
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.pickle"
    path.mkdir()
    with pytest.raises(DestinationUnusable):
        write_embeddings(path, FACES, DLIB)
    assert [file.name for file in tmp_path.iterdir()] == [path.name]
