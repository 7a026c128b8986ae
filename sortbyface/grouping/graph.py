"""The cosine-threshold graph: faces are joined when they are more alike than a threshold."""

import logging
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours import Edges, Progress, approximate_edges, exact_edges, quiet

if TYPE_CHECKING:
    import networkx

EXACT_UP_TO = 100_000
"""Faces: beyond, to compare all with all takes ever longer than to look near each (docs/scale.md)."""

MOST_NEIGHBOURS = 64
"""With more, groups do not get better; with 24, the largest begin to fall apart (docs/scale.md)."""

_LENGTH_TOLERANCE = 1e-3

_log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class SimilarityGraph:
    """An undirected graph in compressed sparse rows: each edge stands in the rows of both its faces."""

    starts: npt.NDArray[np.int64]
    """(n + 1,): the neighbours of face i are at starts[i] up to starts[i + 1]."""

    neighbours: npt.NDArray[np.int32]
    """(2 * edges,), ascending in each row."""

    weights: npt.NDArray[np.float32]
    """(2 * edges,), above 0: by how much the similarity exceeds the threshold."""

    threshold: float = 0.0
    """Cosine similarity, exclusive."""

    recall: float = 1.0
    """The share of the edges that the search found, as measured by a sample; 1 where it was exact."""

    def rows(self) -> npt.NDArray[np.int64]:
        """(2 * edges,): the face in whose row each edge stands."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def only(self, kept: npt.NDArray[np.bool_]) -> "SimilarityGraph":
        """The same faces, and some of the entries: both or none of each edge. kept: (2 * edges,)."""
        starts = _starts_of(kept, self.starts)
        return replace(self, starts=starts, neighbours=self.neighbours[kept], weights=self.weights[kept])

    def above(self, threshold: float) -> "SimilarityGraph":
        """The graph for a threshold that is no lower, without another search. Raises ValueError for a lower one."""
        if threshold < self.threshold:
            raise ValueError(f"the edges between {threshold:g} and {self.threshold:g} have not been searched for")
        if threshold == self.threshold:
            return self
        similarities = self.weights + np.float32(self.threshold)  # back to what the search found, so that a weight
        weights = similarities - np.float32(threshold)  # does not depend on the threshold that it was searched with
        return replace(self, weights=weights, threshold=threshold).only(weights > 0)

    def __len__(self) -> int:
        return len(self.starts) - 1

    def to_networkx(self) -> "networkx.Graph[int]":
        """The same graph for other programs and for reading, with the attribute `weight` on its edges."""
        import networkx

        graph: networkx.Graph[int] = networkx.Graph()
        graph.add_nodes_from(range(len(self)))
        graph.add_weighted_edges_from(
            (int(face), int(other), float(weight))
            for face, other, weight in zip(self.rows(), self.neighbours, self.weights, strict=True)
            if face < other
        )
        return graph


def similarity_graph(
    vectors: FloatMatrix, threshold: float, *, most: int = MOST_NEIGHBOURS, progress: Progress = quiet
) -> SimilarityGraph:
    """Join faces whose cosine similarity is above the threshold.

    For vectors, threshold, most and progress see `similar_pairs`, which searches.

    An edge weighs the margin by which its similarity exceeds the threshold, so that ten edges that barely
    hold count less than two that are beyond doubt (with the similarity itself as weight, as in the
    original, all edges count almost the same, and two people grow together over a few poor photos).

    Where not all edges are found, how many are is told to the user by a warning of the log. Raises ValueError for rows
    that are not finite or not of length 1.
    """
    edges, recall = similar_pairs(vectors, threshold, most, progress)
    count = len(vectors)
    if count > EXACT_UP_TO:
        _log.warning(
            "%s faces are too many to compare all with all: of the pairs that are alike, %.1f %% were found",
            f"{count:,}",
            100 * recall,
        )
    starts, neighbours, similarities = edges.in_rows(count)
    similarities -= np.float32(threshold)
    return SimilarityGraph(starts, neighbours, similarities, threshold, recall)


def similar_pairs(
    vectors: FloatMatrix, threshold: float, most: int = MOST_NEIGHBOURS, progress: Progress = quiet
) -> tuple[Edges, float]:
    """The pairs of faces whose cosine similarity is above the threshold, and the share of them that was found.

    vectors: (n, d) float32, rows of length 1.   threshold: -1 to 1, exclusive.   most: a pair stays if it is among so
    many strongest of either of its faces: somebody in 20,000 photos would have 200 million.   progress: called with the
    faces searched and all there are.

    Up to `EXACT_UP_TO` faces, all are compared with all. With more, nearly all pairs are found; how many is measured by
    a sample. Memory is O(n d + n most), never O(n²). Raises ValueError for rows that are not finite or not of length 1.
    Source of the bounded form: Otto, Wang and Jain, "Clustering millions of faces by identity", 2018, section 3.
    """
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    with np.errstate(over="ignore", invalid="ignore"):
        lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))
    count = len(vectors)
    if not np.all(np.abs(lengths - 1) < _LENGTH_TOLERANCE):  # false for NaN, too
        raise ValueError("vectors must be finite and of length 1")
    progress(0, count)
    if count <= EXACT_UP_TO:
        return exact_edges(vectors, threshold, most, progress), 1.0
    return approximate_edges(vectors, threshold, most, progress)


@numba.njit(cache=True, nogil=True)
def _starts_of(kept: Any, starts: Any) -> Any:
    """Where the rows start when only some entries are kept."""
    result = np.zeros_like(starts)
    for row in range(len(starts) - 1):
        result[row + 1] = result[row] + np.sum(kept[starts[row] : starts[row + 1]])
    return result
