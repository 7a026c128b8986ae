"""HDBSCAN: DBSCAN at all densities at once, each group taken at the density at which it is most stable.

Campello, Moulavi and Sander, "Density-based clustering based on hierarchical density estimates", 2013. As scikit-learn
has it.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.clear_first import group_clear_first
from sortbyface.grouping.distances import sparse_distances
from sortbyface.grouping.faces import OUTLIER, Faces, Knobs, Reach
from sortbyface.grouping.graph import SimilarityGraph

if TYPE_CHECKING:
    from scipy.sparse import csr_array

_SMALLEST_GROUP = 2

_FAR = 2.0
"""The greatest cosine distance: so far apart are faces, for all that the graph tells, that no edge joins."""

_CLOSE = 0.25
"""Of the distance at the threshold: nearer than this, all faces are equally near. Or else two pictures of one moment,
which are almost the same picture, would be a group far more stable than all pictures of the person."""

_LEAST = 1e-6
"""Distances of single precision are not told from 0 below this."""


@dataclass(frozen=True)
class Hdbscan:
    """Groups are sought among faces that a path of neighbours above the threshold joins; the others are outliers.

    The threshold bounds the search: what lies below it is as far away as can be. A false edge between two people is
    found out where both are much denser than this bridge, so it can be lower than for DBSCAN. There are no rounds, and
    nothing is drawn at random. Measured in docs/decisions/grouping.md.
    """

    name: str = "hdbscan"
    shift: float = 0.2

    def reach(self, threshold: float) -> Reach:
        """See `Algorithm`."""
        return Reach(threshold)

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        return group_clear_first(graph.above(knobs.threshold), faces, hdbscan)


def hdbscan(graph: SimilarityGraph) -> Labels:
    """(n,) labels, OUTLIER for faces outside of all groups. Groups have two faces or more.

    Gives what the distances between all faces would give, those that no edge joins being `_FAR` apart. scikit-learn
    refuses a graph of several pieces, and takes a time that grows with the square of the groups: it is given a piece at
    a time.
    """
    from scipy.sparse.csgraph import connected_components

    distances = sparse_distances(graph, max(_LEAST, _CLOSE * (1 - graph.threshold)))
    _, pieces = connected_components(distances, directed=False)
    order = np.argsort(pieces, kind="stable")
    ends = np.cumsum(np.bincount(pieces))
    in_pieces = distances[order][:, order]
    labels = np.full(len(graph), OUTLIER, dtype=np.int64)
    for start, end in zip([0, *ends], ends, strict=False):
        if end - start >= _SMALLEST_GROUP:
            found = _groups_of_piece(in_pieces[start:end, start:end])
            labels[order[start:end]] = np.where(found == OUTLIER, OUTLIER, found + start)
    return labels


def _groups_of_piece(distances: "csr_array") -> Labels:
    """The groups of faces that are all joined by paths, numbered below their count."""
    from scipy.sparse import coo_array
    from sklearn.cluster import HDBSCAN

    # HDBSCAN never takes the root of its tree for a group. Two strangers far away make a root above the piece, which
    # then can be a group as a whole.
    known = distances.tocoo()
    one, other = known.shape[0], known.shape[0] + 1
    rows = np.concatenate([known.row, [one, other, one, 0]])
    columns = np.concatenate([known.col, [other, one, 0, one]])
    values = np.concatenate([known.data, [_LEAST, _LEAST, _FAR, _FAR]])
    with_strangers = coo_array((values, (rows, columns)), shape=(other + 1, other + 1)).tocsr()
    tree = HDBSCAN(min_cluster_size=_SMALLEST_GROUP, min_samples=1, metric="precomputed", copy=True)
    return np.asarray(tree.fit_predict(with_strangers)[:one], dtype=np.int64)
