"""Average linkage from single faces, held against SciPy's and scikit-learn's; test_merging.py has the rest."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.cluster.hierarchy import average, fcluster
from scipy.spatial.distance import pdist
from sklearn.cluster import AgglomerativeClustering

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import ALGORITHMS, Knobs, group_faces
from tests.grouping.people import Partition, alike, faces_of, mixture, partition

ROUNDING = 1e-5
SEEDS = st.integers(0, 2**32)


def together(vectors: FloatMatrix, threshold: float, photos: list[int] | None = None) -> Partition:
    return partition(group_faces(faces_of(vectors, photos), Knobs(threshold, 30), ALGORITHMS["agglomerative"]))


@settings(max_examples=200, deadline=None)
@given(
    count=st.integers(2, 40),
    people=st.integers(1, 8),
    spread=st.sampled_from([0.2, 0.6]),
    seed=SEEDS,
    threshold=st.floats(-0.9, 0.99),
)
def test_it_is_scipys_tree_cut_at_the_threshold(
    count: int, people: int, spread: float, seed: int, threshold: float
) -> None:
    vectors = mixture(count, people, spread, seed)
    tree = average(pdist(vectors.astype(np.float64), "cosine"))
    assume((np.abs(tree[:, 2] - (1 - threshold)) > ROUNDING).all())
    assert together(vectors, threshold) == partition(fcluster(tree, 1 - threshold, "distance"))


@pytest.mark.parametrize("threshold", [0.3, 0.5, 0.7])
def test_it_is_scikit_learns_on_many_faces(threshold: float) -> None:
    vectors = mixture(600, 60, 0.35, seed=3, dimensions=32)
    linkage = AgglomerativeClustering(None, metric="cosine", linkage="average", distance_threshold=1 - threshold)
    expected = partition(linkage.fit_predict(vectors.astype(np.float64)))
    assert 20 < len(expected) < 400
    assert together(vectors, threshold) == expected


def test_two_faces_of_one_photo_never_come_together() -> None:
    """Though no two faces are more alike. The one that is more like the others joins them."""
    vectors = alike([1, 1, 2], [[1, 0.95, 0.85], [0.95, 1, 0.8], [0.85, 0.8, 0.9]])
    assert together(vectors, 0.5) == {frozenset({0, 1, 2, 3})}
    assert together(vectors, 0.5, [1, 1, 2, 3]) == {frozenset({0, 2, 3}), frozenset({1})}
