"""New photos join the people that exist: only the new faces are searched for, and no old group is touched."""

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, FloatMatrix, Labels
from sortbyface.grouping.chinese_whispers import chinese_whispers
from sortbyface.grouping.constraints import photo_mates
from sortbyface.grouping.doubtful import join_nearest, without_doubtful
from sortbyface.grouping.faces import OUTLIER, Faces, Knobs
from sortbyface.grouping.graph import MOST_NEIGHBOURS, SimilarityGraph
from sortbyface.grouping.merging import merge_groups
from sortbyface.grouping.neighbours import Edges, Progress, quiet
from sortbyface.grouping.neighbours.pile import Pile
from sortbyface.grouping.robust_whispers import looser_than, stricter_than

_BLOCK_BYTES = 64_000_000


def add_faces(faces: Faces, earlier: Labels, knobs: Knobs, progress: Progress = quiet) -> Labels:
    """Place the new faces as the default algorithm would, around what an earlier grouping has found.

    earlier: (n,) its labels; UNGROUPED for new faces. Whoever it put together stays together, and apart
    from all others: groups of two faces and more are settled. Faces that it left alone may join new ones.
    progress: called with the new faces searched and all there are.
    Gives (n,) labels, any numbers from 0; OUTLIER for outliers whom no new face has joined.
    """
    new = earlier == UNGROUPED
    labels = _by_first_member(earlier)
    settled = np.bincount(labels, minlength=len(labels))[labels] > 1
    mates = photo_mates(faces.photos)
    looser = looser_than(knobs.threshold)
    graph = _edges_of(new, faces.vectors, looser, progress)
    clear = without_doubtful(graph, faces.doubtful)
    movable = np.flatnonzero(new & ~faces.doubtful)
    labels = chinese_whispers(
        clear.above(knobs.threshold), knobs.iterations, knobs.seed, mates, begin=labels, visited=movable
    )
    labels = merge_groups(labels, faces.vectors, clear, looser, mates, settled)
    near = graph.above(stricter_than(knobs.threshold))
    labels = join_nearest(labels, near, faces.doubtful & ~settled, mates)
    alone = np.bincount(labels)[labels] == 1
    return np.where(alone & (earlier == OUTLIER), OUTLIER, labels)


def _by_first_member(earlier: Labels) -> Labels:
    """Each group named for its first face; outliers and new faces each a group of their own."""
    beyond = earlier.max(initial=0) + 1
    each = np.where(earlier < 0, beyond + np.arange(len(earlier)), earlier)
    _, firsts, groups = np.unique(each, return_index=True, return_inverse=True)
    return np.asarray(firsts[groups], dtype=np.int64)


def _edges_of(
    new: npt.NDArray[np.bool_], vectors: FloatMatrix, threshold: float, progress: Progress
) -> SimilarityGraph:
    """The edges that the new faces have, to each other and to all others: the strongest, as in `similarity_graph`."""
    newcomers = np.flatnonzero(new).astype(np.int32)
    pile = Pile(len(new), MOST_NEIGHBOURS)
    size = max(1, _BLOCK_BYTES // (4 * max(1, len(new))))
    for start in range(0, len(newcomers), size):
        block = newcomers[start : start + size]
        similarities = vectors[block] @ vectors.T
        strong = similarities > np.float32(threshold)
        strong &= similarities >= np.minimum(pile.weakest[block, np.newaxis], pile.weakest)
        place, other = (ends.astype(np.int32) for ends in np.nonzero(strong))
        once = ~new[other] | (block[place] < other)  # of two new faces, each meets the other
        place, other = place[once], other[once]
        faces = block[place]
        pile.add(Edges(np.minimum(faces, other), np.maximum(faces, other), similarities[place, other]))
        progress(min(start + size, len(newcomers)), len(newcomers))
    found = pile.strongest()  # as they came, newcomer by newcomer, which decides nothing but between equals
    order = np.lexsort((found.seconds, found.firsts))
    in_order = Edges(found.firsts[order], found.seconds[order], found.similarities[order])
    starts, neighbours, similarities = in_order.in_rows(len(new))
    return SimilarityGraph(starts, neighbours, similarities - np.float32(threshold), threshold)
