"""Embeddings files for the tests, and what must be true when one is refused."""

import pickle
from pathlib import Path
from typing import Any

import pytest

from sortbyface.errors import EmbeddingsUnreadable
from sortbyface.exchange.embeddings_pickle import read_embeddings
from sortbyface.recipe import Recipe

DLIB = Recipe("hog-1", "five-points-1", "dlib-1", "0123456789abcdef")
FACENET = Recipe("hog-1", "five-points-1", "facenet-1", "0123456789abcdef")


def pickled(folder: Path, content: Any, protocol: int = 4) -> Path:
    path = folder / "embeddings.pickle"
    path.write_bytes(pickle.dumps(content, protocol))
    return path


def refused(path: Path) -> None:
    with pytest.raises(EmbeddingsUnreadable) as refusal:
        read_embeddings(path)
    assert str(path) in str(refusal.value)
    assert "\n" not in str(refusal.value)
