"""The default algorithm with many thresholds, from one search for neighbours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from sortbyface.arrays import Labels
from sortbyface.grouping.chinese_whispers import by_size
from sortbyface.grouping.constraints import violations
from sortbyface.grouping.faces import Faces, Knobs
from sortbyface.grouping.neighbours import Progress, quiet
from sortbyface.grouping.robust_whispers import RobustWhispers
from sortbyface.grouping.searching import search


@dataclass(frozen=True, eq=False)
class Swept:
    """What one threshold makes of the faces."""

    threshold: float
    labels: Labels
    """(n,): as `group_faces` gives them."""

    kept_apart: int
    """Pairs of faces in one photo that would have come together if nothing were known of photos: mistakes, all of
    them, that could be seen. Where they grow, so do those that cannot."""


def sweep(
    faces: Faces, thresholds: Sequence[float], iterations: int, seed: int = 0, progress: Progress = quiet
) -> Iterator[Swept]:
    """Group the faces with each threshold in turn; at least one is given, in any order.   progress: of the search."""
    algorithm = RobustWhispers()
    graph = search(faces, thresholds, algorithm, progress)
    unbound = replace(faces, photos=np.arange(len(faces)))
    for threshold in thresholds:
        knobs = Knobs(threshold, iterations, seed)
        labels = by_size(algorithm.group(graph, faces, knobs))
        kept_apart = violations(algorithm.group(graph, unbound, knobs), faces.photos)
        yield Swept(threshold, labels, kept_apart)
