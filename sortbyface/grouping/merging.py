"""The careful merge: small, sure groups grow together where they are alike on the average.

Average linkage (Sokal and Michener 1958) between groups, as far as a graph of similar faces joins them. One pair of
look-alikes, which is all that a bridge in the graph takes, hardly moves an average.
"""

import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.constraints import Mates
from sortbyface.grouping.graph import SimilarityGraph

_PAIRS_AT_A_TIME = 100_000

Pairs = npt.NDArray[np.int64]
"""(pairs, 2): two groups each, the one with the lower label first."""


def merge_groups(
    labels: Labels,
    vectors: FloatMatrix,
    graph: SimilarityGraph,
    threshold: float,
    mates: Mates,
    settled: npt.NDArray[np.bool_] | None = None,
) -> Labels:
    """Merge the two groups that are most alike on the average, again and again, until none are above the threshold.

    labels: (n,) as any algorithm has them.   vectors: (n, d), rows of length 1.   graph: groups without an edge between
    them are not merged; with all edges above the threshold it leaves none out.   mates: groups with faces of one photo
    are never merged.   settled: (n,), nor are two groups that both hold such faces. Gives (n,) labels, of which some
    have become one.

    Merges whichever groups are each other's most alike, all at once, which leads to the same end (Murtagh 1983).
    """
    _, groups = np.unique(labels, return_inverse=True)
    groups = groups.astype(np.int64)
    rows = graph.rows()
    candidates = _distinct(groups[np.stack([rows, graph.neighbours], axis=1)[rows < graph.neighbours]])
    strangers = mates.pairs()
    while True:
        candidates = candidates[~_contained(candidates, _distinct(groups[strangers]))]
        if settled is not None:
            has_settled = np.zeros(len(groups), dtype=np.bool_)
            has_settled[groups[settled]] = True
            candidates = candidates[~has_settled[candidates].all(axis=1)]
        means = _mean_similarities(candidates, groups, vectors)
        alike = means > threshold
        candidates, means = candidates[alike], means[alike]
        into = _each_others_nearest(candidates, means, len(groups))
        if into is None:
            return groups
        groups, candidates = into[groups], _distinct(into[candidates])


def _distinct(pairs: Pairs) -> Pairs:
    """Each pair of two groups once."""
    pairs = np.sort(pairs[pairs[:, 0] != pairs[:, 1]], axis=1)
    keys = np.unique(pairs[:, 0] << 32 | pairs[:, 1])
    return np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1)


def _contained(pairs: Pairs, among: Pairs) -> npt.NDArray[np.bool_]:
    return np.isin(pairs[:, 0] << 32 | pairs[:, 1], among[:, 0] << 32 | among[:, 1])


def _mean_similarities(pairs: Pairs, groups: Labels, vectors: FloatMatrix) -> npt.NDArray[np.float64]:
    """Of all faces of the one group to all of the other: the product of the groups' mean vectors."""
    count = int(groups.max(initial=-1)) + 1
    order = np.argsort(groups, kind="stable")
    present, firsts = np.unique(groups[order], return_index=True)
    means = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    if len(present):
        sizes = np.diff([*firsts, len(groups)])
        means[present] = np.add.reduceat(vectors[order], firsts, axis=0) / sizes[:, np.newaxis]
    parts = [
        np.einsum(
            "nd,nd->n",
            means[pairs[start : start + _PAIRS_AT_A_TIME, 0]],
            means[pairs[start : start + _PAIRS_AT_A_TIME, 1]],
        )
        for start in range(0, len(pairs), _PAIRS_AT_A_TIME)
    ]
    return np.concatenate([np.empty(0), *parts])


def _each_others_nearest(pairs: Pairs, means: npt.NDArray[np.float64], count: int) -> Labels | None:
    """New labels for groups 0 to count - 1, where two that are nearest to each other have one; None if none are."""
    best = np.full(count, -np.inf)
    np.maximum.at(best, pairs[:, 0], means)
    np.maximum.at(best, pairs[:, 1], means)
    mutual = pairs[(means >= best[pairs[:, 0]]) & (means >= best[pairs[:, 1]])]
    if not len(mutual):
        return None
    # Of several equally near, the first: a group takes part in one merge at a time.
    _, once = np.unique(mutual[:, 0], return_index=True)
    mutual = mutual[once]
    _, once = np.unique(mutual[:, 1], return_index=True)
    mutual = mutual[once]
    mutual = mutual[~np.isin(mutual[:, 0], mutual[:, 1])]
    into = np.arange(count)
    into[mutual[:, 1]] = mutual[:, 0]
    return into
