"""The careful merge, held against average linkage as one would explain it, and against SciPy's."""

from collections.abc import Sequence
from itertools import combinations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import average, fcluster
from scipy.spatial.distance import pdist

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import similarity_graph
from sortbyface.grouping.constraints import no_mates, photo_mates, violations
from sortbyface.grouping.merging import merge_groups
from tests.grouping.people import Partition, alike, mixture, partition

ROUNDING = 1e-5
"""Decisions closer than this are left to chance: similarities are single precision."""

ALL = -1.0
"""The threshold of a graph that joins everybody."""

SEEDS = st.integers(0, 2**32)


def merged(
    labels: Sequence[int], vectors: FloatMatrix, threshold: float, photos: Sequence[int] | None = None
) -> Partition:
    """What the program makes of groups, in the graph of faces above the same threshold."""
    mates = no_mates(len(vectors)) if photos is None else photo_mates(np.array(photos))
    graph = similarity_graph(vectors, threshold)
    return partition(merge_groups(np.array(labels, dtype=np.int64), vectors, graph, threshold, mates))


def greedy(labels: Sequence[int], vectors: FloatMatrix, threshold: float, photos: Sequence[int]) -> Partition:
    """Merge whichever two permitted groups are most alike on the average, one pair at a time."""
    similarities = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    groups = [sorted(group) for group in partition(labels)]
    while True:
        means = sorted(
            (float(similarities[np.ix_(a, b)].mean()), a, b)
            for a, b in combinations(groups, 2)
            if not {photos[face] for face in a} & {photos[face] for face in b}
        )
        assume(all(abs(mean - threshold) > ROUNDING for mean, _, _ in means))
        if not means or means[-1][0] < threshold:
            return {frozenset(group) for group in groups}
        assume(len(means) == 1 or means[-1][0] - means[-2][0] > ROUNDING)
        _, a, b = means[-1]
        groups = [group for group in groups if group not in (a, b)] + [sorted(a + b)]


@settings(max_examples=200, deadline=None)
@given(count=st.integers(0, 20), people=st.integers(1, 5), seed=SEEDS, threshold=st.floats(-0.9, 0.99), data=st.data())
def test_it_is_greedy_average_linkage(
    count: int, people: int, seed: int, threshold: float, data: st.DataObject
) -> None:
    """From any groups, with any faces in one photo: it merges all at once what can be, and comes to the same end."""
    vectors = mixture(count, people, data.draw(st.sampled_from([0.3, 0.6, 2.0]), "spread"), seed)
    photos = data.draw(st.lists(st.integers(0, 25), min_size=count, max_size=count), "photos")
    labels = data.draw(st.lists(st.integers(0, 20), min_size=count, max_size=count), "labels")

    assert merged(labels, vectors, threshold, photos) == greedy(labels, vectors, threshold, photos)


@settings(max_examples=100, deadline=None)
@given(count=st.integers(2, 40), people=st.integers(1, 8), seed=SEEDS, threshold=st.floats(-0.9, 0.99))
def test_it_is_scipys_average_linkage(count: int, people: int, seed: int, threshold: float) -> None:
    """Where no two share a photo: the tree of all faces, cut at the threshold."""
    vectors = mixture(count, people, 0.6, seed)
    tree = average(pdist(vectors.astype(np.float64), "cosine"))
    assume((np.abs(tree[:, 2] - (1 - threshold)) > ROUNDING).all())
    assert merged(range(count), vectors, threshold) == partition(fcluster(tree, 1 - threshold, "distance"))


@pytest.mark.parametrize("threshold", [0.5, 0.6, 0.7])
def test_many_faces_are_merged_as_scipy_does(threshold: float) -> None:
    vectors = mixture(700, 60, 0.35, seed=3, dimensions=32)
    tree = average(pdist(vectors.astype(np.float64), "cosine"))
    expected = partition(fcluster(tree, 1 - threshold, "distance"))
    assert 30 < len(expected) < 300
    for graph in (similarity_graph(vectors, threshold), similarity_graph(vectors, ALL, most=700)):
        assert partition(merge_groups(np.arange(700), vectors, graph, threshold, no_mates(700))) == expected


@settings(max_examples=100, deadline=None)
@given(count=st.integers(0, 25), seed=SEEDS, threshold=st.floats(-0.9, 0.99), share=st.floats(0, 1))
def test_edges_below_the_threshold_change_nothing(count: int, seed: int, threshold: float, share: float) -> None:
    """The graph of faces above the threshold is enough: a graph with more edges, up to all, leads to the same end."""
    vectors, alone = mixture(count, 4, 0.6, seed), no_mates(count)
    graphs = [similarity_graph(vectors, t) for t in (ALL, threshold - share * (threshold + 1), threshold)]
    ends = [partition(merge_groups(np.arange(count), vectors, graph, threshold, alone)) for graph in graphs]
    assert ends[0] == ends[1] == ends[2]


@settings(max_examples=200, deadline=None)
@given(
    count=st.integers(1, 25),
    seed=SEEDS,
    threshold=st.sampled_from([-0.5, 0, 0.25, 0.3, 0.5, 0.75]),
    photos=st.lists(st.integers(0, 30), min_size=25, max_size=25),
)
def test_ties_are_broken_somehow_and_everything_else_holds(
    count: int, seed: int, threshold: float, photos: list[int]
) -> None:
    """The faces lie on the axes and the corners of a cube: nearly all decisions are between equals."""
    directions = np.concatenate([np.eye(4), np.array(np.meshgrid(*[[-0.5, 0.5]] * 4)).reshape(4, -1).T])
    vectors = directions[np.random.default_rng(seed).integers(0, len(directions), count)].astype(np.float32)
    own = np.array(photos[:count])
    graph = similarity_graph(vectors, threshold)
    labels = merge_groups(np.arange(count), vectors, graph, threshold, photo_mates(own))

    assert violations(labels, own) == 0
    groups = [sorted(group) for group in partition(labels)]
    for a, b in combinations(groups, 2):
        free = not set(own[a]) & set(own[b])
        assert not free or (vectors[a] @ vectors[b].T).mean() <= threshold + ROUNDING, "these could still be merged"


def test_what_is_together_stays_together() -> None:
    """However unlike they are, and though some of them share a photo: the merge parts nobody."""
    vectors = np.eye(4, dtype=np.float32)
    assert merged([5, 5, 9, 9], vectors, 0.5, [1, 1, 2, 3]) == {frozenset({0, 1}), frozenset({2, 3})}


def test_one_pair_of_look_alikes_does_not_merge_two_groups() -> None:
    """On a circle, groups a quarter of it apart; one face of each is near the other, and they are nearly one."""
    angles = np.radians([0, 0, 0, 40, 50, 90, 90, 90])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    mean = float(np.mean([np.cos(angles[a] - angles[b]) for a in range(4) for b in range(4, 8)]))
    assert mean < 0.35 < 0.98 < vectors[3] @ vectors[4]
    assert len(merged([0] * 4 + [1] * 4, vectors, mean + 0.01)) == 2
    assert len(merged([0] * 4 + [1] * 4, vectors, mean - 0.01)) == 1


def test_the_threshold_itself_is_not_above_the_threshold() -> None:
    vectors = np.array([[1, 0, 0, 0], [0.5, 0.5, 0.5, 0.5]], dtype=np.float32)
    assert len(merged([0, 1], vectors, 0.5)) == 2
    assert len(merged([0, 1], vectors, 0.49)) == 1


def test_groups_without_an_edge_between_them_are_not_merged() -> None:
    """A graph that knows of nobody, as it is for faces that are left out of it."""
    vectors = alike([2], [[0.9]])
    graph = similarity_graph(vectors, 0.95)
    assert merge_groups(np.array([0, 1]), vectors, graph, 0.5, no_mates(2)).tolist() == [0, 1]


def test_of_two_faces_in_one_photo_one_joins() -> None:
    vectors = alike([2, 1, 1], [[0.9, 0.8, 0.7], [0.8, 1, 0.75], [0.7, 0.75, 1]])
    labels = [0, 0, 1, 2]
    assert merged(labels, vectors, 0.6) == {frozenset({0, 1, 2, 3})}
    assert merged(labels, vectors, 0.6, [1, 2, 3, 3]) == {frozenset({0, 1, 2}), frozenset({3})}
    assert merged(labels, vectors, 0.6, [1, 3, 3, 4]) == {frozenset({0, 1}), frozenset({2, 3})}


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_face(count: int) -> None:
    assert merged(range(count), np.eye(count, 128, dtype=np.float32), 0.5) == partition(range(count))


def test_the_labels_given_are_left_as_they_are() -> None:
    vectors, labels = alike([3], [[0.9]]), np.array([2, 7, 7])
    merge_groups(labels, vectors, similarity_graph(vectors, 0.5), 0.5, no_mates(3))
    assert labels.tolist() == [2, 7, 7]
