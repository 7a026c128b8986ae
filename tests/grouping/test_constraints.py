"""Who shares a photo, held against a look at every pair."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sortbyface.grouping import OUTLIER
from sortbyface.grouping.constraints import Mates, no_mates, photo_mates, violations
from tests.grouping.people import pairs_in_one_photo

PHOTOS = st.lists(st.integers(-2, 9), max_size=30)
"""Any numbers of photos, in any order: a photo's faces need not stand together."""


def mates_of(mates: Mates) -> list[list[int]]:
    """Of each face."""
    return [mates.faces[a:b].tolist() for a, b in zip(mates.starts[:-1], mates.starts[1:], strict=True)]


@given(photos=PHOTOS)
def test_a_faces_mates_are_the_others_in_its_photo(photos: list[int]) -> None:
    mates = photo_mates(np.array(photos, dtype=np.int64))

    pairs = pairs_in_one_photo(photos)
    expected = [[b if a == face else a for a, b in pairs if face in (a, b)] for face in range(len(photos))]
    assert [sorted(row) for row in mates_of(mates)] == [sorted(row) for row in expected]
    assert mates.starts.dtype == mates.faces.dtype == np.int64


@given(photos=PHOTOS)
def test_every_two_faces_of_a_photo_are_one_pair(photos: list[int]) -> None:
    pairs = photo_mates(np.array(photos, dtype=np.int64)).pairs()

    assert pairs.shape[1:] == (2,)
    assert sorted(map(tuple, pairs.tolist())) == pairs_in_one_photo(photos)


def test_by_hand() -> None:
    mates = photo_mates(np.array([70, 3, 70, 5, 70]))

    assert mates_of(mates) == [[2, 4], [], [0, 4], [], [0, 2]]
    assert mates.pairs().tolist() == [[0, 2], [0, 4], [2, 4]]


@pytest.mark.parametrize("count", [0, 1, 4])
def test_where_each_has_a_photo_of_its_own_nobody_has_mates(count: int) -> None:
    for mates in (no_mates(count), photo_mates(np.arange(count) * 7)):
        assert mates_of(mates) == [[]] * count
        assert mates.pairs().shape == (0, 2)


@given(faces=st.lists(st.tuples(st.integers(OUTLIER, 3), st.integers(0, 5)), max_size=30))
def test_a_violation_is_a_pair_in_one_photo_and_in_one_group(faces: list[tuple[int, int]]) -> None:
    """Outliers, though they bear one label, are no group."""
    labels, photos = np.array(faces, dtype=np.int64).reshape(-1, 2).T

    expected = [(a, b) for a, b in pairs_in_one_photo(photos.tolist()) if labels[a] == labels[b] != OUTLIER]
    assert violations(labels, photos) == len(expected)


def test_violations_by_hand() -> None:
    photos = np.array([1, 1, 1, 2, 2, 3])
    assert violations([0, 1, 2, 0, 1, 0], photos) == 0
    assert violations([0, 0, 1, 0, 1, 0], photos) == 1
    assert violations([0, 0, 0, 4, 4, 0], photos) == 3 + 1
    assert violations([OUTLIER] * 6, photos) == 0
