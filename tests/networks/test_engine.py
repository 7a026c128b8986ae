"""Networks are exported once, and an export counts only when it is whole."""

import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.networks import engine
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.dlib_resnet import DLIB_RESNET
from sortbyface.networks.export import export
from sortbyface.networks.network import Network
from sortbyface.networks.weights import packaged_dlib_file

WEIGHTS = packaged_dlib_file("dlib_face_recognition_resnet_model_v1.dat")
SIZE = 8

pytestmark = pytest.mark.filterwarnings("ignore:In the future `np.object`:FutureWarning")  # Keras's exporter


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where exports are kept; nobody has made the folder yet."""
    folder = tmp_path / "cache" / "sort-by-face"
    monkeypatch.setattr(engine, "cache_folder", lambda: folder)
    return folder


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A real export, in a cache that was not there before."""
    folder = tmp_path_factory.mktemp("home") / "cache" / "sort-by-face"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: folder)
        yield engine.exported_network(DLIB_RESNET, engine.prepare(DLIB_RESNET, WEIGHTS))


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()} if folder.exists() else set()


# --- preparing ----------------------------------------------------------------------------------------------------


def test_a_network_is_exported_once_and_then_reused(prepared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert names(prepared.parent) == {prepared.name}
    made = prepared.stat()
    monkeypatch.setattr(engine, "cache_folder", lambda: prepared.parent)
    monkeypatch.setattr(sys, "executable", "/there/is/no/python/to/export/with")
    assert engine.prepare(DLIB_RESNET, WEIGHTS) == sha256_of(WEIGHTS)
    assert prepared.stat() == made


def test_the_same_weights_elsewhere_are_the_same_network(
    prepared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = tmp_path / "renamed.dat"
    copy.write_bytes(WEIGHTS.read_bytes())
    monkeypatch.setattr(engine, "cache_folder", lambda: prepared.parent)
    monkeypatch.setattr(sys, "executable", "/there/is/no/python/to/export/with")
    assert engine.exported_network(DLIB_RESNET, engine.prepare(DLIB_RESNET, copy)) == prepared


def test_other_weights_or_another_version_are_another_export(cache: Path) -> None:
    later = Network("dlib_resnet", DLIB_RESNET.version + 1, (4, 150, 150, 3), DLIB_RESNET.build)
    files = {engine.exported_network(network, sha) for network in (DLIB_RESNET, later) for sha in ("a" * 64, "b" * 64)}
    assert len(files) == 4


def test_without_chips_there_are_no_vectors(prepared: Path) -> None:
    assert engine.OnnxEngine(prepared).run(np.empty((0, 150, 150, 3), np.uint8)).shape == (0, 128)


@pytest.mark.parametrize("there", ["nothing", "a folder"])
def test_weights_that_are_missing(there: str, cache: Path, tmp_path: Path) -> None:
    weights = tmp_path / "weights.dat"
    if there == "a folder":
        weights.mkdir()
    with pytest.raises(ModelUnusable, match="give the") as refusal:
        engine.prepare(DLIB_RESNET, weights)
    assert str(weights) in str(refusal.value)
    assert names(cache) == set()


def test_weights_of_another_network(cache: Path, tmp_path: Path) -> None:
    weights = tmp_path / "holiday.dat"
    weights.write_bytes(b"not a network at all")
    with pytest.raises(ModelUnusable, match="another network") as refusal:
        engine.prepare(DLIB_RESNET, weights)
    assert str(weights) in str(refusal.value)
    assert "\n" not in str(refusal.value)
    assert names(cache) == set()


def test_a_cache_that_cannot_be_written(cache: Path) -> None:
    cache.parent.write_text("a file where the folder should be")
    with pytest.raises(ModelUnusable, match="allow writing") as refusal:
        engine.prepare(DLIB_RESNET, WEIGHTS)
    assert str(cache) in str(refusal.value)


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell script")
def test_an_export_that_was_killed_does_not_count(
    prepared: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when memory runs out: the child is gone, and half a file is left."""
    dying = tmp_path / "python"
    dying.write_text('#!/bin/sh\nhead -c 1000 "$4" > "${5%.onnx}.$$.part"\nkill -9 $$\n')
    dying.chmod(0o755)
    with monkeypatch.context() as patch:
        patch.setattr(sys, "executable", str(dying))
        with pytest.raises(ModelUnusable, match=f"-{signal.SIGKILL.value}"):
            engine.prepare(DLIB_RESNET, WEIGHTS)
    target = engine.exported_network(DLIB_RESNET, sha256_of(WEIGHTS))
    assert not target.exists()
    export(DLIB_RESNET, WEIGHTS, target)
    chips = np.zeros((1, 150, 150, 3), np.uint8)
    assert np.array_equal(engine.OnnxEngine(target).run(chips), engine.OnnxEngine(prepared).run(chips))


@pytest.mark.parametrize("length", [0, 1000, 2_000_000])
def test_an_export_that_a_power_cut_cut_short_is_told_of(length: int, prepared: Path, tmp_path: Path) -> None:
    """It has the right name, so nothing but its content can tell."""
    damaged = tmp_path / prepared.name
    damaged.write_bytes(prepared.read_bytes()[:length])
    with pytest.raises(ModelUnusable):
        engine.OnnxEngine(damaged)


# --- exporting ----------------------------------------------------------------------------------------------------


def small_network(scale: float = 1.0) -> Network:
    """A network of one layer, so that an export takes a second."""

    def build(weights: Path):
        import keras

        chips = keras.Input((SIZE, SIZE, 3))
        flat = keras.layers.Flatten()(keras.layers.Rescaling(scale)(chips))
        dense = keras.layers.Dense(4, kernel_initializer=keras.initializers.GlorotUniform(seed=1))
        return keras.Model(chips, dense(flat))

    return Network("small", 1, (4, SIZE, SIZE, 3), build)


def test_an_export_gives_the_vectors_of_keras(tmp_path: Path) -> None:
    target = tmp_path / "small.onnx"
    export(small_network(), WEIGHTS, target)
    chips = np.random.default_rng(1).integers(0, 256, (5, SIZE, SIZE, 3), dtype=np.uint8)
    expected = small_network().build(WEIGHTS).predict_on_batch(chips.astype(np.float32))
    np.testing.assert_allclose(engine.OnnxEngine(target).run(chips), expected, rtol=1e-5, atol=1e-3)
    assert names(tmp_path) == {"small.onnx"}


def test_an_export_whose_vectors_differ_does_not_count(tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable, match="differ"):
        export(small_network(scale=float("nan")), WEIGHTS, tmp_path / "small.onnx")
    assert names(tmp_path) == set()


def test_an_export_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fills up when half is written."""
    import keras

    def half(_model: object, target: Path, **_: object) -> None:
        Path(target).write_bytes(b"half")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(keras.Model, "export", half)
    with pytest.raises(OSError, match="No space"):
        export(small_network(), WEIGHTS, tmp_path / "small.onnx")
    assert names(tmp_path) == set()


# --- comparing ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("second", "same"),
    [
        ([[3, 4], [0, 2]], True),
        ([[3, 4], [0.00003, 2]], True),
        ([[3, 4], [0.00005, 2]], False),
        ([[3, 4], [float("nan"), 2]], False),
        ([[30, 40], [0, 20]], False),
        ([[3, 4, 0], [0, 2, 0]], False),
    ],
)
def test_engines_agree_when_all_numbers_are_the_same(second: list[list[float]], same: bool) -> None:
    """To a hundred-thousandth of the largest."""
    first = np.array([[3, 4], [0, 2]], np.float32)
    assert engine.agree([first], [np.array(second, np.float32)]) is same
    assert not engine.agree([first, first], [first])
