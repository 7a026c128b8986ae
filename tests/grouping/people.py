"""Faces for the tests, made from how alike they are to be."""

from collections.abc import Iterable, Sequence
from itertools import combinations

import numpy as np
import numpy.typing as npt
from hypothesis import strategies as st

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import Faces

Partition = set[frozenset[int]]


def partition(labels: Iterable[int]) -> Partition:
    """Who is together, whatever the groups are called."""
    members: dict[int, set[int]] = {}
    for face, label in enumerate(labels):
        members.setdefault(int(label), set()).add(face)
    return {frozenset(group) for group in members.values()}


def faces_of(vectors: FloatMatrix, photos: Sequence[int] | None = None, doubtful: Sequence[int] = ()) -> Faces:
    """Each in a photo of its own, or as `photos` says. doubtful: the places of the doubtful ones."""
    places = np.arange(len(vectors)) if photos is None else np.array(photos, dtype=np.int64)
    flags = np.zeros(len(vectors), dtype=bool)
    flags[list(doubtful)] = True
    return Faces(vectors, places, flags)


def alike(sizes: Sequence[int], similarities: Sequence[Sequence[float]]) -> FloatMatrix:
    """Faces in blocks of the given sizes; similarities: of any two faces of two blocks, or of one on the diagonal."""
    block = np.repeat(np.arange(len(sizes)), sizes)
    wanted = np.array(similarities)[np.ix_(block, block)]
    np.fill_diagonal(wanted, 1)
    lengths, axes = np.linalg.eigh(wanted)
    assert lengths.min() > -1e-9, "no faces are alike in this way"
    return np.asarray(axes * np.sqrt(lengths.clip(0)), dtype=np.float32)


def unit(vectors: npt.NDArray[np.float64]) -> FloatMatrix:
    """The same directions, of length 1."""
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def mixture(count: int, people: int, spread: float, seed: int, dimensions: int = 8) -> FloatMatrix:
    """Faces around a few directions; no two pairs are equally alike."""
    random = np.random.default_rng(seed)
    centres = random.normal(size=(max(1, people), dimensions))
    return unit(centres[random.integers(0, len(centres), count)] + random.normal(0, spread, (count, dimensions)))


@st.composite
def crowds(draw: st.DrawFn, max_faces: int = 24) -> Faces:
    """Any faces: few or many people, far apart or hardly to be told apart, several in a photo, some doubtful."""
    count = draw(st.integers(0, max_faces))
    vectors = mixture(
        count, draw(st.integers(1, 6)), draw(st.sampled_from([0.0, 0.2, 0.6, 2.0])), draw(st.integers(0, 2**32))
    )
    photos = draw(st.lists(st.integers(-3, draw(st.integers(0, 30))), min_size=count, max_size=count))
    doubtful = draw(st.lists(st.booleans(), min_size=count, max_size=count))
    return Faces(vectors, np.array(photos, dtype=np.int64), np.array(doubtful, dtype=bool))


def pairs_in_one_photo(photos: Iterable[int]) -> list[tuple[int, int]]:
    """By looking at every pair."""
    return [(a, b) for (a, photo), (b, other) in combinations(enumerate(photos), 2) if photo == other]
