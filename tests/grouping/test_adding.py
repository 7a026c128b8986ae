"""New faces join the groups that exist; the groups themselves stay as they are."""

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import UNGROUPED, FloatMatrix, Labels
from sortbyface.evaluation import bcubed
from sortbyface.grouping import OUTLIER, Faces, Knobs, adding, group_faces, quiet, similarity_graph
from sortbyface.grouping.constraints import violations
from sortbyface.grouping.neighbours import pile
from tests.conftest import CHECKOUT
from tests.grouping.people import mixture

KNOBS = Knobs(0.6, 30)


def crowd(people: int, photos: int, seed: int, spread: float = 0.07) -> tuple[Faces, Labels]:
    """Faces of some people, up to two in a photo, a few of them doubtful; and whose each is."""
    random = np.random.default_rng(seed)
    centres = np.linalg.qr(random.normal(size=(64, people)))[0].T
    shown = [random.choice(people, random.integers(1, 3), replace=False) for _ in range(photos)]
    truth = np.concatenate(shown)
    where = np.repeat(np.arange(photos), [len(faces) for faces in shown])
    vectors = centres[truth] + random.normal(0, spread, (len(truth), 64))
    return Faces(unit(vectors), where, random.random(len(truth)) < 0.1), truth


def unit(vectors: np.ndarray) -> FloatMatrix:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def of(faces: Faces, kept: np.ndarray) -> Faces:
    return Faces(faces.vectors[kept], faces.photos[kept], faces.doubtful[kept])


def in_parts(faces: Faces, parts: Labels) -> Labels:
    """As when photos come part by part."""
    labels = np.full(len(faces), UNGROUPED)
    for part in np.unique(parts):
        here = parts <= part
        labels[here] = group_faces(of(faces, here), KNOBS, earlier=labels[here])
    return labels


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), share=st.floats(0, 1), spread=st.sampled_from([0.05, 0.09, 0.13]))
def test_who_was_together_stays_together_and_who_was_apart_stays_apart(seed: int, share: float, spread: float) -> None:
    faces, _ = crowd(12, 60, seed, spread)
    new = np.random.default_rng(seed).random(len(faces)) < share
    earlier = np.full(len(faces), UNGROUPED)
    earlier[~new] = group_faces(of(faces, ~new), KNOBS)

    labels = group_faces(faces, KNOBS, earlier=earlier)

    known = np.flatnonzero(~new)
    for group in np.unique(earlier[known]):
        members = known[earlier[known] == group]
        if len(members) > 1:
            assert len(set(labels[members].tolist())) == 1
            others = known[(labels[known] == labels[members[0]]) & (earlier[known] != group)]
            assert all(np.count_nonzero(earlier == earlier[other]) == 1 for other in others), "only who was alone"
    assert violations(labels, faces.photos) == 0
    assert np.array_equal(labels, group_faces(faces, KNOBS, earlier=earlier))


@pytest.mark.parametrize("seed", range(4))
def test_clear_people_come_out_as_if_grouped_at_once(seed: int) -> None:
    faces, truth = crowd(15, 300, seed, 0.04)
    parts = np.random.default_rng(seed).integers(0, 10, 300)[faces.photos]

    labels = in_parts(faces, parts)

    assert bcubed(group_faces(faces, KNOBS), labels).f > 0.999
    assert bcubed(truth, labels).f > 0.99


def test_nothing_new_changes_nothing() -> None:
    faces, _ = crowd(12, 60, 3, 0.13)
    labels = group_faces(faces, KNOBS)

    assert np.array_equal(group_faces(faces, KNOBS, earlier=labels), labels)


def test_two_new_faces_make_a_new_person_and_a_third_joins_whoever_was_alone() -> None:
    axes = np.eye(4)[[0, 0, 1, 2, 2, 1]]
    faces = Faces(unit(axes), np.arange(6), np.zeros(6, bool))

    labels = group_faces(faces, KNOBS, earlier=np.array([0, 0, 1, UNGROUPED, UNGROUPED, UNGROUPED]))

    assert labels.tolist() == [0, 0, 1, 2, 2, 1]


def test_a_new_face_does_not_join_two_groups() -> None:
    """It is like both; they were apart, and stay so."""
    angles = np.radians([0, 0, 40, 40, 20])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    faces = Faces(vectors, np.arange(5), np.zeros(5, bool))

    labels = group_faces(faces, KNOBS, earlier=np.array([0, 0, 1, 1, UNGROUPED]))

    assert labels[0] == labels[1] != labels[2] == labels[3]
    assert labels[4] in labels[:4]


def test_a_doubtful_newcomer_follows_and_is_no_bridge() -> None:
    faces = Faces(unit(np.eye(3)[[0, 0, 0, 1]]), np.arange(4), np.array([False, False, True, True]))

    labels = group_faces(faces, KNOBS, earlier=np.array([0, 0, UNGROUPED, UNGROUPED]))

    assert labels.tolist() == [0, 0, 0, 1]


def test_an_outlier_stays_one_until_a_new_face_is_like_it() -> None:
    faces = Faces(unit(np.eye(3)[[0, 1, 1]]), np.arange(3), np.zeros(3, bool))

    assert group_faces(faces, KNOBS, earlier=np.array([OUTLIER, OUTLIER, UNGROUPED])).tolist() == [OUTLIER, 0, 0]


@settings(max_examples=60, deadline=None)
@given(
    count=st.integers(1, 60), threshold=st.floats(-1, 1), bounds=st.sampled_from([(1, 3), (9_000, 1), (10**9, 10**9)])
)
def test_somebody_new_in_very_many_photos_has_the_edges_that_a_search_would_keep(
    count: int, threshold: float, bounds: tuple[int, int]
) -> None:
    """However few faces are searched for at once, and edges may wait, none is lost that is among the strongest."""
    vectors = mixture(count, 2, 0.4, seed=count)
    with pytest.MonkeyPatch.context() as small:
        small.setattr(adding, "_BLOCK_BYTES", bounds[0])
        small.setattr(pile, "_ROOM", bounds[1])
        small.setattr(adding, "MOST_NEIGHBOURS", 4)
        found = adding._edges_of(np.ones(count, dtype=bool), vectors, threshold, quiet)

    expected = similarity_graph(vectors, threshold, most=4)
    assert found.starts.tolist() == expected.starts.tolist()
    assert found.neighbours.tolist() == expected.neighbours.tolist()
    assert np.allclose(found.weights, expected.weights, atol=1e-6)


SOMEBODY_NEW = """
import numpy as np
from sortbyface.arrays import UNGROUPED
from sortbyface.grouping import Faces, Knobs, group_faces
from tests.memory import peak_memory

random = np.random.default_rng(0)
vectors = random.normal(size=(1, 64)) + random.normal(0, 0.3, (12_000, 64))
vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
faces = Faces(vectors, np.arange(len(vectors)), np.zeros(len(vectors), bool))
earlier = np.where(np.arange(len(vectors)) < 2_000, 0, UNGROUPED)
print(group_faces(faces, Knobs(0.7, 30), earlier=earlier).max(), peak_memory())
"""


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux counts it")
def test_somebody_in_very_many_new_photos_does_not_take_all_memory() -> None:
    """10,000 new faces of one person, and 2,000 old ones: all edges among them would be 2,000 MB."""
    done = subprocess.run(
        [sys.executable, "-c", SOMEBODY_NEW], cwd=CHECKOUT, capture_output=True, text=True, timeout=300, check=True
    )
    people, peak = map(int, done.stdout.split())
    assert people == 0
    assert 50e6 < peak < 1500e6


@pytest.mark.parametrize("count", [0, 1])
def test_nobody_and_one_face(count: int) -> None:
    faces = Faces(np.eye(count, 4, dtype=np.float32), np.arange(count), np.zeros(count, bool))

    assert group_faces(faces, KNOBS, earlier=np.full(count, UNGROUPED)).tolist() == [0] * count
    assert group_faces(faces, KNOBS, earlier=np.zeros(count, dtype=np.int64)).tolist() == [0] * count
