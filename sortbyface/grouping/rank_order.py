"""Approximate rank-order clustering: two faces are one person's when they have their nearest faces in common.

Otto, Wang and Jain, "Clustering millions of faces by identity", 2018, after Zhu, Wen and Sun, "A rank-order distance
based clustering algorithm for face tagging", 2011.
"""

from dataclasses import dataclass
from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping.clear_first import group_clear_first
from sortbyface.grouping.faces import Faces, Knobs, Reach
from sortbyface.grouping.graph import SimilarityGraph

_NEIGHBOURS = 200
"""Of each face, as in the paper."""

_DISTANCE = 1.0
"""Rank-order distance, exclusive: fewer neighbours differ than lie on the way from the one face to the other."""


@dataclass(frozen=True)
class RankOrder:
    """Counts neighbours instead of comparing similarities, so that it does not matter how dense a place is.

    The threshold bounds the neighbours: of the 200 most alike, those above it. It is what parts a small album, where
    without it all would have all neighbours in common. The rank-order distance below which faces are joined is fixed.
    There are no rounds, and nothing is drawn at random. Measured in docs/decisions/grouping.md.
    """

    name: str = "rank-order"
    shift: float = 0.0

    def reach(self, threshold: float) -> Reach:
        """See `Algorithm`."""
        return Reach(threshold, _NEIGHBOURS)

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        return group_clear_first(graph.above(knobs.threshold), faces, rank_order)


def rank_order(graph: SimilarityGraph, most: int = _NEIGHBOURS, distance: float = _DISTANCE) -> Labels:
    """(n,) labels: faces are together whom a chain of pairs below a rank-order distance joins.

    most: neighbours of each face, the nearest in the graph; of equals, the earlier.

    Let O_a(b) be the rank of b among the neighbours of a, from 1, and d(a, b) the number of neighbours of a, up to rank
    O_a(b), that are not among b's (b itself is). The distance of the pair is (d(a, b) + d(b, a)) / min(O_a(b), O_b(a)).
    Where a is not among b's neighbours, O_b(a) lies beyond them all.
    """
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import connected_components

    starts, nearest = _nearest_first(graph, most)
    joined = _distances(starts, nearest) < distance
    ends = np.concatenate([[0], np.cumsum(joined)])[starts]
    pairs = csr_array((np.ones(ends[-1], dtype=np.bool_), nearest[joined], ends), shape=(len(graph), len(graph)))
    _, labels = connected_components(pairs, directed=False)
    return np.asarray(labels, dtype=np.int64)


def _nearest_first(graph: SimilarityGraph, most: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int32]]:
    """The neighbours of each face, the nearest first, in compressed rows: starts, faces."""
    rows = graph.rows()
    order = np.lexsort((graph.neighbours, -graph.weights, rows))
    ranks = np.arange(len(rows)) - graph.starts[rows]
    counts = np.minimum(np.diff(graph.starts), most)
    return np.concatenate([[0], np.cumsum(counts)]), graph.neighbours[order[ranks < most]]


@numba.njit(cache=True)
def _distances(starts: Any, nearest: Any) -> Any:
    """(entries,): the rank-order distance of each face to each of its neighbours."""
    count = len(starts) - 1
    near_a = np.full(count, -1, dtype=np.int64)  # whose neighbour each face was last seen to be
    near_b = np.full(count, -1, dtype=np.int64)
    distances = np.empty(len(nearest), dtype=np.float64)
    for a in range(count):
        for entry in range(starts[a], starts[a + 1]):
            near_a[nearest[entry]] = a
        for entry in range(starts[a], starts[a + 1]):
            b = nearest[entry]
            rank = entry - starts[a] + 1
            missing = 0
            a_met = False
            for place in range(starts[b], starts[b + 1]):
                near_b[nearest[place]] = entry
                if nearest[place] == a:
                    a_met = True
                    rank = min(rank, place - starts[b] + 1)
                elif not a_met and near_a[nearest[place]] != a:
                    missing += 1
            for place in range(starts[a], entry):
                if near_b[nearest[place]] != entry:
                    missing += 1
            distances[entry] = missing / rank
    return distances
