"""Chinese Whispers, held against its readable form, against what must be true of it, and against dlib's."""

import dlib
import networkx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.grouping import DEFAULT, PLAIN, Faces, Knobs, chinese_whispers, group_faces, similarity_graph
from sortbyface.grouping.chinese_whispers import by_size
from sortbyface.grouping.constraints import no_mates, photo_mates
from sortbyface.grouping.graph import SimilarityGraph
from tests.grouping import reference
from tests.grouping.graphs import clique, graph_of, graphs
from tests.grouping.people import pairs_in_one_photo, partition

SEEDS = st.integers(0, 2**32)


@st.composite
def crowded_graphs(draw: st.DrawFn) -> tuple[SimilarityGraph, list[int]]:
    """Any graph, and the photo that each node is in: from one for all of them to one for each."""
    graph = draw(graphs())
    last = draw(st.integers(0, 2 * len(graph)))
    return graph, draw(st.lists(st.integers(0, last), min_size=len(graph), max_size=len(graph)))


@settings(max_examples=400, deadline=None)
@given(graph=graphs(), iterations=st.integers(0, 8), seed=SEEDS)
def test_it_gives_what_its_readable_form_gives(graph: SimilarityGraph, iterations: int, seed: int) -> None:
    labels = chinese_whispers(graph, iterations, seed)
    assert labels.dtype == np.int64
    assert labels.tolist() == reference.chinese_whispers(graph.to_networkx(), iterations, seed)


def test_it_gives_what_its_readable_form_gives_on_a_large_graph() -> None:
    """Ties are common here: all weights are equal, and the nodes' neighbourhoods overlap."""
    edges = networkx.connected_watts_strogatz_graph(600, 8, 0.3, seed=5).edges
    graph = graph_of(600, [(first, second, 0.125) for first, second in edges])
    for seed in range(5):
        labels = chinese_whispers(graph, 30, seed).tolist()
        assert labels == reference.chinese_whispers(graph.to_networkx(), 30, seed)


@settings(max_examples=400, deadline=None)
@given(crowd=crowded_graphs(), iterations=st.integers(0, 8), seed=SEEDS)
def test_among_faces_of_one_photo_it_gives_what_its_readable_form_gives(
    crowd: tuple[SimilarityGraph, list[int]], iterations: int, seed: int
) -> None:
    graph, photos = crowd
    labels = chinese_whispers(graph, iterations, seed, photo_mates(np.array(photos, dtype=np.int64))).tolist()
    assert labels == reference.chinese_whispers(graph.to_networkx(), iterations, seed, photos)
    assert all(labels[a] != labels[b] for a, b in pairs_in_one_photo(photos))


@settings(max_examples=100, deadline=None)
@given(graph=graphs(), iterations=st.integers(0, 8), seed=SEEDS)
def test_a_photo_for_each_changes_nothing(graph: SimilarityGraph, iterations: int, seed: int) -> None:
    expected = chinese_whispers(graph, iterations, seed)
    for mates in (no_mates(len(graph)), photo_mates(np.arange(len(graph)))):
        assert np.array_equal(chinese_whispers(graph, iterations, seed, mates), expected)


@settings(max_examples=100, deadline=None)
@given(graph=graphs(), seed=SEEDS)
def test_the_same_seed_gives_the_same_labels(graph: SimilarityGraph, seed: int) -> None:
    assert np.array_equal(chinese_whispers(graph, 30, seed), chinese_whispers(graph, 30, seed))


@settings(max_examples=200, deadline=None)
@given(graph=graphs(), iterations=st.integers(0, 30), seed=SEEDS)
def test_a_group_never_reaches_beyond_what_is_connected(graph: SimilarityGraph, iterations: int, seed: int) -> None:
    components = list(networkx.connected_components(graph.to_networkx()))
    for group in partition(chinese_whispers(graph, iterations, seed).tolist()):
        assert any(group <= component for component in components)


@settings(max_examples=200, deadline=None)
@given(graph=graphs(), seed=SEEDS)
def test_the_largest_group_comes_first(graph: SimilarityGraph, seed: int) -> None:
    labels = chinese_whispers(graph, 30, seed).tolist()
    assert labels == reference.numbered_by_size(labels)


@given(st.lists(st.integers(-3, 12), max_size=40))
def test_groups_are_numbered_by_size_and_by_first_member(labels: list[int]) -> None:
    numbered = by_size(np.array(labels, dtype=np.int64)).tolist()
    assert numbered == reference.numbered_by_size(labels)
    assert partition(numbered) == partition(labels)


def test_numbering_by_hand() -> None:
    assert by_size(np.array([7, 3, 3, 9, 7, 5])).tolist() == [0, 1, 1, 2, 0, 3]


@pytest.mark.parametrize("count", [0, 1, 5])
def test_who_has_no_neighbours_stays_alone(count: int) -> None:
    assert chinese_whispers(graph_of(count, []), 30, 0).tolist() == list(range(count))


def test_without_an_iteration_everyone_stays_alone() -> None:
    assert chinese_whispers(graph_of(4, clique(range(4))), 0, 0).tolist() == [0, 1, 2, 3]


def test_two_cliques_and_a_stranger() -> None:
    graph = graph_of(8, clique([0, 2, 4]) + clique([1, 3, 5, 6]))
    assert chinese_whispers(graph, 30, 0).tolist() == [1, 0, 1, 0, 1, 0, 0, 2]


def test_a_weak_bridge_does_not_join_two_cliques() -> None:
    graph = graph_of(10, [*clique(range(5)), *clique(range(5, 10)), (4, 5, 0.01)])
    for seed in range(20):
        assert chinese_whispers(graph, 30, seed).tolist() == [0] * 5 + [1] * 5


def test_the_loudest_label_wins_not_the_most_frequent() -> None:
    """Node 0 hears one sure friend of group A and three doubtful ones of group B."""
    friends, doubtful = clique([1, 2, 3, 4], 0.9), clique([5, 6, 7, 8], 0.9)
    graph = graph_of(9, [*friends, *doubtful, (0, 1, 0.5), (0, 5, 0.1), (0, 6, 0.1), (0, 7, 0.1)])
    for seed in range(10):
        labels = chinese_whispers(graph, 30, seed)
        assert labels[0] == labels[1] != labels[5]


def test_who_may_not_have_the_loudest_label_has_the_next() -> None:
    """Nodes 3 and 4 hear both cliques, the first louder; only one of them can go there, as they share a photo."""
    graph = graph_of(
        8,
        [*clique([0, 1, 2], 0.9), *clique([5, 6, 7], 0.9), *[(n, m, 0.6) for n in (3, 4) for m in (0, 1, 2)]]
        + [(n, m, 0.3) for n in (3, 4) for m in (5, 6, 7)],
    )
    assert chinese_whispers(graph, 30, 0).tolist() == [0] * 5 + [1] * 3
    mates = photo_mates(np.array([0, 1, 2, 3, 3, 5, 6, 7]))
    for seed in range(20):
        labels = chinese_whispers(graph, 30, seed, mates)
        assert {labels[3], labels[4]} == {labels[0], labels[5]}
        assert partition(labels.tolist()) in (
            {frozenset({0, 1, 2, 3}), frozenset({4, 5, 6, 7})},
            {frozenset({0, 1, 2, 4}), frozenset({3, 5, 6, 7})},
        )


def test_it_stops_when_nothing_changes() -> None:
    graph = graph_of(10, clique(range(5)) + clique(range(5, 10)))
    endless = chinese_whispers(graph, 10**9, 3)
    assert np.array_equal(endless, chinese_whispers(graph, 100, 3))


def test_more_iterations_carry_a_label_further() -> None:
    """A chain whose weights fall: every node listens to the one before it, so one label wins in the end."""
    graph = graph_of(30, [(node, node + 1, 1 / (node + 1)) for node in range(29)])
    counts = [len(set(chinese_whispers(graph, iterations, 1).tolist())) for iterations in (0, 1, 30)]
    assert counts[0] == 30 > counts[1] > counts[2]


def test_well_separated_people_are_grouped_as_dlib_groups_them() -> None:
    random = np.random.default_rng(8)
    centres = np.linalg.qr(random.normal(size=(64, 12)))[0].T
    truth = random.integers(0, 12, 150)
    vectors = centres[truth] + random.normal(0, 0.03, (150, 64))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    graph = similarity_graph(vectors, 0.6)
    edges = [(first, second, data["weight"]) for first, second, data in graph.to_networkx().edges(data=True)]
    ours = chinese_whispers(graph, 30, 0).tolist()
    assert partition(ours) == partition(list(dlib.chinese_whispers(edges))) == partition(truth.tolist())
    faces = Faces(vectors, np.arange(len(vectors)), np.zeros(len(vectors), bool))
    for algorithm in (DEFAULT, PLAIN):
        assert group_faces(faces, Knobs(0.6, 30), algorithm).tolist() == ours
