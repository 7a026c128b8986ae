"""Catalogues of one file, and what a user does with them."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.jobs.models import Installed, fetch_model, list_models
from sortbyface.networks.fetching import Patience
from sortbyface.networks.inventory import State
from tests.faulty_server import Answer, Server

CONTENT = np.random.default_rng(0).bytes(300_000)
"""Of the file that is published in tests."""

OTHER = np.random.default_rng(1).bytes(300_000)

FIRST = 100_000
"""Bytes that come before a connection breaks."""

RIGHT = Answer(CONTENT)
WHOLE = {"weights.h5": CONTENT}
BEGUN = {"weights.h5.part": CONTENT[:FIRST]}


def entry(**fields: object) -> dict[str, object]:
    """An entry of models.toml for a file with CONTENT; fields: others than usual, None to leave one out."""
    usual: dict[str, object] = {
        "name": "face",
        "network": "facenet",
        "file": "weights.h5",
        "what": "weights for tests",
        "source": "https://example.org/weights",
        "licence": "MIT",
        "sha256": hashlib.sha256(CONTENT).hexdigest(),
        "size": len(CONTENT),
    }
    return {key: value for key, value in {**usual, **fields}.items() if value is not None}


def publish(models: Path, *entries: dict[str, object]) -> None:
    """Write a models.toml."""
    models.mkdir(parents=True, exist_ok=True)
    tables = [
        "".join(["[[weights]]\n", *(f"{key} = {json.dumps(value)}\n" for key, value in each.items())])
        for each in entries
    ]
    (models / "models.toml").write_text("\n".join(tables), encoding="utf-8")


def installed(models: Path) -> dict[str, bytes]:
    """The files in the folder, beside the catalogue; those that a user does not see, too, but for the lock."""
    return {
        path.relative_to(models).as_posix(): path.read_bytes()
        for path in models.rglob("*")
        if path.is_file() and path.name not in ("models.toml", ".models.lock")
    }


def fetch(models: Path, server: Server, *, stall: float = 20.0, **fields: object) -> Installed:
    """Download what the server has as the published file, asking at most three times."""
    publish(models, entry(url=server.url, **fields))
    return fetch_model("face", patience=Patience(stall=stall, attempts=3, pause=0.0))


def refused(models: Path, server: Server, *, stall: float = 20.0, **fields: object) -> str:
    """What the user is told when that fails: in one line, with a remedy."""
    with pytest.raises(ModelUnusable) as refusal:
        fetch(models, server, stall=stall, **fields)
    words = str(refusal.value)
    assert "\n" not in words
    assert "https://example.org/weights" in words
    assert "models add FILE" in words
    return words


def download(tmp_path: Path, name: str, content: bytes) -> Path:
    """A file that the user has got from somewhere."""
    path = tmp_path / "Downloads" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def states() -> dict[str, State]:
    """File -> how it stands, as `models list` has it."""
    return {holding.weights.file: holding.state for holding in list_models()}
