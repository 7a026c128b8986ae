"""HDBSCAN on the sparse graph, a piece at a time, held against scikit-learn's on the matrix of all distances."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.cluster import HDBSCAN

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import ALGORITHMS, OUTLIER, Knobs, group_faces, similarity_graph
from sortbyface.grouping.hdbscan import hdbscan
from tests.grouping.people import Partition, alike, faces_of, mixture, partition

ROUNDING = 1e-5
SEEDS = st.integers(0, 2**32)


def groups(labels: np.ndarray) -> Partition:
    """Without the outliers."""
    return partition(labels) - {frozenset(np.flatnonzero(labels == OUTLIER).tolist())}


def dense(vectors: FloatMatrix, threshold: float) -> Partition:
    """From all distances at once.

    Whoever are not alike enough are as far apart as can be. Two strangers are, too, from everybody: or else one group
    alone would not be found. Faces without a neighbour are further away, one after the other: whom they join among
    equals is chance, and no group may seem to have them.
    """
    count = len(vectors)
    similarities = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    near = (similarities > threshold) & ~np.eye(count, dtype=bool)
    distances = np.full((count + 2, count + 2), 2.0)
    distances[:count, :count][near] = np.maximum(1 - similarities, (1 - threshold) / 4)[near]
    distances[count:, count:] = 0.001
    for step, face in enumerate(np.flatnonzero(~near.any(axis=1))):
        distances[face] = distances[:, face] = 3 + step
    np.fill_diagonal(distances, 0)
    tree = HDBSCAN(min_cluster_size=2, min_samples=1, metric="precomputed", copy=True)
    return groups(tree.fit_predict(distances)[:count])


@settings(max_examples=200, deadline=None)
@given(
    count=st.integers(1, 40),
    people=st.integers(1, 8),
    spread=st.sampled_from([0.0, 0.1, 0.3, 0.6]),
    seed=SEEDS,
    threshold=st.floats(-0.9, 0.999),
)
def test_it_is_hdbscan_on_all_distances(count: int, people: int, spread: float, seed: int, threshold: float) -> None:
    vectors = mixture(count, people, spread, seed)
    assume((np.abs(vectors.astype(np.float64) @ vectors.T.astype(np.float64) - threshold) > ROUNDING).all())
    assert groups(hdbscan(similarity_graph(vectors, threshold))) == dense(vectors, threshold)


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.6, 0.7, 0.8])
def test_many_faces(threshold: float) -> None:
    """From a graph that hangs together to one in a hundred pieces."""
    vectors = mixture(600, 60, 0.35, seed=3, dimensions=32)
    expected = dense(vectors, threshold)
    assert len(expected) > 10
    assert groups(hdbscan(similarity_graph(vectors, threshold, most=len(vectors)))) == expected


def together(vectors: FloatMatrix, threshold: float) -> list[int]:
    return group_faces(faces_of(vectors), Knobs(threshold, 30), ALGORITHMS["hdbscan"]).tolist()


def test_a_bridge_between_two_people_is_found_out() -> None:
    """Every face of the one is above the threshold for every face of the other: DBSCAN joins them."""
    vectors = alike([4, 3], [[0.95, 0.5], [0.5, 0.95]])
    assert together(vectors, 0.4) == [0, 0, 0, 0, 1, 1, 1]
    assert set(group_faces(faces_of(vectors), Knobs(0.4, 30), ALGORITHMS["dbscan"])) == {0}


@pytest.mark.parametrize("count", [2, 3, 8])
def test_one_person_alone_is_found(count: int) -> None:
    assert together(alike([count], [[0.8]]), 0.5) == [0] * count


def test_two_pictures_of_one_moment_do_not_leave_their_person() -> None:
    """They are the same but for one part in a million, the others are merely alike."""
    assert together(alike([2, 6], [[0.999999, 0.8], [0.8, 0.8]]), 0.6) == [0] * 8


def test_somebody_seen_once_is_an_outlier() -> None:
    vectors = alike([3, 1, 2], [[0.9, 0.1, 0.1], [0.1, 1, 0.1], [0.1, 0.1, 0.9]])
    assert together(vectors, 0.7) == [0, 0, 0, -1, 1, 1]
