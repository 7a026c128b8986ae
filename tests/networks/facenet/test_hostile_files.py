"""Files that are made to do harm: nothing in them is run, and they get no more memory than the network needs."""

import io
import os
import pickle
import struct
import zipfile
from pathlib import Path
from typing import Any

import h5py
import numpy as np
import pytest

from sortbyface.networks.facenet import FACENET
from tests.networks.facenet.arrays import Arrays, saved
from tests.networks.facenet.conftest import Refuses
from tests.networks.facenet.forms import forgiven, keras_archive

# --- pickles ------------------------------------------------------------------------------------------------------


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


# --- code in Lambda layers ----------------------------------------------------------------------------------------


def trap(x: Any) -> Any:
    """What a Lambda layer is told to do: besides its work, it makes a file."""
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


def test_an_archive_that_unpacks_to_too_much(refuses: Refuses, tmp_path: Path) -> None:
    bomb = keras_archive(tmp_path / "facenet.keras", bytes((1 << 29) + 1), compression=zipfile.ZIP_DEFLATED)
    assert bomb.stat().st_size < 4_000_000
    assert "larger" in refuses(bomb)
    bomb = keras_archive(tmp_path / "facenet.keras", b"", settings=b" " * ((1 << 24) + 1))
    assert "larger" in refuses(bomb)


def test_an_archive_that_lies_about_what_it_unpacks_to(refuses: Refuses, tmp_path: Path) -> None:
    honest = keras_archive(tmp_path / "facenet.keras", bytes(50_000_000), compression=zipfile.ZIP_DEFLATED).read_bytes()
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


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (large, "is (1048576, 1048576) instead of"),
        (elsewhere, "in other files"),
        (linked, "is missing"),
        (text, "instead of numbers"),
        (twice, "is there twice"),
    ],
)
def test_an_hdf5_file_that_asks_for_strange_things(content, words: str, refuses: Refuses, tmp_path: Path) -> None:
    with h5py.File(tmp_path / "facenet.h5", "w") as file:
        file.attrs["layer_names"] = [b"Conv2d_1a_3x3"]
        content(file, "Conv2d_1a_3x3/kernel:0")
    assert words in refuses(tmp_path / "facenet.h5")


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
