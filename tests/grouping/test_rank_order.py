"""Approximate rank-order clustering, held against the paper's formulas, written down as they stand there."""

import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.grouping import ALGORITHMS, Knobs, group_faces, similarity_graph
from sortbyface.grouping.graph import SimilarityGraph
from sortbyface.grouping.rank_order import rank_order
from tests.grouping.graphs import clique, graph_of, graphs
from tests.grouping.people import Partition, alike, faces_of, mixture, partition

SEEDS = st.integers(0, 2**32)


def as_published(graph: "networkx.Graph[int]", k: int, threshold: float) -> Partition:
    """Equations 3 and 2 of Otto, Wang and Jain, and the transitive merge."""
    f = {a: sorted(graph[a], key=lambda b: (-graph[a][b]["weight"], b))[:k] for a in graph}
    beyond = len(graph) + 1

    def rank(a: int, b: int) -> int:
        """O_a(b); a face is the first in its own list, at rank 0."""
        return [a, *f[a]].index(b) if b == a or b in f[a] else beyond

    def d(a: int, b: int) -> int:
        last = min(rank(a, b), len(f[a]))
        return sum(rank(b, f[a][i - 1]) == beyond for i in range(1, last + 1))

    merged = networkx.Graph()
    merged.add_nodes_from(graph)
    for a in graph:
        for b in f[a]:
            if (d(a, b) + d(b, a)) / min(rank(a, b), rank(b, a)) < threshold:
                merged.add_edge(a, b)
    return {frozenset(group) for group in networkx.connected_components(merged)}


DISTANCES = st.sampled_from([0.1, 0.5, 1.0, 1.5, 4.0])


@settings(max_examples=300, deadline=None)
@given(graph=graphs(), most=st.integers(1, 8), distance=DISTANCES)
def test_it_is_what_the_paper_says_for_any_graph(graph: SimilarityGraph, most: int, distance: float) -> None:
    assert partition(rank_order(graph, most, distance)) == as_published(graph.to_networkx(), most, distance)


@settings(max_examples=200, deadline=None)
@given(
    count=st.integers(0, 40),
    people=st.integers(1, 6),
    spread=st.sampled_from([0.0, 0.2, 0.6]),
    seed=SEEDS,
    threshold=st.floats(-1, 1),
    most=st.integers(1, 40),
    distance=DISTANCES,
)
def test_it_is_what_the_paper_says_for_faces(
    count: int, people: int, spread: float, seed: int, threshold: float, most: int, distance: float
) -> None:
    graph = similarity_graph(mixture(count, people, spread, seed), threshold)
    assert partition(rank_order(graph, most, distance)) == as_published(graph.to_networkx(), most, distance)


def test_many_faces() -> None:
    """Everybody knows everybody, and it still finds most people: only ranks matter."""
    vectors = mixture(200, 20, 0.2, seed=3, dimensions=32)
    graph = similarity_graph(vectors, -1, most=len(vectors))
    labels = rank_order(graph, most=8)
    assert 15 < len(partition(labels)) < 60
    assert partition(labels) == as_published(graph.to_networkx(), 8, 1.0)


def test_a_distance_by_hand() -> None:
    """Faces 0 and 1 are first and second to each other, and each has one nearer face that the other does not know.

    (1 + 1) / 2 = 1.
    """
    graph = graph_of(4, [(0, 1, 0.5), (0, 2, 0.9), (1, 3, 0.9)])
    assert rank_order(graph, distance=1.0).tolist() == [0, 1, 0, 1]
    assert set(rank_order(graph, distance=1.01)) == {0}


@pytest.mark.parametrize(("most", "distance"), [(4, 3), (3, 3), (2, 2), (1, 1)])
def test_who_is_not_among_the_nearest_of_the_other(most: int, distance: int) -> None:
    """Face 3 has no other neighbour than 0. But 0 has three that are nearer, and 3 knows none of them."""
    graph = graph_of(5, [*clique([0, 1, 2, 4], 0.9), (0, 3, 0.1)])
    assert rank_order(graph, most, distance)[3] not in rank_order(graph, most, distance)[[0, 1, 2, 4]]
    assert set(rank_order(graph, most, distance + 0.01)) == {0}


def test_a_bridge_in_the_graph_joins_nobody() -> None:
    """Two people, and one face of each that are alike: DBSCAN would take them for one."""
    graph = graph_of(10, [*clique(range(5), 0.3), *clique(range(5, 10), 0.3), (0, 5, 0.2)])
    assert rank_order(graph).tolist() == [0] * 5 + [1] * 5


def test_the_threshold_bounds_the_neighbours() -> None:
    """Whoever are nearest to each other, but not near, are two."""
    vectors = alike([1, 1], [[1, 0.6], [0.6, 1]])
    assert len(set(group_faces(faces_of(vectors), Knobs(0.5, 30), ALGORITHMS["rank-order"]))) == 1
    assert len(set(group_faces(faces_of(vectors), Knobs(0.7, 30), ALGORITHMS["rank-order"]))) == 2
    assert np.isclose(vectors[0] @ vectors[1], 0.6)
