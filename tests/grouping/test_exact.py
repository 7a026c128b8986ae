"""The exact search for similar faces, which looks only at pairs that bounds do not rule out, held against all pairs."""

from collections.abc import Iterator
from contextlib import contextmanager

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping.neighbours import Edges, bounds, cores, exact, exact_edges, pile
from sortbyface.grouping.neighbours.bounds import bounding
from tests.grouping.people import mixture

ROUNDING = 2e-6


@st.composite
def directions(draw: st.DrawFn) -> FloatMatrix:
    """Some that crowd, span few dimensions or nearly so, and some again, turned round, or nearly the same."""
    random = np.random.default_rng(draw(st.integers(0, 2**32)))
    count, dimensions = draw(st.integers(1, 80)), draw(st.integers(2, 80))
    spanned = draw(st.integers(1, dimensions))
    points = random.normal(size=(count, spanned)) @ random.normal(size=(spanned, dimensions))
    points += draw(st.sampled_from([0, 0, 3, 30])) * random.normal(size=dimensions)
    points += draw(st.sampled_from([0, 0, 1e-5, 1e-2])) * random.normal(size=points.shape)
    again = points[random.integers(0, count, draw(st.integers(0, 10)))]
    points = np.concatenate([points, again, -again, again + 1e-6 * random.normal(size=again.shape)])
    lengths = np.linalg.norm(points, axis=1, keepdims=True)
    assume(np.all(lengths > 1e-6))
    return random.permutation((points / lengths).astype(np.float32))


STEPS = st.integers(1, 40)
PRICES = st.sampled_from([0, 0, 10])


@contextmanager
def shortened(step: int, price: int) -> Iterator[None]:
    """As if so few faces were many. Price: 0, and as few coordinates are kept as can be; 10, and as many as pay."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bounds, "_SAMPLE", 5)
        patch.setattr(bounds, "_EVERY", 2)
        patch.setattr(bounds, "_STEP", step)
        patch.setattr(bounds, "_OUT_OF_ORDER", price)
        yield


def assert_found(edges: Edges, vectors: FloatMatrix, threshold: float) -> None:
    """All above the threshold and no others, once, in ascending order, but for rounding."""
    cosines = vectors.astype(np.float64) @ vectors.T.astype(np.float64)
    assert np.all(edges.firsts < edges.seconds)
    assert np.all(np.diff(edges.firsts.astype(np.int64) << 32 | edges.seconds) > 0)
    assert edges.similarities == pytest.approx(cosines[edges.firsts, edges.seconds], abs=ROUNDING)
    found = np.zeros(cosines.shape, dtype=bool)
    found[edges.firsts, edges.seconds] = True
    assert np.all(found[np.triu(cosines > threshold + ROUNDING, 1)])
    assert not np.any(found[cosines < threshold - ROUNDING])


@settings(max_examples=200, deadline=None)
@given(vectors=directions(), threshold=st.floats(-1, 1), step=STEPS, price=PRICES)
def test_no_bound_is_too_low(vectors: FloatMatrix, threshold: float, step: int, price: int) -> None:
    with shortened(step, price):
        short = bounding(vectors, threshold)
    assert short.dtype == np.float32
    assert short.shape[1] <= vectors.shape[1] + 1
    assert np.all(short @ short.T >= vectors @ vectors.T)
    assert np.all(short @ short.T >= vectors.astype(np.float64) @ vectors.T.astype(np.float64))


@settings(max_examples=200, deadline=None)
@given(
    vectors=directions(),
    threshold=st.one_of(st.sampled_from([-1.0, 0.0, 0.99, 0.999999, 1.0]), st.floats(-1, 1)),
    step=STEPS,
    price=PRICES,
    rows=st.integers(1, 100),
)
def test_it_finds_what_brute_force_finds(
    vectors: FloatMatrix, threshold: float, step: int, price: int, rows: int
) -> None:
    with shortened(step, price), pytest.MonkeyPatch.context() as patch:
        patch.setattr(exact, "_ROWS", rows)
        patch.setattr(exact, "_COLUMNS", 64)
        assert_found(exact_edges(vectors, threshold, len(vectors)), vectors, threshold)


@pytest.fixture(scope="module")
def people() -> FloatMatrix:
    """Three thousand faces in 100 dimensions, most of whose length is in a few: few of them bound nearly as well."""
    fading = np.exp(-np.arange(100) / 12).astype(np.float32)
    vectors = mixture(3_000, 300, 0.7, seed=1, dimensions=100) * fading
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_few_numbers_leave_few_pairs(people: FloatMatrix) -> None:
    short = bounding(people, 0.8)
    assert short.shape[1] < 50
    cosines = people @ people.T
    assert np.count_nonzero(short @ short.T > 0.8) < 3 * np.count_nonzero(cosines > 0.8)


@pytest.mark.parametrize("threshold", [0.5, 0.8, 0.95])
def test_of_thousands_too(people: FloatMatrix, threshold: float) -> None:
    assert_found(exact_edges(people, threshold, len(people)), people, threshold)


def test_faces_that_need_all_their_numbers_keep_them() -> None:
    """Where nothing is to be gained: all are one person."""
    random = np.random.default_rng(0)
    vectors = np.eye(1, 64, dtype=np.float32) + random.normal(0, 0.05, (2_500, 64)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    assert bounding(vectors, 0.5).shape == (2_500, 65)


@pytest.mark.parametrize("room", [3_000, 2_000_000])
def test_the_number_of_cores_makes_no_difference(
    people: FloatMatrix, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nor when edges are thrown away: with more cores, more are found before it is known that they are weak."""
    monkeypatch.setattr(pile, "_ROOM", room)
    found = []
    for threads in (1, 2, 5):
        monkeypatch.setattr(cores, "_THREADS", threads)
        found.append(exact_edges(people, 0.8, 5))
    assert len(found[0]) > 2_000
    for other in found[1:]:
        assert np.array_equal(found[0].firsts, other.firsts)
        assert np.array_equal(found[0].seconds, other.seconds)
        assert np.array_equal(found[0].similarities, other.similarities)


def test_a_pair_is_as_similar_whatever_it_is_searched_with(people: FloatMatrix) -> None:
    """To the last digit: so one search serves many thresholds."""
    low, high = (exact_edges(people, threshold, len(people)) for threshold in (0.5, 0.9))
    above = low.similarities > np.float32(0.9)
    assert np.array_equal(low.firsts[above], high.firsts)
    assert np.array_equal(low.similarities[above], high.similarities)
