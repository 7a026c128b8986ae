"""Faces as points in two dimensions: those that are alike lie close together."""

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Literal, TypeAlias, get_args

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix

Layout = Literal["tsne", "umap"]
LAYOUTS: tuple[Layout, ...] = get_args(Layout)

Positions: TypeAlias = npt.NDArray[np.float32]
"""(n, 2): x and y, in no unit."""

_FEW = 5
"""Faces of which neither layout makes more than the principal components show."""

_PERPLEXITY = 30
_NEIGHBOURS = 15
"""To about how many neighbours each point is held, if there are so many: by t-SNE and by UMAP, as is usual."""

_SOME = 1e-4
"""Of the spread of all points: added where faces that are equal may have none."""

_ROUNDS = 500
"""Of t-SNE. Twice as many take twice as long, and on LFW's faces the eye finds no difference."""


def place_faces(vectors: FloatMatrix, layout: Layout = "tsne", seed: int = 0) -> Positions:
    """A point for each face; the same vectors and seed give the same points.

    vectors: (n, d), rows of length 1.   layout: "tsne" is van der Maaten and Hinton, "Visualizing data using t-SNE",
    2008, with the approximation of Barnes and Hut; "umap" is McInnes, Healy and Melville, "UMAP", 2018.
    Both begin with the principal components, so that also what lies far apart has its place. Distances between
    clusters, and their sizes, mean little. Raises ImportError where the package that it takes is not installed.
    """
    start = _principal_components(vectors)
    if len(vectors) <= _FEW:
        return start
    return (_tsne if layout == "tsne" else _umap)(vectors, start, seed)


def _principal_components(vectors: FloatMatrix) -> Positions:
    """The first two, as far as there are so many, with a spread of 1 along the first."""
    centred = (vectors - vectors.mean(axis=0)).astype(np.float64)
    _, axes = np.linalg.eigh(centred.T @ centred)
    first_two = axes[:, : -min(2, axes.shape[1]) - 1 : -1]
    first_two *= np.sign(first_two[np.abs(first_two).argmax(axis=0), np.arange(first_two.shape[1])])  # or it may flip
    components = np.zeros((len(vectors), 2))
    components[:, : first_two.shape[1]] = centred @ first_two
    return np.asarray(components / max(components[:, 0].std(), np.finfo(np.float32).eps), dtype=np.float32)


def _tsne(vectors: FloatMatrix, start: Positions, seed: int) -> Positions:
    from sklearn.manifold import TSNE
    from threadpoolctl import threadpool_limits

    perplexity = min(_PERPLEXITY, (len(vectors) - 1) / 3)
    tsne = TSNE(perplexity=perplexity, max_iter=_ROUNDS, init=start * np.float32(1e-4), random_state=seed)
    with threadpool_limits(1, user_api="openmp"):  # several add up in an order, and to a last digit, of their own
        return np.asarray(tsne.fit_transform(vectors), dtype=np.float32)


def _umap(vectors: FloatMatrix, start: Positions, seed: int) -> Positions:
    neighbours = min(_NEIGHBOURS, len(vectors) - 1)
    some = np.random.default_rng(seed).normal(0, _SOME, start.shape)  # UMAP divides by how far the points extend
    with _no_tensorflow():
        package = import_module("umap")
    begin = (start + some).astype(np.float32)
    umap = package.UMAP(n_neighbors=neighbours, init=begin, random_state=seed, n_jobs=1)
    return np.asarray(umap.fit_transform(vectors), dtype=np.float32)


@contextmanager
def _no_tensorflow() -> Iterator[None]:
    """As if it were not installed: umap would load it for a form that is not used here, and take 500 MB more for it."""
    modules: dict[str, object] = sys.modules  # type: ignore[assignment]
    hidden = "tensorflow" not in modules
    if hidden:
        modules["tensorflow"] = None  # which is how Python notes down what is not to be found
    try:
        with warnings.catch_warnings(action="ignore", category=ImportWarning):  # umap's, that it is missing
            yield
    finally:
        if hidden:
            del modules["tensorflow"]
