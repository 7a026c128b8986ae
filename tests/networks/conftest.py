"""A checkout of one's own, so that nothing is put into this one."""

from pathlib import Path

import pytest

from sortbyface.networks import engine, weights
from sortbyface.networks.engine import NotOfThisNetwork
from sortbyface.networks.locating import files_of
from sortbyface.networks.network import Network
from tests.networks.catalogues import OTHER, entry, publish


@pytest.fixture
def models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The Models/ folder of a checkout, empty; the working folder is another one."""
    monkeypatch.setattr(weights, "_PACKAGE", tmp_path / "checkout" / "sortbyface")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    folder = tmp_path / "checkout" / "Models"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def catalogue(models: Path) -> Path:
    """The same folder, with a catalogue that knows one file."""
    publish(models, entry())
    return models


@pytest.fixture
def _networks_by_their_first_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of which network a file is takes TensorFlow, and is tested elsewhere: here, what begins as OTHER is FaceNet."""

    def prepare(network: Network, path: Path) -> str:
        if network.name != "facenet" or not files_of(path)[-1].read_bytes().startswith(OTHER[:100]):
            raise NotOfThisNetwork(f"{path} does not hold the arrays of {network.name}; get it again")
        return ""

    monkeypatch.setattr(engine, "prepare", prepare)
