"""Doubtful faces follow the others and lead nobody."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping import group_faces
from sortbyface.grouping.doubtful import Flags


def circle(*degrees: float) -> FloatMatrix:
    """Faces that lie on a circle: neighbours are alike."""
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def within(degrees: float) -> float:
    """The threshold above which faces so far apart are just joined."""
    return float(np.cos(np.radians(degrees + 0.01)))


def flags(*doubtful: int) -> Flags:
    return np.array(doubtful, dtype=bool)


def test_a_doubtful_face_is_no_bridge() -> None:
    chain = circle(0, 1, 10, 19, 20)

    assert group_faces(chain, flags(0, 0, 1, 0, 0), within(9.5), 30, 0).tolist() == [0, 0, 0, 1, 1]


def test_it_joins_whom_it_is_most_like() -> None:
    """Though there are more faces on the other side."""
    assert group_faces(circle(0, 1, 2, 8, 13), flags(0, 0, 0, 1, 0), within(9), 30, 0).tolist() == [0, 0, 0, 1, 1]


def test_doubtful_faces_make_no_group_of_their_own() -> None:
    assert group_faces(circle(0, 1, 2, 90), flags(1, 1, 1, 0), within(5), 30, 0).tolist() == [0, 1, 2, 3]


def test_a_doubtful_face_follows_no_doubtful_face() -> None:
    assert group_faces(circle(0, 4, 8), flags(0, 1, 1), within(5), 30, 0).tolist() == [0, 0, 1]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.floats(0, 1))
def test_as_by_hand(seed: int, count: int, share: float) -> None:
    """Groups of the clear faces alone; then, for each doubtful one, a search through all clear ones."""
    random = np.random.default_rng(seed)
    vectors = circle(*random.uniform(0, 360, count))
    doubtful = random.random(count) < share
    threshold = within(12)

    labels = group_faces(vectors, doubtful, threshold, 30, 0)

    clear = np.flatnonzero(~doubtful)
    for face in np.flatnonzero(doubtful):
        similarities = vectors[clear] @ vectors[face]
        if len(clear) and similarities.max() > threshold:
            assert labels[face] in labels[clear][similarities > similarities.max() - 1e-6]
        else:
            assert np.count_nonzero(labels == labels[face]) == 1
    assert_a_partition(labels)
    if not doubtful.any():
        return
    none_between = [(a, b) for a in clear for b in clear if labels[a] == labels[b]]
    assert all(connected(vectors[clear], threshold, clear, a, b) for a, b in none_between)


def assert_a_partition(labels: Labels) -> None:
    """Numbered from 0, the largest first."""
    sizes = np.bincount(labels)
    assert sizes.min() > 0
    assert (np.diff(sizes) <= 0).all()


def connected(vectors: FloatMatrix, threshold: float, faces: np.ndarray, first: int, second: int) -> bool:
    """Whether a path of clear faces leads from one to the other."""
    reached, ahead = {first}, [first]
    while ahead:
        face = ahead.pop()
        near = faces[vectors @ vectors[np.flatnonzero(faces == face)[0]] > threshold - 1e-6]
        ahead += [other for other in near.tolist() if other not in reached]
        reached.update(near.tolist())
    return second in reached
