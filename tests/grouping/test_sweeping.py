"""One search serves many thresholds, and nobody can tell."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.grouping import Faces, Knobs, group_faces, searching, similarity_graph, sweeping
from sortbyface.grouping.robust_whispers import RobustWhispers
from sortbyface.grouping.sweeping import sweep
from tests.grouping.people import alike, crowds, faces_of, mixture

THRESHOLDS = st.lists(st.sampled_from([0.2, 0.71, 0.951, 1.0]) | st.floats(0.2, 1), min_size=1, max_size=5)


@settings(max_examples=200, deadline=None)
@given(faces=crowds(), thresholds=THRESHOLDS, iterations=st.integers(0, 12), seed=st.integers(0, 2**32))
def test_each_threshold_gives_the_labels_of_a_grouping_of_its_own(
    faces: Faces, thresholds: list[float], iterations: int, seed: int
) -> None:
    swept = list(sweep(faces, thresholds, iterations, seed))

    assert [one.threshold for one in swept] == thresholds
    for one in swept:
        assert one.labels.tolist() == group_faces(faces, Knobs(one.threshold, iterations, seed)).tolist()


def test_neighbours_are_searched_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[float] = []

    def search(vectors: np.ndarray, threshold: float, **options: Any) -> object:
        searched.append(threshold)
        return similarity_graph(vectors, threshold, **options)

    monkeypatch.setattr(searching, "similarity_graph", search)

    assert len(list(sweeping.sweep(faces_of(mixture(200, 9, 0.3, seed=1)), [0.9, 0.6, 0.7], 30))) == 3
    assert len(searched) == 1
    assert searched[0] <= 0.6


@settings(max_examples=100, deadline=None)
@given(st.integers(0, 60), st.floats(0, 1), st.floats(0, 1), st.integers(0, 99))
def test_a_graph_that_is_made_stricter_is_the_one_that_a_search_finds(
    count: int, low: float, high: float, seed: int
) -> None:
    """To the last digit, where the lower threshold has few of them."""
    vectors = mixture(count, 3, 0.4, seed)
    low, high = np.floor(min(low, high) * 1024) / 1024, max(low, high)

    stricter, searched = similarity_graph(vectors, low).above(high), similarity_graph(vectors, high)

    assert stricter.threshold == searched.threshold
    assert stricter.starts.tolist() == searched.starts.tolist()
    assert stricter.neighbours.tolist() == searched.neighbours.tolist()
    assert stricter.weights.tolist() == searched.weights.tolist()


def test_a_graph_that_lacks_edges_is_refused() -> None:
    faces = faces_of(mixture(20, 3, 0.3, seed=1))
    graph = similarity_graph(faces.vectors, 0.7)

    with pytest.raises(ValueError, match="have not been searched for"):
        graph.above(0.69)
    with pytest.raises(ValueError, match="have not been searched for"):  # it merges groups below 0.7
        RobustWhispers().group(graph, faces, Knobs(0.7, 30))


@pytest.mark.parametrize(("photos", "kept_apart"), [([0, 0, 1], 1), ([0, 1, 1], 0), ([0, 1, 2], 0), ([0, 0, 0], 1)])
def test_pairs_in_one_photo_that_only_the_photo_keeps_apart(photos: list[int], kept_apart: int) -> None:
    """Two look-alikes, and a third who is like nobody."""
    vectors = alike([2, 1], [[0.9, 0.1], [0.1, 1]])

    (at_that,) = sweep(faces_of(vectors, photos), [0.8], 30)
    (stricter,) = sweep(faces_of(vectors, photos), [0.95], 30)

    assert (at_that.kept_apart, stricter.kept_apart) == (kept_apart, 0)
    assert (at_that.labels[0] == at_that.labels[1]) == (photos[0] != photos[1])


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_face(count: int) -> None:
    swept = list(sweep(faces_of(np.eye(1, 128, dtype=np.float32).repeat(count, axis=0)), [0.5, 0.7], 30))

    assert [(one.labels.tolist(), one.kept_apart) for one in swept] == [([0] * count, 0)] * 2
