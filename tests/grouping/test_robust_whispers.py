"""The default grouping: it mixes nobody whom it need not mix, and nobody is twice in one photo."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import FloatMatrix
from sortbyface.grouping import PLAIN, Faces, Knobs, chinese_whispers, group_faces, similarity_graph
from sortbyface.grouping.constraints import violations
from tests.grouping import reference
from tests.grouping.people import Partition, alike, crowds, faces_of, mixture, pairs_in_one_photo, partition, unit

SEEDS = st.integers(0, 2**32)
THRESHOLDS = st.sampled_from([-1.0, 0.0, 0.5, 0.71, 0.9, 1.0]) | st.floats(-1, 1)
KNOBS = st.builds(Knobs, THRESHOLDS, st.integers(0, 12), SEEDS)


def together(faces: Faces, knobs: Knobs) -> Partition:
    return partition(group_faces(faces, knobs))


@settings(max_examples=300, deadline=None)
@given(faces=crowds(), knobs=KNOBS)
def test_nobody_is_twice_in_one_photo(faces: Faces, knobs: Knobs) -> None:
    labels = group_faces(faces, knobs)

    for a, b in pairs_in_one_photo(faces.photos.tolist()):
        assert labels[a] != labels[b]
    assert violations(labels, faces.photos) == 0


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), knobs=KNOBS)
def test_everyone_has_a_group_and_the_largest_comes_first(faces: Faces, knobs: Knobs) -> None:
    labels = group_faces(faces, knobs)

    assert labels.dtype == np.int64
    assert labels.shape == (len(faces),)
    assert labels.tolist() == reference.numbered_by_size(labels.tolist())


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), knobs=KNOBS)
def test_the_same_faces_and_knobs_give_the_same_labels(faces: Faces, knobs: Knobs) -> None:
    again = Faces(faces.vectors.copy(), faces.photos.copy(), faces.doubtful.copy())
    assert np.array_equal(group_faces(faces, knobs), group_faces(again, knobs))


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), knobs=KNOBS, offset=st.integers(-(10**12), 10**12))
def test_what_the_photos_are_called_does_not_matter(faces: Faces, knobs: Knobs, offset: int) -> None:
    renamed = Faces(faces.vectors, offset - 3 * faces.photos, faces.doubtful)
    assert np.array_equal(group_faces(faces, knobs), group_faces(renamed, knobs))


@settings(max_examples=100, deadline=None)
@given(faces=crowds(), knobs=KNOBS)
def test_doubtful_faces_bring_nobody_together(faces: Faces, knobs: Knobs) -> None:
    """Whatever they look like, the clear faces are grouped in the same way."""
    vectors = faces.vectors.copy()
    vectors[faces.doubtful] = mixture(int(faces.doubtful.sum()), 1, 0.5, seed=knobs.seed)
    with_others = group_faces(Faces(vectors, faces.photos, faces.doubtful), knobs)
    assert partition(group_faces(faces, knobs)[~faces.doubtful]) == partition(with_others[~faces.doubtful])


# --- people who are told apart beyond doubt ---------------------------------------------------------------------------


@st.composite
def clear_cases(draw: st.DrawFn) -> tuple[Faces, Partition, float]:
    """People whose own faces are all alike, and no two of whom are: the faces, who is who, and a threshold."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=6))
    random = np.random.default_rng(draw(SEEDS))
    truth = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    vectors = unit(np.eye(40)[truth] + random.normal(0, 0.06, (len(truth), 40)))
    photos = np.empty(len(truth), dtype=np.int64)
    for person in range(len(sizes)):  # everybody is once in each photo, and photos show several
        photos[truth == person] = random.permutation(max(sizes))[: sizes[person]]
    similarities, same = vectors @ vectors.T, truth[:, None] == truth
    assert similarities[same].min() > 0.65 > 0.6 > similarities[~same].max(initial=-1)
    return Faces(vectors, photos, np.zeros(len(truth), bool)), partition(truth), draw(st.floats(0.68, 0.69))


@settings(max_examples=100, deadline=None)
@given(case=clear_cases(), iterations=st.integers(0, 30), seed=SEEDS)
def test_clear_cases_do_not_depend_on_knobs(case: tuple[Faces, Partition, float], iterations: int, seed: int) -> None:
    """All pairs of one person are above the threshold of the merge, all others below.

    Whatever whispers leave apart, down to every face alone without an iteration, comes together.
    """
    faces, truth, threshold = case
    assert together(faces, Knobs(threshold, iterations, seed)) == truth


@settings(max_examples=50, deadline=None)
@given(case=clear_cases(), newcomers=clear_cases(), seed=SEEDS)
def test_order_and_strangers_do_not_part_people(
    case: tuple[Faces, Partition, float], newcomers: tuple[Faces, Partition, float], seed: int
) -> None:
    """With other people's photos in between, in any order, the same faces are together as before."""
    (faces, truth, threshold), (others, _, _) = case, newcomers
    strangers = np.roll(others.vectors, 20, axis=1)
    order = np.random.default_rng(seed).permutation(len(faces) + len(others))
    all_of_them = Faces(
        np.concatenate([faces.vectors, strangers])[order],
        np.concatenate([faces.photos, others.photos + 100])[order],
        np.zeros(len(order), bool),
    )
    labels = np.empty(len(order), dtype=np.int64)
    labels[order] = group_faces(all_of_them, Knobs(threshold, 30, seed))
    assert partition(labels[: len(faces)]) == truth


# --- what makes it better than plain whispers -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(10))
def test_a_bridge_of_look_alikes_does_not_join_two_people(seed: int) -> None:
    """Four faces are a little like those of both; plain whispers, to which all edges are alike, makes one of all."""
    one, other, look_alikes = range(3), range(3, 6), range(6, 10)
    vectors = alike([3, 3, 4], [[0.95, 0.5, 0.72], [0.5, 0.95, 0.72], [0.72, 0.72, 0.95]])
    faces, knobs = faces_of(vectors), Knobs(0.7, 30, seed)

    assert len(partition(group_faces(faces, knobs, PLAIN))) == 1
    parted = together(faces, knobs)
    assert parted in (
        {frozenset({*one, *look_alikes}), frozenset(other)},
        {frozenset(one), frozenset({*other, *look_alikes})},
    )


@pytest.mark.parametrize(("between", "people"), [(0.69, 1), (0.67, 1), (0.66, 2), (0.6, 2)])
def test_what_the_strict_pass_parts_is_merged_again(between: float, people: int) -> None:
    """Two poses of one person, hardly alike: below the threshold (0.71), but not far below (0.6665)."""
    vectors = alike([5, 5], [[0.95, between], [between, 0.95]])
    assert chinese_whispers(similarity_graph(vectors, 0.71), 30, 0).tolist() == [0] * 5 + [1] * 5
    assert len(together(faces_of(vectors), Knobs(0.71, 30))) == people


def test_whispers_carry_no_further_than_the_threshold() -> None:
    """What is alike below it (0.71), though above where groups are merged (0.6665), is no bridge between groups."""
    vectors = alike([3, 3, 4], [[0.72, 0.5, 0.7], [0.5, 0.72, 0.7], [0.7, 0.7, 0.95]])
    assert len(partition(chinese_whispers(similarity_graph(vectors, 0.6665), 30, 0))) == 1
    assert len(together(faces_of(vectors), Knobs(0.71, 30))) == 2


def test_two_alike_in_one_photo_are_two_people() -> None:
    """Twins, side by side in one photo, and each in photos of their own."""
    vectors = alike([3, 3], [[0.95, 0.8], [0.8, 0.95]])
    twins = {frozenset({0, 1, 2}), frozenset({3, 4, 5})}

    assert len(together(faces_of(vectors), Knobs(0.7, 30))) == 1
    assert together(faces_of(vectors, [1, 2, 3, 1, 4, 5]), Knobs(0.85, 30)) == twins
    for seed in range(10):
        assert len(together(faces_of(vectors, [1, 2, 3, 1, 2, 3]), Knobs(0.7, 30, seed))) == 2


def test_a_doubtful_face_comes_last() -> None:
    """It joins whom it is most like, unless they are in its photo already; and is nobody's bridge."""
    similarities = [[0.9, 0.3, 0.8], [0.3, 0.9, 0.76], [0.8, 0.76, 1]]
    vectors = alike([3, 3, 1], similarities)
    one, other = {0, 1, 2}, {3, 4, 5}
    for photos, expected in (
        ([1, 2, 3, 4, 5, 6, 7], [{*one, 6}, other]),
        ([1, 2, 3, 4, 5, 6, 3], [one, {*other, 6}]),
        ([1, 2, 7, 4, 5, 7, 7], [one, other, {6}]),
    ):
        assert together(faces_of(vectors, photos, [6]), Knobs(0.7, 30)) == set(map(frozenset, expected))


# --- the ends of the scales -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("vectors", [np.empty((0, 0), np.float32), np.empty((0, 128), np.float32)], ids=str)
def test_nobody(vectors: FloatMatrix) -> None:
    assert group_faces(faces_of(vectors), Knobs(0.7, 30)).tolist() == []


@pytest.mark.parametrize("doubtful", [(), (0,)])
@pytest.mark.parametrize("threshold", [-1, 0.7, 1])
def test_one_face(threshold: float, doubtful: tuple[int, ...]) -> None:
    assert group_faces(faces_of(np.eye(1, 128, dtype=np.float32), None, doubtful), Knobs(threshold, 30)).tolist() == [0]


@pytest.mark.parametrize(("threshold", "people"), [(-1, 1), (0.7, 1), (0.999, 1), (1, 9)])
def test_one_face_nine_times(threshold: float, people: int) -> None:
    """No similarity is above 1: there, everyone stays alone."""
    vectors = np.tile(np.eye(1, 128, dtype=np.float32), (9, 1))
    assert len(together(faces_of(vectors), Knobs(threshold, 30))) == people


@pytest.mark.parametrize("vectors", [np.tile(np.eye(1, 128, dtype=np.float32), (9, 1)), mixture(9, 2, 0.5, 1)], ids=len)
@pytest.mark.parametrize("threshold", [-1, 0.7, 1])
def test_all_in_one_photo(threshold: float, vectors: FloatMatrix) -> None:
    for doubtful in ([], [0, 4, 5], range(9)):
        faces = faces_of(vectors, [3] * 9, doubtful)
        assert group_faces(faces, Knobs(threshold, 30)).tolist() == list(range(9))


def test_the_ends_of_the_threshold() -> None:
    """At -1 everybody is one person, even who has little in common; at 1 nobody is."""
    faces = faces_of(mixture(40, 8, 2.0, seed=4))
    assert (faces.vectors @ faces.vectors.T).min() < -0.5
    assert len(together(faces, Knobs(-1, 30))) == 1
    assert len(together(faces, Knobs(1, 30))) == 40


def test_all_doubtful() -> None:
    """There is nobody whom they could follow."""
    faces = faces_of(alike([5], [[0.95]]), None, range(5))
    assert len(together(faces, Knobs(0.7, 30))) == 5
