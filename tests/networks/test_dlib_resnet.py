"""dlib's face network, three times over: ours in ONNX Runtime, ours in Keras, and dlib itself."""

from contextlib import suppress
from pathlib import Path

import dlib
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import Chips, FloatMatrix
from sortbyface.embedders.dlib import DLIB
from sortbyface.errors import ModelUnusable
from sortbyface.networks import engine
from sortbyface.networks.dlib_resnet import DLIB_RESNET
from sortbyface.networks.weights import packaged_dlib_file
from tests.conftest import Album
from tests.networks.real_chips import chips_of_album, chips_of_johns

TOLERANCE = 1e-5
WEIGHTS = packaged_dlib_file("dlib_face_recognition_resnet_model_v1.dat")
DATA = WEIGHTS.read_bytes()
OTHER_NETWORK = packaged_dlib_file("mmod_human_face_detector.dat")
FIRST_CONVOLUTION = DATA.index(b"con_")


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> engine.OnnxEngine:
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: cache)
        return engine.OnnxEngine(engine.exported_network(DLIB_RESNET, engine.prepare(DLIB_RESNET, WEIGHTS)))


@pytest.fixture(scope="module", params=["the album", "the Johns"])
def chips(request: pytest.FixtureRequest, album: Album) -> Chips:
    if request.param == "the album":
        people = chips_of_album(album.folder, DLIB.template)
    else:
        people = chips_of_johns(request.getfixturevalue("shared"), DLIB.template)
    return np.concatenate(list(people.values()))


def by_keras(chips: Chips) -> FloatMatrix:
    vectors: FloatMatrix = DLIB_RESNET.build(WEIGHTS).predict_on_batch(chips.astype(np.float32))
    return vectors


def by_dlib(chips: Chips) -> FloatMatrix:
    network = dlib.face_recognition_model_v1(str(WEIGHTS))
    return np.array([network.compute_face_descriptor(chip) for chip in chips], dtype=np.float32)


@pytest.mark.parametrize("oracle", [by_keras, by_dlib])
def test_our_vectors_are_those_of_the_oracle(oracle, onnx: engine.OnnxEngine, chips: Chips) -> None:
    ours, theirs = onnx.run(chips), oracle(chips)
    assert ours.shape == (len(chips), 128)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(engine.unit(ours), engine.unit(theirs), rtol=0, atol=TOLERANCE)


@pytest.mark.parametrize("batch", [1, 2, 5])
def test_a_vector_does_not_depend_on_its_batch(batch: int, onnx: engine.OnnxEngine, chips: Chips) -> None:
    whole = onnx.run(chips)
    parts = [onnx.run(chips[start : start + batch]) for start in range(0, len(chips), batch)]
    assert np.array_equal(np.concatenate(parts), whole)


def test_a_vector_does_not_depend_on_its_place(onnx: engine.OnnxEngine, chips: Chips) -> None:
    assert np.array_equal(onnx.run(chips[::-1])[::-1], onnx.run(chips))


def test_one_person_is_closer_to_herself_than_to_another(onnx: engine.OnnxEngine, album: Album) -> None:
    people = chips_of_album(album.folder, DLIB.template)
    collins, hopper = (engine.unit(onnx.run(chips)) for chips in people.values())
    assert min((collins @ collins.T).min(), (hopper @ hopper.T).min()) > (collins @ hopper.T).max()


def build(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "network.dat"
    path.write_bytes(data)
    DLIB_RESNET.build(path)


CUTS = [0, 1, 2, 17, 100, FIRST_CONVOLUTION, FIRST_CONVOLUTION + 20, *range(1000, len(DATA), len(DATA) // 25)]


@pytest.mark.parametrize("length", [*CUTS, len(DATA) - 1])
def test_a_file_that_was_cut_short_is_refused(length: int, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable):
        build(tmp_path, DATA[:length])


@pytest.mark.parametrize("garbage", [b"\0", b"garbage", DATA[:1000]])
def test_a_file_that_goes_on_after_its_end_is_refused(garbage: bytes, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable):
        build(tmp_path, DATA + garbage)


@pytest.mark.parametrize("data", [OTHER_NETWORK.read_bytes(), b"PK\3\4 a zip", b"<html>404</html>" * 100])
def test_another_file_is_refused(data: bytes, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable):
        build(tmp_path, data)


def flipped(position: int, bit: int = 0) -> bytes:
    data = bytearray(DATA)
    data[position] ^= 1 << bit
    return bytes(data)


def shape_of_first_kernel() -> int:
    """Where the file says that the first kernel is (32, 3, 7, 7)."""
    return DATA.index(b"\x01\x20\x01\x03\x01\x07\x01\x07", FIRST_CONVOLUTION + 32 * 3 * 7 * 7 * 4)


def count_of_first_filters() -> int:
    """Where it says that the first convolution has 32 filters: before six numbers, and its kernel's shape."""
    return DATA.rindex(b"\x01\x20", 0, shape_of_first_kernel())


@pytest.mark.parametrize(
    "position",
    [0, 1, 4, FIRST_CONVOLUTION, FIRST_CONVOLUTION + 4, count_of_first_filters() + 1, shape_of_first_kernel() + 1]
    + [shape_of_first_kernel() + place for place in (3, 5, 7)],
)
def test_a_flipped_bit_in_a_header_is_noticed(position: int, tmp_path: Path) -> None:
    with pytest.raises(ModelUnusable):
        build(tmp_path, flipped(position))


@settings(max_examples=60, deadline=None, derandomize=True)
@given(position=st.integers(0, FIRST_CONVOLUTION + 60), bit=st.integers(0, 7))
def test_no_flipped_bit_near_the_start_causes_anything_else(
    position: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Some numbers there serve training alone, so not every flip matters; none may end in another error."""
    with suppress(ModelUnusable):
        build(tmp_path_factory.getbasetemp(), flipped(position, bit))
