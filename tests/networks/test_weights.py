"""Weights are found where they were put, and are noticed when they are damaged."""

from pathlib import Path

import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.jobs.models import add_model, list_models
from sortbyface.networks import weights
from sortbyface.networks.inventory import State
from sortbyface.networks.weights import weights_in_models
from tests.conftest import CHECKOUT
from tests.networks.catalogues import CONTENT, OTHER, download, entry, installed, publish, states

pytestmark = pytest.mark.usefixtures("_networks_by_their_first_bytes")


# --- whole or damaged -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("content", [CONTENT, OTHER], ids=["published", "own"])
def test_damage_is_noticed(catalogue: Path, tmp_path: Path, content: bytes) -> None:
    path = add_model(download(tmp_path, "a.h5", content)).path
    path.write_bytes(content[:-1])

    assert states()[path.name] == State.DAMAGED
    with pytest.raises(ModelUnusable, match="SHA-256") as refusal:
        weights_in_models("facenet")
    assert str(path) in str(refusal.value)


def test_what_was_removed_by_hand_is_gone(catalogue: Path, tmp_path: Path) -> None:
    add_model(download(tmp_path, "mine.npz", OTHER)).path.unlink()

    assert weights_in_models("facenet") is None
    assert states()["mine.npz"] == State.ABSENT
    assert add_model(download(tmp_path, "mine.npz", OTHER)).new
    assert states()["mine.npz"] == State.ADDED


@pytest.mark.parametrize(
    "damage", ["[[weights", "weights = 3", '[[weights]]\nname = "x"', "[[weights]]\nfile = 3", "\xff"]
)
@pytest.mark.parametrize("catalogued", ["models.toml", "added.toml"])
def test_a_damaged_list_is_named(catalogue: Path, damage: str, catalogued: str) -> None:
    (catalogue / catalogued).write_bytes(damage.encode("latin-1"))

    with pytest.raises(ModelUnusable) as refusal:
        list_models()

    assert str(catalogue / catalogued) in str(refusal.value)


# --- where -----------------------------------------------------------------------------------------------------------


def test_without_a_checkout_weights_are_kept_among_the_users_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As where the program was installed as a package, which brings the catalogue along."""
    package, data = tmp_path / "site-packages" / "sortbyface", tmp_path / "data"
    publish(package / "Models", entry())
    monkeypatch.setattr(weights, "_PACKAGE", package)
    monkeypatch.setattr(weights.platformdirs, "user_data_path", lambda *_, **__: data)
    monkeypatch.chdir(tmp_path)

    add_model(download(tmp_path, "good.h5", CONTENT))
    add_model(download(tmp_path, "mine.npz", OTHER))

    assert installed(data / "Models").keys() == {"weights.h5", "mine.npz", "added.toml"}
    assert installed(package / "Models") == {}
    assert weights_in_models("facenet") == data / "Models" / "weights.h5"


def test_weights_in_the_working_folder_are_found(catalogue: Path, tmp_path: Path) -> None:
    download(tmp_path, "weights.h5", CONTENT).parent.rename(tmp_path / "Models")

    assert weights_in_models("facenet") == Path("Models/weights.h5")


def test_the_catalogue_is_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in it is of a network that nobody reads, downloadable without a checksum, or twice."""
    from sortbyface.embedders import EMBEDDERS

    monkeypatch.chdir(CHECKOUT)
    published = weights.published_weights()

    assert len({entry.name for entry in published}) == len(published)
    assert len({entry.file for entry in published}) == len(published)
    for each in published:
        assert each.package or each.network in EMBEDDERS
        assert not each.url or (each.sha256 and each.url.startswith("https://") and each.url.endswith(f"/{each.file}"))
        assert each.sha256 is None or len(bytes.fromhex(each.sha256)) == 32
        assert not (each.package and each.url)


def test_what_comes_with_packages_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    packaged = [holding for holding in list_models() if holding.weights.package]

    assert len(packaged) == 6
    assert {holding.state for holding in packaged} == {State.VERIFIED}
    assert weights.packaged_dlib_file("mmod_human_face_detector.dat") in [holding.path for holding in packaged]


def test_the_weights_at_hand_are_the_catalogued_ones(shared: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    (known,) = (each for each in weights.published_weights() if each.file == "facenet-20180402-114759.npz")

    path = shared / "weights" / known.file
    assert (path.stat().st_size, weights.sha256_of(path)) == (known.size, known.sha256)
