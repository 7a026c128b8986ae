"""Vectors -> groups: which faces are the same person's.

An algorithm is one file and one line here; whoever groups faces neither knows nor minds which one it is.
"""

import numpy as np

from sortbyface.arrays import UNGROUPED, Labels
from sortbyface.grouping.adding import add_faces
from sortbyface.grouping.agglomerative import Agglomerative
from sortbyface.grouping.chinese_whispers import by_size, chinese_whispers
from sortbyface.grouping.dbscan import Dbscan
from sortbyface.grouping.faces import OUTLIER, Algorithm, Faces, Knobs
from sortbyface.grouping.graph import SimilarityGraph, similarity_graph
from sortbyface.grouping.hdbscan import Hdbscan
from sortbyface.grouping.neighbours import Progress, quiet
from sortbyface.grouping.plain_whispers import PlainWhispers
from sortbyface.grouping.rank_order import RankOrder
from sortbyface.grouping.robust_whispers import RobustWhispers
from sortbyface.grouping.searching import search

__all__ = [
    "ALGORITHMS",
    "DEFAULT",
    "OUTLIER",
    "PLAIN",
    "UNGROUPED",
    "Algorithm",
    "Faces",
    "Knobs",
    "Progress",
    "SimilarityGraph",
    "chinese_whispers",
    "default_threshold",
    "group_faces",
    "group_searched",
    "quiet",
    "search",
    "similarity_graph",
]

DEFAULT: Algorithm = RobustWhispers()
PLAIN: Algorithm = PlainWhispers()
"""The default as it was published, on request."""

ALGORITHMS: dict[str, Algorithm] = {
    algorithm.name: algorithm
    for algorithm in (
        DEFAULT,
        Dbscan(),
        Hdbscan(),
        RankOrder(),
        Agglomerative(),
    )
}
"""By the names that the user gives them."""


def group_faces(
    faces: Faces,
    knobs: Knobs,
    algorithm: Algorithm = DEFAULT,
    earlier: Labels | None = None,
    progress: Progress = quiet,
) -> Labels:
    """Tell the people apart.

    earlier: (n,) what an earlier grouping made of these faces, UNGROUPED for those that it had not met. If it had met
    any, no face of a group is moved: the new ones are added, in time proportional to their number.
    progress: called with the faces searched for neighbours, and all that are to be.

    Gives (n,) labels, 0 for the largest group and so on; OUTLIER for faces that the algorithm leaves out. The
    same faces in the same order and the same knobs give the same labels. Raises ValueError for vectors
    that are not of length 1.
    """
    if earlier is None or np.all(earlier == UNGROUPED):
        return group_searched(search(faces, [knobs.threshold], algorithm, progress), faces, knobs, algorithm)
    return _numbered(add_faces(faces, earlier, knobs, progress))


def group_searched(graph: SimilarityGraph, faces: Faces, knobs: Knobs, algorithm: Algorithm) -> Labels:
    """What `group_faces` gives, from a search that may serve other knobs, too. Raises ValueError if it does not these.

    graph: what `search` gives for these faces, this algorithm, and this threshold among others.
    """
    return _numbered(algorithm.group(graph, faces, knobs))


def _numbered(labels: Labels) -> Labels:
    """The same groups, numbered from the largest."""
    inside = labels != OUTLIER
    numbered = np.full(len(labels), OUTLIER, dtype=np.int64)
    numbered[inside] = by_size(labels[inside])
    return numbered


def default_threshold(algorithm: Algorithm, embedder_threshold: float) -> float:
    """Where an algorithm does best with an embedder whose own threshold, the default algorithm's, is given."""
    return embedder_threshold + algorithm.shift * (1 - embedder_threshold)
