"""FaceNet: the published weights where they are, the same architecture with weights of our own everywhere."""

import gc
import io
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest

from sortbyface.arrays import Chips
from sortbyface.embedders.facenet import FACENET_VGGFACE2
from sortbyface.errors import ModelUnusable
from sortbyface.networks import engine, facenet
from sortbyface.networks.facenet import FACENET
from tests.conftest import Album
from tests.networks.real_chips import chips_of_album, chips_of_johns

ARRAYS, NUMBERS = 490, 23_497_424
TOLERANCE = 1e-5

Arrays = dict[str, npt.NDArray[Any]]


@pytest.fixture(scope="module")
def random_arrays() -> Arrays:
    """Weights in the names and shapes of the published ones, of sizes that let a signal through."""
    random = np.random.default_rng(20180402)
    arrays = {}
    for layer in facenet._network().layers:
        for weight in layer.weights:
            fan_in = max(1, int(np.prod(weight.shape[:-1])))
            if weight.name == "moving_variance":
                values = random.uniform(0.5, 1.5, weight.shape)
            else:
                values = random.normal(0, (2 / fan_in) ** 0.5 if weight.name == "kernel" else 0.1, weight.shape)
            arrays[f"{layer.name}_{weight.name}"] = values.astype(np.float32)
    return arrays


@pytest.fixture(scope="module")
def random_weights(random_arrays: Arrays, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return saved(tmp_path_factory.mktemp("weights") / "facenet.npz", random_arrays)


@pytest.fixture(scope="module", params=["random weights", "published weights"])
def weights(request: pytest.FixtureRequest) -> Path:
    if request.param == "random weights":
        path: Path = request.getfixturevalue("random_weights")
    else:
        path = request.getfixturevalue("shared") / "weights" / "facenet-20180402-114759.npz"
    return path


@pytest.fixture(scope="module")
def onnx(weights: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[engine.OnnxEngine]:
    cache = tmp_path_factory.mktemp("cache")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: cache)
        yield engine.OnnxEngine(engine.exported_network(FACENET, engine.prepare(FACENET, weights)))


@pytest.fixture(scope="module")
def album_chips(album: Album) -> Chips:
    return np.concatenate(list(chips_of_album(album.folder, FACENET_VGGFACE2.template).values()))


def saved(path: Path, arrays: Arrays) -> Path:
    with path.open("wb") as file:
        np.savez(file, **arrays)
    return path


def test_keras_has_a_place_for_every_published_array(weights: Path) -> None:
    model = FACENET.build(weights)
    assert model.count_params() == NUMBERS
    placed = {f"{layer.name}_{weight.name}": np.asarray(weight) for layer in model.layers for weight in layer.weights}
    with np.load(weights) as arrays:
        assert len(arrays.files) == ARRAYS
        assert set(placed) == set(arrays.files)
        assert all(np.array_equal(placed[name], arrays[name]) for name in arrays.files)


def test_onnx_runtime_and_keras_agree(weights: Path, onnx: engine.OnnxEngine, album_chips: Chips) -> None:
    ours = onnx.run(album_chips)
    theirs = FACENET.build(weights).predict_on_batch(album_chips.astype(np.float32))
    assert ours.shape == (len(album_chips), 512)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=TOLERANCE)
    assert np.ptp(ours, axis=0).max() > 0.001, "chips that differ give vectors that differ"


def test_a_vector_does_not_depend_on_its_batch(onnx: engine.OnnxEngine, album_chips: Chips) -> None:
    alone = [onnx.run(album_chips[place : place + 1]) for place in range(len(album_chips))]
    assert np.array_equal(np.concatenate(alone), onnx.run(album_chips))


@pytest.mark.parametrize("weights", ["published weights"], indirect=True)
def test_the_same_person_is_closer_than_another(onnx: engine.OnnxEngine, album: Album, shared: Path) -> None:
    template = FACENET_VGGFACE2.template
    people = chips_of_album(album.folder, template) | chips_of_johns(shared, template)
    names = np.repeat(list(people), [len(chips) for chips in people.values()])
    vectors = engine.unit(onnx.run(np.concatenate(list(people.values()))))
    similarities = vectors @ vectors.T
    same = names[:, np.newaxis] == names
    assert similarities[same].min() > similarities[~same].max()


# --- files that are no use ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def refuses(random_weights: Path) -> Iterator[Callable[[Path], None]]:
    """Check that a file is refused. The empty network takes seconds to make, and is the same each time."""
    network = facenet._network()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(facenet, "_network", lambda: network)

        def check(path: Path) -> None:
            with pytest.raises(ModelUnusable) as refusal:
                FACENET.build(path)
            assert str(path) in str(refusal.value)
            del refusal
            gc.collect()  # here, and not in some later test, a file that was left open is told of

        FACENET.build(random_weights)  # which shows that the refusals are due to the files
        yield check


@pytest.mark.parametrize("missing", ["Conv2d_1a_3x3_kernel", "Block8_6_Conv2d_1x1_bias", "Bottleneck_BatchNorm_beta"])
def test_an_array_that_is_missing(missing: str, refuses, random_arrays: Arrays, tmp_path: Path) -> None:
    refuses(saved(tmp_path / "facenet.npz", {name: random_arrays[name] for name in random_arrays if name != missing}))


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("Bottleneck_kernel", np.zeros((1792, 128), np.float32)),  # the network of 2017
        ("Conv2d_1a_3x3_kernel", np.zeros((32, 3, 3, 3), np.float32)),  # as PyTorch has it
        ("Conv2d_1a_3x3_kernel", np.float32(1)),
        ("Conv2d_1a_3x3_kernel", np.full((3, 3, 3, 32), "number")),
        ("Conv2d_1a_3x3_kernel", np.full((3, 3, 3, 32), None)),
    ],
    ids=["another width", "another order", "one number", "text", "objects"],
)
def test_an_array_of_another_kind(name: str, values, refuses, random_arrays: Arrays, tmp_path: Path) -> None:
    refuses(saved(tmp_path / "facenet.npz", {**random_arrays, name: values}))


@pytest.mark.parametrize("share", [0.0, 1e-7, 0.0001, 0.5, 0.999, 0.999999])
def test_a_file_that_was_cut_short(share: float, refuses, random_weights: Path, tmp_path: Path) -> None:
    data = random_weights.read_bytes()
    path = tmp_path / "facenet.npz"
    path.write_bytes(data[: int(share * len(data))])
    refuses(path)


def npy(values: npt.NDArray[Any]) -> bytes:
    file = io.BytesIO()
    np.save(file, values)
    return file.getvalue()


def compressed() -> bytes:
    file = io.BytesIO()
    np.savez_compressed(file, Conv2d_1a_3x3_kernel=np.random.default_rng(0).normal(size=(3, 3, 3, 32)))
    return file.getvalue()


def broken_stream() -> bytes:
    """The first array's compressed bytes are not compressed data any more."""
    data = bytearray(compressed())
    start = data.index(b".npy") + 24
    data[start : start + 64] = b"\xff" * 64
    return bytes(data)


def locked() -> bytes:
    """One bit that says that the arrays are encrypted."""
    data = bytearray(compressed())
    data[data.index(b"PK\1\2") + 8] |= 1
    data[data.index(b"PK\3\4") + 6] |= 1
    return bytes(data)


def of_no_known_kind() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("Conv2d_1a_3x3_kernel.npy", b"these are no numbers")
    return file.getvalue()


@pytest.mark.parametrize(
    "data",
    [b"<html>404</html>", npy(np.zeros(3)), b"\x80\x04N.", broken_stream(), locked(), of_no_known_kind()],
    ids=["a web page", "a lone array", "a pickle", "broken inside", "encrypted", "no arrays inside"],
)
def test_a_file_of_another_kind(data: bytes, refuses, tmp_path: Path) -> None:
    path = tmp_path / "facenet.npz"
    path.write_bytes(data)
    refuses(path)
