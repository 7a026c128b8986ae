"""Doubtful faces follow the others and lead nobody."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import FloatMatrix, Labels
from sortbyface.grouping import chinese_whispers, similarity_graph
from sortbyface.grouping.chinese_whispers import by_size
from sortbyface.grouping.constraints import no_mates, photo_mates
from sortbyface.grouping.doubtful import Flags, join_nearest, without_doubtful


def group(vectors: FloatMatrix, doubtful: Flags, threshold: float) -> Labels:
    """The clear faces by Chinese Whispers, and then the doubtful ones."""
    graph = similarity_graph(vectors, threshold)
    labels = chinese_whispers(without_doubtful(graph, doubtful), 30, 0)
    return by_size(join_nearest(labels, graph, doubtful, no_mates(len(vectors))))


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

    assert group(chain, flags(0, 0, 1, 0, 0), within(9.5)).tolist() == [0, 0, 0, 1, 1]


def test_it_joins_whom_it_is_most_like() -> None:
    """Though there are more faces on the other side."""
    assert group(circle(0, 1, 2, 8, 13), flags(0, 0, 0, 1, 0), within(9)).tolist() == [0, 0, 0, 1, 1]


def test_doubtful_faces_make_no_group_of_their_own() -> None:
    assert group(circle(0, 1, 2, 90), flags(1, 1, 1, 0), within(5)).tolist() == [0, 1, 2, 3]


def test_a_doubtful_face_follows_no_doubtful_face() -> None:
    assert group(circle(0, 4, 8), flags(0, 1, 1), within(5)).tolist() == [0, 0, 1]


def test_a_doubtful_face_does_not_join_its_own_photo() -> None:
    """The nearest face is in the same photo, so the next nearest has it; of two from one photo, the nearer one."""
    vectors, doubtful = circle(0, 1, 20, 9, 12), flags(0, 0, 0, 1, 1)
    graph = similarity_graph(vectors, within(15))
    labels = chinese_whispers(without_doubtful(graph.above(within(5)), doubtful), 30, 0)

    def joined(*photos: int) -> list[int]:
        return by_size(join_nearest(labels, graph, doubtful, photo_mates(np.array(photos)))).tolist()

    assert joined(1, 2, 3, 4, 5) == [0, 0, 1, 0, 1]
    assert joined(1, 2, 3, 2, 5) == [1, 1, 0, 0, 0]
    assert joined(1, 2, 3, 4, 4) == [0, 0, 1, 0, 1]
    assert joined(1, 2, 4, 4, 4) == [0, 0, 1, 0, 2]


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 40), st.floats(0, 1))
def test_as_by_hand(seed: int, count: int, share: float) -> None:
    """Groups of the clear faces alone; then, for each doubtful one, a search through all clear ones."""
    random = np.random.default_rng(seed)
    vectors = circle(*random.uniform(0, 360, count))
    doubtful = random.random(count) < share
    threshold = within(12)

    labels = group(vectors, doubtful, threshold)

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
