"""DBSCAN on the sparse graph, held against scikit-learn's on the matrix of all distances."""

import networkx
import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from sklearn.cluster import DBSCAN

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import ALGORITHMS, Knobs, group_faces, similarity_graph
from sortbyface.grouping.dbscan import dbscan
from tests.grouping.people import alike, faces_of, mixture, partition

ROUNDING = 1e-5
SEEDS = st.integers(0, 2**32)


def dense(vectors: FloatMatrix, threshold: float, min_samples: int) -> list[int]:
    """From all distances."""
    distances = (1 - vectors.astype(np.float64) @ vectors.T.astype(np.float64)).clip(0)
    np.fill_diagonal(distances, 0)
    scan = DBSCAN(eps=1 - threshold, min_samples=min_samples, metric="precomputed")
    return list(scan.fit_predict(distances).tolist())


def beyond_rounding(vectors: FloatMatrix, threshold: float) -> bool:
    """Whether it is clear of every two faces if they are neighbours."""
    similarities = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    return bool((np.abs(similarities - threshold) > ROUNDING).all())


@settings(max_examples=200, deadline=None)
@given(
    count=st.integers(1, 40),
    people=st.integers(1, 8),
    spread=st.sampled_from([0.0, 0.2, 0.6]),
    seed=SEEDS,
    threshold=st.floats(-0.9, 0.999),
    min_samples=st.integers(1, 6),
)
def test_it_is_dbscan_on_all_distances(
    count: int, people: int, spread: float, seed: int, threshold: float, min_samples: int
) -> None:
    vectors = mixture(count, people, spread, seed)
    assume(beyond_rounding(vectors, threshold))
    assert dbscan(similarity_graph(vectors, threshold), min_samples).tolist() == dense(vectors, threshold, min_samples)


@pytest.mark.parametrize("min_samples", [2, 3, 5])
@pytest.mark.parametrize("threshold", [0.6, 0.65, 0.7])
def test_many_faces(threshold: float, min_samples: int) -> None:
    vectors = mixture(600, 60, 0.6, seed=3, dimensions=32)
    expected = dense(vectors, threshold, min_samples)
    assert len(set(expected)) > 10
    assert -1 in expected
    assert dbscan(similarity_graph(vectors, threshold, most=len(vectors)), min_samples).tolist() == expected


@settings(max_examples=100, deadline=None)
@given(count=st.integers(0, 40), seed=SEEDS, threshold=st.floats(-0.9, 0.999))
def test_by_default_whoever_is_connected_is_together(count: int, seed: int, threshold: float) -> None:
    vectors = mixture(count, 6, 0.3, seed)
    labels = group_faces(faces_of(vectors), Knobs(threshold, 30), ALGORITHMS["dbscan"])

    pieces = networkx.connected_components(similarity_graph(vectors, threshold).to_networkx())
    assert partition(labels) - {frozenset(np.flatnonzero(labels == -1).tolist())} == {
        frozenset(piece) for piece in pieces if len(piece) > 1
    }


def test_somebody_seen_once_is_an_outlier() -> None:
    vectors = alike([3, 1, 2], [[0.9, 0.1, 0.1], [0.1, 1, 0.1], [0.1, 0.1, 0.9]])
    assert group_faces(faces_of(vectors), Knobs(0.7, 30), ALGORITHMS["dbscan"]).tolist() == [0, 0, 0, -1, 1, 1]
