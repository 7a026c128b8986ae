"""dlib's face detector as a network: in Keras and in ONNX Runtime, for pictures of every size."""

from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.errors import ModelUnusable
from sortbyface.networks import engine
from sortbyface.networks.mmod import CELL, FIRST_CELL, MMOD, REACH, read_options
from sortbyface.networks.weights import packaged_dlib_file

WEIGHTS = packaged_dlib_file("mmod_human_face_detector.dat")
DATA = WEIGHTS.read_bytes()
OTHER_NETWORK = packaged_dlib_file("dlib_face_recognition_resnet_model_v1.dat")
FIRST_CONVOLUTION, FIRST_NORM = DATA.index(b"con_"), DATA.index(b"bn_con")

SIDE = 2 * FIRST_CELL + 1 + CELL * 2 * (REACH + 1)
"""Of a square picture whose middle cell does not see the edges."""
MIDDLE = REACH + 1


@pytest.fixture(scope="module")
def onnx(tmp_path_factory: pytest.TempPathFactory) -> engine.OnnxEngine:
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: cache)
        return engine.OnnxEngine(engine.exported_network(MMOD, engine.prepare(MMOD, WEIGHTS)))


def noise(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(5).integers(0, 256, (1, height, width, 3)).astype(np.float32)


@pytest.mark.parametrize(
    ("height", "width", "cells"), [(29, 29, (1, 1)), (36, 37, (1, 2)), (100, 243, (9, 27)), (211, 64, (23, 5))]
)
def test_scores_are_those_of_keras_at_every_size(
    height: int, width: int, cells: tuple[int, int], onnx: engine.OnnxEngine
) -> None:
    picture = noise(height, width)
    (ours,) = onnx.outputs(picture)
    theirs = MMOD.build(WEIGHTS).predict_on_batch(picture)
    assert ours.shape == theirs.shape == (1, *cells, 1)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=1e-5)


def test_the_average_colour_is_nothing_to_the_network(onnx: engine.OnnxEngine) -> None:
    """As zeros are: the score amid this colour is that of biases alone, the same in each cell that sees no edge."""
    plain = np.empty((1, SIDE + 8 * CELL, SIDE + 8 * CELL, 3), dtype=np.float32)
    plain[:] = read_options(WEIGHTS).colour
    (scores,) = onnx.outputs(plain)
    amid = scores[0, REACH:-REACH, REACH:-REACH, 0]
    np.testing.assert_allclose(amid, amid[0, 0], rtol=0, atol=1e-5)
    assert amid.max() < -0.1


@pytest.mark.parametrize("axis", [1, 2])
def test_a_picture_moved_by_one_cell_has_its_scores_moved_by_one(axis: int, onnx: engine.OnnxEngine) -> None:
    picture = noise(SIDE + CELL, SIDE + CELL)
    here = onnx.outputs(picture[:, :SIDE, :SIDE])[0][0, MIDDLE, MIDDLE, 0]
    (moved,) = onnx.outputs(np.roll(picture, CELL, axis)[:, :SIDE, :SIDE])
    row, column = (MIDDLE + 1, MIDDLE) if axis == 1 else (MIDDLE, MIDDLE + 1)
    np.testing.assert_allclose(moved[0, row, column, 0], here, rtol=0, atol=1e-5)


@pytest.mark.parametrize(("distance", "seen"), [(REACH, True), (REACH + 1, False)])
def test_a_cell_sees_as_far_as_its_reach(distance: int, seen: bool, onnx: engine.OnnxEngine) -> None:
    """What is further away may be shown to the network at another time."""
    picture = noise(SIDE, SIDE)
    changed = picture.copy()
    edge = CELL * (MIDDLE - distance) + (2 * FIRST_CELL + 1 if seen else CELL)
    changed[:, :edge] = 255 - changed[:, :edge]
    (before,), (after,) = onnx.outputs(picture), onnx.outputs(changed)
    assert (before[0, MIDDLE, MIDDLE, 0] != after[0, MIDDLE, MIDDLE, 0]) == seen


def test_the_options_are_those_of_the_file() -> None:
    options = read_options(WEIGHTS)
    np.testing.assert_allclose(options.colour, [122.782, 117.001, 104.298], rtol=1e-6)
    assert options.window == (80, 80)
    assert options.most_of_both == pytest.approx(0.338276, abs=1e-6)
    assert options.most_of_one == 1


@pytest.mark.parametrize("read", [MMOD.build, read_options])
@pytest.mark.parametrize(
    "data",
    [
        b"",
        DATA[:1],
        DATA[: FIRST_CONVOLUTION + 20],
        DATA[: FIRST_NORM + 9],
        DATA[: len(DATA) // 2],
        DATA[:-1],
        DATA + b"\0",
        OTHER_NETWORK.read_bytes(),
        b"<html>404</html>" * 100,
        DATA.replace(b"input_rgb_image_pyramid", b"input_rgb_image_pyramix", 1),
    ],
    ids=["empty", "a byte", "in a kernel", "in a norm", "half", "all but a byte", "more", "other", "page", "input"],
)
def test_a_file_of_something_else_is_refused(read, data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "network.dat"
    path.write_bytes(data)
    with pytest.raises(ModelUnusable):
        read(path)


@settings(max_examples=60, deadline=None, derandomize=True)
@given(position=st.integers(0, FIRST_CONVOLUTION + 20), bit=st.integers(0, 7))
def test_no_flipped_bit_near_the_start_causes_anything_else(
    position: int, bit: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Some numbers there serve training alone, so not every flip matters; none may end in another error."""
    data = bytearray(DATA)
    data[position] ^= 1 << bit
    path = tmp_path_factory.getbasetemp() / "network.dat"
    path.write_bytes(data)
    with suppress(ModelUnusable):
        read_options(path)
