"""Chinese Whispers (Biemann 2006): every face takes on the label that its neighbours whisper loudest.

Needs no number of people, runs in time proportional to the edges, and is settled after a few rounds.
"""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import Labels
from sortbyface.grouping.constraints import Mates, no_mates
from sortbyface.grouping.graph import SimilarityGraph


def chinese_whispers(
    graph: SimilarityGraph,
    iterations: int,
    seed: int,
    mates: Mates | None = None,
    begin: Labels | None = None,
    visited: npt.NDArray[np.int64] | None = None,
) -> Labels:
    """Group the nodes of a graph.

    Each begins with a label of its own. In each iteration all are visited in random order, and each
    takes the label with the greatest sum of edge weights around it, one of them at random if several
    have; this is seen at once by those who come later. Ends early when an iteration changed nothing.
    mates: a node takes no label that one of its mates has at that moment, so that two mates never share one.
    begin: (n,) other labels to begin with, 0 to n - 1.   visited: the nodes that take labels; the others only whisper.

    Gives (n,) labels, 0 for the largest group and so on; among groups of equal size, the one with the
    earlier first member comes first.
    """
    random = np.random.default_rng(seed)
    mates = mates or no_mates(len(graph))
    labels = np.arange(len(graph), dtype=np.int64) if begin is None else begin.copy()
    for _ in range(iterations):
        order = random.permutation(len(graph) if visited is None else visited)
        luck = random.random(len(graph))
        if not _whisper(graph.starts, graph.neighbours, graph.weights, mates.starts, mates.faces, labels, order, luck):
            break
    return by_size(labels)


def by_size(labels: Labels) -> Labels:
    """The same groups, numbered from the largest; among equals, from the one with the earliest member."""
    _, firsts, groups, sizes = np.unique(labels, return_index=True, return_inverse=True, return_counts=True)
    ranks = np.empty(len(sizes), dtype=np.int64)
    ranks[np.lexsort((firsts, -sizes))] = np.arange(len(sizes))
    return np.asarray(ranks[groups])


@numba.njit(cache=True, nogil=True)
def _whisper(
    starts: Any, neighbours: Any, weights: Any, mate_starts: Any, mates: Any, labels: Any, order: Any, luck: Any
) -> bool:
    """One iteration, changing `labels` in place; gives whether any changed. luck: (n,) in [0, 1), decides ties."""
    loudness = np.zeros(len(labels), dtype=np.float64)
    heard = np.empty(len(labels), dtype=np.int64)
    refused_by = np.full(len(labels), -1, dtype=np.int64)
    changed = False
    for face in order:
        for place in range(mate_starts[face], mate_starts[face + 1]):
            refused_by[labels[mates[place]]] = face
        labels_heard = 0
        loudest = 0.0
        for edge in range(starts[face], starts[face + 1]):
            label = labels[neighbours[edge]]
            if refused_by[label] == face:
                continue
            if loudness[label] == 0:
                heard[labels_heard] = label
                labels_heard += 1
            loudness[label] += weights[edge]
            loudest = max(loudest, loudness[label])
        if labels_heard == 0:
            continue
        ties = 0
        for place in range(labels_heard):
            if loudness[heard[place]] == loudest:
                heard[ties] = heard[place]  # the ties move to the front, in the order in which they were heard
                ties += 1
            else:
                loudness[heard[place]] = 0
        chosen = heard[int(luck[face] * ties)]
        for place in range(ties):
            loudness[heard[place]] = 0
        if labels[face] != chosen:
            labels[face] = chosen
            changed = True
    return changed
