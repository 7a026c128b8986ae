"""Chinese Whispers as the original Sort-By-Face had it."""

from dataclasses import dataclass, replace

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.chinese_whispers import chinese_whispers
from sortbyface.grouping.faces import Faces, Knobs, Reach
from sortbyface.grouping.graph import SimilarityGraph


@dataclass(frozen=True)
class PlainWhispers:
    """An edge weighs the similarity itself, all faces count alike, and nothing is known of photos."""

    name: str = "chinese-whispers"
    shift: float = 0.08

    def reach(self, threshold: float) -> Reach:
        """See `Algorithm`."""
        return Reach(threshold)

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        graph = graph.above(knobs.threshold)
        whispered = replace(graph, weights=graph.weights + np.float32(knobs.threshold))
        return chinese_whispers(whispered, knobs.iterations, knobs.seed)
