"""New photos join the people that exist: only the new faces are searched for, and no old group is touched."""

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import UNGROUPED, FloatMatrix, Labels
from sortbyface.grouping.chinese_whispers import chinese_whispers
from sortbyface.grouping.constraints import photo_mates
from sortbyface.grouping.doubtful import join_nearest, without_doubtful
from sortbyface.grouping.faces import OUTLIER, Faces, Knobs
from sortbyface.grouping.graph import SimilarityGraph
from sortbyface.grouping.merging import merge_groups
from sortbyface.grouping.neighbours import Edges
from sortbyface.grouping.robust_whispers import looser_than, stricter_than

_BLOCK_BYTES = 64_000_000


def add_faces(faces: Faces, earlier: Labels, knobs: Knobs) -> Labels:
    """Place the new faces as the default algorithm would, around what an earlier grouping has found.

    earlier: (n,) its labels; UNGROUPED for new faces. Whoever it put together stays together, and apart
    from all others: groups of two faces and more are settled. Faces that it left alone may join new ones.
    Gives (n,) labels, any numbers from 0; OUTLIER for outliers whom no new face has joined.
    """
    new = earlier == UNGROUPED
    labels = _by_first_member(earlier)
    settled = np.bincount(labels, minlength=len(labels))[labels] > 1
    mates = photo_mates(faces.photos)
    looser = looser_than(knobs.threshold)
    graph = _edges_of(new, faces.vectors, looser)
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
    count = len(earlier)
    alone = earlier < 0
    _, firsts, groups = np.unique(
        np.where(alone, count + np.arange(count), earlier), return_index=True, return_inverse=True
    )
    return np.asarray(firsts[groups], dtype=np.int64)


def _edges_of(new: npt.NDArray[np.bool_], vectors: FloatMatrix, threshold: float) -> SimilarityGraph:
    """The edges that the new faces have, to each other and to all others; searched for in blocks."""
    newcomers = np.flatnonzero(new)
    rows, columns, margins = [], [], []
    size = max(1, _BLOCK_BYTES // (4 * max(1, len(new))))
    for start in range(0, len(newcomers), size):
        block = newcomers[start : start + size]
        similarities = vectors[block] @ vectors.T
        place, other = np.nonzero(similarities > np.float32(threshold))
        once = ~new[other] | (block[place] < other)  # of two new faces, each meets the other
        rows.append(block[place[once]])
        columns.append(other[once])
        margins.append(similarities[place[once], other[once]] - np.float32(threshold))
    pairs = np.sort([np.concatenate([newcomers[:0], *ends]) for ends in (rows, columns)], axis=0)
    order = np.lexsort((pairs[1], pairs[0]))
    firsts, seconds = pairs[:, order].astype(np.int32)
    weights = np.concatenate([np.empty(0, np.float32), *margins])[order]
    return SimilarityGraph(*Edges(firsts, seconds, weights).in_rows(len(new)), threshold)
