"""Whom a picture is of."""

import numpy as np
import pytest

from sortbyface.evaluation.centre import central_faces
from sortbyface.faces.face import Box
from sortbyface.library import FaceSet


def around(x: float, y: float, side: float = 20) -> Box:
    return Box(x - side / 2, y - side / 2, x + side / 2, y + side / 2)


@pytest.mark.parametrize(
    ("boxes", "size", "central"),
    [
        ([around(125, 125)], (250, 250), 0),
        ([around(20, 20), around(130, 120), around(240, 130)], (250, 250), 1),
        ([around(60, 60), around(190, 60)], (400, 120), 1),
        ([around(60, 60), around(60, 190)], (120, 400), 1),
        ([around(100, 100, side=180), around(130, 125)], (250, 250), 1),  # by centres: the largest is not meant
        ([around(100, 125), around(150, 125)], (250, 250), 0),
    ],
)
def test_the_face_nearest_the_centre(boxes: list[Box], size: tuple[int, int], central: int) -> None:
    """The boxes' picture is the second of three; the first shows one face, off the centre, and the third none."""
    contents = np.array([7] + [8] * len(boxes))
    faces = FaceSet(
        contents, [around(1, 1), *boxes], np.zeros((len(contents), 4), np.float32), np.zeros(len(contents), bool)
    )

    assert central_faces(faces, {7: (50, 50), 8: size, 9: (10, 10)}) == {7: 0, 8: 1 + central}


def test_faces_in_no_known_place_are_left_out() -> None:
    faces = FaceSet(np.array([1, 1, 2]), [None, around(9, 9), None], np.zeros((3, 4), np.float32), np.zeros(3, bool))

    assert central_faces(faces, {1: (50, 50), 2: (50, 50)}) == {1: 1}
