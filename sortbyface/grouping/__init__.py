"""Vectors -> groups: which faces are the same person's.

An algorithm is one file and one line here; whoever groups faces neither knows nor minds which one it is.
"""

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.chinese_whispers import by_size, chinese_whispers
from sortbyface.grouping.faces import OUTLIER, Algorithm, Faces, Knobs
from sortbyface.grouping.graph import SimilarityGraph, similarity_graph
from sortbyface.grouping.plain_whispers import PlainWhispers
from sortbyface.grouping.robust_whispers import RobustWhispers

__all__ = [
    "ALGORITHMS",
    "DEFAULT",
    "OUTLIER",
    "PLAIN",
    "Algorithm",
    "Faces",
    "Knobs",
    "SimilarityGraph",
    "chinese_whispers",
    "default_threshold",
    "group_faces",
    "similarity_graph",
]

DEFAULT: Algorithm = RobustWhispers()
PLAIN: Algorithm = PlainWhispers()
"""The default as it was published, on request."""

ALGORITHMS: dict[str, Algorithm] = {algorithm.name: algorithm for algorithm in (DEFAULT,)}
"""By the names that the user gives them."""


def group_faces(faces: Faces, knobs: Knobs, algorithm: Algorithm = DEFAULT) -> Labels:
    """Tell the people apart.

    Gives (n,) labels, 0 for the largest group and so on; OUTLIER for faces that the algorithm leaves out. The
    same faces in the same order and the same knobs give the same labels. Raises ValueError for vectors
    that are not of length 1.
    """
    labels = algorithm.group(faces, knobs)
    inside = labels != OUTLIER
    numbered = np.full(len(labels), OUTLIER, dtype=np.int64)
    numbered[inside] = by_size(labels[inside])
    return numbered


def default_threshold(algorithm: Algorithm, embedder_threshold: float) -> float:
    """Where an algorithm does best with an embedder whose own threshold, the default algorithm's, is given."""
    return embedder_threshold + algorithm.shift * (1 - embedder_threshold)
