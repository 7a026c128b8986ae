"""What is true of every algorithm by which faces can be grouped."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.grouping import ALGORITHMS, DEFAULT, OUTLIER, Algorithm, Faces, Knobs, default_threshold, group_faces
from sortbyface.grouping.constraints import violations
from tests.conftest import CHECKOUT
from tests.grouping import reference
from tests.grouping.people import crowds, faces_of, mixture, pairs_in_one_photo, partition, unit

SEEDS = st.integers(0, 2**32)
THRESHOLDS = st.sampled_from([-1.0, 0.0, 0.5, 0.71, 0.9, 1.0]) | st.floats(-1, 1)
KNOBS = st.builds(Knobs, THRESHOLDS, st.integers(0, 12), SEEDS)

every_algorithm = pytest.mark.parametrize("algorithm", ALGORITHMS.values(), ids=list(ALGORITHMS))


def apart(labels: np.ndarray) -> np.ndarray:
    """Each outlier as somebody."""
    outliers = labels == OUTLIER
    return np.where(outliers, len(labels) + np.cumsum(outliers), labels)


def test_they_go_by_their_names() -> None:
    assert set(ALGORITHMS) == {"chinese-whispers", "dbscan", "hdbscan", "rank-order", "agglomerative"}
    assert all(algorithm.name == name for name, algorithm in ALGORITHMS.items())
    assert ALGORITHMS["chinese-whispers"] is DEFAULT


@every_algorithm
@pytest.mark.parametrize("embedder_threshold", [0.71, 0.951])
def test_the_default_threshold_is_no_further_from_the_embedders_than_a_third(
    algorithm: Algorithm, embedder_threshold: float
) -> None:
    moved = default_threshold(algorithm, embedder_threshold) - embedder_threshold
    assert abs(moved) < (1 - embedder_threshold) / 3


@every_algorithm
@settings(max_examples=100, deadline=None)
@given(faces=crowds(), knobs=KNOBS)
def test_labels(algorithm: Algorithm, faces: Faces, knobs: Knobs) -> None:
    """One for each face; the largest group comes first; nobody is twice in one photo; a second run gives the same."""
    labels = group_faces(faces, knobs, algorithm)

    assert labels.dtype == np.int64
    assert labels.shape == (len(faces),)
    inside = labels[labels != OUTLIER].tolist()
    assert inside == reference.numbered_by_size(inside)
    assert violations(apart(labels), faces.photos) == 0
    for a, b in pairs_in_one_photo(faces.photos.tolist()):
        assert labels[a] != labels[b] or labels[a] == OUTLIER
    again = Faces(faces.vectors.copy(), faces.photos.copy(), faces.doubtful.copy())
    assert np.array_equal(group_faces(again, knobs, algorithm), labels)


@every_algorithm
@settings(max_examples=60, deadline=None)
@given(faces=crowds(), knobs=KNOBS)
def test_doubtful_faces_bring_nobody_together(algorithm: Algorithm, faces: Faces, knobs: Knobs) -> None:
    """Whatever they look like, the clear faces are grouped in the same way."""
    vectors = faces.vectors.copy()
    vectors[faces.doubtful] = mixture(int(faces.doubtful.sum()), 1, 0.5, seed=knobs.seed)
    ends = [
        apart(group_faces(Faces(them, faces.photos, faces.doubtful), knobs, algorithm))[~faces.doubtful]
        for them in (faces.vectors, vectors)
    ]
    assert partition(ends[0]) == partition(ends[1])


@pytest.mark.parametrize("name", sorted(set(ALGORITHMS) - {DEFAULT.name}))
@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(0, 30),
    people=st.integers(1, 6),
    seed=SEEDS,
    threshold=st.floats(-0.9, 0.95),
    share=st.sampled_from([0.0, 0.2]),
)
def test_the_order_of_the_faces_does_not_matter(
    name: str, count: int, people: int, seed: int, threshold: float, share: float
) -> None:
    """But to Chinese Whispers, in which chance has a part."""
    random = np.random.default_rng(seed)
    vectors, order = mixture(count, people, 0.3, seed), random.permutation(count)
    photos, doubtful = np.arange(count), random.random(count) < share
    knobs, algorithm = Knobs(threshold, 30), ALGORITHMS[name]

    straight = apart(group_faces(Faces(vectors, photos, doubtful), knobs, algorithm))
    shuffled = apart(group_faces(Faces(vectors[order], photos[order], doubtful[order]), knobs, algorithm))

    back = np.empty_like(shuffled)
    back[order] = shuffled
    assert partition(back) == partition(straight)


@every_algorithm
@settings(max_examples=60, deadline=None)
@given(sizes=st.lists(st.integers(2, 6), min_size=1, max_size=6), seed=SEEDS, threshold=st.floats(0.45, 0.7))
def test_people_who_are_nothing_alike_are_told_apart(
    algorithm: Algorithm, sizes: list[int], seed: int, threshold: float
) -> None:
    random = np.random.default_rng(seed)
    truth = random.permutation(np.repeat(np.arange(len(sizes)), sizes))
    vectors = unit(np.eye(40)[truth] + random.normal(0, 0.05, (len(truth), 40)))

    labels = group_faces(faces_of(vectors), Knobs(threshold, 30), algorithm)

    assert labels.tolist() == reference.numbered_by_size(truth.tolist())


@every_algorithm
@pytest.mark.parametrize("threshold", [-1.0, 0.7, 1.0])
def test_nobody(algorithm: Algorithm, threshold: float) -> None:
    labels = group_faces(faces_of(np.empty((0, 128), dtype=np.float32)), Knobs(threshold, 30), algorithm)
    assert labels.shape == (0,)


@every_algorithm
@pytest.mark.parametrize("doubtful", [(), (0,)])
@pytest.mark.parametrize("threshold", [-1.0, 0.7, 1.0])
def test_one_face(algorithm: Algorithm, threshold: float, doubtful: tuple[int, ...]) -> None:
    """Somebody, or an outlier."""
    faces = faces_of(np.eye(1, 128, dtype=np.float32), None, doubtful)
    expected = OUTLIER if algorithm.name in ("dbscan", "hdbscan") else 0
    assert group_faces(faces, Knobs(threshold, 30), algorithm).tolist() == [expected]


@every_algorithm
@pytest.mark.parametrize("count", [2, 3, 9])
@pytest.mark.parametrize("threshold", [-1.0, 0.7, 0.9999])
def test_the_same_face_again_and_again(algorithm: Algorithm, count: int, threshold: float) -> None:
    vectors = np.tile(unit(np.arange(1, 129)[np.newaxis]), (count, 1))
    assert group_faces(faces_of(vectors), Knobs(threshold, 30), algorithm).tolist() == [0] * count


@every_algorithm
@pytest.mark.parametrize("threshold", [-1.0, 0.7, 1.0])
@pytest.mark.parametrize("doubtful", [(), (0, 4, 5), range(9)])
def test_nine_times_the_same_face_in_one_photo(
    algorithm: Algorithm, threshold: float, doubtful: tuple[int, ...]
) -> None:
    """A mirror cabinet: no two of them come together, whatever the vectors say."""
    vectors = np.tile(np.eye(1, 128, dtype=np.float32), (9, 1))
    labels = group_faces(faces_of(vectors, [3] * 9, doubtful), Knobs(threshold, 30), algorithm)
    assert len(partition(apart(labels))) == 9


@every_algorithm
def test_vectors_that_are_no_directions_are_refused(algorithm: Algorithm) -> None:
    with pytest.raises(ValueError, match="of length 1"):
        group_faces(faces_of(np.ones((3, 2), dtype=np.float32)), Knobs(0.5, 30), algorithm)


def test_whoever_does_not_ask_for_scikit_learn_does_not_wait_for_it() -> None:
    code = "import sys, sortbyface.grouping; print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=CHECKOUT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
