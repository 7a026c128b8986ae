"""The careful merge: small, sure groups grow together where they are alike on the average.

Average linkage (Sokal and Michener 1958) between groups, as far as a graph of similar faces joins them. One pair of
look-alikes, which is all that a bridge in the graph takes, hardly moves an average.
"""

from typing import Any

import numba
import numpy as np
import numpy.typing as npt

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping.constraints import Mates
from sortbyface.grouping.graph import SimilarityGraph

_PAIRS_AT_A_TIME = 100_000

Pairs = npt.NDArray[np.int64]
"""(pairs, 2): two groups each, the one with the lower label first."""

Means = npt.NDArray[np.float32]
"""(pairs,): the mean similarity of all faces of the one group to all of the other."""


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
    candidates = _pairs(np.unique(_keys_of_edges(graph.starts, graph.neighbours, groups)))
    strangers = mates.pairs()
    totals = _Totals(groups, vectors, np.unique(candidates))
    means = totals.mean_similarities(candidates)
    while True:
        possible = (means > threshold) & ~np.isin(_keys(candidates), _keys(groups[strangers]))
        if settled is not None:
            has_settled = np.zeros(len(groups), dtype=np.bool_)
            has_settled[groups[settled]] = True
            possible &= ~has_settled[candidates].all(axis=1)
        candidates, means = candidates[possible], means[possible]
        into = _each_others_nearest(candidates, means, len(groups))
        if into is None:
            return groups
        groups = into[groups]
        candidates, means = _after_merge(candidates, means, into, totals)


def _after_merge(pairs: Pairs, means: Means, into: Labels, totals: "_Totals") -> tuple[Pairs, Means]:
    """The pairs of what groups have become, each once, and how alike they are; brings the totals up to date."""
    totals.merge(into)
    grown = np.zeros(len(into), dtype=np.bool_)
    grown[into[into != np.arange(len(into))]] = True
    still_two = np.diff(into[pairs], axis=1)[:, 0] != 0
    keys, firsts = np.unique(_keys(into[pairs[still_two]]), return_index=True)
    pairs, means = _pairs(keys), means[still_two][firsts]
    new = grown[pairs].any(axis=1)  # nothing has changed for the others: there are ever fewer to look at
    means[new] = totals.mean_similarities(pairs[new])
    return pairs, means


class _Totals:
    """The sum of each group's vectors, and how many they are."""

    def __init__(self, groups: Labels, vectors: FloatMatrix, among: Labels) -> None:
        """among: the groups that matter, which are few beside those that are like no other."""
        self._places = np.full(len(groups), -1)
        self._places[among] = np.arange(len(among))
        self._sums, self._sizes = _summed(vectors, self._places[groups], len(among))

    def merge(self, into: Labels) -> None:
        """Groups take others in, each one at most. into: what becomes of each."""
        gone = np.flatnonzero(into != np.arange(len(into)))
        given, taking = self._places[gone], self._places[into[gone]]
        self._sums[taking] += self._sums[given]
        self._sizes[taking] += self._sizes[given]

    def mean_similarities(self, pairs: Pairs) -> Means:
        """The mean of all products is the product of the means."""
        means = np.empty(len(pairs), dtype=np.float32)
        for start in range(0, len(pairs), _PAIRS_AT_A_TIME):
            part = slice(start, start + _PAIRS_AT_A_TIME)
            first, second = self._places[pairs[part]].T
            products = np.einsum("nd,nd->n", self._sums[first], self._sums[second])
            means[part] = products / (self._sizes[first] * self._sizes[second])
        return means


@numba.njit(cache=True, nogil=True)
def _summed(vectors: Any, places: Any, count: int) -> Any:
    """Sums and sizes of so many groups; a face in place -1 is in none of them."""
    sums = np.zeros((count, vectors.shape[1]), dtype=np.float32)
    sizes = np.zeros(count, dtype=np.int64)
    for face in range(len(vectors)):
        if places[face] >= 0:
            sums[places[face]] += vectors[face]
            sizes[places[face]] += 1
    return sums, sizes


def _keys(pairs: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """(pairs,): one number for each two groups, whichever comes first."""
    keys: npt.NDArray[np.int64] = pairs.min(axis=1) << 32 | pairs.max(axis=1)
    return keys


def _pairs(keys: npt.NDArray[np.int64]) -> Pairs:
    return np.stack([keys >> 32, keys & 0xFFFFFFFF], axis=1)


@numba.njit(cache=True, nogil=True)
def _keys_of_edges(starts: Any, neighbours: Any, groups: Any) -> Any:
    """Those of the edges between two groups; the many within one take no memory."""
    count = 0
    for face in range(len(starts) - 1):
        for edge in range(starts[face], starts[face + 1]):
            count += groups[face] < groups[neighbours[edge]]
    keys = np.empty(count, dtype=np.int64)
    end = 0
    for face in range(len(starts) - 1):
        for edge in range(starts[face], starts[face + 1]):
            if groups[face] < groups[neighbours[edge]]:
                keys[end] = groups[face] << 32 | groups[neighbours[edge]]
                end += 1
    return keys


def _each_others_nearest(pairs: Pairs, means: Means, count: int) -> Labels | None:
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
