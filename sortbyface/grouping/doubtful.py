"""Faces that are hard to recognise: they follow the others, and lead nobody.

A blurred face is a little like everybody's. In the graph it would be a bridge on which two people grow together, and a
handful of blurs would become a person. So groups are formed without such faces, and each then joins its nearest.
"""

from dataclasses import replace
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping.graph import SimilarityGraph

Flags: TypeAlias = npt.NDArray[np.bool_]
"""(n,): which faces are doubtful."""


def without_doubtful(graph: SimilarityGraph, doubtful: Flags) -> SimilarityGraph:
    """The same nodes, and the edges between two that are not doubtful."""
    rows = _rows(graph)
    kept = ~doubtful[rows] & ~doubtful[graph.neighbours]
    starts = np.concatenate([[0], np.cumsum(np.bincount(rows[kept], minlength=len(graph)))])
    return replace(graph, starts=starts, neighbours=graph.neighbours[kept], weights=graph.weights[kept])


def join_nearest(labels: Labels, graph: SimilarityGraph, doubtful: Flags) -> Labels:
    """The labels, where each doubtful face has that of the clear face most like it, if there is one in the graph."""
    rows = _rows(graph)
    to_clear = np.flatnonzero(doubtful[rows] & ~doubtful[graph.neighbours])
    nearest_last = to_clear[np.lexsort((-graph.neighbours[to_clear], graph.weights[to_clear]))]
    joined = labels.copy()
    joined[rows[nearest_last]] = labels[graph.neighbours[nearest_last]]  # of several for one face, the last one stays
    return joined


def _rows(graph: SimilarityGraph) -> npt.NDArray[np.int64]:
    """The face in whose row each edge stands."""
    return np.repeat(np.arange(len(graph)), np.diff(graph.starts))
