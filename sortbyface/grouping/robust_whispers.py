"""Chinese Whispers that can be trusted: whispers among sure faces, a careful merge, and nobody twice in one photo."""

from dataclasses import dataclass

from sortbyface.arrays import Labels
from sortbyface.grouping.chinese_whispers import chinese_whispers
from sortbyface.grouping.constraints import photo_mates
from sortbyface.grouping.doubtful import join_nearest, without_doubtful
from sortbyface.grouping.faces import Faces, Knobs, Reach
from sortbyface.grouping.graph import SimilarityGraph
from sortbyface.grouping.merging import merge_groups

_STEP = 0.15
"""From one threshold to the next: so much of the way from the user's to 1."""


def looser_than(threshold: float) -> float:
    """Above which groups merge, being alike on the average."""
    return max(-1.0, threshold - _STEP * (1 - threshold))


def stricter_than(threshold: float) -> float:
    """Above which doubtful faces join: a blurred face is a little like everybody's, so it has to be more alike."""
    return threshold + _STEP * (1 - threshold)


@dataclass(frozen=True)
class RobustWhispers:
    """The default.

    1. Chinese Whispers over the clear faces, an edge weighing the margin over the threshold; two faces of one photo
       never come together.
    2. Groups that are alike on the average grow together (`merge_groups`): the threshold of the first pass can be high
       enough to mix nobody, as what it parts is put together again.
    3. Each doubtful face joins its nearest, if that is near enough (`stricter_than`).

    Measured in docs/decisions/grouping.md.
    """

    name: str = "chinese-whispers"
    shift: float = 0.0

    def reach(self, threshold: float) -> Reach:
        """See `Algorithm`."""
        return Reach(looser_than(threshold))

    def group(self, graph: SimilarityGraph, faces: Faces, knobs: Knobs) -> Labels:
        """See `Algorithm`."""
        looser = looser_than(knobs.threshold)
        mates = photo_mates(faces.photos)
        graph = graph.above(looser)
        clear = without_doubtful(graph, faces.doubtful)
        labels = chinese_whispers(clear.above(knobs.threshold), knobs.iterations, knobs.seed, mates)
        labels = merge_groups(labels, faces.vectors, clear, looser, mates)
        return join_nearest(labels, graph.above(stricter_than(knobs.threshold)), faces.doubtful, mates)
