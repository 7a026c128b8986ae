"""Which embedder a weights file is for, when the user does not say so, or says something else."""

import sys
from pathlib import Path

import pytest

from sortbyface.embedders import EMBEDDERS
from sortbyface.embedders.choosing import choose_embedder
from sortbyface.errors import ModelUnusable
from sortbyface.networks import engine
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.facenet import FACENET, FACENET_2017
from sortbyface.networks.network import Network
from sortbyface.networks.weights import packaged_dlib_file
from tests.networks.facenet.conftest import Written


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "cache"
    folder.mkdir()
    monkeypatch.setattr(engine, "cache_folder", lambda: folder)
    return folder


def pretend_exported(network: Network, weights: Path) -> str:
    sha256 = sha256_of(weights)
    engine.exported_network(network, sha256).touch()
    return sha256


def test_the_embedder_is_the_one_that_the_file_fits() -> None:
    weights = packaged_dlib_file("dlib_face_recognition_resnet_model_v1.dat")
    assert choose_embedder(None, weights) == choose_embedder("dlib", weights)
    assert choose_embedder(None, weights)[0].name == "dlib"


def test_what_was_found_out_before_is_not_tried_again(
    cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights = tmp_path / "facenet_keras.h5"
    weights.write_bytes(b"of 2017")
    sha256 = pretend_exported(FACENET_2017, weights)
    monkeypatch.setattr(sys, "executable", "/there/is/no/python/to/export/with")
    assert choose_embedder(None, weights) == (EMBEDDERS["facenet-2017"], sha256)


@pytest.mark.parametrize("given", ["", "model.ckpt-90", "model.ckpt-90.index", "model.ckpt-90.data-00000-of-00001"])
def test_a_folder_or_a_checkpoint_is_as_good_as_a_file(given: str, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "model.ckpt-90.index").write_bytes(b"where")
    (tmp_path / "model.ckpt-90.data-00000-of-00001").write_bytes(b"what")
    sha256 = pretend_exported(FACENET, tmp_path)
    assert engine.prepare(FACENET, tmp_path / given) == sha256


def test_a_file_that_fits_nothing(cache: Path, tmp_path: Path) -> None:
    page = tmp_path / "facenet_keras.h5"
    page.write_text("<!DOCTYPE html><title>Too many downloads of this file</title>")
    with pytest.raises(ModelUnusable) as refusal:
        choose_embedder(None, page)
    assert str(refusal.value) == (
        f"{page} does not hold the arrays of FaceNet (it is a web page); get it again"
        " (nor does it fit facenet-2017, dlib)"
    )


def test_a_file_of_the_other_release_than_the_user_says(cache: Path, written: Written) -> None:
    weights = written("facenet.npz", 2017)
    with pytest.raises(ModelUnusable) as refusal:
        choose_embedder("facenet", weights)
    assert str(refusal.value) == f"{weights} holds FaceNet as of 2017, not 2018; use --embedder facenet-2017"


@pytest.mark.parametrize("given", ["", "model.ckpt-90"], ids=["folder", "prefix"])
def test_a_checkpoint_for_a_network_that_has_none(given: str, cache: Path, tmp_path: Path) -> None:
    (tmp_path / "model.ckpt-90.index").write_bytes(b"where")
    (tmp_path / "model.ckpt-90.data-00000-of-00001").write_bytes(b"what")
    with pytest.raises(ModelUnusable, match="cannot be read as a file") as refusal:
        choose_embedder("dlib", tmp_path / given)
    assert str(tmp_path / given) in str(refusal.value)


def test_a_full_disk_is_not_taken_for_a_file_that_does_not_fit(cache: Path, tmp_path: Path) -> None:
    cache.rmdir()
    cache.write_text("a file where the folder should be")
    (tmp_path / "facenet.h5").write_bytes(b"weights")
    with pytest.raises(ModelUnusable, match="allow writing"):
        choose_embedder(None, tmp_path / "facenet.h5")
