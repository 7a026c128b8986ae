"""The graph as others want it: a sparse matrix of distances."""

from typing import TYPE_CHECKING

import numpy as np

from sortbyface.grouping.graph import SimilarityGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_array


def sparse_distances(graph: SimilarityGraph, least: float = 0.0) -> "csr_array":
    """(n, n): the cosine distance, 1 - similarity, of every two faces that an edge joins.

    least: below it, no distance falls (equal faces have none at all, which many take for no entry).
    """
    from scipy.sparse import csr_array

    between = np.maximum(least, (1 - graph.threshold) - graph.weights.astype(np.float64))
    return csr_array((between, graph.neighbours, graph.starts), shape=(len(graph), len(graph)))
