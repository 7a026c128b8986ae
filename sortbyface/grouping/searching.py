"""One search for neighbours, for as many thresholds as are to be tried."""

import math
from collections.abc import Sequence

from sortbyface.grouping.faces import Algorithm, Faces
from sortbyface.grouping.graph import SimilarityGraph, similarity_graph
from sortbyface.grouping.neighbours import Progress, quiet

_ROUND = 1024


def search(
    faces: Faces, thresholds: Sequence[float], algorithm: Algorithm, progress: Progress = quiet
) -> SimilarityGraph:
    """The graph by which an algorithm can group the faces with each of the thresholds, of which there is at least one.

    progress: called with the faces searched and all there are. Raises ValueError for vectors that are not of length 1.
    """
    threshold, most = algorithm.reach(min(thresholds))
    if len(set(thresholds)) > 1:
        # A threshold of few digits is subtracted from similarities without rounding, and can be added again: so the
        # weights are, to the last digit, those of a search at each threshold itself.
        threshold = math.floor(threshold * _ROUND) / _ROUND
    return similarity_graph(faces.vectors, threshold, most=most, progress=progress)
