"""Faces that are hard to recognise: they follow the others, and lead nobody.

A blurred face is a little like everybody's. In the graph it would be a bridge on which two people grow together, and a
handful of blurs would become a person. So groups are formed without such faces, and each then joins its nearest.
"""

from typing import Any, TypeAlias

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping.constraints import Mates
from sortbyface.grouping.graph import SimilarityGraph

Flags: TypeAlias = npt.NDArray[np.bool_]
"""(n,): which faces are doubtful."""


def without_doubtful(graph: SimilarityGraph, doubtful: Flags) -> SimilarityGraph:
    """The same nodes, and the edges between two that are not doubtful."""
    return graph.only(~_of_entries(doubtful, graph) & ~doubtful[graph.neighbours])


def join_nearest(labels: Labels, graph: SimilarityGraph, doubtful: Flags, mates: Mates) -> Labels:
    """The labels, where each doubtful face has that of the clear face most like it, if there is one in the graph.

    None joins a group that holds a face of its own photo: then the next nearest counts.
    """
    to_clear = np.flatnonzero(_of_entries(doubtful, graph) & ~doubtful[graph.neighbours])
    nearest_first = to_clear[np.lexsort((graph.neighbours[to_clear], -graph.weights[to_clear]))]
    faces = np.searchsorted(graph.starts, nearest_first, side="right") - 1
    joined = labels.copy()
    _join(faces, labels[graph.neighbours[nearest_first]], mates.starts, mates.faces, joined)
    return joined


def _of_entries(flags: Flags, graph: SimilarityGraph) -> Flags:
    """Of each entry of the graph, that of the face in whose row it stands."""
    return np.repeat(flags, np.diff(graph.starts))


@numba.njit(cache=True, nogil=True)
def _join(faces: Any, offers: Any, mate_starts: Any, mates: Any, labels: Any) -> None:
    """Give each face the first label that is offered to it and that none of its mates has."""
    settled = np.zeros(len(labels), dtype=np.bool_)
    for offer in range(len(offers)):
        face, label = faces[offer], offers[offer]
        taken = settled[face]
        for place in range(mate_starts[face], mate_starts[face + 1]):
            taken = taken or labels[mates[place]] == label
        if not taken:
            labels[face] = label
            settled[face] = True
