"""embeddings.pickle: the original's exchange form, written whole and read without running any of it.

Written: a list with one dict for each face: `path`, `embedding` ((d,) float32 of length 1), `box`
(left, top, right, bottom in pixels of the upright photo) and `recipe`. Read: this form, the original's
(path and embedding alone), and the one of the well-known face-clustering tutorial (`imagePath`, `loc`,
`encoding`). docs/embeddings-file.md shows each.
"""

import math
import os
import pickle
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.embedders import EMBEDDERS
from sortbyface.errors import DestinationUnusable, EmbeddingsUnreadable
from sortbyface.exchange.plain_pickle import NotPlain, PlainArray, read_plain
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
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise DestinationUnusable(f"{path} cannot be written: {error.strerror}") from error
    return len(entries)


def read_embeddings(path: Path) -> EmbeddingsFile:
    """Raises EmbeddingsUnreadable when the file is damaged, of another form, or holds more than plain data."""
    try:
        entries = read_plain(path.read_bytes())
    except OSError as error:
        raise EmbeddingsUnreadable(f"{path} cannot be read: {error.strerror}") from error
    except NotPlain as error:
        raise EmbeddingsUnreadable(f"{path} holds more than plain data ({error}), so it was not opened") from error
    except Exception as error:  # unpickling damaged bytes raises anything at all
        raise EmbeddingsUnreadable(f"{path} is not an embeddings file, or is damaged ({error})") from error
    try:
        return _understood(entries)
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, MemoryError) as error:
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
    vectors = np.stack([np.asarray(_numbers(entry[vector]), dtype=np.float64) for entry in entries])
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    if not (np.all(np.isfinite(lengths)) and np.all(lengths > 0)):
        raise ValueError("an embedding is not finite, or zero")
    boxes = [_box(entry["loc"], (3, 0, 1, 2)) if tutorial else _box(entry.get("box"), range(4)) for entry in entries]
    return EmbeddingsFile(paths, boxes, (vectors / lengths).astype(np.float32), _threshold(entries, tutorial))


def _numbers(values: Any) -> Any:
    """A list, or an array however it is laid out, as a sequence of numbers."""
    if isinstance(values, PlainArray):
        return values.to_numpy().astype(np.float64).ravel()
    return [float(_numbers(value)[0]) if isinstance(value, PlainArray) else float(value) for value in values]


def _box(sides: Any, order: Iterable[int]) -> Box | None:
    """order: where left, top, right and bottom stand among the four sides."""
    if sides is None:
        return None
    numbers = _numbers(sides)
    box = Box(*(float(numbers[place]) for place in order))
    if not all(map(math.isfinite, box)):
        raise ValueError("a box is not finite")
    return box


def _threshold(entries: list[dict[str, Any]], tutorial: bool) -> float:
    if tutorial:
        return EMBEDDERS["dlib"].threshold
    recipes = {entry.get("recipe") for entry in entries}
    if recipes == {None}:
        return ORIGINAL_THRESHOLD
    if len(recipes) > 1:
        raise ValueError("faces of several recipes cannot be compared")
    return EMBEDDERS[Recipe.parse(recipes.pop() or "").embedder_name].threshold
