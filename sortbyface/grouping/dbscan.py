"""DBSCAN: faces in dense places, as far as dense places touch.

Ester, Kriegel, Sander and Xu, "A density-based algorithm for discovering clusters in large spatial databases with
noise", 1996. As scikit-learn has it.
"""

from dataclasses import dataclass

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.clear_first import group_clear_first
from sortbyface.grouping.distances import sparse_distances
from sortbyface.grouping.faces import Faces, Knobs, Reach
from sortbyface.grouping.graph import SimilarityGraph

_MIN_SAMPLES = 2
"""Somebody in two photos is somebody. More than that was worse with both embedders: rare people are lost."""

_ANY_DISTANCE = 2.0
"""The greatest cosine distance: who is near enough, the graph has said already."""


@dataclass(frozen=True)
class Dbscan:
    """A face with a neighbour above the threshold is of that neighbour's group; one without is an outlier.

    The threshold is 1 - eps. One false edge mixes two people, so it has to be higher than the embedder's own.
    There are no rounds, and nothing is drawn at random. Measured in docs/decisions/grouping.md.
    """

    name: str = "dbscan"
    shift: float = 0.25

    def reach(self, threshold: float) -> Reach:
        """See `Algorithm`."""
        return Reach(threshold)

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        return group_clear_first(graph.above(knobs.threshold), faces, dbscan)


def dbscan(graph: SimilarityGraph, min_samples: int = _MIN_SAMPLES) -> Labels:
    """(n,) labels, OUTLIER where no dense place is near. min_samples: faces, with itself, that make a place dense."""
    from sklearn.cluster import DBSCAN

    if not len(graph):
        return np.empty(0, dtype=np.int64)
    scan = DBSCAN(eps=_ANY_DISTANCE, min_samples=min_samples, metric="precomputed")
    return np.asarray(scan.fit_predict(sparse_distances(graph)), dtype=np.int64)
