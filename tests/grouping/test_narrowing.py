"""Vectors without the numbers that say nothing."""

import numpy as np
import pytest

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours import narrowing
from sortbyface.grouping.neighbours.narrowing import narrowed
from tests.grouping.people import mixture


def widened(vectors: FloatMatrix, dimensions: int) -> FloatMatrix:
    """The same directions, seen from another side, in so many dimensions."""
    random = np.random.default_rng(0)
    axes, _ = np.linalg.qr(random.normal(size=(dimensions, vectors.shape[1])))
    return (vectors @ axes.T).astype(np.float32)


@pytest.mark.parametrize("noise", [0, 1e-3])
def test_what_says_nothing_is_left_out(noise: float) -> None:
    """With a little noise, as a network's rounding leaves it in all dimensions."""
    vectors = widened(mixture(500, 40, 0.5, seed=1, dimensions=20), 128)
    vectors += np.random.default_rng(1).normal(0, noise / 128**0.5, vectors.shape).astype(np.float32)
    narrow = narrowed(vectors)
    assert narrow.shape == (500, 20)
    assert narrow.dtype == np.float32
    assert np.abs(narrow @ narrow.T - vectors @ vectors.T).max() < 1e-4


@pytest.mark.parametrize("dimensions", [100, 128])
def test_vectors_that_need_most_of_their_numbers_stay_as_they_are(dimensions: int) -> None:
    vectors = widened(mixture(500, 40, 0.5, seed=1, dimensions=dimensions), 128)
    assert narrowed(vectors) is vectors


def test_a_dimension_that_only_a_few_faces_have_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten faces are looked at, and none of those that lie elsewhere is among them."""
    monkeypatch.setattr(narrowing, "_ROWS", 10)
    vectors = np.zeros((100, 64), dtype=np.float32)
    vectors[:, 0] = 1
    vectors[5] = vectors[17] = np.eye(64)[7]
    assert narrowed(vectors) is vectors
