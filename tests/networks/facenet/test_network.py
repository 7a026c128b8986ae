"""FaceNet: the published weights where they are, the same architecture with weights of our own everywhere."""

import pickle
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from sortbyface.arrays import Chips
from sortbyface.embedders.facenet import FACENET_VGGFACE2
from sortbyface.jobs import EMBEDDINGS
from sortbyface.networks import engine, facenet
from sortbyface.networks.facenet import FACENET, FACENET_2017
from sortbyface.recipe import Recipe
from tests.conftest import SHARED, Album, Run
from tests.networks.facenet.arrays import PUBLISHED
from tests.networks.facenet.conftest import Written
from tests.networks.real_chips import chips_of_album, chips_of_johns

ARRAYS, NUMBERS = 490, {2018: 23_497_424, 2017: 22_808_144}
TOLERANCE = 1e-5

NETWORKS = {2018: FACENET, 2017: FACENET_2017}


@pytest.fixture(scope="module", params=NETWORKS)
def year(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(scope="module")
def weights(year: int, written: Written) -> Path:
    published = SHARED / "weights" / PUBLISHED
    if year == 2018 and published.is_file():
        return published
    return written("facenet_keras.h5", year)


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder for caches; the program has one of its own in it."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def onnx(year: int, weights: Path, cache: Path) -> Iterator[engine.OnnxEngine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(engine, "cache_folder", lambda: cache / "sort-by-face")
        yield engine.OnnxEngine(engine.exported_network(NETWORKS[year], engine.prepare(NETWORKS[year], weights)))


@pytest.fixture(scope="module")
def album_chips(album: Album) -> Chips:
    return np.concatenate(list(chips_of_album(album.folder, FACENET_VGGFACE2.template).values()))


def test_keras_has_a_place_for_every_array(year: int, weights: Path, request: pytest.FixtureRequest) -> None:
    arrays = request.getfixturevalue(f"arrays_of_{year}")
    model = NETWORKS[year].build(weights)
    assert model.count_params() == NUMBERS[year]
    assert len(arrays) == ARRAYS
    assert {f"{layer.name}_{weight.name}" for layer in model.layers for weight in layer.weights} == set(arrays)


def test_onnx_runtime_and_keras_agree(year: int, weights: Path, onnx: engine.OnnxEngine, album_chips: Chips) -> None:
    ours = onnx.run(album_chips)
    theirs = NETWORKS[year].build(weights).predict_on_batch(album_chips.astype(np.float32))
    assert ours.shape == (len(album_chips), 512 if year == 2018 else 128)
    np.testing.assert_allclose(ours, theirs, rtol=0, atol=TOLERANCE)
    np.testing.assert_allclose(np.linalg.norm(ours, axis=1), 1, atol=TOLERANCE)
    assert np.ptp(ours, axis=0).max() > 0.001, "chips that differ give vectors that differ"


def test_a_vector_does_not_depend_on_its_batch(onnx: engine.OnnxEngine, album_chips: Chips) -> None:
    alone = [onnx.run(album_chips[place : place + 1]) for place in range(len(album_chips))]
    assert np.array_equal(np.concatenate(alone), onnx.run(album_chips))


@pytest.mark.parametrize("year", [2018], indirect=True)
def test_the_same_person_is_closer_than_another(onnx: engine.OnnxEngine, album: Album, shared: Path) -> None:
    template = FACENET_VGGFACE2.template
    people = chips_of_album(album.folder, template) | chips_of_johns(shared, template)
    names = np.repeat(list(people), [len(chips) for chips in people.values()])
    vectors = engine.unit(onnx.run(np.concatenate(list(people.values()))))
    similarities = vectors @ vectors.T
    same = names[:, np.newaxis] == names
    assert similarities[same].min() > similarities[~same].max()


@pytest.mark.parametrize("year", [2017], indirect=True)
def test_the_file_of_the_original_without_a_word_of_what_it_is(
    onnx: engine.OnnxEngine, weights: Path, cache: Path, run: Run, album: Album, tmp_path: Path
) -> None:
    """`facenet_keras.h5`, which the original Sort-By-Face came with."""
    done = run("embedder.py", "-src", album.folder, "--model", weights, "--detector", "hog", XDG_CACHE_HOME=str(cache))
    assert done.code == 0, done.err
    faces = pickle.loads((tmp_path / EMBEDDINGS).read_bytes())
    assert len(faces) == 20
    assert {face["embedding"].shape for face in faces} == {(128,)}
    assert {Recipe.parse(face["recipe"]).embedder_name for face in faces} == {"facenet-2017"}


# --- standardisation ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def standardised() -> Callable[[npt.NDArray[np.float32]], npt.NDArray[np.float32]]:
    """What the network of 2017 makes of its input."""
    import keras

    chips = keras.Input((160, 160, 3))
    model = keras.Model(chips, facenet._by_the_image(chips))
    return lambda images: np.asarray(model(images))


@pytest.mark.parametrize(("low", "high"), [(0, 256), (100, 103), (255, 256)], ids=["lively", "faint", "of one colour"])
def test_each_image_is_standardised_by_all_its_values(low: int, high: int, standardised) -> None:
    import tensorflow as tf

    images = np.random.default_rng(2017).integers(low, high, (3, 160, 160, 3)).astype(np.float32)
    images[1] /= 3
    deviations = np.maximum(images.std(axis=(1, 2, 3), dtype=np.float64), 1 / np.sqrt(images[0].size))
    expected = (images - images.mean(axis=(1, 2, 3), keepdims=True, dtype=np.float64)) / deviations[:, None, None, None]
    ours = standardised(images)
    np.testing.assert_allclose(ours, expected, rtol=1e-4, atol=1e-2 if low == 255 else 1e-4)
    np.testing.assert_allclose(ours, [tf.image.per_image_standardization(image) for image in images], atol=1e-4)
