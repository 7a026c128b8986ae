"""embeddings.pickle: the original's exchange form, written whole and read without running any of it.

Written: a list with one dict for each face: `path`, `embedding` ((d,) float32 of length 1), `box`
(left, top, right, bottom in pixels of the upright photo) and `recipe`. Read: this form, the original's
(path and embedding alone), and the one of the well-known face-clustering tutorial (`imagePath`, `loc`,
`encoding`). docs/embeddings-file.md shows each.
"""

import os
import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.embedders import EMBEDDERS
from sortbyface.errors import DestinationUnusable, EmbeddingsUnreadable
from sortbyface.faces.face import Box
from sortbyface.recipe import Recipe

ORIGINAL_THRESHOLD = 0.67
"""The original's, for the FaceNet of 2017 that its files were made with."""


@dataclass(frozen=True, eq=False)
class EmbeddingsFile:
    """The faces of such a file."""

    paths: list[str]
    """Of each face's photo, as written."""

    boxes: list[Box | None]
    vectors: FloatMatrix
    """(n, d), rows of length 1."""

    threshold: float
    """Cosine similarity at which these vectors begin to mean the same person."""


def write_embeddings(path: Path, faces: Iterable[tuple[str, Box, npt.NDArray[np.float32]]], recipe: Recipe) -> int:
    """Write the faces (photo, box, vector); the file appears whole or not at all. Gives their number.

    Raises DestinationUnusable when it cannot be written.
    """
    entries = [
        {"path": photo, "embedding": vector, "box": tuple(map(float, box)), "recipe": str(recipe)}
        for photo, box, vector in faces
    ]
    part = path.with_name(f".{path.name}.part")
    try:
        with part.open("wb") as file:
            pickle.dump(entries, file, protocol=4)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DestinationUnusable(f"{path} cannot be written: {error.strerror}") from error
    return len(entries)


def read_embeddings(path: Path) -> EmbeddingsFile:
    """Raises EmbeddingsUnreadable when the file is damaged, of another form, or holds more than plain data."""
    try:
        with path.open("rb") as file:
            entries = _PlainUnpickler(file).load()
    except OSError as error:
        raise EmbeddingsUnreadable(f"{path} cannot be read: {error.strerror}") from error
    except EmbeddingsUnreadable as error:
        raise EmbeddingsUnreadable(f"{path} {error}") from error
    except Exception as error:  # unpickling damaged bytes raises anything at all
        raise EmbeddingsUnreadable(f"{path} is not an embeddings file, or is damaged ({error})") from error
    try:
        return _understood(entries)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        forms = "a list of dicts with path and embedding, or with imagePath, loc and encoding"
        raise EmbeddingsUnreadable(f"{path} is not {forms} ({type(error).__name__}: {error})") from error


def _understood(entries: Any) -> EmbeddingsFile:
    if not isinstance(entries, list) or not entries:
        raise ValueError("it holds no list of faces")
    tutorial = "encoding" in entries[0]
    photo, vector = ("imagePath", "encoding") if tutorial else ("path", "embedding")
    paths = [entry[photo] for entry in entries]
    if not all(isinstance(path, str) for path in paths):
        raise ValueError("a photo's path is not text")
    vectors = np.stack([np.asarray(entry[vector], dtype=np.float32).reshape(-1) for entry in entries])
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not (np.all(np.isfinite(vectors)) and np.all(lengths > 0)):
        raise ValueError("an embedding is not finite")
    boxes = [_box(entry["loc"], (3, 0, 1, 2)) if tutorial else _box(entry.get("box"), range(4)) for entry in entries]
    return EmbeddingsFile(paths, boxes, vectors / lengths, _threshold(entries, tutorial))


def _box(sides: Any, order: Iterable[int]) -> Box | None:
    """order: where left, top, right and bottom stand among the four sides."""
    return None if sides is None else Box(*(float(sides[place]) for place in order))


def _threshold(entries: list[dict[str, Any]], tutorial: bool) -> float:
    if tutorial:
        return EMBEDDERS["dlib"].threshold
    recipes = {entry.get("recipe") for entry in entries}
    if recipes == {None}:
        return ORIGINAL_THRESHOLD
    if len(recipes) > 1:
        raise ValueError("faces of several recipes cannot be compared")
    return EMBEDDERS[Recipe.parse(recipes.pop() or "").embedder_name].threshold


class _PlainUnpickler(pickle.Unpickler):
    """Knows numbers, text, lists, dicts and NumPy arrays; whatever else a pickle names is refused, unimported."""

    def find_class(self, module: str, name: str) -> Any:
        known = _KNOWN_NAMES.get((module.replace("numpy._core", "numpy.core"), name))
        if known is None:
            raise EmbeddingsUnreadable(f"calls {module}.{name}: more than plain data, so it was not opened")
        return known

    def persistent_load(self, pid: Any) -> NoReturn:
        raise EmbeddingsUnreadable("points outside itself, so it was not opened")


def _empty_array(kind: type, shape: tuple[int, ...], typecode: bytes) -> npt.NDArray[Any]:
    """What NumPy's own `_reconstruct` does for plain arrays: the content follows by `__setstate__`."""
    if kind is not np.ndarray:
        raise EmbeddingsUnreadable("holds an unknown kind of array")
    return np.ndarray.__new__(np.ndarray, (0,), np.int8)


def _plain_dtype(code: str, *_: Any) -> np.dtype[Any]:
    dtype = np.dtype(code)
    if dtype.hasobject:
        raise EmbeddingsUnreadable("holds an array of objects, so it was not opened")
    return dtype


def _scalar(dtype: np.dtype[Any], data: bytes) -> Any:
    return np.frombuffer(data, dtype, count=1)[0]


def _from_buffer(data: Any, dtype: np.dtype[Any], shape: tuple[int, ...], order: str) -> npt.NDArray[Any]:
    return np.frombuffer(data, dtype).reshape(shape, order="F" if order == "F" else "C")


def _bytes_of(text: str, encoding: str) -> bytes:
    """How pickles of protocol 2 and below spell bytes."""
    if encoding != "latin1":
        raise EmbeddingsUnreadable("holds bytes in an unknown spelling")
    return text.encode("latin1")


_KNOWN_NAMES: dict[tuple[str, str], Callable[..., Any] | type] = {
    ("numpy", "ndarray"): np.ndarray,
    ("numpy", "dtype"): _plain_dtype,
    ("numpy.core.multiarray", "_reconstruct"): _empty_array,
    ("numpy.core.multiarray", "scalar"): _scalar,
    ("numpy.core.numeric", "_frombuffer"): _from_buffer,
    ("_codecs", "encode"): _bytes_of,
}
