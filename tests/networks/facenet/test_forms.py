"""FaceNet from whatever file people have: each form as its own program writes it, all of them the same network."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from sortbyface.arrays import Chips
from sortbyface.embedders.facenet import FACENET_VGGFACE2
from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.facenet import FACENET, FACENET_2017
from tests.conftest import Album
from tests.networks.facenet.arrays import Arrays
from tests.networks.facenet.conftest import Written
from tests.networks.facenet.forms import NPZ, OF_TENSORFLOW, WRITERS, keras_archive
from tests.networks.real_chips import chips_of_album

GRAPH, CHECKPOINT = OF_TENSORFLOW
DATA = f"{CHECKPOINT}.data-00000-of-00001"


@pytest.fixture(scope="module")
def chips(album: Album) -> Chips:
    return np.concatenate(list(chips_of_album(album.folder, FACENET_VGGFACE2.template).values()))


def placed(model) -> Arrays:
    return {f"{layer.name}_{weight.name}": np.asarray(weight) for layer in model.layers for weight in layer.weights}


@pytest.mark.usefixtures("one_network")
@pytest.mark.parametrize(("year", "network"), [(2018, FACENET), (2017, FACENET_2017)], ids=["2018", "2017"])
@pytest.mark.parametrize("names", WRITERS.values(), ids=[writer.__name__ for writer in WRITERS])
def test_every_form_gives_the_same_network(names, year, network, written: Written, request) -> None:
    """Array for array, and so vector for vector."""
    arrays = request.getfixturevalue(f"arrays_of_{year}")
    for name in names:
        found = placed(network.build(written(name, year)))
        assert set(found) == set(arrays)
        differing = [array for array in arrays if not np.array_equal(found[array], arrays[array])]
        assert not differing, name


@pytest.mark.usefixtures("one_network")
@pytest.mark.parametrize("name", ["facenet_keras.h5", GRAPH], ids=["Keras 2", "frozen graph"])
def test_real_faces_get_the_vectors_of_the_npz(name: str, written: Written, chips: Chips) -> None:
    expected = FACENET.build(written(NPZ[0], 2018)).predict_on_batch(chips.astype(np.float32))
    vectors = FACENET.build(written(name, 2018)).predict_on_batch(chips.astype(np.float32))
    np.testing.assert_allclose(vectors, expected, rtol=0, atol=1e-5)
    assert np.ptp(expected, axis=0).max() > 0.001, "chips that differ give vectors that differ"


@pytest.mark.usefixtures("one_network")
@pytest.mark.parametrize(("year", "network"), [(2018, FACENET), (2017, FACENET_2017)], ids=["2018", "2017"])
def test_the_network_gives_the_numbers_of_the_one_that_was_trained(year, network, written, chips, request) -> None:
    """The oracle is TensorFlow's graph, with standardisation by TensorFlow."""
    from tests.networks.facenet.in_tensorflow import original

    arrays = request.getfixturevalue(f"arrays_of_{year}")
    images = np.concatenate([chips, np.full_like(chips[:1], 200)]).astype(np.float32)
    ours = network.build(written(NPZ[0], year)).predict_on_batch(images)
    with original(arrays) as trained:
        np.testing.assert_allclose(ours, trained.vectors(images), rtol=0, atol=1e-5)


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


# --- which file is meant ------------------------------------------------------------------------------------------


def release(folder: Path, written: Written, *names: str) -> Path:
    """A folder as the archives of the releases hold it."""
    folder.mkdir(exist_ok=True)
    for name in names:
        (folder / name).symlink_to(written(name if name == GRAPH else CHECKPOINT, 2018).with_name(name))
    return folder


@pytest.fixture
def reads(written: Written, arrays_of_2018: Arrays, one_network: None) -> Callable[[Path], None]:
    def check(weights: Path) -> None:
        assert np.array_equal(placed(FACENET.build(weights))["Bottleneck_kernel"], arrays_of_2018["Bottleneck_kernel"])

    return check


@pytest.mark.parametrize(
    "given", ["", CHECKPOINT, f"{CHECKPOINT}.index", DATA], ids=["folder", "prefix", "index", "data"]
)
def test_a_checkpoint_by_any_of_its_names(given: str, reads, written: Written, tmp_path: Path) -> None:
    folder = release(tmp_path / "20180402-114759", written, f"{CHECKPOINT}.index", DATA, f"{CHECKPOINT}.meta")
    reads(folder / given)
    assert sha256_of(folder / given) == sha256_of(folder / DATA)


def test_a_folder_with_the_graph_beside_the_checkpoint(reads, written: Written, tmp_path: Path) -> None:
    folder = release(tmp_path / "20180402-114759", written, f"{CHECKPOINT}.index", DATA, GRAPH)
    reads(folder)
    assert sha256_of(folder) == sha256_of(folder / GRAPH) == sha256_of(written(GRAPH, 2018))


@pytest.mark.parametrize("name", ["facenet.npz", "facenet_weights.h5", "facenet.keras", "facenet.weights.h5", GRAPH])
def test_the_content_says_what_it_is_whatever_the_name(name: str, reads, written: Written, tmp_path: Path) -> None:
    renamed = tmp_path / "weights"
    renamed.symlink_to(written(name, 2018))
    reads(renamed)


def test_checkpoints_that_differ_in_the_data_alone(written: Written, tmp_path: Path) -> None:
    folder = release(tmp_path, written, f"{CHECKPOINT}.index", DATA)
    before = sha256_of(folder)
    (folder / DATA).unlink()
    (folder / DATA).write_bytes(b"other numbers")
    assert sha256_of(folder) != before


@pytest.mark.parametrize(
    ("files", "words"),
    [
        ([], "holds no frozen graph"),
        (["readme.txt", "._20180402-114759.pb"], "holds no frozen graph"),
        (["a.pb", "b.pb"], "more than one network (a.pb, b.pb)"),
        (["model.ckpt-1.index", "model.ckpt-2.index"], "more than one network"),
        (["model.ckpt-1.index"], "model.ckpt-1.data-00000-of-00001 is missing"),
    ],
    ids=["empty", "other files", "two graphs", "two checkpoints", "no data"],
)
def test_a_folder_that_does_not_say_which_network(files: list[str], words: str, tmp_path: Path) -> None:
    for name in files:
        (tmp_path / name).write_bytes(b"\x0a")
    with pytest.raises(ModelUnusable) as refusal:
        sha256_of(tmp_path)
    assert words in str(refusal.value)
    assert str(tmp_path) in str(refusal.value)


def test_a_checkpoint_whose_index_is_missing(tmp_path: Path) -> None:
    (tmp_path / DATA).write_bytes(b"numbers")
    with pytest.raises(ModelUnusable, match="index is missing; put it beside"):
        sha256_of(tmp_path / DATA)


def test_weights_that_must_not_be_read(tmp_path: Path) -> None:
    shutil.copy(__file__, tmp_path / "facenet.h5")
    (tmp_path / "facenet.h5").chmod(0)
    if _may_read_all(tmp_path / "facenet.h5"):
        pytest.skip("needs a user who is refused something")
    with pytest.raises(ModelUnusable, match="cannot be read"):
        sha256_of(tmp_path / "facenet.h5")


def _may_read_all(path: Path) -> bool:
    try:
        path.read_bytes()
    except PermissionError:
        return False
    return True
