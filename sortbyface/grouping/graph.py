"""The cosine-threshold graph: faces are joined when they are more alike than a threshold."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix

if TYPE_CHECKING:
    import networkx

_BLOCK_BYTES = 64_000_000
_LENGTH_TOLERANCE = 1e-3


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

    def rows(self) -> npt.NDArray[np.int64]:
        """(2 * edges,): the face in whose row each edge stands."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def only(self, kept: npt.NDArray[np.bool_]) -> "SimilarityGraph":
        """The same faces, and some of the entries: both or none of each edge. kept: (2 * edges,)."""
        ends = np.concatenate([[0], np.cumsum(kept)])[self.starts]
        return replace(self, starts=ends, neighbours=self.neighbours[kept], weights=self.weights[kept])

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


def similarity_graph(vectors: FloatMatrix, threshold: float) -> SimilarityGraph:
    """Join faces whose cosine similarity is above the threshold.

    vectors: (n, d) float32, rows of length 1.   threshold: -1 to 1, exclusive.

    An edge weighs the margin by which its similarity exceeds the threshold, so that ten edges that barely
    hold count less than two that are beyond doubt (with the similarity itself as weight, as in the
    original, all edges count almost the same, and two people grow together over a few poor photos).

    Exact, in blocks, on all cores; memory is O(n d + edges), never O(n²). Raises ValueError for rows
    that are not finite or not of length 1.
    """
    vectors = np.ascontiguousarray(vectors, dtype=np.float32)
    count = len(vectors)
    with np.errstate(over="ignore"):
        lengths = np.linalg.norm(vectors, axis=1)
    if not np.all(np.abs(lengths - 1) < _LENGTH_TOLERANCE):  # false for NaN, too
        raise ValueError("vectors must be finite and of length 1")

    firsts: list[npt.NDArray[np.int32]] = []
    seconds: list[npt.NDArray[np.int32]] = []
    margins: list[npt.NDArray[np.float32]] = []
    rows = max(1, _BLOCK_BYTES // (4 * max(1, count)))
    for start in range(0, count, rows):
        block = vectors[start : start + rows]
        similarities = block @ vectors[start:].T  # the upper triangle: pairs with earlier faces were met before
        found = np.flatnonzero(similarities > np.float32(threshold))
        first, second = np.divmod(found, similarities.shape[1])
        later = second > first
        firsts.append((first[later] + start).astype(np.int32))
        seconds.append((second[later] + start).astype(np.int32))
        margins.append(similarities.ravel()[found[later]] - np.float32(threshold))
    none = [np.empty(0, dtype=np.int32)]
    starts, neighbours, weights = _compressed(
        count,
        np.concatenate(firsts or none),
        np.concatenate(seconds or none),
        np.concatenate(margins or [np.empty(0, dtype=np.float32)]),
    )
    return SimilarityGraph(starts, neighbours, weights, threshold)


@numba.njit(cache=True)
def _compressed(count: int, firsts: Any, seconds: Any, margins: Any) -> Any:
    """Edges, ordered by first and then by second face, into rows: first the earlier neighbours, then the later."""
    starts = np.zeros(count + 1, dtype=np.int64)
    for edge in range(len(firsts)):
        starts[firsts[edge] + 1] += 1
        starts[seconds[edge] + 1] += 1
    starts = np.cumsum(starts)
    free = starts[:-1].copy()
    neighbours = np.empty(2 * len(firsts), dtype=np.int32)
    weights = np.empty(2 * len(firsts), dtype=np.float32)
    for owners, others in ((seconds, firsts), (firsts, seconds)):
        for edge in range(len(firsts)):
            place = free[owners[edge]]
            neighbours[place] = others[edge]
            weights[place] = margins[edge]
            free[owners[edge]] += 1
    return starts, neighbours, weights
