"""Chinese Whispers as the original Sort-By-Face had it."""

from dataclasses import dataclass, replace

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.chinese_whispers import chinese_whispers
from sortbyface.grouping.faces import Faces, Knobs
from sortbyface.grouping.graph import similarity_graph


@dataclass(frozen=True)
class PlainWhispers:
    """An edge weighs the similarity itself, all faces count alike, and nothing is known of photos."""

    name: str = "chinese-whispers"
    shift: float = 0.08

    def group(self, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        graph = similarity_graph(faces.vectors, knobs.threshold)
        whispered = replace(graph, weights=graph.weights + np.float32(knobs.threshold))
        return chinese_whispers(whispered, knobs.iterations, knobs.seed)
