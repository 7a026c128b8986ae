"""Files that are no use, in each form: told of in one line that names the file."""

import os
import shutil
import zipfile
from pathlib import Path

import numpy as np
import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.networks.facenet import FACENET, FACENET_2017
from tests.networks.facenet.arrays import Arrays, saved
from tests.networks.facenet.conftest import Refuses, Written
from tests.networks.facenet.forms import OF_TENSORFLOW, forgiven

GRAPH, CHECKPOINT = OF_TENSORFLOW
INDEX, DATA = f"{CHECKPOINT}.index", f"{CHECKPOINT}.data-00000-of-00001"
FILES = ["facenet.npz", "facenet_keras.h5", "facenet.keras", "facenet.weights.h5", GRAPH, INDEX, DATA]


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_was_cut_short(name: str, refuses: Refuses, written: Written, tmp_path: Path) -> None:
    whole = written(CHECKPOINT if CHECKPOINT in name else name, 2018).with_name(name)
    if CHECKPOINT in name:
        other = INDEX if name == DATA else DATA
        (tmp_path / other).symlink_to(whole.with_name(other))
    shutil.copy(whole, tmp_path)
    size = whole.stat().st_size
    behind = 100_000 if name == DATA else 1  # at the end of the data is what the training left there
    for kept in (size - behind, size // 2, 5000, 12, 1, 0):
        os.truncate(tmp_path / name, kept)
        refuses(tmp_path / name)


# --- of another network -------------------------------------------------------------------------------------------


def write_other_networks(folder: Path) -> list[Path]:
    """A network of one layer, in each form, by the program that writes it."""
    import keras
    import tensorflow as tf
    import tf_keras

    with forgiven():
        for library, forms in ((tf_keras, ("2.h5", "2w.h5", "2.keras")), (keras, ("3.h5", "3.weights.h5", "3.keras"))):
            dense = library.layers.Dense(2, name="Bottleneck")
            model = library.Sequential([library.layers.Input((3,)), dense])
            for form in forms:
                (model.save_weights if "w" in form else model.save)(folder / form)
    tf1 = tf.compat.v1
    with tf.Graph().as_default(), tf1.Session() as session:
        weights = tf1.get_variable("InceptionResnetV1/Bottleneck/weights", (3, 2), use_resource=False)
        tf.identity(weights, "embeddings")
        session.run(weights.initializer)
        tf1.train.Saver().save(session, str(folder / "model.ckpt-1"))
        graph = tf1.graph_util.convert_variables_to_constants(session, session.graph.as_graph_def(), ["embeddings"])
    (folder / "frozen.pb").write_bytes(graph.SerializeToString())
    np.savez(folder / "other.npz", Bottleneck_kernel=np.zeros((3, 2), np.float32))
    return [path for path in folder.iterdir() if path.suffix not in {".meta", ""}]


def test_a_file_of_another_network(refuses: Refuses, tmp_path: Path) -> None:
    others = write_other_networks(tmp_path)
    assert len(others) == 10
    for path in others:
        assert "Conv2d_1a_3x3_kernel is missing" in refuses(path)


@pytest.mark.usefixtures("one_network")
def test_the_other_release(written: Written) -> None:
    with pytest.raises(ModelUnusable, match=r"npz holds FaceNet as of 2017, not 2018; use --embedder facenet-2017$"):
        FACENET.build(written("facenet.npz", 2017))
    with pytest.raises(ModelUnusable, match=r"npz holds FaceNet as of 2018, not 2017; use --embedder facenet$"):
        FACENET_2017.build(written("facenet.npz", 2018))


@pytest.mark.parametrize("value", [np.nan, np.inf, 1e300], ids=["not a number", "infinite", "beyond float32"])
def test_numbers_that_are_none(value: float, refuses: Refuses, arrays_of_2018: Arrays, tmp_path: Path) -> None:
    beta = arrays_of_2018["Bottleneck_BatchNorm_beta"].astype(np.float64)
    beta[3] = value
    path = saved(tmp_path / "facenet.npz", {**arrays_of_2018, "Bottleneck_BatchNorm_beta": beta})
    assert "Bottleneck_BatchNorm_beta" in refuses(path)


# --- of no network at all -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("ending", ["npz", "h5", "keras", "weights.h5", "pb"])
def test_a_web_page_that_was_saved_as_weights(ending: str, refuses: Refuses, tmp_path: Path) -> None:
    page = tmp_path / f"facenet.{ending}"
    page.write_text("\n<!DOCTYPE html>\n<html><title>Quota exceeded</title></html>")
    assert "web page" in refuses(page)


@pytest.mark.parametrize(
    "data",
    [b"\x0a", b"\x0a\xff\xff\xff\xff\x0f", b"\n\nsome text\n" * 1000, b"PK\3\4", b"\x89HDF\r\n\x1a\n" * 100],
    ids=["a byte", "a length", "text", "an archive's start", "HDF5's start"],
)
def test_a_file_that_only_begins_like_weights(data: bytes, refuses: Refuses, tmp_path: Path) -> None:
    path = tmp_path / "weights"
    path.write_bytes(data)
    refuses(path)


def test_the_archive_of_a_release_that_was_not_unpacked(refuses: Refuses, written: Written, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "20180402-114759.zip", "w") as archive:
        archive.writestr("20180402-114759/20180402-114759.pb", b"\x0a")
    assert "unpack it" in refuses(tmp_path / "20180402-114759.zip")


def test_bytes_that_changed_are_refused_or_do_no_harm(refuses: Refuses, tmp_path: Path) -> None:
    """Damage in the structure of small files of each form raises nothing but what the user is told."""
    random = np.random.default_rng(0)
    for path in write_other_networks(tmp_path):
        whole = path.read_bytes()
        for _ in range(40):
            damaged = bytearray(whole)
            for place in random.integers(0, min(len(whole), 4000), 3):
                damaged[place] = random.integers(256)
            path.write_bytes(damaged)
            with pytest.raises(ModelUnusable):
                FACENET.build(path)
        path.write_bytes(whole)
