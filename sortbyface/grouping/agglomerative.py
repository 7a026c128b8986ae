"""Average linkage: whoever are most alike come together first, groups by the average over all their pairs of faces.

Sokal and Michener, "A statistical method for evaluating systematic relationships", 1958.
"""

from dataclasses import dataclass

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.constraints import photo_mates
from sortbyface.grouping.doubtful import join_nearest, without_doubtful
from sortbyface.grouping.faces import Faces, Knobs, Reach
from sortbyface.grouping.graph import SimilarityGraph
from sortbyface.grouping.merging import merge_groups


@dataclass(frozen=True)
class Agglomerative:
    """From single clear faces upwards, until no two groups are above the threshold on the average.

    Two faces of one photo never come together; each doubtful face joins its nearest in the end. All of a person's faces
    are less alike than the nearest of them, so the threshold has to be lower than the embedder's own. There are no
    rounds, and nothing is drawn at random. Measured in docs/decisions/grouping.md.
    """

    name: str = "agglomerative"
    shift: float = -0.27

    def reach(self, threshold: float) -> Reach:
        """See `Algorithm`."""
        return Reach(threshold)

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        mates = photo_mates(faces.photos)
        graph = graph.above(knobs.threshold)
        clear = without_doubtful(graph, faces.doubtful)
        labels = merge_groups(np.arange(len(faces)), faces.vectors, clear, knobs.threshold, mates)
        return join_nearest(labels, graph, faces.doubtful, mates)
