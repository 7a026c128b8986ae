"""Which of the faces that were found is whose."""

import numpy as np
import pytest

from sortbyface.evaluation.labels import Label
from sortbyface.evaluation.targets import NOT_FOUND, Known, known_faces
from sortbyface.faces.face import Box
from sortbyface.library import FaceSet

SIZE = (300, 100)
LEFT, MIDDLE, RIGHT = Box(10, 10, 90, 90), Box(110, 10, 190, 90), Box(210, 10, 290, 90)


def meet(labels: list[Label], photos: dict[str, list[Box]]) -> Known:
    """photos: the faces found in each; their indices count on from photo to photo."""
    contents = {path: number for number, path in enumerate(photos, 7)}
    boxes = [box for found in photos.values() for box in found]
    faces = FaceSet(
        np.array([contents[path] for path, found in photos.items() for _ in found], dtype=np.int64),
        list(boxes),
        np.zeros((len(boxes), 4), np.float32),
        np.zeros(len(boxes), bool),
    )
    return known_faces(labels, faces, dict.fromkeys(contents.values(), SIZE), contents)


def test_without_a_box_the_face_in_the_middle_is_meant_and_all_carry_the_name() -> None:
    known = meet([Label("a", "Ada"), Label("b", "Bob")], {"a": [LEFT, MIDDLE, RIGHT], "b": [RIGHT]})

    assert known.people == ["Ada", "Bob"]
    assert known.targets.tolist() == [1, 3]
    assert list(zip(known.faces.tolist(), known.names, strict=True)) == [(0, "Ada"), (1, "Ada"), (2, "Ada"), (3, "Bob")]


def test_a_box_means_the_face_in_it_and_others_carry_no_name() -> None:
    labels = [Label("a", "Ada", RIGHT.shifted(5, -5)), Label("a", "Bob", LEFT)]

    known = meet(labels, {"a": [LEFT, MIDDLE, RIGHT]})

    assert known.targets.tolist() == [2, 0]
    assert dict(zip(known.faces.tolist(), known.names, strict=True)) == {0: "Bob", 2: "Ada"}


@pytest.mark.parametrize(("shift", "found"), [(0, True), (34, True), (35, False), (200, False)])
def test_boxes_must_overlap_by_two_fifths(shift: float, found: bool) -> None:
    """Of 80 pixels, shifted by 34, 46 are shared: 46 / 114 = 0.404; by 35, 45 / 115 = 0.391."""
    known = meet([Label("a", "Ada", MIDDLE.shifted(shift, 0))], {"a": [MIDDLE]})

    assert known.targets.tolist() == [0 if found else NOT_FOUND]
    assert known.names == (["Ada"] if found else [])


def test_each_face_is_one_labels_and_goes_to_the_one_that_fits_best() -> None:
    near, nearer = MIDDLE.shifted(20, 0), MIDDLE.shifted(10, 0)

    known = meet([Label("a", "Ada", near), Label("a", "Bob", nearer)], {"a": [MIDDLE]})

    assert known.targets.tolist() == [NOT_FOUND, 0]


def test_a_label_takes_its_second_choice_when_the_first_is_anothers() -> None:
    known = meet(
        [Label("a", "Ada", MIDDLE.shifted(12, 0)), Label("a", "Bob", MIDDLE)], {"a": [MIDDLE.shifted(30, 0), MIDDLE]}
    )

    assert known.targets.tolist() == [0, 1]


def test_photos_without_a_face_and_photos_that_could_not_be_read() -> None:
    labels = [Label("empty", "Ada"), Label("empty", "Bob", LEFT), Label("unreadable", "Cy"), Label("a", "Ada")]

    known = meet(labels, {"empty": [], "a": [LEFT]})

    assert known.targets.tolist() == [NOT_FOUND, NOT_FOUND, NOT_FOUND, 0]
    assert known.names == ["Ada"]


def test_a_photo_in_two_folders_counts_in_both() -> None:
    faces = FaceSet(np.array([7]), [MIDDLE], np.zeros((1, 4), np.float32), np.zeros(1, bool))

    known = known_faces([Label("a", "Ada"), Label("b", "Bob")], faces, {7: SIZE}, {"a": 7, "b": 7})

    assert known.targets.tolist() == [0, 0]
    assert list(zip(known.faces.tolist(), known.names, strict=True)) == [(0, "Ada"), (0, "Bob")]
