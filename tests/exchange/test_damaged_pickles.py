"""Embeddings files that are damaged, or of another form: each is refused by name, and nothing else happens."""

import pickle
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.errors import EmbeddingsUnreadable
from sortbyface.exchange.embeddings_pickle import read_embeddings, write_embeddings
from sortbyface.faces.face import Box
from tests.exchange.pickles import DLIB, FACENET, pickled, refused

VECTOR = np.array([0.6, 0.8, 0], dtype=np.float32)
FACE = {"path": "a.jpg", "embedding": VECTOR}
LOCATED = {"imagePath": "a.jpg", "loc": (1, 2, 3, 4), "encoding": VECTOR}
FACES = [("a/IMG 1.jpg", Box(1, 2, 30.5, 40), VECTOR)]


@pytest.fixture(autouse=True, scope="module")
def little_memory() -> Iterator[None]:
    """Damaged bytes may ask for any amount of memory; the tests' machine shall not give it."""
    if sys.platform != "linux":
        yield
        return
    import resource

    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (used + 1_000_000_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_AS, before)


@pytest.mark.parametrize(
    "content",
    [
        None,
        [],
        {},
        {"path": "a.jpg"},
        [5],
        ["encoding"],
        [[]],
        [{}],
        [{"path": "a.jpg"}],
        [{"embedding": VECTOR}],
        [FACE, LOCATED],
        [LOCATED, FACE],
        [{**FACE, "path": b"a.jpg"}],
        [{**FACE, "path": 5}],
        [{**FACE, "path": None}],
        [{**FACE, "embedding": np.zeros(3)}],
        [{**FACE, "embedding": []}],
        [{**FACE, "embedding": None}],
        [{**FACE, "embedding": "vector"}],
        [{**FACE, "embedding": [1, np.nan]}],
        [{**FACE, "embedding": [1, np.inf]}],
        [{**FACE, "embedding": [1, 10**400]}],
        [{**FACE, "embedding": [1, 1e300]}],
        [{**FACE, "embedding": np.array([1, 1j])}],
        [FACE, {**FACE, "embedding": [1, 0]}],
        [FACE, {**FACE, "recipe": str(DLIB)}],
        [{**FACE, "recipe": str(FACENET)}, {**FACE, "recipe": str(DLIB)}],
        [{**FACE, "recipe": "hog-1/five-points-1/newer-9/0123"}],
        [{**FACE, "recipe": "dlib"}],
        [{**FACE, "recipe": 5}],
        [{**FACE, "recipe": [1]}],
        [{**FACE, "box": (1, 2)}],
        [{**FACE, "box": 5}],
        [{**FACE, "box": (1, 2, 3, "x")}],
        [{**FACE, "box": (1, 2, 3, np.nan)}],
        [{**FACE, "box": (1, 2, 3, 10**400)}],
        [{**LOCATED, "loc": ()}],
        [{**LOCATED, "loc": None, "imagePath": 5}],
    ],
    ids=lambda content: str(content)[:90],
)
def test_content_of_another_form(content: Any, tmp_path: Path) -> None:
    refused(pickled(tmp_path, content))


@pytest.mark.parametrize("data", [b"", b"\0", b"not a pickle\n", b"\xff\xd8\xff\xe0\0\x10JFIF", b"\x80\x04."])
def test_bytes_of_another_kind(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "embeddings.pickle"
    path.write_bytes(data)
    refused(path)


def test_a_file_cut_short_anywhere(tmp_path: Path) -> None:
    path = tmp_path / "embeddings.pickle"
    write_embeddings(path, FACES, DLIB)
    data = path.read_bytes()
    for length in range(len(data)):
        path.write_bytes(data[:length])
        refused(path)


@pytest.mark.parametrize("name", ["missing.pickle", "folder"])
def test_no_such_file(name: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    refused(tmp_path / name)


def read_or_refused(folder: Path, data: bytes) -> None:
    path = folder / "embeddings.pickle"
    path.write_bytes(data)
    try:
        read = read_embeddings(path)
    except EmbeddingsUnreadable as error:
        message = str(error)
    else:
        message = ""
        assert np.allclose(np.linalg.norm(read.vectors, axis=1), 1, atol=1e-3)
        assert len(read.paths) == len(read.boxes) == len(read.vectors) > 0
    assert not message or str(path) in message


@settings(max_examples=500, deadline=None)
@given(data=st.binary(max_size=200))
def test_random_bytes_cause_nothing_else(data: bytes, tmp_path_factory: pytest.TempPathFactory) -> None:
    read_or_refused(tmp_path_factory.getbasetemp(), data)


@settings(max_examples=1000, deadline=None)
@given(
    protocol=st.integers(0, pickle.HIGHEST_PROTOCOL),
    place=st.floats(0, 1, exclude_max=True),
    byte=st.integers(0, 255),
)
def test_one_wrong_byte_causes_nothing_else(
    protocol: int, place: float, byte: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    entries = [{**FACE, "box": (1, 2, 3, 4), "recipe": str(DLIB)}, {**FACE, "recipe": str(DLIB)}]
    data = bytearray(pickle.dumps(entries, protocol))
    data[int(place * len(data))] = byte
    read_or_refused(tmp_path_factory.getbasetemp(), bytes(data))
