"""Files that are no use, in each form: told of in one line that names the file, and nothing in them is run."""

import gc
import io
import json
import os
import pickle
import shutil
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.networks.facenet import FACENET, FACENET_2017
from tests.networks.facenet.arrays import Arrays, saved
from tests.networks.facenet.conftest import Written
from tests.networks.facenet.forms import OF_TENSORFLOW, forgiven

GRAPH, CHECKPOINT = OF_TENSORFLOW
INDEX, DATA = f"{CHECKPOINT}.index", f"{CHECKPOINT}.data-00000-of-00001"
FILES = ["facenet.npz", "facenet_keras.h5", "facenet.keras", "facenet.weights.h5", GRAPH, INDEX, DATA]

Refuses = Callable[..., str]


@pytest.fixture
def refuses(one_network: None) -> Refuses:
    """Check that a file is refused, and give the words."""

    def check(path: Path, named: Path | None = None) -> str:
        with pytest.raises(ModelUnusable) as refusal:
            FACENET.build(path)
        words = str(refusal.value)
        assert str(named or path) in words
        assert "get it again" in words or "get both again" in words
        assert "\n" not in words
        assert len(words) < 400
        del refusal
        gc.collect()  # here, and not in some later test, a file that was left open is told of
        return words

    return check


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


class Touch:
    """Unpickled, it makes a file."""

    def __init__(self, marker: Path) -> None:
        self._marker = marker

    def __reduce__(self) -> Any:
        return open, (str(self._marker), "w")


@pytest.mark.parametrize("protocol", [0, 2, 4])
def test_a_pickle_is_not_opened(protocol: int, refuses: Refuses, tmp_path: Path) -> None:
    bomb, marker = tmp_path / "facenet_keras.h5", tmp_path / "marker"
    bomb.write_bytes(pickle.dumps(Touch(marker), protocol))
    refuses(bomb)
    assert not marker.exists()
    pickle.loads(bomb.read_bytes()).close()
    assert marker.exists(), "the bomb would have gone off"


def test_a_pickle_inside_an_npz_is_not_opened(refuses: Refuses, arrays_of_2018: Arrays, tmp_path: Path) -> None:
    bomb, marker = tmp_path / "facenet.npz", tmp_path / "marker"
    shape = arrays_of_2018["Conv2d_1a_3x3_kernel"].shape
    saved(bomb, {**arrays_of_2018, "Conv2d_1a_3x3_kernel": np.full(shape, Touch(marker), object)})
    refuses(bomb)
    assert not marker.exists()


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


# --- code in Lambda layers ----------------------------------------------------------------------------------------


def trap(x: Any) -> Any:
    """What a Lambda layer is told to do: besides its work, it makes a file."""
    import os

    if "MARKER" in os.environ:
        open(os.environ["MARKER"], "w").close()
    return x


@pytest.fixture
def marker(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.setenv("MARKER", str(tmp_path / "marker"))
    return tmp_path / "marker"


def test_a_trap_goes_off_when_keras_loads_it(marker: Path, tmp_path: Path) -> None:
    """Which shows that the next test's file is dangerous."""
    import tf_keras

    with forgiven():
        model = tf_keras.Sequential([tf_keras.layers.Input((3,)), tf_keras.layers.Lambda(trap)])
        model.save(tmp_path / "trap.h5")
        marker.unlink()
        tf_keras.models.load_model(tmp_path / "trap.h5", safe_mode=False)
    assert marker.exists()


@pytest.mark.usefixtures("one_network")
def test_code_in_a_file_is_not_run(
    marker: Path, arrays_of_2018: Arrays, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.networks.facenet.in_keras2 import model_of

    with forgiven():
        model = model_of(arrays_of_2018, first=trap)
        model.save(tmp_path / "facenet_keras.h5")
        model.save(tmp_path / "facenet.keras")
    marker.unlink()
    for name in ("facenet_keras.h5", "facenet.keras"):
        FACENET.build(tmp_path / name)
    assert not marker.exists()


# --- files that ask for too much ----------------------------------------------------------------------------------


def keras_archive(path: Path, weights: bytes, settings: bytes = b"{}") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr("config.json", settings)
        archive.writestr("model.weights.h5", weights)
    return path


def test_an_archive_that_unpacks_to_too_much(refuses: Refuses, tmp_path: Path) -> None:
    bomb = keras_archive(tmp_path / "facenet.keras", bytes((1 << 29) + 1))
    assert bomb.stat().st_size < 4_000_000
    assert "larger" in refuses(bomb)
    bomb = keras_archive(tmp_path / "facenet.keras", b"", settings=b" " * ((1 << 24) + 1))
    assert "larger" in refuses(bomb)


def test_an_archive_that_lies_about_what_it_unpacks_to(refuses: Refuses, tmp_path: Path) -> None:
    honest = keras_archive(tmp_path / "facenet.keras", bytes(50_000_000)).read_bytes()
    size = struct.pack("<I", 50_000_000)
    assert honest.count(size) == 2
    (tmp_path / "facenet.keras").write_bytes(honest.replace(size, struct.pack("<I", 1000)))
    refuses(tmp_path / "facenet.keras")


@pytest.mark.parametrize(
    "settings",
    [b"[" * 100_000, b"{", b'{"config": {"layers": [{"class_name": "Conv2D", "config": 3}]}}', b"\xff"],
    ids=["nested", "cut short", "of another kind", "no text"],
)
def test_settings_that_make_no_sense(settings: bytes, refuses: Refuses, tmp_path: Path) -> None:
    refuses(keras_archive(tmp_path / "facenet.keras", b"", settings))


def large(file: h5py.File, path: str) -> None:
    file.create_dataset(path, (1 << 20, 1 << 20), np.float32, chunks=(64, 64))


def elsewhere(file: h5py.File, path: str) -> None:
    file.create_dataset(path, (3, 3, 3, 32), np.float32, external=[(__file__, 0, 3456)])


def linked(file: h5py.File, path: str) -> None:
    file[path] = h5py.ExternalLink("facenet.weights.h5", "/vars")


def text(file: h5py.File, path: str) -> None:
    file.create_dataset(path, (3, 3, 3, 32), h5py.string_dtype())


def twice(file: h5py.File, path: str) -> None:
    file[path] = np.zeros((3, 3, 3, 32), np.float32)
    file[f"again/{path}"] = np.zeros((3, 3, 3, 32), np.float32)


@pytest.mark.parametrize("content", [large, elsewhere, linked, text, twice])
def test_an_hdf5_file_that_asks_for_strange_things(content, refuses: Refuses, tmp_path: Path) -> None:
    with h5py.File(tmp_path / "facenet.h5", "w") as file:
        file.attrs["layer_names"] = [b"Conv2d_1a_3x3"]
        content(file, "Conv2d_1a_3x3/kernel:0")
    assert "Conv2d_1a_3x3_kernel" in refuses(tmp_path / "facenet.h5") or content is elsewhere


def test_a_graph_with_one_value_for_a_huge_array(refuses: Refuses, tmp_path: Path) -> None:
    import tensorflow as tf

    graph = tf.compat.v1.GraphDef()
    node = graph.node.add(name="InceptionResnetV1/Conv2d_1a_3x3/weights", op="Const")
    node.attr["value"].tensor.CopyFrom(tf.make_tensor_proto(1.0, tf.float32, shape=(1 << 40,)))
    (tmp_path / "bomb.pb").write_bytes(graph.SerializeToString())
    assert str(1 << 40) in refuses(tmp_path / "bomb.pb")


def test_an_npz_with_a_header_for_a_huge_array(refuses: Refuses, tmp_path: Path) -> None:
    header = io.BytesIO()
    np.lib.format.write_array_header_1_0(header, {"descr": "<f4", "fortran_order": False, "shape": (1 << 40,)})
    with zipfile.ZipFile(tmp_path / "facenet.npz", "w") as archive:
        archive.writestr("Conv2d_1a_3x3_kernel.npy", header.getvalue())
    assert str(1 << 40) in refuses(tmp_path / "facenet.npz")


def test_layers_are_told_apart_by_the_settings_beside_them(
    written: Written, arrays_of_2018: Arrays, one_network: None, tmp_path: Path
) -> None:
    """Two layers of the same shape whose names are swapped there, where the weights have no names."""
    first, second = (f"Block35_1_Branch_{branch}_Conv2d_0a_1x1" for branch in (1, 2))
    swapped = {first: second, second: first}
    with zipfile.ZipFile(written("nameless.keras", 2018)) as archive:
        settings = json.loads(archive.read("config.json"))
        weights = archive.read("model.weights.h5")
    for layer in settings["config"]["layers"]:
        layer["config"]["name"] = swapped.get(layer["config"]["name"], layer["config"]["name"])
    model = FACENET.build(keras_archive(tmp_path / "swapped.keras", weights, json.dumps(settings).encode()))
    for name, other in swapped.items():
        assert np.array_equal(model.get_layer(name).get_weights()[0], arrays_of_2018[f"{other}_kernel"])


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
