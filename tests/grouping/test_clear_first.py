"""What photos and doubt ask of algorithms that know of neither."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sortbyface.arrays import Labels
from sortbyface.grouping import OUTLIER, Faces, SimilarityGraph, similarity_graph
from sortbyface.grouping.clear_first import group_clear_first, one_of_each_photo
from tests.grouping.people import alike, crowds, faces_of, pairs_in_one_photo


@settings(max_examples=200, deadline=None)
@given(faces=crowds(), data=st.data())
def test_one_of_each_photo(faces: Faces, data: st.DataObject) -> None:
    """Whoever is left out has somebody of the same photo in the group, no less like it. Nobody else is touched."""
    drawn = st.lists(st.integers(OUTLIER, 3), min_size=len(faces), max_size=len(faces))
    labels = np.array(data.draw(drawn, "labels"), dtype=np.int64)

    parted = one_of_each_photo(labels, faces)

    left_out = parted != labels
    assert (parted[left_out] == OUTLIER).all()
    for a, b in pairs_in_one_photo(faces.photos.tolist()):
        assert parted[a] != parted[b] or parted[a] == OUTLIER
    for face in np.flatnonzero(left_out):
        group = labels == labels[face]
        staying = np.flatnonzero(group & ~left_out & (faces.photos == faces.photos[face]))
        assert len(staying) == 1
        likeness = faces.vectors @ faces.vectors[group].sum(axis=0)
        assert likeness[staying[0]] >= likeness[face] - 1e-4


def grouped(faces: Faces, labels: list[int], threshold: float = 0.5) -> list[int]:
    """What becomes of an algorithm's labels."""

    def group(_graph: SimilarityGraph) -> Labels:
        return np.array(labels, dtype=np.int64)

    return group_clear_first(similarity_graph(faces.vectors, threshold), faces, group).tolist()


def test_an_algorithm_sees_no_edge_of_a_doubtful_face() -> None:
    seen: list[SimilarityGraph] = []

    def group(graph: SimilarityGraph) -> Labels:
        seen.append(graph)
        return np.arange(len(graph))

    faces = faces_of(alike([4], [[0.9]]), None, [2])
    group_clear_first(similarity_graph(faces.vectors, 0.5), faces, group)
    assert [sorted(graph.to_networkx().edges) for graph in seen] == [[(0, 1), (0, 3), (1, 3)]]


def test_a_doubtful_face_follows_its_nearest() -> None:
    vectors = alike([2, 1, 2], [[0.9, 0.7, 0.1], [0.7, 1, 0.6], [0.1, 0.6, 0.9]])
    faces = faces_of(vectors, None, [2])
    assert grouped(faces, [4, 4, OUTLIER, 7, 7]) == [4, 4, 4, 7, 7]
    assert grouped(faces, [OUTLIER, OUTLIER, OUTLIER, 7, 7]) == [OUTLIER, OUTLIER, OUTLIER, 7, 7]
    assert grouped(faces, [4, 4, OUTLIER, 7, 7], threshold=0.8) == [4, 4, OUTLIER, 7, 7]


def test_an_outlier_in_the_photo_keeps_nobody_from_being_an_outlier() -> None:
    """The doubtful face is most like the first, who is left out. That another of its photo is, too, says nothing."""
    vectors = alike([1, 1, 1, 2], [[1, 0.7, 0.1, 0.1], [0.7, 1, 0.1, 0.6], [0.1, 0.1, 1, 0.1], [0.1, 0.6, 0.1, 0.9]])
    faces = faces_of(vectors, [1, 2, 2, 3, 4], [1])
    assert grouped(faces, [OUTLIER, OUTLIER, OUTLIER, 7, 7]) == [OUTLIER, OUTLIER, OUTLIER, 7, 7]


def test_the_labels_given_are_left_as_they_are() -> None:
    labels = np.array([3, 3, OUTLIER])
    faces = faces_of(alike([3], [[0.9]]), [1, 1, 2], [2])
    group_clear_first(similarity_graph(faces.vectors, 0.5), faces, lambda _: labels)
    assert labels.tolist() == [3, 3, OUTLIER]
